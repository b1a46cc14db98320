//! One rule on one subject on one side.

use super::category::Effective;
use super::condition::Scope;
use super::facts::Facts;
use super::level::PartAssessment;
use super::reading::Reading;
use super::tri::{Doubt, Tri};
use super::usage::Users;
use crate::model::{ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::{KeyType, PartKind, Store};
use crate::policy::condition::{Condition, Destruction};
use crate::policy::rule::{Rule, Severity, Subject};

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The resource.
    pub id: ResourceId,
    /// Its catalog entry, where it is a store.
    pub store: Option<&'a Store>,
    /// The part's position in the entry, where the rule is about parts.
    pub part: Option<usize>,
    /// Its catalog entry, where it is a key.
    pub key: Option<&'a KeyType>,
}

/// What a rule says of a target on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing to judge.
    NotApplicable,
    /// What is required holds.
    Pass,
    /// It does not.
    Violation,
    /// It does not, and it is only a recommendation.
    Advice,
    /// It cannot be told.
    Undetermined(Vec<Doubt>),
}

/// A verdict with everything that led to it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// How much a violation would matter.
    pub severity: Severity,
    /// What was looked at.
    pub readings: Vec<Reading>,
    /// The category that was used.
    pub category: Option<Effective>,
    /// The part's assessment, in rules about parts.
    pub part: Option<PartAssessment>,
    /// What becomes of the key's users, in rules about keys that go away.
    pub destruction: Option<Destruction>,
}

impl Facts<'_> {
    /// What a rule looks at in this plan.
    pub fn targets(&self, rule: &Rule) -> Vec<Target<'_>> {
        let bare = |id| Target {
            id,
            store: None,
            part: None,
            key: None,
        };
        match &rule.subject {
            Subject::Types(types) => types
                .iter()
                .flat_map(|resource_type| self.model.of_type(Mode::Managed, resource_type))
                .map(|id| bare(*id))
                .collect(),
            Subject::Stores => self
                .stores()
                .into_iter()
                .map(|(id, store)| Target {
                    store: Some(store),
                    ..bare(id)
                })
                .collect(),
            Subject::StoreParts => self
                .stores()
                .into_iter()
                .flat_map(|(id, store)| {
                    // A managed credential is a secret, and not of the store's category.
                    let data = store
                        .parts
                        .iter()
                        .enumerate()
                        .filter(|(_, part)| part.kind != PartKind::Credential);
                    data.map(move |(part, _)| Target {
                        store: Some(store),
                        part: Some(part),
                        ..bare(id)
                    })
                })
                .collect(),
            Subject::Keys => self
                .managed_keys()
                .into_iter()
                .map(|(id, key)| Target {
                    key: Some(key),
                    ..bare(id)
                })
                .collect(),
        }
    }

    /// Judges a target on one side.
    pub fn judge(&self, rule: &Rule, target: Target<'_>, side: Side, users: &Users) -> Judged {
        let mut judged = Judged {
            verdict: Verdict::NotApplicable,
            severity: rule.severity,
            readings: Vec::new(),
            category: None,
            part: None,
            destruction: None,
        };
        if side == Side::After {
            judged.destruction = target.key.and_then(|key| self.destruction(target.id, key, users));
        }
        // What goes away is judged only by what its going away does.
        if !self.lives(target.id, side) && judged.destruction.is_none() {
            return judged;
        }
        judged.category = self.category_for(target, side);
        judged.part = target
            .store
            .zip(target.part)
            .map(|(store, part)| self.assess(target.id, store, part, side));
        self.decide(rule, target, side, judged)
    }

    fn category_for(&self, target: Target<'_>, side: Side) -> Option<Effective> {
        match (target.store, target.key) {
            (Some(store), _) => Some(self.category(target.id, store, side)),
            // A key that goes away has no tags after.
            (None, Some(_)) => {
                let found = match self.model.resource(target.id).values(side) {
                    Some(_) => self.key_category(target.id, side),
                    None => self.key_category(target.id, Side::Before),
                };
                Some(Effective {
                    own: found.clone(),
                    found,
                    explicit_before: None,
                    lowered: Tri::False,
                })
            }
            (None, None) => None,
        }
    }

    fn decide(&self, rule: &Rule, target: Target<'_>, side: Side, mut judged: Judged) -> Judged {
        let mut scope = Scope::values(self, target.id, side);
        scope.category = judged.category.as_ref();
        scope.part = judged.part.as_ref();
        scope.destruction = judged.destruction;
        let there = judged
            .part
            .as_ref()
            .and_then(|part| part.there.clone())
            .unwrap_or(Tri::True);
        let applies = Tri::all([there, rule.when.as_ref().map_or(Tri::True, |when| scope.test(when))]);
        if applies == Tri::False {
            return judged;
        }
        if !matches!(applies, Tri::Unknown(_)) {
            // Why a rule applies is plain from its text; what it demands is what a reader looks for.
            scope.readings.clear();
        }
        scope.demand = true;
        let answer = scope.test(&rule.demand.condition);
        let holds = if rule.demand.forbidden { answer.negate() } else { answer };
        scope.demand = false;
        let verdict = match (applies, holds) {
            (_, Tri::True) => Verdict::Pass,
            (Tri::Unknown(doubts), Tri::False) => Verdict::Undetermined(doubts),
            (Tri::Unknown(mut doubts), Tri::Unknown(more)) => {
                super::tri::merge(&mut doubts, more);
                Verdict::Undetermined(doubts)
            }
            (_, Tri::Unknown(doubts)) => Verdict::Undetermined(doubts),
            (_, Tri::False) => Verdict::Violation,
        };
        let kind = target
            .store
            .zip(target.part)
            .and_then(|(store, part)| store.parts.get(part))
            .map(|part| part.kind);
        judged.readings = std::mem::take(&mut scope.readings);
        let severity = severity(rule, &mut scope);
        let advice = rule
            .advice_when
            .as_ref()
            .is_some_and(|when| scope.test(when) == Tri::True);
        if judged.destruction.is_some() {
            judged.readings.extend(self.switched_off(target));
        }
        judged.severity = if kind == Some(PartKind::Secondary) {
            severity.lower()
        } else {
            severity
        };
        judged.verdict = match verdict {
            Verdict::Violation if advice => Verdict::Advice,
            other => other,
        };
        if let Some(part) = &judged.part
            && uses_part(&rule.demand.condition)
        {
            judged.readings.extend(part.readings.iter().cloned());
        }
        judged
    }
}

/// The first case that holds; where one cannot be told, the most severe of it and those after it.
fn severity(rule: &Rule, scope: &mut Scope<'_>) -> Severity {
    let mut most: Option<Severity> = None;
    for (condition, severity) in &rule.severity_when {
        match scope.test(condition) {
            Tri::False => {}
            Tri::True => return most.max(Some(*severity)).unwrap_or(*severity),
            Tri::Unknown(_) => most = most.max(Some(*severity)),
        }
    }
    most.max(Some(rule.severity)).unwrap_or(rule.severity)
}

fn uses_part(condition: &Condition) -> bool {
    match condition {
        Condition::Level(_) | Condition::Key(_) => true,
        Condition::All(several) | Condition::Any(several) => several.iter().any(uses_part),
        Condition::Not(one) => uses_part(one),
        Condition::Path(_) | Condition::Category(_) | Condition::Created(_) | Condition::Destroyed(_) => false,
    }
}
