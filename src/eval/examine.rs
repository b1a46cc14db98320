//! What every rule says of every target, passes included: the one place where rules meet targets.
//!
//! [`evaluate`](super::evaluate) keeps what a person should see; `explain` and `test` look at all of it.

use super::change::{Change, Outcome, transition};
pub use super::condition::Asked;
use super::facts::Facts;
pub use super::judge::{Idle, Judged, Target, Verdict};
use super::tri::Doubt;
use super::usage::Users;
use super::words;
use crate::model::{ResourceId, Side};
use crate::plan::Mode;
use crate::policy::rule::{Rule, Severity};

/// What one rule says of one target.
#[derive(Debug, Clone)]
pub struct Opinion<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// What it looked at.
    pub target: Target<'a>,
    /// What it says of the state before this plan.
    pub before: Judged,
    /// What it says of the state after it.
    pub after: Judged,
    /// What a report shows of it; `None` where there is nothing to show.
    pub shown: Option<(Outcome, Change)>,
}

/// What a rule comes to on a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conclusion {
    /// What is required does not hold.
    Violation,
    /// It cannot be told.
    Undetermined,
    /// A recommendation is not met.
    Advice,
    /// What is required holds.
    Pass,
    /// There is nothing to judge.
    NotApplicable,
}

impl Conclusion {
    /// Every conclusion, worst first.
    pub const ALL: [Self; 5] = [
        Self::Violation,
        Self::Undetermined,
        Self::Advice,
        Self::Pass,
        Self::NotApplicable,
    ];

    /// The word for it: `not-applicable`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Undetermined => "undetermined",
            Self::Advice => "advice",
            Self::Pass => "pass",
            Self::NotApplicable => "not-applicable",
        }
    }
}

impl From<Outcome> for Conclusion {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Violation => Self::Violation,
            Outcome::Undetermined => Self::Undetermined,
            Outcome::Advice => Self::Advice,
            Outcome::Pass => Self::Pass,
        }
    }
}

impl From<&Verdict> for Conclusion {
    fn from(verdict: &Verdict) -> Self {
        match verdict {
            Verdict::Violation => Self::Violation,
            Verdict::Undetermined(_) => Self::Undetermined,
            Verdict::Advice => Self::Advice,
            Verdict::Pass => Self::Pass,
            Verdict::NotApplicable => Self::NotApplicable,
        }
    }
}

impl Opinion<'_> {
    /// What it comes to: what a report shows; else what holds after this plan.
    pub fn conclusion(&self) -> Conclusion {
        match self.shown {
            Some((outcome, _)) => outcome.into(),
            None => Conclusion::from(&self.after.verdict),
        }
    }

    /// What this plan does to it, where a report shows it.
    pub fn change(&self) -> Option<Change> {
        self.shown.map(|(_, change)| change)
    }

    /// The side that the words are about: what was wrong, where it is mended.
    pub fn side(&self) -> &Judged {
        match self.change() {
            Some(Change::Fixed) => &self.before,
            _ => &self.after,
        }
    }

    /// How much it matters, or would.
    pub fn severity(&self) -> Severity {
        self.side().severity
    }

    /// Why it cannot be told, and what would settle it; empty where it can.
    pub fn doubts(&self) -> &[Doubt] {
        match &self.after.verdict {
            Verdict::Undetermined(doubts) => doubts,
            _ => &[],
        }
    }

    /// The resource; of a key outside the plan, the first store that uses it.
    pub fn resource(&self) -> ResourceId {
        self.target.id
    }

    /// The resource's address, as reports name it.
    pub fn address(&self, facts: &Facts<'_>) -> String {
        words::address(facts.model, self.target.id)
    }

    /// The part's id, in rules about parts.
    pub fn part(&self) -> Option<&str> {
        self.target.part().map(|part| part.id.as_str())
    }

    /// Whether it counts as judging the resource.
    pub fn counts(&self, facts: &Facts<'_>) -> bool {
        facts.model.resource(self.target.id).mode == Mode::Managed
            && !self.target.missing
            && self.target.outside.is_none()
            && self.after.verdict != Verdict::NotApplicable
    }
}

impl<'a> Facts<'a> {
    /// What a rule says of each of its targets.
    pub fn opinions(&'a self, rule: &'a Rule, users: &Users) -> impl Iterator<Item = Opinion<'a>> {
        let targets = self.targets(rule, users).into_iter();
        targets.map(move |target| self.opinion(rule, target, users))
    }

    /// What a rule says of one target.
    pub fn opinion(&'a self, rule: &'a Rule, target: Target<'a>, users: &Users) -> Opinion<'a> {
        let before = self.judge(rule, target, Side::Before, users);
        let after = self.judge(rule, target, Side::After, users);
        self.weigh(rule, target, before, after)
    }

    fn weigh(&self, rule: &'a Rule, target: Target<'a>, before: Judged, after: Judged) -> Opinion<'a> {
        let silent = before.silent() && after.silent();
        let (before, after, shown) = match silent {
            true => (before, after, None),
            false => {
                let (before, after) = (before.with_part(rule), after.with_part(rule));
                let stays = self.lives(target.id, Side::After);
                let shown = transition(self.model, &before, &after, stays);
                (before, after, shown)
            }
        };
        Opinion {
            rule,
            target,
            before,
            after,
            shown,
        }
    }
}
