//! JSONPath (RFC 9535) into a resource's values: the only user of `jsonpath-rust`.
//!
//! A path is parsed and checked once, when policies are loaded, and lowered to steps of our own, because a value here has
//! a third state (known after apply) that a general JSONPath engine does not know.

mod error;
mod filter;
mod lower;
mod simple;
mod token;

use std::fmt;

use compact_str::CompactString;

pub use error::PathError;
pub use filter::{Compared, Filter, Operand, Pattern, Query};

/// A longer path is a mistake.
pub const MAX_LENGTH: usize = 1000;

/// A path as policies write it: `$.rule[*].bucket_key_enabled`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    text: String,
    steps: Vec<PathStep>,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathStep {
    /// A member by name.
    Name(CompactString),
    /// An element by position.
    Index(usize),
    /// Every member or element.
    Wildcard,
    /// What one of these selects.
    Several(Vec<Selector>),
    /// What one of these selects in the node itself, and in everything inside it.
    Descendants(Vec<Selector>),
}

/// What selects among the members or elements of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// A member by name.
    Name(CompactString),
    /// An element by position; a negative one counts from the end.
    Index(i64),
    /// Every member or element.
    Wildcard,
    /// Elements from a position to another.
    Slice(Slice),
    /// The members or elements of which the filter holds.
    Filter(Filter),
}

/// `[start:end:step]`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The first position.
    pub start: Option<i64>,
    /// The position behind the last.
    pub end: Option<i64>,
    /// How far the next one is.
    pub step: i64,
}

impl Path {
    /// Parses a path.
    ///
    /// # Errors
    /// Where the text is not JSONPath, or asks for what is not judged: absolute queries in filters, several `..`, …
    pub fn parse(text: &str) -> Result<Self, PathError> {
        let steps = match simple::steps(text) {
            Some(steps) => steps,
            None => lower::steps(text)?,
        };
        if steps.is_empty() {
            return Err(
                PathError::at(text, 0, 1, "the path names no attribute").with_help("write `$.` and a name behind it")
            );
        }
        Ok(Self {
            text: text.to_owned(),
            steps,
        })
    }

    /// The steps behind `$`.
    pub fn steps(&self) -> &[PathStep] {
        &self.steps
    }

    /// The attribute at the top, where the path names one.
    pub fn attribute(&self) -> Option<&str> {
        match self.steps.first() {
            Some(PathStep::Name(name)) => Some(name),
            _ => None,
        }
    }

    /// The attributes at the top, where the path names them; `None` where it starts with anything but names.
    pub fn attributes(&self) -> Option<Vec<&str>> {
        match self.steps.first()? {
            PathStep::Name(name) => Some(vec![name]),
            PathStep::Several(selectors) => selectors
                .iter()
                .map(|selector| match selector {
                    Selector::Name(name) => Some(name.as_str()),
                    _ => None,
                })
                .collect(),
            PathStep::Index(_) | PathStep::Wildcard | PathStep::Descendants(_) => None,
        }
    }

    /// Whether it selects one place, set or not: names and positions from the start.
    pub fn names_one(&self) -> bool {
        are_singular(&self.steps)
    }

    /// Whether it is made of names, positions from the start and `[*]` alone.
    pub fn is_plain(&self) -> bool {
        are_plain(&self.steps)
    }
}

/// Whether these steps select one place, set or not.
pub fn are_singular(steps: &[PathStep]) -> bool {
    steps
        .iter()
        .all(|step| matches!(step, PathStep::Name(_) | PathStep::Index(_)))
}

/// Whether these steps are names, positions from the start and `[*]`.
pub fn are_plain(steps: &[PathStep]) -> bool {
    steps
        .iter()
        .all(|step| matches!(step, PathStep::Name(_) | PathStep::Index(_) | PathStep::Wildcard))
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
