//! What the deserialisers of one file share.
//!
//! serde gives up a value at its first error: a visitor and a seed can be used
//! only once. To find all errors nevertheless,
//! - a value of the wrong type is reported and replaced by a blank one, which
//!   marks what it is part of as *spoiled*;
//! - where a type refuses a value of the right form (and the blank one too) the
//!   file is read again, leaving out what is known to be bad.
//!
//! Spoiled values never reach the caller: a spoiled list element or mapping
//! entry is left out by the next reading, and a spoiled file is not returned.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::fmt;

use serde::de;

use super::diagnostic::Diagnostic;
use super::node::{Node, Span};

/// The most values read in all readings of one file together.
const MAX_VISITS: usize = 2_000_000;

/// Why a value could not be built.
#[derive(Debug)]
pub(super) enum Failure {
    /// It was reported, or it need not be.
    Known,
    /// A field is missing; the mapping it is missing from reports it.
    Missing(&'static str),
    /// The type refused the value; the value reports it at its place.
    Refused(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Known => f.write_str("invalid value"),
            Failure::Missing(field) => write!(f, "missing field `{field}`"),
            Failure::Refused(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Failure::Refused(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Failure::Missing(field)
    }
}

/// A node of the tree, which stays in place while a file is read.
type NodeId = usize;

fn id(node: &Node) -> NodeId {
    std::ptr::from_ref(node) as usize
}

/// What is kept over all readings of one file.
#[derive(Default)]
pub(super) struct Context {
    file: String,
    root: NodeId,
    found: RefCell<Vec<Diagnostic>>,
    seen: RefCell<HashSet<Diagnostic>>,
    left_out: RefCell<HashSet<NodeId>>,
    missing: RefCell<HashMap<NodeId, Vec<Missing>>>,
    spoiled: Cell<usize>,
    learned: Cell<usize>,
    visits: Cell<usize>,
}

/// A field known to be missing, filled with a blank to find the next one.
#[derive(Clone, Copy)]
struct Missing {
    field: &'static str,
    fillable: bool,
}

/// The state before a value is read, to see what reading it did.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    spoiled: usize,
    learned: usize,
}

impl Context {
    pub(super) fn new(file: &str, root: &Node) -> Self {
        Context {
            file: file.to_owned(),
            root: id(root),
            ..Context::default()
        }
    }

    pub(super) fn into_found(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    pub(super) fn is_root(&self, node: &Node) -> bool {
        id(node) == self.root
    }

    /// The state before a value is read.
    pub(super) fn mark(&self) -> Mark {
        Mark {
            spoiled: self.spoiled.get(),
            learned: self.learned.get(),
        }
    }

    /// Whether anything since the mark was spoiled.
    pub(super) fn is_spoiled(&self, since: Mark) -> bool {
        self.spoiled.get() > since.spoiled
    }

    /// Whether anything since the mark makes another reading worthwhile.
    pub(super) fn has_learned(&self, since: Mark) -> bool {
        self.learned.get() > since.learned
    }

    /// Whether another reading is affordable.
    pub(super) fn may_go_on(&self) -> bool {
        self.visits.get() < MAX_VISITS
    }

    pub(super) fn visit(&self) {
        self.visits.set(self.visits.get() + 1);
    }

    pub(super) fn spoil(&self) {
        self.spoiled.set(self.spoiled.get() + 1);
    }

    fn learn(&self) {
        self.learned.set(self.learned.get() + 1);
    }

    /// A diagnostic in the file that is being read.
    pub(super) fn at(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.file.as_str(), span, message)
    }

    pub(super) fn report(&self, diagnostic: Diagnostic) {
        if self.seen.borrow_mut().insert(diagnostic.clone()) {
            self.found.borrow_mut().push(diagnostic);
        }
    }

    /// Reports a refused value at its node.
    pub(super) fn settle<T>(&self, node: &Node, result: Result<T, Failure>) -> Result<T, Failure> {
        result.map_err(|failure| {
            if !matches!(failure, Failure::Known) {
                self.report(self.at(node.span, failure.to_string()));
            }
            self.spoil();
            Failure::Known
        })
    }

    /// Whether the node is left out of this reading.
    pub(super) fn is_left_out(&self, node: &Node) -> bool {
        self.left_out.borrow().contains(&id(node))
    }

    /// Leaves a node out of the next readings, unless its own parts have more
    /// to tell first.
    pub(super) fn leave_out(&self, node: &Node, since: Mark) {
        if !self.has_learned(since) && self.left_out.borrow_mut().insert(id(node)) {
            self.learn();
        }
    }

    /// A list element or mapping entry was read: if it was spoiled it goes, and
    /// what it is part of is as good as it was.
    pub(super) fn drop_if_spoiled(&self, node: &Node, since: Mark, failed: bool) {
        if failed || self.is_spoiled(since) {
            self.leave_out(node, since);
            if !failed {
                self.spoiled.set(since.spoiled);
            }
        }
    }

    /// Notes that a mapping lacks a field; false where that was known.
    pub(super) fn note_missing(&self, mapping: &Node, field: &'static str) -> bool {
        let mut all = self.missing.borrow_mut();
        let known = all.entry(id(mapping)).or_default();
        if known.iter().any(|missing| missing.field == field) {
            return false;
        }
        known.push(Missing { field, fillable: true });
        self.learn();
        true
    }

    /// The missing fields of a mapping that can be filled with a blank.
    pub(super) fn fillable(&self, mapping: &Node) -> Vec<&'static str> {
        let all = self.missing.borrow();
        let known = all.get(&id(mapping)).map(Vec::as_slice).unwrap_or_default();
        let fillable = known.iter().filter(|missing| missing.fillable);
        fillable.map(|missing| missing.field).collect()
    }

    /// Notes that a missing field cannot be filled with a blank.
    pub(super) fn not_fillable(&self, mapping: &Node, field: &'static str) {
        if let Some(known) = self.missing.borrow_mut().get_mut(&id(mapping)) {
            for missing in known.iter_mut().filter(|missing| missing.field == field) {
                if missing.fillable {
                    missing.fillable = false;
                    self.learn();
                }
            }
        }
    }
}
