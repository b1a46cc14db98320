//! Errors in policy files, collected over all files.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::node::Span;
use super::render;

/// One error in one file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Name of the file, as the user knows it.
    pub file: String,
    /// Where in the file; the default span for the file as a whole.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// How to put it right, shown below the source line.
    pub help: Option<String>,
    /// A short note shown beside the caret.
    pub label: Option<String>,
}

impl Diagnostic {
    /// An error at a place in a file.
    pub fn new(file: impl Into<String>, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            file: file.into(),
            span,
            message: message.into(),
            help: None,
            label: None,
        }
    }

    /// Adds a note beside the caret.
    #[must_use]
    pub fn with_label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Adds a line saying how to put it right.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Renders the error with its source line; `color` adds terminal styles.
    ///
    /// File content is made safe for a terminal. A file missing from `sources`
    /// is shown without a source line.
    #[must_use]
    pub fn render(&self, sources: &Sources, color: bool) -> String {
        render::diagnostic(self, sources.get(&self.file), color)
    }
}

/// The text of every file that was read, for showing source lines.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, Arc<str>>,
}

impl Sources {
    /// Keeps the text of a file; a later text of the same name replaces it.
    pub fn insert(&mut self, file: impl Into<String>, text: impl Into<Arc<str>>) {
        self.files.insert(file.into(), text.into());
    }

    /// The text of a file, to keep.
    #[must_use]
    pub fn shared(&self, file: &str) -> Option<Arc<str>> {
        self.files.get(file).cloned()
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, file: &str) -> Option<&str> {
        self.files.get(file).map(AsRef::as_ref)
    }
}

/// All errors found so far, and the sources to show them with.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    seen: HashSet<Diagnostic>,
    sources: Sources,
}

impl Diagnostics {
    /// An empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an error; one that is already there is not added again.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if self.seen.insert(diagnostic.clone()) {
            self.items.push(diagnostic);
        }
    }

    /// Adds the errors and sources of another collection.
    pub fn merge(&mut self, other: Diagnostics) {
        self.sources.files.extend(other.sources.files);
        for diagnostic in other.items {
            self.push(diagnostic);
        }
    }

    /// Whether there are no errors.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// How many different errors there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Where the errors in a file stand.
    pub fn spans_in<'a>(&'a self, file: &'a str) -> impl Iterator<Item = Span> + 'a {
        self.items
            .iter()
            .filter(move |one| one.file == file)
            .map(|one| one.span)
    }

    /// The errors by file, line and column; equal places keep their order.
    #[must_use]
    pub fn sorted(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.items.iter().collect();
        sorted.sort_by(|a, b| (&a.file, a.span.line, a.span.column).cmp(&(&b.file, b.span.line, b.span.column)));
        sorted
    }

    /// The sources that were read.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The sources, to add a file that was read by other means.
    pub fn sources_mut(&mut self) -> &mut Sources {
        &mut self.sources
    }

    /// Renders all errors in order, with an empty line between them.
    #[must_use]
    pub fn render(&self, color: bool) -> String {
        let mut out = String::new();
        for diagnostic in self.sorted() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&diagnostic.render(&self.sources, color));
            out.push('\n');
        }
        out
    }
}
