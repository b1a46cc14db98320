//! Where a finding is shown, and what comes first: shared by the terminal and the comment.

use std::cmp::{Ordering, Reverse};

use super::v1::{Change, ConfigurationInForce, Finding, Outcome, Report, Setting, Severity};

/// The part of a report in which a finding is shown; the order is the order of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Blocks, or is new or worse with this plan and severe enough for the gate.
    Main,
    /// New or worse, but less severe than what the gate looks at.
    Minor,
    /// Stood before and still stands.
    Existing,
    /// A recommendation.
    Advice,
    /// Accepted.
    Waived,
    /// Gone with this plan.
    Fixed,
}

pub(super) fn place(report: &Report, finding: &Finding) -> Place {
    if finding.blocking {
        return Place::Main;
    }
    if finding.waiver.is_some() {
        return Place::Waived;
    }
    match (finding.outcome, finding.change) {
        (Outcome::Pass, _) | (_, Change::Fixed) => Place::Fixed,
        (Outcome::Advice, _) => Place::Advice,
        (_, Change::Existing) => Place::Existing,
        _ if finding.severity < least_severity(report, finding) => Place::Minor,
        _ => Place::Main,
    }
}

/// What the gate of the finding's plan looks at.
fn least_severity(report: &Report, finding: &Finding) -> Severity {
    let plan = report.plans.iter().find(|plan| plan.name == finding.plan);
    let gate = plan.and_then(|plan| plan.gate.as_ref());
    gate.map_or(report.gate.min_severity, |gate| gate.min_severity)
}

/// The findings of one place, most important first.
pub(super) fn in_place(report: &Report, wanted: Place) -> Vec<&Finding> {
    let mut findings: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| place(report, finding) == wanted)
        .collect();
    // Stable, so that the report's own order (by plan and address) decides among equals.
    findings.sort_by_key(|finding| {
        let days_left = finding.waiver.as_ref().map(|waiver| waiver.days_left);
        (!finding.blocking, days_left, Reverse(finding.severity), finding.outcome)
    });
    findings
}

/// The settings of a configuration that a reviewer must look at, or the others.
pub(super) fn settings(one: &ConfigurationInForce, of_note: bool) -> impl Iterator<Item = &Setting> {
    let wanted = move |setting: &&Setting| setting.change.is_of_note() == of_note;
    one.settings.iter().filter(wanted)
}

/// The main findings of one resource.
pub(super) struct Group<'a> {
    pub(super) findings: Vec<&'a Finding>,
}

impl<'a> Group<'a> {
    /// The finding that speaks for the resource: the one about its main part, if any is.
    pub(super) fn head(&self) -> Option<&'a Finding> {
        let main = self
            .findings
            .iter()
            .find(|finding| finding.level.is_some() && finding.part.as_deref().is_none_or(|part| part == "storage"));
        main.or(self.findings.first()).copied()
    }
}

/// Findings by resource: those that block first, then by plan and address.
pub(super) fn by_resource<'a>(report: &Report, findings: &[&'a Finding]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut sorted = findings.to_vec();
    sorted.sort_by(|one, other| by_plan_and_address(report, one, other));
    for finding in sorted {
        let same = groups.last_mut().filter(|group| {
            group
                .findings
                .first()
                .is_some_and(|first| first.plan == finding.plan && first.address == finding.address)
        });
        match same {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group {
                findings: vec![finding],
            }),
        }
    }
    groups.sort_by_key(|group| !group.findings.iter().any(|finding| finding.blocking));
    groups
}

fn by_plan_and_address(report: &Report, one: &Finding, other: &Finding) -> Ordering {
    let position = |finding: &Finding| {
        let found = report.plans.iter().position(|plan| plan.name == finding.plan);
        found.unwrap_or(usize::MAX)
    };
    // What is about the whole plan follows what is about one resource, and what is about no plan follows all.
    let key = |finding: &Finding| (position(finding), finding.address.is_none());
    key(one)
        .cmp(&key(other))
        .then_with(|| one.plan.cmp(&other.plan))
        .then_with(|| one.address.cmp(&other.address))
        .then_with(|| {
            let rank = |finding: &Finding| (!finding.blocking, Reverse(finding.severity));
            rank(one).cmp(&rank(other))
        })
}
