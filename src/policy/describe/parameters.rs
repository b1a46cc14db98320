//! Parameters in conditions: any single value of a rule's conditions may be `"{{name}}"`.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::tidy::{DEFINITIONS, each_object};

/// What stands for a parameter.
const PARAMETER: &str = "Parameter";

/// Lets a parameter stand for each single value in these definitions and in the mappings that they name.
pub(super) fn allow(definitions: &mut Map<String, Value>, conditions: &[&str]) {
    let is_single =
        |one: &Value| ["oneOf", "enum"].iter().any(|key| one.get(key).is_some()) && one.get("properties").is_none();
    let single = definitions.iter().filter(|(_, one)| is_single(one));
    let single: BTreeSet<String> = single.map(|(name, _)| reference(name)).collect();
    let mut done: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<String> = conditions.iter().map(|name| (*name).to_owned()).collect();
    while let Some(name) = open.pop() {
        let Some(definition) = definitions.get_mut(&name).filter(|_| !done.contains(&name)) else {
            continue;
        };
        each_object(definition, &mut |object| {
            let target = object.get("$ref").and_then(Value::as_str);
            let target = target.filter(|target| !single.contains(*target));
            open.extend(target.and_then(|target| target.rsplit('/').next()).map(str::to_owned));
            if let Some(Value::Object(properties)) = object.get_mut("properties") {
                properties
                    .values_mut()
                    .for_each(|property| or_parameter(property, &single));
            }
        });
        done.insert(name);
    }
    definitions.insert(
        PARAMETER.into(),
        json!({ "description": "A parameter of the rule.", "type": "string", "pattern": r"^\{\{ *[a-z][a-z0-9_]* *\}\}$" }),
    );
}

fn reference(name: &str) -> String {
    format!("#/{DEFINITIONS}/{name}")
}

/// Lets a parameter stand for a value, or for each value of a list.
fn or_parameter(property: &mut Value, single: &BTreeSet<String>) {
    let Value::Object(schema) = property else { return };
    if let Some(items) = schema.get_mut("items") {
        return or_parameter(items, single);
    }
    if let Some(Value::Array(choices)) = schema.get_mut("anyOf") {
        return choices.iter_mut().for_each(|choice| or_parameter(choice, single));
    }
    let is_one = match (schema.get("$ref"), schema.get("type")) {
        (Some(Value::String(target)), _) => single.contains(target),
        (_, Some(Value::String(kind))) if kind == "string" => {
            schema.contains_key("pattern") || schema.contains_key("enum")
        }
        (_, Some(Value::String(kind))) => ["boolean", "integer", "number"].contains(&kind.as_str()),
        _ => false,
    };
    if !is_one {
        return;
    }
    let (about, value) = std::mem::take(schema)
        .into_iter()
        .partition::<Map<_, _>, _>(|(key, _)| ["description", "default", "examples"].contains(&key.as_str()));
    *schema = about;
    schema.insert("anyOf".into(), json!([value, { "$ref": reference(PARAMETER) }]));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definitions() -> Map<String, Value> {
        let definitions = json!({
            "Condition": {
                "if": { "required": ["path"] },
                "then": { "properties": {
                    "at_least": { "type": "number", "description": "A bound." },
                    "for": { "$ref": "#/$defs/Quantifier" },
                    "level": { "$ref": "#/$defs/LevelTest" },
                    "title": { "type": "string" },
                    "of": { "type": "array", "items": { "$ref": "#/$defs/Quantifier" } },
                    "where": { "$ref": "#/$defs/Condition" },
                } },
            },
            "LevelTest": { "properties": { "equals": { "type": "boolean" } } },
            "Quantifier": { "oneOf": [{ "const": "every" }] },
        });
        match definitions {
            Value::Object(definitions) => definitions,
            _ => Map::new(),
        }
    }

    #[test]
    fn a_parameter_stands_for_each_single_value() {
        let mut definitions = definitions();
        allow(&mut definitions, &["Condition"]);
        let parameter = json!({ "$ref": "#/$defs/Parameter" });
        let quantifier = json!({ "anyOf": [{ "$ref": "#/$defs/Quantifier" }, parameter] });
        assert_eq!(
            definitions["Condition"]["then"]["properties"],
            json!({
                "at_least": { "description": "A bound.", "anyOf": [{ "type": "number" }, parameter] },
                "for": quantifier,
                "level": { "$ref": "#/$defs/LevelTest" },
                "title": { "type": "string" },
                "of": { "type": "array", "items": quantifier },
                "where": { "$ref": "#/$defs/Condition" },
            })
        );
        let equals = json!({ "anyOf": [{ "type": "boolean" }, parameter] });
        assert_eq!(definitions["LevelTest"]["properties"]["equals"], equals);
        assert_eq!(definitions["Quantifier"], json!({ "oneOf": [{ "const": "every" }] }));
    }
}
