//! Every YAML block of `docs/writing-policies.md` is a file that is read.

use planseal::cli::Described;
use planseal::policy::load::{Source, load};
use serde_json::Value;

use crate::schemas::{against, blocks, root, validator};

/// Policies with their names, and test files.
fn files() -> (Vec<Source>, Vec<Source>) {
    let guide = std::fs::read_to_string(root().join("docs/writing-policies.md")).unwrap();
    let blocks = blocks(&guide, "yaml");
    let all = blocks.into_iter().map(|text| {
        let first = text
            .lines()
            .next()
            .unwrap()
            .strip_prefix("# ")
            .expect("a comment that names the file");
        Source {
            file: first.to_owned(),
            text,
        }
    });
    all.partition(|source| !source.file.ends_with(".test.yaml"))
}

#[test]
fn every_rule_in_the_guide_loads() {
    let (policies, _) = files();
    assert!(policies.len() >= 4, "{}", policies.len());
    if let Err(errors) = load(&policies, true) {
        panic!("{}", errors.render(false));
    }
    let validator = validator(Described::Policy);
    for source in &policies {
        assert_eq!(against(&validator, &source.text), [""; 0], "{}", source.file);
    }
}

#[test]
fn every_test_in_the_guide_is_of_a_rule_in_it() {
    let (policies, tests) = files();
    assert!(!tests.is_empty());
    for test in tests {
        let of = test.file.replace(".test.yaml", ".yaml");
        assert!(policies.iter().any(|source| source.file == of), "{of}");
        let cases: Value = serde_saphyr::from_str(&test.text).unwrap();
        assert!(
            cases["cases"].as_array().is_some_and(|cases| cases.len() > 1),
            "{}",
            test.file
        );
    }
}
