//! A configuration as a list of single settings.

use crate::policy::yaml::{Kind, Node};

/// One setting as it is written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// The keys that lead to it; an element of a list by what tells it from others.
    pub(super) path: Vec<String>,
    /// Its value, on one line.
    pub(super) value: String,
    /// Its elements, where it is a list.
    pub(super) items: Option<Vec<String>>,
    /// Its line, 1-based.
    pub(super) line: usize,
}

impl Leaf {
    /// How a person would call it. The names of known keys are left to the file: some of them may stand in a plan as
    /// sensitive values.
    pub(super) fn name(&self) -> String {
        match self.path.as_slice() {
            [list, _] if list == "known_keys" => "known key".to_owned(),
            path => path.join("."),
        }
    }
}

/// What tells the elements of a list apart, and whether that is part of what a report may say.
fn identity(path: &[String]) -> Option<&'static [&'static str]> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["known_keys"] => Some(&["arn", "aliases"]),
        ["classification", "addresses"] => Some(&["pattern"]),
        _ => None,
    }
}

/// Adds all settings under a node.
pub(super) fn flat(path: &mut Vec<String>, line: usize, node: &Node, found: &mut Vec<Leaf>) {
    match &node.kind {
        Kind::Null => {}
        Kind::Mapping(entries) => {
            for (key, value) in entries {
                let name = words(key);
                // The reason of an override is told with the override.
                if name == "reason" && entries.len() > 1 {
                    continue;
                }
                path.push(name);
                flat(path, key.span.line, value, found);
                path.pop();
            }
        }
        Kind::Sequence(elements) => match identity(path) {
            Some(keys) => elements
                .iter()
                .for_each(|element| found.push(entry(path, keys, element))),
            None => found.push(Leaf {
                path: path.clone(),
                value: words(node),
                items: Some(elements.iter().map(words).collect()),
                line,
            }),
        },
        _ => found.push(Leaf {
            path: path.clone(),
            value: words(node),
            items: None,
            line,
        }),
    }
}

/// An element that has a name of its own.
fn entry(path: &[String], keys: &[&str], element: &Node) -> Leaf {
    let entries = match &element.kind {
        Kind::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    let is_key = |key: &Node| key.as_str().is_some_and(|name| keys.contains(&name));
    let (own, rest): (Vec<_>, Vec<_>) = entries.iter().partition(|(key, _)| is_key(key));
    let mut path = path.to_vec();
    path.push(match own.is_empty() {
        true => words(element),
        false => own.iter().map(|(_, value)| words(value)).collect::<Vec<_>>().join(", "),
    });
    Leaf {
        path,
        value: pairs(rest.into_iter()),
        items: None,
        line: element.span.line,
    }
}

fn pairs<'n>(entries: impl Iterator<Item = &'n (Node, Node)>) -> String {
    let words: Vec<String> = entries
        .map(|(key, value)| format!("{} {}", words(key), words(value)))
        .collect();
    words.join(", ")
}

/// A value on one line.
fn words(node: &Node) -> String {
    match &node.kind {
        Kind::Null | Kind::Invalid => "nothing".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Integer(value) => value.to_string(),
        Kind::Float(value) => value.to_string(),
        Kind::String(text) => text.clone(),
        Kind::Sequence(elements) => elements.iter().map(words).collect::<Vec<_>>().join(", "),
        Kind::Mapping(entries) => pairs(entries.iter()),
    }
}
