//! What a change loosens, against what the repository has of its base.

mod commit;
mod hostile;
mod policies;
mod repository;

use planseal::report::v1::SettingChange;

use self::repository::{PullRequest, against, commit as committed, judged, of_note, put_plan};
use crate::cli::{Run, check};

const CONFIG: &str = "planseal.yaml";
const STRICT: &str = "gate: { mode: any }\n";
const LOOSE: &str =
    "waivers:\n  - { rule: 'rds-*', address: '*', reason: Because., owner: team, expires: 2026-06-30 }\n";
const ADDED: &str = "waiver of `rds-*` at `*`";

fn added() -> Vec<(String, SettingChange)> {
    vec![(ADDED.to_owned(), SettingChange::Added)]
}

/// Every kind of setting, as a pull request changes it.
#[test]
fn each_setting_that_a_pull_request_loosens_is_told() {
    use SettingChange::{Added, Changed, Loosened};
    let waiver = |rule: &str, expires: &str| {
        format!("waivers:\n  - {{ rule: '{rule}', address: '*', reason: r, owner: o, expires: {expires} }}\n")
    };
    let cases = [
        (String::new(), LOOSE.to_owned(), ADDED, Added),
        (
            waiver("rds-*", "2026-06-30"),
            waiver("rds-*", "2026-07-30"),
            ADDED,
            Loosened,
        ),
        (
            waiver("rds-*", "2026-06-30"),
            waiver("*", "2026-06-30"),
            "waiver of `*` at `*`",
            Loosened,
        ),
        (
            String::new(),
            "rules: { kms-rotation-disabled: { enabled: false, reason: r } }".to_owned(),
            "rules.kms-rotation-disabled.enabled",
            Loosened,
        ),
        (
            String::new(),
            "rules: { kms-rotation-disabled: { severity: low } }".to_owned(),
            "rules.kms-rotation-disabled.severity",
            Loosened,
        ),
        (
            String::new(),
            "rules: { rds-backup-retention-short: { parameters: { minimum_days: 1 } } }".to_owned(),
            "rules.rds-backup-retention-short.parameters.minimum_days",
            Added,
        ),
        (
            String::new(),
            "gate: { min_severity: critical }".to_owned(),
            "gate.min_severity",
            Loosened,
        ),
        (
            STRICT.to_owned(),
            "gate: { mode: never }".to_owned(),
            "gate.mode",
            Loosened,
        ),
        (
            String::new(),
            "known_keys: [{ aliases: [alias/x], category: pii }]".to_owned(),
            "known key",
            Added,
        ),
        (
            "classification: { tags: [data-class, other] }".to_owned(),
            "classification: { tags: [other] }".to_owned(),
            "classification.tags",
            Loosened,
        ),
        (
            "classification: { addresses: [{ pattern: 'a', category: pii }] }".to_owned(),
            "classification: { addresses: [{ pattern: 'a', category: public }] }".to_owned(),
            "classification.addresses.a",
            Changed,
        ),
    ];
    let work = PullRequest::new(&[], &[]).merged("1");
    let checkout = work.checkout();
    for (before, after, name, change) in cases {
        let base = committed(&checkout, &[(CONFIG, &before)]);
        std::fs::write(checkout.join(CONFIG), &after).unwrap();
        put_plan(&checkout);
        let options = ["--format", "json", "--config-base-ref", &base];
        let report = judged(&checkout, &[], &options).report();
        assert_eq!(of_note(&report), [(name.to_owned(), change)], "{before} → {after}");
    }
}

/// What is loosened stands before everything else, in every format.
#[test]
fn what_is_loosened_stands_first() {
    let base = "gate: { min_severity: low }\nclassification: { strict: true }\nwaiver_max_days: 100\n";
    let head = format!("classification: {{ strict: true }}\ngate: {{ min_severity: high }}\n{LOOSE}");
    let work = PullRequest::new(&[(CONFIG, base)], &[(CONFIG, &head)]).merged("2");
    let report = work.report();
    let changes: Vec<_> = report.configurations[0].settings.iter().map(|one| one.change).collect();
    use SettingChange::{Added, Loosened, Same};
    assert_eq!(
        changes,
        [Loosened, Loosened, Added, Same],
        "{:?}",
        report.configurations
    );
    let first = |format: &str, last: &str| {
        let out = judged(&work.checkout(), &work.variables(), &["--format", format]).out;
        let place = |text: &str| out.find(text).unwrap_or_else(|| panic!("no `{text}` in\n{out}"));
        let verdict = place("planseal: ");
        let heading = place("This change touches what plans are judged by");
        let settings = ["low → high", "until 2026-06-30", "100 → not set"].map(place);
        assert!(verdict < heading && settings.iter().all(|one| heading < *one), "{out}");
        assert!(settings.iter().all(|one| *one < place(last)), "{out}");
        assert!(place(last) < place("strict: true"), "{out}");
    };
    first("text", "aws_ebs_volume.scratch");
    first("markdown", "####");
}

/// What was in force for the plan counts, wherever it stood.
#[test]
fn a_configuration_that_moves_or_goes_is_compared_with_what_was_in_force() {
    let moved = PullRequest::new(&[(CONFIG, LOOSE)], &[("prod/.planseal.yaml", LOOSE)]).merged("2");
    assert_eq!(of_note(&moved.report()), []);
    let nearer = PullRequest::new(&[(CONFIG, STRICT)], &[(CONFIG, STRICT), ("prod/planseal.yaml", LOOSE)]).merged("2");
    let expected = [
        ("gate.mode".to_owned(), SettingChange::Loosened),
        (ADDED.to_owned(), SettingChange::Added),
    ];
    assert_eq!(of_note(&nearer.report()), expected);
    let gone = PullRequest::new(&[("prod/.planseal.yaml", STRICT)], &[("README.md", "x")]).merged("2");
    let report = gone.report();
    assert_eq!(of_note(&report), [("gate.mode".to_owned(), SettingChange::Loosened)]);
    assert_eq!(report.configurations[0].file, None);
    judged(&gone.checkout(), &gone.variables(), &[]).says("no configuration is left, against main@");
    let new = PullRequest::new(&[("README.md", "x")], &[(CONFIG, LOOSE)]).merged("2");
    let report = new.report();
    assert_eq!(of_note(&report), added());
    assert_eq!(
        against(&report),
        (Some(format!("main@{}", &new.base[..12]).as_str()), String::new())
    );
}

#[test]
fn what_is_given_wins() {
    let work = PullRequest::new(&[(CONFIG, "")], &[(CONFIG, LOOSE)]).merged("2");
    let file = work.checkout().join(CONFIG);
    let file = file.to_str().unwrap();
    let told = |options: &[&str]| {
        let all = [&["--format", "json"], options].concat();
        of_note(&judged(&work.checkout(), &work.variables(), &all).report())
    };
    assert_eq!(told(&[]), added());
    assert_eq!(told(&["--config-base", file]), []);
    assert_eq!(
        told(&["--config", file]),
        added(),
        "a named configuration has a base too"
    );
    assert_eq!(told(&["--config-base-ref", "HEAD"]), []);
    check(&["plan.json", "--config-base", "a", "--config-base-ref", "b"])
        .exits(2)
        .complains("cannot be used with");
}

/// A workflow's own options stand in no configuration.
#[test]
fn options_that_loosen_the_gate_are_told_first() {
    let run = |config: &str, options: &[&str]| -> Run {
        let work = PullRequest::new(&[(CONFIG, config)], &[(CONFIG, config)]).merged("2");
        judged(&work.checkout(), &work.variables(), options)
    };
    let strict = "gate: { mode: any, min_severity: low, undetermined: fail, min_judged: 3 }\n";
    let loose = [
        "--gate",
        "introduced",
        "--min-severity",
        "critical",
        "--undetermined",
        "warn",
        "--allow-partial",
        "--min-judged",
        "2",
    ];
    let out = run(strict, &loose)
        .says(
            "Options loosen the gate: `--gate`: any → introduced, `--min-severity`: low → critical, `--undetermined`: fail → warn, \
             `--allow-partial`: false → true, `--min-judged`: 3 → 2",
        )
        .out;
    assert!(out.find("Options loosen") < out.find("aws_"), "{out}");
    let out = run(
        "",
        &["--gate", "never", "--undetermined", "warn", "--format", "markdown"],
    )
    .says("❗ **Options loosen the gate**: `--gate`: introduced → never, `--undetermined`: as each rule says → warn")
    .out;
    assert!(out.find("Options loosen") < out.find("####"), "{out}");
    // As strict as it is anyway, or stricter.
    for (config, options) in [
        (
            "",
            &[
                "--gate",
                "introduced",
                "--min-severity",
                "medium",
                "--allow-partial=false",
            ][..],
        ),
        (
            strict,
            &["--gate", "any", "--min-severity", "low", "--undetermined", "fail"],
        ),
        (
            "gate: { mode: never }\n",
            &["--gate", "introduced", "--min-judged", "1"],
        ),
        (strict, &[]),
    ] {
        let out = run(config, options).out;
        assert!(!out.contains("Options loosen"), "{out}");
    }
}
