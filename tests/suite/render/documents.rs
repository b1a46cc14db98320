//! What a message says of a document that a plan holds: its author chose the words.

use planseal::report::markdown::COMMENT_LIMIT;
use planseal::report::v1::Report;
use planseal::report::{json, markdown};
use serde_json::{Value, json};

use super::support::{hostile, markdown::inspect};
use super::{VERBOSE, stripped};
use crate::common;

const KEY: &str = "aws_kms_key.variable";

/// A plan with one key, whose policy is this one.
fn judged(policy: &Value, sensitive: bool) -> Report {
    let bytes = std::fs::read(common::testdata().join("kms-key-policies/plan.json")).unwrap();
    let mut plan: Value = serde_json::from_slice(&bytes).unwrap();
    let changes = plan["resource_changes"].as_array_mut().unwrap();
    changes.retain(|change| change["address"] == KEY);
    let [change] = changes.as_mut_slice() else {
        panic!("no {KEY}")
    };
    change["change"]["after"]["policy"] = policy.to_string().into();
    if sensitive {
        change["change"]["after_sensitive"]["policy"] = true.into();
    }
    common::judge(&common::read_bytes(serde_json::to_vec(&plan).unwrap())).report
}

fn open_to_everyone(names: &[&str]) -> Value {
    let statement = |name: &&str| json!({ "Sid": name, "Effect": "Allow", "Principal": "*", "Action": "kms:*" });
    json!({ "Statement": names.iter().map(statement).collect::<Vec<_>>() })
}

fn message(report: &Report) -> &str {
    let mut found = report.findings.iter().filter(|one| one.rule == "kms-key-policy-open");
    let (Some(finding), None) = (found.next(), found.next()) else {
        panic!("{:#?}", report.findings)
    };
    &finding.message
}

#[test]
fn a_statement_s_name_is_text_and_nothing_else() {
    for text in hostile::TEXTS {
        let report = judged(&open_to_everyone(&[text]), false);
        if !text.is_empty() {
            assert!(message(&report).contains(text), "{text:?}: {}", message(&report));
        }
        inspect(&markdown::render(&report, COMMENT_LIMIT));
        for output in [stripped(&report, VERBOSE), json::render(&report)] {
            let hidden = output
                .chars()
                .find(|c| *c != '\n' && planseal::report::escape::is_hidden(*c));
            assert_eq!(hidden, None, "{text:?}:\n{output}");
        }
    }
}

#[test]
fn a_sensitive_policy_is_judged_and_not_quoted() {
    let report = judged(&open_to_everyone(&["SwordFish"]), true);
    assert!(message(&report).ends_with("in `Statement[0]`."), "{}", message(&report));
    let outputs = [
        stripped(&report, VERBOSE),
        markdown::render(&report, COMMENT_LIMIT),
        json::render(&report),
    ];
    for output in outputs {
        assert!(!output.contains("SwordFish") && !output.contains("kms:*"), "{output}");
    }
}

#[test]
fn many_places_and_long_names_leave_the_message_short() {
    let long = "x".repeat(5_000);
    let names: Vec<&str> = std::iter::repeat_n(long.as_str(), 500).collect();
    let report = judged(&open_to_everyone(&names), false);
    let message = message(&report);
    assert!(message.ends_with("`Statement[4]` and 495 more."), "{message}");
    assert!(message.len() < 400, "{}", message.len());
}

/// However odd a document is, planseal answers; and where it cannot read it, it says so.
#[test]
fn odd_documents_are_answered() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(100_000), close.repeat(100_000));
    let documents = [
        "",
        "null",
        "[]",
        "\"x\"",
        "{}",
        "{\"Statement\": null}",
        "{\"Statement\": \"x\"}",
        "{\"Statement\": [[], 1, null, {}]}",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": null}}",
        "{\"Statement\": {\"Effect\": [\"Allow\"], \"Principal\": [\"*\"], \"Condition\": []}}",
        "{\"Statement\": {\"Effect\": \"Allow\", \"Principal\": \"*\", \"Condition\": {\"StringEquals\": \"x\"}}}",
        "\u{feff}{\"Statement\": []}",
        &deep("[", "]"),
        &deep("{\"Statement\":", "}"),
    ];
    for document in documents {
        let bytes = std::fs::read(common::testdata().join("kms-key-policies/plan.json")).unwrap();
        let mut plan: Value = serde_json::from_slice(&bytes).unwrap();
        let changes = plan["resource_changes"].as_array_mut().unwrap();
        changes.retain(|change| change["address"] == KEY);
        changes[0]["change"]["after"]["policy"] = document.into();
        let report = common::judge(&common::read_bytes(serde_json::to_vec(&plan).unwrap())).report;
        inspect(&markdown::render(&report, COMMENT_LIMIT));
    }
}
