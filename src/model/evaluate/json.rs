//! `jsonencode` and `jsondecode`, and the documents that they leave.

use serde_json::Value;

use super::partial::{Kind, Partial, text_of};
use crate::model::resolve::Resolver;
use crate::model::value::{Node, NodeKind};

impl Resolver<'_, '_> {
    pub(super) fn encoded(&self, value: &Partial) -> Partial {
        match self.whole(value) {
            Some(known) if !has_unordered(&self.opened(value)) => json_text(&known).into(),
            _ => Kind::Encoded(value.clone().into()).into(),
        }
    }

    pub(super) fn decoded(&self, text: &Partial) -> Option<Partial> {
        match &self.settled(text).kind {
            Kind::Encoded(inner) => Some((**inner).clone()),
            Kind::Scalar(Value::String(text)) => Some(match serde_json::from_str::<Value>(text) {
                Ok(value) => value.into(),
                Err(_) => Partial::invalid(),
            }),
            _ => None,
        }
    }

    /// A text with unknown parts that is a JSON object, whatever stands in those parts.
    pub(super) fn textual_document(&self, parts: &[Partial]) -> Option<Node> {
        let mut text = String::new();
        let mut inner: Vec<Node> = Vec::new();
        for part in parts {
            match &part.kind {
                Kind::Scalar(scalar) => text.push_str(&text_of(scalar)?),
                // A value that stands alone in the text.
                Kind::Encoded(value) => {
                    text.push_str(&format!("\"{WHOLE}{}\"", inner.len()));
                    inner.push(self.document(value));
                }
                _ => text.push(MARK),
            }
        }
        let parsed: Value = serde_json::from_str(&text).ok()?;
        parsed.is_object().then(|| marked(parsed, &inner)).flatten()
    }

    /// A value as a document whose parts may be unknown.
    pub(super) fn document(&self, value: &Partial) -> Node {
        let value = self.opened(value);
        let kind = match &value.kind {
            Kind::Null => NodeKind::Absent,
            Kind::Scalar(scalar) => NodeKind::Scalar(scalar.clone().into()),
            Kind::Object(members) => NodeKind::Object(
                members
                    .iter()
                    .map(|(name, member)| (name.as_str().into(), self.document(member)))
                    .collect(),
            ),
            Kind::List(elements) | Kind::Set(elements) => {
                NodeKind::Array(elements.iter().map(|element| self.document(element)).collect())
            }
            _ => NodeKind::Unknown,
        };
        // Constants of the configuration are judged, and never printed.
        Node { kind, sensitive: true }
    }
}

/// Stands for an unknown part of a text. A character for private use, which no policy holds.
const MARK: char = '\u{f8ff}';
/// Stands, with a position behind it, for a document inside a text.
const WHOLE: char = '\u{f8fe}';

/// A document with marks in the place of what is unknown; `None` where a member's name is.
fn marked(value: Value, inner: &[Node]) -> Option<Node> {
    let kind = match value {
        Value::Object(members) => NodeKind::Object(
            members
                .into_iter()
                .map(|(name, member)| {
                    Some((name.as_str().into(), marked(member, inner)?)).filter(|_| !name.contains([MARK, WHOLE]))
                })
                .collect::<Option<_>>()?,
        ),
        Value::Array(elements) => {
            let elements = elements.into_iter().map(|element| marked(element, inner));
            NodeKind::Array(elements.collect::<Option<_>>()?)
        }
        Value::String(text) if text.contains([MARK, WHOLE]) => {
            let whole = text
                .strip_prefix(WHOLE)
                .and_then(|position| position.parse::<usize>().ok());
            return Some(whole.and_then(|position| inner.get(position).cloned()).unwrap_or(Node {
                kind: NodeKind::Unknown,
                sensitive: true,
            }));
        }
        Value::Null => NodeKind::Absent,
        scalar => NodeKind::Scalar(scalar.into()),
    };
    Some(Node { kind, sensitive: true })
}

/// Whether a set in a value has an order that cannot be told.
fn has_unordered(value: &Partial) -> bool {
    match &value.kind {
        Kind::List(elements) | Kind::Set(elements) => value.is_unordered() || elements.iter().any(has_unordered),
        Kind::Object(members) => members.values().any(has_unordered),
        _ => false,
    }
}

/// JSON as Terraform writes it: safe inside HTML, and without exponents.
fn json_text(value: &Value) -> String {
    match value {
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(json_text).collect();
            format!("[{}]", elements.join(","))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| {
                let name = json_text(&Value::String(name.clone()));
                format!("{name}:{}", json_text(member))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Number(_) => text_of(value).unwrap_or_default(),
        Value::String(_) => {
            let mut out = String::new();
            for c in value.to_string().chars() {
                match c {
                    '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                    _ => out.push(c),
                }
            }
            out
        }
        Value::Null | Value::Bool(_) => value.to_string(),
    }
}
