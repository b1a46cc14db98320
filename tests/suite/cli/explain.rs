//! `explain`, `rules`, `init` and `completions` as people run them.

use std::collections::BTreeSet;
use std::path::Path;

use super::{BAD, GOOD, bytes, check, finished, planseal, program, text};
use crate::common::POLICIES;

/// The outputs stand beside the tests as a reader would see them; `PLANSEAL_BLESS=1` writes them anew.
fn as_recorded(file: &str, arguments: &[&str]) {
    let output = planseal(arguments).exits(0).out;
    recorded(&Path::new("tests/outputs").join(file), &output);
}

fn recorded(file: &Path, output: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("PLANSEAL_BLESS").is_some() {
        std::fs::write(&path, output).unwrap();
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        recorded == output,
        "{} differs; PLANSEAL_BLESS=1 accepts this:\n{output}",
        file.display()
    );
}

#[test]
fn explanations_are_as_recorded() {
    for (file, address, plan) in [
        ("explain-store.txt", "aws_db_instance.members", BAD),
        ("explain-bucket.txt", "aws_s3_bucket.profiles", GOOD),
        ("explain-key.txt", "aws_kms_key.shared", BAD),
        (
            "explain-undetermined.txt",
            "aws_sns_topic.unknown_condition",
            "testdata/conditions/plan.json",
        ),
        (
            "explain-companion.txt",
            "aws_s3_bucket_server_side_encryption_configuration.profiles",
            GOOD,
        ),
        (
            "explain-deleted-key.txt",
            "aws_kms_key.financial",
            "testdata/history/06-key-deleted.json",
        ),
    ] {
        as_recorded(file, &["explain", address, "--plan", plan]);
    }
    as_recorded(
        "explain-key.json",
        &["explain", "aws_kms_key.shared", "--plan", BAD, "--format", "json"],
    );
    as_recorded("explain-rule.txt", &["explain", "at-rest-below-minimum"]);
    as_recorded("explain-rule-before.txt", &["explain", "protection-lowered"]);
    as_recorded(
        "explain-rule.md",
        &["explain", "kms-rotation-disabled", "--format", "md"],
    );
    as_recorded(
        "explain-rule.json",
        &["explain", "rds-backup-retention-short", "--format", "json"],
    );
    as_recorded("rules.txt", &["rules"]);
}

#[test]
fn the_list_of_rules_in_the_documentation_is_current() {
    let output = planseal(&["rules", "--format", "md"]).exits(0).out;
    recorded(Path::new("docs/rules.md"), &output);
}

/// One page a rule, and no page of a rule that is no more.
#[test]
fn the_pages_of_rules_in_the_documentation_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules");
    let mut expected = BTreeSet::new();
    for rule in &POLICIES.rules {
        let page = format!("{}.md", rule.id);
        let output = planseal(&["explain", &rule.id, "--format", "md"]).exits(0).out;
        recorded(&Path::new("docs/rules").join(&page), &output);
        expected.insert(page);
    }
    let entries = std::fs::read_dir(folder).unwrap();
    let there: BTreeSet<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, expected);
}

#[test]
fn every_rule_can_be_explained() {
    let rules = planseal(&["rules", "--format", "json"]).exits(0).out;
    let rules: planseal::report::rules::v1::Rules = serde_json::from_str(&rules).unwrap();
    assert!(rules.rules.len() >= 21);
    for rule in &rules.rules {
        assert!(rule.source.starts_with("id: "), "{}", rule.id);
        let outcomes: Vec<&str> = rule.examples.iter().map(|one| one.outcome.as_str()).collect();
        // The cases of rules about waivers need a configuration, which is no HCL.
        let of_waivers = rule.each.as_deref() == Some("waiver");
        assert!(
            of_waivers || matches!(outcomes[..], ["violation" | "advice", "pass"]),
            "{}: {outcomes:?}",
            rule.id
        );
        for hcl in rule.examples.iter().flat_map(|one| [&one.before, &one.after]).flatten() {
            let body = hcl.parse::<hcl_edit::structure::Body>();
            assert!(body.is_ok(), "{}: {body:?}\n{hcl}", rule.id);
        }
        let listed = rule.severity_when.iter().all(|case| !case.when.is_empty());
        assert!(
            listed && !rule.message.is_empty() && !rule.why.is_empty(),
            "{}",
            rule.id
        );
        planseal(&["explain", &rule.id])
            .exits(0)
            .says(&rule.title)
            .says(&rule.policy.file);
    }
}

#[test]
fn what_cannot_be_explained_says_what_to_do() {
    let wrong = |arguments: &[&str], complaint: &str| {
        planseal(&[&["explain"], arguments].concat())
            .exits(2)
            .prints_nothing()
            .complains(complaint);
    };
    wrong(&["kms-rotation-disable"], "did you mean `kms-rotation-disabled`?");
    wrong(&["nothing-like-it"], "`planseal rules` lists them");
    wrong(
        &["aws_s3_bucket.logs"],
        "planseal explain aws_s3_bucket.logs --plan plan.json",
    );
    wrong(
        &["module.a[\"b\"].aws_s3_bucket.logs"],
        "planseal explain 'module.a[\"b\"].aws_s3_bucket.logs' --plan",
    );
    wrong(
        &["kms-rotation-disabled", "--plan", BAD],
        "`kms-rotation-disabled` is no address of a resource",
    );
    wrong(
        &["aws_kms_key.share", "--plan", BAD],
        "did you mean `aws_kms_key.shared`?",
    );
    wrong(
        &["module.key.aws_kms_key.this", "--plan", GOOD],
        "name one of them module.key[\"",
    );
    wrong(&["aws_kms_key.shared", "--plan", "testdata"], "name one file");
    wrong(&["aws_kms_key.shared", "--plan", "README.md"], "help:");
    wrong(&["aws_kms_key.shared", "--plan", "missing.json"], "missing.json");
    wrong(
        &["aws_kms_key.shared", "--plan", BAD, "--format", "md"],
        "`text` or `json`",
    );
    wrong(&["aws_kms_key.shared", "--source", "."], "--plan");
}

#[test]
fn of_several_plans_in_a_file_one_is_named() {
    let line = |plan: &str| {
        let plan: serde_json::Value = serde_json::from_slice(&bytes(plan)).unwrap();
        format!("{plan}\n")
    };
    let both = format!("{}{}", line(BAD), line(BAD));
    let run = |more: &[&str]| {
        let arguments = [&["explain", "aws_kms_key.shared", "--plan", "-"], more].concat();
        finished(program(&arguments), both.as_bytes())
    };
    let several = run(&[]).exits(2);
    let name = several.err.split('`').nth(5).unwrap().to_owned();
    assert!(name.ends_with("#2"), "{}", several.err);
    run(&["--plan-name", &name]).exits(0).says("aws_kms_key.shared");
    run(&["--plan-name", "other"])
        .exits(2)
        .complains("no plan has that name")
        .complains(&name);
    // Where only one plan has it, it is meant.
    let mixed = format!("{}{}", line(GOOD), line(BAD));
    finished(
        program(&["explain", "aws_kms_key.shared", "--plan", "-"]),
        mixed.as_bytes(),
    )
    .exits(0)
    .says("violation");
}

#[test]
fn a_type_without_an_entry_says_what_to_do() {
    let mut plan: serde_json::Value = serde_json::from_slice(&bytes(BAD)).unwrap();
    let changes = plan["resource_changes"].as_array_mut().unwrap();
    let mut change = changes[0].clone();
    change["address"] = "aws_made_up.x".into();
    change["type"] = "aws_made_up".into();
    change["name"] = "x".into();
    changes.push(change);
    let run = finished(
        program(&["explain", "aws_made_up.x", "--plan", "-"]),
        &serde_json::to_vec(&plan).unwrap(),
    );
    run.exits(0)
        .says("no entry for `aws_made_up`")
        .says("--policy")
        .says("No rule looked at it");
}

#[test]
fn shells_complete_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = planseal(&["completions", shell]).exits(0);
        assert!(
            run.out.contains("explain") && run.out.contains("no-default-policies"),
            "{shell}"
        );
    }
    planseal(&["completions", "tcsh"]).exits(2);
}

/// A rule of a user's own is explained by the cases beside it.
#[test]
fn a_rule_of_your_own_has_the_examples_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let policy = folder.path().join("topic-without-key.yaml");
    let tests = policy.with_extension("test.yaml");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/testing");
    std::fs::copy(example.join("topic-without-key.yaml"), &policy).unwrap();
    let explain = |more: &[&str]| {
        let arguments = [&["explain", "topic-without-key", "--policy", text(&policy)], more].concat();
        planseal(&arguments).exits(0)
    };
    let bare = explain(&[]);
    assert!(bare.err.is_empty() && !bare.out.contains("what passes"), "{}", bare.out);
    std::fs::copy(example.join("topic-without-key.test.yaml"), &tests).unwrap();
    explain(&[])
        .says("what it finds (")
        .says("what passes, in aws_sns_topic.main (");
    explain(&["--format", "md"]).says("## Examples");
    // What is wrong there does not keep the rule from being explained.
    std::fs::write(&tests, "cases: 1\n").unwrap();
    let broken = explain(&[]).complains("has mistakes").complains("planseal test");
    assert!(!broken.out.contains("what passes"), "{}", broken.out);
    // The cases of another rule are none of this one.
    std::fs::write(
        &tests,
        "rule: other\ncases: [{ name: a, resources: { aws_x.a: {} }, expect: { aws_x.a: pass } }]\n",
    )
    .unwrap();
    assert!(!explain(&[]).out.contains("what passes"));
}

const CHANGING: &str = "rules:
  rds-backup-retention-short: { severity: high, parameters: { minimum_days: 14 }, reason: Audits ask for two weeks. }
  rds-publicly-accessible: { enabled: false, reason: The network keeps it closed. }
  at-rest-below-minimum: { severity: low }
gate: { mode: any, min_severity: high }
";

#[test]
fn a_rule_is_explained_as_the_configuration_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("planseal.yaml");
    std::fs::write(&config, CHANGING).unwrap();
    let under = |arguments: &[&str]| planseal(&[arguments, &["--config", text(&config)]].concat()).exits(0);
    under(&["explain", "rds-backup-retention-short"])
        .says("severity: high")
        .says("parameters: `minimum_days`: 14 (the rule itself says 7)")
        .says("makes it high instead of medium, and sets `minimum_days` (\u{201c}Audits ask for two weeks.\u{201d})")
        .says("backup_retention_period = 14");
    under(&["explain", "rds-backup-retention-short", "--format", "md"]).says("14 (the rule itself says 7)");
    under(&["explain", "rds-publicly-accessible"]).says("switches it off");
    under(&["rules"]).says("off rds-publicly-accessible");
    // Without a configuration nothing is said of one.
    let run = planseal(&["explain", "rds-backup-retention-short"]).exits(0);
    assert!(!run.out.contains("configuration:") && !run.out.contains("itself says"));
}

/// What `explain` says of an address is what `check` says of it, under the same configuration.
#[test]
fn an_address_is_explained_as_it_is_judged_under_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("planseal.yaml");
    std::fs::write(&config, CHANGING).unwrap();
    let report = check(&[BAD, "--format", "json", "--config", text(&config)]).report();
    let mut off = 0;
    let mut blocking = 0;
    let addresses: BTreeSet<String> = report
        .findings
        .iter()
        .filter_map(|finding| finding.address.clone())
        .collect();
    assert!(addresses.len() > 5);
    for address in &addresses {
        let run = planseal(&[
            "explain",
            address,
            "--plan",
            BAD,
            "--format",
            "json",
            "--config",
            text(&config),
        ])
        .exits(0);
        let explained: planseal::report::explain::v1::Explanation = serde_json::from_str(&run.out).unwrap();
        let opinions = || explained.resources.iter().flat_map(|one| &one.rules);
        let told: Vec<_> = opinions()
            .filter_map(|one| one.finding.as_ref())
            .filter(|finding| finding.address.as_ref() == Some(address))
            .map(|finding| serde_json::to_string(finding).unwrap())
            .collect();
        let judged = report
            .findings
            .iter()
            .filter(|finding| finding.address.as_ref() == Some(address));
        let judged: Vec<_> = judged.map(|finding| serde_json::to_string(finding).unwrap()).collect();
        let sorted = |mut all: Vec<String>| {
            all.sort();
            all
        };
        assert_eq!(sorted(told), sorted(judged), "{address}");
        for opinion in opinions() {
            assert_eq!(opinion.disabled.is_some(), opinion.rule == "rds-publicly-accessible");
            assert!(opinion.disabled.is_none() || opinion.finding.is_none());
            off += usize::from(opinion.disabled.is_some());
            blocking += usize::from(opinion.blocking);
        }
    }
    assert!(off > 0 && blocking > 0, "{off} {blocking}");
    planseal(&["explain", "aws_db_instance.members", "--plan", BAD, "--config", text(&config)])
        .exits(0)
        .says("switched off high rds-publicly-accessible · would be: violation · introduced reason: The network keeps it closed.");
}

#[test]
fn address_patterns_are_among_the_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("planseal.yaml");
    let explain = |pattern: &str| {
        let text_of = format!("classification: {{ addresses: [{{ pattern: \"{pattern}\", category: health }}] }}\n");
        std::fs::write(&config, text_of).unwrap();
        planseal(&[
            "explain",
            "aws_s3_bucket.profiles",
            "--plan",
            GOOD,
            "--config",
            text(&config),
        ])
        .exits(0)
    };
    explain("aws_s3_bucket.pro*").says("patterns of addresses: health (address pattern aws_s3_bucket.pro*)");
    explain("aws_s3_bucket.other").says("patterns of addresses: says nothing");
}
