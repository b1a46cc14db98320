//! Tests of data categories, protection levels, keys, and what decides them.

use std::collections::BTreeSet;

use super::super::category::{CategoryFound, Effective, Known};
use super::super::facts::Facts;
use super::super::key::{External, KeyRef};
use super::super::level::{LevelOutcome, PartAssessment};
use super::super::tri::{Doubt, Tri};
use super::super::usage::Use;
use super::Scope;
use crate::model::{ResourceId, Side};
use crate::policy::condition::{CategoryTest, CompanionTest, Condition, KeyTest, LevelTest, UsersTest};
use crate::policy::level::Level;

impl<'f> Scope<'f> {
    pub(super) fn category_test(&self, category: &Effective, test: &CategoryTest) -> Tri {
        let mut answers = Vec::new();
        if let Some(is) = &test.is {
            answers.push(category.ask(|found| is.contains(&found.id)));
        }
        if let Some(sensitive) = test.sensitive {
            answers.push(category.ask(|found| {
                self.facts
                    .policies
                    .categories
                    .by_id
                    .get(&found.id)
                    .is_some_and(|entry| entry.sensitive())
                    == sensitive
            }));
        }
        if let Some(evidence) = &test.evidence {
            answers.push(category.ask(|found| evidence.contains(&found.evidence)));
        }
        if let Some(evidence) = &test.own_evidence {
            answers.push(match &category.own {
                CategoryFound::Known(found) => Tri::known(evidence.contains(&found.evidence)),
                CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
            });
        }
        if let Some(conflicting) = test.conflicting {
            // That tags are hidden is said by the rules that need the category; a conflict is claimed where it is seen.
            let seen = matches!(&category.found, CategoryFound::Known(found) if found.conflicting);
            answers.push(Tri::known(seen == conflicting));
        }
        if let Some(lowered) = test.lowered {
            let answer = category.lowered.clone();
            answers.push(if lowered { answer } else { answer.negate() });
        }
        if let Some(lowered) = test.requirement_lowered {
            let answer = category.requirement_lowered.clone();
            answers.push(if lowered { answer } else { answer.negate() });
        }
        Tri::all(answers)
    }

    pub(super) fn level_test(&mut self, part: &PartAssessment, test: LevelTest) -> Tri {
        match test {
            LevelTest::Equals(level) => part.equals(level),
            LevelTest::AtLeast(level) => part.at_least(level),
            LevelTest::AtLeastRecommended => self.recommended(part),
            LevelTest::Lowered(wanted) => {
                let lowered = self.part_before.map_or(Tri::False, |before| part.lowered_from(before));
                if wanted { lowered } else { lowered.negate() }
            }
            LevelTest::AtLeastMinimum => match self.category.map(|category| category.minimums(self.facts)) {
                None => Tri::False,
                Some(minimums) => {
                    let doubts = self.category.map(Effective::doubts).unwrap_or_default();
                    Tri::agree(minimums.into_iter().map(|minimum| part.at_least(minimum)), &doubts)
                }
            },
        }
    }

    pub(super) fn key_test(&self, part: &PartAssessment, test: KeyTest) -> Tri {
        let KeyTest::SameCategory(wanted) = test;
        let Some(category) = self.category else {
            return Tri::known(wanted);
        };
        let answers: Vec<Tri> = part
            .places
            .iter()
            .map(|ways| {
                let of_way = ways
                    .iter()
                    .filter_map(|way| way.key.as_ref())
                    .map(|one| match &one.key {
                        KeyRef::Managed(id) => self.same_category(*id, category),
                        KeyRef::External(key) => self.same_as_known(key, category),
                        // That the key cannot be told is the level's finding; saying it twice helps nobody.
                        KeyRef::Unknown(_) | KeyRef::AwsManaged | KeyRef::Unset => Tri::True,
                    });
                let answers: Vec<Tri> = of_way.collect();
                if answers.is_empty() {
                    Tri::True
                } else {
                    Tri::agree(answers, &[self.several_keys(ways)])
                }
            })
            .collect();
        let answer = Tri::all(answers);
        if wanted { answer } else { answer.negate() }
    }
}

impl Scope<'_> {
    /// A condition in the resource or block that decides each place.
    pub(super) fn source_test(&mut self, part: &PartAssessment, inner: &Condition) -> Tri {
        let mut places = Vec::new();
        for ways in &part.places {
            let mut answers = Vec::new();
            for way in ways {
                answers.push(match (&way.source, &way.settle) {
                    (Some((holder, base)), _) => {
                        let scope = Scope::block(self.facts, *holder, self.side, base);
                        self.elsewhere(scope, inner)
                    }
                    (None, Some(settle)) => Tri::Unknown(vec![Doubt {
                        because: way.because.clone(),
                        settle: settle.clone(),
                    }]),
                    (None, None) => Tri::known(self.holds_without_source),
                });
            }
            places.push(Tri::agree(answers, &part.doubts));
        }
        Tri::all(places)
    }

    /// The sensitive categories of the stores that the key protects.
    pub(super) fn users_test(&self, users: &[Use], test: UsersTest) -> Tri {
        let UsersTest::SensitiveCategoriesAtMost(bound) = test;
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
                    let address = &self.facts.model.resource(one.store).address;
                    doubts.push(Doubt {
                        because: format!("whether it protects `{address}` cannot be told"),
                        settle: format!("write the key of `{address}` without a condition"),
                    });
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

    pub(super) fn companion_test(&self, test: &CompanionTest) -> Tri {
        let before = (test.or_before && self.side == Side::After).then_some(Side::Before);
        Tri::any(
            [Some(self.side), before]
                .into_iter()
                .flatten()
                .map(|side| self.companion_on(&test.id, side)),
        )
    }

    fn companion_on(&self, id: &str, side: Side) -> Tri {
        let resource = self.facts.model.resource(self.resource);
        let joined = self
            .facts
            .companions
            .of(self.resource, &resource.resource_type, id, side);
        match (joined.certain.as_slice(), joined.possible.first()) {
            ([], None) => Tri::False,
            ([], Some(possible)) => {
                let address = &self.facts.model.resource(*possible).address;
                Tri::Unknown(vec![Doubt {
                    because: format!("the plan does not tell what `{address}` configures"),
                    settle: format!("let `{address}` name it by reference, in the same module"),
                }])
            }
            _ => Tri::True,
        }
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
}

impl Effective {
    /// Asks about the category; unknown where the category is.
    fn ask(&self, question: impl Fn(&Known) -> bool) -> Tri {
        match &self.found {
            CategoryFound::Known(found) => Tri::known(question(found)),
            CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
        }
    }

    /// The minimum levels that the store may need.
    fn minimums(&self, facts: &Facts<'_>) -> Vec<Level> {
        let table = &facts.policies.categories;
        match &self.found {
            CategoryFound::Known(found) => table
                .by_id
                .get(&found.id)
                .map(|entry| entry.minimum)
                .into_iter()
                .collect(),
            CategoryFound::Unknown(_) => {
                let mut all: Vec<Level> = table.by_id.values().map(|entry| entry.minimum).collect();
                all.sort();
                all.dedup();
                all
            }
        }
    }

    fn doubts(&self) -> Vec<Doubt> {
        match &self.found {
            CategoryFound::Known(_) => Vec::new(),
            CategoryFound::Unknown(doubt) => vec![doubt.clone()],
        }
    }
}
