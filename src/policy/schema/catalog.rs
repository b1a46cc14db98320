//! The catalog: what AWS does.

use schemars::JsonSchema;
use serde::Deserialize;

use super::condition::ConditionDoc;
use crate::policy::level::Level;
use crate::policy::yaml::{At, Entries};

/// Facts about a service: `policies/catalog/<service>.yaml`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct CatalogDoc {
    pub(in crate::policy) stores: Entries<StoreDoc>,
    pub(in crate::policy) originals: Entries<OriginalDoc>,
    pub(in crate::policy) keys: Entries<KeyTypeDoc>,
    pub(in crate::policy) aliases: Entries<AliasDoc>,
    pub(in crate::policy) settings: Entries<SettingDoc>,
    pub(in crate::policy) mirrors: Entries<MirrorDoc>,
    pub(in crate::policy) documents: Entries<DocumentSourceDoc>,
    pub(in crate::policy) values: Entries<Vec<At<String>>>,
    pub(in crate::policy) without_entry: Vec<At<String>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct StoreDoc {
    pub(in crate::policy) title: At<String>,
    #[serde(default)]
    pub(in crate::policy) names: Vec<At<String>>,
    #[serde(default)]
    pub(in crate::policy) category_from: Vec<At<String>>,
    pub(in crate::policy) key: Option<At<String>>,
    #[serde(default)]
    pub(in crate::policy) source_types: Vec<At<String>>,
    /// What goes with the old one where it is replaced.
    pub(in crate::policy) lost: Option<At<String>>,
    /// How to keep that, in the imperative.
    pub(in crate::policy) keep: Option<At<String>>,
    #[serde(default)]
    pub(in crate::policy) companions: Entries<CompanionDoc>,
    pub(in crate::policy) parts: Entries<PartDoc>,
    pub(in crate::policy) reference: At<String>,
}

/// What shows how others are encrypted, and is not judged itself: a data source, a grant, a global cluster.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct OriginalDoc {
    pub(in crate::policy) title: At<String>,
    pub(in crate::policy) names: Vec<At<String>>,
    #[serde(default)]
    pub(in crate::policy) category_from: Vec<At<String>>,
    #[serde(default)]
    pub(in crate::policy) source_types: Vec<At<String>>,
    pub(in crate::policy) from: Vec<At<PartSourceDoc>>,
    pub(in crate::policy) otherwise: Option<At<GrantDoc>>,
    pub(in crate::policy) reference: At<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct CompanionDoc {
    #[serde(rename = "type")]
    pub(in crate::policy) resource_type: At<String>,
    pub(in crate::policy) join: At<String>,
    pub(in crate::policy) to: Vec<At<String>>,
    #[serde(default)]
    pub(in crate::policy) unique: bool,
    pub(in crate::policy) category: Option<At<String>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct PartDoc {
    pub(in crate::policy) title: At<String>,
    #[serde(default)]
    pub(in crate::policy) kind: PartKindDoc,
    pub(in crate::policy) when: Option<At<ConditionDoc>>,
    /// The part is there only where one of its sources is.
    #[serde(default)]
    pub(in crate::policy) optional: bool,
    /// The store's attributes about encryption that make Terraform replace it.
    #[serde(default)]
    pub(in crate::policy) fixed_at_creation: Vec<At<String>>,
    pub(in crate::policy) from: Vec<At<PartSourceDoc>>,
    pub(in crate::policy) otherwise: Option<At<GrantDoc>>,
    pub(in crate::policy) fix: At<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum PartKindDoc {
    #[default]
    Storage,
    Secondary,
    Credential,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct PartSourceDoc {
    pub(in crate::policy) companion: Option<At<String>>,
    pub(in crate::policy) each: Option<At<String>>,
    /// Which of the blocks count.
    #[serde(rename = "where")]
    pub(in crate::policy) only: Option<At<ConditionDoc>>,
    #[serde(default)]
    pub(in crate::policy) computed: bool,
    #[serde(default)]
    pub(in crate::policy) unless_companion_before: bool,
    pub(in crate::policy) cases: Vec<At<GrantDoc>>,
}

/// What is granted; in a list of cases, where `when` holds (always, without `when`).
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct GrantDoc {
    pub(in crate::policy) when: Option<At<ConditionDoc>>,
    pub(in crate::policy) level: Option<At<Level>>,
    pub(in crate::policy) because: Option<At<String>>,
    pub(in crate::policy) key: Option<At<KeyDoc>>,
    pub(in crate::policy) setting: Option<At<String>>,
    pub(in crate::policy) cases: Option<At<Vec<At<GrantDoc>>>>,
    pub(in crate::policy) could_be: Option<At<Vec<Level>>>,
    pub(in crate::policy) settle: Option<At<String>>,
    pub(in crate::policy) same_as: Option<At<String>>,
    /// The path of `same_as` starts in the resource, also where the case is about a block.
    pub(in crate::policy) of_resource: bool,
    pub(in crate::policy) where_none: Option<Box<At<GrantDoc>>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct KeyDoc {
    pub(in crate::policy) path: At<String>,
    #[serde(default)]
    pub(in crate::policy) accepts: AcceptsDoc,
    pub(in crate::policy) unset_shows: At<UnsetShowsDoc>,
    pub(in crate::policy) unset: Option<Box<At<GrantDoc>>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum AcceptsDoc {
    Arn,
    #[default]
    AnyIdentifier,
}

/// What a plan shows at create where the author sets no key (`planned_when_unset`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum UnsetShowsDoc {
    Unknown,
    Nothing,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct KeyTypeDoc {
    pub(in crate::policy) title: At<String>,
    pub(in crate::policy) arn: At<String>,
    pub(in crate::policy) identifiers: Vec<At<String>>,
    pub(in crate::policy) enabled: Option<At<String>>,
    pub(in crate::policy) manager: Option<At<String>>,
    pub(in crate::policy) asked_by: Option<At<String>>,
    pub(in crate::policy) primary: Option<At<String>>,
    #[serde(default)]
    pub(in crate::policy) companions: Entries<CompanionDoc>,
    #[serde(default)]
    pub(in crate::policy) properties: KeyPropertiesDoc,
}

/// Where a key has the properties that the data-category table asks for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub(in crate::policy) struct KeyPropertiesDoc {
    pub(in crate::policy) key_policy: Option<At<ConditionDoc>>,
    pub(in crate::policy) byok: Option<At<ConditionDoc>>,
    pub(in crate::policy) hsm: Option<At<ConditionDoc>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct AliasDoc {
    pub(in crate::policy) name: At<String>,
    pub(in crate::policy) identifiers: Vec<At<String>>,
    pub(in crate::policy) target: At<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct SettingDoc {
    #[serde(rename = "type")]
    pub(in crate::policy) resource_type: At<String>,
    pub(in crate::policy) cases: Vec<At<GrantDoc>>,
    pub(in crate::policy) deleted: At<GrantDoc>,
    pub(in crate::policy) absent: At<GrantDoc>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct MirrorDoc {
    #[serde(default)]
    pub(in crate::policy) attributes: Vec<At<String>>,
    pub(in crate::policy) path: At<String>,
}

/// A data source that makes an IAM policy out of blocks and of other policies.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct DocumentSourceDoc {
    pub(in crate::policy) attributes: Vec<At<String>>,
    pub(in crate::policy) statements: At<String>,
    #[serde(default)]
    pub(in crate::policy) sources: Vec<At<String>>,
    #[serde(default)]
    pub(in crate::policy) overrides: Vec<At<String>>,
}
