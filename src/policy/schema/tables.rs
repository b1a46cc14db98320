//! The data-category table and the classification.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::policy::level::Level;
use crate::policy::yaml::{At, Entries};

/// The data-category table: `policies/data-categories.yaml`. Another file may add to it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("anyOf" = [{ "required": ["categories"] }, { "required": ["key_hierarchy"] }]))]
pub(in crate::policy) struct CategoriesDoc {
    /// Data categories by id; one that is there already is replaced as a whole.
    #[serde(default)]
    pub(in crate::policy) categories: Entries<CategoryDoc>,
    /// The category that a store is judged as where nothing tells its own.
    pub(in crate::policy) unclassified: Option<At<String>>,
    /// What a credential that AWS manages is judged as.
    pub(in crate::policy) credentials: Option<At<CredentialsDoc>>,
    /// The customer managed keys that data belongs under, by the names that `key` uses: what each is for, and what it is
    /// recognised by. Of one that is there already, what is not written stays. A `key` that is not listed is recognised by
    /// its own name.
    pub(in crate::policy) key_hierarchy: Option<Entries<HierarchyKeyDoc>>,
    /// How to give a key each property, as HCL.
    pub(in crate::policy) property_fixes: Option<PropertyFixesDoc>,
}

/// A customer managed key that data belongs under; each account and Region has one of its own. A key that is for a
/// category is also recognised by the category that its tags say.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("minProperties" = 1))]
pub(in crate::policy) struct HierarchyKeyDoc {
    /// What it is for, as a person calls it. Default: its name.
    #[schemars(extend("examples" = ["Secrets and managed credentials"], "pattern" = r"\S"))]
    pub(in crate::policy) title: Option<At<String>>,
    /// The aliases of such keys, with `alias/`; `*` stands for any text. Of several that fit, the one that says most of the
    /// name decides. Default: its name.
    #[schemars(extend("minItems" = 1, "items" = { "type": "string", "pattern": "^alias/[A-Za-z0-9/_*-]+$" }))]
    #[schemars(extend("examples" = [["alias/cmk-pii", "alias/*/pii"]]))]
    pub(in crate::policy) aliases: Option<Vec<At<String>>>,
    /// Values of the tags that name a category (`data-class`) by which such a key is recognised where it is for no category:
    /// `secrets`. Upper and lower case are the same.
    #[schemars(extend("items" = { "type": "string", "pattern": r"\S" }))]
    pub(in crate::policy) tags: Option<Vec<At<String>>>,
    /// The store types that belong under it, whatever their data is, unless that is sensitive: then its category's key is
    /// right, too.
    #[schemars(extend("examples" = [["aws_backup_vault"]]))]
    pub(in crate::policy) stores: Option<Vec<At<String>>>,
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
    /// The name, in the key hierarchy, of the key that it belongs under.
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
    /// The name, in the key hierarchy, of the customer managed key that belongs to the category. One that the hierarchy does
    /// not list is the key with the alias of that name.
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
