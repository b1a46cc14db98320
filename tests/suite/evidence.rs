//! What a finding shows of the attributes that its rule looked at: what breaks the rule, and what should stand there.

use planseal::eval::gate::Settings;
use planseal::eval::{Facts, evaluate};
use planseal::model::Model;
use planseal::plan;
use planseal::policy::load::{Source, load};
use planseal::report::build::Builder;
use planseal::report::diff;
use planseal::report::v1::Finding;
use serde_json::{Value, json};

fn after() -> Value {
    json!({
        "name": "Members", "port": 5, "flag": "0", "secret": { "password": "hunter2" },
        "ingress": [
            { "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"] },
            { "from_port": 20, "to_port": 25, "cidr_blocks": ["10.0.0.0/8", "0.0.0.0/0"] },
        ],
    })
}

fn document(before: Value) -> Value {
    let action = if before.is_null() { "create" } else { "update" };
    json!({
        "format_version": "1.2",
        "resource_changes": [{
            "address": "aws_example.x", "mode": "managed", "type": "aws_example", "name": "x",
            "change": {
                "actions": [action], "before": before, "after": after(), "after_unknown": { "token": true },
                "before_sensitive": {}, "after_sensitive": {},
            },
        }],
        "configuration": { "root_module": { "resources": [] } },
    })
}

/// The only finding of a rule that demands this.
fn finding(demand: &str, before: Value) -> Finding {
    let rule = format!(
        "id: example-rule\ntitle: An example\nresources: [aws_example]\nmessage: '{{{{value}}}} is not {{{{required}}}}'\n{demand}\n"
    );
    let rule = Source {
        file: "rule.yaml".into(),
        text: rule,
    };
    let policies = load(&[rule], true).unwrap_or_else(|errors| panic!("{}", errors.render(false)));
    let mut documents = plan::read(serde_json::to_vec(&document(before)).unwrap(), &policies.wanted());
    let mut plan = documents.remove(0).unwrap();
    let model = Model::new(&mut plan);
    let facts = Facts::new(&model, &policies);
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
    let mut findings = builder.finish().findings;
    assert_eq!(findings.len(), 1, "{demand}");
    findings.remove(0)
}

fn lines(finding: &Finding) -> Vec<String> {
    let lines = diff::of(finding);
    lines
        .iter()
        .map(|line| format!("{} {}", line.sign(), line.text))
        .collect()
}

#[track_caller]
fn shows(demand: &str, message: &str, expected: &[&str]) {
    let finding = finding(demand, Value::Null);
    let mut wanted = vec!["@@ this plan → required".to_owned()];
    wanted.extend(expected.iter().map(|line| (*line).to_owned()));
    assert_eq!(lines(&finding), wanted, "{demand}");
    assert_eq!(finding.message, message, "{demand}");
}

#[test]
fn what_is_forbidden_is_taken_away_and_nothing_is_asked_for() {
    shows(
        "forbid: { path: '$.ingress[*]', for: any, where: { all: [{ path: $.from_port, at_most: 22 }, { path: $.to_port, at_least: 22 }, \
         { path: '$.cidr_blocks[*]', equals: 0.0.0.0/0, for: any }] } }",
        "`20` is not more than 22",
        &[
            "- ingress[1].from_port = 20",
            "- ingress[1].to_port = 25",
            "- ingress[1].cidr_blocks[1] = \"0.0.0.0/0\"",
        ],
    );
    shows(
        "forbid: { path: $.name, equals: Members }",
        "`\"Members\"` is not anything but \"Members\"",
        &["- name = \"Members\""],
    );
    shows(
        "require: { not: { path: '$.ingress[*].from_port', equals: 443, for: any } }",
        "`443` is not anything but 443",
        &["- ingress[0].from_port = 443"],
    );
    shows(
        "forbid: { any: [{ path: $.name, equals: other }, { path: '$.ingress[*].from_port', equals: 443, for: any }] }",
        "`443` is not anything but 443",
        &["- ingress[0].from_port = 443"],
    );
    shows(
        "require: { path: '$.ingress[*].from_port', equals: 443, count: { at_most: 0 } }",
        "`443` is not anything but 443",
        &["- ingress[0].from_port = 443", "+ # required: anything but 443"],
    );
}

#[test]
fn a_double_negation_asks_for_the_value() {
    shows(
        "forbid: { not: { path: $.port, equals: 7 } }",
        "`5` is not 7",
        &["- port = 5", "+ port = 7"],
    );
}

#[test]
fn what_is_required_stands_beside_what_is_there() {
    shows(
        "require: { path: $.port, at_least: 7 }",
        "`5` is not 7",
        &["- port = 5", "+ port = 7"],
    );
    shows(
        "require: { path: '$.ingress[*].from_port', at_least: 100, for: every }",
        "`20` is not 100",
        &["- ingress[1].from_port = 20", "+ ingress[1].from_port = 100"],
    );
    shows(
        "require: { path: '$.ingress[*].from_port', equals: 99, for: any }",
        "`443` is not 99, in one of them",
        &[
            "  ingress[0].from_port = 443",
            "  ingress[1].from_port = 20",
            "+ # required: 99, in one of them",
        ],
    );
    shows(
        "require: { path: $.name, matches: '^[a-z]+$' }",
        "`\"Members\"` is not a match of `^[a-z]+$`",
        &["- name = \"Members\"", "+ # required: a match of `^[a-z]+$`"],
    );
    shows(
        "require: { path: $.flag, equals: 1 }",
        "`\"0\"` is not 1",
        &["- flag = \"0\"", "+ flag = \"1\""],
    );
}

#[test]
fn of_several_ways_the_one_that_can_be_written_is_shown() {
    shows(
        "require: { any: [{ path: $.port, equals: 7 }, { path: $.name, matches: '^x' }] }",
        "`5` is not 7",
        &["- port = 5", "+ port = 7", "  name = \"Members\""],
    );
}

#[test]
fn a_whole_that_only_had_to_be_there_is_neither_shown_nor_called_sensitive() {
    shows(
        "forbid: { path: $.secret, set: true }",
        "set is not no value",
        &["- secret = (not shown)"],
    );
    let finding = finding("forbid: { path: $.secret, set: true }", json!({ "name": "a" }));
    let text = serde_json::to_string(&finding).unwrap();
    assert!(!text.contains("hunter2"), "{text}");
    assert!(finding.evidence.iter().all(|one| one.withheld && !one.sensitive));
    shows(
        "require: { all: [{ path: $.secret, set: true }, { path: $.port, equals: 7 }] }",
        "`5` is not 7",
        &["- port = 5", "+ port = 7"],
    );
}

#[test]
fn what_was_fine_before_is_left_out_as_what_is_fine_now() {
    let before = json!({
        "name": "Members", "port": 5,
        "ingress": [
            { "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"] },
            { "from_port": 30, "to_port": 40, "cidr_blocks": [] },
        ],
    });
    let finding = finding(
        "forbid: { path: '$.ingress[*].from_port', equals: 20, for: any }",
        before,
    );
    assert_eq!(
        lines(&finding),
        [
            "@@ before → after this plan",
            "- ingress[1].from_port = 30",
            "+ ingress[1].from_port = 20",
            "@@ this plan → required",
            "- ingress[1].from_port = 20",
        ]
    );
}

#[test]
fn what_cannot_be_told_breaks_nothing() {
    let finding = finding("forbid: { path: $.token, equals: x }", Value::Null);
    assert!(
        finding
            .evidence
            .iter()
            .all(|one| !one.offends && one.required.is_none())
    );
}
