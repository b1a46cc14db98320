//! The configuration.

use schemars::JsonSchema;
use serde::Deserialize;

use super::tables::PropertyDoc;
use crate::policy::yaml::At;

/// The configuration: `planseal.yaml`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct ConfigDoc {
    pub(in crate::policy) known_keys: Option<Vec<At<KnownKeyDoc>>>,
}

/// A key outside the plans.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct KnownKeyDoc {
    /// Of the key, or of an alias of it.
    pub(in crate::policy) arn: Option<At<String>>,
    /// In the account and Region of the ARN; without one, in whatever account and Region a plan is for.
    pub(in crate::policy) aliases: Vec<At<String>>,
    pub(in crate::policy) category: Option<At<String>>,
    pub(in crate::policy) properties: Option<Vec<PropertyDoc>>,
}
