//! What stands above and below the findings.

use super::inline::{Line, Own};
use super::{Block, View, metrics, settings};
use crate::report::arrange::{Place, place};
use crate::report::v1::{Change, Finding, Metric, Outcome, PlanSummary, Report, Severity, Unread, Verdict};
use crate::report::words;

/// The most plans that are told one by one.
const MOST_PLANS: usize = 10;
/// The most configuration files that are named.
const MOST_FILES: usize = 5;
const SEVERITIES: [Severity; 4] = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low];

/// What a reader must know first; nothing where all is clear, for then the last line says all there is to say.
pub(super) fn notes(report: &Report, view: View) -> Vec<Block> {
    let mut notes = settings::of_note(report, view);
    let settings = notes.len();
    notes.extend(obstacles(report, view));
    notes.extend(not_judged(&report.summary.unjudged_types, view));
    if view.is_terminal() {
        notes.splice(settings..settings, plan_lines(report, view));
        return notes;
    }
    if notes.is_empty() && is_all_clear(report) {
        return notes;
    }
    let plans = plan_names("Plan", "Plans", report, view).map(Block::text);
    notes.splice(settings..settings, plans);
    notes.extend(reasons(report, view));
    notes.extend(counts(report));
    notes.extend(metrics::moved(report, view));
    notes
}

/// Whether nothing is to be done, and nothing new is to be known. Advice on what no plan touches is nothing new, and a
/// metric that comes to its target is as it should be.
fn is_all_clear(report: &Report) -> bool {
    let stale = |finding: &Finding| finding.outcome == Outcome::Advice && finding.change == Change::Existing;
    let as_it_should_be = |metric: &Metric| !metric.moves() || !metric.falls_short();
    report.verdict == Verdict::Pass
        && report.summary.judged > 0
        && report.findings.iter().all(stale)
        && report.metrics.iter().all(as_it_should_be)
}

/// What stood in the way of judging: what plans lack, what configurations switch off, what could not be read.
pub(super) fn obstacles(report: &Report, view: View) -> Vec<Block> {
    let noted = |plan: &&PlanSummary| !plan.complete || !plan.notes.is_empty();
    let told: Vec<Line> = report
        .plans
        .iter()
        .filter(noted)
        .map(|plan| plan_notes(plan, view))
        .collect();
    let mut blocks = first(told.into_iter().map(Block::Alert).collect(), "plans with notes", view);
    if view != View::Quiet {
        blocks.extend(first(loosened(report, view), "changes of rules", view));
    }
    let unread = report.unread.iter().map(|one| unread(one, view)).collect();
    blocks.extend(first(unread, "unreadable inputs", view));
    blocks
}

/// Blocks up to a number, then how many more there are.
fn first(mut blocks: Vec<Block>, name: &'static str, view: View) -> Vec<Block> {
    let more = blocks.len().saturating_sub(view.notes());
    if more > 0 {
        blocks.truncate(view.notes());
        blocks.push(Block::text(Line::from("… and ") + more + " more " + name));
    }
    blocks
}

fn plan_notes(plan: &PlanSummary, view: View) -> Line {
    let label = if plan.complete { "Plan" } else { "Partial plan" };
    let what = Line::from(label).strong() + " " + view.code(&plan.name);
    match plan.notes.is_empty() {
        true => what,
        false => {
            let notes = plan.notes.iter().take(view.notes()).map(|note| view.note(note));
            what + ": " + Line::joined(notes, " · ")
        }
    }
}

/// What configurations take out of the judgement.
fn loosened(report: &Report, view: View) -> Vec<Block> {
    let mut lines: Vec<Line> = Vec::new();
    for one in report.plans.iter().filter_map(|plan| plan.configuration.as_ref()) {
        for (what, rules) in words::loosened(one) {
            let rules = rules.iter().map(|rule| changed_rule(rule, view));
            let rules = view.first(rules, view.notes(), ", ", ", ");
            let line = Line::from(what).strong() + " by " + view.code(&one.file) + ": " + rules;
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.into_iter().map(Block::Alert).collect()
}

fn changed_rule(rule: &words::ChangedRule<'_>, view: View) -> Line {
    let told = rule.told.iter().map(|text| view.note(text));
    match rule.told.is_empty() {
        true => view.code(rule.id),
        false => view.code(rule.id) + " (" + Line::joined(told, "; ") + ")",
    }
}

fn unread(unread: &Unread, view: View) -> Block {
    Block::Unread {
        what: source(&unread.path, view) + ": " + view.note(&unread.message),
        help: (view != View::Quiet).then(|| view.note(&unread.help)),
    }
}

fn source(path: &str, view: View) -> Line {
    match path {
        "-" => Line::from("standard input"),
        path => view.code(path),
    }
}

fn not_judged(types: &[String], view: View) -> Option<Block> {
    let names = view.names(types.iter().map(String::as_str));
    let what = Line::from("Not judged").strong() + ", for planseal has no catalog entry: ";
    (!types.is_empty()).then(|| Block::Alert(what + names))
}

fn plan_names(one: &'static str, many: &'static str, report: &Report, view: View) -> Option<Line> {
    let names = view.names(report.plans.iter().map(|plan| plan.name.as_str()));
    let word = if report.plans.len() == 1 { one } else { many };
    (!report.plans.is_empty()).then(|| Line::from(word) + " " + names)
}

/// Each plan with where it was read and what it is judged by.
fn plan_lines(report: &Report, view: View) -> Vec<Block> {
    let all = view == View::Verbose || report.plans.len() <= MOST_PLANS;
    let mut blocks = Vec::new();
    if !all {
        let number = Line::from(report.plans.len()) + " plans; those with something to know:";
        blocks.push(Block::Facts(vec![number]));
    }
    let told = |plan: &&PlanSummary| all || !plan.complete || !plan.notes.is_empty() || words::loosens(plan);
    blocks.extend(
        report
            .plans
            .iter()
            .filter(told)
            .map(|plan| Block::Facts(plan_facts(plan, view))),
    );
    blocks
}

fn plan_facts(plan: &PlanSummary, view: View) -> Vec<Line> {
    let mut facts = vec![Line::from("plan ") + view.code(&plan.name) + " (" + source(&plan.path, view) + ")"];
    if !plan.complete {
        facts.push(Line::from("partial"));
    }
    let configuration = plan.configuration.as_ref();
    facts.extend(configuration.map(|one| Line::from("configuration ") + configured(one, view)));
    if view == View::Verbose {
        facts.push(Line::from("format ") + view.plain(&plan.format_version));
        let version = plan.terraform_version.as_deref();
        facts.extend(version.map(|version| Line::from("version ") + view.plain(version)));
    }
    facts
}

fn configured(one: &crate::report::v1::Configuration, view: View) -> Line {
    let file = view.code(&one.file);
    match words::configuration(one) {
        Some(says) => file + " (" + says + ")",
        None => file,
    }
}

fn reasons(report: &Report, view: View) -> Option<Block> {
    let all = &report.gate.reasons;
    let mut lines: Vec<Line> = all.iter().take(view.notes()).map(|reason| view.note(reason)).collect();
    let more = all.len().saturating_sub(view.notes());
    if more > 0 {
        lines.push(Line::from("… and ") + more + " more reasons");
    }
    (!lines.is_empty()).then_some(Block::Reasons(lines))
}

/// How many findings by change and severity; advice and accepted ones are counted below in their folds.
fn counts(report: &Report) -> Option<Block> {
    let counted: Vec<&Finding> = report
        .findings
        .iter()
        .filter(|finding| !matches!(place(report, finding), Place::Advice | Place::Waived))
        .collect();
    let rows: Vec<_> = [Change::Introduced, Change::Worsened, Change::Existing, Change::Fixed]
        .into_iter()
        .filter(|change| counted.iter().any(|finding| finding.change == *change))
        .map(|change| count_row(&counted, change))
        .collect();
    (!rows.is_empty()).then(|| Block::Table {
        head: vec!["", "critical", "high", "medium", "low", "undetermined"],
        rows,
    })
}

fn count_row(findings: &[&Finding], change: Change) -> Vec<Line> {
    let cell = |number: usize| match number {
        0 => Line::from("–"),
        number => Line::from(number),
    };
    let of_change = || findings.iter().filter(|finding| finding.change == change);
    let is_open = |finding: &&&Finding| finding.outcome == Outcome::Undetermined;
    let known = |severity| {
        of_change()
            .filter(|finding| finding.severity == severity && !is_open(finding))
            .count()
    };
    std::iter::once(Line::from(words::change(change)))
        .chain(SEVERITIES.into_iter().map(known).map(cell))
        .chain([cell(of_change().filter(is_open).count())])
        .collect()
}

/// What it was judged by; in a terminal also the counts and what broke the gate, for its end is what is seen.
pub(super) fn closing(report: &Report, all_clear: bool, view: View) -> Vec<Block> {
    let gate = view.note(&words::gates(report));
    if !view.is_terminal() {
        return vec![Block::Facts(judged_by(report, gate, all_clear, view))];
    }
    let mut blocks = Vec::new();
    if !report.findings.is_empty() {
        blocks.push(Block::Counts(tallies(report)));
    }
    blocks.push(Block::Facts(vec![Line::from("gate: ") + gate]));
    blocks.extend(reasons(report, view));
    blocks
}

fn judged_by(report: &Report, gate: Line, all_clear: bool, view: View) -> Vec<Line> {
    let clear = all_clear.then(|| plan_names("All clear for plan", "All clear for plans", report, view));
    let mut facts: Vec<Line> = clear.flatten().into_iter().collect();
    facts.push(Line::from("Gate:").emphasised() + " " + gate);
    facts.extend(configurations(report, view));
    facts.push(view.plain(&format!("{} {}", report.tool.name, report.tool.version)));
    facts
}

/// The configuration files in force: whoever may change one has a say in the verdict.
fn configurations(report: &Report, view: View) -> Option<Line> {
    let mut all: Vec<Line> = Vec::new();
    for one in report.plans.iter().filter_map(|plan| plan.configuration.as_ref()) {
        let line = configured(one, view);
        if !all.contains(&line) {
            all.push(line);
        }
    }
    let any = !all.is_empty();
    let files = view.first(all.into_iter(), MOST_FILES, ", ", ", ");
    any.then(|| Line::from("Configuration:").emphasised() + " " + files)
}

fn tallies(report: &Report) -> Vec<Own> {
    let summary = &report.summary;
    let mut parts = vec![
        tallied(report, Outcome::Violation, "violations ", summary.violations),
        tallied(report, Outcome::Undetermined, "undetermined ", summary.undetermined),
        Own::from("advice ") + summary.advice,
        Own::from("fixed ") + summary.fixed,
    ];
    if summary.waived > 0 {
        parts.push(Own::from("waived ") + summary.waived);
    }
    parts
}

fn tallied(report: &Report, outcome: Outcome, name: &'static str, all: usize) -> Own {
    let by_change: Vec<Own> = [Change::Introduced, Change::Worsened, Change::Existing]
        .into_iter()
        .map(|change| (words::by_change(report, outcome, change), words::change(change)))
        .filter(|(number, _)| *number > 0)
        .map(|(number, change)| Own::from(number) + " " + change)
        .collect();
    let count = Own::from(name) + all;
    match by_change.is_empty() {
        true => count,
        false => count + ": " + Own::joined(by_change, ", "),
    }
}
