//! The catalog: how each resource type's protection level and key are read.

use std::collections::{BTreeMap, BTreeSet};

use super::account::{DefaultKey, Flag};
use super::category::KeyProperty;
use super::condition::Condition;
use super::level::Level;
use super::template::Template;
use crate::model::path::Path;
use crate::model::resolve::Mirrors;
use crate::plan::Mode;

/// Everything that the catalog files say.
#[derive(Debug, Clone, Default)]
pub struct Catalog {
    /// Stores by resource type.
    pub stores: BTreeMap<String, Store>,
    /// What shows how others are encrypted, and is not judged itself, by mode and type.
    pub originals: BTreeMap<(Mode, String), Store>,
    /// Keys by mode and resource type.
    pub keys: BTreeMap<(Mode, String), KeyType>,
    /// Names of keys by mode and resource type.
    pub aliases: BTreeMap<(Mode, String), Alias>,
    /// Account-wide settings by id.
    pub settings: BTreeMap<String, Setting>,
    /// Attributes that only repeat others.
    pub mirrors: Mirrors,
    /// Resource types that make policies, by mode and type.
    pub documents: BTreeMap<(Mode, String), DocumentSource>,
    /// Attributes that expressions are often made of, by resource type: the reader keeps them.
    pub values: BTreeMap<String, Vec<Path>>,
    /// Resource types that hold data at rest and have no entry.
    pub without_entry: BTreeSet<String>,
}

impl Catalog {
    /// The entry of what may be the source of a copy: a store, or what only shows how others are encrypted.
    pub fn original(&self, mode: Mode, resource_type: &str) -> Option<&Store> {
        let store = self.stores.get(resource_type).filter(|_| mode == Mode::Managed);
        store.or_else(|| self.originals.get(&(mode, resource_type.to_owned())))
    }
}

/// A resource type that holds data at rest.
#[derive(Debug, Clone, Default)]
pub struct Store {
    /// What a person calls it.
    pub title: String,
    /// The attributes by which copies name it.
    pub names: Vec<Path>,
    /// The attributes that name the store of which this one is a copy or a part.
    pub category_from: Vec<Path>,
    /// The types of the stores that it may be a copy or a part of; empty: its own.
    pub source_types: Vec<String>,
    /// What goes with the old one where it is replaced.
    pub lost: Option<String>,
    /// How to keep that, in the imperative.
    pub keep: Option<String>,
    /// The resources that configure it, by id.
    pub companions: BTreeMap<String, Companion>,
    /// Its parts, in the order of the file.
    pub parts: Vec<Part>,
    /// Where the facts come from.
    pub reference: String,
}

impl Store {
    /// Whether it holds data of its own: one with secondary parts alone belongs to another store.
    pub fn has_storage(&self) -> bool {
        self.parts.iter().any(|part| part.kind == PartKind::Storage)
    }
}

/// A resource that configures a store or a key.
#[derive(Debug, Clone)]
pub struct Companion {
    /// Its type.
    pub resource_type: String,
    /// The companion's attribute that names what it configures.
    pub join: Path,
    /// The attributes by which it may name it.
    pub to: Vec<Path>,
    /// Whether such a name is there once in all accounts and Regions.
    pub unique: bool,
    /// The category that it gives the store by writing to it; such a companion does not configure the store.
    pub category: Option<String>,
}

/// A part of a store, with a key of its own.
#[derive(Debug, Clone)]
pub struct Part {
    /// `storage`, `performance-insights`, …
    pub id: String,
    /// What a person calls it.
    pub title: String,
    /// What it holds.
    pub kind: PartKind,
    /// Where the part is there at all.
    pub when: Option<Condition>,
    /// The store's attributes about encryption that make Terraform replace it.
    pub fixed_at_creation: Vec<Path>,
    /// Where its level is read; the first source that is there decides.
    pub sources: Vec<PartSource>,
    /// What holds where no source is there; without it the part is then not there either.
    pub otherwise: Option<Grant>,
    /// HCL that gives the part a customer managed key.
    pub fix: Template,
}

/// What a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// The store's data.
    Storage,
    /// Some of the store's data.
    Secondary,
    /// A managed credential.
    Credential,
}

/// One place where a part's level is read.
#[derive(Debug, Clone)]
pub struct PartSource {
    /// The companion that holds it; `None`: the store itself.
    pub companion: Option<String>,
    /// The blocks that hold it; the cases' paths start in each of them. `None`: the resource itself.
    pub each: Option<Path>,
    /// Which of the blocks count; all, where there is none.
    pub only: Option<Condition>,
    /// Whether the provider computes the blocks where they are not written: unknown as a whole, they count as not set.
    pub computed: bool,
    /// Whether this place counts only where no companion existed before (a computed copy of a companion's setting).
    pub unless_companion_before: bool,
    /// The first case that holds decides.
    pub cases: Vec<Case>,
}

impl PartSource {
    /// The type of the resource that holds it, in the entry of a store type.
    pub fn holder<'a>(&self, store_type: &'a str, store: &'a Store) -> &'a str {
        self.companion
            .as_ref()
            .and_then(|id| store.companions.get(id))
            .map_or(store_type, |companion| &companion.resource_type)
    }
}

/// What is granted where a condition holds.
#[derive(Debug, Clone)]
pub struct Case {
    /// Always, where there is none.
    pub when: Option<Condition>,
    /// What is granted.
    pub grant: Grant,
}

/// How a level comes about.
#[derive(Debug, Clone)]
pub enum Grant {
    /// This level.
    Level {
        /// The level.
        level: Level,
        /// Why, in a sentence.
        because: String,
    },
    /// The level of the key that an attribute names.
    Key(KeyAttribute),
    /// What the first of these cases that holds grants.
    Cases(Vec<Case>),
    /// What an account-wide setting gives.
    Setting(String),
    /// The level of the store that an attribute names, where it is in the plan; otherwise one of these.
    SameAs {
        /// The attribute.
        path: Path,
        /// Whether the path starts in the resource, also where the case is about a block.
        of_resource: bool,
        /// What holds where that store is not encrypted; without it, then this one is not either.
        where_none: Option<Box<Grant>>,
        /// What could be where the other store is not in the plan.
        otherwise: CouldBe,
    },
    /// Nobody can tell from a plan.
    Undetermined(CouldBe),
}

impl Grant {
    /// Every path that starts in the resource, whatever the case is about.
    pub fn for_each_of_resource(&self, visit: &mut impl FnMut(&Path)) {
        match self {
            Self::Key(key) => key.unset.for_each_of_resource(visit),
            Self::Cases(cases) => {
                for case in cases {
                    case.grant.for_each_of_resource(visit);
                }
            }
            Self::SameAs {
                path,
                of_resource,
                where_none,
                ..
            } => {
                if *of_resource {
                    visit(path);
                }
                if let Some(grant) = where_none {
                    grant.for_each_of_resource(visit);
                }
            }
            Self::Level { .. } | Self::Setting(_) | Self::Undetermined(_) => {}
        }
    }
}

/// What could be where nobody can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouldBe {
    /// The possible levels.
    pub levels: Vec<Level>,
    /// Why it cannot be told.
    pub because: String,
    /// What would settle it.
    pub settle: String,
}

/// An attribute that names a key.
#[derive(Debug, Clone)]
pub struct KeyAttribute {
    /// The attribute.
    pub path: Path,
    /// Whether only an ARN is accepted: then a key id in the expression means that the ARN is built from parts.
    pub arn_only: bool,
    /// Whether the provider computes the attribute where it is not set: it is unknown at create, and AWS's own key
    /// stands there later. Otherwise what stands there is the author's.
    pub computed: bool,
    /// What holds where no key is set.
    pub unset: Box<Grant>,
}

/// A resource type that is a key.
#[derive(Debug, Clone)]
pub struct KeyType {
    /// What a person calls it.
    pub title: String,
    /// The attribute that holds its ARN.
    pub arn: Path,
    /// The attributes by which others name it, the ARN included.
    pub identifiers: Vec<Path>,
    /// The flag that is false where the key is disabled.
    pub enabled: Option<Path>,
    /// The attribute that is `AWS` where AWS manages the key.
    pub manager: Option<Path>,
    /// The attribute that holds what the author asks a data source for: an id, an ARN or an alias.
    pub asked_by: Option<Path>,
    /// The attribute that names the key of which this one is a copy in another Region.
    pub primary: Option<Path>,
    /// The resources that configure it, by id.
    pub companions: BTreeMap<String, Companion>,
    /// Where it has the properties that the data-category table asks for; one that is not here cannot be told.
    pub properties: Vec<(KeyProperty, Condition)>,
}

impl KeyType {
    /// Where a key of this type has a property.
    pub fn property(&self, property: KeyProperty) -> Option<&Condition> {
        self.properties
            .iter()
            .find_map(|(one, condition)| (*one == property).then_some(condition))
    }
}

/// A resource type that names a key.
#[derive(Debug, Clone)]
pub struct Alias {
    /// The alias's name: `alias/cmk-pii`.
    pub name: Path,
    /// The attributes by which others name it.
    pub identifiers: Vec<Path>,
    /// The attribute that names the key.
    pub target: Path,
}

/// A resource type that makes an IAM policy out of blocks, and of the policies that it names.
#[derive(Debug, Clone)]
pub struct DocumentSource {
    /// The attributes that hold the policy.
    pub attributes: Vec<Path>,
    /// The blocks.
    pub statements: Path,
    /// The policies that its own statements come after; of statements with one `Sid` the last counts.
    pub sources: Vec<Path>,
    /// The policies that come after its own statements.
    pub overrides: Vec<Path>,
}

impl DocumentSource {
    /// Every attribute that it is read from.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        let made_of = [&self.statements].into_iter().chain(&self.sources);
        made_of.chain(&self.overrides).chain(&self.attributes)
    }
}

/// An account-wide setting: one resource per account and region.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Its type.
    pub resource_type: String,
    /// What it gives, where it is in the plan.
    pub cases: Vec<Case>,
    /// What holds where this plan deletes it.
    pub deleted: Grant,
    /// What the configuration may say where the plan does not have it.
    pub told_by: Option<ToldBy>,
    /// What holds where the plan does not have it.
    pub absent: Grant,
}

/// What the configuration's account facts say of a setting.
#[derive(Debug, Clone)]
pub enum ToldBy {
    /// What is on or off, and what holds then.
    Flag {
        /// Which one.
        flag: Flag,
        /// Where it is on.
        where_true: Box<Grant>,
        /// Where it is off.
        where_false: Box<Grant>,
    },
    /// The key that protects the part.
    Key(DefaultKey),
}
