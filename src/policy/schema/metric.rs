//! Metrics.

use schemars::JsonSchema;
use serde::Deserialize;

use super::condition::ConditionDoc;
use crate::policy::yaml::At;

/// A metric: how many of the resources that count are as they should be, before the plan and after it, and the share aimed at.
///
/// A file holds one metric. It needs `metric`, `title` and `of`. A resource counts once in a metric, and meets it where every
/// part of `of` that looks at it says so; one of which that cannot be told does not meet it, and the report says so. What is
/// not there on a side of the plan does not count on that side.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct MetricDoc {
    /// The metric's name in reports: lower-case words joined by hyphens that name what is counted (`keys-with-rotation`). No
    /// rule has the same.
    #[schemars(extend("pattern" = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))]
    #[schemars(extend("examples" = ["keys-with-rotation"]))]
    pub(in crate::policy) metric: At<String>,
    /// What counts and what it should be, in one line: `KMS keys with automatic rotation`.
    #[schemars(extend("minLength" = 1))]
    #[schemars(extend("examples" = ["KMS keys with automatic rotation"]))]
    pub(in crate::policy) title: At<String>,
    /// The share aimed at: a number from 0 to 1, where 1 is all of them. It blocks nothing.
    #[schemars(extend("default" = 1.0, "minimum" = 0, "maximum" = 1))]
    pub(in crate::policy) target: Option<At<f64>>,
    /// What counts.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) of: At<Vec<At<MetricPartDoc>>>,
    /// Why it is measured, in a sentence or two.
    #[schemars(extend("minLength" = 1))]
    pub(in crate::policy) why: Option<At<String>>,
    /// The primary source, as an `https://` address.
    #[schemars(extend("pattern" = "^https://"))]
    pub(in crate::policy) reference: Option<At<String>>,
}

/// Resources that count: those that a rule judges, or those that the metric names itself, with what it requires of them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("oneOf" = [
    { "required": ["rule"], "not": { "anyOf": [{ "required": ["resources"] }, { "required": ["each"] }, { "required": ["require"] }] } },
    { "required": ["require"], "anyOf": [{ "required": ["resources"] }, { "required": ["each"] }] }
]))]
pub(in crate::policy) struct MetricPartDoc {
    /// The id of a rule: what it judges counts, and meets the metric where it passes. What is once per account and Region,
    /// and not in the plan, counts where the rule says that it is missing. A rule that the configuration switches off is not
    /// measured; an accepted exception does not make its resource meet the metric. A rule about what a plan does, and not about
    /// what there is, cannot be measured.
    #[schemars(extend("examples" = ["kms-rotation-disabled"]))]
    pub(in crate::policy) rule: Option<At<String>>,
    /// The resource types that count, as in a rule. With `each` beside it, only these of them.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) resources: Option<At<Vec<At<String>>>>,
    /// Counts everything that the catalog knows as such, instead of resource types.
    pub(in crate::policy) each: Option<At<MetricEachDoc>>,
    /// Which of them count; all, where this is not written.
    pub(in crate::policy) when: Option<At<ConditionDoc>>,
    /// What must hold of them; with `rule`, the rule says it.
    pub(in crate::policy) require: Option<At<ConditionDoc>>,
}

/// What a metric that names no resource types counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum MetricEachDoc {
    /// Each resource that holds data. Conditions are those of rules with `each: store-part`, and are asked of every part that
    /// is its storage: `level` is that of the least protected one.
    Store,
    /// Each KMS key that the plan manages.
    Key,
}
