//! Every YAML block of `docs/writing-policies.md` is a file that is read.

use planseal::cli::Described;
use planseal::policy::load::{Source, load};

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

/// The guide shows the cases of its first rule only.
#[test]
fn every_test_in_the_guide_runs() {
    let (policies, tests) = files();
    assert!(!tests.is_empty());
    for test in tests {
        let of = test.file.replace(".test.yaml", ".yaml");
        let policy = policies.iter().find(|source| source.file == of);
        let policy = policy.unwrap_or_else(|| panic!("{of}"));
        super::run(std::slice::from_ref(policy), &[test]);
    }
}
