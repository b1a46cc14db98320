//! Several reports made one: as one run would have said it, whatever their order, and never on their word alone.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use planseal::report::json;
use planseal::report::merge::{Part, merge};
use planseal::report::v1::{Demand, Outcome, Report, Severity, Share, Summary, Unread, Verdict};
use proptest::prelude::*;

use crate::common;

/// What plans are judged with where nothing else is said.
const ON: [&str; 2] = ["--today", "2026-06-01"];
const PLANS: [&str; 5] = [
    "testdata/catalog-ec2/plan.json",
    "testdata/history/01-noop.json",
    "testdata/history/10-target.json",
    "testdata/seed-bad/plan.json",
    "testdata/seed-good/plan.json",
];

/// What `check` says, as JSON.
fn checked_in(folder: &Path, arguments: &[&str]) -> Report {
    let output = Command::new(env!("CARGO_BIN_EXE_planseal"))
        .args([&["check", "--format", "json"], arguments, &ON].concat())
        .env_clear()
        .current_dir(folder)
        .output()
        .unwrap();
    json::parse(std::str::from_utf8(&output.stdout).unwrap())
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn checked(arguments: &[&str]) -> Report {
    checked_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

fn part(from: &str, report: &Report) -> Part {
    Part {
        from: from.into(),
        report: report.clone(),
    }
}

fn alone(report: &Report) -> Report {
    merge(vec![part("report.json", report)], vec![])
}

fn bad() -> Report {
    static BAD: LazyLock<Report> = LazyLock::new(|| checked(&["testdata/seed-bad/plan.json"]));
    BAD.clone()
}

#[test]
fn one_report_stays_as_it_is() {
    for path in common::plans() {
        let policies = common::policies_of(&path);
        let report = common::judge_under(&common::read(&path), None, &policies).report;
        assert_eq!(alone(&report), report, "{}", common::label(&path));
    }
    for options in [
        vec!["--gate", "any", "--min-severity", "low"],
        vec!["--gate", "never", "--min-judged", "1000"],
        vec!["--undetermined", "fail", "--min-judged", "1000"],
        vec!["--undetermined", "warn"],
        vec!["--allow-partial"],
        vec![
            "testdata/waivers/plan.json",
            "no-such-plan.json",
            "testdata/waivers/plan.json",
        ],
    ] {
        let report = checked(&[&PLANS, options.as_slice()].concat());
        assert_eq!(alone(&report), report, "{options:?}");
    }
}

#[test]
fn the_reports_of_several_runs_are_what_one_run_says() {
    for options in [
        vec![],
        vec!["--gate", "any", "--min-severity", "low", "--undetermined", "fail"],
    ] {
        let parts = PLANS.map(|plan| part(plan, &checked(&[&[plan], options.as_slice()].concat())));
        let together = checked(&[&PLANS, options.as_slice()].concat());
        assert_eq!(
            json::render(&merge(parts.to_vec(), vec![])),
            json::render(&together),
            "{options:?}"
        );
    }
}

/// Reports of one and of several plans, with the same names, other gates, other days, and something unread.
fn pool() -> &'static [Part] {
    static POOL: LazyLock<Vec<Part>> = LazyLock::new(|| {
        let good = "testdata/seed-good/plan.json";
        let mut older = checked(&[good, "--plan-name", "prod", "--min-judged", "1000"]);
        older.tool.version = "0.0.9".into();
        let mut later = checked(&["testdata/waivers/plan.json"]);
        later.today = Some("2026-06-02".into());
        vec![
            part("eu/report.json", &checked(&[good, "--plan-name", "prod"])),
            part("us/report.json", &older),
            part(
                "us/other.json",
                &checked(&["testdata/seed-bad/plan.json", "--plan-name", "prod"]),
            ),
            part(
                "two.json",
                &checked(&["testdata/seed-bad/plan.json", good, "--gate", "any"]),
            ),
            part("waived.json", &checked(&["testdata/waivers/plan.json"])),
            part("later.json", &later),
            part("broken.json", &checked(&["no-such-plan.json", "--gate", "never"])),
            part("-", &checked(&["testdata/history/10-target.json", "--allow-partial"])),
        ]
    });
    &POOL
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_reports_does_not_matter(chosen in prop::sample::subsequence(pool().to_vec(), 0..=8).prop_shuffle()) {
        let merged = merge(chosen.clone(), vec![]);
        let mut sorted = chosen;
        sorted.sort_by(|one, other| one.from.cmp(&other.from));
        prop_assert_eq!(json::render(&merged), json::render(&merge(sorted, vec![])));
        prop_assert_eq!(alone(&merged), merged);
    }

    /// Whatever stands in the fields that say what came of it, a violation that blocks still blocks.
    #[test]
    fn nobody_is_believed_who_only_says_that_all_is_well(
        blocking in prop::collection::vec(any::<bool>(), 1..8),
        numbers in prop::collection::vec(any::<usize>(), 9),
        verdict in prop::sample::select(vec![Verdict::Pass, Verdict::Fail, Verdict::Undetermined]),
    ) {
        let honest = bad();
        let mut report = honest.clone();
        report.verdict = verdict;
        report.gate.reasons.clear();
        report.summary = Summary {
            violations: numbers[0],
            undetermined: numbers[1],
            advice: numbers[2],
            introduced: numbers[3],
            worsened: numbers[4],
            existing: numbers[5],
            fixed: numbers[6],
            waived: numbers[7],
            blocking: numbers[8],
            ..report.summary
        };
        for (finding, said) in report.findings.iter_mut().zip(blocking.iter().cycle()) {
            finding.blocking = *said;
        }
        let merged = alone(&report);
        prop_assert_eq!(merged.verdict, Verdict::Fail);
        for (found, expected) in merged.findings.iter().zip(&honest.findings) {
            match expected.outcome {
                // The rule's own word on this stands in no report: what is said can only be narrowed.
                Outcome::Undetermined => prop_assert!(expected.blocking || !found.blocking),
                _ => prop_assert_eq!(found.blocking, expected.blocking),
            }
        }
        prop_assert_eq!(merged.summary.violations, honest.summary.violations);
        prop_assert_eq!(merged.summary.introduced, honest.summary.introduced);
    }
}

#[test]
fn plans_of_the_same_name_are_told_apart_by_their_reports() {
    let merged = merge(pool()[..3].to_vec(), vec![]);
    let names: Vec<&str> = merged.plans.iter().map(|plan| plan.name.as_str()).collect();
    assert_eq!(names, ["prod (eu/report)", "prod (us/other)", "prod (us/report)"]);
    let note = "this plan is `prod` in `us/other.json`; another report has a plan of that name too";
    assert!(
        merged.plans[1].notes.iter().any(|one| one == note),
        "{:?}",
        merged.plans[1].notes
    );
    assert!(
        merged.findings.iter().all(|one| one.plan == "prod (us/other)"
            || one.plan == "prod (eu/report)"
            || one.plan == "prod (us/report)")
    );
    let renamed = |print: &str| print.starts_with("prod (eu/report)|") || print.starts_with("prod (us/");
    assert!(merged.findings.iter().all(|one| renamed(&one.fingerprint)));
    let metrics = merged.metrics.iter().flat_map(|metric| &metric.plans);
    assert!(metrics.clone().count() > 2 && metrics.clone().all(|one| names.contains(&one.plan.as_str())));

    let mut taken = pool()[..2].to_vec();
    let mut third = bad();
    third.plans[0].name = "prod (eu)".into();
    third.findings.iter_mut().for_each(|one| one.plan = "prod (eu)".into());
    taken[1].from = "us/report.json".into();
    taken.push(part("x.json", &third));
    let names: Vec<String> = merge(taken, vec![]).plans.into_iter().map(|plan| plan.name).collect();
    assert_eq!(names, ["prod (eu)", "prod (eu) #2", "prod (us)"]);
}

#[test]
fn the_strictest_gate_stands_for_all_and_each_plan_keeps_its_own() {
    let good = "testdata/seed-good/plan.json";
    let lenient = checked(&[good, "--gate", "never", "--allow-partial", "--undetermined", "warn"]);
    let strict = checked(&[
        "testdata/seed-bad/plan.json",
        "--min-severity",
        "critical",
        "--min-judged",
        "3",
    ]);
    let merged = merge(vec![part("a", &lenient), part("b", &strict)], vec![]);
    let gate = &merged.gate;
    assert_eq!(
        (gate.mode.as_str(), gate.min_severity, gate.undetermined.as_str()),
        ("introduced", Severity::Medium, "rule")
    );
    assert_eq!((gate.allow_partial, gate.min_judged), (false, Some(3)));
    let own: Vec<&str> = merged
        .plans
        .iter()
        .map(|plan| plan.gate.as_ref().unwrap().mode.as_str())
        .collect();
    assert_eq!(own, ["introduced", "never"]);
    let blocking = merged.findings.iter().filter(|one| one.blocking).count();
    assert_eq!(blocking, strict.summary.blocking);
}

#[test]
fn a_demand_that_one_run_did_not_meet_is_not_met_by_all_together() {
    let parts = pool()[..2].to_vec();
    let merged = merge(parts, vec![]);
    assert_eq!(merged.verdict, Verdict::Undetermined);
    let judged = pool()[1].report.summary.judged;
    let expected = Demand {
        least: 1000,
        judged,
        configuration: None,
    };
    assert_eq!(merged.summary.demands, [expected]);
    assert!(
        merged.gate.reasons[0].ends_with("and at least 1000 are required"),
        "{:?}",
        merged.gate.reasons
    );

    // A report that only leaves the demand out, or claims more for it, changes nothing.
    let mut silent = pool()[1].report.clone();
    silent.summary.demands.clear();
    assert_eq!(alone(&silent).verdict, Verdict::Undetermined);
    let mut boasting = pool()[1].report.clone();
    boasting.summary.demands[0].judged = 5_000;
    assert_eq!(alone(&boasting).verdict, Verdict::Undetermined);
}

#[test]
fn versions_and_days_that_differ_are_told() {
    let merged = merge(pool().to_vec(), vec![]);
    assert_eq!(merged.tool.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(merged.today.as_deref(), Some("2026-06-02"));
    let notes: Vec<&String> = merged.plans.iter().flat_map(|plan| &plan.notes).collect();
    let told = |text: &str| notes.iter().filter(|note| note.starts_with(text)).count();
    assert_eq!(told("planseal 0.0.9 judged this plan"), 1);
    assert_eq!(told("waivers of this plan were judged on 2026-06-02"), 1);
    let same = merge(pool()[..1].iter().chain(&pool()[4..5]).cloned().collect(), vec![]);
    assert!(
        same.plans
            .iter()
            .flat_map(|plan| &plan.notes)
            .all(|note| !note.contains("judged"))
    );
}

#[test]
fn metrics_are_the_sums_over_their_plans() {
    let mut lying = bad();
    let honest = lying.metrics.clone();
    for metric in &mut lying.metrics {
        metric.after = Share { met: 99, of: 99 };
    }
    assert_eq!(alone(&lying).metrics, honest);
    lying.metrics[0].plans[0].after = Share { met: 5, of: 2 };
    assert_eq!(alone(&lying).metrics[0].after, Share { met: 2, of: 2 });
}

#[test]
fn reports_that_could_not_be_read_come_first_and_fail() {
    let unread = |path: &str| Unread {
        path: path.into(),
        message: "broken".into(),
        help: "mend it".into(),
    };
    let merged = merge(vec![pool()[6].clone()], vec![unread("z.json"), unread("a.json")]);
    let paths: Vec<&str> = merged.unread.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, ["a.json", "z.json", "no-such-plan.json"]);
    assert_eq!(merged.gate.reasons, ["3 inputs could not be read"]);
    assert_eq!(merge(vec![], vec![unread("a.json")]).verdict, Verdict::Fail);
}

#[test]
fn a_configuration_stands_once_and_a_waiver_is_unmatched_only_where_no_report_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let waiver = |address: &str| {
        format!("  - {{ rule: '*', address: '{address}', reason: Because., owner: team, expires: 2026-06-30 }}\n")
    };
    let config = format!(
        "waivers:\n{}{}",
        waiver("aws_db_instance.*"),
        waiver("aws_nothing.there")
    );
    std::fs::write(folder.path().join("planseal.yaml"), config).unwrap();
    for (plan, name) in [("seed-bad", "bad.json"), ("seed-good", "good.json")] {
        std::fs::copy(
            common::testdata().join(plan).join("plan.json"),
            folder.path().join(name),
        )
        .unwrap();
    }
    let of = |plans: &[&str]| checked_in(folder.path(), plans);
    let unmatched = |report: &Report| {
        report
            .findings
            .iter()
            .filter(|one| one.rule == "waiver-unmatched")
            .count()
    };
    let (bad, good) = (of(&["bad.json"]), of(&["good.json"]));
    assert_eq!((unmatched(&bad), unmatched(&good)), (1, 2));
    let merged = merge(vec![part("a", &bad), part("b", &good)], vec![]);
    assert_eq!(merged.configurations.len(), 1);
    assert_eq!(unmatched(&merged), 1);
    assert_eq!(merged, of(&["bad.json", "good.json"]));

    // On another day a waiver may have ended in between.
    let mut later = good;
    later.today = Some("2026-06-02".into());
    assert_eq!(unmatched(&merge(vec![part("a", &bad), part("b", &later)], vec![])), 2);
}
