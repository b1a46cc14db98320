//! What a line is made of.
//!
//! The types keep two kinds of text apart. [`Own`] can only be made from constants and numbers, so writers write it as it
//! is. Everything else is [`Untrusted`], and each writer escapes it for its place.

use std::fmt;
use std::ops::Add;

use crate::report::escape::{Untrusted, link_target};

/// planseal's own words: nothing in them comes from a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::report) struct Own(String);

impl Own {
    pub(in crate::report) fn as_str(&self) -> &str {
        &self.0
    }

    pub(in crate::report) fn joined(parts: impl IntoIterator<Item = Self>, separator: &'static str) -> Self {
        let parts: Vec<String> = parts.into_iter().map(|part| part.0).collect();
        Self(parts.join(separator))
    }

    /// A number without its fraction.
    pub(in crate::report) fn rounded(number: f64) -> Self {
        Self(format!("{number:.0}"))
    }

    /// A day as `YYYY-MM-DD`; nothing where the text is something else.
    pub(in crate::report) fn date(text: &str) -> Option<Self> {
        let fits = text.len() == 10 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
        fits.then(|| Self(text.to_owned()))
    }
}

impl From<&'static str> for Own {
    fn from(text: &'static str) -> Self {
        Self(text.to_owned())
    }
}

impl From<usize> for Own {
    fn from(number: usize) -> Self {
        Self(number.to_string())
    }
}

impl From<i64> for Own {
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

impl<T: Into<Self>> Add<T> for Own {
    type Output = Self;

    fn add(mut self, more: T) -> Self {
        self.0.push_str(&more.into().0);
        self
    }
}

impl fmt::Display for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The address of a link that may be followed: `https`, a plain host, and no character that could hide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) struct Target {
    markdown: String,
    text: Untrusted,
}

impl Target {
    /// For the target of a Markdown link.
    pub(in crate::report) fn markdown(&self) -> &str {
        &self.markdown
    }

    /// For a terminal.
    pub(in crate::report) fn visible(&self) -> String {
        self.text.visible()
    }
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::report) enum Inline {
    /// planseal's own words.
    Own(Own),
    /// A name: an address, a file, a rule.
    Code(Untrusted),
    /// Words.
    Plain(Untrusted),
    /// A sentence in which names stand between backticks.
    Said(Untrusted),
    /// What a reader should see first.
    Strong(Line),
    /// What says what follows.
    Emphasised(Line),
    /// A link under a word of planseal's own.
    Link {
        /// The word.
        label: &'static str,
        /// Where it leads.
        target: Target,
    },
}

/// One line, or a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::report) struct Line(Vec<Inline>);

impl Line {
    pub(in crate::report) fn pieces(&self) -> &[Inline] {
        &self.0
    }

    pub(in crate::report) fn strong(self) -> Self {
        Self(vec![Inline::Strong(self)])
    }

    pub(in crate::report) fn emphasised(self) -> Self {
        Self(vec![Inline::Emphasised(self)])
    }

    pub(in crate::report) fn joined(lines: impl IntoIterator<Item = Self>, separator: &'static str) -> Self {
        let mut all = Self::default();
        for (position, line) in lines.into_iter().enumerate() {
            if position > 0 {
                all = all + separator;
            }
            all = all + line;
        }
        all
    }

    /// A link, or the address as a name where it cannot be one.
    pub(in crate::report) fn link(label: &'static str, url: &str, most: usize) -> Self {
        match link_target(url) {
            Some(markdown) => Inline::Link {
                label,
                target: Target {
                    markdown,
                    text: Untrusted::cut(url, usize::MAX),
                },
            },
            None => Inline::Code(Untrusted::cut(url, most)),
        }
        .into()
    }
}

impl From<Inline> for Line {
    fn from(piece: Inline) -> Self {
        Self(vec![piece])
    }
}

impl<T: Into<Own>> From<T> for Line {
    fn from(own: T) -> Self {
        Self(vec![Inline::Own(own.into())])
    }
}

impl<T: Into<Self>> Add<T> for Line {
    type Output = Self;

    fn add(mut self, more: T) -> Self {
        self.0.extend(more.into().0);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Own};

    #[test]
    fn own_words_are_put_together() {
        assert_eq!((Own::from(3_usize) + " of " + 4_usize).as_str(), "3 of 4");
        assert_eq!(format!("{:4}|", Own::from("ab")), "ab  |");
        assert_eq!(
            Own::date("2026-06-01").map(|date| date.to_string()).as_deref(),
            Some("2026-06-01")
        );
        for text in ["", "2026-06-1", "2026-06-01T", "<b>abcdefg"] {
            assert_eq!(Own::date(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_link_is_a_name() {
        assert_eq!(Line::link("x", "https://a.b/c", 100).pieces().len(), 1);
        assert!(matches!(
            Line::link("x", "javascript:x", 100).pieces(),
            [super::Inline::Code(_)]
        ));
    }
}
