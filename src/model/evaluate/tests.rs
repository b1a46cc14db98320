//! Every output of `testdata/expressions`, as planseal and as Terraform evaluate it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use super::partial::{Kind, Partial, text_of};
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
            let worst = there.iter().enumerate().map(|one| any(one).unwrap_or(Verdict::Wrong)).max();
            worst.unwrap_or(Verdict::Untold).max(Verdict::Untold)
        }
        (Kind::Object(members), Value::Object(there)) => {
            let names: BTreeSet<&String> = there.keys().chain(unknown.as_object().into_iter().flat_map(|one| one.keys())).collect();
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
        (Kind::Made(_), Value::String(_) | Value::Number(_) | Value::Bool(_)) | (Kind::Encoded(_), Value::String(_)) => {
            Verdict::Untold
        }
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

#[test]
fn every_expression_comes_to_what_terraform_makes_of_it() {
    let document: Value = serde_json::from_slice(PLAN).unwrap();
    let wanted = wanted();
    let mut plans = plan::read(PLAN.to_vec(), &wanted);
    let mut plan = plans.remove(0).unwrap();
    let source = Source::from_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/expressions")).unwrap();
    let mut model = Model::new(&mut plan);
    if let Err(why) = model.use_source(&source, &wanted) {
        panic!("{why}");
    }
    let mirrors = Mirrors::default();
    let resolver = Resolver::new(&model, &mirrors);
    let root = Arc::new(ModulePath::root());
    let mut found: BTreeMap<Verdict, Vec<String>> = BTreeMap::new();
    for (name, change) in document["output_changes"].as_object().unwrap() {
        resolver.restart();
        let value = resolver.output_value(&root, name);
        let verdict = compare(&resolver, &value, &change["after"], &change["after_unknown"]);
        println!("{verdict:?} {name}: {:?} <> {} {}", value.kind, change["after"], change["after_unknown"]);
        found.entry(verdict).or_default().push(name.clone());
    }
    for (v, names) in &found { println!("{v:?} {}", names.len()); }
    assert!(!found.contains_key(&Verdict::Wrong));
    let _ = text_of(&Value::Null);
}
