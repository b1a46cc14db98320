//! The configuration file, `planseal.yaml`: what an organisation tells planseal of itself.

use serde_json::Value;

use super::gate::Given;
use super::rule::Severity;

/// What the file may be called, in a folder.
pub const FILE_NAMES: [&str; 2] = ["planseal.yaml", ".planseal.yaml"];

/// What a checked configuration says, beside what the policies under it hold already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The policy files that it adds.
    pub policies: Vec<String>,
    /// The rules that it changes, by id.
    pub rules: Vec<Overridden>,
    /// The ids of its own data categories, and whether each takes the place of a built-in one.
    pub categories: Vec<(String, bool)>,
    /// What it says of classification.
    pub classification: Classifying,
    /// What it says of the gate.
    pub gate: Given,
}

/// What a configuration changes in a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// The rule's id.
    pub rule: String,
    /// Every severity that the rule would give, least first, and the one that it gives now.
    pub severity: Option<(Vec<Severity>, Severity)>,
    /// The parameters that it gives other values: name, before, now.
    pub parameters: Vec<(String, Value, Value)>,
    /// Whether the rule is switched off.
    pub disabled: bool,
    /// Why, where the configuration says so.
    pub reason: Option<String>,
}

impl Overridden {
    /// Whether the rule matters less than it would without the configuration.
    pub fn loosens(&self) -> bool {
        let lowered = |(before, after): &(Vec<Severity>, Severity)| before.iter().any(|one| one > after);
        self.disabled || self.severity.as_ref().is_some_and(lowered)
    }
}

/// What a configuration says of classification, where the policies do not show any more that it was the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Classifying {
    /// The tag keys that take the place of the built-in ones.
    pub tags: Option<Vec<String>>,
    /// The words that it adds, and the categories that they mean.
    pub synonyms: Vec<(String, String)>,
    /// The resource types that it gives a category, with it and whether that is certain.
    pub types: Vec<(String, String, bool)>,
    /// The category that unclassified stores are judged as.
    pub unclassified: Option<String>,
}
