//! The policies that come with planseal follow their own rules.

use std::collections::BTreeSet;

use planseal::policy::builtin;
use planseal::policy::load::{is_test_file, load};
use planseal::policy::template::PLACEHOLDERS;

use crate::common::POLICIES;
use crate::language::page::{METRIC, RULE};

/// The rules' own files, by the name of the file.
fn rule_files() -> Vec<(String, String)> {
    let rules = builtin::sources().into_iter().filter_map(|source| {
        let stem = source.file.strip_prefix("policies/rules/")?.strip_suffix(".yaml")?;
        Some((stem.to_owned(), source.text))
    });
    rules.collect()
}

#[test]
fn every_built_in_file_loads_without_errors() {
    let sources = builtin::sources();
    assert!(sources.len() >= 17, "{}", sources.len());
    let on_disk = walk(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("policies"));
    assert_eq!(sources.len(), on_disk, "a file under policies/ is not embedded");
    if let Err(errors) = load(&[], false) {
        panic!("{}", errors.render(false));
    }
}

fn walk(folder: std::path::PathBuf) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| match path.is_dir() {
            true => walk(path),
            false => usize::from(
                path.extension()
                    .is_some_and(|extension| extension == "yaml" || extension == "yml")
                    && !is_test_file(&path.to_string_lossy()),
            ),
        })
        .sum()
}

#[test]
fn a_rule_is_named_after_its_file() {
    let files: BTreeSet<String> = rule_files().into_iter().map(|(stem, _)| stem).collect();
    let ids: BTreeSet<String> = POLICIES.rules.iter().map(|rule| rule.id.clone()).collect();
    assert_eq!(files, ids);
    for rule in &POLICIES.rules {
        assert_eq!(rule.file, format!("policies/rules/{}.yaml", rule.id));
    }
}

#[test]
fn a_metric_is_named_after_its_file_and_says_all_that_a_person_needs() {
    assert!(POLICIES.metrics.len() >= 3);
    for metric in &POLICIES.metrics {
        assert_eq!(metric.file, format!("policies/metrics/{}.yaml", metric.id));
        assert!(
            !metric.why.is_empty() && metric.reference.starts_with("https://"),
            "{}",
            metric.id
        );
        let keys = metric
            .text
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
        let keys: Vec<&str> = keys.filter_map(|line| line.split(':').next()).collect();
        assert_eq!(keys, METRIC, "{}", metric.id);
    }
}

#[test]
fn a_rule_says_all_that_a_person_needs() {
    for rule in &POLICIES.rules {
        let message = rule.message.fill(|_| "x".into());
        for (field, text) in [("title", &rule.title), ("message", &message), ("why", &rule.why)] {
            assert!(!text.trim().is_empty(), "{}: {field}", rule.id);
            assert!(
                text.starts_with(|c: char| c.is_uppercase() || c == '`' || c == 'x'),
                "{}: {field}",
                rule.id
            );
        }
        assert!(!rule.fix.fill(|_| "x".into()).trim().is_empty(), "{}", rule.id);
        assert!(
            !rule.controls.is_empty(),
            "{}: which control does it implement?",
            rule.id
        );
        assert!(rule.reference.starts_with("https://"), "{}", rule.id);
    }
    for (resource_type, store) in &POLICIES.catalog.stores {
        assert!(
            store.reference.starts_with("https://docs.aws.amazon.com/"),
            "{resource_type}"
        );
    }
}

#[test]
fn titles_are_one_line_without_a_period_and_sentences_have_one() {
    for rule in &POLICIES.rules {
        assert!(!rule.title.ends_with('.') && !rule.title.contains('\n'), "{}", rule.id);
        assert!(rule.title.len() <= 72, "{}: {}", rule.id, rule.title.len());
        let message = rule.message.fill(|_| "x".into());
        let facts = rule.facts.iter().map(|fact| fact.text.as_str());
        for text in [message.trim_end(), rule.why.as_str()].into_iter().chain(facts) {
            assert!(text.ends_with('.') && !text.contains('\n'), "{}: {text}", rule.id);
        }
    }
}

#[test]
fn rules_list_their_fields_in_one_order() {
    for (stem, text) in rule_files() {
        let keys: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(':').map(|(key, _)| key))
            .collect();
        let places: Vec<usize> = keys
            .iter()
            .filter_map(|key| RULE.iter().position(|known| known == key))
            .collect();
        assert!(places.is_sorted(), "{stem}: {keys:?}");
        let before = keys
            .strip_suffix(&["reference"])
            .unwrap_or_else(|| panic!("{stem}: {keys:?}"));
        let before = before.strip_suffix(&["facts"]).unwrap_or(before);
        let before = before.strip_suffix(&["fixes"]).unwrap_or(before);
        assert!(before.ends_with(&["fix"]), "{stem}: {keys:?}");
    }
}

/// Why a text is not HCL, as far as brackets and quotes tell.
fn unbalanced(hcl: &str) -> Option<String> {
    let mut open = Vec::new();
    for (number, line) in hcl.lines().enumerate() {
        let mut quoted = false;
        for c in line.split(" #").next().unwrap_or_default().chars() {
            match (c, quoted) {
                _ if line.trim_start().starts_with('#') => break,
                ('"', _) => quoted = !quoted,
                ('{' | '[' | '(', false) => open.push(c),
                ('}' | ']' | ')', false) => {
                    let pair = (open.pop(), c);
                    if !matches!(pair, (Some('{'), '}') | (Some('['), ']') | (Some('('), ')')) {
                        return Some(format!("line {}: `{c}` closes nothing", number + 1));
                    }
                }
                _ => {}
            }
        }
        if quoted {
            return Some(format!("line {}: a quote is open", number + 1));
        }
    }
    open.pop().map(|c| format!("`{c}` is never closed"))
}

#[test]
fn unbalanced_code_is_found() {
    assert_eq!(unbalanced("a {\n  b = [\"}\"] # it's {\n}\n# {"), None);
    for wrong in ["a {", "a }", "a { b = [ } ]", "a = \"b", "a = (1]"] {
        assert!(unbalanced(wrong).is_some(), "{wrong}");
    }
}

#[test]
fn fixes_are_code() {
    for (place, fix) in super::fixes::fixes() {
        assert_eq!(unbalanced(&fix), None, "{place}:\n{fix}");
        for line in fix.lines() {
            assert!(!line.contains('\t') && line.trim_end() == line, "{place}: {line:?}");
            assert!(
                line.chars().take_while(|c| *c == ' ').count() % 2 == 0,
                "{place}: {line:?}"
            );
        }
    }
}

#[test]
fn a_part_s_fix_sets_the_attribute_that_is_judged() {
    use planseal::policy::catalog::Grant;
    for (resource_type, store) in &POLICIES.catalog.stores {
        for part in &store.parts {
            let fix = part.fix.fill(|_| "x".into());
            let cases = part.sources.iter().take(1).flat_map(|source| &source.cases);
            for case in cases {
                if let Grant::Key(key) = &case.grant {
                    let path = super::schema::plain(&key.path);
                    let attribute = path.rsplit('.').next().unwrap().to_owned();
                    let set = fix
                        .lines()
                        .any(|line| line.trim_start().starts_with(&attribute) && line.contains('='));
                    assert!(set, "{resource_type}: `{attribute}` is not in\n{fix}");
                }
            }
            assert!(
                fix.contains(&format!("resource \"{resource_type}")),
                "{resource_type}:\n{fix}"
            );
        }
    }
}

#[test]
fn placeholders_are_all_of_use() {
    let texts: String = builtin::sources().into_iter().map(|source| source.text).collect();
    let idle: Vec<&&str> = PLACEHOLDERS
        .iter()
        .filter(|name| !texts.contains(&format!("{{{{{name}}}}}")))
        .collect();
    assert!(
        idle.iter().all(|name| **name == "part"),
        "no built-in policy shows that they work: {idle:?}"
    );
}

#[test]
fn a_type_with_an_entry_is_not_listed_as_one_without() {
    let catalog = &POLICIES.catalog;
    let originals = catalog
        .originals
        .keys()
        .chain(catalog.keys.keys())
        .map(|(_, name)| name);
    let entries = catalog.stores.keys().chain(originals);
    let both: Vec<_> = entries.filter(|name| catalog.without_entry.contains(*name)).collect();
    assert!(both.is_empty(), "{both:?}");
}

#[test]
fn the_category_table_is_the_strategy_s() {
    let table = &POLICIES.categories;
    let minimum = |id: &str| table.by_id[id].minimum.word();
    let expected = [
        ("pii", "cmk"),
        ("financial", "cmk"),
        ("health", "cmk"),
        ("audit-logs", "cmk"),
        ("operational", "aws-managed"),
        ("public", "aws-owned"),
    ];
    assert_eq!(table.by_id.len(), expected.len());
    for (id, level) in expected {
        assert_eq!(minimum(id), level, "{id}");
        let category = &table.by_id[id];
        assert!(
            category.recommended.iter().all(|one| one.level >= category.minimum),
            "{id}"
        );
    }
    assert_eq!(table.unclassified, "operational");
}
