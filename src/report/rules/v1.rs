//! The rules in force, format version 1: frozen types, which change only by adding fields.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::report::v1::{PolicyLocation, RuleOverride, Severity, Tool};

/// The `schema_version` of the types in this module.
pub const SCHEMA_VERSION: u32 = 1;

/// Rules.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Always [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// The configuration that is in force here; `null` where there is none.
    pub configuration: Option<String>,
    /// The rules, by id.
    pub rules: Vec<Rule>,
    /// The metrics, by id.
    #[serde(default)]
    pub metrics: Vec<Metric>,
}

/// One metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Metric {
    /// Kebab-case; names what is counted.
    pub id: String,
    /// What is counted, in one line.
    pub title: String,
    /// The share aimed at, 0 to 1.
    pub target: f64,
    /// The rules that it counts by.
    pub rules: Vec<String>,
    /// Of these, the ones that the configuration switches off: what they judge is not counted.
    pub switched_off: Vec<String>,
    /// Why it is measured.
    pub why: String,
    /// The primary source.
    pub reference: String,
    /// The policy file.
    pub policy: PolicyLocation,
    /// The text of the policy file.
    pub source: String,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Kebab-case; names the bad thing.
    pub id: String,
    /// The bad thing, in one line.
    pub title: String,
    /// The severity where no case of `severity_when` holds.
    pub severity: Severity,
    /// Other severities, by condition: the first that holds decides.
    pub severity_when: Vec<SeverityCase>,
    /// The controls that it implements.
    pub controls: Vec<String>,
    /// Its parameters, with the values in force.
    pub parameters: Vec<Parameter>,
    /// What the configuration changes in it; `null` where it leaves it as it is.
    pub changed: Option<RuleOverride>,
    /// `store`, `store-part`, `key` or `waiver`; `null` where it looks at resource types.
    pub each: Option<String>,
    /// The resource types that it looks at; with `each`, only those of them; empty: all.
    pub resources: Vec<String>,
    /// Whether all violations of a plan make one finding.
    pub per_plan: bool,
    /// Whether it is judged only where the configuration is given.
    #[serde(default)]
    pub needs_source: bool,
    /// The rule that speaks first: this one is judged only where that one passes.
    pub follows: Option<String>,
    /// What an undetermined outcome does to the gate: `fail` or `warn`.
    pub on_undetermined: String,
    /// What it says, with placeholders; parameters are filled in.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// How to mend it, as HCL, with placeholders; parameters are filled in.
    pub fix: String,
    /// How to mend resources of some types, in the place of `fix`.
    #[serde(default)]
    pub fixes: Vec<Fix>,
    /// What it rests on.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// The primary source.
    pub reference: String,
    /// Out of its test cases: one in which it finds something, and one that it passes.
    pub examples: Vec<Example>,
    /// The policy file.
    pub policy: PolicyLocation,
    /// The text of the policy file.
    pub source: String,
}

/// How to mend resources of some types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The type, or a pattern of types.
    pub resources: String,
    /// HCL, with placeholders; parameters are filled in.
    pub fix: String,
}

/// What a rule rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// In a sentence.
    pub fact: String,
    /// `documented`, `measured`, `schema`, `general-knowledge` or `unverified`.
    pub basis: String,
    /// The page that says so; `null` where it is not documented.
    pub reference: Option<String>,
}

/// A severity by condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeverityCase {
    /// The condition as it stands in the policy file.
    pub when: String,
    /// The severity where it holds.
    pub severity: Severity,
}

/// A parameter of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// The value in force.
    pub value: Value,
}

/// A test case of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// What it shows.
    pub name: String,
    /// `violation`, `advice` or `pass`.
    pub outcome: String,
    /// The resources of which the rule says so.
    pub addresses: Vec<String>,
    /// The resources before the plan, as HCL; `null` where none were there.
    pub before: Option<String>,
    /// The resources after the plan, as HCL; `null` where none are left.
    pub after: Option<String>,
    /// Where it is written.
    pub source: PolicyLocation,
}
