//! The data-category table and the classification.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::policy::level::Level;
use crate::policy::yaml::{At, Entries};

/// The data-category table: `policies/data-categories.yaml`. Another file may add to it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct CategoriesDoc {
    /// Data categories by id; one that is there already is replaced as a whole.
    pub(in crate::policy) categories: Entries<CategoryDoc>,
    /// The category that a store is judged as where nothing tells its own.
    pub(in crate::policy) unclassified: Option<At<String>>,
    /// What a credential that AWS manages is judged as.
    pub(in crate::policy) credentials: Option<At<CredentialsDoc>>,
    /// How to give a key each property, as HCL.
    pub(in crate::policy) property_fixes: Option<PropertyFixesDoc>,
}

/// How to give a key each property, as HCL.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) struct PropertyFixesDoc {
    /// How a key gets a policy of its own.
    pub(in crate::policy) key_policy: At<String>,
    /// How a key gets imported material.
    pub(in crate::policy) byok: At<String>,
    /// How a key gets into a custom key store.
    pub(in crate::policy) hsm: At<String>,
}

/// How managed credentials are judged.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct CredentialsDoc {
    /// The category that it is judged as.
    pub(in crate::policy) category: At<String>,
    /// The alias, without `alias/`, of the key that it belongs under.
    #[schemars(extend("examples" = ["cmk-secrets"]))]
    pub(in crate::policy) key: At<String>,
}

/// What a category of data needs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct CategoryDoc {
    /// What a person calls it.
    #[schemars(extend("examples" = ["Personal data"], "pattern" = r"\S"))]
    pub(in crate::policy) title: At<String>,
    /// The protection level that is required. A category whose minimum is `cmk` is sensitive.
    pub(in crate::policy) minimum: Level,
    /// The protections that are recommended; any of them is enough. Default: the minimum.
    #[serde(default)]
    #[schemars(extend("examples" = [[{ "level": "cmk", "with": "hsm" }]]))]
    pub(in crate::policy) recommended: Vec<At<RecommendationDoc>>,
    /// The alias, without `alias/`, of the customer managed key that belongs to the category.
    #[schemars(extend("examples" = ["cmk-pii"]))]
    pub(in crate::policy) key: Option<At<String>>,
}

/// A protection that is recommended.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct RecommendationDoc {
    /// The protection level.
    pub(in crate::policy) level: Level,
    /// What the customer managed key should have besides.
    pub(in crate::policy) with: Option<PropertyDoc>,
}

/// What a customer managed key may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum PropertyDoc {
    /// A key policy of its own, instead of the default one.
    KeyPolicy,
    /// Imported key material (bring your own key).
    Byok,
    /// In a custom key store: a hardware security module of its own, or outside AWS.
    Hsm,
}

/// How a resource's data category is found.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct ClassificationDoc {
    /// Tag keys that name the category, in order of preference. `tags_all` is read before `tags`.
    #[schemars(extend("minItems" = 1))]
    #[schemars(extend("examples" = [["data-class"]]))]
    pub(in crate::policy) tags: Vec<At<String>>,
    /// Other words for each category in the values of tags; upper and lower case are the same.
    pub(in crate::policy) synonyms: Entries<Vec<At<String>>>,
    /// The category of resources of a type, where no tag names one.
    pub(in crate::policy) type_defaults: Entries<TypeDefaultDoc>,
}

/// The category of a resource type.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct TypeDefaultDoc {
    /// The category.
    pub(in crate::policy) category: At<String>,
    /// Whether it is without doubt. An assumption is shown, and what it leads to does not block.
    pub(in crate::policy) certain: bool,
}
