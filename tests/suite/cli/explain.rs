//! `explain`, `rules`, `init` and `completions` as people run them.

use std::path::Path;

use super::{BAD, GOOD, bytes, check, finished, planseal, program, text};

/// The outputs stand beside the tests as a reader would see them; `PLANSEAL_BLESS=1` writes them anew.
fn as_recorded(file: &str, arguments: &[&str]) {
    let output = planseal(arguments).exits(0).out;
    recorded(&Path::new("tests/outputs").join(file), &output);
}

fn recorded(file: &Path, output: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("PLANSEAL_BLESS").is_some() {
        std::fs::write(&path, output).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        recorded == output,
        "{} differs; PLANSEAL_BLESS=1 accepts this:\n{output}",
        file.display()
    );
}

#[test]
fn explanations_are_as_recorded() {
    for (file, address, plan) in [
        ("explain-store.txt", "aws_db_instance.members", BAD),
        ("explain-bucket.txt", "aws_s3_bucket.profiles", GOOD),
        ("explain-key.txt", "aws_kms_key.shared", BAD),
        (
            "explain-undetermined.txt",
            "aws_sns_topic.unknown_condition",
            "testdata/conditions/plan.json",
        ),
        (
            "explain-companion.txt",
            "aws_s3_bucket_server_side_encryption_configuration.profiles",
            GOOD,
        ),
        (
            "explain-deleted-key.txt",
            "aws_kms_key.financial",
            "testdata/history/06-key-deleted.json",
        ),
    ] {
        as_recorded(file, &["explain", address, "--plan", plan]);
    }
    as_recorded(
        "explain-key.json",
        &["explain", "aws_kms_key.shared", "--plan", BAD, "--format", "json"],
    );
    as_recorded("explain-rule.txt", &["explain", "at-rest-below-minimum"]);
    as_recorded(
        "explain-rule.md",
        &["explain", "kms-rotation-disabled", "--format", "md"],
    );
    as_recorded("rules.txt", &["rules"]);
}

#[test]
fn the_list_of_rules_in_the_documentation_is_current() {
    let output = planseal(&["rules", "--format", "md"]).exits(0).out;
    recorded(Path::new("docs/rules.md"), &output);
}

#[test]
fn every_rule_can_be_explained() {
    let rules = planseal(&["rules", "--format", "json"]).exits(0).out;
    let rules: planseal::report::rules::v1::Rules = serde_json::from_str(&rules).unwrap();
    assert!(rules.rules.len() >= 21);
    for rule in &rules.rules {
        assert!(rule.source.starts_with("id: "), "{}", rule.id);
        let listed = rule.severity_when.iter().all(|case| !case.when.is_empty());
        assert!(
            listed && !rule.message.is_empty() && !rule.why.is_empty(),
            "{}",
            rule.id
        );
        planseal(&["explain", &rule.id])
            .exits(0)
            .says(&rule.title)
            .says(&rule.policy.file);
    }
}

#[test]
fn what_cannot_be_explained_says_what_to_do() {
    let wrong = |arguments: &[&str], complaint: &str| {
        planseal(&[&["explain"], arguments].concat())
            .exits(2)
            .prints_nothing()
            .complains(complaint);
    };
    wrong(&["kms-rotation-disable"], "did you mean `kms-rotation-disabled`?");
    wrong(&["nothing-like-it"], "`planseal rules` lists them");
    wrong(
        &["aws_s3_bucket.logs"],
        "planseal explain aws_s3_bucket.logs --plan plan.json",
    );
    wrong(
        &["module.a[\"b\"].aws_s3_bucket.logs"],
        "planseal explain 'module.a[\"b\"].aws_s3_bucket.logs' --plan",
    );
    wrong(
        &["kms-rotation-disabled", "--plan", BAD],
        "`kms-rotation-disabled` is no address of a resource",
    );
    wrong(
        &["aws_kms_key.share", "--plan", BAD],
        "did you mean `aws_kms_key.shared`?",
    );
    wrong(
        &["module.key.aws_kms_key.this", "--plan", GOOD],
        "name one of them module.key[\"",
    );
    wrong(&["aws_kms_key.shared", "--plan", "testdata"], "name one file");
    wrong(&["aws_kms_key.shared", "--plan", "README.md"], "help:");
    wrong(&["aws_kms_key.shared", "--plan", "missing.json"], "missing.json");
    wrong(
        &["aws_kms_key.shared", "--plan", BAD, "--format", "md"],
        "`text` or `json`",
    );
    wrong(&["aws_kms_key.shared", "--source", "."], "--plan");
}

#[test]
fn of_several_plans_in_a_file_one_is_named() {
    let line = |plan: &str| {
        let plan: serde_json::Value = serde_json::from_slice(&bytes(plan)).unwrap();
        format!("{plan}\n")
    };
    let both = format!("{}{}", line(BAD), line(BAD));
    let run = |more: &[&str]| {
        let arguments = [&["explain", "aws_kms_key.shared", "--plan", "-"], more].concat();
        finished(program(&arguments), both.as_bytes())
    };
    let several = run(&[]).exits(2);
    let name = several.err.split('`').nth(5).unwrap().to_owned();
    assert!(name.ends_with("#2"), "{}", several.err);
    run(&["--plan-name", &name]).exits(0).says("aws_kms_key.shared");
    run(&["--plan-name", "other"])
        .exits(2)
        .complains("no plan has that name")
        .complains(&name);
    // Where only one plan has it, it is meant.
    let mixed = format!("{}{}", line(GOOD), line(BAD));
    finished(
        program(&["explain", "aws_kms_key.shared", "--plan", "-"]),
        mixed.as_bytes(),
    )
    .exits(0)
    .says("violation");
}

#[test]
fn a_type_without_an_entry_says_what_to_do() {
    let mut plan: serde_json::Value = serde_json::from_slice(&bytes(BAD)).unwrap();
    let changes = plan["resource_changes"].as_array_mut().unwrap();
    let mut change = changes[0].clone();
    change["address"] = "aws_made_up.x".into();
    change["type"] = "aws_made_up".into();
    change["name"] = "x".into();
    changes.push(change);
    let run = finished(
        program(&["explain", "aws_made_up.x", "--plan", "-"]),
        &serde_json::to_vec(&plan).unwrap(),
    );
    run.exits(0)
        .says("no entry for `aws_made_up`")
        .says("--policy")
        .says("No rule looked at it");
}

#[test]
fn init_writes_what_loads_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = text(folder.path());
    planseal(&["init", root, "--with-example"])
        .exits(0)
        .says("wrote planseal.yaml")
        .says("wrote .github/workflows/planseal.yml")
        .says("planseal check plan.json");
    let config = format!("{root}/planseal.yaml");
    check(&[GOOD, "--config", &config]).exits(0);
    let rule = format!("{root}/policies/encryption/s3-bucket-force-destroy.yaml");
    check(&[GOOD, "--policy", &rule]).exits(0);
    planseal(&["explain", "s3-bucket-force-destroy", "--policy", &rule]).exits(0);
    std::fs::write(&config, "known_keys: []\n").unwrap();
    planseal(&["init", root, "--with-example"])
        .exits(0)
        .says("exists planseal.yaml")
        .says("Nothing to do");
    assert_eq!(std::fs::read_to_string(&config).unwrap(), "known_keys: []\n");
    // Two configurations in one folder would be an error.
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(".planseal.yaml"), "").unwrap();
    planseal(&["init", text(folder.path())])
        .exits(0)
        .says("exists planseal.yaml");
    assert!(!folder.path().join("planseal.yaml").exists());
    planseal(&["init", "missing"])
        .exits(2)
        .complains("`missing` is no folder");
}

#[test]
fn shells_complete_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = planseal(&["completions", shell]).exits(0);
        assert!(
            run.out.contains("explain") && run.out.contains("no-default-policies"),
            "{shell}"
        );
    }
    planseal(&["completions", "tcsh"]).exits(2);
}
