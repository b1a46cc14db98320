//! SARIF: valid by OASIS's schema, at real lines, and nothing in it is more than text.

use std::path::Path;

use jsonschema::Validator;
use planseal::report::sarif;
use planseal::report::v1::{Finding, Outcome, Report, Severity, Verdict};
use serde_json::Value;

use super::support::{build, hostile, markdown::inspect, samples};
use super::{assert_terminal_safe, everything};
use crate::common;

fn validator() -> Validator {
    let text = std::fs::read_to_string(common::testdata().join("sarif-schema-2.1.0.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    for object in ["run", "toolComponent"] {
        // Its `]?` is no regular expression of ECMA 262 in Unicode mode; planseal writes no languages.
        let language = schema["definitions"][object]["properties"]["language"].as_object_mut();
        language.unwrap().remove("pattern").unwrap();
    }
    let options = jsonschema::options().with_draft(jsonschema::Draft::Draft7);
    options.should_validate_formats(true).build(&schema).unwrap()
}

fn valid(validator: &Validator, report: &Report) -> Value {
    let text = sarif::render(report);
    assert!(text.ends_with("}\n"));
    assert_terminal_safe(&text);
    let value: Value = serde_json::from_str(&text).unwrap();
    let said: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(said.is_empty(), "{said:#?}\n{text}");
    value
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().unwrap()
}

fn only(finding: Finding) -> Report {
    let mut report = build::empty(1, 1);
    report.findings = vec![finding];
    report
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let validator = validator();
    let mut log = valid(&validator, &samples::many());
    log["runs"][0]["results"][0]["level"] = "critical".into();
    assert!(!validator.is_valid(&log));
    let mut log = valid(&validator, &samples::many());
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into();
    assert!(!validator.is_valid(&log));
}

#[test]
fn every_report_is_valid_and_every_finding_that_stands_is_a_result() {
    let validator = validator();
    let of_plans = common::plans().into_iter().map(|path| {
        let report = common::judge_under(&common::read(&path), None, &common::policies_of(&path)).report;
        (common::label(&path), report)
    });
    let of_samples = samples::all()
        .into_iter()
        .map(|(name, report)| (name.to_owned(), report));
    for (name, report) in of_samples.chain(of_plans) {
        let log = valid(&validator, &report);
        let standing = report.findings.iter().filter(|one| one.outcome != Outcome::Pass);
        let rules: Vec<&Value> = results(&log).iter().map(|result| &result["ruleId"]).collect();
        let expected: Vec<&str> = standing.map(|finding| &*finding.rule).collect();
        assert_eq!(rules, expected, "{name}");
        for result in results(&log) {
            let rule = &log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"], "{name}");
            let fails = result["kind"] == "fail";
            assert_eq!(fails, result["level"] != "none", "{name}: {result}");
            assert!(result["locations"][0]["logicalLocations"][0]["name"].is_string());
            assert!(
                result["locations"][0]["physicalLocation"].is_object(),
                "{name}: {result}"
            );
        }
    }
}

#[test]
fn severity_and_outcome_say_how_loud_a_result_is() {
    let with = |outcome, severity| {
        let finding = Finding {
            outcome,
            severity,
            ..build::finding("a-rule", "aws_x.a")
        };
        let log = valid(&validator(), &only(finding));
        let result = results(&log)[0].clone();
        let rule = log["runs"][0]["tool"]["driver"]["rules"][0].clone();
        let text = |value: &Value| value.as_str().map(str::to_owned);
        (
            text(&result["kind"]).unwrap(),
            text(&result["level"]).unwrap(),
            text(&rule["properties"]["security-severity"]),
        )
    };
    let said = |kind: &str, level: &str, score: Option<&str>| (kind.into(), level.into(), score.map(str::to_owned));
    use Outcome::{Advice, Undetermined, Violation};
    assert_eq!(with(Violation, Severity::Critical), said("fail", "error", Some("9.5")));
    assert_eq!(with(Violation, Severity::High), said("fail", "error", Some("8.0")));
    assert_eq!(with(Violation, Severity::Medium), said("fail", "warning", Some("5.5")));
    assert_eq!(with(Violation, Severity::Low), said("fail", "note", Some("3.0")));
    assert_eq!(with(Undetermined, Severity::High), said("open", "none", Some("8.0")));
    assert_eq!(with(Advice, Severity::High), said("informational", "none", None));
}

#[test]
fn a_rule_is_as_severe_as_its_worst_finding_and_advice_does_not_count() {
    let mut report = samples::many();
    let rules = |report: &Report| {
        let log = valid(&validator(), report);
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().clone();
        let wanted = rules
            .into_iter()
            .find(|rule| rule["id"] == "at-rest-below-minimum")
            .unwrap();
        (
            wanted["properties"]["security-severity"].as_str().unwrap().to_owned(),
            wanted["defaultConfiguration"]["level"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(rules(&report), ("8.0".into(), "error".into()));
    report.findings.push(Finding {
        outcome: Outcome::Advice,
        severity: Severity::Critical,
        ..build::finding("at-rest-below-minimum", "aws_x.advised")
    });
    assert_eq!(rules(&report), ("8.0".into(), "error".into()));
    report.findings.retain(|finding| finding.severity == Severity::Low);
    assert_eq!(rules(&report), ("3.0".into(), "note".into()));
}

#[test]
fn lines_are_those_of_the_source() {
    let path = common::testdata().join("seed-bad/plan.json");
    let report = common::judge_with(&common::read(&path), Some(&common::source_of(&path))).report;
    let log = valid(&validator(), &report);
    let mut seen = 0;
    for (finding, result) in report.findings.iter().zip(results(&log)) {
        let Some(location) = &finding.location else { continue };
        let physical = &result["locations"][0]["physicalLocation"];
        assert_eq!(physical["region"]["startLine"], location.line);
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        assert!(location.file.ends_with(uri.trim_start_matches("file://")), "{uri}");
        let source = std::fs::read_to_string(&location.file).unwrap();
        assert!(source.lines().count() >= location.line, "{}", location.line);
        seen += 1;
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn a_finding_without_a_line_is_at_its_plan() {
    let log = valid(
        &validator(),
        &only(build::finding("a-rule", "module.db.aws_x.a[\"k\"]")),
    );
    let location = &results(&log)[0]["locations"][0];
    let artifact = &location["physicalLocation"]["artifactLocation"];
    assert_eq!(artifact["uri"], "prod/plan.json");
    assert_eq!(artifact["uriBaseId"], "%SRCROOT%");
    assert_eq!(location["logicalLocations"][0]["name"], "module.db.aws_x.a[\"k\"]");
    assert_eq!(location["logicalLocations"][0]["kind"], "resource");
}

#[test]
fn what_could_not_be_read_is_a_notification() {
    let log = valid(&validator(), &samples::unread());
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "error");
    assert!(
        notification["message"]["text"]
            .as_str()
            .unwrap()
            .contains("terraform show -json")
    );
    let clean = valid(&validator(), &build::empty(3, 3));
    assert_eq!(clean["runs"][0]["invocations"][0]["executionSuccessful"], true);
    assert_eq!(clean["runs"][0]["properties"]["verdict"], "pass");
}

#[test]
fn waivers_suppress_and_changes_are_told_from_the_baseline() {
    let log = valid(&validator(), &samples::waived());
    let suppressed = |result: &&Value| !result["suppressions"].as_array().unwrap().is_empty();
    assert_eq!(results(&log).iter().filter(suppressed).count(), 3);
    let first = &results(&log)[0]["suppressions"][0];
    assert_eq!(first["kind"], "external");
    let location = &first["location"]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "planseal.yaml");
    assert_eq!(location["region"]["startLine"], 12);
    let log = valid(&validator(), &samples::many());
    let states = |wanted: &str| {
        results(&log)
            .iter()
            .filter(|one| one["baselineState"] == wanted)
            .count()
    };
    assert_eq!((states("new"), states("updated"), states("unchanged")), (9, 2, 1));
}

#[test]
fn every_hostile_text_in_every_field() {
    let validator = validator();
    let sample = everything();
    let expected = valid(&validator, &sample);
    for text in hostile::TEXTS {
        let filled = hostile::filled(&sample, |_| (*text).to_owned());
        let log = valid(&validator, &filled);
        assert_eq!(results(&log).len(), results(&expected).len(), "{text:?}");
        assert_markup_is_harmless(&log, &filled);
    }
    for shift in 0..hostile::TEXTS.len() {
        let texts = hostile::filled(&sample, |number| {
            hostile::TEXTS[(number * 7 + shift) % hostile::TEXTS.len()].to_owned()
        });
        assert_markup_is_harmless(&valid(&validator, &texts), &texts);
    }
}

/// No text of the log is a link, and its Markdown holds no markup but the template's.
fn assert_markup_is_harmless(value: &Value, report: &Report) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("text", Value::String(text)) => assert!(!text.contains("]("), "{text}"),
                    ("markdown", Value::String(text)) => {
                        let shape = inspect(text);
                        assert_eq!((shape.details, shape.headings, shape.tables), (0, 0, 0), "{text}");
                        let known = |link: &String| report.findings.iter().any(|one| one.reference == *link);
                        assert!(shape.links.iter().all(known), "{text}");
                    }
                    (_, value) => assert_markup_is_harmless(value, report),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| assert_markup_is_harmless(item, report)),
        _ => {}
    }
}

#[test]
fn values_are_not_in_it() {
    let mut report = samples::many();
    for evidence in report.findings.iter_mut().flat_map(|finding| &mut finding.evidence) {
        evidence.sensitive = true;
        evidence.before = build::known("hunter2-before");
        evidence.after = build::known(serde_json::json!({"k": "hunter2-after"}));
    }
    report.verdict = Verdict::Fail;
    assert!(!sarif::render(&report).contains("hunter2"));
}

/// `PLANSEAL_BLESS=1` writes it anew.
#[test]
fn the_output_is_as_recorded() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outputs/many.sarif");
    let output = sarif::render(&samples::many());
    if std::env::var_os("PLANSEAL_BLESS").is_some() {
        std::fs::write(&path, &output).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), output);
}
