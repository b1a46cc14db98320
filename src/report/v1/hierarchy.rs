//! Keys with the stores under them.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Category, LevelChange};

/// The most edges of a report: a large plan has ten thousands of stores.
pub const MOST_EDGES: usize = 1_000;

/// Which key protects which stores, before the plans and after them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Hierarchy {
    /// By plan, then kind and name: every key that protects a store, and every key that a plan manages.
    pub keys: Vec<ProtectingKey>,
    /// How many edges (a store under a key, or a key without stores) are left out, because there are more than 1000: first
    /// those where nothing is wrong and nothing changes.
    pub left_out: usize,
}

/// A key, or what protects stores in the place of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProtectingKey {
    /// The plan's name.
    pub plan: String,
    /// What it is.
    pub kind: KeyKind,
    /// Its address in the plan; its ARN, id or alias outside the plan as the author or the configuration names it, unless
    /// that is sensitive; a phrase for every other kind.
    pub name: String,
    /// Its address, where the plan manages or reads it.
    pub address: Option<String>,
    /// What Terraform will do to it; empty where it is not in the plan.
    pub actions: Vec<String>,
    /// Its data category, where somebody said one.
    pub category: Option<Category>,
    /// The rules that the key itself violates, by id; waived violations do not count.
    pub violates: Vec<String>,
    /// The stores under it, by address.
    pub stores: Vec<ProtectedStore>,
}

/// What protects a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// A key that the plan manages.
    Managed,
    /// A customer managed key that the plan only reads.
    Read,
    /// A customer managed key outside the plan.
    Outside,
    /// Keys that AWS manages in the account (`alias/aws/…`), all together.
    AwsManaged,
    /// Keys that AWS owns, all together.
    AwsOwned,
    /// Nothing: the data is not encrypted.
    Nothing,
    /// It cannot be told.
    Unknown,
}

/// A store under a key: an edge of the hierarchy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProtectedStore {
    /// Its address.
    pub address: String,
    /// Its type.
    pub resource_type: String,
    /// What Terraform will do to it.
    pub actions: Vec<String>,
    /// The parts of it that this key protects (`storage`, `performance-insights`, …).
    pub parts: Vec<String>,
    /// The data category that it is judged by; `null` where that cannot be told.
    pub category: Option<Category>,
    /// How that was found: `explicit`, `certain`, `assumed`, `inferred` or `unclassified`; `null` where it cannot be told.
    pub evidence: Option<String>,
    /// The level that this key gives it. `before` is `null` where the store comes under this key with the plan, `after`
    /// where it leaves it.
    pub level: LevelChange,
    /// Whether there is no doubt that it is this key.
    pub certain: bool,
    /// The rules about levels and keys that the store violates under this key, by id; waived violations do not count.
    pub violates: Vec<String>,
    /// Whether such a rule cannot tell.
    pub undetermined: bool,
}

impl ProtectingKey {
    /// Whether the plan does anything to it.
    #[must_use]
    pub fn changes(&self) -> bool {
        changes(&self.actions)
    }
}

impl ProtectedStore {
    /// Whether the plan does anything to it, or to what protects it.
    #[must_use]
    pub fn changes(&self) -> bool {
        changes(&self.actions) || self.level.before != self.level.after
    }

    /// Whether it is no more under this key after the plan.
    #[must_use]
    pub fn leaves(&self) -> bool {
        self.level.after.is_none()
    }
}

fn changes(actions: &[String]) -> bool {
    actions
        .iter()
        .any(|action| !matches!(action.as_str(), "no-op" | "read"))
}

impl Hierarchy {
    /// Adds the keys of other plans, and leaves out what is more than a report holds.
    pub fn join(&mut self, more: Self) {
        self.keys.extend(more.keys);
        self.left_out = self.left_out.saturating_add(more.left_out);
        self.shorten(MOST_EDGES);
    }

    /// Leaves out the least important edges, and the keys that then have none.
    fn shorten(&mut self, most: usize) {
        let mut ranks: Vec<(Rank, usize, usize)> = Vec::new();
        for (position, key) in self.keys.iter().enumerate() {
            if key.stores.is_empty() {
                ranks.push((rank(key, None), position, 0));
            }
            let stores = key.stores.iter().enumerate();
            ranks.extend(stores.map(|(index, store)| (rank(key, Some(store)), position, index)));
        }
        let Some(more) = ranks.len().checked_sub(most).filter(|more| *more > 0) else {
            return;
        };
        ranks.sort();
        let kept: std::collections::BTreeSet<(usize, usize)> = ranks
            .into_iter()
            .take(most)
            .map(|(_, position, index)| (position, index))
            .collect();
        let mut position = 0;
        self.keys.retain_mut(|key| {
            let mut index = 0;
            let alone = key.stores.is_empty();
            key.stores.retain(|_| {
                index += 1;
                kept.contains(&(position, index - 1))
            });
            position += 1;
            !key.stores.is_empty() || alone && kept.contains(&(position - 1, 0))
        });
        self.left_out = self.left_out.saturating_add(more);
    }
}

/// What is wrong comes first, then what cannot be told, then what changes.
type Rank = (Reverse<bool>, Reverse<bool>, Reverse<bool>);

fn rank(key: &ProtectingKey, store: Option<&ProtectedStore>) -> Rank {
    let wrong = store.map_or(!key.violates.is_empty(), |store| !store.violates.is_empty());
    let untold = store.is_some_and(|store| store.undetermined);
    let moves = key.changes() || store.is_some_and(ProtectedStore::changes);
    (Reverse(wrong), Reverse(untold), Reverse(moves))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(address: &str, violates: bool, action: &str) -> ProtectedStore {
        let level = || Some("cmk".to_owned());
        ProtectedStore {
            address: address.into(),
            resource_type: "aws_x".into(),
            actions: vec![action.into()],
            parts: vec![],
            category: None,
            evidence: None,
            level: LevelChange {
                before: level(),
                after: level(),
            },
            certain: true,
            violates: violates.then(|| "a-rule".to_owned()).into_iter().collect(),
            undetermined: false,
        }
    }

    fn key(name: &str, stores: Vec<ProtectedStore>) -> Hierarchy {
        let key = ProtectingKey {
            plan: "p".into(),
            kind: KeyKind::Managed,
            name: name.into(),
            address: None,
            actions: vec!["no-op".into()],
            category: None,
            violates: vec![],
            stores,
        };
        Hierarchy {
            keys: vec![key],
            left_out: 0,
        }
    }

    fn shown(hierarchy: &Hierarchy) -> Vec<String> {
        let keys = hierarchy.keys.iter();
        keys.flat_map(|key| key.stores.iter().map(|store| format!("{}/{}", key.name, store.address)))
            .collect()
    }

    #[test]
    fn what_is_wrong_or_changes_stays() {
        let mut all = key("a", vec![store("1", false, "no-op"), store("2", true, "no-op")]);
        all.keys.extend(key("alone", vec![]).keys);
        all.keys
            .extend(key("b", vec![store("3", false, "update"), store("4", false, "no-op")]).keys);
        all.shorten(3);
        assert_eq!(shown(&all), ["a/1", "a/2", "b/3"]);
        assert_eq!(all.left_out, 2);
        all.shorten(2);
        assert_eq!(shown(&all), ["a/2", "b/3"]);
        all.shorten(1);
        assert_eq!(
            (shown(&all), all.left_out, all.keys.len()),
            (vec!["a/2".to_owned()], 4, 1)
        );
    }

    #[test]
    fn the_order_of_joining_does_not_matter_for_what_is_wrong() {
        let many = |name: &str, wrong| {
            key(
                name,
                (0..MOST_EDGES).map(|n| store(&n.to_string(), wrong, "no-op")).collect(),
            )
        };
        let mut all = many("a", false);
        all.join(many("b", true));
        assert_eq!((all.keys.len(), all.left_out), (1, MOST_EDGES));
        assert_eq!(all.keys[0].name, "b");
    }
}
