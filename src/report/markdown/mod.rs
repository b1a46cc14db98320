//! The report as GitHub Flavored Markdown, for a pull request's comment.

mod block;
mod head;
mod metrics;
mod page;
mod settings;

use super::arrange::{Place, in_place};
use super::escape::fenced;
use super::mermaid;
use super::repeat::Repeats;
use super::v1::{Finding, Report};
use super::words::{count, days_left};
use page::{Page, Section};

/// The most bytes of a comment: below GitHub's 65,536 in bytes, characters and UTF-16 units alike.
pub const COMMENT_LIMIT: usize = 65_000;

/// Renders the report as Markdown of at most `limit` bytes.
///
/// What does not fit is left out in whole findings, least important first, and counted. Below about a thousand bytes
/// only the verdict is left.
#[must_use]
pub fn render(report: &Report, limit: usize) -> String {
    let mut repeats = Repeats::default();
    // In the order of importance, because a fix is told where it is needed first and what comes last is left out first.
    let sections = [
        Place::Main,
        Place::Minor,
        Place::Existing,
        Place::Advice,
        Place::Waived,
        Place::Fixed,
    ];
    let found = sections.into_iter().map(|place| section(report, place, &mut repeats));
    let page = Page {
        verdict: head::verdict(report),
        notes: head::notes(report),
        sections: found
            .chain(metrics::unmet(report))
            .chain(picture(report))
            .chain(settings::in_force(report))
            .collect(),
        closing: head::closing(report),
    };
    page.fit(limit)
}

/// The key hierarchy as a picture.
fn picture(report: &Report) -> Option<Section> {
    let diagram = mermaid::diagram(report)?;
    Some(Section {
        name: "picture of the keys",
        summary: Some("Which key protects what".to_owned()),
        blocks: vec![fenced("mermaid", &diagram)],
    })
}

fn section<'a>(report: &'a Report, place: Place, repeats: &mut Repeats<'a>) -> Section {
    let findings = in_place(report, place);
    let name_plan = report.plans.len() > 1;
    let blocks = findings.iter().map(|finding| match place {
        Place::Main | Place::Minor | Place::Existing => block::whole(finding, repeats, name_plan),
        Place::Advice | Place::Waived | Place::Fixed => block::item(finding, repeats, name_plan),
    });
    Section {
        name: name(place),
        blocks: blocks.collect(),
        summary: summary(place, &findings),
    }
}

fn name(place: Place) -> &'static str {
    match place {
        Place::Main => "new",
        Place::Minor => "new below the gate",
        Place::Existing => "existing",
        Place::Advice => "advice",
        Place::Waived => "waived",
        Place::Fixed => "fixed",
    }
}

/// The line to unfold, numbers and constants only; the main findings are not folded.
fn summary(place: Place, findings: &[&Finding]) -> Option<String> {
    let number = findings.len();
    match place {
        Place::Main => None,
        Place::Minor => Some(format!(
            "{} below the gate's severity",
            count(number, "new finding", "new findings")
        )),
        Place::Existing => Some(format!(
            "{} that this plan does not make worse",
            count(number, "existing finding", "existing findings")
        )),
        Place::Advice => Some(format!(
            "{} (never blocks)",
            count(number, "piece of advice", "pieces of advice")
        )),
        Place::Waived => Some(accepted(findings)),
        Place::Fixed => Some(format!(
            "{} by this plan",
            count(number, "finding fixed", "findings fixed")
        )),
    }
}

/// Accepted findings come with the one that expires first in front.
fn accepted(findings: &[&Finding]) -> String {
    let first = findings.first().and_then(|finding| finding.waiver.as_ref());
    let first = first
        .map(|waiver| format!(" ({} for the first)", days_left(waiver)))
        .unwrap_or_default();
    let number = count(findings.len(), "finding", "findings");
    format!("Accepted exceptions: {number}{first}")
}
