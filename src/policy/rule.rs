//! Rules: what is required, of what, why, and how to mend it.

use super::condition::Condition;
use super::template::Template;

/// How much a violation matters; ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Shown, not blocking by default.
    Low,
    /// Blocks by default.
    Medium,
    /// Blocks by default.
    High,
    /// Blocks by default.
    Critical,
}

impl Severity {
    /// One step less, for parts that hold only some of a store's data.
    #[must_use]
    pub fn lower(self) -> Self {
        match self {
            Self::Critical => Self::High,
            Self::High => Self::Medium,
            Self::Medium | Self::Low => Self::Low,
        }
    }
}

/// A compiled rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Kebab-case; names the bad thing.
    pub id: String,
    /// One line.
    pub title: String,
    /// The severity where no case of `severity_when` holds.
    pub severity: Severity,
    /// Severities by condition; the first that holds decides.
    pub severity_when: Vec<(Condition, Severity)>,
    /// The controls that the rule implements.
    pub controls: Vec<String>,
    /// What is looked at.
    pub subject: Subject,
    /// Whether all violations of a plan make one finding.
    pub per_plan: bool,
    /// Where the rule applies at all.
    pub when: Option<Condition>,
    /// What is required.
    pub demand: Demand,
    /// Where a requirement that is not met is only a recommendation.
    pub advice_when: Option<Condition>,
    /// What an undetermined outcome does to the gate.
    pub on_undetermined: OnUndetermined,
    /// What is wrong, with placeholders.
    pub message: Template,
    /// Why it matters.
    pub why: String,
    /// How to mend it, as HCL, with placeholders.
    pub fix: Template,
    /// The primary source.
    pub reference: String,
    /// The policy file; embedded ones begin with `policies/`.
    pub file: String,
    /// The line of the demand, 1-based.
    pub line: usize,
}

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Resources of these types.
    Types(Vec<String>),
    /// Each store.
    Stores,
    /// Each part of each store.
    StoreParts,
    /// Each resource that is a key.
    Keys,
}

/// What a rule requires.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// The condition.
    pub condition: Condition,
    /// Whether the condition must not hold, instead of hold.
    pub forbidden: bool,
}

/// What an undetermined outcome does to the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnUndetermined {
    /// It breaks the gate: a pass would be a promise.
    Fail,
    /// It is shown.
    Warn,
}
