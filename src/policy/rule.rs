//! Rules: what is required, of what, why, and how to mend it.

use std::sync::Arc;

use serde_json::Value;

use super::account::Flag;
use super::condition::{Condition, Planned};
use super::template::Template;
use crate::plan::{Mode, TypePattern};

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
    /// Its parameters with the values in force.
    pub parameters: Vec<(String, Value)>,
    /// What is looked at.
    pub subject: Subject,
    /// Whether all violations of a plan make one finding.
    pub per_plan: bool,
    /// The id of the rule that speaks first: this one is judged only where that one passes.
    pub follows: Option<String>,
    /// Whether it is judged only where the configuration is there.
    pub needs_source: bool,
    /// Where the rule applies at all.
    pub when: Option<Condition>,
    /// What is required.
    pub demand: Demand,
    /// Where a requirement that is not met is only a recommendation.
    pub advice_when: Option<Condition>,
    /// Where a violation that was there before is a worse one after.
    pub worse_when: Option<Condition>,
    /// For resources that there are once per account and Region: what to say where one is not in the plan.
    pub missing: Option<Missing>,
    /// What an undetermined outcome does to the gate.
    pub on_undetermined: OnUndetermined,
    /// Why the configuration switches the rule off, where it does: it then makes no findings, and rules that follow it
    /// still wait for it to pass.
    pub disabled: Option<String>,
    /// What is wrong, with placeholders.
    pub message: Template,
    /// Why it matters; empty where the rule does not say.
    pub why: String,
    /// How to mend it, as HCL, with placeholders; empty where the rule does not say.
    pub fix: Template,
    /// How to mend resources of some types, in the place of `fix`; the first that fits counts.
    pub fixes: Vec<(TypePattern, Template)>,
    /// What it rests on.
    pub facts: Vec<Fact>,
    /// The primary source; empty where the rule names none.
    pub reference: String,
    /// The policy file; embedded ones begin with `policies/`.
    pub file: String,
    /// The line of the demand, 1-based.
    pub line: usize,
    /// The whole text of the policy file.
    pub text: Arc<str>,
    /// Where each leaf of [`Rule::conditions`] is written, in the order of [`Rule::leaves`].
    pub written: Vec<Leaf>,
}

/// What a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// In a sentence.
    pub text: String,
    /// How it is known.
    pub basis: Basis,
    /// The page that says so, where it is documented.
    pub reference: Option<String>,
}

/// How a fact is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// A page says so.
    Documented,
    /// A plan of the provider shows it.
    Measured,
    /// The provider's schema says so.
    Schema,
    /// It is well known, and was not checked again.
    GeneralKnowledge,
    /// Nobody checked it.
    Unverified,
}

impl Basis {
    /// As in policies.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Documented => "documented",
            Self::Measured => "measured",
            Self::Schema => "schema",
            Self::GeneralKnowledge => "general-knowledge",
            Self::Unverified => "unverified",
        }
    }
}

/// Where a condition without further conditions in it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The line, 1-based.
    pub line: usize,
    /// The condition as it is written, on one line.
    pub text: String,
}

/// What a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Resources of these types.
    Types(Types),
    /// Each store.
    Stores(Only),
    /// Each part of each store.
    StoreParts(Only),
    /// Each resource that is a key.
    Keys(Only),
    /// Each waiver of the configuration.
    Waivers,
}

/// The resource types to which a subject is narrowed; `None`: all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Only(pub Option<Types>);

impl Only {
    /// Whether a key is meant: where types are named, none that the plan only reads.
    pub fn takes_key(&self, mode: Mode, resource_type: &str) -> bool {
        match mode {
            Mode::Managed => self.takes(resource_type),
            Mode::Data => self.0.is_none(),
        }
    }
}

/// Resource types, and patterns of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Types(pub Vec<TypePattern>);

impl Types {
    /// Whether resources of this type are meant.
    pub fn takes(&self, resource_type: &str) -> bool {
        self.0.iter().any(|one| one.takes(resource_type))
    }

    /// The types that are named, without those that patterns take.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(TypePattern::exact)
    }

    /// The patterns.
    pub fn patterns(&self) -> impl Iterator<Item = &TypePattern> {
        self.0.iter().filter(|one| one.exact().is_none())
    }
}

impl Rule {
    /// How to mend a resource of this type.
    pub fn fix_of(&self, resource_type: &str) -> &Template {
        let own = self.fixes.iter().find(|(types, _)| types.takes(resource_type));
        own.map_or(&self.fix, |(_, fix)| fix)
    }

    /// Whether it is about keys that go away, also after they are gone: about what becomes of their users, or about those.
    pub fn asks_of_keys_that_go(&self) -> bool {
        self.conditions().any(Condition::asks_destroyed) || self.demand.condition.asks_users()
    }

    /// Every severity that a violation may have, least first.
    pub fn severities(&self) -> Vec<Severity> {
        let mut all: Vec<Severity> = self.severity_when.iter().map(|(_, severity)| *severity).collect();
        all.push(self.severity);
        all.sort();
        all.dedup();
        all
    }

    /// Every condition of the rule.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        self.when
            .iter()
            .chain([&self.demand.condition])
            .chain(&self.advice_when)
            .chain(&self.worse_when)
            .chain(self.severity_when.iter().map(|(condition, _)| condition))
    }

    /// Every condition of the rule that has no further conditions in it, with where it is written.
    pub fn leaves(&self) -> impl Iterator<Item = (&Condition, &Leaf)> {
        let mut leaves = Vec::new();
        for condition in self.conditions() {
            condition.collect_leaves(&mut leaves);
        }
        leaves.into_iter().zip(&self.written)
    }
}

impl Rule {
    /// Whether the rule asks what the plan does, and so has nothing to say of the state before it. With `such`, whether it
    /// asks for that.
    pub fn asks_actions(&self, such: Option<Planned>) -> bool {
        let mut conditions = self.when.iter().chain([&self.demand.condition]);
        conditions.any(|condition| condition.asks_actions(such))
    }
}

impl Only {
    /// Whether resources of this type are meant.
    pub fn takes(&self, resource_type: &str) -> bool {
        self.0.as_ref().is_none_or(|types| types.takes(resource_type))
    }
}

/// What is said, as advice, where a resource that there is once per account and Region is not in the plan.
#[derive(Debug, Clone)]
pub struct Missing {
    /// The resource types that would be under it.
    pub used_by: Vec<String>,
    /// One line, instead of the rule's own.
    pub title: String,
    /// What to say, with placeholders.
    pub advice: Template,
    /// What the configuration may say of the account instead: where it is on, nothing is missing.
    pub told_by: Option<Flag>,
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
