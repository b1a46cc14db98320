//! `explain`: everything known of a resource, and what agrees with a check.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use planseal::eval::gate::Settings;
use planseal::eval::{Facts, evaluate};
use planseal::model::{Model, ResourceId};
use planseal::plan::Plan;
use planseal::policy::Policies;
use planseal::policy::load::{Files, Source};
use planseal::policy::yaml::Diagnostics;
use planseal::report::build::Builder;
use planseal::report::explain::v1::Explanation;
use planseal::report::explain::{self, Match};
use planseal::report::v1::{Finding, Report};
use planseal::testing::{case, short};

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

/// The policies in a folder with their cases, as plans.
fn cases_in(folder: &str) -> Vec<(PathBuf, Policies, Plan)> {
    let mut found = Vec::new();
    for policy in yaml_in(folder) {
        let tests = policy.with_extension("test.yaml");
        if !tests.exists() {
            continue;
        }
        let policies = policies_at(&policy);
        let wanted = policies.wanted();
        let mut errors = Diagnostics::new();
        let file = case::read(&source_at(&tests), &mut errors).unwrap();
        let such = |one: &&case::Case| one.config.is_none() && one.doc.plan.is_none();
        for one in file.cases.iter().filter(such) {
            let text = short::plan_text(&file.file, &one.doc, &mut errors).unwrap();
            let plan = planseal::plan::read(text.into_bytes(), &wanted).remove(0).unwrap();
            found.push((policy.clone(), policies.clone(), plan));
        }
    }
    found
}

/// Rules about other resources, each on each of their plans.
fn relations() -> Vec<(PathBuf, Policies, Plan)> {
    let mut found = Vec::new();
    for policy in yaml_in("tests/relations") {
        let policies = policies_at(&policy);
        let wanted = policies.wanted();
        for folder in std::fs::read_dir(common::testdata().join("relations")).unwrap() {
            if let Ok(bytes) = std::fs::read(folder.unwrap().path().join("plan.json")) {
                let plan = planseal::plan::read(bytes, &wanted).remove(0).unwrap();
                found.push((policy.clone(), policies.clone(), plan));
            }
        }
    }
    found
}

fn yaml_in(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let policies = files.filter(|path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.ends_with(".yaml") && !name.ends_with(".test.yaml") && name != "planseal.yaml"
    });
    policies.collect()
}

fn source_at(path: &Path) -> Source {
    Source {
        file: path.display().to_string(),
        text: std::fs::read_to_string(path).unwrap(),
    }
}

/// All policies of a folder: rules may name each other, and lists.
fn policies_at(path: &Path) -> Policies {
    let folder = path.parent().unwrap();
    let lists = folder.join("lists");
    let mut paths = yaml_in(folder.to_str().unwrap());
    if lists.is_dir() {
        paths.extend(yaml_in(lists.to_str().unwrap()));
    }
    let sources: Vec<Source> = paths.iter().map(|path| source_at(path)).collect();
    let files = Files::read(&sources, true);
    let read = files.without_configuration();
    read.unwrap_or_else(|errors| panic!("{}", errors.render(false)))
}

/// Whatever a rule asks, what was found is said in words.
#[test]
fn what_was_found_is_said_of_every_question() {
    let mut said: BTreeSet<String> = BTreeSet::new();
    let cases = ["docs/examples", "tests/found"].map(cases_in);
    for (policy, policies, mut plan) in cases.into_iter().flatten().chain(relations()) {
        let model = Model::new(&mut plan);
        let mut facts = Facts::new(&model, &policies);
        facts.keep_trails = true;
        let mut builder = Builder::new(Settings::default());
        builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
        let report = builder.finish();
        let ids: Vec<ResourceId> = model.resources().map(|(id, _)| id).collect();
        let explanation = explain::build::explain(&facts, &report, report.plans[0].clone(), &ids);
        let name = policy.file_name().unwrap().to_str().unwrap();
        let opinions = explanation.resources.iter().flat_map(|one| &one.rules);
        let own = opinions.filter(|one| policy.ends_with(&one.policy.file));
        for reason in own.flat_map(|one| &one.reasons) {
            assert!(!reason.found.is_empty(), "{name}: {reason:#?}");
            // What belongs to the examples of the language may change with them.
            if !policy.to_str().unwrap().contains("docs/examples") {
                said.insert(format!(
                    "{name}: `{}` is {}: {}\n",
                    reason.condition, reason.answer, reason.found
                ));
            }
        }
    }
    let said: String = said.into_iter().collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outputs/explain-found.txt");
    if std::env::var_os("PLANSEAL_BLESS").is_some() {
        std::fs::write(&path, &said).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        recorded == said,
        "explain-found.txt differs; PLANSEAL_BLESS=1 accepts this:\n{said}"
    );
}
