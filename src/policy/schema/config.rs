//! The configuration.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::rule::SeverityDoc;
use super::tables::{CategoryDoc, PropertyDoc, TypeDefaultDoc};
use crate::policy::yaml::{At, Entries};

/// The configuration: `planseal.yaml`. What an organisation tells planseal of itself; everything in it may be left out.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct ConfigDoc {
    /// Policy files and folders of your own, added to the built-in ones and to those of `--policy`. Paths start in the
    /// folder of this file; of a folder, every `.yaml` and `.yml` file in it counts.
    pub(in crate::policy) policies: Option<Vec<At<String>>>,
    /// What no plan shows of an account: by its number (twelve digits, in quotation marks), then by Region
    /// (`eu-central-1`).
    pub(in crate::policy) accounts: Option<Entries<Entries<At<AccountDoc>>>>,
    /// What to change in rules, by a rule's id or by a pattern of ids (`rds-*`). What is said under an id itself wins over
    /// what is said under patterns.
    pub(in crate::policy) rules: Option<Entries<At<OverrideDoc>>>,
    /// How the data category of a resource is found.
    pub(in crate::policy) classification: Option<ClassifyingDoc>,
    /// Data categories of your own, by id; one that planseal has already is replaced as a whole.
    pub(in crate::policy) categories: Option<Entries<CategoryDoc>>,
    /// Customer managed keys that other configurations manage.
    pub(in crate::policy) known_keys: Option<Vec<At<KnownKeyDoc>>>,
    /// What breaks the gate. An option on the command line wins over what is said here.
    pub(in crate::policy) gate: Option<GateDoc>,
    /// Findings that are accepted for a time: they are shown in a section of their own and do not block.
    pub(in crate::policy) waivers: Option<Vec<At<WaiverDoc>>>,
    /// How many days from today a waiver may last at most: 1 to 731. Default: 365. One that would last longer is an error.
    #[schemars(extend("minimum" = 1, "maximum" = 731))]
    pub(in crate::policy) waiver_max_days: Option<At<i64>>,
}

/// What no plan shows of an account in one Region. A resource in the plan that says the same wins.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct AccountDoc {
    /// Whether EBS encryption by default is on: whether a volume that does not ask for encryption is encrypted.
    pub(in crate::policy) ebs_encryption_by_default: Option<bool>,
    /// The key of EBS volumes that name none: its ARN, its id or an alias. `alias/aws/ebs` is AWS's own, which holds where
    /// nobody chose another.
    pub(in crate::policy) ebs_default_key: Option<At<String>>,
}

/// What to change in the rules that it stands for.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct OverrideDoc {
    /// How much a violation matters, in place of the rule's own `severity` and `severity_when`.
    pub(in crate::policy) severity: Option<At<SeverityDoc>>,
    /// `false` switches the rule off; `reason` must then say why. `true` switches it on where a pattern switches it off.
    pub(in crate::policy) enabled: Option<At<bool>>,
    /// Why, for whoever reads the report.
    #[schemars(extend("pattern" = r"\S"))]
    pub(in crate::policy) reason: Option<At<String>>,
    /// New values of the rule's parameters, by name.
    pub(in crate::policy) parameters: Option<Entries<At<Value>>>,
}

/// How the data category of a resource is found, beside what `policies/classification.yaml` says.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct ClassifyingDoc {
    /// The tag keys that name a category, in order of preference. They take the place of the built-in ones.
    #[schemars(extend("items" = { "type": "string", "pattern": r"\S" }))]
    pub(in crate::policy) tags: Option<Vec<At<String>>>,
    /// More words for categories in the values of tags, by category; upper and lower case are the same.
    #[schemars(extend("additionalProperties" = { "type": "array", "items": { "type": "string", "pattern": r"\S" } }))]
    pub(in crate::policy) synonyms: Option<Entries<Vec<At<String>>>>,
    /// Categories by address, where no tag says one. Such a category is explicit, as that of a tag is.
    pub(in crate::policy) addresses: Option<Vec<At<AddressDoc>>>,
    /// Categories by resource type, where neither a tag nor an address says one; added to the built-in ones.
    pub(in crate::policy) types: Option<Entries<TypeDefaultDoc>>,
    /// The category that a store is judged as where nothing tells its own. Default: `operational`.
    pub(in crate::policy) unclassified: Option<At<String>>,
    /// Whether a store without a category, or with one that is only assumed from its type, is judged as severely as one
    /// whose category is explicit. Default: `false`, and what is wrong with its protection is of severity `low`.
    pub(in crate::policy) strict: Option<bool>,
}

/// The category of the resources at some addresses.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct AddressDoc {
    /// Addresses as plans write them; `*` stands for any characters: `module.crm.*`, `*.aws_s3_bucket.invoices`.
    pub(in crate::policy) pattern: At<String>,
    /// The category of the resources there.
    pub(in crate::policy) category: At<String>,
}

/// What breaks the gate.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct GateDoc {
    /// Which findings count. Default: `introduced`. Option: `--gate`.
    pub(in crate::policy) mode: Option<GateModeDoc>,
    /// The least severity that counts. Default: `medium`. Option: `--min-severity`.
    pub(in crate::policy) min_severity: Option<SeverityDoc>,
    /// What undetermined findings do, instead of what each rule says (`on_undetermined`). Option: `--undetermined`.
    pub(in crate::policy) undetermined: Option<EffectDoc>,
    /// Whether a plan may pass that does not hold every configured resource. Default: `false`. Option: `--allow-partial`.
    pub(in crate::policy) allow_partial: Option<bool>,
    /// The least number of resources that must have been judged, of all plans under this configuration together. Option:
    /// `--min-judged`.
    pub(in crate::policy) min_judged: Option<usize>,
}

/// Which findings count in the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum GateModeDoc {
    /// What the plan introduces or makes worse.
    Introduced,
    /// What stood before, too.
    Any,
    /// None: all are shown, and none blocks.
    Never,
}

/// What undetermined findings do to the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum EffectDoc {
    /// They break it.
    Fail,
    /// They are shown.
    Warn,
}

/// A customer managed key that another configuration manages. All names in one entry are one key.
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

/// An accepted exception. It covers violations and undetermined findings, and no advice.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("required" = ["rule", "address", "reason", "owner", "expires"]))]
pub(in crate::policy) struct WaiverDoc {
    /// The id of the rule whose findings are accepted, or a pattern of ids: `rds-*` (`*` stands for any text).
    pub(in crate::policy) rule: Option<At<String>>,
    /// The addresses that it is about, as reports write them: `aws_db_instance.legacy`, or a pattern such as `module.legacy.*`,
    /// in which `*` stands for any text, and brackets and quotes for themselves. A finding that lists several resources is
    /// covered where each of them is.
    pub(in crate::policy) address: Option<At<String>>,
    /// The plans that it is about, by the name that reports give them, or a pattern of names. Default: all.
    pub(in crate::policy) plan: Option<At<String>>,
    /// Why it is accepted. Reports show it.
    #[schemars(extend("pattern" = r"\S"))]
    pub(in crate::policy) reason: Option<At<String>>,
    /// The team or person who accepted it and answers for it.
    pub(in crate::policy) owner: Option<At<String>>,
    /// The last day on which it holds (UTC), as `YYYY-MM-DD`; no later than `waiver_max_days` from today.
    #[schemars(extend("pattern" = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    #[schemars(extend("examples" = ["2026-12-31"]))]
    pub(in crate::policy) expires: Option<At<String>>,
    /// Where more is said: an `https://` address, for example of a ticket.
    #[schemars(extend("pattern" = "^https://"))]
    pub(in crate::policy) link: Option<At<String>>,
}
