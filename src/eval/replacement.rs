//! Stores that are replaced because their encryption changes: what was in the old one does not move.

use super::facts::Facts;
use crate::model::ResourceId;
use crate::model::path::{Path, PathStep};
use crate::policy::catalog::{Grant, Part, Store};

/// The width of a comment.
const WIDTH: usize = 100;

impl Facts<'_> {
    /// The attributes of a part's encryption that make this plan replace the store, as policies write them; none where it
    /// stays, or is replaced for other reasons.
    pub fn forced_by(&self, id: ResourceId, part: &Part) -> Vec<String> {
        let resource = self.model.resource(id);
        // A companion that stands in for a store elsewhere can be replaced as often as one likes.
        if !resource.replaced() || resource.deposed.is_some() || self.companions.orphans.contains_key(&id) {
            return Vec::new();
        }
        let forcing: Vec<Path> = resource
            .replace_paths
            .iter()
            .filter_map(|path| Path::parse(path).ok())
            .collect();
        let mut found: Vec<String> = encryption(part)
            .into_iter()
            .filter(|steps| forcing.iter().any(|path| begins_with(path.steps(), steps)))
            .map(|steps| words(&steps))
            .collect();
        found.sort();
        found.dedup();
        found
    }
}

/// The attributes of the store itself that are about a part's encryption.
fn encryption(part: &Part) -> Vec<Vec<&PathStep>> {
    let own = part.sources.iter().filter(|source| source.companion.is_none());
    let keys = own.flat_map(|source| {
        source.cases.iter().filter_map(|case| match &case.grant {
            Grant::Key(key) => {
                let block = source.each.iter().flat_map(Path::steps);
                Some(block.chain(key.path.steps()).collect())
            }
            _ => None,
        })
    });
    let fixed = part.fixed_at_creation.iter().map(|path| path.steps().iter().collect());
    keys.chain(fixed).collect()
}

/// Any position of a list is like another: plans number them, policies rarely do.
fn begins_with(path: &[PathStep], start: &[&PathStep]) -> bool {
    let same = |(left, right): (&PathStep, &&PathStep)| match (left, *right) {
        (PathStep::Name(left), PathStep::Name(right)) => left == right,
        (PathStep::Name(_), _) | (_, PathStep::Name(_)) => false,
        _ => true,
    };
    path.len() >= start.len() && path.iter().zip(start).all(same)
}

/// As an author would call it: `encryption_configuration.kms_key`.
fn words(steps: &[&PathStep]) -> String {
    let names: Vec<&str> = steps
        .iter()
        .filter_map(|step| match step {
            PathStep::Name(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    names.join(".")
}

/// Names in backticks: `a` and `b`.
pub(super) fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(" and ")
}

/// What goes with the old one where a store is replaced.
pub(super) fn lost(store: &Store) -> &str {
    store.lost.as_deref().unwrap_or("the data in it")
}

/// How to keep it.
pub(super) fn keep(store: &Store) -> &str {
    store
        .keep
        .as_deref()
        .unwrap_or("move the data into a new one first, and remove the old one in a change of its own")
}

/// Why a finding is more than it seems: the plan replaces the store.
pub(super) fn warning(store: &Store, forced_by: &[String]) -> Option<String> {
    (!forced_by.is_empty()).then(|| {
        format!(
            "This plan replaces the {}, because {} cannot be changed in place; lost with the old one: {}.",
            store.title,
            listed(forced_by),
            lost(store)
        )
    })
}

/// What to know before a fix is applied to a store that stands: a comment above its HCL.
pub(super) fn before_fixing(store: &Store, part: &Part) -> String {
    if part.fixed_at_creation.is_empty() {
        return String::new();
    }
    let fixed: Vec<String> = part
        .fixed_at_creation
        .iter()
        .map(|path| words(&path.steps().iter().collect::<Vec<_>>()))
        .collect();
    comment(&format!(
        "This replaces the {}: {} cannot be changed in place. Lost with the old one: {}. To keep that, {}.",
        store.title,
        listed(&fixed),
        lost(store),
        keep(store)
    ))
}

/// A text as lines of a comment.
fn comment(text: &str) -> String {
    let mut lines = String::new();
    let mut line = "#".to_owned();
    for word in text.split_whitespace() {
        if line.len().saturating_add(word.len()) >= WIDTH {
            lines.push_str(&line);
            lines.push('\n');
            line = "#".to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    lines + &line + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(path: &str, start: &str) -> bool {
        let (path, start) = (Path::parse(path).unwrap(), Path::parse(start).unwrap());
        begins_with(path.steps(), &start.steps().iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_place_in_a_list_is_any_place() {
        assert!(begins("$.a[0].kms_key", "$.a[*].kms_key"));
        assert!(begins("$.a[0].kms_key", "$.a"));
        assert!(begins("$.a[*].kms_key", "$.a[0]"));
    }

    #[test]
    fn another_attribute_and_a_block_that_holds_more_are_not_it() {
        assert!(!begins("$.a[0].other", "$.a[*].kms_key"));
        assert!(!begins("$.a", "$.a[*].kms_key"));
        assert!(!begins("$.ab", "$.a"));
        assert!(!begins("$.a.b", "$.a[*]"));
    }

    #[test]
    fn comments_are_wrapped() {
        let text = comment(&"word ".repeat(50));
        assert!(text.lines().count() > 2 && text.ends_with('\n'), "{text}");
        assert!(
            text.lines()
                .all(|line| line.starts_with("# word") && line.len() <= WIDTH),
            "{text}"
        );
    }
}
