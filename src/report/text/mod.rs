//! The report for a terminal.
//!
//! Always styled: the caller takes the styling away where the output is not a terminal.

mod finding;
mod metrics;
pub(super) mod page;
mod settings;
mod summary;

use super::arrange::{Place, by_resource, in_place};
use super::escape::{prose, visible};
use super::repeat::Repeats;
use super::v1::{Finding, Report};
use super::words;
use page::{BOLD, DIM, Page, YELLOW, paint};

/// Longer subjects push their line's columns aside.
const SUBJECT_WIDTH: usize = 60;

/// How much to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextOptions {
    /// Show every finding in full, and everything about the plans.
    pub verbose: bool,
    /// Show the verdict and one line for each finding that blocks; wins over `verbose`.
    pub quiet: bool,
}

/// What decides how a finding is shown.
#[derive(Clone, Copy)]
struct View {
    verbose: bool,
    /// Whether there are several plans, so that an address alone says too little.
    name_plan: bool,
}

/// Renders the report for a terminal.
#[must_use]
pub fn render(report: &Report, options: TextOptions) -> String {
    let mut page = Page::default();
    summary::verdict(&mut page, report);
    if options.quiet {
        quiet(&mut page, report);
        return page.finish();
    }
    settings::of_note(&mut page, report, options.verbose);
    summary::inputs(&mut page, report, options.verbose);
    let mut repeats = Repeats::default();
    resources(&mut page, report, Place::Main, &mut repeats, options.verbose);
    for place in [
        Place::Minor,
        Place::Existing,
        Place::Advice,
        Place::Waived,
        Place::Fixed,
    ] {
        let findings = in_place(report, place);
        if !findings.is_empty() {
            page.blank();
            page.line(0, &paint(BOLD, &heading(report, place, findings.len())));
            if options.verbose {
                resources(&mut page, report, place, &mut repeats, true);
            } else if place == Place::Waived {
                settings::accepted(&mut page, &findings, report.plans.len() > 1);
            } else {
                compact(&mut page, place, &findings, report.plans.len() > 1);
            }
        }
    }
    settings::in_force(&mut page, report, options.verbose);
    metrics::shown(&mut page, report, options.verbose);
    summary::counts(&mut page, report);
    page.finish()
}

fn quiet(page: &mut Page, report: &Report) {
    for unread in &report.unread {
        page.line(
            2,
            &format!("{} {}", summary::error_label(), summary::unread_text(unread)),
        );
    }
    for note in report.plans.iter().flat_map(|plan| &plan.notes) {
        page.labelled(2, "note:", YELLOW, &prose(note));
    }
    let blocking: Vec<&Finding> = in_place(report, Place::Main)
        .into_iter()
        .filter(|finding| finding.blocking)
        .collect();
    compact(page, Place::Main, &blocking, report.plans.len() > 1);
}

fn resources<'a>(page: &mut Page, report: &'a Report, place: Place, repeats: &mut Repeats<'a>, verbose: bool) {
    let view = View {
        verbose,
        name_plan: report.plans.len() > 1,
    };
    let findings = in_place(report, place);
    for group in by_resource(report, &findings) {
        page.blank();
        finding::header(page, &group, view);
        for finding in &group.findings {
            finding::whole(page, finding, repeats, view);
        }
    }
}

fn compact(page: &mut Page, place: Place, findings: &[&Finding], name_plan: bool) {
    let longest =
        |length: &dyn Fn(&Finding) -> usize| findings.iter().map(|finding| length(finding)).max().unwrap_or_default();
    let severity_width = longest(&|finding| words::severity(finding.severity).len());
    let subject_of = |finding: &Finding| match (words::names_itself(finding), name_plan) {
        (false, _) => subject(finding, name_plan),
        (true, true) => visible(&finding.plan),
        (true, false) => String::new(),
    };
    let subject_width = longest(&|finding| subject_of(finding).chars().count()).min(SUBJECT_WIDTH);
    for finding in findings {
        let severity = format!("{:severity_width$}", words::severity(finding.severity));
        let label = paint(page::severity_style(finding.severity), &severity);
        let rule = [Some(visible(&finding.rule)), finding::place(finding)];
        let rule = paint(DIM, &rule.into_iter().flatten().collect::<Vec<_>>().join("  "));
        let said = format!("{}  {rule}", finding::one_line(finding, place));
        if subject_width == 0 {
            page.line(2, &format!("{label}  {said}"));
        } else {
            let subject = paint(BOLD, &format!("{:subject_width$}", subject_of(finding)));
            page.line(2, &format!("{label}  {subject}  {said}"));
        }
    }
}

/// The resource, with its plan where there are several.
fn subject(finding: &Finding, name_plan: bool) -> String {
    let address = finding
        .address
        .as_deref()
        .map_or_else(|| words::whole(finding).to_owned(), visible);
    if name_plan && !finding.plan.is_empty() {
        format!("{} · {address}", visible(&finding.plan))
    } else {
        address
    }
}

fn heading(report: &Report, place: Place, number: usize) -> String {
    match place {
        Place::Main => words::count(number, "finding", "findings"),
        Place::Minor => format!("New, but below the gate's severity ({number})"),
        Place::Existing => format!("Existing, not made worse by this plan ({number})"),
        Place::Advice => format!("Advice, never blocks ({number})"),
        Place::Waived => match &report.today {
            Some(today) => format!("Accepted exceptions on {} ({number})", visible(today)),
            None => format!("Accepted exceptions ({number})"),
        },
        Place::Fixed => format!("Fixed by this plan ({number})"),
    }
}
