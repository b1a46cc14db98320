//! `docs/language.md` is made of the schemas, and every word of conditions has an example that loads.

mod guide;
pub(crate) mod page;
mod text;
mod words;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use planseal::eval::Conclusion;
use planseal::policy::load::{Files, Source, is_test_file};
use planseal::testing::coverage::Missing;
use planseal::testing::render::sentence;
use planseal::testing::{self, render};

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
        if path.is_dir() || path.ends_with("planseal.yaml") {
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

/// The files of a folder and of those in it, policies and test files apart.
fn files(folder: &Path) -> (Vec<Source>, Vec<Source>) {
    let (mut policies, mut tests) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.display().to_string();
        if path.is_dir() {
            let (more_policies, more_tests) = files(&path);
            policies.extend(more_policies);
            tests.extend(more_tests);
        } else if !path.ends_with("planseal.yaml") {
            let text = std::fs::read_to_string(&path).unwrap();
            let of_its_kind = if is_test_file(&file) { &mut tests } else { &mut policies };
            of_its_kind.push(Source { file, text });
        }
    }
    (policies, tests)
}

/// What the cases of `docs/testing-policies.md` leave out, to show how that is reported.
const SHOWN_AS_A_GAP: &str = "topic-without-key";

/// Runs these cases without the built-in policies; every rule has a pass, a violation, and both answers of each condition.
pub(super) fn run(policies: &[Source], tests: &[Source]) {
    let results = testing::run(tests, &Files::read(policies, true), None, |_| true);
    let results = results.unwrap_or_else(|errors| panic!("{}", errors.render(false)));
    let shown = render::render(&results, render::Options::default());
    assert_eq!(results.failed(), 0, "{shown}");
    let gaps = results.coverage.gaps();
    let gaps = gaps
        .iter()
        .filter(|gap| gap.missing != Missing::Outcome(Conclusion::Undetermined) && gap.rule != SHOWN_AS_A_GAP);
    let gaps: Vec<String> = gaps.map(sentence).collect();
    assert!(gaps.is_empty(), "{gaps:#?}");
}

#[test]
fn every_example_runs() {
    let (policies, tests) = files(&examples());
    assert!(tests.len() > 60, "{}", tests.len());
    run(&policies, &tests);
}

/// Rules of many kinds, written by somebody who knew nothing of planseal but its documentation.
#[test]
fn the_first_rules_of_a_newcomer_run() {
    let folder = root().join("tests/first-rules");
    let (policies, tests) = files(&folder);
    assert!(tests.len() >= 10, "{}", tests.len());
    run(&policies, &tests);
    for source in policies.iter().chain(&tests) {
        let lines = source.text.lines().count();
        assert!(
            is_test_file(&source.file) || lines < 20,
            "{}: {lines} lines",
            source.file
        );
    }
}

/// Links inside the page, and to files beside it.
#[test]
fn every_link_of_the_reference_leads_somewhere() {
    let page = page::page();
    let anchors: BTreeSet<String> = text::headings(&page).into_iter().map(|(.., anchor)| anchor).collect();
    let mut seen = 0;
    for link in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        let there = match link.strip_prefix('#') {
            Some(anchor) => anchors.contains(anchor),
            None => link.starts_with("https://") || root().join("docs").join(link).exists(),
        };
        assert!(there, "{link}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}
