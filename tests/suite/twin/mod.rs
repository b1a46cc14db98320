//! The good twin with one thing changed: exactly the findings that this calls for, and no other.

mod completeness;
mod edit;
mod first_apply;
mod later;
mod settled;

use std::collections::BTreeSet;

use edit::Twin;
use planseal::policy::rule::Rule;
use planseal::report::v1::Finding;

use crate::common::{self, POLICIES};

/// One change to the good twin and what must be said of it.
struct Mutation {
    what: &'static str,
    change: fn(&mut Twin),
    /// `RULE ADDRESS OUTCOME CHANGE SEVERITY`; the address of a finding about the whole plan is `-`, and a part other than
    /// `storage` stands behind the address: `aws_db_instance.members/performance-insights`.
    expected: &'static [&'static str],
}

fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn line(finding: &Finding) -> String {
    let part = finding.part.as_deref().filter(|part| *part != "storage");
    let part = part.map(|part| format!("/{part}")).unwrap_or_default();
    let address = finding.address.as_deref().unwrap_or("-").to_owned() + &part;
    let [outcome, change, severity] = [word(finding.outcome), word(finding.change), word(finding.severity)];
    format!("{} {address} {outcome} {change} {severity}", finding.rule)
}

/// Rules about data at rest and its keys that `testdata/key-hierarchy` shows instead: each change of a tag would be about several.
const OF_THE_HIERARCHY: [&str; 6] = [
    "key-category-split",
    "key-outside-hierarchy",
    "kms-key-tags-missing",
    "kms-key-without-alias",
    "kms-key-without-category",
    "kms-rotation-period-long",
];

/// The rules that the mutations are about. What others find is shown by `testdata/in-transit`, `testdata/certificates`,
/// `testdata/databases` and `testdata/strategy`.
fn compared() -> impl Iterator<Item = &'static Rule> {
    let at_rest = |rule: &&Rule| rule.controls.iter().any(|control| control == "WAF-SEC-030");
    let rules = POLICIES.rules.iter().filter(at_rest);
    rules.filter(|rule| !OF_THE_HIERARCHY.contains(&rule.id.as_str()))
}

fn findings(twin: &Twin) -> BTreeSet<String> {
    let judged = common::judge(&common::read_bytes(twin.bytes()));
    let of_interest = |one: &&Finding| compared().any(|rule| rule.id == one.rule);
    let lines: Vec<String> = judged.report.findings.iter().filter(of_interest).map(line).collect();
    let set: BTreeSet<String> = lines.iter().cloned().collect();
    assert_eq!(lines.len(), set.len(), "the same finding twice: {lines:#?}");
    set
}

/// Applies each mutation to a twin of its own, and compares.
fn compare(start: fn() -> Twin, mutations: &[Mutation]) {
    let original = start();
    assert_eq!(findings(&original), BTreeSet::new(), "the twin itself is clean");
    let mut wrong = Vec::new();
    for mutation in mutations {
        let mut twin = start();
        (mutation.change)(&mut twin);
        assert!(twin != original, "{} changes nothing", mutation.what);
        let expected: BTreeSet<String> = mutation.expected.iter().map(|line| (*line).to_owned()).collect();
        let found = findings(&twin);
        let missing = expected.difference(&found).map(|line| format!("\n    missing: {line}"));
        let surplus = found
            .difference(&expected)
            .map(|line| format!("\n    unexpected: {line}"));
        let differ: String = missing.chain(surplus).collect();
        if !differ.is_empty() {
            wrong.push(format!("{}{differ}", mutation.what));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn changing_one_thing_of_a_first_apply_gives_exactly_its_findings() {
    compare(Twin::good, first_apply::MUTATIONS);
    compare(Twin::good, first_apply::OF_KEYS);
}

#[test]
fn changing_one_thing_of_what_stands_gives_exactly_its_findings() {
    compare(settled::twin, later::MUTATIONS);
}
