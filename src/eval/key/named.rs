//! Keys by what names them: their identifiers, their aliases, and what data sources are asked for.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::Value;

use super::index::names;
use super::{External, KeyRef};
use crate::eval::facts::{Facts, name_of, same_region};
use crate::eval::reading::opaque;
use crate::eval::tri::Doubt;
use crate::model::path::Path;
use crate::model::resolve::Opaque;
use crate::model::value::{Location, State};
use crate::model::{ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::Alias;
use crate::policy::known::KnownKey;

/// Aliases of aliases longer than this are not real.
const MAX_DEPTH: usize = 4;

impl Facts<'_> {
    /// The key that a value names in an attribute of a resource; `None` where it cannot be one.
    pub(super) fn key_named(&self, value: &Value, consumer: ResourceId) -> Option<KeyRef> {
        match value {
            Value::Null => Some(KeyRef::Unset),
            Value::String(text) if text.is_empty() => Some(KeyRef::Unset),
            Value::String(text) => self
                .by_name(text, consumer, Side::After, 0)
                .or_else(|| looks_like_key(text).then(|| KeyRef::not_verified(text))),
            // A map or list that the expression picks from: what it picks cannot be told.
            Value::Object(_) | Value::Array(_) => Some(KeyRef::Unknown(opaque(&Opaque::Function))),
            Value::Bool(_) | Value::Number(_) => None,
        }
    }

    /// What a key of the plan is, or a data source that reads one.
    pub(super) fn of_key_resource(&self, id: ResourceId) -> KeyRef {
        let resource = self.model.resource(id);
        match resource.mode {
            Mode::Managed => KeyRef::Managed(id),
            Mode::Data if self.keys.aws_managed.contains(&id) => KeyRef::AwsManaged,
            Mode::Data if resource.values(Side::Before).is_some() => KeyRef::Managed(self.same_key(id)),
            Mode::Data => KeyRef::Unknown(Doubt {
                because: format!("`{}` is read only during apply", resource.address),
                settle: "reference the key itself".into(),
            }),
        }
    }

    /// Several data sources may read one key, and the plan may manage it.
    fn same_key(&self, data: ResourceId) -> ResourceId {
        let resource = self.model.resource(data);
        let arn = self
            .key_type(resource.mode, &resource.resource_type)
            .map(|key| names(self.model, data, std::slice::from_ref(&key.arn)))
            .unwrap_or_default();
        let known = arn.first().and_then(|arn| self.keys.keys.get(arn));
        known.copied().unwrap_or(data)
    }

    /// The key that a value names in an attribute of a resource: a key of the plan, an alias of the plan, an AWS-managed
    /// key, or one that the configuration lists. An alias's ARN counts only whole, and its name only in its own account and
    /// Region: the same name may stand in others.
    pub(super) fn by_name(&self, name: &str, consumer: ResourceId, side: Side, depth: usize) -> Option<KeyRef> {
        if let Some(id) = self.keys.keys.get(name) {
            return Some(self.of_key_resource(*id));
        }
        if is_aws_alias(name) {
            return Some(KeyRef::AwsManaged);
        }
        if depth > MAX_DEPTH {
            return None;
        }
        let mut aliases = self.keys.aliases.get(name).into_iter().flatten();
        match aliases.find(|alias| self.is_called(**alias, name, side) && self.reaches(**alias, name, consumer, side)) {
            Some(alias) => self.alias_target(*alias, side, depth),
            None => self.known_key(name, consumer, side),
        }
    }

    /// The key that the configuration means by a name. What the plan shows of that key by another of its names counts.
    fn known_key(&self, name: &str, consumer: ResourceId, side: Side) -> Option<KeyRef> {
        let known = &self.policies.known_keys;
        let id = known.named(name).or_else(|| match name.starts_with("arn:") {
            true => None,
            false => known.named(&self.home_of(consumer, side)?.arn_of(name)),
        })?;
        let key = known.get(id)?;
        let in_plan = key.names.iter().find_map(|name| self.keys.keys.get(name));
        Some(match in_plan {
            Some(in_plan) => self.of_key_resource(*in_plan),
            None => KeyRef::External(External {
                name: Arc::clone(&key.name),
                known: Some(id),
                hidden: false,
            }),
        })
    }

    /// The key that the configuration names for the account and Region of a resource.
    pub fn key_of_account(&self, name: &str, consumer: ResourceId, side: Side) -> KeyRef {
        let key = self.by_name(name, consumer, side, 0);
        key.unwrap_or_else(|| KeyRef::not_verified(name))
    }

    /// What the configuration says of a key that this plan shows.
    pub fn listed(&self, key: ResourceId) -> Option<&KnownKey> {
        let known = &self.policies.known_keys;
        let resource = self.model.resource(key);
        let entry = self
            .key_type(resource.mode, &resource.resource_type)
            .filter(|_| !known.is_empty())?;
        let names = names(self.model, key, &entry.identifiers);
        names.iter().find_map(|name| known.get(known.named(name)?))
    }

    /// What the configuration says of a key outside the plan.
    pub fn known(&self, key: &External) -> Option<&KnownKey> {
        self.policies.known_keys.get(key.known?)
    }

    fn reaches(&self, alias: ResourceId, name: &str, consumer: ResourceId, side: Side) -> bool {
        let same_provider = self.model.resource(alias).provider == self.model.resource(consumer).provider;
        name.starts_with("arn:") || same_provider && same_region(self.model, alias, consumer, side)
    }

    /// Whether an alias has that name on one side. What is not known yet of one that keeps its name is as it was.
    fn is_called(&self, id: ResourceId, name: &str, side: Side) -> bool {
        let (Some(alias), true) = (self.alias(id), self.model.resource(id).values(side).is_some()) else {
            return false;
        };
        let is = |state: &State| matches!(state, State::Known(Value::String(text)) if text == name);
        let states = |path: &Path, side| -> Vec<State> {
            let found = self.model.select(id, side, &Location::default(), path);
            found.into_iter().map(|found| found.state).collect()
        };
        let keeps_its_name = states(&alias.name, side) == states(&alias.name, side.other());
        alias.identifiers.iter().chain([&alias.name]).any(|path| {
            let here = states(path, side);
            here.iter().any(is)
                || keeps_its_name && here.contains(&State::Unknown) && states(path, side.other()).iter().any(is)
        })
    }

    fn alias(&self, id: ResourceId) -> Option<&Alias> {
        let resource = self.model.resource(id);
        let kind = (resource.mode, resource.resource_type.to_string());
        self.policies.catalog.aliases.get(&kind)
    }

    /// The key behind an alias of the plan.
    fn alias_target(&self, alias: ResourceId, side: Side, depth: usize) -> Option<KeyRef> {
        let entry = self.alias(alias)?;
        if self.model.resource(alias).mode == Mode::Data {
            let names = names(self.model, alias, std::slice::from_ref(&entry.name));
            if names.iter().any(|name| is_aws_alias(name)) {
                return Some(KeyRef::AwsManaged);
            }
        }
        self.pointed_at(alias, &entry.target, side, depth)
    }

    /// The one key that an attribute of an alias or of another key names.
    fn pointed_at(&self, holder: ResourceId, path: &Path, side: Side, depth: usize) -> Option<KeyRef> {
        for found in self.model.select(holder, side, &Location::default(), path) {
            match &found.state {
                State::Known(value) => {
                    let name = name_of(value)?;
                    let key = self.by_name(name, holder, side, depth.saturating_add(1));
                    let mut key = key.unwrap_or_else(|| KeyRef::not_verified(name));
                    if found.sensitive {
                        key.hide();
                    }
                    return Some(key);
                }
                State::Unknown => {
                    let resolution = self.resolver.resolve(holder, &found.location);
                    let mut keys = resolution
                        .origins
                        .iter()
                        .filter_map(|origin| self.key_of(&origin.source, holder));
                    return match (keys.next(), keys.next()) {
                        (Some(only), None) => Some(only),
                        _ => Some(KeyRef::Unknown(Doubt {
                            because: format!("`{}` may point at several keys", self.model.resource(holder).address),
                            settle: "reference the key itself".into(),
                        })),
                    };
                }
                State::Absent => {}
            }
        }
        None
    }

    /// The key of this plan that a key is a copy of in another Region.
    pub fn primary_of(&self, key: ResourceId, side: Side) -> Option<ResourceId> {
        match self.primary_ref(key, side)? {
            KeyRef::Managed(primary) if primary != key => Some(primary),
            _ => None,
        }
    }

    /// What the configuration says of the key outside this plan that a key is a copy of.
    pub fn known_primary_of(&self, key: ResourceId, side: Side) -> Option<&KnownKey> {
        match self.primary_ref(key, side)? {
            KeyRef::External(primary) => self.known(&primary),
            _ => None,
        }
    }

    fn primary_ref(&self, key: ResourceId, side: Side) -> Option<KeyRef> {
        let resource = self.model.resource(key);
        let entry = self.key_type(resource.mode, &resource.resource_type)?;
        self.pointed_at(key, entry.primary.as_ref()?, side, 0)
    }

    /// The aliases of this plan that name a key on one side.
    pub fn aliases_of(&self, key: ResourceId, side: Side) -> Vec<String> {
        self.aliases(side).by_key.get(&key).cloned().unwrap_or_default()
    }

    /// The names of a key that say what it is for: its aliases, also those that the plan only reads, and what a data
    /// source was asked for.
    pub fn names_of_key(&self, key: ResourceId, side: Side) -> Vec<String> {
        let mut found = self.aliases_of(key, side);
        let resource = self.model.resource(key);
        let entry = self.key_type(resource.mode, &resource.resource_type);
        if let Some(entry) = entry.filter(|_| resource.mode == Mode::Data) {
            let paths = entry.identifiers.iter().chain([&entry.arn]).chain(&entry.asked_by);
            let paths: Vec<Path> = paths.cloned().collect();
            for name in names(self.model, key, &paths) {
                found.extend(self.aliases_in(&name));
            }
        }
        found
    }

    /// The aliases that a name is or stands for.
    pub fn aliases_in(&self, name: &str) -> Vec<String> {
        let mut found: Vec<String> = alias_name(name).map(str::to_owned).into_iter().collect();
        for alias in self.keys.aliases.get(name).into_iter().flatten() {
            let named = self.alias(*alias).map(|entry| std::slice::from_ref(&entry.name));
            found.extend(names(self.model, *alias, named.unwrap_or_default()));
        }
        found
    }

    /// The aliases of a key that may be printed, in order.
    pub fn shown_aliases(&self, key: ResourceId, side: Side) -> Vec<String> {
        let name = Location::default().member("name");
        let hidden = |alias: &ResourceId| {
            let values = self.model.resource(*alias).values(side);
            values.is_some_and(|values| values.is_sensitive_at(&name))
        };
        let mut names = self.aliases_of(key, side);
        names.retain(|name| !self.keys.aliases.get(name).into_iter().flatten().any(hidden));
        names.sort();
        names.dedup();
        names
    }

    /// What the aliases of this plan name on one side.
    pub fn aliases(&self, side: Side) -> Rc<Aliases> {
        let known = self.aliases.borrow().get(&side).cloned();
        known.unwrap_or_else(|| {
            let found = Rc::new(self.find_aliases(side));
            self.aliases.borrow_mut().insert(side, Rc::clone(&found));
            found
        })
    }

    fn find_aliases(&self, side: Side) -> Aliases {
        let mut found = Aliases::default();
        for (name, ids) in self.keys.aliases.iter().filter(|(name, _)| name.starts_with("alias/")) {
            for id in ids {
                if self.model.resource(*id).mode != Mode::Managed || !self.is_called(*id, name, side) {
                    continue;
                }
                match self.alias_target(*id, side, 0) {
                    Some(KeyRef::Managed(key)) => found.by_key.entry(key).or_default().push(name.clone()),
                    Some(KeyRef::Unknown(_)) => found.hidden.push((*id, name.clone())),
                    _ => {}
                }
            }
        }
        found.hidden.sort();
        for aliases in found.by_key.values_mut() {
            aliases.sort();
            aliases.dedup();
        }
        found
    }
}

/// What the aliases of a plan name on one side.
#[derive(Debug, Default)]
pub struct Aliases {
    /// The names of each key, in order.
    pub by_key: HashMap<ResourceId, Vec<String>>,
    /// Those of which it cannot be told which key they name, with their names.
    pub hidden: Vec<(ResourceId, String)>,
}

/// Whether a name or an ARN is that of an alias of AWS's own: `alias/aws/…`.
pub(super) fn is_aws_alias(name: &str) -> bool {
    alias_name(name).is_some_and(|alias| alias.starts_with("alias/aws/"))
}

/// `alias/x`, also out of an alias's ARN.
pub(in crate::eval) fn alias_name(name: &str) -> Option<&str> {
    if name.starts_with("alias/") {
        return Some(name);
    }
    let start = name.find(":alias/")?;
    name.get(start.saturating_add(1)..)
}

/// ARNs, aliases and key ids (`mrk-…`, UUIDs); anything else is no key.
pub(super) fn looks_like_key(text: &str) -> bool {
    let uuid = |id: &str| id.len() == 36 && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    (text.starts_with("arn:") && text.contains(":kms:"))
        || text.starts_with("alias/")
        || text.starts_with("mrk-")
        || uuid(text)
}
