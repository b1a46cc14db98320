//! The store that an attribute names: the source of a copy, the cluster of an instance.

use serde_json::Value;

use super::facts::{Facts, Near, name_of, near};
use crate::model::path::Path;
use crate::model::resolve::Source;
use crate::model::value::{Found, Location, State};
use crate::model::{Resource, ResourceId, Side};
use crate::plan::Mode;

impl Facts<'_> {
    /// The one store that an attribute names, by reference or by a known identifier.
    pub fn store_named(&self, holder: ResourceId, base: &Location, path: &Path, side: Side) -> Option<ResourceId> {
        match self.model.select(holder, side, base, path).as_slice() {
            [one] => self.store_at(holder, one, side),
            _ => None,
        }
    }

    /// The store that stands at a place.
    pub(super) fn store_at(&self, holder: ResourceId, one: &Found, side: Side) -> Option<ResourceId> {
        match &one.state {
            State::Absent => None,
            State::Known(value) => {
                let name = name_of(value)?;
                self.store_referred_to(holder, &one.location, value, side)
                    .or_else(|| self.store_with_name(name, holder, side))
            }
            State::Unknown => {
                let resolution = self.resolver.resolve(holder, &one.location);
                match resolution.origins.as_slice() {
                    [only] => match &only.source {
                        Source::Attribute { resource, .. } => Some(*resource),
                        Source::Value(value) => self.store_with_name(name_of(value)?, holder, side),
                        _ => None,
                    },
                    _ => None,
                }
            }
        }
    }

    /// A name that is known, and that the expression takes from a store's own attribute.
    fn store_referred_to(
        &self,
        holder: ResourceId,
        location: &Location,
        name: &Value,
        side: Side,
    ) -> Option<ResourceId> {
        if side == Side::Before {
            return None;
        }
        let resolution = self.resolver.resolve(holder, location);
        resolution.origins.iter().find_map(|origin| match &origin.source {
            Source::Attribute {
                resource,
                state: State::Known(value),
                ..
            } if value == name => {
                let named = self.model.resource(*resource);
                let entry = self.policies.catalog.original(named.mode, &named.resource_type);
                entry.map(|_| *resource)
            }
            _ => None,
        })
    }

    /// A bare name counts for the types that the catalog names, in the same provider configuration; an ARN says all that
    /// itself.
    fn store_with_name(&self, name: &str, holder: ResourceId, side: Side) -> Option<ResourceId> {
        let consumer = self.model.resource(holder);
        let stores = &self.policies.catalog.stores;
        let entry = stores.get(&*consumer.resource_type)?;
        let own = [consumer.resource_type.to_string()];
        let types = if entry.source_types.is_empty() {
            own.as_slice()
        } else {
            entry.source_types.as_slice()
        };
        let named = |mode: Mode| -> Vec<ResourceId> {
            let candidates = types.iter().flat_map(|kind| {
                let names = self.policies.catalog.original(mode, kind);
                let names = names.map_or(&[][..], |store| store.names.as_slice());
                let of_type = self.model.of_type(mode, kind).iter();
                of_type.map(move |id| (*id, names))
            });
            let named = candidates.filter(|(id, names)| {
                let near = name.starts_with("arn:") || near(self.model, *id, holder) != Near::Apart;
                near && *id != holder
                    && names
                        .iter()
                        .flat_map(|path| self.model.select(*id, side, &Location::default(), path))
                        .any(|found| matches!(&found.state, State::Known(Value::String(text)) if text == name))
            });
            named.map(|(id, _)| id).collect()
        };
        match named(Mode::Managed).as_slice() {
            [one] => Some(*one),
            // Several data sources that show one name show the same thing.
            [] => named(Mode::Data).first().copied(),
            _ => None,
        }
    }
}

/// Whether a data source shows nothing in this plan, because it depends on something that is known only after apply.
pub(super) fn read_during_apply(resource: &Resource) -> bool {
    resource.mode == Mode::Data && resource.values(Side::Before).is_none()
}
