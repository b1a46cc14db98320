//! What is said of broken test files, word for word.

use std::path::{Path, PathBuf};

use planseal::policy::load::Source;
use planseal::policy::yaml::Diagnostics;
use planseal::testing;

use crate::common::{FILES, as_recorded};

/// What is said of `CASE.test.yaml` stands in `CASE.expected`.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tests-bad")
}

fn cases() -> Vec<(String, Source)> {
    let mut found: Vec<(String, Source)> = std::fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap().to_owned();
            let name = file.strip_suffix(".test.yaml")?.to_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            Some((name, Source { file, text }))
        })
        .collect();
    found.sort_by(|left, right| left.0.cmp(&right.0));
    assert!(found.len() >= 20, "tests/tests-bad lost cases: {}", found.len());
    found
}

fn errors(name: &str, source: &Source) -> Diagnostics {
    match testing::run(std::slice::from_ref(source), &FILES, None, |_| false) {
        Ok(_) => panic!("{name} is fine"),
        Err(errors) => errors,
    }
}

#[test]
fn what_is_said_of_broken_test_files_is_as_recorded() {
    let said = cases().into_iter().map(|(name, source)| {
        let said = errors(&name, &source).render(false);
        (name, said)
    });
    as_recorded(&folder(), said);
}

#[test]
fn one_mistake_is_reported_once_and_says_what_to_do() {
    for (name, source) in cases() {
        let errors = errors(&name, &source);
        let expected = if name == "several" { 3 } else { 1 };
        assert_eq!(errors.len(), expected, "{name}:\n{}", errors.render(false));
        for error in errors.sorted() {
            let whole_file = name == "called-after-no-rule";
            assert!(whole_file || error.span.is_known(), "{name}: {}", error.message);
            let says_it_itself = ["expected ", "missing field"]
                .iter()
                .any(|start| error.message.starts_with(start));
            let help = error.help.as_ref().or(error.label.as_ref());
            assert!(says_it_itself || help.is_some(), "{name}: {}", error.message);
        }
    }
}
