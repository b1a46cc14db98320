//! Values in little memory: a plan may hold millions of them.

use std::fmt;

use compact_str::CompactString;
use litemap::LiteMap;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::reader::{Reader, Scalar, Seed};

/// Members by name, sorted: most objects have a handful.
pub type Members<T> = LiteMap<CompactString, T>;

/// A JSON value.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Tree {
    /// `null`
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    Text(CompactString),
    /// An array.
    Array(Vec<Tree>),
    /// An object; of duplicate names the last counts.
    Object(Members<Tree>),
}

impl Tree {
    /// The same value as the JSON library has it.
    pub fn value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(value) => Value::Number(value.clone()),
            Self::Text(text) => Value::String(text.to_string()),
            Self::Array(elements) => Value::Array(elements.iter().map(Self::value).collect()),
            Self::Object(members) => Value::Object(object(members)),
        }
    }
}

/// Members as the JSON library has them.
pub fn object(members: &Members<Tree>) -> Map<String, Value> {
    let members = members.iter().map(|(name, member)| (name.to_string(), member.value()));
    members.collect()
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(value) => Self::Number(value),
            Value::String(text) => Self::Text(text.into()),
            Value::Array(elements) => Self::Array(elements.into_iter().map(Self::from).collect()),
            Value::Object(members) => Self::Object(
                members
                    .into_iter()
                    .map(|(name, member)| (name.into(), Self::from(member)))
                    .collect(),
            ),
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Number::from_f64(value).map_or(Tree::Null, Tree::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = access.next_element()? {
            elements.push(element);
        }
        Ok(Tree::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = access.next_entry::<CompactString, Tree>()? {
            members.push(member);
        }
        Ok(Tree::Object(members.into_iter().collect()))
    }
}

/// The skeleton of `after_unknown` or of sensitivity marks, without the branches in which nothing is marked.
pub struct Marked(pub Tree);

impl<'de> Deserialize<'de> for Marked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed(MarkedReader).deserialize(deserializer).map(Self)
    }
}

struct MarkedReader;

impl<'de> Reader<'de> for MarkedReader {
    type Out = Tree;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some((name, Marked(member))) = map.next_entry::<CompactString, Marked>()? {
            members.push((name, member));
        }
        // Of duplicate names the last counts, also where it marks nothing.
        let mut members: Members<Tree> = members.into_iter().collect();
        members.retain(|_, member| *member != Tree::Null);
        Ok(if members.is_empty() {
            Tree::Null
        } else {
            Tree::Object(members)
        })
    }

    fn array<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut elements = Vec::new();
        let mut unmarked = 0_usize;
        while let Some(Marked(element)) = access.next_element()? {
            if element == Tree::Null {
                unmarked = unmarked.saturating_add(1);
            } else {
                elements.extend(std::iter::repeat_n(Tree::Null, std::mem::take(&mut unmarked)));
                elements.push(element);
            }
        }
        Ok(if elements.is_empty() {
            Tree::Null
        } else {
            Tree::Array(elements)
        })
    }

    fn other(self, value: Scalar<'de>) -> Tree {
        match value {
            Scalar::Bool(true) => Tree::Bool(true),
            _ => Tree::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_the_value_it_was_read_from() {
        let text = r#"{"b":[1,-2,1.5,"x",null,true],"a":{"c":"a string of more than two dozen bytes"},"e":{}}"#;
        let tree: Tree = serde_json::from_str(text).unwrap();
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(tree.value(), value);
        assert_eq!(Tree::from(value), tree);
    }

    #[test]
    fn of_duplicate_names_the_last_counts() {
        let tree: Tree = serde_json::from_str(r#"{"a":1,"b":2,"a":3}"#).unwrap();
        assert_eq!(tree.value(), serde_json::json!({"a": 3, "b": 2}));
        let Marked(marks) = serde_json::from_str(r#"{"a":true,"b":true,"a":false}"#).unwrap();
        assert_eq!(marks.value(), serde_json::json!({"b": true}));
    }

    #[test]
    fn branches_without_a_mark_are_left_out() {
        let Marked(marks) = serde_json::from_str(r#"{"a":{},"b":[{},{"c":true},{}],"d":[false],"e":1}"#).unwrap();
        assert_eq!(marks.value(), serde_json::json!({"b": [null, {"c": true}]}));
        let Marked(none) = serde_json::from_str(r#"{"a":{"b":[]}}"#).unwrap();
        assert_eq!(none, Tree::Null);
    }
}
