//! What no case covers: rules, outcomes, and branches of conditions.

use std::collections::{BTreeMap, BTreeSet};

use crate::eval::Conclusion;
use crate::eval::record::{Answers, Recorder};
use crate::policy::Policies;
use crate::policy::condition::{Condition, WaiverState};
use crate::policy::rule::{Leaf, Rule};

/// What the cases of each rule covered.
#[derive(Debug)]
pub struct Coverage {
    rules: BTreeMap<String, Covered>,
}

#[derive(Debug)]
struct Covered {
    file: String,
    cases: usize,
    /// The outcomes that a case has to show.
    wanted: Vec<Conclusion>,
    shown: BTreeSet<Conclusion>,
    leaves: Vec<(Leaf, Answers)>,
}

/// What no case covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The rule's id.
    pub rule: String,
    /// The rule's file.
    pub file: String,
    /// What is missing.
    pub missing: Missing,
}

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// The rule has no case at all.
    Case,
    /// No case expects this outcome.
    Outcome(Conclusion),
    /// In no case, this condition holds (or does not).
    Branch {
        /// Where the condition is written.
        leaf: Leaf,
        /// The answer that it never gets.
        holds: bool,
    },
}

impl Coverage {
    pub(super) fn new(policies: &Policies, covered: impl Fn(&str) -> bool) -> Self {
        let rules = policies.rules.iter().filter(|rule| covered(&rule.file));
        let entry = |rule: &Rule| {
            let covered = Covered {
                file: rule.file.clone(),
                cases: 0,
                wanted: wanted(rule),
                shown: BTreeSet::new(),
                leaves: rule
                    .leaves()
                    .map(|(condition, leaf)| (leaf.clone(), never_asked(condition)))
                    .collect(),
            };
            (rule.id.clone(), covered)
        };
        Self {
            rules: rules.map(entry).collect(),
        }
    }

    pub(super) fn add(&mut self, rule: &Rule, expected: impl Iterator<Item = Conclusion>, recorder: &Recorder) {
        let Some(covered) = self.rules.get_mut(&rule.id) else {
            return;
        };
        covered.cases = covered.cases.saturating_add(1);
        covered.shown.extend(expected);
        for ((condition, _), (_, answers)) in rule.leaves().zip(&mut covered.leaves) {
            *answers = answers.and(recorder.answers(condition));
        }
    }

    /// How many rules there are to cover.
    pub fn rules(&self) -> usize {
        self.rules.len()
    }

    /// What no case covers, by rule.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for (id, covered) in &self.rules {
            let mut gap = |missing| {
                gaps.push(Gap {
                    rule: id.clone(),
                    file: covered.file.clone(),
                    missing,
                });
            };
            if covered.cases == 0 {
                gap(Missing::Case);
                continue;
            }
            let outcomes = covered.wanted.iter().filter(|one| !covered.shown.contains(one));
            outcomes.for_each(|one| gap(Missing::Outcome(*one)));
            for (leaf, answers) in &covered.leaves {
                for (holds, seen) in [(true, answers.held), (false, answers.failed)] {
                    if !seen {
                        let leaf = leaf.clone();
                        gap(Missing::Branch { leaf, holds });
                    }
                }
            }
        }
        gaps
    }
}

/// The answers that count as seen before any case: what can never be told neither holds nor fails.
fn never_asked(condition: &Condition) -> Answers {
    let untold = matches!(condition, Condition::Untold { .. });
    Answers {
        held: untold,
        failed: untold,
        open: false,
    }
}

/// What a rule can come to, beside not being applicable.
fn wanted(rule: &Rule) -> Vec<Conclusion> {
    // `all: []` holds always.
    let only_advises = rule.advice_when == Some(Condition::All(Vec::new()));
    let bad = match only_advises {
        true => Conclusion::Advice,
        false => Conclusion::Violation,
    };
    let told_always = |leaf: &Condition| {
        matches!(
            leaf,
            Condition::Actions(_)
                | Condition::Destroyed(_)
                | Condition::ReplacedByEncryption(_)
                | Condition::Waiver(WaiverState::Expired)
        )
    };
    let mut wanted = vec![Conclusion::Pass, bad];
    if rule.leaves().any(|(leaf, _)| !told_always(leaf)) {
        wanted.push(Conclusion::Undetermined);
    }
    wanted
}
