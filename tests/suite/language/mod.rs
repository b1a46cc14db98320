//! `docs/language.md` is made of the schemas, and every word of conditions has an example that loads.

mod guide;
mod page;
mod words;

use std::collections::BTreeSet;
use std::path::PathBuf;

use planseal::policy::load::{Source, load};

use crate::schemas::root;
use words::Words;

fn examples() -> PathBuf {
    root().join("docs/examples")
}

/// The name of the example of a word: `at_least` is `at-least`, and what is asked of a category is `category-is`.
fn example_of(path: &[&str]) -> String {
    path.join("-").replace('_', "-")
}

/// `PLANSEAL_BLESS=1` writes it anew.
#[test]
fn the_reference_is_made_of_the_schemas() {
    let page = page::page();
    let path = root().join("docs/language.md");
    if std::env::var_os("PLANSEAL_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == page,
        "docs/language.md differs: PLANSEAL_BLESS=1 writes it anew"
    );
}

#[test]
fn every_word_has_an_example_and_every_example_a_word() {
    let words: BTreeSet<String> = Words::new().examples().into_iter().collect();
    assert!(words.len() > 30, "{}", words.len());
    let mut there = BTreeSet::new();
    for entry in std::fs::read_dir(examples()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue; // examples of something else
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let stem = name.strip_suffix(".test.yaml").or_else(|| name.strip_suffix(".yaml"));
        there.insert(stem.unwrap_or_else(|| panic!("{name}")).to_owned());
    }
    assert_eq!(words, there);
}

/// An example says its word, is short, and has cases on both sides.
#[test]
fn every_example_shows_its_word() {
    for (word, example) in Words::new().words() {
        let rule = std::fs::read_to_string(examples().join(format!("{example}.yaml"))).unwrap();
        assert!(
            rule.contains(&format!("{word}: ")) || rule.contains(&format!("{word}:\n")),
            "{example}: {word}"
        );
        assert!(rule.lines().count() < 20, "{example}");
        let cases = std::fs::read_to_string(examples().join(format!("{example}.test.yaml"))).unwrap();
        let id = rule.lines().find_map(|line| line.strip_prefix("id: ")).unwrap();
        assert!(cases.starts_with(&format!("rule: {id}\ncases:\n")), "{example}");
        assert!(
            cases.contains("violation") && (cases.contains("pass") || cases.contains("not-applicable")),
            "{example}"
        );
    }
}

#[test]
fn every_example_loads() {
    let sources: Vec<Source> = Words::new()
        .examples()
        .into_iter()
        .map(|example| Source {
            text: std::fs::read_to_string(examples().join(format!("{example}.yaml"))).unwrap(),
            file: format!("docs/examples/{example}.yaml"),
        })
        .collect();
    if let Err(errors) = load(&sources, true) {
        panic!("{}", errors.render(false));
    }
}
