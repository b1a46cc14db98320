//! Where an unknown value comes from: references followed through the configuration.
//!
//! A plan tells which references an expression holds, not how it combines them, so the answer is a set of origins. What
//! the set proves is for the reader of a [`Resolution`] to decide.

mod attribute;
mod follow;
mod named;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::ResourceId;
use super::address::Step;
use super::path::Path;
use super::value::{Location, LocationStep, Node, State};
use crate::plan::{Index, Mode};

pub use follow::Resolver;
pub(super) use follow::Scope;

/// Origins told apart, at most; more say no more.
const MAX_ORIGINS: usize = 64;

/// What an attribute of one side may come from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// The origins; empty where every reference is to resources without instances.
    pub origins: Vec<Origin>,
    /// Whether an expression on the way holds more than the one reference: a condition may have chosen another branch,
    /// and that branch may be null.
    pub conditional: bool,
    /// Whether a value was found behind an attribute that Terraform itself knows only after apply.
    pub deferred: bool,
}

/// One origin with the chain of references that leads to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Origin {
    /// What is there.
    pub source: Source,
    /// From the attribute asked about to the source.
    pub trace: Vec<String>,
    /// Whether it was reached through an attribute that only repeats another (an alias and its target).
    pub mirrored: bool,
    /// Whether it is one of all outputs of a module: which one was meant is lost with a computed index.
    pub any_output: bool,
    /// Whether the value is a text that is assembled around it, and so is another one.
    pub assembled: bool,
}

/// The end of a chain of references.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A value that the configuration or a variable gives. Never printed.
    Value(Value),
    /// An attribute of a resource. An empty location means that an index or a function hides which one.
    Attribute {
        /// The resource.
        resource: ResourceId,
        /// The attribute.
        location: Location,
        /// Its state after.
        state: State,
    },
    /// The text of a JSON document, parts of which may be unknown.
    Document(Node),
    /// Nothing is set: null, or an argument that is not passed.
    NotSet,
    /// The chain ends here, for this reason.
    Opaque(Opaque),
}

/// Whether an argument or block is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Presence {
    /// It is, and is not null.
    Set,
    /// It is not, or is null.
    NotSet,
    /// The plan's configuration does not show it. A `dynamic` block may write it.
    NotShown,
    /// It cannot be told, for this reason.
    Unknown(Opaque),
}

/// Why a chain of references could not be followed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opaque {
    /// A local value: plan JSON does not hold them.
    Local(String),
    /// A `dynamic` block (or a computed one): plan JSON does not hold its expressions.
    HiddenBlock,
    /// An expression without references that is no constant either: a function call.
    Function,
    /// The document has no configuration for the resource.
    NoConfiguration,
    /// A variable without a value in the plan.
    Variable(String),
    /// A resource, module or output that is not in the plan.
    Missing(String),
    /// `each.value` of a collection that the plan does not tell.
    EachValue(String),
    /// The chain is longer than planseal follows.
    TooLong,
    /// There are more origins than planseal tells apart.
    TooMany,
    /// Something that stands in the configuration's source alone: `lifecycle`.
    NotInPlan(String),
    /// A function that planseal does not evaluate.
    NotEvaluated(String),
    /// Something that only the run itself knows: `path.module`, `terraform.workspace`.
    Outside(String),
    /// Something that decides about the value is known only after apply: this.
    Undecided(String),
}

/// Attributes that only repeat another attribute of the same resource: an alias and its target, for example. And those
/// that every resource of a type has.
#[derive(Debug, Clone, Default)]
pub struct Mirrors {
    mirrors: HashMap<(Mode, String), Vec<Mirror>>,
    identifiers: HashSet<(Mode, String, String)>,
}

#[derive(Debug, Clone)]
struct Mirror {
    /// Empty: every attribute.
    attributes: Vec<String>,
    path: Path,
}

impl Mirrors {
    /// Declares that `attributes` (all, where empty) of a resource type lead to what `path` of the same resource holds.
    pub fn add(&mut self, mode: Mode, resource_type: &str, attributes: Vec<String>, path: Path) {
        self.mirrors
            .entry((mode, resource_type.to_owned()))
            .or_default()
            .push(Mirror { attributes, path });
    }

    /// Calls `visit` with the mode and name of each resource type and the path that its attributes repeat.
    pub fn for_each(&self, mut visit: impl FnMut(Mode, &str, &Path)) {
        for ((mode, resource_type), mirrors) in &self.mirrors {
            for mirror in mirrors {
                visit(*mode, resource_type, &mirror.path);
            }
        }
    }

    /// Declares that every resource of a type has this attribute: it is never null after apply.
    pub fn add_identifier(&mut self, mode: Mode, resource_type: &str, attribute: Option<&str>) {
        let identifier = attribute.map(|attribute| (mode, resource_type.to_owned(), attribute.to_owned()));
        self.identifiers.extend(identifier);
    }

    /// Whether every resource of a type has this attribute. All have an `id`.
    /// (<https://developer.hashicorp.com/terraform/plugin/framework/acctests#id-attribute>)
    pub fn is_identifier(&self, mode: Mode, resource_type: &str, attribute: &str) -> bool {
        attribute == "id"
            || self
                .identifiers
                .contains(&(mode, resource_type.to_owned(), attribute.to_owned()))
    }

    fn of(&self, mode: Mode, resource_type: &str, attribute: Option<&str>) -> Option<&Path> {
        self.mirrors
            .get(&(mode, resource_type.to_owned()))?
            .iter()
            .find(|mirror| {
                mirror.attributes.is_empty()
                    || attribute.is_none_or(|name| mirror.attributes.iter().any(|one| one == name))
            })
            .map(|mirror| &mirror.path)
    }
}

impl Resolution {
    pub(super) fn one(source: Source, trace: Vec<String>) -> Self {
        Self {
            origins: vec![Origin {
                source,
                trace,
                mirrored: false,
                any_output: false,
                assembled: false,
            }],
            ..Self::default()
        }
    }

    pub(super) fn opaque(why: Opaque, trace: Vec<String>) -> Self {
        Self::one(Source::Opaque(why), trace)
    }

    pub(super) fn absorb(&mut self, other: Self) {
        self.conditional |= other.conditional;
        self.deferred |= other.deferred;
        for origin in other.origins {
            if self.origins.len() >= MAX_ORIGINS {
                if let Some(last) = self.origins.last_mut() {
                    last.source = Source::Opaque(Opaque::TooMany);
                }
                return;
            }
            if !self.origins.iter().any(|there| there.source == origin.source) {
                self.origins.push(origin);
            }
        }
    }

    /// Follows the path behind a reference into what was found so far: into values and whole resources. A member of
    /// anything else is not told apart from its siblings, and may be null.
    pub(super) fn index(mut self, rest: &[Step]) -> Self {
        if rest.is_empty() {
            return self;
        }
        for origin in &mut self.origins {
            match &mut origin.source {
                Source::Value(value) => {
                    origin.source = match index_value(value, rest) {
                        None | Some(Value::Null) => Source::NotSet,
                        Some(value) => Source::Value(value.clone()),
                    };
                }
                Source::Attribute { location, .. } if location.0.is_empty() => *location = location_of(rest),
                Source::Attribute { .. } => self.conditional = true,
                Source::Document(_) | Source::NotSet | Source::Opaque(_) => {}
            }
        }
        self
    }
}

fn index_value<'v>(value: &'v Value, rest: &[Step]) -> Option<&'v Value> {
    rest.iter().try_fold(value, |value, step| match step {
        Step::Name(name) | Step::Key(Index::Text(name)) => value.get(name),
        Step::Key(Index::Number(number)) => value.get(usize::try_from(*number).ok()?),
    })
}

fn location_of(rest: &[Step]) -> Location {
    Location(
        rest.iter()
            .map(|step| match step {
                Step::Name(name) | Step::Key(Index::Text(name)) => LocationStep::Name(name.as_str().into()),
                Step::Key(Index::Number(number)) => {
                    usize::try_from(*number).map_or(LocationStep::Any, LocationStep::Index)
                }
            })
            .collect(),
    )
}
