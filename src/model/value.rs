//! Values with their three states: known, absent, unknown, and sensitivity as a flag beside them.
//!
//! One [`Node`] tree merges `after`, `after_unknown` and the sensitivity marks of both sides, so that nothing behind
//! this module can forget one of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use super::marks::Marks;
use super::path::{Path, PathStep};
use super::select::{Place, places_below, select, walk};
use crate::plan::Values;

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
    Scalar(Value),
    /// A map, an object, or a block.
    Object(BTreeMap<String, Node>),
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
    Name(String),
    /// An element.
    Index(usize),
    /// Any element: there is none to point at.
    Any,
}

impl Location {
    /// The member `name` of this place.
    pub fn member(&self, name: &str) -> Self {
        self.with(LocationStep::Name(name.to_owned()))
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
    /// Merges one side's values with the sensitivity marks of both sides.
    pub fn merge(values: &Values, marks: &Marks) -> Self {
        let keys: BTreeSet<&String> = values.known.keys().chain(values.unknown.keys()).collect();
        let members = keys
            .into_iter()
            .map(|key| {
                let node = merge(values.known.get(key), values.unknown.get(key), marks.member(key));
                (key.clone(), node)
            })
            .collect();
        Self {
            kind: NodeKind::Object(members),
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

    /// The nodes that `path` selects below the place `base` inside this node; none where nothing is there.
    pub fn places_below(&self, base: &Location, path: &Path) -> Vec<Place> {
        places_below(self, base, path)
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

    /// The node at a concrete place, with the sensitivity of what encloses it.
    pub fn at(&self, location: &Location) -> Option<&Self> {
        location.0.iter().try_fold(self, |node, step| match (&node.kind, step) {
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
            NodeKind::Scalar(value) => State::Known(value.clone()),
            NodeKind::Object(members) => {
                let mut out = serde_json::Map::new();
                for (key, member) in members {
                    match member.state() {
                        State::Unknown => return State::Unknown,
                        State::Absent => out.insert(key.clone(), Value::Null),
                        State::Known(value) => out.insert(key.clone(), value),
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

    /// Whether this node or any part of it is sensitive.
    pub fn any_sensitive(&self) -> bool {
        self.sensitive
            || match &self.kind {
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
            PathStep::Wildcard => Self::Any,
        }
    }
}

fn merge(known: Option<&Value>, unknown: Option<&Value>, marks: &Marks) -> Node {
    Node {
        kind: merge_kind(known, unknown, marks),
        sensitive: matches!(marks, Marks::All),
    }
}

fn merge_kind(known: Option<&Value>, unknown: Option<&Value>, marks: &Marks) -> NodeKind {
    if unknown == Some(&Value::Bool(true)) {
        return NodeKind::Unknown;
    }
    match (known, unknown) {
        (Some(Value::Object(members)), _) => merge_members(Some(members), unknown.and_then(Value::as_object), marks),
        (Some(Value::Array(elements)), _) => merge_elements(elements, unknown.and_then(Value::as_array), marks),
        (None | Some(Value::Null), Some(parts @ Value::Object(members))) if has_unknown(parts) => {
            merge_members(None, Some(members), marks)
        }
        (None | Some(Value::Null), Some(parts @ Value::Array(elements))) if has_unknown(parts) => {
            merge_elements(&[], Some(elements), marks)
        }
        (None | Some(Value::Null), _) => NodeKind::Absent,
        (Some(scalar), _) => NodeKind::Scalar(scalar.clone()),
    }
}

fn merge_members(
    known: Option<&serde_json::Map<String, Value>>,
    unknown: Option<&serde_json::Map<String, Value>>,
    marks: &Marks,
) -> NodeKind {
    let keys: BTreeSet<&String> = known
        .into_iter()
        .chain(unknown)
        .flat_map(|members| members.keys())
        .collect();
    NodeKind::Object(
        keys.into_iter()
            .map(|key| {
                let node = merge(
                    known.and_then(|members| members.get(key)),
                    unknown.and_then(|members| members.get(key)),
                    marks.member(key),
                );
                (key.clone(), node)
            })
            .collect(),
    )
}

/// `after_unknown` may be longer or shorter than `after`: what it does not reach is known.
fn merge_elements(known: &[Value], unknown: Option<&Vec<Value>>, marks: &Marks) -> NodeKind {
    let unknown = unknown.map_or(&[] as &[Value], Vec::as_slice);
    let reached = unknown.iter().rposition(has_unknown).map_or(0, |last| last + 1);
    NodeKind::Array(
        (0..known.len().max(reached))
            .map(|index| merge(known.get(index), unknown.get(index), marks.element()))
            .collect(),
    )
}

fn has_unknown(value: &Value) -> bool {
    match value {
        Value::Bool(unknown) => *unknown,
        Value::Object(members) => members.values().any(has_unknown),
        Value::Array(elements) => elements.iter().any(has_unknown),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::path::Path;
    use super::super::select::select;
    use super::*;
    use serde_json::json;

    fn node(known: Value, unknown: Value, marks: &Value) -> Node {
        let map = |value: Value| value.as_object().cloned().unwrap_or_default().into_iter().collect();
        let values = Values {
            known: map(known),
            unknown: map(unknown),
            sensitive: Value::Null,
        };
        Node::merge(&values, &Marks::read(marks))
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
            json!({"a": false, "b": true, "rule": [{"k": true}, {}], "tags": {}}),
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
        let node = node(json!({}), json!({"sse": true}), &json!({}));
        assert_eq!(
            states(&node, "$.sse[*].enabled"),
            [("$.sse[*].enabled".into(), State::Unknown)]
        );
    }

    #[test]
    fn no_element_is_one_absent_place() {
        let node = node(json!({"sse": []}), json!({}), &json!({}));
        assert_eq!(
            states(&node, "$.sse[*].enabled"),
            [("$.sse[*].enabled".into(), State::Absent)]
        );
    }

    #[test]
    fn a_mark_inside_a_set_covers_every_element() {
        let node = node(
            json!({"set": [{"p": "a"}, {"p": "b"}]}),
            json!({}),
            &json!({"set": [{}, {"p": true}]}),
        );
        let found = select(Some(&node), &Location::default(), &Path::parse("$.set[*].p").unwrap());
        assert!(found.iter().all(|found| found.sensitive));
    }

    #[test]
    fn an_element_known_only_as_unknown_is_there() {
        let node = node(
            json!({"list": ["a"]}),
            json!({"list": [false, true, false]}),
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
