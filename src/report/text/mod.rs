//! The report for a terminal.
//!
//! Always styled: the caller takes the styling away where the output is not a terminal.

mod block;
mod entry;
mod inline;
pub(super) mod page;

use super::document::{self, Document, Item, Section, View};
use super::v1::Report;
use super::words;
use page::{BOLD, Page, paint, verdict_style};

/// How much to show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TextOptions {
    /// Show every finding in full, and everything about the plans.
    pub verbose: bool,
    /// Show the verdict and one line for each finding that blocks; wins over `verbose`.
    pub quiet: bool,
}

/// Renders the report for a terminal.
#[must_use]
pub fn render(report: &Report, options: TextOptions) -> String {
    let view = match (options.quiet, options.verbose) {
        (true, _) => View::Quiet,
        (false, true) => View::Verbose,
        (false, false) => View::Terminal,
    };
    let document = document::of(report, view);
    let mut page = Page::default();
    let word = paint(verdict_style(document.verdict), words::verdict(document.verdict));
    page.line(0, &format!("{} {word} · {}", paint(BOLD, "planseal:"), document.tally));
    lay_out(&mut page, &document);
    page.finish()
}

fn lay_out(page: &mut Page, document: &Document) {
    for note in &document.notes {
        block::write(page, 0, note, document.verdict);
    }
    for section in &document.sections {
        write_section(page, section, document);
    }
    if !document.closing.is_empty() {
        page.blank();
    }
    for closing in &document.closing {
        block::write(page, 0, closing, document.verdict);
    }
}

fn write_section(page: &mut Page, section: &Section, document: &Document) {
    if let Some(title) = &section.title {
        page.blank();
        page.line(0, &paint(BOLD, title.as_str()));
    }
    let mut entries = Vec::new();
    for item in &section.items {
        match item {
            Item::Finding(finding) => block::finding(page, finding, document.verdict),
            Item::Entry(entry) => entries.push(entry),
            Item::Picture { words, .. } => entries.extend(words),
        }
    }
    entry::write(page, &entries);
}
