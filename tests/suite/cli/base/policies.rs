//! Policy files of one's own: a change that weakens one loosens the judge.

use planseal::report::v1::{Report, SettingChange};

use super::CONFIG;
use super::repository::{PullRequest, against, judged, of_note};
use crate::cli::text;

const RULE: &str = "id: own-rule
title: Queues are named
severity: high
resources: [aws_sqs_queue]
require: { path: $.name, set: true }
why: Because.
fix: Name it.
";

fn told(report: &Report) -> Vec<(String, SettingChange)> {
    assert_eq!(against(report).1, "", "nothing else is to be said");
    of_note(report)
}

fn file(name: &str, change: SettingChange) -> (String, SettingChange) {
    (format!("policy file `{name}`"), change)
}

#[test]
fn files_in_folders_are_compared() {
    let base = [
        ("prod/planseal.yaml", "policies: [../own]\n"),
        ("own/kept.yaml", RULE),
        ("own/kept.test.yaml", "cases: []\n"),
        ("own/deep/gone.yaml", &RULE.replace("own-rule", "gone")),
        ("own/deep/lower.yaml", &RULE.replace("own-rule", "lower")),
        ("own/deep/other.yaml", &RULE.replace("own-rule", "other")),
        ("own/written.yaml", &RULE.replace("own-rule", "written")),
        ("own/moved.yaml", &RULE.replace("own-rule", "moved")),
        ("own/README.md", "x"),
    ];
    let head = [
        ("prod/planseal.yaml", "policies: [../own]\n"),
        ("own/kept.yaml", RULE),
        ("own/kept.test.yaml", "cases: [] # other\n"),
        (
            "own/deep/lower.yaml",
            &RULE.replace("own-rule", "lower").replace("high", "low"),
        ),
        (
            "own/deep/other.yaml",
            &RULE.replace("own-rule", "other").replace("$.name", "$.id"),
        ),
        (
            "own/written.yaml",
            &format!("# why\n{}", RULE.replace("own-rule", "'written'")),
        ),
        ("own/deep/moved.yaml", &RULE.replace("own-rule", "moved")),
        ("own/new.yaml", "lists: { own.names: { title: Names, values: [a] } }\n"),
    ];
    let work = PullRequest::new(&base, &head).merged("2");
    use SettingChange::{Added, Changed, Loosened};
    let expected = [
        file("own/deep/gone.yaml", Loosened),
        file("own/deep/lower.yaml", Loosened),
        file("own/deep/other.yaml", Changed),
        file("own/new.yaml", Added),
    ];
    let mut found = told(&work.report());
    found.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(found, expected);
    judged(&work.checkout(), &work.variables(), &[])
        .says("This change touches what plans are judged by")
        .says("loosened policy file `own/deep/gone.yaml`: rule `gone` (high) → not set")
        .says("loosened policy file `own/deep/lower.yaml`: rule `lower` (high) → rule `lower` (low)")
        .says("changed policy file `own/deep/other.yaml`: rule `other` (high)")
        .says("added policy file `own/new.yaml`: named lists");
    let markdown = judged(&work.checkout(), &work.variables(), &["--format", "markdown"]).out;
    assert!(
        markdown.find("own/deep/gone.yaml").unwrap() < markdown.find("####").unwrap(),
        "{markdown}"
    );
}

/// Whether the configuration still names them or not.
#[test]
fn files_that_are_no_longer_named_are_gone() {
    let base = [
        (CONFIG, "policies: [own, ./other/b.yaml]\n"),
        ("own/a.yaml", RULE),
        ("other/b.yaml", "lists: { own.b: { title: B, values: [b] } }\n"),
    ];
    let head = [
        (CONFIG, "policies: [own]\n"),
        ("own/a.yaml", RULE),
        ("other/b.yaml", "lists: { own.b: { title: B, values: [b] } }\n"),
    ];
    let work = PullRequest::new(&base, &head).merged("2");
    let expected = [
        file("other/b.yaml", SettingChange::Loosened),
        ("policies".to_owned(), SettingChange::Loosened),
    ];
    assert_eq!(told(&work.report()), expected);
}

#[test]
fn files_that_options_name_are_compared_where_they_lie_in_the_repository() {
    let changed = RULE.replace("high", "medium");
    let base = [(CONFIG, "{}\n"), ("own/a.yaml", RULE)];
    let work = PullRequest::new(&base, &[(CONFIG, "{}\n"), ("own/a.yaml", &changed)]).merged("2");
    let folder = work.checkout().join("own");
    let report = judged(
        &work.checkout(),
        &work.variables(),
        &["--format", "json", "--policy", text(&folder)],
    )
    .report();
    assert_eq!(told(&report), [file("own/a.yaml", SettingChange::Loosened)]);
    // One that lies elsewhere is not the change's.
    let outside = tempfile::tempdir().unwrap();
    let policy = outside.path().join("own.yaml");
    std::fs::write(&policy, RULE).unwrap();
    let options = ["--format", "json", "--policy", text(&policy)];
    assert_eq!(
        of_note(&judged(&work.checkout(), &work.variables(), &options).report()),
        []
    );
}

#[test]
fn a_base_in_a_file_tells_nothing_of_policy_files() {
    let base = [(CONFIG, "policies: [own]\n"), ("own/a.yaml", RULE)];
    let work = PullRequest::new(&base, &base).merged("2");
    let file = work.checkout().join(CONFIG);
    let options = ["--format", "json", "--config-base", text(&file)];
    let report = judged(&work.checkout(), &work.variables(), &options).report();
    let (base, note) = against(&report);
    assert_eq!(base, Some(text(&file)));
    assert!(
        note.contains("policy files are not compared") && note.contains("`--config-base-ref`"),
        "{note}"
    );
}
