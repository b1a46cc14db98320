//! Where the ids of keys come from, against expectations written by hand from the configurations.

use std::collections::BTreeSet;
use std::path::Path;

use crate::common::POLICIES;
use crate::resolving::{self, Answer, Entry, Expected};

/// The rows of the table of ways in which a plan shows a key, as far as they are about keys and tags.
const CASES: [&str; 29] = [
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "19", "20", "22", "23",
    "24", "25", "26", "27", "28", "29", "31", "33", "34", "35",
];

fn label(folder: &Path) -> String {
    folder.file_name().unwrap().display().to_string()
}

/// The answers that are not those that are expected, in words.
fn differences<'e>(
    entries: &'e [Entry],
    found: &[Answer],
    expected: impl Fn(&'e Entry) -> &'e Expected,
) -> Vec<String> {
    assert_eq!(entries.len(), found.len());
    entries
        .iter()
        .zip(found)
        .filter(|(entry, answer)| !answer.meets(expected(entry)))
        .map(|(entry, answer)| {
            format!(
                "{} {} {}: {}\n        expected {:?}\n        found    {:?} {:?}",
                entry.case,
                entry.at,
                entry.path,
                entry.hcl,
                expected(entry),
                answer.what,
                answer.unknown
            )
        })
        .collect()
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_plan_alone_gives_what_it_can_tell() {
    let mut wrong = Vec::new();
    for folder in resolving::folders() {
        let entries = resolving::entries(&folder);
        let found = resolving::from_plan(&folder, &entries, &POLICIES);
        let differ = differences(&entries, &found, |entry| &entry.plan);
        wrong.extend(differ.into_iter().map(|one| format!("{} {one}", label(&folder))));
    }
    report(&wrong);
}

#[test]
fn the_plan_with_its_source_gives_the_key() {
    let mut wrong = Vec::new();
    for folder in resolving::folders() {
        let entries = resolving::entries(&folder);
        let found = resolving::from_source(&folder, &entries, &POLICIES);
        let differ = differences(&entries, &found, |entry| &entry.source);
        wrong.extend(differ.into_iter().map(|one| format!("{} {one}", label(&folder))));
    }
    report(&wrong);
}

/// What the plan alone excludes is not there, but where its references look like those of another expression.
#[test]
fn only_what_is_marked_so_is_wrong_without_the_source() {
    let mut wrong = Vec::new();
    for folder in resolving::folders() {
        let entries = resolving::entries(&folder);
        let found = resolving::from_plan(&folder, &entries, &POLICIES);
        for (entry, answer) in entries.iter().zip(&found) {
            if answer.excludes(&entry.source) != entry.misled.unwrap_or(false) {
                wrong.push(format!(
                    "{} {} {}: {:?}",
                    label(&folder),
                    entry.at,
                    entry.hcl,
                    answer.what
                ));
            }
        }
    }
    report(&wrong);
}

#[test]
fn every_case_has_a_plan_of_its_own_and_stays_small() {
    let mut cases = BTreeSet::new();
    for folder in resolving::folders() {
        let size = std::fs::metadata(folder.join("plan.json")).unwrap().len();
        assert!(size < 100_000, "{}: {size} bytes", label(&folder));
        cases.extend(resolving::entries(&folder).into_iter().map(|entry| entry.case));
    }
    let expected: BTreeSet<String> = CASES.iter().map(|&case| case.to_owned()).collect();
    assert_eq!(cases, expected);
}
