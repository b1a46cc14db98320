//! Which key protects which stores, as the report says it.

use std::collections::BTreeSet;

use planseal::report::json;
use planseal::report::v1::{KeyKind, MOST_EDGES, Outcome, ProtectedStore, ProtectingKey, Report};
use serde_json::{Value, json};

use crate::common::{judge, judge_under, judge_with, label, plans, policies_of, read, read_bytes, source_of, testdata};

fn report(plan: &str) -> Report {
    let path = testdata().join(plan);
    judge_under(&read(&path), None, &policies_of(&path)).report
}

fn key<'r>(report: &'r Report, name: &str) -> &'r ProtectingKey {
    let found = report.hierarchy.keys.iter().find(|key| key.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {:#?}", report.hierarchy))
}

fn store<'k>(key: &'k ProtectingKey, address: &str) -> &'k ProtectedStore {
    let found = key.stores.iter().find(|store| store.address == address);
    found.unwrap_or_else(|| panic!("no {address} in {key:#?}"))
}

fn levels(store: &ProtectedStore) -> (Option<&str>, Option<&str>) {
    (store.level.before.as_deref(), store.level.after.as_deref())
}

#[test]
fn stores_stand_under_their_keys() {
    let path = testdata().join("registry-style-broken/plan.json");
    let report = judge_with(&read(&path), Some(&source_of(&path))).report;
    let kinds: Vec<KeyKind> = report.hierarchy.keys.iter().map(|key| key.kind).collect();
    use KeyKind::{AwsManaged, AwsOwned, Managed};
    assert_eq!(kinds, [Managed, Managed, Managed, AwsManaged, AwsOwned]);
    let operational = key(&report, "module.keys.module.key[\"operational\"].aws_kms_key.this[0]");
    assert_eq!(operational.category.as_ref().unwrap().id, "operational");
    assert!(operational.changes());
    let wrong = store(operational, "module.bucket[\"invoices\"].aws_s3_bucket.this[0]");
    assert_eq!(wrong.violates, ["key-category-mismatch"]);
    assert_eq!(
        (wrong.category.as_ref().unwrap().id.as_str(), levels(wrong)),
        ("financial", (None, Some("cmk")))
    );
    let credential = store(operational, "module.members.aws_db_instance.this[0]");
    assert_eq!(
        (credential.parts.as_slice(), credential.violates.len()),
        (["master-user-secret".to_owned()].as_slice(), 0)
    );
    let pii = key(&report, "module.keys.module.key[\"pii\"].aws_kms_key.this[0]");
    assert!(
        pii.stores.len() == 3
            && pii
                .stores
                .iter()
                .all(|store| store.violates.is_empty() && store.certain)
    );
    let below = store(
        key(&report, "AWS-managed keys"),
        "module.members.aws_db_instance.this[0]",
    );
    assert_eq!(below.violates, ["at-rest-below-minimum"]);
}

#[test]
fn a_key_that_goes_away_and_the_stores_that_stay() {
    let deleted = report("history/06-key-deleted.json");
    let financial = key(&deleted, "aws_kms_key.financial");
    assert_eq!(
        (financial.violates.as_slice(), financial.changes()),
        (["kms-key-destroyed-in-use".to_owned()].as_slice(), true)
    );
    assert_eq!(
        store(financial, "aws_dynamodb_table.ledger").violates,
        ["kms-key-destroyed-in-use"]
    );
    let gone = store(key(&deleted, "aws_kms_key.general"), "aws_sns_topic.alerts");
    assert!(gone.leaves() && gone.violates.is_empty());
    let retired = key(&deleted, "aws_kms_key.retired");
    assert!(retired.stores.is_empty() && retired.changes());
}

#[test]
fn a_store_that_moves_stands_under_both_keys() {
    let fixed = report("history/08-fixed.json");
    let table = |name| store(key(&fixed, name), "aws_dynamodb_table.sessions");
    assert_eq!(levels(table("AWS-managed keys")), (Some("aws-managed"), None));
    assert_eq!(levels(table("aws_kms_key.pii")), (None, Some("cmk")));
    assert!(table("AWS-managed keys").leaves() && table("aws_kms_key.pii").changes());
}

#[test]
fn keys_outside_the_plan_are_named_as_the_author_names_them() {
    let report = report("known-keys/plan.json");
    let listed = key(&report, "alias/cmk-ledger");
    assert_eq!(listed.category.as_ref().unwrap().id, "financial");
    let shared = key(
        &report,
        "arn:aws:kms:eu-central-1:444455556666:key/22222222-aaaa-4bbb-8ccc-222222222222",
    );
    let wrong: Vec<&str> = shared.stores.iter().map(|store| store.address.as_str()).collect();
    assert!(
        shared
            .stores
            .iter()
            .all(|store| store.violates == ["key-shared-across-categories"]),
        "{wrong:?}"
    );
    assert_eq!(wrong.len(), 3);
}

#[test]
fn a_sensitive_name_is_not_shown() {
    let plan: Value = serde_json::from_slice(&std::fs::read(testdata().join("known-keys/plan.json")).unwrap()).unwrap();
    let mut changes = plan["resource_changes"].as_array().unwrap().iter();
    let topic = changes
        .find(|one| one["address"] == "aws_sns_topic.secret_mismatch")
        .unwrap();
    assert_eq!(topic["change"]["after_sensitive"]["kms_master_key_id"], true);
    let name = topic["change"]["after"]["kms_master_key_id"].as_str().unwrap();
    let report = report("known-keys/plan.json");
    let hidden = key(&report, "a key outside this plan");
    store(hidden, "aws_sns_topic.secret_mismatch");
    assert!(!json::render(&report).contains(name));
}

/// What a finding about a level or a key says of a store, the hierarchy says, too, and nothing else.
#[test]
fn edges_and_findings_agree_in_every_plan() {
    let about_stores = ["at-rest-below-minimum", "key-category-mismatch"];
    let (mut seen, mut clean) = (0, 0);
    for path in plans() {
        let judged = judge_under(&read(&path), None, &policies_of(&path));
        let edges: Vec<&ProtectedStore> = judged
            .report
            .hierarchy
            .keys
            .iter()
            .flat_map(|key| &key.stores)
            .collect();
        assert!(edges.len() <= MOST_EDGES && judged.report.hierarchy.left_out == 0);
        for rule in about_stores {
            let standing = judged
                .report
                .findings
                .iter()
                .filter(|finding| finding.rule == rule && finding.waiver.is_none());
            let said: BTreeSet<&str> = standing
                .filter(|finding| finding.outcome == Outcome::Violation)
                .filter_map(|finding| finding.address.as_deref())
                .collect();
            let violating = edges.iter().filter(|edge| edge.violates.iter().any(|id| id == rule));
            let marked: BTreeSet<&str> = violating.map(|edge| edge.address.as_str()).collect();
            assert_eq!(marked, said, "{}: {rule}", label(&path));
            seen += said.len();
        }
        clean += edges.iter().filter(|edge| edge.violates.is_empty()).count();
        for (address, level) in &judged.levels {
            let here = edges
                .iter()
                .any(|edge| edge.address == *address && edge.level.after.is_some());
            assert!(
                here || level == "not-there",
                "{}: {address} stands under nothing",
                label(&path)
            );
        }
    }
    assert!(seen > 50 && clean > 50, "{seen} {clean}");
}

#[test]
fn a_large_plan_is_cut_and_what_is_wrong_stays() {
    let number = MOST_EDGES + 500;
    let changes: Vec<Value> = (0..number)
        .map(|n| {
            let category = if n % 100 == 0 { "pii" } else { "public" };
            json!({ "address": format!("aws_sqs_queue.q[{n}]"), "mode": "managed", "type": "aws_sqs_queue", "name": "q", "index": n,
                "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": { "actions": ["create"], "before": null, "after": { "sqs_managed_sse_enabled": true, "tags": { "data-class": category } },
                    "after_unknown": {}, "before_sensitive": false, "after_sensitive": {} } })
        })
        .collect();
    let plan = json!({ "format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes,
        "configuration": { "root_module": { "resources": [{ "address": "aws_sqs_queue.q", "mode": "managed", "type": "aws_sqs_queue",
            "name": "q", "count_expression": { "constant_value": number }, "expressions": {} }] } } });
    let report = judge(&read_bytes(plan.to_string().into_bytes())).report;
    let edges: Vec<&ProtectedStore> = report.hierarchy.keys.iter().flat_map(|key| &key.stores).collect();
    assert_eq!((edges.len(), report.hierarchy.left_out), (MOST_EDGES, 500));
    let wrong = edges.iter().filter(|edge| !edge.violates.is_empty()).count();
    assert_eq!(wrong, number / 100);
}

#[test]
fn a_report_without_it_is_read() {
    let mut value: Value = serde_json::from_str(&json::render(&report("seed-bad/plan.json"))).unwrap();
    value.as_object_mut().unwrap().remove("hierarchy").unwrap();
    let read = json::parse(&value.to_string()).unwrap();
    assert!(read.hierarchy.keys.is_empty());
}
