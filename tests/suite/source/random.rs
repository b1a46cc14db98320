//! Whatever stands in a source, reading and evaluating it ends, and without a panic.

use planseal::eval::Facts;
use planseal::model::{Model, Side};
use planseal::plan::Wanted;
use planseal::source::Source;
use proptest::prelude::*;
use proptest::string::string_regex;
use serde_json::json;

use super::folder;
use crate::common::POLICIES;

/// Expressions of every construct, over what the configuration below declares.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "1",
        "-2.5",
        "1e400",
        "99999999999999999999",
        "true",
        "null",
        "\"\"",
        "\"a%{\"",
        "\"x\"",
        "[]",
        "{}",
        "local.a",
        "local.b",
        "var.v",
        "var.list",
        "aws_kms_key.k",
        "aws_kms_key.k[0].arn",
        "aws_kms_key.k[*].tags",
        "aws_kms_key.one.arn",
        "aws_kms_key.one",
        "module.m.out",
        "module.none",
        "each.value",
        "each.key",
        "count.index",
        "path.module",
        "self.x",
        "name",
        "data.x.y.z",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(5, 48, 4, |inner| {
        let function = prop::sample::select(vec![
            "try",
            "can",
            "coalesce",
            "coalescelist",
            "lookup",
            "one",
            "element",
            "merge",
            "concat",
            "flatten",
            "compact",
            "distinct",
            "toset",
            "tolist",
            "tomap",
            "sort",
            "reverse",
            "keys",
            "values",
            "zipmap",
            "length",
            "contains",
            "setunion",
            "setsubtract",
            "setintersection",
            "format",
            "join",
            "split",
            "replace",
            "trim",
            "trimprefix",
            "substr",
            "lower",
            "upper",
            "title",
            "jsonencode",
            "jsondecode",
            "min",
            "max",
            "sum",
            "range",
            "slice",
            "alltrue",
            "anytrue",
            "tostring",
            "tonumber",
            "tobool",
            "startswith",
            "md5",
        ]);
        let operator = prop::sample::select(vec!["+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||"]);
        prop_oneof![
            (function, prop::collection::vec(inner.clone(), 0..4), any::<bool>()).prop_map(
                |(name, arguments, expand)| {
                    let dots = if expand && !arguments.is_empty() { "..." } else { "" };
                    format!("{name}({}{dots})", arguments.join(", "))
                }
            ),
            (inner.clone(), operator, inner.clone())
                .prop_map(|(left, operator, right)| format!("({left}) {operator} ({right})")),
            (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a}) ? ({b}) : ({c})")),
            (inner.clone(), inner.clone()).prop_map(|(value, key)| format!("({value})[{key}]")),
            inner.clone().prop_map(|value| format!("({value})[*].arn")),
            inner.clone().prop_map(|value| format!("({value}).*.name[0]")),
            inner.clone().prop_map(|value| format!("-({value})")),
            inner.clone().prop_map(|value| format!("!({value})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(over, value, test)| format!("[for k, name in {over} : {value} if {test}]")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(over, key, value)| format!("{{ for name in {over} : ({key}) => {value}... }}")),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|elements| format!("[{}]", elements.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(key, value)| format!("{{ a = {value}, (({key})) = {value} }}")),
            (inner.clone(), inner.clone())
                .prop_map(|(one, two)| format!("\"x${{{one}}}-%{{ if {two} ~}} y %{{ endif }}\"")),
            inner.prop_map(|over| format!("\"%{{ for name in {over} }}${{name}}%{{ endfor }}\"")),
        ]
    })
}

/// Judges a plan whose store's key is this expression; whether the source could be read.
fn judges(expression: &str) -> bool {
    let configuration = format!(
        "variable \"v\" {{\n  type = any\n}}\nvariable \"list\" {{\n  type    = list(string)\n  default = [\"a\"]\n}}\n\
         locals {{\n  a = {expression}\n  b = [local.a, local.c]\n  c = try(local.b, var.list)\n}}\n\
         resource \"aws_kms_key\" \"k\" {{\n  count = 2\n}}\nresource \"aws_kms_key\" \"one\" {{\n}}\n\
         module \"m\" {{\n  source = \"./m\"\n  in     = local.a\n}}\n\
         resource \"aws_sns_topic\" \"t\" {{\n  kms_master_key_id = local.a\n  tags              = local.b\n}}\n"
    );
    let module = "variable \"in\" {\n  type = object({ a = optional(map(string), {}) })\n}\noutput \"out\" {\n  value = var.in\n}\n";
    let home = folder(&[("main.tf", &configuration), ("m/main.tf", module)]);
    let Ok(source) = Source::from_folder(home.path()) else {
        return false;
    };
    let mut wanted: Wanted = POLICIES.wanted();
    wanted.relevant = true;
    let mut plan = super::read(&plan(), &wanted);
    let mut model = Model::new(&mut plan);
    let agrees = model.use_source(&source, &wanted);
    assert!(agrees.is_ok(), "{}", agrees.unwrap_err());
    let facts = Facts::new(&model, &POLICIES);
    for (id, store) in facts.stores().iter().copied() {
        facts.storage(id, store, Side::After);
        facts.category(id, store, Side::After);
    }
    planseal::eval::evaluate(&facts);
    true
}

fn plan() -> Vec<u8> {
    let change = |kind: &str, name: &str, index: Option<u64>, unknown: serde_json::Value| {
        let key = index.map(|index| format!("[{index}]")).unwrap_or_default();
        json!({
            "address": format!("{kind}.{name}{key}"), "mode": "managed", "type": kind, "name": name, "index": index,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": ["create"], "before": null, "after": {}, "after_unknown": unknown, "before_sensitive": false, "after_sensitive": {}},
        })
    };
    let block = |kind: &str, name: &str, expressions: serde_json::Value| json!({"address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name, "provider_config_key": "aws", "expressions": expressions});
    let mut counted = block("aws_kms_key", "k", json!({}));
    counted["count_expression"] = json!({"constant_value": 2});
    let key = json!({"arn": true, "id": true, "key_id": true, "tags_all": true});
    let document = json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true,
        "resource_changes": [
            change("aws_kms_key", "k", Some(0), key.clone()), change("aws_kms_key", "k", Some(1), key.clone()),
            change("aws_kms_key", "one", None, key),
            change("aws_sns_topic", "t", None, json!({"kms_master_key_id": true, "tags": true, "tags_all": true})),
        ],
        "configuration": {"provider_config": {"aws": {"name": "aws"}}, "root_module": {
            "resources": [
                counted, block("aws_kms_key", "one", json!({})),
                block("aws_sns_topic", "t", json!({"kms_master_key_id": {"references": ["local.a"]}, "tags": {"references": ["local.b"]}})),
            ],
            "module_calls": {"m": {"source": "./m", "expressions": {"in": {"references": ["local.a"]}},
                "module": {"outputs": {"out": {"expression": {"references": ["var.in"]}}}, "variables": {"in": {}}}}},
            "variables": {"v": {}, "list": {"default": ["a"]}},
        }},
    });
    serde_json::to_vec(&document).unwrap()
}

#[test]
fn the_plan_of_these_tests_is_read() {
    assert!(judges("aws_kms_key.one.arn"));
    assert!(!judges("= ="));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn expressions_of_every_construct(text in expression()) {
        judges(&text);
    }

    #[test]
    fn texts_like_hcl(text in string_regex("([a-z]{1,4}|[0-9.]{1,3}|[ \\n={}\\[\\]()\"<>.,:?*~$%!&|/-]|<<-?E\\n|E\\n|\\$\\{|%\\{|\"){0,60}").unwrap()) {
        judges(&text);
        let home = folder(&[("main.tf", &text), ("override.tf", &text), ("more.tf.json", "{}")]);
        drop(Source::from_folder(home.path()));
    }

    #[test]
    fn any_text_and_any_json(text in any::<String>(), value in "[\\[\\]{}\":,a-c0-9 ]{0,40}") {
        let home = folder(&[("main.tf", &text)]);
        drop(Source::from_folder(home.path()));
        for json in [value.clone(), format!("{{\"resource\": {{\"a\": {value}}}}}"), format!("{{\"locals\": {{\"a\": {value}}}}}")] {
            drop(Source::from_folder(folder(&[("main.tf.json", &json)]).path()));
        }
    }
}

#[test]
fn expressions_that_grow_without_end_are_cut_short() {
    let doubled = |depth: usize| (0..depth).fold("local.b".to_owned(), |inner, _| format!("[{inner}, {inner}]"));
    let nested = |depth: usize| {
        (0..depth).fold("aws_kms_key.one.arn".to_owned(), |inner, _| {
            format!("try({inner}[{inner}], {inner})")
        })
    };
    for expression in [
        doubled(14),
        nested(9),
        format!("range(1000)[*][{}]", "0"),
        "[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]".to_owned(),
    ] {
        let started = std::time::Instant::now();
        judges(&expression);
        assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    }
}
