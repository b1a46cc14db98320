//! Policies of the user's own.

use super::{BAD, GOOD, Run, bytes, check, check_fed, folder, text};

/// A rule that the good twin breaks: its logs are kept for 400 days.
const SHORT_LOGS: &str = "\
id: logs-kept-too-long
title: Logs are kept longer than a year
severity: high
resources: [aws_cloudwatch_log_group]
require: { path: $.retention_in_days, at_most: 365 }
message: '`{{address}}` keeps its events for {{value}} days; {{required}} are allowed.'
why: What is no longer needed cannot leak.
fix: |
  resource \"aws_cloudwatch_log_group\" \"{{name}}\" {
    retention_in_days = 365
  }
reference: https://example.com/retention
";

/// A rule about what is known only after apply.
const UNKNOWN: &str = "\
id: policy-of-another-bucket
title: A bucket policy is attached to another bucket
severity: high
resources: [aws_s3_bucket_policy]
require: { path: $.bucket, equals: portal }
on_undetermined: warn
message: '`{{address}}` is attached to another bucket.'
why: It is not ours.
fix: '# attach it'
reference: https://example.com/bucket
";

/// All that a rule needs.
const SHORTEST: &str = "\
id: logs-kept-too-long
title: Logs are kept longer than a year
resources: [aws_cloudwatch_log_group]
require: { path: $.retention_in_days, at_most: 365 }
";

fn rules(run: &Run) -> Vec<(String, Option<String>)> {
    run.report()
        .findings
        .into_iter()
        .map(|finding| (finding.rule, finding.address))
        .collect()
}

fn long_logs() -> Vec<(String, Option<String>)> {
    vec![(
        "logs-kept-too-long".to_owned(),
        Some("aws_cloudwatch_log_group.portal".to_owned()),
    )]
}

#[test]
fn a_rule_of_the_user_s_is_judged_like_any_other() {
    let files = folder(&[("logs.yaml", SHORT_LOGS.as_bytes()), ("README.md", b"not a policy")]);
    let file = files.path().join("logs.yaml");
    for policy in [text(&file), text(files.path())] {
        let run = check(&[GOOD, "--policy", policy, "--format", "json"]).exits(1);
        assert_eq!(rules(&run), long_logs());
    }
    check(&[GOOD, "--policy", text(&file)])
        .exits(1)
        .says("`aws_cloudwatch_log_group.portal` keeps its events for `400` days; 365 are allowed.")
        .says("https://example.com/retention");
}

#[test]
fn policies_add_up_and_built_in_ones_can_be_left_out() {
    let files = folder(&[("logs.yaml", SHORT_LOGS.as_bytes())]);
    let policy = text(files.path());
    let with = rules(&check(&[BAD, "--policy", policy, "--format", "json"]).exits(1));
    let only = rules(&check(&[
        BAD,
        "--policy",
        policy,
        "--no-default-policies",
        "--format",
        "json",
    ]));
    let without = rules(&check(&[BAD, "--format", "json"]));
    assert_eq!(with.len(), without.len() + only.len());
    assert!(only.iter().all(|(rule, _)| rule == "logs-kept-too-long"), "{only:?}");
    check(&[BAD, "--no-default-policies"]).exits(0).says("0 judged");
}

#[test]
fn an_option_can_be_given_several_times() {
    let [one, other] = [SHORT_LOGS, UNKNOWN].map(|rule| folder(&[("rule.yaml", rule.as_bytes())]));
    let run = check(&[
        GOOD,
        "--policy",
        text(one.path()),
        "--policy",
        text(other.path()),
        "--format",
        "json",
    ])
    .exits(1);
    let found: Vec<String> = rules(&run).into_iter().map(|(rule, _)| rule).collect();
    assert_eq!(
        found,
        [
            "logs-kept-too-long",
            "policy-of-another-bucket",
            "policy-of-another-bucket"
        ]
    );
}

#[test]
fn a_rule_says_itself_whether_an_open_question_breaks_the_gate() {
    let warn = folder(&[("rule.yaml", UNKNOWN.as_bytes())]);
    let fail = folder(&[("rule.yaml", UNKNOWN.replace("warn", "fail").as_bytes())]);
    check(&[GOOD, "--policy", text(warn.path())])
        .exits(0)
        .says("aws_s3_bucket_policy.assets");
    check(&[GOOD, "--policy", text(warn.path()), "--undetermined", "fail"]).exits(3);
    check(&[GOOD, "--policy", text(fail.path())]).exits(3);
    check(&[GOOD, "--policy", text(fail.path()), "--undetermined", "warn"]).exits(0);
}

#[test]
fn a_broken_policy_exits_2_with_its_place_and_judges_nothing() {
    let broken = SHORT_LOGS.replace("severity: high", "severty: high");
    let files = folder(&[("logs.yaml", broken.as_bytes())]);
    let file = files.path().join("logs.yaml");
    let report = files.path().join("report.json");
    let output = format!("json={}", text(&report));
    let run = check(&[BAD, "--policy", text(&file), "--output", &output])
        .exits(2)
        .prints_nothing();
    run.complains(&format!("{}:3:1", text(&file)))
        .complains("severty")
        .complains("did you mean `severity`?");
    assert!(!report.exists(), "nothing was judged, so there is nothing to report");
}

#[test]
fn every_broken_policy_is_reported_at_once() {
    let files = folder(&[
        ("a.yaml", SHORT_LOGS.replace("at_most", "atmost").as_bytes()),
        ("b.yaml", UNKNOWN.replace("$.bucket,", "bucket,").as_bytes()),
    ]);
    let run = check(&[GOOD, "--policy", text(files.path())]).exits(2).prints_nothing();
    run.complains("a.yaml:5:").complains("b.yaml:5:");
}

#[test]
fn errors_in_policies_are_coloured_only_where_colours_are_wanted() {
    let files = folder(&[("logs.yaml", b"id: x")]);
    for (color, coloured) in [("auto", false), ("never", false), ("always", true)] {
        let run = check(&[GOOD, "--policy", text(files.path()), "--color", color]).exits(2);
        assert_eq!(run.err.contains('\u{1b}'), coloured, "{color}");
    }
}

#[test]
fn a_policy_that_is_not_there_exits_2() {
    check(&[GOOD, "--policy", "missing.yaml"])
        .exits(2)
        .prints_nothing()
        .complains("missing.yaml");
    let empty = folder(&[("README.md", b"not a policy")]);
    check(&[GOOD, "--policy", text(empty.path())])
        .exits(2)
        .prints_nothing()
        .complains("holds no `.yaml` file");
    let not_text = folder(&[("rule.yaml", b"id: \xff\xfe")]);
    check(&[GOOD, "--policy", text(not_text.path())])
        .exits(2)
        .prints_nothing()
        .complains("rule.yaml");
}

#[test]
fn an_empty_policy_file_is_no_silent_pass() {
    for content in ["", "# nothing\n", "{}\n", "[]\n", "rules: []\n"] {
        let files = folder(&[("rule.yaml", content.as_bytes())]);
        check(&[GOOD, "--policy", text(files.path())])
            .exits(2)
            .prints_nothing()
            .complains("rule.yaml");
    }
}

#[test]
fn a_policy_is_read_before_any_plan() {
    check_fed(&["-", "--policy", "missing.yaml"], &bytes(GOOD))
        .exits(2)
        .prints_nothing();
}

#[test]
fn a_rule_may_be_as_short_as_five_lines() {
    let files = folder(&[("logs.yaml", SHORTEST.as_bytes())]);
    let policy = text(files.path());
    let run = check(&[GOOD, "--policy", policy, "--format", "json"]).exits(1);
    assert_eq!(rules(&run), long_logs());
    let finding = run.report().findings.remove(0);
    assert_eq!(finding.severity, planseal::report::v1::Severity::Medium);
    assert_eq!(
        finding.message,
        "`aws_cloudwatch_log_group.portal`: Logs are kept longer than a year."
    );
    assert_eq!(
        (
            &*finding.why,
            &*finding.fix,
            &*finding.reference,
            finding.controls.len()
        ),
        ("", "", "", 0)
    );
}

/// What a rule does not say leaves no heading, no empty block and no gap.
#[test]
fn a_short_rule_leaves_no_gaps_in_a_report() {
    let files = folder(&[("logs.yaml", SHORTEST.as_bytes())]);
    let policy = text(files.path());
    for format in ["text", "markdown"] {
        let run = check(&[GOOD, "--policy", policy, "--format", format]).exits(1);
        assert!(run.out.contains("Logs are kept longer than a year"), "{}", run.out);
        let words = [
            "why:",
            "Why:",
            "fix:",
            "Fix:",
            "see:",
            "reference",
            "```hcl",
            "()",
            "· \n",
            "\n\n\n",
        ];
        for word in words {
            assert!(!run.out.contains(word), "{format}: {word:?} in\n{}", run.out);
        }
    }
    let listed = SHORTEST.to_owned() + "per_plan: true\n";
    let files = folder(&[("logs.yaml", listed.as_bytes())]);
    let run = check(&[GOOD, "--policy", text(files.path()), "--format", "json"]).exits(1);
    assert_eq!(run.report().findings[0].message, "Logs are kept longer than a year.");
}

/// Policies, configurations and test files are read by the same means.
#[test]
fn files_that_are_no_text_or_endless_are_refused_with_what_to_do() {
    let large = "# a line\n".repeat(200_000);
    let utf_16: Vec<u8> = "\u{feff}id: x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let hostile: [(&[u8], &str); 3] = [
        (
            b"id: \xff\xfe",
            "it is no text in UTF-8 (look at byte 5): save it as UTF-8",
        ),
        (&utf_16, "it is in UTF-16: save it as UTF-8"),
        (
            large.as_bytes(),
            "it is too large: at most 1048576 bytes are read; write it in several files",
        ),
    ];
    for (content, said) in hostile {
        let files = folder(&[("rule.yaml", content), ("planseal.yaml", content)]);
        let [policy, config] = ["rule.yaml", "planseal.yaml"].map(|name| files.path().join(name));
        check(&[GOOD, "--policy", text(&policy)]).exits(2).complains(said);
        check(&[GOOD, "--config", text(&config)]).exits(2).complains(said);
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let windows = format!("\u{feff}{}", SHORT_LOGS.replace('\n', "\r\n"));
    let files = folder(&[("logs.yaml", windows.as_bytes())]);
    let run = check(&[GOOD, "--policy", text(files.path()), "--format", "json"]).exits(1);
    assert_eq!(rules(&run), long_logs());
}
