//! What this plan does to the object.

use planseal::report::v1::Outcome;
use serde_json::{Value, json};

use super::{change, found, judge, policies, rule, said, words};
use crate::common::testdata;

const NEW: &str = "violation introduced";

#[test]
fn each_action_has_one_word() {
    let (none, some) = (Value::Null, json!({ "size": 1 }));
    for (actions, before, after, word) in [
        (vec!["create"], &none, &some, "create"),
        (vec!["update"], &some, &some, "update"),
        (vec!["delete", "create"], &some, &some, "replace"),
        (vec!["create", "delete"], &some, &some, "replace"),
        // The old object is left where it is, and a new one stands in its place.
        (vec!["create", "forget"], &some, &some, "replace"),
        (vec!["delete"], &some, &none, "delete"),
        (vec!["forget"], &some, &none, "forget"),
        (vec!["no-op"], &some, &some, "no-op"),
    ] {
        for asked in ["create", "update", "replace", "delete", "forget", "no-op"] {
            let body = format!("forbid: {{ actions: [{asked}] }}");
            let said = said(&body, change(&actions, before.clone(), after.clone()));
            assert_eq!(said.as_deref(), (asked == word).then_some(NEW), "{actions:?}: {asked}");
        }
        let any = "forbid: { actions: [create, update, replace, delete, forget, no-op] }";
        let said = said(any, change(&actions, before.clone(), after.clone()));
        assert_eq!(said.as_deref(), Some(NEW), "{actions:?}");
    }
}

/// Whether it is written as what may or as what must not be done, the state before has done nothing.
#[test]
fn what_a_plan_does_is_always_introduced_by_it() {
    let bad = json!({ "size": 9 });
    let update = || change(&["update"], bad.clone(), bad.clone());
    for body in [
        "require: { actions: [create, no-op] }",
        "forbid: { not: { actions: [create, no-op] } }",
        "when: { actions: [update] }\nrequire: { path: $.size, at_most: 5 }",
        "when: { not: { actions: [no-op] } }\nrequire: { path: $.size, at_most: 5 }",
        "forbid: { any: [{ actions: [delete] }, { path: $.size, equals: 9 }] }",
    ] {
        assert_eq!(said(body, update()).as_deref(), Some(NEW), "{body}");
    }
    let still = change(&["no-op"], bad.clone(), bad.clone());
    assert_eq!(said("require: { actions: [create, no-op] }", still), None);
}

/// Only rules that ask for it: a rule about values says nothing of what is no more.
#[test]
fn what_goes_away_is_judged_by_the_values_that_it_had() {
    let goes = |size: u32, action: &str| change(&[action], json!({ "size": size }), Value::Null);
    let large = "when: { actions: [delete] }\nrequire: { path: $.size, at_most: 5 }";
    assert_eq!(said(large, goes(9, "delete")).as_deref(), Some(NEW));
    assert_eq!(said(large, goes(5, "delete")), None);
    // A rule that asks for one way of going has nothing to say of the other.
    assert_eq!(said(large, goes(9, "forget")), None);
    let mixed = "forbid: { any: [{ actions: [delete] }, { path: $.size, equals: 9 }] }";
    assert_eq!(said(mixed, goes(9, "forget")), None);
    for silent in [
        "require: { path: $.size, at_most: 5 }",
        "when: { not: { actions: [create] } }\nrequire: { path: $.size, at_most: 5 }",
    ] {
        for action in ["delete", "forget"] {
            assert_eq!(said(silent, goes(9, action)), None, "{silent}");
        }
    }
    // What it had may be hidden, and is then no reason to be silent.
    let document = "when: { actions: [delete] }\nforbid: { path: $.size, read_as: json, for: any, where: { path: $.x, set: true } }";
    let odd = change(&["delete"], json!({ "size": "{" }), Value::Null);
    assert_eq!(said(document, odd).as_deref(), Some("undetermined introduced"));
}

#[test]
fn a_rule_about_deletion_finds_what_real_plans_delete() {
    let deleted = rule(
        "resources: [aws_ebs_volume, aws_kms_key, aws_secretsmanager_secret, aws_efs_file_system]\nforbid: { actions: [delete] }",
    );
    assert_eq!(
        found(&deleted, "state-changes/06-key-deleted.json"),
        [
            "aws_ebs_volume.disk violation introduced",
            "aws_kms_key.general violation introduced",
        ]
    );
    let left = deleted.replace("[delete]", "[forget]");
    assert_eq!(
        found(&left, "state-changes/06-key-deleted.json"),
        ["aws_secretsmanager_secret.webhook violation introduced"]
    );
    let replaced = deleted.replace("[delete]", "[replace]");
    assert_eq!(
        found(&replaced, "state-changes/06-key-deleted.json"),
        ["aws_efs_file_system.share violation introduced"]
    );
    assert_eq!(found(&deleted, "state-changes/01-noop.json"), [""; 0]);
    // The keys of 00-create: the general one waits 30 days, the spare one 10.
    let window = rule(
        "resources: [aws_kms_key]\nwhen: { actions: [delete] }\nrequire: { path: $.deletion_window_in_days, at_most: 14 }",
    );
    assert_eq!(
        found(&window, "state-changes/06-key-deleted.json"),
        ["aws_kms_key.general violation introduced"]
    );
    assert_eq!(
        found(&window, "state-changes/07-key-deleted-with-users.json"),
        ["aws_kms_key.financial violation introduced"]
    );
}

#[test]
fn what_is_deposed_is_deleted_too_and_says_so() {
    let deleted = rule("resources: [aws_s3_bucket]\nforbid: { actions: [delete] }");
    assert_eq!(
        found(&deleted, "state-changes/20-deposed.json"),
        ["aws_s3_bucket.assets (deposed object 5312ad19) violation introduced"]
    );
    assert_eq!(found(&deleted, "state-changes/19-bucket-replaced.json"), [""; 0]);
}

/// Stores and their parts go with the category and the level that they had.
#[test]
fn stores_that_go_away_keep_what_they_were() {
    let text = rule(
        "each: store-part\nwhen: { all: [{ actions: [delete] }, { category: { is: [operational] } }] }\n\
         forbid: { level: { at_least: cmk } }",
    );
    let plan = std::fs::read(testdata().join("state-changes/06-key-deleted.json")).unwrap();
    let report = judge(&policies(&[&text]), plan);
    let said: Vec<String> = report.findings.iter().map(words).collect();
    assert_eq!(said, ["aws_ebs_volume.disk violation introduced"]);
    let finding = &report.findings[0];
    assert_eq!(finding.outcome, Outcome::Violation);
    assert_eq!(finding.category.as_ref().unwrap().id, "operational");
    let level = finding.level.as_ref().unwrap();
    assert_eq!((level.before.as_deref(), level.after.as_deref()), (Some("cmk"), None));
}

/// A companion stands in for a bucket that is in no plan: deleting the companion deletes no bucket.
#[test]
fn a_store_outside_the_plan_is_not_deleted_with_its_companion() {
    let companion = "aws_s3_bucket_server_side_encryption_configuration";
    let values = json!({ "bucket": "elsewhere", "rule": [] });
    let document = json!({ "format_version": "1.2", "resource_changes": [{
        "address": format!("{companion}.x"), "mode": "managed", "type": companion, "name": "x",
        "change": change(&["delete"], values, Value::Null),
    }]});
    let of = |each: &str| {
        let text = rule(&format!("{each}\nforbid: {{ actions: [delete] }}"));
        let report = judge(&policies(&[&text]), serde_json::to_vec(&document).unwrap());
        (report.summary.judged, report.findings.len())
    };
    // The bucket is judged, and passes.
    assert_eq!(of("each: store"), (1, 0));
    assert_eq!(of(&format!("resources: [{companion}]")), (1, 1));
}
