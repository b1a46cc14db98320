//! The data-category table and the classification.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::policy::level::Level;
use crate::policy::yaml::{At, Entries};

/// The data-category table: `policies/data-categories.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct CategoriesDoc {
    pub(in crate::policy) categories: Entries<CategoryDoc>,
    pub(in crate::policy) unclassified: At<String>,
    pub(in crate::policy) credentials: At<CredentialsDoc>,
    pub(in crate::policy) property_fixes: PropertyFixesDoc,
}

/// How to give a key each property, as HCL.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) struct PropertyFixesDoc {
    pub(in crate::policy) key_policy: At<String>,
    pub(in crate::policy) byok: At<String>,
    pub(in crate::policy) hsm: At<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct CredentialsDoc {
    pub(in crate::policy) category: At<String>,
    pub(in crate::policy) key: At<String>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct CategoryDoc {
    pub(in crate::policy) title: At<String>,
    pub(in crate::policy) minimum: Level,
    pub(in crate::policy) recommended: Vec<RecommendationDoc>,
    pub(in crate::policy) key: Option<At<String>>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct RecommendationDoc {
    pub(in crate::policy) level: Level,
    pub(in crate::policy) with: Option<PropertyDoc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum PropertyDoc {
    KeyPolicy,
    Byok,
    Hsm,
}

/// How a resource's category is found: `policies/classification.yaml`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct ClassificationDoc {
    pub(in crate::policy) tags: Vec<At<String>>,
    pub(in crate::policy) synonyms: Entries<Vec<At<String>>>,
    pub(in crate::policy) type_defaults: Entries<TypeDefaultDoc>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct TypeDefaultDoc {
    pub(in crate::policy) category: At<String>,
    pub(in crate::policy) certain: bool,
}
