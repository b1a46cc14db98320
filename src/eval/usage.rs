//! Keys that go away, and the stores that use them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::{Facts, grouped};
use super::key::KeyRef;
use super::reading::Reading;
use crate::model::value::{Location, State};
use crate::model::{ResourceId, Side};
use crate::policy::catalog::KeyType;
use crate::policy::condition::Destruction;

/// The stores whose data is protected by each key before the plan.
pub(super) type Users = BTreeMap<ResourceId, Vec<ResourceId>>;

impl Facts<'_> {
    /// For every key of the plan, the stores that it protects before.
    pub fn users(&self) -> Users {
        let mut pairs = Vec::new();
        for (id, store) in self.stores() {
            if self.model.resource(id).values(Side::Before).is_none() {
                continue;
            }
            for part in 0..store.parts.len() {
                for outcome in self.assess(id, store, part, Side::Before).outcomes() {
                    if let Some(KeyRef::Managed(key)) = outcome.key.as_ref().map(|one| &one.key) {
                        pairs.push((*key, id));
                    }
                }
            }
        }
        pairs.sort();
        pairs.dedup();
        grouped(pairs)
    }

    /// What becomes of the users of a key that is deleted, replaced or disabled; `None` where it stays in force.
    pub fn destruction(&self, key: ResourceId, key_type: &KeyType, users: &Users) -> Option<Destruction> {
        let resource = self.model.resource(key);
        if !resource.destroyed() && !self.disabled(key, key_type) {
            return None;
        }
        let users = users.get(&key).map_or(&[] as &[ResourceId], Vec::as_slice);
        Some(if users.is_empty() {
            Destruction::Unused
        } else if users.iter().all(|user| self.data_is_destroyed(*user)) {
            Destruction::WithUsers
        } else {
            Destruction::InUse
        })
    }

    /// Whether a store's data goes away. A companion that stands in for a store elsewhere takes no data along.
    pub fn data_is_destroyed(&self, store: ResourceId) -> bool {
        self.model.resource(store).destroyed() && !self.companions.orphans.contains_key(&store)
    }

    /// The flag by which a key is disabled, where it is not destroyed.
    pub fn switched_off(&self, target: super::judge::Target<'_>) -> Option<Reading> {
        let path = target.key?.enabled.as_ref()?;
        if self.model.resource(target.id).destroyed() {
            return None;
        }
        let found = self.model.select(target.id, Side::After, &Location::default(), path);
        Some(Reading {
            required: Some("true".into()),
            ..Reading::of(target.id, Side::After, found.first()?)
        })
    }

    fn disabled(&self, key: ResourceId, key_type: &KeyType) -> bool {
        let Some(path) = &key_type.enabled else { return false };
        let flag = |side| {
            self.model
                .select(key, side, &Location::default(), path)
                .into_iter()
                .map(|found| found.state)
                .next()
        };
        flag(Side::Before) != Some(State::Known(Value::Bool(false)))
            && self.model.resource(key).values(Side::Before).is_some()
            && flag(Side::After) == Some(State::Known(Value::Bool(false)))
    }
}
