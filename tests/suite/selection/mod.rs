//! What rules look at, and what they ask of it: short rules judged on plans of testdata, and on single changes.

mod actions;
mod before;
mod category;
mod lists;
mod matches;
mod metrics;
mod parameters;
mod types;

use planseal::eval::gate::Settings;
use planseal::eval::{Facts, evaluate};
use planseal::model::Model;
use planseal::plan;
use planseal::policy::Policies;
use planseal::policy::load::{Source, load};
use planseal::report::build::Builder;
use planseal::report::v1::{Finding, Report};
use serde_json::{Value, json};

use crate::common::testdata;

/// The policies of these texts alone, with the built-in catalog.
fn policies(texts: &[&str]) -> Policies {
    let sources: Vec<Source> = texts
        .iter()
        .enumerate()
        .map(|(position, text)| Source {
            file: format!("own-{position}.yaml"),
            text: (*text).to_owned(),
        })
        .collect();
    load(&sources, true).unwrap_or_else(|errors| panic!("{}", errors.render(false)))
}

fn judge(policies: &Policies, document: Vec<u8>) -> Report {
    let mut documents = plan::read(document, &policies.wanted());
    let mut plan = documents.remove(0).unwrap();
    let model = Model::new(&mut plan);
    let facts = Facts::new(&model, policies);
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
    builder.finish()
}

fn words(finding: &Finding) -> String {
    let word = |value: Value| value.as_str().unwrap_or_default().to_owned();
    let outcome = word(serde_json::to_value(finding.outcome).unwrap());
    let change = word(serde_json::to_value(finding.change).unwrap());
    format!("{} {outcome} {change}", finding.address.as_deref().unwrap_or("plan"))
}

/// What a rule says of a plan of testdata: address, outcome and change, in order.
fn found(rule: &str, plan: &str) -> Vec<String> {
    let report = judge(&policies(&[rule]), std::fs::read(testdata().join(plan)).unwrap());
    let mut found: Vec<String> = report.findings.iter().map(words).collect();
    found.sort();
    found
}

/// A rule with this body.
fn rule(body: &str) -> String {
    format!("id: an-example\ntitle: An example\n{body}")
}

/// What a rule over `aws_example` with this body says of one change, which has no configuration: outcome and change.
fn said(body: &str, change: Value) -> Option<String> {
    let text = rule(&format!("resources: [aws_example]\n{body}"));
    let change = json!({
        "address": "aws_example.x", "mode": "managed", "type": "aws_example", "name": "x", "change": change,
    });
    let document = json!({ "format_version": "1.2", "resource_changes": [change] });
    let findings = judge(&policies(&[&text]), serde_json::to_vec(&document).unwrap()).findings;
    assert!(findings.len() <= 1, "{findings:?}");
    let words = findings.first().map(words)?;
    Some(words.strip_prefix("aws_example.x ").unwrap().to_owned())
}

/// A change of these values; null where there is no object.
fn change(actions: &[&str], before: Value, after: Value) -> Value {
    json!({
        "actions": actions, "before": before, "after": after, "after_unknown": {},
        "before_sensitive": {}, "after_sensitive": {},
    })
}
