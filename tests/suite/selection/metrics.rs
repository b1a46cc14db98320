//! Metrics: what counts, what meets them, and what is said of what does not.

use planseal::eval::gate::Settings;
use planseal::eval::{self, Facts, evaluate};
use planseal::model::Model;
use planseal::plan;
use planseal::policy::Policies;
use planseal::policy::load::{Files, Source, load};
use planseal::report::build::Builder;
use planseal::report::v1::{Metric, Report};
use serde_json::{Value, json};

use super::{change, judge, policies};
use crate::common::{TODAY, testdata};

/// A plan of these resources of type `aws_example`: name, before and after.
fn plan_of(resources: &[(&str, Value, Value)]) -> Vec<u8> {
    let changes: Vec<Value> = resources
        .iter()
        .map(|(name, before, after)| {
            let actions: &[&str] = match (before.is_null(), after.is_null()) {
                (true, _) => &["create"],
                (_, true) => &["delete"],
                _ => &["update"],
            };
            json!({
                "address": format!("aws_example.{name}"), "mode": "managed", "type": "aws_example", "name": name,
                "change": change(actions, before.clone(), after.clone()),
            })
        })
        .collect();
    serde_json::to_vec(&json!({ "format_version": "1.2", "resource_changes": changes })).unwrap()
}

/// Shares before and after, and what is not met after.
fn words(metric: &Metric) -> String {
    let unmet = metric.unmet.iter().map(|one| {
        let address = one.address.as_deref().unwrap_or("(not in the plan)");
        let how = match (one.undetermined, one.waived) {
            (true, _) => "?",
            (_, true) => " waived",
            _ => "",
        };
        format!(" {}{how}", address.trim_start_matches("aws_example."))
    });
    format!(
        "{}/{} {}/{}:{}",
        metric.before.met,
        metric.before.of,
        metric.after.met,
        metric.after.of,
        unmet.collect::<String>()
    )
}

fn measured(texts: &[&str], document: Vec<u8>) -> String {
    let metrics = judge(&policies(texts), document).metrics;
    metrics.iter().map(words).collect::<Vec<_>>().join("; ")
}

/// The first error of these policies, without those that come with planseal.
fn error(text: &str) -> String {
    let source = Source {
        file: "own.yaml".into(),
        text: text.to_owned(),
    };
    load(&[source], true).unwrap_err().render(false)
}

const RULE: &str = "id: not-on\ntitle: Not on\nresources: [aws_example]\nrequire: { path: $.on, equals: true }\n";
const METRIC: &str = "metric: on\ntitle: What is on\nof: [{ rule: not-on }]\n";

#[test]
fn what_is_not_there_on_a_side_does_not_count_on_it() {
    let plan = plan_of(&[
        ("made", Value::Null, json!({ "on": true })),
        ("mended", json!({ "on": false }), json!({ "on": true })),
        ("broken", json!({ "on": true }), json!({ "on": false })),
        ("gone", json!({ "on": false }), Value::Null),
    ]);
    assert_eq!(measured(&[RULE, METRIC], plan), "1/3 2/3: broken");
    let nothing = measured(&[RULE, METRIC], plan_of(&[]));
    assert_eq!(nothing, "", "a metric of nothing is left out");
}

#[test]
fn a_resource_counts_once_and_meets_a_metric_where_every_part_says_so() {
    let other = "metric: both\ntitle: What is on and large\nof:\n  - rule: not-on\n  \
                 - { resources: [aws_example], when: { path: $.kind, equals: a }, require: { path: $.size, at_least: 5 } }\n";
    let plan = plan_of(&[
        ("both", Value::Null, json!({ "on": true, "kind": "a", "size": 7 })),
        ("off", Value::Null, json!({ "on": false, "kind": "a", "size": 7 })),
        ("small", Value::Null, json!({ "on": true, "kind": "a", "size": 1 })),
        ("other", Value::Null, json!({ "on": true, "kind": "b", "size": 1 })),
    ]);
    assert_eq!(measured(&[RULE, other], plan), "0/0 2/4: off small");
}

/// What may be of the kind that counts, and would not meet the metric, is neither met nor left out.
#[test]
fn what_cannot_be_told_is_not_met_and_said_so() {
    let filtered = "metric: on\ntitle: What is on\nof: [{ rule: not-on, when: { path: $.kind, equals: a } }]\n";
    let mut plan: Value = serde_json::from_slice(&plan_of(&[
        ("known", Value::Null, json!({ "on": true, "kind": "a" })),
        ("other", Value::Null, json!({ "on": false, "kind": "b" })),
        ("unknown", Value::Null, json!({ "kind": "a" })),
        ("perhaps", Value::Null, json!({ "on": false })),
        ("perhaps_on", Value::Null, json!({ "on": true })),
    ]))
    .unwrap();
    for (position, attribute) in [(2, "on"), (3, "kind"), (4, "kind")] {
        plan["resource_changes"][position]["change"]["after_unknown"][attribute] = true.into();
    }
    let written = |attribute: &str, name: &str| {
        json!({
            "address": format!("aws_example.{name}"), "mode": "managed", "type": "aws_example", "name": name,
            "expressions": { attribute: { "references": ["var.x"] } },
        })
    };
    let resources = [
        written("on", "known"),
        written("on", "other"),
        written("on", "unknown"),
        written("kind", "perhaps"),
        written("kind", "perhaps_on"),
    ];
    plan["configuration"] = json!({ "root_module": { "resources": resources } });
    let plan = serde_json::to_vec(&plan).unwrap();
    assert_eq!(measured(&[RULE, filtered], plan.clone()), "0/0 2/4: perhaps? unknown?");
    let metrics = judge(&policies(&[RULE, filtered]), plan).metrics;
    assert!(metrics[0].unmet.iter().all(|one| one.because.is_some()), "{metrics:?}");
    assert_eq!(metrics[0].unmet[1].rules, ["not-on"]);
}

/// A recommendation that is not met is none; neither is what another rule speaks of first.
#[test]
fn silence_in_favour_of_another_rule_is_no_pass() {
    let first = "id: very-small\ntitle: Very small\nresources: [aws_example]\nrequire: { path: $.size, at_least: 2 }\n";
    let second = "id: small\ntitle: Small\nfollows: very-small\nresources: [aws_example]\n\
                  require: { path: $.size, at_least: 5 }\nadvice_when: { all: [] }\n";
    let large = "metric: large\ntitle: What is large\nof: [{ rule: small }]\n";
    let plan = plan_of(&[
        ("large", Value::Null, json!({ "size": 5 })),
        ("little", Value::Null, json!({ "size": 1 })),
        ("small", Value::Null, json!({ "size": 3 })),
    ]);
    assert_eq!(measured(&[first, second, large], plan), "0/0 1/3: little small");
}

#[test]
fn of_a_store_every_part_that_is_its_storage_counts() {
    let own = "metric: own-keys\ntitle: Stores under keys of our own\nof: [{ each: store, require: { level: { at_least: cmk } } }]\n";
    let plan = std::fs::read(testdata().join("state-changes/01-noop.json")).unwrap();
    let report = judge(&policies(&[own]), plan);
    let metric = &report.metrics[0];
    assert_eq!(metric.after.of - metric.after.met, metric.unmet.len());
    assert!(metric.after.of > 3 && metric.before == metric.after, "{metric:?}");
}

#[test]
fn keys_that_the_plan_only_reads_do_not_count() {
    let keys = "metric: keys\ntitle: Keys\nof: [{ each: key, require: { all: [] } }]\n";
    let plan = std::fs::read(testdata().join("data-keys/plan.json")).unwrap();
    let document: Value = serde_json::from_slice(&plan).unwrap();
    let managed = document["resource_changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|change| change["mode"] == "managed" && change["type"].as_str().unwrap().ends_with("_key"))
        .count();
    let metrics = judge(&policies(&[keys]), plan).metrics;
    assert!(managed > 0);
    assert_eq!(metrics[0].after.of, managed);
}

/// Policies of the user's own under a configuration.
fn under(texts: &[&str], config: &str) -> Policies {
    let named = |(position, text): (usize, &&str)| Source {
        file: format!("own-{position}.yaml"),
        text: (**text).to_owned(),
    };
    let sources: Vec<Source> = texts.iter().enumerate().map(named).collect();
    let config = Source {
        file: "planseal.yaml".into(),
        text: config.to_owned(),
    };
    let loaded = Files::read(&sources, true).under(&config, TODAY, &mut |path| Err(format!("`{path}` is not there")));
    loaded.unwrap_or_else(|errors| panic!("{}", errors.render(false))).0
}

/// Several plans, each with its policies, in one report.
fn together(plans: &[(&str, &Policies, Vec<u8>)]) -> Report {
    let mut builder = Builder::new(Settings::default());
    for (name, policies, document) in plans {
        let mut plan = plan::read(document.clone(), &policies.wanted()).remove(0).unwrap();
        let model = Model::new(&mut plan);
        let settings = eval::Settings {
            today: Some(TODAY),
            plan: (*name).to_owned(),
        };
        let facts = Facts::new(&model, policies).under(settings);
        builder.plan(name, "plan.json", &facts, &evaluate(&facts));
    }
    builder.finish()
}

#[test]
fn a_rule_that_is_switched_off_is_not_measured_and_named() {
    let off = "rules: { not-on: { enabled: false, reason: Another tool looks. } }\n";
    let plan = plan_of(&[("off", Value::Null, json!({ "on": false }))]);
    let metric = together(&[("prod", &under(&[RULE, METRIC], off), plan)])
        .metrics
        .remove(0);
    assert_eq!(words(&metric), "0/0 0/0:");
    assert_eq!(metric.switched_off, ["not-on"]);
    assert!(metric.plans.is_empty() && !metric.falls_short() && !metric.moves());
}

#[test]
fn an_accepted_exception_does_not_meet_a_metric() {
    let config = "waivers:\n  - { rule: not-on, address: aws_example.accepted, reason: It goes., owner: team, expires: 2026-06-20 }\n";
    let plan = plan_of(&[
        ("accepted", Value::Null, json!({ "on": false })),
        ("off", Value::Null, json!({ "on": false })),
    ]);
    let metrics = together(&[("prod", &under(&[RULE, METRIC], config), plan)]).metrics;
    assert_eq!(words(&metrics[0]), "0/0 0/2: accepted waived off");
}

#[test]
fn shares_are_summed_over_plans_and_told_for_each() {
    let own = policies(&[RULE, METRIC]);
    let plan = |on: bool| plan_of(&[("x", json!({ "on": true }), json!({ "on": on }))]);
    let report = together(&[
        ("b", &own, plan(true)),
        ("empty", &own, plan_of(&[])),
        ("a", &own, plan(false)),
    ]);
    let [metric] = report.metrics.as_slice() else {
        panic!("{:?}", report.metrics);
    };
    assert_eq!(words(metric), "2/2 1/2: x");
    assert_eq!(metric.unmet[0].plan, "a");
    let plans: Vec<(&str, usize)> = metric
        .plans
        .iter()
        .map(|one| (one.plan.as_str(), one.after.met))
        .collect();
    assert_eq!(plans, [("b", 1), ("a", 0)]);
}

/// Configurations may name policies of their own, and so other metrics of one name.
#[test]
fn other_metrics_of_one_name_stay_apart() {
    let half = METRIC.replace("of:", "target: 0.5\nof:");
    let (whole, half) = (policies(&[RULE, METRIC]), policies(&[RULE, &half]));
    let plan = || {
        plan_of(&[
            ("on", Value::Null, json!({ "on": true })),
            ("off", Value::Null, json!({ "on": false })),
        ])
    };
    let report = together(&[("a", &whole, plan()), ("b", &half, plan())]);
    let short: Vec<(f64, bool)> = report
        .metrics
        .iter()
        .map(|metric| (metric.target, metric.falls_short()))
        .collect();
    assert_eq!(short, [(1.0, true), (0.5, false)]);
}

#[test]
fn without_the_built_in_rules_there_are_no_metrics_of_them() {
    let plan = std::fs::read(testdata().join("state-changes/01-noop.json")).unwrap();
    assert!(judge(&policies(&[RULE]), plan).metrics.is_empty());
    let said = error("metric: rotated-keys\ntitle: Keys\nof: [{ rule: kms-rotation-disabled }]\n");
    assert!(said.contains("the rule `kms-rotation-disabled` is left out"), "{said}");
    assert!(
        said.contains("it comes with planseal, and `--no-default-policies` leaves its rules out"),
        "{said}"
    );
}

#[test]
fn a_metric_of_a_rule_that_is_wrong_itself_is_not_blamed() {
    let sources = [RULE.replace("equals", "equal"), METRIC.to_owned()].map(|text| Source {
        file: format!("{}.yaml", &text[..6].trim_end_matches(':')),
        text,
    });
    let said = load(&sources, true).unwrap_err();
    assert_eq!(said.len(), 1, "{}", said.render(false));
}
