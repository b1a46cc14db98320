//! The documents that an unknown text may come to, and the policies that data sources make of blocks and of each other.

use std::cell::Cell;

use super::merge::Draft;
use super::{Document, PossibleDocument, is_operand, read};
use crate::eval::facts::Facts;
use crate::eval::reading::{Possible, from_origin, opaque, unknown_attribute};
use crate::eval::tri::Doubt;
use crate::model::document::Format;
use crate::model::resolve::{Opaque, Origin, Resolution, Source};
use crate::model::statement::Statement;
use crate::model::value::{Location, Node, NodeKind, State};
use crate::model::{ResourceId, Side, Written};
use crate::policy::catalog::DocumentSource;

/// Documents that name each other in a longer chain are not real.
const MAX_DEPTH: usize = 8;
/// Data sources looked at, at most, for one attribute.
const MAX_STEPS: usize = 500;
/// Policies that one attribute names, at most; more are not real.
const MAX_NAMED: usize = 100;
/// Possible documents told apart, at most; more say no more.
const MAX_DRAFTS: usize = 16;

/// What a plan shows where the author sets nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unset {
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

/// Finds out what one attribute may hold.
pub(super) struct Maker<'f> {
    facts: &'f Facts<'f>,
    steps: Cell<usize>,
}

impl<'f> Maker<'f> {
    /// For one attribute.
    pub(super) fn new(facts: &'f Facts<'f>) -> Self {
        let steps = Cell::new(0);
        Self { facts, steps }
    }

    /// What an unknown text may come to.
    pub(super) fn resolved(
        &self,
        resolution: &Resolution,
        format: Format,
        unset: Unset,
        depth: usize,
    ) -> Vec<PossibleDocument> {
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
            && let Some(source) = self.facts.document_source(*resource).filter(|_| !origin.mirrored)
            && holds_document(source, location)
        {
            return Part::Documents(self.made(*resource, source, depth));
        }
        if let Source::Document(node) = &origin.source {
            return match format.shape(node.clone()) {
                Ok(shaped) => Part::Documents(vec![PossibleDocument::Document(Document::known(shaped))]),
                Err(_) => Part::Piece,
            };
        }
        match from_origin(self.facts.model, origin, resolution.conditional || resolution.deferred) {
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

    /// The documents that a data source may make, once it is read.
    pub(super) fn made(&self, id: ResourceId, source: &DocumentSource, depth: usize) -> Vec<PossibleDocument> {
        let address = &self.facts.model.resource(id).address;
        self.steps.set(self.steps.get().saturating_add(1));
        if depth > MAX_DEPTH || self.steps.get() > MAX_STEPS {
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
        let values = self.facts.model.resource(id).values(Side::After);
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
            if let [only] = alternatives.as_slice() {
                drafts.iter_mut().for_each(|draft| draft.merge_with(only));
                continue;
            }
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
        let values = self.facts.model.resource(id).values(Side::After);
        let Some(node) = values.and_then(|node| node.at(place)) else {
            return Vec::new();
        };
        let elements = match &node.kind {
            NodeKind::Array(elements) if elements.len() > MAX_NAMED => {
                let doubt = Doubt {
                    because: format!(
                        "`{}` is made of more policies than planseal reads",
                        self.facts.model.resource(id).address
                    ),
                    settle: "write one policy".into(),
                };
                return vec![vec![PossibleDocument::Unknown(doubt)]];
            }
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
                let resolution = self.facts.resolver.resolve(id, place);
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
        let resolution = self.facts.resolver.resolve(id, place);
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
        match self.facts.model.written(id, place) {
            Written::By { expressions, .. } => match expressions.as_slice() {
                [only] => Some(only.references.len()),
                _ => None,
            },
            _ => None,
        }
    }

    /// Why a place in a resource is unknown.
    fn doubt_at(&self, id: ResourceId, place: &Location) -> Doubt {
        let resolution = self.facts.resolver.resolve(id, place);
        let may_be_null = resolution.conditional || resolution.deferred;
        let values = resolution
            .origins
            .iter()
            .map(|origin| from_origin(self.facts.model, origin, may_be_null));
        let mut doubts = values.filter_map(|value| match value {
            Possible::Unknown(doubt) | Possible::Something(doubt) => Some(doubt),
            Possible::Value(_) | Possible::NotSet => None,
        });
        doubts
            .next()
            .unwrap_or_else(|| unknown_attribute(self.facts.model, id, place))
    }
}

/// Where an index or a function hides which attribute is meant, only a policy fits.
fn holds_document(source: &DocumentSource, location: &Location) -> bool {
    let is = |name: &str| *location == Location::default().member(name);
    location.0.is_empty() || source.attributes.iter().filter_map(|path| path.attribute()).any(is)
}

fn is_unknown(source: &Source) -> bool {
    matches!(
        source,
        Source::Document(_)
            | Source::Attribute {
                state: State::Unknown,
                ..
            }
    )
}
