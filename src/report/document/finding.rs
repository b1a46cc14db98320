//! One finding, in full or as an entry of a list.

use super::inline::{Line, Own};
use super::{Block, Entry, Item, Lead, View, Whole};
use crate::report::arrange::{Group, Place};
use crate::report::diff;
use crate::report::repeat::{Fix, Repeats};
use crate::report::v1::{Candidate, Change, Evidence, Finding, Outcome, Report, SourceLocation, Waiver};
use crate::report::words;

/// The findings of one resource, the first with what is known of it.
pub(super) fn group<'a>(group: &Group<'a>, repeats: &mut Repeats<'a>, report: &Report, view: View) -> Vec<Item> {
    let resource = group.head().map(|head| {
        let facts = facts(head, view).into_iter();
        std::iter::once(subject(head, report, view)).chain(facts).collect()
    });
    let mut items: Vec<Whole> = group
        .findings
        .iter()
        .map(|finding| whole(finding, repeats, report, view))
        .collect();
    if let Some(first) = items.first_mut() {
        first.resource = resource;
    }
    items.into_iter().map(|whole| Item::Finding(Box::new(whole))).collect()
}

/// A finding with everything that supports it.
pub(super) fn whole<'a>(finding: &'a Finding, repeats: &mut Repeats<'a>, report: &Report, view: View) -> Whole {
    let body = body(finding, repeats, report, view);
    let first = repeats.reference(finding).is_some();
    // In a comment each finding is read by itself, in a terminal they are read in a row.
    let referred = !finding.reference.is_empty() && (first || !view.is_terminal());
    let controls = finding.controls.iter().take(view.items());
    Whole {
        severity: finding.severity,
        outcome: finding.outcome,
        title: view.title(&finding.title),
        rule: view.code(&finding.rule),
        subject: subject(finding, report, view),
        facts: facts(finding, view),
        resource: None,
        state: state(finding, view),
        body,
        location: finding.location.as_ref().map(|location| place(location, view)),
        controls: controls.map(|control| view.code(control)).collect(),
        reference: referred.then(|| view.link("reference", &finding.reference)),
    }
}

/// A finding as an entry of a list. Where a rule's demand comes from is told with its first one.
pub(super) fn entry<'a>(
    finding: &'a Finding,
    at: Place,
    repeats: &mut Repeats<'a>,
    report: &Report,
    view: View,
) -> Entry {
    let advice = finding.outcome == Outcome::Advice;
    let what = match finding.outcome {
        Outcome::Advice => view.said(&finding.message),
        Outcome::Undetermined => Line::from("Undetermined: ") + view.plain(&finding.title),
        _ => view.plain(&finding.title),
    };
    let part = part(finding).filter(|_| !advice);
    let mut source = vec![view.code(&finding.rule)];
    let first = !view.is_terminal() && repeats.reference(finding).is_some();
    if first {
        source.extend(
            finding
                .controls
                .iter()
                .take(view.items())
                .map(|control| view.code(control)),
        );
    }
    source.extend(finding.location.as_ref().map(|location| place(location, view)));
    if first {
        source.push(view.link("reference", &finding.reference));
    }
    Entry {
        lead: lead(finding, at),
        about: match words::names_itself(finding) {
            true => (report.plans.len() > 1).then(|| view.code(&finding.plan)),
            false => Some(subject(finding, report, view)),
        },
        text: match part {
            Some(part) => what + " (" + view.code(part) + ")",
            None => what,
        },
        details: finding
            .waiver
            .iter()
            .map(|waiver| (None, accepted(waiver, view)))
            .collect(),
        source,
    }
}

/// Advice has no severity that would matter to anyone.
fn lead(finding: &Finding, at: Place) -> Option<Lead> {
    match (at, &finding.waiver) {
        (Place::Advice, _) => None,
        (Place::Waived, Some(waiver)) => Some(Lead::Notice(words::days_left(waiver))),
        _ => Some(Lead::Severity(finding.severity)),
    }
}

/// The resource, with its plan where there are several.
pub(super) fn subject(finding: &Finding, report: &Report, view: View) -> Line {
    let address = match &finding.address {
        Some(address) => view.code(address).strong(),
        None => Line::from(words::whole(finding)),
    };
    match report.plans.len() > 1 && !finding.plan.is_empty() {
        true => view.code(&finding.plan) + " · " + address,
        false => address,
    }
}

/// What is known of the resource: its type where the address does not say it, what happens to it, its category and level.
fn facts(finding: &Finding, view: View) -> Vec<Line> {
    let address = finding.address.as_deref().unwrap_or_default();
    let kind = finding.resource_type.as_deref().filter(|kind| !address.contains(kind));
    let mut facts: Vec<Line> = kind.map(|kind| view.code(kind)).into_iter().collect();
    if !finding.actions.is_empty() {
        facts.push(view.plain(&words::actions(&finding.actions)));
    }
    let category = finding.category.as_ref().map(words::category);
    facts.extend(category.map(|category| view.plain(&category)));
    facts.extend(words::levels(finding).map(|levels| view.plain(&levels)));
    facts
}

/// The part, what the plan does to the finding, and what that means for the gate.
fn state(finding: &Finding, view: View) -> Vec<Line> {
    let mut state: Vec<Line> = part(finding).map(|part| view.code(part)).into_iter().collect();
    state.push(Line::from(words::change(finding.change)));
    let counts = matches!(finding.outcome, Outcome::Violation | Outcome::Undetermined);
    if finding.waiver.is_some() {
        state.push(Line::from("waived"));
    } else if counts && !finding.blocking && finding.change != Change::Existing {
        state.push(Line::from("does not block"));
    }
    state
}

fn part(finding: &Finding) -> Option<&str> {
    finding.part.as_deref().filter(|part| *part != "storage")
}

/// Where something is written.
pub(super) fn place(location: &SourceLocation, view: View) -> Line {
    view.code(&format!("{}:{}", location.file, location.line))
}

fn body<'a>(finding: &'a Finding, repeats: &mut Repeats<'a>, report: &Report, view: View) -> Vec<Block> {
    let paragraph = |label, text| Block::Paragraph { label, text };
    let labelled = |label, text| paragraph(Some(label), text);
    let mut body = Vec::new();
    if !finding.message.trim().is_empty() {
        body.push(paragraph(None, view.said(&finding.message)));
    }
    body.extend(repeats.why(finding).map(|why| labelled("Why", view.said(why))));
    body.extend(compared(finding, view));
    let evidence = finding.evidence.iter().take(view.items());
    body.extend(evidence.flat_map(|evidence| {
        [trace(evidence, view), candidates(evidence, view)]
            .into_iter()
            .flatten()
    }));
    body.extend(related(finding, view));
    body.extend(
        finding
            .settle
            .as_deref()
            .map(|settle| labelled("To settle it", view.said(settle))),
    );
    if let Some(waiver) = &finding.waiver {
        let left = Line::from(words::days_left(waiver)) + ": ";
        body.push(labelled("Waived", left + accepted(waiver, view)));
    }
    body.extend(fix(repeats.fix(finding), report, view));
    if view == View::Verbose {
        let policy = format!("{}:{}", finding.policy.file, finding.policy.line);
        body.push(labelled("Rule", view.code(&policy)));
    }
    body
}

fn compared(finding: &Finding, view: View) -> Option<Block> {
    let mut lines = diff::of(finding);
    let more = lines.len().saturating_sub(view.diff_lines());
    if more > 0 {
        lines.truncate(view.diff_lines());
        lines.push(diff::Line::more(more));
    }
    (!lines.is_empty()).then_some(Block::Diff(lines))
}

fn trace(evidence: &Evidence, view: View) -> Option<Block> {
    let mut steps: Vec<Line> = evidence
        .trace
        .iter()
        .take(view.items())
        .map(|step| view.code(step))
        .collect();
    let more = evidence.trace.len().saturating_sub(view.items());
    if more > 0 {
        steps.push(Line::from(more) + " more");
    }
    diff::has_trace(evidence).then_some(Block::Trace(steps))
}

/// A single candidate is what the attribute resolved to; the trace has said it.
fn candidates(evidence: &Evidence, view: View) -> Option<Block> {
    let all = &evidence.candidates;
    (all.len() > 1).then(|| Block::List {
        label: view.code(&diff::attribute_name(evidence)) + " may be one of",
        items: all.iter().take(view.items()).map(|one| candidate(one, view)).collect(),
        more: all.len().saturating_sub(view.items()),
    })
}

fn candidate(candidate: &Candidate, view: View) -> Line {
    let mut line = match candidate.address.as_ref() == Some(&candidate.what) {
        true => view.code(&candidate.what),
        false => view.said(&candidate.what),
    };
    let address = candidate.address.as_deref();
    if let Some(address) = address.filter(|address| !candidate.what.contains(*address)) {
        line = line + " (" + view.code(address) + ")";
    }
    match &candidate.level {
        Some(level) => line + " → " + view.plain(level),
        None => line,
    }
}

fn related(finding: &Finding, view: View) -> Option<Block> {
    let all = &finding.related;
    (!all.is_empty()).then(|| Block::List {
        label: Line::from("Concerns"),
        items: all
            .iter()
            .take(view.items())
            .map(|related| view.code(&related.address) + " " + view.said(&related.note))
            .collect(),
        more: all.len().saturating_sub(view.items()),
    })
}

fn fix(fix: Fix<'_>, report: &Report, view: View) -> Option<Block> {
    match fix {
        Fix::None => None,
        Fix::As(first) => Some(Block::Paragraph {
            label: Some("Fix"),
            text: Line::from("as for ") + subject(first, report, view) + ", above",
        }),
        Fix::Whole(text) => Some(Block::Code {
            label: "Fix",
            text: view.fix(text),
        }),
    }
}

/// Why it is accepted, by whom, for how long.
fn accepted(waiver: &Waiver, view: View) -> Line {
    let mut terms = vec![
        view.plain(&waiver.owner),
        Line::from(Own::from("until ")) + view.plain(&waiver.expires),
    ];
    terms.extend(waiver.location.as_ref().map(|location| place(location, view)));
    terms.extend(waiver.link.as_deref().map(|link| view.link("link", link)));
    view.said(&waiver.reason) + " (" + Line::joined(terms, ", ") + ")"
}
