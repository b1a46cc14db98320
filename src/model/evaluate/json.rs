//! `jsonencode` and `jsondecode`, and the documents that they leave.

use serde_json::Value;

use super::partial::{Kind, Partial};
use crate::model::resolve::Resolver;
use crate::model::value::{Node, NodeKind};

impl Resolver<'_, '_> {
    pub(super) fn encoded(&self, value: &Partial) -> Partial {
        match self.whole(value) {
            Some(known) => known.to_string().into(),
            None => Kind::Encoded(value.clone().into()).into(),
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
