//! Filters: `[?@.port == 22 && !@.description]`.

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::PathStep;

/// What a compiled pattern may take in memory.
const MAX_PATTERN: usize = 1 << 20;

/// A question about a member or element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Every one of them holds.
    All(Vec<Filter>),
    /// One of them holds.
    Any(Vec<Filter>),
    /// It does not hold.
    Not(Box<Filter>),
    /// One of the nodes is set.
    Exists(Query),
    /// Two values stand so to each other.
    Compare(Operand, Compared, Operand),
    /// A text is one that the pattern describes.
    Matches(Operand, Pattern),
}

/// A path that starts in the member or element: `@.a.b`
pub type Query = Vec<PathStep>;

/// How values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// `==`
    Equal,
    /// `!=`
    Unequal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A value as written.
    Literal(Value),
    /// The one node of a query.
    Node(Query),
    /// `length(…)`: of a text, list or map.
    Length(Box<Operand>),
    /// `count(…)`: how many nodes are there.
    Count(Query),
    /// `value(…)`: that of the only node.
    Only(Query),
}

/// A regular expression, compiled.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    whole: bool,
    regex: Regex,
}

impl Pattern {
    /// Compiles a pattern; `whole`: it must describe all of a text.
    ///
    /// # Errors
    /// Where it is no regular expression, or too large a one: what is wrong with it.
    pub fn new(text: &str, whole: bool) -> Result<Self, String> {
        // In RFC 9485 a `.` stands for neither end of a line.
        let build = |text: &str| {
            RegexBuilder::new(text)
                .crlf(true)
                .size_limit(MAX_PATTERN)
                .build()
                .map_err(|error| match error {
                    regex::Error::CompiledTooBig(_) => "it is too large".to_owned(),
                    other => {
                        let said = other.to_string();
                        let last = said.lines().last().unwrap_or_default();
                        last.trim_start_matches("error: ").to_owned()
                    }
                })
        };
        let mut regex = build(text)?;
        if whole {
            regex = build(&format!("^(?:{text})$"))?;
        }
        Ok(Self {
            text: text.to_owned(),
            whole,
            regex,
        })
    }

    /// Whether it describes a text.
    pub fn describes(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text && self.whole == other.whole
    }
}

impl Eq for Pattern {}
