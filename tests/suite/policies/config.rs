//! What is said of broken configurations, word for word; and what a configuration may leave out.

use std::path::{Path, PathBuf};

use planseal::policy::load::Source;
use planseal::policy::yaml::Diagnostics;

use crate::common::{FILES, TODAY, configured};

/// What is said of `CASE.yaml` stands in `CASE.expected`.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config-bad")
}

fn files(extension: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|one| one == extension))
        .collect();
    found.sort();
    found
}

fn errors(path: &Path) -> Diagnostics {
    let source = Source {
        file: path.file_name().unwrap().to_str().unwrap().to_owned(),
        text: std::fs::read_to_string(path).unwrap(),
    };
    let mut fetch = |path: &str| Err(format!("cannot read the policy `{path}`: no such file"));
    match FILES.under(&source, TODAY, &mut fetch) {
        Ok(_) => panic!("{} is read", path.display()),
        Err(errors) => errors,
    }
}

fn count(text: &str) -> usize {
    match configured(text) {
        Ok((policies, _)) => policies.known_keys.len(),
        Err(errors) => panic!("{text}\n{}", errors.render(false)),
    }
}

/// `PLANSEAL_BLESS=1` writes them anew; read what it wrote.
#[test]
fn what_is_said_of_broken_configurations_is_as_recorded() {
    let bless = std::env::var_os("PLANSEAL_BLESS").is_some();
    let cases = files("yaml");
    assert!(cases.len() >= 19, "tests/config-bad lost cases: {}", cases.len());
    let mut differ = Vec::new();
    for path in &cases {
        let said = errors(path).render(false);
        let expected = path.with_extension("expected");
        if bless {
            std::fs::write(&expected, &said).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != said {
            differ.push(said);
        }
    }
    assert!(
        differ.is_empty(),
        "PLANSEAL_BLESS=1 accepts this:\n{}",
        differ.join("\n")
    );
    assert_eq!(
        files("expected").len(),
        cases.len(),
        "nothing is recorded without a case"
    );
}

/// One mistake, one error, with its place; all of a file at once.
#[test]
fn each_mistake_is_reported_once() {
    let several = [
        ("addresses", 5),
        ("category-fields", 2),
        ("category-key", 3),
        ("category-recommends-less", 2),
        ("everything-at-once", 6),
        ("gate", 6),
        ("misspelt-fields", 3),
        ("rule-parameters", 3),
        ("same-arn-twice", 2),
        ("several-parts-at-once", 4),
        ("synonyms", 5),
        ("tag-keys", 2),
        ("types", 3),
        ("unclassified", 2),
        ("unknown-category", 2),
        ("waiver-with-empty-fields", 5),
        ("waiver-with-misspelt-fields", 2),
        ("waiver-without-anything", 5),
    ];
    for path in files("yaml") {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let expected = several.iter().find(|(one, _)| *one == name);
        let errors = errors(&path);
        assert_eq!(
            errors.len(),
            expected.map_or(1, |(_, count)| *count),
            "{name}:\n{}",
            errors.render(false)
        );
        assert!(errors.sorted().iter().all(|error| error.span.is_known()), "{name}");
    }
}

#[test]
fn a_configuration_may_say_nothing() {
    for text in [
        "",
        "# known_keys:\n#   - arn: …\n",
        "{}\n",
        "known_keys:\n",
        "known_keys: []\n",
    ] {
        assert_eq!(count(text), 0, "{text:?}");
    }
}

/// The same alias, or the id of a multi-Region key, stands for one key in each account and Region.
#[test]
fn one_name_in_two_places_is_two_keys() {
    let two = "
known_keys:
  - { arn: 'arn:aws:kms:eu-central-1:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab', aliases: [alias/cmk] }
  - { arn: 'arn:aws:kms:eu-west-1:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab', aliases: [alias/cmk] }
  - { arn: 'arn:aws:kms:eu-west-1:111122223333:alias/cmk', aliases: [alias/cmk, alias/cmk] }
";
    assert_eq!(count(two), 3);
}
