//! `planseal post` with reports that nobody can trust.

use std::sync::LazyLock;

use planseal::report::annotations::{self, Folders};
use planseal::report::markdown;
use planseal::report::merge::{Part, merge};
use planseal::report::received::read;
use planseal::report::text::{self as terminal, TextOptions};
use planseal::report::v1::{Report, Verdict};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{BAD, GOOD, Run, check, finished, folder, planseal, program, text};

fn report(plan: &str) -> String {
    check(&[plan, "--format", "json", "--today", "2026-06-01"]).out
}

fn bad() -> &'static str {
    static REPORT: LazyLock<String> = LazyLock::new(|| report(BAD));
    &REPORT
}

/// `planseal post` of one report with these bytes.
fn post(bytes: &[u8]) -> Run {
    finished(program(&["post", "-"]), bytes)
}

/// The report with one thing changed in it.
fn changed(change: impl FnOnce(&mut Value)) -> String {
    let mut report: Value = serde_json::from_str(bad()).unwrap();
    change(&mut report);
    serde_json::to_string_pretty(&report).unwrap()
}

#[test]
fn a_report_is_printed_as_the_check_printed_it() {
    for plan in [BAD, GOOD] {
        let checked = check(&[plan, "--today", "2026-06-01"]);
        let posted = post(report(plan).as_bytes()).exits(checked.code);
        assert_eq!(posted.out, checked.out);
        let posted = posted.complains("`GITHUB_ACTIONS` is not `true`");
        assert_eq!(posted.err.lines().count(), 1, "{}", posted.err);
    }
    let as_json = finished(program(&["post", "-", "--format", "json"]), bad().as_bytes());
    assert_eq!(as_json.exits(1).out, bad());
}

#[test]
fn files_folders_and_patterns_are_read_once_each() {
    let files = folder(&[
        ("a.json", bad().as_bytes()),
        ("b.json", report(GOOD).as_bytes()),
        ("c.txt", b"x"),
    ]);
    let root = text(files.path()).to_owned();
    for arguments in [
        vec![root.clone()],
        vec![format!("{root}/*.json")],
        vec![format!("{root}/b.json"), root],
    ] {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = planseal(&[&["post", "--format", "json"], arguments.as_slice()].concat()).exits(1);
        assert_eq!(run.report().plans.len(), 2, "{arguments:?}");
    }
}

#[test]
fn what_is_no_report_is_refused_with_its_place() {
    let later = changed(|report| report["schema_version"] = json!(2));
    let other_word = changed(|report| report["findings"][0]["severity"] = json!("catastrophic"));
    let other_mode = changed(|report| report["plans"][0]["gate"]["mode"] = json!("sometimes"));
    let stranger = changed(|report| report["findings"][3]["plan"] = json!("elsewhere"));
    let target = changed(|report| report["metrics"][0]["target"] = json!(7));
    let twice = bad().replacen("\"verdict\"", "\"verdict\": \"pass\", \"verdict\"", 1);
    let long = changed(|report| report["findings"][0]["message"] = json!("x".repeat(2 << 20)));
    let deep =
        changed(|report| report["findings"][0]["evidence"][0]["before"] = json!({ "state": "known", "value": "DEEP" }))
            .replace("\"DEEP\"", &format!("{}1{}", "[".repeat(500), "]".repeat(500)));
    let many = changed(|report| {
        let mut finding = report["findings"][0].clone();
        finding["evidence"] = json!([]);
        for text in ["message", "why", "fix", "reference"] {
            finding[text] = json!("");
        }
        report["findings"] = Value::Array(vec![finding; 50_001]);
    });
    for (bytes, told) in [
        (later.as_str(), "it has schema_version 2, and this planseal"),
        (&other_word, ": unknown variant `catastrophic`, expected one of"),
        (&other_mode, ": unknown variant `sometimes`, expected one of"),
        (
            &stranger,
            "`findings[3].plan` is `elsewhere`, and `plans` holds none of that name",
        ),
        (&target, "`metrics[0].target` is not between 0 and 1"),
        (&twice, "duplicate field `verdict`"),
        (&long, "a text has 2097152 bytes"),
        (&deep, "recursion limit exceeded"),
        (&many, "it holds 50001 findings, and at most 50000 are read"),
        (&bad()[..bad().len() / 2], "EOF while parsing"),
        ("", "it is empty"),
        ("{}", "it has no `schema_version`"),
        ("[1, 2]", "it has no `schema_version`"),
        ("{\"schema_version\": 1e400}", "number out of range"),
        (
            &std::fs::read_to_string(GOOD).unwrap(),
            "it is a plan, and not a report",
        ),
    ] {
        let run = post(bytes.as_bytes()).exits(2).says(told);
        assert!(run.out.contains("help: "), "{}", run.out);
    }
    let run = post(other_word.as_bytes()).exits(2);
    let line = other_word
        .lines()
        .position(|line| line.contains("catastrophic"))
        .unwrap()
        + 1;
    assert!(run.out.contains(&format!("-:{line}:")), "{}", run.out);
    post(&[0xff, 0xfe, 0xfd]).exits(2);
    post(b"{\"a\": \"\xff\"}").exits(2).says("byte 7 is not UTF-8");
}

#[test]
fn what_powershell_writes_is_read() {
    let units = std::iter::once(0xfeff).chain(bad().encode_utf16());
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    post(&bytes).exits(1);
    post(&[b"\xef\xbb\xbf", bad().as_bytes()].concat()).exits(1);
}

#[test]
fn one_broken_report_does_not_keep_the_others_back() {
    let files = folder(&[
        ("bad.json", bad().as_bytes()),
        ("broken.json", b"{\"schema_version\": 1}"),
    ]);
    let run = planseal(&["post", text(files.path()), "--format", "json"]).exits(1);
    let report = run.report();
    assert_eq!((report.plans.len(), report.unread.len()), (1, 1));
    assert!(report.unread[0].path.contains("broken.json:1:"), "{:?}", report.unread);
    planseal(&["post", "no-such-folder"])
        .exits(2)
        .says("was uploaded and downloaded");
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_an_artifact_is_opened() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[("secret.json", bad().as_bytes())]);
    let artifact = folder(&[]);
    let inside = artifact.path();
    symlink(outside.path().join("secret.json"), inside.join("report.json")).unwrap();
    symlink(outside.path(), inside.join("more")).unwrap();
    std::fs::create_dir(inside.join("folder.json")).unwrap();
    let root = text(inside);
    for argument in [
        root.to_owned(),
        format!("{root}/report.json"),
        format!("{root}/*/*.json"),
        format!("{root}/*.json"),
    ] {
        let run = planseal(&["post", &argument]).exits(2);
        assert!(!run.out.contains("aws_db_instance"), "{argument}: {}", run.out);
    }
    planseal(&["post", root]).exits(2).says("links are not followed");

    // The folder itself may be a link that the workflow made.
    let link = folder(&[]);
    symlink(outside.path(), link.path().join("reports")).unwrap();
    planseal(&["post", text(&link.path().join("reports"))]).exits(1);

    let pipe = inside.join("pipe.json");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .is_ok_and(|status| status.success());
    assert!(made, "mkfifo");
    planseal(&["post", text(&pipe)]).exits(2).says("no regular file");
}

#[test]
fn no_file_that_a_report_names_is_opened() {
    let files = folder(&[("report.json", b"")]);
    let named = changed(|report| {
        report["findings"][0]["location"] = json!({ "file": "/proc/self/environ", "line": 1 });
        report["plans"][0]["path"] = json!("/etc/passwd");
        report["findings"][0]["reference"] = json!("javascript:alert(1)");
    });
    std::fs::write(files.path().join("report.json"), named).unwrap();
    let path = files.path().join("report.json");
    let mut command = program(&["post", text(&path), "--format", "markdown"]);
    command.env("SECRET_OF_THE_JOB", "hunter2");
    let run = finished(command, b"").exits(1);
    assert!(!run.out.contains("hunter2") && !run.out.contains("root:") && !run.out.contains("](javascript"));
}

/// What `post` would make of these bytes.
fn received(text: &str) -> Option<Report> {
    let report = read(text.as_bytes()).ok()?;
    let from = "report.json".to_owned();
    Some(merge(vec![Part { from, report }], vec![]))
}

/// Every place in a JSON document.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(number, item)| places(item, &format!("{at}/{number}"), found));
        }
        Value::Object(members) => {
            let members = members.iter();
            members.for_each(|(name, member)| places(member, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![
            "pass",
            "introduced",
            "existing",
            "fixed",
            "low",
            "critical",
            "never",
            "",
            "::error::x"
        ])
        .prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_changed_in_a_report_it_is_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any_value()), 1..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        static HONEST: LazyLock<(Value, Vec<String>)> = LazyLock::new(|| {
            let value: Value = serde_json::from_str(bad()).unwrap();
            let mut found = Vec::new();
            places(&value, "", &mut found);
            (value, found)
        });
        let (mut value, places) = (HONEST.0.clone(), &HONEST.1);
        for (at, new) in edits {
            if let Some(place) = value.pointer_mut(at.get::<String>(places)) {
                *place = new;
            }
        }
        let mut text = value.to_string();
        if let Some(cut) = cut {
            let at = cut.index(text.len());
            text.truncate((0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default());
        }
        if let Some(report) = received(&text) {
            prop_assert!(markdown::render(&report, 65_000).len() <= 65_000);
            prop_assert!(terminal::render(&report, TextOptions::default()).contains("planseal:"));
            prop_assert!(annotations::render(&report, &Folders::default(), "").lines().count() <= 17);
        }
    }

    /// Only what came of it is edited: that a violation blocks is worked out anew.
    #[test]
    fn no_edit_of_what_came_of_it_makes_a_violation_pass(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any_value()), 1..20),
    ) {
        static HONEST: LazyLock<(Value, Vec<String>)> = LazyLock::new(|| {
            let value: Value = serde_json::from_str(bad()).unwrap();
            let mut found = Vec::new();
            places(&value, "", &mut found);
            let results = |at: &String| {
                at.starts_with("/summary") || at == "/verdict" || at.starts_with("/gate/reasons") || at.ends_with("/blocking")
            };
            found.retain(results);
            (value, found)
        });
        let (mut value, places) = (HONEST.0.clone(), &HONEST.1);
        for (at, new) in edits {
            if let Some(place) = value.pointer_mut(at.get::<String>(places)) {
                *place = new;
            }
        }
        if let Some(report) = received(&value.to_string()) {
            prop_assert_eq!(report.verdict, Verdict::Fail);
            prop_assert_eq!(report.summary.violations, 24);
        }
    }
}
