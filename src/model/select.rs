//! What a path selects in a resource's values.

use super::path::{Path, PathStep};
use super::value::{Found, Location, LocationStep, Node, NodeKind, State};

/// What `path` selects in the values of a resource; all absent where there is no object on that side.
pub(super) fn select(values: Option<&Node>, base: &Location, path: &Path) -> Vec<Found> {
    let absent = Node {
        kind: NodeKind::Absent,
        sensitive: false,
    };
    let root = values.unwrap_or(&absent);
    let start = if base.0.is_empty() { Some(root) } else { root.at(base) };
    start.unwrap_or(&absent).select(base, path.steps())
}

/// A node that a path selects, whatever it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// It is there (parts of it may be unknown).
    There(Location),
    /// Whether it is there is known after apply.
    Unknown(Location),
}

/// The nodes that `path` selects; none where nothing is there.
pub(super) fn places(values: Option<&Node>, path: &Path) -> Vec<Place> {
    let mut found = Vec::new();
    if let Some(root) = values {
        walk_places(root, Location::default(), path.steps(), &mut found);
    }
    found
}

fn walk_places(node: &Node, at: Location, path: &[PathStep], found: &mut Vec<Place>) {
    match &node.kind {
        NodeKind::Unknown => {
            found.push(Place::Unknown(
                path.iter().fold(at, |place, step| place.with(step.into())),
            ));
            return;
        }
        NodeKind::Absent => return,
        _ => {}
    }
    let Some((step, rest)) = path.split_first() else {
        found.push(Place::There(at));
        return;
    };
    match (&node.kind, step) {
        (NodeKind::Object(members), PathStep::Name(name)) => {
            if let Some(member) = members.get(name) {
                walk_places(member, at.member(name), rest, found);
            }
        }
        (NodeKind::Array(elements), PathStep::Index(index)) => {
            if let Some(element) = elements.get(*index) {
                walk_places(element, at.with(LocationStep::Index(*index)), rest, found);
            }
        }
        (NodeKind::Array(elements), PathStep::Wildcard) => {
            for (index, element) in elements.iter().enumerate() {
                walk_places(element, at.with(LocationStep::Index(index)), rest, found);
            }
        }
        (NodeKind::Object(members), PathStep::Wildcard) => {
            for (name, member) in members {
                walk_places(member, at.member(name), rest, found);
            }
        }
        _ => {}
    }
}

pub(super) fn walk(node: Option<&Node>, at: Location, path: &[PathStep], sensitive: bool, found: &mut Vec<Found>) {
    let sensitive = sensitive || node.is_some_and(|node| node.sensitive);
    let Some((step, rest)) = path.split_first() else {
        found.push(Found {
            location: at,
            state: node.map_or(State::Absent, Node::state),
            sensitive: sensitive || node.is_some_and(Node::any_sensitive),
        });
        return;
    };
    let kind = node.map_or(&NodeKind::Absent, |node| &node.kind);
    if *kind == NodeKind::Unknown {
        found.push(Found {
            location: path.iter().fold(at, |place, step| place.with(step.into())),
            state: State::Unknown,
            sensitive,
        });
        return;
    }
    match step {
        PathStep::Name(name) => {
            let member = match kind {
                NodeKind::Object(members) => members.get(name),
                _ => None,
            };
            walk(member, at.member(name), rest, sensitive, found);
        }
        PathStep::Index(index) => {
            let element = match kind {
                NodeKind::Array(elements) => elements.get(*index),
                _ => None,
            };
            walk(element, at.with(LocationStep::Index(*index)), rest, sensitive, found);
        }
        PathStep::Wildcard => match kind {
            NodeKind::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    walk(
                        Some(element),
                        at.with(LocationStep::Index(index)),
                        rest,
                        sensitive,
                        found,
                    );
                }
            }
            NodeKind::Object(members) => {
                for (name, member) in members {
                    walk(Some(member), at.member(name), rest, sensitive, found);
                }
            }
            _ => {}
        },
        // Only conditions ask with such steps, and choose by themselves.
        PathStep::Several(_) | PathStep::Descendants(_) => {}
    }
}
