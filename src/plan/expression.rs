//! Expressions of the configuration.

use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use serde_json::Value;

use super::context::{Asked, Context};
use super::reader::{Keys, Reader, Scalar, Seed};
use super::tree::Members;
use super::types::{Expression, ExpressionNode};

/// Reads an object of expressions by argument.
pub(super) struct ExpressionsReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
    pub(super) wanted: Arguments<'t>,
}

/// Which arguments are kept.
pub(super) enum Arguments<'t> {
    All,
    None,
    These(Asked<'t>),
}

impl<'t> Arguments<'t> {
    /// Those of a resource type.
    pub(super) fn of(context: &Context<'t>, resource_type: Option<&str>) -> Self {
        resource_type
            .and_then(|name| context.attributes(name))
            .map_or(Self::None, Self::These)
    }

    fn contains(&self, name: &str) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::These(names) => names.contains(name),
        }
    }
}

impl<'de> Reader<'de> for ExpressionsReader<'_, '_> {
    type Out = Members<ExpressionNode>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut expressions = Vec::new();
        while let Some(name) = context.next_key(&mut map, &mut keys)? {
            if self.wanted.contains(&name) {
                let node = map.next_value_seed(Seed(NodeReader { context }))?;
                expressions.push((name.into(), node));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(expressions.into_iter().collect())
    }

    fn other(self, _: Scalar<'de>) -> Self::Out {
        Members::new()
    }
}

/// Reads one expression, block or list of blocks.
pub(super) struct NodeReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
}

impl<'de> Reader<'de> for NodeReader<'_, '_> {
    type Out = ExpressionNode;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut constant = None;
        let mut references = None;
        let mut nested = Vec::new();
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "constant_value" => constant = Some(map.next_value::<Value>()?),
                "references" => references = Some(map.next_value::<Value>()?),
                _ => {
                    let node = map.next_value_seed(Seed(NodeReader { context }))?;
                    nested.push((key.into(), node));
                }
            }
        }
        if nested.is_empty()
            && let Some(references) = references.as_ref().map_or(Some(Vec::new()), strings)
        {
            return Ok(ExpressionNode::Expression(Expression {
                constant: constant.map(Box::new),
                references: unwrapped(references),
            }));
        }
        // A block whose arguments have the names that an expression's own keys have.
        nested.extend(constant.map(|value| ("constant_value".into(), node(value))));
        nested.extend(references.map(|value| ("references".into(), node(value))));
        Ok(ExpressionNode::Block(nested.into_iter().collect()))
    }

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut blocks = Vec::new();
        while let Some(element) = elements.next_element_seed(Seed(NodeReader { context }))? {
            blocks.push(block(element));
        }
        Ok(ExpressionNode::Blocks(blocks))
    }

    fn other(self, _: Scalar<'de>) -> Self::Out {
        ExpressionNode::Expression(Expression::default())
    }
}

/// A block among blocks. An empty one looks like an expression without references.
fn block(element: ExpressionNode) -> Members<ExpressionNode> {
    match element {
        ExpressionNode::Block(arguments) => arguments,
        ExpressionNode::Expression(expression) => {
            let constant = expression.constant.map(|value| ("constant_value", node(*value)));
            let references = (!expression.references.is_empty()).then(|| {
                let references = Expression {
                    constant: None,
                    references: expression.references,
                };
                ("references", ExpressionNode::Expression(references))
            });
            constant
                .into_iter()
                .chain(references)
                .map(|(name, node)| (name.into(), node))
                .collect()
        }
        ExpressionNode::Blocks(_) => Members::new(),
    }
}

/// As [`NodeReader`], for a value that had to be read before its role was known.
fn node(value: Value) -> ExpressionNode {
    match value {
        Value::Array(elements) => ExpressionNode::Blocks(elements.into_iter().map(node).map(block).collect()),
        Value::Object(mut object) => {
            let expression = object
                .keys()
                .all(|key| matches!(key.as_str(), "constant_value" | "references"));
            let references = object.get("references").map_or(Some(Vec::new()), strings);
            match references {
                Some(references) if expression => ExpressionNode::Expression(Expression {
                    constant: object.remove("constant_value").map(Box::new),
                    references: unwrapped(references),
                }),
                _ => ExpressionNode::Block(
                    object
                        .into_iter()
                        .map(|(name, value)| (name.into(), node(value)))
                        .collect(),
                ),
            }
        }
        _ => ExpressionNode::Expression(Expression::default()),
    }
}

fn strings(value: &Value) -> Option<Vec<String>> {
    value
        .as_array()?
        .iter()
        .map(|element| element.as_str().map(str::to_owned))
        .collect()
}

/// Undoes the way references are listed: each one is followed by its shortened forms.
fn unwrapped(references: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    let mut previous: Option<String> = None;
    for reference in references {
        let shortens = previous
            .as_ref()
            .is_some_and(|longer| is_shorter_form(&reference, longer));
        if !shortens {
            kept.push(reference.clone());
        }
        previous = Some(reference);
    }
    kept
}

fn is_shorter_form(shorter: &str, longer: &str) -> bool {
    longer
        .strip_prefix(shorter)
        .is_some_and(|rest| rest.starts_with(['.', '[']))
}

/// Reads an expression; a block in its place counts as an expression that tells nothing.
pub(super) struct ExpressionReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ExpressionReader<'_, '_> {
    type Out = Option<Expression>;

    fn object<A: MapAccess<'de>>(self, map: A) -> Result<Self::Out, A::Error> {
        let reader = NodeReader { context: self.context };
        Ok(Some(match reader.object(map)? {
            ExpressionNode::Expression(expression) => expression,
            ExpressionNode::Blocks(_) | ExpressionNode::Block(_) => Expression::default(),
        }))
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        (value != Scalar::Null).then(Expression::default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(references: &[&str]) -> Vec<String> {
        unwrapped(references.iter().map(|&text| text.to_owned()).collect())
    }

    #[test]
    fn shortened_forms_are_dropped_and_repeated_mentions_stay() {
        assert_eq!(
            kept(&[
                "aws_kms_key.k[\"a.b\"].arn",
                "aws_kms_key.k[\"a.b\"]",
                "aws_kms_key.k",
                "var.x",
                "var.given",
                "var.x",
                "aws_kms_key.kk.arn",
                "aws_kms_key.kk",
            ]),
            [
                "aws_kms_key.k[\"a.b\"].arn",
                "var.x",
                "var.given",
                "var.x",
                "aws_kms_key.kk.arn"
            ]
        );
        assert_eq!(
            kept(&[
                "aws_kms_key.k[0].arn",
                "aws_kms_key.k[0]",
                "aws_kms_key.k",
                "aws_kms_key.k",
                "var.o"
            ]),
            ["aws_kms_key.k[0].arn", "aws_kms_key.k", "var.o"]
        );
        assert_eq!(kept(&["aws_kms_key.kk", "aws_kms_key.k"]).len(), 2);
    }
}
