//! What is said of broken policies, word for word: a stranger reads it and knows what to do.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::common::as_recorded;
use planseal::policy::load::{Source, load};

/// Each case is a file `CASE.yaml`, or a folder `CASE` of several, and what is said of it stands in `CASE.expected`.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/policies-bad")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

fn source(path: &Path) -> Source {
    Source {
        file: path.strip_prefix(folder()).unwrap().display().to_string(),
        text: std::fs::read_to_string(path).unwrap(),
    }
}

fn cases() -> BTreeMap<String, Vec<Source>> {
    let mut cases = BTreeMap::new();
    for path in entries(&folder()) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            cases.insert(name, entries(&path).iter().map(|path| source(path)).collect());
        } else if path.extension().is_some_and(|extension| extension == "yaml") {
            cases.insert(name, vec![source(&path)]);
        }
    }
    assert!(cases.len() >= 40, "tests/policies-bad lost cases: {}", cases.len());
    cases
}

fn said(name: &str, sources: &[Source]) -> String {
    match load(sources, false) {
        Ok(_) => panic!("{name} loads"),
        Err(errors) => errors.render(false),
    }
}

#[test]
fn what_is_said_of_broken_policies_is_as_recorded() {
    let said = cases().into_iter().map(|(name, sources)| {
        let said = said(&name, &sources);
        (name, said)
    });
    as_recorded(&folder(), said);
}

#[test]
fn nothing_is_recorded_without_a_case() {
    let cases = cases();
    for path in entries(&folder()) {
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(cases.contains_key(name), "{}", path.display());
    }
}

#[test]
fn every_error_has_a_place_in_the_broken_file_and_says_what_to_do() {
    for (name, sources) in cases() {
        let errors = load(&sources, false).unwrap_err();
        for error in errors.sorted() {
            assert!(
                sources.iter().any(|source| source.file == error.file),
                "{name}: {}",
                error.file
            );
            assert!(error.span.is_known(), "{name}: {}", error.message);
            let says_it_itself = ["missing field", "expected "]
                .iter()
                .any(|start| error.message.starts_with(start));
            let help = error.help.as_ref().or(error.label.as_ref());
            assert!(
                says_it_itself || help.is_some_and(|help| !help.is_empty()),
                "{name}: {}",
                error.message
            );
        }
    }
}

/// One mistake, one error: what follows from it is not said as well.
#[test]
fn one_mistake_is_reported_once() {
    let several = [
        ("before-of-what-is-done", 3),
        ("companion-of-a-misspelt-type", 3),
        ("conditions-inside-nodes", 9),
        ("counts-that-say-nothing", 4),
        ("dates-in-other-words", 5),
        ("errors-of-two-stages", 4),
        ("expressions-of-all-kinds", 4),
        ("facts-of-all-kinds", 4),
        ("fixes-of-other-types", 2),
        ("key-asked-for-nothing", 3),
        ("key-hierarchy", 9),
        ("key-with-an-unknown-property", 2),
        ("lists-of-all-kinds", 6),
        ("metric-conditions", 6),
        ("metric-parts", 5),
        ("metric-rules", 7),
        ("metric-twice", 2),
        ("metric-without-of", 2),
        ("metric-words", 5),
        ("missing-fields", 3),
        ("missing-what", 2),
        ("not-a-store", 2),
        ("not-a-type", 2),
        ("operators-of-other-tools", 11),
        ("parameters-of-all-kinds", 5),
        ("paths-misspelt", 13),
        ("paths-that-say-too-much", 13),
        ("place-asked-for-nothing", 2),
        ("placeholders-never-filled", 9),
        ("quantifiers-beside-what-changes", 3),
        ("ranges", 6),
        ("several-nodes", 15),
        ("two-errors", 2),
        ("types-of-all-kinds", 3),
        ("unknown-category", 2),
        ("unknown-means", 3),
        ("unknown-placeholder", 2),
        ("users-without-an-amount", 3),
        ("waiver-in-a-rule-about-resources", 2),
        ("what-changes-inside-a-node", 4),
        ("words-of-another-tool", 5),
        ("wrong-type", 3),
    ];
    for (name, sources) in cases() {
        let expected = several
            .iter()
            .find(|(one, _)| *one == name)
            .map_or(1, |(_, count)| *count);
        let errors = load(&sources, false).unwrap_err();
        assert_eq!(errors.len(), expected, "{name}:\n{}", errors.render(false));
    }
}

#[test]
fn errors_of_all_files_are_reported_at_once() {
    let cases = cases();
    let some = ["bad-path", "misspelt-key", "unknown-setting"];
    let sources: Vec<Source> = some.iter().flat_map(|name| cases[*name].clone()).collect();
    let all = said("all", &sources);
    for name in some {
        let alone = said(name, &cases[name]);
        assert!(all.contains(&alone), "{name}:\n{alone}\nis not in\n{all}");
    }
}

/// A policy is shown on terminals and in logs: what it holds cannot act there.
#[test]
fn hostile_policies_are_rendered_harmlessly() {
    let text = "id: x\u{1b}[31m\ntitle: \u{202e}txt\nseverty: \u{7}\n";
    let rendered = said(
        "hostile",
        &[Source {
            file: "x\u{1b}.yaml".into(),
            text: text.into(),
        }],
    );
    let hidden = rendered
        .chars()
        .find(|c| *c != '\n' && planseal::report::escape::is_hidden(*c));
    assert_eq!(hidden, None, "{rendered:?}");
}
