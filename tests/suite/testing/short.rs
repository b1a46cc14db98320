//! The short form says what Terraform's own plan of the same configuration says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use planseal::eval::Facts;
use planseal::model::Model;
use planseal::policy::load::Source;
use planseal::policy::yaml::Diagnostics;
use planseal::testing::{case, short};
use serde_json::{Value, json};

use crate::common::{POLICIES, read, read_bytes};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/short-form");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    assert!(found.len() >= 3);
    found
}

/// What every rule says of these resources.
fn opinions(mut plan: planseal::plan::Plan, of: Option<&BTreeSet<String>>) -> BTreeMap<String, String> {
    let model = Model::new(&mut plan);
    let facts = Facts::new(&model, &POLICIES);
    let users = facts.users();
    let mut found = BTreeMap::new();
    for rule in &POLICIES.rules {
        for opinion in facts.opinions(rule, &users) {
            let address = opinion.address(&facts);
            if of.is_none_or(|of| of.contains(&address)) {
                let place = format!("{} {address} {:?}", rule.id, opinion.part());
                let said = format!(
                    "{} {:?} {:?}",
                    opinion.conclusion().word(),
                    opinion.change(),
                    opinion.severity()
                );
                found.insert(place, said);
            }
        }
    }
    found
}

/// Each file holds two cases: a plan that Terraform made, and (part of) it in short form.
#[test]
fn the_short_form_is_judged_as_the_plan_that_terraform_makes() {
    for path in files() {
        let name = path.display().to_string();
        let source = Source {
            file: name.clone(),
            text: std::fs::read_to_string(&path).unwrap(),
        };
        let mut errors = Diagnostics::new();
        let file = case::read(&source, &mut errors).unwrap_or_else(|| panic!("{}", errors.render(false)));
        let [made, written] = file.cases.as_slice() else {
            panic!("{name} has {} cases", file.cases.len());
        };
        let text = short::plan_text(&name, &written.doc, &mut errors);
        let text = text.unwrap_or_else(|| panic!("{}", errors.render(false)));
        let held: BTreeSet<String> = written.doc.resources.keys().map(str::to_owned).collect();
        let plan = path.with_file_name(&made.doc.plan.as_ref().unwrap().value);
        let expected = opinions(read(&plan), Some(&held));
        let got = opinions(read_bytes(text.into_bytes()), None);
        let differ: Vec<String> = expected
            .keys()
            .chain(got.keys())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter(|place| expected.get(*place) != got.get(*place))
            .map(|place| {
                format!(
                    "{place}: {:?} in the plan, {:?} in short form",
                    expected.get(place),
                    got.get(place)
                )
            })
            .collect();
        assert!(differ.is_empty(), "{name}\n{}", differ.join("\n"));
        assert!(expected.len() > 20, "{name} compares {} opinions", expected.len());
    }
}

/// The plan JSON of a case.
fn plan_of(case: &str) -> Value {
    let source = Source {
        file: "kms-rotation-disabled.test.yaml".into(),
        text: format!("cases:\n  - name: x\n    expect: {{ aws_x_y.z: pass }}\n{case}"),
    };
    let mut errors = Diagnostics::new();
    let file = case::read(&source, &mut errors).unwrap_or_else(|| panic!("{}", errors.render(false)));
    let text = short::plan_text(&source.file, &file.cases[0].doc, &mut errors);
    serde_json::from_str(&text.unwrap_or_else(|| panic!("{}", errors.render(false)))).unwrap()
}

fn change<'p>(plan: &'p Value, address: &str) -> &'p Value {
    let changes = plan["resource_changes"].as_array().unwrap();
    let found = changes.iter().find(|change| change["address"] == address);
    &found.unwrap_or_else(|| panic!("no {address}"))["change"]
}

fn block<'p>(module: &'p Value, address: &str) -> &'p Value {
    let blocks = module["resources"].as_array().unwrap();
    blocks.iter().find(|block| block["address"] == address).unwrap()
}

#[test]
fn a_data_source_is_read_during_planning_where_all_of_it_is_known() {
    let plan = plan_of(
        "    resources:
      aws_kms_key.main: {}
      data.aws_kms_key.known: { arn: 'arn:aws:kms:eu-central-1:111122223333:key/1' }
      data.aws_kms_key.later: { key_id: '${aws_kms_key.main.id}' }
      aws_sns_topic.main: { kms_master_key_id: '${data.aws_kms_key.known.arn}' }
",
    );
    let prior = &plan["prior_state"]["values"]["root_module"]["resources"];
    assert_eq!(prior.as_array().unwrap().len(), 1);
    assert_eq!(prior[0]["address"], "data.aws_kms_key.known");
    assert_eq!(change(&plan, "data.aws_kms_key.later")["actions"], json!(["read"]));
    let topic = change(&plan, "aws_sns_topic.main");
    assert_eq!(
        topic["after"]["kms_master_key_id"],
        "arn:aws:kms:eu-central-1:111122223333:key/1"
    );
    let root = &plan["configuration"]["root_module"];
    assert_eq!(
        block(root, "aws_sns_topic.main")["expressions"]["kms_master_key_id"]["references"],
        json!(["data.aws_kms_key.known.arn", "data.aws_kms_key.known"])
    );
}

#[test]
fn what_is_before_and_after_makes_the_actions() {
    let plan = plan_of(
        "    before:
      aws_kms_key.stays: { description: a }
      aws_kms_key.changes: { description: a }
      aws_kms_key.goes: {}
      aws_kms_key.again: { multi_region: false, description: a }
      aws_kms_key.forgotten: {}
      aws_sns_topic.stays: { kms_master_key_id: '${aws_kms_key.stays.arn}' }
      aws_sns_topic.moves: { kms_master_key_id: '${aws_kms_key.again.arn}' }
    resources:
      aws_kms_key.stays: { description: a }
      aws_kms_key.changes: { description: b }
      aws_kms_key.comes: {}
      aws_kms_key.again: { multi_region: true, description: a }
      aws_sns_topic.stays: { kms_master_key_id: '${aws_kms_key.stays.arn}' }
      aws_sns_topic.moves: { kms_master_key_id: '${aws_kms_key.again.arn}' }
    replace: [aws_kms_key.again]
    forget: [aws_kms_key.forgotten]
",
    );
    for (address, actions) in [
        ("aws_kms_key.stays", json!(["no-op"])),
        ("aws_kms_key.changes", json!(["update"])),
        ("aws_kms_key.goes", json!(["delete"])),
        ("aws_kms_key.comes", json!(["create"])),
        ("aws_kms_key.again", json!(["delete", "create"])),
        ("aws_kms_key.forgotten", json!(["forget"])),
        ("aws_sns_topic.stays", json!(["no-op"])),
        ("aws_sns_topic.moves", json!(["update"])),
    ] {
        assert_eq!(change(&plan, address)["actions"], actions, "{address}");
    }
    assert_eq!(
        change(&plan, "aws_kms_key.again")["replace_paths"],
        json!([["multi_region"]])
    );
    assert_eq!(change(&plan, "aws_kms_key.goes")["after"], Value::Null);
    assert_eq!(
        change(&plan, "aws_kms_key.comes")["after_unknown"],
        json!({ "arn": true, "id": true })
    );
    let stays = &change(&plan, "aws_sns_topic.stays")["after"]["kms_master_key_id"];
    assert_eq!(stays, &change(&plan, "aws_kms_key.stays")["after"]["arn"]);
    assert!(
        stays
            .as_str()
            .unwrap()
            .starts_with("arn:aws:kms:eu-central-1:111122223333:key/")
    );
    assert_eq!(
        change(&plan, "aws_sns_topic.moves")["after_unknown"]["kms_master_key_id"],
        true
    );
}

#[test]
fn unknown_parts_and_references_stand_where_terraform_puts_them() {
    let plan = plan_of(
        "    resources:
      aws_iam_role.app: {}
      aws_lb_listener.main:
        mutual_authentication: [{ mode: verify, trust_store_arn: '${local.store}' }]
        certificates: [plain, '${aws_iam_role.app.arn}']
        tags: { a: plain, b: '${local.b}' }
        policy: '{ \"Principal\": \"${aws_iam_role.app.arn}\" }'
        path: 'home/$${aws:username}'
        size: (known after apply)
",
    );
    let listener = change(&plan, "aws_lb_listener.main");
    assert_eq!(
        listener["after"],
        json!({ "mutual_authentication": [{ "mode": "verify" }], "certificates": ["plain", null], "path": "home/${aws:username}" })
    );
    assert_eq!(
        listener["after_unknown"],
        json!({
            "mutual_authentication": [{ "trust_store_arn": true }], "certificates": [false, true], "tags": true, "tags_all": true,
            "policy": true, "size": true, "arn": true, "id": true,
        })
    );
    let role = json!({ "references": ["aws_iam_role.app.arn", "aws_iam_role.app"] });
    assert_eq!(
        block(&plan["configuration"]["root_module"], "aws_lb_listener.main")["expressions"],
        json!({
            "mutual_authentication": [{ "mode": { "constant_value": "verify" }, "trust_store_arn": { "references": ["local.store"] } }],
            "certificates": role, "tags": { "references": ["local.b"] }, "policy": role,
            "path": { "constant_value": "home/${aws:username}" }, "size": {},
        })
    );
}

#[test]
fn instances_share_one_block_and_modules_pass_references_on() {
    let plan = plan_of(
        "    resources:
      aws_kms_key.this[\"a\"]: {}
      aws_kms_key.this[\"b\"]: {}
      aws_sns_topic.same[\"a\"]: { kms_master_key_id: '${aws_kms_key.this[\"a\"].arn}' }
      aws_sns_topic.same[\"b\"]: { kms_master_key_id: '${aws_kms_key.this[\"b\"].arn}' }
      aws_sns_topic.other[\"x\"]: { kms_master_key_id: '${aws_kms_key.this[\"a\"].arn}' }
      aws_sns_topic.other[\"y\"]: { kms_master_key_id: '${aws_kms_key.this[\"b\"].arn}' }
      module.up.aws_kms_key.main: {}
      module.down[0].aws_sns_topic.main: { kms_master_key_id: '${module.up.aws_kms_key.main.arn}', name: '${var.name}' }
",
    );
    let root = &plan["configuration"]["root_module"];
    let references = |address: &str| {
        let block = block(root, address);
        assert_eq!(block["for_each_expression"], json!({}));
        block["expressions"]["kms_master_key_id"]["references"].clone()
    };
    assert_eq!(
        references("aws_sns_topic.same"),
        json!(["aws_kms_key.this", "each.key"])
    );
    assert_eq!(
        references("aws_sns_topic.other"),
        json!([
            "aws_kms_key.this[\"a\"].arn",
            "aws_kms_key.this[\"a\"]",
            "aws_kms_key.this",
            "aws_kms_key.this[\"b\"].arn",
            "aws_kms_key.this[\"b\"]",
            "each.key",
        ])
    );
    let up = &root["module_calls"]["up"]["module"]["outputs"];
    assert_eq!(
        up["aws_kms_key_main_arn"]["expression"]["references"],
        json!(["aws_kms_key.main.arn", "aws_kms_key.main"])
    );
    let down = &root["module_calls"]["down"];
    assert_eq!(down["count_expression"], json!({ "constant_value": 1 }));
    let passed = down["expressions"].as_object().unwrap();
    let (name, passed) = passed.iter().find(|(name, _)| *name != "name").unwrap();
    assert_eq!(
        passed["references"],
        json!(["module.up.aws_kms_key_main_arn", "module.up"])
    );
    assert_eq!(
        block(&down["module"], "aws_sns_topic.main")["expressions"]["kms_master_key_id"]["references"],
        json!([format!("var.{name}")])
    );
}
