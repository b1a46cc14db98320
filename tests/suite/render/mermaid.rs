//! The picture of the keys: where it is drawn, what it says, and that nothing in it is more than text.
//!
//! That every text of this grammar is a flowchart, and shows as it is meant to, was proven with Mermaid 11.17 itself.

use std::sync::LazyLock;

use planseal::report::v1::{Hierarchy, KeyKind, LevelChange, ProtectedStore, ProtectingKey, Report, Verdict};
use planseal::report::{html, markdown};
use proptest::prelude::*;
use regex::Regex;

use super::support::{build, hostile, markdown::inspect};
use super::{everything, hostile_text};
use crate::common;

/// Every line that a picture may hold; an empty label is none. Of a text from elsewhere only these characters stand as they are.
static GRAMMAR: LazyLock<Regex> = LazyLock::new(|| {
    let label = "(?:[A-Za-z0-9 .,/_-]|#[0-9]{1,7};|#amp;|[🔑☁⚠❔✗·?]|<br/>)+";
    let lines = [
        "flowchart LR".to_owned(),
        format!("  n[0-9]+\\{{\\{{\"{label}\"\\}}\\}}"),
        format!("  subgraph g[0-9]+\\[\"{label}\"\\]"),
        format!("    n[0-9]+\\[\"{label}\"\\]"),
        "  end".to_owned(),
        format!("  rest\\[\"{label}\"\\]"),
        format!("  n[0-9]+ (?:==>|-->|-\\.->)(?:\\|\"{label}\"\\|)? n[0-9]+"),
        "  linkStyle [0-9]+(?:,[0-9]+)* stroke:#cf222e,stroke-width:3px".to_owned(),
        "  style n[0-9]+ stroke:#cf222e,stroke-width:3px".to_owned(),
    ];
    Regex::new(&format!("^(?:{})$", lines.join("|"))).unwrap()
});

/// The picture in the comment, having made sure that it is in the grammar.
fn picture(report: &Report) -> Option<String> {
    let page = markdown::render(report, usize::MAX);
    inspect(&page);
    let (_, rest) = page.split_once("```mermaid\n")?;
    let (picture, _) = rest.split_once("```\n").unwrap();
    assert!(picture.len() <= 8_000, "{}", picture.len());
    for line in picture.lines() {
        assert!(GRAMMAR.is_match(line), "{line:?}\n{picture}");
    }
    Some(picture.to_owned())
}

fn judged(plan: &str) -> Report {
    let path = common::testdata().join(plan);
    common::judge_under(&common::read(&path), None, &common::policies_of(&path)).report
}

fn level(before: Option<&str>, after: Option<&str>) -> LevelChange {
    build::levels(before, after).unwrap()
}

fn store(address: &str, actions: &[&str], before: Option<&str>, after: Option<&str>) -> ProtectedStore {
    ProtectedStore {
        address: address.into(),
        resource_type: "aws_x".into(),
        actions: actions.iter().map(|one| (*one).into()).collect(),
        parts: vec!["storage".into()],
        category: build::category("pii", "tags.data-class"),
        evidence: Some("explicit".into()),
        level: level(before, after),
        certain: true,
        violates: vec![],
        undetermined: false,
    }
}

fn key(kind: KeyKind, name: &str, actions: &[&str], stores: Vec<ProtectedStore>) -> ProtectingKey {
    ProtectingKey {
        plan: "prod".into(),
        kind,
        name: name.into(),
        address: None,
        actions: actions.iter().map(|one| (*one).into()).collect(),
        category: build::category("pii", "tags.data-class"),
        violates: vec![],
        stores,
    }
}

fn of(keys: Vec<ProtectingKey>) -> Report {
    let mut report = build::empty(9, 9);
    report.hierarchy = Hierarchy { keys, left_out: 0 };
    // Where all is clear, two lines say so, and there is no picture.
    report.verdict = Verdict::Fail;
    report
}

/// Every kind of key, edge and mark.
pub(super) fn keys() -> Vec<ProtectingKey> {
    let cmk = Some("cmk");
    let wrong = |rules: &[&str], one: ProtectedStore| ProtectedStore {
        violates: rules.iter().map(|rule| (*rule).into()).collect(),
        ..one
    };
    vec![
        ProtectingKey {
            violates: vec!["kms-key-destroyed-in-use".into()],
            ..key(
                KeyKind::Managed,
                "aws_kms_key.this[\"pii\"]",
                &["delete", "create"],
                vec![
                    wrong(
                        &["a-rule", "b-rule", "c-rule"],
                        store("aws_s3_bucket.a", &["no-op"], cmk, cmk),
                    ),
                    store("aws_s3_bucket.b", &["delete"], cmk, None),
                    ProtectedStore {
                        certain: false,
                        ..store("aws_sqs_queue.c", &["update"], None, cmk)
                    },
                ],
            )
        },
        key(
            KeyKind::Read,
            "data.aws_kms_key.x",
            &["read"],
            vec![store("aws_x.d", &["no-op"], cmk, cmk)],
        ),
        key(
            KeyKind::Outside,
            "alias/x",
            &[],
            vec![store("aws_x.e", &["create"], None, cmk)],
        ),
        key(
            KeyKind::AwsManaged,
            "AWS-managed keys",
            &[],
            vec![ProtectedStore {
                parts: vec!["master-user-secret".into()],
                evidence: Some("unclassified".into()),
                ..store("aws_x.f", &["create"], None, Some("aws-managed"))
            }],
        ),
        key(
            KeyKind::Nothing,
            "no encryption",
            &[],
            vec![wrong(&["a-rule"], store("aws_x.g", &["create"], None, Some("none")))],
        ),
        key(
            KeyKind::Unknown,
            "a key that cannot be told",
            &[],
            vec![ProtectedStore {
                undetermined: true,
                category: None,
                evidence: None,
                ..store("aws_x.h", &["create"], None, Some("undetermined"))
            }],
        ),
    ]
}

#[test]
fn every_mark_is_there() {
    let picture = picture(&of(keys())).unwrap();
    for line in [
        "  n9{{\"🔑 aws_kms_key.this#91;#34;pii#34;#93;<br/>pii · replaced · ✗ kms-key-destroyed-in-use\"}}",
        "  subgraph g0[\"category not known\"]",
        "  subgraph g1[\"no category\"]",
        "    n2[\"aws_s3_bucket.b<br/>deleted\"]",
        "  n9 ==>|\"✗ a-rule, b-rule, 1 more\"| n1",
        "  n9 -.->|\"until now\"| n2",
        "  n9 -->|\"? perhaps · from now on\"| n3",
        "  n12 -->|\"master-user-secret\"| n6",
        "  n14 -.->|\"? cannot be told\"| n8",
        "  style n9 stroke:#cf222e,stroke-width:3px",
    ] {
        assert!(picture.lines().any(|one| one == line), "{line}\n{picture}");
    }
}

/// A page runs no script, and a terminal draws nothing: both say it in words.
#[test]
fn where_no_picture_can_be_it_is_said_in_words() {
    let report = of(keys());
    let page = html::render(&report);
    let terminal = super::stripped(&report, super::VERBOSE);
    for said in ["a-rule", "no more", "perhaps", "wrong"] {
        assert!(page.contains(said), "{said}\n{page}");
        assert!(terminal.contains(said), "{said}\n{terminal}");
    }
    assert!(
        terminal.contains("stores: aws_s3_bucket.a (pii) breaks a-rule, b-rule"),
        "{terminal}"
    );
    assert!(!page.contains("flowchart") && !terminal.contains("flowchart"));
    assert!(
        !super::stripped(&report, super::NORMAL).contains("Which key"),
        "only where everything is asked for"
    );
}

#[test]
fn it_is_drawn_where_keys_or_stores_change() {
    let drawn = [
        "seed-bad/plan.json",
        "registry-style-broken/plan.json",
        "history/05-key-replaced.json",
        "history/08-fixed.json",
    ];
    for plan in drawn {
        assert!(picture(&judged(plan)).is_some(), "{plan}");
    }
    assert_eq!(picture(&judged("history/01-noop.json")), None);
    assert_eq!(picture(&build::empty(3, 3)), None);
}

#[test]
fn an_edge_is_wrong_where_a_finding_says_so() {
    let picture = picture(&judged("history/05-key-replaced.json")).unwrap();
    let wrong = picture.lines().filter(|line| line.contains("==>")).count();
    let styled = picture.lines().find(|line| line.starts_with("  linkStyle")).unwrap();
    assert_eq!(
        styled.matches(',').count(),
        wrong,
        "one comma is the style's:\n{picture}"
    );
    assert!(picture.contains("✗ kms-key-destroyed-in-use"), "{picture}");
}

#[test]
fn a_plan_that_changes_nothing_is_left_out() {
    let mut still = key(
        KeyKind::Managed,
        "aws_kms_key.still",
        &["no-op"],
        vec![store("aws_x.s", &["no-op"], Some("cmk"), Some("cmk"))],
    );
    still.plan = "still".into();
    let mut all = keys();
    all.push(still);
    assert!(!picture(&of(all)).unwrap().contains("still"));
}

#[test]
fn too_large_a_picture_shows_what_is_wrong_or_changes_and_else_nothing() {
    let many = |number: usize, actions: &[&str], violates: bool| -> Vec<ProtectedStore> {
        let one = |n: usize| ProtectedStore {
            violates: violates.then(|| "a-rule".into()).into_iter().collect(),
            ..store(&format!("aws_x.s{n}"), actions, Some("cmk"), Some("cmk"))
        };
        (0..number).map(one).collect()
    };
    let with = |stores| {
        of([
            keys(),
            vec![key(KeyKind::Managed, "aws_kms_key.large", &["no-op"], stores)],
        ]
        .concat())
    };
    let some = picture(&with(many(100, &["no-op"], false))).unwrap();
    assert!(
        some.contains("rest[\"101 stores are left out, of which none is wrong or changes\"]"),
        "{some}"
    );
    assert!(
        !some.contains("aws_kms_key.large") && some.contains("aws_x.e"),
        "{some}"
    );
    let fewer = picture(&with(many(100, &["update"], false))).unwrap();
    assert!(
        fewer.contains("rest[\"106 stores are left out, of which none violates a rule\"]"),
        "{fewer}"
    );
    assert!(!fewer.contains("aws_x.e"), "{fewer}");
    assert_eq!(picture(&with(many(100, &["update"], true))), None);
}

#[test]
fn every_hostile_text_is_text() {
    let sample = of(keys());
    let shape = |text: &str| {
        let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
        (
            count("flowchart"),
            text.lines()
                .filter(|line| line.contains("> n") || line.contains("| n"))
                .count(),
        )
    };
    let expected = shape(&picture(&sample).unwrap());
    for text in hostile::TEXTS {
        let found = picture(&hostile::filled(&sample, |_| (*text).to_owned())).unwrap();
        assert_eq!(shape(&found), expected, "{text:?}");
    }
    for shift in 0..hostile::TEXTS.len() {
        let filled = hostile::filled(&everything(), |number| {
            hostile::TEXTS[(number * 7 + shift) % hostile::TEXTS.len()].to_owned()
        });
        picture(&filled);
    }
    let own = [
        "%%{init: {}}%%",
        "%% x",
        "---\ntitle: x\n---",
        "end",
        "click n1 \"https://evil.example\"",
        "\"]\n  n9[\"x",
        "#quot;",
        "#35;",
        "`x`",
        "\"`x`\"",
        "style n1 fill:#fff;",
        "classDef x fill:#fff;",
        "n1:::x",
        "@{ shape: circle }",
        "fa:fa-car",
        "\\n",
        "$$$",
        "&lt;img src=x onerror=alert(1)&gt;",
        "$$x$$",
        "javascript:alert(1)",
    ];
    for text in own {
        assert!(
            picture(&hostile::filled(&sample, |_| text.to_owned())).is_some(),
            "{text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_hostile_texts(texts in prop::collection::vec(hostile_text(), 1..40)) {
        picture(&hostile::filled(&of(keys()), |number| texts[number % texts.len()].clone()));
    }
}
