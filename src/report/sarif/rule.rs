//! The rules that found something.

use std::collections::BTreeMap;

use super::log::{Configuration, Level, Rule, RuleProperties, Text};
use super::{level, plain, unlinked};
use crate::report::escape::{cut_middle, fenced, link_target, message, visible, visible_lines};
use crate::report::v1::{Finding, Outcome, Severity};

/// GitHub refuses a file with more tags to a rule.
const MOST_TAGS: usize = 20;
/// What GitHub shows of a description.
const MOST_CHARS: usize = 1024;

/// Each rule's findings by its id.
pub(super) type ByRule<'a> = BTreeMap<&'a str, Vec<&'a Finding>>;

/// What is said of one rule.
pub(super) fn of(id: &str, findings: &[&Finding]) -> Option<Rule> {
    // GitHub shows one severity for all alerts of a rule, so it is that of the worst; advice is no alert.
    let counts = |finding: &&&Finding| finding.outcome != Outcome::Advice;
    let worst = findings.iter().filter(counts).map(|finding| finding.severity).max();
    let head = findings.iter().max_by_key(|finding| {
        let rank = (finding.outcome != Outcome::Advice, finding.severity);
        (rank, std::cmp::Reverse(&finding.fingerprint))
    })?;
    let why = match head.why.is_empty() {
        true => &head.title,
        false => &head.why,
    };
    let mut tags: Vec<String> = ["security", "encryption"].map(str::to_owned).into();
    let controls: Vec<String> = head.controls.iter().map(|control| visible(control)).collect();
    tags.extend(controls.iter().take(MOST_TAGS - tags.len()).cloned());
    Some(Rule {
        id: visible(id),
        name: name(id),
        short_description: description(&head.title),
        full_description: description(why),
        help: help(head, why),
        help_uri: link_target(&head.reference).map(|_| head.reference.clone()),
        default_configuration: Configuration {
            level: worst.map_or(Level::Note, level),
        },
        properties: RuleProperties {
            tags,
            controls,
            security_severity: worst.map(score),
        },
    })
}

fn description(text: &str) -> Text {
    Text {
        text: cut_middle(&plain(text), MOST_CHARS),
        markdown: None,
    }
}

fn help(head: &Finding, why: &str) -> Text {
    let mut text = plain(why);
    let mut markdown = format!("{}\n", message(why));
    if !head.fix.is_empty() {
        // Lines of code stay lines, and every one is indented: none of them can begin a workflow command.
        let lines: Vec<String> = visible_lines(&head.fix)
            .iter()
            .map(|line| format!("    {line}"))
            .collect();
        let lines = unlinked(&lines.join("\n"));
        text.push_str(&format!("\n\nHow to mend it, for example:\n\n{lines}"));
        markdown.push_str(&format!(
            "\nHow to mend it, for example:\n\n{}",
            fenced("hcl", &head.fix)
        ));
    }
    if let Some(target) = link_target(&head.reference) {
        text.push_str(&format!("\n\nSee {}", head.reference));
        markdown.push_str(&format!("\n[Where the demand comes from]({target})\n"));
    }
    Text {
        text,
        markdown: Some(markdown),
    }
}

/// The id as one word: the standard wants a name that is no second id.
fn name(id: &str) -> String {
    let words = id
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let capitalised = words.map(|word| {
        let mut letters = word.chars();
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    });
    let name: String = capitalised.collect();
    match name.is_empty() {
        true => "Rule".to_owned(),
        false => name,
    }
}

/// In the middle of what GitHub calls by the same word.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "3.0",
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_are_words() {
        assert_eq!(name("at-rest-below-minimum"), "AtRestBelowMinimum");
        assert_eq!(name("::"), "Rule");
    }
}
