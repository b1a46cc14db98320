//! Metrics in the report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A share over all plans with a target. It blocks nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Metric {
    /// The metric's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Before: the sum over the plans.
    pub before: Share,
    /// After: the sum over the plans.
    pub after: Share,
    /// The share aimed at, 0 to 1.
    pub target: f64,
    /// The same for each plan that holds something of it, in the order given.
    #[serde(default)]
    pub plans: Vec<MetricInPlan>,
    /// What does not meet it after the plans: by plan, then address.
    #[serde(default)]
    pub unmet: Vec<Unmet>,
    /// The rules that it counts by and that a configuration switches off: what they judge is not counted.
    #[serde(default)]
    pub switched_off: Vec<String>,
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// How many meet it.
    pub met: usize,
    /// Of how many; 0 where nothing of the kind was there.
    pub of: usize,
}

/// A metric in one plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MetricInPlan {
    /// The plan's name.
    pub plan: String,
    /// Before the plan.
    pub before: Share,
    /// After the plan.
    pub after: Share,
}

/// Something that does not meet a metric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unmet {
    /// The plan's name.
    pub plan: String,
    /// The resource; `null` where something is not in the plan that should be there once per account and Region.
    pub address: Option<String>,
    /// Whether it cannot be told that it meets the metric.
    pub undetermined: bool,
    /// The rules that it does not keep; empty where the metric names none.
    pub rules: Vec<String>,
    /// Why it cannot be told, or what is not in the plan; `null` otherwise.
    pub because: Option<String>,
    /// Whether a waiver accepts it. It does not meet the metric all the same.
    pub waived: bool,
}

impl Share {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            met: self.met.saturating_add(other.met),
            of: self.of.saturating_add(other.of),
        }
    }
}

impl Metric {
    /// Whether this is less than what is aimed at.
    #[must_use]
    pub fn falls_short(&self) -> bool {
        // Numbers of resources are far from where a float is not exact.
        #[expect(clippy::cast_precision_loss, reason = "a plan has fewer than 2^52 resources")]
        let (met, of) = (self.after.met as f64, self.after.of as f64);
        met < self.target * of
    }

    /// Whether the plans change it.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.before != self.after
    }
}
