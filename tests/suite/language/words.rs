//! The words of conditions, as the schema has them.

use std::collections::BTreeMap;

use planseal::cli::Described;
use planseal::run::schema;
use serde_json::{Map, Value};

use super::example_of;

/// Keys of rules that have an example of their own.
pub(super) const RULE_KEYS: [&str; 9] = [
    "resources",
    "severity_when",
    "advice_when",
    "worse_when",
    "parameters",
    "per_plan",
    "follows",
    "needs_source",
    "missing",
];

/// Examples of paths, with what they show.
pub(super) const PATHS: [(&str, &str); 4] = [
    ("path-positions", "Positions"),
    ("path-filter", "Filters"),
    ("path-functions", "Functions in filters"),
    ("path-descendants", "At any depth"),
];

/// Examples of what a word means elsewhere.
const MORE: [&str; 4] = [
    "category-of-resources",
    "configures-further",
    "in-list",
    "read-as-certificate",
];

/// A schema, with what it names.
pub(super) struct Schema(pub Value);

impl Schema {
    pub(super) fn of(of: Described) -> Self {
        Self(serde_json::from_str(&schema::text(of)).unwrap())
    }

    pub(super) fn definition(&self, name: &str) -> &Value {
        self.0
            .pointer(&format!("/$defs/{name}"))
            .unwrap_or_else(|| panic!("no definition `{name}`"))
    }

    /// The definition that a schema refers to, with its name.
    pub(super) fn target<'a>(&'a self, schema: &'a Value) -> Option<(&'a str, &'a Value)> {
        let name = schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
        Some((name, self.definition(name)))
    }
}

/// Subjects and operators of conditions.
pub(super) struct Words {
    pub policy: Schema,
    pub subjects: BTreeMap<String, Value>,
    pub operators: BTreeMap<String, Value>,
}

impl Words {
    pub(super) fn new() -> Self {
        let policy = Schema::of(Described::Policy);
        let condition = policy.definition("Condition");
        // The first choice is whether there is a path; the last one, where there is no subject, names all of them.
        let mut last = condition;
        while let Some(otherwise) = last.get("else") {
            last = otherwise;
        }
        let subjects = properties(last);
        let mut operators = BTreeMap::new();
        in_branches(&condition["then"], &mut operators);
        operators.remove("path");
        assert!(!subjects.is_empty() && !operators.is_empty());
        Self {
            subjects,
            operators,
            policy,
        }
    }

    /// What is asked inside a subject: `is` of `category`. The words of `configures` are those of `companion`.
    pub(super) fn inside(&self, subject: &str) -> BTreeMap<String, Value> {
        let schema = &self.subjects[subject];
        let choices = schema.get("anyOf").and_then(Value::as_array);
        let choices = choices.into_iter().flatten().chain([schema]);
        let mut targets = choices.filter_map(|choice| self.policy.target(choice));
        let has_words = |name: &str| name.ends_with("Test") || (name == "Relation" && subject == "companion");
        let target = targets.find(|(name, _)| has_words(name));
        target.map(|(_, definition)| properties(definition)).unwrap_or_default()
    }

    /// Every word that has an example, with the example's name.
    pub(super) fn words(&self) -> Vec<(String, String)> {
        let mut words = Vec::new();
        for (name, subject) in &self.subjects {
            let inside = self.inside(name);
            // A companion is also asked for by a word.
            if inside.is_empty() || subject.get("anyOf").is_some() {
                words.push((name.clone(), example_of(&[name])));
            }
            words.extend(inside.keys().map(|word| (word.clone(), example_of(&[name, word]))));
        }
        words.extend(self.operators.keys().map(|name| (name.clone(), example_of(&[name]))));
        words.extend(RULE_KEYS.map(|key| (key.to_owned(), example_of(&[key]))));
        words
    }

    /// The examples of words, and those beside them.
    pub(super) fn examples(&self) -> Vec<String> {
        let more = PATHS.iter().map(|(name, _)| name).chain(&MORE);
        let words = self.words().into_iter().map(|(_, example)| example);
        words.chain(more.map(|name| (*name).to_owned())).collect()
    }
}

pub(super) fn properties(schema: &Value) -> BTreeMap<String, Value> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.cloned().unwrap_or_else(Map::new).into_iter().collect()
}

fn in_branches(schema: &Value, found: &mut BTreeMap<String, Value>) {
    found.extend(properties(schema));
    for branch in ["then", "else"].iter().filter_map(|name| schema.get(name)) {
        in_branches(branch, found);
    }
}
