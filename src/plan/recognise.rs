//! What text is that is no JSON, and what JSON is that is no plan.

use serde::de::IgnoredAny;

use super::document::Document;
use super::excerpt::{self, visible};
use super::reader::Scalar;
use super::refusal::Refusal;

/// A zip's first letters; what follows them is lost or kept by whatever re-encoded it.
const ZIP: &str = "PK";
/// Text is judged by so much of its beginning.
const LOOKED_AT: usize = 4096;

/// Input that is recognised by its first characters.
pub(super) fn before_json(text: &str) -> Option<Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Some(Refusal::Empty);
    }
    let mut after = text.strip_prefix(ZIP)?.chars();
    let damaged = |character: char| character.is_control() || character == char::REPLACEMENT_CHARACTER;
    after.next().is_some_and(damaged).then_some(Refusal::MangledBinaryPlan)
}

/// What `text`, which should be a document, is instead; `None` where it may be JSON.
pub(super) fn text(text: &str) -> Option<Refusal> {
    if text.starts_with('{') || may_be_json(text) {
        return None;
    }
    let start = excerpt::beginning(text.lines().next().unwrap_or_default());
    let head = plain(beginning(text));
    if is_error_text(&head) {
        let start = head
            .lines()
            .map(|line| line.trim_matches(|character: char| character.is_whitespace() || "╷│".contains(character)))
            .find(|line| !line.is_empty())
            .unwrap_or_default();
        return Some(Refusal::ErrorText { start: visible(start) });
    }
    if is_plan_text(&head) {
        return Some(Refusal::PlanText);
    }
    if is_code(&head) {
        return Some(Refusal::Hcl);
    }
    if is_path(text.trim()) {
        return Some(Refusal::Path {
            path: visible(text.trim()),
        });
    }
    Some(Refusal::NotJson { start })
}

fn beginning(text: &str) -> &str {
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    text.get(..end).unwrap_or_default()
}

/// `text` without the colours of a terminal.
fn plain(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let kept = part.trim_start_matches(|character: char| character.is_ascii_digit() || character == ';');
        plain.push_str(kept.strip_prefix('m').unwrap_or(kept));
    }
    plain
}

fn is_error_text(head: &str) -> bool {
    let first = head.trim_start();
    first.starts_with('╷') || first.starts_with("Error:") || first.starts_with("Error ")
}

fn is_plan_text(head: &str) -> bool {
    const PHRASES: [&str; 8] = [
        "used the selected providers",
        "will perform the following actions",
        "An execution plan has been generated",
        "Refreshing Terraform state in-memory",
        "Refreshing state...",
        "Your infrastructure matches the configuration",
        "to add, ",
        "Terraform will perform",
    ];
    let change = |line: &str| {
        line.trim_start().starts_with("# ") && (line.contains(" will be ") || line.contains(" must be replaced"))
    };
    PHRASES.iter().any(|phrase| head.contains(phrase)) || head.lines().any(change)
}

fn is_code(head: &str) -> bool {
    const BLOCKS: [&str; 10] = [
        "resource",
        "data",
        "module",
        "provider",
        "variable",
        "output",
        "locals",
        "terraform",
        "moved",
        "import",
    ];
    head.lines().any(|line| {
        let mut words = line.split_whitespace();
        let block = words.next().is_some_and(|word| BLOCKS.contains(&word));
        block && words.next().is_some_and(|word| word.starts_with(['"', '{']))
    })
}

fn is_path(text: &str) -> bool {
    let one_word = !text.contains(|character: char| character.is_whitespace() || "{}\"<>".contains(character));
    one_word && text.len() <= 1024 && (text.contains('/') || text.contains('\\') || text.ends_with(".json"))
}

/// An array, or text that is one JSON scalar as a whole. Log lines start with brackets and numbers, too.
fn may_be_json(text: &str) -> bool {
    let Some(elements) = text.strip_prefix('[') else {
        return serde_json::from_str::<IgnoredAny>(text).is_ok();
    };
    elements.trim_start().starts_with([
        '{', '[', ']', '"', '-', 't', 'f', 'n', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    ])
}

/// What `document` is instead of a plan; `None` where it is one.
pub(super) fn json(document: &Document<'_>) -> Option<Refusal> {
    let keys = &document.keys;
    let has = |key: &str| keys.contains(key);
    if let Some(shape) = document.not_an_object {
        return Some(Refusal::OtherJson { what: shape.to_owned() });
    }
    if keys.is_empty() {
        return Some(Refusal::EmptyObject);
    }
    if has("remote_plan_format") {
        return Some(Refusal::CloudBookmark);
    }
    if is_raw_state(document) {
        return Some(Refusal::RawState);
    }
    if has("values") && !has("resource_changes") && !has("planned_values") {
        return Some(Refusal::State);
    }
    if PLAN_KEYS.iter().any(|key| has(key)) {
        return None;
    }
    if has("format_version") {
        let only_versions = keys
            .first()
            .iter()
            .all(|key| matches!(key.as_ref(), "format_version" | "terraform_version"));
        return Some(if only_versions {
            Refusal::EmptyState
        } else {
            Refusal::OtherTool {
                keys: first_keys(document),
            }
        });
    }
    if has("global") {
        return Some(Refusal::SentinelMock);
    }
    Some(Refusal::OtherJson {
        what: format!("an object with the keys {}", first_keys(document)),
    })
}

/// The keys that only a plan has.
const PLAN_KEYS: [&str; 9] = [
    "resource_changes",
    "planned_values",
    "configuration",
    "prior_state",
    "resource_drift",
    "output_changes",
    "applyable",
    "complete",
    "errored",
];

fn is_raw_state(document: &Document<'_>) -> bool {
    let has = |key: &str| document.keys.contains(key);
    matches!(document.version, Some(Scalar::Unsigned(_)))
        && (has("lineage") || has("terraform_version") || has("serial"))
        && (has("resources") || has("modules") || has("outputs"))
        && !has("format_version")
}

fn first_keys(document: &Document<'_>) -> String {
    const NAMED: usize = 4;
    let mut keys: Vec<String> = document
        .keys
        .first()
        .iter()
        .take(NAMED)
        .map(|key| format!("`{}`", visible(key)))
        .collect();
    if document.keys.first().len() > NAMED {
        keys.push("…".to_owned());
    }
    keys.join(", ")
}
