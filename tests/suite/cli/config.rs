//! Which configuration is in force, and what it does.

use planseal::report::v1::Report;
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
