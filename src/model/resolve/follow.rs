//! Following references, one expression at a time.

use std::cell::Cell;
use std::sync::Arc;

use serde_json::Value;

use super::{Mirrors, Opaque, Presence, Resolution, Source, location_of};
use crate::model::address::{ModulePath, Reference, display_key};
use crate::model::value::{Location, LocationStep};
use crate::model::{Model, ResourceId, Side, Written, evaluate};
use crate::plan::{Expression, Index, LIFECYCLE, Mode};

/// References followed, at most, for one attribute. Real configurations need fewer than a hundred.
const MAX_STEPS: usize = 5_000;
/// The longest chain followed.
pub(super) const MAX_DEPTH: usize = 64;

/// Follows references in one model.
#[derive(Debug)]
pub struct Resolver<'m, 'p> {
    pub(in crate::model) model: &'m Model<'p>,
    pub(in crate::model) mirrors: &'m Mirrors,
    pub(in crate::model) evaluation: evaluate::State,
    steps: Cell<usize>,
}

/// Where an expression of the plan's configuration stands.
#[derive(Debug, Clone)]
pub(in crate::model) struct Scope<'p> {
    pub(super) module: Arc<ModulePath>,
    pub(super) for_each: Option<&'p Expression>,
    pub(super) key: Option<Index>,
}

impl Scope<'_> {
    /// A module, outside its blocks.
    pub(in crate::model) fn of(module: Arc<ModulePath>) -> Self {
        Self {
            module,
            for_each: None,
            key: None,
        }
    }
}

impl<'m, 'p> Resolver<'m, 'p> {
    /// A resolver over a model.
    pub fn new(model: &'m Model<'p>, mirrors: &'m Mirrors) -> Self {
        Self {
            model,
            mirrors,
            evaluation: evaluate::State::default(),
            steps: Cell::new(0),
        }
    }

    /// What the attribute at `location` of a resource may come from, after.
    pub fn resolve(&self, id: ResourceId, location: &Location) -> Resolution {
        self.steps.set(0);
        self.restart();
        self.written(id, location, &[], 0)
    }

    /// Whether the argument or block at a place of a resource is written, after.
    pub fn presence(&self, id: ResourceId, location: &Location) -> Presence {
        self.restart();
        if let Some(value) = self.evaluated(id, location) {
            return self.presence_of(&value);
        }
        if matches!(location.0.first(), Some(LocationStep::Name(name)) if name == LIFECYCLE) {
            return Presence::Unknown(Opaque::NotInPlan(LIFECYCLE.to_owned()));
        }
        match self.model.written(id, location) {
            Written::By { .. } => Presence::Set,
            Written::Not => Presence::NotShown,
            Written::HiddenBlock => Presence::Unknown(Opaque::HiddenBlock),
            Written::NoConfiguration => Presence::Unknown(Opaque::NoConfiguration),
        }
    }

    pub(super) fn written(&self, id: ResourceId, location: &Location, trace: &[String], depth: usize) -> Resolution {
        let resource = self.model.resource(id);
        let trace = extend(trace, format!("{}{}", resource.address, suffix(location)));
        if depth > MAX_DEPTH {
            return Resolution::opaque(Opaque::TooLong, trace);
        }
        if let Some(value) = self.evaluated(id, location) {
            return self.origins(&value, &trace, depth.saturating_add(1));
        }
        if matches!(location.0.first(), Some(LocationStep::Name(name)) if name == LIFECYCLE) {
            return Resolution::opaque(Opaque::NotInPlan(LIFECYCLE.to_owned()), trace);
        }
        match self.model.written(id, location) {
            Written::Not => Resolution::one(Source::NotSet, trace),
            Written::NoConfiguration => Resolution::opaque(Opaque::NoConfiguration, trace),
            Written::HiddenBlock => Resolution::opaque(Opaque::HiddenBlock, trace),
            Written::By {
                expressions,
                may_be_unset,
            } => {
                let scope =
                    Scope {
                        module: Arc::clone(&resource.module),
                        for_each: self.model.configured.as_ref().and_then(|configured| {
                            configured.block(resource).and_then(|block| block.for_each.as_deref())
                        }),
                        key: resource.key.clone(),
                    };
                let mut all = Resolution {
                    conditional: may_be_unset,
                    ..Resolution::default()
                };
                for expression in expressions {
                    all.absorb(self.expression(expression, &scope, &trace, depth));
                }
                all
            }
        }
    }

    pub(super) fn expression(
        &self,
        expression: &'p Expression,
        scope: &Scope<'p>,
        trace: &[String],
        depth: usize,
    ) -> Resolution {
        if depth > MAX_DEPTH || self.steps.get() > MAX_STEPS {
            return Resolution::opaque(Opaque::TooLong, trace.to_vec());
        }
        self.steps.set(self.steps.get() + 1);
        if expression.references.is_empty() {
            return match expression.constant.as_deref() {
                Some(Value::Null) => Resolution::one(Source::NotSet, trace.to_vec()),
                Some(value) => Resolution::one(Source::Value(value.clone()), trace.to_vec()),
                None => Resolution::opaque(Opaque::Function, trace.to_vec()),
            };
        }
        let references: Vec<Reference> = expression
            .references
            .iter()
            .map(|text| Reference::parse(text))
            .collect();
        if let Some(paired) = pair(&references, scope) {
            let trace = extend(trace, "paired by the instance's own key".into());
            if let Some(resolution) = self.reference(&paired, scope, &trace, depth) {
                return resolution;
            }
        }
        let mut all = Resolution::default();
        let mut remaining = 0_usize;
        for reference in &references {
            if let Some(resolution) = self.reference(reference, scope, trace, depth) {
                remaining = remaining.saturating_add(1);
                all.absorb(resolution);
            }
        }
        all.conditional |= remaining > 1;
        // What is mentioned twice may be an operand the first time.
        all.deferred |= references
            .iter()
            .enumerate()
            .any(|(at, one)| references.iter().take(at).any(|earlier| earlier == one));
        all
    }

    /// What one reference leads to; `None` where it names a block without instances.
    fn reference(
        &self,
        reference: &Reference,
        scope: &Scope<'p>,
        trace: &[String],
        depth: usize,
    ) -> Option<Resolution> {
        let depth = depth.saturating_add(1);
        Some(match reference {
            Reference::Resource {
                mode,
                resource_type,
                name,
                key,
                rest,
            } => {
                let ids = self.instances(scope, *mode, resource_type, name, key.as_ref());
                if ids.is_empty() {
                    let text = block_text(*mode, resource_type, name, key.as_ref());
                    let found = self.without_instances(scope, *mode, resource_type, name, &text, trace);
                    // Without an attribute behind it, the expression may ask for the number of instances, and choose by it.
                    return found.or_else(|| (key.is_none() && rest.is_empty()).then(Resolution::default));
                }
                let location = location_of(rest);
                self.each_of(ids, trace, |id| self.attribute(id, &location, trace, depth))
            }
            Reference::Output {
                call,
                key,
                output,
                rest,
            } => {
                return self.output(scope, call, key.as_ref(), output.as_deref(), rest, trace, depth);
            }
            Reference::Variable { name, rest } => self.variable(scope, name, trace, depth).index(rest),
            Reference::Local(name) => {
                let label = scope.module.join(&format!("local.{name}"));
                Resolution::opaque(Opaque::Local(label.clone()), extend(trace, label))
            }
            Reference::EachValue(rest) => self.each_value(scope, rest, trace, depth),
            // Symbols and paths hold no key, but they show that the expression chooses or builds something.
            Reference::EachKey | Reference::CountIndex | Reference::Other(_) => Resolution::default(),
        })
    }

    fn each_of(&self, ids: Vec<ResourceId>, trace: &[String], follow: impl Fn(ResourceId) -> Resolution) -> Resolution {
        if ids.len() > super::MAX_ORIGINS {
            return Resolution::opaque(Opaque::TooMany, trace.to_vec());
        }
        let mut all = Resolution::default();
        for id in ids {
            all.absorb(follow(id));
        }
        all
    }

    fn instances(
        &self,
        scope: &Scope<'p>,
        mode: Mode,
        resource_type: &str,
        name: &str,
        key: Option<&Index>,
    ) -> Vec<ResourceId> {
        let mut ids = self.model.instances(&scope.module, mode, resource_type, name, key);
        ids.retain(|id| self.model.resource(*id).values(Side::After).is_some());
        ids
    }

    /// A complete plan holds every instance, so a block without any has a `count` or `for_each` that came to nothing.
    fn without_instances(
        &self,
        scope: &Scope<'p>,
        mode: Mode,
        resource_type: &str,
        name: &str,
        text: &str,
        trace: &[String],
    ) -> Option<Resolution> {
        let configured = self
            .model
            .configured
            .as_ref()
            .and_then(|configured| configured.module(&scope.module))
            .is_some_and(|module| module.resource(mode, resource_type, name).is_some());
        if configured && mode == Mode::Data {
            // One that is read during apply stands in the plan's changes; so this one was read before, and its value is
            // known to Terraform: an operand.
            return Some(Resolution::default());
        }
        if configured && self.model.plan().partial.is_none() {
            return None;
        }
        let label = scope.module.join(text);
        Some(Resolution::opaque(Opaque::Missing(label.clone()), extend(trace, label)))
    }
}

/// `x[each.key]` and `x[count.index]` leave exactly the block and the symbol, in this order and once each: the consumer's
/// own key is meant. So does `x[each.value]` of a set, whose `for_each` leaves no trace in the configuration.
fn pair(references: &[Reference], scope: &Scope<'_>) -> Option<Reference> {
    let own = scope.key.as_ref()?;
    let [block, symbol] = references else {
        return None;
    };
    let fits = match (symbol, own) {
        (Reference::EachKey, Index::Text(_)) | (Reference::CountIndex, Index::Number(_)) => true,
        (Reference::EachValue(rest), Index::Text(_)) => rest.is_empty() && scope.for_each.is_none(),
        _ => false,
    };
    let mut paired = block.clone();
    match &mut paired {
        Reference::Resource { key, rest, .. } if fits && key.is_none() && rest.is_empty() => *key = Some(own.clone()),
        Reference::Output { key, output: None, .. } if fits && key.is_none() => *key = Some(own.clone()),
        _ => return None,
    }
    Some(paired)
}

/// `.rule[0].key`: a location behind an address.
pub(super) fn suffix(location: &Location) -> String {
    location.to_string().split_off(1)
}

fn block_text(mode: Mode, resource_type: &str, name: &str, key: Option<&Index>) -> String {
    let data = if mode == Mode::Data { "data." } else { "" };
    format!("{data}{resource_type}.{name}{}", display_key(key))
}

pub(super) fn extend(trace: &[String], label: String) -> Vec<String> {
    let mut longer = trace.to_vec();
    longer.push(label);
    longer
}
