//! Blocks, each with the blank line that parts it from what stands above.

use super::inline::{cell, facts, line};
use crate::report::diff::{self, Tag};
use crate::report::document::inline::{Line, Own};
use crate::report::document::{Block, Entry, Item, Lead, Whole};
use crate::report::escape::fenced;
use crate::report::v1::{Outcome, Severity};
use crate::report::words;

/// A chain longer than this, in characters, is shown as a list.
const TRACE_WIDTH: usize = 130;

/// A thing of a section.
pub(in crate::report) fn item(item: &Item) -> String {
    match item {
        Item::Finding(finding) => whole(finding),
        Item::Entry(one) => entry(one),
        Item::Picture { diagram, .. } => diagram.fenced("mermaid"),
    }
}

/// Lines of a list.
pub(in crate::report) fn list(entries: &[Entry]) -> String {
    entries.iter().map(entry).collect()
}

/// A block in the pieces that may be left out one by one.
pub(super) fn pieces(block: &Block) -> Vec<String> {
    match block {
        Block::Entries { entries, more } => {
            let mut pieces: Vec<String> = entries.iter().map(entry).collect();
            pieces.extend(and_more(*more));
            if let Some(first) = pieces.first_mut() {
                first.insert(0, '\n');
            }
            pieces
        }
        other => vec![whole_block(other)],
    }
}

/// A block in one piece.
pub(in crate::report) fn whole_block(block: &Block) -> String {
    match block {
        Block::Alert(text) => format!("\n❗ {}\n", line(text)),
        Block::Paragraph { label, text } => paragraph(*label, &line(text)),
        Block::Facts(all) => paragraph(None, &facts(all)),
        Block::Counts(all) => paragraph(None, Own::joined(all.iter().cloned(), " · ").as_str()),
        Block::List { label, items, more } => {
            let items: String = items.iter().map(|item| format!("- {}\n", line(item))).collect();
            let more = and_more(*more).unwrap_or_default();
            format!("\n{}:\n\n{items}{more}", line(label))
        }
        Block::Entries { .. } => pieces(block).concat(),
        Block::Trace(steps) => trace(steps),
        Block::Diff(lines) => diff(lines),
        Block::Code { label, text } => format!("\n**{label}:**\n\n{}", text.fenced("hcl")),
        Block::Table { head, rows } => table(head, rows),
        Block::Unread { what, help } => {
            let help = help
                .as_ref()
                .map(|help| format!(" Help: {}", line(help)))
                .unwrap_or_default();
            format!("\n❗ **Not readable:** {}.{help}\n", line(what))
        }
        Block::Reasons(reasons) => {
            let reasons: String = reasons.iter().map(|reason| format!("- {}\n", line(reason))).collect();
            format!("\n{reasons}")
        }
    }
}

fn whole(finding: &Whole) -> String {
    let (sign, severity) = match finding.severity {
        Severity::Critical => ("🔴", "Critical"),
        Severity::High => ("🟠", "High"),
        Severity::Medium => ("🟡", "Medium"),
        Severity::Low => ("🔵", "Low"),
    };
    let kind = match finding.outcome {
        Outcome::Undetermined => ", undetermined",
        Outcome::Violation | Outcome::Advice | Outcome::Pass => "",
    };
    let about = std::iter::once(&finding.subject)
        .chain(&finding.facts)
        .chain(&finding.state);
    let body: String = finding.body.iter().map(whole_block).collect();
    let source = std::iter::once(&finding.rule)
        .chain(&finding.controls)
        .chain(&finding.location)
        .chain(&finding.reference);
    format!(
        "\n#### {sign} {severity}{kind}: {}\n{}{body}{}",
        finding.title.plain(),
        paragraph(None, &facts(about)),
        paragraph(None, &facts(source))
    )
}

fn entry(entry: &Entry) -> String {
    let lead = entry.lead.as_ref().map(|lead| match lead {
        Lead::Severity(severity) => format!("**{}**", words::severity(*severity)),
        Lead::Notice(own) | Lead::Number(own) => format!("**{own}**"),
    });
    let about = entry.about.iter().chain([&entry.text]).map(line);
    let details = entry.details.iter().map(|(label, text)| match label {
        Some(label) => format!("{label}: {}", line(text)),
        None => line(text),
    });
    let source = entry.source.iter().map(line);
    let parts: Vec<String> = lead
        .into_iter()
        .chain(about)
        .chain(details)
        .chain(source)
        .filter(|part| !part.is_empty())
        .collect();
    format!("- {}\n", parts.join(" · "))
}

fn and_more(more: usize) -> Option<String> {
    (more > 0).then(|| format!("- … and {more} more\n"))
}

fn paragraph(label: Option<&str>, text: &str) -> String {
    match (label, text) {
        (_, "") => String::new(),
        (Some(label), text) => format!("\n**{label}:** {text}\n"),
        (None, text) => format!("\n{text}\n"),
    }
}

fn trace(steps: &[Line]) -> String {
    let steps: Vec<String> = steps.iter().map(line).collect();
    let chain = steps.join(" ← ");
    if chain.chars().count() <= TRACE_WIDTH {
        return paragraph(Some("From"), &chain);
    }
    format!("\n**From:**\n\n- {}\n", steps.join("\n- ← "))
}

fn diff(lines: &[diff::Line]) -> String {
    let written = |line: &diff::Line| match line.tag {
        Tag::Headline => format!("@@ {} @@", line.text),
        _ => format!("{} {}", line.sign(), line.text),
    };
    let body: Vec<String> = lines.iter().map(written).collect();
    format!("\n{}", fenced("diff", &body.join("\n")))
}

fn table(head: &[&'static str], rows: &[Vec<Line>]) -> String {
    let numbers = "--:|".repeat(head.len().saturating_sub(1));
    let mut out = format!("\n{}|---|{numbers}\n", row(head.iter().map(|cell| (*cell).to_owned())));
    for cells in rows {
        out.push_str(&row(cells.iter().map(cell)));
    }
    out
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: String = cells
        .map(|cell| {
            if cell.is_empty() {
                " |".to_owned()
            } else {
                format!(" {cell} |")
            }
        })
        .collect();
    format!("|{cells}\n")
}
