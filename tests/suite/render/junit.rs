//! JUnit XML: read back by another parser, and red exactly where the gate is.

use std::path::Path;

use planseal::report::junit;
use planseal::report::v1::{Outcome, Report, Verdict};
use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::support::{build, hostile, samples};
use super::{assert_terminal_safe, everything, hostile_text};
use crate::common;

fn rendered(report: &Report) -> String {
    let text = junit::render(report).unwrap();
    assert_terminal_safe(&text);
    text
}

fn named<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    node.descendants().filter(|one| one.has_tag_name(name)).collect()
}

/// Tests, failures, errors and skipped ones: as they are, having made sure that the counts in the text say the same.
fn counts(text: &str) -> [usize; 4] {
    let document = Document::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let count = |node: Node<'_, '_>| {
        ["testcase", "failure", "error", "skipped"].map(|name| {
            let found = node.descendants().filter(|one| one.has_tag_name(name));
            found.count()
        })
    };
    let root = document.root_element();
    for suite in named(root, "testsuite") {
        let said = ["tests", "failures", "errors", "skipped"].map(|name| suite.attribute(name).unwrap());
        assert_eq!(
            said.map(|number| number.parse::<usize>().unwrap()),
            count(suite),
            "{text}"
        );
        assert!(count(suite)[0] > 0, "an empty suite:\n{text}");
    }
    let [tests, failures, errors, _] = count(root);
    let said = ["tests", "failures", "errors"].map(|name| root.attribute(name).unwrap().parse::<usize>().unwrap());
    assert_eq!(said, [tests, failures, errors], "{text}");
    count(root)
}

#[test]
fn a_page_is_red_exactly_where_the_gate_is() {
    let of_plans = common::plans()
        .into_iter()
        .map(|path| common::judge_under(&common::read(&path), None, &common::policies_of(&path)).report);
    let of_samples = samples::all().into_iter().map(|(_, mut report)| {
        report.verdict = match report.gate.reasons.is_empty() {
            true => Verdict::Pass,
            false => Verdict::Fail,
        };
        report
    });
    let mut seen = [0, 0];
    for report in of_samples.chain(of_plans) {
        let [tests, failures, errors, skipped] = counts(&rendered(&report));
        assert_eq!(report.verdict == Verdict::Pass, failures + errors == 0, "{report:#?}");
        assert!(tests >= report.findings.len().max(1));
        assert_eq!(errors, report.unread.len());
        let blocking = report.findings.iter().filter(|one| one.blocking).count();
        assert!(failures == blocking || blocking == 0 && failures == 1);
        let open = |one: &&planseal::report::v1::Finding| {
            !one.blocking && matches!(one.outcome, Outcome::Violation | Outcome::Undetermined)
        };
        assert_eq!(skipped, report.findings.iter().filter(open).count());
        seen[usize::from(report.verdict == Verdict::Pass)] += 1;
    }
    assert!(seen.iter().all(|number| *number > 5), "{seen:?}");
}

#[test]
fn a_plan_without_findings_has_a_case_that_passes() {
    assert_eq!(counts(&rendered(&build::empty(3, 3))), [1, 0, 0, 0]);
    let mut nothing = build::empty(0, 0);
    nothing.plans.clear();
    assert_eq!(counts(&rendered(&nothing)), [1, 0, 0, 0]);
}

#[test]
fn a_partial_plan_fails_as_the_gate_does() {
    let mut report = samples::partial();
    report.verdict = Verdict::Undetermined;
    let text = rendered(&report);
    assert_eq!(counts(&text), [2, 1, 0, 0]);
    assert!(
        text.contains("--allow-partial") && text.contains("made with `-target`"),
        "{text}"
    );
}

#[test]
fn each_outcome_has_its_own_element() {
    let text = rendered(&everything());
    let document = Document::parse(&text).unwrap();
    let case = |class: &str, address: &str| {
        let found = named(document.root_element(), "testcase").into_iter().find(|one| {
            one.attribute("classname") == Some(class) && one.attribute("name").unwrap().starts_with(address)
        });
        found.unwrap_or_else(|| panic!("{class} {address}\n{text}"))
    };
    let inner = |node: Node<'_, '_>| {
        let element = node.first_element_child().unwrap();
        (
            element.tag_name().name().to_owned(),
            element.attribute("type").unwrap_or_default().to_owned(),
        )
    };
    let pair = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    assert_eq!(
        inner(case("kms-key-open-policy", "aws_kms_key.pii")),
        pair("failure", "critical")
    );
    let undetermined = case("at-rest-below-minimum", "module.lake.aws_s3_bucket.raw[\"eu\"]");
    assert_eq!(inner(undetermined), pair("failure", "undetermined"));
    assert_eq!(
        inner(case("rds-public", "aws_db_instance.old")),
        pair("skipped", "high")
    );
    assert_eq!(
        inner(case("recommended-key", "aws_secretsmanager_secret.api")),
        pair("system-out", "")
    );
    assert_eq!(inner(case("sqs-at-rest", "aws_sqs_queue.jobs")), pair("system-out", ""));
    assert_eq!(inner(case("unread-input", "prod/tfplan")), pair("error", "unread"));
    let bucket = case("at-rest-below-minimum", "aws_s3_bucket.customers [storage]");
    assert_eq!(
        (bucket.attribute("file"), bucket.attribute("line")),
        (Some("storage.tf"), Some("12"))
    );
    let waived = case("rds-public", "aws_db_instance.old").first_element_child().unwrap();
    assert!(waived.attribute("message").unwrap().starts_with("accepted: "), "{text}");
}

#[test]
fn no_two_cases_have_one_name() {
    let mut report = samples::waived();
    let last = report.findings.last().unwrap().clone();
    report.findings.push(last);
    let text = rendered(&report);
    assert!(text.contains("name=\"the configuration (2)\""), "{text}");
}

#[test]
fn every_hostile_text_in_every_field() {
    let sample = everything();
    let expected = counts(&rendered(&sample));
    for text in hostile::TEXTS {
        let found = counts(&rendered(&hostile::filled(&sample, |_| (*text).to_owned())));
        // The plan and the findings bear other names then, and so may stand in other suites.
        assert_eq!(found[1..], expected[1..], "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_hostile_texts(texts in prop::collection::vec(hostile_text(), 1..40)) {
        let report = hostile::filled(&samples::many(), |number| texts[number % texts.len()].clone());
        counts(&rendered(&report));
    }
}

#[test]
fn characters_that_xml_forbids_show() {
    let report = hostile::filled(&samples::one(), |_| {
        "a\u{0}\u{b}\u{fffe}\u{ffff}\u{1b}[31mb]]>".to_owned()
    });
    let text = rendered(&report);
    assert!(
        text.contains("a\\u{0}\\u{b}\\u{fffe}\\u{ffff}\\u{1b}[31mb]]&gt;"),
        "{text}"
    );
    counts(&text);
}

#[test]
fn values_are_not_in_it() {
    let mut report = samples::many();
    for evidence in report.findings.iter_mut().flat_map(|finding| &mut finding.evidence) {
        evidence.before = build::known("hunter2-before");
        evidence.after = build::known(serde_json::json!({"k": "hunter2-after"}));
    }
    assert!(!rendered(&report).contains("hunter2"));
}

/// `PLANSEAL_BLESS=1` writes it anew.
#[test]
fn the_output_is_as_recorded() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outputs/many.junit.xml");
    let output = rendered(&samples::many());
    if std::env::var_os("PLANSEAL_BLESS").is_some() {
        std::fs::write(&path, &output).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap_or_default(), output);
}
