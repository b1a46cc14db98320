//! JSON Schemas of the files that people and planseal write, made from the types behind them: for completion in editors, and
//! for the reference in `docs/language.md`.

mod condition;
mod parameters;
mod tidy;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use super::load::{CATALOG, CATEGORIES, CLASSIFICATION, LISTS, METRIC};
use super::schema::{CatalogDoc, CategoriesDoc, ClassificationDoc, ConfigDoc, ListsDoc, MetricDoc, RuleDoc};

/// The schema of policy files. Which kind a file is, its keys say, as they do to [`super::load::load`]; a rule is the usual
/// case, and so what an empty file is completed to.
#[must_use]
pub fn policy() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let rule = generator.subschema_for::<RuleDoc>().to_value();
    let and_no_id = |keys: &[&str]| json!({ "allOf": [any_of(keys), { "not": { "required": ["id"] } }] });
    let kinds = [
        (and_no_id(&LISTS), generator.subschema_for::<ListsDoc>()),
        (and_no_id(&METRIC), generator.subschema_for::<MetricDoc>()),
        (any_of(&CATEGORIES), generator.subschema_for::<CategoriesDoc>()),
        (any_of(&CLASSIFICATION), generator.subschema_for::<ClassificationDoc>()),
        (and_no_id(&CATALOG), generator.subschema_for::<CatalogDoc>()),
    ];
    let kind = kinds.into_iter().rev().fold(
        rule,
        |otherwise, (is_such, such)| json!({ "if": is_such, "then": such, "else": otherwise }),
    );
    let mut schema = json!({
        "$schema": generator.settings().meta_schema,
        "title": "planseal policy",
        "description": "A policy file: one rule, one metric, or facts (lists, catalog, data categories, classification). Its keys say which.",
        "type": "object",
        "$defs": generator.take_definitions(true),
    });
    if let (Some(schema), Value::Object(kind)) = (schema.as_object_mut(), kind) {
        schema.extend(kind);
    }
    tidy::written_by_people(&mut schema);
    condition::by_subject(&mut schema);
    schema
}

/// The schema of the configuration, `planseal.yaml`.
#[must_use]
pub fn config() -> Value {
    let mut schema = document::<ConfigDoc>("planseal configuration");
    // A key under which everything is commented out holds null.
    tidy::nullable_at_the_top(&mut schema);
    schema
}

/// The schema of a file that people write.
#[must_use]
pub fn document<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_deserialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    tidy::titled(&mut schema, title);
    tidy::written_by_people(&mut schema);
    schema
}

/// The schema of a file that planseal writes; later versions may add fields.
#[must_use]
pub fn output<T: JsonSchema>(title: &str) -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
    tidy::titled(&mut schema, title);
    tidy::written_by_planseal(&mut schema);
    schema
}

/// That at least one of these keys is there.
fn any_of(keys: &[&str]) -> Value {
    match keys {
        [one] => json!({ "required": [one] }),
        several => {
            let each: Vec<Value> = several.iter().map(|key| json!({ "required": [key] })).collect();
            json!({ "anyOf": each })
        }
    }
}
