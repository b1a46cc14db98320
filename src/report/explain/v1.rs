//! Everything known of one resource, format version 1: frozen types, as those of the report.
//!
//! These types change only by adding fields. An absent thing is `null` or an empty list, never a missing field. What a finding
//! says of the resource is the report's own [`Finding`].

use serde::{Deserialize, Serialize};

use crate::report::v1::{
    Category, Change, Evidence, Finding, LevelChange, PlanSummary, PolicyLocation, Severity, SourceLocation, Tool,
};

/// The `schema_version` of the types in this module.
pub const SCHEMA_VERSION: u32 = 1;

/// What planseal knows of an address in a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Always [`SCHEMA_VERSION`].
    pub schema_version: u32,
    /// The program that wrote it.
    pub tool: Tool,
    /// The plan.
    pub plan: PlanSummary,
    /// The objects at the address: the resource, and its deposed objects.
    pub resources: Vec<Resource>,
}

/// One object.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// The full address.
    pub address: String,
    /// The resource type.
    pub resource_type: String,
    /// Whether the plan only reads it (a data source).
    pub data: bool,
    /// What Terraform will do.
    pub actions: Vec<String>,
    /// Where it is written, where that is known.
    pub location: Option<SourceLocation>,
    /// What it is to planseal.
    pub known_as: Vec<KnownAs>,
    /// What to know where planseal cannot judge it, and what to do.
    pub notes: Vec<String>,
    /// The data category of a store or key.
    pub classification: Option<Classification>,
    /// The parts of a store.
    pub parts: Vec<Part>,
    /// What a key is.
    pub key: Option<Key>,
    /// What configures it.
    pub companions: Vec<Link>,
    /// What it configures.
    pub configures: Vec<Link>,
    /// What every rule that looked at it says: findings first, then passes, then what does not apply.
    pub rules: Vec<Opinion>,
    /// How many rules did not look at it: they are about other types.
    pub other_rules: usize,
}

/// What a resource is to planseal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownAs {
    /// `store`, `original` (shows how others are encrypted), `key`, `alias`, `setting` or `stand-in` (for a store outside
    /// this plan).
    pub kind: String,
    /// What a person calls it.
    pub title: String,
    /// Where the facts come from; empty where the catalog names nothing.
    pub reference: String,
}

/// How a resource was classified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classification {
    /// The category that it is judged by; `null` where it cannot be told.
    pub category: Option<Category>,
    /// `explicit`, `certain`, `assumed`, `inferred` or `unclassified`; `null` where it cannot be told.
    pub evidence: Option<String>,
    /// The category after this plan alone, where a stricter one from before counts.
    pub own: Option<Category>,
    /// Why it cannot be told.
    pub because: Option<String>,
    /// What would settle it.
    pub settle: Option<String>,
    /// Whether evidence names different categories.
    pub conflicting: bool,
    /// The least protection level of the category; `null` for a key.
    pub minimum: Option<String>,
    /// What is recommended for it: any of these.
    pub recommended: Vec<String>,
    /// Every kind of evidence, strongest first, whether it was needed or not.
    pub considered: Vec<Considered>,
}

/// A kind of evidence for a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Considered {
    /// `tag`, `source`, `address`, `companion`, `type` or `key`.
    pub kind: String,
    /// What was looked at.
    pub looked_at: String,
    /// What it says; `null` where it says nothing, or where it cannot be told.
    pub category: Option<Category>,
    /// Why it cannot be told, where that is so.
    pub because: Option<String>,
    /// Whether it decided.
    pub decided: bool,
}

/// A part of a store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// `storage`, `performance-insights`, …
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// `storage`, `secondary` (holds some of the store's data) or `credential`.
    pub kind: String,
    /// Its protection level on both sides.
    pub level: LevelChange,
    /// How it is protected after this plan (before it, where it goes away); several where it cannot be told which.
    pub ways: Vec<Way>,
    /// What was looked at.
    pub evidence: Vec<Evidence>,
}

/// One way in which a part is protected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// The protection levels that it may come to; one where it is known.
    pub levels: Vec<String>,
    /// Why.
    pub because: String,
    /// What would settle it, where it is not known.
    pub settle: Option<String>,
    /// What decides: the address, with the block in it.
    pub decided_by: Option<String>,
    /// The key, where one decides.
    pub key: Option<Key>,
}

/// A key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// In words: `aws_kms_key.pii`, `an AWS-managed key`, …
    pub what: String,
    /// Its address, where it is in the plan.
    pub address: Option<String>,
    /// What Terraform will do to it.
    pub actions: Vec<String>,
    /// Its own data category.
    pub category: Option<Category>,
    /// Its aliases.
    pub aliases: Vec<String>,
    /// What the data-category table may ask of it.
    pub properties: Vec<Property>,
    /// From the attribute to the key.
    pub trace: Vec<String>,
    /// The rules that found something in it.
    pub findings: Vec<String>,
    /// The stores that it protects after this plan; only where the key itself is explained.
    pub users: Vec<Link>,
    /// The stores whose data it protected before this plan, and that it does not protect after; only where the key itself
    /// is explained.
    pub former_users: Vec<Link>,
}

/// A property that a key may have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Property {
    /// `key-policy`, `byok` or `hsm`.
    pub id: String,
    /// Whether it has it; `null` where it cannot be told.
    pub has: Option<bool>,
}

/// Another resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// Its address.
    pub address: String,
    /// What it has to do with this one.
    pub note: String,
}

/// What a rule says of the resource (or of one part of it).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    /// The rule's id.
    pub rule: String,
    /// Its title: the bad thing that it looks for.
    pub title: String,
    /// How much it matters, or would.
    pub severity: Severity,
    /// The store's part; `null` where the rule is not about parts.
    pub part: Option<String>,
    /// `violation`, `undetermined`, `advice`, `pass` or `not-applicable`.
    pub outcome: String,
    /// Why the configuration switches the rule off, where it does: then the outcome is what it would say.
    pub disabled: Option<String>,
    /// The same, before this plan.
    pub outcome_before: String,
    /// What this plan does to it; `null` where a report shows nothing.
    pub change: Option<Change>,
    /// Whether it breaks the gate.
    pub blocking: bool,
    /// Why, in a line.
    pub because: String,
    /// What would settle it, where it cannot be told.
    pub settle: Option<String>,
    /// The questions of the rule that decided, with what stands there.
    pub reasons: Vec<Reason>,
    /// The policy line that decided.
    pub policy: PolicyLocation,
    /// What a report says, where it says something. A finding about the whole plan lists the resource.
    pub finding: Option<Finding>,
}

/// A question of a rule that decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule's key that it stands under: `when`, `require`, `forbid`, `advice_when`.
    pub clause: String,
    /// The question as it stands in the policy file.
    pub condition: String,
    /// The line of the policy file, 1-based.
    pub line: usize,
    /// The answer: `true`, `false` or `unknown`.
    pub answer: String,
    /// What stands there, in words.
    pub found: String,
    /// What was looked at.
    pub evidence: Vec<Evidence>,
}
