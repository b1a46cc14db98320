//! Findings: what a person should see, with everything needed to act on it.

use std::collections::BTreeMap;

use super::category::{CategoryFound, Known};
use super::change::{Change, Outcome};
use super::examine::Opinion;
use super::facts::Facts;
use super::judge::{Judged, asks_level};
use super::metric::{Measured, Measuring};
use super::reading::{Candidate, Reading, Weight};
use super::replacement;
use super::tri::{Doubt, merge};
use super::usage::{Use, Users};
use super::waiver::{self, Matched};
use super::words;
use crate::model::value::State;
use crate::model::{ResourceId, Side};
use crate::policy::level::Level;
use crate::policy::rule::{OnUndetermined, Rule, Severity};
use crate::policy::template::Template;
use crate::policy::waiver::Waiver;

/// One outcome that a person should see.
#[derive(Debug, Clone)]
pub struct Finding<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// What it is about, in a line.
    pub title: &'a str,
    /// What it says.
    pub outcome: Outcome,
    /// What this plan does to it.
    pub change: Change,
    /// Whether it could come to nothing worse than advice.
    pub only_advises: bool,
    /// How much it matters.
    pub severity: Severity,
    /// The resource; `None` where the finding is about the whole plan.
    pub resource: Option<ResourceId>,
    /// The resource in whose block it is mended: the first where it lists several.
    pub place: ResourceId,
    /// What tells the finding from others of the same rule, where it is about something outside the plan.
    pub anchor: Option<String>,
    /// The part's id, in rules about parts.
    pub part: Option<String>,
    /// The category that was used.
    pub category: Option<Known>,
    /// What is required, in a word.
    pub required: Option<String>,
    /// The level before and after, in rules about the level or the key of a part.
    pub level: Option<(SideLevel, SideLevel)>,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub fix: String,
    /// What would settle it.
    pub settle: Option<String>,
    /// What was looked at, before and after.
    pub evidence: Vec<Evidence>,
    /// Other resources that it is about: address and note.
    pub related: Vec<(String, String)>,
    /// The waiver that covers it.
    pub waiver: Option<&'a Waiver>,
}

/// A part's level on one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideLevel {
    /// There is no such part on this side.
    NotThere,
    /// This one.
    Known(Level),
    /// It cannot be told.
    Undetermined,
}

/// One attribute on both sides.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The resource that holds it.
    pub resource: ResourceId,
    /// Its address.
    pub address: String,
    /// The attribute, as a JSONPath.
    pub path: String,
    /// Whether its value may not be printed.
    pub sensitive: bool,
    /// Whether it only had to be there, or not to be: what it holds is not printed either.
    pub withheld: bool,
    /// Before.
    pub before: State,
    /// After.
    pub after: State,
    /// What would satisfy the rule, as HCL.
    pub required: Option<String>,
    /// What it has to do with the outcome.
    pub weight: Weight,
    /// What it may come to.
    pub candidates: Vec<Candidate>,
    /// Where its value comes from.
    pub trace: Vec<String>,
}

/// What a plan's resources come to under the policies.
#[derive(Debug)]
pub struct Evaluation<'a> {
    /// What a person should see, in a stable order.
    pub findings: Vec<Finding<'a>>,
    /// Resources that at least one rule judged.
    pub judged: usize,
    /// How many findings each waiver is about.
    pub matched: Matched,
    /// What the metrics come to, by id.
    pub metrics: Vec<Measured<'a>>,
    /// The stores of each key.
    pub users: Users,
}

/// Judges every target of every rule on both sides.
pub fn evaluate<'a>(facts: &'a Facts<'a>) -> Evaluation<'a> {
    let users = facts.users();
    let mut findings = Vec::new();
    let mut judged = std::collections::BTreeSet::new();
    let mut measuring = Measuring::new(facts, &users);
    for rule in facts.policies.rules.iter().filter(|rule| rule.disabled.is_none()) {
        let mut members = Vec::new();
        let mut missing = Vec::new();
        for opinion in facts.opinions(rule, &users) {
            if opinion.counts(facts) {
                judged.insert(opinion.target.id);
            }
            measuring.take(&opinion);
            let Some((outcome, change)) = opinion.shown else {
                continue;
            };
            let member = Member {
                opinion,
                outcome,
                change,
            };
            if member.opinion.target.missing {
                missing.push(member);
            } else if rule.per_plan {
                members.push(member);
            } else {
                findings.push(member.finding(facts, rule, &users));
            }
        }
        findings.extend(per_plan(facts, rule, members, (&rule.title, &rule.message)));
        if let Some(said) = &rule.missing {
            findings.extend(per_plan(facts, rule, missing, (&said.title, &said.advice)));
        }
    }
    findings.sort_by_cached_key(|finding| sort_key(facts, finding));
    let matched = waiver::cover(facts, &mut findings);
    let metrics = measuring.finish(&findings);
    Evaluation {
        findings,
        judged: judged.len(),
        matched,
        metrics,
        users,
    }
}

/// Most severe first, then by address, part and rule.
fn sort_key(
    facts: &Facts<'_>,
    finding: &Finding<'_>,
) -> (
    Outcome,
    std::cmp::Reverse<Severity>,
    String,
    Option<String>,
    String,
    Option<String>,
) {
    let address = finding
        .resource
        .map(|id| words::address(facts.model, id))
        .unwrap_or_default();
    (
        finding.outcome,
        std::cmp::Reverse(finding.severity),
        address,
        finding.part.clone(),
        finding.rule.id.clone(),
        finding.anchor.clone(),
    )
}

/// An opinion that is shown.
struct Member<'a> {
    opinion: Opinion<'a>,
    outcome: Outcome,
    change: Change,
}

impl<'a> Member<'a> {
    fn finding(&self, facts: &'a Facts<'a>, rule: &'a Rule, users: &Users) -> Finding<'a> {
        let judged = self.opinion.side();
        let values = words::Values::new(facts, rule, self.opinion.target, judged, users);
        let doubts = self.opinion.doubts().to_vec();
        let message = match self.outcome {
            Outcome::Undetermined => words::undetermined(rule, &values, &doubts),
            Outcome::Pass => words::fixed(rule, &values),
            Outcome::Violation | Outcome::Advice => rule.message.fill(|name| values.get(name)),
        };
        let message = match self.warning(rule) {
            Some(warning) => format!("{message} {warning}"),
            None => message,
        };
        Finding {
            rule,
            title: &rule.title,
            outcome: self.outcome,
            change: self.change,
            only_advises: judged.only_advises,
            severity: judged.severity,
            resource: self.opinion.target.outside.is_none().then_some(self.opinion.target.id),
            place: self.opinion.target.id,
            anchor: self
                .opinion
                .target
                .outside
                .map(|_| words::address(facts.model, self.opinion.target.id)),
            part: self.opinion.target.part().map(|part| part.id.clone()),
            category: judged.category.as_ref().and_then(|category| match &category.found {
                // Only stores are judged as something when nobody says what they are.
                CategoryFound::Known(known) if self.opinion.target.store.is_some() || known.explicit() => {
                    Some(known.clone())
                }
                CategoryFound::Known(_) | CategoryFound::Unknown(_) => None,
            }),
            required: words::required(facts, rule, judged),
            level: self.levels(facts, rule),
            message,
            fix: rule
                .fix_of(&facts.model.resource(self.opinion.target.id).resource_type)
                .fill(|name| values.get(name))
                .trim_end()
                .to_owned(),
            settle: (!doubts.is_empty()).then(|| words::settle(&doubts)),
            evidence: self.evidence(facts, rule),
            related: self.related(facts, rule, users),
            waiver: None,
        }
    }

    /// A finding about the encryption of a store that is replaced for it says so, also where it mends something.
    fn warning(&self, rule: &Rule) -> Option<String> {
        let about_it = asks_level(&rule.demand.condition);
        let store = self.opinion.target.store.filter(|_| about_it)?;
        replacement::warning(store, &self.opinion.after.forced_by)
    }

    /// The part's level before and after, where that is what the rule asks about.
    fn levels(&self, facts: &Facts<'_>, rule: &Rule) -> Option<(SideLevel, SideLevel)> {
        let opinion = &self.opinion;
        let asked = opinion.side().part.is_some() && asks_level(&rule.demand.condition);
        // What goes away is judged after by what it was before.
        let sides = match facts.lives(opinion.target.id, Side::After) {
            true => (level(&opinion.before), level(&opinion.after)),
            false => (level(&opinion.after), SideLevel::NotThere),
        };
        asked.then_some(sides)
    }

    /// What would satisfy the rule is said only where it is not satisfied. A key that is there is not to be set again.
    fn evidence(&self, facts: &Facts<'_>, rule: &Rule) -> Vec<Evidence> {
        let mut evidence = evidence(facts, &self.opinion.before.readings, &self.opinion.after.readings);
        let required = matches!(self.outcome, Outcome::Violation | Outcome::Advice);
        let has_key = self
            .levels(facts, rule)
            .is_some_and(|(_, after)| after == SideLevel::Known(Level::Cmk));
        if !required || has_key {
            for one in &mut evidence {
                one.required = None;
            }
        }
        if self.outcome != Outcome::Pass {
            leave_out(&mut evidence);
        }
        for one in evidence.iter_mut().filter(|_| !required) {
            one.weight = Weight::Context;
        }
        evidence
    }

    /// The stores of a key that goes away, or that too many categories share.
    fn related(&self, facts: &Facts<'_>, rule: &Rule, users: &Users) -> Vec<(String, String)> {
        if rule.demand.condition.asks_users() {
            let side = if self.change == Change::Fixed {
                Side::Before
            } else {
                Side::After
            };
            let users = users.of(&self.opinion.target.key_id(users), side);
            return match rule.demand.condition.asks_sharing() {
                true => sharing(facts, users, side),
                false => protected(facts, users),
            };
        }
        if self.opinion.after.destruction.is_none() {
            return Vec::new();
        }
        users
            .before
            .get(&self.opinion.target.id)
            .into_iter()
            .flatten()
            .map(|user| {
                let note = words::user_of_key(facts, *user, self.opinion.target.id);
                (words::address(facts.model, *user), note.to_owned())
            })
            .collect()
    }
}

/// The stores of a key, and those that may be.
fn protected(facts: &Facts<'_>, users: &[Use]) -> Vec<(String, String)> {
    let note = |one: &Use| match one.certain {
        true => "under this key",
        false => "perhaps under this key",
    };
    let listed = users
        .iter()
        .map(|one| (words::address(facts.model, one.store), note(one).to_owned()));
    listed.collect()
}

/// The sensitive stores of a key, and those that may be.
fn sharing(facts: &Facts<'_>, users: &[Use], side: Side) -> Vec<(String, String)> {
    users
        .iter()
        .filter_map(|one| {
            let note = match facts.sensitive_category(one.store, side) {
                Ok(category) if one.certain => category?,
                Ok(category) => format!("{}, and perhaps under this key", category?),
                Err(doubt) => doubt.because,
            };
            Some((words::address(facts.model, one.store), note))
        })
        .collect()
}

fn level(judged: &Judged) -> SideLevel {
    match judged.part.as_ref().map(|part| part.level()) {
        None => SideLevel::NotThere,
        Some(None) => SideLevel::Undetermined,
        Some(Some(level)) => SideLevel::Known(level),
    }
}

/// One finding for each outcome, listing its members.
fn per_plan<'a>(
    facts: &'a Facts<'a>,
    rule: &'a Rule,
    members: Vec<Member<'a>>,
    said: (&'a str, &Template),
) -> Vec<Finding<'a>> {
    let mut groups: BTreeMap<Outcome, Vec<Member<'a>>> = BTreeMap::new();
    for member in members {
        groups.entry(member.outcome).or_default().push(member);
    }
    // What is mended is worth a line of its own only where nothing is left.
    if groups.contains_key(&Outcome::Violation) || groups.contains_key(&Outcome::Advice) {
        groups.remove(&Outcome::Pass);
    }
    groups
        .into_iter()
        .filter_map(|(outcome, members)| listing(facts, rule, outcome, &members, said))
        .collect()
}

fn listing<'a>(
    facts: &'a Facts<'a>,
    rule: &'a Rule,
    outcome: Outcome,
    members: &[Member<'a>],
    said: (&'a str, &Template),
) -> Option<Finding<'a>> {
    let first = members.first()?;
    let (title, message) = said;
    let values = words::Values::list(facts, rule, members.iter().map(|member| member.opinion.target.id));
    let mut doubts: Vec<Doubt> = Vec::new();
    for member in members {
        merge(&mut doubts, member.opinion.doubts().to_vec());
    }
    let message = match outcome {
        Outcome::Undetermined => words::undetermined(rule, &values, &doubts),
        Outcome::Pass => words::fixed(rule, &values),
        Outcome::Violation | Outcome::Advice => message.fill(|name| values.get(name)),
    };
    let related = members
        .iter()
        .map(|member| {
            (
                words::address(facts.model, member.opinion.target.id),
                words::why_listed(facts, member.opinion.target, member.opinion.side()),
            )
        })
        .collect();
    Some(Finding {
        rule,
        title,
        outcome,
        change: members.iter().map(|member| member.change).min().unwrap_or(first.change),
        only_advises: members.iter().all(|member| member.opinion.side().only_advises),
        severity: members
            .iter()
            .map(|member| member.opinion.side().severity)
            .max()
            .unwrap_or(rule.severity),
        resource: None,
        place: first.opinion.target.id,
        anchor: None,
        part: None,
        category: None,
        required: None,
        level: None,
        message,
        fix: rule.fix.fill(|name| values.get(name)).trim_end().to_owned(),
        settle: (!doubts.is_empty()).then(|| words::settle(&doubts)),
        evidence: Vec::new(),
        related,
        waiver: None,
    })
}

/// Leaves out what is as it should be, and the whole of what only had to be there, where something else is left to show.
fn leave_out(evidence: &mut Vec<Evidence>) {
    let silent = |one: &Evidence| {
        one.weight == Weight::Harmless || one.withheld && one.weight == Weight::Context && one.required.is_none()
    };
    if !evidence.iter().all(silent) {
        evidence.retain(|one| !silent(one));
    }
}

/// Pairs the readings of both sides by place. Only attributes that policies name are read, so only they are printed.
pub fn evidence(facts: &Facts<'_>, before: &[Reading], after: &[Reading]) -> Vec<Evidence> {
    let mut pairs: Vec<Evidence> = Vec::new();
    let of_before = before.iter().map(|reading| (reading, false));
    for (reading, counts) in after.iter().map(|reading| (reading, true)).chain(of_before) {
        let address = words::address(facts.model, reading.resource);
        let path = reading.location.to_string();
        if let Some(there) = pairs.iter_mut().find(|one| one.address == address && one.path == path) {
            complete(there, reading, counts);
            continue;
        }
        let state = |side| match side == reading.side {
            true => reading.state.clone(),
            false => stands(facts, reading, side),
        };
        pairs.push(Evidence {
            resource: reading.resource,
            address,
            path,
            sensitive: reading.sensitive || sensitive(facts, reading, reading.side.other()),
            before: state(Side::Before),
            after: state(Side::After),
            withheld: reading.withheld,
            required: reading.required.clone().filter(|_| counts),
            weight: weight(reading, counts),
            candidates: reading.candidates.clone(),
            trace: reading.trace.clone(),
        });
    }
    pairs
}

/// What was wrong before breaks nothing now; what was right then is as little worth showing as what is right now.
fn weight(reading: &Reading, counts: bool) -> Weight {
    match reading.weight {
        Weight::Offends if !counts => Weight::Context,
        weight => weight,
    }
}

/// A second reading of the same place adds what the first left out. `counts`: whether it is the side that is judged.
fn complete(there: &mut Evidence, reading: &Reading, counts: bool) {
    there.sensitive |= reading.sensitive;
    there.withheld |= reading.withheld;
    if counts {
        there.weight = heavier(there.weight, reading.weight);
        if there.required.is_none() {
            there.required.clone_from(&reading.required);
        }
    }
    if reading.side == Side::After {
        if there.trace.is_empty() {
            there.trace.clone_from(&reading.trace);
        }
        let named = |candidates: &[Candidate]| candidates.iter().any(|one| one.address.is_some());
        if there.candidates.is_empty() || named(&reading.candidates) && !named(&there.candidates) {
            there.candidates.clone_from(&reading.candidates);
            there.trace.clone_from(&reading.trace);
        }
    }
}

fn heavier(one: Weight, other: Weight) -> Weight {
    match (one, other) {
        (Weight::Offends, _) | (_, Weight::Offends) => Weight::Offends,
        (Weight::Context, _) | (_, Weight::Context) => Weight::Context,
        (Weight::Harmless, Weight::Harmless) => Weight::Harmless,
    }
}

/// What stands at the same place on the other side.
fn stands(facts: &Facts<'_>, reading: &Reading, side: Side) -> State {
    facts
        .model
        .resource(reading.resource)
        .values(side)
        .and_then(|values| values.at(&reading.location))
        .map_or(State::Absent, |node| node.state())
}

/// Whether what stands at the same place on the other side may not be printed.
fn sensitive(facts: &Facts<'_>, reading: &Reading, side: Side) -> bool {
    let values = facts.model.resource(reading.resource).values(side);
    values.is_some_and(|values| values.is_sensitive_at(&reading.location))
}

impl Finding<'_> {
    /// Whether an undetermined outcome breaks the gate by the rule's own word.
    pub fn fails_when_undetermined(&self) -> bool {
        self.rule.on_undetermined == OnUndetermined::Fail
    }
}
