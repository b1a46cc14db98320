//! What a configuration changes in rules.

use serde_json::Value;

use super::super::rule::severity;
use super::super::{Context, Others};
use crate::policy::Policies;
use crate::policy::config::Overridden;
use crate::policy::parameters::Override;
use crate::policy::pattern::Pattern;
use crate::policy::rule::Rule;
use crate::policy::schema::OverrideDoc;
use crate::policy::yaml::{At, Entries, suggest};

/// An entry of `rules`: an id, or a pattern of ids.
struct Entry<'d> {
    name: &'d At<String>,
    pattern: Pattern,
    doc: &'d OverrideDoc,
}

impl Entry<'_> {
    fn is_id(&self) -> bool {
        !self.name.contains('*')
    }
}

/// Changes the rules; what was changed, by rule.
pub(super) fn apply(
    context: &mut Context<'_>,
    docs: &Entries<At<OverrideDoc>>,
    others: &Others,
    policies: &mut Policies,
) -> Vec<Overridden> {
    let mut entries = Vec::new();
    for (name, doc) in &docs.0 {
        check(context, name, doc);
        check_name(context, name, others);
        entries.push(Entry {
            name,
            pattern: Pattern::new(name.value.as_str()),
            doc: &doc.value,
        });
    }
    // What is said under an id wins, so it comes first.
    entries.sort_by_key(|entry| !entry.is_id());
    let before = policies.rules.clone();
    give_parameters(context, &entries, policies);
    let mut changed = Vec::new();
    for rule in &mut policies.rules {
        let written = before.iter().find(|one| one.id == rule.id);
        if let Some(mut one) = change(context, &entries, rule) {
            one.parameters = written
                .map(|written| changed_parameters(written, rule))
                .unwrap_or_default();
            changed.push(one);
        }
    }
    changed
}

/// Gives parameters of rules other values. Under a pattern, the rules that have such a parameter are meant.
fn give_parameters(context: &mut Context<'_>, entries: &[Entry<'_>], policies: &mut Policies) {
    // The entry that gives each value, beside it.
    let mut given: Vec<(&Entry<'_>, Override)> = Vec::new();
    for entry in entries {
        for (parameter, value) in entry.doc.parameters.iter().flat_map(|parameters| &parameters.0) {
            let has = |rule: &Rule| rule.parameters.iter().any(|(name, _)| *name == parameter.value);
            let meant = policies.rules.iter().filter(|rule| entry.pattern.matches(&rule.id));
            let meant: Vec<&Rule> = meant.filter(|rule| entry.is_id() || has(rule)).collect();
            if meant.is_empty() && !entry.is_id() {
                context.error(
                    parameter.span,
                    format!("no rule like `{}` has a parameter `{parameter}`", entry.name),
                    "the parameters of a rule stand under `parameters` in it",
                );
            }
            for rule in meant {
                let same = |one: &&(&Entry<'_>, Override)| one.1.rule.value == rule.id && one.1.parameter == *parameter;
                match given.iter().find(same) {
                    Some((first, other)) if first.is_id() || other.value == *value => {}
                    Some((first, _)) => {
                        disagree(context, [first, entry], &format!("the parameter `{parameter}`"), rule)
                    }
                    None => {
                        let rule = At {
                            value: rule.id.clone(),
                            span: entry.name.span,
                        };
                        let one = Override {
                            rule,
                            parameter: parameter.clone(),
                            value: value.clone(),
                        };
                        given.push((entry, one));
                    }
                }
            }
        }
    }
    let overrides: Vec<Override> = given.into_iter().map(|(_, one)| one).collect();
    if !overrides.is_empty() {
        *policies = policies.with_parameters(context.file, &overrides, context.errors);
    }
}

fn changed_parameters(before: &Rule, after: &Rule) -> Vec<(String, Value, Value)> {
    let pairs = before.parameters.iter().zip(&after.parameters);
    pairs
        .filter(|((_, was), (_, is))| was != is)
        .map(|((name, was), (_, is))| (name.clone(), was.clone(), is.clone()))
        .collect()
}

fn check(context: &mut Context<'_>, name: &At<String>, doc: &At<OverrideDoc>) {
    let OverrideDoc {
        severity,
        enabled,
        reason,
        parameters,
    } = &doc.value;
    if severity.is_none() && enabled.is_none() && parameters.is_none() {
        context.absent(
            name.span,
            format!("nothing is said of `{name}`"),
            "add `severity`, `enabled` or `parameters`",
        );
    }
    if let Some(enabled) = enabled.as_ref().filter(|enabled| !enabled.value && reason.is_none()) {
        context.absent(
            enabled.span,
            format!("`{name}` is switched off, and nothing says why"),
            "add `reason: …`; it stands in every report",
        );
    }
    if let Some(reason) = reason.as_ref().filter(|reason| reason.value.trim().is_empty()) {
        context.error(
            reason.span,
            "`reason` is empty",
            "say in a sentence why; it stands in every report",
        );
    }
}

fn check_name(context: &mut Context<'_>, name: &At<String>, others: &Others) {
    let all = context
        .names
        .all_rules
        .iter()
        .chain(&others.left_out)
        .map(String::as_str);
    if others.unread {
        return;
    }
    if !name.contains('*') {
        if !all.clone().any(|id| id == name.value) {
            let begins = all.clone().find(|id| id.starts_with(&name.value)).map(str::to_owned);
            let help = suggest(&name.value, all).or(begins).map_or_else(
                || "`planseal rules` lists the ids".into(),
                |close| format!("did you mean `{close}`?"),
            );
            context.error(name.span, format!("unknown rule `{name}`"), help);
        }
        return;
    }
    let pattern = Pattern::new(name.value.as_str());
    if !all.clone().any(|id| pattern.matches(id)) {
        context.error(
            name.span,
            format!("no rule has an id like `{name}`"),
            "`*` stands for any characters: `rds-*`; `planseal rules` lists the ids",
        );
    }
}

fn change(context: &mut Context<'_>, entries: &[Entry<'_>], rule: &mut Rule) -> Option<Overridden> {
    let own: Vec<&Entry<'_>> = entries.iter().filter(|entry| entry.pattern.matches(&rule.id)).collect();
    own.first()?;
    let new_severity = agreed(context, &own, rule, "severity", |doc| {
        doc.severity.as_ref().map(|at| at.value)
    });
    let enabled = agreed(context, &own, rule, "enabled", |doc| {
        doc.enabled.as_ref().map(|at| at.value)
    });
    let changed = new_severity.map(|new| {
        let before = rule.severities();
        rule.severity = severity(new);
        rule.severity_when.clear();
        (before, rule.severity)
    });
    let says = |entry: &&&Entry<'_>| match enabled {
        Some(false) => entry.doc.enabled.as_ref().is_some_and(|enabled| !enabled.value),
        _ => true,
    };
    let mut reasons = own.iter().filter(says).filter_map(|entry| entry.doc.reason.as_ref());
    let reason = reasons.next().map(|reason| reason.value.trim().to_owned());
    if enabled == Some(false) {
        rule.disabled = Some(reason.clone().unwrap_or_default());
    }
    Some(Overridden {
        rule: rule.id.clone(),
        severity: changed,
        parameters: Vec::new(),
        disabled: enabled == Some(false),
        reason,
    })
}

/// What an id says of a setting, else what every pattern that says anything of it says.
fn agreed<T: PartialEq + Copy>(
    context: &mut Context<'_>,
    own: &[&Entry<'_>],
    rule: &Rule,
    setting: &str,
    said: impl Fn(&OverrideDoc) -> Option<T>,
) -> Option<T> {
    let mut saying = own.iter().filter_map(|entry| Some((entry, said(entry.doc)?)));
    let (first, value) = saying.next()?;
    let other = saying.find(|(_, other)| *other != value).filter(|_| !first.is_id());
    if let Some((other, _)) = other {
        disagree(context, [first, other], &format!("`{setting}`"), rule);
    }
    Some(value)
}

/// Two patterns contradict each other.
fn disagree(context: &mut Context<'_>, [first, other]: [&Entry<'_>; 2], what: &str, rule: &Rule) {
    let (first, id) = (first.name, &rule.id);
    context.error(
        other.name.span,
        format!(
            "`{first}` and `{}` say different things of {what} of `{id}`",
            other.name
        ),
        format!("write an entry `{id}`: what is said under an id wins"),
    );
}
