//! Patterns of resource types.

use planseal::plan::{TypePattern, Wanted};
use serde_json::json;

use super::{change, found, judge, policies, rule, words};
use crate::common::testdata;

/// 00-create: three keys and the setting for EBS are no file systems, topics or volumes.
#[test]
fn a_pattern_takes_every_type_that_it_fits() {
    let untagged = |types: &str| {
        rule(&format!(
            "resources: [{types}]\nrequire: {{ path: \"$.tags['data-class']\", set: true }}"
        ))
    };
    for types in [
        "'aws_sns_*'",
        "'aws_s*_topic'",
        "'aws_sns_*', aws_sns_topic, 'aws_*_topic'",
    ] {
        assert_eq!(
            found(&untagged(types), "state-changes/01-noop.json"),
            ["aws_sns_topic.inferred violation existing"],
            "{types}"
        );
    }
    assert_eq!(found(&untagged("'aws_kms_*'"), "state-changes/01-noop.json"), [""; 0]);
    assert_eq!(found(&untagged("'aws_rds_*'"), "state-changes/01-noop.json"), [""; 0]);
}

#[test]
fn a_pattern_narrows_stores_too() {
    let of = |types: &str| {
        rule(&format!(
            "each: store\n{types}forbid: {{ category: {{ is: [operational] }} }}"
        ))
    };
    let plan = "state-changes/01-noop.json";
    let all = found(&of(""), plan);
    let some = found(&of("resources: ['aws_e*']\n"), plan);
    assert_eq!(
        some,
        [
            "aws_ebs_volume.disk violation existing",
            "aws_ecr_repository.images violation existing",
            "aws_efs_file_system.scratch violation existing",
            "aws_efs_file_system.share violation existing",
        ]
    );
    assert!(all.len() > some.len() && some.iter().all(|one| all.contains(one)));
}

/// Whatever the provider: the reader keeps what such a rule asks for.
#[test]
fn types_that_nobody_heard_of_are_taken() {
    let entry = |kind: &str, port: u32| {
        json!({
            "address": format!("{kind}.x"), "mode": "managed", "type": kind, "name": "x",
            "change": change(&["create"], json!(null), json!({ "port": port, "name": "x" })),
        })
    };
    let document = json!({ "format_version": "1.2", "resource_changes": [
        entry("acme_public_door", 80), entry("acme_public_window", 443), entry("acme_private_door", 80),
    ]});
    let text = rule("resources: ['acme_public_*']\nforbid: { path: $.port, equals: 80 }");
    let report = judge(&policies(&[&text]), serde_json::to_vec(&document).unwrap());
    let said: Vec<String> = report.findings.iter().map(words).collect();
    assert_eq!(said, ["acme_public_door.x violation introduced"]);
    assert_eq!(report.summary.judged, 2);
}

#[test]
fn what_is_wanted_of_a_type_is_what_its_name_and_all_patterns_ask_for() {
    let mut wanted = Wanted::default();
    wanted.want("aws_db_instance", "engine");
    for (pattern, attribute) in [("aws_db_*", "tags"), ("aws_*_instance", "region"), ("aws_db_*", "name")] {
        wanted.want_of(&TypePattern::new(pattern), attribute);
    }
    wanted.want_of(&TypePattern::new("aws_eip"), "domain");
    let of = |name: &str| {
        let mut names: Vec<String> = wanted.attributes(name)?.iter().cloned().collect();
        names.sort();
        Some(names.join(" "))
    };
    assert_eq!(of("aws_db_instance").as_deref(), Some("engine name region tags"));
    assert_eq!(of("aws_db_proxy").as_deref(), Some("name tags"));
    assert_eq!(of("aws_eip").as_deref(), Some("domain"));
    assert_eq!(of("aws_vpc"), None);
}

/// A rule over many types shows each resource once, in the same order each time.
#[test]
fn a_list_of_many_types_is_in_order() {
    let text =
        rule("resources: ['aws_*']\nper_plan: true\nforbid: { path: \"$.tags['data-class']\", equals: operational }");
    let plan = || std::fs::read(testdata().join("state-changes/01-noop.json")).unwrap();
    let related = || {
        let findings = judge(&policies(&[&text]), plan()).findings;
        let related = findings.into_iter().flat_map(|finding| finding.related);
        related.map(|one| one.address).collect::<Vec<String>>()
    };
    let first = related();
    assert!(first.len() >= 6 && first.is_sorted(), "{first:?}");
    assert_eq!(first, related());
}
