//! `explain`: everything known of a resource, and what agrees with a check.

use std::collections::BTreeSet;
use std::path::Path;

use planseal::eval::gate::Settings;
use planseal::eval::{Facts, evaluate};
use planseal::model::{Model, ResourceId};
use planseal::policy::Policies;
use planseal::report::build::Builder;
use planseal::report::explain::v1::Explanation;
use planseal::report::explain::{self, Match};
use planseal::report::v1::{Finding, Report};

use crate::common;

/// What a check says of a plan, and the explanation of all of its objects.
fn explained(path: &Path, policies: &Policies) -> (Report, Explanation) {
    let mut plan = common::read(path);
    let source = common::source_of(path);
    let mut model = Model::new(&mut plan);
    model.use_source(&source, &common::WANTED).unwrap();
    let mut facts = Facts::new(&model, policies).under(common::settings());
    facts.keep_trails = true;
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
    let report = builder.finish();
    let ids: Vec<ResourceId> = model.resources().map(|(id, _)| id).collect();
    let explanation = explain::build::explain(&facts, &report, report.plans[0].clone(), &ids);
    (report, explanation)
}

/// What tells a finding from others, with what it says.
fn name(finding: &Finding) -> String {
    format!(
        "{} {:?} {:?} {:?} {:?}",
        finding.rule, finding.address, finding.part, finding.outcome, finding.change
    )
}

#[test]
fn every_resource_of_every_plan_is_explained_as_it_is_judged() {
    for path in common::plans() {
        let policies = common::policies_of(&path);
        let (report, explanation) = explained(&path, &policies);
        let without_trails = common::judge_under(&common::read(&path), Some(&common::source_of(&path)), &policies);
        // What is about waivers is said once for all plans, and of no resource.
        let mut judged = without_trails.report.findings;
        judged.retain(|finding| !finding.plan.is_empty());
        assert_eq!(report.findings, judged, "{}", common::label(&path));
        let mut told = BTreeSet::new();
        for resource in &explanation.resources {
            let place = format!("{} {}", common::label(&path), resource.address);
            for opinion in &resource.rules {
                assert!(
                    !opinion.because.is_empty(),
                    "{place}: {} does not say why",
                    opinion.rule
                );
                assert_eq!(
                    opinion.settle.is_some(),
                    opinion.outcome == "undetermined",
                    "{place}: {}",
                    opinion.rule
                );
                let shown = ["violation", "undetermined", "advice"].contains(&opinion.outcome.as_str());
                assert!(
                    !shown || opinion.finding.is_some(),
                    "{place}: no finding of {}",
                    opinion.rule
                );
                for reason in &opinion.reasons {
                    assert!(!reason.condition.is_empty(), "{place}: {} {reason:?}", opinion.rule);
                }
                told.extend(opinion.finding.as_ref().map(name));
            }
        }
        let text = anstream::adapter::strip_str(&explain::render(&explanation)).to_string();
        let hidden = text
            .chars()
            .find(|c| *c != '\n' && planseal::report::escape::is_hidden(*c));
        assert_eq!(hidden, None, "{}", common::label(&path));
        // A key outside the plan has no address to be explained by.
        let of_resources = |finding: &&Finding| finding.address.is_some() || !finding.related.is_empty();
        let outside = |finding: &&Finding| finding.rule == "key-shared-across-categories" && finding.address.is_none();
        let judged: BTreeSet<String> = report
            .findings
            .iter()
            .filter(of_resources)
            .filter(|finding| !outside(finding))
            .map(name)
            .collect();
        assert_eq!(told, judged, "{}", common::label(&path));
    }
}

#[test]
fn an_address_means_what_it_says() {
    let mut plan = common::read(&common::testdata().join("seed-good/plan.json"));
    let model = Model::new(&mut plan);
    let found = |address: &str| match explain::find(&model, address) {
        Match::Found(ids) => ids.iter().map(|id| model.resource(*id).address.clone()).collect(),
        Match::Several(addresses) => [vec!["several:".to_owned()], addresses].concat(),
        Match::Nothing(closest) => [vec!["nothing:".to_owned()], closest].concat(),
    };
    assert_eq!(found(" aws_s3_bucket.profiles "), ["aws_s3_bucket.profiles"]);
    assert_eq!(
        found("module.key[\"pii\"].aws_kms_key.this"),
        ["module.key[\"pii\"].aws_kms_key.this"]
    );
    let several = found("module.key.aws_kms_key.this");
    assert!(several[0] == "several:" && several.len() > 2, "{several:?}");
    assert_eq!(
        found("aws_s3_buckets.profiles")[..2],
        ["nothing:", "aws_s3_bucket.profiles"]
    );
    assert_eq!(
        found("module.x.aws_s3_bucket.profiles")[..2],
        ["nothing:", "aws_s3_bucket.profiles"]
    );
    assert_eq!(found("a.b"), ["nothing:"]);
}

#[test]
fn what_is_sensitive_is_not_printed() {
    let bytes = std::fs::read(common::testdata().join("seed-bad/plan.json")).unwrap();
    let mut plan: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        if change["address"] == "aws_kms_key.shared" {
            change["change"]["after"]["deletion_window_in_days"] = "swordfish".into();
            change["change"]["after_sensitive"]["deletion_window_in_days"] = true.into();
        }
    }
    let mut plan = common::read_bytes(serde_json::to_vec(&plan).unwrap());
    let model = Model::new(&mut plan);
    let mut facts = Facts::new(&model, &common::POLICIES).under(common::settings());
    facts.keep_trails = true;
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
    let report = builder.finish();
    let Match::Found(ids) = explain::find(&model, "aws_kms_key.shared") else {
        panic!()
    };
    let explanation = explain::build::explain(&facts, &report, report.plans[0].clone(), &ids);
    let (text, json) = (explain::render(&explanation), explain::json(&explanation));
    assert!(
        !text.contains("swordfish") && !json.contains("swordfish"),
        "{text}{json}"
    );
    assert!(text.contains("a sensitive value"), "{text}");
    let back: Explanation = serde_json::from_str(&json).unwrap();
    assert_eq!(back, explanation);
}
