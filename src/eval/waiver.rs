//! Waivers: which findings they cover, and what has become of those that cover none.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::change::{Change, Outcome};
use super::facts::Facts;
use super::finding::{Evaluation, Finding};
use super::judge::Verdict;
use super::record::Recorder;
use super::tri::{Doubt, Tri};
use super::words;
use crate::policy::Policies;
use crate::policy::condition::{Condition, WaiverState};
use crate::policy::rule::{Rule, Severity, Subject};
use crate::policy::waiver::Waiver;

/// How many findings each waiver is about, by its position; also one that has expired.
pub type Matched = BTreeMap<usize, usize>;

/// Gives each finding the waiver that covers it, and counts what each waiver is about.
///
/// Without a date nobody can tell which waivers hold, so none does.
pub(super) fn cover<'a>(facts: &'a Facts<'a>, findings: &mut [Finding<'a>]) -> Matched {
    let mut matched = Matched::new();
    let waivers = &facts.policies.waivers;
    if waivers.is_empty() {
        return matched;
    }
    for finding in findings {
        if !matches!(finding.outcome, Outcome::Violation | Outcome::Undetermined) {
            continue;
        }
        let about: Vec<(usize, &Waiver)> = waivers
            .iter()
            .enumerate()
            .filter(|(_, waiver)| waiver.is_about(&finding.rule.id, &facts.settings.plan))
            .collect();
        if about.is_empty() {
            continue;
        }
        let addresses = addresses(facts, finding);
        for (position, waiver) in &about {
            if addresses.iter().any(|address| waiver.address.matches(address)) {
                let count = matched.entry(*position).or_default();
                *count = count.saturating_add(1);
            }
        }
        let holding: Vec<&Waiver> = about
            .into_iter()
            .map(|(_, waiver)| waiver)
            .filter(|waiver| facts.settings.today.is_some_and(|today| waiver.holds_on(today)))
            .collect();
        finding.waiver = covering(&addresses, &holding);
    }
    matched
}

/// What a finding is about: its resource; the first store of a key outside the plan; the members of a list.
fn addresses(facts: &Facts<'_>, finding: &Finding<'_>) -> Vec<String> {
    match (finding.resource, &finding.anchor) {
        (Some(id), _) => vec![words::address(facts.model, id)],
        (None, Some(anchor)) => vec![anchor.clone()],
        (None, None) => finding.related.iter().map(|(address, _)| address.clone()).collect(),
    }
}

/// The waiver that covers all of it. Of several, the one that holds longest covers an address; of a list, the one that ends
/// first ends it for the whole.
fn covering<'a>(addresses: &[String], holding: &[&'a Waiver]) -> Option<&'a Waiver> {
    let of_each: Option<Vec<&Waiver>> = addresses
        .iter()
        .map(|address| {
            let fitting = holding.iter().filter(|waiver| waiver.address.matches(address));
            fitting
                .copied()
                .max_by_key(|waiver| (waiver.expires, std::cmp::Reverse(waiver.line)))
        })
        .collect();
    of_each?.into_iter().min_by_key(|waiver| (waiver.expires, waiver.line))
}

/// The waivers of one configuration over all plans that are judged under it.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    matched: Matched,
    plans: Vec<String>,
    partial: bool,
}

/// A waiver that a person should look at.
#[derive(Debug, Clone)]
pub struct WaiverFinding<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// The waiver.
    pub waiver: &'a Waiver,
    /// What it says.
    pub outcome: Outcome,
    /// Whether the waiver came with this change.
    pub change: Change,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub fix: String,
}

/// What is said of the waivers of a configuration.
#[derive(Debug, Clone, Default)]
pub struct WaiversJudged<'a> {
    /// What a person should see.
    pub findings: Vec<WaiverFinding<'a>>,
    /// How many of them nobody can tell anything about, with the reason.
    pub untold: Option<(usize, Doubt)>,
}

/// What waivers are judged by, beside the plans.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances {
    /// The day.
    pub today: Date,
    /// Whether every input could be read.
    pub all_read: bool,
}

impl Ledger {
    /// Adds a plan.
    pub fn add(&mut self, facts: &Facts<'_>, evaluation: &Evaluation<'_>) {
        self.plans.push(facts.settings.plan.clone());
        self.partial |= facts.model.plan().partial.is_some();
        for (position, number) in &evaluation.matched {
            let count = self.matched.entry(*position).or_default();
            *count = count.saturating_add(*number);
        }
    }

    /// Judges every waiver by every rule about waivers. `is_new` tells which ones came with this change.
    pub fn judge<'a>(
        &self,
        policies: &'a Policies,
        circumstances: Circumstances,
        is_new: impl Fn(&Waiver) -> bool,
    ) -> WaiversJudged<'a> {
        let mut judged = WaiversJudged::default();
        let rules: Vec<&Rule> = policies
            .rules
            .iter()
            .filter(|rule| rule.subject == Subject::Waivers && rule.disabled.is_none())
            .collect();
        let mut doubts: BTreeMap<usize, Doubt> = BTreeMap::new();
        for (position, waiver) in policies.waivers.iter().enumerate() {
            let state = self.state(position, waiver, circumstances, None);
            for rule in &rules {
                match state.verdict(rule) {
                    Verdict::Pass | Verdict::NotApplicable => {}
                    Verdict::Violation => judged
                        .findings
                        .push(state.finding(rule, Outcome::Violation, is_new(waiver))),
                    Verdict::Advice => judged
                        .findings
                        .push(state.finding(rule, Outcome::Advice, is_new(waiver))),
                    Verdict::Undetermined(several) => {
                        doubts.extend(several.into_iter().next().map(|one| (position, one)))
                    }
                }
            }
        }
        judged
            .findings
            .sort_by_key(|one| (std::cmp::Reverse(one.severity), one.waiver.expires, one.waiver.line));
        let untold = doubts.len();
        judged.untold = doubts.into_values().next().map(|doubt| (untold, doubt));
        judged
    }

    /// What a rule says of each waiver, passes included.
    pub fn opinions<'a>(
        &self,
        policies: &'a Policies,
        rule: &'a Rule,
        circumstances: Circumstances,
        recorder: &Recorder,
    ) -> Vec<(Verdict, WaiverFinding<'a>)> {
        let waivers = policies.waivers.iter().enumerate();
        let opinion = |(position, waiver)| {
            let state = self.state(position, waiver, circumstances, Some(recorder));
            let verdict = state.verdict(rule);
            let outcome = match verdict {
                Verdict::Violation => Outcome::Violation,
                Verdict::Advice => Outcome::Advice,
                Verdict::Undetermined(_) => Outcome::Undetermined,
                Verdict::Pass | Verdict::NotApplicable => Outcome::Pass,
            };
            (verdict, state.finding(rule, outcome, false))
        };
        waivers.map(opinion).collect()
    }

    fn state<'a, 'l>(
        &'l self,
        position: usize,
        waiver: &'a Waiver,
        circumstances: Circumstances,
        recorder: Option<&'l Recorder>,
    ) -> State<'a, 'l> {
        State {
            waiver,
            ledger: self,
            circumstances,
            found: self.matched.get(&position).copied().unwrap_or_default(),
            recorder,
        }
    }
}

/// One waiver, with all that its state depends on.
struct State<'a, 'l> {
    waiver: &'a Waiver,
    ledger: &'l Ledger,
    circumstances: Circumstances,
    /// How many findings it is about.
    found: usize,
    /// Takes note of the answers, where anybody asks for them.
    recorder: Option<&'l Recorder>,
}

impl<'a> State<'a, '_> {
    /// What a rule says of it.
    fn verdict(&self, rule: &Rule) -> Verdict {
        let applies = rule.when.as_ref().map_or(Tri::True, |when| self.test(when));
        let answer = self.test(&rule.demand.condition);
        let broken = if rule.demand.forbidden { answer } else { answer.negate() };
        let is_applied = applies != Tri::False;
        match Tri::all([applies, broken]) {
            Tri::False if is_applied => Verdict::Pass,
            Tri::False => Verdict::NotApplicable,
            Tri::Unknown(doubts) => Verdict::Undetermined(doubts),
            Tri::True => match rule.advice_when.as_ref().map(|when| self.test(when)) {
                Some(Tri::True) => Verdict::Advice,
                _ => Verdict::Violation,
            },
        }
    }

    /// Conditions about anything but waivers are refused where policies are loaded.
    fn test(&self, condition: &Condition) -> Tri {
        let answer = self.answer(condition);
        if let Some(recorder) = self.recorder {
            recorder.note(condition, &answer);
        }
        answer
    }

    fn answer(&self, condition: &Condition) -> Tri {
        match condition {
            Condition::All(several) => Tri::all(several.iter().map(|one| self.test(one)).collect::<Vec<_>>()),
            Condition::Any(several) => Tri::any(several.iter().map(|one| self.test(one)).collect::<Vec<_>>()),
            Condition::Not(one) => self.test(one).negate(),
            Condition::Waiver(WaiverState::Expired) => Tri::known(self.expired()),
            Condition::Waiver(WaiverState::Unmatched) => self.unmatched(),
            _ => Tri::False,
        }
    }

    fn expired(&self) -> bool {
        !self.waiver.holds_on(self.circumstances.today)
    }

    fn unmatched(&self) -> Tri {
        // What it is for may be judged in another run: one configuration serves many plans.
        let judged_here = self.ledger.plans.iter().any(|plan| self.waiver.may_be_in(plan));
        if self.expired() || self.found > 0 || !judged_here {
            return Tri::False;
        }
        if self.ledger.partial || !self.circumstances.all_read {
            return Tri::Unknown(vec![Doubt {
                because: "not every plan could be read whole".into(),
                settle: "judge complete plans".into(),
            }]);
        }
        Tri::True
    }

    fn finding(&self, rule: &'a Rule, outcome: Outcome, is_new: bool) -> WaiverFinding<'a> {
        let severity = rule
            .severity_when
            .iter()
            .find(|(when, _)| self.test(when) != Tri::False);
        WaiverFinding {
            rule,
            waiver: self.waiver,
            outcome,
            change: if is_new { Change::Introduced } else { Change::Existing },
            severity: severity.map_or(rule.severity, |(_, severity)| *severity),
            message: rule.message.fill(|name| self.word(name)),
            fix: rule.fix.fill(|name| self.word(name)).trim_end().to_owned(),
        }
    }

    /// The value of a placeholder.
    fn word(&self, name: &str) -> String {
        match name {
            "rule" => self.waiver.rule.to_string(),
            "address" => self.waiver.address.to_string(),
            "owner" => self.waiver.owner.clone(),
            "expires" => self.waiver.expires.to_string(),
            "found" => match self.found {
                0 => "no finding is one that it was about".to_owned(),
                1 => "1 finding that it was about counts again".to_owned(),
                several => format!("{several} findings that it was about count again"),
            },
            _ => String::new(),
        }
    }
}
