//! What is answered about a plan with unknown parts is never contradicted by the plan that the apply makes of it.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::chosen::tests::{fill, filling, quantifier, template};
use super::*;
use crate::eval::Facts;
use crate::model::Model;
use crate::model::choose::tests::path;
use crate::plan::{self, Wanted};
use crate::policy::Policies;
use crate::policy::condition::Quantifier;

const TYPE: &str = "test_thing";

/// A value, and which parts of it are unknown: `?` in the template.
fn split(template: &Value) -> (Value, Value) {
    match template {
        Value::String(text) if text == "?" => (Value::Null, Value::Bool(true)),
        Value::Array(elements) => {
            let (known, unknown): (Vec<Value>, Vec<Value>) = elements.iter().map(split).unzip();
            (known.into(), unknown.into())
        }
        Value::Object(members) => {
            let (mut known, mut unknown) = (Map::new(), Map::new());
            for (name, member) in members {
                let (value, mark) = split(member);
                if mark != json!(true) {
                    known.insert(name.clone(), value);
                }
                unknown.insert(name.clone(), mark);
            }
            (known.into(), unknown.into())
        }
        known => (known.clone(), json!(false)),
    }
}

/// Who wrote it: lists of mappings are blocks, and everything else comes from a function call.
fn expression(template: &Value) -> Value {
    match template {
        Value::Array(elements) if !elements.is_empty() && elements.iter().all(Value::is_object) => {
            elements.iter().map(expressions).collect()
        }
        _ => json!({}),
    }
}

fn expressions(members: &Value) -> Value {
    let members = members.as_object().unwrap().iter();
    members
        .map(|(name, member)| (name.clone(), expression(member)))
        .collect::<Map<_, _>>()
        .into()
}

fn answer(template: &Value, expressions: &Value, test: &PathTest) -> Option<bool> {
    let (after, after_unknown) = split(template);
    let address = format!("{TYPE}.a");
    let one = |more: Value| {
        let mut one = json!({ "address": address, "mode": "managed", "type": TYPE, "name": "a" });
        one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        one
    };
    let change = json!({
        "actions": ["create"], "before": null, "after": after, "after_unknown": after_unknown,
        "before_sensitive": false, "after_sensitive": {},
    });
    let document = json!({
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "resource_changes": [one(json!({ "provider_name": "registry.terraform.io/hashicorp/aws", "change": change }))],
        "configuration": { "root_module": { "resources": [
            one(json!({ "provider_config_key": "aws", "expressions": expressions, "schema_version": 0 })),
        ] } },
    });
    let mut wanted = Wanted::default();
    ["a", "b", "c"].iter().for_each(|name| wanted.want(TYPE, name));
    let mut plan = plan::read(document.to_string().into_bytes(), &wanted)
        .remove(0)
        .unwrap();
    let model = Model::new(&mut plan);
    let policies = Policies::default();
    let facts = Facts::new(&model, &policies);
    let (id, _) = model.resources().next().unwrap();
    match Scope::values(&facts, id, Side::After).path(test) {
        Tri::True => Some(true),
        Tri::False => Some(false),
        Tri::Unknown(doubts) => {
            assert!(!doubts.is_empty());
            None
        }
    }
}

fn asked(text: &str, test: Test, nodes: Quantifier) -> PathTest {
    PathTest {
        path: Path::parse(text).unwrap(),
        tests: vec![test],
        among: None,
        unset_means: None,
        unknown_means: None,
        nodes,
        written: None,
        read_as: None,
        inner: None,
    }
}

fn test() -> impl Strategy<Value = Test> {
    prop_oneof![
        2 => any::<bool>().prop_map(Test::Set),
        1 => Just(Test::Equals(json!("x"))),
        1 => Just(Test::Equals(json!(["x"]))),
    ]
}

/// Blocks of one kind, as resources have them, besides everything else.
fn resource() -> impl Strategy<Value = Value> {
    let member = prop_oneof![2 => Just(json!("?")), 2 => Just(json!("x")), 1 => Just(json!(1)), 1 => template()];
    let block = prop::collection::btree_map("[abc]", member, 1..4).prop_map(|members| json!(members));
    let blocks = prop::collection::vec(block, 1..3).prop_map(Value::from);
    prop::collection::btree_map("[abc]", prop_oneof![blocks, template()], 1..4).prop_map(|members| json!(members))
}

#[test]
fn a_block_with_an_unknown_part_is_there() {
    let template = json!({ "a": [{ "b": "?", "c": "x" }] });
    let says = |text: &str, set: bool, nodes: Quantifier| {
        answer(&template, &expressions(&template), &asked(text, Test::Set(set), nodes))
    };
    assert_eq!(says("$.a", true, Quantifier::Every), Some(true));
    assert_eq!(says("$.a[*]", true, Quantifier::Any), Some(true));
    assert_eq!(says("$.a[*]", false, Quantifier::Any), Some(false));
    assert_eq!(says("$.a[?@.c == 'x']", true, Quantifier::Any), Some(true));
    let count = |at_least, at_most| Quantifier::Count { at_least, at_most };
    for (set, nodes) in [
        (true, Quantifier::Any),
        (false, Quantifier::Every),
        (true, count(None, Some(0))),
        (true, count(Some(1), None)),
    ] {
        assert_eq!(says("$.a[?@.b == 'x']", set, nodes), None, "{set} {nodes:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_apply_brings_contradicts_no_answer(
        template in resource(),
        text in prop_oneof![3 => path(), 1 => "\\$\\.[abc]\\[\\?@\\.[abc] (==|!=) 'x'\\]"],
        fillings in prop::collection::vec(filling(), 12),
        test in test(),
        nodes in quantifier()
    ) {
        let test = asked(&text, test, nodes);
        let expressions = expressions(&template);
        if let Some(said) = answer(&template, &expressions, &test) {
            let filled = fill(&template, &mut fillings.into_iter(), false);
            prop_assert_eq!(Some(said), answer(&filled, &expressions, &test), "{} of {}", text, filled);
        }
    }
}
