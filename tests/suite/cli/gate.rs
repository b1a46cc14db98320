//! Exit codes, and the options that decide them.

use planseal::report::v1::Outcome;

use super::{BAD, GOOD, NO_OP, REFRESH_ONLY, TARGETED, check, check_fed, planseal, undetermined};

#[test]
fn a_plan_that_keeps_the_strategy_exits_0() {
    let run = check(&[GOOD]).exits(0).says("planseal: PASS");
    assert_eq!(run.err, "");
}

#[test]
fn a_plan_that_breaks_the_strategy_exits_1() {
    let run = check(&[BAD]).exits(1).says("planseal: FAIL");
    assert_eq!(run.err, "", "a violation is the result, not an error");
}

#[test]
fn what_cannot_be_told_exits_3() {
    check_fed(&["-"], &undetermined())
        .exits(3)
        .says("planseal: UNDETERMINED")
        .says("aws_ebs_volume.search");
}

#[test]
fn undetermined_findings_can_be_shown_without_breaking_the_gate() {
    let run = check_fed(&["-", "--undetermined", "warn"], &undetermined())
        .exits(0)
        .says("planseal: PASS");
    assert!(
        run.out.contains("aws_ebs_volume.search"),
        "shown all the same:\n{}",
        run.out
    );
    check_fed(&["-", "--undetermined", "fail"], &undetermined()).exits(3);
}

#[test]
fn what_could_only_be_advice_never_blocks() {
    let run = check(&[
        "testdata/key-properties/plan.json",
        "--undetermined",
        "fail",
        "--min-severity",
        "low",
        "--gate",
        "any",
        "--format",
        "json",
    ]);
    let report = run.report();
    let recommended = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "at-rest-below-recommended");
    let undetermined = recommended.filter(|finding| finding.outcome == Outcome::Undetermined);
    assert!(undetermined.clone().count() > 0);
    assert!(undetermined.clone().all(|finding| !finding.blocking));
}

#[test]
fn undetermined_is_about_undetermined_findings_only() {
    check(&[BAD, "--undetermined", "warn"]).exits(1);
}

#[test]
fn a_partial_plan_passes_only_where_that_is_allowed() {
    check(&[REFRESH_ONLY]).exits(3).says("is partial");
    let run = check(&[REFRESH_ONLY, "--allow-partial"])
        .exits(0)
        .says("planseal: PASS");
    assert!(run.out.contains("partial"), "said all the same:\n{}", run.out);
}

#[test]
fn a_violation_wins_over_a_partial_plan() {
    check(&[TARGETED])
        .exits(1)
        .says("1 violation breaks the gate")
        .says("is partial");
    check(&[TARGETED, "--allow-partial"]).exits(1);
    check(&[TARGETED, "--min-severity", "high"]).exits(3);
    check(&[TARGETED, "--min-severity", "high", "--allow-partial"]).exits(0);
}

#[test]
fn existing_findings_break_the_gate_only_where_any_does() {
    check(&[NO_OP]).exits(0).says("existing");
    check(&[NO_OP, "--gate", "introduced"]).exits(0);
    check(&[NO_OP, "--gate", "any"]).exits(1);
}

#[test]
fn a_gate_that_never_breaks_still_shows_everything() {
    let run = check(&[BAD, "--gate", "never"]).exits(0).says("planseal: PASS");
    assert!(run.out.contains("aws_db_instance.members"));
    check(&[REFRESH_ONLY, "--gate", "never"]).exits(0);
    check_fed(&["-", "--gate", "never"], &undetermined()).exits(0);
}

#[test]
fn a_gate_that_never_breaks_does_not_excuse_an_input_that_cannot_be_read() {
    check(&[BAD, "missing.json", "--gate", "never"]).exits(2);
}

#[test]
fn only_findings_of_the_least_severity_break_the_gate() {
    // The worst existing violation of this plan is high.
    for (severity, code) in [("low", 1), ("medium", 1), ("high", 1), ("critical", 0)] {
        check(&[NO_OP, "--gate", "any", "--min-severity", severity]).exits(code);
    }
    // Its only finding is medium.
    for (severity, code) in [("medium", 1), ("high", 0)] {
        check(&[TARGETED, "--allow-partial", "--min-severity", severity]).exits(code);
    }
}

#[test]
fn judging_too_little_breaks_the_gate_where_a_number_is_demanded() {
    let judged = check(&[GOOD, "--format", "json"]).report().summary.judged;
    check(&[GOOD, "--min-judged", &judged.to_string()]).exits(0);
    let more = (judged + 1).to_string();
    check(&[GOOD, "--min-judged", &more]).exits(3).says(&format!(
        "{judged} resources were judged, and at least {more} are required"
    ));
    check(&[REFRESH_ONLY, "--allow-partial", "--min-judged", "1"]).exits(3);
    check(&[BAD, "--min-judged", "10000"]).exits(1);
}

#[test]
fn the_verdict_of_the_report_agrees_with_the_exit_code() {
    use planseal::report::v1::Verdict::{Fail, Pass, Undetermined};
    let json = ["--format", "json"];
    for (plan, code, verdict) in [
        (GOOD, 0, Pass),
        (BAD, 1, Fail),
        (REFRESH_ONLY, 3, Undetermined),
        ("missing.json", 2, Fail),
    ] {
        let report = check(&[&[plan], json.as_slice()].concat()).exits(code).report();
        assert_eq!(report.verdict, verdict, "{plan}");
        assert_eq!(
            report.gate.reasons.is_empty(),
            code == 0,
            "{plan}: {:?}",
            report.gate.reasons
        );
    }
}

#[test]
fn wrong_usage_exits_2_and_says_what_is_wrong() {
    for (arguments, complaint) in [
        (vec!["check", GOOD, "--no-such-option"], "--no-such-option"),
        (vec!["check"], "PLAN"),
        (vec!["chek", GOOD], "chek"),
        (vec!["check", GOOD, "--format", "xml"], "xml"),
        (vec!["check", GOOD, "--gate", "sometimes"], "sometimes"),
        (vec!["check", GOOD, "--min-severity", "urgent"], "urgent"),
        (vec!["check", GOOD, "--min-judged", "many"], "many"),
        (vec!["check", GOOD, "--output", "report.json"], "FORMAT=FILE"),
        (vec!["check", GOOD, "--output", "json="], "json=report.json"),
        (vec!["check", GOOD, "--output", "xml=report.xml"], "xml"),
        (vec!["check", GOOD, "--quiet", "--verbose"], "--quiet"),
    ] {
        planseal(&arguments).exits(2).prints_nothing().complains(complaint);
    }
}

#[test]
fn help_names_every_exit_code() {
    let run = planseal(&["check", "--help"]).exits(0);
    for line in [
        "0  the gate holds",
        "1  violations",
        "2  wrong usage",
        "3  undetermined",
    ] {
        assert!(run.out.contains(line), "no `{line}` in\n{}", run.out);
    }
    planseal(&["--version"]).exits(0).says(env!("CARGO_PKG_VERSION"));
}
