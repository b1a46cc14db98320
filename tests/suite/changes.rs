//! What a plan does to what stood before.

use planseal::eval::gate::Settings;
use planseal::eval::{Facts, evaluate};
use planseal::model::Model;
use planseal::plan;
use planseal::policy::load::{Source, load};
use planseal::report::build::Builder;
use planseal::report::v1::{Change, Outcome};
use serde_json::{Value, json};

use crate::common::{judge, read, read_bytes, testdata};

fn document(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(testdata().join(name)).unwrap()).unwrap()
}

fn report(document: &Value) -> Value {
    let plan = read_bytes(serde_json::to_vec(document).unwrap());
    serde_json::to_value(judge(&plan).report).unwrap()
}

/// `resource_drift` is full of what providers fill in after an apply; what stands is in `before` already.
#[test]
fn drift_alone_is_no_finding_and_changes_none() {
    for name in [
        "seed-bad/plan.json",
        "state-changes/17-refresh-only.json",
        "state-changes/18-drift.json",
    ] {
        let original = document(name);
        let expected = report(&original);
        for drift in [
            Value::Null,
            json!([]),
            // As bad as drift can be: everything that the bad twin does.
            document("seed-bad/plan.json")["resource_changes"].clone(),
        ] {
            let mut changed = original.clone();
            changed["resource_drift"] = drift;
            assert_eq!(report(&changed), expected, "{name}");
        }
    }
}

#[test]
fn a_refresh_only_plan_with_drift_is_partial_and_judges_nothing() {
    let name = "state-changes/17-refresh-only.json";
    assert!(
        document(name)["resource_drift"]
            .as_array()
            .is_some_and(|drift| !drift.is_empty())
    );
    let judged = judge(&read(&testdata().join(name)));
    assert!(!judged.report.plans[0].complete);
    assert_eq!(judged.report.summary.judged, 0);
    assert!(judged.report.findings.is_empty());
}

#[test]
fn a_finding_about_encryption_says_that_the_store_is_replaced_and_what_is_lost() {
    let judged = judge(&read(&testdata().join("state-changes/03-encryption-replaces.json")));
    for (rule, address, change) in [
        ("at-rest-below-minimum", "aws_efs_file_system.share", Change::Introduced),
        ("at-rest-below-minimum", "aws_efs_file_system.scratch", Change::Fixed),
    ] {
        let found = judged.report.findings.iter();
        let mut found = found.filter(|one| one.rule == rule && one.address.as_deref() == Some(address));
        let finding = found.next().unwrap_or_else(|| panic!("{rule} {address}"));
        assert_eq!(finding.change, change);
        assert!(
            finding.message.contains("This plan replaces the EFS file system")
                && finding.message.ends_with("lost with the old one: its files."),
            "{}",
            finding.message
        );
    }
}

/// The fix of `aws_efs_file_system.scratch`, whose encryption is fixed at creation.
fn fix(name: &str) -> String {
    let judged = judge(&read(&testdata().join(name)));
    let scratch = |one: &&planseal::report::v1::Finding| {
        one.rule == "at-rest-below-minimum" && one.address.as_deref() == Some("aws_efs_file_system.scratch")
    };
    judged.report.findings.iter().find(scratch).unwrap().fix.clone()
}

#[test]
fn a_fix_says_that_it_replaces_what_stands_and_nothing_of_what_is_only_made() {
    let standing = fix("state-changes/01-noop.json");
    let comment: Vec<&str> = standing.lines().take_while(|line| line.starts_with("# ")).collect();
    let comment = comment.join(" ").replace(" # ", " ");
    assert_eq!(
        comment,
        "# This replaces the EFS file system: `encrypted` and `kms_key_id` cannot be changed in place. Lost with the old \
         one: its files. To keep that, replicate them into an encrypted file system first."
    );
    let made = fix("state-changes/00-create.json");
    assert!(!made.contains("replaces"), "{made}");
}

/// A rule over words that have an order, as minimum TLS versions do.
const LOWERED: &str = "\
id: minimum-lowered
title: A minimum version is lowered
severity: high
resources: [aws_example]
forbid: { path: \"$.viewer[*].version\", lowered: true, order: [old, [fair, middling], new] }
message: It is lower.
why: It matters.
fix: '# raise it'
reference: https://example.com/
";

/// What a rule says of `aws_example.x`, of which an entry of `resource_changes` tells this.
fn said(rule: &str, entry: &Value) -> Option<(Outcome, Change)> {
    let mut change = json!({ "address": "aws_example.x", "mode": "managed", "type": "aws_example", "name": "x" });
    change
        .as_object_mut()
        .unwrap()
        .extend(entry.as_object().unwrap().clone());
    let document = json!({ "format_version": "1.2", "resource_changes": [change] });
    let rule = Source {
        file: "rule.yaml".into(),
        text: rule.into(),
    };
    let policies = load(&[rule], true).unwrap_or_else(|errors| panic!("{}", errors.render(false)));
    let mut documents = plan::read(serde_json::to_vec(&document).unwrap(), &policies.wanted());
    let mut plan = documents.remove(0).unwrap();
    let model = Model::new(&mut plan);
    let facts = Facts::new(&model, &policies);
    let mut builder = Builder::new(Settings::default());
    builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
    let findings = builder.finish().findings;
    assert!(findings.len() <= 1);
    findings.first().map(|one| (one.outcome, one.change))
}

/// A change with these values of one attribute; null where there is no object.
fn change(actions: Value, before: Value, after: Value) -> Value {
    let marks = json!({});
    json!({
        "actions": actions, "before": before, "after": after, "after_unknown": {},
        "before_sensitive": marks, "after_sensitive": marks,
    })
}

const DOCUMENT: &str = "\
id: document-bad
title: A document is bad
severity: high
resources: [aws_example]
require: { path: $.document, read_as: json, for: every, where: { path: $.good, equals: true } }
message: It is bad.
why: It matters.
fix: '# mend it'
reference: https://example.com/
";

#[test]
fn each_kind_of_change_is_judged_before_and_after() {
    let document = |text: &str| json!({ "document": text });
    let (good, bad) = (document(r#"{"good": true}"#), document(r#"{"good": false}"#));
    let (odd, other) = (document("{"), document("["));
    let none = Value::Null;
    let new = Some((Outcome::Violation, Change::Introduced));
    let old = Some((Outcome::Violation, Change::Existing));
    let mended = Some((Outcome::Pass, Change::Fixed));
    let doubt = |change| Some((Outcome::Undetermined, change));
    let first = [json!(["delete", "create"]), json!(["create", "delete"])];
    let mut cases = vec![
        (json!(["create"]), &none, &bad, new),
        (json!(["create"]), &none, &good, None),
        (json!(["update"]), &good, &bad, new),
        (json!(["update"]), &bad, &good, mended),
        (json!(["no-op"]), &bad, &bad, old),
        (json!(["no-op"]), &good, &good, None),
        // What goes is not mended.
        (json!(["delete"]), &bad, &none, None),
        (json!(["forget"]), &bad, &none, None),
        (json!(["create", "forget"]), &good, &bad, new),
        (json!(["create", "forget"]), &bad, &bad, old),
        // What cannot be told is neither right nor wrong on either side.
        (json!(["create"]), &none, &odd, doubt(Change::Introduced)),
        (json!(["update"]), &odd, &bad, new),
        (json!(["update"]), &odd, &good, None),
        (json!(["update"]), &bad, &odd, doubt(Change::Introduced)),
        (json!(["update"]), &good, &odd, doubt(Change::Introduced)),
        (json!(["update"]), &odd, &other, doubt(Change::Introduced)),
        (json!(["no-op"]), &odd, &odd, doubt(Change::Existing)),
    ];
    for order in &first {
        cases.push((order.clone(), &good, &bad, new));
        cases.push((order.clone(), &bad, &bad, old));
        cases.push((order.clone(), &bad, &good, mended));
    }
    for (actions, before, after, expected) in cases {
        let entry = json!({ "change": change(actions.clone(), before.clone(), after.clone()) });
        assert_eq!(said(DOCUMENT, &entry), expected, "{actions}: {before} to {after}");
    }
    // An imported resource is new here; a moved one is what it was; a deposed one is not judged.
    let mut imported = change(json!(["no-op"]), bad.clone(), bad.clone());
    imported["importing"] = json!({ "id": "x" });
    assert_eq!(said(DOCUMENT, &json!({ "change": imported })), new);
    let same = change(json!(["no-op"]), bad.clone(), bad.clone());
    let moved = json!({ "previous_address": "aws_example.y", "change": same });
    assert_eq!(said(DOCUMENT, &moved), old);
    let goes = change(json!(["delete"]), bad.clone(), Value::Null);
    assert_eq!(said(DOCUMENT, &json!({ "deposed": "ab12", "change": goes })), None);
}

/// What [`LOWERED`] says of a resource with these values.
fn lowered(actions: Value, before: Value, after: Value, unknown: Value) -> Option<(Outcome, Change)> {
    let viewer = |version: Value| match version {
        Value::Null => Value::Null,
        version => json!({ "viewer": [version] }),
    };
    let mut change = change(actions, viewer(before), viewer(after));
    change["after_unknown"] = viewer(unknown);
    said(LOWERED, &json!({ "change": change }))
}

#[test]
fn values_with_an_order_are_lowered_or_not() {
    let version = |word: &str| json!({ "version": word });
    let violation = Some((Outcome::Violation, Change::Introduced));
    let undetermined = Some((Outcome::Undetermined, Change::Introduced));
    for (before, after, expected) in [
        (version("new"), version("fair"), violation),
        (version("middling"), version("old"), violation),
        (version("fair"), version("middling"), None),
        (version("fair"), version("new"), None),
        (version("new"), version("new"), None),
        // Outside the order: what stays as it is is not lowered, and what changes may be.
        (version("odd"), version("odd"), None),
        (version("new"), version("odd"), undetermined),
        (version("odd"), version("old"), undetermined),
        // What is not set is what the provider makes of it, which the rule does not say.
        (version("new"), json!({ "version": null }), undetermined),
        (json!({ "version": null }), version("old"), None),
    ] {
        let found = lowered(json!(["update"]), before.clone(), after.clone(), json!({}));
        assert_eq!(found, expected, "{before} to {after}");
    }
    let unknown = lowered(json!(["update"]), version("new"), json!({}), json!({ "version": true }));
    assert_eq!(unknown, undetermined);
}

#[test]
fn what_was_not_there_before_is_not_lowered() {
    let old = json!({ "version": "old" });
    assert_eq!(lowered(json!(["create"]), Value::Null, old.clone(), json!({})), None);
    assert_eq!(lowered(json!(["delete"]), old, Value::Null, Value::Null), None);
}

#[test]
fn what_is_replaced_is_compared_with_the_one_that_goes() {
    let version = |word: &str| json!({ "version": word });
    for actions in [json!(["delete", "create"]), json!(["create", "delete"])] {
        let found = lowered(actions, version("new"), version("old"), json!({}));
        assert_eq!(found, Some((Outcome::Violation, Change::Introduced)));
    }
}
