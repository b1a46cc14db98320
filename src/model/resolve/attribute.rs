//! Attributes of other resources: what sets them, or which others they repeat.

use super::follow::{MAX_DEPTH, Resolver, extend, suffix};
use super::{Opaque, Resolution, Source};
use crate::model::address::Step;
use crate::model::path::Path;
use crate::model::value::{Location, LocationStep, State};
use crate::model::{ResourceId, Side, Written};
use crate::plan::Index;

impl Resolver<'_, '_> {
    /// An attribute of a resource: the attribute it mirrors, the expression that sets it, or itself.
    pub(in crate::model) fn attribute(
        &self,
        id: ResourceId,
        location: &Location,
        trace: &[String],
        depth: usize,
    ) -> Resolution {
        let resource = self.model.resource(id);
        let label = format!("{}{}", resource.address, suffix(location));
        let first = match location.0.first() {
            Some(LocationStep::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        if let Some(path) = self.mirrors.of(resource.mode, &resource.resource_type, first) {
            let trace = extend(trace, label);
            let inner = location.0.get(1..).unwrap_or_default();
            if !inner.is_empty()
                && let Some(exact) = self.mirrored_part(id, path, inner, &trace, depth)
            {
                return exact;
            }
            let inner = steps_of(inner);
            let mut mirrored = self.mirrored(id, path, &trace, depth).index(&inner);
            // A member of something that Terraform knows only after apply may be null, whatever the others are.
            mirrored.deferred |= !inner.is_empty();
            return mirrored;
        }
        let whole = location.0.is_empty();
        let state = match resource.values(Side::After).and_then(|node| node.at(location)) {
            Some(node) if !whole => node.state(),
            _ => State::Unknown,
        };
        if state == State::Unknown && !whole && depth < MAX_DEPTH && self.is_written(id, location) {
            return self.set_elsewhere(id, location.clone(), trace, depth);
        }
        let source = match state {
            State::Absent => Source::NotSet,
            state => Source::Attribute {
                resource: id,
                location: location.clone(),
                state,
            },
        };
        Resolution::one(source, extend(trace, label))
    }

    /// An argument of another resource. Where it may be null there, the provider puts something else in its place.
    fn set_elsewhere(&self, id: ResourceId, location: Location, trace: &[String], depth: usize) -> Resolution {
        let mut found = self.written(id, &location, trace, depth);
        let may_be_null = found.conditional || found.origins.iter().any(|origin| origin.source == Source::NotSet);
        found.origins.retain(|origin| origin.source != Source::NotSet);
        if may_be_null {
            let label = format!("{}{}", self.model.resource(id).address, suffix(&location));
            let source = Source::Attribute {
                resource: id,
                location,
                state: State::Unknown,
            };
            found.absorb(Resolution::one(source, extend(trace, label)));
        }
        Resolution {
            conditional: false,
            deferred: true,
            ..found
        }
    }

    /// Whether an expression sets an attribute.
    fn is_written(&self, id: ResourceId, location: &Location) -> bool {
        match self.evaluated(id, location) {
            Some(value) => !value.is_null(),
            None => matches!(self.model.written(id, location), Written::By { .. }),
        }
    }

    /// A part of what an attribute repeats, where the source tells it.
    fn mirrored_part(
        &self,
        id: ResourceId,
        path: &Path,
        inner: &[LocationStep],
        trace: &[String],
        depth: usize,
    ) -> Option<Resolution> {
        let whole = path.steps().iter().map(LocationStep::from);
        let location = Location(whole.chain(inner.iter().cloned()).collect());
        let value = self.evaluated(id, &location).filter(|_| depth < MAX_DEPTH)?;
        let label = format!("{}{}", self.model.resource(id).address, suffix(&location));
        let mut all = self.origins(&value, &extend(trace, label), depth.saturating_add(1));
        for origin in &mut all.origins {
            origin.mirrored = true;
        }
        Some(all)
    }

    fn mirrored(&self, id: ResourceId, path: &Path, trace: &[String], depth: usize) -> Resolution {
        if depth > MAX_DEPTH {
            return Resolution::opaque(Opaque::TooLong, trace.to_vec());
        }
        let mut all = Resolution::default();
        for found in self.model.select(id, Side::After, &Location::default(), path) {
            all.absorb(match found.state {
                State::Known(value) => Resolution {
                    deferred: true,
                    ..Resolution::one(
                        Source::Value(value),
                        extend(
                            trace,
                            format!("{}{}", self.model.resource(id).address, suffix(&found.location)),
                        ),
                    )
                },
                State::Absent => Resolution::one(Source::NotSet, trace.to_vec()),
                State::Unknown => self.written(id, &found.location, trace, depth.saturating_add(1)),
            });
        }
        for origin in &mut all.origins {
            origin.mirrored = true;
        }
        all
    }
}

fn steps_of(location: &[LocationStep]) -> Vec<Step> {
    location
        .iter()
        .map(|step| match step {
            LocationStep::Name(name) => Step::Name(name.to_string()),
            LocationStep::Index(position) => Step::Key(Index::Number(u64::try_from(*position).unwrap_or(u64::MAX))),
            LocationStep::Any => Step::Key(Index::Number(u64::MAX)),
        })
        .collect()
}
