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
    /// Resource types that hold data at rest, by type.
    pub(in crate::policy) stores: Entries<StoreDoc>,
    /// What shows how others are encrypted and is not judged itself, by type; a data source as `data.TYPE`.
    pub(in crate::policy) originals: Entries<OriginalDoc>,
    /// Resource types that are keys, by type; a data source as `data.TYPE`.
    pub(in crate::policy) keys: Entries<KeyTypeDoc>,
    /// Resource types that only name a key, by type; a data source as `data.TYPE`.
    pub(in crate::policy) aliases: Entries<AliasDoc>,
    /// Account-wide settings, by a name of your own that `setting` uses.
    pub(in crate::policy) settings: Entries<SettingDoc>,
    /// Attributes that only repeat another attribute of the same resource, by type.
    pub(in crate::policy) mirrors: Entries<MirrorDoc>,
    /// Data sources that make IAM policies out of blocks, by type as `data.TYPE`: a policy whose text is not known yet
    /// is judged by the blocks behind it.
    pub(in crate::policy) documents: Entries<DocumentSourceDoc>,
    /// Attributes that expressions are often made of, by type: a plan's reader keeps them.
    pub(in crate::policy) values: Entries<Vec<At<String>>>,
    /// Resource types that hold data at rest and are not judged yet. Every report names those in its plan.
    pub(in crate::policy) without_entry: Vec<At<String>>,
}

/// A resource type that holds data at rest: how its protection level and its key are read, and what AWS does where
/// nothing is set.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct StoreDoc {
    /// What a person calls it.
    #[schemars(extend("examples" = ["S3 bucket"]))]
    pub(in crate::policy) title: At<String>,
    /// The attributes by which copies and parts name it.
    #[serde(default)]
    pub(in crate::policy) names: Vec<At<String>>,
    /// The attributes that name the store that this one is a copy or a part of, and whose category it takes.
    #[serde(default)]
    pub(in crate::policy) category_from: Vec<At<String>>,
    /// The types that `category_from` may name. Default: its own.
    #[serde(default)]
    pub(in crate::policy) source_types: Vec<At<String>>,
    /// What goes with the old one where it is replaced.
    pub(in crate::policy) lost: Option<At<String>>,
    /// How to keep that, in the imperative.
    pub(in crate::policy) keep: Option<At<String>>,
    /// The resources that configure it, by an id of your own.
    #[serde(default)]
    pub(in crate::policy) companions: Entries<CompanionDoc>,
    /// The parts that have keys of their own; `storage` first. Without a part that is storage it is no store of its
    /// own: only rules about parts look at it.
    pub(in crate::policy) parts: Entries<PartDoc>,
    /// Where the facts come from: the page of AWS.
    #[schemars(extend("pattern" = "^https://"))]
    pub(in crate::policy) reference: At<String>,
}

/// What shows how others are encrypted, and is not judged itself: a data source, a grant, a global cluster.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct OriginalDoc {
    /// What a person calls it.
    pub(in crate::policy) title: At<String>,
    /// The attributes by which others name it.
    pub(in crate::policy) names: Vec<At<String>>,
    /// The attributes that name what it is a copy or a part of.
    #[serde(default)]
    pub(in crate::policy) category_from: Vec<At<String>>,
    /// The types that `category_from` may name. Default: its own.
    #[serde(default)]
    pub(in crate::policy) source_types: Vec<At<String>>,
    /// Where its level is read; the first source that is there decides.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) from: Vec<At<PartSourceDoc>>,
    /// What holds where no source is there.
    pub(in crate::policy) otherwise: Option<At<GrantDoc>>,
    /// Where the facts come from: the page of AWS.
    #[schemars(extend("pattern" = "^https://"))]
    pub(in crate::policy) reference: At<String>,
}

/// A resource that configures another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct CompanionDoc {
    /// The companion's resource type.
    #[serde(rename = "type")]
    pub(in crate::policy) resource_type: At<String>,
    /// The companion's attribute that names what it configures.
    #[schemars(extend("examples" = ["$.bucket"]))]
    pub(in crate::policy) join: At<String>,
    /// The attributes by which it may name it.
    #[schemars(extend("minItems" = 1))]
    #[schemars(extend("examples" = [["$.id", "$.arn"]]))]
    pub(in crate::policy) to: Vec<At<String>>,
    /// Whether such a name is there once in all accounts and Regions. Other names count under the same provider
    /// configuration only.
    #[serde(default)]
    pub(in crate::policy) unique: bool,
    /// The category of what it writes into the store; such a companion does not configure the store.
    pub(in crate::policy) category: Option<At<String>>,
}

/// A part of a store that has a key of its own.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct PartDoc {
    /// What a person calls it.
    #[schemars(extend("examples" = ["objects"]))]
    pub(in crate::policy) title: At<String>,
    /// What it holds.
    #[schemars(extend("default" = "storage"))]
    #[serde(default)]
    pub(in crate::policy) kind: PartKindDoc,
    /// Where the part is there at all. Default: always.
    pub(in crate::policy) when: Option<At<ConditionDoc>>,
    /// The part is there only where one of its sources is.
    #[serde(default)]
    pub(in crate::policy) optional: bool,
    /// The store's attributes about encryption that make Terraform replace it.
    #[serde(default)]
    pub(in crate::policy) fixed_at_creation: Vec<At<String>>,
    /// Where its level is read; the first source that is there decides.
    pub(in crate::policy) from: Vec<At<PartSourceDoc>>,
    /// What holds where no source is there.
    pub(in crate::policy) otherwise: Option<At<GrantDoc>>,
    /// HCL that gives the part a customer managed key, with the placeholders of messages.
    pub(in crate::policy) fix: At<String>,
}

/// What a part holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum PartKindDoc {
    /// The store's data.
    #[default]
    Storage,
    /// Some of the store's data: findings are one step lower.
    Secondary,
    /// A managed credential: a secret, not judged by the store's category.
    Credential,
}

/// A place where a part's level is read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct PartSourceDoc {
    /// The id of the companion that holds it. Default: the store itself.
    pub(in crate::policy) companion: Option<At<String>>,
    /// The blocks that hold it; `$` in the cases is then the block.
    #[schemars(extend("examples" = ["$.rule[*]"]))]
    pub(in crate::policy) each: Option<At<String>>,
    /// Which of the blocks count.
    #[serde(rename = "where")]
    pub(in crate::policy) only: Option<At<ConditionDoc>>,
    /// Whether the provider computes the blocks where they are not written: unknown as a whole, they count as not set.
    #[serde(default)]
    pub(in crate::policy) computed: bool,
    /// Whether this counts only where no companion existed before: it is then a computed copy of the companion's
    /// setting.
    #[serde(default)]
    pub(in crate::policy) unless_companion_before: bool,
    /// What holds, in order: the first case whose `when` holds decides. The last has no `when`.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) cases: Vec<At<GrantDoc>>,
}

/// What is granted; in a list of cases, where `when` holds (always, without `when`).
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("oneOf" = [{ "required": ["level"] }, { "required": ["key"] }, { "required": ["setting"] }, { "required": ["cases"] }, { "required": ["could_be"] }]))]
#[schemars(extend("dependentRequired" = { "level": ["because"], "could_be": ["because", "settle"], "same_as": ["could_be"] }))]
pub(in crate::policy) struct GrantDoc {
    /// Where this case counts. Default: always.
    pub(in crate::policy) when: Option<At<ConditionDoc>>,
    /// This level. Wants `because`.
    pub(in crate::policy) level: Option<At<Level>>,
    /// Why, in a sentence without a full stop.
    pub(in crate::policy) because: Option<At<String>>,
    /// The level of the key that an attribute names.
    pub(in crate::policy) key: Option<At<KeyDoc>>,
    /// What this account-wide setting gives.
    pub(in crate::policy) setting: Option<At<String>>,
    /// What the first of these cases that holds grants.
    pub(in crate::policy) cases: Option<At<Vec<At<GrantDoc>>>>,
    /// No plan can tell: it is one of these levels. Wants `because` and `settle`.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) could_be: Option<At<Vec<Level>>>,
    /// What the author can do to settle it, in the imperative.
    pub(in crate::policy) settle: Option<At<String>>,
    /// The attribute that names the store whose level this one has; `could_be` is then what holds where that one is not
    /// in the plan.
    pub(in crate::policy) same_as: Option<At<String>>,
    /// The path of `same_as` starts in the resource, also where the case is about a block.
    pub(in crate::policy) of_resource: bool,
    /// What holds where the store of `same_as` is not encrypted. Default: then this one is not either.
    pub(in crate::policy) where_none: Option<Box<At<GrantDoc>>>,
}

/// An attribute that names a key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct KeyDoc {
    /// The attribute that names the key.
    pub(in crate::policy) path: At<String>,
    /// What the attribute takes.
    #[schemars(extend("default" = "any-identifier"))]
    #[serde(default)]
    pub(in crate::policy) accepts: AcceptsDoc,
    /// What a plan shows at create where the author sets no key.
    pub(in crate::policy) unset_shows: At<UnsetShowsDoc>,
    /// What holds where no key is set.
    pub(in crate::policy) unset: Option<Box<At<GrantDoc>>>,
}

/// How an attribute may name a key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum AcceptsDoc {
    /// An ARN only.
    Arn,
    /// An ARN, an id or an alias's name.
    #[default]
    AnyIdentifier,
}

/// What a plan shows at create where the author sets no key (`planned_when_unset`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum UnsetShowsDoc {
    /// The provider computes it: known after apply, and AWS's own key in the steady state.
    Unknown,
    /// Null, or the empty string.
    Nothing,
}

/// A resource type that is a key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct KeyTypeDoc {
    /// What a person calls it.
    pub(in crate::policy) title: At<String>,
    /// The attribute that holds its ARN.
    pub(in crate::policy) arn: At<String>,
    /// The other attributes by which it may be named.
    pub(in crate::policy) identifiers: Vec<At<String>>,
    /// The attribute that switches it on and off.
    pub(in crate::policy) enabled: Option<At<String>>,
    /// The attribute that says who manages it: `AWS` or `CUSTOMER`.
    pub(in crate::policy) manager: Option<At<String>>,
    /// What the author asks a data source for.
    pub(in crate::policy) asked_by: Option<At<String>>,
    /// The attribute that names the key that this one is a copy of.
    pub(in crate::policy) primary: Option<At<String>>,
    /// The resources that configure it, by an id of your own.
    #[serde(default)]
    pub(in crate::policy) companions: Entries<CompanionDoc>,
    /// Where it has the properties that the data-category table asks for.
    #[serde(default)]
    pub(in crate::policy) properties: KeyPropertiesDoc,
}

/// Where a key has the properties that the data-category table asks for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, rename_all = "kebab-case")]
pub(in crate::policy) struct KeyPropertiesDoc {
    /// Where it has a key policy of its own.
    pub(in crate::policy) key_policy: Option<At<ConditionDoc>>,
    /// Where its material is imported.
    pub(in crate::policy) byok: Option<At<ConditionDoc>>,
    /// Where it is in a custom key store.
    pub(in crate::policy) hsm: Option<At<ConditionDoc>>,
}

/// A resource type that only names a key.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct AliasDoc {
    /// The attribute that holds what the author calls it.
    pub(in crate::policy) name: At<String>,
    /// All attributes by which others may name the key through it.
    pub(in crate::policy) identifiers: Vec<At<String>>,
    /// The attribute that names the key.
    pub(in crate::policy) target: At<String>,
}

/// A setting that there is once per account and Region.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct SettingDoc {
    /// The resource type that sets it.
    #[serde(rename = "type")]
    pub(in crate::policy) resource_type: At<String>,
    /// What it gives, in order: the first case whose `when` holds decides. The last has no `when`.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) cases: Vec<At<GrantDoc>>,
    /// What holds where this plan deletes the resource.
    pub(in crate::policy) deleted: At<GrantDoc>,
    /// What the configuration's `accounts` say where the plan does not have the resource.
    pub(in crate::policy) told_by: Option<At<ToldByDoc>>,
    /// What holds where neither the plan nor the configuration tells.
    pub(in crate::policy) absent: At<GrantDoc>,
}

/// What the configuration's `accounts` say of a setting: `flag` with both of its grants, or `key`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct ToldByDoc {
    /// What is on or off.
    pub(in crate::policy) flag: Option<FlagDoc>,
    /// What holds where the flag is `true`.
    pub(in crate::policy) where_true: Option<At<GrantDoc>>,
    /// What holds where the flag is `false`.
    pub(in crate::policy) where_false: Option<At<GrantDoc>>,
    /// The key that protects the part.
    pub(in crate::policy) key: Option<DefaultKeyDoc>,
}

/// What the configuration's `accounts` call on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::policy) enum FlagDoc {
    /// Whether a volume that does not ask for encryption is encrypted.
    EbsEncryptionByDefault,
}

/// A key of the configuration's `accounts`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::policy) enum DefaultKeyDoc {
    /// The key of EBS volumes that name none.
    EbsDefaultKey,
}

/// Attributes that only repeat another.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct MirrorDoc {
    /// The attributes that repeat it. Default: every attribute.
    #[serde(default)]
    pub(in crate::policy) attributes: Vec<At<String>>,
    /// The attribute that is repeated.
    pub(in crate::policy) path: At<String>,
}

/// A data source that makes an IAM policy out of blocks and of other policies.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct DocumentSourceDoc {
    /// The attributes that hold the policy as JSON.
    pub(in crate::policy) attributes: Vec<At<String>>,
    /// The blocks that are its statements.
    pub(in crate::policy) statements: At<String>,
    /// The attributes that hold policies that it starts from.
    #[serde(default)]
    pub(in crate::policy) sources: Vec<At<String>>,
    /// The attributes that hold policies that replace statements with the same `Sid`.
    #[serde(default)]
    pub(in crate::policy) overrides: Vec<At<String>>,
}
