//! Policy files as they are written: every part with its place in the file, nothing checked beyond its shape.

use serde::Deserialize;
use serde_json::Value;

use super::level::Level;
use super::yaml::{At, Entries};

/// A rule: `policies/rules/<id>.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct RuleDoc {
    pub(super) id: At<String>,
    pub(super) title: At<String>,
    pub(super) severity: At<SeverityDoc>,
    #[serde(default)]
    pub(super) severity_when: Vec<SeverityCaseDoc>,
    #[serde(default)]
    pub(super) controls: Vec<At<String>>,
    /// Resource types; with `each`, only those of them.
    pub(super) resources: Option<Vec<At<String>>>,
    pub(super) each: Option<At<EachDoc>>,
    #[serde(default)]
    pub(super) per_plan: bool,
    /// The rule that speaks first: this one is judged only where that one passes.
    pub(super) follows: Option<At<String>>,
    pub(super) when: Option<At<ConditionDoc>>,
    pub(super) require: Option<At<ConditionDoc>>,
    pub(super) forbid: Option<At<ConditionDoc>>,
    pub(super) advice_when: Option<At<ConditionDoc>>,
    /// Where a violation that was there before is a worse one after.
    pub(super) worse_when: Option<At<ConditionDoc>>,
    pub(super) missing: Option<At<MissingDoc>>,
    #[serde(default)]
    pub(super) on_undetermined: OnUndeterminedDoc,
    pub(super) message: At<String>,
    pub(super) why: At<String>,
    pub(super) fix: At<String>,
    pub(super) reference: At<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SeverityDoc {
    Low,
    Medium,
    High,
    Critical,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SeverityCaseDoc {
    pub(super) when: At<ConditionDoc>,
    pub(super) severity: SeverityDoc,
}

/// What a rule says where a resource that there is once per account and Region is not in the plan.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MissingDoc {
    /// The resource types that would be under it.
    pub(super) used_by: Vec<At<String>>,
    /// The rule's own title says that the resource is there.
    pub(super) title: At<String>,
    pub(super) advice: At<String>,
}

/// What a rule that names no resource types looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EachDoc {
    Store,
    StorePart,
    Key,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum OnUndeterminedDoc {
    #[default]
    Fail,
    Warn,
}

/// A condition: exactly one subject, and the operators that go with it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConditionDoc {
    pub(super) all: Option<Vec<At<ConditionDoc>>>,
    pub(super) any: Option<Vec<At<ConditionDoc>>>,
    pub(super) not: Option<Box<At<ConditionDoc>>>,
    pub(super) path: Option<At<String>>,
    pub(super) category: Option<At<CategoryTestDoc>>,
    pub(super) level: Option<At<LevelTestDoc>>,
    pub(super) key: Option<At<KeyTestDoc>>,
    pub(super) users: Option<At<UsersTestDoc>>,
    pub(super) companion: Option<At<String>>,
    pub(super) source: Option<Box<At<ConditionDoc>>>,
    pub(super) destroyed: Option<Vec<DestructionDoc>>,
    pub(super) created: Option<At<bool>>,
    pub(super) replaced_by_encryption: Option<At<bool>>,
    // Operators of `path`.
    pub(super) equals: Option<At<Value>>,
    #[serde(rename = "in")]
    pub(super) one_of: Option<Vec<At<Value>>>,
    pub(super) at_least: Option<At<f64>>,
    pub(super) at_most: Option<At<f64>>,
    pub(super) covers: Option<Vec<At<String>>>,
    pub(super) set: Option<At<bool>>,
    pub(super) lowered: Option<At<bool>>,
    /// The values of `lowered`, from the least on; those that are worth the same stand in a list of their own.
    pub(super) order: Option<At<Vec<At<Value>>>>,
    pub(super) written: Option<At<bool>>,
    pub(super) read_as: Option<At<FormatDoc>>,
    #[serde(rename = "where")]
    pub(super) inner: Option<Box<At<ConditionDoc>>>,
    pub(super) unset_means: Option<At<Value>>,
    pub(super) nodes: Option<At<QuantifierDoc>>,
}

/// What the text of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FormatDoc {
    Json,
    IamPolicy,
}

/// How many of the nodes that a path selects must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum QuantifierDoc {
    Every,
    Any,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CategoryTestDoc {
    pub(super) is: Option<Vec<At<String>>>,
    pub(super) sensitive: Option<bool>,
    pub(super) evidence: Option<Vec<EvidenceDoc>>,
    pub(super) own_evidence: Option<Vec<EvidenceDoc>>,
    pub(super) lowered: Option<bool>,
    pub(super) requirement_lowered: Option<bool>,
    pub(super) conflicting: Option<bool>,
}

/// How a category was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum EvidenceDoc {
    Explicit,
    Certain,
    Assumed,
    Inferred,
    Unclassified,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct LevelTestDoc {
    pub(super) at_least: Option<At<String>>,
    pub(super) equals: Option<Level>,
    pub(super) lowered: Option<bool>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct KeyTestDoc {
    pub(super) same_category: Option<bool>,
}

/// About the stores that a key protects.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct UsersTestDoc {
    pub(super) sensitive_categories: Option<At<AtMostDoc>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct AtMostDoc {
    pub(super) at_most: usize,
}

/// What becomes of the users of a key that goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum DestructionDoc {
    InUse,
    Unused,
    WithUsers,
}

/// Facts about a service: `policies/catalog/<service>.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct CatalogDoc {
    pub(super) stores: Entries<StoreDoc>,
    pub(super) originals: Entries<OriginalDoc>,
    pub(super) keys: Entries<KeyTypeDoc>,
    pub(super) aliases: Entries<AliasDoc>,
    pub(super) settings: Entries<SettingDoc>,
    pub(super) mirrors: Entries<MirrorDoc>,
    pub(super) documents: Entries<DocumentSourceDoc>,
    pub(super) values: Entries<Vec<At<String>>>,
    pub(super) without_entry: Vec<At<String>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct StoreDoc {
    pub(super) title: At<String>,
    #[serde(default)]
    pub(super) names: Vec<At<String>>,
    #[serde(default)]
    pub(super) category_from: Vec<At<String>>,
    pub(super) key: Option<At<String>>,
    #[serde(default)]
    pub(super) source_types: Vec<At<String>>,
    /// What goes with the old one where it is replaced.
    pub(super) lost: Option<At<String>>,
    /// How to keep that, in the imperative.
    pub(super) keep: Option<At<String>>,
    #[serde(default)]
    pub(super) companions: Entries<CompanionDoc>,
    pub(super) parts: Entries<PartDoc>,
    pub(super) reference: At<String>,
}

/// What shows how others are encrypted, and is not judged itself: a data source, a grant, a global cluster.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OriginalDoc {
    pub(super) title: At<String>,
    pub(super) names: Vec<At<String>>,
    #[serde(default)]
    pub(super) category_from: Vec<At<String>>,
    #[serde(default)]
    pub(super) source_types: Vec<At<String>>,
    pub(super) from: Vec<At<PartSourceDoc>>,
    pub(super) otherwise: Option<At<GrantDoc>>,
    pub(super) reference: At<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct CompanionDoc {
    #[serde(rename = "type")]
    pub(super) resource_type: At<String>,
    pub(super) join: At<String>,
    pub(super) to: Vec<At<String>>,
    #[serde(default)]
    pub(super) unique: bool,
    pub(super) category: Option<At<String>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PartDoc {
    pub(super) title: At<String>,
    #[serde(default)]
    pub(super) kind: PartKindDoc,
    pub(super) when: Option<At<ConditionDoc>>,
    /// The part is there only where one of its sources is.
    #[serde(default)]
    pub(super) optional: bool,
    /// The store's attributes about encryption that make Terraform replace it.
    #[serde(default)]
    pub(super) fixed_at_creation: Vec<At<String>>,
    pub(super) from: Vec<At<PartSourceDoc>>,
    pub(super) otherwise: Option<At<GrantDoc>>,
    pub(super) fix: At<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PartKindDoc {
    #[default]
    Storage,
    Secondary,
    Credential,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct PartSourceDoc {
    pub(super) companion: Option<At<String>>,
    pub(super) each: Option<At<String>>,
    /// Which of the blocks count.
    #[serde(rename = "where")]
    pub(super) only: Option<At<ConditionDoc>>,
    #[serde(default)]
    pub(super) computed: bool,
    #[serde(default)]
    pub(super) unless_companion_before: bool,
    pub(super) cases: Vec<At<GrantDoc>>,
}

/// What is granted; in a list of cases, where `when` holds (always, without `when`).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct GrantDoc {
    pub(super) when: Option<At<ConditionDoc>>,
    pub(super) level: Option<At<Level>>,
    pub(super) because: Option<At<String>>,
    pub(super) key: Option<At<KeyDoc>>,
    pub(super) setting: Option<At<String>>,
    pub(super) cases: Option<At<Vec<At<GrantDoc>>>>,
    pub(super) could_be: Option<At<Vec<Level>>>,
    pub(super) settle: Option<At<String>>,
    pub(super) same_as: Option<At<String>>,
    /// The path of `same_as` starts in the resource, also where the case is about a block.
    pub(super) of_resource: bool,
    pub(super) where_none: Option<Box<At<GrantDoc>>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct KeyDoc {
    pub(super) path: At<String>,
    #[serde(default)]
    pub(super) accepts: AcceptsDoc,
    pub(super) unset_shows: At<UnsetShowsDoc>,
    pub(super) unset: Option<Box<At<GrantDoc>>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum AcceptsDoc {
    Arn,
    #[default]
    AnyIdentifier,
}

/// What a plan shows at create where the author sets no key (`planned_when_unset`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnsetShowsDoc {
    Unknown,
    Nothing,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct KeyTypeDoc {
    pub(super) title: At<String>,
    pub(super) arn: At<String>,
    pub(super) identifiers: Vec<At<String>>,
    pub(super) enabled: Option<At<String>>,
    pub(super) manager: Option<At<String>>,
    pub(super) asked_by: Option<At<String>>,
    pub(super) primary: Option<At<String>>,
    #[serde(default)]
    pub(super) companions: Entries<CompanionDoc>,
    #[serde(default)]
    pub(super) properties: KeyPropertiesDoc,
}

/// Where a key has the properties that the data-category table asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct KeyPropertiesDoc {
    pub(super) key_policy: Option<At<ConditionDoc>>,
    pub(super) byok: Option<At<ConditionDoc>>,
    pub(super) hsm: Option<At<ConditionDoc>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct AliasDoc {
    pub(super) name: At<String>,
    pub(super) identifiers: Vec<At<String>>,
    pub(super) target: At<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SettingDoc {
    #[serde(rename = "type")]
    pub(super) resource_type: At<String>,
    pub(super) cases: Vec<At<GrantDoc>>,
    pub(super) deleted: At<GrantDoc>,
    pub(super) absent: At<GrantDoc>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct MirrorDoc {
    #[serde(default)]
    pub(super) attributes: Vec<At<String>>,
    pub(super) path: At<String>,
}

/// A data source that makes an IAM policy out of blocks and of other policies.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DocumentSourceDoc {
    pub(super) attributes: Vec<At<String>>,
    pub(super) statements: At<String>,
    #[serde(default)]
    pub(super) sources: Vec<At<String>>,
    #[serde(default)]
    pub(super) overrides: Vec<At<String>>,
}

/// The data-category table: `policies/data-categories.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct CategoriesDoc {
    pub(super) categories: Entries<CategoryDoc>,
    pub(super) unclassified: At<String>,
    pub(super) credentials: At<CredentialsDoc>,
    pub(super) property_fixes: PropertyFixesDoc,
}

/// How to give a key each property, as HCL.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct PropertyFixesDoc {
    pub(super) key_policy: At<String>,
    pub(super) byok: At<String>,
    pub(super) hsm: At<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct CredentialsDoc {
    pub(super) category: At<String>,
    pub(super) key: At<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct CategoryDoc {
    pub(super) title: At<String>,
    pub(super) minimum: Level,
    pub(super) recommended: Vec<RecommendationDoc>,
    pub(super) key: Option<At<String>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct RecommendationDoc {
    pub(super) level: Level,
    pub(super) with: Option<PropertyDoc>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PropertyDoc {
    KeyPolicy,
    Byok,
    Hsm,
}

/// How a resource's category is found: `policies/classification.yaml`.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ClassificationDoc {
    pub(super) tags: Vec<At<String>>,
    pub(super) synonyms: Entries<Vec<At<String>>>,
    pub(super) type_defaults: Entries<TypeDefaultDoc>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct TypeDefaultDoc {
    pub(super) category: At<String>,
    pub(super) certain: bool,
}

/// The configuration: `planseal.yaml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConfigDoc {
    pub(super) known_keys: Option<Vec<At<KnownKeyDoc>>>,
}

/// A key outside the plans.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct KnownKeyDoc {
    /// Of the key, or of an alias of it.
    pub(super) arn: Option<At<String>>,
    /// In the account and Region of the ARN; without one, in whatever account and Region a plan is for.
    pub(super) aliases: Vec<At<String>>,
    pub(super) category: Option<At<String>>,
    pub(super) properties: Option<Vec<PropertyDoc>>,
}
