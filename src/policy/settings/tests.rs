use super::*;
use crate::policy::load::load;

fn source(text: &str) -> Source {
    Source {
        file: "planseal.yaml".into(),
        text: text.into(),
    }
}

fn policies() -> Policies {
    load(&[], false).unwrap_or_else(|errors| panic!("{}", errors.render(false)))
}

/// The settings as `NAME: BEFORE → AFTER` with their direction.
fn compared(before: &str, after: &str) -> Vec<(Direction, String)> {
    let (before, after) = (source(before), source(after));
    let found = settings(Some(&after), Base::Known(Some(&before)), &policies()).unwrap();
    let word = |text: Option<String>| text.unwrap_or_else(|| "–".into());
    found
        .into_iter()
        .map(|one| {
            (
                one.direction,
                format!("{}: {} → {}", one.name, word(one.before), word(one.after)),
            )
        })
        .collect()
}

fn direction(before: &str, after: &str) -> Direction {
    let found = compared(before, after);
    assert_eq!(found.len(), 1, "{before}\n{after}\n{found:?}");
    found[0].0
}

const RULE: &str = "rds-backup-retention-short"; // medium

/// What is said under an id wins over patterns, so that it does so no more is as good as another value.
#[test]
fn a_rule_without_an_entry_of_its_own_is_as_its_pattern_says() {
    let pattern = "'rds-*': { enabled: false, severity: high }";
    let own = |text: &str| format!("rules: {{ {pattern}, RULE: {{ {text} }} }}").replace("RULE", RULE);
    let alone = format!("rules: {{ {pattern} }}");
    let first = |before: &str, after: &str| compared(before, after).remove(0);
    let name = |setting: &str| format!("rules.{RULE}.{setting}");
    assert_eq!(
        first(&own("enabled: true"), &alone),
        (Direction::Loosened, format!("{}: true → –", name("enabled")))
    );
    assert_eq!(
        first(&alone, &own("severity: medium")),
        (Direction::Loosened, format!("{}: – → medium", name("severity")))
    );
    let tightened = compared(&alone, &own("enabled: true"));
    assert!(
        tightened.contains(&(Direction::Tightened, format!("{}: – → true", name("enabled")))),
        "{tightened:?}"
    );
}

#[test]
fn each_setting_has_a_looser_way() {
    use Direction::{Added, Changed, Loosened, Same, Tightened};
    let cases = [
        ("gate: { mode: any }", "gate: { mode: introduced }", Loosened),
        ("gate: { mode: any }", "{}", Loosened),
        ("{}", "gate: { mode: never }", Loosened),
        ("{}", "gate: { mode: any }", Tightened),
        ("{}", "gate: { min_severity: high }", Loosened),
        ("{}", "gate: { min_severity: low }", Tightened),
        ("{}", "gate: { undetermined: warn }", Loosened),
        ("{}", "gate: { undetermined: fail }", Tightened),
        ("gate: { undetermined: fail }", "gate: { undetermined: warn }", Loosened),
        ("{}", "gate: { allow_partial: true }", Loosened),
        ("gate: { min_judged: 9 }", "gate: { min_judged: 8 }", Loosened),
        ("gate: { min_judged: 9 }", "{}", Loosened),
        ("gate: { min_judged: 9 }", "gate: { min_judged: 10 }", Tightened),
        ("{}", "waiver_max_days: 366", Loosened),
        ("{}", "waiver_max_days: 30", Tightened),
        ("waiver_max_days: 30", "{}", Loosened),
        (
            "{}",
            "rules: { kms-rotation-disabled: { enabled: false, reason: no } }",
            Loosened,
        ),
        (
            "rules: { kms-rotation-disabled: { enabled: false } }",
            "rules: { kms-rotation-disabled: { enabled: true } }",
            Tightened,
        ),
        ("{}", "rules: { RULE: { severity: low } }", Loosened),
        ("{}", "rules: { RULE: { severity: high } }", Tightened),
        ("rules: { RULE: { severity: high } }", "{}", Loosened),
        ("{}", "rules: { RULE: { parameters: { minimum_days: 1 } } }", Added),
        (
            "rules: { RULE: { parameters: { minimum_days: 3 } } }",
            "rules: { RULE: { parameters: { minimum_days: 1 } } }",
            Changed,
        ),
        ("rules: { RULE: { parameters: { minimum_days: 3 } } }", "{}", Changed),
        ("{}", "rules: { RULE: { parameters: { minimum_days: 7 } } }", Same),
        ("{}", "rules: { not-a-rule: { severity: low } }", Added),
        ("{}", "rules: { 'rds-*': { severity: medium } }", Loosened), // some are high
        ("{}", "rules: { 'rds-*': { severity: critical } }", Tightened),
        ("rules: { 'rds-*': { severity: high } }", "{}", Loosened), // some are low
        ("{}", "rules: { 'rds-*': { enabled: false } }", Loosened),
        (
            "{}",
            "classification: { types: { aws_sqs_queue: { certain: false } } }",
            Added,
        ),
        (
            "classification: { types: { aws_sqs_queue: { certain: true } } }",
            "classification: { types: { aws_sqs_queue: { certain: false } } }",
            Loosened,
        ),
        (
            "classification: { types: { aws_sqs_queue: { category: pii } } }",
            "classification: { types: { aws_sqs_queue: { category: public } } }",
            Loosened,
        ),
        ("{}", "classification: { synonyms: { public: [open] } }", Added),
        (
            "categories: { card-data: { recommended: [{ level: cmk, with: hsm }] } }",
            "categories: { card-data: { recommended: [{ level: cmk }] } }",
            Changed,
        ),
        (
            "classification: { strict: true }",
            "classification: { strict: false }",
            Loosened,
        ),
        ("classification: { strict: true }", "{}", Loosened),
        ("{}", "classification: { tags: [data-class] }", Loosened),
        (
            "classification: { tags: [a, b] }",
            "classification: { tags: [a] }",
            Loosened,
        ),
        (
            "classification: { tags: [a, b] }",
            "classification: { tags: [b, a, c] }",
            Changed,
        ),
        ("{}", "classification: { unclassified: public }", Loosened),
        ("{}", "classification: { unclassified: pii }", Tightened),
        (
            "{}",
            "classification: { types: { aws_sqs_queue: { category: public } } }",
            Added,
        ),
        (
            "{}",
            "classification: { addresses: [{ pattern: 'module.crm.*', category: public }] }",
            Added,
        ),
        (
            "classification: { addresses: [{ pattern: 'a', category: pii }] }",
            "classification: { addresses: [{ pattern: 'a', category: public }] }",
            Changed,
        ),
        ("{}", "categories: { pii: { minimum: aws-managed } }", Loosened),
        ("{}", "categories: { operational: { minimum: cmk } }", Tightened),
        ("{}", "categories: { card-data: { minimum: cmk } }", Added),
        ("policies: [a, b]", "policies: [b]", Loosened),
        ("policies: [a]", "{}", Loosened),
        ("{}", "policies: [a]", Added),
        ("policies: [a]", "policies: [a, b]", Changed),
        ("{}", "known_keys: [{ aliases: [alias/x], category: pii }]", Added),
        (
            "known_keys: [{ aliases: [alias/x], category: pii }]",
            "known_keys: [{ aliases: [alias/x], category: health }]",
            Changed,
        ),
        (
            "{}",
            "accounts: { '1': { eu-central-1: { ebs_encryption_by_default: true } } }",
            Added,
        ),
        ("{}", "something: new", Added),
    ];
    for (before, after, expected) in cases {
        let (before, after) = (before.replace("RULE", RULE), after.replace("RULE", RULE));
        if expected == Tightened && after == "{}" {
            continue;
        }
        assert_eq!(direction(&before, &after), expected, "{before} → {after}");
    }
}

#[test]
fn what_does_not_change_is_in_force_and_comes_last() {
    let before = "gate: { mode: any, min_severity: low }\nclassification: { strict: true }\n";
    let after = "classification: { strict: true }\ngate: { min_severity: low, mode: never }\n";
    let found = compared(before, after);
    let expected = [
        (Direction::Loosened, "gate.mode: any → never"),
        (Direction::Same, "classification.strict: true → true"),
        (Direction::Same, "gate.min_severity: low → low"),
    ];
    assert_eq!(found, expected.map(|(direction, text)| (direction, text.to_owned())));
}

#[test]
fn what_is_written_as_it_holds_anyway_changes_nothing() {
    for default in [
        "gate: { mode: introduced }",
        "waiver_max_days: 365",
        "classification: { unclassified: operational }",
    ] {
        assert_eq!(direction("{}", default), Direction::Same, "{default}");
    }
    assert_eq!(compared("gate: { mode: introduced }", ""), []);
}

fn waiver(rule: &str, address: &str, expires: &str) -> String {
    format!("waivers: [{{ rule: '{rule}', address: '{address}', reason: r, owner: o, expires: {expires} }}]")
}

#[test]
fn a_waiver_that_is_wider_or_lasts_longer_is_looser() {
    use Direction::{Added, Loosened, Same, Tightened};
    let base = waiver("rds-*", "module.a.*", "2026-06-30");
    let cases = [
        (waiver("rds-*", "module.a.*", "2026-06-30"), Same),
        (waiver("rds-*", "module.a.*", "2026-07-01"), Loosened),
        (waiver("rds-*", "module.a.*", "2026-06-29"), Tightened),
        (waiver("*", "module.a.*", "2026-06-30"), Loosened),
        (waiver("rds-*", "module.*", "2026-06-01"), Loosened),
        (waiver("rds-x", "module.a.b", "2026-06-30"), Tightened),
        (waiver("rds-x", "module.a.b", "2026-07-30"), Loosened),
        (waiver("kms-*", "module.a.*", "2026-06-30"), Added),
        (waiver("rds-*", "module.b.*", "2026-06-30"), Added),
    ];
    for (after, expected) in cases {
        assert_eq!(direction(&base, &after), expected, "{after}");
    }
    assert_eq!(compared(&base, "{}"), [], "one that is gone is not in force");
    assert_eq!(direction("waivers: broken", &base), Added);
    let plan = base.replace("owner: o", "owner: o, plan: prod");
    assert_eq!(
        (direction(&plan, &base), direction(&base, &plan)),
        (Loosened, Tightened)
    );
}

#[test]
fn without_a_base_all_that_is_set_is_in_force_and_without_a_file_on_the_base_all_is_added() {
    let file = source("gate: { mode: any }\nknown_keys: [{ aliases: [alias/x] }]\nwaiver_max_days: 400\n");
    let unknown = settings(Some(&file), Base::Unknown, &policies()).unwrap();
    let names: Vec<_> = unknown
        .iter()
        .map(|one| (one.name.as_str(), one.direction, one.line))
        .collect();
    let not_compared = Direction::NotCompared;
    assert_eq!(
        names,
        [
            ("gate.mode", not_compared, Some(1)),
            ("waiver_max_days", not_compared, Some(3))
        ]
    );
    let nothing = settings(Some(&file), Base::Known(None), &policies()).unwrap();
    let directions: Vec<_> = nothing.iter().map(|one| (one.name.as_str(), one.direction)).collect();
    assert_eq!(
        directions,
        [
            ("waiver_max_days", Direction::Loosened),
            ("known key", Direction::Added),
            ("gate.mode", Direction::Tightened)
        ]
    );
}

#[test]
fn a_configuration_that_goes_away_loosens_what_it_tightened() {
    let base = source("gate: { mode: any, allow_partial: true }\nclassification: { strict: true }\n");
    let found = settings(None, Base::Known(Some(&base)), &policies()).unwrap();
    let names: Vec<_> = found.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["gate.mode", "classification.strict"]);
    assert!(
        found
            .iter()
            .all(|one| one.direction == Direction::Loosened && one.after.is_none())
    );
}

#[test]
fn a_base_that_is_no_configuration_is_told() {
    let file = source("{}");
    for broken in ["[", "- a", "text", "a: 1\na: 2\n"] {
        let base = source(broken);
        let found = settings(Some(&file), Base::Known(Some(&base)), &policies());
        assert_eq!(found, Err(NotAConfiguration), "{broken}");
    }
}

#[test]
fn the_name_of_a_known_key_is_not_told() {
    let file = source("known_keys:\n  - arn: arn:aws:kms:eu-central-1:444455556666:key/1234\n    category: pii\n");
    let found = settings(Some(&file), Base::Known(None), &policies()).unwrap();
    assert!(!format!("{found:?}").contains("1234"), "{found:?}");
    assert_eq!(
        (found[0].after.as_deref(), found[0].line),
        (Some("category pii"), Some(2))
    );
}
