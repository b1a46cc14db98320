//! What conditions with paths of every kind come to in a plan, parts of which are known after apply.

use planseal::eval::gate::Settings;
use planseal::eval::{Facts, evaluate};
use planseal::model::Model;
use planseal::plan;
use planseal::policy::load::{Source, load};
use planseal::report::build::Builder;
use planseal::report::v1::Outcome;
use serde_json::{Value, json};

fn created(name: &str, after: Value, unknown: Value) -> Value {
    let marks = json!({});
    json!({
        "address": format!("aws_example.{name}"), "mode": "managed", "type": "aws_example", "name": name,
        "change": {
            "actions": ["create"], "before": null, "after": after, "after_unknown": unknown,
            "before_sensitive": marks, "after_sensitive": marks,
        },
    })
}

fn configured(name: &str, expressions: Value) -> Value {
    json!({
        "address": format!("aws_example.{name}"), "mode": "managed", "type": "aws_example", "name": name,
        "provider_config_key": "aws", "schema_version": 0, "expressions": expressions,
    })
}

fn document() -> Value {
    let constant = |value: Value| json!({ "constant_value": value });
    let reference = |name: &str| json!({ "references": [name, "aws_example.y"] });
    json!({
        "format_version": "1.2",
        "resource_changes": [
            created(
                "x",
                json!({
                    "one": "v", "two": null,
                    "rule": [
                        { "name": "a", "on": true, "key": "k1" },
                        { "name": "b", "on": false, "key": null },
                        { "name": "c", "key": "k3" },
                    ],
                }),
                json!({ "rule": [{}, {}, { "on": true }], "blocks": true, "items": true, "ids": true }),
            ),
            created("y", json!({ "flag": "yes", "items": [{ "k": "v", "n": 1 }, { "k": "w", "n": 2 }] }), json!({})),
        ],
        "configuration": { "root_module": { "resources": [
            configured("x", json!({
                "one": constant(json!("v")),
                "rule": [
                    { "name": constant(json!("a")), "on": constant(json!(true)), "key": constant(json!("k1")) },
                    { "name": constant(json!("b")), "on": constant(json!(false)) },
                    { "name": constant(json!("c")), "on": reference("aws_example.y.flag"), "key": constant(json!("k3")) },
                ],
                "items": reference("aws_example.y.items"),
                "ids": { "references": ["local.ids"] },
            })),
            configured("y", json!({ "flag": constant(json!("yes")) })),
        ] } },
    })
}

/// What a rule that requires this says of `aws_example.x`.
fn said(condition: &str) -> Outcome {
    // The reader keeps what the policies name.
    let text = format!(
        "id: x\ntitle: X\nseverity: high\nresources: [aws_example]\n\
         when: {{ any: [{{ all: [] }}, {{ path: $.flag, set: true }}, {{ path: $.items, set: true }}] }}\n\
         require: {condition}\nmessage: x\nwhy: x\nfix: x\nreference: https://example.com/\n"
    );
    let rule = Source {
        file: "rule.yaml".into(),
        text,
    };
    let policies = load(&[rule], true).unwrap_or_else(|errors| panic!("{}", errors.render(false)));
    let mut documents = plan::read(serde_json::to_vec(&document()).unwrap(), &policies.wanted());
    let mut plan = documents.remove(0).unwrap();
    let model = Model::new(&mut plan);
    let facts = Facts::new(&model, &policies);
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
    let findings = builder.finish().findings;
    let mut of_x = findings
        .iter()
        .filter(|one| one.address.as_deref() == Some("aws_example.x"));
    of_x.next().map_or(Outcome::Pass, |one| one.outcome)
}

#[test]
fn conditions_with_paths_of_every_kind_are_judged_where_parts_are_unknown() {
    use Outcome::{Pass, Undetermined, Violation};
    let cases = [
        // Whichever way the unknown `on` turns out, the keys of those that are on are set.
        (r#"{ path: "$.rule[?@.on == true].key", set: true, for: every }"#, Pass),
        (
            r#"{ path: "$.rule[?@.on == true].key", equals: k3, for: any }"#,
            Undetermined,
        ),
        (r#"{ path: "$.rule[?@.on == true].key", equals: k1, for: any }"#, Pass),
        // What the unknown `on` refers to is known.
        (r#"{ path: "$.rule[?@.on == 'yes'].key", equals: k3, for: any }"#, Pass),
        (
            r#"{ path: "$.rule[?@.on == 'no'].key", set: true, for: any }"#,
            Violation,
        ),
        (r#"{ path: "$.rule[?@.on == 'no'].key", set: true, for: every }"#, Pass),
        // How many pass.
        (
            r#"{ path: "$.rule[*].key", set: true, count: { at_least: 2, at_most: 2 } }"#,
            Pass,
        ),
        (
            r#"{ path: "$.rule[*].key", set: true, count: { at_least: 3 } }"#,
            Violation,
        ),
        (
            r#"{ path: "$.rule[?@.on == true].key", set: true, count: { at_most: 1 } }"#,
            Undetermined,
        ),
        (
            r#"{ path: "$.rule[?@.on == true].key", set: true, count: { at_most: 2 } }"#,
            Pass,
        ),
        (
            r#"{ path: "$.rule[*]", where: { path: $.key, set: true }, count: { at_least: 2 } }"#,
            Pass,
        ),
        (
            r#"{ path: "$.rule[*]", where: { path: $.on, equals: false }, count: { at_most: 0 } }"#,
            Violation,
        ),
        // Blocks that the provider computes are not there where nobody writes them.
        (r#"{ path: "$.blocks[*].k", set: true, for: any }"#, Violation),
        (r#"{ path: "$.blocks[*].k", set: true, for: every }"#, Pass),
        (r#"{ path: "$.blocks[*].k", set: true, count: { at_most: 0 } }"#, Pass),
        // A list that comes from another resource.
        (r#"{ path: "$.items[?@.k == 'v'].n", equals: 1, for: any }"#, Pass),
        (r#"{ path: "$.items[?@.k == 'v'].n", equals: 2, for: any }"#, Violation),
        (
            r#"{ path: "$.items[?@.n > 0]", where: { path: $.k, in: [v, w] }, for: every }"#,
            Pass,
        ),
        (
            r#"{ path: "$.items[?@.n > 0]", where: { path: $.k, equals: v }, for: every }"#,
            Violation,
        ),
        (r#"{ path: "$.items[-1].k", equals: w, for: any }"#, Pass),
        // One that nothing tells.
        (r#"{ path: "$.ids[?@ == 'x']", set: true, for: any }"#, Undetermined),
        (r#"{ path: "$.ids[?@ == 'x']", set: true, for: every }"#, Undetermined),
        (
            r#"{ path: "$.ids[*]", equals: x, count: { at_least: 1 } }"#,
            Undetermined,
        ),
        // The other kinds of selectors.
        (r#"{ path: "$.rule..key", set: true, for: any }"#, Pass),
        (r#"{ path: "$['one','two']", set: true, for: any }"#, Pass),
        (r#"{ path: "$['one','two']", set: true, for: every }"#, Violation),
        (r#"{ path: "$.rule[-1].name", equals: c, for: any }"#, Pass),
        (
            r#"{ path: "$.rule[:2].on", equals: true, count: { at_least: 1, at_most: 1 } }"#,
            Pass,
        ),
        (
            r#"{ path: "$.rule[?@.name == 'a']", where: { path: $.on, equals: true }, for: any }"#,
            Pass,
        ),
        (
            r#"{ path: "$.rule[?search(@.name, '[ab]') && !@.key].on", equals: false, for: every }"#,
            Pass,
        ),
        // Where there is no node, the value that then holds is asked.
        (
            r#"{ path: "$.none[*].v", equals: low, unset_means: low, for: any }"#,
            Pass,
        ),
        (
            r#"{ path: "$.none[*].v", equals: low, unset_means: high, for: every }"#,
            Violation,
        ),
    ];
    let wrong: Vec<String> = cases
        .into_iter()
        .filter_map(|(condition, expected)| {
            let said = said(condition);
            (said != expected).then(|| format!("{condition}: {said:?} instead of {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
