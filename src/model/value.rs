//! Values with their three states: known, absent, unknown, and sensitivity as a flag beside them.
//!
//! One [`Node`] tree merges `after`, `after_unknown` and the sensitivity marks of both sides, so that nothing behind
//! this module can forget one of them.

use std::fmt;

use compact_str::CompactString;
use serde_json::Value;

use super::marks::Marks;
use super::path::{Path, PathStep};
use super::select::{select, walk};
use crate::plan::{Members, Tree, Values};

/// A value or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What is there.
    pub kind: NodeKind,
    /// Whether Terraform marks it sensitive, before or after. It is judged, and never printed.
    pub sensitive: bool,
}

/// What a [`Node`] holds.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Null, or not there.
    Absent,
    /// Known after apply.
    Unknown,
    /// A string, number or boolean.
    Scalar(Tree),
    /// A map, an object, or a block.
    Object(Members<Node>),
    /// A list, a set, or blocks.
    Array(Vec<Node>),
}

/// The state of one attribute on one side of the plan.
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Terraform knows the value.
    Known(Value),
    /// Absent or null.
    Absent,
    /// Known after apply.
    Unknown,
}

/// A concrete place in a resource's values: a [path](super::path::Path) whose wildcards are settled.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location(pub Vec<LocationStep>);

/// One step of a [`Location`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocationStep {
    /// A member.
    Name(CompactString),
    /// An element.
    Index(usize),
    /// Any element: there is none to point at.
    Any,
}

impl Location {
    /// The member `name` of this place.
    pub fn member(&self, name: &str) -> Self {
        self.with(LocationStep::Name(name.into()))
    }

    /// The element at this position.
    pub fn element(&self, index: usize) -> Self {
        self.with(LocationStep::Index(index))
    }

    /// What a step of a path leads to from this place.
    #[must_use]
    pub fn step(&self, step: &PathStep) -> Self {
        self.with(step.into())
    }

    pub(super) fn with(&self, step: LocationStep) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        for step in &self.0 {
            match step {
                LocationStep::Name(name) if is_shorthand(name) => write!(f, ".{name}")?,
                LocationStep::Name(name) => {
                    write!(f, "['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))?;
                }
                LocationStep::Index(index) => write!(f, "[{index}]")?,
                LocationStep::Any => f.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

fn is_shorthand(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// What a path selects.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Where.
    pub location: Location,
    /// What is there.
    pub state: State,
    /// Whether any part of it is sensitive.
    pub sensitive: bool,
}

impl Node {
    /// A node that nobody marks sensitive.
    pub fn of(kind: NodeKind) -> Self {
        Self { kind, sensitive: false }
    }

    /// A node that only the apply will tell.
    pub fn unknown() -> Self {
        Self::of(NodeKind::Unknown)
    }

    /// Merges one side's values with the sensitivity marks of both sides.
    pub fn merge(values: Values, marks: &Marks) -> Self {
        Self {
            kind: NodeKind::Object(merge_members(values.known, Some(&values.unknown), marks)),
            sensitive: matches!(marks, Marks::All),
        }
    }

    /// What `path` selects below this node, which stands at `base`. Never empty: where nothing is there, one absent place.
    pub fn select(&self, base: &Location, path: &[PathStep]) -> Vec<Found> {
        let mut found = Vec::new();
        walk(Some(self), base.clone(), path, self.sensitive, &mut found);
        if found.is_empty() {
            found.push(Found {
                location: path.iter().fold(base.clone(), |place, step| place.with(step.into())),
                state: State::Absent,
                sensitive: self.sensitive,
            });
        }
        found
    }

    /// What `path` selects below the place `base` inside this node. Never empty.
    pub fn select_below(&self, base: &Location, path: &Path) -> Vec<Found> {
        select(Some(self), base, path)
    }

    /// Whether the node at a place, or anything around or in it, is sensitive.
    pub fn is_sensitive_at(&self, location: &Location) -> bool {
        let mut around = Location::default();
        let outer = location.0.iter().any(|step| {
            let marked = self.at(&around).is_some_and(|node| node.sensitive);
            around = around.with(step.clone());
            marked
        });
        outer || self.at(location).is_some_and(Self::any_sensitive)
    }

    /// The node at a concrete place, with the sensitivity of what encloses it. Inside something unknown, that.
    pub fn at(&self, location: &Location) -> Option<&Self> {
        location.0.iter().try_fold(self, |node, step| match (&node.kind, step) {
            (NodeKind::Unknown, _) => Some(node),
            (NodeKind::Object(members), LocationStep::Name(name)) => members.get(name),
            (NodeKind::Array(elements), LocationStep::Index(index)) => elements.get(*index),
            _ => None,
        })
    }

    /// The state of this node as one value: unknown as soon as any part of it is.
    pub fn state(&self) -> State {
        match &self.kind {
            NodeKind::Absent => State::Absent,
            NodeKind::Unknown => State::Unknown,
            NodeKind::Scalar(scalar) => State::Known(scalar.value()),
            NodeKind::Object(members) => {
                let mut out = serde_json::Map::new();
                for (key, member) in members {
                    match member.state() {
                        State::Unknown => return State::Unknown,
                        State::Absent => out.insert(key.to_string(), Value::Null),
                        State::Known(value) => out.insert(key.to_string(), value),
                    };
                }
                State::Known(Value::Object(out))
            }
            NodeKind::Array(elements) => {
                let mut out = Vec::with_capacity(elements.len());
                for element in elements {
                    match element.state() {
                        State::Unknown => return State::Unknown,
                        State::Absent => out.push(Value::Null),
                        State::Known(value) => out.push(value),
                    }
                }
                State::Known(Value::Array(out))
            }
        }
    }

    /// Whether this node or any part of it is sensitive. A private key is, whoever forgot to mark it: beside its certificate, say.
    pub fn any_sensitive(&self) -> bool {
        self.sensitive
            || match &self.kind {
                NodeKind::Scalar(Tree::Text(text)) => text.contains("PRIVATE KEY-----"),
                NodeKind::Object(members) => members.values().any(Self::any_sensitive),
                NodeKind::Array(elements) => elements.iter().any(Self::any_sensitive),
                _ => false,
            }
    }
}

impl From<&PathStep> for LocationStep {
    fn from(step: &PathStep) -> Self {
        match step {
            PathStep::Name(name) => Self::Name(name.clone()),
            PathStep::Index(index) => Self::Index(*index),
            PathStep::Wildcard | PathStep::Several(_) | PathStep::Descendants(_) => Self::Any,
        }
    }
}

fn merge(known: Tree, unknown: Option<&Tree>, marks: &Marks) -> Node {
    Node {
        sensitive: marks.cover(&known),
        kind: merge_kind(known, unknown, marks),
    }
}

/// Only `true` leaves, and what leads to them, are in `unknown`.
fn merge_kind(known: Tree, unknown: Option<&Tree>, marks: &Marks) -> NodeKind {
    match (known, unknown) {
        (_, Some(Tree::Bool(true))) => NodeKind::Unknown,
        (Tree::Object(members), Some(Tree::Object(parts))) => {
            NodeKind::Object(merge_members(members, Some(parts), marks))
        }
        (Tree::Object(members), _) => NodeKind::Object(merge_members(members, None, marks)),
        (Tree::Array(elements), Some(Tree::Array(parts))) => NodeKind::Array(merge_elements(elements, parts, marks)),
        (Tree::Array(elements), _) => NodeKind::Array(merge_elements(elements, &[], marks)),
        (Tree::Null, Some(Tree::Object(parts))) => NodeKind::Object(merge_members(Members::new(), Some(parts), marks)),
        (Tree::Null, Some(Tree::Array(parts))) => NodeKind::Array(merge_elements(Vec::new(), parts, marks)),
        (Tree::Null, _) => NodeKind::Absent,
        (scalar, _) => NodeKind::Scalar(scalar),
    }
}

fn merge_members(known: Members<Tree>, unknown: Option<&Members<Tree>>, marks: &Marks) -> Members<Node> {
    let part = |name: &str| unknown.and_then(|parts| parts.get(name));
    let only_unknown: Vec<_> = unknown
        .into_iter()
        .flat_map(|parts| parts.iter())
        .filter(|(name, _)| !known.contains_key(name.as_str()))
        .map(|(name, unknown)| (name.clone(), merge(Tree::Null, Some(unknown), marks.member(name))))
        .collect();
    let mut members: Vec<_> = known
        .into_iter()
        .map(|(name, value)| {
            let node = merge(value, part(&name), marks.member(&name));
            (name, node)
        })
        .collect();
    members.extend(only_unknown);
    members.into_iter().collect()
}

/// `after_unknown` may be longer or shorter than `after`: what it does not reach is known.
fn merge_elements(known: Vec<Tree>, unknown: &[Tree], marks: &Marks) -> Vec<Node> {
    let missing = unknown.len().saturating_sub(known.len());
    let known = known.into_iter().chain(std::iter::repeat_n(Tree::Null, missing));
    known
        .enumerate()
        .map(|(index, value)| merge(value, unknown.get(index), marks.element()))
        .collect()
}

/// Whether what is written may be shown as this in a plan. Terraform converts types, and providers the case of letters;
/// collections are not compared.
pub(super) fn may_be_shown_as(written: &Value, shown: &Value) -> bool {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    };
    let (Some(written), Some(shown)) = (text(written), text(shown)) else {
        return true;
    };
    let number = |text: &str| text.parse::<f64>().ok();
    let flag = |text: &str| match text {
        "1" => Some(true),
        "0" => Some(false),
        other => other.parse::<bool>().ok(),
    };
    written.eq_ignore_ascii_case(&shown)
        || number(&written).is_some_and(|one| number(&shown) == Some(one))
        || flag(&written).is_some_and(|one| flag(&shown) == Some(one))
}

#[cfg(test)]
mod tests {
    use super::super::path::Path;
    use super::super::select::select;
    use super::*;
    use crate::plan::Marked;
    use serde_json::json;

    fn node(known: Value, unknown: &Value, marks: &Value) -> Node {
        let marked = |value: &Value| {
            let Marked(marks) = serde_json::from_value(value.clone()).unwrap();
            marks
        };
        let members = |tree: Tree| match tree {
            Tree::Object(members) => members,
            _ => Members::new(),
        };
        let values = Values {
            known: members(known.into()),
            unknown: members(marked(unknown)),
            sensitive: Tree::Null,
        };
        Node::merge(values, &Marks::read(&marked(marks)))
    }

    fn states(node: &Node, path: &str) -> Vec<(String, State)> {
        select(Some(node), &Location::default(), &Path::parse(path).unwrap())
            .into_iter()
            .map(|found| (found.location.to_string(), found.state))
            .collect()
    }

    #[test]
    fn unknown_is_only_a_literal_true() {
        let node = node(
            json!({"a": "x", "rule": [{"k": null, "alg": "aws:kms"}, {"alg": "AES256"}]}),
            &json!({"a": false, "b": true, "rule": [{"k": true}, {}], "tags": {}}),
            &json!({}),
        );
        assert_eq!(states(&node, "$.a"), [("$.a".into(), State::Known(json!("x")))]);
        assert_eq!(states(&node, "$.b"), [("$.b".into(), State::Unknown)]);
        assert_eq!(states(&node, "$.c"), [("$.c".into(), State::Absent)]);
        assert_eq!(states(&node, "$.tags"), [("$.tags".into(), State::Absent)]);
        assert_eq!(
            states(&node, "$.rule[*].k"),
            [
                ("$.rule[0].k".into(), State::Unknown),
                ("$.rule[1].k".into(), State::Absent)
            ]
        );
    }

    #[test]
    fn a_block_that_is_unknown_as_a_whole_makes_everything_in_it_unknown() {
        let node = node(json!({}), &json!({"sse": true}), &json!({}));
        assert_eq!(
            states(&node, "$.sse[*].enabled"),
            [("$.sse[*].enabled".into(), State::Unknown)]
        );
    }

    #[test]
    fn no_element_is_one_absent_place() {
        let node = node(json!({"sse": []}), &json!({}), &json!({}));
        assert_eq!(
            states(&node, "$.sse[*].enabled"),
            [("$.sse[*].enabled".into(), State::Absent)]
        );
    }

    #[test]
    fn a_mark_inside_a_set_covers_every_element() {
        let node = node(
            json!({"set": [{"p": "a"}, {"p": "b"}]}),
            &json!({}),
            &json!({"set": [{}, {"p": true}]}),
        );
        let found = select(Some(&node), &Location::default(), &Path::parse("$.set[*].p").unwrap());
        assert!(found.iter().all(|found| found.sensitive));
    }

    #[test]
    fn an_element_known_only_as_unknown_is_there() {
        let node = node(
            json!({"list": ["a"]}),
            &json!({"list": [false, true, false]}),
            &json!({}),
        );
        assert_eq!(
            states(&node, "$.list[*]"),
            [
                ("$.list[0]".into(), State::Known(json!("a"))),
                ("$.list[1]".into(), State::Unknown)
            ]
        );
    }
}
