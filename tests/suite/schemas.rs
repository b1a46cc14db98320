//! The JSON Schemas: those that are checked in are those of the types, and they take what planseal takes.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;
use jsonschema::Validator;
use planseal::cli::Described;
use planseal::policy::builtin;
use planseal::report::json;
use planseal::run::schema;
use serde_json::Value;

use crate::common::{configured, judge_under, label, plans, policies_of, read, testdata};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `PLANSEAL_BLESS=1` writes them anew.
#[test]
fn the_schemas_are_those_of_the_types() {
    let folder = root().join("schemas");
    let files = schema::files();
    for (name, text) in &files {
        assert!(name.ends_with(".schema.json"), "{name}");
        let path = folder.join(name);
        if std::env::var_os("PLANSEAL_BLESS").is_some() {
            std::fs::write(&path, text).unwrap();
        }
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(there == *text, "{name} differs: PLANSEAL_BLESS=1 writes it anew");
    }
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), files.len());
}

#[test]
fn the_program_prints_them() {
    let run = |of: &str| {
        Command::new(env!("CARGO_BIN_EXE_planseal"))
            .args(["schema", of])
            .output()
            .unwrap()
    };
    for of in Described::value_variants() {
        let printed = run(of.to_possible_value().unwrap().get_name());
        assert_eq!(printed.status.code(), Some(0));
        assert_eq!(String::from_utf8(printed.stdout).unwrap(), schema::text(*of));
    }
    let wrong = run("polcy");
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("'policy'"));
}

/// A validator, having made sure that the schema is one.
pub(crate) fn validator(of: Described) -> Validator {
    let schema: Value = serde_json::from_str(&schema::text(of)).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap_or_else(|error| panic!("{of:?}: {error}"));
    jsonschema::draft202012::new(&schema).unwrap()
}

/// What a schema says against a file; nothing of one that is no YAML.
pub(crate) fn against(validator: &Validator, text: &str) -> Vec<String> {
    let Ok(value) = serde_saphyr::from_str::<Value>(text) else {
        return vec![];
    };
    let said = validator.iter_errors(&value);
    said.map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn files_in(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_in(&path, extension));
        } else if path.extension().is_some_and(|one| one == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn every_policy_that_comes_with_planseal_fits_the_schema() {
    let validator = validator(Described::Policy);
    let sources = builtin::sources();
    assert!(sources.len() > 60);
    for source in sources {
        let said = against(&validator, &source.text);
        assert!(said.is_empty(), "{}: {said:#?}", source.file);
    }
}

/// Those of `tests/policies-bad` do not load: that is another test's.
#[test]
fn every_policy_in_the_documentation_and_the_tests_fits_the_schema() {
    let validator = validator(Described::Policy);
    let folders = ["docs", "tests"]
        .iter()
        .flat_map(|folder| files_in(&root().join(folder), "yaml"));
    let mut seen = 0;
    for path in folders {
        let name = path.display().to_string();
        if name.ends_with(".test.yaml")
            || name.ends_with("planseal.yaml")
            || ["policies-bad", "config-bad", "tests/coverage"]
                .iter()
                .any(|bad| name.contains(bad))
        {
            continue;
        }
        let said = against(&validator, &std::fs::read_to_string(&path).unwrap());
        assert!(said.is_empty(), "{name}: {said:#?}");
        seen += 1;
    }
    assert!(seen > 30, "{seen}");
}

#[test]
fn every_file_of_test_cases_fits_the_schema() {
    let validator = validator(Described::Test);
    let folders = ["docs", "tests", "policies", "src"].map(|folder| files_in(&root().join(folder), "yaml"));
    let mut seen = 0;
    for path in folders.into_iter().flatten() {
        let name = path.display().to_string();
        if name.ends_with(".test.yaml") && !name.contains("-bad") {
            let said = against(&validator, &std::fs::read_to_string(&path).unwrap());
            assert!(said.is_empty(), "{name}: {said:#?}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
    for wrong in [
        "cases: 1",
        "case: []",
        "cases: [{ name: a, expect: { aws_x.a: passes } }]",
    ] {
        assert!(!against(&validator, wrong).is_empty(), "{wrong}");
    }
}

#[test]
fn every_configuration_that_is_read_fits_the_schema() {
    let validator = validator(Described::Config);
    let mut texts: Vec<String> = files_in(&testdata(), "yaml")
        .iter()
        .filter(|path| path.file_name().is_some_and(|name| name == "planseal.yaml"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    assert!(texts.len() >= 2, "{}", texts.len());
    texts.extend(["known_keys:\n", "known_keys: []\n", "{}\n"].map(str::to_owned));
    texts.push(std::fs::read_to_string(root().join("docs/examples/configuration/planseal.yaml")).unwrap());
    let page = std::fs::read_to_string(root().join("docs/configuration.md")).unwrap();
    let shown = blocks(&page, "yaml");
    assert!(shown.len() >= 5, "{}", shown.len());
    texts.extend(shown);
    for text in texts {
        // What it names is not there.
        if !text.lines().any(|line| line.starts_with("policies:")) {
            assert!(configured(&text).is_ok(), "{text}");
        }
        let said = against(&validator, &text);
        assert!(said.is_empty(), "{text}\n{said:#?}");
    }
}

/// The blocks of a language in a Markdown text.
pub(crate) fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    let parts = text.split(&fence).skip(1);
    parts.map(|part| part.split("```").next().unwrap().to_owned()).collect()
}

#[test]
fn every_report_fits_the_schema() {
    let validator = validator(Described::Report);
    for path in plans() {
        let report = judge_under(&read(&path), None, &policies_of(&path)).report;
        let value: Value = serde_json::from_str(&json::render(&report)).unwrap();
        let said: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(said.is_empty(), "{}: {said:#?}", label(&path));
    }
}

/// What is wrong with these is how they are written, and not only what they mean; an editor can say so.
const OF_SHAPE: [&str; 24] = [
    "`at_most` does not go with `lowered`",
    "`because` is missing",
    "`equals` does not go with `level`",
    "`order` needs `lowered`",
    "`where` does not say for how many nodes",
    "`where` stands alone",
    "`written` stands alone",
    "a case must grant exactly one thing",
    "a condition with several subjects",
    "a condition without a subject",
    "a reference must be an https:// address",
    "an order of fewer than two values",
    "demands nothing",
    "demands two things",
    "does not say what it looks at",
    "expected a",
    "is empty",
    "is not a rule id",
    "missing field",
    "not a JSONPath: it must start with",
    "nothing is asked of",
    "this key has no name",
    "unknown field",
    "unknown value",
];

/// The shape is right where a parameter stands; what is wrong is its value, elsewhere. And JSON has no keys but texts.
const NOT_OF_SHAPE: [&str; 3] = [
    "parameter-of-another-type",
    "rule-parameters",
    "account-without-quotation-marks",
];

#[test]
fn a_file_of_the_wrong_shape_is_refused_by_the_schema() {
    let (mut refused, mut passes) = (0, Vec::new());
    for (folder, of) in [("policies-bad", Described::Policy), ("config-bad", Described::Config)] {
        let validator = validator(of);
        for path in files_in(&root().join("tests").join(folder), "yaml") {
            let expected = std::fs::read_to_string(path.with_extension("expected")).unwrap_or_default();
            let errors = expected.lines().filter(|line| line.starts_with("error"));
            let of_shape: Vec<&str> = errors
                .filter(|line| OF_SHAPE.iter().any(|one| line.contains(one)))
                .collect();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if of_shape.is_empty() || NOT_OF_SHAPE.contains(&name) {
                continue;
            }
            let said = against(&validator, &std::fs::read_to_string(&path).unwrap());
            match said.is_empty() {
                true => passes.push(format!("{name}: {of_shape:?}")),
                false => refused += 1,
            }
        }
    }
    assert!(passes.is_empty(), "{passes:#?}");
    assert!(refused >= 35, "{refused}");
}
