//! Which resources configure which stores, by the catalog.

use std::collections::BTreeSet;

use super::join::{Join, Link, Target, present};
use super::joined::Companions;
use crate::model::resolve::Resolver;
use crate::model::{Model, Side};
use crate::policy::catalog::{Catalog, Companion};

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
            let stores: BTreeSet<_> = present(model, configured, side).collect();
            let link = Link {
                join: &companion.join,
                names: vec![companion.to.iter().collect(); stores.len()],
                unique: companion.unique,
                all_names: true,
            };
            let join = Join::new(model, resolver, &link, stores, &types, side);
            let one = One {
                companion,
                configured,
                id,
                stands_in: *stands_in,
            };
            one.join(&join, &mut companions);
        }
    }
    companions.undo(model);
    companions
}

/// A companion of a type's entry.
struct One<'a> {
    companion: &'a Companion,
    /// The type that it configures.
    configured: &'a str,
    id: &'a str,
    /// Whether it is judged in the place of a store that is not in the plan.
    stands_in: bool,
}

impl One<'_> {
    fn join(&self, join: &Join<'_>, companions: &mut Companions) {
        let (model, side) = (join.model, join.side);
        for companion in present(model, &self.companion.resource_type, side) {
            match join.target(companion) {
                // Also where this plan deletes the companion: the store stays, and falls back to what AWS does.
                Target::Elsewhere => {
                    if self.companion.category.is_some() || !self.stands_in {
                        continue;
                    }
                    let stays = model.resource(companion).values(Side::After).is_some();
                    if side == Side::After || !stays {
                        companions.orphans.insert(companion, self.configured.to_owned());
                    }
                }
                Target::Hidden => companions.hide(companion, self.configured, self.id, side),
                Target::Some(found) => companions.join(companion, &found, found.len() == 1, self.id, side),
                Target::Perhaps(found) => companions.join(companion, &found, false, self.id, side),
            }
        }
    }
}
