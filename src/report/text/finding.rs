//! One resource's findings in full.

use super::page::{BOLD, CYAN, DIM, GREEN, Page, RED, paint, severity_style};
use super::{View, subject};
use crate::report::arrange::{Group, Place};
use crate::report::diff::{self, Tag};
use crate::report::escape::{prose, visible, visible_lines};
use crate::report::repeat::{Fix, Repeats};
use crate::report::v1::{Candidate, Evidence, Finding, Outcome, Waiver};
use crate::report::words;

/// Traces up to this length stand on one line.
const TRACE_WIDTH: usize = 100;
const INDENT: usize = 4;
/// The most related resources or candidates that are listed unless everything is asked for.
const MOST_ITEMS: usize = 12;

/// The resource: address, what happens to it, its category and level.
pub(super) fn header(page: &mut Page, group: &Group<'_>, view: View) {
    let Some(head) = group.head() else { return };
    let mut facts = Vec::new();
    if let Some(kind) = head
        .resource_type
        .as_deref()
        .filter(|kind| !head.address.as_deref().unwrap_or_default().contains(*kind))
    {
        facts.push(visible(kind));
    }
    if !head.actions.is_empty() {
        facts.push(visible(&words::actions(&head.actions)));
    }
    facts.extend(head.category.as_ref().map(|category| prose(&words::category(category))));
    facts.extend(words::levels(head).map(|level| visible(&level)));
    let facts: String = facts
        .iter()
        .map(|fact| format!("{} {fact}", paint(DIM, " ·")))
        .collect();
    page.line(0, &format!("{}{facts}", paint(BOLD, &subject(head, view.name_plan))));
}

/// One finding under its resource's header.
pub(super) fn whole<'a>(page: &mut Page, finding: &'a Finding, repeats: &mut Repeats<'a>, view: View) {
    page.line(2, &label(finding));
    page.labelled(INDENT, "", anstyle::Style::new(), &prose(&finding.message));
    diff_lines(page, finding);
    for evidence in &finding.evidence {
        trace(page, evidence);
        candidates(page, evidence, view);
    }
    related(page, finding, view);
    if let Some(settle) = &finding.settle {
        page.labelled(INDENT, "to settle it:", anstyle::Style::new(), &prose(settle));
    }
    if let Some(why) = repeats.why(finding) {
        page.labelled(INDENT, "why:", DIM, &prose(why));
    }
    fix(page, repeats.fix(finding), view);
    closing(page, finding, repeats, view);
}

/// What a finding says in a list of many.
pub(super) fn one_line(finding: &Finding, place: Place) -> String {
    let part = finding
        .part
        .as_deref()
        .filter(|part| *part != "storage")
        .map(|part| format!(" ({})", visible(part)))
        .unwrap_or_default();
    match (place, &finding.waiver) {
        (Place::Waived, Some(waiver)) => {
            format!("{}{part}: {}", prose(&finding.title), accepted(waiver))
        }
        (Place::Advice, _) => prose(&finding.message),
        _ if finding.outcome == Outcome::Undetermined => format!("Undetermined: {}{part}", prose(&finding.title)),
        _ => format!("{}{part}", prose(&finding.title)),
    }
}

/// Where it is mended in the source.
pub(super) fn place(finding: &Finding) -> Option<String> {
    let location = finding.location.as_ref()?;
    Some(format!("{}:{}", visible(&location.file), location.line))
}

fn label(finding: &Finding) -> String {
    let severity = paint(
        severity_style(finding.severity),
        &words::severity(finding.severity).to_uppercase(),
    );
    let kind = match finding.outcome {
        Outcome::Violation => "",
        Outcome::Undetermined => " undetermined",
        Outcome::Advice => " advice",
        Outcome::Pass => " passes now",
    };
    let mut parts = vec![format!("{severity}{kind} {}", visible(&finding.rule))];
    parts.extend(finding.part.as_deref().filter(|part| *part != "storage").map(visible));
    parts.push(words::change(finding.change).to_owned());
    if finding.waiver.is_some() {
        parts.push("waived".to_owned());
    } else if !finding.blocking && matches!(finding.outcome, Outcome::Violation | Outcome::Undetermined) {
        parts.push("does not block".to_owned());
    }
    let controls = finding
        .controls
        .iter()
        .map(|control| visible(control))
        .collect::<Vec<_>>()
        .join(", ");
    parts.extend(place(finding));
    let separator = paint(DIM, " · ");
    if controls.is_empty() {
        parts.join(&separator)
    } else {
        format!("{}{separator}{}", parts.join(&separator), paint(DIM, &controls))
    }
}

fn diff_lines(page: &mut Page, finding: &Finding) {
    for line in diff::of(finding) {
        let style = match line.tag {
            Tag::Headline => CYAN,
            Tag::Same => DIM,
            Tag::Remove => RED,
            Tag::Add => GREEN,
        };
        let text = if line.tag == Tag::Headline {
            format!("{}:", line.text)
        } else {
            format!("{} {}", line.sign(), line.text)
        };
        let indent = if line.tag == Tag::Headline { INDENT } else { INDENT + 2 };
        page.line(indent, &paint(style, &text));
    }
}

fn trace(page: &mut Page, evidence: &Evidence) {
    if !diff::has_trace(evidence) {
        return;
    }
    let steps: Vec<String> = evidence.trace.iter().map(|step| visible(step)).collect();
    let line = steps.join(" ← ");
    if line.chars().count() <= TRACE_WIDTH {
        page.line(INDENT, &format!("{} {line}", paint(DIM, "from:")));
        return;
    }
    page.line(INDENT, &paint(DIM, "from:"));
    for (index, step) in steps.iter().enumerate() {
        let arrow = if index == 0 { "" } else { "← " };
        page.line(INDENT + 2, &format!("{arrow}{step}"));
    }
}

fn candidates(page: &mut Page, evidence: &Evidence, view: View) {
    // A single candidate is what the attribute resolved to; the trace has said it.
    if evidence.candidates.len() < 2 {
        return;
    }
    page.line(
        INDENT,
        &paint(DIM, &format!("{} may be one of:", diff::attribute_name(evidence))),
    );
    let shown = if view.verbose {
        evidence.candidates.len()
    } else {
        MOST_ITEMS
    };
    for candidate in evidence.candidates.iter().take(shown) {
        page.line(INDENT + 2, &candidate_text(candidate));
    }
    more(page, evidence.candidates.len(), shown);
}

fn candidate_text(candidate: &Candidate) -> String {
    let level = candidate
        .level
        .as_deref()
        .map(|level| format!(" → {}", visible(level)))
        .unwrap_or_default();
    let address = candidate
        .address
        .as_deref()
        .filter(|address| !candidate.what.contains(*address));
    let address = address
        .map(|address| format!(" ({})", visible(address)))
        .unwrap_or_default();
    format!("• {}{address}{level}", prose(&candidate.what))
}

fn related(page: &mut Page, finding: &Finding, view: View) {
    if finding.related.is_empty() {
        return;
    }
    page.line(INDENT, &paint(DIM, "concerns:"));
    let shown = if view.verbose {
        finding.related.len()
    } else {
        MOST_ITEMS
    };
    for related in finding.related.iter().take(shown) {
        page.line(
            INDENT + 2,
            &format!("• {}  {}", visible(&related.address), paint(DIM, &prose(&related.note))),
        );
    }
    more(page, finding.related.len(), shown);
}

fn more(page: &mut Page, all: usize, shown: usize) {
    if all > shown {
        page.line(
            INDENT + 2,
            &paint(DIM, &format!("… and {} more (-v shows all)", all - shown)),
        );
    }
}

fn fix(page: &mut Page, fix: Fix<'_>, view: View) {
    match fix {
        Fix::None => {}
        Fix::As(first) => page.line(
            INDENT,
            &format!(
                "{} as for {}, above",
                paint(DIM, "fix:"),
                subject(first, view.name_plan)
            ),
        ),
        Fix::Whole(text) => {
            page.line(INDENT, &paint(DIM, "fix:"));
            for line in visible_lines(text) {
                page.line(INDENT + 2, &line);
            }
        }
    }
}

fn closing<'a>(page: &mut Page, finding: &'a Finding, repeats: &mut Repeats<'a>, view: View) {
    if let Some(waiver) = &finding.waiver {
        let text = format!("{}: {}", words::days_left(waiver), accepted(waiver));
        page.labelled(INDENT, "waived:", anstyle::Style::new(), &text);
    }
    if let Some(reference) = repeats.reference(finding) {
        page.line(INDENT, &paint(DIM, &format!("see: {}", visible(reference))));
    }
    if view.verbose {
        page.line(
            INDENT,
            &paint(
                DIM,
                &format!("rule: {}:{}", visible(&finding.policy.file), finding.policy.line),
            ),
        );
    }
}

/// Why it is accepted, by whom, for how long.
pub(super) fn accepted(waiver: &Waiver) -> String {
    let mut terms = vec![prose(&waiver.owner), format!("until {}", visible(&waiver.expires))];
    terms.extend(
        waiver
            .location
            .as_ref()
            .map(|place| format!("{}:{}", visible(&place.file), place.line)),
    );
    terms.extend(waiver.link.as_deref().map(visible));
    format!("{} ({})", prose(&waiver.reason), terms.join(", "))
}
