//! Text to documents: one plan, several in one stream, and the lines that CI wrappers write around them.

use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::error::Category;

use super::check;
use super::context::{Context, Fault, Why, offset_in};
use super::decode::Text;
use super::document::{Document, DocumentReader};
use super::excerpt::{Position, beginning, visible};
use super::reader::Seed;
use super::recognise;
use super::refusal::Refusal;
use super::types::{Plan, Wanted};

/// What a wrapper writes where a line ended, to keep its own output on one line.
const ESCAPED_NEWLINE: &str = "%0A";
/// The setup-terraform wrapper's own note of what it runs.
const COMMAND_LINE: &str = "[command]";
/// The setup-terraform wrapper's copy of the output.
const ECHOED_OUTPUT: &str = "::debug::stdout:";

/// After so many refused documents the rest is not read: it is a log or a data set, not a stream of plans.
const REFUSED_AT_MOST: usize = 20;

/// Reads every document of `text`.
pub(super) fn documents(text: &Text, wanted: &Wanted) -> Vec<Result<Plan, Refusal>> {
    match Documents::new(text, wanted).read() {
        Ok(results) => results,
        Err(refusal) => vec![Err(refusal)],
    }
}

struct Documents<'t> {
    text: &'t str,
    utf16: bool,
    wanted: &'t Wanted,
    at: usize,
    /// Whether a wrapper repeated a plan, which is not read again.
    echoed: bool,
}

/// One document and where it ends.
struct Read<'t> {
    document: Result<Document<'t>, Refusal>,
    /// `None` where the end cannot be found.
    end: Option<usize>,
}

impl<'t> Documents<'t> {
    fn new(text: &'t Text, wanted: &'t Wanted) -> Self {
        Self {
            text: text.as_str(),
            utf16: text.utf16,
            wanted,
            at: 0,
            echoed: false,
        }
    }

    /// # Errors
    /// Where the input is refused as a whole.
    fn read(mut self) -> Result<Vec<Result<Plan, Refusal>>, Refusal> {
        if let Some(refusal) = recognise::before_json(self.text) {
            return Err(refusal);
        }
        let mut results: Vec<Result<Plan, Refusal>> = Vec::new();
        let mut refused = 0_usize;
        self.skip_wrapping();
        while !self.rest().is_empty() {
            self.expect_document(results.is_empty())?;
            let context = Context::new(self.text, self.wanted);
            let read = self.document(&context);
            if let Ok(document) = &read.document
                && document.is_event()
            {
                return Err(Refusal::EventStream);
            }
            let result = read.document.and_then(|document| check::plan(document, &context));
            refused = refused.saturating_add(usize::from(result.is_err()));
            results.push(result);
            let Some(end) = read.end.filter(|_| refused < REFUSED_AT_MOST) else {
                return Ok(results);
            };
            self.at = end;
            self.skip_wrapping();
        }
        if results.is_empty() {
            return Err(self.nothing());
        }
        if self.echoed
            && let Some(Ok(plan)) = results.last_mut()
        {
            plan.notes
                .push("a CI wrapper repeated its output after the plan, which was ignored".to_owned());
        }
        Ok(results)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn nothing(&self) -> Refusal {
        let start = self.text.trim();
        if start.is_empty() {
            Refusal::Empty
        } else {
            Refusal::NotJson {
                start: beginning(start),
            }
        }
    }

    /// Skips white space and the lines of CI wrappers.
    fn skip_wrapping(&mut self) {
        loop {
            let rest = self
                .rest()
                .trim_start_matches(|character: char| character.is_ascii_whitespace() || character == '\u{feff}');
            let rest = rest.strip_prefix(ESCAPED_NEWLINE).unwrap_or(rest);
            let rest = if is_wrapper_line(rest) {
                self.echoed |= rest.starts_with(ECHOED_OUTPUT);
                rest.split_once('\n').map_or("", |(_, after)| after)
            } else {
                rest
            };
            if rest.len() == self.rest().len() {
                return;
            }
            self.at = self.text.len().saturating_sub(rest.len());
        }
    }

    /// # Errors
    /// Where what follows cannot be a document.
    fn expect_document(&self, first: bool) -> Result<(), Refusal> {
        let rest = self.rest();
        if first {
            return match recognise::text(rest) {
                Some(refusal) => Err(refusal),
                None => Ok(()),
            };
        }
        if rest.starts_with('{') {
            return Ok(());
        }
        Err(Refusal::Trailing {
            at: Position::of(self.text, self.at),
            start: beginning(rest),
        })
    }

    fn document(&self, context: &Context<'t>) -> Read<'t> {
        let mut deserializer = serde_json::Deserializer::from_str(self.rest());
        let result = Seed(DocumentReader { context }).deserialize(&mut deserializer);
        match result {
            Ok(document) => Read {
                document: Ok(document),
                end: Some(self.end(deserializer)),
            },
            Err(error) => {
                let fault = context.take_fault().unwrap_or_else(|| Fault {
                    offset: Some(self.offset(&error)),
                    what: Why::Json(error),
                });
                let end = matches!(fault.what, Why::Duplicate(_)).then(|| self.skip()).flatten();
                Read {
                    document: Err(self.refusal(fault)),
                    end,
                }
            }
        }
    }

    /// Finds the end of a document that was given up though its syntax may be right.
    fn skip(&self) -> Option<usize> {
        let mut deserializer = serde_json::Deserializer::from_str(self.rest());
        serde::Deserialize::deserialize(&mut deserializer)
            .map(|IgnoredAny| self.end(deserializer))
            .ok()
    }

    fn end(&self, deserializer: serde_json::Deserializer<serde_json::de::StrRead<'t>>) -> usize {
        let length = deserializer.into_iter::<IgnoredAny>().byte_offset();
        self.at.saturating_add(length)
    }

    fn offset(&self, error: &serde_json::Error) -> usize {
        self.at
            .saturating_add(offset_in(self.rest(), error.line(), error.column()))
    }

    fn refusal(&self, fault: Fault) -> Refusal {
        let at = Position::of(self.text, fault.offset.unwrap_or(self.at));
        let error = match fault.what {
            Why::Duplicate(key) => {
                return Refusal::DuplicateKey { key: visible(&key), at };
            }
            Why::Json(error) => error,
        };
        let message = error.to_string();
        if message.starts_with("recursion limit") {
            return Refusal::TooDeep { at };
        }
        if error.classify() == Category::Eof {
            let end = self.text.trim_end().len();
            return Refusal::Truncated {
                at: Position::of(self.text, end),
            };
        }
        if self.utf16 && !self.text.is_ascii() {
            return Refusal::Mojibake { at };
        }
        let here = self.text.get(at.offset..).unwrap_or_default();
        let what = if here.starts_with(['/', '#']) {
            "JSON has no comments"
        } else {
            message
                .rsplit_once(" at line ")
                .map_or(message.as_str(), |(what, _)| what)
        };
        Refusal::Syntax {
            at,
            what: what.to_owned(),
        }
    }
}

/// `[command]…`, and the workflow commands of GitHub Actions: `::debug::…`, `::set-output name=…::…`.
fn is_wrapper_line(rest: &str) -> bool {
    if rest.starts_with(COMMAND_LINE) {
        return true;
    }
    rest.strip_prefix("::").is_some_and(|command| {
        command.starts_with(|first: char| first.is_ascii_lowercase())
            && command.split('\n').next().is_some_and(|line| line.contains("::"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_workflow_commands_are_wrapper_lines() {
        assert!(is_wrapper_line("[command]/bin/terraform show"));
        assert!(is_wrapper_line("::debug::stdout: {}"));
        assert!(is_wrapper_line("::set-output name=stdout::{}"));
        assert!(!is_wrapper_line("::"));
        assert!(!is_wrapper_line("::debug\n::x"));
        assert!(!is_wrapper_line("{\"a\": 1}"));
    }
}
