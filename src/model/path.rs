//! JSONPath into a resource's values: the only user of `jsonpath-rust`.
//!
//! A path is parsed and checked once, when policies are loaded, and lowered to names, indexes and wildcards, because a
//! value here has a third state (known after apply) that a general JSONPath engine does not know.

use std::fmt;

use compact_str::CompactString;
use jsonpath_rust::parser::errors::JsonPathError;
use jsonpath_rust::parser::model::{Segment, Selector};
use jsonpath_rust::parser::parse_json_path;
use pest::error::LineColLocation;
use thiserror::Error;

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
}

/// Why a text is no path that policies may use.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PathError {
    /// The text is not JSONPath (RFC 9535). `column` is 1-based, within the text.
    #[error("not a JSONPath: {message}")]
    Syntax {
        /// What the parser says.
        message: String,
        /// Where it says so.
        column: usize,
    },
    /// The text is JSONPath that planseal does not evaluate over values with unknown parts.
    #[error("`{0}` is not supported in a path: use names, indexes and `[*]`")]
    Unsupported(String),
    /// A path must name at least one attribute.
    #[error("the path names no attribute")]
    Empty,
}

impl Path {
    /// Parses a path.
    ///
    /// # Errors
    /// Where the text is not JSONPath, or uses selectors other than names, non-negative indexes and wildcards.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        if let Some(position) = space_outside_brackets(text) {
            return Err(PathError::Syntax {
                message: "a name with spaces needs brackets and quotes".into(),
                column: position.saturating_add(1),
            });
        }
        let query = parse_json_path(text).map_err(|error| syntax_error(text, &error))?;
        let steps = query.segments.iter().map(lower).collect::<Result<Vec<_>, _>>()?;
        if steps.is_empty() {
            return Err(PathError::Empty);
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
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn lower(segment: &Segment) -> Result<PathStep, PathError> {
    let selector = match segment {
        Segment::Selector(selector) => selector,
        Segment::Selectors(several) => match several.as_slice() {
            [only] => only,
            _ => return Err(PathError::Unsupported("several selectors in brackets".into())),
        },
        Segment::Descendant(_) => return Err(PathError::Unsupported("..".into())),
    };
    match selector {
        Selector::Name(name) => Ok(PathStep::Name(name.as_str().into())),
        Selector::Wildcard => Ok(PathStep::Wildcard),
        Selector::Index(index) => usize::try_from(*index)
            .map(PathStep::Index)
            .map_err(|_| PathError::Unsupported(format!("[{index}]"))),
        Selector::Slice(..) => Err(PathError::Unsupported("a slice".into())),
        Selector::Filter(_) => Err(PathError::Unsupported("[?…]".into())),
    }
}

/// The parser takes whitespace inside a shorthand name (`$.a b`), which RFC 9535 forbids.
fn space_outside_brackets(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.chars().position(|c| {
        match c {
            '[' => depth = depth.saturating_add(1),
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && c.is_whitespace()
    })
}

/// In plain words: the parser speaks of its grammar's rules.
fn syntax_error(text: &str, error: &JsonPathError) -> PathError {
    if !text.starts_with('$') {
        return PathError::Syntax {
            message: "it must start with `$.`".into(),
            column: 1,
        };
    }
    match error {
        JsonPathError::PestError(pest) => {
            let column = match pest.line_col {
                LineColLocation::Pos((_, column)) | LineColLocation::Span((_, column), _) => column,
            };
            let rest: String = text.chars().skip(column.saturating_sub(1)).collect();
            PathError::Syntax {
                message: match rest.as_str() {
                    "" => "it ends too early".into(),
                    rest => format!("it cannot be read from `{rest}` on"),
                },
                column,
            }
        }
        other => PathError::Syntax {
            message: other.to_string(),
            column: 1,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_indexes_and_wildcards_are_lowered() {
        let path = Path::parse("$.rule[*].by['a b'][0]").unwrap();
        assert_eq!(
            path.steps(),
            [
                PathStep::Name("rule".into()),
                PathStep::Wildcard,
                PathStep::Name("by".into()),
                PathStep::Name("a b".into()),
                PathStep::Index(0),
            ]
        );
        assert_eq!(path.attribute(), Some("rule"));
    }

    #[test]
    fn what_cannot_be_judged_with_unknown_parts_is_refused() {
        for text in [
            "$..a",
            "$.a[1:2]",
            "$.a[?@.b]",
            "$.a[-1]",
            "$['a','b']",
            "$.a b",
            "$",
            "a.b",
            "$.[",
        ] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
    }
}
