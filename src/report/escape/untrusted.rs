//! Text that somebody else wrote, as a type.

use super::{code_in_cell, cut_middle, fenced, inline_code, message, plain, prose, table_cell, visible, visible_lines};

/// Text from a plan, a configuration or a policy. It cannot be written or compared as it is: the only ways out are the
/// escapes, one for each place where it may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Untrusted(String);

impl Untrusted {
    /// The text, its middle cut out where it is longer than `most` characters.
    pub(in crate::report) fn cut(text: &str, most: usize) -> Self {
        Self(cut_middle(text, most))
    }

    /// For a terminal: a name, every character of it shown.
    pub(in crate::report) fn visible(&self) -> String {
        visible(&self.0)
    }

    /// For a terminal: a sentence.
    pub(in crate::report) fn prose(&self) -> String {
        prose(&self.0)
    }

    /// For a terminal: text of several lines.
    pub(in crate::report) fn lines(&self) -> Vec<String> {
        visible_lines(&self.0)
    }

    /// For Markdown: a name.
    pub(in crate::report) fn code(&self) -> String {
        inline_code(&self.0)
    }

    /// For Markdown: words without any markup.
    pub(in crate::report) fn plain(&self) -> String {
        plain(&self.0)
    }

    /// For Markdown: a sentence in which names stand between backticks.
    pub(in crate::report) fn message(&self) -> String {
        message(&self.0)
    }

    /// For a cell of a Markdown table: a sentence, or words.
    pub(in crate::report) fn message_in_cell(&self) -> String {
        table_cell(&self.0)
    }

    /// For a cell of a Markdown table: a name.
    pub(in crate::report) fn code_in_cell(&self) -> String {
        code_in_cell(&self.0)
    }

    /// For Markdown: text of several lines. `info` is a word of the template.
    pub(in crate::report) fn fenced(&self, info: &'static str) -> String {
        fenced(info, &self.0)
    }
}
