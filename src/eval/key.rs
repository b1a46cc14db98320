//! Keys: what a key attribute names, with the proof.

mod home;
mod index;
mod named;

use std::sync::Arc;

use serde_json::Value;

pub use self::home::Homes;
pub use self::index::KeyIndex;
pub use self::named::Aliases;
use self::named::looks_like_key;
use super::facts::{Facts, name_of};
use super::reading::{Candidate, NOTHING_SET, Reading, opaque, trace, unknown_attribute};
use super::tri::Doubt;
use crate::model::resolve::{Resolution, Source};
use crate::model::value::{Found, LocationStep, State};
use crate::model::{ResourceId, Side};
use crate::policy::catalog::KeyAttribute;
use crate::policy::known::KnownId;

/// What a key attribute names.
#[derive(Debug, Clone, PartialEq)]
pub enum KeyRef {
    /// A key that this plan manages, or that it has read.
    Managed(ResourceId),
    /// An AWS-managed key (`alias/aws/…`).
    AwsManaged,
    /// A customer managed key outside the plan.
    External(External),
    /// No key is set.
    Unset,
    /// It cannot be told.
    Unknown(Doubt),
}

/// A customer managed key outside the plan. One that the configuration lists has one name, whatever the author calls it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// As the author names it, or as the configuration does where it lists the key.
    pub name: Arc<str>,
    /// Which of the known keys it is; not verified otherwise.
    pub known: Option<KnownId>,
    /// Whether its name may not be printed.
    pub hidden: bool,
}

impl KeyRef {
    /// A key outside the plan that the author names, and that the configuration does not list.
    fn not_verified(name: &str) -> Self {
        Self::External(External {
            name: name.into(),
            known: None,
            hidden: false,
        })
    }

    /// Whether the configuration lists it.
    fn is_known(&self) -> bool {
        matches!(self, Self::External(key) if key.known.is_some())
    }

    /// Keeps the name of a key outside the plan from being printed.
    fn hide(&mut self) {
        if let Self::External(key) = self {
            key.hidden = true;
        }
    }
}

impl External {
    /// What it is, in words; by its name only where the configuration lists it.
    pub fn phrase(&self) -> String {
        match (self.known, self.hidden) {
            (Some(_), false) => format!("the known key {}", self.name),
            (Some(_), true) => "a known key outside this plan".into(),
            (None, _) => "a customer managed key outside this plan".into(),
        }
    }
}

/// A key with the chain of references that leads to it.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyUse {
    /// The key.
    pub key: KeyRef,
    /// From the attribute to the key.
    pub trace: Vec<String>,
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
        let mut uses = match (&found.state, side) {
            (State::Absent, _) => vec![self.here(&reading, KeyRef::Unset)],
            (State::Known(value), Side::After) => self.known_after(&mut reading, value, attribute),
            (State::Known(value), Side::Before) => self.known_before(&mut reading, value, attribute),
            (State::Unknown, _) => {
                let resolution = self.resolver.resolve(id, &found.location);
                reading.trace = trace(&resolution);
                self.uses_of(resolution, attribute, &reading)
            }
        };
        for one in &mut uses {
            if reading.sensitive || found.state == State::Unknown && !one.key.is_known() {
                // What is not known there was read from constants and variables, and those are never printed.
                one.key.hide();
            }
        }
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

    /// The key that a known value names, whoever set it; the name alone where that counts.
    fn told_by_value<'v>(
        &self,
        reading: &Reading,
        value: &'v Value,
        attribute: &KeyAttribute,
        side: Side,
    ) -> Result<KeyRef, &'v str> {
        let Some(name) = name_of(value) else {
            return Ok(KeyRef::Unset);
        };
        if let Some(key) = self.by_name(name, reading.resource, side, 0) {
            return Ok(key);
        }
        if !looks_like_key(name) {
            return Ok(no_key());
        }
        if !attribute.computed {
            return Ok(KeyRef::not_verified(name));
        }
        Err(name)
    }

    fn known_after(&self, reading: &mut Reading, value: &Value, attribute: &KeyAttribute) -> Vec<KeyUse> {
        let name = match self.told_by_value(reading, value, attribute, Side::After) {
            Ok(key) => return vec![self.here(reading, key)],
            Err(name) => name,
        };
        let before = self.model.resource(reading.resource).values(Side::Before);
        if before
            .and_then(|node| node.at(&reading.location))
            .map(|node| node.state())
            != Some(reading.state.clone())
        {
            // Only the author gives a computed attribute a new value that is known before apply.
            return vec![self.here(reading, KeyRef::not_verified(name))];
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
                            key: KeyRef::not_verified(name),
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
        if let Ok(key) = self.told_by_value(reading, value, attribute, Side::Before) {
            return vec![self.here(reading, key)];
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
            if let Some(key) = self.key_of(&origin.source, reading.resource) {
                if origin.assembled && matches!(key, KeyRef::Managed(_)) {
                    // An ARN around a key's id names that key only in the key's own account and Region.
                    let around = origin.trace.last().map_or("", String::as_str);
                    let other = KeyUse {
                        key: KeyRef::not_verified(&format!("an ARN around {around}")),
                        trace: origin.trace.clone(),
                    };
                    candidates.push((other, true));
                }
                let one = KeyUse {
                    key,
                    trace: origin.trace,
                };
                candidates.push((one, unknown));
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
    fn key_of(&self, source: &Source, consumer: ResourceId) -> Option<KeyRef> {
        match source {
            Source::NotSet => Some(KeyRef::Unset),
            Source::Opaque(why) => Some(KeyRef::Unknown(opaque(why))),
            Source::Document(_) => Some(no_key()),
            Source::Value(value) => self.key_named(value, consumer),
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
                    State::Known(value) => self.key_named(value, consumer),
                    State::Absent => Some(KeyRef::Unset),
                    State::Unknown => Some(KeyRef::Unknown(unknown_attribute(self.model, *resource, location))),
                }
            }
        }
    }

    /// A key as a candidate, in words.
    pub fn candidate(&self, key: &KeyRef) -> Candidate {
        let (what, address, level) = match key {
            KeyRef::Managed(id) => {
                let address = self.model.resource(*id).address.clone();
                (address.clone(), Some(address), Some("cmk"))
            }
            KeyRef::AwsManaged => ("an AWS-managed key".to_owned(), None, Some("aws-managed")),
            KeyRef::External(key) => (key.phrase(), None, Some("cmk")),
            KeyRef::Unset => (NOTHING_SET.to_owned(), None, None),
            KeyRef::Unknown(doubt) => (doubt.because.clone(), None, None),
        };
        Candidate { what, address, level }
    }
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
