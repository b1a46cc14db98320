//! The plans that the benchmark measures: accepted, always the same, and shaped as real ones.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::LazyLock;

use planseal::eval::Facts;
use planseal::eval::key::KeyRef;
use planseal::model::{Model, Side};
use planseal::plan;
use serde_json::Value;

use crate::common;
use crate::generator::identity::{PLACE, placed};
use crate::generator::{Generator, Size};

const SIZE: Size = Size(1_000_000);

static PLAN: LazyLock<Vec<u8>> = LazyLock::new(|| generated(SIZE));
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::from_slice(&PLAN).unwrap());

fn generated(size: Size) -> Vec<u8> {
    let mut bytes = Vec::new();
    let generator = Generator::new(&common::testdata()).unwrap();
    generator.write(size, &mut bytes).unwrap();
    bytes
}

/// Every module of `planned_values` or of a state, with the root.
fn modules<'v>(root: &'v Value, found: &mut Vec<&'v Value>) {
    found.push(root);
    for child in root["child_modules"].as_array().into_iter().flatten() {
        modules(child, found);
    }
}

/// The addresses of the resources of `planned_values` or of a state.
fn addresses(values: &Value) -> Vec<String> {
    let mut found = Vec::new();
    modules(&values["root_module"], &mut found);
    let resources = found.iter().flat_map(|module| module["resources"].as_array()).flatten();
    resources.map(|resource| text(&resource["address"])).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The copy that an address is in.
fn copy(address: &str) -> &str {
    address.split('.').nth(1).unwrap()
}

#[test]
fn the_plan_is_always_the_same_and_about_as_large_as_asked() {
    let bytes = &*PLAN;
    assert!(*bytes == generated(SIZE), "two runs differ");
    assert!((950_000..=1_050_000).contains(&bytes.len()), "{}", bytes.len());
    assert_eq!(
        bytes.iter().position(|byte| *byte == b'\n'),
        Some(bytes.len() - 1),
        "Terraform writes one line"
    );
}

#[test]
fn the_plan_is_accepted_and_judged() {
    let documents = plan::read(PLAN.clone(), &common::POLICIES.wanted());
    let [Ok(plan)] = documents.as_slice() else {
        panic!("{:?}", documents.iter().map(|one| one.is_ok()).collect::<Vec<_>>())
    };
    assert_eq!(plan.partial, None);
    assert_eq!(plan.notes, [""; 0]);
    let judged = common::judge(plan);
    let summary = &judged.report.summary;
    assert!(summary.judged > 40, "{}", summary.judged);
    assert!(
        summary.violations > 0 && summary.violations * 2 < summary.judged,
        "{}",
        summary.violations
    );
}

#[test]
fn nothing_is_there_twice() {
    let plan = &*DOCUMENT;
    let changes = plan["resource_changes"].as_array().unwrap();
    let of_changes: Vec<String> = changes.iter().map(|change| text(&change["address"])).collect();
    for list in [
        of_changes,
        addresses(&plan["planned_values"]),
        addresses(&plan["prior_state"]["values"]),
    ] {
        assert!(!list.is_empty());
        let unique: HashSet<&String> = list.iter().collect();
        assert_eq!(unique.len(), list.len());
    }
    for (kind, attribute) in [("aws_kms_key", "arn"), ("aws_s3_bucket", "bucket"), ("aws_vpc", "id")] {
        let of_kind = changes.iter().filter(|change| change["type"] == kind);
        let values: Vec<&Value> = of_kind
            .map(|change| &change["change"]["after"][attribute])
            .filter(|value| !value.is_null())
            .collect();
        let unique: HashSet<&str> = values.iter().map(|value| value.as_str().unwrap()).collect();
        assert!(!values.is_empty() && unique.len() == values.len(), "{kind}: {values:?}");
    }
}

#[test]
fn what_refers_to_something_refers_to_the_same_copy() {
    let mut plan = common::read_bytes(PLAN.clone());
    let model = Model::new(&mut plan);
    let facts = Facts::new(&model, &common::POLICIES);
    let mut keys = 0;
    for (id, store) in facts.stores().iter().copied() {
        let parts = facts.storage(id, store, Side::After);
        for outcome in parts.iter().flat_map(|part| part.outcomes()) {
            if let Some(KeyRef::Managed(key)) = outcome.key.as_ref().map(|used| &used.key) {
                keys += 1;
                let (store, key) = (&model.resource(id).address, &model.resource(*key).address);
                assert_eq!(copy(store), copy(key), "{store} under {key}");
            }
        }
    }
    assert!(keys > 30, "{keys}");
}

/// The numbers behind the names and in the identifiers of a text: each belongs to one copy.
fn numbers(text: &str) -> BTreeSet<&str> {
    let behind = ["storefront", "landscape", "history", "tenant-"];
    let found = behind.iter().flat_map(|word| text.split(word).skip(1));
    found.filter_map(|after| after.get(..6)).collect()
}

#[test]
fn a_copy_names_no_other() {
    let plan = &*DOCUMENT;
    let changes = plan["resource_changes"].as_array().unwrap();
    let mut numbered = 0;
    for change in changes {
        let written = change.to_string();
        let found = numbers(&written);
        numbered += found.len();
        assert!(found.len() <= 1, "{} {found:?}", change["address"]);
        if let Some(number) = found.first() {
            assert!(
                text(&change["address"]).contains(number),
                "{}: {number}",
                change["address"]
            );
        }
    }
    assert!(numbered * 2 > changes.len(), "{numbered}");
}

#[test]
fn the_plan_has_the_shape_of_real_ones() {
    let plan = &*DOCUMENT;
    for part in [
        "variables",
        "planned_values",
        "resource_drift",
        "resource_changes",
        "output_changes",
        "prior_state",
        "configuration",
        "relevant_attributes",
    ] {
        let there = match &plan[part] {
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            _ => false,
        };
        assert!(there, "{part}");
    }
    let changes = plan["resource_changes"].as_array().unwrap();
    let mut actions: BTreeMap<String, usize> = BTreeMap::new();
    let mut marks: BTreeSet<&str> = BTreeSet::new();
    for change in changes {
        *actions.entry(change["change"]["actions"].to_string()).or_default() += 1;
        for mark in ["before_sensitive", "after_sensitive", "after_unknown"] {
            if change["change"][mark].to_string().contains("true") {
                marks.insert(mark);
            }
        }
    }
    for action in [
        r#"["no-op"]"#,
        r#"["create"]"#,
        r#"["update"]"#,
        r#"["delete","create"]"#,
    ] {
        assert!(actions.contains_key(action), "{action}: {actions:?}");
    }
    assert_eq!(marks.len(), 3, "{marks:?}");
    let nested = |address: &Value| {
        address
            .as_str()
            .is_some_and(|address| address.matches("module.").count() >= 3)
    };
    assert!(changes.iter().any(|change| nested(&change["module_address"])));
    let calls = &plan["configuration"]["root_module"]["module_calls"];
    assert!(calls["tenant"]["for_each_expression"].is_object());
    assert!(
        calls
            .to_string()
            .contains(r#"{"references":["module.data.key_arn","module.data"]}"#)
    );
}

#[test]
fn names_and_identifiers_are_numbered_and_nothing_else() {
    for (given, expected) in [
        ("shop-orders", "shop#-orders"),
        ("vpc-0a1b2c3d4e5f6a7b8", "vpc-0a1b2c3d4e5#"),
        (
            "key/7395bbde-e7ba-43d8-b81e-be33bf6ed534",
            "key/73#-e7ba-43d8-b81e-be33bf#",
        ),
        (
            "arn:aws:iam::111122223333:role/shop-task",
            "arn:aws:iam::111122223333:role/shop#-task",
        ),
        ("AROARZPUZDIKJ5YB3IXQP", "AROARZPUZDIKJ5Y#"),
        (
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
            "ELBSecurityPolicy-TLS13-1-2-2021-06",
        ),
        ("HTTPCode_Target_5XX_Count, äöü", "HTTPCode_Target_5XX_Count, äöü"),
    ] {
        assert_eq!(placed(given, "shop").replace(PLACE, "#"), expected);
    }
}
