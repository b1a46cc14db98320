//! Regular expressions, compiled once.

use regex::{Error, RegexBuilder};

use super::super::Context;
use crate::policy::condition::Pattern;
use crate::policy::yaml::{At, Span};

/// The most memory that a compiled expression may take, in bytes.
const SIZE_LIMIT: usize = 1 << 20;

/// The spaces that the library puts before the expression in its messages.
const INDENT: usize = 4;

/// Compiles an expression; an error points into it.
pub(super) fn pattern(context: &mut Context<'_>, text: &At<String>) -> Option<Pattern> {
    if text.value.is_empty() {
        context.error(
            text.span,
            "an empty expression matches everything",
            "write what the value must hold; `set: true` asks for any value",
        );
        return None;
    }
    let built = RegexBuilder::new(&text.value).size_limit(SIZE_LIMIT).build();
    match built {
        Ok(regex) => return Some(Pattern(regex)),
        Err(Error::Syntax(said)) => context.error(
            context.place_in(text, column(&said)),
            format!("not a regular expression: {}", reason(&said)),
            "the syntax is that of https://docs.rs/regex; a sign with a meaning of its own is written with a backslash: `\\.`",
        ),
        Err(_) => context.error(
            text.span,
            "the regular expression takes too much memory",
            "repeat less: the numbers of repetitions inside each other are multiplied",
        ),
    }
    None
}

/// The library draws the expression with a caret under the place: the character that it stands under.
fn column(said: &str) -> Option<usize> {
    said.lines()
        .find(|line| line.trim_start().starts_with('^'))
        .and_then(|line| line.chars().position(|c| c == '^')?.checked_sub(INDENT))
}

/// What the library says is wrong, without its drawing.
fn reason(said: &str) -> String {
    let line = said.lines().find_map(|line| line.strip_prefix("error: "));
    line.unwrap_or("it cannot be read").to_owned()
}

impl Context<'_> {
    /// The place of a character in a text that is written on one line; the whole text where that is not known.
    fn place_in(&self, text: &At<String>, character: Option<usize>) -> Span {
        let source = self.source_at(text.span);
        // What is escaped or folded stands elsewhere in the file.
        let start = source.find(text.value.as_str());
        let offset = character
            .and_then(|number| text.value.char_indices().nth(number))
            .map(|(at, _)| at);
        let Some((start, offset)) = start.zip(offset) else {
            return text.span;
        };
        let before = start.saturating_add(offset);
        let in_line = source.get(..before).unwrap_or_default();
        if in_line.contains('\n') {
            return text.span;
        }
        let width = text
            .value
            .get(offset..)
            .and_then(|rest| rest.chars().next())
            .map_or(1, char::len_utf8);
        let at = text.span.start.saturating_add(before);
        Span {
            line: text.span.line,
            column: text.span.column.saturating_add(in_line.chars().count()),
            start: at,
            end: at.saturating_add(width),
        }
    }
}
