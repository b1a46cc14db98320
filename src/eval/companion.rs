//! Which resources configure which stores.

use std::collections::{BTreeSet, HashMap};

use super::facts::{Near, name_of, near};
use super::joined::Companions;
use crate::model::resolve::{Resolver, Source};
use crate::model::value::{Found, Location, State};
use crate::model::{Model, ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::{Catalog, Companion};

/// What a companion's attribute says of its store.
enum Target {
    /// One of these.
    Stores(BTreeSet<ResourceId>),
    /// One of these, or of another type.
    Perhaps(BTreeSet<ResourceId>),
    /// The store is named, and not in the plan.
    Elsewhere,
    /// The plan does not tell.
    Hidden,
}

/// Joins every companion with its store, on both sides.
pub fn find(model: &Model<'_>, resolver: &Resolver<'_, '_>, catalog: &Catalog) -> Companions {
    let mut companions = Companions::default();
    let of_stores = catalog
        .stores
        .iter()
        .flat_map(|(name, store)| store.companions.iter().map(move |one| (name, one, true)));
    let of_keys = catalog
        .keys
        .iter()
        .flat_map(|((_, name), key)| key.companions.iter().map(move |one| (name, one, false)));
    let all: Vec<_> = of_stores.chain(of_keys).collect();
    for (configured, (id, companion), stands_in) in &all {
        let same_companion = all
            .iter()
            .filter(|(_, (_, other), _)| other.resource_type == companion.resource_type);
        let types: BTreeSet<&str> = same_companion.map(|(configured, _, _)| configured.as_str()).collect();
        for side in [Side::Before, Side::After] {
            let join = Join::new(model, resolver, configured, companion, &types, side);
            join.all(configured, id, *stands_in, &mut companions);
        }
    }
    companions.undo(model);
    companions
}

struct Join<'a> {
    model: &'a Model<'a>,
    resolver: &'a Resolver<'a, 'a>,
    companion: &'a Companion,
    /// Every type that such a companion configures.
    types: &'a BTreeSet<&'a str>,
    side: Side,
    stores: BTreeSet<ResourceId>,
    by_name: HashMap<String, BTreeSet<ResourceId>>,
}

impl<'a> Join<'a> {
    fn new(
        model: &'a Model<'a>,
        resolver: &'a Resolver<'a, 'a>,
        store_type: &str,
        companion: &'a Companion,
        types: &'a BTreeSet<&'a str>,
        side: Side,
    ) -> Self {
        let stores: BTreeSet<ResourceId> = present(model, store_type, side).collect();
        let mut by_name: HashMap<String, BTreeSet<ResourceId>> = HashMap::new();
        for store in &stores {
            for name in names(model, *store, companion, side) {
                by_name.entry(name).or_default().insert(*store);
            }
        }
        Self {
            model,
            resolver,
            companion,
            types,
            side,
            stores,
            by_name,
        }
    }

    /// `stands_in`: whether a companion is judged in the place of a store that is not in the plan.
    fn all(&self, store_type: &str, id: &str, stands_in: bool, companions: &mut Companions) {
        for companion in present(self.model, &self.companion.resource_type, self.side) {
            match self.target(companion) {
                // Also where this plan deletes the companion: the store stays, and falls back to what AWS does.
                Target::Elsewhere => {
                    if self.companion.category.is_some() || !stands_in {
                        continue;
                    }
                    let stays = self.model.resource(companion).values(Side::After).is_some();
                    if self.side == Side::After || !stays {
                        companions.orphans.insert(companion, store_type.to_owned());
                    }
                }
                Target::Hidden => companions.hide(companion, store_type, id, self.side),
                Target::Stores(found) => companions.join(companion, &found, found.len() == 1, id, self.side),
                Target::Perhaps(found) => companions.join(companion, &found, false, id, self.side),
            }
        }
    }

    fn target(&self, companion: ResourceId) -> Target {
        let found = self
            .model
            .select(companion, self.side, &Location::default(), &self.companion.join);
        let Some(Found { location, state, .. }) = found.first() else {
            return Target::Hidden;
        };
        match state {
            State::Known(value) => match name_of(value) {
                Some(name) => self.named(name, companion),
                None => Target::Hidden,
            },
            State::Absent => Target::Hidden,
            State::Unknown => self.by_reference(companion, location),
        }
    }

    fn by_reference(&self, companion: ResourceId, location: &Location) -> Target {
        let resolution = self.resolver.resolve(companion, location);
        let mut unknown = BTreeSet::new();
        let mut named = BTreeSet::new();
        let mut elsewhere = false;
        let mut outside = false;
        for origin in &resolution.origins {
            if origin.assembled {
                // A name that is made of another is a name of its own.
                return Target::Hidden;
            }
            match &origin.source {
                Source::Attribute { resource, state, .. } if self.stores.contains(resource) => {
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
                | Source::Value(value) => match name_of(value).map(|name| self.named(name, companion)) {
                    Some(Target::Stores(found)) => named.extend(found),
                    Some(Target::Perhaps(found)) => {
                        named.extend(found);
                        elsewhere = true;
                    }
                    Some(Target::Elsewhere) => outside = true,
                    Some(Target::Hidden) | None => {}
                },
                // It names what another type's entry joins it with.
                Source::Attribute { resource, .. } if self.configures(*resource) => elsewhere = true,
                // Any other origin may name any store.
                Source::Attribute { .. } | Source::Document(_) | Source::Opaque(_) => return Target::Hidden,
                Source::NotSet => {}
            }
        }
        // An unknown value cannot be one that is known: where one origin is unknown, that is it.
        let stores = if unknown.is_empty() { named } else { unknown };
        match (stores.is_empty(), elsewhere) {
            (true, false) if outside && resolution.origins.len() == 1 && !resolution.conditional => Target::Elsewhere,
            (true, false) => Target::Hidden,
            (_, true) => Target::Perhaps(stores),
            (false, false) => Target::Stores(stores),
        }
    }

    fn configures(&self, resource: ResourceId) -> bool {
        let resource = self.model.resource(resource);
        resource.mode == Mode::Managed && self.types.contains(&*resource.resource_type)
    }

    /// A name counts in every account and Region, so the same provider configuration wins. In another one it is the same
    /// store only where such a name is there once in all of them.
    fn named(&self, name: &str, companion: ResourceId) -> Target {
        let Some(named) = self.by_name.get(name) else {
            return Target::Elsewhere;
        };
        let by_distance = |distance| -> BTreeSet<ResourceId> {
            let there = |store: &ResourceId| near(self.model, companion, *store) == distance;
            named.iter().copied().filter(there).collect()
        };
        let same = by_distance(Near::Same);
        if !same.is_empty() {
            return Target::Stores(same);
        }
        if self.companion.unique || name.starts_with("arn:") {
            return Target::Stores(named.clone());
        }
        let unknown = by_distance(Near::Unknown);
        if unknown.is_empty() {
            Target::Perhaps(named.clone())
        } else {
            Target::Stores(unknown)
        }
    }
}

fn present<'m>(model: &'m Model<'_>, resource_type: &str, side: Side) -> impl Iterator<Item = ResourceId> + use<'m> {
    model
        .of_type(Mode::Managed, resource_type)
        .iter()
        .copied()
        .filter(move |id| {
            let resource = model.resource(*id);
            resource.deposed.is_none() && resource.values(side).is_some()
        })
}

/// A store's name stays while it lives: what is unknown after may be known before.
fn names(model: &Model<'_>, store: ResourceId, companion: &Companion, side: Side) -> Vec<String> {
    let sides = if model.resource(store).replaced() {
        vec![side]
    } else {
        vec![side, Side::Before]
    };
    sides
        .into_iter()
        .flat_map(|side| {
            companion
                .to
                .iter()
                .flat_map(move |path| model.select(store, side, &Location::default(), path))
        })
        .filter_map(|found| match found.state {
            State::Known(value) => name_of(&value).map(str::to_owned),
            _ => None,
        })
        .collect()
}
