//! Policies name only what the AWS provider has. `testdata/provider-schema/extract` makes the extract anew.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use planseal::model::document::Format;
use planseal::model::path::{Path, PathStep, Selector};
use planseal::model::value::State;
use planseal::policy::catalog::{Case, Grant};
use planseal::policy::condition::{Condition, PathTest, Test};
use planseal::policy::rule::Subject;
use planseal::policy::uses::{Asked, Start, Uses};
use planseal::testing::provider::{Found, Schema};
use serde_json::Value;

use crate::common::{FILES, POLICIES, testdata};

const EXTRACT: &str = "provider-schema/aws-5.100.0.txt";

/// The provider's schema.
pub(super) struct Extract(Schema);

pub(super) static SCHEMA: LazyLock<Extract> = LazyLock::new(|| {
    let read = |file: &str| std::fs::read(testdata().join(file)).unwrap();
    let bytes = [read(EXTRACT), read("provider-schema/tls-4.txt")].concat();
    Extract(Schema::read(bytes).unwrap())
});

impl Extract {
    fn found(&self, start: &Start, path: &Path) -> Option<Found<'_>> {
        self.0.follow(start, path).ok()?.first().copied()
    }

    /// What stands at a path of a type, which is written as in policies, without `$.`.
    pub(super) fn kind(&self, resource_type: &str, path: &str) -> Option<String> {
        let start = Start {
            resource_type: resource_type.to_owned(),
            base: Vec::new(),
        };
        let path = Path::parse(&format!("$.{path}")).unwrap();
        Some(self.found(&start, &path)?.shape()?.to_string())
    }
}

/// A path without `$.`, any position as `[*]`.
pub(crate) fn plain(path: &Path) -> String {
    spelt(path).swap_remove(0)
}

/// The same for each of several names that a step selects.
fn spelt(path: &Path) -> Vec<String> {
    path.steps().iter().fold(vec![String::new()], |texts, step| match step {
        PathStep::Name(name) => named_in(&texts, std::iter::once(name.as_str())),
        PathStep::Several(several) if several.iter().all(|one| matches!(one, Selector::Name(_))) => {
            let names = several.iter().filter_map(|one| match one {
                Selector::Name(name) => Some(name.as_str()),
                _ => None,
            });
            named_in(&texts, names)
        }
        _ => texts.into_iter().map(|text| text + "[*]").collect(),
    })
}

fn named_in<'n>(texts: &[String], names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let of = |name: &str| {
        let joined = texts.iter().map(|text| match text.as_str() {
            "" => name.to_owned(),
            text => format!("{text}.{name}"),
        });
        joined.collect::<Vec<_>>()
    };
    names.flat_map(of).collect()
}

/// An attribute of a type that the shipped policies name.
pub(crate) struct Named {
    /// `aws_kms_key`, `data.aws_kms_key`
    pub(crate) resource_type: String,
    /// Without `$.`; `[*]` for elements: `rule[*].bucket_key_enabled`.
    pub(crate) path: String,
    pub(crate) asked: Asked,
    found: Found<'static>,
}

fn uses() -> Uses {
    FILES.uses(&POLICIES, |_| true)
}

/// What the shipped policies name, for each type that has it.
pub(crate) fn named() -> Vec<Named> {
    named_by(|_| true)
}

/// The same of those files alone that are taken by their names.
pub(crate) fn named_by(file: impl Fn(&str) -> bool) -> Vec<Named> {
    let of = |used: planseal::policy::uses::AttributeUse| {
        let there = used.starts.iter().filter_map(|start| {
            let found = SCHEMA.found(start, &used.path)?;
            let paths = start.base.iter().chain([&used.path]);
            let texts = paths.map(spelt).reduce(|bases, inner| {
                let each = bases
                    .iter()
                    .flat_map(|base| inner.iter().map(move |text| format!("{base}.{text}")));
                each.collect()
            });
            let named = texts.unwrap_or_default().into_iter().map(|path| Named {
                resource_type: start.resource_type.clone(),
                path,
                asked: used.asked.clone(),
                found,
            });
            Some(named.collect::<Vec<_>>())
        });
        there.flatten().collect::<Vec<_>>()
    };
    FILES
        .uses(&POLICIES, file)
        .attributes
        .into_iter()
        .flat_map(of)
        .collect()
}

/// Every resource type that a policy names, with the place.
fn types() -> BTreeSet<(String, String)> {
    let used = uses().types.into_iter().map(|one| (one.name.value, one.file));
    let mut all: BTreeSet<(String, String)> = used.collect();
    all.append(&mut super::fixes::types());
    all
}

#[test]
fn the_schema_tells_what_is_there_from_what_is_not() {
    let schema = &*SCHEMA;
    let bucket = "aws_s3_bucket";
    let rule = "server_side_encryption_configuration[*].rule[*]";
    assert!(schema.0.has_type(bucket) && !schema.0.has_type("aws_s3_buckets"));
    let kind = |path: &str| schema.kind(bucket, path).unwrap_or_default();
    assert_eq!(kind(rule), "block");
    assert_eq!(kind(&format!("{rule}.bucket_key_enabled")), "bool");
    assert_eq!(kind("tags['data-class']"), "string");
    for path in [
        "bukket",
        "bucket[*]",
        "bucket.x",
        "tags.a.b",
        "server_side_encryption_configuration.rule",
    ] {
        assert_eq!(schema.kind(bucket, path), None, "{path}");
    }
}

/// The policies and their cases are held against the extract as a user's are; this finds what fixes name, too.
#[test]
fn every_resource_type_in_the_policies_exists() {
    let types = types();
    assert!(types.len() > 20);
    let missing: Vec<_> = types.iter().filter(|(name, _)| !SCHEMA.0.has_type(name)).collect();
    assert!(
        missing.is_empty(),
        "not in {EXTRACT} (run `testdata/provider-schema/extract`): {missing:?}"
    );
}

#[test]
fn every_attribute_in_the_policies_exists() {
    let named = named();
    assert!(named.len() > 800, "{}", named.len());
    let tests = planseal::policy::builtin::tests();
    let checked = planseal::testing::provider::check(&SCHEMA.0, &tests, &FILES, |_| true);
    if let Err(errors) = checked {
        panic!("(run `testdata/provider-schema/extract`)\n{}", errors.render(false));
    }
}

/// Whether a grant leads to the resource of an account-wide setting of a type.
fn leads_to(grant: &Grant, setting_type: &str) -> bool {
    let case = |cases: &[Case]| cases.iter().any(|case| leads_to(&case.grant, setting_type));
    match grant {
        Grant::Setting(id) => {
            let setting = &POLICIES.catalog.settings[id];
            setting.resource_type == setting_type
                || case(&setting.cases)
                || leads_to(&setting.deleted, setting_type)
                || leads_to(&setting.absent, setting_type)
        }
        Grant::Key(key) => leads_to(&key.unset, setting_type),
        Grant::Cases(cases) => case(cases),
        Grant::SameAs { where_none, .. } => {
            let where_none = where_none.as_ref();
            where_none.is_some_and(|grant| leads_to(grant, setting_type))
        }
        Grant::Level { .. } | Grant::Undetermined(_) => false,
    }
}

/// What is missing matters to the stores that fall back to it, and to no other.
#[test]
fn a_missing_account_setting_is_missed_by_the_stores_that_it_decides() {
    let mut compared = 0;
    for rule in &POLICIES.rules {
        let (Some(missing), Subject::Types(types)) = (&rule.missing, &rule.subject) else {
            continue;
        };
        let [setting_type] = types.named().collect::<Vec<_>>()[..] else {
            panic!("{}: {types:?}", rule.id)
        };
        let decided = POLICIES.catalog.stores.iter().filter(|(_, store)| {
            store.parts.iter().any(|part| {
                let cases = part.sources.iter().flat_map(|source| &source.cases);
                let mut grants = cases.map(|case| &case.grant).chain(&part.otherwise);
                grants.any(|grant| leads_to(grant, setting_type))
            })
        });
        let decided: BTreeSet<&String> = decided.map(|(resource_type, _)| resource_type).collect();
        assert_eq!(missing.used_by.iter().collect::<BTreeSet<_>>(), decided, "{}", rule.id);
        compared += 1;
    }
    assert_eq!(compared, 1);
}

/// Collects what is asked inside documents of a format.
fn in_documents(condition: &Condition, format: Format, base: Option<&str>, found: &mut Vec<(String, PathTest)>) {
    match condition {
        Condition::All(several) | Condition::Any(several) => {
            several.iter().for_each(|one| in_documents(one, format, base, found));
        }
        Condition::Not(one) => in_documents(one, format, base, found),
        Condition::Path(test) => {
            let path = base.map(|base| [base, &plain(&test.path)].join(".").trim_start_matches('.').to_owned());
            found.extend(path.iter().map(|path| (path.clone(), test.clone())));
            let base = match test.read_as {
                Some(read_as) => (read_as == format).then(String::new),
                _ => path,
            };
            if let Some(inner) = &test.inner {
                in_documents(inner, format, base.as_deref(), found);
            }
        }
        _ => {}
    }
}

/// A name that no policy has would never hold, and `forbid` would pass everything.
#[test]
fn what_is_asked_of_iam_policies_is_in_their_grammar() {
    const PRINCIPALS: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];
    let mut found = Vec::new();
    for rule in &POLICIES.rules {
        in_documents(&rule.demand.condition, Format::IamPolicy, None, &mut found);
    }
    assert!(found.len() >= 7, "{}", found.len());
    for (path, test) in found {
        let Some(inside) = path.strip_prefix("Statement[*].") else {
            assert_eq!(path, "Statement[*]");
            continue;
        };
        let fits = match inside.split('.').collect::<Vec<_>>().as_slice() {
            ["Effect" | "Sid" | "Principal" | "NotPrincipal" | "Condition[*]"] => true,
            // Whether there are any.
            ["NotAction" | "NotResource"] => true,
            ["Action[*]" | "NotAction[*]" | "Resource[*]" | "NotResource[*]"] => true,
            ["Principal" | "NotPrincipal", kind] => {
                kind.strip_suffix("[*]").is_some_and(|kind| PRINCIPALS.contains(&kind))
            }
            ["Condition[*]", "operator" | "values[*]"] => true,
            ["Condition[*]", "key"] => {
                let lower = |value: &Value| value.as_str().is_some_and(|text| text == text.to_lowercase());
                literals(&test).into_iter().all(lower)
            }
            _ => false,
        };
        assert!(fits, "{path}");
    }
}

#[test]
fn what_is_asked_of_certificates_is_what_they_say() {
    let text = std::fs::read_to_string(testdata().join("certificates/imported/good.pem")).unwrap();
    let State::Known(read) = Format::Certificate.read(&Value::from(text)).unwrap().state() else {
        panic!("unknown")
    };
    let members = &read["certificates"][0];
    let mut found = Vec::new();
    for rule in &POLICIES.rules {
        for condition in rule.conditions() {
            in_documents(condition, Format::Certificate, None, &mut found);
        }
    }
    assert!(found.len() >= 12, "{}", found.len());
    for (path, _) in found {
        let inside = path.strip_prefix("certificates[*]").unwrap_or_else(|| panic!("{path}"));
        let name = inside.trim_start_matches('.');
        assert!(name.is_empty() || members.get(name).is_some(), "{path}");
    }
}

fn literals(test: &PathTest) -> Vec<&Value> {
    let asked = test.tests.iter().flat_map(|one| match one {
        Test::Equals(value) => vec![value],
        Test::In(values) => values.iter().collect(),
        Test::AtLeast(_) | Test::AtMost(_) | Test::DaysAhead(_) | Test::Set(_) | Test::Covers(_) | Test::Matches(_) => {
            vec![]
        }
    });
    asked.chain(&test.unset_means).collect()
}

/// Booleans that are strings in the provider's schema.
const STRING_BOOLEANS: [(&str, &str); 2] = [
    ("aws_elasticache_replication_group", "at_rest_encryption_enabled"),
    ("aws_launch_template", "block_device_mappings[*].ebs[*].encrypted"),
];

/// Attributes that the rule asks of another type alone (`type`), and that are something else here.
const OF_ANOTHER_TYPE: [(&str, &str); 4] = [
    ("aws_default_network_acl", "egress"),
    ("aws_default_security_group", "egress"),
    ("aws_network_acl", "egress"),
    ("aws_security_group", "egress"),
];

/// `equals: true` of a string, or `at_least` of a word, would never hold.
#[test]
fn every_attribute_is_compared_with_what_it_can_be() {
    let mut compared = 0;
    let mut wrong = Vec::new();
    let mut elsewhere = BTreeSet::new();
    for one in named() {
        let kind = one.found.shape().map(ToString::to_string).unwrap_or_default();
        let place = format!("{} $.{} is {kind}", one.resource_type, one.path);
        for literal in &one.asked.values {
            let fits = matches!(
                (kind.as_str(), literal),
                ("bool", Value::Bool(_)) | ("number", Value::Number(_)) | ("string", Value::String(_))
            );
            let spelled = kind == "string" && literal.is_boolean();
            let listed = STRING_BOOLEANS.contains(&(one.resource_type.as_str(), one.path.as_str()));
            let of_another = OF_ANOTHER_TYPE
                .into_iter()
                .find(|other| *other == (one.resource_type.as_str(), one.path.as_str()));
            elsewhere.extend(of_another);
            if !(fits || spelled && listed || of_another.is_some()) {
                wrong.push(format!("{place}, not {literal}"));
            }
            compared += 1;
        }
        if one.asked.number {
            assert_eq!(kind, "number", "{place}");
        }
    }
    assert!(compared > 10, "{compared}");
    assert_eq!(wrong, [""; 0]);
    assert_eq!(elsewhere, BTreeSet::from(OF_ANOTHER_TYPE));
}

/// Settings of an account or of another resource, which are judged as unclassified; and snapshots, which have the category
/// of their source.
const UNTAGGABLE: [&str; 12] = [
    "aws_db_instance_automated_backups_replication",
    "aws_docdb_cluster_snapshot",
    "aws_efs_replication_configuration",
    "aws_glue_data_catalog_encryption_settings",
    "aws_glue_security_configuration",
    "aws_neptune_cluster_snapshot",
    "aws_redshift_snapshot_copy",
    "aws_redshiftserverless_snapshot",
    "aws_s3_bucket_replication_configuration",
    "aws_s3tables_table",
    "aws_s3tables_table_bucket",
    "aws_xray_encryption_config",
];

/// A store is classified by its tags; a type without tags could never be.
#[test]
fn every_store_and_key_can_be_tagged() {
    let keys = POLICIES
        .catalog
        .keys
        .keys()
        .filter(|(mode, _)| *mode == planseal::plan::Mode::Managed);
    for resource_type in POLICIES.catalog.stores.keys().chain(keys.map(|(_, name)| name)) {
        for attribute in ["tags", "tags_all"] {
            let kind = SCHEMA.kind(resource_type, attribute);
            let untaggable = UNTAGGABLE.contains(&resource_type.as_str());
            assert_eq!(
                kind.as_deref(),
                (!untaggable).then_some("map(string)"),
                "{resource_type}"
            );
        }
    }
}

/// The schema has no word for it, and the plan does: `after_unknown` holds the whole block where the author wrote none.
const COMPUTED_AS_A_BLOCK: (&str, &str) = ("aws_s3_bucket", "server_side_encryption_configuration[*]");

/// `unset_shows: unknown` in the catalog is `computed` in the schema; else an unset key is read as a set one, or the reverse.
#[test]
fn the_catalog_knows_which_key_attributes_are_computed() {
    let mut compared = 0;
    for one in named() {
        let Some(computed) = one.asked.computed else { continue };
        let (resource_type, block) = COMPUTED_AS_A_BLOCK;
        let in_block = one.resource_type == resource_type && one.path.starts_with(block);
        assert_eq!(
            one.found.computed || in_block,
            computed,
            "{} $.{}",
            one.resource_type,
            one.path
        );
        compared += 1;
    }
    assert!(compared >= 9, "{compared}");
}

#[test]
fn the_extract_is_sorted_and_holds_nothing_twice() {
    let text = std::fs::read_to_string(testdata().join(EXTRACT)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
    let named: BTreeSet<String> = types().into_iter().map(|(resource_type, _)| resource_type).collect();
    let tests: String = planseal::policy::builtin::tests()
        .into_iter()
        .map(|test| test.text)
        .collect();
    let more: BTreeSet<&str> = lines
        .iter()
        .map(|line| line.split(' ').next().unwrap())
        .filter(|name| !named.contains(*name) && *name != "terraform_data" && !tests.contains(&format!("{name}.")))
        .collect();
    assert!(
        more.is_empty(),
        "no policy names them any more (run `testdata/provider-schema/extract`): {more:?}"
    );
}

/// `TYPE PATH` of what about encryption the provider does not change in place.
const REPLACEMENTS: &str = "provider-schema/aws-5.100.0.replacements.txt";

/// What the catalog leaves out, by the beginning of the line, with the reason.
const LEFT_OUT: [(&str, &str); 5] = [
    ("aws_elasticsearch_domain node_to_node_encryption", IN_TRANSIT),
    (
        "aws_glue_security_configuration ",
        "it says how others are encrypted, and holds no data",
    ),
    ("aws_msk_cluster encryption_info[*].encryption_in_transit", IN_TRANSIT),
    ("aws_opensearch_domain node_to_node_encryption", IN_TRANSIT),
    (
        "aws_sagemaker_endpoint_configuration ",
        "it says how endpoints are made, and holds no data",
    ),
];
const IN_TRANSIT: &str = "it is about data in transit";

#[test]
fn what_the_catalog_calls_fixed_at_creation_is_what_the_provider_replaces() {
    let text = std::fs::read_to_string(testdata().join(REPLACEMENTS)).unwrap();
    let replaced: BTreeSet<String> = text
        .lines()
        .filter(|line| POLICIES.catalog.stores.contains_key(line.split(' ').next().unwrap()))
        .filter(|line| !LEFT_OUT.iter().any(|(start, _)| line.starts_with(start)))
        .map(str::to_owned)
        .collect();
    for (start, reason) in LEFT_OUT {
        assert!(text.lines().any(|line| line.starts_with(start)), "{start}: {reason}");
    }
    let stores = POLICIES.catalog.stores.iter();
    let fixed: BTreeSet<String> = stores
        .flat_map(|(resource_type, store)| {
            let paths = store.parts.iter().flat_map(|part| &part.fixed_at_creation);
            paths.map(move |path| format!("{resource_type} {}", plain(path)))
        })
        .collect();
    assert_eq!(fixed, replaced);
    assert!(fixed.len() > 40, "{}", fixed.len());
}
