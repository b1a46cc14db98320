//! Lists, laid out in columns.

use anstyle::Style;

use super::inline::bare;
use super::page::{BOLD, DIM, Page, YELLOW, paint, severity_style};
use crate::report::document::inline::Line;
use crate::report::document::{Entry, Lead};
use crate::report::words;

/// Longer subjects push their line's columns aside.
const ABOUT_WIDTH: usize = 60;

/// Entries, their first columns as wide as the widest of them.
pub(super) fn write(page: &mut Page, entries: &[&Entry]) {
    let widest = |width: &dyn Fn(&Entry) -> usize| entries.iter().map(|entry| width(entry)).max().unwrap_or_default();
    let lead_width = widest(&|entry| lead(entry).0.chars().count());
    let about_width = widest(&|entry| about(entry).chars().count()).min(ABOUT_WIDTH);
    for entry in entries {
        let (lead, style) = lead(entry);
        let columns = [
            (lead_width > 0).then(|| paint(style, &format!("{lead:lead_width$}"))),
            (about_width > 0).then(|| paint(BOLD, &format!("{:about_width$}", about(entry)))),
            Some(bare(&entry.text)),
            source(&entry.source),
        ];
        let columns: Vec<String> = columns.into_iter().flatten().collect();
        page.line(2, &columns.join("  "));
        for (label, text) in &entry.details {
            let label = label.map(|label| format!("{label}:")).unwrap_or_default();
            page.labelled(6, &label, Style::new(), &bare(text));
        }
    }
}

fn lead(entry: &Entry) -> (String, Style) {
    match &entry.lead {
        None => (String::new(), Style::new()),
        Some(Lead::Severity(severity)) => (words::severity(*severity).to_owned(), severity_style(*severity)),
        Some(Lead::Notice(own)) => (own.to_string(), YELLOW),
        Some(Lead::Number(own)) => (own.to_string(), Style::new()),
    }
}

fn about(entry: &Entry) -> String {
    entry.about.as_ref().map(bare).unwrap_or_default()
}

fn source(lines: &[Line]) -> Option<String> {
    let lines: Vec<String> = lines.iter().map(bare).collect();
    (!lines.is_empty()).then(|| paint(DIM, &lines.join("  ")))
}
