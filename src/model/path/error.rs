//! Why a text is no path, and where in it.

use jsonpath_rust::parser::errors::JsonPathError;
use pest::error::InputLocation;
use thiserror::Error;

/// Why a text is no path that policies may use.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct PathError {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Where in the text it is wrong: characters before it.
    pub offset: usize,
    /// How many characters are wrong.
    pub width: usize,
}

const HELP: &str = "a path looks like `$.rule[*].bucket_key_enabled`";

impl PathError {
    /// An error at a byte of the text.
    pub(super) fn at(text: &str, byte: usize, width: usize, message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: HELP.into(),
            offset: text.get(..byte).unwrap_or(text).chars().count(),
            width,
        }
    }

    /// Says what to write instead.
    #[must_use]
    pub(super) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// What the parser says, in plain words: it speaks of its grammar's rules.
    pub(super) fn syntax(text: &str, error: &JsonPathError) -> Self {
        let byte = match error {
            JsonPathError::PestError(pest) => match pest.location {
                InputLocation::Pos(byte) | InputLocation::Span((byte, _)) => byte,
            },
            JsonPathError::MaxNestingDepthExceeded(_) => {
                return Self::at(text, 0, 1, "not a JSONPath: its brackets are nested too deeply");
            }
            JsonPathError::InvalidNumber(_) => {
                return Self::at(text, 0, 1, "not a JSONPath: a number in it is too large");
            }
            _ => return Self::at(text, 0, 1, "not a JSONPath"),
        };
        Self::from(text, byte)
    }

    fn from(text: &str, byte: usize) -> Self {
        let rest = text.get(byte..).unwrap_or_default();
        let before = text.get(..byte).unwrap_or_default();
        let error = |message: String| Self::at(text, byte, 1, message);
        let Some(next) = rest.chars().next() else {
            return error("not a JSONPath: it ends too early".into());
        };
        let unreadable = error(format!("not a JSONPath: it cannot be read from `{rest}` on"));
        let named = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let in_filter = before.contains('?');
        match next {
            '-' if named && !in_filter => unreadable
                .with_help("a name with other signs than letters, digits and `_` needs brackets and quotes: `['a-b']`"),
            '=' => unreadable.with_help("filters compare with `==`, `!=`, `<`, `<=`, `>` and `>=`"),
            _ if rest.starts_with("and ") || rest.starts_with("or ") => {
                unreadable.with_help("filters are joined with `&&` and `||`")
            }
            '&' | '|' => unreadable.with_help("filters are joined with `&&` and `||`"),
            c if in_filter && c.is_alphabetic() => unreadable
                .with_help("in a filter a name starts with `@.` and a text stands in quotes: `[?@.protocol == 'tcp']`"),
            c if before.ends_with('[') && c.is_alphabetic() => {
                unreadable.with_help("a name in brackets needs quotes: `['name']`")
            }
            _ => unreadable,
        }
    }
}
