//! Rules.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::catalog::FlagDoc;
use super::condition::ConditionDoc;
use crate::policy::yaml::{At, Entries};

/// A rule: what is looked at, what is required of it, and what a person is told where it is not so.
///
/// A file holds one rule. It needs `id`, `title`, `resources` or `each`, and `require` or `forbid`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(extend("oneOf" = [{ "required": ["require"] }, { "required": ["forbid"] }]))]
#[schemars(extend("anyOf" = [{ "required": ["resources"] }, { "required": ["each"] }]))]
#[schemars(extend("dependentRequired" = { "missing": ["resources"] }))]
pub(in crate::policy) struct RuleDoc {
    /// The rule's name in reports, waivers and overrides: lower-case words joined by hyphens that name the bad thing
    /// (`kms-rotation-disabled`). It never changes.
    #[schemars(extend("pattern" = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"))]
    #[schemars(extend("examples" = ["kms-rotation-disabled"]))]
    pub(in crate::policy) id: At<String>,
    /// What is wrong, in one line without a period: `Automatic rotation of a KMS key is off`.
    #[schemars(extend("minLength" = 1))]
    #[schemars(extend("examples" = ["Automatic rotation of a KMS key is off"]))]
    pub(in crate::policy) title: At<String>,
    /// How much a violation matters, where no case of `severity_when` holds. The gate's default blocks from `medium` on.
    #[schemars(extend("default" = "medium"))]
    #[serde(default)]
    pub(in crate::policy) severity: SeverityDoc,
    /// Severities by condition; the first case that holds decides. Where one cannot be told, the most severe possible
    /// one counts.
    #[serde(default)]
    pub(in crate::policy) severity_when: Vec<SeverityCaseDoc>,
    /// The controls of your own catalogue that the rule implements: `[WAF-SEC-030]`.
    #[schemars(extend("examples" = [["WAF-SEC-030", "SEC08-BP02"]]))]
    #[serde(default)]
    pub(in crate::policy) controls: Vec<At<String>>,
    /// Values that a configuration may set, with those that hold where it sets none: `{ minimum_days: 7 }`. A value in the
    /// conditions that is written `"{{minimum_days}}"`, and nothing else, stands for the parameter; messages and fixes may
    /// use `{{minimum_days}}` anywhere. Texts, numbers, true and false, and lists of these.
    #[schemars(extend("additionalProperties" = {
        "type": ["string", "number", "boolean", "array"],
        "items": { "type": ["string", "number", "boolean"] }
    }))]
    #[serde(default)]
    pub(in crate::policy) parameters: Entries<At<Value>>,
    /// The resource types that are looked at, by name (`aws_kms_key`) or by a pattern in which `*` stands for anything
    /// (`aws_db_*`); also types that planseal knows nothing else of. An attribute that only some of them have is not set in
    /// the others. With `each` beside it, only these of them.
    #[schemars(extend("minItems" = 1))]
    #[schemars(extend("examples" = [["aws_db_instance", "aws_rds_cluster"]]))]
    pub(in crate::policy) resources: Option<At<Vec<At<String>>>>,
    /// Looks at everything that the catalog knows as such, instead of at resource types.
    pub(in crate::policy) each: Option<At<EachDoc>>,
    /// Whether all violations of a plan make one finding that lists them.
    #[serde(default)]
    pub(in crate::policy) per_plan: bool,
    /// The id of the rule that speaks first, one with the same `each`: this one is judged only where that one passes.
    pub(in crate::policy) follows: Option<At<String>>,
    /// Whether the rule is judged only where planseal has the configuration (`--source`, `--planfile`), and does not apply
    /// elsewhere: for recommendations about `$.lifecycle`, which no plan shows, so that not every plan without its
    /// configuration has undetermined findings.
    #[serde(default)]
    pub(in crate::policy) needs_source: bool,
    /// Where the rule applies; everywhere, where this is not written.
    pub(in crate::policy) when: Option<At<ConditionDoc>>,
    /// What must hold. A rule has either this or `forbid`.
    pub(in crate::policy) require: Option<At<ConditionDoc>>,
    /// What must not hold. A rule has either this or `require`.
    pub(in crate::policy) forbid: Option<At<ConditionDoc>>,
    /// Where a violation is only advice, which never blocks; `{ all: [] }` is always.
    pub(in crate::policy) advice_when: Option<At<ConditionDoc>>,
    /// Where a violation that was there before this plan is a worse one after it; a lower protection level always is. Where
    /// that cannot be told, it counts as worse.
    pub(in crate::policy) worse_when: Option<At<ConditionDoc>>,
    /// What is said where a resource that there is once per account and Region is not in the plan.
    pub(in crate::policy) missing: Option<At<MissingDoc>>,
    /// What it does to the gate where the plan does not tell whether the rule is kept.
    #[schemars(extend("default" = "fail"))]
    #[serde(default)]
    pub(in crate::policy) on_undetermined: OnUndeterminedDoc,
    /// What is wrong with this resource, in a sentence or two, with placeholders (`{{address}}`, `{{value}}`, …; `{{value}}`
    /// and `{{key}}` bring their own backticks). Where it is not written, the address and the title.
    #[schemars(extend("minLength" = 1))]
    #[schemars(extend("examples" = ["`{{address}}` does not rotate its key material: `enable_key_rotation` is {{value}}."]))]
    pub(in crate::policy) message: Option<At<String>>,
    /// What it leads to, in a sentence or two.
    #[schemars(extend("minLength" = 1))]
    pub(in crate::policy) why: Option<At<String>>,
    /// How to mend it, as HCL, with placeholders.
    #[schemars(extend("minLength" = 1))]
    pub(in crate::policy) fix: Option<At<String>>,
    /// How to mend resources of some types, in the place of `fix`: `aws_glue_connection: |`, and the HCL. A pattern (`aws_db_*`)
    /// stands for several types; the first that fits counts.
    #[serde(default)]
    pub(in crate::policy) fixes: Entries<At<String>>,
    /// What the rule rests on: what a service does where nothing is set, what a value means. For readers; nothing is judged
    /// by it.
    #[serde(default)]
    pub(in crate::policy) facts: Vec<FactDoc>,
    /// The primary source, as an `https://` address.
    #[schemars(extend("pattern" = "^https://"))]
    #[schemars(extend("examples" = ["https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"]))]
    pub(in crate::policy) reference: Option<At<String>>,
}

/// How much a violation matters, from least to most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum SeverityDoc {
    /// Shown, and blocks nothing by default.
    Low,
    /// Blocks by default.
    #[default]
    Medium,
    /// Blocks by default.
    High,
    /// Blocks by default.
    Critical,
}

/// A severity that a violation has under a condition.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct SeverityCaseDoc {
    /// Where the violation has this severity.
    pub(in crate::policy) when: At<ConditionDoc>,
    /// The severity.
    pub(in crate::policy) severity: SeverityDoc,
}

/// What a rule says where a resource that there is once per account and Region is not in the plan: advice, once for the plan.
/// A plan that deletes that resource violates the rule's `require`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct MissingDoc {
    /// The resource types that would be under it.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) used_by: Vec<At<String>>,
    /// What is missing, in one line: the rule's own title says that the resource is there.
    pub(in crate::policy) title: At<String>,
    /// What to say, with placeholders; `{{what}}` counts the resources that would be under it.
    pub(in crate::policy) advice: At<String>,
    /// What the configuration's `accounts` may say instead: where it is `true` in that account and Region, nothing is
    /// missing.
    pub(in crate::policy) told_by: Option<FlagDoc>,
}

/// A fact that a rule rests on, and how it is known.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct FactDoc {
    /// The fact, in a sentence.
    #[schemars(extend("minLength" = 1))]
    #[schemars(extend("examples" = ["A listener without `ssl_policy` gets `ELBSecurityPolicy-2016-08`."]))]
    pub(in crate::policy) fact: At<String>,
    /// How it is known.
    pub(in crate::policy) basis: At<BasisDoc>,
    /// Where it is documented, as an `https://` address: with `basis: documented`, and only there.
    #[schemars(extend("pattern" = "^https://"))]
    pub(in crate::policy) reference: Option<At<String>>,
}

/// How a fact is known, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum BasisDoc {
    /// The page under `reference` says so.
    Documented,
    /// A plan of the provider shows it.
    Measured,
    /// The provider's schema says so.
    Schema,
    /// It is well known; nobody checked it again.
    GeneralKnowledge,
    /// Nobody checked it. A rule should then not call anything a violation because of it.
    Unverified,
}

/// What a rule that names no resource types looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum EachDoc {
    /// Each resource that holds data.
    Store,
    /// Each part of such a resource that is encrypted on its own: its storage, its backups, its managed secret.
    StorePart,
    /// Each KMS key, also those that the plan only reads.
    Key,
    /// Each waiver of the configuration.
    Waiver,
}

/// What an undetermined outcome does to the gate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum OnUndeterminedDoc {
    /// It breaks it: for rules where a pass is a promise.
    #[default]
    Fail,
    /// It is shown: for rules that look for something bad that may not be there.
    Warn,
}
