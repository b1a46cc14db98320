//! What stands above and below the findings.

use super::{metrics, settings};
use crate::report::arrange::{Place, place};
use crate::report::escape::{cut_middle, inline_code, message, plain};
use crate::report::v1::{Change, Finding, Outcome, PlanSummary, Report, Severity, Unread, Verdict};
use crate::report::words;

/// The most plans, inputs or reasons that are told one by one.
const MOST_ITEMS: usize = 20;
const MOST_CHARS: usize = 600;
/// The most configuration files that are named, and the most characters of each.
const MOST_FILES: usize = 5;
const MOST_FILE_CHARS: usize = 100;
const SEVERITIES: [Severity; 4] = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

/// The verdict: numbers and constants only.
pub(super) fn verdict(report: &Report) -> String {
    let sign = match report.verdict {
        Verdict::Pass => "✅",
        Verdict::Fail => "❌",
        Verdict::Undetermined => "❔",
    };
    format!(
        "### {sign} planseal: {} · {}\n",
        words::verdict(report.verdict),
        words::tally(report)
    )
}

/// What a reader must know first.
pub(super) fn notes(report: &Report) -> Vec<String> {
    let told: Vec<&PlanSummary> = report
        .plans
        .iter()
        .filter(|plan| !plan.complete || !plan.notes.is_empty())
        .collect();
    let mut reasons = list(&report.unread, "unreadable inputs", unread);
    reasons.extend(list(&report.gate.reasons, "reasons", |reason| {
        format!("- {}\n", message(&cut(reason)))
    }));
    if let Some(first) = reasons.first_mut() {
        first.insert(0, '\n');
    }
    let mut notes = settings::of_note(report);
    notes.extend(plan_names(report));
    notes.extend(list(&told, "plans with notes", |plan| plan_notes(plan)));
    notes.extend(loosened(report));
    notes.extend(reasons);
    notes.extend(not_judged(&report.summary.unjudged_types));
    notes.extend(counts(report));
    notes.extend(metrics::moved(report));
    notes
}

/// The settings that the verdict was reached with.
pub(super) fn closing(report: &Report) -> String {
    let tool = plain(&cut(&format!("{} {}", report.tool.name, report.tool.version)));
    let gate = message(&cut(&words::gates(report)));
    format!("\n*Gate:* {gate}{} · {tool}\n", configurations(report))
}

/// What configurations take out of the judgement.
fn loosened(report: &Report) -> Vec<String> {
    let configurations = report.plans.iter().filter_map(|plan| plan.configuration.as_ref());
    let mut lines: Vec<String> = configurations
        .flat_map(|one| {
            let file = inline_code(&cut_middle(&one.file, MOST_FILE_CHARS));
            let lines = words::loosened(one).into_iter();
            lines.map(move |(what, rules)| {
                let mut named: Vec<String> = rules.iter().take(MOST_ITEMS).map(changed_rule).collect();
                if rules.len() > MOST_ITEMS {
                    named.push(format!("{} more", rules.len() - MOST_ITEMS));
                }
                format!("\n❗ **{what}** by {file}: {}\n", named.join(", "))
            })
        })
        .collect();
    lines.sort();
    lines.dedup();
    list(&lines, "changes of rules", String::clone)
}

fn changed_rule(rule: &words::ChangedRule<'_>) -> String {
    let told: Vec<String> = rule.told.iter().map(|text| message(&cut(text))).collect();
    let told = if told.is_empty() {
        String::new()
    } else {
        format!(" ({})", told.join("; "))
    };
    format!("{}{told}", inline_code(&cut(rule.id)))
}

/// The configuration files in force: whoever may change one has a say in the verdict.
fn configurations(report: &Report) -> String {
    let mut all: Vec<String> = report
        .plans
        .iter()
        .filter_map(|plan| plan.configuration.as_ref())
        .map(|one| words::configuration(one, &inline_code(&cut_middle(&one.file, MOST_FILE_CHARS))))
        .collect();
    all.sort();
    all.dedup();
    let more = all.len().saturating_sub(MOST_FILES);
    all.truncate(MOST_FILES);
    if more > 0 {
        all.push(format!("{more} more"));
    }
    match all.is_empty() {
        true => String::new(),
        false => format!(" · *Configuration:* {}", all.join(", ")),
    }
}

fn cut(text: &str) -> String {
    cut_middle(text, MOST_CHARS)
}

/// Items up to [`MOST_ITEMS`], then how many more there are.
fn list<T>(items: &[T], name: &str, line: impl Fn(&T) -> String) -> Vec<String> {
    let mut lines: Vec<String> = items.iter().take(MOST_ITEMS).map(line).collect();
    if items.len() > MOST_ITEMS {
        lines.push(format!("- … and {} more {name}\n", items.len() - MOST_ITEMS));
    }
    lines
}

fn unread(unread: &Unread) -> String {
    let path = if unread.path == "-" {
        "standard input".to_owned()
    } else {
        inline_code(&cut(&unread.path))
    };
    format!(
        "- **Not readable:** {path}: {}. Help: {}\n",
        message(&cut(&unread.message)),
        message(&cut(&unread.help))
    )
}

fn plan_notes(plan: &PlanSummary) -> String {
    let label = if plan.complete { "Plan" } else { "Partial plan" };
    let notes: Vec<String> = plan
        .notes
        .iter()
        .take(MOST_ITEMS)
        .map(|note| message(&cut(note)))
        .collect();
    let colon = if notes.is_empty() { "" } else { ": " };
    format!(
        "\n❗ **{label}** {}{colon}{}\n",
        inline_code(&cut(&plan.name)),
        notes.join(" · ")
    )
}

fn not_judged(types: &[String]) -> Option<String> {
    let names = names(types.iter().map(String::as_str))?;
    Some(format!(
        "\n❗ **Not judged**, for planseal has no catalog entry: {names}\n"
    ))
}

fn plan_names(report: &Report) -> Option<String> {
    let names = names(report.plans.iter().map(|plan| plan.name.as_str()))?;
    Some(format!(
        "\n{} {names}\n",
        if report.plans.len() == 1 { "Plan" } else { "Plans" }
    ))
}

fn names<'a>(all: impl ExactSizeIterator<Item = &'a str>) -> Option<String> {
    let number = all.len();
    let mut shown = all
        .take(words::MOST_NAMES)
        .map(|name| inline_code(&cut(name)))
        .collect::<Vec<_>>()
        .join(", ");
    if number > words::MOST_NAMES {
        shown.push_str(&format!(" and {} more", number - words::MOST_NAMES));
    }
    (number > 0).then_some(shown)
}

/// How many findings by change and severity; advice and accepted ones are counted below in their folds.
fn counts(report: &Report) -> Option<String> {
    let counted: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| !matches!(place(report, finding), Place::Advice | Place::Waived))
        .collect();
    let rows: String = [Change::Introduced, Change::Worsened, Change::Existing, Change::Fixed]
        .into_iter()
        .filter(|change| counted.iter().any(|finding| finding.change == *change))
        .map(|change| count_row(&counted, change))
        .collect();
    (!rows.is_empty())
        .then(|| format!("\n| | critical | high | medium | low | undetermined |\n|---|--:|--:|--:|--:|--:|\n{rows}"))
}

fn count_row(findings: &[&Finding], change: Change) -> String {
    let cell = |number: usize| {
        if number == 0 {
            "–".to_owned()
        } else {
            number.to_string()
        }
    };
    let of_change = || findings.iter().filter(|finding| finding.change == change);
    let known = |severity| {
        of_change()
            .filter(|finding| finding.severity == severity && finding.outcome != Outcome::Undetermined)
            .count()
    };
    let undetermined = of_change()
        .filter(|finding| finding.outcome == Outcome::Undetermined)
        .count();
    let cells: Vec<String> = SEVERITIES
        .into_iter()
        .map(known)
        .chain([undetermined])
        .map(cell)
        .collect();
    format!("| {} | {} |\n", words::change(change), cells.join(" | "))
}
