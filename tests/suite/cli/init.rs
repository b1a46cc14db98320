//! `init`: what it writes works as it stands.

use std::path::Path;

use planseal::cli::Described;
use planseal::run::schema;

use super::{GOOD, Run, bytes, check, finished, planseal, program, text};
use crate::schemas::{against, validator};

/// `planseal` in a folder of its own.
fn within(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = program(arguments);
    command.current_dir(folder);
    finished(command, b"")
}

fn initialised() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    planseal(&["init", text(folder.path()), "--with-example"]).exits(0);
    folder
}

#[test]
fn it_writes_what_loads_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = text(folder.path());
    planseal(&["init", root, "--with-example"])
        .exits(0)
        .says("wrote planseal.yaml")
        .says("wrote .github/workflows/planseal.yml")
        .says("wrote .planseal/schemas/config.schema.json")
        .says("planseal check plan.json");
    let config = format!("{root}/planseal.yaml");
    check(&[GOOD, "--config", &config]).exits(0);
    let rule = format!("{root}/policies/encryption/s3-bucket-force-destroy.yaml");
    check(&[GOOD, "--policy", &rule]).exits(0);
    planseal(&["explain", "s3-bucket-force-destroy", "--policy", &rule])
        .exits(0)
        .says("what it finds (A bucket whose objects go with it)");
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
fn editors_find_the_schemas_and_the_files_fit_them() {
    let folder = initialised();
    for (file, of) in [
        ("planseal.yaml", Described::Config),
        ("policies/encryption/s3-bucket-force-destroy.yaml", Described::Policy),
        ("policies/encryption/s3-bucket-force-destroy.test.yaml", Described::Test),
    ] {
        let path = folder.path().join(file);
        let written = std::fs::read_to_string(&path).unwrap();
        let line = written.lines().next().unwrap();
        let named = line.strip_prefix("# yaml-language-server: $schema=").unwrap();
        let named = std::fs::read_to_string(path.parent().unwrap().join(named)).unwrap();
        assert_eq!(named, schema::text(of), "{file}");
        let said = against(&validator(of), &written);
        // A configuration in which everything is commented out holds nothing yet.
        assert!(of == Described::Config || said.is_empty(), "{file}: {said:#?}");
    }
    for (name, whole) in schema::files() {
        let path = folder.path().join(".planseal/schemas").join(name);
        assert_eq!(std::fs::read_to_string(path).unwrap(), whole);
    }
}

/// A schema of another version says what that one reads.
#[test]
fn schemas_are_brought_up_to_date() {
    let folder = initialised();
    let path = folder.path().join(".planseal/schemas/config.schema.json");
    std::fs::write(&path, "{}").unwrap();
    let run = planseal(&["init", text(folder.path())]).exits(0);
    let run = run.says("updated .planseal/schemas/config.schema.json");
    assert!(
        run.out.contains("exists  .planseal/schemas/policy.schema.json"),
        "{}",
        run.out
    );
    assert_eq!(std::fs::read_to_string(&path).unwrap(), schema::text(Described::Config));
}

/// The text without the `#` before keys and what belongs to them; sentences stay comments.
fn uncommented(text: &str) -> String {
    let line = |line: &str| match line.strip_prefix("# ") {
        Some(rest) if rest.starts_with(' ') => format!("{rest}\n"),
        Some(rest) if rest.split_once(':').is_some_and(|(key, _)| is_key(key)) => format!("{rest}\n"),
        _ => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[test]
fn every_key_of_the_configuration_loads_once_it_is_uncommented() {
    let folder = initialised();
    let path = folder.path().join("planseal.yaml");
    let whole = uncommented(&std::fs::read_to_string(&path).unwrap());
    let keys: Vec<&str> = whole
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(key, _)| key)
        .filter(|key| is_key(key))
        .collect();
    let schema: serde_json::Value = serde_json::from_str(&schema::text(Described::Config)).unwrap();
    let mut known: Vec<&str> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    known.sort_unstable();
    assert_eq!(sorted, known, "the keys of a configuration");
    let said = against(&validator(Described::Config), &whole);
    assert!(said.is_empty(), "{said:#?}\n{whole}");
    std::fs::write(&path, &whole).unwrap();
    // The example of a waiver holds until the end of 2026.
    let run = check(&[
        GOOD,
        "--config",
        text(&path),
        "--today",
        "2026-12-01",
        "--gate",
        "never",
    ]);
    run.exits(0);
}

#[test]
fn the_example_passes_its_own_test() {
    let folder = initialised();
    within(
        folder.path(),
        &[
            "test",
            "policies/encryption",
            "--require-coverage",
            "--no-default-policies",
        ],
    )
    .says("2 cases: all as expected");
}

#[test]
fn the_next_steps_work_as_they_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let said = within(folder.path(), &["init", "--with-example"]).exits(0);
    for (name, from) in [
        ("plan.json", "testdata/registry-style/plan.json"),
        ("tfplan", "testdata/registry-style/tfplan"),
    ] {
        std::fs::write(folder.path().join(name), bytes(from)).unwrap();
    }
    let steps: Vec<&str> = said
        .out
        .lines()
        .filter_map(|line| line.trim().strip_prefix("planseal "))
        .collect();
    assert_eq!(steps.len(), 3, "{}", said.out);
    let mut codes = Vec::new();
    for step in steps {
        let arguments: Vec<&str> = step.split(' ').collect();
        let run = within(folder.path(), &arguments);
        assert!(run.err.is_empty(), "{step}: {}", run.err);
        codes.push(run.code);
    }
    let judged = check(&[
        "testdata/registry-style/plan.json",
        "--planfile",
        "testdata/registry-style/tfplan",
    ])
    .code;
    assert_eq!(codes[..2], [judged, 0]);
    assert!([0, 1, 3].contains(&codes[2]), "{codes:?}");
    // What an editor marks in it is nothing: every key is a comment.
    let workflow = std::fs::read_to_string(folder.path().join(".github/workflows/planseal.yml")).unwrap();
    assert!(workflow.starts_with("# Judges the plan"));
}
