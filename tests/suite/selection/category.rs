//! The data category in rules over resource types.

use planseal::report::v1::Report;
use serde_json::{Value, json};

use super::{change, found, judge, policies, rule, words};
use crate::common::testdata;

fn sensitive(types: &str) -> String {
    rule(&format!(
        "resources: [{types}]\nforbid: {{ category: {{ sensitive: true }} }}"
    ))
}

/// 00-create of the seed: profiles and members are pii, invoices financial, assets public, alarms operational.
#[test]
fn stores_have_their_own_category_and_companions_that_of_their_store() {
    let types = "'aws_s3_bucket*', aws_db_instance, aws_rds_cluster_instance, aws_sns_topic";
    assert_eq!(
        found(&sensitive(types), "seed-good/plan.json"),
        [
            "aws_db_instance.members violation introduced",
            "aws_rds_cluster_instance.invoices violation introduced",
            "aws_s3_bucket.profiles violation introduced",
            "aws_s3_bucket_server_side_encryption_configuration.profiles violation introduced",
        ]
    );
    let public =
        "resources: [aws_s3_bucket_server_side_encryption_configuration]\nrequire: { category: { is: [pii] } }";
    assert_eq!(
        found(&rule(public), "seed-good/plan.json"),
        ["aws_s3_bucket_server_side_encryption_configuration.assets violation introduced"]
    );
    let plan = std::fs::read(testdata().join("seed-good/plan.json")).unwrap();
    let report = judge(
        &policies(&[&sensitive("aws_s3_bucket_server_side_encryption_configuration")]),
        plan,
    );
    assert_eq!(report.findings[0].category.as_ref().unwrap().id, "pii");
}

/// 00-create: the financial key is financial; what is asked of a key that is deleted is what it was.
#[test]
fn keys_have_theirs_also_when_they_go() {
    assert_eq!(
        found(&sensitive("aws_kms_key"), "state-changes/01-noop.json"),
        ["aws_kms_key.financial violation existing"]
    );
    let gone = "resources: [aws_kms_key]\nwhen: { category: { is: [financial] } }\nforbid: { actions: [delete] }";
    assert_eq!(
        found(&rule(gone), "state-changes/07-key-deleted-with-users.json"),
        ["aws_kms_key.financial violation introduced"]
    );
}

fn judged(kind: &str, tags: Value, unknown: Value, body: &str) -> Report {
    let mut change = change(&["create"], Value::Null, json!({ "tags": tags, "tags_all": tags }));
    change["after_unknown"] = unknown;
    let document = json!({ "format_version": "1.2", "resource_changes": [{
        "address": format!("{kind}.x"), "mode": "managed", "type": kind, "name": "x", "change": change,
    }]});
    let text = rule(&format!("resources: ['{kind}']\n{body}"));
    judge(&policies(&[&text]), serde_json::to_vec(&document).unwrap())
}

#[test]
fn any_other_resource_has_what_its_tags_say() {
    let said = |tags: Value, unknown: Value, body: &str| {
        let report = judged("acme_queue", tags, unknown, body);
        report.findings.iter().map(words).collect::<Vec<_>>().join(", ")
    };
    let is_sensitive = "forbid: { category: { sensitive: true } }";
    let new = "acme_queue.x violation introduced";
    assert_eq!(said(json!({ "data-class": "pii" }), json!({}), is_sensitive), new);
    assert_eq!(said(json!({ "data-class": "public" }), json!({}), is_sensitive), "");
    assert_eq!(said(Value::Null, json!({}), is_sensitive), "");
    let untagged = "forbid: { category: { evidence: [unclassified] } }";
    assert_eq!(said(Value::Null, json!({}), untagged), new);
    // Tags that are known after apply may say anything.
    let hidden = json!({ "tags": true, "tags_all": true });
    assert_eq!(
        said(Value::Null, hidden, is_sensitive),
        "acme_queue.x undetermined introduced"
    );
}

/// Which bucket it configures is known after apply.
#[test]
fn what_configures_a_store_that_is_not_told_is_undetermined() {
    let kind = "aws_s3_bucket_server_side_encryption_configuration";
    let report = judged(
        kind,
        Value::Null,
        json!({ "bucket": true }),
        "forbid: { category: { sensitive: true } }",
    );
    assert_eq!(
        report.findings.iter().map(words).collect::<Vec<_>>(),
        [format!("{kind}.x undetermined introduced")]
    );
    assert!(
        report.findings[0].message.contains("does not tell which store"),
        "{}",
        report.findings[0].message
    );
}
