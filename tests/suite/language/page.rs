//! The page.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use planseal::cli::Described;
use planseal::policy::template::PLACEHOLDERS;
use serde_json::Value;

use super::text::{first_sentence, headings, slug};
use super::words::{PATHS, RULE_KEYS, Schema, Words, properties};
use super::{example_of, examples};

/// In which order a rule is written.
pub(crate) const RULE: [&str; 23] = [
    "id",
    "title",
    "severity",
    "severity_when",
    "controls",
    "parameters",
    "resources",
    "each",
    "per_plan",
    "follows",
    "when",
    "require",
    "forbid",
    "missing",
    "advice_when",
    "worse_when",
    "on_undetermined",
    "message",
    "why",
    "fix",
    "fixes",
    "facts",
    "reference",
];

/// In which order a metric is written.
pub(crate) const METRIC: [&str; 6] = ["metric", "title", "target", "of", "why", "reference"];

/// In which order the subjects are shown: the most used first.
const SUBJECTS: [&str; 20] = [
    "path",
    "range",
    "type",
    "all",
    "any",
    "not",
    "category",
    "level",
    "actions",
    "before",
    "companion",
    "configures",
    "key",
    "users",
    "place",
    "source",
    "replaced_by_encryption",
    "destroyed",
    "waiver",
    "untold",
];

/// In which order the operators are shown.
const OPERATORS: [&str; 19] = [
    "equals",
    "in",
    "among",
    "matches",
    "at_least",
    "at_most",
    "days_ahead",
    "set",
    "unset_means",
    "unknown_means",
    "for",
    "count",
    "where",
    "read_as",
    "covers",
    "changed",
    "lowered",
    "order",
    "written",
];

/// In which order the words inside subjects are shown.
const INSIDE: [&str; 24] = [
    "is",
    "sensitive",
    "evidence",
    "own_evidence",
    "conflicting",
    "strict",
    "at_least",
    "equals",
    "same_category",
    "in_its_place",
    "in_plan",
    "recommends",
    "known",
    "recommend",
    "has",
    "type",
    "join",
    "where",
    "for",
    "count",
    "from",
    "to",
    "holds",
    "unique",
];

/// Which mappings are shown with which kind of file; those that are not listed belong to conditions.
const FILES: [&str; 6] = ["Rule", "Metric", "Lists", "Categories", "Classification", "Catalog"];
const METRICS: [&str; 1] = ["MetricPart"];
const LISTS: [&str; 1] = ["List"];
const OF_RULES: [&str; 2] = ["SeverityCase", "Missing"];
const CATEGORIES: [&str; 5] = [
    "Category",
    "Recommendation",
    "Credentials",
    "HierarchyKey",
    "PropertyFixes",
];
const CLASSIFICATION: [&str; 1] = ["TypeDefault"];
const CATALOG: [&str; 13] = [
    "Store",
    "Companion",
    "Part",
    "PartSource",
    "Grant",
    "Key",
    "Original",
    "KeyType",
    "KeyProperties",
    "Alias",
    "Setting",
    "Mirror",
    "DocumentSource",
];

const PLACEHOLDER_WORDS: [(&str, &str); 26] = [
    ("address", "the resource's address; with `per_plan`, the first one"),
    ("type", "its type"),
    ("name", "its name, without module and key"),
    (
        "action",
        "what the plan does to it, in the third person: `creates`, `changes`, `replaces`, `deletes`, `disables`, `keeps`, `stops managing`",
    ),
    (
        "what",
        "what the catalog calls it (rules with `each`); with `per_plan`, and in `advice`, how many there are",
    ),
    ("part", "with `each: store-part`, what the catalog calls the part"),
    (
        "category",
        "the data category that it is judged by (rules with `each`, and those that ask for it)",
    ),
    (
        "category_before",
        "the category that was explicit before this plan (the same rules)",
    ),
    ("category_from", "where the category comes from (the same rules)"),
    ("level", "with `each: store-part`, the protection level, in words"),
    (
        "required",
        "what is asked of `{{value}}`: a level (`cmk`), a value or bound (`7`, `\"on\"`), or words where there is no single one (``a match of `^x` ``, `one of 1, 2`, `anything but 22`, `a value`)",
    ),
    ("because", "with `each: store-part`, why the level is what it is"),
    (
        "value",
        "the value that breaks the rule, the first of several: with its own backticks (and quotes, where it is a text), or `not set`, `set`, `known only after apply`, `a sensitive value`",
    ),
    (
        "key",
        "with `each: store-part`, the key that decided, with its own backticks",
    ),
    ("where", "the places in documents where something was found"),
    ("fix", "with `each: store-part`, how the catalog mends the part"),
    ("recommended_fix", "the same, or how the key gets what it lacks"),
    (
        "recommended_key",
        "the key that the data belongs under, by its name in the key hierarchy",
    ),
    (
        "lowered",
        "with `each: store` or `store-part`, what is lower than before",
    ),
    (
        "forced_by",
        "with `each: store-part`, the attributes that make this plan replace the store",
    ),
    ("lost", "what goes with the old store then (rules with `each`)"),
    ("keep", "how to keep that (the same rules)"),
    ("rule", "with `each: waiver`, the rule that the waiver names"),
    ("owner", "with `each: waiver`, who answers for it"),
    ("expires", "with `each: waiver`, the last day on which it holds"),
    (
        "found",
        "with `each: waiver`, how many findings it is about, as a sentence",
    ),
];

pub(super) fn page() -> String {
    let words = Words::new();
    let mut page = Page::default();
    rules(&mut page, &words);
    conditions(&mut page, &words);
    page.say("## Paths");
    page.say(include_str!("text/paths.md"));
    for (example, heading) in PATHS {
        page.say(&format!("### {heading}"));
        page.example(example);
    }
    facts(&mut page, &words.policy);
    let config = Schema::of(Described::Config);
    page.say("## The configuration");
    page.say("[Its own page](configuration.md) explains it. `planseal schema config` prints its schema.");
    page.describe(&config, &config.0, &[]);
    let policy = &words.policy.0["$defs"];
    let differs = |name: &&str| policy.get(name) != config.0["$defs"].get(name);
    let here: Vec<&str> = definitions(&config.0).into_iter().filter(differs).collect();
    page.definitions(&config, &here);
    page.whole()
}

fn rules(page: &mut Page, words: &Words) {
    let rule = words.policy.definition("Rule");
    page.say("## A rule");
    page.say(text(rule));
    page.example("equals");
    page.keys(&words.policy, rule, &RULE);
    let about = properties(rule);
    for key in RULE_KEYS {
        page.say(&format!("### `{key}`"));
        page.say(first_sentence(text(&about[key])).0);
        page.example(&example_of(&[key]));
    }
    page.definitions(&words.policy, &OF_RULES);
    page.say("### Placeholders\n\nIn `message`, `fix` and `advice`, `{{name}}` stands for:");
    let known: BTreeSet<&str> = PLACEHOLDERS.into_iter().collect();
    let described: BTreeSet<&str> = PLACEHOLDER_WORDS.iter().map(|(name, _)| *name).collect();
    assert_eq!(known, described, "PLACEHOLDER_WORDS");
    let rows = PLACEHOLDER_WORDS
        .iter()
        .map(|(name, what)| format!("| `{{{{{name}}}}}` | {what} |\n"));
    page.say(&format!(
        "| placeholder | stands for |\n|---|---|\n{}",
        rows.collect::<String>()
    ));
    page.say(
        "A parameter of the rule stands there by its own name. A placeholder that nothing fills in a rule of that kind is an error of the policy. With `per_plan`, only `{{what}}`, `{{category}}` and `{{address}}` are filled.",
    );
}

fn conditions(page: &mut Page, words: &Words) {
    page.say("## Conditions");
    page.say(include_str!("text/conditions.md"));
    let subjects = in_order(&SUBJECTS, &words.subjects);
    let operators = in_order(&OPERATORS, &words.operators);
    page.overview("subject", &subjects, &words.subjects);
    page.overview("operator of `path`", &operators, &words.operators);
    page.say("### Subjects");
    for name in subjects {
        page.word(words, 4, &[name], &words.subjects[name]);
        let inside = words.inside(name);
        for inner in in_order(&INSIDE, &inside) {
            page.word(words, 5, &[name, inner], &inside[inner]);
        }
        if name == "category" {
            page.say("##### `category` in rules with `resources`");
            page.example("category-of-resources");
        }
        if name == "configures" {
            page.say("##### Resources that belong to those");
            page.say("In `where`, `companion` and `configures` go on from the other resource, three steps in all.");
            page.example("configures-further");
        }
    }
    page.say("### Operators of `path`");
    for name in operators {
        page.word(words, 4, &[name], &words.operators[name]);
        if name == "in" {
            page.say("##### `in: NAME`");
            page.say("The values of a [named list](#named-lists).");
            page.example("in-list");
        }
        if name == "read_as" {
            page.say("##### `read_as: certificate`");
            page.example("read-as-certificate");
        }
    }
    let elsewhere = [
        &FILES[..],
        &METRICS,
        &LISTS,
        &OF_RULES,
        &CATEGORIES,
        &CLASSIFICATION,
        &CATALOG,
    ]
    .concat();
    let is_here = |name: &&str| {
        !elsewhere.contains(name) && *name != "Relation" && !name.ends_with("Test") && !name.ends_with("Condition")
    };
    let here: Vec<&str> = definitions(&words.policy.0).into_iter().filter(is_here).collect();
    page.definitions(&words.policy, &here);
}

/// The words that are there: those of the order first, and then the others.
fn in_order<'a>(order: &[&'a str], there: &'a BTreeMap<String, Value>) -> Vec<&'a str> {
    let first = order.iter().copied().filter(|word| there.contains_key(*word));
    let others = there.keys().map(String::as_str).filter(|word| !order.contains(word));
    first.chain(others).collect()
}

fn facts(page: &mut Page, policy: &Schema) {
    page.say("## Metrics");
    page.describe(policy, policy.definition("Metric"), &METRIC);
    let metric = std::fs::read_to_string(examples().join("metrics/encrypted-volumes.yaml")).unwrap();
    page.say(&format!("```yaml\n{metric}```"));
    page.definitions(policy, &METRICS);
    page.say("## Named lists");
    page.describe(policy, policy.definition("Lists"), &[]);
    let lists = std::fs::read_to_string(examples().join("lists/regions.yaml")).unwrap();
    page.say(&format!("```yaml\n{lists}```"));
    page.definitions(policy, &LISTS);
    page.say("## Data categories");
    page.describe(policy, policy.definition("Categories"), &[]);
    page.definitions(policy, &CATEGORIES);
    page.say("## The classification");
    page.describe(policy, policy.definition("Classification"), &[]);
    page.definitions(policy, &CLASSIFICATION);
    page.say("## The catalog");
    page.describe(policy, policy.definition("Catalog"), &[]);
    page.definitions(policy, &CATALOG);
}

fn definitions(schema: &Value) -> Vec<&str> {
    let all = schema["$defs"].as_object().unwrap();
    all.iter()
        .filter(|(_, one)| one.get("properties").is_some())
        .map(|(name, _)| name.as_str())
        .collect()
}

fn text(schema: &Value) -> &str {
    schema.get("description").and_then(Value::as_str).unwrap_or_default()
}

#[derive(Default)]
struct Page {
    text: String,
    /// Where a mapping is explained: the first of its name.
    anchors: BTreeMap<String, String>,
    /// Where any is.
    mappings: BTreeSet<String>,
}

impl Page {
    fn say(&mut self, text: &str) {
        self.text.push_str(text.trim_end());
        self.text.push_str("\n\n");
    }

    /// The page with its beginning, its contents, and links that lead somewhere.
    fn whole(&self) -> String {
        let mut page = "<!-- Made of the schemas by `PLANSEAL_BLESS=1 cargo test --locked language::`; change the doc comments in \
             src/policy/schema and the texts in tests/suite/language/text instead. -->\n"
            .to_owned();
        page.push_str(include_str!("text/start.md"));
        page.push('\n');
        let mut body = self.text.clone();
        for (name, anchor) in &self.anchors {
            body = body.replace(&format!("](#def:{name})"), &format!("](#{anchor})"));
        }
        for (depth, heading, anchor) in headings(&body) {
            if depth == 2 || (depth == 3 && !self.mappings.contains(&anchor)) {
                writeln!(page, "{}- [{heading}](#{anchor})", "  ".repeat(depth - 2)).unwrap();
            }
        }
        page.push('\n');
        page.push_str(body.trim_end());
        page.push('\n');
        page
    }

    fn definitions(&mut self, schema: &Schema, names: &[&str]) {
        for name in names {
            let heading = spaced(name);
            self.say(&format!("### {heading}"));
            let (_, _, anchor) = headings(&self.text).pop().unwrap();
            self.mappings.insert(anchor.clone());
            self.anchors.entry((*name).to_owned()).or_insert(anchor);
            self.describe(schema, schema.definition(name), &[]);
        }
    }

    /// The example of this name, with its cases.
    fn example(&mut self, name: &str) {
        let rule = std::fs::read_to_string(examples().join(format!("{name}.yaml"))).unwrap();
        self.say(&format!("```yaml\n{rule}```\n\n[Its cases](examples/{name}.test.yaml)"));
    }

    /// Words in a sentence each.
    fn overview(&mut self, what: &str, names: &[&str], words: &BTreeMap<String, Value>) {
        let mut table = format!("| {what} | |\n|---|---|\n");
        for name in names {
            let (about, _) = first_sentence(text(&words[*name]));
            writeln!(table, "| [`{name}`](#{}) | {} |", slug(name), in_cell(about)).unwrap();
        }
        self.say(&table);
    }

    /// What a mapping is for, and its keys: in this order, or those that must be there first.
    fn describe(&mut self, schema: &Schema, mapping: &Value, order: &[&str]) {
        self.say(text(mapping));
        self.keys(schema, mapping, order);
    }

    fn keys(&mut self, schema: &Schema, mapping: &Value, order: &[&str]) {
        let required = mapping.get("required").cloned().unwrap_or_default();
        let is_required = |name: &str| required.as_array().is_some_and(|all| all.iter().any(|one| one == name));
        let mut keys: Vec<(String, Value)> = properties(mapping).into_iter().collect();
        let place = |name: &str| order.iter().position(|one| *one == name).unwrap_or(order.len());
        keys.sort_by_key(|(name, _)| (place(name), !is_required(name)));
        let mut table = "| key | is | |\n|---|---|---|\n".to_owned();
        for (name, key) in &keys {
            let must = if is_required(name) { " (required)" } else { "" };
            let what = [text(key).replace("\n\n", " "), self.more(schema, key)].join(" ");
            writeln!(
                table,
                "| `{name}`{must} | {} | {} |",
                kind(schema, key),
                in_cell(what.trim())
            )
            .unwrap();
        }
        self.say(&table);
    }

    /// The default, and the words that may stand there.
    fn more(&self, schema: &Schema, key: &Value) -> String {
        let mut more = values(schema, key);
        if let Some(default) = key.get("default").filter(|default| !default.is_null()) {
            more.push(format!("Default: `{}`.", plain(default)));
        }
        if let Some(example) = key.get("examples").and_then(|examples| examples.get(0)) {
            more.push(format!("Example: {}.", code(&plain(example))));
        }
        more.join(" ")
    }

    /// A subject or operator: what it asks, its example, and then the rest.
    fn word(&mut self, words: &Words, depth: usize, path: &[&str], schema: &Value) {
        let written = match path {
            [subject, word] => format!("{subject}: {{ {word}: … }}"),
            path => path.concat(),
        };
        self.say(&format!("{} `{written}`", "#".repeat(depth)));
        let (about, more) = first_sentence(text(schema));
        self.say(&format!("{about} Takes {}.", kind(&words.policy, schema)));
        let example = example_of(path);
        // A subject that only holds words of its own is shown by them.
        if words.examples().contains(&example) {
            self.example(&example);
        }
        self.say_unless_empty(more);
        self.say_unless_empty(&values(&words.policy, schema).join(" "));
    }

    fn say_unless_empty(&mut self, text: &str) {
        if !text.is_empty() {
            self.say(text);
        }
    }
}

/// What the words of an enumeration mean.
fn values(schema: &Schema, key: &Value) -> Vec<String> {
    let items = key.get("items").unwrap_or(key);
    let Some((_, target)) = schema.target(items) else {
        return vec![];
    };
    let choices = target.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let choices = choices.filter_map(|choice| Some(format!("`{}`: {}", choice.get("const")?.as_str()?, text(choice))));
    choices.collect()
}

/// What a key takes, in a few words.
fn kind(schema: &Schema, key: &Value) -> String {
    if let Some((name, target)) = schema.target(key) {
        return match (name, target.get("oneOf"), target.get("properties")) {
            (name, _, _) if name.ends_with("Condition") => "a [condition](#conditions)".into(),
            (_, Some(choices), None) => one_of(choices.as_array().unwrap().iter().filter_map(|one| one.get("const"))),
            (name, ..) if name.ends_with("Test") => "what is asked of it".into(),
            ("Relation", ..) => "what is asked of the other resources".into(),
            (name, ..) => format!("[{}](#def:{name})", spaced(name).to_lowercase()),
        };
    }
    if let Some(choices) = key.get("enum").and_then(Value::as_array) {
        return one_of(choices.iter());
    }
    if let Some(choices) = key.get("anyOf").and_then(Value::as_array) {
        // A parameter may stand for any value.
        let choices = choices.iter().filter(|choice| choice["$ref"] != "#/$defs/Parameter");
        let choices: Vec<String> = choices.map(|choice| kind(schema, choice)).collect();
        return choices.join(", or ");
    }
    let of_kind = |kind_: &str| match kind_ {
        "string" => "text".to_owned(),
        "number" => "a number".to_owned(),
        "integer" => "a whole number".to_owned(),
        "boolean" => "`true` or `false`".to_owned(),
        "array" => match key.get("items") {
            Some(items) if items.is_object() => format!("a list, each {}", kind(schema, items)),
            _ => "a list of values".to_owned(),
        },
        _ => match key.get("additionalProperties").filter(|inner| inner.is_object()) {
            Some(inner) => format!("a mapping, each {}", kind(schema, inner)),
            None => "a mapping".to_owned(),
        },
    };
    match key.get("type") {
        Some(Value::String(one)) => of_kind(one),
        Some(Value::Array(several)) => of_kind(several[0].as_str().unwrap()),
        _ => "a value".into(),
    }
}

fn one_of<'a>(words: impl Iterator<Item = &'a Value>) -> String {
    let words: Vec<String> = words.map(|word| format!("`{}`", plain(word))).collect();
    words.join(", ")
}

/// A value as YAML in one line.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => format!("[{}]", values.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{key}: {}", plain(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        other => other.to_string(),
    }
}

/// Text that may hold backticks, as code.
fn code(text: &str) -> String {
    match text.contains('`') {
        true => format!("`` {text} ``"),
        false => format!("`{text}`"),
    }
}

fn in_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// `PartSource` is `Part source`.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for (position, c) in name.chars().enumerate() {
        match c.is_uppercase() && position > 0 {
            true => words.extend([' '].into_iter().chain(c.to_lowercase())),
            false => words.push(c),
        }
    }
    words
}
