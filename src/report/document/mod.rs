//! The report as a document: what is said, in which order and in which kind of block, before any format.
//!
//! [`of`] builds the tree from a report, once for each [`View`]; the writers (`markdown`, `text`, `html`) lay it out. What
//! came from a plan stays [`Untrusted`](super::escape::Untrusted) in the tree, so that no writer can forget to escape it.

mod finding;
mod head;
pub(super) mod inline;
mod keys;
mod metrics;
mod settings;
mod view;

use super::arrange::{Place, by_resource, in_place};
use super::diff;
use super::escape::Untrusted;
use super::repeat::Repeats;
use super::v1::{Finding, Outcome, Report, Severity, Verdict};
use super::words;
use inline::{Line, Own};
pub(super) use view::View;

/// A report, ready to be laid out.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) verdict: Verdict,
    /// What was judged and what came of it.
    pub(super) tally: Own,
    /// What a reader must know first, most important first.
    pub(super) notes: Vec<Block>,
    /// The findings and what else there is, most important first.
    pub(super) sections: Vec<Section>,
    /// What it was judged by.
    pub(super) closing: Vec<Block>,
}

/// Things of one kind.
#[derive(Debug)]
pub(super) struct Section {
    /// The word for what is in it, where some of it is left out.
    pub(super) name: &'static str,
    /// The line above it, or to unfold it; the findings that come first have none.
    pub(super) title: Option<Own>,
    /// What is shown or left out as a whole.
    pub(super) items: Vec<Item>,
}

/// One thing of a section.
#[derive(Debug)]
pub(super) enum Item {
    /// A finding with everything that supports it.
    Finding(Box<Whole>),
    /// A line of a list.
    Entry(Entry),
    /// A picture, with what it shows in words.
    Picture {
        /// A Mermaid flowchart.
        diagram: Untrusted,
        words: Vec<Entry>,
    },
}

/// A finding in full.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) severity: Severity,
    pub(super) outcome: Outcome,
    pub(super) title: Untrusted,
    pub(super) rule: Line,
    /// The resource with its plan.
    pub(super) subject: Line,
    /// What is known of the resource.
    pub(super) facts: Vec<Line>,
    /// The same for all findings of a resource that stand together, at the first of them.
    pub(super) resource: Option<Vec<Line>>,
    /// The part, what the plan does to the finding, and what that means for the gate.
    pub(super) state: Vec<Line>,
    pub(super) body: Vec<Block>,
    pub(super) location: Option<Line>,
    pub(super) controls: Vec<Line>,
    /// Where the demand comes from, where that is to be told here.
    pub(super) reference: Option<Line>,
}

/// A line of a list; in a terminal its pieces are columns.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) lead: Option<Lead>,
    /// The resource with its plan, where the text does not say it.
    pub(super) about: Option<Line>,
    pub(super) text: Line,
    /// Longer sentences that belong to it, with their labels.
    pub(super) details: Vec<(Option<&'static str>, Line)>,
    /// Rule and place.
    pub(super) source: Vec<Line>,
}

/// What a list is looked through for.
#[derive(Debug)]
pub(super) enum Lead {
    Severity(Severity),
    /// Something to look at.
    Notice(Own),
    /// A number.
    Number(Own),
}

/// A part of a document.
#[derive(Debug)]
pub(super) enum Block {
    /// What a reader must not miss.
    Alert(Line),
    Paragraph {
        label: Option<&'static str>,
        text: Line,
    },
    /// Short things that stand side by side.
    Facts(Vec<Line>),
    /// How many of what, as a last line.
    Counts(Vec<Own>),
    List {
        label: Line,
        items: Vec<Line>,
        /// How many more there are.
        more: usize,
    },
    /// Lines of a list that stand outside of a section.
    Entries {
        entries: Vec<Entry>,
        /// How many more there are.
        more: usize,
    },
    /// Where a value comes from, step by step.
    Trace(Vec<Line>),
    Diff(Vec<diff::Line>),
    /// HCL.
    Code {
        label: &'static str,
        text: Untrusted,
    },
    /// The first column holds words, the others numbers.
    Table {
        head: Vec<&'static str>,
        rows: Vec<Vec<Line>>,
    },
    /// An input that could not be read, and what to do.
    Unread {
        what: Line,
        help: Option<Line>,
    },
    /// What broke the gate, one by one.
    Reasons(Vec<Line>),
}

impl Block {
    fn text(text: Line) -> Self {
        Self::Paragraph { label: None, text }
    }
}

/// Builds the document of a report.
pub(super) fn of(report: &Report, view: View) -> Document {
    if view == View::Quiet {
        return quiet(report);
    }
    let mut repeats = Repeats::default();
    // In the order of importance, because a fix is told where it is needed first and what comes last is left out first.
    let places = [
        Place::Main,
        Place::Minor,
        Place::Existing,
        Place::Advice,
        Place::Waived,
        Place::Fixed,
    ];
    let mut sections: Vec<Section> = places
        .into_iter()
        .map(|place| section(report, place, &mut repeats, view))
        .collect();
    let notes = head::notes(report, view);
    sections.push(metrics::section(report, view));
    // Where all is clear, two lines say so.
    sections.extend((!notes.is_empty()).then(|| keys::section(report, view)));
    sections.push(settings::in_force(report, view));
    sections.retain(|section| !section.items.is_empty());
    Document {
        verdict: report.verdict,
        tally: words::tally(report),
        closing: head::closing(report, notes.is_empty(), view),
        notes,
        sections,
    }
}

/// The verdict, and a line for what led to it.
fn quiet(report: &Report) -> Document {
    let view = View::Quiet;
    let blocking = in_place(report, Place::Main).into_iter();
    let blocking = blocking.filter(|finding| finding.blocking);
    let entry = |finding| {
        Item::Entry(finding::entry(
            finding,
            Place::Main,
            &mut Repeats::default(),
            report,
            view,
        ))
    };
    Document {
        verdict: report.verdict,
        tally: words::tally(report),
        notes: head::obstacles(report, view),
        sections: vec![Section {
            name: name(Place::Main),
            title: None,
            items: blocking.map(entry).collect(),
        }],
        closing: Vec::new(),
    }
}

fn section<'a>(report: &'a Report, place: Place, repeats: &mut Repeats<'a>, view: View) -> Section {
    let findings = in_place(report, place);
    let items = if !view.is_whole(place) {
        let entry = |finding: &&'a Finding| Item::Entry(finding::entry(finding, place, repeats, report, view));
        findings.iter().map(entry).collect()
    } else if view.is_terminal() {
        let groups = by_resource(report, &findings);
        groups
            .iter()
            .flat_map(|group| finding::group(group, repeats, report, view))
            .collect()
    } else {
        let whole = |finding: &&'a Finding| Item::Finding(Box::new(finding::whole(finding, repeats, report, view)));
        findings.iter().map(whole).collect()
    };
    Section {
        name: name(place),
        title: title(report, place, &findings),
        items,
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

fn title(report: &Report, place: Place, findings: &[&Finding]) -> Option<Own> {
    let number = findings.len();
    let count = |one, many| words::count(number, one, many);
    Some(match place {
        Place::Main => return None,
        Place::Minor => count("new finding", "new findings") + " below the gate's severity",
        Place::Existing => count("existing finding", "existing findings") + " that this plan does not make worse",
        Place::Advice => count("piece of advice", "pieces of advice") + " (never blocks)",
        Place::Waived => accepted(report, findings),
        Place::Fixed => count("finding fixed", "findings fixed") + " by this plan",
    })
}

/// Accepted findings come with the one that expires first in front.
fn accepted(report: &Report, findings: &[&Finding]) -> Own {
    let mut title = Own::from("Accepted exceptions");
    if let Some(day) = report.today.as_deref().and_then(Own::date) {
        title = title + " on " + day;
    }
    title = title + ": " + words::count(findings.len(), "finding", "findings");
    match findings.first().and_then(|finding| finding.waiver.as_ref()) {
        Some(first) => title + " (" + words::days_left(first) + " for the first)",
        None => title,
    }
}
