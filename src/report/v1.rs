//! The report, format version 1: frozen types, written as JSON and read by every renderer.
//!
//! Nothing of planseal's insides is serialised: these types change only by adding fields.
//! Enumerations are written in kebab-case; an absent thing is `null`, an empty text or an empty list, never a missing field.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The `schema_version` of the types in this module.
pub const SCHEMA_VERSION: u32 = 1;

/// What planseal found in one or many plans.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The version of this format: 1.
    #[schemars(extend("const" = SCHEMA_VERSION))]
    pub schema_version: u32,
    /// The program that wrote the report.
    pub tool: Tool,
    /// The gate's result. The counts in `summary` are the truth.
    pub verdict: Verdict,
    /// Why the verdict is what it is.
    pub gate: Gate,
    /// Counts over all plans.
    pub summary: Summary,
    /// The plans that were judged, in the order given.
    pub plans: Vec<PlanSummary>,
    /// The inputs that could not be read.
    pub unread: Vec<Unread>,
    /// What a person should see: by plan, then severity (most severe first), address, part and rule.
    pub findings: Vec<Finding>,
    /// Shares over the whole plan with a target.
    pub metrics: Vec<Metric>,
}

/// The program that wrote the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `planseal`.
    pub name: String,
    /// Its version, as in `Cargo.toml`.
    pub version: String,
}

/// The gate's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The gate holds.
    Pass,
    /// Violations broke the gate, or an input could not be read.
    Fail,
    /// Only undetermined findings (or a partial plan, or too little judged) broke the gate.
    Undetermined,
}

/// The gate's settings in force, and what decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gate {
    /// Which changes count: `introduced`, `any` or `never`.
    pub mode: String,
    /// The least severity that counts.
    pub min_severity: Severity,
    /// What undetermined findings do: `rule` (each rule's own word), `fail` or `warn`.
    pub undetermined: String,
    /// Whether a partial plan may pass.
    pub allow_partial: bool,
    /// The least number of judged resources, where one is demanded.
    pub min_judged: Option<usize>,
    /// One sentence for each thing that broke the gate; empty where it holds.
    pub reasons: Vec<String>,
}

/// Counts over all plans.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// Findings with outcome `violation`.
    pub violations: usize,
    /// Findings with outcome `undetermined`.
    pub undetermined: usize,
    /// Findings with outcome `advice`.
    pub advice: usize,
    /// Violations and undetermined findings that this plan introduces.
    pub introduced: usize,
    /// Violations that this plan makes worse.
    pub worsened: usize,
    /// Violations and undetermined findings that stood before and still stand.
    pub existing: usize,
    /// Violations that stood before and are gone.
    pub fixed: usize,
    /// Findings covered by a waiver.
    pub waived: usize,
    /// Findings that break the gate.
    pub blocking: usize,
    /// Managed resources in the plans (live ones; deposed objects are not counted).
    pub resources: usize,
    /// Resources that at least one rule judged.
    pub judged: usize,
    /// Resource types in the plans that hold data at rest and for which there is no catalog entry.
    pub unjudged_types: Vec<String>,
}

/// One judged plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanSummary {
    /// How findings refer to it.
    pub name: String,
    /// Where it was read; `-` is standard input.
    pub path: String,
    /// The plan's `format_version`.
    pub format_version: String,
    /// The plan's `terraform_version`, where it says one.
    pub terraform_version: Option<String>,
    /// Whether the plan holds every configured resource.
    pub complete: bool,
    /// What a reader must know of this plan first: why it is partial, what was odd in it.
    pub notes: Vec<String>,
    /// The configuration file that is in force, where there is one.
    #[serde(default)]
    pub configuration: Option<Configuration>,
}

/// A configuration file that is in force, with what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Configuration {
    /// Where it was read.
    pub file: String,
    /// How many keys outside the plan it lists.
    pub known_keys: usize,
}

/// An input that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unread {
    /// Where it was; `-` is standard input.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// What to do next.
    pub help: String,
}

/// How much a finding matters; ordered from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Shown; does not block by default.
    Low,
    /// Blocks by default.
    Medium,
    /// Blocks by default.
    High,
    /// Blocks by default.
    Critical,
}

/// A rule's outcome on one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// What the rule requires does not hold.
    Violation,
    /// It cannot be told; `message` says why and `settle` what would settle it.
    Undetermined,
    /// A recommendation is not met; never in the gate.
    Advice,
    /// It holds; reported only with change `fixed`.
    Pass,
}

/// What this plan does to a finding, from judging before and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// New with this plan.
    Introduced,
    /// There before, and worse after.
    Worsened,
    /// There before and after.
    Existing,
    /// There before, gone after.
    Fixed,
}

/// One outcome that a person should see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The plan's name.
    pub plan: String,
    /// The rule's id.
    pub rule: String,
    /// The rule's title.
    pub title: String,
    /// How much it matters.
    pub severity: Severity,
    /// The controls that the rule implements.
    pub controls: Vec<String>,
    /// What the rule says.
    pub outcome: Outcome,
    /// What this plan does to it.
    pub change: Change,
    /// Whether this finding breaks the gate.
    pub blocking: bool,
    /// The resource; `null` where the finding is about the whole plan.
    pub address: Option<String>,
    /// The resource's type; `null` where the finding is about the whole plan.
    pub resource_type: Option<String>,
    /// The store's part that was judged (`storage`, `performance-insights`, …); `null` where the rule is not about parts.
    pub part: Option<String>,
    /// What Terraform will do to the resource.
    pub actions: Vec<String>,
    /// The data category that was used, and the evidence for it.
    pub category: Option<Category>,
    /// What the rule requires, in one word or phrase (`cmk`).
    pub required: Option<String>,
    /// The protection level before and after; `null` where the rule is not about levels.
    pub level: Option<LevelChange>,
    /// What is wrong (or cannot be told), in one or two sentences.
    pub message: String,
    /// Why it matters, from the rule; empty where the rule does not say.
    pub why: String,
    /// How to mend it, as HCL with comments; empty where the rule does not say.
    pub fix: String,
    /// What would settle an undetermined outcome; `null` otherwise.
    pub settle: Option<String>,
    /// Where the demand comes from, as an address; empty where the rule does not say.
    pub reference: String,
    /// What was looked at.
    pub evidence: Vec<Evidence>,
    /// Other resources that the finding is about: the stores of a key, the members of a list.
    pub related: Vec<Related>,
    /// The policy line that decided.
    pub policy: PolicyLocation,
    /// Where the resource is written, where that is known.
    pub location: Option<SourceLocation>,
    /// The waiver that covers the finding.
    pub waiver: Option<Waiver>,
    /// Stable across runs: made from plan name, rule, address and part; never from values.
    pub fingerprint: String,
}

/// A data category with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Category {
    /// The category's id, as in the data-category table.
    pub id: String,
    /// Where it comes from: `tags_all.data-class`, `type default`, `key aws_kms_key.pii`, `unclassified`, …
    pub from: String,
}

/// A protection level (`none`, `aws-owned`, `aws-managed`, `cmk`, or `undetermined`) on both sides of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LevelChange {
    /// `null` where there was no such store.
    pub before: Option<String>,
    /// `null` where there is no such store after.
    pub after: Option<String>,
}

/// One attribute that was looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The resource that holds the attribute (a companion's, where one decides).
    pub address: String,
    /// The attribute, as a JSONPath into the resource's values.
    pub path: String,
    /// Whether Terraform marks it sensitive; then no value is ever given.
    pub sensitive: bool,
    /// Before the plan.
    pub before: State,
    /// After the plan.
    pub after: State,
    /// The value that would satisfy the rule, as HCL, where the rule names one.
    pub required: Option<String>,
    /// What the attribute may come to, where it is not known; one entry where it was resolved.
    pub candidates: Vec<Candidate>,
    /// From the attribute to where its value comes from.
    pub trace: Vec<String>,
}

/// An attribute's state on one side of the plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
    /// Terraform knows the value. `value` is `null` where it is sensitive.
    Known {
        /// The value.
        value: serde_json::Value,
    },
    /// Known after apply.
    Unknown,
    /// Absent or null, or the resource does not exist on this side.
    Absent,
}

/// One thing that an attribute may come to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Candidate {
    /// In words: `aws_kms_key.pii`, `AWS-managed key alias/aws/s3`, `nothing set`.
    pub what: String,
    /// The resource behind it, where there is one in the plan.
    pub address: Option<String>,
    /// The protection level it would give, where it gives one.
    pub level: Option<String>,
}

/// Another resource that a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Related {
    /// Its address.
    pub address: String,
    /// What it has to do with the finding.
    pub note: String,
}

/// A line of a policy file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PolicyLocation {
    /// The file; embedded ones begin with `policies/`.
    pub file: String,
    /// 1-based.
    pub line: usize,
}

/// A line of Terraform source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceLocation {
    /// The file.
    pub file: String,
    /// 1-based.
    pub line: usize,
}

/// An accepted exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiver {
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub owner: String,
    /// The last day on which it holds (`YYYY-MM-DD`).
    pub expires: String,
}

/// A share over the whole plan with a target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Metric {
    /// The metric's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Before the plan.
    pub before: Share,
    /// After the plan.
    pub after: Share,
    /// The share aimed at, 0 to 1.
    pub target: f64,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// How many meet it.
    pub met: usize,
    /// Of how many.
    pub of: usize,
}
