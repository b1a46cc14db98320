//! Conditions by their subject: a mapping of which each subject allows its own keys, so that an editor offers those and no
//! others, and says of a wrong one that it is wrong, not that some alternative does not fit.

use serde_json::{Map, Value, json};

use super::parameters;
use super::tidy::{DEFINITIONS, each_object};
use crate::policy::schema::SUBJECTS;

type Properties = Map<String, Value>;

/// Subjects that can be asked inside a node.
const OF_VALUES: [&str; 6] = ["all", "any", "not", "path", "range", "untold"];
/// How many of the nodes must pass.
const QUANTIFIERS: [&str; 2] = ["for", "count"];
/// Operators that stand alone: the first word of each, and what goes with it.
const ALONE: [(&str, &[&str]); 4] = [
    ("where", &["read_as", "for", "count"]),
    ("changed", &["unset_means"]),
    ("lowered", &["order", "unset_means"]),
    ("written", &["for", "count"]),
];
/// What only goes with others.
const MODIFIERS: [&str; 7] = [
    "among",
    "order",
    "read_as",
    "unset_means",
    "unknown_means",
    "for",
    "count",
];

/// Conditions of one place in the files.
struct Kind {
    /// Its name among the definitions.
    name: &'static str,
    /// What is asked of the nodes of a path.
    nodes: &'static str,
    has_subject: fn(&str) -> bool,
    without_operators: &'static [&'static str],
}

const RULES: Kind = Kind {
    name: "Condition",
    nodes: NODES.name,
    has_subject: |_| true,
    without_operators: &[],
};
/// In another resource: also what category its data is, and what belongs to it.
const RELATED: Kind = Kind {
    name: "RelatedCondition",
    nodes: NODES.name,
    has_subject: |subject| {
        OF_VALUES.contains(&subject) || ["type", "category", "companion", "configures"].contains(&subject)
    },
    without_operators: &[],
};
/// In a key, and in the stores that it protects.
const KEY_OR_USER: Kind = Kind {
    name: "KeyOrUserCondition",
    nodes: NODES.name,
    has_subject: |subject| OF_VALUES.contains(&subject) || ["type", "category"].contains(&subject),
    without_operators: &[],
};
const NODES: Kind = Kind {
    name: "NodeCondition",
    nodes: "NodeCondition",
    has_subject: |subject| OF_VALUES.contains(&subject),
    without_operators: &["changed", "lowered", "order", "written"],
};
const CATALOG: Kind = Kind {
    name: "CatalogCondition",
    nodes: NODES.name,
    has_subject: |subject| OF_VALUES.contains(&subject) || subject == "actions",
    without_operators: &["changed", "lowered", "order"],
};
const KEY_PROPERTIES: Kind = Kind {
    name: "KeyPropertyCondition",
    nodes: NODES.name,
    has_subject: |subject| OF_VALUES.contains(&subject) || ["actions", "companion"].contains(&subject),
    without_operators: &["changed", "lowered", "order"],
};

/// What the plan does to an object that is there after it: all that the catalog can ask.
const LASTING_ACTION: &str = "LastingAction";

/// Puts conditions by subject in place of the mapping of all keys of conditions.
pub(super) fn by_subject(schema: &mut Value) {
    let Some(Value::Object(definitions)) = schema.get_mut(DEFINITIONS) else {
        return;
    };
    let Some(all) = definitions.remove(RULES.name) else {
        return;
    };
    for name in ["Part", "PartSource", "Grant"] {
        refer(definitions, name, CATALOG.name);
    }
    for name in ["KeyTest", "UsersTest", "PlaceTest"] {
        refer(definitions, name, KEY_OR_USER.name);
    }
    refer(definitions, "Relation", RELATED.name);
    refer(definitions, "KeyProperties", KEY_PROPERTIES.name);
    let description = all.get("description").cloned().unwrap_or_default();
    let properties = all.get("properties").and_then(Value::as_object).cloned();
    let properties = properties.unwrap_or_default();
    let lasting = lasting_actions(definitions);
    definitions.insert(LASTING_ACTION.into(), lasting);
    for kind in [RULES, RELATED, KEY_OR_USER, NODES, CATALOG, KEY_PROPERTIES] {
        let mut properties = properties.clone();
        if [CATALOG.name, KEY_PROPERTIES.name].contains(&kind.name) {
            of_the_catalog(&mut properties);
        }
        if kind.name == RELATED.name {
            without_ids(&mut properties);
        }
        let mut condition = kind.condition(&properties);
        condition.insert("type".into(), "object".into());
        condition.insert("description".into(), description.clone());
        definitions.insert(kind.name.into(), condition.into());
    }
    parameters::allow(definitions, &[RULES.name, RELATED.name, KEY_OR_USER.name, NODES.name]);
}

/// Without the actions that leave no object.
fn lasting_actions(definitions: &Properties) -> Value {
    let mut actions = definitions.get("Action").cloned().unwrap_or_default();
    if let Some(Value::Array(choices)) = actions.get_mut("oneOf") {
        let leaves_none = |choice: &Value| {
            ["delete", "forget"]
                .iter()
                .any(|one| choice.get("const") == Some(&json!(one)))
        };
        choices.retain(|choice| !leaves_none(choice));
    }
    actions
}

/// The catalog asks what is done to objects that stay, and for companions by their id.
fn of_the_catalog(properties: &mut Properties) {
    if let Some(items) = properties
        .get_mut("actions")
        .and_then(|actions| actions.get_mut("items"))
    {
        *items = json!({ "$ref": reference(LASTING_ACTION) });
    }
    if let Some(Value::Object(companion)) = properties.get_mut("companion") {
        companion.remove("anyOf");
        companion.insert("type".into(), "string".into());
        companion.insert(
            "description".into(),
            "Whether the companion that the entry calls so is there.".into(),
        );
    }
}

/// In another resource, a companion is asked for by its type.
fn without_ids(properties: &mut Properties) {
    let choices = properties.get_mut("companion").and_then(|one| one.get_mut("anyOf"));
    if let Some(Value::Array(choices)) = choices {
        choices.retain(|choice| choice.get("type") != Some(&json!("string")));
    }
}

/// Leads the conditions of a definition to those of another kind.
fn refer(definitions: &mut Properties, definition: &str, kind: &str) {
    if let Some(definition) = definitions.get_mut(definition) {
        lead(definition, kind);
    }
}

fn lead(schema: &mut Value, kind: &str) {
    each_object(schema, &mut |object| {
        if object.get("$ref") == Some(&reference(RULES.name)) {
            object.insert("$ref".into(), reference(kind));
        }
    });
}

fn reference(name: &str) -> Value {
    format!("#/{DEFINITIONS}/{name}").into()
}

impl Kind {
    /// A chain: where `path` is there, what goes with it; else, where `all` is there, …; else one of them is missing.
    fn condition(&self, all: &Properties) -> Properties {
        let here = |one: &&str| all.contains_key(*one) && (self.has_subject)(one);
        let subjects: Vec<&str> = SUBJECTS.into_iter().filter(here).collect();
        let mut operators: Properties = all.clone();
        operators.retain(|name, _| {
            let is_subject = SUBJECTS.contains(&name.as_str()) && name != "path";
            !is_subject && !self.without_operators.contains(&name.as_str())
        });
        let mut properties = all.clone();
        properties.retain(|name, _| subjects.contains(&name.as_str()));
        for (name, property) in properties.iter_mut().chain(operators.iter_mut()) {
            let inside = ["where", "source"].contains(&name.as_str());
            lead(property, if inside { self.nodes } else { self.name });
        }
        let of_path = self.path(&operators);
        let nothing = closed(properties.clone(), json!({ "required": ["path"] }));
        subjects.iter().rev().fold(nothing, |otherwise, subject| {
            let branch = match *subject {
                "path" => of_path.clone(),
                subject => closed(only(&properties, &[subject]), json!({})),
            };
            choice(subject, branch, otherwise)
        })
    }

    /// What goes with `path`: an operator that stands alone, or tests of the value.
    fn path(&self, operators: &Properties) -> Properties {
        let there = |name: &&str| operators.contains_key(*name);
        let is_test = |name: &str| {
            let alone = ALONE.iter().any(|(word, _)| *word == name);
            !alone && name != "path" && !MODIFIERS.contains(&name)
        };
        let tests = operators.keys().map(String::as_str).filter(|name| is_test(name));
        let tests = tests.chain(ALONE.iter().map(|(word, _)| *word).filter(there));
        let tests = required(tests);
        let values = closed(operators.clone(), json!({ "anyOf": tests }));
        ALONE.iter().rev().fold(values, |otherwise, (word, with)| {
            if !operators.contains_key(*word) {
                return otherwise;
            }
            let keys: Vec<&str> = ["path", word].into_iter().chain(with.iter().copied()).collect();
            let more = match *word {
                "where" => json!({ "anyOf": required(QUANTIFIERS.into_iter().filter(there)) }),
                _ => json!({}),
            };
            choice(word, closed(only(operators, &keys), more), otherwise)
        })
    }
}

/// One key or another.
fn required<'a>(keys: impl Iterator<Item = &'a str>) -> Value {
    keys.map(|key| json!({ "required": [key] })).collect()
}

fn only(properties: &Properties, keys: &[&str]) -> Properties {
    let wanted = properties.iter().filter(|(name, _)| keys.contains(&name.as_str()));
    wanted
        .map(|(name, property)| (name.clone(), property.clone()))
        .collect()
}

/// A mapping of these keys and no others.
fn closed(properties: Properties, more: Value) -> Properties {
    let mut schema = Properties::new();
    schema.insert("properties".into(), properties.into());
    schema.insert("additionalProperties".into(), false.into());
    if let Value::Object(more) = more {
        schema.extend(more);
    }
    schema
}

fn choice(key: &str, then: Properties, otherwise: Properties) -> Properties {
    let mut schema = Properties::new();
    schema.insert("if".into(), json!({ "required": [key] }));
    schema.insert("then".into(), then.into());
    schema.insert("else".into(), otherwise.into());
    schema
}
