//! What is checked and why, from the policy files alone.

mod markdown;
mod text;
pub mod v1;

pub use markdown::{list as list_markdown, page as page_markdown};
pub use text::{list as list_text, page as page_text};

use super::build::severity;
use super::json::pretty;
use super::v1::{Configuration, PolicyLocation, RuleOverride, Tool};
use super::words;
use crate::policy::metric::Metric;
use crate::policy::rule::{OnUndetermined, Only, Rule, Subject, Types};
use crate::policy::template::PLACEHOLDERS;
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

/// The rules and metrics under a configuration.
#[must_use]
pub fn all(policies: &Policies, configuration: Option<&Configuration>) -> v1::Rules {
    v1::Rules {
        metrics: policies.metrics.iter().map(|one| metric(policies, one)).collect(),
        ..of(policies.rules.iter(), configuration)
    }
}

/// One rule or metric under a configuration; where there is none of that id, the id that is most like it.
///
/// # Errors
/// The id that may be meant.
pub fn one(policies: &Policies, configuration: Option<&Configuration>, id: &str) -> Result<v1::Rules, Option<String>> {
    if let Some(rule) = policies.rules.iter().find(|rule| rule.id == id) {
        return Ok(of(std::iter::once(rule), configuration));
    }
    let metrics = policies.metrics.iter();
    if let Some(one) = metrics.clone().find(|metric| metric.id == id) {
        return Ok(v1::Rules {
            metrics: vec![metric(policies, one)],
            ..of(std::iter::empty(), configuration)
        });
    }
    let rules = policies.rules.iter().map(|rule| rule.id.as_str());
    Err(suggest(id, rules.chain(metrics.map(|metric| metric.id.as_str()))))
}

/// Writes rules as indented JSON with a newline at the end.
#[must_use]
pub fn json(rules: &v1::Rules) -> String {
    pretty(rules)
}

fn of<'r>(rules: impl Iterator<Item = &'r Rule>, configuration: Option<&Configuration>) -> v1::Rules {
    let changed = |rule: &Rule| {
        let all = configuration.into_iter().flat_map(|one| &one.rules);
        all.into_iter().find(|one| one.rule == rule.id).cloned()
    };
    v1::Rules {
        schema_version: v1::SCHEMA_VERSION,
        tool: Tool {
            name: "planseal".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        },
        configuration: configuration.map(|one| one.file.clone()),
        rules: rules.map(|one| rule(one, changed(one))).collect(),
        metrics: Vec::new(),
    }
}

fn metric(policies: &Policies, metric: &Metric) -> v1::Metric {
    let is_off = |id: &String| {
        let mut rules = policies.rules.iter();
        rules.any(|rule| rule.id == *id && rule.disabled.is_some())
    };
    let rules: Vec<String> = metric.rules().map(str::to_owned).collect();
    v1::Metric {
        id: metric.id.clone(),
        title: metric.title.clone(),
        target: metric.target,
        switched_off: rules.iter().filter(|id| is_off(id)).cloned().collect(),
        rules,
        why: metric.why.clone(),
        reference: metric.reference.clone(),
        policy: PolicyLocation {
            file: metric.file.clone(),
            line: metric.line,
        },
        source: metric.text.to_string(),
    }
}

/// The rules that a metric counts by, between `quote`; nothing where it asks everything by itself.
fn counts_by(metric: &v1::Metric, quote: &str) -> Option<String> {
    let named = |id: &String| match metric.switched_off.contains(id) {
        true => format!("{quote}{id}{quote} (switched off, so not counted)"),
        false => format!("{quote}{id}{quote}"),
    };
    let rules: Vec<String> = metric.rules.iter().map(named).collect();
    (!rules.is_empty()).then(|| rules.join(", "))
}

fn rule(rule: &Rule, changed: Option<RuleOverride>) -> v1::Rule {
    let told = |key: &str| written::with_parameters(rule, &written::value(rule, key).unwrap_or_default());
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
        parameters: rule
            .parameters
            .iter()
            .map(|(name, value)| v1::Parameter {
                name: name.clone(),
                value: value.clone(),
            })
            .collect(),
        changed,
        each: each.map(str::to_owned),
        resources,
        per_plan: rule.per_plan,
        needs_source: rule.needs_source,
        follows: rule.follows.clone(),
        on_undetermined: match rule.on_undetermined {
            OnUndetermined::Fail => "fail",
            OnUndetermined::Warn => "warn",
        }
        .to_owned(),
        message: told("message"),
        why: rule.why.clone(),
        fix: told("fix"),
        fixes: written::fixes(rule)
            .into_iter()
            .map(|(resources, fix)| v1::Fix { resources, fix })
            .collect(),
        facts: rule
            .facts
            .iter()
            .map(|one| v1::Fact {
                fact: one.text.clone(),
                basis: one.basis.word().to_owned(),
                reference: one.reference.clone(),
            })
            .collect(),
        reference: rule.reference.clone(),
        examples: Vec::new(),
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

/// How a fact is known, in words.
fn known(fact: &v1::Fact) -> &str {
    match fact.basis.as_str() {
        "documented" => "documented",
        "measured" => "seen in a plan of the provider",
        "schema" => "in the provider's schema",
        "general-knowledge" => "well known, not checked again",
        "unverified" => "not verified",
        other => other,
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

/// How to mend it, and what of that is for some types only, with their name; what the catalog says is shown with each finding.
fn own_fixes(rule: &v1::Rule) -> Vec<(Option<&str>, String)> {
    let general = (!rule.fix.is_empty()).then(|| (None, own_fix(&rule.fix)));
    let own = rule
        .fixes
        .iter()
        .map(|one| (Some(one.resources.as_str()), own_fix(&one.fix)));
    general.into_iter().chain(own).collect()
}

fn own_fix(text: &str) -> String {
    let catalog = "# What the catalog says for the part of the store: `check` shows it with each finding.";
    let lines = text.trim_end().split('\n').map(|line| match line.trim() {
        "{{fix}}" | "{{recommended_fix}}" => catalog.to_owned(),
        _ => readable(line),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A text with its placeholders as a person writes them: `<category from>`.
fn readable(text: &str) -> String {
    PLACEHOLDERS.iter().fold(text.to_owned(), |text, name| {
        text.replace(&format!("{{{{{name}}}}}"), &format!("<{}>", name.replace('_', " ")))
    })
}

/// The severity, with those that it may have instead; `off` where the configuration switches the rule off.
fn severities(rule: &v1::Rule) -> String {
    if rule.changed.as_ref().is_some_and(|changed| !changed.enabled) {
        return "off".to_owned();
    }
    let mut all: Vec<_> = rule.severity_when.iter().map(|case| case.severity).collect();
    all.push(rule.severity);
    all.sort();
    all.dedup();
    match (all.first(), all.last()) {
        (Some(least), Some(most)) if least != most => {
            format!("{} to {}", words::severity(*least), words::severity(*most))
        }
        _ => words::severity(rule.severity).to_owned(),
    }
}

/// A parameter with its value, and the rule's own one where the configuration gives another.
fn parameter(rule: &v1::Rule, parameter: &v1::Parameter) -> String {
    let changed = rule.changed.iter().flat_map(|one| &one.parameters);
    let own = changed.into_iter().find(|one| one.name == parameter.name);
    match own {
        Some(own) => format!(
            "`{}`: {} (the rule itself says {})",
            parameter.name, parameter.value, own.before
        ),
        None => format!("`{}`: {}", parameter.name, parameter.value),
    }
}

/// What a configuration changes in a rule, in words.
fn changes(rules: &v1::Rules, rule: &v1::Rule) -> Option<String> {
    let changed = rule.changed.as_ref()?;
    let mut parts = Vec::new();
    if !changed.enabled {
        parts.push("switches it off: it makes no findings".to_owned());
    }
    if let Some(severity) = &changed.severity {
        let before: Vec<&str> = severity.before.iter().map(|one| words::severity(*one)).collect();
        let after = words::severity(severity.after);
        parts.push(format!("makes it {after} instead of {}", before.join(" or ")));
    }
    if !changed.parameters.is_empty() {
        let names: Vec<String> = changed.parameters.iter().map(|one| format!("`{}`", one.name)).collect();
        parts.push(format!("sets {}", names.join(" and ")));
    }
    let reason = changed
        .reason
        .iter()
        .map(|reason| format!(" (\u{201c}{reason}\u{201d})"));
    let file = rules.configuration.as_deref().unwrap_or_default();
    Some(format!(
        "`{file}` {}{}",
        parts.join(", and "),
        reason.collect::<String>()
    ))
}

/// What a test case shows, and of which resources where it has several.
fn example(example: &v1::Example) -> String {
    let several = [&example.before, &example.after]
        .iter()
        .filter_map(|hcl| hcl.as_deref())
        .any(|hcl| hcl.matches("\n}\n").count() + hcl.matches(" {}\n").count() > 1);
    let outcome = match example.outcome.as_str() {
        "advice" => "what it advises against",
        "violation" => "what it finds",
        _ => "what passes",
    };
    match several {
        true => format!("{outcome}, in {} ({})", example.addresses.join(", "), example.name),
        false => format!("{outcome} ({})", example.name),
    }
}

/// The HCL of a test case, each piece with what it shows; with one piece nothing needs to be said.
fn pieces(example: &v1::Example) -> Vec<(&'static str, &str)> {
    match (example.before.as_deref(), example.after.as_deref()) {
        (None, Some(after)) => vec![("", after)],
        (Some(before), None) => vec![("this plan deletes", before)],
        (Some(before), Some(after)) if before == after => vec![("before this plan and after it", after)],
        (Some(before), Some(after)) => vec![("before this plan", before), ("after it", after)],
        (None, None) => Vec::new(),
    }
}
