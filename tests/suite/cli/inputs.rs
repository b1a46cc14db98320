//! Plans from files, folders, patterns and standard input; and what is none.

use std::path::Path;

use super::{BAD, GOOD, Run, bytes, check, check_fed, folder, history, text};

fn names(run: &Run) -> Vec<String> {
    run.report().plans.into_iter().map(|plan| plan.name).collect()
}

#[test]
fn a_folder_gives_every_plan_in_it_in_order() {
    let run = check(&["testdata/history", "--format", "json", "--gate", "never"]).exits(0);
    let expected: Vec<String> = history()
        .iter()
        .map(|plan| plan.trim_end_matches(".json").to_owned())
        .collect();
    assert_eq!(names(&run), expected);
}

#[test]
fn a_folder_is_searched_to_its_end_but_for_hidden_folders() {
    let outer = folder(&[("notes.txt", b"not a plan")]);
    for inner in ["prod", ".terraform"] {
        std::fs::create_dir(outer.path().join(inner)).unwrap();
        std::fs::write(outer.path().join(inner).join("plan.json"), bytes(GOOD)).unwrap();
    }
    let run = check(&[text(outer.path()), "--format", "json"]).exits(0);
    assert_eq!(names(&run), [text(&outer.path().join("prod"))]);
}

#[test]
fn a_quoted_pattern_gives_every_file_that_it_matches() {
    let run = check(&["testdata/seed-*/plan.json", "--format", "json"]).exits(1);
    assert_eq!(names(&run), ["testdata/seed-bad", "testdata/seed-good"]);
}

#[test]
fn standard_input_is_a_plan_among_others() {
    let run = check_fed(&[GOOD, "-", "--format", "json"], &bytes(BAD)).exits(1);
    assert_eq!(names(&run), ["testdata/seed-good", "stdin"]);
    assert!(run.report().findings.iter().all(|finding| finding.plan == "stdin"));
}

#[test]
fn several_plans_in_one_stream_are_judged_one_by_one() {
    let stream = [bytes(GOOD), b"\n".to_vec(), bytes(BAD)].concat();
    let run = check_fed(&["-", "--format", "json"], &stream).exits(1);
    assert_eq!(names(&run), ["stdin#1", "stdin#2"]);
}

#[test]
fn the_findings_of_several_plans_are_those_of_each() {
    let count = |plans: &[&str]| check(&[plans, &["--format", "json"]].concat()).report().findings.len();
    assert_eq!(count(&[GOOD]), 0);
    assert!(count(&[BAD]) > 5);
    assert_eq!(count(&[GOOD, BAD]), count(&[BAD]));
}

#[test]
fn a_plan_that_cannot_be_read_exits_2_among_good_ones() {
    let run = check(&[GOOD, "missing.json", "--format", "json"]).exits(2);
    assert_eq!(names(&run), ["testdata/seed-good"], "the readable one is judged");
    check(&["missing.json"]).exits(2);
}

#[test]
fn a_violation_wins_over_a_plan_that_cannot_be_read() {
    check(&[BAD, "missing.json"]).exits(1);
    check(&["missing.json", BAD]).exits(1);
}

#[test]
fn every_format_names_what_could_not_be_read_and_what_to_do() {
    for format in ["text", "markdown", "json"] {
        check(&[GOOD, "missing.json", "--format", format])
            .exits(2)
            .says("missing.json")
            .says("does not exist")
            .says("terraform show -json PLANFILE");
    }
    let report = check(&[GOOD, "missing.json", "--format", "json"]).report();
    let [unread] = report.unread.as_slice() else {
        panic!("{:?}", report.unread)
    };
    assert_eq!(unread.path, "missing.json");
    assert!(
        report
            .gate
            .reasons
            .iter()
            .any(|reason| reason.contains("1 input could not be read"))
    );
}

#[test]
fn arguments_that_lead_to_no_plan_say_so() {
    let empty = folder(&[]);
    for (argument, message) in [
        ("testdata/*/nothing.json", "no file matches"),
        (text(empty.path()), "holds no `.json` file"),
        ("testdata/[.json", "is not a pattern"),
    ] {
        check(&[argument]).exits(2).says(message).says("help: ");
    }
}

#[test]
fn one_plan_can_be_named_and_several_cannot() {
    let run = check(&[GOOD, "--plan-name", "production", "--format", "json"]).exits(0);
    assert_eq!(names(&run), ["production"]);
    check(&[GOOD, BAD, "--plan-name", "production"])
        .exits(2)
        .prints_nothing()
        .complains("--plan-name");
    check(&["testdata/history", "--plan-name", "production"])
        .exits(2)
        .prints_nothing()
        .complains("--plan-name");
}

const STATE: &[u8] = br#"{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{}}}"#;
const STATE_FILE: &[u8] =
    br#"{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"x","outputs":{},"resources":[]}"#;
const HCL: &[u8] = b"resource \"aws_s3_bucket\" \"x\" {\n  bucket = \"x\"\n}\n";

/// What people pass by mistake, and the words that tell them.
fn misfeeds() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let plan = bytes(GOOD);
    vec![
        ("nothing", Vec::new(), "the input is empty"),
        ("white space", b" \n".to_vec(), "the input is empty"),
        ("an empty object", b"{}".to_vec(), "the input is an empty object"),
        (
            "a binary plan",
            b"PK\x03\x04\x14\0\x08\0\x08\0\0\0\0\0\xff\xfe".to_vec(),
            "this is a binary plan file, not plan JSON",
        ),
        ("code", HCL.to_vec(), "this is Terraform code, not plan JSON"),
        ("half a plan", plan[..plan.len() / 2].to_vec(), "the JSON is cut short"),
        ("a state", STATE.to_vec(), "this is a state, not a plan"),
        ("a state file", STATE_FILE.to_vec(), "this is a state file"),
        (
            "an event stream",
            b"{\"@level\":\"info\",\"@message\":\"Terraform 1.11.4\",\"type\":\"version\"}\n".to_vec(),
            "event stream",
        ),
        (
            "an error",
            b"\nError: No value for required variable\n".to_vec(),
            "this is an error message",
        ),
    ]
}

#[test]
fn whatever_is_no_plan_exits_2_and_is_named() {
    for (what, content, message) in misfeeds() {
        println!("{what}");
        let files = folder(&[("plan.json", &content)]);
        let path = files.path().join("plan.json");
        let run = check(&[text(&path)])
            .exits(2)
            .says("planseal: FAIL")
            .says(message)
            .says("help: ");
        assert!(!run.out.contains("PASS"), "{what}");
        let run = check_fed(&["-", "--format", "json"], &content).exits(2);
        let report = run.report();
        let [unread] = report.unread.as_slice() else {
            panic!("{what}: {:?}", report.unread)
        };
        assert_eq!(unread.path, "-", "{what}");
        assert!(
            unread.message.contains(message) && !unread.help.is_empty(),
            "{what}: {unread:?}"
        );
        assert!(report.plans.is_empty(), "{what}");
    }
}

#[test]
fn an_errored_plan_is_not_judged() {
    let mut plan: serde_json::Value = serde_json::from_slice(&bytes(GOOD)).unwrap();
    plan["errored"] = true.into();
    check_fed(&["-"], &serde_json::to_vec(&plan).unwrap())
        .exits(2)
        .says("planning failed");
}

#[test]
fn what_powershell_writes_is_read() {
    let plan = String::from_utf8(bytes(BAD)).unwrap();
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain(plan.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let expected = check_fed(&["-", "--format", "json"], plan.as_bytes()).exits(1);
    assert_eq!(check_fed(&["-", "--format", "json"], &utf16).exits(1).out, expected.out);
}

#[test]
fn a_folder_in_place_of_a_policy_s_plan_is_no_crash() {
    assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join("policies").is_dir());
    check(&["policies"]).exits(2).says("holds no `.json` file");
}
