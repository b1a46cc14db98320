//! Every rule and every way of protecting each store occurs in testdata.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use planseal::eval::gate::Settings;
use planseal::eval::{Facts, evaluate};
use planseal::model::{Model, Side};
use planseal::plan::Plan;
use planseal::policy::Policies;
use planseal::policy::catalog::{Case, Grant, Store};
use planseal::policy::condition::Condition;
use planseal::policy::level::Level;
use planseal::policy::rule::{Rule, Subject};
use planseal::report::build::Builder;
use planseal::report::v1::Outcome;
use planseal::source::Source;

use crate::common::{POLICIES, plans, read, settings, source_of};

static PLANS: LazyLock<Vec<(Plan, Source)>> =
    LazyLock::new(|| plans().iter().map(|path| (read(path), source_of(path))).collect());

/// The rules that have this outcome somewhere in testdata.
fn rules_with(policies: &Policies, outcome: Outcome) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (plan, source) in &*PLANS {
        // Some rules are judged with the configuration alone, and others are undetermined without it.
        for source in [None, Some(source)] {
            let mut plan = plan.clone();
            let mut model = Model::new(&mut plan);
            if let Some(source) = source {
                model.use_source(source, &policies.wanted()).unwrap();
            }
            let facts = Facts::new(&model, policies).under(settings());
            let mut builder = Builder::new(Settings::default());
            builder.plan("plan", "plan.json", &facts, &evaluate(&facts));
            let findings = builder.finish().findings.into_iter();
            found.extend(findings.filter(|one| one.outcome == outcome).map(|one| one.rule));
        }
    }
    found
}

/// Every rule about what stands in plans; those about waivers have tests of their own.
fn rules() -> BTreeSet<String> {
    let about_plans = POLICIES.rules.iter().filter(|rule| rule.subject != Subject::Waivers);
    about_plans.map(|rule| rule.id.clone()).collect()
}

/// Rules that only recommend.
pub(crate) const ONLY_ADVICE: &[&str] = &[
    "acm-validation-incomplete",
    "at-rest-below-recommended",
    "cloudfront-weak-ciphers",
    "direct-connect-without-macsec",
    "dns-plain-text",
    "hsts-weak",
    "iot-weak-tls",
    "key-category-split",
    "key-outside-hierarchy",
    "kms-deletion-window-lowered",
    "kms-key-policy-missing",
    "kms-key-tags-missing",
    "kms-key-without-alias",
    "kms-key-without-category",
    "lb-listener-weak-ciphers",
    "protection-lowered",
    "rds-backup-retention-lowered",
    "session-without-kms-key",
    "store-replaced-by-encryption-change",
];

#[test]
fn the_rules_that_only_recommend_are_known() {
    let always = Some(Condition::All(Vec::new()));
    let found = POLICIES.rules.iter().filter(|rule| rule.advice_when == always);
    let found: Vec<&str> = found.map(|rule| rule.id.as_str()).collect();
    assert_eq!(found, ONLY_ADVICE);
}

#[test]
fn every_rule_is_violated_somewhere() {
    let mut expected = rules();
    for &rule in ONLY_ADVICE {
        assert!(expected.remove(rule), "{rule}");
    }
    assert_eq!(rules_with(&POLICIES, Outcome::Violation), expected);
}

/// The opposite of every rule: what a rule passes, its opposite forbids. A rule that another one follows speaks as it
/// always does; what it recommends or misses elsewhere is not the question here.
fn opposite() -> Policies {
    const UNCHANGED: &str = " (unchanged)";
    let mut opposite = POLICIES.clone();
    let followed: BTreeSet<String> = POLICIES.rules.iter().filter_map(|rule| rule.follows.clone()).collect();
    for rule in &mut opposite.rules {
        rule.demand.forbidden = !rule.demand.forbidden;
        rule.advice_when = None;
        rule.missing = None;
        rule.follows = rule.follows.take().map(|id| id + UNCHANGED);
    }
    for rule in POLICIES.rules.iter().filter(|rule| followed.contains(&rule.id)) {
        let id = rule.id.clone() + UNCHANGED;
        opposite.rules.push(Rule { id, ..rule.clone() });
    }
    opposite
}

#[test]
fn every_rule_applies_and_passes_somewhere() {
    let mut passing = rules_with(&opposite(), Outcome::Violation);
    passing.retain(|id| POLICIES.rules.iter().any(|rule| rule.id == *id));
    assert_eq!(passing, rules());
}

const SAID_FIRST: &str = "that the value cannot be told is said by the rule that it follows";

/// Rules that a plan always answers.
const NEVER_UNDETERMINED: &[(&str, &str)] = &[
    ("kms-deletion-window-lowered", SAID_FIRST),
    ("lb-listener-weak-ciphers", SAID_FIRST),
    ("rds-backup-retention-lowered", SAID_FIRST),
    (
        "store-replaced-by-encryption-change",
        "what forces a replacement stands in every plan",
    ),
    (
        "kms-key-destroyed-in-use",
        "whether a resource goes away, and is_enabled, stand in every plan",
    ),
    (
        "acm-no-create-before-destroy",
        "Terraform wants a literal there, and beside the text of an imported certificate stands its private key",
    ),
    (
        "category-conflict",
        "a conflict is claimed only where both tags are seen",
    ),
];

#[test]
fn every_rule_that_can_be_undetermined_is_so_somewhere() {
    let mut expected = rules();
    for &(rule, reason) in NEVER_UNDETERMINED {
        assert!(expected.remove(rule), "{rule}: {reason}");
    }
    assert_eq!(rules_with(&POLICIES, Outcome::Undetermined), expected);
}

#[test]
fn rules_that_recommend_do_so_somewhere() {
    let recommends = |rule: &&Rule| rule.advice_when.is_some() || rule.missing.is_some();
    let recommending = POLICIES.rules.iter().filter(recommends);
    let expected: BTreeSet<String> = recommending.map(|rule| rule.id.clone()).collect();
    assert_eq!(rules_with(&POLICIES, Outcome::Advice), expected);
}

/// The words of the levels that a grant can give, `undetermined` where it says so itself.
fn reachable(grant: &Grant, words: &mut BTreeSet<&'static str>) {
    match grant {
        Grant::Level { level, .. } => {
            words.insert(level.word());
        }
        Grant::Key(key) => {
            words.insert(Level::Cmk.word());
            // Where only an ARN is accepted, AWS's own key is rarely written, and no other level depends on it.
            if !key.arn_only {
                words.insert(Level::AwsManaged.word());
            }
            reachable(&key.unset, words);
        }
        Grant::Setting(id) => {
            let setting = &POLICIES.catalog.settings[id];
            cases(&setting.cases, words);
            reachable(&setting.deleted, words);
            reachable(&setting.absent, words);
        }
        Grant::Cases(inner) => cases(inner, words),
        Grant::SameAs { where_none, .. } => {
            words.extend([Level::Cmk.word(), "undetermined"]);
            where_none.iter().for_each(|grant| reachable(grant, words));
        }
        Grant::Undetermined(_) => {
            words.insert("undetermined");
        }
    }
}

fn cases(cases: &[Case], words: &mut BTreeSet<&'static str>) {
    cases.iter().for_each(|case| reachable(&case.grant, words));
}

fn outcomes(store: &Store) -> BTreeSet<&'static str> {
    let mut words = BTreeSet::new();
    for part in &store.parts {
        for source in &part.sources {
            cases(&source.cases, &mut words);
        }
        if let Some(grant) = &part.otherwise {
            reachable(grant, &mut words);
        }
    }
    words
}

/// The levels that the stores of each type have in testdata, after.
fn found() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    for (plan, _) in &*PLANS {
        let mut plan = plan.clone();
        let model = Model::new(&mut plan);
        let facts = Facts::new(&model, &POLICIES);
        for (id, store) in facts.stores().iter().copied() {
            let resource = model.resource(id);
            let levels = found.entry(resource.resource_type.to_string()).or_default();
            if resource.lives(Side::After) {
                let parts = match store.has_storage() {
                    true => facts.storage(id, store, Side::After),
                    false => (0..store.parts.len())
                        .map(|part| facts.assess(id, store, part, Side::After))
                        .collect(),
                };
                levels.extend(
                    parts
                        .iter()
                        .map(|part| part.level().map_or("undetermined", Level::word)),
                );
            }
        }
    }
    found
}

/// Levels that the catalog could give and AWS cannot.
const ALIAS: &str = "AWS's own key by its alias is shown for other services, and is told by the same code";
const STANDING: &str = "only a cluster that stands already is known to be unencrypted, and no mock of AWS makes one";
const COPY: &str = "an unset key of which AWS does not say whose it is; shown for another type of the service";
const NOT_SHOWN: [(&str, &str, &str); 10] = [
    ("aws_cloudwatch_event_bus", "aws-managed", ALIAS),
    ("aws_eks_cluster", "aws-managed", ALIAS),
    ("aws_elasticache_replication_group", "aws-managed", ALIAS),
    ("aws_redshift_cluster", "aws-managed", ALIAS),
    ("aws_redshift_cluster", "none", STANDING),
    ("aws_redshiftserverless_namespace", "aws-managed", ALIAS),
    ("aws_sagemaker_domain", "undetermined", COPY),
    ("aws_sagemaker_endpoint_configuration", "undetermined", COPY),
    ("aws_sfn_activity", "aws-managed", ALIAS),
    ("aws_sfn_state_machine", "aws-managed", ALIAS),
];

#[test]
fn every_store_has_every_level_that_it_can_have_somewhere() {
    let found = found();
    let mut missing = Vec::new();
    for (resource_type, store) in &POLICIES.catalog.stores {
        let expected = outcomes(store);
        assert!(expected.len() >= 2, "{resource_type}: {expected:?}");
        let shown = found.get(resource_type).cloned().unwrap_or_default();
        missing.extend(
            expected
                .difference(&shown)
                .map(|level| (resource_type.as_str(), *level)),
        );
    }
    let exempt: Vec<_> = NOT_SHOWN
        .iter()
        .map(|(resource_type, level, _)| (*resource_type, *level))
        .collect();
    assert_eq!(missing, exempt, "stores whose levels no plan of testdata shows");
}
