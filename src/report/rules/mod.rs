//! What is checked and why, from the policy files alone.

mod markdown;
mod text;
pub mod v1;

pub use markdown::{list as list_markdown, page as page_markdown};
pub use text::{list as list_text, page as page_text};

use super::build::severity;
use super::json::pretty;
use super::v1::{PolicyLocation, Tool};
use crate::policy::rule::{OnUndetermined, Only, Rule, Subject, Types};
use crate::policy::yaml::suggest;
use crate::policy::{Policies, written};

/// The most resource types that a line names.
const MOST_TYPES: usize = 3;

/// What rules look at: the groups of the list, in order, with their headings.
const GROUPS: [(&str, &str); 5] = [
    ("store-part", "Protection of each part of each store"),
    ("store", "Stores"),
    ("key", "Keys"),
    ("", "Single resource types"),
    ("waiver", "Waivers of the configuration"),
];

/// The rules in force.
#[must_use]
pub fn all(policies: &Policies) -> v1::Rules {
    of(policies.rules.iter())
}

/// One rule; where there is none of that id, the id that is most like it.
///
/// # Errors
/// The id that may be meant.
pub fn one(policies: &Policies, id: &str) -> Result<v1::Rules, Option<String>> {
    match policies.rules.iter().find(|rule| rule.id == id) {
        Some(rule) => Ok(of(std::iter::once(rule))),
        None => Err(suggest(id, policies.rules.iter().map(|rule| rule.id.as_str()))),
    }
}

/// Writes rules as indented JSON with a newline at the end.
#[must_use]
pub fn json(rules: &v1::Rules) -> String {
    pretty(rules)
}

fn of<'r>(rules: impl Iterator<Item = &'r Rule>) -> v1::Rules {
    v1::Rules {
        schema_version: v1::SCHEMA_VERSION,
        tool: Tool {
            name: "planseal".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        },
        rules: rules.map(rule).collect(),
    }
}

fn rule(rule: &Rule) -> v1::Rule {
    let (each, resources) = subject(&rule.subject);
    v1::Rule {
        id: rule.id.clone(),
        title: rule.title.clone(),
        severity: severity(rule.severity),
        severity_when: written::severity_cases(rule)
            .into_iter()
            .map(|(when, case)| v1::SeverityCase {
                when,
                severity: severity(case),
            })
            .collect(),
        controls: rule.controls.clone(),
        each: each.map(str::to_owned),
        resources,
        per_plan: rule.per_plan,
        follows: rule.follows.clone(),
        on_undetermined: match rule.on_undetermined {
            OnUndetermined::Fail => "fail",
            OnUndetermined::Warn => "warn",
        }
        .to_owned(),
        message: written::value(rule, "message").unwrap_or_default(),
        why: rule.why.clone(),
        fix: written::value(rule, "fix").unwrap_or_default(),
        reference: rule.reference.clone(),
        policy: PolicyLocation {
            file: rule.file.clone(),
            line: rule.line,
        },
        source: rule.text.to_string(),
    }
}

fn subject(subject: &Subject) -> (Option<&'static str>, Vec<String>) {
    let texts = |types: &Types| types.0.iter().map(|one| one.text().to_owned()).collect();
    let types = |only: &Only| only.0.as_ref().map(texts).unwrap_or_default();
    match subject {
        Subject::Types(types) => (None, texts(types)),
        Subject::Stores(only) => (Some("store"), types(only)),
        Subject::StoreParts(only) => (Some("store-part"), types(only)),
        Subject::Keys(only) => (Some("key"), types(only)),
        Subject::Waivers => (Some("waiver"), Vec::new()),
    }
}

/// What a rule looks at, in words; resource types between `quote`.
fn looks_at(rule: &v1::Rule, most: usize, quote: &str) -> String {
    let named = rule.resources.iter().take(most);
    let mut types: Vec<String> = named.map(|one| format!("{quote}{one}{quote}")).collect();
    let more = rule.resources.len().saturating_sub(most);
    if more > 0 {
        types.push(format!("{more} more"));
    }
    let types = types.join(", ");
    let each = match rule.each.as_deref() {
        Some("store") => "each store",
        Some("store-part") => "each part of each store",
        Some("key") => "each key",
        Some("waiver") => "each waiver",
        Some(other) => other,
        None => return types,
    };
    match types.is_empty() {
        true => each.to_owned(),
        false => format!("{each} of {types}"),
    }
}

/// The rules by what they look at, most severe first.
fn grouped(rules: &v1::Rules) -> Vec<(&'static str, Vec<&v1::Rule>)> {
    let mut groups = Vec::new();
    for (each, heading) in GROUPS {
        let is_member = |rule: &&v1::Rule| rule.each.as_deref().unwrap_or_default() == each;
        let mut members: Vec<&v1::Rule> = rules.rules.iter().filter(is_member).collect();
        members.sort_by(|left, right| (right.severity, &left.id).cmp(&(left.severity, &right.id)));
        if !members.is_empty() {
            groups.push((heading, members));
        }
    }
    groups
}

/// How to mend it, where the rule itself says so.
fn own_fix(rule: &v1::Rule) -> String {
    match rule.fix.trim() {
        "{{fix}}" | "{{recommended_fix}}" => {
            "# What the catalog says for the part of the store: `check` shows it with each finding.".to_owned()
        }
        fix => fix.to_owned(),
    }
}

/// The severity, with those that it may have instead.
fn severities(rule: &v1::Rule) -> String {
    let mut all: Vec<_> = rule.severity_when.iter().map(|case| case.severity).collect();
    all.push(rule.severity);
    all.sort();
    all.dedup();
    match (all.first(), all.last()) {
        (Some(least), Some(most)) if least != most => {
            format!(
                "{} to {}",
                super::words::severity(*least),
                super::words::severity(*most)
            )
        }
        _ => super::words::severity(rule.severity).to_owned(),
    }
}
