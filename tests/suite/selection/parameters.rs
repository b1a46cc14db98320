//! Parameters of rules, and other values for them.

use planseal::policy::Policies;
use planseal::policy::parameters::Override;
use planseal::policy::yaml::{At, Diagnostics, Span};
use serde_json::{Value, json};

use super::{judge, policies, rule, words};
use crate::common::{POLICIES, testdata};

const WINDOW: &str = "\
severity: high
parameters: { minimum_days: 14, spared: [none, spare-days] }
resources: [aws_kms_key]
when: { not: { path: $.description, in: '{{spared}}' } }
require: { path: $.deletion_window_in_days, at_least: '{{ minimum_days }}' }
message: '`{{address}}` is to wait for {{minimum_days}} days, unless it is one of {{spared}}.'
fix: deletion_window_in_days = {{minimum_days}}
";

/// A place in a configuration: it is not that of any rule.
fn at<T>(value: T, line: usize) -> At<T> {
    let span = Span {
        line,
        column: 3,
        start: line,
        end: line,
    };
    At { value, span }
}

fn set(rule: &str, parameter: &str, value: Value) -> Override {
    Override {
        rule: at(rule.to_owned(), 1),
        parameter: at(parameter.to_owned(), 2),
        value: at(value, 3),
    }
}

fn with(policies: &Policies, overrides: &[Override]) -> Policies {
    let mut errors = Diagnostics::new();
    let policies = policies.with_parameters("planseal.yaml", overrides, &mut errors);
    assert!(errors.is_empty(), "{}", errors.render(false));
    policies
}

/// 00-create: the spare key waits 10 days, the general and the financial one 30.
fn found(policies: &Policies) -> Vec<String> {
    let plan = std::fs::read(testdata().join("state-changes/01-noop.json")).unwrap();
    judge(policies, plan).findings.iter().map(words).collect()
}

#[test]
fn a_parameter_stands_for_its_value() {
    let own = policies(&[&rule(WINDOW)]);
    assert_eq!(found(&own), ["aws_kms_key.spare violation existing"]);
    let plan = std::fs::read(testdata().join("state-changes/01-noop.json")).unwrap();
    let finding = judge(&own, plan).findings.remove(0);
    assert_eq!(
        finding.message,
        "`aws_kms_key.spare` is to wait for 14 days, unless it is one of none, spare-days."
    );
    assert_eq!(finding.fix, "deletion_window_in_days = 14");
}

#[test]
fn a_configuration_sets_other_values_for_some_or_all_parameters() {
    let own = policies(&[&rule(WINDOW)]);
    let days = |days: u32| set("an-example", "minimum_days", json!(days));
    assert_eq!(found(&with(&own, &[days(10)])), [""; 0]);
    assert_eq!(found(&with(&own, &[days(31)])).len(), 3);
    // 00-create describes the spare key so.
    let spared = set("an-example", "spared", json!(["the next one"]));
    assert_eq!(found(&with(&own, std::slice::from_ref(&spared))), [""; 0]);
    assert_eq!(found(&with(&own, &[days(31), spared])).len(), 2);
    // The rules themselves are as they were.
    assert_eq!(found(&own).len(), 1);
    let rule = with(&own, &[days(31)]).rules.remove(0);
    assert_eq!(rule.parameters[0], ("minimum_days".to_owned(), json!(31)));
    assert_eq!(
        rule.message.fill(|_| String::new()),
        "`` is to wait for 31 days, unless it is one of none, spare-days."
    );
}

#[test]
fn shipped_rules_take_the_numbers_that_organisations_want() {
    for (id, shipped) in [("kms-deletion-window-short", 14), ("rds-backup-retention-short", 7)] {
        let parameter = |policies: &Policies| {
            let rule = policies.rules.iter().find(|rule| rule.id == id).unwrap();
            rule.parameters.clone()
        };
        assert_eq!(parameter(&POLICIES), [("minimum_days".to_owned(), json!(shipped))]);
        let changed = with(&POLICIES, &[set(id, "minimum_days", json!(21))]);
        assert_eq!(parameter(&changed), [("minimum_days".to_owned(), json!(21))]);
        assert_eq!(changed.rules.len(), POLICIES.rules.len());
    }
}

#[test]
fn what_is_wrong_with_another_value_is_said_at_its_place() {
    let text = "parameters: { expression: a, minimum_days: 14, word: cmk }\nresources: [aws_kms_key]\nrequire:\n  \
                all:\n    - { path: $.description, matches: '{{expression}}' }\n    \
                - { path: $.deletion_window_in_days, at_least: '{{minimum_days}}' }\n    \
                - { path: $.description, in: ['{{word}}'] }\n";
    let own = policies(&[&rule(text)]);
    for (one, line, message, help) in [
        (
            set("an-exampel", "minimum_days", json!(1)),
            1,
            "unknown rule `an-exampel`",
            "did you mean `an-example`?",
        ),
        (
            set("an-example", "minimum_day", json!(1)),
            2,
            "unknown parameter `minimum_day` of the rule `an-example`",
            "did you mean `minimum_days`?",
        ),
        (
            set("an-example", "minimum_days", json!("1")),
            3,
            "expected a number, found the string `1`",
            "in the rule it is `14`",
        ),
        (
            set("an-example", "expression", json!("a(")),
            3,
            "`expression` of the rule `an-example` cannot be this: not a regular expression: unclosed group",
            "the syntax is that of https://docs.rs/regex; a sign with a meaning of its own is written with a backslash: `\\.`",
        ),
    ] {
        let mut errors = Diagnostics::new();
        let fits = set("an-example", "word", json!("none"));
        let changed = own.with_parameters("planseal.yaml", &[one, fits], &mut errors);
        let [error] = errors.sorted()[..] else {
            panic!("{}", errors.render(false))
        };
        assert_eq!(
            (error.file.as_str(), error.span.line),
            ("planseal.yaml", line),
            "{message}"
        );
        assert_eq!((error.message.as_str(), error.help.as_deref()), (message, Some(help)));
        // What fits holds, beside what does not.
        assert!(
            changed.rules[0]
                .parameters
                .contains(&("word".to_owned(), json!("none")))
        );
    }
}
