//! The test cases of the shipped rules.

use std::collections::BTreeSet;

use planseal::policy::builtin;
use planseal::policy::condition::Condition;
use planseal::policy::load::{Files, Source};
use planseal::testing::render::{Options, sentence};
use planseal::testing::{self, case};

use crate::common::{FILES, POLICIES};

/// What no case can cover, with the reason.
const ACCEPTED: [(&str, &str); 4] = [
    (
        "policies/rules/category-conflict.yaml: the outcome `undetermined`",
        "a conflict is claimed where it is seen; that tags are hidden is said by the rules that need the category",
    ),
    (
        "policies/rules/kms-deletion-window-lowered.yaml: the outcome `undetermined`",
        "a window that is not known is undetermined in kms-deletion-window-short, which speaks first",
    ),
    (
        "policies/rules/rds-backup-retention-lowered.yaml: the outcome `undetermined`",
        "a period that is not known is undetermined in rds-backup-retention-short, which speaks first",
    ),
    (
        "policies/rules/lb-listener-weak-ciphers.yaml: the outcome `undetermined`",
        "a policy that is not known is undetermined in lb-listener-weak-tls, which speaks first",
    ),
];

#[test]
fn every_shipped_rule_does_what_its_cases_say_and_no_branch_is_without_one() {
    let results = testing::run(&builtin::tests(), &FILES, None, |file| {
        file.starts_with("policies/rules/")
    });
    let results = results.unwrap_or_else(|errors| panic!("{}", errors.render(false)));
    assert_eq!(
        results.failed(),
        0,
        "\n{}",
        testing::render::render(&results, Options::default())
    );
    let gaps: BTreeSet<String> = results.coverage.gaps().iter().map(sentence).collect();
    let accepted: BTreeSet<String> = ACCEPTED.iter().map(|(gap, _)| (*gap).to_owned()).collect();
    assert_eq!(gaps, accepted, "a gap is new, or one that was accepted is closed");
}

/// `explain` and the documentation show the first of each as the examples of a rule.
#[test]
fn the_first_cases_of_a_rule_are_small_examples_of_a_pass_and_of_what_it_finds() {
    for source in builtin::tests() {
        let mut errors = Default::default();
        let file = case::read(&source, &mut errors).unwrap();
        let first = |words: &[&str]| {
            file.cases
                .iter()
                .find(|case| {
                    case.expect
                        .iter()
                        .any(|(_, expected)| words.contains(&expected.conclusion.word()))
                })
                .map(|case| case.doc.resources.len() + case.doc.before.len())
        };
        for words in [&["pass"][..], &["violation", "advice"]] {
            let size = first(words);
            assert!(
                size.is_some_and(|size| size <= 4),
                "{}: {words:?} {size:?}",
                source.file
            );
        }
    }
}

#[test]
fn test_files_are_no_policies() {
    assert!(builtin::sources().iter().all(|source| !source.file.contains(".test.")));
    let rules: BTreeSet<String> = POLICIES.rules.iter().map(|rule| rule.id.clone()).collect();
    let tested: BTreeSet<String> = builtin::tests()
        .iter()
        .filter_map(|source| {
            let name = source.file.strip_prefix("policies/rules/")?;
            Some(name.strip_suffix(".test.yaml")?.to_owned())
        })
        .collect();
    assert_eq!(rules, tested);
}

/// Conditions inside others are leaves of their own, in the order in which they are written.
#[test]
fn the_leaves_inside_other_conditions_have_their_lines_too() {
    let text = "\
id: own-rule
title: Own rule
resources: [aws_kms_key]
when:
  before:
    all:
      - { path: $.enable_key_rotation, equals: true }
      - { path: $.is_enabled, equals: true }
require:
  any:
    - not: { before: { path: $.description, set: true } }
    - path: $.policy
      read_as: json
      for: any
      where: { path: $.a, equals: 1 }
";
    let source = Source {
        file: "own-rule.yaml".into(),
        text: text.into(),
    };
    let policies = Files::read(&[source], true).without_configuration().unwrap();
    let rule = policies.rules.iter().find(|rule| rule.id == "own-rule").unwrap();
    let leaves: Vec<(usize, String)> = rule
        .leaves()
        .map(|(leaf, written)| {
            let Condition::Path(test) = leaf else {
                panic!("{leaf:?} is no question about a path")
            };
            (written.line, test.path.to_string())
        })
        .collect();
    let expected = [
        (7, "$.enable_key_rotation"),
        (8, "$.is_enabled"),
        (11, "$.description"),
        (15, "$.a"),
    ];
    assert_eq!(leaves, expected.map(|(line, path)| (line, path.to_owned())));
    assert_eq!(rule.written.len(), expected.len());
}

#[test]
fn every_leaf_of_a_condition_has_its_line() {
    for rule in &POLICIES.rules {
        let mut leaves = Vec::new();
        for condition in rule.conditions() {
            condition.collect_leaves(&mut leaves);
        }
        assert_eq!(leaves.len(), rule.written.len(), "{}", rule.id);
        let text = builtin::sources()
            .into_iter()
            .find(|source| source.file == rule.file)
            .unwrap()
            .text;
        for leaf in &rule.written {
            let line = text.lines().nth(leaf.line - 1).unwrap();
            let word = leaf
                .text
                .trim_start_matches(['{', ' ', '"'])
                .split([':', ' '])
                .next()
                .unwrap();
            assert!(line.contains(word), "{}:{}: {}", rule.file, leaf.line, leaf.text);
        }
    }
}
