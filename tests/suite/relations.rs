//! What rules ask of other resources: the rules of `tests/relations`, each alone with the catalog, on plans of
//! `testdata/relations`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use planseal::eval::gate::Settings;
use planseal::eval::{Facts, evaluate};
use planseal::model::Model;
use planseal::plan;
use planseal::policy::Policies;
use planseal::policy::load::{Source, load};
use planseal::report::build::Builder;
use planseal::report::explain;
use planseal::report::v1::{Change, Finding, Outcome, State};
use planseal::source;

use crate::common::testdata;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relations")
}

static POLICIES: LazyLock<Policies> = LazyLock::new(|| {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let sources: Vec<Source> = files
        .iter()
        .map(|path| Source {
            file: path.file_name().unwrap().to_string_lossy().into_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect();
    load(&sources, true).unwrap_or_else(|errors| panic!("{}", errors.render(false)))
});

fn findings_of(name: &str, with_source: bool) -> Vec<Finding> {
    let path = testdata().join("relations").join(name);
    let mut wanted = POLICIES.wanted();
    wanted.relevant = with_source;
    let mut documents = plan::read(std::fs::read(&path).unwrap(), &wanted);
    let mut plan = documents.remove(0).unwrap();
    let source = with_source.then(|| source::Source::from_folder(path.parent().unwrap()).unwrap());
    let mut model = Model::new(&mut plan);
    if let Some(source) = &source {
        model.use_source(source, &wanted).unwrap();
    }
    let facts = Facts::new(&model, &POLICIES);
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
    builder.finish().findings
}

static FIRST: LazyLock<Vec<Finding>> = LazyLock::new(|| findings_of("first/plan.json", false));
static SOURCED: LazyLock<Vec<Finding>> = LazyLock::new(|| findings_of("first/plan.json", true));
static FURTHER: LazyLock<Vec<Finding>> = LazyLock::new(|| findings_of("further/plan.json", false));
static FURTHER_SOURCED: LazyLock<Vec<Finding>> = LazyLock::new(|| findings_of("further/plan.json", true));
static WEAKENED: LazyLock<Vec<Finding>> = LazyLock::new(|| findings_of("history/02-weakened.json", false));

/// The findings of one rule: `aws_lb.public: violation`, a part behind its store (`aws_lb.public storage: …`).
fn said(findings: &[Finding], rule: &str) -> BTreeMap<String, &'static str> {
    assert!(POLICIES.rules.iter().any(|one| one.id == rule), "{rule}");
    let outcome = |one: &Finding| match one.outcome {
        Outcome::Violation => "violation",
        Outcome::Undetermined => "undetermined",
        Outcome::Advice => "advice",
        Outcome::Pass => "pass",
    };
    findings
        .iter()
        .filter(|one| one.rule == rule)
        .map(|one| (one.address.clone().unwrap_or_default(), outcome(one)))
        .collect()
}

#[track_caller]
fn expect(findings: &[Finding], rule: &str, expected: &[(&str, &str)]) {
    let expected: BTreeMap<String, &str> = expected
        .iter()
        .map(|(address, said)| ((*address).to_owned(), *said))
        .collect();
    assert_eq!(said(findings, rule), expected, "{rule}");
}

fn one<'f>(findings: &'f [Finding], rule: &str, address: &str) -> &'f Finding {
    findings
        .iter()
        .find(|one| one.rule == rule && one.address.as_deref() == Some(address))
        .unwrap_or_else(|| panic!("{rule} says nothing of {address}"))
}

#[test]
fn a_companion_counts_where_it_names_the_resource_by_reference_or_by_name() {
    expect(
        &FIRST,
        "bucket-not-blocked",
        &[("aws_s3_bucket.ajar", "violation"), ("aws_s3_bucket.open", "violation")],
    );
    expect(
        &FIRST,
        "bucket-without-any-block",
        &[("aws_s3_bucket.open", "violation")],
    );
}

#[test]
fn every_companion_passes_where_there_is_none() {
    expect(
        &FIRST,
        "bucket-policy-not-blocked",
        &[("aws_s3_bucket.ajar", "violation")],
    );
    expect(
        &FIRST,
        "lb-plain-listener",
        &[("aws_lb.internal", "violation"), ("aws_lb.public", "violation")],
    );
    expect(
        &FIRST,
        "lb-idle",
        &[("aws_lb.grouped", "violation"), ("aws_lb.idle", "violation")],
    );
}

#[test]
fn a_companion_that_may_belong_to_several_leaves_a_count_open() {
    // Two listeners of its own, and one that may be its.
    expect(&FIRST, "lb-many-listeners", &[("aws_lb.public", "undetermined")]);
    // Its configuration shows whose it is.
    expect(&SOURCED, "lb-many-listeners", &[("aws_lb.public", "violation")]);
}

#[test]
fn what_a_resource_names_is_looked_at_in_the_other_direction() {
    let open = ("aws_lb_listener.elsewhere", "undetermined");
    expect(
        &FIRST,
        "listener-public-and-plain",
        &[
            open,
            ("aws_lb_listener.either", "undetermined"),
            ("aws_lb_listener.public_http", "violation"),
        ],
    );
    expect(
        &SOURCED,
        "listener-public-and-plain",
        &[
            open,
            ("aws_lb_listener.either", "violation"),
            ("aws_lb_listener.public_http", "violation"),
        ],
    );
    // That something is named is enough, wherever it stands.
    expect(&SOURCED, "listener-without-lb", &[]);
    let elsewhere = one(&FIRST, "listener-public-and-plain", "aws_lb_listener.elsewhere");
    assert!(
        elsewhere
            .message
            .contains("what `$.load_balancer_arn` of `aws_lb_listener.elsewhere` names is not managed by this plan"),
        "{}",
        elsewhere.message
    );
    assert_eq!(
        elsewhere.settle.as_deref(),
        Some("manage it in the same Terraform configuration, and name it by reference")
    );
}

#[test]
fn what_belongs_to_a_resource_is_asked_what_belongs_to_it() {
    let rule = "rule-of-a-plain-lb";
    let found = |blue| {
        [
            ("aws_vpc_security_group_ingress_rule.blue", blue),
            ("aws_vpc_security_group_ingress_rule.elsewhere", "undetermined"),
            ("aws_vpc_security_group_ingress_rule.plain", "violation"),
        ]
    };
    expect(&FURTHER, rule, &found("undetermined"));
    // The configuration shows which load balancer the listener belongs to.
    expect(&FURTHER_SOURCED, rule, &found("violation"));
    let plain = one(&FURTHER, rule, "aws_vpc_security_group_ingress_rule.plain");
    let shown: Vec<(&str, &str)> = plain
        .evidence
        .iter()
        .map(|one| (one.address.as_str(), one.path.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("aws_vpc_security_group_ingress_rule.plain", "$.security_group_id"),
            ("aws_lb.plain", "$.security_groups[*]"),
            ("aws_lb_listener.plain", "$.load_balancer_arn"),
            ("aws_lb_listener.plain", "$.default_action[0].type"),
        ]
    );
    let blue = one(&FURTHER, rule, "aws_vpc_security_group_ingress_rule.blue");
    let doubt = "the plan does not tell what `aws_lb_listener.blue` names by `$.load_balancer_arn`";
    assert!(blue.message.contains(doubt), "{}", blue.message);
}

#[test]
fn each_element_of_a_list_names_one() {
    // The plan does not show the constant that stands beside the reference; the configuration does, and it is elsewhere.
    for findings in [&*FIRST, &*SOURCED] {
        expect(findings, "lb-in-other-groups", &[("aws_lb.grouped", "undetermined")]);
        expect(findings, "lb-in-no-web-group", &[]);
    }
}

#[test]
fn the_same_name_in_another_region_is_another_resource() {
    expect(
        &FIRST,
        "group-open-to-telnet",
        &[("aws_security_group.web", "violation")],
    );
    // `lax` stands in Ireland, too, and forces TLS there.
    expect(
        &FIRST,
        "db-group-lax",
        &[
            ("aws_db_instance.elsewhere", "undetermined"),
            ("aws_db_instance.lax", "violation"),
            ("aws_db_instance.plain", "violation"),
        ],
    );
}

#[test]
fn a_name_may_be_that_of_a_resource_whose_names_are_not_known_yet() {
    expect(
        &FIRST,
        "db-group-lax-by-id",
        &[
            ("aws_db_instance.elsewhere", "undetermined"),
            ("aws_db_instance.forced", "undetermined"),
            ("aws_db_instance.lax", "undetermined"),
            ("aws_db_instance.plain", "violation"),
        ],
    );
}

#[test]
fn keys_are_asked_what_they_are_and_what_they_have() {
    // The key of `elsewhere` stands outside the plan, and `plain` has none.
    expect(
        &FIRST,
        "part-under-a-still-key",
        &[
            ("aws_db_instance.elsewhere", "undetermined"),
            ("aws_sqs_queue.still", "violation"),
        ],
    );
    expect(
        &FIRST,
        "part-under-no-turning-key",
        &[
            ("aws_db_instance.elsewhere", "undetermined"),
            ("aws_db_instance.plain", "violation"),
        ],
    );
    expect(
        &FIRST,
        "part-under-a-key-without-a-policy",
        &[
            ("aws_db_instance.elsewhere", "undetermined"),
            ("aws_db_instance.forced", "violation"),
            ("aws_db_instance.lax", "violation"),
            ("aws_sqs_queue.shared", "violation"),
            ("aws_sqs_queue.still", "violation"),
        ],
    );
}

#[test]
fn a_key_is_asked_for_its_users() {
    expect(&FIRST, "key-of-many", &[("aws_kms_key.shared", "violation")]);
    expect(&FIRST, "key-of-none", &[("aws_kms_key.unused", "violation")]);
    expect(
        &FIRST,
        "key-of-queues",
        &[("aws_kms_key.shared", "violation"), ("aws_kms_key.still", "violation")],
    );
    expect(&FIRST, "key-of-personal-data", &[("aws_kms_key.still", "violation")]);
    let shared = one(&FIRST, "key-of-many", "aws_kms_key.shared");
    let related: BTreeSet<&str> = shared.related.iter().map(|one| one.address.as_str()).collect();
    let stores = ["aws_db_instance.forced", "aws_db_instance.lax", "aws_sqs_queue.shared"];
    assert_eq!(related, BTreeSet::from(stores));
}

/// Its rotation is not in the plan, so the rule cannot tell whether it applies. It has one user.
#[test]
fn of_a_key_outside_the_plan_no_attribute_is_known() {
    let still = said(&FIRST, "key-still-with-users");
    let outside: Vec<_> = still
        .iter()
        .filter(|(address, _)| !address.starts_with("aws_kms_key."))
        .collect();
    assert_eq!(outside.len(), 1, "{still:?}");
    assert_eq!(*outside[0].1, "undetermined");
}

#[test]
fn one_key_alone_is_not_one_of_several() {
    let texts = FIRST.iter().map(|one| serde_json::to_string(one).unwrap());
    let shown: Vec<String> = texts
        .filter(|text| text.contains("is not managed by this plan"))
        .collect();
    assert!(!shown.is_empty());
    for text in shown {
        if let Some((_, several)) = text.split_once("its key may be one of several: ") {
            let named = several.split('"').next().unwrap();
            assert!(named.contains(", or "), "{text}");
        }
    }
}

#[test]
fn what_is_said_of_users_answers_what_was_asked() {
    let bytes = std::fs::read(testdata().join("relations/first/plan.json")).unwrap();
    let mut plan = plan::read(bytes, &POLICIES.wanted()).remove(0).unwrap();
    let model = Model::new(&mut plan);
    let mut facts = Facts::new(&model, &POLICIES);
    facts.keep_trails = true;
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
    let report = builder.finish();
    let ids: Vec<_> = model.resources().map(|(id, _)| id).collect();
    let explanation = explain::build::explain(&facts, &report, report.plans[0].clone(), &ids);
    let text = serde_json::to_string(&explanation).unwrap();
    assert!(text.contains("key-of-many"));
    // No rule here asks for sensitive categories.
    assert!(!text.contains("sensitive categor"), "{text}");
}

#[test]
fn what_was_looked_at_in_the_other_resource_is_evidence_with_its_address() {
    let found = one(&FIRST, "lb-plain-listener", "aws_lb.public");
    let shown: Vec<(&str, &str)> = found
        .evidence
        .iter()
        .map(|one| (one.address.as_str(), one.path.as_str()))
        .collect();
    // The listener that passes is not the point, nor one that may belong elsewhere.
    assert_eq!(
        shown,
        [
            ("aws_lb_listener.public_http", "$.load_balancer_arn"),
            ("aws_lb_listener.public_http", "$.protocol"),
        ]
    );
    let protocol = &found.evidence[1];
    assert_eq!(protocol.after, State::Known { value: "HTTP".into() });
    let trace = &found.evidence[0].trace;
    assert_eq!(
        trace,
        &["aws_lb_listener.public_http.load_balancer_arn", "aws_lb.public.arn"]
    );
}

fn change(rule: &str, address: &str) -> (Outcome, Change) {
    let found = one(&WEAKENED, rule, address);
    (found.outcome, found.change)
}

#[test]
fn both_sides_are_judged_with_what_belongs_to_them() {
    for rule in ["bucket-not-blocked", "bucket-without-any-block"] {
        assert_eq!(
            change(rule, "aws_s3_bucket.dropped"),
            (Outcome::Violation, Change::Introduced)
        );
        assert_eq!(change(rule, "aws_s3_bucket.mended"), (Outcome::Pass, Change::Fixed));
        assert_eq!(
            change(rule, "aws_s3_bucket.open"),
            (Outcome::Violation, Change::Existing)
        );
    }
    let loosened = change("bucket-not-blocked", "aws_s3_bucket.loosened");
    assert_eq!(loosened, (Outcome::Violation, Change::Introduced));
    let still = change("part-under-a-still-key", "aws_sqs_queue.jobs");
    assert_eq!(still, (Outcome::Violation, Change::Introduced));
}

#[test]
fn a_companion_that_is_deleted_stands_in_the_evidence() {
    let found = one(&WEAKENED, "bucket-without-any-block", "aws_s3_bucket.dropped");
    let [evidence] = found.evidence.as_slice() else {
        panic!("{:?}", found.evidence)
    };
    assert_eq!(evidence.address, "aws_s3_bucket_public_access_block.dropped");
    assert_eq!(evidence.path, "$.bucket");
    assert_eq!(
        evidence.before,
        State::Known {
            value: "dropped.example.com".into()
        }
    );
    assert_eq!(evidence.after, State::Absent);
}

/// One block of public access is deleted, and one is made for the same bucket: AWS keeps one for each.
#[test]
fn of_one_setting_that_is_deleted_and_written_nobody_knows_which_comes_last() {
    assert_eq!(
        change("bucket-not-blocked", "aws_s3_bucket.renamed"),
        (Outcome::Undetermined, Change::Introduced)
    );
    let several = said(&WEAKENED, "bucket-without-any-block");
    assert!(!several.contains_key("aws_s3_bucket.renamed"), "{several:?}");
}

#[test]
fn nothing_is_said_of_what_stays() {
    let unchanged = findings_of("history/01-unchanged.json", false);
    assert!(unchanged.iter().all(|one| one.change == Change::Existing));
    let without = said(&unchanged, "bucket-without-any-block");
    let open = ["aws_s3_bucket.mended", "aws_s3_bucket.open"];
    assert_eq!(without.keys().map(String::as_str).collect::<Vec<_>>(), open);
    assert!(said(&unchanged, "part-under-a-still-key").is_empty());
}
