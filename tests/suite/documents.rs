//! What planseal makes of the blocks of a policy document is what Terraform makes of them.

use planseal::eval::Facts;
use planseal::eval::document::PossibleDocument;
use planseal::model::document::Format;
use planseal::model::value::{Location, State};
use planseal::model::{Model, Side};
use planseal::plan::{Action, Mode};
use serde_json::{Value, json};

use crate::common::{POLICIES, judge, label, plans, read, read_bytes};

/// Lists without their order: most of them are sets, and Terraform sorts them as it likes.
fn unordered(value: &Value) -> Value {
    match value {
        Value::Array(elements) => {
            let mut elements: Vec<Value> = elements.iter().map(unordered).collect();
            elements.sort_by_key(ToString::to_string);
            Value::Array(elements)
        }
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), unordered(member)))
            .collect(),
        scalar => scalar.clone(),
    }
}

#[test]
fn blocks_make_the_policy_that_terraform_makes_of_them() {
    let mut compared = 0;
    for path in plans() {
        let mut plan = read(&path);
        let model = Model::new(&mut plan);
        let facts = Facts::new(&model, &POLICIES);
        for id in model.of_type(Mode::Data, "aws_iam_policy_document") {
            let resource = model.resource(*id);
            if resource.actions.contains(&Action::Read) {
                continue;
            }
            let place = |name: &str| {
                let values = resource.values(Side::After).unwrap();
                values.at(&Location::default().member(name)).unwrap().state()
            };
            let State::Known(json) = place("json") else {
                panic!("{}", resource.address)
            };
            let State::Known(expected) = Format::IamPolicy.read(&json).unwrap().state() else {
                panic!("{json}")
            };
            let made = facts.policies_made_by(*id);
            let [PossibleDocument::Document(made)] = made.as_slice() else {
                panic!("{}: {made:?}", resource.address)
            };
            let State::Known(found) = made.node.state() else {
                panic!("{made:?}")
            };
            // The order of statements is kept.
            let statements = |policy: &Value| {
                let statements = policy["Statement"].as_array().unwrap();
                statements.iter().map(unordered).collect::<Vec<_>>()
            };
            assert_eq!(
                statements(&found),
                statements(&expected),
                "{} {}",
                label(&path),
                resource.address
            );
            compared += 1;
        }
    }
    assert!(compared >= 5, "{compared}");
}

/// Policies in layers, each made of the next one many times over.
fn layered(layers: usize, breadth: usize) -> Value {
    let kind = "aws_iam_policy_document";
    let address = |layer: usize| format!("data.{kind}.l{layer}");
    let mut changes = Vec::new();
    let mut blocks = Vec::new();
    for layer in 0..layers {
        let next = address(layer + 1);
        changes.push(json!({
            "address": address(layer), "mode": "data", "type": kind, "name": format!("l{layer}"),
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {
                "actions": ["read"], "before": null, "after": {"source_policy_documents": vec![Value::Null; breadth]},
                "after_unknown": {"json": true, "source_policy_documents": vec![true; breadth]},
            },
        }));
        blocks.push(json!({
            "address": address(layer), "mode": "data", "type": kind, "name": format!("l{layer}"), "provider_config_key": "aws",
            "expressions": {"source_policy_documents": {"references": [format!("{next}.json"), next]}},
        }));
    }
    changes.push(json!({
        "address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k",
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "change": {
            "actions": ["create"], "before": null, "after": {"enable_key_rotation": true}, "after_unknown": {"policy": true},
        },
    }));
    blocks.push(json!({
        "address": "aws_kms_key.k", "mode": "managed", "type": "aws_kms_key", "name": "k", "provider_config_key": "aws",
        "expressions": {"policy": {"references": [format!("{}.json", address(0)), address(0)]}},
    }));
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "errored": false,
        "resource_changes": changes, "configuration": {"root_module": {"resources": blocks}},
    })
}

#[test]
fn policies_that_multiply_end_undetermined() {
    for (layers, breadth) in [(7, 40), (200, 2), (3, 20_000)] {
        let plan = read_bytes(layered(layers, breadth).to_string().into_bytes());
        let report = judge(&plan).report;
        let found: Vec<_> = report
            .findings
            .iter()
            .filter(|one| one.outcome != planseal::report::v1::Outcome::Advice)
            .map(|one| (one.rule.as_str(), &one.outcome))
            .collect();
        assert_eq!(
            found,
            [("kms-key-policy-open", &planseal::report::v1::Outcome::Undetermined)],
            "{layers} {breadth}"
        );
    }
}
