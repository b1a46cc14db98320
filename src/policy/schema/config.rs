//! The configuration.

use schemars::JsonSchema;
use serde::Deserialize;

use super::tables::PropertyDoc;
use crate::policy::yaml::At;

/// The configuration: what an organisation tells planseal of itself. The nearest `planseal.yaml` or `.planseal.yaml`
/// counts, from the folder of the plan up to the root of its repository.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct ConfigDoc {
    /// Customer managed keys that other configurations manage, so that planseal knows them for what they are.
    pub(in crate::policy) known_keys: Option<Vec<At<KnownKeyDoc>>>,
}

/// A key outside the plans. All names in one entry are one key.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("anyOf" = [{ "required": ["arn"] }, { "required": ["aliases"] }]))]
pub(in crate::policy) struct KnownKeyDoc {
    /// The ARN of the key, or of an alias of it.
    #[schemars(extend("pattern" = "^arn:"))]
    #[schemars(extend("examples" = ["arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]))]
    pub(in crate::policy) arn: Option<At<String>>,
    /// Its aliases, in the account and Region of the ARN; without an ARN, a key that each account has under this name.
    #[schemars(extend("examples" = [["alias/cmk-pii"]]))]
    pub(in crate::policy) aliases: Vec<At<String>>,
    /// The data category that it is for.
    #[schemars(extend("examples" = ["pii"]))]
    pub(in crate::policy) category: Option<At<String>>,
    /// All that it has of `key-policy`, `byok` and `hsm`. Left out, nobody knows.
    pub(in crate::policy) properties: Option<Vec<PropertyDoc>>,
}
