//! Keys: what a key attribute names, with the proof.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::Value;

use super::facts::{Facts, name_of};
use super::reading::{Candidate, NOTHING_SET, Reading, opaque, trace, unknown_attribute};
use super::tri::Doubt;
use crate::model::resolve::{Opaque, Resolution, Source};
use crate::model::value::{Found, Location, LocationStep, State};
use crate::model::{Model, ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::{Catalog, KeyAttribute};

/// What a key attribute names.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyRef {
    /// A key that this plan manages, or that it has read.
    Managed(ResourceId),
    /// An AWS-managed key (`alias/aws/…`).
    AwsManaged,
    /// A customer managed key outside the plan that the author names; not verified.
    External(Arc<str>),
    /// No key is set.
    Unset,
    /// It cannot be told.
    Unknown(Doubt),
}

/// A key with the chain of references that leads to it.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyUse {
    /// The key.
    pub key: KeyRef,
    /// From the attribute to the key.
    pub trace: Vec<String>,
}

/// Keys and aliases of a plan by the values that name them.
#[derive(Debug, Default)]
pub struct KeyIndex {
    keys: HashMap<String, ResourceId>,
    aws_managed: HashMap<ResourceId, bool>,
    aliases: HashMap<String, Vec<ResourceId>>,
}

impl KeyIndex {
    /// Indexes the keys and aliases of a plan by their known identifiers, before and after, deposed objects included.
    pub fn new(model: &Model<'_>, catalog: &Catalog) -> Self {
        let mut index = Self::default();
        for (id, resource) in model.resources() {
            let kind = (resource.mode, resource.resource_type.to_string());
            if let Some(key) = catalog.keys.get(&kind) {
                for name in names(model, id, &key.identifiers) {
                    // A data source of a managed key names the same key: the managed one says more.
                    if resource.mode == Mode::Managed {
                        index.keys.insert(name, id);
                    } else {
                        index.keys.entry(name).or_insert(id);
                    }
                }
                if let Some(manager) = &key.manager {
                    let aws = names(model, id, std::slice::from_ref(manager))
                        .iter()
                        .any(|name| name == "AWS");
                    index.aws_managed.insert(id, aws);
                }
            }
            if let Some(alias) = catalog.aliases.get(&kind) {
                for name in names(model, id, &alias.identifiers).into_iter().chain(names(
                    model,
                    id,
                    std::slice::from_ref(&alias.name),
                )) {
                    index.aliases.entry(name).or_default().push(id);
                }
            }
        }
        index
    }
}

fn names(model: &Model<'_>, id: ResourceId, paths: &[crate::model::path::Path]) -> Vec<String> {
    let mut found: Vec<String> = [Side::Before, Side::After]
        .into_iter()
        .flat_map(|side| {
            paths
                .iter()
                .flat_map(move |path| model.select(id, side, &Location::default(), path))
        })
        .filter_map(|found| match found.state {
            State::Known(value) => name_of(&value).map(str::to_owned),
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

impl Facts<'_> {
    /// The keys that a key attribute may name on one side, and the reading of it.
    pub fn keys_at(
        &self,
        id: ResourceId,
        side: Side,
        found: &Found,
        attribute: &KeyAttribute,
    ) -> (Reading, Vec<KeyUse>) {
        let mut reading = Reading::of(id, side, found);
        let uses = match (&found.state, side) {
            (State::Absent, _) => vec![self.here(&reading, KeyRef::Unset)],
            (State::Known(value), Side::After) => self.known_after(&mut reading, value, attribute),
            (State::Known(value), Side::Before) => self.known_before(&mut reading, value, attribute),
            (State::Unknown, _) => {
                let resolution = self.resolver.resolve(id, &found.location);
                reading.trace = trace(&resolution);
                self.uses_of(resolution, attribute, &reading)
            }
        };
        if found.state == State::Unknown || uses.len() > 1 {
            reading.candidates = uses.iter().map(|one| self.candidate(&one.key)).collect();
        }
        // A condition's operand explains nothing: where there is a choice, the way to a key does.
        let named = uses
            .iter()
            .find(|one| matches!(one.key, KeyRef::Managed(_) | KeyRef::External(_)));
        if let Some(one) = named.or_else(|| uses.first().filter(|_| uses.len() == 1)) {
            reading.trace = one.trace.clone();
        }
        (reading, uses)
    }

    fn here(&self, reading: &Reading, key: KeyRef) -> KeyUse {
        let start = format!(
            "{}{}",
            self.model.resource(reading.resource).address,
            reading.location.to_string().split_off(1)
        );
        let end = match &key {
            KeyRef::Managed(id) => Some(self.model.resource(*id).address.clone()),
            _ => None,
        };
        KeyUse {
            key,
            trace: std::iter::once(start).chain(end).collect(),
        }
    }

    fn known_after(&self, reading: &mut Reading, value: &Value, attribute: &KeyAttribute) -> Vec<KeyUse> {
        let Some(name) = name_of(value) else {
            return vec![self.here(reading, KeyRef::Unset)];
        };
        let provider = &self.model.resource(reading.resource).provider;
        if let Some(key) = self.by_name(name, provider, Side::After, 0) {
            return vec![self.here(reading, key)];
        }
        if !looks_like_key(name) {
            return vec![self.here(reading, no_key())];
        }
        if !attribute.computed {
            return vec![self.here(reading, KeyRef::External(name.into()))];
        }
        let before = self.model.resource(reading.resource).values(Side::Before);
        if before
            .and_then(|node| node.at(&reading.location))
            .map(|node| node.state())
            != Some(reading.state.clone())
        {
            // Only the author gives a computed attribute a new value that is known before apply.
            return vec![self.here(reading, KeyRef::External(name.into()))];
        }
        let resolution = self.resolver.resolve(reading.resource, &reading.location);
        reading.trace = trace(&resolution);
        vec![self.who_wrote(&resolution, name, value, reading)]
    }

    /// A computed attribute holds AWS's own key after a refresh where the author set none.
    fn who_wrote(&self, resolution: &Resolution, name: &str, value: &Value, reading: &Reading) -> KeyUse {
        let mut unset = resolution.origins.is_empty();
        let mut others = false;
        let mut doubts = Vec::new();
        for origin in &resolution.origins {
            match &origin.source {
                Source::Value(written)
                | Source::Attribute {
                    state: State::Known(written),
                    ..
                } => {
                    if holds(written, value, resolution.conditional) {
                        return KeyUse {
                            key: KeyRef::External(name.into()),
                            trace: origin.trace.clone(),
                        };
                    }
                    others = true;
                }
                Source::NotSet
                | Source::Attribute {
                    state: State::Absent, ..
                } => unset = true,
                Source::Document(_) => others = true,
                Source::Opaque(why) => doubts.push(opaque(why)),
                Source::Attribute { resource, location, .. } => {
                    doubts.push(unknown_attribute(self.model, *resource, location));
                }
            }
        }
        if unset && !others && doubts.is_empty() {
            return self.here(reading, KeyRef::Unset);
        }
        let doubt = doubts.into_iter().next().unwrap_or_else(|| Doubt {
            because: "it is none of the values that the expression refers to".into(),
            settle: "write the key without a condition, and let no `ignore_changes` cover it".into(),
        });
        let because = format!(
            "a key stands there, and whether the author set it or AWS did cannot be told: {}",
            doubt.because
        );
        let settle = doubt.settle;
        self.here(reading, KeyRef::Unknown(Doubt { because, settle }))
    }

    /// The configuration describes after: a key that stood before is told by its value, or by what stands there after.
    fn known_before(&self, reading: &mut Reading, value: &Value, attribute: &KeyAttribute) -> Vec<KeyUse> {
        let Some(name) = name_of(value) else {
            return vec![self.here(reading, KeyRef::Unset)];
        };
        let provider = &self.model.resource(reading.resource).provider;
        if let Some(key) = self.by_name(name, provider, Side::Before, 0) {
            return vec![self.here(reading, key)];
        }
        if !looks_like_key(name) {
            return vec![self.here(reading, no_key())];
        }
        if !attribute.computed {
            return vec![self.here(reading, KeyRef::External(name.into()))];
        }
        let after = self
            .model
            .resource(reading.resource)
            .values(Side::After)
            .and_then(|node| node.at(&reading.location));
        if after.is_some_and(|node| node.state() == reading.state) {
            return self.known_after(reading, value, attribute);
        }
        let doubt = Doubt {
            because:
                "the key that stood there before is not in this plan, and the configuration does not tell who chose it"
                    .into(),
            settle: "nothing: it is about the state before this plan".into(),
        };
        vec![self.here(reading, KeyRef::Unknown(doubt))]
    }

    fn uses_of(&self, resolution: Resolution, attribute: &KeyAttribute, reading: &Reading) -> Vec<KeyUse> {
        let mut candidates: Vec<(KeyUse, bool)> = Vec::new();
        let mut conditional = resolution.conditional;
        let resolution_deferred = resolution.deferred;
        for origin in resolution.origins {
            let unknown = matches!(
                &origin.source,
                Source::Attribute {
                    state: State::Unknown,
                    ..
                }
            );
            let by_id = !origin.mirrored && !origin.any_output && !origin.assembled && self.names_by_id(&origin.source);
            conditional |= attribute.arn_only && by_id;
            if origin.any_output && self.is_no_identifier(&origin.source) {
                // AWS takes no such thing for a key, so this output is not the one that is meant.
                continue;
            }
            if let Some(key) = self.key_of(&origin.source, &reading.resource) {
                if origin.assembled && matches!(key, KeyRef::Managed(_)) {
                    // An ARN around a key's id names that key only in the key's own account and Region.
                    let key = KeyRef::External(
                        format!("an ARN around {}", origin.trace.last().map_or("", String::as_str)).into(),
                    );
                    candidates.push((
                        KeyUse {
                            key,
                            trace: origin.trace.clone(),
                        },
                        true,
                    ));
                }
                candidates.push((
                    KeyUse {
                        key,
                        trace: origin.trace,
                    },
                    unknown,
                ));
            }
        }
        if (conditional || candidates.is_empty()) && !candidates.iter().any(|(one, _)| one.key == KeyRef::Unset) {
            candidates.push((self.here(reading, KeyRef::Unset), false));
        }
        // A value that Terraform knows only after apply may be a condition's operand: then nothing can be excluded.
        let deferred = resolution_deferred && candidates.len() > 1;
        let settled = !deferred && candidates.iter().all(|(one, _)| !matches!(one.key, KeyRef::Unknown(_)));
        if settled && candidates.iter().any(|(_, unknown)| *unknown) {
            // The value is unknown although everything else in the expression is known: so it is not one of the known
            // values, and where null would show as null, it is not null either.
            let assembled = conditional && !resolution.conditional;
            candidates
                .retain(|(one, unknown)| *unknown || (one.key == KeyRef::Unset && (attribute.computed || assembled)));
        }
        let mut uses: Vec<KeyUse> = Vec::new();
        for (one, _) in candidates {
            if !uses.iter().any(|there| there.key == one.key) {
                uses.push(one);
            }
        }
        uses
    }

    /// Whether a reference takes a key's id where an ARN is needed: then the ARN is assembled around it.
    fn names_by_id(&self, source: &Source) -> bool {
        let Source::Attribute {
            resource,
            location,
            state: State::Unknown,
        } = source
        else {
            return false;
        };
        let holder = self.model.resource(*resource);
        match (self.key_type(holder.mode, &holder.resource_type), location.0.as_slice()) {
            (Some(key), [LocationStep::Name(name)]) => key.arn.attribute() != Some(name),
            _ => false,
        }
    }

    /// Whether a source is an attribute of a key by which nobody can name it (its policy, its rotation).
    fn is_no_identifier(&self, source: &Source) -> bool {
        let Source::Attribute { resource, location, .. } = source else {
            return false;
        };
        let holder = self.model.resource(*resource);
        match (self.key_type(holder.mode, &holder.resource_type), location.0.first()) {
            (Some(key), Some(LocationStep::Name(name))) => {
                !key.identifiers.iter().any(|path| path.attribute() == Some(name))
            }
            _ => false,
        }
    }

    /// `None` where a value cannot be a key: a condition's operand.
    fn key_of(&self, source: &Source, consumer: &ResourceId) -> Option<KeyRef> {
        let provider = &self.model.resource(*consumer).provider;
        match source {
            Source::NotSet => Some(KeyRef::Unset),
            Source::Opaque(why) => Some(KeyRef::Unknown(opaque(why))),
            Source::Document(_) => Some(no_key()),
            Source::Value(value) => self.key_named(value, provider),
            Source::Attribute {
                resource,
                location,
                state,
            } => {
                let holder = self.model.resource(*resource);
                if self.key_type(holder.mode, &holder.resource_type).is_some() {
                    return match state {
                        _ if !self.is_no_identifier(source) => Some(self.of_key_resource(*resource)),
                        State::Unknown => Some(KeyRef::Unknown(unknown_attribute(self.model, *resource, location))),
                        // A condition's operand.
                        State::Known(_) | State::Absent => None,
                    };
                }
                match state {
                    State::Known(value) => self.key_named(value, provider),
                    State::Absent => Some(KeyRef::Unset),
                    State::Unknown => Some(KeyRef::Unknown(unknown_attribute(self.model, *resource, location))),
                }
            }
        }
    }

    fn key_named(&self, value: &Value, provider: &str) -> Option<KeyRef> {
        match value {
            Value::Null => Some(KeyRef::Unset),
            Value::String(text) if text.is_empty() => Some(KeyRef::Unset),
            Value::String(text) => self
                .by_name(text, provider, Side::After, 0)
                .or_else(|| looks_like_key(text).then(|| KeyRef::External(text.as_str().into()))),
            // A map or list that the expression picks from: what it picks cannot be told.
            Value::Object(_) | Value::Array(_) => Some(KeyRef::Unknown(opaque(&Opaque::Function))),
            Value::Bool(_) | Value::Number(_) => None,
        }
    }

    fn of_key_resource(&self, id: ResourceId) -> KeyRef {
        let resource = self.model.resource(id);
        match (resource.mode, self.keys.aws_managed.get(&id)) {
            (Mode::Managed, _) => KeyRef::Managed(id),
            (Mode::Data, Some(true)) => KeyRef::AwsManaged,
            (Mode::Data, _) if resource.values(Side::Before).is_some() => KeyRef::Managed(self.same_key(id)),
            (Mode::Data, _) => KeyRef::Unknown(Doubt {
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

    /// The key that a value names: a key of the plan, an alias of the plan, or an AWS-managed key. An alias's ARN counts
    /// only whole: the same name may stand in another account.
    fn by_name(&self, name: &str, provider: &str, side: Side, depth: usize) -> Option<KeyRef> {
        if let Some(id) = self.keys.keys.get(name) {
            return Some(self.of_key_resource(*id));
        }
        if alias_name(name).is_some_and(|alias| alias.starts_with("alias/aws/")) {
            return Some(KeyRef::AwsManaged);
        }
        let aliases = self.keys.aliases.get(name)?;
        let alias = aliases
            .iter()
            .find(|alias| self.model.resource(**alias).provider.as_ref() == provider)?;
        if depth > 4 || self.model.resource(*alias).values(side).is_none() {
            return None;
        }
        self.alias_target(*alias, provider, side, depth)
    }

    /// The key behind an alias of the plan.
    fn alias_target(&self, alias: ResourceId, provider: &str, side: Side, depth: usize) -> Option<KeyRef> {
        let resource = self.model.resource(alias);
        let entry = self
            .policies
            .catalog
            .aliases
            .get(&(resource.mode, resource.resource_type.to_string()))?;
        if resource.mode == Mode::Data {
            let names = names(self.model, alias, std::slice::from_ref(&entry.name));
            if names.iter().any(|name| name.starts_with("alias/aws/")) {
                return Some(KeyRef::AwsManaged);
            }
        }
        for found in self.model.select(alias, side, &Location::default(), &entry.target) {
            match &found.state {
                State::Known(value) => {
                    let name = name_of(value)?;
                    return self
                        .by_name(name, provider, side, depth.saturating_add(1))
                        .or_else(|| Some(KeyRef::External(name.into())));
                }
                State::Unknown => {
                    let resolution = self.resolver.resolve(alias, &found.location);
                    let mut keys = resolution
                        .origins
                        .iter()
                        .filter_map(|origin| self.key_of(&origin.source, &alias));
                    return match (keys.next(), keys.next()) {
                        (Some(only), None) => Some(only),
                        _ => Some(KeyRef::Unknown(Doubt {
                            because: format!("`{}` may point at several keys", resource.address),
                            settle: "reference the key itself".into(),
                        })),
                    };
                }
                State::Absent => {}
            }
        }
        None
    }

    /// The aliases of this plan that name a key on one side.
    pub fn aliases_of(&self, key: ResourceId, side: Side) -> Vec<String> {
        let known = self
            .aliases
            .borrow()
            .get(&side)
            .map(|by_key| by_key.get(&key).cloned().unwrap_or_default());
        if let Some(aliases) = known {
            return aliases;
        }
        let by_key = self.aliases_by_key(side);
        let found = by_key.get(&key).cloned().unwrap_or_default();
        self.aliases.borrow_mut().insert(side, by_key);
        found
    }

    fn aliases_by_key(&self, side: Side) -> HashMap<ResourceId, Vec<String>> {
        let mut by_key: HashMap<ResourceId, Vec<String>> = HashMap::new();
        for (name, ids) in self.keys.aliases.iter().filter(|(name, _)| name.starts_with("alias/")) {
            for id in ids {
                let alias = self.model.resource(*id);
                if alias.mode != Mode::Managed || alias.values(side).is_none() {
                    continue;
                }
                if let Some(KeyRef::Managed(key)) = self.alias_target(*id, &alias.provider, side, 0) {
                    by_key.entry(key).or_default().push(name.clone());
                }
            }
        }
        for aliases in by_key.values_mut() {
            aliases.sort();
            aliases.dedup();
        }
        by_key
    }

    /// A key as a candidate, in words.
    pub fn candidate(&self, key: &KeyRef) -> Candidate {
        let (what, address, level) = match key {
            KeyRef::Managed(id) => {
                let address = self.model.resource(*id).address.clone();
                (address.clone(), Some(address), Some("cmk"))
            }
            KeyRef::AwsManaged => ("an AWS-managed key".to_owned(), None, Some("aws-managed")),
            KeyRef::External(_) => ("a customer managed key outside this plan".to_owned(), None, Some("cmk")),
            KeyRef::Unset => (NOTHING_SET.to_owned(), None, None),
            KeyRef::Unknown(doubt) => (doubt.because.clone(), None, None),
        };
        Candidate { what, address, level }
    }
}

/// `alias/x`, also out of an alias's ARN.
fn alias_name(name: &str) -> Option<&str> {
    if name.starts_with("alias/") {
        return Some(name);
    }
    let start = name.find(":alias/")?;
    name.get(start.saturating_add(1)..)
}

/// Whether a written value is the one that stands there, holds it as a member, or is the part that it is assembled
/// around (where no condition may have chosen something else).
fn holds(written: &Value, value: &Value, conditional: bool) -> bool {
    const LEAST_PART: usize = 12;
    match (written, value) {
        (Value::Object(members), _) => members.values().any(|member| holds(member, value, true)),
        (Value::Array(elements), _) => elements.iter().any(|element| holds(element, value, true)),
        (Value::String(part), Value::String(whole)) => {
            part == whole || !conditional && part.len() >= LEAST_PART && whole.contains(part.as_str())
        }
        _ => false,
    }
}

fn no_key() -> KeyRef {
    KeyRef::Unknown(Doubt {
        because: "what stands there is no key's ARN, id or alias".into(),
        settle: "name the key by its ARN, its id or its alias".into(),
    })
}

/// ARNs, aliases and key ids (`mrk-…`, UUIDs); anything else is no key.
fn looks_like_key(text: &str) -> bool {
    let uuid = |id: &str| id.len() == 36 && id.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    (text.starts_with("arn:") && text.contains(":kms:"))
        || text.starts_with("alias/")
        || text.starts_with("mrk-")
        || uuid(text)
}
