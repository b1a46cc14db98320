//! The stores that use each key, and keys that go away.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde_json::Value;

use super::category::CategoryFound;
use super::facts::{Facts, grouped};
use super::key::KeyRef;
use super::level::LevelOutcome;
use super::reading::Reading;
use super::tri::{Doubt, Tri};
use crate::model::value::{Location, State};
use crate::model::{ResourceId, Side};
use crate::policy::catalog::{KeyType, PartKind};
use crate::policy::category::Category;
use crate::policy::condition::Destruction;

/// The stores of each key.
#[derive(Debug, Default)]
pub struct Users {
    /// The stores whose data is protected by each key before the plan, also under an attribute that changes.
    pub before: BTreeMap<ResourceId, Vec<ResourceId>>,
    /// The keys outside this plan that its stores name.
    pub outside: Vec<OutsideKey>,
    sharing: HashMap<Side, BTreeMap<KeyId, Vec<Use>>>,
    untold: HashMap<Side, Vec<Untold>>,
}

/// A store of which it cannot be told which key protects it: it may be any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The store.
    pub store: ResourceId,
    /// Why its key cannot be told.
    pub doubt: Doubt,
}

/// A key by what tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyId {
    /// One that the plan manages or reads.
    InPlan(ResourceId),
    /// One outside it, by its [`External::name`](super::key::External).
    Outside(Arc<str>),
}

/// A key outside the plan.
#[derive(Debug, Clone)]
pub struct OutsideKey {
    /// As the author or the configuration names it.
    pub name: Arc<str>,
    /// Whether some attribute that holds the name is sensitive.
    pub sensitive: bool,
    /// The first of its stores.
    pub store: ResourceId,
}

/// A store that a key protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The store.
    pub store: ResourceId,
    /// Whether there is no doubt about it.
    pub certain: bool,
}

impl Users {
    /// The stores that a key protects on one side.
    pub fn of(&self, key: &KeyId, side: Side) -> &[Use] {
        self.sharing
            .get(&side)
            .and_then(|by_key| by_key.get(key))
            .map_or(&[], Vec::as_slice)
    }

    /// The stores whose key cannot be told on one side.
    pub fn untold(&self, side: Side) -> &[Untold] {
        self.untold.get(&side).map_or(&[], Vec::as_slice)
    }
}

impl Facts<'_> {
    /// For every key of the plan, the stores that it protects.
    pub fn users(&self) -> Users {
        let mut sensitive = BTreeSet::new();
        let sharing = [Side::Before, Side::After].map(|side| (side, self.sharing(side, &mut sensitive)));
        let mut outside: BTreeMap<Arc<str>, ResourceId> = BTreeMap::new();
        for (key, uses) in sharing.iter().flat_map(|(_, by_key)| by_key) {
            if let (KeyId::Outside(name), Some(first)) = (key, uses.first()) {
                let store = outside.entry(Arc::clone(name)).or_insert(first.store);
                *store = first.store.min(*store);
            }
        }
        let outside = outside.into_iter().map(|(name, store)| OutsideKey {
            sensitive: sensitive.contains(&*name),
            name,
            store,
        });
        Users {
            before: self.users_before(),
            outside: outside.collect(),
            sharing: sharing.into_iter().collect(),
            untold: [Side::Before, Side::After].map(|side| (side, self.untold(side))).into(),
        }
    }

    fn untold(&self, side: Side) -> Vec<Untold> {
        let mut untold = Vec::new();
        for (id, store) in self.stores().iter().copied().filter(|(id, _)| self.lives(*id, side)) {
            let parts = store.parts.iter().enumerate();
            let doubt = parts
                .filter(|(_, part)| part.kind != PartKind::Credential)
                .find_map(|(part, _)| {
                    let assessed = self.assess(id, store, part, side);
                    if assessed.there == Some(Tri::False) {
                        return None;
                    }
                    assessed.outcomes().find_map(unknown_key)
                });
            untold.extend(doubt.map(|doubt| Untold { store: id, doubt }));
        }
        untold
    }

    fn users_before(&self) -> BTreeMap<ResourceId, Vec<ResourceId>> {
        let mut pairs = Vec::new();
        for (id, store) in self.stores().iter().copied() {
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

    /// A managed credential is no data of the store's.
    fn sharing(&self, side: Side, sensitive: &mut BTreeSet<String>) -> BTreeMap<KeyId, Vec<Use>> {
        let mut certain = BTreeSet::new();
        let mut possible = BTreeSet::new();
        for (id, store) in self.stores().iter().copied().filter(|(id, _)| self.lives(*id, side)) {
            let parts = store.parts.iter().enumerate();
            for (part, _) in parts.filter(|(_, part)| part.kind != PartKind::Credential) {
                let assessed = self.assess(id, store, part, side);
                let there = assessed.there.as_ref().unwrap_or(&Tri::True);
                if *there == Tri::False {
                    continue;
                }
                sensitive.extend(sensitive_texts(&assessed.readings));
                sensitive.extend(assessed.outcomes().filter_map(hidden_name));
                for ways in &assessed.places {
                    for (key, only) in keys_of(ways) {
                        if only && *there == Tri::True {
                            certain.insert((key, id));
                        } else {
                            possible.insert((key, id));
                        }
                    }
                }
            }
        }
        let pairs = certain.union(&possible).map(|(key, store)| {
            let certain = certain.contains(&(key.clone(), *store));
            (key.clone(), Use { store: *store, certain })
        });
        grouped(pairs)
    }

    /// The explicit category of a store where it is sensitive.
    ///
    /// # Errors
    /// Why its category cannot be told.
    pub fn sensitive_category(&self, id: ResourceId, side: Side) -> Result<Option<String>, Doubt> {
        let Some(store) = self.store(id) else { return Ok(None) };
        match &self.category(id, store, side).found {
            CategoryFound::Known(known) => {
                let entry = self.policies.categories.by_id.get(&known.id);
                let sensitive = known.explicit() && entry.is_some_and(Category::sensitive);
                Ok(sensitive.then(|| known.id.clone()))
            }
            CategoryFound::Unknown(doubt) => Err(doubt.clone()),
        }
    }

    /// The sensitive categories whose stores a key protects without doubt.
    pub fn sensitive_categories(&self, users: &[Use], side: Side) -> BTreeSet<String> {
        let certain = users.iter().filter(|one| one.certain);
        certain
            .filter_map(|one| self.sensitive_category(one.store, side).ok().flatten())
            .collect()
    }

    /// What becomes of the users of a key that is deleted, replaced or disabled; `None` where it stays in force.
    pub fn destruction(&self, key: ResourceId, key_type: &KeyType, users: &Users) -> Option<Destruction> {
        let resource = self.model.resource(key);
        if !resource.destroyed() && !self.disabled(key, key_type) {
            return None;
        }
        let users = users.before.get(&key).map_or(&[] as &[ResourceId], Vec::as_slice);
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

    /// Whether a store uses other keys after this plan, and not this one.
    pub fn moves_away(&self, store: ResourceId, key: ResourceId) -> bool {
        let Some(entry) = self.store(store) else { return false };
        let mut keys = (0..entry.parts.len())
            .flat_map(|part| {
                let assessed = self.assess(store, entry, part, Side::After);
                let keys = assessed
                    .outcomes()
                    .map(|way| way.key.as_ref().map(|one| one.key.clone()));
                keys.collect::<Vec<_>>()
            })
            .flatten()
            .peekable();
        keys.peek().is_some() && !keys.any(|one| matches!(one, KeyRef::Unknown(_)) || one == KeyRef::Managed(key))
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

/// The keys that may protect a place, and whether it can be no other.
fn keys_of(ways: &[LevelOutcome]) -> Vec<(KeyId, bool)> {
    let mut keys: Vec<Option<KeyId>> = ways
        .iter()
        .map(|way| match way.key.as_ref().map(|one| &one.key) {
            Some(KeyRef::Managed(key)) => Some(KeyId::InPlan(*key)),
            Some(KeyRef::External(key)) => Some(KeyId::Outside(Arc::clone(&key.name))),
            _ => None,
        })
        .collect();
    keys.sort();
    keys.dedup();
    let only = keys.len() == 1;
    keys.into_iter().flatten().map(|key| (key, only)).collect()
}

/// Why the key of a place cannot be told.
fn unknown_key(way: &LevelOutcome) -> Option<Doubt> {
    match way.key.as_ref().map(|one| &one.key) {
        Some(KeyRef::Unknown(doubt)) => Some(doubt.clone()),
        _ => None,
    }
}

/// The name of a key outside the plan, where what names it may not be printed.
fn hidden_name(way: &LevelOutcome) -> Option<String> {
    match way.key.as_ref().map(|one| &one.key) {
        Some(KeyRef::External(key)) if key.hidden => Some(key.name.to_string()),
        _ => None,
    }
}

/// The texts of attributes whose values may not be printed.
fn sensitive_texts(readings: &[Reading]) -> impl Iterator<Item = String> {
    readings
        .iter()
        .filter(|reading| reading.sensitive)
        .filter_map(|reading| match &reading.state {
            State::Known(Value::String(text)) => Some(text.clone()),
            _ => None,
        })
}
