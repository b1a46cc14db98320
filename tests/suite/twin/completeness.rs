//! No attribute that a policy names is left without a mutation.

use std::collections::{BTreeMap, BTreeSet};

use planseal::policy::rule::Rule;
use planseal::policy::uses::subjects;
use serde_json::Value;

use super::edit::Twin;
use super::{Mutation, compared, first_apply, later, settled};
use crate::common::POLICIES;
use crate::policies::coverage::ONLY_ADVICE;
use crate::policies::schema::named_by;

/// Attributes that need no mutation, with the reason.
const EXEMPT: [(&str, &str, &str); 6] = [
    ("aws_dynamodb_table", "replica[*]", SECONDARY),
    ("aws_dynamodb_table", "replica[*].kms_key_arn", SECONDARY),
    ("aws_rds_cluster", "performance_insights_enabled", SECONDARY),
    ("aws_rds_cluster", "performance_insights_kms_key_id", SECONDARY),
    ("aws_secretsmanager_secret", "replica[*]", SECONDARY),
    ("aws_secretsmanager_secret", "replica[*].kms_key_id", SECONDARY),
];
const SECONDARY: &str = "the twin has no such part; the plans of the catalog show it";

/// The rules that the mutations are about and that look at something in the twin.
fn rules() -> impl Iterator<Item = &'static str> {
    let types: BTreeSet<String> = resources(&Twin::good()).into_values().map(|(name, _)| name).collect();
    let looks = move |rule: &&Rule| {
        subjects(&POLICIES, &rule.subject)
            .iter()
            .any(|name| types.contains(name))
    };
    compared().filter(looks).map(|rule| rule.id.as_str())
}

/// The rule that a policy file holds.
fn rule_of(file: &str) -> Option<&str> {
    file.strip_prefix("policies/rules/")?.strip_suffix(".yaml")
}

/// `TYPE PATH`
type Attributes = BTreeSet<(String, String)>;

/// The values and expressions of a plan by resource.
fn resources(twin: &Twin) -> BTreeMap<String, (String, Value)> {
    let mut found = BTreeMap::new();
    let mut copy = twin.clone();
    for change in twin.0["resource_changes"].as_array().unwrap() {
        let address = change["address"].as_str().unwrap();
        let gone = change["change"]["after"].is_null();
        let written = if gone {
            Value::Null
        } else {
            copy.expressions(address).clone()
        };
        let all = serde_json::json!([change["change"]["after"], change["change"]["after_unknown"], written]);
        found.insert(address.to_owned(), (change["type"].as_str().unwrap().to_owned(), all));
    }
    found
}

/// The attributes that differ between two plans, of resources that are in both.
fn changed(original: &Twin, mutated: &Twin) -> Attributes {
    let (before, after) = (resources(original), resources(mutated));
    let mut found = BTreeSet::new();
    for (address, (resource_type, before)) in before {
        let Some((_, after)) = after.get(&address).filter(|(_, after)| !after[0].is_null()) else {
            continue;
        };
        for index in 0..3 {
            let mut paths = Vec::new();
            differences(&before[index], &after[index], String::new(), &mut paths);
            found.extend(paths.into_iter().map(|path| (resource_type.clone(), path)));
        }
    }
    found
}

fn is_leaf(value: &Value) -> bool {
    !value.is_array() && !value.is_object() || value.get("constant_value").or(value.get("references")).is_some()
}

/// Leaves that differ, and `x[*]` where a list gains elements or loses all: to lose one does not change what was in it.
fn differences(before: &Value, after: &Value, path: String, found: &mut Vec<String>) {
    if before == after {
        return;
    }
    if is_leaf(before) && is_leaf(after) {
        return found.push(path);
    }
    let none = Value::Null;
    if let Value::Array(elements) = before
        && after.as_array().is_none_or(Vec::is_empty)
    {
        return found.extend((!elements.is_empty()).then(|| format!("{path}[*]")));
    }
    if let Value::Array(elements) = after {
        let count = before.as_array().map_or(0, Vec::len);
        found.extend((count < elements.len()).then(|| format!("{path}[*]")));
        for (index, element) in elements.iter().enumerate() {
            differences(before.get(index).unwrap_or(&none), element, format!("{path}[*]"), found);
        }
        return;
    }
    let names = [before, after]
        .into_iter()
        .filter_map(Value::as_object)
        .flat_map(|object| object.keys());
    for name in names.collect::<BTreeSet<_>>() {
        let inner = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}.{name}")
        };
        differences(
            before.get(name).unwrap_or(&none),
            after.get(name).unwrap_or(&none),
            inner,
            found,
        );
    }
}

fn covered(start: fn() -> Twin, mutations: &[Mutation]) -> Attributes {
    let original = start();
    let each = mutations.iter().map(|mutation| {
        let mut twin = start();
        (mutation.change)(&mut twin);
        changed(&original, &twin)
    });
    each.flatten().collect()
}

#[test]
fn every_attribute_that_a_policy_names_has_a_mutation() {
    let types: BTreeSet<String> = resources(&Twin::good())
        .into_values()
        .map(|(resource_type, _)| resource_type)
        .collect();
    let catalog = &POLICIES.catalog;
    let tagged = catalog.stores.keys().chain(catalog.keys.keys().map(|(_, name)| name));
    let tags = tagged.flat_map(|name| ["tags", "tags_all"].map(|tags| (name.clone(), format!("{tags}.data-class"))));
    // What only says which resource is meant decides nothing by itself.
    let rules = BTreeSet::from_iter(rules());
    let mut expected: Attributes = named_by(|file| rule_of(file).is_none_or(|id| rules.contains(id)))
        .into_iter()
        .filter(|one| !one.asked.identity)
        .map(|one| (one.resource_type, one.path))
        .chain(tags)
        .filter(|(resource_type, _)| types.contains(resource_type))
        .collect();
    for (resource_type, path, reason) in EXEMPT {
        assert!(
            expected.remove(&(resource_type.to_owned(), path.to_owned())),
            "{resource_type} {path}: {reason}"
        );
    }
    assert!(expected.len() > 50, "{}", expected.len());
    let mut found = covered(Twin::good, first_apply::MUTATIONS);
    found.append(&mut covered(Twin::good, first_apply::OF_KEYS));
    found.append(&mut covered(settled::twin, later::MUTATIONS));
    let missing: Vec<_> = expected.difference(&found).collect();
    assert!(
        missing.is_empty(),
        "policies name what no mutation changes: {missing:#?}"
    );
}

#[test]
fn every_rule_has_a_mutation_that_breaks_it() {
    let all = first_apply::MUTATIONS
        .iter()
        .chain(first_apply::OF_KEYS)
        .chain(later::MUTATIONS);
    let rule = |line: &'static str| line.split(' ').next().unwrap();
    let breaks = |line: &&'static str| {
        let outcome = if ONLY_ADVICE.contains(&rule(line)) {
            " advice "
        } else {
            " violation "
        };
        line.contains(outcome)
    };
    let lines = all.flat_map(|mutation| mutation.expected).copied();
    let found: BTreeSet<&str> = lines.filter(breaks).map(rule).collect();
    assert_eq!(found, BTreeSet::from_iter(rules()));
}

#[test]
fn the_search_for_changes_finds_leaves_and_lost_elements() {
    let [before, after] = [
        serde_json::json!({ "a": 1, "b": [{ "c": 1, "d": 2 }], "e": [{ "f": 1 }] }),
        serde_json::json!({ "a": 2, "b": [{ "c": 1, "d": 3 }], "e": [], "g": [{ "h": 1 }] }),
    ];
    let mut found = Vec::new();
    differences(&before, &after, String::new(), &mut found);
    assert_eq!(found, ["a", "b[*].d", "e[*]", "g[*]", "g[*].h"]);
}
