//! What held before this plan, and what differs from it.

use serde_json::{Value, json};

use super::{change, found, judge, policies, rule, said, words};

const NEW: &str = "violation introduced";
const OPEN: &str = "undetermined introduced";

#[test]
fn a_condition_may_be_asked_of_the_state_before() {
    let of = |size: u32| json!({ "size": size });
    let shrunk = "forbid: { all: [{ before: { path: $.size, at_least: 5 } }, { path: $.size, at_most: 4 }] }";
    for (actions, before, after, expected) in [
        (vec!["update"], of(5), of(4), Some(NEW)),
        (vec!["update"], of(5), of(6), None),
        (vec!["update"], of(4), of(3), None),
        (vec!["no-op"], of(4), of(4), None),
        (vec!["delete", "create"], of(5), of(4), Some(NEW)),
        // Where nothing stood, nothing held.
        (vec!["create"], Value::Null, of(4), None),
        (vec!["delete"], of(5), Value::Null, None),
    ] {
        let said = said(shrunk, change(&actions, before.clone(), after.clone()));
        assert_eq!(said.as_deref(), expected, "{actions:?} {before} {after}");
    }
    // What did not hold before, be it that nothing stood there.
    let not_before = "forbid: { not: { before: { path: $.size, set: true } } }";
    let created = change(&["create"], Value::Null, of(4));
    assert_eq!(said(not_before, created).as_deref(), Some(NEW));
    assert_eq!(said(not_before, change(&["update"], of(4), of(5))), None);
}

#[test]
fn what_was_cannot_always_be_told() {
    let body = "when: { before: { path: $.policy, read_as: json, for: any, where: { path: $.open, equals: true } } }\n\
                forbid: { path: $.size, equals: 1 }";
    let values = |policy: &str, size: u32| json!({ "policy": policy, "size": size });
    let update = |policy: &str, size: u32| change(&["update"], values(policy, 2), values("{}", size));
    assert_eq!(said(body, update(r#"{"open": true}"#, 1)).as_deref(), Some(NEW));
    assert_eq!(said(body, update(r#"{"open": false}"#, 1)), None);
    assert_eq!(said(body, update("{", 1)).as_deref(), Some(OPEN));
    assert_eq!(said(body, update("{", 3)), None);
}

/// 02-lowered: the general key waited 30 days, and waits 14; the spare one waited 10, and waits 7.
#[test]
fn real_plans_are_asked_what_was() {
    let window = "resources: [aws_kms_key]\nwhen: { before: { path: $.deletion_window_in_days, at_least: 30 } }\n\
                  require: { path: $.deletion_window_in_days, at_least: 30 }";
    assert_eq!(
        found(&rule(window), "state-changes/02-lowered.json"),
        ["aws_kms_key.general violation introduced"]
    );
    // The table was under a key of which the configuration does not tell any more who wrote it.
    let level = "each: store-part\nforbid:\n  all:\n    - { before: { level: { equals: cmk } } }\n    \
                 - { level: { equals: aws-managed } }";
    assert_eq!(
        found(&rule(level), "state-changes/02-lowered.json"),
        [
            "aws_dynamodb_table.orders undetermined introduced",
            "aws_secretsmanager_secret.webhook violation introduced",
            "aws_sns_topic.alerts violation introduced",
            "aws_sns_topic.invoices violation introduced",
        ]
    );
}

#[test]
fn the_category_before_is_that_of_the_tags_before() {
    let topic = |tags: Value| json!({ "name": "x", "tags": tags, "tags_all": tags });
    let change = change(
        &["update"],
        topic(json!({ "data-class": "pii" })),
        topic(json!({ "data-class": "health" })),
    );
    let document = json!({ "format_version": "1.2", "resource_changes": [{
        "address": "aws_sns_topic.x", "mode": "managed", "type": "aws_sns_topic", "name": "x", "change": change,
    }]});
    for subject in ["each: store", "resources: [aws_sns_topic]"] {
        let said = |asked: &str| {
            let text = rule(&format!("{subject}\nforbid: {asked}"));
            let report = judge(&policies(&[&text]), serde_json::to_vec(&document).unwrap());
            report.findings.iter().map(words).collect::<Vec<_>>().join(", ")
        };
        let both = "{ all: [{ before: { category: { is: [pii] } } }, { category: { is: [health] } }] }";
        assert_eq!(said(both), "aws_sns_topic.x violation introduced", "{subject}");
        assert_eq!(said("{ before: { category: { is: [health] } } }"), "", "{subject}");
    }
}

#[test]
fn a_value_differs_from_before_or_does_not() {
    let of = |value: Value| json!({ "value": value });
    for (before, after, differs) in [
        (json!(1), json!(2), true),
        (json!(1), json!(1), false),
        (json!("true"), json!(true), false),
        (Value::Null, json!(1), true),
        (json!(1), Value::Null, true),
        (Value::Null, json!(""), false),
        (json!([]), Value::Null, false),
        (json!({ "a": [1] }), json!({ "a": [2] }), true),
        (json!(["a", "b"]), json!(["a", "b"]), false),
        (json!(["a", "b"]), json!(["a"]), true),
    ] {
        for path in ["$.value", "\"$.value[*]\""] {
            if path.contains('*') && !(before.is_array() && after.is_array()) {
                continue;
            }
            for actions in [vec!["update"], vec!["delete", "create"]] {
                let body = format!("forbid: {{ path: {path}, changed: true }}");
                let changed = said(&body, change(&actions, of(before.clone()), of(after.clone())));
                assert_eq!(
                    changed.as_deref(),
                    differs.then_some(NEW),
                    "{path}: {before} to {after}"
                );
                let body = format!("require: {{ path: {path}, changed: false }}");
                let same = said(&body, change(&actions, of(before.clone()), of(after.clone())));
                assert_eq!(same.as_deref(), differs.then_some(NEW), "{path}: {before} to {after}");
            }
        }
    }
    let body = "forbid: { path: $.value, changed: true, unset_means: 30 }";
    assert_eq!(said(body, change(&["update"], of(Value::Null), of(json!(30)))), None);
    assert_eq!(
        said(body, change(&["update"], of(Value::Null), of(json!(7)))).as_deref(),
        Some(NEW)
    );
    // What stands on one side alone does not differ.
    for (action, before, after) in [
        ("create", Value::Null, of(json!(1))),
        ("delete", of(json!(1)), Value::Null),
    ] {
        assert_eq!(
            said(
                "forbid: { path: $.value, changed: true }",
                change(&[action], before, after)
            ),
            None
        );
    }
}

#[test]
fn a_value_that_is_known_after_apply_may_differ() {
    let update = |actions: &[&str], before: Value, after: Value, unknown: Value| {
        let mut change = change(actions, before, after);
        change["after_unknown"] = unknown;
        change
    };
    for body in [
        "forbid: { path: $.value, changed: true }",
        "require: { path: $.value, changed: false }",
        "forbid: { path: $.value, changed: true, unset_means: 1 }",
    ] {
        let unknown = update(&["update"], json!({ "value": 1 }), json!({}), json!({ "value": true }));
        assert_eq!(said(body, unknown).as_deref(), Some(OPEN), "{body}");
    }
    let body = "forbid: { path: $.value, changed: true }";
    let parts = |before: Value, known: Value| {
        let unknown = json!({ "value": [{ "id": true }] });
        update(
            &["update"],
            json!({ "value": [before] }),
            json!({ "value": [known] }),
            unknown,
        )
    };
    // What is known of it differs, whatever the rest comes to.
    let before = json!({ "id": "x", "port": 80 });
    assert_eq!(
        said(body, parts(before.clone(), json!({ "port": 443 }))).as_deref(),
        Some(NEW)
    );
    assert_eq!(said(body, parts(before, json!({ "port": 80 }))).as_deref(), Some(OPEN));
    // Of a set, neither the number nor the order is known.
    let several = update(
        &["update"],
        json!({ "value": ["a", "b"] }),
        json!({ "value": ["b", null] }),
        json!({ "value": [false, true] }),
    );
    let each = "forbid: { path: \"$.value[*]\", changed: true }";
    assert_eq!(said(each, several.clone()).as_deref(), Some(OPEN));
    assert_eq!(said(body, several).as_deref(), Some(OPEN));
    // What is left alone does not change.
    let alone = update(&["no-op"], json!({ "value": 1 }), json!({}), json!({ "value": true }));
    assert_eq!(said(body, alone), None);
}

#[test]
fn real_plans_show_which_values_they_change() {
    let key = "resources: [aws_sns_topic]\nforbid: { path: $.kms_master_key_id, changed: true }";
    assert_eq!(
        found(&rule(key), "state-changes/02-lowered.json"),
        [
            "aws_sns_topic.alerts violation introduced",
            "aws_sns_topic.inferred violation introduced",
            "aws_sns_topic.invoices violation introduced",
        ]
    );
    assert_eq!(found(&rule(key), "state-changes/01-noop.json"), [""; 0]);
    // The new key has an ARN that nobody knows yet.
    assert_eq!(
        found(&rule(key), "state-changes/05-key-replaced.json"),
        ["aws_sns_topic.alerts undetermined introduced"]
    );
}
