//! Evaluating the source: what an expression comes to, as far as it can be told before the apply.
//!
//! Only what is needed of Terraform's language is here. What is not evaluated comes to candidates or to a reason, never to
//! a guess: a [`Partial`](partial::Partial) is exact unless it says that it is one of several.

pub(super) mod agree;
mod body;
mod calls;
mod collection;
mod convert;
mod decimal;
mod defaults;
mod function;
mod json;
mod names;
mod numeric;
mod operation;
mod origins;
mod partial;
mod references;
mod risk;
mod scope;
mod tags;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod traversal;
mod unify;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hcl_edit::expr::Expression;
use serde_json::{Number, Value};

use crate::model::address::ModulePath;
use crate::model::resolve::{Opaque, Resolver};
use partial::{Kind, Partial, text_of};
use scope::Scope;

/// Values that are looked up, at most, inside one another. Real configurations stay below twenty.
const MAX_DEPTH: usize = 96;
/// Expressions evaluated, at most, for one attribute.
const MAX_STEPS: usize = 200_000;

/// What was evaluated, and how deep the evaluation stands.
#[derive(Debug, Default)]
pub(super) struct State {
    memo: RefCell<HashMap<Asked, Option<Partial>>>,
    depth: Cell<usize>,
    steps: Cell<usize>,
}

/// A value of a module that does not depend on where it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Asked {
    Local(Arc<ModulePath>, String),
    Variable(Arc<ModulePath>, String),
    Output(Arc<ModulePath>, String),
    /// `for_each` of a block, by its place in the source.
    ForEach(Arc<ModulePath>, usize),
    /// The first argument of a location in a resource.
    Argument(super::ResourceId, String),
}

impl Resolver<'_, '_> {
    /// Starts on another attribute.
    pub(super) fn restart(&self) {
        self.evaluation.steps.set(0);
    }

    /// A value that is computed once; one that needs itself cannot be told.
    fn once(&self, asked: Asked, compute: impl FnOnce() -> Partial) -> Partial {
        let known = self.evaluation.memo.borrow().get(&asked).cloned();
        match known {
            Some(Some(value)) => return value,
            Some(None) => return Opaque::TooLong.into(),
            None => {}
        }
        let depth = self.evaluation.depth.get();
        if depth > MAX_DEPTH {
            return Opaque::TooLong.into();
        }
        self.evaluation.memo.borrow_mut().insert(asked.clone(), None);
        self.evaluation.depth.set(depth.saturating_add(1));
        let value = compute();
        self.evaluation.depth.set(depth);
        // What was cut short is not the value: another way to it may be shorter.
        let kept = (!too_long(&value)).then(|| value.clone());
        let mut memo = self.evaluation.memo.borrow_mut();
        match kept {
            Some(kept) => memo.insert(asked, Some(kept)),
            None => memo.remove(&asked),
        };
        value
    }

    /// What an expression comes to.
    fn evaluate(&self, expression: &Expression, scope: &Scope<'_>) -> Partial {
        let steps = self.evaluation.steps.get();
        if steps > MAX_STEPS {
            return Opaque::TooLong.into();
        }
        self.evaluation.steps.set(steps.saturating_add(1));
        match expression {
            Expression::Null(_) => Partial::null(),
            Expression::Bool(flag) => (*flag.value()).into(),
            Expression::Number(number) => match number_of(number.value()) {
                Some(number) => number.into(),
                None => Opaque::Undecided("a number of more digits than planseal computes with".into()).into(),
            },
            Expression::String(text) => text.value().clone().into(),
            Expression::Array(elements) => {
                Partial::strict_list(elements.iter().map(|element| self.evaluate(element, scope)).collect())
            }
            Expression::Object(object) => self.object(object, scope),
            Expression::StringTemplate(template) => self.template(template, scope),
            Expression::HeredocTemplate(heredoc) => self.template(&heredoc.template, scope),
            Expression::Parenthesis(inner) => self.evaluate(inner.inner(), scope),
            Expression::Variable(name) => scope.bound(name.as_str()).cloned().unwrap_or_else(Partial::invalid),
            Expression::Conditional(choice) => {
                let condition = self.evaluate(&choice.cond_expr, scope);
                let yes = || self.evaluate(&choice.true_expr, scope);
                let no = || self.evaluate(&choice.false_expr, scope);
                // Both results have one type.
                self.choose(&condition, || self.unified(yes(), no), || self.unified(no(), yes))
            }
            Expression::FuncCall(call) => self.call(call, scope),
            Expression::Traversal(traversal) => self.traversal(traversal, scope),
            Expression::UnaryOp(operation) => self.unary(operation, scope),
            Expression::BinaryOp(operation) => self.binary(operation, scope),
            Expression::ForExpr(comprehension) => self.comprehension(comprehension, scope),
        }
    }

    fn object(&self, object: &hcl_edit::expr::Object, scope: &Scope<'_>) -> Partial {
        let mut members = std::collections::BTreeMap::new();
        for (key, value) in object {
            let name = match key {
                hcl_edit::expr::ObjectKey::Ident(name) => Some(name.as_str().to_owned()),
                hcl_edit::expr::ObjectKey::Expression(expression) => match expression {
                    // A bare name in front of `=` is the name itself.
                    Expression::Variable(name) => Some(name.as_str().to_owned()),
                    _ => self
                        .scalar(&self.evaluate(expression, scope))
                        .as_ref()
                        .and_then(text_of),
                },
            };
            let Some(name) = name else {
                return Opaque::Undecided("the name of an object's member is known only after apply".into()).into();
            };
            members.insert(name, self.evaluate(value.expr(), scope));
        }
        Partial::strict_object(members)
    }

    /// `condition ? yes : no`
    fn choose(&self, condition: &Partial, yes: impl Fn() -> Partial, no: impl Fn() -> Partial) -> Partial {
        match self.truth(condition) {
            Some(true) => yes(),
            Some(false) => no(),
            None if matches!(self.settled(condition).kind, Kind::Invalid | Kind::Null) => Partial::invalid(),
            None => Partial::one_of(vec![yes(), no()]),
        }
    }

    /// A known boolean.
    fn truth(&self, value: &Partial) -> Option<bool> {
        match self.scalar(value)? {
            Value::Bool(flag) => Some(flag),
            Value::String(text) if text == "true" || text == "1" => Some(true),
            Value::String(text) if text == "false" || text == "0" => Some(false),
            _ => None,
        }
    }
}

fn too_long(value: &Partial) -> bool {
    match &value.kind {
        Kind::Opaque(why) => *why == Opaque::TooLong,
        Kind::OneOf(parts)
        | Kind::List(parts)
        | Kind::Set(parts)
        | Kind::Elements(parts)
        | Kind::Text(parts)
        | Kind::Made(parts) => parts.iter().any(too_long),
        Kind::Object(members) => members.values().any(too_long),
        Kind::Encoded(inner) => too_long(inner),
        _ => false,
    }
}

fn number_of(number: &hcl_edit::Number) -> Option<Value> {
    let whole = number
        .as_i64()
        .map(Value::from)
        .or_else(|| number.as_u64().map(Value::from));
    // What has more digits than a float keeps was rounded.
    whole.or_else(|| decimal::Decimal::of(&Number::from_f64(number.as_f64()?)?)?.value())
}

/// A label of a way.
fn label(text: String) -> Rc<str> {
    text.into()
}
