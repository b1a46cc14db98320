//! Attributes as HCL-like lines.

use serde_json::Value;

use crate::eval::reading::NOTHING_SET;
use crate::report::escape::{cut_middle, visible};
use crate::report::v1::{Evidence, State};

/// The most characters of one value or one line of a document.
const VALUE_WIDTH: usize = 100;
/// The most characters of a path.
const PATH_WIDTH: usize = 160;
/// Longer JSON text is laid out over several lines.
const ONE_LINE: usize = 80;

/// Which side of the plan.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Before,
    After,
}

/// The attribute's lines on one side; none where it is absent.
pub(super) fn attribute_lines(evidence: &Evidence, side: Side) -> Vec<String> {
    let state = match side {
        Side::Before => &evidence.before,
        Side::After => &evidence.after,
    };
    let name = attribute(evidence);
    match state {
        State::Absent => Vec::new(),
        State::Unknown if matches!(side, Side::After) && nobody_sets(evidence) => {
            vec![format!("{name} = (not set, known after apply)")]
        }
        State::Unknown => vec![format!("{name} = (known after apply)")],
        // The mark decides, not whether a value came along: what is marked is never printed.
        State::Known { .. } if evidence.sensitive => vec![format!("{name} = (sensitive value)")],
        State::Known { .. } if evidence.withheld => vec![format!("{name} = (not shown)")],
        State::Known { value } => value_lines(&name, value),
    }
}

/// Whether the configuration leaves the attribute out, so that the provider puts something in its place.
fn nobody_sets(evidence: &Evidence) -> bool {
    matches!(evidence.candidates.as_slice(), [only] if only.what == NOTHING_SET)
}

/// The line that says that nothing is set.
pub(super) fn null_line(evidence: &Evidence) -> String {
    format!("{} = null", attribute(evidence))
}

/// The attribute as Terraform people write it: the path without JSONPath's root.
pub(in crate::report) fn attribute(evidence: &Evidence) -> String {
    let path = evidence.path.strip_prefix('$').unwrap_or(&evidence.path);
    cut_middle(&visible(path.strip_prefix('.').unwrap_or(path)), PATH_WIDTH)
}

fn value_lines(name: &str, value: &Value) -> Vec<String> {
    match document(value) {
        Some((opening, document, closing)) => document_lines(&format!("{name} = {opening}"), &document, closing),
        None => vec![format!(
            "{name} = {}",
            cut_middle(&visible(&inline(value)), VALUE_WIDTH)
        )],
    }
}

/// A long collection, or a string that holds JSON (a key policy), which is read by its lines and not as one string.
fn document(value: &Value) -> Option<(&'static str, Value, &'static str)> {
    match value {
        Value::String(text) if text.len() > ONE_LINE => {
            let parsed: Value = serde_json::from_str(text).ok()?;
            (parsed.is_object() || parsed.is_array()).then_some(("jsonencode(", parsed, ")"))
        }
        Value::Array(_) | Value::Object(_) if inline(value).len() > ONE_LINE => Some(("", value.clone(), "")),
        _ => None,
    }
}

fn document_lines(opening: &str, document: &Value, closing: &str) -> Vec<String> {
    let pretty = serde_json::to_string_pretty(document).unwrap_or_default();
    let lines: Vec<&str> = pretty.lines().collect();
    let last = lines.len().saturating_sub(1);
    let whole = |(index, line): (usize, &&str)| {
        let start = if index == 0 { opening } else { "" };
        let end = if index == last { closing } else { "" };
        format!("{start}{}{end}", cut_middle(&visible(line), VALUE_WIDTH))
    };
    lines.iter().enumerate().map(whole).collect()
}

/// A value on one line: scalars as in HCL, collections with a space after each comma.
fn inline(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let pairs: Vec<String> = fields
                .iter()
                .map(|(key, value)| format!("{} = {}", key_text(key), inline(value)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        scalar => scalar.to_string(),
    }
}

fn key_text(key: &str) -> String {
    let bare = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    if bare {
        key.to_owned()
    } else {
        Value::from(key).to_string()
    }
}
