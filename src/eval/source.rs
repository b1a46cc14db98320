//! The store that an attribute names: the source of a copy, the cluster of an instance.

use serde_json::Value;

use super::facts::{Facts, Near, name_of, near};
use crate::model::path::Path;
use crate::model::resolve::Source;
use crate::model::value::{Location, State};
use crate::model::{ResourceId, Side};
use crate::plan::Mode;

impl Facts<'_> {
    /// The one store that an attribute names, by reference or by a known identifier.
    pub fn store_named(&self, holder: ResourceId, base: &Location, path: &Path, side: Side) -> Option<ResourceId> {
        let found = self.model.select(holder, side, base, path);
        let [one] = found.as_slice() else { return None };
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
                let kind = &self.model.resource(*resource).resource_type;
                self.policies.catalog.stores.contains_key(&**kind).then_some(*resource)
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
        let candidates = types.iter().flat_map(|kind| {
            let names = stores.get(kind).map_or(&[][..], |store| store.names.as_slice());
            let of_type = self.model.of_type(Mode::Managed, kind).iter();
            of_type.map(move |id| (*id, names))
        });
        let mut named = candidates.filter(|(id, names)| {
            let near = name.starts_with("arn:") || near(self.model, *id, holder) != Near::Apart;
            near && *id != holder
                && names
                    .iter()
                    .flat_map(|path| self.model.select(*id, side, &Location::default(), path))
                    .any(|found| matches!(&found.state, State::Known(Value::String(text)) if text == name))
        });
        match (named.next(), named.next()) {
            (Some((id, _)), None) => Some(id),
            _ => None,
        }
    }
}
