//! Documents that attributes hold, known or not: read from a text, or made of the blocks behind it.

mod merge;

use serde_json::Value;

use self::merge::Draft;
use super::facts::Facts;
use super::reading::{Candidate, NOTHING_SET, Possible, Reading, from_origin, opaque, trace, unknown_attribute};
use super::tri::Doubt;
use crate::model::document::Format;
use crate::model::resolve::{Opaque, Origin, Resolution, Source};
use crate::model::statement::Statement;
use crate::model::value::{Found, Location, Node, NodeKind, State};
use crate::model::{ResourceId, Side, Written};
use crate::policy::catalog::DocumentSource;

/// Documents that name each other in a longer chain are not real.
const MAX_DEPTH: usize = 8;
/// Possible documents told apart, at most; more say no more.
const MAX_DRAFTS: usize = 16;

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
    fn doubt(&self, place: &Location) -> Doubt {
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

/// What a plan shows where the author sets nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unset {
    /// The provider may compute it: unknown.
    ShowsUnknown,
    /// Null, so what is unknown is not null.
    ShowsNull,
}

/// What one origin of an attribute comes to.
enum Part {
    /// One of these.
    Documents(Vec<PossibleDocument>),
    /// Perhaps a piece of the document, perhaps the operand of a condition.
    Piece,
    /// The operand of a condition: no document is made of it.
    Operand,
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
                let mut found = self.resolved(&resolution, format, Unset::ShowsUnknown, 0);
                for one in &mut found {
                    if let PossibleDocument::Document(document) = one {
                        document.node.sensitive |= reading.sensitive;
                    }
                }
                found
            }
        }
    }

    /// What an unknown text may come to.
    fn resolved(&self, resolution: &Resolution, format: Format, unset: Unset, depth: usize) -> Vec<PossibleDocument> {
        let mut known = Vec::new();
        let mut unknown = Vec::new();
        let mut piece = false;
        for origin in &resolution.origins {
            let group = match is_unknown(&origin.source) {
                true => &mut unknown,
                false => &mut known,
            };
            match self.document_of(origin, resolution, format, depth) {
                Part::Documents(documents) => group.extend(documents),
                Part::Piece => piece = true,
                Part::Operand => {}
            }
        }
        let told = |one: &PossibleDocument| !matches!(one, PossibleDocument::Unknown(_));
        let settled = !resolution.deferred && !piece && known.iter().chain(&unknown).all(told);
        let certain = settled && !unknown.is_empty();
        if certain {
            // The text is unknown, so it is none of those that are known.
            known.retain(|one| *one == PossibleDocument::NotSet);
        }
        if certain && unset == Unset::ShowsNull {
            return unknown;
        }
        let mut all = known;
        all.append(&mut unknown);
        // What an expression refers to may be only a piece of the document that it makes.
        if piece && all.iter().all(told) {
            all.push(PossibleDocument::Unknown(opaque(&Opaque::Function)));
        }
        if all.is_empty() || (resolution.conditional && !all.contains(&PossibleDocument::NotSet)) {
            all.push(PossibleDocument::NotSet);
        }
        all
    }

    fn document_of(&self, origin: &Origin, resolution: &Resolution, format: Format, depth: usize) -> Part {
        if let Source::Attribute {
            resource,
            location,
            state: State::Unknown,
        } = &origin.source
            && let Some(source) = self.document_source(*resource).filter(|_| !origin.mirrored)
            && holds_document(source, location)
        {
            return Part::Documents(self.made(*resource, source, depth));
        }
        match from_origin(self.model, origin, resolution.conditional || resolution.deferred) {
            Possible::NotSet => Part::Documents(vec![PossibleDocument::NotSet]),
            Possible::Value(_) if is_operand(&origin.source) => Part::Operand,
            // What the configuration or a variable holds is never printed, whoever marks it.
            Possible::Value(value) => match read(format, &value, true) {
                PossibleDocument::Unknown(_) => Part::Piece,
                document => Part::Documents(vec![document]),
            },
            Possible::Something(doubt) | Possible::Unknown(doubt) => {
                Part::Documents(vec![PossibleDocument::Unknown(doubt)])
            }
        }
    }

    fn document_source(&self, id: ResourceId) -> Option<&DocumentSource> {
        let resource = self.model.resource(id);
        let kind = (resource.mode, resource.resource_type.to_string());
        self.policies.catalog.documents.get(&kind)
    }

    /// The documents that a data source may make, once it is read.
    fn made(&self, id: ResourceId, source: &DocumentSource, depth: usize) -> Vec<PossibleDocument> {
        let address = &self.model.resource(id).address;
        if depth > MAX_DEPTH {
            return vec![PossibleDocument::Unknown(opaque(&Opaque::TooLong))];
        }
        let drafts = self.drafts(id, source, depth);
        if drafts.len() > MAX_DRAFTS {
            return vec![PossibleDocument::Unknown(Doubt {
                because: format!("`{address}` may come to more documents than planseal tells apart"),
                settle: "name the policies that it is made of without a condition".into(),
            })];
        }
        let documents = drafts.into_iter().map(Document::from);
        documents.map(PossibleDocument::Document).collect()
    }

    /// The policies that a data source may make; empty where it makes none.
    pub fn policies_made_by(&self, id: ResourceId) -> Vec<PossibleDocument> {
        self.document_source(id)
            .map(|source| self.made(id, source, 0))
            .unwrap_or_default()
    }

    /// The statements that the blocks of a resource and the policies that it names make.
    fn drafts(&self, id: ResourceId, source: &DocumentSource, depth: usize) -> Vec<Draft> {
        let mut drafts = vec![Draft::default()];
        for path in &source.sources {
            self.add_named(id, path.attribute(), depth, &mut drafts);
        }
        let own = self.own_statements(id, source);
        for draft in &mut drafts {
            draft.merge(own.clone());
        }
        for path in &source.overrides {
            self.add_named(id, path.attribute(), depth, &mut drafts);
        }
        drafts
    }

    /// The statements that stand in the resource's own blocks.
    fn own_statements(&self, id: ResourceId, source: &DocumentSource) -> Draft {
        let whole = Location::default();
        let place = source
            .statements
            .attribute()
            .map_or(whole.clone(), |name| whole.member(name));
        let values = self.model.resource(id).values(Side::After);
        let Some(blocks) = values.and_then(|node| node.at(&place)) else {
            return Draft::default();
        };
        match &blocks.kind {
            NodeKind::Array(blocks) => {
                let statements = blocks.iter().enumerate();
                let made = statements.map(|(index, block)| Statement::of_block(block, &place.element(index)));
                Draft::of(made.map(|one| self.with_doubts(id, one)))
            }
            NodeKind::Absent => Draft::default(),
            _ => Draft::more(self.doubt_at(id, &place)),
        }
    }

    fn with_doubts(&self, id: ResourceId, statement: Statement) -> (Node, Vec<(Location, Doubt)>) {
        let doubts = statement.unknown.into_iter();
        let doubts = doubts.map(|(place, from)| (place, self.doubt_at(id, &from)));
        (statement.node, doubts.collect())
    }

    /// Merges the policies that an attribute names into each draft.
    fn add_named(&self, id: ResourceId, attribute: Option<&str>, depth: usize, drafts: &mut Vec<Draft>) {
        let Some(name) = attribute else { return };
        let place = Location::default().member(name);
        for alternatives in self.named_documents(id, &place, depth) {
            let mut longer = Vec::new();
            for draft in drafts.iter() {
                longer.extend(alternatives.iter().map(|one| draft.merged_with(one)));
            }
            longer.truncate(MAX_DRAFTS.saturating_add(1));
            *drafts = longer;
        }
    }

    /// For each policy that an attribute names, what it may be.
    fn named_documents(&self, id: ResourceId, place: &Location, depth: usize) -> Vec<Vec<PossibleDocument>> {
        let values = self.model.resource(id).values(Side::After);
        let Some(node) = values.and_then(|node| node.at(place)) else {
            return Vec::new();
        };
        let elements = match &node.kind {
            NodeKind::Array(elements) => elements.as_slice(),
            NodeKind::Unknown => return vec![vec![PossibleDocument::Unknown(self.doubt_at(id, place))]],
            _ => return vec![self.named_document(id, node, place, depth)],
        };
        if let Some(several) = self.one_by_one(id, place, elements, depth) {
            return several;
        }
        let each = elements.iter().enumerate();
        each.map(|(index, element)| self.named_document(id, element, &place.element(index), depth))
            .collect()
    }

    fn named_document(&self, id: ResourceId, node: &Node, place: &Location, depth: usize) -> Vec<PossibleDocument> {
        match node.state() {
            State::Absent => vec![PossibleDocument::NotSet],
            State::Known(value) => vec![read(Format::IamPolicy, &value, node.any_sensitive())],
            State::Unknown => {
                let resolution = self.resolver.resolve(id, place);
                self.resolved(
                    &resolution,
                    Format::IamPolicy,
                    Unset::ShowsNull,
                    depth.saturating_add(1),
                )
            }
        }
    }

    /// A list of several references has one expression. Where it holds as many references as the list has unknown
    /// elements, to as many documents, each element is one of them; their order matters only where they share a `Sid`.
    fn one_by_one(
        &self,
        id: ResourceId,
        place: &Location,
        elements: &[Node],
        depth: usize,
    ) -> Option<Vec<Vec<PossibleDocument>>> {
        let unknown = elements.iter().filter(|node| node.kind == NodeKind::Unknown).count();
        if unknown < 2 {
            return None;
        }
        let resolution = self.resolver.resolve(id, place);
        if resolution.deferred || resolution.origins.len() != unknown || self.references(id, place) != Some(unknown) {
            return None;
        }
        let mut found = Vec::new();
        for origin in &resolution.origins {
            match self.document_of(origin, &resolution, Format::IamPolicy, depth.saturating_add(1)) {
                Part::Documents(documents) if is_unknown(&origin.source) => found.push(documents),
                _ => return None,
            }
        }
        if Draft::share_names(found.iter().flatten()) {
            return None;
        }
        let mut found = found.into_iter();
        let each = elements.iter().enumerate().map(|(index, element)| match element.kind {
            NodeKind::Unknown => found.next(),
            _ => Some(self.named_document(id, element, &place.element(index), depth)),
        });
        each.collect()
    }

    /// How many references the one expression of an argument holds.
    fn references(&self, id: ResourceId, place: &Location) -> Option<usize> {
        match self.model.written(id, place) {
            Written::By { expressions, .. } => match expressions.as_slice() {
                [only] => Some(only.references.len()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Why a place in a resource is unknown.
    fn doubt_at(&self, id: ResourceId, place: &Location) -> Doubt {
        let resolution = self.resolver.resolve(id, place);
        let may_be_null = resolution.conditional || resolution.deferred;
        let values = resolution
            .origins
            .iter()
            .map(|origin| from_origin(self.model, origin, may_be_null));
        let mut doubts = values.filter_map(|value| match value {
            Possible::Unknown(doubt) | Possible::Something(doubt) => Some(doubt),
            Possible::Value(_) | Possible::NotSet => None,
        });
        doubts
            .next()
            .unwrap_or_else(|| unknown_attribute(self.model, id, place))
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
                Source::Value(_) => named("a value from the configuration".to_owned(), None),
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

/// Where an index or a function hides which attribute is meant, only a policy fits.
fn holds_document(source: &DocumentSource, location: &Location) -> bool {
    let is = |name: &str| *location == Location::default().member(name);
    location.0.is_empty() || source.attributes.iter().filter_map(|path| path.attribute()).any(is)
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

fn is_unknown(source: &Source) -> bool {
    matches!(
        source,
        Source::Attribute {
            state: State::Unknown,
            ..
        }
    )
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
