//! Questions about the key hierarchy: whether a part is under the key that it belongs under, and where a key stands.

use std::rc::Rc;

use super::super::amount::{One, holds};
use super::super::category::CategoryFound;
use super::super::facts::{Near, near, same_region};
use super::super::hierarchy::Standing;
use super::super::key::KeyRef;
use super::super::tri::{Doubt, Tri};
use super::super::usage::{KeyId, Users};
use super::Scope;
use crate::model::ResourceId;
use crate::plan::Mode;
use crate::policy::condition::{PlaceTest, Quantifier};

/// A key that may stand in the same place as another.
struct Neighbour {
    id: ResourceId,
    /// Why it cannot be told whether it stands there.
    perhaps: Option<Doubt>,
    /// Whether it protects a store of this plan for certain, or an alias of it names the key.
    used: bool,
}

impl Scope<'_> {
    /// Whether a key is one that the part belongs under. One that nothing recognises is for all.
    pub(super) fn in_its_place(&self, key: &KeyRef, keys: Quantifier) -> Tri {
        let Some(category) = self.category else {
            return Tri::True;
        };
        let standing = match key {
            KeyRef::Managed(id) => {
                // A key that goes away is what it was.
                let there = self.facts.model.resource(*id).values(self.side).is_some();
                let side = if there { self.side } else { self.side.other() };
                self.facts.standing(*id, side)
            }
            KeyRef::External(key) => Rc::new(self.facts.standing_outside(key)),
            // That the key cannot be told is the level's finding; saying it twice helps nobody.
            KeyRef::Unknown(_) if keys == Quantifier::Every => return Tri::True,
            KeyRef::Unknown(doubt) => return Tri::Unknown(vec![doubt.clone()]),
            KeyRef::AwsManaged | KeyRef::Unset => return Tri::True,
        };
        if standing.is_nowhere() && standing.doubt().is_none() {
            return Tri::True;
        }
        let known = match &category.found {
            CategoryFound::Known(known) => known,
            CategoryFound::Unknown(doubt) => return Tri::Unknown(vec![doubt.clone()]),
        };
        let Some(belongs) = self.facts.belongs(self.resource, self.kind, known) else {
            return Tri::True;
        };
        let right = standing.is_in(&belongs);
        match standing.doubt() {
            Some(doubt) if !right => Tri::Unknown(vec![doubt.clone()]),
            _ => Tri::known(right),
        }
    }

    /// Whether the plan manages a key.
    pub(super) fn in_plan(&self, key: &KeyRef) -> Tri {
        match key {
            KeyRef::Managed(id) => Tri::known(self.facts.model.resource(*id).mode == Mode::Managed),
            KeyRef::External(_) | KeyRef::AwsManaged | KeyRef::Unset => Tri::False,
            KeyRef::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
        }
    }

    /// Where the key stands in the hierarchy.
    pub(super) fn place_test(&mut self, users: &Users, test: &PlaceTest) -> Tri {
        let standing = self.facts.standing(self.resource, self.side);
        let mut answers = Vec::new();
        if let Some(wanted) = test.known {
            answers.push(match standing.doubt() {
                Some(doubt) if standing.is_nowhere() => Tri::Unknown(vec![doubt.clone()]),
                _ => Tri::known(standing.is_nowhere() != wanted),
            });
        }
        if let Some(amount) = test.amount {
            answers.push(self.neighbours_pass(users, &standing, amount, test));
        }
        Tri::all(answers)
    }

    /// So many keys stand in the same place, where this one counts; none where it does not.
    fn neighbours_pass(&mut self, users: &Users, own: &Standing, amount: Quantifier, test: &PlaceTest) -> Tri {
        if own.is_nowhere() && own.doubt().is_none() {
            return holds(amount, &[], None);
        }
        let neighbours = self.neighbours(users, own);
        let any_used = neighbours.iter().any(|one| one.used && one.perhaps.is_none());
        let mut itself = Tri::False;
        let mut several = Vec::new();
        for one in neighbours {
            let counts = one.used || !any_used;
            let passes = match counts {
                true => self.key_passes(one.id, test),
                false => Tri::False,
            };
            if one.id == self.resource {
                itself = passes.clone();
            }
            several.push(One {
                passes,
                perhaps: one.perhaps,
            });
        }
        let counted = holds(amount, &several, None);
        let none = holds(amount, &[], None);
        match itself {
            Tri::True => counted,
            Tri::False => none,
            Tri::Unknown(doubts) => Tri::agree([counted, none], &doubts),
        }
    }

    /// The keys that stand in the same place, or may; this one first.
    fn neighbours(&self, users: &Users, own: &Standing) -> Vec<Neighbour> {
        let facts = self.facts;
        let keys = facts.managed_keys().iter().copied();
        let keys = keys.filter(|id| facts.lives(*id, self.side));
        let mut found = Vec::new();
        for id in keys {
            let perhaps = match id == self.resource {
                true => None,
                false => match self.stands_beside(id, own) {
                    Tri::True => None,
                    Tri::False => continue,
                    Tri::Unknown(doubts) => doubts.into_iter().next(),
                },
            };
            let stores = users.of(&KeyId::InPlan(id), self.side);
            let used = stores.iter().any(|one| one.certain) || !facts.aliases_of(id, self.side).is_empty();
            found.push(Neighbour { id, perhaps, used });
        }
        found
    }

    /// Whether another key stands in the same place.
    fn stands_beside(&self, other: ResourceId, own: &Standing) -> Tri {
        let model = self.facts.model;
        if !same_region(model, self.resource, other, self.side) {
            return Tri::False;
        }
        let there = self.facts.standing(other, self.side);
        let same = own.same(&there);
        let address = &model.resource(other).address;
        let near = match near(model, self.resource, other) {
            Near::Same => Tri::True,
            Near::Apart => Tri::False,
            Near::Unknown => Tri::Unknown(vec![Doubt {
                because: format!("whether `{address}` is in the same account and Region cannot be told"),
                settle: "name the provider configuration of both".into(),
            }]),
        };
        Tri::all([near, same])
    }

    fn key_passes(&mut self, key: ResourceId, test: &PlaceTest) -> Tri {
        let Some(inner) = &test.inner else { return Tri::True };
        let category = Some(self.facts.category_of_resource(key, self.side));
        let mut scope = Scope::values(self.facts, key, self.side);
        scope.category = category.as_deref();
        self.elsewhere(scope, inner)
    }
}
