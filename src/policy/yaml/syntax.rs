//! Errors of the YAML parser in our words.

use serde_saphyr::Error;
use serde_saphyr::budget::BudgetBreach;

use super::diagnostic::Diagnostic;
use super::load::{MAX_DEPTH, MAX_NODES};
use super::node::Span;

pub(super) fn diagnostic(file: &str, text: &str, error: &Error) -> Diagnostic {
    let (message, help) = words(error);
    let mut diagnostic = Diagnostic::new(file, span(text, error), message);
    diagnostic.help = help.map(str::to_owned);
    diagnostic
}

fn words(error: &Error) -> (String, Option<&'static str>) {
    match error {
        Error::AliasError { error, .. } => words(error),
        Error::MultipleDocuments { .. }
        | Error::Budget {
            breach: BudgetBreach::Documents { .. },
            ..
        } => (
            "a second document starts here".to_owned(),
            Some("a policy file holds one document; put the other into a file of its own"),
        ),
        Error::Budget { breach, .. } => budget(breach),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => (
            "aliases expand to too many values".to_owned(),
            Some("write the values out, or let fewer aliases stand for lists of aliases"),
        ),
        Error::RecursiveReferencesRequireWeakTypes { .. } => (
            "an alias refers to the value it is part of".to_owned(),
            Some("write the value out where the alias stands"),
        ),
        Error::UnknownAnchor { .. } => (
            "the alias refers to no anchor".to_owned(),
            Some("quote a text that starts with `*`, or write `&name` before the value that the alias stands for"),
        ),
        Error::MergeKeyNotAllowed { .. } => (
            "merge keys are not supported".to_owned(),
            Some("write the fields out, or quote the key if `<<` is meant"),
        ),
        Error::InvalidBooleanStrict { .. } => ("expected `true` or `false`".to_owned(), None),
        other => parser(&other.to_string()),
    }
}

fn budget(breach: &BudgetBreach) -> (String, Option<&'static str>) {
    let message = match breach {
        BudgetBreach::Depth { .. } => return too_deep(),
        BudgetBreach::Nodes { .. } | BudgetBreach::Events { .. } => {
            format!("the file has too many values: at most {MAX_NODES} are read")
        }
        BudgetBreach::Aliases { .. }
        | BudgetBreach::Anchors { .. }
        | BudgetBreach::AliasAnchorRatio { .. }
        | BudgetBreach::RecordedAnchorEvents { .. }
        | BudgetBreach::RecordedAnchorBytes { .. } => "the file uses too many anchors or aliases".to_owned(),
        _ => "the file exceeds the limits for policy files".to_owned(),
    };
    (message, Some("write it in several files"))
}

fn too_deep() -> (String, Option<&'static str>) {
    (
        format!("lists and mappings are nested too deeply: at most {MAX_DEPTH} levels are read"),
        Some("close what is open before this place, or nest less"),
    )
}

/// The parser's message without the position, which is shown in its own way.
fn parser(text: &str) -> (String, Option<&'static str>) {
    let message = text.split(" at line ").next().unwrap_or(text);
    if message.contains("recursion limit") {
        return too_deep();
    }
    let help = if message.contains("tab") {
        Some("indent and align with spaces, not tabs")
    } else if message.contains("mapping values are not allowed") {
        Some("quote a value that contains `: `, and check the indentation")
    } else if message.contains("placement of ':'") || message.contains("flow") {
        Some(
            "check that every `[` and `{` before this place is closed, and quote a text that holds one: \"$.rule[*].id\"",
        )
    } else if message.contains("unclosed bracket") {
        Some("close it, or quote a text that holds one: \"$.rule[*].id\"")
    } else if message.contains("quoted scalar") {
        Some("check that the quotes before this place are closed")
    } else if message.starts_with("unexpected character") {
        Some("quote a value that starts with a special character")
    } else if message.contains("unsupported tag") {
        Some("custom tags have no meaning in policy files; remove the tag")
    } else {
        None
    };
    // The parser quotes a character like `this'.
    let mut message = match message.strip_suffix('\'') {
        Some(opened) if opened.contains('`') => format!("{opened}`"),
        _ => message.trim_end_matches('.').to_owned(),
    };
    if let Some(first) = message.get(..1).map(str::to_lowercase)
        && !message.starts_with("YAML")
    {
        message.replace_range(..1, &first);
    }
    (message, help)
}

fn span(text: &str, error: &Error) -> Span {
    let Some(place) = error.location() else {
        return Span::default();
    };
    let line = usize::try_from(place.line()).unwrap_or_default();
    let column = usize::try_from(place.column()).unwrap_or_default();
    let bytes = place.span();
    let number = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok());
    let start = number(bytes.byte_offset()).unwrap_or_else(|| offset(text, line, column));
    Span {
        line,
        column,
        start,
        end: start + number(bytes.byte_len()).unwrap_or_default(),
    }
}

/// Byte offset of a line and column, both counted from 1, or the nearest one.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let rest = text.get(start..).unwrap_or_default();
        let Some(at) = rest.find(['\n', '\r']) else {
            return text.len();
        };
        let broken = rest.get(at..).unwrap_or_default();
        start += at + if broken.starts_with("\r\n") { 2 } else { 1 };
    }
    let rest = text.get(start..).unwrap_or_default();
    let rest = rest.split(['\n', '\r']).next().unwrap_or_default();
    let bom = usize::from(start == 0 && rest.starts_with('\u{feff}'));
    let skipped = column.saturating_sub(1) + bom;
    start
        + rest
            .char_indices()
            .nth(skipped)
            .map_or(rest.len(), |(offset, _)| offset)
}
