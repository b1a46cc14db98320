//! Questions about the key hierarchy: whether a part is under the key that it belongs under, and where a key stands.

use std::rc::Rc;

use super::super::amount::{One, holds};
use super::super::category::CategoryFound;
use super::super::facts::{Facts, Near, near, same_region};
use super::super::hierarchy::Standing;
use super::super::key::KeyRef;
use super::super::tri::{Doubt, Tri};
use super::super::usage::{KeyId, Users};
use super::Scope;
use crate::model::{ResourceId, Side};
use crate::plan::Mode;
use crate::policy::condition::{PlaceTest, Quantifier};

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
        let facts = self.facts;
        let (own_id, side) = (self.resource, self.side);
        let others = facts.managed_keys().iter().copied();
        let others = others.filter(|id| *id != own_id && facts.lives(*id, side));
        let neighbours = others.filter_map(|id| {
            let perhaps = match stands_beside(facts, own_id, own, id, side) {
                Tri::True => None,
                Tri::False => return None,
                Tri::Unknown(doubts) => doubts.into_iter().next(),
            };
            Some((id, perhaps))
        });
        let is_used = |id| {
            let stores = users.of(&KeyId::InPlan(id), side);
            stores.iter().any(|one| one.certain) || !facts.aliases_of(id, side).is_empty()
        };
        let none = holds(amount, &[], None);
        let any_used = is_used(own_id);
        if !any_used && neighbours.clone().any(|(id, perhaps)| perhaps.is_none() && is_used(id)) {
            return none;
        }
        let itself = self.key_passes(own_id, test);
        if itself == Tri::False {
            return none;
        }
        let mut several = vec![One {
            passes: itself.clone(),
            perhaps: None,
        }];
        for (id, perhaps) in neighbours.filter(|(id, _)| !any_used || is_used(*id)) {
            let passes = self.key_passes(id, test);
            several.push(One { passes, perhaps });
            // A plan may have thousands of them, and more make no difference.
            if too_many(amount, &several) {
                break;
            }
        }
        let counted = holds(amount, &several, None);
        match itself {
            Tri::Unknown(doubts) => Tri::agree([counted, none], &doubts),
            _ => counted,
        }
    }

    fn key_passes(&mut self, key: ResourceId, test: &PlaceTest) -> Tri {
        let Some(inner) = &test.inner else { return Tri::True };
        let category = Some(self.facts.category_of_resource(key, self.side));
        let mut scope = Scope::values(self.facts, key, self.side);
        scope.category = category.as_deref();
        self.elsewhere(scope, inner)
    }
}

/// Whether more of them pass for certain than may.
fn too_many(amount: Quantifier, several: &[One]) -> bool {
    let passing = several
        .iter()
        .filter(|one| one.perhaps.is_none() && one.passes == Tri::True);
    matches!(amount, Quantifier::Count { at_most: Some(most), .. } if passing.count() > most)
}

/// Whether another key stands in the same place.
fn stands_beside(facts: &Facts<'_>, key: ResourceId, own: &Standing, other: ResourceId, side: Side) -> Tri {
    let model = facts.model;
    let same = own.same(&facts.standing(other, side));
    if same == Tri::False || !same_region(model, key, other, side) {
        return Tri::False;
    }
    let near = match near(model, key, other) {
        Near::Same => Tri::True,
        Near::Apart => Tri::False,
        Near::Unknown => Tri::Unknown(vec![Doubt {
            because: format!(
                "whether `{}` is in the same account and Region cannot be told",
                model.resource(other).address
            ),
            settle: "name the provider configuration of both".into(),
        }]),
    };
    Tri::all([near, same])
}
