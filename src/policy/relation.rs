//! Questions about other resources: those that configure one, and those that it configures.

use super::condition::{Condition, Quantifier};
use crate::model::path::Path;

/// A test of the resources that belong to another one.
#[derive(Debug, Clone, PartialEq)]
pub struct RelationTest {
    /// Which resources.
    pub relation: Relation,
    /// What must hold in each; without it, being there is enough.
    pub inner: Option<Condition>,
    /// How many of them must pass.
    pub amount: Quantifier,
}

/// Which resources belong to another one.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// What tells it from every other relation; two that ask for the same have the same.
    pub id: String,
    /// Who names whom.
    pub direction: Direction,
    /// The types of the other resources.
    pub types: Vec<String>,
    /// The attribute that names the other side.
    pub join: Path,
    /// The attributes by whose value it may be named.
    pub to: Vec<Path>,
    /// Whether `to` was left out: then the names that the catalog knows count, too.
    pub to_default: bool,
    /// Whether such a name is there once in all accounts and Regions.
    pub unique: bool,
    /// Whether AWS keeps one of them for each resource.
    pub single: bool,
    /// Whether what is named and not in the plan is none of them.
    pub managed: bool,
}

/// Who names whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The others name this one.
    Companion,
    /// This one names the others.
    Configures,
}

impl Direction {
    /// As in policies.
    pub fn word(self) -> &'static str {
        match self {
            Self::Companion => "companion",
            Self::Configures => "configures",
        }
    }
}
