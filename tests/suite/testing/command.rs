//! `planseal test` as it is run.

use std::path::Path;
use std::process::{Command, Output};

const RULE: &str = "\
id: topic-unencrypted
title: A topic is not encrypted
severity: high
resources: [aws_sns_topic]
when: { not: { path: $.fifo_topic, equals: true } }
require: { path: $.kms_master_key_id, set: true }
message: \"`{{address}}` has no key.\"
why: It holds messages.
fix: kms_master_key_id = aws_kms_key.example.arn
reference: https://example.com/
";
const GOOD: &str = "\
cases:
  - name: a topic under a key
    resources:
      aws_sns_topic.main: { kms_master_key_id: alias/aws/sns }
    expect: { aws_sns_topic.main: pass }
  - name: a topic without one
    resources:
      aws_sns_topic.main: {}
    expect: { aws_sns_topic.main: violation }
";
const BAD: &str = "\
cases:
  - name: a topic without a key
    resources:
      aws_sns_topic.main: {}
      aws_sns_topic.other: {}
    expect: { aws_sns_topic.main: { outcome: pass } }
";

fn folder(test: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rules = folder.path().join("rules");
    std::fs::create_dir(&rules).unwrap();
    std::fs::write(rules.join("topic-unencrypted.yaml"), RULE).unwrap();
    std::fs::write(rules.join("topic-unencrypted.test.yaml"), test).unwrap();
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_planseal"))
        .env_clear()
        .current_dir(folder)
        .arg("test")
        .args(arguments)
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn cases_that_are_as_expected_end_with_0_wherever_they_are_looked_for() {
    let folder = folder(GOOD);
    for arguments in [&[][..], &["rules"], &["."], &["rules/topic-unencrypted.test.yaml"]] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}\n{}", err(&output));
        assert!(out(&output).contains("2 cases: all as expected"), "{}", out(&output));
    }
}

#[test]
fn a_case_that_is_not_as_expected_ends_with_1_and_says_what_came_and_why() {
    let output = run(folder(BAD).path(), &[]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let text = out(&output);
    for part in [
        "FAIL rules/topic-unencrypted.test.yaml (1 of 1 case not as expected)",
        "rules/topic-unencrypted.test.yaml:2",
        "- expected: pass",
        "+ got:      violation (high, introduced)",
        "`aws_sns_topic.main` has no key.",
        "aws_sns_topic.other",
        "- expected: nothing said of it (it is not in `expect`)",
        "1 case: 1 not as expected",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

#[test]
fn a_wrong_file_ends_with_2_and_runs_nothing() {
    let output = run(folder("cases: [{ name: x, expect: {} }]\n").path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(out(&output), "");
    assert!(
        err(&output).contains("topic-unencrypted.test.yaml:1:"),
        "{}",
        err(&output)
    );
    let empty = tempfile::tempdir().unwrap();
    let output = run(empty.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("there is no `….test.yaml` file"),
        "{}",
        err(&output)
    );
}

#[test]
fn what_has_no_case_is_shown_and_fails_only_where_that_is_asked() {
    let folder = folder(GOOD);
    let output = run(folder.path(), &["--require-coverage"]);
    assert_eq!(output.status.code(), Some(1));
    for part in [
        "rules/topic-unencrypted.yaml: the outcome `undetermined`",
        "rules/topic-unencrypted.yaml:5: that this holds: { path: $.fifo_topic, equals: true }",
    ] {
        assert!(out(&output).contains(part), "no `{part}` in\n{}", out(&output));
    }
    let shown = run(folder.path(), &[]);
    assert_eq!(shown.status.code(), Some(0));
    assert!(out(&shown).contains("Without a case:"), "{}", out(&shown));
}

#[test]
fn results_can_be_had_as_junit_xml() {
    let folder = folder(BAD);
    let output = run(folder.path(), &["--output", "junit=results.xml"]);
    assert_eq!(output.status.code(), Some(1));
    let written = std::fs::read_to_string(folder.path().join("results.xml")).unwrap();
    for part in [
        r#"<testsuites name="planseal test" tests="1" skipped="0" failures="1" errors="0""#,
        r#"classname="topic-unencrypted""#,
        "not as expected: aws_sns_topic.main, aws_sns_topic.other",
        "- expected: pass",
    ] {
        assert!(written.contains(part), "no `{part}` in\n{written}");
    }
    assert!(!written.contains('\u{1b}'));
    let printed = run(folder.path(), &["--format", "junit"]);
    assert_eq!(out(&printed), written);
}

#[test]
fn a_filter_runs_some_cases_and_none_is_an_error() {
    let folder = folder(GOOD);
    let output = run(folder.path(), &["--filter", "without", "--verbose"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).contains("1 case: all as expected"), "{}", out(&output));
    let none = run(folder.path(), &["--filter", "no such case"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(
        err(&none).contains("no case has `no such case` in its name"),
        "{}",
        err(&none)
    );
}

#[test]
fn a_test_file_is_no_policy() {
    let folder = folder(GOOD);
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/seed-good/plan.json");
    let check = |policy: &str| {
        Command::new(env!("CARGO_BIN_EXE_planseal"))
            .env_clear()
            .current_dir(folder.path())
            .args(["check", "--policy", policy])
            .arg(&plan)
            .output()
            .unwrap()
    };
    assert_eq!(check("rules").status.code(), Some(0));
    let named = check("rules/topic-unencrypted.test.yaml");
    assert_eq!(named.status.code(), Some(2));
    assert!(err(&named).contains("these are test cases"), "{}", err(&named));
}

/// The shipped policies are tested in their folder as a user's own are.
#[test]
fn a_folder_of_built_in_policies_is_not_loaded_twice() {
    let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["policies"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
}

/// The shipped policies and their cases name only what the provider has.
#[test]
fn a_schema_is_held_against_policies_and_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let extracts = ["aws-5.100.0.txt", "tls-4.txt"].map(|name| root.join("testdata/provider-schema").join(name));
    let scratch = tempfile::tempdir().unwrap();
    let all = scratch.path().join("schema.txt");
    std::fs::write(&all, extracts.map(|file| std::fs::read(file).unwrap()).concat()).unwrap();
    let schema = all.to_str().unwrap();
    let output = run(root, &["policies", "--schema", schema]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    let folder = folder(&GOOD.replace("kms_master_key_id", "kms_master_key"));
    assert_eq!(run(folder.path(), &["--filter", "without one"]).status.code(), Some(0));
    let output = run(folder.path(), &["--filter", "without one", "--schema", schema]);
    assert_eq!((output.status.code(), out(&output).as_str()), (Some(2), ""));
    let text = err(&output);
    assert!(text.contains("rules/topic-unencrypted.test.yaml:4:29"), "{text}");
    assert!(text.contains("did you mean `kms_master_key_id`?"), "{text}");
}

#[test]
fn the_built_in_policies_are_checked_where_their_own_files_are_tested() {
    let folder = folder(GOOD);
    let schema = folder.path().join("schema.txt");
    let own = "aws_sns_topic . resource\naws_sns_topic kms_master_key_id string\naws_sns_topic fifo_topic bool\n";
    std::fs::write(&schema, own).unwrap();
    let schema = schema.to_str().unwrap();
    let output = run(folder.path(), &["--schema", schema]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), &["policies", "--schema", schema]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("the schema has no resource type `aws_kms_key`"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_schema_that_cannot_be_read_ends_with_2() {
    let folder = folder(GOOD);
    for (schema, said) in [
        ("nowhere.json", "cannot read the schema `nowhere.json`"),
        (
            "rules/topic-unencrypted.yaml",
            "cannot use the schema `rules/topic-unencrypted.yaml`",
        ),
    ] {
        let output = run(folder.path(), &["--schema", schema]);
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains(said), "{}", err(&output));
    }
}
fn with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("rules")).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join("rules").join(name), text).unwrap();
    }
    folder
}

#[test]
fn policies_without_tests_are_checked() {
    let folder = with(&[("topic-unencrypted.yaml", RULE)]);
    let output = run(folder.path(), &["rules"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("1 rule, no cases"), "{}", out(&output));
    assert!(
        out(&output).contains("the rule `topic-unencrypted`"),
        "{}",
        out(&output)
    );
    let output = run(folder.path(), &["rules", "--require-coverage"]);
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let nowhere = run(folder.path(), &[]);
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(err(&nowhere).contains("name their folder"), "{}", err(&nowhere));
    let folder = with(&[("topic-unencrypted.yaml", &RULE.replace("set: true", "sett: true"))]);
    let output = run(folder.path(), &["rules"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("did you mean `set`?"), "{}", err(&output));
}

#[test]
fn mistakes_of_policies_and_of_tests_are_said_together() {
    let rule = RULE.replace("set: true", "sett: true");
    let test = GOOD.replace(
        "aws_sns_topic.main: {}",
        "aws_sns_topic.main: { a: \"${aws_sns_topic.none.arn}\" }",
    );
    let folder = with(&[
        ("topic-unencrypted.yaml", &rule),
        ("topic-unencrypted.test.yaml", &test),
        ("other.test.yaml", "cases: [{ name: x, expect: {} }]\n"),
    ]);
    let output = run(folder.path(), &["rules"]);
    assert_eq!(output.status.code(), Some(2));
    for part in [
        "did you mean `set`?",
        "the case has no resource `aws_sns_topic.none`",
        "other.test.yaml:1:",
    ] {
        assert!(err(&output).contains(part), "no `{part}` in\n{}", err(&output));
    }
}

#[test]
fn a_type_that_is_almost_a_known_one_is_a_warning() {
    let folder = with(&[(
        "topic-unencrypted.yaml",
        &RULE.replace("aws_sns_topic", "aws_sns_topci"),
    )]);
    let output = run(folder.path(), &["rules"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let warning = "warning: rules/topic-unencrypted.yaml: the rule `topic-unencrypted` names the resource type \
                   `aws_sns_topci`, which planseal does not know: did you mean `aws_sns_topic`?\n";
    assert_eq!(err(&output), warning);
    let known = with(&[("topic-unencrypted.yaml", RULE)]);
    assert_eq!(err(&run(known.path(), &["rules"])), "");
    // Nothing is close to it, so it may well be right.
    let new = with(&[(
        "topic-unencrypted.yaml",
        &RULE.replace("aws_sns_topic", "aws_brand_new_thing"),
    )]);
    assert_eq!(err(&run(new.path(), &["rules"])), "");
}

const GROUP: &str = "\
id: group-open
title: A group is open
resources: [aws_security_group]
forbid: { path: PATH }
";
const OPEN: &str = "\
cases:
  - name: open
    resources: { aws_security_group.main: { ingress: INGRESS } }
    expect: { aws_security_group.main: violation }
";

/// What is said of a rule with this path, of a group with this block.
fn said(path: &str, ingress: &str) -> String {
    let folder = with(&[
        ("group-open.yaml", &GROUP.replace("PATH", path)),
        ("group-open.test.yaml", &OPEN.replace("INGRESS", ingress)),
    ]);
    let output = run(folder.path(), &["rules"]);
    format!("{}{}", out(&output), err(&output))
}

#[test]
fn a_value_of_another_shape_than_the_path_is_an_error() {
    let elements = [
        "\"$.ingress[*].from_port\", equals: 22, for: any",
        "\"$.ingress[0].from_port\", equals: 22",
        "\"$.ingress[?@.to_port == 22].from_port\", equals: 22, for: any",
        "\"$.ingress[*]\", where: { path: $.from_port, equals: 22 }, for: any",
    ];
    for path in elements {
        let wrong = said(path, "{ from_port: 22, to_port: 22 }");
        let message = "`ingress` is a mapping here, and the rule asks for the elements of a list: ";
        assert!(wrong.contains(message), "{path}:\n{wrong}");
        let help = "blocks are lists, as in plan JSON: `ingress: [{ … }]`";
        assert!(wrong.contains(help), "{path}:\n{wrong}");
        let inside = wrong.contains("a list: `$.ingress[*]`, and inside it `$.from_port`");
        assert_eq!(inside, path.contains("where"), "{path}:\n{wrong}");
        let right = said(path, "[{ from_port: 22, to_port: 22 }]");
        assert!(right.contains("1 case: all as expected"), "{path}:\n{right}");
    }
    let wrong = said("$.ingress.from_port, equals: 22", "[{ from_port: 22 }]");
    let message = "`ingress` is a list here, and of a list the rule's path selects nothing: `$.ingress.from_port`";
    assert!(wrong.contains(message), "{wrong}");
    let help = "mend it in rules/group-open.yaml: write `ingress[*]`, and `for: any` or `for: every` beside the path";
    assert!(wrong.contains(help), "{wrong}");
    // A map of texts is gone through as it is; what is unknown may be anything.
    let fine = said("\"$.ingress[*]\", equals: b, for: any", "{ a: b }");
    assert!(fine.contains("1 case: all as expected"), "{fine}");
    let unknown = said(
        "\"$.ingress[*].from_port\", equals: 22, for: any",
        "(known after apply)",
    );
    assert!(unknown.contains("undetermined"), "{unknown}");
}

#[test]
fn lifecycle_is_judged_as_a_case_writes_it() {
    let rule = "\
id: may-be-destroyed
title: It may be destroyed
resources: [aws_s3_bucket]
require: { path: $.lifecycle.prevent_destroy, equals: true }
";
    let test = "\
cases:
  - name: as written
    before:
      aws_s3_bucket.kept: { bucket: a }
      aws_s3_bucket.silent: { bucket: b }
    resources:
      aws_s3_bucket.kept: { bucket: a, lifecycle: { prevent_destroy: true } }
      aws_s3_bucket.loose: { lifecycle: { prevent_destroy: false } }
      aws_s3_bucket.silent: { bucket: b, lifecycle: {} }
      aws_s3_bucket.untold: {}
    expect:
      aws_s3_bucket.kept: pass
      aws_s3_bucket.loose: { outcome: violation, change: introduced }
      aws_s3_bucket.silent: { outcome: violation, change: existing }
      aws_s3_bucket.untold: undetermined
";
    let folder = with(&[("may-be-destroyed.yaml", rule), ("may-be-destroyed.test.yaml", test)]);
    let output = run(folder.path(), &["rules"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
}
