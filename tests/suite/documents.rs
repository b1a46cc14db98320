//! What planseal makes of the blocks of a policy document is what Terraform makes of them.

use planseal::eval::Facts;
use planseal::eval::document::PossibleDocument;
use planseal::model::document::Format;
use planseal::model::value::{Location, State};
use planseal::model::{Model, Side};
use planseal::plan::{Action, Mode};
use serde_json::Value;

use crate::common::{POLICIES, label, plans, read};

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
