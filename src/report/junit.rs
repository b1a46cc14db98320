//! The report as JUnit XML, for the test pages of CI systems. Nothing in it depends on the clock.
//!
//! What breaks the gate fails, and nothing else does: a page is red where the exit code is not 0, and only there. An
//! undetermined finding that breaks it is a failure of its own type; an error is an input that could not be read.

use std::collections::{BTreeMap, BTreeSet};

use quick_junit::{NonSuccessKind, Report as Document, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::escape::{prose, visible, visible_lines};
use super::v1::{Finding, Outcome, PlanSummary, Report, Unread, Verdict};
use super::words;

/// Renders the report: a suite for each plan, a case for each finding.
///
/// # Errors
/// Where the XML cannot be written.
pub fn render(report: &Report) -> Result<String, SerializeError> {
    let mut document = Document::new("planseal");
    let mut by_plan: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        by_plan.entry(&finding.plan).or_default().push(finding);
    }
    let mut seen = BTreeSet::new();
    for plan in report.plans.iter().filter(|plan| seen.insert(&*plan.name)) {
        let findings = by_plan.remove(&*plan.name).unwrap_or_default();
        document.add_test_suite(of_plan(plan, &findings));
    }
    for (plan, findings) in by_plan {
        let name = if plan.is_empty() { "configuration" } else { plan };
        let mut suite = TestSuite::new(visible(name));
        add_cases(&mut suite, &findings);
        document.add_test_suite(suite);
    }
    if !report.unread.is_empty() {
        document.add_test_suite(unread(&report.unread));
    }
    document.add_test_suites(gate(report));
    document.to_string()
}

fn of_plan(plan: &PlanSummary, findings: &[&Finding]) -> TestSuite {
    let mut suite = TestSuite::new(visible(&plan.name));
    if findings.is_empty() {
        // A page says "no tests" of an empty suite, and some jobs fail for it.
        suite.add_test_case(case("planseal", "nothing found", TestCaseStatus::success()));
    }
    add_cases(&mut suite, findings);
    if !plan.notes.is_empty() {
        suite.set_system_out(lines(&plan.notes.join("\n")));
    }
    suite
}

fn add_cases(suite: &mut TestSuite, findings: &[&Finding]) {
    // Pages tell cases apart by their names.
    let mut named: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for finding in findings {
        let name = name(finding);
        let number = named.entry((&finding.rule, name.clone())).or_default();
        *number += 1;
        let name = match *number {
            1 => name,
            number => format!("{name} ({number})"),
        };
        suite.add_test_case(of_finding(finding, &name));
    }
}

fn name(finding: &Finding) -> String {
    let address = finding.address.as_deref().unwrap_or(words::whole(finding));
    match &finding.part {
        Some(part) => visible(&format!("{address} [{part}]")),
        None => visible(address),
    }
}

fn of_finding(finding: &Finding, name: &str) -> TestCase {
    let (status, passes) = match status(finding) {
        Some(mut status) => {
            let why_not = finding.waiver.as_ref().map(|waiver| {
                let (reason, owner, until) = (&waiver.reason, &waiver.owner, &waiver.expires);
                format!("accepted: {reason} ({owner}, until {until})")
            });
            status.set_message(prose(why_not.as_deref().unwrap_or(&finding.message)));
            status.set_type(visible(kind(finding)));
            status.set_description(details(finding));
            (status, false)
        }
        None => (TestCaseStatus::success(), true),
    };
    let mut case = case(&finding.rule, name, status);
    if passes {
        case.set_system_out(details(finding));
    }
    if let Some(location) = &finding.location {
        case.extra.insert("file".into(), visible(&location.file).into());
        case.extra.insert("line".into(), location.line.to_string().into());
    }
    case
}

/// `None` for what passes: advice, and what is fixed.
fn status(finding: &Finding) -> Option<TestCaseStatus> {
    if finding.blocking {
        return Some(TestCaseStatus::non_success(NonSuccessKind::Failure));
    }
    let open = matches!(finding.outcome, Outcome::Violation | Outcome::Undetermined);
    open.then(TestCaseStatus::skipped)
}

fn kind(finding: &Finding) -> &'static str {
    match finding.outcome {
        Outcome::Violation => words::severity(finding.severity),
        Outcome::Undetermined => "undetermined",
        Outcome::Advice => "advice",
        Outcome::Pass => "fixed",
    }
}

/// Some pages show the body alone, so it says everything.
fn details(finding: &Finding) -> String {
    let kind = kind(finding);
    let change = words::change(finding.change);
    let head = match finding.outcome {
        Outcome::Pass => kind.to_owned(),
        _ => format!("{kind}, {change}"),
    };
    let mut parts = vec![format!("{} ({head})", prose(&finding.title)), prose(&finding.message)];
    if !finding.why.is_empty() && finding.outcome != Outcome::Pass {
        parts.push(prose(&finding.why));
    }
    parts.extend(
        finding
            .settle
            .iter()
            .map(|settle| format!("To settle it: {}", prose(settle))),
    );
    if !finding.fix.is_empty() && finding.outcome != Outcome::Pass {
        parts.push(format!("To mend it:\n{}", lines(&finding.fix)));
    }
    let related = finding.related.iter().map(|one| format!("- {}", visible(&one.address)));
    let related: Vec<String> = related.take(words::MOST_NAMES).collect();
    if !related.is_empty() {
        let more = finding.related.len() - related.len();
        let more = if more > 0 {
            format!("\n- {more} more")
        } else {
            String::new()
        };
        parts.push(format!("It is about:\n{}{more}", related.join("\n")));
    }
    if !finding.reference.is_empty() {
        parts.push(visible(&finding.reference));
    }
    parts.join("\n\n")
}

fn unread(inputs: &[Unread]) -> TestSuite {
    let mut suite = TestSuite::new("inputs");
    for input in inputs {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(prose(&input.message));
        status.set_type("unread");
        status.set_description(prose(&format!("{}. {}", input.message, input.help)));
        suite.add_test_case(case("unread-input", &visible(&input.path), status));
    }
    suite
}

/// What broke the gate, where no finding and no input shows it: a partial plan, too little judged.
fn gate(report: &Report) -> Option<TestSuite> {
    let shown = report.findings.iter().any(|finding| finding.blocking) || !report.unread.is_empty();
    if report.verdict == Verdict::Pass && !report.plans.is_empty() || shown && report.verdict != Verdict::Pass {
        return None;
    }
    let mut suite = TestSuite::new("gate");
    let status = match report.verdict {
        Verdict::Pass => TestCaseStatus::success(),
        Verdict::Fail | Verdict::Undetermined => {
            let reasons = report.gate.reasons.join("; ");
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(prose(&reasons));
            status.set_type(words::verdict(report.verdict));
            status.set_description(prose(&reasons));
            status
        }
    };
    suite.add_test_case(case("planseal", "gate", status));
    Some(suite)
}

fn case(class: &str, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(visible(class));
    case
}

fn lines(text: &str) -> String {
    visible_lines(text).join("\n")
}
