//! Formats, files, colours, and how much is said.

use planseal::report::json;

use super::{BAD, GOOD, NO_OP, check, finished, folder, program, text};

const ESCAPE: char = '\u{1b}';

#[test]
fn json_is_a_report_that_reads_back() {
    for plan in [GOOD, BAD, NO_OP] {
        let run = check(&[plan, "--format", "json"]);
        let report = run.report();
        assert_eq!(json::render(&report), run.out, "{plan}");
        assert_eq!(report.plans.len(), 1);
        assert_eq!(report.tool.version, env!("CARGO_PKG_VERSION"));
    }
}

#[test]
fn files_hold_what_standard_output_would() {
    let files = folder(&[]);
    let [as_json, as_markdown, as_text] =
        ["json", "markdown", "text"].map(|format| (format, files.path().join(format)));
    let outputs = [&as_json, &as_markdown, &as_text].map(|(format, path)| format!("{format}={}", text(path)));
    let run = check(&[
        BAD,
        "--quiet",
        "--format",
        "json",
        "--output",
        &outputs[0],
        "--output",
        &outputs[1],
        "--output",
        &outputs[2],
    ]);
    let printed = run.exits(1).out;
    for (format, path) in [as_json, as_markdown, as_text] {
        let written = std::fs::read_to_string(path).unwrap();
        assert_eq!(written, check(&[BAD, "--quiet", "--format", format]).out, "{format}");
    }
    json::parse(&printed).unwrap();
}

#[test]
fn a_file_that_cannot_be_written_exits_2_and_is_named_once() {
    let run = check(&[GOOD, "--output", "json=no/such/folder/report.json"]).exits(2);
    let run = run.complains("cannot write `no/such/folder/report.json`");
    assert_eq!(run.err.matches("No such file").count(), 1, "{}", run.err);
}

#[test]
fn quiet_says_the_verdict_and_what_blocks() {
    let (quiet, normal) = (check(&[BAD, "--quiet"]).exits(1).out, check(&[BAD]).exits(1).out);
    let report = check(&[BAD, "--format", "json"]).report();
    assert_eq!(quiet.lines().count(), 1 + report.summary.blocking, "{quiet}");
    for finding in report.findings {
        let there = finding.address.is_some_and(|address| {
            quiet
                .lines()
                .any(|line| line.contains(&format!(" {address} ")) && line.contains(&finding.rule))
        });
        assert_eq!(there, finding.blocking, "{} in\n{quiet}", finding.rule);
    }
    assert!(quiet.len() < normal.len() / 4);
    assert_eq!(check(&[GOOD, "--quiet"]).exits(0).out.lines().count(), 1);
}

#[test]
fn what_a_rule_requires_is_shown_as_what_it_is() {
    let run = check(&["testdata/bucket-keys/plan.json", "--min-severity", "low"]).exits(1);
    let shown = run
        .says("- rule[0].bucket_key_enabled = false")
        .says("+ rule[0].bucket_key_enabled = true");
    assert!(!shown.out.contains("protection level: true"), "{}", shown.out);
}

#[test]
fn what_nobody_sets_is_told_from_what_is_only_not_known_yet() {
    let run = check(&[BAD]).exits(1).says("kms_key_id = (not set, known after apply)");
    run.says(".kms_master_key_id = (known after apply)");
}

#[test]
fn advice_on_what_is_not_in_the_plan_does_not_say_that_it_is_off() {
    let run = check(&["testdata/catalog-ec2/plan.json", "--format", "json"]);
    let report = run.report();
    let mut advice = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "ebs-encryption-by-default-disabled");
    let title = advice.next().map(|finding| finding.title.as_str());
    assert_eq!(title, Some("EBS encryption by default is not in the plan"));
}

#[test]
fn what_is_not_set_and_beside_the_point_is_not_shown() {
    for format in ["text", "markdown"] {
        let run = check(&[BAD, "--format", format])
            .exits(1)
            .says("storage_encrypted = true");
        assert!(!run.out.contains(" = null"), "{}", run.out);
    }
}

#[test]
fn verbose_says_more() {
    assert!(check(&[BAD, "--verbose"]).exits(1).out.len() > check(&[BAD]).exits(1).out.len());
}

#[test]
fn colours_follow_the_option_and_a_pipe_has_none() {
    for (arguments, coloured) in [
        (vec![], false),
        (vec!["--color", "auto"], false),
        (vec!["--color", "never"], false),
        (vec!["--color", "always"], true),
    ] {
        let run = check(&[&[BAD], arguments.as_slice()].concat()).exits(1);
        assert_eq!(run.out.contains(ESCAPE), coloured, "{arguments:?}");
    }
    let plain = check(&[BAD, "--color", "never"]).out;
    let coloured = check(&[BAD, "--color", "always"]).out;
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
}

#[test]
fn the_environment_says_whether_auto_is_coloured() {
    for (variables, arguments, coloured) in [
        (vec![("CLICOLOR_FORCE", "1")], vec![], true),
        (vec![("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], vec![], false),
        (vec![("CLICOLOR_FORCE", "1")], vec!["--color", "never"], false),
        (vec![("NO_COLOR", "1")], vec!["--color", "always"], true),
    ] {
        let mut command = program(&[&["check", BAD], arguments.as_slice()].concat());
        command.envs(variables.iter().copied());
        let run = finished(command, b"").exits(1);
        assert_eq!(run.out.contains(ESCAPE), coloured, "{variables:?} {arguments:?}");
    }
}

#[test]
fn files_and_formats_for_programs_have_no_colours() {
    let files = folder(&[]);
    let path = files.path().join("report.txt");
    let output = format!("text={}", text(&path));
    check(&[BAD, "--color", "always", "--output", &output]).exits(1);
    assert!(!std::fs::read_to_string(path).unwrap().contains(ESCAPE));
    for format in ["json", "markdown"] {
        assert!(
            !check(&[BAD, "--color", "always", "--format", format])
                .out
                .contains(ESCAPE),
            "{format}"
        );
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for format in ["text", "markdown", "json", "sarif", "junit", "html"] {
        let [first, second] = [(), ()].map(|()| check(&[BAD, NO_OP, "--format", format]).out);
        assert_eq!(first, second, "{format}");
    }
}
