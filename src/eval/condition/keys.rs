//! Questions about keys: those that protect a part, and the stores that one protects.

use std::collections::BTreeSet;

use super::super::amount::{One, holds};
use super::super::category::{CategoryFound, Effective};
use super::super::key::{External, KeyRef};
use super::super::level::{LevelOutcome, PartAssessment};
use super::super::reading::Weight;
use super::super::tally::Tally;
use super::super::tri::{Doubt, Tri};
use super::super::usage::{Untold, Use};
use super::Scope;
use super::demand::weigh;
use crate::model::ResourceId;
use crate::plan::Mode;
use crate::policy::condition::{Condition, KeyTest, Quantifier, UsersTest};

impl Scope<'_> {
    /// The keys of a part's places: where a place has no customer managed key, there is nothing to ask.
    pub(super) fn key_test(&mut self, part: &PartAssessment, test: &KeyTest) -> Tri {
        let nothing = Tri::known(test.keys == Quantifier::Every);
        let mut places = Vec::new();
        for ways in &part.places {
            let mut answers = Vec::new();
            for key in ways.iter().filter_map(|way| way.key.as_ref()) {
                answers.push(match &key.key {
                    KeyRef::AwsManaged | KeyRef::Unset => nothing.clone(),
                    key => {
                        let wanted = self.wanted_of_each(test.keys);
                        self.wanting(wanted, |scope| scope.one_key(key, test))
                    }
                });
            }
            places.push(match answers.is_empty() {
                true => nothing.clone(),
                false if is_one_key(ways) => Tri::agree(answers, &[]),
                false => Tri::agree(answers, &[self.several_keys(ways)]),
            });
        }
        let mut tally = Tally::default();
        for place in places {
            tally.add(Tally::one(Tri::True, place));
        }
        tally.answer(test.keys)
    }

    /// Everything that is asked, of one key.
    fn one_key(&mut self, key: &KeyRef, test: &KeyTest) -> Tri {
        let mut answers = Vec::new();
        if let Some(wanted) = test.same_category {
            let answer = self.is_of_the_category(key, test.keys);
            answers.push(if wanted { answer } else { answer.negate() });
        }
        if let Some(wanted) = test.in_its_place {
            let answer = self.in_its_place(key, test.keys);
            answers.push(if wanted { answer } else { answer.negate() });
        }
        if let Some(wanted) = test.in_plan {
            let answer = self.in_plan(key);
            answers.push(if wanted { answer } else { answer.negate() });
        }
        for property in &test.has {
            answers.push(self.has(key, *property));
        }
        if let Some(inner) = &test.inner {
            answers.push(self.inside_key(key, inner));
        }
        Tri::all(answers)
    }

    fn is_of_the_category(&self, key: &KeyRef, keys: Quantifier) -> Tri {
        let Some(category) = self.category else {
            return Tri::True;
        };
        match key {
            KeyRef::Managed(id) => self.same_category(*id, category),
            KeyRef::External(key) => self.same_as_known(key, category),
            // That the key cannot be told is the level's finding; saying it twice helps nobody.
            KeyRef::Unknown(_) if keys == Quantifier::Every => Tri::True,
            KeyRef::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
            KeyRef::AwsManaged | KeyRef::Unset => Tri::True,
        }
    }

    fn inside_key(&mut self, key: &KeyRef, inner: &Condition) -> Tri {
        let not_shown = |key: String| {
            Tri::Unknown(vec![Doubt {
                because: format!("{key} is not managed by this plan, which does not show its settings"),
                settle: "manage the key in the same Terraform configuration".into(),
            }])
        };
        let id = match key {
            KeyRef::Managed(id) => *id,
            KeyRef::External(_) => return not_shown("the key".into()),
            KeyRef::Unknown(doubt) => return Tri::Unknown(vec![doubt.clone()]),
            KeyRef::AwsManaged | KeyRef::Unset => return Tri::True,
        };
        let resource = self.facts.model.resource(id);
        if resource.mode == Mode::Data {
            return not_shown(format!("`{}`", resource.address));
        }
        // A key that goes away is what it was.
        let side = resource.values(self.side).map_or(self.side.other(), |_| self.side);
        let category = Some(self.facts.category_of_resource(id, side));
        let mut scope = Scope::values(self.facts, id, side);
        scope.category = category.as_deref();
        self.elsewhere(scope, inner)
    }

    fn same_category(&self, key: ResourceId, category: &Effective) -> Tri {
        match &category.found {
            CategoryFound::Known(own) => self.facts.key_is_of_another(key, &own.id, self.side).negate(),
            // A key without a category of its own fits whatever the store turns out to be.
            CategoryFound::Unknown(doubt) => match self.facts.key_category(key, self.side) {
                CategoryFound::Known(known) if !known.explicit() => Tri::True,
                _ => Tri::Unknown(vec![doubt.clone()]),
            },
        }
    }

    /// A key outside the plan without a known category fits every store.
    fn same_as_known(&self, key: &External, store: &Effective) -> Tri {
        let Some(category) = self.facts.known(key).and_then(|key| key.category.as_ref()) else {
            return Tri::True;
        };
        match &store.found {
            CategoryFound::Known(own) => Tri::known(own.id == *category),
            CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
        }
    }

    /// The doubt where the plan does not tell which of several keys protects a place.
    pub(super) fn several_keys(&self, ways: &[LevelOutcome]) -> Doubt {
        let mut keys: Vec<String> = ways
            .iter()
            .filter_map(|way| way.key.as_ref())
            .map(|one| self.facts.candidate(&one.key).what)
            .collect();
        keys.dedup();
        Doubt {
            because: format!("its key may be one of several: {}", keys.join(", or ")),
            settle: "write the key without a condition".into(),
        }
    }

    /// The stores that the key protects. Those whose key cannot be told may be under any key; for how many sensitive
    /// categories share it, that is left to the level's rule.
    pub(super) fn users_test(&mut self, users: &[Use], untold: &[Untold], test: &UsersTest) -> Tri {
        let mut answers = Vec::new();
        if let Some(bound) = test.sensitive_categories_at_most {
            answers.push(self.sensitive_categories_at_most(users, bound));
        }
        if let Some(property) = test.recommend {
            let stores: Vec<ResourceId> = users.iter().map(|one| one.store).collect();
            answers.push(self.facts.any_recommends(&stores, property, self.side));
        }
        if let Some(amount) = test.amount {
            answers.push(self.users_pass(users, untold, amount, test.inner.as_deref()));
        }
        Tri::all(answers)
    }

    fn users_pass(&mut self, users: &[Use], untold: &[Untold], amount: Quantifier, inner: Option<&Condition>) -> Tri {
        let mut several = Vec::new();
        let wanted = self.wanted_of_each(amount);
        let all = self.readings.len();
        for one in users {
            let earlier = self.readings.len();
            let passes = self.wanting(wanted, |scope| scope.user_passes(one.store, inner));
            let looked_at = self.readings.get_mut(earlier..).unwrap_or_default();
            weigh(looked_at, wanted, &passes, Weight::Harmless);
            several.push(One {
                passes,
                perhaps: (!one.certain).then(|| self.perhaps_a_user(one.store)),
            });
        }
        for one in untold
            .iter()
            .filter(|one| users.iter().all(|user| user.store != one.store))
        {
            let address = &self.facts.model.resource(one.store).address;
            let doubt = Doubt {
                because: format!(
                    "the key of `{address}` cannot be told and may be this one: {}",
                    one.doubt.because
                ),
                settle: one.doubt.settle.clone(),
            };
            several.push(One {
                passes: self.wanting(wanted, |scope| scope.user_passes(one.store, inner)),
                perhaps: Some(doubt),
            });
        }
        self.wanting(wanted, |scope| scope.not_each(all, amount, several.len()));
        holds(amount, &several, None)
    }

    fn user_passes(&mut self, store: ResourceId, inner: Option<&Condition>) -> Tri {
        let Some(inner) = inner else { return Tri::True };
        let category = Some(self.facts.category_of_resource(store, self.side));
        let mut scope = Scope::values(self.facts, store, self.side);
        scope.category = category.as_deref();
        // What stands in for a store shows nothing of it.
        scope.not_shown = self.facts.companions.orphans.contains_key(&store);
        self.elsewhere(scope, inner)
    }

    fn perhaps_a_user(&self, store: ResourceId) -> Doubt {
        let address = &self.facts.model.resource(store).address;
        Doubt {
            because: format!("whether it protects `{address}` cannot be told"),
            settle: format!("write the key of `{address}` without a condition"),
        }
    }

    /// The sensitive categories of the stores that the key protects.
    fn sensitive_categories_at_most(&self, users: &[Use], bound: usize) -> Tri {
        let mut certain = BTreeSet::new();
        let mut possible = BTreeSet::new();
        let mut any = 0_usize;
        let mut doubts = Vec::new();
        for one in users {
            match self.facts.sensitive_category(one.store, self.side) {
                Ok(None) => {}
                Ok(Some(category)) if one.certain => {
                    certain.insert(category);
                }
                Ok(Some(category)) => {
                    possible.insert(category);
                    doubts.push(self.perhaps_a_user(one.store));
                }
                Err(doubt) => {
                    any = any.saturating_add(1);
                    let address = &self.facts.model.resource(one.store).address;
                    doubts.push(Doubt {
                        because: format!("the category of `{address}` cannot be told, because {}", doubt.because),
                        ..doubt
                    });
                }
            }
        }
        let most = certain.union(&possible).count().saturating_add(any);
        match (certain.len() <= bound, most <= bound) {
            (false, _) => Tri::False,
            (true, true) => Tri::True,
            (true, false) => Tri::Unknown(doubts),
        }
    }
}

/// Whether it is one key, by whichever way.
fn is_one_key(ways: &[LevelOutcome]) -> bool {
    let mut keys = ways.iter().filter_map(|way| way.key.as_ref()).map(|one| &one.key);
    let first = keys.next();
    keys.all(|key| Some(key) == first)
}
