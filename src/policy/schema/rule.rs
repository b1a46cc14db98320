//! Rules.

use schemars::JsonSchema;
use serde::Deserialize;

use super::condition::ConditionDoc;
use crate::policy::yaml::At;

/// A rule: `policies/rules/<id>.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct RuleDoc {
    pub(in crate::policy) id: At<String>,
    pub(in crate::policy) title: At<String>,
    pub(in crate::policy) severity: At<SeverityDoc>,
    #[serde(default)]
    pub(in crate::policy) severity_when: Vec<SeverityCaseDoc>,
    #[serde(default)]
    pub(in crate::policy) controls: Vec<At<String>>,
    /// Resource types; with `each`, only those of them.
    pub(in crate::policy) resources: Option<Vec<At<String>>>,
    pub(in crate::policy) each: Option<At<EachDoc>>,
    #[serde(default)]
    pub(in crate::policy) per_plan: bool,
    /// The rule that speaks first: this one is judged only where that one passes.
    pub(in crate::policy) follows: Option<At<String>>,
    pub(in crate::policy) when: Option<At<ConditionDoc>>,
    pub(in crate::policy) require: Option<At<ConditionDoc>>,
    pub(in crate::policy) forbid: Option<At<ConditionDoc>>,
    pub(in crate::policy) advice_when: Option<At<ConditionDoc>>,
    /// Where a violation that was there before is a worse one after.
    pub(in crate::policy) worse_when: Option<At<ConditionDoc>>,
    pub(in crate::policy) missing: Option<At<MissingDoc>>,
    #[serde(default)]
    pub(in crate::policy) on_undetermined: OnUndeterminedDoc,
    pub(in crate::policy) message: At<String>,
    pub(in crate::policy) why: At<String>,
    pub(in crate::policy) fix: At<String>,
    pub(in crate::policy) reference: At<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum SeverityDoc {
    Low,
    Medium,
    High,
    Critical,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct SeverityCaseDoc {
    pub(in crate::policy) when: At<ConditionDoc>,
    pub(in crate::policy) severity: SeverityDoc,
}

/// What a rule says where a resource that there is once per account and Region is not in the plan.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct MissingDoc {
    /// The resource types that would be under it.
    pub(in crate::policy) used_by: Vec<At<String>>,
    /// The rule's own title says that the resource is there.
    pub(in crate::policy) title: At<String>,
    pub(in crate::policy) advice: At<String>,
}

/// What a rule that names no resource types looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum EachDoc {
    Store,
    StorePart,
    Key,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum OnUndeterminedDoc {
    #[default]
    Fail,
    Warn,
}
