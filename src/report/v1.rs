//! The report, format version 1: frozen types, written as JSON and read by every renderer.
//!
//! Nothing of planseal's insides is serialised: these types change only by adding fields.
//! Enumerations are written in kebab-case; an absent thing is `null`, an empty text or an empty list, never a missing field.

mod hierarchy;
mod metric;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use hierarchy::{Hierarchy, KeyKind, MOST_EDGES, ProtectedStore, ProtectingKey};
pub use metric::{Metric, MetricInPlan, Share, Unmet};

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
    /// The day on which waivers were judged (`YYYY-MM-DD`); `null` where there are none, and the day did not matter.
    #[serde(default)]
    pub today: Option<String>,
    /// What each configuration sets: every waiver, override and gate setting in force.
    #[serde(default)]
    pub configurations: Vec<ConfigurationInForce>,
    /// What a person should see: by plan, then severity (most severe first), address, part and rule. What is about waivers
    /// comes last.
    pub findings: Vec<Finding>,
    /// Shares over all plans with a target, by id. A metric of which the plans hold nothing is left out.
    pub metrics: Vec<Metric>,
    /// Which key protects which stores.
    #[serde(default)]
    pub hierarchy: Hierarchy,
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

/// The gate's settings in force, and what decided. Where several plans have settings of their own (`plans[].gate`), the
/// strictest of each.
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
    /// Findings with outcome `violation`, waived ones too.
    pub violations: usize,
    /// Findings with outcome `undetermined`, waived ones too.
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
    /// Findings covered by a waiver: violations and undetermined ones, which are counted there too and never block.
    pub waived: usize,
    /// Findings that break the gate.
    pub blocking: usize,
    /// Managed resources in the plans (live ones; deposed objects are not counted).
    pub resources: usize,
    /// Resources that at least one rule judged.
    pub judged: usize,
    /// Resource types in the plans that hold data at rest and for which there is no catalog entry.
    pub unjudged_types: Vec<String>,
    /// Where the gate demands that a number of resources is judged: how many were.
    #[serde(default)]
    pub demands: Vec<Demand>,
}

/// A demand for judged resources. One that is not met breaks the gate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Demand {
    /// The least number.
    pub least: usize,
    /// How many were judged: of all plans together, or of those under the configuration.
    pub judged: usize,
    /// The configuration that demands it; `null` where an option does.
    pub configuration: Option<String>,
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
    /// The gate's settings for this plan, and who gave them.
    #[serde(default)]
    pub gate: Option<PlanGate>,
}

/// The gate's settings for one plan. What neither an option nor the configuration gives is planseal's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanGate {
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
    /// The names of the settings that options on the command line give.
    pub by_options: Vec<String>,
    /// The names of the settings that the configuration gives, and no option.
    pub by_configuration: Vec<String>,
}

/// A configuration file that is in force, with what it says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Configuration {
    /// Where it was read.
    pub file: String,
    /// How many keys outside the plan it lists.
    pub known_keys: usize,
    /// The policy files that it adds.
    pub policies: Vec<String>,
    /// The rules that it changes.
    pub rules: Vec<RuleOverride>,
    /// Its own data categories.
    pub categories: Vec<CategoryOverride>,
    /// How it classifies, where it says anything of that.
    pub classification: Option<Classification>,
    /// What it says of accounts.
    pub accounts: Vec<AccountFacts>,
    /// What it says of the gate, where it does; an option may say otherwise.
    pub gate: Option<GateOverride>,
}

/// A rule that the configuration changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleOverride {
    /// The rule's id.
    pub rule: String,
    /// Whether it still judges anything.
    pub enabled: bool,
    /// Why it is changed, where the configuration says so.
    pub reason: Option<String>,
    /// Its severity, where that is changed.
    pub severity: Option<SeverityOverride>,
    /// Its parameters that have other values.
    pub parameters: Vec<ParameterOverride>,
}

/// A parameter of a rule that the configuration gives another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ParameterOverride {
    /// Its name.
    pub name: String,
    /// Its value in the rule.
    pub before: serde_json::Value,
    /// Its value now.
    pub after: serde_json::Value,
}

/// A severity that the configuration changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SeverityOverride {
    /// Every severity that the rule would give, least first.
    pub before: Vec<Severity>,
    /// The one that it gives now.
    pub after: Severity,
}

/// A data category of the configuration's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CategoryOverride {
    /// Its id.
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// The least protection level.
    pub minimum: String,
    /// What is recommended: any of these.
    pub recommended: Vec<String>,
    /// The alias, without `alias/`, of the key that such data belongs under.
    pub key: Option<String>,
    /// Whether it takes the place of another category with this id.
    pub replaces: bool,
}

/// How a configuration classifies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Classification {
    /// The tag keys that take the place of the built-in ones.
    pub tags: Option<Vec<String>>,
    /// The words that it adds for categories, by word.
    pub synonyms: BTreeMap<String, String>,
    /// The categories that it gives by address, in its order.
    pub addresses: Vec<AddressCategory>,
    /// The categories that it gives by resource type.
    pub types: Vec<TypeCategory>,
    /// The category that a store without one is judged as, where the configuration says another.
    pub unclassified: Option<String>,
    /// Whether a category that is missing or only assumed counts as much as an explicit one.
    pub strict: bool,
}

/// The category of resources at some addresses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AddressCategory {
    /// The addresses; `*` stands for any characters.
    pub pattern: String,
    /// The category.
    pub category: String,
}

/// The category of a resource type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TypeCategory {
    /// The resource type.
    pub resource_type: String,
    /// The category.
    pub category: String,
    /// Whether there is no doubt about it.
    pub certain: bool,
}

/// What a configuration says of an account in one Region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccountFacts {
    /// The account's number.
    pub account: String,
    /// The Region.
    pub region: String,
    /// Whether EBS encryption by default is on.
    pub ebs_encryption_by_default: Option<bool>,
    /// The default key of EBS: an ARN, an id or an alias.
    pub ebs_default_key: Option<String>,
}

/// What a configuration says of the gate; `null` where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GateOverride {
    /// Which changes count: `introduced`, `any` or `never`.
    pub mode: Option<String>,
    /// The least severity that counts.
    pub min_severity: Option<Severity>,
    /// What undetermined findings do: `fail` or `warn`.
    pub undetermined: Option<String>,
    /// Whether a partial plan may pass.
    pub allow_partial: Option<bool>,
    /// The least number of judged resources.
    pub min_judged: Option<usize>,
}

/// What a configuration sets, and what of it this change adds or loosens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConfigurationInForce {
    /// Where it was read; `null` where only the base has one.
    pub file: Option<String>,
    /// What it was compared with: the file of `--config-base`, or `BRANCH:FILE` or `BRANCH@COMMIT:FILE` in the repository, without
    /// the file where the base has none; `null` where nothing shows what the base says.
    pub base: Option<String>,
    /// What a reader must know of it.
    pub notes: Vec<String>,
    /// Its settings: first those that this change loosens, adds or changes, then the others in the order of the file.
    pub settings: Vec<Setting>,
}

/// One setting of a configuration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Setting {
    /// What is set: `gate.mode`, `rules.ID.severity`; a waiver by what it is about; a policy file by its path from the root of
    /// the repository.
    pub name: String,
    /// What the base says; `null` where it says nothing, or nothing is known of it.
    pub before: Option<String>,
    /// What is in force; `null` where the configuration says nothing any more.
    pub after: Option<String>,
    /// What this change does to it.
    pub change: SettingChange,
    /// The line in the configuration, 1-based; `null` where it stands there no more.
    pub line: Option<usize>,
}

/// What a change does to a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SettingChange {
    /// Less is found, or less blocks.
    Loosened,
    /// It was not there before, and may loosen something.
    Added,
    /// It is another one, and which way that goes cannot be told.
    Changed,
    /// More is found, or more blocks.
    Tightened,
    /// It stands as it stood.
    Same,
    /// There is nothing to compare it with.
    NotCompared,
}

impl SettingChange {
    /// Whether a reviewer must look at it.
    #[must_use]
    pub fn is_of_note(self) -> bool {
        matches!(self, Self::Loosened | Self::Added | Self::Changed)
    }
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
    /// The plan's name; empty where the finding is about a waiver, which stands in no plan.
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
    /// The resource; `null` where the finding is about the whole plan or a waiver.
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
    /// Where the resource (or the waiver) is written, where that is known.
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
    /// Whether it only had to be there, or not to be: then no value is given either.
    #[serde(default)]
    pub withheld: bool,
    /// Before the plan.
    pub before: State,
    /// After the plan.
    pub after: State,
    /// The value that would satisfy the rule, as HCL, where the rule names one.
    pub required: Option<String>,
    /// Whether what is there after the plan breaks a rule that asks for the values of attributes.
    #[serde(default)]
    pub offends: bool,
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
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
    /// The days after `today` on which it still holds: 0 on its last day.
    #[serde(default)]
    pub days_left: i64,
    /// Where more is said of it.
    #[serde(default)]
    pub link: Option<String>,
    /// Where it is written.
    #[serde(default)]
    pub location: Option<SourceLocation>,
}
