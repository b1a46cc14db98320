//! Conditions.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::lists::{ListOf, OrParameter};
use crate::policy::level::Level;
use crate::policy::yaml::At;

/// A condition: exactly one subject, and the operators that go with it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct ConditionDoc {
    pub(in crate::policy) all: Option<Vec<At<ConditionDoc>>>,
    pub(in crate::policy) any: Option<Vec<At<ConditionDoc>>>,
    pub(in crate::policy) not: Option<Box<At<ConditionDoc>>>,
    pub(in crate::policy) path: Option<At<String>>,
    pub(in crate::policy) category: Option<At<CategoryTestDoc>>,
    pub(in crate::policy) level: Option<At<LevelTestDoc>>,
    pub(in crate::policy) key: Option<At<KeyTestDoc>>,
    pub(in crate::policy) users: Option<At<UsersTestDoc>>,
    pub(in crate::policy) companion: Option<At<String>>,
    pub(in crate::policy) source: Option<Box<At<ConditionDoc>>>,
    pub(in crate::policy) destroyed: Option<Vec<DestructionDoc>>,
    /// Whether this plan does one of these to the object. A rule whose `when`, `require` or `forbid` asks this is not
    /// judged on the state before the plan, so what it finds is always introduced by the plan; one that asks for `delete`
    /// or `forget` is judged on objects that go away so, too, with the values that they had.
    pub(in crate::policy) actions: Option<At<Vec<ActionDoc>>>,
    pub(in crate::policy) replaced_by_encryption: Option<At<bool>>,
    // Operators of `path`.
    pub(in crate::policy) equals: Option<At<Value>>,
    #[serde(rename = "in")]
    pub(in crate::policy) one_of: Option<At<ListOf<Value>>>,
    #[schemars(with = "Option<OrParameter<f64>>")]
    pub(in crate::policy) at_least: Option<At<f64>>,
    #[schemars(with = "Option<OrParameter<f64>>")]
    pub(in crate::policy) at_most: Option<At<f64>>,
    pub(in crate::policy) covers: Option<At<ListOf<String>>>,
    /// A regular expression of which some part of the value is a case: `^prod-[a-z]+$`. Numbers and booleans count as they
    /// are spelt; where nothing is set, it does not match. The syntax is that of Rust's crate `regex` (no look-around, no
    /// back references), and letters of either case are different unless it begins with `(?i)`.
    pub(in crate::policy) matches: Option<At<String>>,
    #[schemars(with = "Option<OrParameter<bool>>")]
    pub(in crate::policy) set: Option<At<bool>>,
    #[schemars(with = "Option<OrParameter<bool>>")]
    pub(in crate::policy) lowered: Option<At<bool>>,
    /// The values of `lowered`, from the least on; those that are worth the same stand in a list of their own.
    pub(in crate::policy) order: Option<At<Vec<At<Value>>>>,
    #[schemars(with = "Option<OrParameter<bool>>")]
    pub(in crate::policy) written: Option<At<bool>>,
    pub(in crate::policy) read_as: Option<At<FormatDoc>>,
    #[serde(rename = "where")]
    pub(in crate::policy) inner: Option<Box<At<ConditionDoc>>>,
    pub(in crate::policy) unset_means: Option<At<Value>>,
    /// How many of the selected nodes must pass: `any` (at least one; of no node at all it does not hold) or `every` (each
    /// of them; of no node at all it holds). Goes with `path`. Needed where the path may select several nodes or none, that
    /// is, everything but names and positions from the start.
    #[serde(rename = "for")]
    pub(in crate::policy) quantifier: Option<At<QuantifierDoc>>,
    /// How many of the selected nodes pass, instead of `for`. Goes with `path`, with `where` too.
    pub(in crate::policy) count: Option<At<CountDoc>>,
}

/// What a plan does to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum ActionDoc {
    /// Makes it where none was.
    Create,
    /// Changes it in place.
    Update,
    /// Makes another one in its place.
    Replace,
    /// Deletes it, and puts none in its place. Deposed objects are deleted, too.
    Delete,
    /// Stops managing it, and leaves it as it is.
    Forget,
    /// Leaves it alone.
    NoOp,
}

/// What the text of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum FormatDoc {
    Json,
    IamPolicy,
}

/// Bounds of how many pass: one of them or both.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct CountDoc {
    /// No fewer pass. Without it: any number from 0 on.
    pub(in crate::policy) at_least: Option<usize>,
    /// No more pass. Without it: any number.
    pub(in crate::policy) at_most: Option<usize>,
}

/// How many of the nodes that a path selects must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum QuantifierDoc {
    Every,
    Any,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct CategoryTestDoc {
    pub(in crate::policy) is: Option<Vec<At<String>>>,
    pub(in crate::policy) sensitive: Option<bool>,
    pub(in crate::policy) evidence: Option<Vec<EvidenceDoc>>,
    pub(in crate::policy) own_evidence: Option<Vec<EvidenceDoc>>,
    pub(in crate::policy) lowered: Option<bool>,
    pub(in crate::policy) requirement_lowered: Option<bool>,
    pub(in crate::policy) conflicting: Option<bool>,
}

/// How a category was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum EvidenceDoc {
    Explicit,
    Certain,
    Assumed,
    Inferred,
    Unclassified,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct LevelTestDoc {
    pub(in crate::policy) at_least: Option<At<String>>,
    pub(in crate::policy) equals: Option<Level>,
    pub(in crate::policy) lowered: Option<bool>,
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct KeyTestDoc {
    pub(in crate::policy) same_category: Option<bool>,
}

/// About the stores that a key protects.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct UsersTestDoc {
    pub(in crate::policy) sensitive_categories: Option<At<AtMostDoc>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct AtMostDoc {
    pub(in crate::policy) at_most: usize,
}

/// What becomes of the users of a key that goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum DestructionDoc {
    InUse,
    Unused,
    WithUsers,
}
