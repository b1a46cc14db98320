//! Documents that attributes hold, known or not: read from a text, or made of the blocks behind it.

mod made;
mod merge;

use serde_json::Value;

use self::made::{Maker, Unset};
use super::facts::Facts;
use super::reading::{Candidate, NOTHING_SET, Possible, Reading, opaque, trace};
use super::tri::Doubt;
use crate::model::ResourceId;
use crate::model::document::Format;
use crate::model::resolve::{Resolution, Source};
use crate::model::value::{Found, Location, Node, NodeKind, State};
use crate::policy::catalog::DocumentSource;

/// A document, parts of which may be unknown.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// What it holds.
    pub node: Node,
    /// Why places in it are unknown.
    doubts: Vec<(Location, Doubt)>,
}

/// What an attribute may hold.
#[derive(Debug, Clone, PartialEq)]
pub enum PossibleDocument {
    /// This document.
    Document(Document),
    /// None.
    NotSet,
    /// It cannot be told.
    Unknown(Doubt),
}

impl Document {
    /// What stands at a place in the document.
    pub(super) fn possible(&self, found: &Found) -> Possible {
        match &found.state {
            State::Known(value) => Possible::Value(value.clone()),
            State::Absent => Possible::NotSet,
            State::Unknown => {
                let doubt = self.doubt(&found.location);
                match self.node.at(&found.location).map(|node| &node.kind) {
                    Some(NodeKind::Object(_) | NodeKind::Array(_)) => Possible::Something(doubt),
                    _ => Possible::Unknown(doubt),
                }
            }
        }
    }

    /// Why a place, or a part of it, is unknown.
    pub(super) fn doubt(&self, place: &Location) -> Doubt {
        let around = |other: &Location| place.0.starts_with(&other.0);
        let inside = |other: &Location| other.0.starts_with(&place.0);
        let near = self
            .doubts
            .iter()
            .find(|(other, _)| around(other))
            .or_else(|| self.doubts.iter().find(|(other, _)| inside(other)));
        near.map_or_else(
            || Doubt {
                because: format!(
                    "`{}` of the document is known only after apply",
                    place.to_string().trim_start_matches("$.")
                ),
                settle: "write the value itself instead of a reference, or apply what it refers to first".into(),
            },
            |(_, doubt)| doubt.clone(),
        )
    }

    /// One that holds what is known.
    pub(super) fn known(node: Node) -> Self {
        Self {
            node,
            doubts: Vec::new(),
        }
    }
}

impl Facts<'_> {
    /// The documents that an attribute may hold; what they come from goes into the reading.
    pub fn documents(&self, reading: &mut Reading, format: Format) -> Vec<PossibleDocument> {
        match &reading.state {
            State::Absent => vec![PossibleDocument::NotSet],
            State::Known(value) => vec![read(format, value, reading.sensitive)],
            State::Unknown => {
                let resolution = self.resolver.resolve(reading.resource, &reading.location);
                reading.trace = self.document_trace(&resolution);
                reading.candidates = self.document_candidates(&resolution);
                let mut found = Maker::new(self).resolved(&resolution, format, Unset::ShowsUnknown, 0);
                for one in &mut found {
                    if let PossibleDocument::Document(document) = one {
                        document.node.sensitive |= reading.sensitive;
                    }
                }
                found
            }
        }
    }

    /// The policies that a data source may make; empty where it makes none.
    pub fn policies_made_by(&self, id: ResourceId) -> Vec<PossibleDocument> {
        let source = self.document_source(id);
        source.map_or_else(Vec::new, |source| Maker::new(self).made(id, source, 0))
    }

    fn document_source(&self, id: ResourceId) -> Option<&DocumentSource> {
        let resource = self.model.resource(id);
        let kind = (resource.mode, resource.resource_type.to_string());
        self.policies.catalog.documents.get(&kind)
    }

    /// The way to a policy says most.
    fn document_trace(&self, resolution: &Resolution) -> Vec<String> {
        let to_policy = resolution.origins.iter().find(|origin| match &origin.source {
            Source::Attribute { resource, .. } => self.document_source(*resource).is_some(),
            _ => false,
        });
        to_policy.map_or_else(|| trace(resolution), |origin| origin.trace.clone())
    }

    fn document_candidates(&self, resolution: &Resolution) -> Vec<Candidate> {
        let named = |what: String, address: Option<String>| Candidate {
            what,
            address,
            level: None,
        };
        let mut candidates: Vec<Candidate> = resolution
            .origins
            .iter()
            .filter(|origin| !is_operand(&origin.source))
            .map(|origin| match &origin.source {
                Source::Attribute { resource, .. } => {
                    let address = self.model.resource(*resource).address.clone();
                    named(address.clone(), Some(address))
                }
                Source::Value(_) | Source::Document(_) => named("a value from the configuration".to_owned(), None),
                Source::NotSet => named(NOTHING_SET.to_owned(), None),
                Source::Opaque(why) => named(opaque(why).because, None),
            })
            .collect();
        let nothing = named(NOTHING_SET.to_owned(), None);
        if (candidates.is_empty() || resolution.conditional) && !candidates.contains(&nothing) {
            candidates.push(nothing);
        }
        candidates.dedup();
        candidates
    }
}

/// No document is made of a truth value: a condition was.
fn is_operand(source: &Source) -> bool {
    match source {
        Source::Value(value)
        | Source::Attribute {
            state: State::Known(value),
            ..
        } => value.is_boolean(),
        _ => false,
    }
}

/// A document in a value that is known.
fn read(format: Format, value: &Value, sensitive: bool) -> PossibleDocument {
    if value.is_null() || value.as_str() == Some("") {
        return PossibleDocument::NotSet;
    }
    match format.read(value) {
        Ok(mut node) => {
            node.sensitive |= sensitive;
            PossibleDocument::Document(Document::known(node))
        }
        Err(error) => PossibleDocument::Unknown(Doubt {
            because: format!("the document cannot be read: {error}"),
            settle: "mend the document".into(),
        }),
    }
}
