//! The companions of each store, and what becomes of them where this plan deletes one.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::tri::Doubt;
use crate::model::{Model, ResourceId, Side};
use crate::plan::Action;

/// Companions of unknown stores that are read one by one for each store; more say no more.
pub(super) const MAX_POSSIBLE: usize = 20;

/// The companions of one store on one side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Joined {
    /// They certainly configure the store.
    pub certain: Vec<ResourceId>,
    /// They may configure it: the plan does not tell which store they belong to, or what is applied last.
    pub possible: Vec<ResourceId>,
    /// They name the store, and what they configure is taken away when this plan deletes the other one.
    pub undone: Vec<(ResourceId, ResourceId)>,
    /// Of the possible ones, those that would be certain if this plan did not delete the other one.
    raced: Vec<(ResourceId, ResourceId)>,
}

impl Joined {
    /// Whether a possible companion is one only because this plan deletes another.
    pub(super) fn is_raced(&self, companion: ResourceId) -> bool {
        self.raced.iter().any(|(raced, _)| *raced == companion)
    }

    /// Leaves each companion in one place: certain where any of its attributes names the resource without doubt.
    pub(super) fn tidy(&mut self) {
        for group in [&mut self.certain, &mut self.possible] {
            group.sort();
            group.dedup();
        }
        self.possible.retain(|one| self.certain.binary_search(one).is_err());
    }

    /// Why it is not known whether a possible companion configures the store.
    pub fn doubt(&self, model: &Model<'_>, companion: ResourceId) -> Doubt {
        let address = &model.resource(companion).address;
        let rival = self.raced.iter().find(|(raced, _)| *raced == companion);
        match rival {
            Some((_, deleted)) => race(address, &model.resource(*deleted).address),
            None => Doubt {
                because: format!("the plan does not tell which store `{address}` configures"),
                settle: format!("let `{address}` name its store by reference, in the same module"),
            },
        }
    }
}

/// Nothing orders the deletion of one companion and the writing of another.
pub fn race(written: &str, deleted: &str) -> Doubt {
    Doubt {
        because: format!(
            "this plan deletes `{deleted}` and writes `{written}`, both for the same store, and nothing says which comes last"
        ),
        settle: format!(
            "move or forget `{deleted}` (a `moved` block, or `removed` with `destroy = false`) instead of deleting it"
        ),
    }
}

/// All companions of a plan.
#[derive(Debug, Default)]
pub struct Companions {
    joined: HashMap<(ResourceId, String, Side), Joined>,
    /// Companions that may belong to any store of a type.
    hidden: HashMap<(String, String, Side), Vec<ResourceId>>,
    /// Companions whose store is not in the plan, with the store's type.
    pub orphans: BTreeMap<ResourceId, String>,
    /// The companions that this plan deletes while their store stays.
    deleted: HashMap<(ResourceId, String), Vec<ResourceId>>,
    /// The same by companion, where that is asked.
    named: OnceCell<Named>,
}

/// The stores that each companion names on one side.
type Named = HashMap<(ResourceId, Side), Vec<(ResourceId, String, bool)>>;

impl Companions {
    /// The companions `id` of a store (or a key) on one side.
    pub fn of(&self, store: ResourceId, store_type: &str, id: &str, side: Side) -> Joined {
        let key = (store, id.to_owned(), side);
        let mut joined = self.joined.get(&key).cloned().unwrap_or_default();
        let hidden = self.hidden.get(&(store_type.to_owned(), id.to_owned(), side));
        joined.possible.extend(hidden.into_iter().flatten());
        joined
    }

    /// The stores (or keys) that a resource names as a companion: each with the companion's id, and whether that is certain.
    pub fn named_by(&self, companion: ResourceId, side: Side) -> &[(ResourceId, String, bool)] {
        let named = self.named.get_or_init(|| self.find_named());
        named.get(&(companion, side)).map_or(&[], Vec::as_slice)
    }

    /// The store types of any of whose stores a resource may be the companion, with the companion's id.
    pub fn hidden_from(&self, companion: ResourceId, side: Side) -> impl Iterator<Item = (&str, &str)> {
        let of_side = self.hidden.iter().filter(move |((_, _, one), _)| *one == side);
        let naming = of_side.filter(move |(_, companions)| companions.contains(&companion));
        naming.map(|((store_type, id, _), _)| (store_type.as_str(), id.as_str()))
    }

    fn find_named(&self) -> Named {
        let mut named = Named::default();
        for ((store, id, side), joined) in &self.joined {
            let undone = joined.undone.iter().map(|(companion, _)| companion);
            let certain = joined.certain.iter().chain(undone).map(|one| (one, true));
            for (companion, certain) in certain.chain(joined.possible.iter().map(|one| (one, false))) {
                let all = named.entry((*companion, *side)).or_default();
                all.push((*store, id.clone(), certain));
            }
        }
        named.values_mut().for_each(|all| all.sort());
        named
    }

    /// The companion `id` that this plan deletes while the store stays, where there is one.
    pub fn deleted(&self, store: ResourceId, id: &str) -> Option<ResourceId> {
        self.deleted.get(&(store, id.to_owned()))?.first().copied()
    }

    /// A companion names these stores: one of them, or perhaps none.
    pub(super) fn join(
        &mut self,
        companion: ResourceId,
        stores: &BTreeSet<ResourceId>,
        certain: bool,
        id: &str,
        side: Side,
    ) {
        for store in stores {
            let joined = self.joined.entry((*store, id.to_owned(), side)).or_default();
            let group = if certain {
                &mut joined.certain
            } else {
                &mut joined.possible
            };
            group.push(companion);
        }
    }

    /// The plan does not tell which store a companion names.
    pub(super) fn hide(&mut self, companion: ResourceId, store_type: &str, id: &str, side: Side) {
        let hidden = self.hidden.entry((store_type.to_owned(), id.to_owned(), side));
        hidden.or_default().push(companion);
    }

    /// Deleting a companion takes the setting away from the store, whichever companion it came from. Another one that
    /// this plan leaves alone then configures nothing any more; for one that it writes, the order is not known.
    pub(super) fn undo(&mut self, model: &Model<'_>) {
        let before: Vec<_> = self
            .joined
            .iter()
            .filter(|((store, _, side), _)| *side == Side::Before && stays(model, *store))
            .map(|((store, id, _), joined)| (*store, id.clone(), joined.certain.clone()))
            .collect();
        for (store, id, companions) in before {
            let after = self.joined.entry((store, id.clone(), Side::After)).or_default();
            let deleted: Vec<ResourceId> = companions
                .into_iter()
                .filter(|one| takes_away(model, *one, after))
                .collect();
            for companion in std::mem::take(&mut after.certain) {
                let own = deleted.contains(&companion).then_some(companion);
                let rival = own.or_else(|| deleted.first().copied());
                match rival {
                    None => after.certain.push(companion),
                    Some(rival) if rival != companion && is_written(model, companion) => {
                        after.possible.push(companion);
                        after.raced.push((companion, rival));
                    }
                    Some(rival) => after.undone.push((companion, rival)),
                }
            }
            if !deleted.is_empty() {
                self.deleted.insert((store, id), deleted);
            }
        }
    }
}

/// A store that is replaced takes its companions along: they are deleted before it is.
fn stays(model: &Model<'_>, store: ResourceId) -> bool {
    let store = model.resource(store);
    store.values(Side::After).is_some() && !store.destroyed()
}

/// Whether this plan deletes a companion, and does not itself write the setting again afterwards.
fn takes_away(model: &Model<'_>, companion: ResourceId, after: &Joined) -> bool {
    let resource = model.resource(companion);
    let written_again =
        after.certain.contains(&companion) && resource.actions.as_slice() == [Action::Delete, Action::Create];
    resource.destroyed() && !written_again
}

/// Whether Terraform writes it in this plan.
pub fn is_written(model: &Model<'_>, resource: ResourceId) -> bool {
    let actions = &model.resource(resource).actions;
    actions.contains(&Action::Create) || actions.contains(&Action::Update)
}
