//! What stands above and below the findings.

use super::page::{BOLD, DIM, Page, RED, YELLOW, paint, verdict_style};
use crate::report::escape::{prose, visible};
use crate::report::v1::{Change, Outcome, PlanSummary, Report, Unread, Verdict};
use crate::report::words;

/// The most plans that are named one by one.
const MOST_PLANS: usize = 10;

/// The verdict in one line.
pub(super) fn verdict(page: &mut Page, report: &Report) {
    let word = paint(verdict_style(report.verdict), words::verdict(report.verdict));
    page.line(
        0,
        &format!("{} {word} · {}", paint(BOLD, "planseal:"), words::tally(report)),
    );
}

/// What a reader must know first: the plans, what could not be read, what was not judged.
pub(super) fn inputs(page: &mut Page, report: &Report, verbose: bool) {
    let all = verbose || report.plans.len() <= MOST_PLANS;
    if !all {
        page.line(
            0,
            &paint(
                DIM,
                &format!("{} plans; those with something to know:", report.plans.len()),
            ),
        );
    }
    for plan in report
        .plans
        .iter()
        .filter(|plan| all || !plan.complete || !plan.notes.is_empty() || words::loosens(plan))
    {
        plan_lines(page, plan, verbose);
    }
    for unread in &report.unread {
        page.line(0, &format!("{} {}", error_label(), unread_text(unread)));
        page.labelled(2, "help:", anstyle::Style::new(), &prose(&unread.help));
    }
    not_judged(page, &report.summary.unjudged_types, verbose);
}

pub(super) fn error_label() -> String {
    paint(RED.bold(), "error:")
}

/// The input and what is wrong with it.
pub(super) fn unread_text(unread: &Unread) -> String {
    format!("{}: {}", source(&unread.path), prose(&unread.message))
}

fn source(path: &str) -> String {
    if path == "-" {
        "standard input".to_owned()
    } else {
        visible(path)
    }
}

fn plan_lines(page: &mut Page, plan: &PlanSummary, verbose: bool) {
    let mut facts = vec![format!("plan {} ({})", visible(&plan.name), source(&plan.path))];
    if !plan.complete {
        facts.push("partial".to_owned());
    }
    facts.extend(plan.configuration.as_ref().map(|configuration| {
        let words = words::configuration(configuration, &visible(&configuration.file));
        format!("configuration {words}")
    }));
    if verbose {
        facts.push(format!("format {}", visible(&plan.format_version)));
        facts.extend(
            plan.terraform_version
                .as_deref()
                .map(|version| format!("version {}", visible(version))),
        );
    }
    page.line(0, &paint(DIM, &facts.join(" · ")));
    for (what, rules) in plan.configuration.iter().flat_map(words::loosened) {
        let shown = if verbose { rules.len() } else { words::MOST_NAMES };
        let mut named: Vec<String> = rules.iter().take(shown).map(changed_rule).collect();
        if rules.len() > shown {
            named.push(format!("{} more", rules.len() - shown));
        }
        page.labelled(2, &format!("{}:", what.to_lowercase()), YELLOW, &named.join(", "));
    }
    for note in &plan.notes {
        page.labelled(2, "note:", YELLOW, &prose(note));
    }
}

fn changed_rule(rule: &words::ChangedRule<'_>) -> String {
    let told: Vec<String> = rule.told.iter().map(|text| prose(text)).collect();
    match told.is_empty() {
        true => visible(rule.id),
        false => format!("{} ({})", visible(rule.id), told.join("; ")),
    }
}

fn not_judged(page: &mut Page, types: &[String], verbose: bool) {
    if types.is_empty() {
        return;
    }
    let shown = if verbose { types.len() } else { words::MOST_NAMES };
    let mut names = types
        .iter()
        .take(shown)
        .map(|name| visible(name))
        .collect::<Vec<_>>()
        .join(", ");
    if types.len() > shown {
        names.push_str(&format!(" and {} more", types.len() - shown));
    }
    page.labelled(
        0,
        "not judged:",
        YELLOW,
        &format!(
            "{names} (no catalog entry for {})",
            if types.len() == 1 { "this type" } else { "these types" }
        ),
    );
}

/// The counts by change, and what the gate says of them.
pub(super) fn counts(page: &mut Page, report: &Report) {
    page.blank();
    if !report.findings.is_empty() {
        page.line(0, &count_line(report));
    }
    page.line(0, &paint(DIM, &format!("gate: {}", prose(&words::gates(report)))));
    let style = if report.verdict == Verdict::Pass {
        DIM
    } else {
        verdict_style(report.verdict)
    };
    for reason in &report.gate.reasons {
        page.labelled(2, "✗", style, &prose(reason));
    }
}

fn count_line(report: &Report) -> String {
    let summary = &report.summary;
    let mut parts = vec![
        counted(report, Outcome::Violation, "violations", summary.violations),
        counted(report, Outcome::Undetermined, "undetermined", summary.undetermined),
        format!("advice {}", summary.advice),
        format!("fixed {}", summary.fixed),
    ];
    if summary.waived > 0 {
        parts.push(format!("waived {}", summary.waived));
    }
    parts.join(&paint(DIM, " │ "))
}

fn counted(report: &Report, outcome: Outcome, name: &str, all: usize) -> String {
    let by_change: Vec<String> = [Change::Introduced, Change::Worsened, Change::Existing]
        .into_iter()
        .map(|change| (words::by_change(report, outcome, change), words::change(change)))
        .filter(|(number, _)| *number > 0)
        .map(|(number, change)| format!("{number} {change}"))
        .collect();
    if by_change.is_empty() {
        format!("{name} {all}")
    } else {
        format!("{name} {all}: {}", by_change.join(", "))
    }
}
