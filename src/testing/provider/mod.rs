//! The schema of the providers, and whether policies and test cases name what is in it.
//!
//! A schema is the output of `terraform providers schema -json`, or an extract of it that is checked in.

mod cases;
mod follow;
mod found;
mod policies;
mod read;

use std::collections::BTreeMap;
use std::fmt;

pub use follow::Trouble;
pub use found::Found;
pub use read::SchemaError;

use crate::plan::TypePattern;
use crate::policy::load::{Files, Source};
use crate::policy::yaml::Diagnostics;

/// What the providers have.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// The attributes and blocks of each type; data sources as `data.TYPE`.
    types: BTreeMap<String, Members>,
}

/// Attributes and blocks by name.
pub type Members = BTreeMap<String, Field>;

/// An attribute, or a block.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it holds.
    pub shape: Shape,
    /// Whether the provider fills it in where the author sets nothing.
    pub computed: bool,
}

/// What an attribute holds.
#[derive(Debug, Clone)]
pub enum Shape {
    /// `string`, `number`, `bool`, or `dynamic`, which is anything.
    Value(String),
    /// Elements.
    Several(Collection, Box<Shape>),
    /// One block, or an object.
    Members {
        /// Whether it is a block.
        block: bool,
        /// What it holds.
        of: Members,
    },
}

/// How elements are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// In order.
    List,
    /// In no order.
    Set,
    /// By name.
    Map,
}

impl Collection {
    /// As schemas write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Set => "set",
            Self::Map => "map",
        }
    }
}

/// `map(string)`, `set(block)`, `bool`
impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(word) => f.write_str(word),
            Self::Several(collection, of) => write!(f, "{}({of})", collection.word()),
            Self::Members { block: true, .. } => f.write_str("block"),
            Self::Members { block: false, .. } => f.write_str("object"),
        }
    }
}

impl Shape {
    /// What a person calls it: `a string`, `a list of blocks`.
    fn title(&self) -> String {
        match self {
            Self::Value(word) if word == "dynamic" => "any value".to_owned(),
            Self::Value(word) => format!("a {word}"),
            Self::Several(collection, of) => {
                let of = match of.as_ref() {
                    Self::Members { block: true, .. } => " of blocks".to_owned(),
                    Self::Members { block: false, .. } => " of objects".to_owned(),
                    Self::Several(inner, _) => format!(" of {}s", inner.word()),
                    Self::Value(word) if word == "dynamic" => String::new(),
                    Self::Value(word) => format!(" of {word}s"),
                };
                format!("a {}{of}", collection.word())
            }
            Self::Members { block: true, .. } => "one block".to_owned(),
            Self::Members { block: false, .. } => "one object".to_owned(),
        }
    }
}

impl Schema {
    /// Whether there is such a type.
    #[must_use]
    pub fn has_type(&self, resource_type: &str) -> bool {
        self.types.contains_key(resource_type)
    }

    /// The types that a name stands for: itself, or those that a pattern takes.
    fn types_of<'s>(&'s self, name: &'s str) -> impl Iterator<Item = (&'s str, &'s Members)> {
        let pattern = TypePattern::new(name);
        let exact = self.types.get_key_value(name);
        let taken = self
            .types
            .iter()
            .filter(move |(name, _)| pattern.exact().is_none() && !name.starts_with("data.") && pattern.takes(name));
        exact.into_iter().chain(taken).map(|(name, of)| (name.as_str(), of))
    }
}

/// Checks what policies and test cases name: all policies but those of planseal, and those where `builtin` takes them by
/// the file's name.
///
/// # Errors
/// Everything that is not in the schema, with its place; or what is wrong with the policies themselves.
pub fn check(
    schema: &Schema,
    tests: &[Source],
    files: &Files,
    builtin: impl Fn(&str) -> bool,
) -> Result<(), Diagnostics> {
    let compiled = files.without_configuration()?;
    let mut errors = Diagnostics::new();
    policies::check(schema, &files.uses(&compiled, builtin), files, &mut errors);
    for test in tests {
        cases::check(schema, test, &mut errors);
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}
