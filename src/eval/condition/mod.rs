//! Conditions, evaluated over values with unknown parts.

mod actions;
mod attribute;
mod before;
mod chosen;
mod days;
mod demand;
mod keys;
mod lowered;
mod nodes;
mod part;
mod place;
mod range;
mod recommended;
mod related;

pub(super) use actions::planned;

use std::rc::Rc;

use super::category::Effective;
use super::document::Document;
use super::facts::Facts;
use super::level::PartAssessment;
use super::reading::{Reading, Weight};
use super::tri::{Doubt, Tri};
use super::usage::{KeyId, Users};
use crate::model::value::Location;
use crate::model::{ResourceId, Side};
use crate::policy::catalog::PartKind;
use crate::policy::condition::{Condition, Destruction, Planned};

/// What a condition is asked about.
pub(super) struct Scope<'f> {
    facts: &'f Facts<'f>,
    resource: ResourceId,
    side: Side,
    base: Location,
    /// The document in which paths start, instead of in the resource's values.
    document: Option<Rc<Document>>,
    /// The data category, in rules about stores and keys.
    pub category: Option<&'f Effective>,
    /// The category of the state before this plan, for what is asked of that.
    pub category_before: Option<&'f Effective>,
    /// The part, in rules about parts.
    pub part: Option<&'f PartAssessment>,
    /// The same part before this plan, where this side is after and the store stood before.
    pub part_before: Option<&'f PartAssessment>,
    /// The attributes of the part's encryption that make this plan replace the store.
    pub forced_by: &'f [String],
    /// What kind of part it is, in rules about parts.
    pub kind: Option<PartKind>,
    /// What this plan does to the object; `None` before.
    pub planned: Option<Planned>,
    /// What becomes of the users of a key that goes away.
    pub destruction: Option<Destruction>,
    /// The stores of each key, and the key that is asked about.
    pub users: Option<(&'f Users, KeyId)>,
    /// What was looked at.
    pub readings: Vec<Reading>,
    /// The nodes of documents in which something was found.
    pub found_in: Vec<String>,
    /// The answer that the rule demands; readings then carry what would give it, and whether they stand in its way.
    pub demand: Option<bool>,
    /// Whether a test of the source holds where the part has none.
    pub holds_without_source: bool,
    /// Every question with its answer, where somebody wants to know; what a question asks inside is part of it.
    pub trail: Option<Vec<Asked>>,
    /// Whether the resource only stands for one that is not in the plan: then nothing can be asked of its attributes.
    pub not_shown: bool,
}

/// A question that was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Which one: what [`Asked::name`] says of it.
    question: usize,
    /// The answer.
    pub answer: Tri,
    /// What was looked at.
    pub readings: Vec<Reading>,
}

impl Asked {
    /// What tells a question of a rule from every other one, for as long as the rule stays where it is.
    fn name(question: &Condition) -> usize {
        std::ptr::from_ref(question) as usize
    }

    /// Whether it is this question.
    pub fn is(&self, question: &Condition) -> bool {
        self.question == Self::name(question)
    }
}

impl<'f> Scope<'f> {
    /// About a resource's values.
    pub(super) fn values(facts: &'f Facts<'f>, resource: ResourceId, side: Side) -> Self {
        Self::block(facts, resource, side, &Location::default())
    }

    /// About a block of a resource; paths start there.
    pub(super) fn block(facts: &'f Facts<'f>, resource: ResourceId, side: Side, base: &Location) -> Self {
        let planned = (side == Side::After).then(|| planned(facts.model.resource(resource)));
        Self {
            facts,
            resource,
            side,
            base: base.clone(),
            planned: planned.flatten(),
            document: None,
            category: None,
            category_before: None,
            part: None,
            part_before: None,
            forced_by: &[],
            kind: None,
            destruction: None,
            users: None,
            readings: Vec::new(),
            found_in: Vec::new(),
            demand: None,
            holds_without_source: false,
            trail: None,
            not_shown: false,
        }
    }

    /// The answer.
    pub(super) fn test(&mut self, condition: &Condition) -> Tri {
        let answer = match self.trail.take() {
            Some(trail) if condition.is_question() => self.record(condition, trail),
            trail => {
                self.trail = trail;
                self.answer(condition)
            }
        };
        if let Some(recorder) = self.facts.recorder {
            recorder.note(condition, &answer);
        }
        answer
    }

    fn record(&mut self, question: &Condition, mut trail: Vec<Asked>) -> Tri {
        let earlier = self.readings.len();
        let answer = self.answer(question);
        trail.push(Asked {
            question: Asked::name(question),
            answer: answer.clone(),
            readings: self.readings.get(earlier..).unwrap_or_default().to_vec(),
        });
        self.trail = Some(trail);
        answer
    }

    fn answer(&mut self, condition: &Condition) -> Tri {
        match condition {
            Condition::All(several) => match several.iter().find(|one| self.is_other_type(one)) {
                // The others are about resources of another type.
                Some(of_type) => self.test(of_type),
                None => Tri::all(self.members(several)),
            },
            Condition::Any(several) => {
                let earlier = self.readings.len();
                let answers = self.members(several);
                self.ways(earlier);
                Tri::any(answers)
            }
            Condition::Not(one) => {
                let wanted = self.demand.map(|wanted| !wanted);
                self.wanting(wanted, |scope| scope.test(one)).negate()
            }
            Condition::Path(_)
            | Condition::Range(_)
            | Condition::Related(_)
            | Condition::Lowered(_)
            | Condition::Changed(_)
                if self.not_shown =>
            {
                Tri::Unknown(vec![not_shown()])
            }
            Condition::Path(test) => self.path(test),
            Condition::Range(test) => self.range_test(test),
            Condition::Type(types) => Tri::known(types.takes(&self.facts.model.resource(self.resource).resource_type)),
            Condition::Category(test) => self
                .category
                .map_or(Tri::False, |category| self.category_test(category, test)),
            Condition::Level(test) => self.part.map_or(Tri::False, |part| self.level_test(part, *test)),
            Condition::Key(test) => self.part.map_or(Tri::False, |part| self.key_test(part, test)),
            Condition::Source(inner) => self.part.map_or(Tri::False, |part| self.source_test(part, inner)),
            Condition::Users(test) => match self.users.clone() {
                Some((users, key)) => self.users_test(users.of(&key, self.side), users.untold(self.side), test),
                None => Tri::False,
            },
            Condition::Place(test) => match self.users.clone() {
                Some((users, _)) => self.place_test(users, test),
                None => Tri::False,
            },
            Condition::Related(test) => self.related_test(test),
            Condition::Companion(test) => self.companion_test(test),
            Condition::Actions(actions) => Tri::known(self.planned.is_some_and(|planned| actions.contains(&planned))),
            Condition::Before(inner) => self.before_test(inner),
            Condition::Changed(test) => {
                let words = ("another value than before", "the value from before");
                self.saying(test.changed, words, |scope| scope.changed_test(test))
            }
            Condition::Lowered(test) => {
                let words = ("less than before", "no less than before");
                self.saying(test.lowered, words, |scope| scope.lowered_test(test))
            }
            Condition::ReplacedByEncryption(wanted) => Tri::known(self.forced_by.is_empty() != *wanted),
            Condition::Destroyed(kinds) => {
                Tri::known(self.destruction.is_some_and(|destruction| kinds.contains(&destruction)))
            }
            Condition::Untold { because, settle } => Tri::Unknown(vec![Doubt {
                because: because.clone(),
                settle: settle.clone(),
            }]),
            // No object of a plan is a waiver.
            Condition::Waiver(_) => Tri::False,
        }
    }

    fn is_other_type(&self, condition: &Condition) -> bool {
        let name = &self.facts.model.resource(self.resource).resource_type;
        matches!(condition, Condition::Type(types) if !types.takes(name))
    }

    /// Asks elsewhere, and keeps what was looked at.
    fn elsewhere(&mut self, mut scope: Scope<'_>, condition: &Condition) -> Tri {
        scope.demand = self.demand;
        let answer = scope.test(condition);
        scope.weigh(0, &answer, Weight::Context);
        self.readings.append(&mut scope.readings);
        self.found_in.append(&mut scope.found_in);
        answer
    }
}

/// Of what is not in the plan, no attribute is known.
fn not_shown() -> Doubt {
    Doubt {
        because: "it is not managed by this plan, which does not show its attributes".into(),
        settle: "manage it in the same Terraform configuration".into(),
    }
}
