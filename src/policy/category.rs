//! The data-category table, and how a resource's category is found.

use std::collections::BTreeMap;

use super::hierarchy::{Hierarchy, HierarchyKey};
use super::level::Level;
use super::pattern::Pattern;

/// The data-category table.
#[derive(Debug, Clone, Default)]
pub struct Categories {
    /// Categories by id.
    pub by_id: BTreeMap<String, Category>,
    /// The category that unclassified stores are judged as.
    pub unclassified: String,
    /// What managed credentials (master passwords that AWS keeps) are judged as.
    pub credentials: Credentials,
    /// The keys that data belongs under.
    pub hierarchy: Hierarchy,
    /// How to give a key a property, as HCL.
    pub property_fixes: BTreeMap<KeyProperty, String>,
}

impl Categories {
    /// The category that a key of the hierarchy is for.
    pub fn of_key(&self, name: &str) -> Option<&str> {
        let (id, _) = self.by_id.iter().find(|(_, one)| one.key.as_deref() == Some(name))?;
        Some(id)
    }

    /// Adds to the hierarchy what only categories name: such a key is recognised by its own name.
    pub fn complete_hierarchy(&mut self) {
        let named = self.by_id.values().filter_map(|category| category.key.as_ref());
        for name in named.chain(std::iter::once(&self.credentials.key).filter(|name| !name.is_empty())) {
            let keys = &mut self.hierarchy.keys;
            keys.entry(name.clone()).or_insert_with(|| HierarchyKey::named(name));
        }
    }
}

/// How managed credentials are judged: they are secrets, and not data of the store's category.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    /// The category that they are judged as.
    pub category: String,
    /// The name of the key that they belong under.
    pub key: String,
}

/// A data category.
#[derive(Debug, Clone)]
pub struct Category {
    /// What a person calls it.
    pub title: String,
    /// The least protection level.
    pub minimum: Level,
    /// What is recommended: any of these.
    pub recommended: Vec<Recommendation>,
    /// The name of the key that protects it.
    pub key: Option<String>,
}

/// A recommended protection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recommendation {
    /// The level.
    pub level: Level,
    /// The property that the key should have.
    pub with: Option<KeyProperty>,
}

/// A property of a customer managed key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyProperty {
    /// An explicit key policy.
    KeyPolicy,
    /// Imported key material.
    Byok,
    /// A custom key store or an external one.
    Hsm,
}

impl KeyProperty {
    /// As in policies and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::KeyPolicy => "key-policy",
            Self::Byok => "byok",
            Self::Hsm => "hsm",
        }
    }

    /// A clause about a key that has it.
    pub fn clause(self) -> &'static str {
        match self {
            Self::KeyPolicy => "it has a key policy of its own",
            Self::Byok => "its material is imported",
            Self::Hsm => "its material is kept in an HSM of yours",
        }
    }
}

impl std::fmt::Display for Recommendation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.level.word())?;
        match self.with {
            Some(property) => write!(f, " with {}", property.word()),
            None => Ok(()),
        }
    }
}

impl Category {
    /// Whether only a customer managed key is enough.
    pub fn sensitive(&self) -> bool {
        self.minimum == Level::Cmk
    }

    /// Whether every protection that is recommended asks for a property.
    pub fn recommends(&self, property: KeyProperty) -> bool {
        self.recommended.iter().all(|one| one.with == Some(property))
    }
}

/// How a resource's category is found.
#[derive(Debug, Clone, Default)]
pub struct Classification {
    /// Tag keys, in order of preference.
    pub tags: Vec<String>,
    /// Tag values (lower case) and the categories they mean; the ids themselves are in it.
    pub values: BTreeMap<String, String>,
    /// Categories of addresses, in the order of the configuration.
    pub addresses: Vec<(Pattern, String)>,
    /// Categories of resource types.
    pub type_defaults: BTreeMap<String, TypeDefault>,
    /// Whether a category that is missing or only assumed counts as much as an explicit one.
    pub strict: bool,
}

/// The category of a resource type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeDefault {
    /// The category.
    pub category: String,
    /// Whether there is no doubt about it.
    pub certain: bool,
}

impl Classification {
    /// The category that a tag's value means.
    pub fn category_of(&self, value: &str) -> Option<&str> {
        self.values.get(&value.trim().to_lowercase()).map(String::as_str)
    }
}
