//! Regular expressions.

use serde_json::{Value, json};

use super::{change, found, rule, said};

fn holds(test: &str, value: Value) -> bool {
    let body = format!("forbid: {{ path: $.name, {test} }}");
    let said = said(&body, change(&["create"], Value::Null, json!({ "name": value })));
    assert!(
        matches!(said.as_deref(), None | Some("violation introduced")),
        "{said:?}"
    );
    said.is_some()
}

#[test]
fn an_expression_is_searched_for_in_the_value() {
    for (expression, value, expected) in [
        ("prod", json!("my-prod-logs"), true),
        ("^prod", json!("my-prod-logs"), false),
        ("^prod-[a-z]+$", json!("prod-logs"), true),
        ("^prod-[a-z]+$", json!("prod-logs-2"), false),
        ("PROD", json!("prod"), false),
        ("(?i)PROD", json!("prod"), true),
        // Numbers and booleans as they are spelt.
        ("^14$", json!(14), true),
        ("^tru", json!(true), true),
        // What is no one value has no spelling.
        ("prod", json!(["prod"]), false),
        ("prod", json!({ "prod": "prod" }), false),
    ] {
        assert_eq!(
            holds(&format!("matches: '{expression}'"), value.clone()),
            expected,
            "{expression}: {value}"
        );
    }
}

#[test]
fn what_is_not_set_matches_nothing_unless_something_is_meant_by_that() {
    for value in [Value::Null, json!("")] {
        assert!(!holds("matches: '^.*$'", value.clone()));
        assert!(holds("matches: '^us-', unset_means: us-east-1", value));
    }
    assert!(!holds("matches: '^us-', unset_means: us-east-1", json!("eu-central-1")));
}

#[test]
fn what_is_known_after_apply_cannot_be_told() {
    for body in [
        "require: { path: $.name, matches: '^prod-' }",
        "forbid: { path: $.name, matches: '^prod-' }",
        "forbid: { not: { path: $.name, matches: '^prod-' } }",
    ] {
        let mut unknown = change(&["create"], Value::Null, json!({}));
        unknown["after_unknown"] = json!({ "name": true });
        assert_eq!(
            said(body, unknown).as_deref(),
            Some("undetermined introduced"),
            "{body}"
        );
    }
}

#[test]
fn names_of_real_topics_are_matched() {
    let named = rule("resources: [aws_sns_topic]\nrequire: { path: $.name, matches: '-(alerts|invoices)$' }");
    assert_eq!(
        found(&named, "state-changes/01-noop.json"),
        ["aws_sns_topic.inferred violation existing"]
    );
}
