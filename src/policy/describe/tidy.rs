//! What schemas have in common: no word of Rust, and nothing that an editor would show in vain.

use schemars::Schema;
use schemars::transform::{RecursiveTransform, Transform};
use serde_json::{Map, Value, json};

/// Where schemas are named.
pub(super) const DEFINITIONS: &str = "$defs";

pub(super) fn titled(schema: &mut Value, title: &str) {
    if let Value::Object(root) = schema {
        root.insert("title".into(), title.into());
    }
}

/// Unknown keys are refused, as by the loader. Null is refused as well, although the loader takes it for a key that is not
/// there: whoever writes a key wants to say something.
pub(super) fn written_by_people(schema: &mut Value) {
    written_by_planseal(schema);
    each_object(schema, &mut |object| {
        without_null(object);
        if object.contains_key("properties") && !object.contains_key("additionalProperties") {
            object.insert("additionalProperties".into(), false.into());
        }
    });
}

pub(super) fn written_by_planseal(schema: &mut Value) {
    if let Some(Value::Object(definitions)) = schema.get_mut(DEFINITIONS) {
        let named = std::mem::take(definitions).into_iter();
        *definitions = named.map(|(name, one)| (plain_name(&name).to_owned(), one)).collect();
    }
    each_object(schema, &mut |object| {
        // Of the size of Rust's numbers.
        object.remove("format");
        if object.get("default") == Some(&Value::Null) {
            object.remove("default");
        }
        if let Some(Value::String(text)) = object.get_mut("description") {
            *text = in_paragraphs(text);
        }
        if let Some(Value::String(target)) = object.get_mut("$ref") {
            *target = plain_name(target).to_owned();
        }
    });
}

/// Lets the keys of the file itself hold null.
pub(super) fn nullable_at_the_top(schema: &mut Value) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for property in properties.values_mut().filter_map(Value::as_object_mut) {
        match property.remove("type") {
            Some(kind) => {
                property.insert("type".into(), json!([kind, "null"]));
            }
            None => {
                let target = property.remove("$ref").map(|target| json!({ "$ref": target }));
                let target = target.into_iter().chain([json!({ "type": "null" })]);
                property.insert("anyOf".into(), target.collect());
            }
        }
    }
}

/// Calls `visit` with a schema and all schemas in it, as far as they are mappings.
pub(super) fn each_object(schema: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    if let Ok(schema) = <&mut Schema>::try_from(schema) {
        let visit = |one: &mut Schema| {
            if let Some(object) = one.as_object_mut() {
                visit(object);
            }
        };
        RecursiveTransform(visit).transform(schema);
    }
}

/// `[T, null]` is `T`.
fn without_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(kinds)) = object.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [one] = kinds.as_slice() {
            let one = one.clone();
            object.insert("type".into(), one);
        }
    }
    let Some(Value::Array(choices)) = object.get_mut("anyOf") else {
        return;
    };
    choices.retain(|choice| *choice != json!({ "type": "null" }));
    if let [Value::Object(only)] = choices.as_mut_slice() {
        let only = std::mem::take(only);
        object.remove("anyOf");
        for (key, value) in only {
            object.entry(key).or_insert(value);
        }
    }
}

/// The name without what marks the types of documents.
fn plain_name(name: &str) -> &str {
    name.strip_suffix("Doc").unwrap_or(name)
}

/// Lines that were broken to fit into a comment are joined.
fn in_paragraphs(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.replace('\n', " "));
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
