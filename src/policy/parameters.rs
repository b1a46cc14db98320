//! Parameters of rules: values that stand for themselves in a rule's conditions as `{{name}}`, and that a configuration
//! may set.
//!
//! They are put into the tree of the file before it is read as a rule, so that every operator takes one, and its type is
//! checked as if it were written there. A value keeps its place in the file: what is wrong with it is said there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::Policies;
use super::compile::{self, Names};
use super::rule::Rule;
use super::schema::RuleDoc;
use super::template::PLACEHOLDERS;
use super::yaml::{At, Diagnostic, Diagnostics, Kind, Node, Span, excerpt, from_node, suggest};

/// Where a parameter may stand for a value.
const CONDITIONS: [&str; 6] = [
    "severity_when",
    "when",
    "require",
    "forbid",
    "advice_when",
    "worse_when",
];

/// A rule with parameters as it is written, to be read anew with other values for them.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) file: String,
    pub(super) text: Arc<str>,
    pub(super) root: Node,
}

/// What reading rules anew takes.
#[derive(Debug, Clone, Default)]
pub(super) struct Adjustable {
    pub(super) names: Names,
    /// By the id of the rule.
    pub(super) rules: BTreeMap<String, Written>,
}

/// A value that a configuration gives to a parameter of a rule.
#[derive(Debug, Clone)]
pub struct Override {
    /// The rule's id.
    pub rule: At<String>,
    /// The parameter's name.
    pub parameter: At<String>,
    /// The value.
    pub value: At<Value>,
}

/// The parameters of a rule, by name.
fn parameters(root: &Node) -> &[(Node, Node)] {
    match member(root, "parameters").map(|node| &node.kind) {
        Some(Kind::Mapping(entries)) => entries,
        _ => &[],
    }
}

/// A rule as it is written, where it has parameters, by its id.
pub(super) fn written(file: &str, text: &str, root: &Node) -> Option<(String, Written)> {
    let id = member(root, "id")?.as_str()?.to_owned();
    let written = || Written {
        file: file.to_owned(),
        text: text.into(),
        root: root.clone(),
    };
    (!parameters(root).is_empty()).then(|| (id, written()))
}

/// A member of a mapping.
fn member<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    let Kind::Mapping(entries) = &node.kind else {
        return None;
    };
    let found = entries.iter().find(|(key, _)| key.as_str() == Some(name))?;
    Some(&found.1)
}

/// Puts the parameters of a rule in the place of their uses; what is wrong with them goes into `errors`.
pub(super) fn put_in_place(file: &str, root: &mut Node, errors: &mut Diagnostics) {
    let declared = parameters(root).to_vec();
    for (name, value) in &declared {
        check(file, name, value, errors);
    }
    let mut places = Places {
        file,
        declared: &declared,
        used: BTreeSet::new(),
        unknown: false,
        errors,
    };
    if let Kind::Mapping(entries) = &mut root.kind {
        for (key, value) in entries {
            if key.as_str().is_some_and(|key| CONDITIONS.contains(&key)) {
                places.fill(value);
            }
        }
    }
    places.report_unused();
}

fn check(file: &str, name: &Node, value: &Node, errors: &mut Diagnostics) {
    let mut error = |span: Span, message: String, help: &str| {
        errors.push(Diagnostic::new(file, span, message).with_help(help));
    };
    let Some(text) = name.as_str() else { return };
    let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
    if !starts
        || !text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    {
        error(
            name.span,
            format!("`{}` is not the name of a parameter", excerpt(text)),
            "use lower-case words joined by underscores: `minimum_days`",
        );
    } else if PLACEHOLDERS.contains(&text) {
        error(
            name.span,
            format!("`{{{{{text}}}}}` stands for something else in messages"),
            "give the parameter another name",
        );
    }
    let scalar = |node: &Node| !matches!(node.kind, Kind::Null | Kind::Sequence(_) | Kind::Mapping(_));
    let fits = match &value.kind {
        Kind::Sequence(values) => !values.is_empty() && values.iter().all(scalar),
        _ => scalar(value),
    };
    if !fits {
        error(
            value.span,
            format!(
                "expected a text, a number, true or false, or a list of such, found {}",
                value.kind
            ),
            "the value of a parameter holds where no configuration sets another",
        );
    }
}

/// The uses of parameters in a rule.
struct Places<'a> {
    file: &'a str,
    declared: &'a [(Node, Node)],
    used: BTreeSet<String>,
    unknown: bool,
    errors: &'a mut Diagnostics,
}

impl Places<'_> {
    fn fill(&mut self, node: &mut Node) {
        match &mut node.kind {
            Kind::Sequence(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Kind::Mapping(entries) => entries.iter_mut().for_each(|(_, value)| self.fill(value)),
            Kind::String(text) => {
                if let Some(name) = alone(text).map(str::to_owned) {
                    self.stand_in(node, &name);
                } else if let Some(name) = self.inside(text) {
                    self.error(
                        node.span,
                        format!("`{{{{{name}}}}}` stands inside a longer text"),
                        "a parameter stands for a whole value: make the whole text the parameter's value",
                    );
                    self.used.insert(name);
                    node.kind = Kind::Invalid;
                }
            }
            Kind::Null | Kind::Bool(_) | Kind::Integer(_) | Kind::Float(_) | Kind::Invalid => {}
        }
    }

    fn stand_in(&mut self, node: &mut Node, name: &str) {
        let found = self.declared.iter().find(|(key, _)| key.as_str() == Some(name));
        if let Some((_, value)) = found {
            self.used.insert(name.to_owned());
            *node = value.clone();
            return;
        }
        self.unknown = true;
        let names: Vec<&str> = self.declared.iter().filter_map(|(key, _)| key.as_str()).collect();
        let help = match suggest(name, names.iter().copied()) {
            Some(close) => format!("did you mean `{{{{{close}}}}}`?"),
            None => format!("give it a value in the rule: `parameters: {{ {}: … }}`", excerpt(name)),
        };
        self.error(node.span, format!("unknown parameter `{}`", excerpt(name)), &help);
        node.kind = Kind::Invalid;
    }

    /// A parameter of the rule that is named somewhere in a text.
    fn inside(&self, text: &str) -> Option<String> {
        let mut rest = text;
        while let Some((_, (name, after))) = rest
            .split_once("{{")
            .and_then(|(before, inner)| Some((before, inner.split_once("}}")?)))
        {
            let name = name.trim();
            if self.declared.iter().any(|(key, _)| key.as_str() == Some(name)) {
                return Some(name.to_owned());
            }
            rest = after;
        }
        None
    }

    /// One that is only misspelt where it is used is not said to be unused as well.
    fn report_unused(&mut self) {
        if self.unknown {
            return;
        }
        for (key, _) in self.declared {
            if let Some(name) = key.as_str().filter(|name| !self.used.contains(*name)) {
                self.error(
                    key.span,
                    format!("the parameter `{}` is not used", excerpt(name)),
                    &format!(
                        "write `\"{{{{{}}}}}\"` for a value in the rule's conditions, or remove it",
                        excerpt(name)
                    ),
                );
            }
        }
    }

    fn error(&mut self, span: Span, message: String, help: &str) {
        self.errors
            .push(Diagnostic::new(self.file, span, message).with_help(help));
    }
}

/// The name in a text that is one use of a parameter and nothing else.
fn alone(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    (!name.is_empty() && name.chars().all(word)).then_some(name)
}

impl Policies {
    /// These policies with other values for parameters of rules, which stand in the file `file`; what is wrong with them
    /// goes into `errors`, each at its place in that file. The rules are read anew: whatever else the configuration says of
    /// them is to be applied after this.
    #[must_use]
    pub fn with_parameters(&self, file: &str, overrides: &[Override], errors: &mut Diagnostics) -> Self {
        let mut policies = self.clone();
        let mut by_rule: BTreeMap<&str, (&Written, Vec<&Override>)> = BTreeMap::new();
        for one in overrides {
            match self.overridden(one) {
                Ok(written) => {
                    let (_, overrides) = by_rule.entry(&one.rule.value).or_insert((written, Vec::new()));
                    overrides.push(one);
                }
                Err(wrong) => errors.push(wrong.in_file(file)),
            }
        }
        for (id, (written, overrides)) in by_rule {
            let mut fitting = Vec::new();
            for one in overrides {
                fitting.push(one);
                match self.read_anew(written, &fitting) {
                    Ok(rule) => policies.rules.iter_mut().filter(|one| one.id == id).for_each(|one| {
                        one.clone_from(&rule);
                    }),
                    Err(why) => {
                        fitting.pop();
                        errors.push(does_not_fit(one, *why).in_file(file));
                    }
                }
            }
        }
        policies
    }

    /// The rule whose parameter is given a value of its kind.
    fn overridden(&self, one: &Override) -> Result<&Written, Wrong> {
        let Some(rule) = self.rules.iter().find(|rule| rule.id == one.rule.value) else {
            let close = suggest(&one.rule.value, self.rules.iter().map(|rule| rule.id.as_str()));
            return Err(Wrong {
                span: one.rule.span,
                message: format!("unknown rule `{}`", excerpt(&one.rule.value)),
                help: close.map_or_else(
                    || "write the id of a rule".to_owned(),
                    |close| format!("did you mean `{close}`?"),
                ),
            });
        };
        let named = rule.parameters.iter().find(|(name, _)| *name == one.parameter.value);
        let Some(((_, default), written)) = named.zip(self.adjustable.rules.get(&rule.id)) else {
            let names: Vec<&str> = rule.parameters.iter().map(|(name, _)| name.as_str()).collect();
            let help = match (suggest(&one.parameter.value, names.iter().copied()), names.as_slice()) {
                (Some(close), _) => format!("did you mean `{close}`?"),
                (None, []) => "this rule has no parameters".to_owned(),
                (None, names) => format!("known: `{}`", names.join("`, `")),
            };
            return Err(Wrong {
                span: one.parameter.span,
                message: format!(
                    "unknown parameter `{}` of the rule `{}`",
                    excerpt(&one.parameter.value),
                    rule.id
                ),
                help,
            });
        };
        if sort_of(default) == sort_of(&one.value.value) {
            return Ok(written);
        }
        Err(Wrong {
            span: one.value.span,
            message: format!(
                "expected {}, found {}",
                sort_of(default),
                kind_of(&one.value.value, one.value.span)
            ),
            help: format!("in the rule it is `{}`", shown(default)),
        })
    }

    /// A rule with these values, or the first thing that is then wrong with it.
    fn read_anew(&self, written: &Written, overrides: &[&Override]) -> Result<Rule, Box<Diagnostic>> {
        let mut errors = Diagnostics::new();
        errors
            .sources_mut()
            .insert(written.file.as_str(), Arc::clone(&written.text));
        let mut root = written.root.clone();
        set(&mut root, overrides);
        put_in_place(&written.file, &mut root, &mut errors);
        let rule = from_node::<RuleDoc>(&written.file, &root, &mut errors)
            .and_then(|doc| compile::rule_alone(&written.file, doc, &self.adjustable.names, &mut errors));
        let first = errors.sorted().first().map(|error| (*error).clone());
        match (rule, first) {
            (Some(rule), None) => Ok(rule),
            (_, Some(first)) => Err(Box::new(first)),
            (None, None) => {
                let file = written.file.as_str();
                Err(Box::new(Diagnostic::new(
                    file,
                    Span::default(),
                    "the rule cannot be read",
                )))
            }
        }
    }
}

/// What is wrong with an override.
struct Wrong {
    span: Span,
    message: String,
    help: String,
}

impl Wrong {
    fn in_file(self, file: &str) -> Diagnostic {
        Diagnostic::new(file, self.span, self.message).with_help(self.help)
    }
}

fn does_not_fit(one: &Override, why: Diagnostic) -> Wrong {
    Wrong {
        span: one.value.span,
        message: format!(
            "`{}` of the rule `{}` cannot be this: {}",
            one.parameter, one.rule, why.message
        ),
        help: why
            .help
            .or(why.label)
            .unwrap_or_else(|| "write a value that the rule can use".to_owned()),
    }
}

/// Gives parameters other values; each keeps the place of the one in the rule.
fn set(root: &mut Node, overrides: &[&Override]) {
    let Kind::Mapping(entries) = &mut root.kind else { return };
    let of_rule = entries.iter_mut().find(|(key, _)| key.as_str() == Some("parameters"));
    let Some((
        _,
        Node {
            kind: Kind::Mapping(parameters),
            ..
        },
    )) = of_rule
    else {
        return;
    };
    for (name, value) in parameters {
        let other = overrides.iter().find(|one| name.as_str() == Some(&one.parameter.value));
        if let Some(other) = other {
            value.kind = kind_of(&other.value.value, value.span);
        }
    }
}

fn kind_of(value: &Value, span: Span) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(value) => Kind::Bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => Kind::Integer(integer),
            (None, Some(float)) => Kind::Float(float),
            (None, None) => Kind::Invalid,
        },
        Value::String(text) => Kind::String(text.clone()),
        Value::Array(values) => {
            let node = |value| Node {
                span,
                kind: kind_of(value, span),
            };
            Kind::Sequence(values.iter().map(node).collect())
        }
        Value::Object(members) => {
            let node = |kind| Node { span, kind };
            let entry =
                |(name, value): (&String, &Value)| (node(Kind::String(name.clone())), node(kind_of(value, span)));
            Kind::Mapping(members.iter().map(entry).collect())
        }
    }
}

/// What a value is, as far as another one in its place must be the same.
fn sort_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "a mapping",
    }
}

/// A value as messages show it.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
