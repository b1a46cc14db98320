//! Conditions.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::lists::ListOf;
use crate::policy::level::Level;
use crate::policy::schema::tables::PropertyDoc;
use crate::policy::yaml::{At, WordOr};

/// The keys of a condition that are its subject; all others are operators of `path`.
pub(in crate::policy) const SUBJECTS: [&str; 20] = [
    "path",
    "range",
    "type",
    "all",
    "any",
    "not",
    "category",
    "level",
    "key",
    "users",
    "place",
    "companion",
    "source",
    "destroyed",
    "replaced_by_encryption",
    "actions",
    "before",
    "configures",
    "waiver",
    "untold",
];

/// A condition: exactly one subject, and the operators that go with it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub(in crate::policy) struct ConditionDoc {
    /// Every one of these conditions holds. Of an empty list that is always so.
    pub(in crate::policy) all: Option<Vec<At<ConditionDoc>>>,
    /// At least one of these conditions holds. Of an empty list that is never so.
    pub(in crate::policy) any: Option<Vec<At<ConditionDoc>>>,
    /// The opposite of this condition.
    pub(in crate::policy) not: Option<Box<At<ConditionDoc>>>,
    /// An attribute of the resource, as a JSONPath: `$.a.b[*].c`. Blocks are lists, so a block's attribute is
    /// `$.block[*].attribute`. Inside `where` and `source`, `$` is the node or block. What is asked of it stands beside
    /// it. `$.lifecycle.prevent_destroy`, `$.lifecycle.create_before_destroy` and `$.lifecycle.ignore_changes[*]` ask
    /// for Terraform's own arguments, which can be told from the configuration only (`--source`, `--planfile`);
    /// what is not written there is not set, before and after alike.
    #[schemars(extend("pattern" = "^[$]"))]
    #[schemars(extend("examples" = ["$.kms_key_id", "$.rule[*].bucket_key_enabled"]))]
    pub(in crate::policy) path: Option<At<String>>,
    /// Whether a range of numbers holds at least one of several, as a security group's ports do: `from` and `to` are the
    /// attributes of its ends. Where an end is not set or is no number, there is no range, and it does not hold.
    pub(in crate::policy) range: Option<At<RangeTestDoc>>,
    /// The type of the resource is this one, or one of these: for rules about several types of which not all are alike.
    /// Patterns may stand there, as in `resources`: `aws_db_*`.
    #[serde(rename = "type")]
    #[schemars(extend("anyOf" = [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }]))]
    pub(in crate::policy) resource_type: Option<At<WordOr<Vec<At<String>>>>>,
    /// The data category: of a store or a key its own, of a resource that configures a store that of the store, of any other
    /// what its tags or else its type say. All that is asked must hold.
    pub(in crate::policy) category: Option<At<CategoryTestDoc>>,
    /// The part's protection level: `none` < `aws-owned` < `aws-managed` < `cmk`. Asks one thing.
    pub(in crate::policy) level: Option<At<LevelTestDoc>>,
    /// What holds of the customer managed keys that protect the part, in rules with `each: store-part`.
    pub(in crate::policy) key: Option<At<KeyTestDoc>>,
    /// What holds of the stores that the key protects, in rules with `each: key`.
    pub(in crate::policy) users: Option<At<UsersTestDoc>>,
    /// Where the key stands in the key hierarchy, in rules with `each: key`. A key is recognised by its data category and by its
    /// aliases; a copy in another Region also by those of the key that it is a copy of. All that is asked must hold.
    pub(in crate::policy) place: Option<At<PlaceTestDoc>>,
    /// Whether other resources configure this one: those that name it in an attribute of theirs, as a bucket policy names its
    /// bucket. One that this plan deletes is not there after it.
    ///
    /// A word is the id of a companion in the catalog's entry of the resource type, and asks whether there is one; in a rule
    /// also whether there was before this plan, for what AWS shows is then still its copy.
    pub(in crate::policy) companion: Option<At<WordOr<RelationDoc>>>,
    /// What holds of other resources that this one names in an attribute of its own, as a listener names its load balancer:
    /// the other direction of `companion`. What stands outside the plan shows no attributes, so `where` of it is
    /// undetermined.
    pub(in crate::policy) configures: Option<At<RelationDoc>>,
    /// What holds in the resource or block that decides the part's level; paths start there. Where nothing that is
    /// written decides, a `when` does not hold and a `require` does.
    pub(in crate::policy) source: Option<Box<At<ConditionDoc>>>,
    /// Whether the key goes away (deleted, replaced, scheduled for deletion or disabled), and what becomes of the
    /// stores that use it: any of these.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) destroyed: Option<Vec<DestructionDoc>>,
    /// What has become of the waiver, in a rule with `each: waiver`: `expired` (its last day has passed) or `unmatched` (it holds,
    /// and no finding is one that it is about).
    pub(in crate::policy) waiver: Option<At<WaiverStateDoc>>,
    /// Whether this plan does one of these to the object. A rule whose `when`, `require` or `forbid` asks this is not
    /// judged on the state before the plan, so what it finds is always introduced by the plan; one that asks for `delete`
    /// or `forget` is judged on objects that go away so, too, with the values that they had.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) actions: Option<At<Vec<ActionDoc>>>,
    /// What held before this plan, in the same words; where nothing stood before, it did not hold. `all: [{ before: A }, B]`
    /// asks what became of A. Of the state before the plan itself, it is what holds there.
    pub(in crate::policy) before: Option<Box<At<ConditionDoc>>>,
    /// Whether this plan replaces the store because an attribute about the part's encryption changes that is fixed at
    /// creation.
    pub(in crate::policy) replaced_by_encryption: Option<At<bool>>,
    /// What no plan shows: it can never be told, and the report says why and what would settle it. Beside other conditions in
    /// `all` and `any`, for values whose meaning nobody knows.
    pub(in crate::policy) untold: Option<At<UntoldDoc>>,
    // Operators of `path`.
    /// The value is this one. Booleans and numbers equal their spelling as strings (`"true"`).
    pub(in crate::policy) equals: Option<At<Value>>,
    /// The value is one of these.
    #[serde(rename = "in")]
    pub(in crate::policy) one_of: Option<At<ListOf<Value>>>,
    /// All the values that the rule knows: whether another one passes cannot be told. What a service offers one day is then
    /// taken neither for good nor for bad. Goes with `in`.
    pub(in crate::policy) among: Option<At<ListOf<Value>>>,
    /// The value is a number, and not less than this.
    pub(in crate::policy) at_least: Option<At<f64>>,
    /// The value is a number, and not more than this.
    pub(in crate::policy) at_most: Option<At<f64>>,
    /// The value is a date, and no fewer than so many days after today (UTC; `--today` gives another one): `2026-06-30`, or a
    /// time as `2026-06-30T12:00:00Z`. What is set and no date is undetermined. `0` asks whether it has not passed.
    pub(in crate::policy) days_ahead: Option<At<i32>>,
    /// The value is a pattern with `*` and `?`, as in IAM policies, that matches at least one of these
    /// names, in upper or lower case.
    #[schemars(extend("examples" = [["kms:Decrypt"]]))]
    pub(in crate::policy) covers: Option<At<ListOf<String>>>,
    /// Some part of the value is matched by this regular expression: `^prod-[a-z]+$`. Numbers and booleans count as they
    /// are spelt; where nothing is set, it does not match. The syntax is that of Rust's crate `regex` (no look-around, no
    /// back references), and letters of either case are different unless it begins with `(?i)`.
    pub(in crate::policy) matches: Option<At<String>>,
    /// Whether it is set: neither absent, nor null, nor the empty string.
    pub(in crate::policy) set: Option<At<bool>>,
    /// Whether the value is less than before this plan: a number, or its place in `order`. What was not
    /// there before, or stays as it is, is not lowered; a value outside the order is undetermined. Stands alone, but
    /// for `order` and `unset_means`.
    pub(in crate::policy) lowered: Option<At<bool>>,
    /// Whether the value differs from that before this plan, in one of the nodes that the path selects. Where the object
    /// does not stand on both sides, it does not; the object that takes the place of another is compared with that.
    /// `unset_means` goes with it: writing what holds anyway changes nothing.
    pub(in crate::policy) changed: Option<At<bool>>,
    /// The values that `lowered` compares, the least first; those that are worth the same stand in a list of their own.
    #[schemars(extend("minItems" = 2))]
    #[schemars(extend("examples" = [["TLSv1", ["TLSv1_2016", "TLSv1.1_2016"], "TLSv1.2_2021"]]))]
    pub(in crate::policy) order: Option<At<Vec<At<Value>>>>,
    /// Whether the author's configuration sets it, instead of AWS reporting it. Stands alone.
    pub(in crate::policy) written: Option<At<bool>>,
    /// The text of the attribute is a document, and is read before `where` is asked of it. `json` is read as it is written;
    /// an `iam-policy` in one shape, however it is written: `$.Statement[*]` with `Effect`, lists under `Action`, `NotAction`,
    /// `Resource`, `NotResource`, lists under `Principal.AWS`, `Principal.Service`, … (`"*"` is `Principal.AWS: ["*"]`), and
    /// `Condition` as a list of `operator`, `key` (lower case) and `values`. A `certificate` is one or more X.509 certificates in
    /// PEM: `$.certificates[*]`, that of the server first where it stands before its chain, each with `subject` and `issuer` (as
    /// text: `CN=example.com, O=Example`), `self_signed` (whether they are the same), `is_ca`, `not_before` and `not_after` (days:
    /// `2026-06-30`), `key_algorithm` (`RSA`, `EC`, `Ed25519`, …), `key_bits`, `curve` (`P-256`, …; of `EC` alone),
    /// `signature_algorithm` (`sha256WithRSAEncryption`, …) and `signature_hash` (`SHA-256`, …). Other blocks of PEM are left out.
    /// A text that is no such document makes the condition undetermined.
    pub(in crate::policy) read_as: Option<At<FormatDoc>>,
    /// What holds inside each node that the path selects (with `read_as`: inside the document); paths start
    /// there. Wants `for`.
    #[serde(rename = "where")]
    pub(in crate::policy) inner: Option<Box<At<ConditionDoc>>>,
    /// The value that holds where nothing is set: the default of AWS or of the provider. Without it, a test
    /// of what is not set is false.
    pub(in crate::policy) unset_means: Option<At<Value>>,
    /// The value that counts where it is known only after apply, instead of leaving the answer untold. It belongs inside `where`:
    /// for parts of a document that are made of resources of the same plan, as the ARNs in a policy are, where the rest of
    /// the document says what matters. What passes by it is not proven.
    pub(in crate::policy) unknown_means: Option<At<Value>>,
    /// How many of the selected nodes must pass: `any` (at least one) or `every` (each of them). Of no node at all, `any` does
    /// not hold and `every` does. Needed where the path may select several nodes or none, that
    /// is, everything but names and positions from the start.
    #[serde(rename = "for")]
    pub(in crate::policy) quantifier: Option<At<QuantifierDoc>>,
    /// How many of the selected nodes pass, instead of `for`: in numbers. Goes with `where`, too.
    pub(in crate::policy) count: Option<At<CountDoc>>,
}

/// A range of numbers, and those that are looked for in it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct RangeTestDoc {
    /// The attribute that holds the first number of the range, as a JSONPath: `$.from_port`. In `where` of a block it starts in
    /// the block.
    #[schemars(extend("pattern" = "^[$]"))]
    pub(in crate::policy) from: At<String>,
    /// The attribute that holds the last number, which belongs to the range: `$.to_port`.
    #[schemars(extend("pattern" = "^[$]"))]
    pub(in crate::policy) to: At<String>,
    /// The numbers, or the name of a list of numbers: at least one of them must lie in the range.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) holds: At<ListOf<Value>>,
}

/// What a plan does to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum ActionDoc {
    /// Makes it where none was.
    Create,
    /// Changes it in place.
    Update,
    /// Makes another one in its place.
    Replace,
    /// Deletes it, and puts none in its place. Deposed objects are deleted, too.
    Delete,
    /// Stops managing it, and leaves it as it is.
    Forget,
    /// Leaves it alone.
    NoOp,
}

/// What the text of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum FormatDoc {
    /// JSON, as it is written.
    Json,
    /// An IAM policy, in one shape however it is written.
    IamPolicy,
    /// X.509 certificates in PEM, under `$.certificates[*]`.
    Certificate,
}

/// Why something can never be told from a plan, and what would settle it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct UntoldDoc {
    /// Why, in a clause without a full stop: `the default of this engine is not documented`.
    #[schemars(extend("minLength" = 1))]
    pub(in crate::policy) because: At<String>,
    /// What the author can do, in the imperative: `set the parameter in a group of your own`.
    #[schemars(extend("minLength" = 1))]
    pub(in crate::policy) settle: At<String>,
}

/// Bounds of how many pass: one of them or both.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("minProperties" = 1))]
pub(in crate::policy) struct CountDoc {
    /// No fewer pass. Without it: any number from 0 on.
    pub(in crate::policy) at_least: Option<usize>,
    /// No more pass. Without it: any number.
    pub(in crate::policy) at_most: Option<usize>,
}

/// How many of several must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum QuantifierDoc {
    /// Each of them; so also where there is none.
    Every,
    /// One is enough.
    Any,
}

/// A test of a data category; all that is asked must hold.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("minProperties" = 1))]
pub(in crate::policy) struct CategoryTestDoc {
    /// It is one of these categories.
    #[schemars(extend("minItems" = 1))]
    #[schemars(extend("examples" = [["pii", "health"]]))]
    pub(in crate::policy) is: Option<Vec<At<String>>>,
    /// Whether it is sensitive: whether its minimum is `cmk`.
    pub(in crate::policy) sensitive: Option<bool>,
    /// Every protection that is recommended for it asks for this property of the key.
    pub(in crate::policy) recommends: Option<PropertyDoc>,
    /// It was found in one of these ways.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) evidence: Option<Vec<EvidenceDoc>>,
    /// It was found in one of these ways on this side of the plan alone, whatever the stricter category of the other
    /// side is.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) own_evidence: Option<Vec<EvidenceDoc>>,
    /// Whether this plan removes or lowers an explicit category.
    pub(in crate::policy) lowered: Option<bool>,
    /// Whether this plan takes away what showed, without a tag, that the store needs more.
    pub(in crate::policy) requirement_lowered: Option<bool>,
    /// Whether tags name different categories.
    pub(in crate::policy) conflicting: Option<bool>,
    /// Whether the configuration's `classification.strict` is on.
    pub(in crate::policy) strict: Option<bool>,
}

/// How a category was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum EvidenceDoc {
    /// By a tag or an address pattern.
    Explicit,
    /// By the resource type, without doubt.
    Certain,
    /// By the resource type, as a rule.
    Assumed,
    /// From the category of the key that protects it.
    Inferred,
    /// Not at all.
    Unclassified,
}

/// A test of a protection level; asks one thing.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
pub(in crate::policy) struct LevelTestDoc {
    /// It is not below this: a level, or `minimum` or `recommended`, which the data-category table gives for the
    /// store's category.
    #[schemars(extend("enum" = ["minimum", "recommended", "none", "aws-owned", "aws-managed", "cmk"]))]
    pub(in crate::policy) at_least: Option<At<String>>,
    /// It is exactly this.
    pub(in crate::policy) equals: Option<Level>,
    /// Whether it is less than before this plan.
    pub(in crate::policy) lowered: Option<bool>,
}

/// Other resources that belong to the one that the rule looks at, and what must hold of them.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct RelationDoc {
    /// The type of the other resources, or a list of types: `aws_s3_bucket_policy`. Resources alone, no data sources.
    #[serde(rename = "type")]
    #[schemars(extend("anyOf" = [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }]))]
    pub(in crate::policy) resource_type: At<WordOr<Vec<At<String>>>>,
    /// The attribute that names the other side, as a JSONPath: in `companion` an attribute of the others (`$.bucket`), in
    /// `configures` one of this resource (`$.load_balancer_arn`). Of several nodes (`$.security_groups[*]`) each names one.
    #[schemars(extend("pattern" = "^[$]"))]
    pub(in crate::policy) join: At<String>,
    /// The attributes by whose value the other side may be named: in `companion` attributes of this resource, in `configures`
    /// of the others. A reference to an attribute that is known only after apply is followed to its resource whatever this says.
    /// Default: `[$.id, $.arn, $.name]`, and the names that the catalog knows of such a store.
    #[schemars(extend("items" = { "type": "string", "pattern": "^[$]" }))]
    pub(in crate::policy) to: Option<Vec<At<String>>>,
    /// What must hold in the other resource; paths start there. Without it, being there is enough. `companion` and `configures`
    /// in it go on to the resources that belong to that one, three steps in all: from a rule of a security group to the group,
    /// to a load balancer in it, and to its listeners.
    #[serde(rename = "where")]
    pub(in crate::policy) inner: Option<Box<At<ConditionDoc>>>,
    /// How many of the others must pass: `any` (the default: there is one that passes) or `every` (which holds where there is
    /// none). One of which the plan does not tell whether it belongs here makes the answer undetermined, where it matters.
    #[serde(rename = "for")]
    pub(in crate::policy) quantifier: Option<At<QuantifierDoc>>,
    /// In the place of `for`: how many of the others pass `where` (or are there).
    pub(in crate::policy) count: Option<At<CountDoc>>,
    /// Whether the values of `to` are there once in all accounts and Regions, as the names of buckets are. Default: false: a name
    /// means the resource under the same provider configuration. An ARN is always unique.
    #[serde(default)]
    pub(in crate::policy) unique: bool,
    /// Whether AWS keeps one such setting for each resource, as it keeps one policy for each bucket: then deleting any of the
    /// companions takes the setting away, and of several nobody knows which is written last. For `companion`. Default: false.
    pub(in crate::policy) single: Option<At<bool>>,
    /// Whether what is named and stands outside the plan is none of them, as where only a resource of this plan has a finding of
    /// its own; with `for: every`, all that is named must be in the plan. For `configures`. Default: false: what is outside is there,
    /// and may be anything.
    pub(in crate::policy) managed: Option<At<bool>>,
}

/// About the customer managed keys that protect a part of a store; all that is asked must hold of the same key. Where no
/// customer managed key protects it, there is nothing to ask: require a `level` for that.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("anyOf" = [{ "required": ["same_category"] }, { "required": ["in_its_place"] }, { "required": ["in_plan"] }, { "required": ["has"] }, { "required": ["where"] }]))]
pub(in crate::policy) struct KeyTestDoc {
    /// Whether the key is for the store's data category. A key without a category of its own is for all.
    pub(in crate::policy) same_category: Option<bool>,
    /// Whether the key is the one of the key hierarchy that the data belongs under: that of its store type or of its category. A
    /// key that nothing recognises is for all.
    pub(in crate::policy) in_its_place: Option<bool>,
    /// Whether this plan manages the key, instead of reading it or naming one that stands outside.
    pub(in crate::policy) in_plan: Option<bool>,
    /// Properties that the key must have, all of them: `key-policy` (a policy of its own), `byok` (imported material), `hsm`
    /// (material in an HSM of yours). Of a key outside the plan, `known_keys` in planseal's configuration tells.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) has: Option<At<Vec<PropertyDoc>>>,
    /// What must hold in the key's resource (`$.enable_key_rotation`); paths start there. Undetermined of a key that this plan
    /// does not manage.
    #[serde(rename = "where")]
    pub(in crate::policy) inner: Option<Box<At<ConditionDoc>>>,
    /// How many of the keys must pass: `every` (the default, which holds where there is none) or `any`.
    #[serde(rename = "for")]
    pub(in crate::policy) quantifier: Option<At<QuantifierDoc>>,
}

/// About the stores that a key protects; all that is asked must hold. A key that only protects a managed credential of a
/// store has no users by that.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("anyOf" = [{ "required": ["sensitive_categories"] }, { "required": ["recommend"] }, { "required": ["where"] }, { "required": ["count"] }]))]
pub(in crate::policy) struct UsersTestDoc {
    /// Of how many explicit sensitive data categories (tags and address patterns, not assumed ones) they may hold data.
    /// A store whose key cannot be told counts for none: the rules about its level speak of it.
    pub(in crate::policy) sensitive_categories: Option<At<AtMostDoc>>,
    /// One of them holds data of a category of which every protection that is recommended asks for this property of the key. A
    /// store whose key cannot be told counts for none.
    pub(in crate::policy) recommend: Option<PropertyDoc>,
    /// What must hold in the store; paths start there. A store whose key cannot be told
    /// (a local value, a function) may be under any key.
    #[serde(rename = "where")]
    pub(in crate::policy) inner: Option<Box<At<ConditionDoc>>>,
    /// How many of the stores must pass `where`: `any`, or `every` (which holds where there is none).
    #[serde(rename = "for")]
    pub(in crate::policy) quantifier: Option<At<QuantifierDoc>>,
    /// In the place of `for`: how many stores pass `where`. Without `where`: how many stores there are. A store whose key
    /// cannot be told (a local value, a function) may be under any key.
    pub(in crate::policy) count: Option<At<CountDoc>>,
}

/// Where a key stands in the key hierarchy; all that is asked must hold.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(extend("anyOf" = [{ "required": ["known"] }, { "required": ["count"] }]))]
pub(in crate::policy) struct PlaceTestDoc {
    /// Whether anything says what the key is for: a tag, an alias of the hierarchy, the configuration.
    pub(in crate::policy) known: Option<bool>,
    /// How many keys of this plan stand in the same place, this one among them: those that are for the same part of the hierarchy,
    /// under the same provider configuration, and pass `where`. Where some of them are in use here (they protect stores of this
    /// plan for certain, or have an alias in it), those that are not do not count. 0 where this key itself does not count.
    pub(in crate::policy) count: Option<At<CountDoc>>,
    /// Which keys `count` counts; paths start in the key's resource.
    #[serde(rename = "where")]
    pub(in crate::policy) inner: Option<Box<At<ConditionDoc>>>,
}

/// An upper bound.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct AtMostDoc {
    /// No more than so many.
    pub(in crate::policy) at_most: usize,
}

/// What becomes of the users of a key that goes away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum DestructionDoc {
    /// A store of this plan used it before, and stays.
    InUse,
    /// No store of this plan used it.
    Unused,
    /// Every store of this plan that used it goes away too.
    WithUsers,
}

/// What has become of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::policy) enum WaiverStateDoc {
    /// Its last day has passed.
    Expired,
    /// It holds, and no finding of the plans is one that it is about.
    Unmatched,
}
