//! What a configuration says of keys, beside what the plan says of them.

use std::collections::BTreeMap;

use planseal::plan::Plan;
use planseal::report::v1::Outcome;
use serde_json::Value;

use crate::common::{Judged, judge, judge_under, policies_of, read, read_bytes, testdata, under};

/// The plan in which data sources read keys.
fn data_sources() -> Value {
    let text = std::fs::read_to_string(testdata().join("data-sources/02-read.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// An attribute of a resource in the state before.
fn stated(plan: &mut Value, address: &str, attribute: &str) -> String {
    let value = stated_mut(plan, address)[attribute].as_str();
    value.unwrap_or_else(|| panic!("{address}.{attribute}")).to_owned()
}

fn stated_mut<'v>(plan: &'v mut Value, address: &str) -> &'v mut Value {
    let resources = &mut plan["prior_state"]["values"]["root_module"]["resources"];
    let mut resources = resources.as_array_mut().unwrap().iter_mut();
    let found = resources.find(|one| one["address"] == address);
    &mut found.unwrap_or_else(|| panic!("{address}"))["values"]
}

/// Writes another value over an attribute of a resource after the plan, as a constant.
fn write(plan: &mut Value, address: &str, attribute: &str, value: &str) {
    let change = changed(plan, address);
    change["after"][attribute] = value.into();
    if let Some(unknown) = change["after_unknown"].as_object_mut() {
        unknown.remove(attribute);
    }
    let resources = &mut plan["configuration"]["root_module"]["resources"];
    let mut resources = resources.as_array_mut().unwrap().iter_mut();
    let resource = resources.find(|one| one["address"] == address).unwrap();
    resource["expressions"][attribute] = serde_json::json!({ "constant_value": value });
}

fn changed<'v>(plan: &'v mut Value, address: &str) -> &'v mut Value {
    let mut changes = plan["resource_changes"].as_array_mut().unwrap().iter_mut();
    let found = changes.find(|one| one["address"] == address);
    &mut found.unwrap_or_else(|| panic!("{address}"))["change"]
}

fn plan(value: &Value) -> Plan {
    read_bytes(value.to_string().into_bytes())
}

fn listing(arn: &str, rest: &str) -> String {
    format!("known_keys:\n  - arn: {arn}\n{rest}")
}

/// The stores of each key that too many categories share, and the stores under another category's key.
fn complaints(judged: &Judged) -> BTreeMap<&str, Vec<String>> {
    let mut found: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for finding in &judged.report.findings {
        let stores: Vec<String> = match &*finding.rule {
            "key-category-mismatch" => finding.address.iter().cloned().collect(),
            "key-shared-across-categories" => finding.related.iter().map(|one| one.address.clone()).collect(),
            _ => continue,
        };
        assert_eq!(finding.outcome, Outcome::Violation);
        found.entry(&finding.rule).or_default().extend(stores);
    }
    found
}

#[test]
fn without_the_configuration_the_same_plans_are_judged_otherwise() {
    let path = testdata().join("known-keys-history/01-unwritten.json");
    let (with, without) = (
        judge_under(&read(&path), None, &policies_of(&path)),
        judge(&read(&path)),
    );
    assert_eq!(with.levels["aws_efs_file_system.listed"], "cmk");
    assert_eq!(without.levels["aws_efs_file_system.listed"], "aws-managed");
    assert_eq!(with.categories["aws_sns_topic.alias_here"], "audit-logs");
    assert_eq!(without.categories["aws_sns_topic.alias_here"], "unclassified");
    let path = testdata().join("known-keys/plan.json");
    let (with, without) = (
        judge_under(&read(&path), None, &policies_of(&path)),
        judge(&read(&path)),
    );
    assert_eq!(complaints(&with).len(), 2);
    assert!(complaints(&without).is_empty(), "{:?}", complaints(&without));
}

#[test]
fn a_key_that_a_data_source_reads_has_the_category_of_its_entry() {
    let mut value = data_sources();
    let arn = stated(&mut value, "data.aws_kms_key.outside", "arn");
    let judged = judge_under(&plan(&value), None, &under(&listing(&arn, "    category: health\n")));
    let stores = ["aws_sns_topic.outside", "aws_sns_topic.outside_alias"];
    assert_eq!(complaints(&judged)["key-category-mismatch"], stores);
    let judged = judge_under(&plan(&value), None, &under(&listing(&arn, "    category: financial\n")));
    assert!(complaints(&judged).is_empty(), "{:?}", complaints(&judged));
}

/// The plan shows the key by its ARN, and a store names it by an alias of which only the configuration knows.
#[test]
fn a_key_of_the_plan_and_its_name_in_the_configuration_are_one_key() {
    let mut value = data_sources();
    let arn = stated(&mut value, "data.aws_kms_key.outside", "arn");
    let (home, _) = arn.split_once("key/").unwrap();
    let alias = format!("{home}alias/known-to-few");
    write(&mut value, "aws_sns_topic.outside_alias", "kms_master_key_id", &alias);
    for (attribute, category) in [("tags", "pii"), ("tags_all", "pii")] {
        changed(&mut value, "aws_sns_topic.outside_alias")["after"][attribute]["data-class"] = category.into();
    }
    let apart = judge(&plan(&value));
    assert!(complaints(&apart).is_empty(), "{:?}", complaints(&apart));
    let config = listing(&arn, "    aliases: [alias/known-to-few]\n");
    let judged = judge_under(&plan(&value), None, &under(&config));
    let stores = ["aws_sns_topic.outside", "aws_sns_topic.outside_alias"];
    assert_eq!(complaints(&judged)["key-shared-across-categories"], stores);
    let shared = judged
        .report
        .findings
        .iter()
        .find(|one| one.rule == "key-shared-across-categories");
    assert_eq!(shared.unwrap().address.as_deref(), Some("data.aws_kms_key.outside"));
}

#[test]
fn what_the_plan_shows_of_a_key_counts_before_the_configuration() {
    let mut value = data_sources();
    // A tag of the key.
    let arn = stated(&mut value, "aws_kms_key.old", "arn");
    let judged = judge_under(&plan(&value), None, &under(&listing(&arn, "    category: health\n")));
    assert!(complaints(&judged).is_empty(), "{:?}", complaints(&judged));
    // That AWS manages it.
    let arn = stated(&mut value, "data.aws_kms_key.outside", "arn");
    stated_mut(&mut value, "data.aws_kms_key.outside")["key_manager"] = "AWS".into();
    let judged = judge_under(&plan(&value), None, &under(&listing(&arn, "    category: health\n")));
    assert_eq!(judged.levels["aws_sns_topic.outside"], "aws-managed");
}

/// An alias alone means the key only in the account and the Region that the plan shows.
#[test]
fn an_alias_counts_only_where_the_plan_shows_its_account_and_region() {
    let path = testdata().join("known-keys-history/01-unwritten.json");
    let text = std::fs::read_to_string(&path).unwrap();
    let category = |edits: &[(&str, &str, &str)]| {
        let mut value: Value = serde_json::from_str(&text).unwrap();
        for (address, attribute, new) in edits {
            for side in ["before", "after"] {
                changed(&mut value, address)[side][*attribute] = (*new).into();
            }
        }
        let judged = judge_under(&plan(&value), None, &policies_of(&path));
        judged.categories["aws_sns_topic.alias_here"].clone()
    };
    let here = "aws_sns_topic.alias_here";
    let file_system = "aws_efs_file_system.not_listed";
    assert_eq!(category(&[]), "audit-logs");
    assert_eq!(category(&[(here, "region", "eu-central-1")]), "audit-logs");
    assert_eq!(category(&[(file_system, "arn", "arn:aws:s3:::global")]), "audit-logs");
    for edit in [
        (here, "region", "eu-west-1"),
        (here, "kms_master_key_id", "alias/cmk-trail-2"),
        (
            here,
            "kms_master_key_id",
            "arn:aws:kms:eu-west-1:111122223333:alias/cmk-trail",
        ),
        (
            file_system,
            "arn",
            "arn:aws:elasticfilesystem:eu-central-1:999988887777:file-system/fs-1",
        ),
        (
            file_system,
            "arn",
            "arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-1",
        ),
        (
            file_system,
            "arn",
            "arn:aws-cn:elasticfilesystem:eu-central-1:111122223333:file-system/fs-1",
        ),
    ] {
        assert_eq!(category(&[edit]), "unclassified", "{edit:?}");
    }
}

/// The store names an alias of the plan openly; what the alias points at may not be printed, listed or not.
#[test]
fn a_sensitive_target_of_an_alias_is_not_printed() {
    let text = std::fs::read_to_string(testdata().join("known-keys/plan.json")).unwrap();
    let mut value: Value = serde_json::from_str(&text).unwrap();
    let people = "arn:aws:kms:eu-central-1:444455556666:key/11111111-aaaa-4bbb-8ccc-111111111111";
    let others = "arn:aws:kms:eu-central-1:444455556666:key/12341234-aaaa-4bbb-8ccc-123412341234";
    for target in [people, others] {
        changed(&mut value, "aws_kms_alias.people")["after"]["target_key_id"] = target.into();
        changed(&mut value, "aws_kms_alias.people")["after_sensitive"] = serde_json::json!({ "target_key_id": true });
        let changes = value["resource_changes"].as_array_mut().unwrap();
        changes.retain(|one| {
            let address = one["address"].as_str().unwrap();
            [
                "aws_kms_alias.people",
                "aws_sns_topic.people_alias_here",
                "aws_sns_topic.other_account",
            ]
            .contains(&address)
        });
        for (store, category) in [("people_alias_here", "health"), ("other_account", "pii")] {
            let change = changed(&mut value, &format!("aws_sns_topic.{store}"));
            change["after"]["kms_master_key_id"] = "alias/here".into();
            for attribute in ["tags", "tags_all"] {
                change["after"][attribute] = serde_json::json!({ "data-class": category });
            }
        }
        let policies = policies_of(&testdata().join("known-keys/plan.json"));
        let judged = judge_under(&plan(&value), None, &policies);
        assert_eq!(complaints(&judged)["key-shared-across-categories"].len(), 2);
        let report = planseal::report::json::render(&judged.report);
        assert!(!report.contains(target), "{report}");
    }
}
