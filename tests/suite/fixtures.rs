//! Every rule on every plan of testdata, against expectations written by hand from the configurations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use planseal::policy::yaml::{Diagnostics, parse};
use planseal::report::v1;
use planseal::source::Source;
use serde::Deserialize;

use crate::common::{self, Judged};

#[derive(Debug, Deserialize)]
struct Expected {
    findings: Vec<ExpectedFinding>,
    #[serde(default)]
    levels: BTreeMap<String, String>,
    #[serde(default)]
    categories: BTreeMap<String, String>,
    metrics: Option<BTreeMap<String, ExpectedMetric>>,
    with_source: Option<WithSource>,
}

/// `3 of 4` on each side, and what does not meet the metric after the plan, by address; what is not in the plan is `null`.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct ExpectedMetric {
    before: String,
    after: String,
    #[serde(default)]
    unmet: Vec<Option<String>>,
    /// Those of which that cannot be told.
    #[serde(default)]
    untold: Vec<Option<String>>,
}

/// What the configuration beside the plan changes.
#[derive(Debug, Deserialize)]
struct WithSource {
    #[serde(default)]
    gone: Vec<ExpectedFinding>,
    #[serde(default)]
    findings: Vec<ExpectedFinding>,
    #[serde(default)]
    levels: BTreeMap<String, String>,
    #[serde(default)]
    categories: BTreeMap<String, String>,
    #[serde(default)]
    metrics: BTreeMap<String, ExpectedMetric>,
}

impl Expected {
    /// The expectation for the plan with its source.
    fn with_source(mut self) -> Self {
        let Some(change) = self.with_source.take() else {
            return self;
        };
        for gone in &change.gone {
            let same = |one: &ExpectedFinding| {
                (&one.rule, &one.address, &one.outcome) == (&gone.rule, &gone.address, &gone.outcome)
            };
            let position = self.findings.iter().position(same);
            self.findings
                .remove(position.unwrap_or_else(|| panic!("not there before: {gone:?}")));
        }
        self.findings.extend(change.findings);
        self.levels.extend(change.levels);
        self.categories.extend(change.categories);
        if let Some(metrics) = &mut self.metrics {
            metrics.extend(change.metrics);
        }
        self
    }
}

#[derive(Debug, Deserialize)]
struct ExpectedFinding {
    rule: String,
    address: Option<String>,
    outcome: String,
    #[serde(default)]
    change: String,
    severity: Option<String>,
    related: Option<BTreeSet<String>>,
    /// The owner of the waiver that covers it; `nobody`.
    waived_by: Option<String>,
}

fn expectation(plan: &Path) -> Expected {
    let path = plan.with_extension("expected.yaml");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut errors = Diagnostics::new();
    let expected = parse(&common::label(&path), &text, &mut errors);
    assert!(errors.is_empty(), "{}", errors.render(false));
    expected.unwrap()
}

/// The word that the report's JSON uses.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn line(finding: &v1::Finding) -> String {
    format!(
        "{} {} {} {} {}",
        finding.rule,
        finding.address.as_deref().unwrap_or("(plan)"),
        word(finding.outcome),
        word(finding.change),
        word(finding.severity)
    )
}

fn matches(expected: &ExpectedFinding, found: &v1::Finding) -> bool {
    let related = || {
        found
            .related
            .iter()
            .map(|one| one.address.clone())
            .collect::<BTreeSet<_>>()
    };
    expected.rule == found.rule
        && expected.address == found.address
        && expected.outcome == word(found.outcome)
        && expected.change == word(found.change)
        && expected
            .severity
            .as_ref()
            .is_none_or(|severity| *severity == word(found.severity))
        && expected.waived_by.as_ref().is_none_or(|owner| {
            let waiver = found.waiver.as_ref().map(|waiver| waiver.owner.as_str());
            owner == waiver.unwrap_or("nobody")
        })
        && expected.related.as_ref().is_none_or(|expected| *expected == related())
}

fn compare(expected: &Expected, judged: &Judged) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut found: Vec<&v1::Finding> = judged.report.findings.iter().collect();
    for one in &expected.findings {
        match found.iter().position(|finding| matches(one, finding)) {
            Some(position) => {
                found.remove(position);
            }
            None => wrong.push(format!("missing: {one:?}")),
        }
    }
    for finding in found {
        let related: Vec<_> = finding.related.iter().map(|one| one.address.as_str()).collect();
        wrong.push(format!(
            "unexpected: {} {related:?}\n      {}",
            line(finding),
            finding.message
        ));
    }
    wrong.extend(differences("level", &expected.levels, &judged.levels));
    wrong.extend(differences("category", &expected.categories, &judged.categories));
    if let Some(expected) = &expected.metrics {
        let found = judged.report.metrics.iter().map(|one| (one.id.clone(), metric(one)));
        wrong.extend(differences("metric", expected, &found.collect()));
    }
    wrong
}

fn metric(metric: &v1::Metric) -> ExpectedMetric {
    let share = |share: v1::Share| format!("{} of {}", share.met, share.of);
    let unmet = |undetermined| {
        let such = metric.unmet.iter().filter(move |one| one.undetermined == undetermined);
        such.map(|one| one.address.clone()).collect()
    };
    ExpectedMetric {
        before: share(metric.before),
        after: share(metric.after),
        unmet: unmet(false),
        untold: unmet(true),
    }
}

fn differences<T: PartialEq + std::fmt::Debug>(
    what: &str,
    expected: &BTreeMap<String, T>,
    found: &BTreeMap<String, T>,
) -> Vec<String> {
    let addresses: BTreeSet<_> = expected.keys().chain(found.keys()).collect();
    addresses
        .into_iter()
        .filter(|address| expected.get(*address) != found.get(*address))
        .map(|address| {
            format!(
                "{what} of {address}: expected {:?}, found {:?}",
                expected.get(address),
                found.get(address)
            )
        })
        .collect()
}

#[test]
fn every_plan_gives_what_its_configuration_calls_for() {
    assert_all(|path| {
        let judged = common::judge_under(&common::read(path), None, &common::policies_of(path));
        compare(&expectation(path), &judged)
    });
}

#[test]
fn every_plan_with_its_source_gives_what_its_configuration_calls_for() {
    assert_all(|path| {
        let judged = common::judge_under(
            &common::read(path),
            Some(&common::source_of(path)),
            &common::policies_of(path),
        );
        compare(&expectation(path).with_source(), &judged)
    });
}

#[test]
fn the_binary_plan_tells_the_same_as_the_folder() {
    let folder = common::testdata().join("registry-style");
    let plan = common::read(&folder.join("plan.json"));
    let source = Source::from_planfile(&folder.join("tfplan"), &folder).unwrap();
    let by_planfile = common::judge_with(&plan, Some(&source)).report;
    let by_folder = common::judge_with(&plan, Some(&common::source_of(&folder.join("plan.json")))).report;
    assert_eq!(by_planfile, by_folder);
    assert_ne!(by_folder, common::judge(&plan).report);
}

fn assert_all(differences: impl Fn(&Path) -> Vec<String>) {
    let mut wrong = Vec::new();
    for path in common::plans() {
        let differ = differences(&path);
        if !differ.is_empty() {
            wrong.push(format!("{}\n    {}", common::label(&path), differ.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
