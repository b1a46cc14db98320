//! The key hierarchy: the customer managed keys that an organisation has, by what they are for.

use std::collections::BTreeMap;

use super::pattern::Pattern;

/// The keys of the hierarchy, by the names that categories and messages use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hierarchy {
    /// Each key with what it is recognised by.
    pub keys: BTreeMap<String, HierarchyKey>,
}

/// A key of the hierarchy, or one for each account and Region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HierarchyKey {
    /// What it is for.
    pub title: String,
    /// The aliases by which it is recognised, with `alias/`.
    pub aliases: Vec<Pattern>,
    /// Values of the tags that name a category by which it is recognised, in lower case.
    pub tags: Vec<String>,
    /// The store types that belong under it where their data is not sensitive.
    pub stores: Vec<String>,
}

impl HierarchyKey {
    /// A key that is recognised by its own name alone.
    pub fn named(name: &str) -> Self {
        Self {
            title: name.to_owned(),
            aliases: vec![Pattern::new(format!("alias/{name}"))],
            ..Self::default()
        }
    }
}

impl Hierarchy {
    /// The key that an alias (`alias/…`) means. Of several patterns the one that says most of the name decides.
    pub fn of_alias(&self, alias: &str) -> Option<&str> {
        let mut best: Option<(usize, &str)> = None;
        for (name, key) in &self.keys {
            for pattern in key.aliases.iter().filter(|pattern| pattern.matches(alias)) {
                let says = pattern.text().chars().filter(|one| *one != '*').count();
                if best.is_none_or(|(most, _)| says > most) {
                    best = Some((says, name));
                }
            }
        }
        best.map(|(_, name)| name)
    }

    /// The key that the value of a tag means.
    pub fn of_tag(&self, value: &str) -> Option<&str> {
        let value = value.trim().to_lowercase();
        self.find(|key| key.tags.contains(&value))
    }

    /// The key that stores of a type belong under where their data is not sensitive.
    pub fn of_store(&self, resource_type: &str) -> Option<&str> {
        self.find(|key| key.stores.iter().any(|one| one == resource_type))
    }

    fn find(&self, such: impl Fn(&HierarchyKey) -> bool) -> Option<&str> {
        let (name, _) = self.keys.iter().find(|(_, key)| such(key))?;
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hierarchy() -> Hierarchy {
        let mut keys = BTreeMap::new();
        keys.insert("all".to_owned(), HierarchyKey::named("*"));
        keys.insert("pii".to_owned(), HierarchyKey::named("*/pii"));
        keys.insert("pii-test".to_owned(), HierarchyKey::named("test/pii"));
        Hierarchy { keys }
    }

    #[test]
    fn the_pattern_that_says_most_decides() {
        let hierarchy = hierarchy();
        assert_eq!(hierarchy.of_alias("alias/prod/pii"), Some("pii"));
        assert_eq!(hierarchy.of_alias("alias/test/pii"), Some("pii-test"));
        assert_eq!(hierarchy.of_alias("alias/x"), Some("all"));
        assert_eq!(hierarchy.of_alias("x"), None);
    }
}
