//! Tests of data categories, protection levels, and what decides them.

use super::super::category::{CategoryFound, Effective, Known};
use super::super::facts::Facts;
use super::super::level::PartAssessment;
use super::super::tri::{Doubt, Tri};
use super::Scope;
use crate::model::Side;
use crate::policy::condition::{CategoryTest, CompanionTest, Condition, LevelTest};
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
        if let Some(property) = test.recommends {
            answers.push(category.ask(|found| {
                let entry = self.facts.policies.categories.by_id.get(&found.id);
                entry.is_some_and(|entry| entry.recommends(property))
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
        if let Some(strict) = test.strict {
            answers.push(Tri::known(self.facts.policies.classification.strict == strict));
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
