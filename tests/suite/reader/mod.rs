//! What the reader accepts, and what it makes of it.

mod corpus;
mod refusals;

use planseal::plan::{
    Action, ConfigModule, ExpressionNode, Index, Mode, Plan, Refusal, ResourceChange, Tree, Wanted, object, read,
};
use serde_json::{Value, json};

fn wanted() -> Wanted {
    let mut wanted = Wanted::default();
    for attribute in ["bucket", "tags", "rule", "kms_key_id", "timeouts"] {
        wanted.want("aws_s3_bucket", attribute);
    }
    wanted.want("aws_kms_key", "arn");
    wanted
}

fn read_text(text: &str) -> Vec<Result<Plan, Refusal>> {
    read(text.as_bytes().to_vec(), &wanted())
}

fn plan(text: &str) -> Plan {
    let mut results = read_text(text);
    assert_eq!(results.len(), 1, "{results:?}");
    results.remove(0).unwrap()
}

/// A plan with the given members beside its versions.
fn document(members: Value) -> String {
    let mut document = json!({"format_version": "1.2", "terraform_version": "1.11.4"});
    let members = members.as_object().unwrap().clone();
    document.as_object_mut().unwrap().extend(members);
    document.to_string()
}

/// An entry with the given change.
fn bucket(change: Value) -> Value {
    json!({"address": "aws_s3_bucket.a", "mode": "managed", "type": "aws_s3_bucket", "name": "a", "change": change})
}

fn changes(entries: Value) -> Plan {
    plan(&document(json!({"resource_changes": entries})))
}

fn change(entry: Value) -> ResourceChange {
    changes(json!([entry])).changes.remove(0)
}

#[test]
fn only_wanted_attributes_are_kept() {
    let change = change(bucket(json!({
        "actions": ["update"],
        "before": {"bucket": "a", "acl": "x", "tags": {"k": "v"}},
        "after": {"bucket": "b", "acl": "y"},
        "after_unknown": {"tags": true, "arn": true, "rule": [{"id": true}, false]},
        "before_sensitive": true,
        "after_sensitive": {"bucket": true, "acl": true}
    })));
    let (before, after) = (change.before.unwrap(), change.after.unwrap());
    assert_eq!(
        Value::Object(object(&before.known)),
        json!({"bucket": "a", "tags": {"k": "v"}})
    );
    assert_eq!(before.sensitive.value(), json!(true));
    assert_eq!(Value::Object(object(&after.known)), json!({"bucket": "b"}));
    assert_eq!(
        Value::Object(object(&after.unknown)),
        json!({"tags": true, "rule": [{"id": true}]})
    );
    assert_eq!(after.sensitive.value(), json!({"bucket": true}));
}

#[test]
fn resources_of_other_types_are_kept_without_values() {
    let entry = json!({"address": "aws_x.a", "mode": "managed", "type": "aws_x", "name": "a",
        "change": {"actions": ["create"], "before": null, "after": {"bucket": "a"}}});
    let change = change(entry);
    assert!(change.before.is_none());
    assert!(change.after.unwrap().known.is_empty());
}

#[test]
fn the_fields_of_an_entry_are_kept() {
    let change = change(json!({
        "address": "module.m[\"x\"].aws_s3_bucket.a[\"k\\\"y\"]", "module_address": "module.m[\"x\"]",
        "type": "aws_s3_bucket", "name": "a", "index": "k\"y", "provider_name": "aws",
        "deposed": "ab12", "previous_address": "aws_s3_bucket.old", "action_reason": "replace_because_cannot_update",
        "change": {"actions": ["delete", "create"], "before": {}, "after": {}, "importing": {"id": "i"},
            "replace_paths": [["rule", 0, "id"]]}
    }));
    assert_eq!(change.mode, Mode::Managed);
    assert_eq!(change.index, Some(Index::Text("k\"y".to_owned())));
    assert_eq!(change.deposed.as_deref(), Some("ab12"));
    assert_eq!(change.module_address.as_deref(), Some("module.m[\"x\"]"));
    assert_eq!(change.previous_address.as_deref(), Some("aws_s3_bucket.old"));
    assert_eq!(change.actions.as_slice(), [Action::Delete, Action::Create]);
    assert_eq!(change.replace_paths, ["$.rule[0].id"]);
    assert!(change.importing);
}

#[test]
fn values_are_found_whatever_the_order_of_keys() {
    let sorted = r#"{
        "configuration": {"root_module": {"resources": [
            {"address": "aws_s3_bucket.a", "expressions": {"bucket": {"constant_value": "b"}, "acl": {}}, "mode": "managed", "name": "a", "type": "aws_s3_bucket"}]}},
        "format_version": "1.2",
        "prior_state": {"values": {"root_module": {"resources": [
            {"address": "data.aws_kms_key.k", "mode": "data", "name": "k", "sensitive_values": {"arn": true}, "type": "aws_kms_key", "values": {"arn": "x", "id": "y"}}]}}},
        "resource_changes": [{"address": "aws_s3_bucket.a", "change": {"actions": ["create"], "after": {"bucket": "b", "acl": 1}, "before": null}, "mode": "managed", "name": "a", "type": "aws_s3_bucket"}]
    }"#;
    let plan = plan(sorted);
    assert_eq!(
        Value::Object(object(&plan.changes[0].after.as_ref().unwrap().known)),
        json!({"bucket": "b"})
    );
    assert_eq!(
        Value::Object(object(&plan.prior_data[0].values.known)),
        json!({"arn": "x"})
    );
    assert_eq!(plan.prior_data[0].values.sensitive.value(), json!({"arn": true}));
    let configuration = plan.configuration.unwrap();
    assert_eq!(configuration.root.resources[0].expressions.len(), 1);
}

#[test]
fn escaped_keys_and_strings_are_read() {
    let text = r#"{"\u0066ormat_version": "1\u002e2", "resource_changes": [{"address": "aws_s3_bucket.\u0061", "type": "aws_s3_bucke\u0074", "name": "a",
        "change": {"action\u0073": ["creat\u0065"], "after": {"bu\u0063ket": "\u00e4"}}}]}"#;
    let plan = plan(text);
    assert_eq!(plan.changes[0].address, "aws_s3_bucket.a");
    assert_eq!(
        Value::Object(object(&plan.changes[0].after.as_ref().unwrap().known)),
        json!({"bucket": "ä"})
    );
}

#[test]
fn the_last_of_duplicate_attributes_counts() {
    let text = r#"{"format_version": "1.0", "resource_changes": [{"address": "aws_s3_bucket.a", "type": "aws_s3_bucket", "name": "a",
        "change": {"actions": ["create"], "after": {"bucket": "x", "bucket": "y", "tags": {"k": 1, "k": 2}}}}]}"#;
    let plan = plan(text);
    assert_eq!(
        Value::Object(object(&plan.changes[0].after.as_ref().unwrap().known)),
        json!({"bucket": "y", "tags": {"k": 2}})
    );
}

#[test]
fn every_encoding_gives_the_same_plan() {
    let text =
        document(json!({"resource_changes": [bucket(json!({"actions": ["create"], "after": {"bucket": "ä𝄞"}}))]}));
    let utf16 = |mark: &[u8], bytes: fn(u16) -> [u8; 2]| {
        let units = text.encode_utf16().flat_map(bytes);
        mark.iter().copied().chain(units).collect::<Vec<u8>>()
    };
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut gzip, text.as_bytes()).unwrap();
    let expected = format!("{:?}", read_text(&text));
    for bytes in [
        utf16(&[0xff, 0xfe], u16::to_le_bytes),
        utf16(&[0xfe, 0xff], u16::to_be_bytes),
        utf16(&[], u16::to_le_bytes),
        utf16(&[], u16::to_be_bytes),
        [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        gzip.finish().unwrap(),
        text.replace(',', ",\r\n").into_bytes(),
    ] {
        assert_eq!(format!("{:?}", read(bytes, &wanted())), expected);
    }
}

#[test]
fn several_documents_are_several_plans() {
    let one = document(json!({"resource_changes": []}));
    for between in ["\n", "", "\r\n\r\n", "\u{feff}"] {
        let results = read_text(&format!("{one}{between}{one}{between}"));
        assert_eq!(results.len(), 2);
        assert!(results.iter().all(Result::is_ok));
    }
    let results = read_text(&format!(
        "{one}\n{{\"values\": {{}}, \"format_version\": \"1.0\"}}\n{one}"
    ));
    let kinds: Vec<_> = results
        .iter()
        .map(|result| result.as_ref().map_or_else(Refusal::kind, |_| "plan"))
        .collect();
    assert_eq!(kinds, ["plan", "state", "plan"]);
}

#[test]
fn one_document_with_duplicate_keys_does_not_hide_the_next() {
    let one = document(json!({"resource_changes": []}));
    let results = read_text(&format!(
        "{{\"format_version\": \"1.0\", \"format_version\": \"1.0\"}}\n{one}"
    ));
    assert!(matches!(results.as_slice(), [Err(Refusal::DuplicateKey { .. }), Ok(_)]));
}

#[test]
fn lines_of_a_ci_wrapper_are_skipped() {
    let one = document(json!({"resource_changes": []}));
    let wrapped = format!(
        "[command]/x/terraform-bin show -json p\n::debug::start\n{one}%0A::set-output name=exitcode::0\n::debug::stdout: {one}\n::debug::exitcode: 0\n%0A\n"
    );
    let plan = plan(&wrapped);
    assert_eq!(plan.notes.len(), 1, "{:?}", plan.notes);
    assert!(plan.notes[0].contains("ignored"));
}

#[test]
fn oddities_of_old_and_edited_plans_are_read() {
    let entry = |change: Value| bucket(change);
    let mut beta = entry(json!({"actions": ["no-op"], "before": {}, "after": {}, "importing": false}));
    beta["deposed"] = json!(true);
    let read = change(beta);
    assert!(read.deposed.is_none() && !read.importing);
    let mut gone = entry(json!({"actions": ["delete"], "before": {}, "after": null}));
    gone["deposed"] = json!(true);
    assert_eq!(change(gone).deposed.as_deref(), Some("true"));
    let mut counted = entry(json!({"actions": ["create"], "after": {}}));
    counted["index"] = json!(3);
    assert_eq!(change(counted).index, Some(Index::Number(3)));
    let unnamed = json!({"address": "module.m.aws_s3_bucket.a[0]", "module_address": "module.m", "type": "aws_s3_bucket",
        "change": {"actions": ["create"], "after": {}}});
    assert_eq!(change(unnamed).name, "a");
}

#[test]
fn contradictions_are_judged_by_after_and_noted() {
    let plan = changes(json!([
        bucket(json!({"actions": ["create"], "before": {"bucket": "old"}, "after": {"bucket": "new"}})),
        bucket(json!({"actions": ["update"], "before": null, "after": {"bucket": "new"}})),
        bucket(json!({"actions": ["delete"], "before": {"bucket": "old"}, "after": {"bucket": "new"}})),
        bucket(json!({"actions": ["update"], "before": {"bucket": "old"}, "after": null, "after_unknown": true})),
    ]));
    assert_eq!(plan.notes.len(), 1, "{:?}", plan.notes);
    assert!(plan.notes[0].contains("1 more"), "{:?}", plan.notes);
    let has: Vec<(bool, bool)> = plan
        .changes
        .iter()
        .map(|change| (change.before.is_some(), change.after.is_some()))
        .collect();
    assert_eq!(has, [(false, true), (false, true), (true, true), (true, true)]);
    let unknown = &plan.changes[3].after.as_ref().unwrap().unknown;
    assert_eq!(unknown.len(), 5);
    assert!(unknown.values().all(|mark| *mark == Tree::Bool(true)));
}

#[test]
fn redacted_values_are_no_values() {
    let plan = changes(json!([
        bucket(json!({"actions": ["update"], "before": [], "after": []})),
        bucket(json!({"actions": ["create"], "before": [], "after": {}})),
    ]));
    assert_eq!(plan.notes.len(), 1);
    assert!(plan.changes[0].before.is_none());
    assert!(plan.changes[0].after.as_ref().unwrap().known.is_empty());
}

#[test]
fn a_change_of_nothing_stays_nothing() {
    let plan = changes(json!([bucket(
        json!({"actions": ["no-op"], "before": null, "after": null})
    )]));
    assert!(plan.changes[0].after.is_none());
    assert!(plan.notes.is_empty());
}

#[test]
fn data_resources_of_every_type_are_kept_and_ephemeral_ones_never() {
    let entry = |mode: &str, resource_type: &str, action: &str| {
        json!({"address": format!("{resource_type}.a"), "mode": mode, "type": resource_type, "name": "a",
            "change": {"actions": [action]}})
    };
    let plan = changes(json!([
        entry("data", "aws_kms_key", "read"),
        entry("data", "aws_region", "read"),
        entry("ephemeral", "aws_kms_key", "open"),
    ]));
    assert_eq!(plan.changes.len(), 2);
    assert_eq!(plan.changes[0].mode, Mode::Data);
    assert!(plan.changes[0].after.is_some());
}

#[test]
fn prior_data_is_found_in_modules() {
    let data = |address: &str, index: Value| json!({"address": address, "mode": "data", "type": "aws_kms_key", "name": "k", "index": index, "values": {"arn": "x", "id": "y"}});
    let plan = plan(&document(json!({"prior_state": {"values": {"root_module": {
        "resources": [{"address": "aws_x.y", "mode": "managed", "type": "aws_x", "values": {}}, data("data.aws_kms_key.k", json!(null))],
        "child_modules": [{"resources": [data("module.a.data.aws_kms_key.k[0]", json!(0))], "address": "module.a",
            "child_modules": [{"address": "module.a.module.b", "resources": [data("module.a.module.b.data.aws_kms_key.k", json!(null))]}]}]
    }}}})));
    let found: Vec<_> = plan
        .prior_data
        .iter()
        .map(|data| {
            (
                data.address.as_str(),
                data.module_address.as_deref(),
                data.index.clone(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("data.aws_kms_key.k", None, None),
            (
                "module.a.data.aws_kms_key.k[0]",
                Some("module.a"),
                Some(Index::Number(0))
            ),
            ("module.a.module.b.data.aws_kms_key.k", Some("module.a.module.b"), None),
        ]
    );
}

fn root(module: Value) -> ConfigModule {
    let plan = plan(&document(
        json!({"complete": true, "configuration": {"root_module": module}, "resource_changes": [
        bucket(json!({"actions": ["create"], "after": {}}))]}),
    ));
    plan.configuration.unwrap().root
}

#[test]
fn expressions_and_blocks_are_told_apart() {
    let root = root(
        json!({"resources": [{"mode": "managed", "type": "aws_s3_bucket", "name": "a", "provider_config_key": "aws.x",
        "expressions": {
            "bucket": {"constant_value": null},
            "acl": {"constant_value": "x"},
            "tags": {},
            "rule": [{"id": {"references": ["var.a"]}}, {}],
            "kms_key_id": {"references": ["aws_kms_key.k[\"p\"].arn", "aws_kms_key.k[\"p\"]", "aws_kms_key.k", "var.x", "var.x"]},
            "timeouts": {"create": {"constant_value": "1h"}, "references": {"constant_value": 1}}
        },
        "for_each_expression": {"references": ["var.b"]}}]}),
    );
    let resource = &root.resources[0];
    assert_eq!(resource.provider_config_key.as_deref(), Some("aws.x"));
    assert_eq!(resource.for_each.as_ref().unwrap().references, ["var.b"]);
    assert!(!resource.expressions.contains_key("acl"));
    let expression = |name: &str| match resource.expressions.get(name).unwrap() {
        ExpressionNode::Expression(expression) => expression.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(expression("bucket").constant.as_deref(), Some(&Value::Null));
    assert_eq!(expression("tags"), Default::default());
    assert_eq!(
        expression("kms_key_id").references,
        ["aws_kms_key.k[\"p\"].arn", "var.x", "var.x"]
    );
    assert!(
        matches!(resource.expressions.get("rule").unwrap(), ExpressionNode::Blocks(blocks) if blocks.len() == 2 && blocks[1].is_empty())
    );
    assert!(matches!(resource.expressions.get("timeouts").unwrap(), ExpressionNode::Block(block) if block.len() == 2));
}

#[test]
fn modules_outputs_and_variables_are_kept() {
    let root = root(json!({
        "outputs": {"o": {"expression": {"references": ["module.m.o", "module.m"]}}, "p": {}},
        "variables": {"with": {"default": null}, "without": {"description": "x"}},
        "module_calls": {"m": {"source": "./m", "count_expression": {"constant_value": 2},
            "expressions": {"anything": {"references": ["local.x"]}},
            "module": {"resources": [{"mode": "ephemeral", "type": "x", "name": "y"}, {"mode": "data", "type": "aws_region", "name": "r", "expressions": {"a": {}}}]}}}
    }));
    assert_eq!(root.outputs.get("o").unwrap().references, ["module.m.o"]);
    assert_eq!(*root.outputs.get("p").unwrap(), Default::default());
    assert_eq!(*root.variables.get("with").unwrap(), Some(Value::Null));
    assert_eq!(*root.variables.get("without").unwrap(), None);
    let call = root.calls.get("m").unwrap();
    assert_eq!(call.count.as_ref().unwrap().constant.as_deref(), Some(&json!(2)));
    assert!(call.expressions.contains_key("anything"));
    assert_eq!(call.module.resources.len(), 1);
    assert!(call.module.resources[0].expressions.is_empty());
}

#[test]
fn provider_constants_are_not_kept() {
    let plan = plan(&document(json!({"configuration": {"provider_config": {
        "aws": {"name": "aws", "expressions": {"access_key": {"constant_value": "hidden"}, "default_tags": [{}]}},
        "aws.x": {"name": "aws", "alias": "x"}}}, "variables": {"v": {"value": 1}, "w": {}}})));
    assert!(!format!("{plan:?}").contains("hidden"));
    let providers = plan.configuration.unwrap().providers;
    assert!(providers.get("aws").unwrap().has_default_tags && !providers.get("aws.x").unwrap().has_default_tags);
    assert_eq!(json!(plan.variables), json!({"v": 1}));
}

#[test]
fn marks_of_sensitive_values_are_noticed() {
    let without = changes(json!([bucket(json!({"actions": ["create"], "after": {}}))]));
    assert!(!without.has_sensitivity_marks);
    let with = changes(json!([bucket(
        json!({"actions": ["create"], "after": {}, "after_sensitive": false})
    )]));
    assert!(with.has_sensitivity_marks);
}

#[test]
fn partial_plans_say_so() {
    let created = bucket(json!({"actions": ["create"], "after": {}}));
    let managed = |name: &str| json!({"mode": "managed", "type": "aws_s3_bucket", "name": name});
    let partial = |members: Value| plan(&document(members)).partial;
    let configuration = |names: &[&str]| {
        let resources: Vec<Value> = names.iter().map(|name| managed(name)).collect();
        json!({"root_module": {"resources": resources}})
    };
    assert!(partial(json!({"resource_changes": [created], "complete": false})).is_some());
    assert!(partial(json!({"resource_changes": [created], "configuration": configuration(&["a"])})).is_none());
    let reason =
        partial(json!({"resource_changes": [created], "configuration": configuration(&["a", "b", "c", "d", "e"])}));
    let reason = reason.unwrap();
    assert!(
        reason.contains("`aws_s3_bucket.b`") && reason.contains("1 more"),
        "{reason}"
    );
    assert!(
        partial(json!({"resource_changes": [created], "complete": true, "configuration": configuration(&["a", "b"])}))
            .is_none()
    );
    let prior = json!({"values": {"root_module": {"child_modules": [{"resources": [managed("z")]}]}}});
    assert!(partial(json!({"complete": true, "prior_state": prior})).is_some());
    assert!(partial(json!({"complete": true, "configuration": configuration(&["a"])})).is_some());
}

/// Also where the plan calls itself complete: what is left to a later plan was not judged.
#[test]
fn a_plan_that_leaves_changes_to_a_later_one_is_partial() {
    let created = bucket(json!({"actions": ["create"], "after": {}}));
    let deferred = json!({"reason": "provider_config_unknown", "resource_change": created});
    let partial = |deferred: Value| {
        let members = json!({"complete": true, "resource_changes": [created], "deferred_changes": deferred});
        plan(&document(members)).partial
    };
    for (deferred, says) in [
        (json!([deferred]), "1 change to a later plan"),
        (json!([deferred, deferred]), "2 changes to a later plan"),
    ] {
        let reason = partial(deferred).unwrap();
        assert!(reason.contains(says), "{reason}");
    }
    assert_eq!(partial(json!([])), None);
    assert_eq!(partial(Value::Null), None);
}

#[test]
fn instance_keys_and_modules_count_as_entries() {
    let entry = |address: &str, module: &str| {
        json!({"address": address, "module_address": module, "type": "aws_s3_bucket", "name": "a",
            "change": {"actions": ["create"], "after": {}}})
    };
    let call = |more: Value| {
        let mut call = json!({"module": {"resources": [
            {"mode": "managed", "type": "aws_s3_bucket", "name": "a"}, {"mode": "data", "type": "x", "name": "y"}]}});
        call.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        call
    };
    let plan = plan(&document(json!({
        "resource_changes": [entry("module.m[\"x.y\"].aws_s3_bucket.a[\"]\"]", "module.m[\"x.y\"]")],
        "configuration": {"root_module": {"module_calls": {
            "m": call(json!({})), "n": call(json!({"count_expression": {"constant_value": 0}}))}}}
    })));
    assert_eq!(plan.partial, None);
}

#[test]
fn a_deposed_object_is_no_entry() {
    let mut deposed = bucket(json!({"actions": ["delete"], "before": {}, "after": null}));
    deposed["deposed"] = json!("ab12");
    let configuration =
        json!({"root_module": {"resources": [{"mode": "managed", "type": "aws_s3_bucket", "name": "a"}]}});
    let plan = plan(&document(
        json!({"resource_changes": [deposed], "configuration": configuration}),
    ));
    assert!(plan.partial.is_some());
}
