//! Metrics: how much of what a plan holds is as it should be, and the share aimed at.

use std::sync::Arc;

use super::rule::Rule;

/// A compiled metric.
#[derive(Debug, Clone)]
pub struct Metric {
    /// Kebab-case; names what is counted.
    pub id: String,
    /// What is counted, in one line.
    pub title: String,
    /// The share aimed at, 0 to 1.
    pub target: f64,
    /// What is counted. A resource that several parts look at counts once.
    pub parts: Vec<Part>,
    /// Why it is measured; empty where the metric does not say.
    pub why: String,
    /// The primary source; empty where the metric names none.
    pub reference: String,
    /// The policy file; embedded ones begin with `policies/`.
    pub file: String,
    /// The line of the metric's name, 1-based.
    pub line: usize,
    /// The whole text of the policy file.
    pub text: Arc<str>,
}

/// What a metric counts.
#[derive(Debug, Clone)]
pub enum Part {
    /// What a rule judges.
    Rule {
        /// The rule's id.
        rule: String,
        /// Only those for which this one passes: it looks at the same as the rule.
        filter: Option<Box<Rule>>,
    },
    /// What the metric asks itself, in the form of a rule without words.
    Own(Box<Rule>),
}

impl Metric {
    /// What the metric asks, beside the rules that it names.
    pub fn own_rules(&self) -> impl Iterator<Item = &Rule> {
        self.parts.iter().filter_map(|part| match part {
            Part::Rule { filter, .. } => filter.as_deref(),
            Part::Own(rule) => Some(rule),
        })
    }

    /// The rules that it names.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Rule { rule, .. } => Some(rule.as_str()),
            Part::Own(_) => None,
        })
    }
}
