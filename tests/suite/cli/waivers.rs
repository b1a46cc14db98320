//! Waivers: what they cover, when, and what a change does to them.

use planseal::report::v1::{Change, Finding, Report, SettingChange, Verdict};
use tempfile::TempDir;

use super::{bytes, check, text};

/// Its waivers are for 2026-06-01.
const PLAN: &str = "testdata/waivers/plan.json";
const CONFIG: &str = "testdata/waivers/planseal.yaml";
/// Introduces nothing that is not waived on that day but one expired waiver's finding and one without any.
const ON: &str = "2026-06-01";

fn json(arguments: &[&str]) -> Report {
    check(&[arguments, &["--format", "json"]].concat()).report()
}

fn of_rule<'r>(report: &'r Report, rule: &str) -> Vec<&'r Finding> {
    report.findings.iter().filter(|finding| finding.rule == rule).collect()
}

/// A folder with the plan under each of these names, and this configuration.
fn judged(plans: &[&str], config: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for plan in plans {
        std::fs::write(folder.path().join(plan), bytes(PLAN)).unwrap();
    }
    std::fs::write(folder.path().join("planseal.yaml"), config).unwrap();
    folder
}

fn waiver(rule: &str, address: &str, rest: &str) -> String {
    format!(
        "  - {{ rule: '{rule}', address: '{address}', reason: Because., owner: team, expires: 2026-06-30{rest} }}\n"
    )
}

#[test]
fn covered_findings_never_block_and_are_counted() {
    let report = json(&[PLAN, "--today", ON]);
    assert_eq!(report.summary.waived, 4);
    assert_eq!(report.today.as_deref(), Some(ON));
    for gate in ["introduced", "any"] {
        let report = json(&[
            PLAN,
            "--today",
            ON,
            "--gate",
            gate,
            "--min-severity",
            "low",
            "--undetermined",
            "fail",
        ]);
        assert!(report.findings.iter().all(|one| one.waiver.is_none() || !one.blocking));
        assert_eq!(report.verdict, Verdict::Fail, "what nobody accepted still blocks");
    }
    let waiver = of_rule(&report, "rds-publicly-accessible")[0].waiver.clone().unwrap();
    assert_eq!((waiver.owner.as_str(), waiver.days_left), ("team-data", 213));
    assert_eq!(waiver.link.as_deref(), Some("https://example.com/decisions/17"));
    assert_eq!(waiver.location.unwrap().line, 3);
    // Everything that would block is accepted: exit code 0.
    let all = format!("waivers:\n{}", waiver_of_all());
    let folder = judged(&["plan.json"], &all);
    let plan = folder.path().join("plan.json");
    let run = check(&[text(&plan), "--today", ON, "--gate", "any", "--min-severity", "low"]).exits(0);
    run.says("PASS")
        .says("13 waived")
        .says("Accepted exceptions on 2026-06-01: 13 findings");
}

fn waiver_of_all() -> String {
    waiver("*", "*", "")
}

#[test]
fn the_day_after_its_last_one_a_waiver_covers_nothing() {
    let all = format!("waivers:\n{}", waiver_of_all());
    let folder = judged(&["plan.json"], &all);
    let plan = folder.path().join("plan.json");
    check(&[text(&plan), "--today", "2026-06-30"]).exits(0).says("last day");
    let after = check(&[text(&plan), "--today", "2026-07-01", "--format", "json"])
        .exits(1)
        .report();
    assert_eq!(after.summary.waived, 0);
    let expired = of_rule(&after, "waiver-expired");
    assert_eq!(
        (expired.len(), expired[0].change, expired[0].blocking),
        (1, Change::Existing, false)
    );
    assert!(
        expired[0].message.contains("13 findings that it was about count again"),
        "{}",
        expired[0].message
    );
    assert_eq!(expired[0].location.as_ref().unwrap().line, 2);
    // Its own finding blocks nobody by default, and somebody with every finding in the gate.
    let any = json(&[text(&plan), "--today", "2026-07-01", "--gate", "any"]);
    assert!(of_rule(&any, "waiver-expired")[0].blocking);
}

#[test]
fn the_date_is_a_date_and_today_where_nobody_says() {
    check(&[PLAN, "--today", "2026-6-1"])
        .exits(2)
        .complains("write it as YYYY-MM-DD");
    let expires = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let expires = expires.checked_add(jiff::ToSpan::days(20)).unwrap();
    let config = format!("waivers:\n{}", waiver_of_all()).replace("2026-06-30", &expires.to_string());
    let folder = judged(&["plan.json"], &config);
    let report = json(&[text(&folder.path().join("plan.json"))]);
    let left = of_rule(&report, "rds-publicly-accessible")[0]
        .waiver
        .as_ref()
        .unwrap()
        .days_left;
    assert!((19..=20).contains(&left), "{left}");
    // Where no waiver asks for it, the day is nowhere.
    assert_eq!(json(&[super::BAD]).today, None);
}

#[test]
fn a_waiver_that_lasts_for_too_long_is_an_error() {
    check(&[PLAN, "--today", "2025-06-01"])
        .exits(2)
        .prints_nothing()
        .complains("planseal.yaml:7:14");
}

/// A waiver is unmatched only where no plan under its configuration has what it is about, and all could be read.
#[test]
fn waivers_are_unmatched_over_all_plans_together() {
    let config = [
        "waivers:\n".to_owned(),
        waiver("rds-*", "*.appliance", ", plan: '*/one'"),
        waiver("rds-*", "*", ", plan: '*/elsewhere'"),
        waiver("kms-*", "*", ""),
        waiver("rds-*", "*.gone", ", plan: '*/two'"),
    ]
    .concat();
    let folder = judged(&["one.json", "two.json"], &config);
    let unmatched = |arguments: &[&str]| {
        let report = json(&[arguments, &["--today", ON]].concat());
        let lines = of_rule(&report, "waiver-unmatched")
            .into_iter()
            .map(|one| one.location.clone().unwrap().line);
        let notes: Vec<String> = report.configurations.iter().flat_map(|one| one.notes.clone()).collect();
        (lines.collect::<Vec<_>>(), notes.join("\n"))
    };
    let (one, two) = (folder.path().join("one.json"), folder.path().join("two.json"));
    assert_eq!(unmatched(&[text(&one)]), (vec![4], String::new()));
    assert_eq!(unmatched(&[text(&two)]), (vec![4, 5], String::new()));
    assert_eq!(unmatched(&[text(&one), text(&two)]), (vec![4, 5], String::new()));
    // What could not be read may hold it.
    let broken = folder.path().join("three.json");
    std::fs::write(&broken, "{}").unwrap();
    let (lines, note) = unmatched(&[text(&one), text(&two), text(&broken)]);
    assert_eq!(lines, [] as [usize; 0]);
    assert!(note.contains("2 waivers are about no finding here"), "{note}");
    let mut partial: serde_json::Value = serde_json::from_slice(&bytes(PLAN)).unwrap();
    partial["complete"] = false.into();
    std::fs::write(&two, partial.to_string()).unwrap();
    let (lines, note) = unmatched(&[text(&one), text(&two)]);
    assert!(lines.is_empty() && note.contains("cannot be told"), "{note}");
}

/// A list is covered where each of its members is.
#[test]
fn a_list_is_covered_by_all_or_nothing() {
    let rule = "unclassified-store";
    let (one, both) = (
        waiver(rule, "aws_s3_bucket.archive[0]", ""),
        waiver(rule, "aws_s3_bucket.archive[*]", ""),
    );
    let other = waiver(rule, "aws_s3_bucket.archive[1]", "").replace("2026-06-30", "2026-06-02");
    let cases = [(one.clone(), None), (both, Some(29)), (one + &other, Some(1))];
    for (waivers, expected) in cases {
        let folder = judged(&["plan.json"], &format!("waivers:\n{waivers}"));
        let report = json(&[text(&folder.path().join("plan.json")), "--today", ON]);
        let found = of_rule(&report, rule)[0].waiver.as_ref().map(|waiver| waiver.days_left);
        assert_eq!(found, expected, "{waivers}");
        assert!(of_rule(&report, "waiver-unmatched").is_empty());
    }
}

#[test]
fn every_format_shows_what_is_accepted() {
    check(&[PLAN, "--today", ON])
        .says("Accepted exceptions on 2026-06-01: 4 findings (last day for the first)")
        .says("last day aws_ebs_volume.scratch Undetermined: Data at rest is protected below its category's minimum")
        .says("213 days left aws_db_instance.appliance A database is publicly accessible rds-publicly-accessible")
        .says("(team-data, until 2026-12-31, testdata/waivers/planseal.yaml:3, https://example.com/decisions/17)")
        .says("A waiver has expired");
    check(&[PLAN, "--today", ON, "--format", "markdown"])
        .says("<summary>Accepted exceptions on 2026-06-01: 4 findings (last day for the first)</summary>")
        .says("[link](https://example.com/decisions/17)");
    check(&[PLAN, "--today", ON, "--verbose"]).says("waived: 213 days left: The vendor's appliance");
}

/// A configuration is somebody's text like a plan is.
#[test]
fn hostile_text_in_a_waiver_acts_nowhere() {
    let config = "waivers:\n  - rule: '*'\n    address: '*'\n    reason: \"@octocat </details> ![x](https://evil.example) \\u202e ::error::x\"\n    \
                  owner: \"#1\\e[31m | <script>\"\n    expires: 2026-06-30\n    link: https://evil.example/)x\n";
    let folder = judged(&["plan.json"], config);
    let plan = folder.path().join("plan.json");
    let base = folder.path().join("base.yaml");
    std::fs::write(&base, "").unwrap();
    for options in [
        &["--format", "text"][..],
        &["--format", "text", "--verbose"],
        &["--format", "markdown"],
    ] {
        let run = check(&[&[text(&plan), "--today", ON, "--config-base", text(&base)], options].concat());
        let hidden = run
            .out
            .chars()
            .find(|c| *c != '\n' && planseal::report::escape::is_hidden(*c));
        assert_eq!(hidden, None, "{}", run.out);
        assert!(
            !run.out.lines().any(|line| line.trim_start().starts_with("::")),
            "{}",
            run.out
        );
        if options.contains(&"markdown") {
            let shape = crate::render::support::markdown::inspect(&run.out);
            assert!(shape.links.iter().all(|link| !link.contains("evil")), "{}", run.out);
            assert!(run.out.contains("`@octocat`"), "{}", run.out);
        }
    }
}

mod base {
    use super::*;

    const LOOSE: &str =
        "waivers:\n  - { rule: 'rds-*', address: '*', reason: Because., owner: team, expires: 2026-06-30 }\n";

    /// Each setting that a reviewer must look at, with what became of it.
    fn of_note(report: &Report) -> Vec<(String, SettingChange)> {
        let settings = report.configurations.iter().flat_map(|one| &one.settings);
        let shown = settings.filter(|setting| setting.change.is_of_note());
        shown.map(|setting| (setting.name.clone(), setting.change)).collect()
    }

    const ADDED: &str = "waiver of `rds-*` at `*`";

    #[test]
    fn the_base_is_a_file_that_is_given() {
        let folder = judged(&["plan.json"], &format!("{LOOSE}waiver_max_days: 400\n"));
        let plan = folder.path().join("plan.json");
        let base = folder.path().join("base.yaml");
        std::fs::write(&base, "waiver_max_days: 100\n").unwrap();
        let arguments = [text(&plan), "--today", ON, "--config-base", text(&base)];
        let report = json(&arguments);
        let expected = [
            ("waiver_max_days".to_owned(), SettingChange::Loosened),
            (ADDED.to_owned(), SettingChange::Added),
        ];
        assert_eq!(of_note(&report), expected);
        assert_eq!(report.configurations[0].base.as_deref(), Some(text(&base)));
        check(&arguments)
            .says("This change touches what plans are judged by")
            .says("loosened waiver_max_days: 100 → 400")
            .says(&format!("added {ADDED}: until 2026-06-30 (team)"));
        let markdown = check(&[&arguments[..], &["--format", "markdown"]].concat());
        let verdict = markdown.out.find("planseal:").unwrap();
        let section = markdown.out.find("This change touches").unwrap();
        let findings = markdown.out.find("####").unwrap();
        assert!(verdict < section && section < findings, "{}", markdown.out);
        check(&[text(&plan), "--today", ON, "--config-base", "missing.yaml"])
            .exits(2)
            .complains("missing.yaml");
    }

    #[test]
    fn without_a_base_everything_is_in_force() {
        let report = json(&[PLAN, "--today", ON]);
        assert_eq!(of_note(&report), []);
        assert_eq!(report.configurations[0].settings.len(), 5);
        check(&[PLAN, "--today", ON])
            .says("5 settings in force by configuration")
            .says(&format!("{CONFIG}:3"));
    }

    /// One that has expired already and is new is its author's doing.
    #[test]
    fn a_new_waiver_that_has_expired_is_introduced() {
        let folder = judged(&["plan.json"], LOOSE);
        let plan = folder.path().join("plan.json");
        let base = folder.path().join("base.yaml");
        for (text_of_base, expected) in [
            ("", Change::Introduced),
            (LOOSE, Change::Existing),
            ("[", Change::Existing),
        ] {
            std::fs::write(&base, text_of_base).unwrap();
            let report = json(&[text(&plan), "--today", "2026-07-01", "--config-base", text(&base)]);
            let expired = of_rule(&report, "waiver-expired");
            assert_eq!(
                (expired[0].change, expired[0].blocking),
                (expected, expected == Change::Introduced),
                "{text_of_base}"
            );
        }
        std::fs::write(&base, "[").unwrap();
        check(&[text(&plan), "--today", ON, "--config-base", text(&base)])
            .says("could not be read, so what this change loosens is not known");
    }

    #[test]
    fn one_base_is_the_base_of_one_configuration() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
            std::fs::write(folder.path().join(name).join("plan.json"), bytes(PLAN)).unwrap();
            std::fs::write(folder.path().join(name).join("planseal.yaml"), LOOSE).unwrap();
        }
        let base = folder.path().join("a/planseal.yaml");
        check(&[text(folder.path()), "--today", ON, "--config-base", text(&base)])
            .exits(2)
            .complains("`--config-base` is the base of one configuration, and 2 are in force");
    }
}

/// The page about waivers shows a configuration that loads.
#[test]
fn the_example_in_the_documentation_is_a_configuration() {
    let page = String::from_utf8(bytes("docs/waivers.md")).unwrap();
    let example = page
        .split("```yaml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let folder = judged(&["plan.json"], example);
    let report = json(&[text(&folder.path().join("plan.json")), "--today", ON]);
    assert_eq!(report.configurations[0].settings.len(), 2);
}
