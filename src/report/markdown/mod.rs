//! The report as GitHub Flavored Markdown, for a pull request's comment.

mod block;
mod inline;
mod page;

use super::document::{self, Document, View};
use super::v1::{Report, Verdict};
use super::words;
use page::{Page, Section};

pub(super) use block::{item, list, whole_block};

/// The most bytes of a comment: below GitHub's 65,536 in bytes, characters and UTF-16 units alike.
pub const COMMENT_LIMIT: usize = 65_000;

/// Renders the report as Markdown of at most `limit` bytes.
///
/// What does not fit is left out in whole findings, least important first, and counted. Below about a thousand bytes
/// only the verdict is left.
#[must_use]
pub fn render(report: &Report, limit: usize) -> String {
    page(&document::of(report, View::Page), limit).fit(limit)
}

fn page(document: &Document, limit: usize) -> Page {
    let sections = document.sections.iter().map(|section| Section {
        name: section.name,
        summary: section.title.clone(),
        blocks: section.items.iter().map(item).collect(),
    });
    Page {
        verdict: verdict(document),
        notes: document.notes.iter().flat_map(block::pieces).collect(),
        sections: sections.collect(),
        closing: document.closing.iter().map(whole_block).collect(),
        elsewhere: elsewhere(limit),
    }
}

/// The verdict: numbers and constants only.
pub(super) fn verdict(document: &Document) -> String {
    let sign = match document.verdict {
        Verdict::Pass => "✅",
        Verdict::Fail => "❌",
        Verdict::Undetermined => "❔",
    };
    format!(
        "### {sign} planseal: {} · {}\n",
        words::verdict(document.verdict),
        document.tally
    )
}

/// Where the rest is, for a comment and for what is larger than one.
fn elsewhere(limit: usize) -> &'static str {
    if limit <= COMMENT_LIMIT {
        "The job's summary holds more, the JSON report all of it."
    } else {
        "The JSON report holds all of it."
    }
}
