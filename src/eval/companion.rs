//! Which resources configure which stores.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::facts::name_of;
use crate::model::resolve::{Resolver, Source};
use crate::model::value::{Found, Location, State};
use crate::model::{Model, ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::{Catalog, Companion};

/// The companions of one store on one side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// They certainly configure the store.
    pub certain: Vec<ResourceId>,
    /// They may configure it: the plan does not tell which store they belong to.
    pub possible: Vec<ResourceId>,
}

/// All companions of a plan.
#[derive(Debug, Default)]
pub struct Companions {
    joined: HashMap<(ResourceId, String, Side), Joined>,
    /// Companions whose store is not in the plan, with the store's type.
    pub orphans: BTreeMap<ResourceId, String>,
}

impl Companions {
    /// The companions `id` of a store on one side.
    pub fn of(&self, store: ResourceId, id: &str, side: Side) -> Joined {
        self.joined
            .get(&(store, id.to_owned(), side))
            .cloned()
            .unwrap_or_default()
    }
}

/// What a companion's attribute says of its store.
enum Target {
    Stores(BTreeSet<ResourceId>),
    /// The store is named, and not in the plan.
    Elsewhere,
    /// The plan does not tell.
    Hidden,
}

/// Joins every companion with its store, on both sides.
pub fn find(model: &Model<'_>, resolver: &Resolver<'_, '_>, catalog: &Catalog) -> Companions {
    let mut companions = Companions::default();
    for (store_type, store) in &catalog.stores {
        for (id, companion) in &store.companions {
            for side in [Side::Before, Side::After] {
                join_side(
                    &Join {
                        model,
                        resolver,
                        store_type,
                        companion,
                        side,
                    },
                    id,
                    &mut companions,
                );
            }
        }
    }
    companions
}

struct Join<'a> {
    model: &'a Model<'a>,
    resolver: &'a Resolver<'a, 'a>,
    store_type: &'a str,
    companion: &'a Companion,
    side: Side,
}

fn join_side(join: &Join<'_>, id: &str, companions: &mut Companions) {
    let stores = join.present(join.store_type);
    let mut hidden = Vec::new();
    for companion in join.present(&join.companion.resource_type) {
        match join.target(companion, &stores) {
            Target::Elsewhere => {
                if join.model.resource(companion).values(Side::After).is_some() && join.side == Side::After {
                    companions.orphans.insert(companion, join.store_type.to_owned());
                }
            }
            Target::Hidden => hidden.push(companion),
            Target::Stores(found) => {
                let certain = found.len() == 1;
                for store in found {
                    let joined = companions.joined.entry((store, id.to_owned(), join.side)).or_default();
                    if certain {
                        joined.certain.push(companion)
                    } else {
                        joined.possible.push(companion)
                    }
                }
            }
        }
    }
    for store in stores {
        let joined = companions.joined.entry((store, id.to_owned(), join.side)).or_default();
        joined.possible.extend(&hidden);
    }
}

impl Join<'_> {
    fn present(&self, resource_type: &str) -> Vec<ResourceId> {
        self.model
            .resources()
            .filter(|(_, resource)| {
                resource.mode == Mode::Managed
                    && resource.resource_type == resource_type
                    && resource.deposed.is_none()
                    && resource.values(self.side).is_some()
            })
            .map(|(id, _)| id)
            .collect()
    }

    fn target(&self, companion: ResourceId, stores: &[ResourceId]) -> Target {
        let found = self
            .model
            .select(companion, self.side, &Location::default(), &self.companion.join);
        let Some(Found { location, state, .. }) = found.first() else {
            return Target::Hidden;
        };
        match state {
            State::Known(value) => match name_of(value) {
                Some(name) => self.by_name(name, companion, stores),
                None => Target::Hidden,
            },
            State::Absent => Target::Hidden,
            State::Unknown => self.by_reference(companion, location, stores),
        }
    }

    fn by_reference(&self, companion: ResourceId, location: &Location, stores: &[ResourceId]) -> Target {
        let resolution = self.resolver.resolve(companion, location);
        let mut unknown = BTreeSet::new();
        let mut named = BTreeSet::new();
        for origin in &resolution.origins {
            match &origin.source {
                Source::Attribute { resource, state, .. } if stores.contains(resource) => {
                    let group = if *state == State::Unknown {
                        &mut unknown
                    } else {
                        &mut named
                    };
                    group.insert(*resource);
                }
                Source::Attribute {
                    state: State::Known(value),
                    ..
                }
                | Source::Value(value) => {
                    if let Some(Target::Stores(found)) =
                        name_of(value).map(|name| self.by_name(name, companion, stores))
                    {
                        named.extend(found);
                    }
                }
                // Any other origin may name any store.
                Source::Attribute { .. } | Source::Opaque(_) => return Target::Hidden,
                Source::NotSet => {}
            }
        }
        // An unknown value cannot be one that is known: where one origin is unknown, that is it.
        let stores = if unknown.is_empty() { named } else { unknown };
        if stores.is_empty() {
            Target::Hidden
        } else {
            Target::Stores(stores)
        }
    }

    /// A name counts in every account and region, so the same provider configuration wins.
    fn by_name(&self, name: &str, companion: ResourceId, stores: &[ResourceId]) -> Target {
        let named: BTreeSet<ResourceId> = stores
            .iter()
            .copied()
            .filter(|store| self.is_named(*store, name))
            .collect();
        let provider = &self.model.resource(companion).provider;
        let near: BTreeSet<ResourceId> = named
            .iter()
            .copied()
            .filter(|store| self.model.resource(*store).provider == *provider)
            .collect();
        match (near.is_empty(), named.is_empty()) {
            (false, _) => Target::Stores(near),
            (true, false) => Target::Stores(named),
            (true, true) => Target::Elsewhere,
        }
    }

    fn is_named(&self, store: ResourceId, name: &str) -> bool {
        // A store's name stays while it lives: what is unknown after may be known before.
        [self.side, Side::Before].into_iter().any(|side| {
            self.companion.to.iter().any(|path| {
                self.model
                    .select(store, side, &Location::default(), path)
                    .iter()
                    .any(|found| matches!(&found.state, State::Known(value) if name_of(value) == Some(name)))
            })
        })
    }
}
