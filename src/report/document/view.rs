//! What a reader is shown.

use super::inline::{Inline, Line};
use crate::report::arrange::Place;
use crate::report::escape::Untrusted;
use crate::report::words;

/// The most characters of a sentence in a finding, of one above the findings, of a name and of a fix in a comment: one
/// huge value must not push the others out.
const MOST_SAID: usize = 1_000;
const MOST_NOTE: usize = 400;
const MOST_CODE: usize = 200;
const MOST_FIX: usize = 3_000;
/// The most things of one kind under a finding.
const MOST_ITEMS: usize = 12;
/// The most lines of a diff in a comment.
const MOST_DIFF: usize = 60;

/// What is told, to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum View {
    /// For a comment or a page: finding by finding, the counts first, every text cut to a length of its own.
    Page,
    /// For a terminal, which is read from its end: by resource, the counts last; only what matters in full.
    Terminal,
    /// For a terminal: all findings in full, every list whole.
    Verbose,
    /// For a terminal: the verdict and what led to it.
    Quiet,
}

impl View {
    pub(super) fn is_terminal(self) -> bool {
        self != Self::Page
    }

    /// Whether the findings of a place are shown with everything that supports them.
    pub(super) fn is_whole(self, place: Place) -> bool {
        match self {
            Self::Page => matches!(place, Place::Main | Place::Minor | Place::Existing),
            Self::Terminal => place == Place::Main,
            Self::Verbose => true,
            Self::Quiet => false,
        }
    }

    fn most(self, in_a_page: usize) -> usize {
        match self {
            Self::Page => in_a_page,
            Self::Terminal | Self::Verbose | Self::Quiet => usize::MAX,
        }
    }

    /// The most things in a list under a finding.
    pub(super) fn items(self) -> usize {
        self.unless_verbose(MOST_ITEMS)
    }

    /// The most things in a list above the findings.
    pub(super) fn notes(self) -> usize {
        self.unless_verbose(words::MOST_NAMES)
    }

    fn unless_verbose(self, most: usize) -> usize {
        match self {
            Self::Verbose => usize::MAX,
            Self::Page | Self::Terminal | Self::Quiet => most,
        }
    }

    /// The most lines of a diff.
    pub(super) fn diff_lines(self) -> usize {
        self.most(MOST_DIFF)
    }

    /// A name.
    pub(super) fn code(self, text: &str) -> Line {
        Inline::Code(Untrusted::cut(text, self.most(MOST_CODE))).into()
    }

    /// Words.
    pub(super) fn plain(self, text: &str) -> Line {
        Inline::Plain(self.title(text)).into()
    }

    /// A title, as words.
    pub(super) fn title(self, text: &str) -> Untrusted {
        Untrusted::cut(text, self.most(MOST_CODE))
    }

    /// A sentence in which names stand between backticks.
    pub(super) fn said(self, text: &str) -> Line {
        Inline::Said(Untrusted::cut(text, self.most(MOST_SAID))).into()
    }

    /// Like [`View::said`], for what stands above the findings.
    pub(super) fn note(self, text: &str) -> Line {
        Inline::Said(Untrusted::cut(text, self.most(MOST_NOTE))).into()
    }

    /// A fix.
    pub(super) fn fix(self, text: &str) -> Untrusted {
        Untrusted::cut(text, self.most(MOST_FIX))
    }

    /// A link, or what would have been one as a name.
    pub(super) fn link(self, label: &'static str, url: &str) -> Line {
        Line::link(label, url, self.most(MOST_CODE))
    }

    /// Names one after the other, at most [`View::notes`] of them.
    pub(super) fn names<'a>(self, all: impl ExactSizeIterator<Item = &'a str>) -> Line {
        self.first(all.map(|name| self.code(name)), self.notes(), ", ", " and ")
    }

    /// The first `most` of all, and how many more there are.
    pub(super) fn first(
        self,
        all: impl ExactSizeIterator<Item = Line>,
        most: usize,
        separator: &'static str,
        last: &'static str,
    ) -> Line {
        let more = all.len().saturating_sub(most);
        let shown = Line::joined(all.take(most), separator);
        match more {
            0 => shown,
            more => shown + last + more + " more",
        }
    }
}
