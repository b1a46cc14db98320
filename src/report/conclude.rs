//! Counts, verdict and reasons: worked out from what a report holds, whoever collected it.

use super::gate;
use super::v1::{Change, Finding, Outcome, PlanSummary, Report, Summary, Verdict};

/// How the first note of a partial plan begins; what follows says why it is partial.
pub(super) const PARTIAL: &str = "this plan is partial: ";

/// Counts the findings and gives the verdict with its reasons. `blocking` of each finding, the gate's settings, and how much
/// was judged are taken as they stand.
pub(super) fn conclude(report: &mut Report) {
    let told = std::mem::take(&mut report.summary);
    let mut summary = Summary {
        resources: told.resources,
        judged: told.judged,
        unjudged_types: told.unjudged_types,
        demands: told.demands,
        ..Summary::default()
    };
    for finding in &report.findings {
        tally(&mut summary, finding);
    }
    report.summary = summary;
    let mut reasons = certain(report);
    let open = open(report);
    report.verdict = match (reasons.is_empty(), open.is_empty()) {
        (false, _) => Verdict::Fail,
        (true, false) => Verdict::Undetermined,
        (true, true) => Verdict::Pass,
    };
    reasons.extend(open);
    report.gate.reasons = reasons;
}

fn tally(summary: &mut Summary, finding: &Finding) {
    let more = |count: &mut usize| *count = count.saturating_add(1);
    match finding.outcome {
        Outcome::Violation => more(&mut summary.violations),
        Outcome::Undetermined => more(&mut summary.undetermined),
        Outcome::Advice => more(&mut summary.advice),
        Outcome::Pass => {}
    }
    if finding.outcome != Outcome::Advice {
        match finding.change {
            Change::Introduced => more(&mut summary.introduced),
            Change::Worsened => more(&mut summary.worsened),
            Change::Existing => more(&mut summary.existing),
            Change::Fixed => more(&mut summary.fixed),
        }
    }
    if finding.blocking {
        more(&mut summary.blocking);
    }
    if finding.waiver.is_some() {
        more(&mut summary.waived);
    }
}

/// What breaks the gate without a doubt.
fn certain(report: &Report) -> Vec<String> {
    let violations = blocking(report, Outcome::Violation);
    let unread = report.unread.len();
    let broken = (violations > 0).then(|| {
        let what = counted(violations, "violation breaks", "violations break");
        format!("{what} the gate")
    });
    let missing = (unread > 0).then(|| {
        let what = counted(unread, "input could", "inputs could");
        format!("{what} not be read")
    });
    broken.into_iter().chain(missing).collect()
}

/// What leaves open whether the gate holds.
fn open(report: &Report) -> Vec<String> {
    let undetermined = blocking(report, Outcome::Undetermined);
    let findings = (undetermined > 0).then(|| {
        let what = counted(
            undetermined,
            "undetermined finding breaks",
            "undetermined findings break",
        );
        format!("{what} the gate")
    });
    let partial = report
        .plans
        .iter()
        .filter(|plan| !plan.complete && gate::of_plan_in(report, plan).refuses_partial())
        .map(partial);
    let demands = report.summary.demands.iter();
    let too_little = demands.filter(|demand| demand.judged < demand.least).map(|demand| {
        let what = counted(demand.judged, "resource was", "resources were");
        format!("{what} judged, and at least {} are required", demand.least)
    });
    findings.into_iter().chain(partial).chain(too_little).collect()
}

fn partial(plan: &PlanSummary) -> String {
    let why = plan.notes.iter().find_map(|note| note.strip_prefix(PARTIAL));
    let why = why.map(|why| format!(": {why}")).unwrap_or_default();
    format!("plan `{}` is partial{why}", plan.name)
}

fn blocking(report: &Report, outcome: Outcome) -> usize {
    let findings = report.findings.iter();
    findings
        .filter(|finding| finding.blocking && finding.outcome == outcome)
        .count()
}

/// `1 input could`, `2 inputs could`.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
