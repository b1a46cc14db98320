//! Which configuration is in force, and what it does.

use planseal::report::v1::{Report, Severity};
use tempfile::TempDir;

use super::{Run, bytes, check, finished, program, text};

const PLAN: &str = "testdata/known-keys/plan.json";
const CONFIG: &str = "testdata/known-keys/planseal.yaml";
const FORMATS: [&str; 3] = ["text", "markdown", "json"];

/// A configuration that lists so many keys: by the number, a test knows which one is in force.
fn listing(keys: usize) -> String {
    let keys = (0..keys).map(|number| format!("  - aliases: [alias/key-{number}]\n"));
    std::iter::once("known_keys:\n".to_owned()).chain(keys).collect()
}

/// A folder with these files in it, folders above them made too.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let plan = name.ends_with(".json");
        std::fs::write(path, if plan { bytes(PLAN) } else { content.as_bytes().to_vec() }).unwrap();
    }
    root
}

fn at(root: &TempDir, path: &str) -> String {
    text(&root.path().join(path)).to_owned()
}

/// How many keys the configuration of each plan lists, in the order of the plans.
fn in_force(report: &Report) -> Vec<Option<usize>> {
    let plans = report.plans.iter();
    plans
        .map(|plan| plan.configuration.as_ref().map(|one| one.known_keys))
        .collect()
}

fn json(arguments: &[&str]) -> Report {
    check(&[arguments, &["--format", "json"]].concat()).report()
}

#[test]
fn the_nearest_configuration_upwards_in_the_repository_is_in_force() {
    let (one, two, three) = (listing(1), listing(2), listing(3));
    let root = tree(&[
        ("planseal.yaml", &one),
        ("repository/.git/HEAD", ""),
        ("repository/planseal.yaml", &two),
        ("repository/prod/eu/plan.json", ""),
        ("repository/test/.planseal.yaml", &three),
        ("repository/test/eu/plan.json", ""),
        ("other/.git", "gitdir: elsewhere"),
        ("other/prod/plan.json", ""),
    ]);
    for (plan, expected) in [
        ("repository/prod/eu/plan.json", Some(2)),
        ("repository/test/eu/plan.json", Some(3)),
        ("repository/test/../prod/eu/plan.json", Some(2)),
        ("other/prod/plan.json", None),
    ] {
        assert_eq!(in_force(&json(&[&at(&root, plan)])), [expected], "{plan}");
    }
    let several = json(&[&at(&root, "repository"), &at(&root, "other")]);
    assert_eq!(in_force(&several), [Some(2), Some(3), None]);
    let files: Vec<_> = several
        .plans
        .iter()
        .filter_map(|plan| plan.configuration.as_ref())
        .collect();
    assert!(files[0].file.ends_with("repository/planseal.yaml"), "{}", files[0].file);
    assert!(
        files[1].file.ends_with("repository/test/.planseal.yaml"),
        "{}",
        files[1].file
    );
}

#[test]
fn outside_of_a_repository_only_the_plan_s_own_folder_counts() {
    let (one, two) = (listing(1), listing(2));
    let root = tree(&[
        ("planseal.yaml", &one),
        ("prod/plan.json", ""),
        ("test/planseal.yaml", &two),
        ("test/plan.json", ""),
    ]);
    assert_eq!(in_force(&json(&[&at(&root, "prod/plan.json")])), [None]);
    assert_eq!(in_force(&json(&[&at(&root, "test/plan.json")])), [Some(2)]);
}

#[test]
fn for_standard_input_the_search_starts_where_planseal_runs() {
    let one = listing(1);
    let root = tree(&[(".git/HEAD", ""), ("planseal.yaml", &one), ("prod/plan.json", "")]);
    for (folder, plan) in [
        ("prod", "-"),
        ("prod", "plan.json"),
        ("prod", "./plan.json"),
        (".", "prod/plan.json"),
    ] {
        let mut command = program(&["check", plan, "--format", "json"]);
        command.current_dir(root.path().join(folder));
        let report = finished(command, &bytes(PLAN)).report();
        assert_eq!(in_force(&report), [Some(1)], "{folder} {plan}");
        if folder == "." {
            assert_eq!(report.plans[0].configuration.as_ref().unwrap().file, "planseal.yaml");
        }
    }
}

#[test]
fn a_configuration_that_is_given_wins_for_every_plan() {
    let (one, two) = (listing(1), listing(2));
    let root = tree(&[
        ("repository/.git/HEAD", ""),
        ("repository/planseal.yaml", &two),
        ("repository/prod/plan.json", ""),
        ("repository/test/plan.json", ""),
        ("elsewhere/strict.yml", &one),
    ]);
    let given = at(&root, "elsewhere/strict.yml");
    let report = json(&[&at(&root, "repository"), "--config", &given]);
    assert_eq!(in_force(&report), [Some(1), Some(1)]);
    assert_eq!(report.plans[0].configuration.as_ref().unwrap().file, given);
    // What is not in force is not read.
    std::fs::write(root.path().join("repository/planseal.yaml"), "known_kees: []").unwrap();
    let report = json(&[&at(&root, "repository"), "--config", &given]);
    assert_eq!(in_force(&report), [Some(1), Some(1)]);
}

fn judges_nothing(run: Run) -> Run {
    run.exits(2).prints_nothing()
}

#[test]
fn a_configuration_that_cannot_be_read_ends_the_run() {
    judges_nothing(check(&[PLAN, "--config", "missing.yaml"])).complains("missing.yaml");
    judges_nothing(check(&["missing.json", "--config", "missing.yaml"])).complains("missing.yaml");
    judges_nothing(check(&[PLAN, "--config", "testdata"])).complains("cannot read the configuration `testdata`");
    let root = tree(&[("plan.json", ""), ("planseal.yaml", "")]);
    std::fs::write(root.path().join("planseal.yaml"), b"known_keys: \xff").unwrap();
    judges_nothing(check(&[&at(&root, "plan.json")])).complains("planseal.yaml");
    let root = tree(&[("plan.json", "")]);
    std::fs::create_dir(root.path().join("planseal.yaml")).unwrap();
    judges_nothing(check(&[&at(&root, "plan.json")])).complains("planseal.yaml");
}

#[test]
fn of_two_files_in_one_folder_none_is_chosen() {
    let root = tree(&[("plan.json", ""), ("planseal.yaml", ""), (".planseal.yaml", "")]);
    judges_nothing(check(&[&at(&root, "plan.json")])).complains("only one can be in force");
}

#[test]
fn the_errors_of_all_configurations_are_told_at_once_and_nothing_is_judged() {
    let root = tree(&[
        ("prod/plan.json", ""),
        ("prod/planseal.yaml", "known_kees: []\n"),
        ("test/plan.json", ""),
        (
            "test/planseal.yaml",
            "known_keys:\n  - aliases: [alias/x]\n    category: helth\n",
        ),
        ("fine/plan.json", ""),
    ]);
    let output = format!("json={}", at(&root, "report.json"));
    judges_nothing(check(&[text(root.path()), "--output", &output]))
        .complains("prod/planseal.yaml:1:1")
        .complains("did you mean `known_keys`?")
        .complains("test/planseal.yaml:3:15")
        .complains("did you mean `health`?");
    assert!(!root.path().join("report.json").exists());
    let broken = at(&root, "test/planseal.yaml");
    judges_nothing(check(&["missing.json", "--config", &broken])).complains("unknown category");
}

#[test]
fn every_report_says_which_configuration_is_in_force() {
    let file = "testdata/known-keys/planseal.yaml";
    check(&[PLAN]).says(&format!("configuration {file} (10 known keys)"));
    check(&[PLAN, "--format", "markdown"]).says(&format!("*Configuration:* `{file}` (10 known keys)"));
    assert_eq!(json(&[PLAN]).plans[0].configuration.as_ref().unwrap().file, file);
    let without = check(&[super::GOOD]);
    assert!(!without.out.to_lowercase().contains("configuration"), "{}", without.out);
}

/// What a plan shows only as sensitive is no known key's name in any report, although the configuration holds it.
#[test]
fn a_sensitive_name_of_a_known_key_is_not_printed() {
    let key = "66666666-aaaa";
    assert!(String::from_utf8(bytes(CONFIG)).unwrap().contains(key));
    for format in FORMATS {
        let run = check(&[PLAN, "--verbose", "--format", format]);
        assert!(
            !run.out.contains(key) && !run.err.contains(key),
            "{format}\n{}",
            run.out
        );
        let source = check(&[PLAN, "--verbose", "--format", format, "--source", "testdata/known-keys"]);
        assert!(!source.out.contains(key), "{format}\n{}", source.out);
    }
    check(&[PLAN, "--verbose"])
        .says("is encrypted under a known key outside this plan (financial), the key of another category")
        .says("financial, inferred from a known key outside this plan");
}

/// One that the plan shows openly is called by its ARN, whichever of its names the author wrote.
#[test]
fn a_known_key_is_called_by_its_arn() {
    let key = |digit: &str| {
        let group = |length| digit.repeat(length);
        format!(
            "arn:aws:kms:eu-central-1:444455556666:key/{}-aaaa-4bbb-8ccc-{}",
            group(8),
            group(12)
        )
    };
    check(&[PLAN, "--verbose"])
        .says(&format!("is encrypted under the known key `{}` (health)", key("3")))
        .says(&format!("`{}` protects stores of more than one", key("2")))
        .says(&format!("pii, inferred from key {}", key("1")))
        .says("list the key with its `properties` under `known_keys`");
}

/// The bad twin under a configuration, in a folder with other files.
fn judged_under(config: &str, others: &[(&str, &str)], arguments: &[&str]) -> (TempDir, Run) {
    let root = tree(&[("plan.json", ""), ("planseal.yaml", config)]);
    std::fs::write(root.path().join("plan.json"), bytes(super::BAD)).unwrap();
    for (name, content) in others {
        let path = root.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    let run = check(&[&[at(&root, "plan.json").as_str()], arguments].concat());
    (root, run)
}

fn findings<'r>(report: &'r Report, rule: &str) -> Vec<&'r planseal::report::v1::Finding> {
    report.findings.iter().filter(|finding| finding.rule == rule).collect()
}

#[test]
fn rules_are_switched_off_and_given_other_severities() {
    let config = "rules:
  'kms-*': { severity: low, reason: keys are another team's }
  kms-deletion-window-short: { severity: critical }
  rds-publicly-accessible: { enabled: false, reason: 'a **test** account' }
  '*-accessible': { enabled: true }
";
    let (_root, run) = judged_under(config, &[], &["--format", "json"]);
    let report = run.report();
    assert!(findings(&report, "rds-publicly-accessible").is_empty());
    let severity = |rule: &str| findings(&report, rule)[0].severity;
    assert_eq!(severity("kms-rotation-disabled"), Severity::Low);
    assert_eq!(severity("kms-deletion-window-short"), Severity::Critical);
    let configuration = report.plans[0].configuration.as_ref().unwrap();
    let rule = |id: &str| configuration.rules.iter().find(|rule| rule.rule == id).unwrap();
    let off = rule("rds-publicly-accessible");
    assert_eq!(
        (off.enabled, off.reason.as_deref()),
        (false, Some("a **test** account"))
    );
    let lowered = rule("kms-rotation-disabled").severity.as_ref().unwrap();
    assert_eq!(
        (lowered.before.as_slice(), lowered.after),
        ([Severity::Medium].as_slice(), Severity::Low)
    );
    judged_under(config, &[], &[])
        .1
        .says("! Switched off by ")
        .says(": rds-publicly-accessible (a **test** account)")
        .says("! Severity lowered by ")
        .says("kms-rotation-disabled (medium → low; keys are another team's)");
    judged_under(config, &[], &["--format", "markdown"])
        .1
        .says("**Switched off** by")
        .says("`rds-publicly-accessible` (a \\*\\*test\\*\\* account)");
}

/// Under a pattern, and under an id that wins; the report has both values.
#[test]
fn parameters_are_given_other_values() {
    let config = "rules:
  '*-short': { parameters: { minimum_days: 1 } }
  kms-deletion-window-short: { parameters: { minimum_days: 30 } }
";
    let (_root, run) = judged_under(config, &[], &["--format", "json"]);
    let report = run.report();
    let rules = &report.plans[0].configuration.as_ref().unwrap().rules;
    let changed: Vec<(&str, String, String)> = rules
        .iter()
        .flat_map(|rule| rule.parameters.iter().map(|one| (rule.rule.as_str(), one)))
        .map(|(rule, one)| (rule, one.before.to_string(), one.after.to_string()))
        .collect();
    assert_eq!(
        changed,
        [
            ("database-backup-retention-short", "7".into(), "1".into()),
            ("kms-deletion-window-short", "14".into(), "30".into()),
            ("rds-backup-retention-short", "7".into(), "1".into()),
        ]
    );
    let short = findings(&report, "kms-deletion-window-short");
    assert!(short.iter().any(|finding| finding.message.contains("30")), "{short:?}");
}

/// A rule that is switched off still speaks first: what follows it says nothing that it would have said itself.
#[test]
fn what_follows_a_rule_that_is_off_stays_silent_where_that_one_would_speak() {
    let config = "rules: { at-rest-below-minimum: { enabled: false, reason: later } }\n";
    let (_root, run) = judged_under(config, &[], &["--format", "json"]);
    let report = run.report();
    assert!(findings(&report, "at-rest-below-minimum").is_empty());
    let advised = findings(&report, "at-rest-below-recommended");
    assert!(
        advised
            .iter()
            .all(|finding| finding.address.as_deref() != Some("aws_sns_topic.alarms"))
    );
}

#[test]
fn an_option_wins_over_the_gate_of_the_configuration() {
    let config =
        "gate: { mode: any, min_severity: critical, undetermined: warn, allow_partial: true, min_judged: 1000 }\n";
    let (root, run) = judged_under(config, &[], &["--format", "json"]);
    let gate = run.report().plans[0].gate.clone().unwrap();
    assert_eq!(
        (gate.mode.as_str(), gate.min_severity, gate.undetermined.as_str()),
        ("any", Severity::Critical, "warn")
    );
    assert_eq!((gate.allow_partial, gate.min_judged), (true, Some(1000)));
    assert_eq!(gate.by_configuration.len(), 5);
    let plan = at(&root, "plan.json");
    check(&[&plan])
        .exits(1)
        .says("at least 1000 are required")
        .says("critical only")
        .says("(mode, min_severity, undetermined, allow_partial, min_judged by the configuration)");
    let options = [
        "--gate",
        "never",
        "--min-severity",
        "low",
        "--allow-partial=false",
        "--min-judged",
        "1",
    ];
    let run = check(&[&[plan.as_str(), "--format", "json"], options.as_slice()].concat()).exits(0);
    let gate = run.report().plans[0].gate.clone().unwrap();
    assert_eq!(
        (gate.mode.as_str(), gate.min_severity, gate.min_judged),
        ("never", Severity::Low, Some(1))
    );
    assert!(!gate.allow_partial);
    assert_eq!(gate.by_configuration, ["undetermined"]);
    assert_eq!(gate.by_options, ["mode", "min_severity", "allow_partial", "min_judged"]);
    let configured = run.report().plans[0].configuration.clone().unwrap().gate.unwrap();
    assert_eq!(configured.mode.as_deref(), Some("any"));
}

/// Each plan is judged by the gate of its own configuration; the report shows the strictest, and every one.
#[test]
fn plans_may_have_different_gates() {
    let root = tree(&[
        ("strict/plan.json", ""),
        ("strict/planseal.yaml", "gate: { mode: any, min_severity: low }\n"),
        ("lax/plan.json", ""),
        ("lax/planseal.yaml", "gate: { mode: never, min_judged: 1000 }\n"),
    ]);
    for folder in ["strict", "lax"] {
        std::fs::write(root.path().join(folder).join("plan.json"), bytes(super::BAD)).unwrap();
    }
    let report = check(&[text(root.path()), "--format", "json"]).exits(1).report();
    let blocked: std::collections::BTreeSet<&str> = report
        .findings
        .iter()
        .filter(|finding| finding.blocking)
        .map(|finding| finding.plan.as_str())
        .collect();
    let strict = report.plans.iter().find(|plan| plan.path.contains("strict/")).unwrap();
    assert_eq!(blocked, [strict.name.as_str()].into());
    assert_eq!(
        (report.gate.mode.as_str(), report.gate.min_severity),
        ("any", Severity::Low)
    );
    assert!(
        !report.gate.reasons.iter().any(|reason| reason.contains("1000")),
        "nothing blocks there"
    );
    check(&[text(root.path())])
        .says("nothing blocks")
        .says("every finding, of any severity");
}

const OWN_RULE: &str = "id: own-rule
title: A topic
severity: high
resources: [aws_sns_topic]
require: { path: $.name, set: false }
message: '`{{address}}`'
why: It is ours.
fix: '# none'
reference: https://example.com/rule
";

#[test]
fn policies_that_the_configuration_names_are_loaded_once_from_its_folder() {
    let config = "policies: [own/, own/rule.yaml]\nrules: { own-rule: { severity: low } }\n";
    let others = [
        ("own/rule.yaml", OWN_RULE),
        ("own/rule.test.yaml", "cases: []\n"),
        ("own/planseal.yaml", "gate: {}\n"),
    ];
    let (root, run) = judged_under(config, &others, &["--format", "json"]);
    let report = run.report();
    assert_eq!(findings(&report, "own-rule")[0].severity, Severity::Low);
    let named = &report.plans[0].configuration.as_ref().unwrap().policies;
    assert_eq!(named.len(), 1, "{named:?}");
    // The same file by an option, in another spelling.
    let again = at(&root, "own/../own/rule.yaml");
    let run = check(&[&at(&root, "plan.json"), "--policy", &again, "--format", "json"]);
    assert!(
        run.report().plans[0]
            .configuration
            .as_ref()
            .unwrap()
            .policies
            .is_empty()
    );
    assert_eq!(
        findings(&run.report(), "own-rule").len(),
        findings(&report, "own-rule").len()
    );
}

#[test]
fn errors_of_a_named_policy_and_of_the_configuration_are_told_at_once() {
    let config = "policies: [own.yaml, missing/]\nrules: { own-rule: { severty: low } }\n";
    let broken = OWN_RULE.replace("require", "requre");
    let (_root, run) = judged_under(config, &[("own.yaml", &broken)], &[]);
    judges_nothing(run)
        .complains("own.yaml:5:1")
        .complains("planseal.yaml:1:22")
        .complains("missing/")
        .complains("did you mean `severity`?");
}

/// A rule that is left out is no mistake in a configuration that speaks of it.
#[test]
fn a_configuration_may_speak_of_built_in_rules_that_are_left_out() {
    let config = "rules: { kms-rotation-disabled: { severity: low } }\n";
    judged_under(config, &[], &["--no-default-policies"]).1.exits(0);
    let config = "rules: { kms-rotation-disable: { severity: low } }\n";
    judges_nothing(judged_under(config, &[], &["--no-default-policies"]).1)
        .complains("did you mean `kms-rotation-disabled`?");
}

/// The example in the documentation uses every key, and judges a plan.
#[test]
fn the_example_configuration_is_read() {
    let example = "docs/examples/configuration/planseal.yaml";
    let report = json(&[super::BAD, "--config", example]);
    let configuration = report.plans[0].configuration.clone().unwrap();
    let parts = serde_json::to_value(&configuration).unwrap();
    for (name, part) in parts.as_object().unwrap() {
        let empty = part.is_null() || part.as_array().is_some_and(Vec::is_empty);
        assert!(!empty, "the example says nothing of {name}");
    }
    let classification = parts["classification"].as_object().unwrap();
    for (name, part) in classification {
        assert!(!part.is_null(), "the example says nothing of classification.{name}");
    }
    let gate = parts["gate"].as_object().unwrap();
    assert!(gate.values().all(|part| !part.is_null()), "{gate:?}");
    let page = String::from_utf8(bytes("docs/configuration.md")).unwrap();
    let text = String::from_utf8(bytes(example)).unwrap();
    let keys = text.lines().filter(|line| line.starts_with(char::is_alphabetic));
    for key in keys.filter_map(|line| line.split_once(':')).map(|(key, _)| key) {
        assert!(
            page.contains(&format!("## `{key}`")),
            "docs/configuration.md says nothing of `{key}`"
        );
    }
}
