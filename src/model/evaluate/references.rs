//! What an expression refers to, as Terraform lists it.

use std::collections::BTreeSet;

use hcl_edit::expr::{Expression, ForExpr, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::structure::Body;
use hcl_edit::template::{Directive, Element, Template};

use crate::model::address::display_key;
use crate::plan::Index;

/// References as texts: `aws_kms_key.k["pii"].arn`.
pub(in crate::model) type References = BTreeSet<String>;

/// What an expression refers to. Names bound by `for` are none.
pub(in crate::model) fn of(expression: &Expression) -> References {
    let mut walk = Walk::default();
    walk.expression(expression);
    minimal(&walk.found)
}

/// What all arguments of a body refer to, nested and `dynamic` blocks included.
pub(in crate::model) fn of_body(body: &Body) -> References {
    let mut walk = Walk::default();
    walk.body(body);
    minimal(&walk.found)
}

/// A plan lists the beginnings of a reference beside it, so one that begins another says nothing.
pub(in crate::model) fn minimal(references: &References) -> References {
    let begins = |one: &String| {
        let longer = |other: &String| {
            other
                .strip_prefix(one.as_str())
                .is_some_and(|rest| rest.starts_with(['.', '[']))
        };
        references
            .range(one.clone()..)
            .skip(1)
            .take_while(|other| other.starts_with(one.as_str()))
            .any(longer)
    };
    references.iter().filter(|one| !begins(one)).cloned().collect()
}

#[derive(Default)]
struct Walk {
    found: References,
    bound: Vec<String>,
}

impl Walk {
    fn body(&mut self, body: &Body) {
        for attribute in body.attributes() {
            self.expression(&attribute.value);
        }
        for block in body.blocks() {
            let iterator = (block.ident.as_str() == "dynamic").then(|| {
                let named = block.body.get_attribute("iterator").map(|attribute| &attribute.value);
                match (named, block.labels.first()) {
                    (Some(Expression::Variable(name)), _) => name.as_str().to_owned(),
                    (_, Some(label)) => label.as_str().to_owned(),
                    _ => String::new(),
                }
            });
            let depth = self.bound.len();
            self.bound.extend(iterator);
            self.body(&block.body);
            self.bound.truncate(depth);
        }
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::Null(_) | Expression::Bool(_) | Expression::Number(_) | Expression::String(_) => {}
            Expression::Array(elements) => elements.iter().for_each(|element| self.expression(element)),
            Expression::Object(object) => {
                for (key, value) in object {
                    // A bare name in front of `=` is the name itself.
                    if let ObjectKey::Expression(key) = key
                        && !matches!(key, Expression::Variable(_))
                    {
                        self.expression(key);
                    }
                    self.expression(value.expr());
                }
            }
            Expression::StringTemplate(template) => self.template(template),
            Expression::HeredocTemplate(heredoc) => self.template(&heredoc.template),
            Expression::Parenthesis(inner) => self.expression(inner.inner()),
            // A root alone is no reference that Terraform knows.
            Expression::Variable(_) => {}
            Expression::Conditional(choice) => {
                self.expression(&choice.cond_expr);
                self.expression(&choice.true_expr);
                self.expression(&choice.false_expr);
            }
            Expression::FuncCall(call) => call.args.iter().for_each(|argument| self.expression(argument)),
            Expression::Traversal(traversal) => self.traversal(traversal),
            Expression::UnaryOp(operation) => self.expression(&operation.expr),
            Expression::BinaryOp(operation) => {
                self.expression(&operation.lhs_expr);
                self.expression(&operation.rhs_expr);
            }
            Expression::ForExpr(comprehension) => self.comprehension(comprehension),
        }
    }

    fn comprehension(&mut self, comprehension: &ForExpr) {
        let intro = &comprehension.intro;
        let key = intro.key_var.as_ref().map(|name| name.as_str());
        let depth = self.bind(&intro.collection_expr, intro.value_var.as_str(), key);
        if let Some(key) = &comprehension.key_expr {
            self.expression(key);
        }
        self.expression(&comprehension.value_expr);
        if let Some(condition) = &comprehension.cond {
            self.expression(&condition.expr);
        }
        self.bound.truncate(depth);
    }

    /// Looks into what a `for` goes over, and binds its names; how many were bound before.
    fn bind(&mut self, collection: &Expression, value: &str, key: Option<&str>) -> usize {
        self.expression(collection);
        let depth = self.bound.len();
        self.bound.push(value.to_owned());
        self.bound.extend(key.map(str::to_owned));
        depth
    }

    fn template(&mut self, template: &Template) {
        for element in template {
            match element {
                Element::Literal(_) => {}
                Element::Interpolation(interpolation) => self.expression(&interpolation.expr),
                Element::Directive(directive) => match directive.as_ref() {
                    Directive::If(choice) => {
                        self.expression(&choice.if_expr.cond_expr);
                        self.template(&choice.if_expr.template);
                        if let Some(otherwise) = &choice.else_expr {
                            self.template(&otherwise.template);
                        }
                    }
                    Directive::For(each) => {
                        let intro = &each.for_expr;
                        let key = intro.key_var.as_ref().map(|name| name.as_str());
                        let depth = self.bind(&intro.collection_expr, intro.value_var.as_str(), key);
                        self.template(&intro.template);
                        self.bound.truncate(depth);
                    }
                },
            }
        }
    }

    /// A reference ends where an index is not constant.
    fn traversal(&mut self, traversal: &Traversal) {
        let mut operators = traversal.operators.iter().map(|operator| operator.value()).peekable();
        match &traversal.expr {
            Expression::Variable(root) if !self.bound.iter().any(|name| name == root.as_str()) => {
                let mut text = root.as_str().to_owned();
                while let Some(step) = operators.peek().and_then(|operator| constant_step(operator)) {
                    text.push_str(&step);
                    operators.next();
                }
                self.found.insert(text);
            }
            other => self.expression(other),
        }
        for operator in operators {
            if let TraversalOperator::Index(key) = operator {
                self.expression(key);
            }
        }
    }
}

fn constant_step(operator: &TraversalOperator) -> Option<String> {
    let key = match operator {
        TraversalOperator::GetAttr(name) => return Some(format!(".{}", name.as_str())),
        TraversalOperator::LegacyIndex(position) => Index::Number(*position.value()),
        // A negative number is an operator and its operand, and no constant.
        TraversalOperator::Index(Expression::Number(number)) => match number.value().as_u64() {
            Some(position) => Index::Number(position),
            None => {
                return number
                    .value()
                    .as_f64()
                    .filter(|one| *one >= 0.0)
                    .map(|one| format!("[{one}]"));
            }
        },
        TraversalOperator::Index(Expression::String(text)) => Index::Text(text.value().clone()),
        _ => return None,
    };
    Some(display_key(Some(&key)))
}
