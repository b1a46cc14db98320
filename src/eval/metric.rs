//! Metrics: how many of a plan's resources are as they should be, before and after.
//!
//! What rules judge is taken from their opinions, so that nothing is judged twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::examine::Opinion;
use super::facts::{Facts, name_of};
use super::finding::Finding;
use super::judge::{Idle, Judged, Target, Verdict};
use super::tri::{Doubt, merge};
use super::usage::Users;
use super::words;
use crate::model::value::{Location, State};
use crate::model::{ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::PartKind;
use crate::policy::metric::{Metric, Part};
use crate::policy::rule::Rule;

const SIDES: [Side; 2] = [Side::Before, Side::After];

/// What a metric comes to in one plan.
#[derive(Debug, Clone)]
pub struct Measured<'a> {
    /// The metric.
    pub metric: &'a Metric,
    /// Before the plan.
    pub before: Share,
    /// After the plan.
    pub after: Share,
    /// What does not meet it after the plan, by address.
    pub unmet: Vec<Unmet>,
    /// The rules that it counts by and that the configuration switches off.
    pub switched_off: Vec<&'a str>,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// How many meet the metric.
    pub met: usize,
    /// Of how many.
    pub of: usize,
}

/// What does not meet a metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// The resource; `None` where it stands for one that is not in the plan.
    pub address: Option<String>,
    /// Whether it cannot be told.
    pub undetermined: bool,
    /// The rules that it does not keep; none where the metric asks by itself.
    pub rules: Vec<String>,
    /// Why it cannot be told, or what is not in the plan.
    pub because: Option<String>,
    /// Whether it is an accepted exception.
    pub waived: bool,
}

/// What is counted once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Counted {
    Resource(ResourceId),
    /// What there is once per account and Region, and is not in the plan: the rule that looks for it, the provider
    /// configuration, and the Region where the resource that would be under it names one.
    Missing(String, Arc<str>, Option<String>),
}

/// Whether it is as it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Met,
    Untold,
    Unmet,
}

/// What is known of something that counts.
#[derive(Debug, Default)]
struct Known<'a> {
    /// The worst answer of each side; `None` where it does not count.
    answers: [Option<Answer>; 2],
    /// The rules that it does not keep after the plan.
    rules: BTreeSet<&'a str>,
    /// Why it cannot be told after the plan.
    doubts: Vec<Doubt>,
    /// What is said of what is missing.
    missing: Option<String>,
}

/// Counts what metrics ask for while rules are judged.
pub struct Measuring<'a, 'u> {
    facts: &'a Facts<'a>,
    users: &'u Users,
    /// Which metrics count what a rule judges, by the rule.
    by_rule: BTreeMap<&'a str, Vec<(usize, Option<&'a Rule>)>>,
    counted: Vec<BTreeMap<Counted, Known<'a>>>,
}

impl<'a, 'u> Measuring<'a, 'u> {
    /// Nothing was counted yet.
    pub fn new(facts: &'a Facts<'a>, users: &'u Users) -> Self {
        let mut by_rule: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        let metrics = &facts.policies.metrics;
        for (position, metric) in metrics.iter().enumerate() {
            for part in &metric.parts {
                if let Part::Rule { rule, filter } = part {
                    let of_rule = by_rule.entry(rule).or_default();
                    of_rule.push((position, filter.as_deref()));
                }
            }
        }
        let counted = metrics.iter().map(|_| BTreeMap::new()).collect();
        Self {
            facts,
            users,
            by_rule,
            counted,
        }
    }

    /// Counts what a rule says of a target.
    pub fn take(&mut self, opinion: &Opinion<'a>) {
        let Some(metrics) = self.by_rule.get(opinion.rule.id.as_str()).cloned() else {
            return;
        };
        for (metric, filter) in metrics {
            let target = opinion.target;
            if target.missing {
                self.missing(metric, opinion.rule, target.id);
            } else if self.counts(target) {
                for (side, judged) in SIDES.into_iter().zip([&opinion.before, &opinion.after]) {
                    let verdict = self.verdict(opinion.rule, target, side, judged);
                    if let Some(verdict) = self.filtered(verdict, filter, target, side) {
                        self.add(metric, Counted::Resource(target.id), side, verdict, Some(opinion.rule));
                    }
                }
            }
        }
    }

    /// What the metrics come to. `findings` tell which exceptions are accepted.
    pub fn finish(mut self, findings: &[Finding<'a>]) -> Vec<Measured<'a>> {
        let facts = self.facts;
        for (position, metric) in facts.policies.metrics.iter().enumerate() {
            for part in &metric.parts {
                if let Part::Own(rule) = part {
                    self.own(position, rule);
                }
            }
        }
        let waived = waived(facts, findings);
        let metrics = facts.policies.metrics.iter().zip(self.counted);
        metrics
            .map(|(metric, counted)| measured(facts, metric, &counted, &waived))
            .collect()
    }

    /// What a metric asks by itself.
    fn own(&mut self, metric: usize, rule: &'a Rule) {
        for target in self.facts.targets(rule, self.users) {
            let stored = target.part().is_none_or(|part| part.kind == PartKind::Storage);
            if !stored || !self.counts(target) {
                continue;
            }
            for side in SIDES {
                let verdict = self.facts.judge_alone(rule, target, side, self.users).verdict;
                self.add(metric, Counted::Resource(target.id), side, verdict, None);
            }
        }
    }

    /// Whether it is a resource that the plan manages.
    fn counts(&self, target: Target<'_>) -> bool {
        let resource = self.facts.model.resource(target.id);
        resource.mode == Mode::Managed && resource.deposed.is_none() && target.outside.is_none()
    }

    /// What a rule says for itself: where another one speaks first, it is silent, and not kept all the same.
    fn verdict(&self, rule: &Rule, target: Target<'_>, side: Side, judged: &Judged) -> Verdict {
        match &judged.idle {
            Some(Idle::LeftTo(_)) => self.facts.judge_alone(rule, target, side, self.users).verdict,
            _ => judged.verdict.clone(),
        }
    }

    /// What counts of a verdict, where only some of the resources do.
    fn filtered(&self, verdict: Verdict, filter: Option<&Rule>, target: Target<'_>, side: Side) -> Option<Verdict> {
        let Some(filter) = filter.filter(|_| verdict != Verdict::NotApplicable) else {
            return Some(verdict);
        };
        // Of what this plan deletes, that counts which it was.
        let lives = self.facts.lives(target.id, side);
        let side = if lives { side } else { Side::Before };
        match (
            self.facts.judge_alone(filter, target, side, self.users).verdict,
            verdict,
        ) {
            (Verdict::Undetermined(_), Verdict::Pass) => Some(Verdict::Pass),
            (Verdict::Undetermined(doubts), _) => Some(Verdict::Undetermined(doubts)),
            (Verdict::Pass, verdict) => Some(verdict),
            _ => None,
        }
    }

    fn add(&mut self, metric: usize, what: Counted, side: Side, verdict: Verdict, rule: Option<&'a Rule>) {
        let (answer, doubts) = match verdict {
            Verdict::NotApplicable => return,
            Verdict::Pass => (Answer::Met, Vec::new()),
            Verdict::Violation | Verdict::Advice => (Answer::Unmet, Vec::new()),
            Verdict::Undetermined(doubts) => (Answer::Untold, doubts),
        };
        let Some(counted) = self.counted.get_mut(metric) else {
            return;
        };
        let known = counted.entry(what).or_default();
        known.answer(side, answer);
        if side == Side::After && answer != Answer::Met {
            known.rules.extend(rule.map(|rule| rule.id.as_str()));
            merge(&mut known.doubts, doubts);
        }
    }

    /// What there is once per account and Region, where `user` would be under it and it is not in the plan.
    fn missing(&mut self, metric: usize, rule: &'a Rule, user: ResourceId) {
        let facts = self.facts;
        for side in SIDES {
            let Some(told) = facts.elsewhere(rule, user, side) else {
                continue;
            };
            let provider = Arc::clone(&facts.model.resource(user).provider);
            let what = Counted::Missing(rule.id.clone(), provider, region(facts, user, side));
            let Some(counted) = self.counted.get_mut(metric) else {
                return;
            };
            let known = counted.entry(what).or_default();
            known.answer(
                side,
                match told {
                    Some(true) => Answer::Met,
                    Some(false) => Answer::Unmet,
                    None => Answer::Untold,
                },
            );
            if side == Side::After && told != Some(true) {
                known.rules.insert(&rule.id);
                let said = || missing_text(facts, rule, user, told);
                known.missing.get_or_insert_with(said);
            }
        }
    }
}

impl Known<'_> {
    fn answer(&mut self, side: Side, answer: Answer) {
        let [before, after] = &mut self.answers;
        let slot = match side {
            Side::Before => before,
            Side::After => after,
        };
        *slot = (*slot).max(Some(answer));
    }
}

fn missing_text(facts: &Facts<'_>, rule: &Rule, user: ResourceId, told: Option<bool>) -> String {
    let title = rule.missing.as_ref().map_or(&rule.title, |missing| &missing.title);
    let said = match told {
        Some(_) => ", and the configuration says that it is off",
        None => "",
    };
    format!(
        "{title}; `{}` would be under it{said}",
        words::address(facts.model, user)
    )
}

/// The Region that a resource names itself.
fn region(facts: &Facts<'_>, id: ResourceId, side: Side) -> Option<String> {
    let values = facts.model.resource(id).values(side)?;
    match values.at(&Location::default().member("region"))?.state() {
        State::Known(value) => name_of(&value).map(str::to_owned),
        State::Absent | State::Unknown => None,
    }
}

/// Rules and addresses of accepted findings.
fn waived<'f>(facts: &Facts<'_>, findings: &'f [Finding<'_>]) -> BTreeSet<(&'f str, String)> {
    let accepted = findings.iter().filter(|finding| finding.waiver.is_some());
    accepted
        .flat_map(|finding| {
            let own = finding.resource.map(|id| words::address(facts.model, id));
            // A finding about the whole plan is about what it lists.
            let listed = finding.related.iter().filter(|_| finding.resource.is_none());
            let addresses = own.into_iter().chain(listed.map(|(address, _)| address.clone()));
            addresses.map(|address| (finding.rule.id.as_str(), address))
        })
        .collect()
}

fn measured<'a>(
    facts: &Facts<'_>,
    metric: &'a Metric,
    counted: &BTreeMap<Counted, Known<'a>>,
    waived: &BTreeSet<(&str, String)>,
) -> Measured<'a> {
    let share = |position: usize| {
        let answers = counted.values().filter_map(|known| *known.answers.get(position)?);
        answers.fold(Share::default(), |share, answer| Share {
            met: share.met.saturating_add(usize::from(answer == Answer::Met)),
            of: share.of.saturating_add(1),
        })
    };
    let mut unmet: Vec<Unmet> = counted
        .iter()
        .filter_map(|(what, known)| unmet(facts, what, known, waived))
        .collect();
    unmet.sort_by(|one, other| (&one.address, &one.because).cmp(&(&other.address, &other.because)));
    let rules = &facts.policies.rules;
    let is_off = |id: &&str| rules.iter().any(|rule| rule.id == *id && rule.disabled.is_some());
    let switched_off: BTreeSet<&str> = metric.rules().filter(is_off).collect();
    Measured {
        metric,
        before: share(0),
        after: share(1),
        unmet,
        switched_off: switched_off.into_iter().collect(),
    }
}

fn unmet(facts: &Facts<'_>, what: &Counted, known: &Known<'_>, waived: &BTreeSet<(&str, String)>) -> Option<Unmet> {
    let [_, after] = known.answers;
    let answer = after.filter(|answer| *answer != Answer::Met)?;
    let address = match what {
        Counted::Resource(id) => Some(words::address(facts.model, *id)),
        Counted::Missing(..) => None,
    };
    let accepted = |address: &String| {
        let each = |rule: &&str| waived.contains(&(*rule, address.clone()));
        !known.rules.is_empty() && known.rules.iter().all(each)
    };
    let doubt = known.doubts.first().filter(|_| answer == Answer::Untold);
    Some(Unmet {
        waived: address.as_ref().is_some_and(accepted),
        address,
        undetermined: answer == Answer::Untold,
        rules: known.rules.iter().map(|rule| (*rule).to_owned()).collect(),
        because: known
            .missing
            .clone()
            .or_else(|| doubt.map(|doubt| doubt.because.clone())),
    })
}
