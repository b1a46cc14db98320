//! Every output of `testdata/expressions`, as planseal and as Terraform evaluate it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::partial::{Kind, Partial};
use crate::model::Model;
use crate::model::address::ModulePath;
use crate::model::resolve::{Mirrors, Resolver};
use crate::plan::{self, Wanted};
use crate::source::Source;

const PLAN: &[u8] = include_bytes!("../../../testdata/expressions/plan.json");

/// How an answer of planseal's relates to Terraform's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// The same value, or unknown in both.
    Same,
    /// Terraform knows the value; planseal leaves it open, and does not exclude it.
    Untold,
    /// planseal tells a value that Terraform calls unknown.
    Beyond,
    /// planseal excludes the value that Terraform has.
    Wrong,
}

fn wanted() -> Wanted {
    let mut wanted = Wanted::default();
    for attribute in [
        "arn",
        "id",
        "custom_key_store_id",
        "deletion_window_in_days",
        "description",
        "enable_key_rotation",
        "tags",
    ] {
        wanted.want("aws_kms_key", attribute);
    }
    for attribute in ["id", "input", "output", "triggers_replace"] {
        wanted.want("terraform_data", attribute);
    }
    wanted
}

/// Compares a value with what Terraform has: `after`, and `true` in `unknown` where it is known only after apply.
fn compare(resolver: &Resolver<'_, '_>, value: &Partial, after: &Value, unknown: &Value) -> Verdict {
    if *unknown == Value::Bool(true) {
        return match resolver.whole(value) {
            Some(_) => Verdict::Beyond,
            None if value.kind == Kind::Invalid => Verdict::Wrong,
            None => Verdict::Same,
        };
    }
    let value = resolver.opened(value);
    let part = |of: &Value, position: usize| of.get(position).cloned().unwrap_or(Value::Null);
    let member = |of: &Value, name: &str| of.get(name).cloned().unwrap_or(Value::Null);
    match (&value.kind, after) {
        (Kind::Opaque(_), _) => Verdict::Untold,
        (Kind::OneOf(possible), _) => {
            let best = possible.iter().map(|one| compare(resolver, one, after, unknown)).min();
            best.unwrap_or(Verdict::Wrong).max(Verdict::Untold)
        }
        (Kind::Null, Value::Null) => Verdict::Same,
        (Kind::Scalar(told), _) if same(told, after) => Verdict::Same,
        (Kind::List(elements), Value::Array(there)) if elements.len() == there.len() => elements
            .iter()
            .enumerate()
            .map(|(position, element)| compare(resolver, element, &part(after, position), &part(unknown, position)))
            .max()
            .unwrap_or(Verdict::Same),
        // Terraform lists a set in an order of its own.
        (Kind::Set(elements), Value::Array(there)) if elements.len() == there.len() => {
            let mut left: Vec<usize> = (0..there.len()).collect();
            let mut worst = Verdict::Same;
            for element in elements.iter() {
                let verdicts = left.iter().map(|position| {
                    let verdict = compare(resolver, element, &part(after, *position), &part(unknown, *position));
                    (verdict, *position)
                });
                let Some((verdict, position)) = verdicts.min() else {
                    return Verdict::Wrong;
                };
                left.retain(|one| *one != position);
                worst = worst.max(verdict);
            }
            worst
        }
        (Kind::Elements(possible), Value::Array(there)) => {
            let any = |(position, after): (usize, &Value)| {
                let unknown = part(unknown, position);
                possible.iter().map(|one| compare(resolver, one, after, &unknown)).min()
            };
            let worst = there
                .iter()
                .enumerate()
                .map(|one| any(one).unwrap_or(Verdict::Wrong))
                .max();
            worst.unwrap_or(Verdict::Untold).max(Verdict::Untold)
        }
        (Kind::Object(members), Value::Object(there)) => {
            let names: BTreeSet<&String> = there
                .keys()
                .chain(unknown.as_object().into_iter().flat_map(|one| one.keys()))
                .collect();
            let own: BTreeSet<&String> = members.keys().collect();
            if names != own {
                return Verdict::Wrong;
            }
            let verdicts = members
                .iter()
                .map(|(name, one)| compare(resolver, one, &member(after, name), &member(unknown, name)));
            verdicts.max().unwrap_or(Verdict::Same)
        }
        (Kind::Module(path), Value::Object(there)) => {
            let outputs = there.keys().map(|name| {
                let output = resolver.output_value(path, name);
                compare(resolver, &output, &member(after, name), &member(unknown, name))
            });
            outputs.max().unwrap_or(Verdict::Same)
        }
        (Kind::Made(_), Value::String(_) | Value::Number(_) | Value::Bool(_))
        | (Kind::Text(_) | Kind::Encoded(_), Value::String(_)) => Verdict::Untold,
        _ => Verdict::Wrong,
    }
}

/// Equal, numbers by their value. Terraform writes more digits than a float has.
fn same(told: &Value, there: &Value) -> bool {
    match (told, there) {
        (Value::Number(told), Value::Number(there)) => told.as_f64() == there.as_f64(),
        _ => told == there,
    }
}

/// Outputs whose value Terraform knows and planseal leaves open, by the reason.
const UNTOLD: [(&str, &[&str]); 7] = [
    (
        "numbers are exact, and only as long as a JSON number",
        &["divide_endless", "jsonencode_number", "larger_number", "multiply_large"],
    ),
    (
        "a list and a tuple with the same elements differ by their type, as do a map and an object: types are not kept",
        &[
            "equal_list_and_empty",
            "equal_list_and_typed_empty",
            "equal_lists",
            "equal_map_and_object",
            "equal_objects",
            "equal_tuple_and_list",
            "lookup_text_default_of_numbers",
        ],
    ),
    (
        "verbs of `format` that do more than to put a value in its place",
        &[
            "format_fraction",
            "format_indexed",
            "format_json",
            "format_padded",
            "format_quoted",
        ],
    ),
    (
        "functions that no key, name or guard is made with",
        &[
            "formatlist",
            "provider_function",
            "regex",
            "regexall",
            "replace_regex",
            "replace_regex_group",
            "replace_slashes",
            "title",
        ],
    ),
    (
        "texts whose characters Terraform counts or changes as no Rust library does",
        &["length_emoji", "substr_unicode", "template_unicode", "upper"],
    ),
    ("only the run itself knows it", &["type_of_workspace"]),
    (
        "Terraform knows a part of what a resource makes of a value only after apply",
        &[
            "unknown_can_member",
            "unknown_sort",
            "unknown_sort_length",
            "unknown_startswith_made",
            "unknown_try_member",
        ],
    ),
];

/// Outputs that planseal tells although Terraform does not: each holds whatever the apply brings.
const BEYOND: [(&str, &[&str]); 4] = [
    (
        "one side decides",
        &["unknown_alltrue", "unknown_and_false", "unknown_or_true"],
    ),
    ("both branches are the same", &["unknown_condition_same"]),
    (
        "every resource has an id, and every key an ARN",
        &["unknown_can", "unknown_id_equal_null"],
    ),
    ("the known part of a document stays known", &["unknown_jsondecode"]),
];

fn names<const N: usize>(listed: [(&str, &[&'static str]); N]) -> BTreeSet<&'static str> {
    listed
        .into_iter()
        .flat_map(|(_, names)| names.iter().copied())
        .collect()
}

#[test]
fn every_expression_comes_to_what_terraform_makes_of_it() {
    let document: Value = serde_json::from_slice(PLAN).unwrap();
    let wanted = wanted();
    let mut plan = plan::read(PLAN.to_vec(), &wanted).remove(0).unwrap();
    let source = Source::from_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/expressions")).unwrap();
    let mut model = Model::new(&mut plan);
    if let Err(why) = model.use_source(&source, &wanted) {
        panic!("{why}");
    }
    let mirrors = Mirrors::default();
    let resolver = Resolver::new(&model, &mirrors);
    let root = Arc::new(ModulePath::root());
    let changes = document["output_changes"].as_object().unwrap();
    assert!(changes.len() > 500, "{}", changes.len());
    let (mut untold, mut beyond, mut wrong) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (name, change) in changes {
        resolver.restart();
        let value = resolver.output_value(&root, name);
        match compare(&resolver, &value, &change["after"], &change["after_unknown"]) {
            Verdict::Same => {}
            Verdict::Untold => {
                untold.insert(name.as_str());
            }
            Verdict::Beyond => {
                beyond.insert(name.as_str());
            }
            Verdict::Wrong => wrong.push(format!(
                "{name}: {:?} instead of {} (unknown: {})",
                value.kind, change["after"], change["after_unknown"]
            )),
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert_eq!(untold, names(UNTOLD));
    assert_eq!(beyond, names(BEYOND));
}
