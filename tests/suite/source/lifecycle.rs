//! Policies that read Terraform's own block.

use super::{Copy, Run, check_in};

/// A rule on keys of the fixture.
fn rule(require: &str) -> String {
    format!(
        "id: own-rule\ntitle: Own rule\nseverity: high\nresources: [aws_kms_key, aws_sns_topic]\nrequire: {require}\n\
         message: '`{{{{address}}}}` breaks it.'\nwhy: It matters.\nfix: '# mend it'\nreference: https://example.com/own\n"
    )
}

fn judged(require: &str, with_source: bool) -> Run {
    let copy = Copy::of("source-forms");
    copy.write("own.yaml", rule(require));
    std::fs::create_dir(copy.path().join("plans")).unwrap();
    std::fs::copy(&copy.plan, copy.path().join("plans/plan.json")).unwrap();
    let fixed = [
        "plans/plan.json",
        "--policy",
        "own.yaml",
        "--no-default-policies",
        "--format",
        "json",
    ];
    let source: &[&str] = if with_source { &["--source", "."] } else { &[] };
    check_in(copy.path(), &[&fixed, source].concat())
}

/// What the rule says of each resource that breaks it, with the configuration.
fn of_source(require: &str) -> Vec<String> {
    judged(require, true).findings()
}

const KEY: &str = "own-rule aws_kms_key.this violation";
const BY_LOCAL: &str = "own-rule aws_sns_topic.by_local violation";
const BY_JSON: &str = "own-rule aws_sns_topic.by_json violation";

#[test]
fn with_the_configuration_it_is_told() {
    assert_eq!(
        of_source("{ path: $.lifecycle.create_before_destroy, equals: true }"),
        [BY_JSON, BY_LOCAL]
    );
    assert_eq!(
        of_source("{ path: $.lifecycle.prevent_destroy, equals: true }"),
        [KEY, BY_LOCAL]
    );
    assert_eq!(
        of_source("{ path: $.lifecycle.prevent_destroy, equals: false, unset_means: false }"),
        [BY_JSON]
    );
    assert_eq!(
        of_source("{ path: $.lifecycle.ignore_changes, set: true }"),
        [BY_JSON, BY_LOCAL]
    );
    let listed = "path: '$.lifecycle.ignore_changes[*]', in: [description, 'tags[\"Name\"]']";
    let all = &format!("{{ all: [{{ {listed}, for: any }}, {{ {listed}, for: every }}] }}");
    assert_eq!(of_source(&format!("{{ not: {all} }}")), [KEY]);
    assert_eq!(of_source(all), [BY_JSON, BY_LOCAL]);
}

#[test]
fn without_it_nothing_is_told() {
    let run = judged("{ path: $.lifecycle.prevent_destroy, equals: true }", false).exits(3);
    assert_eq!(run.findings().len(), 3);
    for finding in run.report().findings {
        assert!(
            finding.message.contains("lifecycle") && finding.message.contains("plan"),
            "{}",
            finding.message
        );
        assert!(
            format!("{finding:?}").contains("--planfile"),
            "what settles it is not said: {finding:?}"
        );
    }
}
