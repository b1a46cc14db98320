//! From what an expression comes to, to where a value comes from.

use std::sync::Arc;

use super::partial::{Kind, Partial};
use crate::model::ResourceId;
use crate::model::address::ModulePath;
use crate::model::resolve::{Opaque, Presence, Resolution, Resolver, Scope, Source};
use crate::model::value::Location;

impl Resolver<'_, '_> {
    /// The origins of a value.
    pub(in crate::model) fn origins(&self, value: &Partial, trace: &[String], depth: usize) -> Resolution {
        let possible = value.possible();
        let mut all = Resolution::default();
        for one in &possible {
            let trace: Vec<String> = trace
                .iter()
                .cloned()
                .chain(one.via.iter().rev().map(|label| label.to_string()))
                .collect();
            all.absorb(self.origin(one, &trace, depth));
        }
        // Each possibility stands on its own: that the value is unknown excludes none.
        all.deferred |= possible.len() > 1;
        all
    }

    /// The elements of a list that the source shows whole, each with what it comes from; `None` where it does not.
    pub fn elements(&self, id: ResourceId, location: &Location) -> Option<Vec<Resolution>> {
        self.restart();
        let possible = self.opened(&self.evaluated(id, location)?).possible();
        let [
            Partial {
                kind: Kind::List(elements) | Kind::Set(elements),
                via,
            },
        ] = possible.as_slice()
        else {
            return None;
        };
        let start = format!(
            "{}{}",
            self.model.resource(id).address,
            location.to_string().split_off(1)
        );
        let origins = |element: &Partial| self.origins(&element.clone().through(via), std::slice::from_ref(&start), 0);
        Some(elements.iter().map(origins).collect())
    }

    /// Whether there is a value at all.
    pub(in crate::model) fn presence_of(&self, value: &Partial) -> Presence {
        let mut answers = value.possible().into_iter().map(|one| match &one.kind {
            Kind::Null => Presence::NotSet,
            Kind::List(elements) | Kind::Set(elements) if elements.is_empty() => Presence::NotSet,
            Kind::Opaque(why) => Presence::Unknown(why.clone()),
            Kind::Elements(_) => Presence::Unknown(Opaque::Undecided(
                "whether there is one depends on a collection that is known only after apply".into(),
            )),
            _ => Presence::Set,
        });
        let first = answers.next().unwrap_or(Presence::NotSet);
        answers.fold(first, |all, one| match (all, one) {
            (all, one) if all == one => all,
            (Presence::Unknown(why), _) | (_, Presence::Unknown(why)) => Presence::Unknown(why),
            _ => Presence::Unknown(Opaque::Undecided(
                "whether there is one depends on a value that is known only after apply".into(),
            )),
        })
    }

    fn origin(&self, value: &Partial, trace: &[String], depth: usize) -> Resolution {
        let opaque = |why: Opaque| Resolution::opaque(why, trace.to_vec());
        match &value.kind {
            Kind::Null => Resolution::one(Source::NotSet, trace.to_vec()),
            Kind::Resource(id) => self.attribute(*id, &Location::default(), trace, depth),
            Kind::Attribute(id, location) => self.attribute(*id, location, trace, depth),
            Kind::Made(parts) => self.assembled(parts, trace, depth),
            Kind::Text(parts) => match self.textual_document(parts) {
                Some(document) => Resolution::one(Source::Document(document), trace.to_vec()),
                None => self.assembled(parts, trace, depth),
            },
            Kind::Encoded(inner) => Resolution::one(Source::Document(self.document(inner)), trace.to_vec()),
            Kind::Opaque(why) => opaque(why.clone()),
            Kind::Invalid => opaque(Opaque::Undecided(
                "Terraform would refuse the expression as it stands".into(),
            )),
            Kind::Module(path) => opaque(Opaque::Undecided(format!("it is the whole of `{path}`"))),
            Kind::Scalar(_) | Kind::Object(_) | Kind::List(_) | Kind::Set(_) | Kind::Elements(_) | Kind::OneOf(_) => {
                match value.literal() {
                    Some(literal) => Resolution::one(Source::Value(literal), trace.to_vec()),
                    None => self.contained(value, trace, depth),
                }
            }
        }
    }

    /// A collection: it holds what its parts come from.
    fn contained(&self, value: &Partial, trace: &[String], depth: usize) -> Resolution {
        let mut all = Resolution {
            // It may be empty.
            conditional: matches!(value.kind, Kind::Elements(_)),
            ..Resolution::default()
        };
        value.leaves(&mut |leaf| all.absorb(self.origins(leaf, trace, depth)));
        only_part_of(
            all,
            "it is a collection whose elements are known only after apply",
            trace,
        )
    }

    /// What a text is assembled around. It is none of its parts.
    fn assembled(&self, parts: &[Partial], trace: &[String], depth: usize) -> Resolution {
        let mut all = Resolution::default();
        for part in parts.iter().filter(|part| !matches!(part.kind, Kind::Scalar(_))) {
            all.absorb(self.origins(part, trace, depth));
        }
        only_part_of(
            all,
            "it is assembled from values that are known only after apply",
            trace,
        )
    }

    /// A variable, as far as plan JSON tells.
    pub(super) fn variable_of_plan(&self, module: &Arc<ModulePath>, name: &str) -> Partial {
        let scope = Scope::of(Arc::clone(module));
        of_resolution(self.variable(&scope, name, &[], 0))
    }

    /// An output, as far as plan JSON tells.
    pub(super) fn output_of_plan(&self, module: &Arc<ModulePath>, name: &str) -> Partial {
        let Some((parent, call, key)) = module.parent() else {
            return Partial::invalid();
        };
        let scope = Scope::of(Arc::new(parent));
        match self.output(&scope, call, key, Some(name), &[], &[], 0) {
            Some(resolution) => of_resolution(resolution),
            None => Partial::invalid(),
        }
    }
}

/// Where a value comes from, as a value.
fn of_resolution(resolution: Resolution) -> Partial {
    let mut possible: Vec<Partial> = resolution
        .origins
        .into_iter()
        .map(|origin| {
            let kind: Partial = match origin.source {
                Source::NotSet => Partial::null(),
                Source::Value(value) => value.into(),
                Source::Attribute { resource, location, .. } => attribute(resource, location),
                Source::Document(_) => Opaque::Function.into(),
                Source::Opaque(why) => why.into(),
            };
            let way: Vec<_> = origin.trace.iter().rev().map(|label| label.as_str().into()).collect();
            // The label of the attribute is its own.
            let behind = if matches!(kind.kind, Kind::Attribute(..) | Kind::Resource(_)) {
                1
            } else {
                0
            };
            kind.through(way.get(behind..).unwrap_or_default())
        })
        .collect();
    if resolution.conditional {
        possible.push(Partial::null());
    }
    Partial::one_of(possible)
}

fn attribute(resource: ResourceId, location: Location) -> Partial {
    match location.0.is_empty() {
        true => Kind::Resource(resource).into(),
        false => Kind::Attribute(resource, location).into(),
    }
}

/// What a value is made around, and does not equal; where that is nothing, `because`.
fn only_part_of(mut all: Resolution, because: &str, trace: &[String]) -> Resolution {
    all.origins
        .retain(|origin| !matches!(origin.source, Source::NotSet | Source::Value(_)));
    if all.origins.is_empty() {
        return Resolution::opaque(Opaque::Undecided(because.into()), trace.to_vec());
    }
    for origin in &mut all.origins {
        origin.assembled = true;
    }
    all
}
