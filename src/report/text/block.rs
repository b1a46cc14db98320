//! Findings and the blocks that they are made of.

use anstyle::Style;

use super::entry;
use super::inline::{bare, styled};
use super::page::{BOLD, CYAN, DIM, GREEN, Page, RED, YELLOW, paint, severity_style, verdict_style};
use crate::report::diff::{self, Tag};
use crate::report::document::inline::{Inline, Line};
use crate::report::document::{Block, Entry, Whole};
use crate::report::v1::{Outcome, Verdict};
use crate::report::words;

/// Traces up to this length stand on one line.
const TRACE_WIDTH: usize = 100;
const INDENT: usize = 4;

/// A finding, under its resource where it is the first of it.
pub(super) fn finding(page: &mut Page, finding: &Whole, verdict: Verdict) {
    if let Some(resource) = &finding.resource {
        page.blank();
        let facts: Vec<String> = resource.iter().map(|fact| styled(fact, BOLD)).collect();
        page.line(0, &facts.join(&separator()));
    }
    page.line(2, &label(finding));
    for block in &finding.body {
        write(page, INDENT, block, verdict);
    }
    if let Some(reference) = &finding.reference {
        page.line(INDENT, &paint(DIM, &format!("see: {}", bare(reference))));
    }
}

fn separator() -> String {
    paint(DIM, " · ")
}

fn label(finding: &Whole) -> String {
    let severity = words::severity(finding.severity).to_uppercase();
    let kind = match finding.outcome {
        Outcome::Violation => "",
        Outcome::Undetermined => " undetermined",
        Outcome::Advice => " advice",
        Outcome::Pass => " passes now",
    };
    let severity = paint(severity_style(finding.severity), &severity);
    let mut parts = vec![format!("{severity}{kind} {}", bare(&finding.rule))];
    parts.extend(finding.state.iter().chain(&finding.location).map(bare));
    let controls: Vec<String> = finding.controls.iter().map(bare).collect();
    if !controls.is_empty() {
        parts.push(paint(DIM, &controls.join(", ")));
    }
    parts.join(&separator())
}

/// A block, its lines behind `indent` spaces.
pub(super) fn write(page: &mut Page, indent: usize, block: &Block, verdict: Verdict) {
    let plain = Style::new();
    match block {
        Block::Alert(text) => page.labelled(indent, "!", YELLOW, &bare(text)),
        Block::Paragraph { label, text } => {
            let label = label
                .map(|label| format!("{}:", label.to_lowercase()))
                .unwrap_or_default();
            let style = if label == "why:" { DIM } else { plain };
            page.labelled(indent, &label, style, &bare(text));
        }
        Block::Facts(all) => {
            let all: Vec<String> = all.iter().map(bare).collect();
            page.line(indent, &paint(DIM, &all.join(" · ")));
        }
        Block::Counts(all) => {
            let all: Vec<String> = all.iter().map(ToString::to_string).collect();
            page.line(indent, &all.join(&paint(DIM, " │ ")));
        }
        Block::List { label, items, more } => {
            page.line(indent, &paint(DIM, &format!("{}:", in_a_list(label))));
            for item in items {
                page.line(indent + 2, &format!("• {}", bare(item)));
            }
            and_more(page, indent + 2, *more);
        }
        Block::Entries { entries, more } => {
            entry::write(page, &entries.iter().collect::<Vec<&Entry>>());
            and_more(page, indent + 2, *more);
        }
        Block::Trace(steps) => trace(page, indent, steps),
        Block::Diff(lines) => lines.iter().for_each(|line| diff_line(page, indent, line)),
        Block::Code { label, text } => {
            page.line(indent, &paint(DIM, &format!("{}:", label.to_lowercase())));
            for line in text.lines() {
                page.line(indent + 2, &line);
            }
        }
        Block::Table { head, rows } => table(page, indent, head, rows),
        Block::Unread { what, help } => {
            page.line(indent, &format!("{} {}", paint(RED.bold(), "error:"), bare(what)));
            if let Some(help) = help {
                page.labelled(indent + 2, "help:", plain, &bare(help));
            }
        }
        Block::Reasons(reasons) => {
            let style = if verdict == Verdict::Pass {
                DIM
            } else {
                verdict_style(verdict)
            };
            for reason in reasons {
                page.labelled(indent + 2, "✗", style, &bare(reason));
            }
        }
    }
}

/// The template's own words begin small in a terminal; a name stays what it is.
fn in_a_list(label: &Line) -> String {
    match label.pieces() {
        [Inline::Own(own)] => own.as_str().to_lowercase(),
        _ => bare(label),
    }
}

fn and_more(page: &mut Page, indent: usize, more: usize) {
    if more > 0 {
        page.line(indent, &paint(DIM, &format!("… and {more} more (-v shows all)")));
    }
}

fn trace(page: &mut Page, indent: usize, steps: &[Line]) {
    let steps: Vec<String> = steps.iter().map(bare).collect();
    let line = steps.join(" ← ");
    if line.chars().count() <= TRACE_WIDTH {
        page.line(indent, &format!("{} {line}", paint(DIM, "from:")));
        return;
    }
    page.line(indent, &paint(DIM, "from:"));
    for (index, step) in steps.iter().enumerate() {
        let arrow = if index == 0 { "" } else { "← " };
        page.line(indent + 2, &format!("{arrow}{step}"));
    }
}

fn diff_line(page: &mut Page, indent: usize, line: &diff::Line) {
    let (style, indent, text) = match line.tag {
        Tag::Headline => (CYAN, indent, format!("{}:", line.text)),
        Tag::Same => (DIM, indent + 2, format!("{} {}", line.sign(), line.text)),
        Tag::Remove => (RED, indent + 2, format!("{} {}", line.sign(), line.text)),
        Tag::Add => (GREEN, indent + 2, format!("{} {}", line.sign(), line.text)),
    };
    page.line(indent, &paint(style, &text));
}

/// Rows as lists of what they hold: the columns of a terminal are few.
fn table(page: &mut Page, indent: usize, head: &[&'static str], rows: &[Vec<Line>]) {
    for row in rows {
        let cells = row.iter().zip(head).map(|(cell, head)| match *head {
            "" => bare(cell),
            head => format!("{head} {}", bare(cell)),
        });
        page.line(indent, &cells.collect::<Vec<_>>().join(" · "));
    }
}
