//! Lines, indentation and colours.

use std::borrow::Cow;

use anstyle::{AnsiColor, Style};

use crate::report::escape::visible;
use crate::report::v1::{Severity, Verdict};

pub(in crate::report) const BOLD: Style = Style::new().bold();
pub(in crate::report) const DIM: Style = Style::new().dimmed();
pub(in crate::report) const RED: Style = AnsiColor::Red.on_default();
pub(in crate::report) const GREEN: Style = AnsiColor::Green.on_default();
pub(in crate::report) const YELLOW: Style = AnsiColor::Yellow.on_default();
pub(in crate::report) const CYAN: Style = AnsiColor::Cyan.on_default();

/// Sentences are broken at this width, counted with their indentation.
const WIDTH: usize = 100;

pub(in crate::report) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

pub(in crate::report) fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Critical => RED.bold().invert(),
        Severity::High => RED.bold(),
        Severity::Medium => YELLOW.bold(),
        Severity::Low => CYAN,
    }
}

pub(in crate::report) fn verdict_style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Pass => GREEN.bold(),
        Verdict::Fail => RED.bold(),
        Verdict::Undetermined => YELLOW.bold(),
    }
}

/// The text that is written.
#[derive(Default)]
pub(in crate::report) struct Page {
    out: String,
}

impl Page {
    /// One line. What comes from the plan is escaped by the caller.
    pub(in crate::report) fn line(&mut self, indent: usize, text: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(&without_command(text));
        self.out.push('\n');
    }

    /// An empty line, but never two.
    pub(in crate::report) fn blank(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    /// A sentence behind a label, its further lines under its first word. The text is escaped by the caller.
    pub(in crate::report) fn labelled(&mut self, indent: usize, label: &str, style: Style, text: &str) {
        let hang = if label.is_empty() { 0 } else { label.chars().count() + 1 };
        for (index, row) in wrap(text, WIDTH.saturating_sub(indent + hang)).iter().enumerate() {
            let start = if index == 0 && hang > 0 {
                format!("{} ", paint(DIM, label))
            } else {
                " ".repeat(hang)
            };
            self.line(indent, &format!("{start}{}", paint(style, row)));
        }
    }

    pub(in crate::report) fn finish(self) -> String {
        self.out
    }
}

/// Harmless texts may add up to a workflow command (`:` before a colon of the template, a row that begins with `::`);
/// such a line loses its colours and is escaped as a whole.
fn without_command(line: &str) -> Cow<'_, str> {
    let bare = unstyled(line);
    let escaped = visible(&bare);
    if escaped == bare {
        Cow::Borrowed(line)
    } else {
        Cow::Owned(escaped)
    }
}

/// The line without this module's own styling, which is the only thing that holds an escape character.
fn unstyled(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str(part.split_once('m').map_or(part, |(_, text)| text));
    }
    bare
}

/// Breaks at spaces; a word longer than the width keeps its line to itself, so that it can be copied.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split(' ') {
        let size = word.chars().count();
        match rows.last_mut() {
            Some(row) if length + 1 + size <= width => {
                row.push(' ');
                row.push_str(word);
                length += 1 + size;
            }
            _ => {
                rows.push(word.to_owned());
                length = size;
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::{CYAN, paint, without_command, wrap};

    #[test]
    fn sentences_break_at_spaces() {
        assert_eq!(wrap("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrap("a bbbbbbbb c", 4), ["a", "bbbbbbbb", "c"]);
        assert_eq!(wrap("", 4), [""]);
    }

    #[test]
    fn texts_do_not_add_up_to_a_command() {
        assert_eq!(without_command(&format!("{}: x", paint(CYAN, ":"))), ":\\u{3a} x");
        assert_eq!(without_command(&format!("#{}", paint(CYAN, "#[x"))), "##\\u{5b}x");
        assert_eq!(without_command(&paint(CYAN, "x::y")), paint(CYAN, "x::y"));
    }
}
