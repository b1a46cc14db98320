//! The tree a policy file is read into: every value knows where it stands.

use std::fmt;

/// A place in a file.
///
/// `line` and `column` count from 1 (columns in characters); `start..end` are
/// byte offsets. The default span (line 0) stands for a whole file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Line, counted from 1; 0 where no place is known.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset after the last byte.
    pub end: usize,
}

impl Span {
    /// Whether the span names a place inside a file rather than a whole file.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.line > 0
    }
}

/// A value of a YAML file and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where the value stands.
    pub span: Span,
    /// What the value is.
    pub kind: Kind,
}

/// What a YAML value is, after plain scalars got their type.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    Integer(i64),
    /// A number with a fraction or an exponent.
    Float(f64),
    /// Quoted, block or plain text.
    String(String),
    /// A list.
    Sequence(Vec<Node>),
    /// A mapping, in file order, without duplicate keys.
    Mapping(Vec<(Node, Node)>),
    /// A value that was already reported as an error.
    Invalid,
}

impl Node {
    /// The text of a string value.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(text) => Some(text),
            _ => None,
        }
    }
}

/// The longest piece of user input repeated in a message, in characters.
const EXCERPT: usize = 60;

/// Shortens user input so that a message stays readable.
pub(in crate::policy) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Describes the value in words a YAML author knows, such as "a list".
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Null => f.write_str("nothing"),
            Kind::Bool(value) => write!(f, "the boolean `{value}`"),
            Kind::Integer(value) => write!(f, "the integer `{value}`"),
            Kind::Float(value) => write!(f, "the number `{value}`"),
            Kind::String(text) if text.is_empty() => f.write_str("an empty string"),
            Kind::String(text) => write!(f, "the string `{}`", excerpt(text)),
            Kind::Sequence(_) => f.write_str("a list"),
            Kind::Mapping(_) => f.write_str("a mapping"),
            Kind::Invalid => f.write_str("an invalid value"),
        }
    }
}
