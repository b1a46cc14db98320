//! The conditions of a rule as they stand in its policy file, for those who ask why.

use super::condition::Condition;
use super::rule::{Rule, Severity};
use super::yaml::{self, Kind, Node};

/// A longer condition is cut.
const MAX_TEXT: usize = 160;

/// A condition of a rule, under the key that it stands at.
#[derive(Debug, Clone)]
pub struct Clause<'r> {
    /// `when`, `require`, `forbid`, `advice_when`, …
    pub key: &'static str,
    /// The condition.
    pub condition: &'r Condition,
    questions: Vec<(&'r Condition, Written)>,
}

/// A question as it stands in the policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The line, 1-based.
    pub line: usize,
    /// The text, on one line: `path: $.storage_encrypted, equals: true`.
    pub text: String,
}

impl<'r> Clause<'r> {
    /// How one of its questions is written.
    #[must_use]
    pub fn written(&self, question: &Condition) -> Option<&Written> {
        let found = self.questions.iter().find(|(one, _)| std::ptr::eq(*one, question));
        found.map(|(_, written)| written)
    }

    fn new(key: &'static str, condition: &'r Condition, node: Option<&Node>) -> Self {
        let mut questions = Vec::new();
        if let Some(node) = node {
            pair(condition, node, &mut questions);
        }
        Self {
            key,
            condition,
            questions,
        }
    }
}

/// The conditions that decide where a rule applies and what it comes to.
#[must_use]
pub fn clauses(rule: &Rule) -> Vec<Clause<'_>> {
    // The file was read without an error when the rule was made.
    let root = yaml::load(&rule.file, &rule.text, &mut |_| {});
    let node = |key: &str| root.as_ref().and_then(|root| member(root, key));
    let demand = if rule.demand.forbidden { "forbid" } else { "require" };
    let mut clauses = Vec::new();
    if let Some(when) = &rule.when {
        clauses.push(Clause::new("when", when, node("when")));
    }
    clauses.push(Clause::new(demand, &rule.demand.condition, node(demand)));
    if let Some(when) = &rule.advice_when {
        clauses.push(Clause::new("advice_when", when, node("advice_when")));
    }
    clauses
}

/// What a rule's file says under a key: a text as it is, anything else on one line.
#[must_use]
pub fn value(rule: &Rule, key: &str) -> Option<String> {
    let root = yaml::load(&rule.file, &rule.text, &mut |_| {})?;
    let node = member(&root, key)?;
    Some(match node.as_str() {
        Some(text) => text.trim_end().to_owned(),
        None => on_one_line(node),
    })
}

/// A text of a rule's file, with the values of the rule's parameters.
#[must_use]
pub fn with_parameters(rule: &Rule, text: &str) -> String {
    rule.parameters.iter().fold(text.to_owned(), |text, (name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        text.replace(&format!("{{{{{name}}}}}"), &value)
    })
}

/// What `fixes` says, by resource type, with the values of the rule's parameters.
#[must_use]
pub fn fixes(rule: &Rule) -> Vec<(String, String)> {
    let root = yaml::load(&rule.file, &rule.text, &mut |_| {});
    let node = root.as_ref().and_then(|root| member(root, "fixes"));
    let Some(Kind::Mapping(entries)) = node.map(|node| &node.kind) else {
        return Vec::new();
    };
    let texts = entries
        .iter()
        .filter_map(|(name, text)| name.as_str().zip(text.as_str()));
    texts
        .map(|(name, text)| (name.to_owned(), with_parameters(rule, text.trim_end())))
        .collect()
}

/// The conditions of `severity_when`, in the order of the file.
#[must_use]
pub fn severity_cases(rule: &Rule) -> Vec<(String, Severity)> {
    let root = yaml::load(&rule.file, &rule.text, &mut |_| {});
    let node = root.as_ref().and_then(|root| member(root, "severity_when"));
    let cases = match node.map(|node| &node.kind) {
        Some(Kind::Sequence(cases)) => cases.as_slice(),
        _ => &[],
    };
    let texts = cases
        .iter()
        .map(|case| with_parameters(rule, &member(case, "when").map(on_one_line).unwrap_or_default()));
    texts
        .zip(rule.severity_when.iter().map(|(_, severity)| *severity))
        .collect()
}

/// Goes through a condition and its text at the same time.
fn pair<'r>(condition: &'r Condition, node: &Node, found: &mut Vec<(&'r Condition, Written)>) {
    let several = |key: &str| match member(node, key).map(|node| &node.kind) {
        Some(Kind::Sequence(items)) => Some(items.as_slice()),
        _ => None,
    };
    match condition {
        Condition::All(conditions) => pairs(conditions, several("all"), found),
        Condition::Any(conditions) => pairs(conditions, several("any"), found),
        Condition::Not(inner) => {
            if let Some(node) = member(node, "not") {
                pair(inner, node, found);
            }
        }
        question => found.push((
            question,
            Written {
                line: node.span.line,
                text: on_one_line(node),
            },
        )),
    }
}

fn pairs<'r>(conditions: &'r [Condition], nodes: Option<&[Node]>, found: &mut Vec<(&'r Condition, Written)>) {
    for (condition, node) in conditions.iter().zip(nodes.unwrap_or_default()) {
        pair(condition, node, found);
    }
}

fn member<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.kind {
        Kind::Mapping(entries) => entries
            .iter()
            .find(|(name, _)| name.as_str() == Some(key))
            .map(|(_, value)| value),
        _ => None,
    }
}

/// A mapping without its outer braces, cut where it is long.
fn on_one_line(node: &Node) -> String {
    let text = match &node.kind {
        Kind::Mapping(entries) => members(entries),
        _ => flow(node),
    };
    match text.char_indices().nth(MAX_TEXT) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text,
    }
}

fn members(entries: &[(Node, Node)]) -> String {
    let pairs: Vec<String> = entries
        .iter()
        .map(|(key, value)| format!("{}: {}", flow(key), flow(value)))
        .collect();
    pairs.join(", ")
}

fn flow(node: &Node) -> String {
    match &node.kind {
        Kind::Null | Kind::Invalid => "null".to_owned(),
        Kind::Bool(value) => value.to_string(),
        Kind::Integer(value) => value.to_string(),
        Kind::Float(value) => value.to_string(),
        Kind::String(text) if text.is_empty() || text.contains('\n') => format!("{text:?}"),
        Kind::String(text) => text.clone(),
        Kind::Sequence(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Kind::Mapping(entries) => format!("{{ {} }}", members(entries)),
    }
}
