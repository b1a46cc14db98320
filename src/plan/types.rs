//! What is kept of a plan: typed, projected to the wanted attributes, nothing resolved yet.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use smallvec::SmallVec;

use super::pattern::TypePattern;
use super::tree::{Members, Tree};

/// Terraform's own block in a resource (`prevent_destroy`, `create_before_destroy`, …). No provider has an attribute of
/// this name.
pub const LIFECYCLE: &str = "lifecycle";

/// Names of attributes. They come from policies, so the hash needs no defence against a plan.
pub type Attributes = FxHashSet<String>;

/// The attributes to keep, by resource type; the reader skips every other attribute unread.
///
/// Resources of types that are not named are kept without values, so that they can be counted and named.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    types: FxHashMap<String, Attributes>,
    /// The attributes of all types that a pattern takes.
    patterns: Vec<(TypePattern, Attributes)>,
    /// Whether [`Plan::relevant`] is wanted.
    pub relevant: bool,
}

impl Wanted {
    /// Asks for the top-level attribute `attribute` of managed and data resources of type `resource_type`.
    pub fn want(&mut self, resource_type: &str, attribute: &str) {
        self.types
            .entry(resource_type.to_owned())
            .or_default()
            .insert(attribute.to_owned());
    }

    /// Asks for a top-level attribute of every type that a pattern takes.
    pub fn want_of(&mut self, pattern: &TypePattern, attribute: &str) {
        if let Some(resource_type) = pattern.exact() {
            return self.want(resource_type, attribute);
        }
        let there = self.patterns.iter_mut().find(|(one, _)| one == pattern);
        match there {
            Some((_, attributes)) => {
                attributes.insert(attribute.to_owned());
            }
            None => {
                let attributes = [attribute.to_owned()].into_iter().collect();
                self.patterns.push((pattern.clone(), attributes));
            }
        }
    }

    /// The top-level attributes wanted of `resource_type`, where any are.
    pub fn attributes(&self, resource_type: &str) -> Option<Cow<'_, Attributes>> {
        let named = self.types.get(resource_type);
        let mut patterns = self
            .patterns
            .iter()
            .filter(|(one, _)| one.takes(resource_type))
            .peekable();
        if patterns.peek().is_none() {
            return named.map(Cow::Borrowed);
        }
        let mut all = named.cloned().unwrap_or_default();
        all.extend(patterns.flat_map(|(_, attributes)| attributes.iter().cloned()));
        Some(Cow::Owned(all))
    }

    /// Those of the type itself, where no pattern asks for more of any type.
    pub(super) fn without_patterns(&self, resource_type: &str) -> Result<Option<&Attributes>, HasPatterns> {
        match self.patterns.is_empty() {
            true => Ok(self.types.get(resource_type)),
            false => Err(HasPatterns),
        }
    }
}

/// What is wanted of a type must be put together from patterns.
#[derive(Debug, Clone, Copy)]
pub(super) struct HasPatterns;

/// One plan document.
#[derive(Debug, Clone)]
pub struct Plan {
    /// As written: `"1.2"`.
    pub format_version: String,
    /// As written; some producers leave it out.
    pub terraform_version: Option<String>,
    /// Why the plan does not hold every configured resource; `None` where it does.
    pub partial: Option<String>,
    /// False where no change carries `before_sensitive` or `after_sensitive` (Terraform before 0.15).
    pub has_sensitivity_marks: bool,
    /// `resource_changes`: managed and data resources of every type.
    pub changes: Vec<ResourceChange>,
    /// Data resources read during planning (`prior_state`), of wanted types.
    pub prior_data: Vec<PriorData>,
    /// The configuration, where the document holds it.
    pub configuration: Option<Configuration>,
    /// Root variables with their values. Never printed.
    pub variables: BTreeMap<String, Value>,
    /// `relevant_attributes`: the addresses of resources, some of them without instance keys, whose attributes the planned
    /// changes need. `None` where the plan does not tell, or where it is not wanted.
    pub relevant: Option<Vec<String>>,
    /// Oddities that do not stop a judgement, each a sentence for a person.
    pub notes: Vec<String>,
}

/// Managed, or data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// `resource` blocks.
    Managed,
    /// `data` blocks.
    Data,
}

/// An instance key: a number for `count`, a string for `for_each`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Index {
    /// `count.index`.
    Number(u64),
    /// `each.key`, raw (no template escapes).
    Text(String),
}

impl Index {
    /// Whether an index leads to the same instance: Terraform takes `[0]` for `["0"]`, and the other way round.
    #[must_use]
    pub fn leads_to(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(number), Self::Text(text)) | (Self::Text(text), Self::Number(number)) => {
                *text == number.to_string()
            }
            _ => self == other,
        }
    }
}

/// What Terraform will do; the words of the plan format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// `no-op`
    NoOp,
    /// `create`
    Create,
    /// `read`
    Read,
    /// `update`
    Update,
    /// `delete`
    Delete,
    /// `forget`
    Forget,
    /// `open` (ephemeral resources)
    Open,
}

/// The actions of one change; Terraform knows no more than two at once.
pub type ActionList = SmallVec<[Action; 2]>;

/// One entry of `resource_changes`.
#[derive(Debug, Clone)]
pub struct ResourceChange {
    /// The full address, as written.
    pub address: String,
    /// The module instance, as written: `module.a["x"].module.b`.
    pub module_address: Option<Arc<str>>,
    /// Managed or data.
    pub mode: Mode,
    /// `aws_s3_bucket`.
    pub resource_type: Arc<str>,
    /// The name in the configuration.
    pub name: CompactString,
    /// The instance key.
    pub index: Option<Index>,
    /// `registry.terraform.io/hashicorp/aws`; missing in some documents.
    pub provider_name: Option<Arc<str>>,
    /// The deposed object's id, where this is one.
    pub deposed: Option<Box<str>>,
    /// The address before a move.
    pub previous_address: Option<Box<str>>,
    /// Why Terraform chose these actions.
    pub action_reason: Option<Box<str>>,
    /// Never empty.
    pub actions: ActionList,
    /// Whether the resource is being imported.
    pub importing: bool,
    /// Paths that force replacement, as JSONPath strings: `$.storage_encrypted`.
    pub replace_paths: Vec<String>,
    /// Values before; `None` where there was no object.
    pub before: Option<Values>,
    /// Values after; `None` where there will be no object.
    pub after: Option<Values>,
}

/// One side's values, projected to the wanted attributes (empty for other types).
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// `before` or `after`: top-level attribute → value. An unknown attribute is missing here.
    pub known: Members<Tree>,
    /// `after_unknown`: its `true` leaves, and what leads to them; empty for `before`.
    pub unknown: Members<Tree>,
    /// `before_sensitive` or `after_sensitive`: `true` leaves, and what leads to them; [`Tree::Bool`]`(true)` where the
    /// whole object is marked, [`Tree::Null`] where nothing is.
    pub sensitive: Tree,
}

/// A data resource that was read during planning.
#[derive(Debug, Clone)]
pub struct PriorData {
    /// The full address, as written: `module.a.data.aws_kms_key.x[0]`.
    pub address: String,
    /// The module instance, as written; taken from the enclosing `child_modules` entry.
    pub module_address: Option<String>,
    /// `aws_kms_key`.
    pub resource_type: String,
    /// The name in the configuration.
    pub name: String,
    /// The instance key.
    pub index: Option<Index>,
    /// Values, projected to the wanted attributes.
    pub values: Values,
}

/// `configuration`.
#[derive(Debug, Clone, Default)]
pub struct Configuration {
    /// `provider_config`: key → what planseal needs of it.
    pub providers: Members<ProviderConfig>,
    /// The root module.
    pub root: ConfigModule,
}

/// One provider configuration. Its constants are never kept: they may be credentials.
#[derive(Debug, Clone, Default)]
pub struct ProviderConfig {
    /// `aws`.
    pub name: Option<String>,
    /// Whether it has a `default_tags` block.
    pub has_default_tags: bool,
    /// Whether it stands for what a nested module is handed: no block of its own. Which configuration that is, the document
    /// does not say.
    pub inherited: bool,
}

/// One module of the configuration.
#[derive(Debug, Clone, Default)]
pub struct ConfigModule {
    /// Managed and data resources, without instance keys; sorted by mode, type and name.
    pub resources: Vec<ConfigResource>,
    /// Calls by name.
    pub calls: Members<ModuleCall>,
    /// Output expressions by name.
    pub outputs: Members<Expression>,
    /// Variable defaults by name (`None`: no default).
    pub variables: Members<Option<Value>>,
}

impl ConfigModule {
    /// The block of a resource.
    pub fn resource(&self, mode: Mode, resource_type: &str, name: &str) -> Option<&ConfigResource> {
        let wanted = (mode, resource_type, name);
        let found = self.resources.binary_search_by(|block| block.key().cmp(&wanted)).ok()?;
        self.resources.get(found)
    }
}

/// A resource block.
#[derive(Debug, Clone)]
pub struct ConfigResource {
    /// Managed or data.
    pub mode: Mode,
    /// `aws_s3_bucket`.
    pub resource_type: Arc<str>,
    /// The block's name.
    pub name: CompactString,
    /// `aws`, `aws.use1`, `module.p.module.kms:aws`.
    pub provider_config_key: Option<Arc<str>>,
    /// Expressions of the wanted attributes; an argument that is not written is missing.
    pub expressions: Members<ExpressionNode>,
    /// `count`.
    pub count: Option<Box<Expression>>,
    /// `for_each`.
    pub for_each: Option<Box<Expression>>,
}

impl ConfigResource {
    /// What tells the blocks of a module apart.
    pub(super) fn key(&self) -> (Mode, &str, &str) {
        (self.mode, &self.resource_type, &self.name)
    }
}

/// A module block.
#[derive(Debug, Clone, Default)]
pub struct ModuleCall {
    /// The arguments; all are kept.
    pub expressions: Members<ExpressionNode>,
    /// `count`.
    pub count: Option<Box<Expression>>,
    /// `for_each`.
    pub for_each: Option<Box<Expression>>,
    /// The called module.
    pub module: ConfigModule,
}

/// An argument's or a block's expressions.
#[derive(Debug, Clone)]
pub enum ExpressionNode {
    /// `attribute = …`
    Expression(Expression),
    /// Nested blocks in source order (lists and sets; static blocks only, `dynamic` ones are not in a plan).
    Blocks(Vec<Members<ExpressionNode>>),
    /// A nested block that can occur once (nesting mode single), or a map of blocks.
    Block(Members<ExpressionNode>),
}

/// One expression as the plan tells it: no operators, no literals inside.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expression {
    /// `constant_value`. `Some(Value::Null)` where the argument is set to null.
    pub constant: Option<Box<Value>>,
    /// `references`, unwrapped: the ever shorter forms that follow each reference are dropped. A reference that the
    /// expression mentions twice stands here twice.
    pub references: Vec<String>,
}
