//! Following references, one expression at a time.

use std::cell::Cell;
use std::sync::Arc;

use serde_json::Value;

use super::{Mirrors, Opaque, Presence, Resolution, Source, location_of};
use crate::model::address::{ModulePath, Reference, Step, display_key};
use crate::model::path::Path;
use crate::model::value::{Location, LocationStep, State};
use crate::model::{Model, ResourceId, Side, Written, evaluate};
use crate::plan::{ConfigModule, Expression, ExpressionNode, Index, LIFECYCLE, Mode};

/// References followed, at most, for one attribute. Real configurations need fewer than a hundred.
const MAX_STEPS: usize = 5_000;
/// The longest chain followed.
const MAX_DEPTH: usize = 64;

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
    module: Arc<ModulePath>,
    for_each: Option<&'p Expression>,
    key: Option<Index>,
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

    fn written(&self, id: ResourceId, location: &Location, trace: &[String], depth: usize) -> Resolution {
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

    fn expression(&self, expression: &'p Expression, scope: &Scope<'p>, trace: &[String], depth: usize) -> Resolution {
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

    /// An attribute of a resource: the attribute it mirrors, the expression that sets it, or itself.
    pub(in crate::model) fn attribute(
        &self,
        id: ResourceId,
        location: &Location,
        trace: &[String],
        depth: usize,
    ) -> Resolution {
        let resource = self.model.resource(id);
        let label = format!("{}{}", resource.address, suffix(location));
        let first = match location.0.first() {
            Some(LocationStep::Name(name)) => Some(name.as_str()),
            _ => None,
        };
        if let Some(path) = self.mirrors.of(resource.mode, &resource.resource_type, first) {
            let trace = extend(trace, label);
            let inner = location.0.get(1..).unwrap_or_default();
            if !inner.is_empty()
                && let Some(exact) = self.mirrored_part(id, path, inner, &trace, depth)
            {
                return exact;
            }
            let inner = steps_of(inner);
            let mut mirrored = self.mirrored(id, path, &trace, depth).index(&inner);
            // A member of something that Terraform knows only after apply may be null, whatever the others are.
            mirrored.deferred |= !inner.is_empty();
            return mirrored;
        }
        let whole = location.0.is_empty();
        let state = match resource.values(Side::After).and_then(|node| node.at(location)) {
            Some(node) if !whole => node.state(),
            _ => State::Unknown,
        };
        if state == State::Unknown && !whole && depth < MAX_DEPTH && self.is_written(id, location) {
            return self.set_elsewhere(id, location.clone(), trace, depth);
        }
        let source = match state {
            State::Absent => Source::NotSet,
            state => Source::Attribute {
                resource: id,
                location: location.clone(),
                state,
            },
        };
        Resolution::one(source, extend(trace, label))
    }

    /// An argument of another resource. Where it may be null there, the provider puts something else in its place.
    fn set_elsewhere(&self, id: ResourceId, location: Location, trace: &[String], depth: usize) -> Resolution {
        let mut found = self.written(id, &location, trace, depth);
        let may_be_null = found.conditional || found.origins.iter().any(|origin| origin.source == Source::NotSet);
        found.origins.retain(|origin| origin.source != Source::NotSet);
        if may_be_null {
            let label = format!("{}{}", self.model.resource(id).address, suffix(&location));
            let source = Source::Attribute {
                resource: id,
                location,
                state: State::Unknown,
            };
            found.absorb(Resolution::one(source, extend(trace, label)));
        }
        Resolution {
            conditional: false,
            deferred: true,
            ..found
        }
    }

    /// Whether an expression sets an attribute.
    fn is_written(&self, id: ResourceId, location: &Location) -> bool {
        match self.evaluated(id, location) {
            Some(value) => !value.is_null(),
            None => matches!(self.model.written(id, location), Written::By { .. }),
        }
    }

    /// A part of what an attribute repeats, where the source tells it.
    fn mirrored_part(
        &self,
        id: ResourceId,
        path: &Path,
        inner: &[LocationStep],
        trace: &[String],
        depth: usize,
    ) -> Option<Resolution> {
        let whole = path.steps().iter().map(LocationStep::from);
        let location = Location(whole.chain(inner.iter().cloned()).collect());
        let value = self.evaluated(id, &location).filter(|_| depth < MAX_DEPTH)?;
        let label = format!("{}{}", self.model.resource(id).address, suffix(&location));
        let mut all = self.origins(&value, &extend(trace, label), depth.saturating_add(1));
        for origin in &mut all.origins {
            origin.mirrored = true;
        }
        Some(all)
    }

    fn mirrored(&self, id: ResourceId, path: &Path, trace: &[String], depth: usize) -> Resolution {
        if depth > MAX_DEPTH {
            return Resolution::opaque(Opaque::TooLong, trace.to_vec());
        }
        let mut all = Resolution::default();
        for found in self.model.select(id, Side::After, &Location::default(), path) {
            all.absorb(match found.state {
                State::Known(value) => Resolution {
                    deferred: true,
                    ..Resolution::one(
                        Source::Value(value),
                        extend(
                            trace,
                            format!("{}{}", self.model.resource(id).address, suffix(&found.location)),
                        ),
                    )
                },
                State::Absent => Resolution::one(Source::NotSet, trace.to_vec()),
                State::Unknown => self.written(id, &found.location, trace, depth.saturating_add(1)),
            });
        }
        for origin in &mut all.origins {
            origin.mirrored = true;
        }
        all
    }

    pub(in crate::model) fn variable(
        &self,
        scope: &Scope<'p>,
        name: &str,
        trace: &[String],
        depth: usize,
    ) -> Resolution {
        let label = scope.module.join(&format!("var.{name}"));
        let trace = extend(trace, label.clone());
        let Some(configured) = &self.model.configured else {
            return Resolution::opaque(Opaque::NoConfiguration, trace);
        };
        let Some((parent, _, key)) = scope.module.parent() else {
            let value = self.model.root_variables().get(name);
            let default = configured
                .module(&scope.module)
                .and_then(|module| module.variables.get(name));
            return given(value.or_else(|| default.and_then(Option::as_ref)), label, trace);
        };
        let Some(call) = configured.call(&scope.module) else {
            return Resolution::opaque(Opaque::Missing(label), trace);
        };
        match call.expressions.get(name) {
            Some(ExpressionNode::Expression(expression)) => {
                let outer = Scope {
                    module: parent.into(),
                    for_each: call.for_each.as_deref(),
                    key: key.cloned(),
                };
                self.expression(expression, &outer, &trace, depth)
            }
            Some(_) => Resolution::opaque(Opaque::Variable(label), trace),
            None => given(call.module.variables.get(name).and_then(Option::as_ref), label, trace),
        }
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one reference and where it stands"
    )]
    pub(in crate::model) fn output(
        &self,
        scope: &Scope<'p>,
        call: &str,
        key: Option<&Index>,
        output: Option<&str>,
        rest: &[Step],
        trace: &[String],
        depth: usize,
    ) -> Option<Resolution> {
        let configured = self.model.configured.as_ref()?;
        let label = scope.module.join(&format!("module.{call}{}", display_key(key)));
        let Some(called) = configured
            .module(&scope.module)
            .and_then(|module| module.calls.get(call))
        else {
            return Some(Resolution::opaque(Opaque::Missing(label.clone()), extend(trace, label)));
        };
        // `for_each = toset([...])` leaves no trace in the configuration: the plan's resources tell the instances.
        let seen = self.model.module_instances(&scope.module, call);
        let single = Arc::new(scope.module.child(call, None));
        let repeated = called.count.is_some() || called.for_each.is_some();
        // A module without resources leaves no trace of its instances either; its outputs may hand something through.
        let unseen = seen.is_empty() && !has_managed_resources(&called.module);
        let modules: Vec<Arc<ModulePath>> = match key {
            Some(key) => vec![scope.module.child(call, Some(key.clone())).into()],
            None if repeated && !unseen => seen,
            None if seen.is_empty() || seen.contains(&single) => vec![single],
            None => seen,
        };
        if modules.is_empty() {
            return (key.is_none() && output.is_none()).then(Resolution::default);
        }
        let mut all = Resolution::default();
        for module in modules {
            for (name, expression) in &called.module.outputs {
                if output.is_none_or(|wanted| wanted == name) {
                    let trace = extend(trace, module.join(name));
                    let inner = Scope {
                        module: module.clone(),
                        for_each: None,
                        key: None,
                    };
                    all.absorb(self.expression(expression, &inner, &trace, depth));
                }
            }
        }
        if all.origins.is_empty() && output.is_some_and(|name| !called.module.outputs.contains_key(name)) {
            let label = format!("{label}.{}", output.unwrap_or_default());
            return Some(Resolution::opaque(Opaque::Missing(label.clone()), extend(trace, label)));
        }
        if output.is_none() {
            for origin in &mut all.origins {
                origin.any_output = true;
            }
        }
        all.conditional |= repeated && unseen;
        Some(all.index(rest))
    }

    /// `each.value` of the block or call that an expression stands in.
    fn each_value(&self, scope: &Scope<'p>, rest: &[Step], trace: &[String], depth: usize) -> Resolution {
        let label = scope.module.join("each.value");
        let trace = extend(trace, label.clone());
        let (Some(for_each), Some(Index::Text(key))) = (scope.for_each, &scope.key) else {
            return Resolution::opaque(Opaque::EachValue(label), trace);
        };
        let inner = Scope {
            module: scope.module.clone(),
            for_each: None,
            key: None,
        };
        if let Some(paired) = self.paired_module(for_each, scope, key, rest, &trace, depth) {
            return paired;
        }
        let collection = self.expression(for_each, &inner, &trace, depth);
        if let Some(paired) = self.paired_instance(&collection, key) {
            return self.attribute(paired, &location_of(rest), &trace, depth);
        }
        // Which member belongs to this key is told by a known map only, and a member may be null.
        let told = collection
            .origins
            .iter()
            .all(|origin| matches!(origin.source, Source::Value(_)));
        let mut all = Resolution {
            origins: Vec::new(),
            conditional: collection.conditional || !told,
            deferred: collection.deferred,
        };
        for origin in collection.origins {
            match origin.source {
                Source::Value(Value::Object(members)) => {
                    let value = members.get(key).cloned().unwrap_or(Value::Null);
                    all.absorb(Resolution::one(Source::Value(value), origin.trace).index(rest));
                }
                Source::Value(Value::Array(_)) => {
                    all.absorb(Resolution::one(Source::Value(Value::String(key.clone())), origin.trace));
                }
                source => all.absorb(Resolution::one(source, origin.trace)),
            }
        }
        all
    }

    /// `for_each = module.m` hands each instance of the module to the instance with the same key.
    fn paired_module(
        &self,
        for_each: &'p Expression,
        scope: &Scope<'p>,
        key: &str,
        rest: &[Step],
        trace: &[String],
        depth: usize,
    ) -> Option<Resolution> {
        let [only] = for_each.references.as_slice() else {
            return None;
        };
        let Reference::Output {
            call,
            key: None,
            output: None,
            rest: behind,
        } = Reference::parse(only)
        else {
            return None;
        };
        let key = Index::Text(key.to_owned());
        let instance = scope.module.child(&call, Some(key.clone()));
        let there = self.model.module_instances(&scope.module, &call);
        if !behind.is_empty() || !there.iter().any(|one| **one == instance) {
            return None;
        }
        let (output, rest) = match rest.split_first() {
            Some((Step::Name(name) | Step::Key(Index::Text(name)), rest)) => (Some(name.as_str()), rest),
            Some(_) => return None,
            None => (None, rest),
        };
        self.output(scope, &call, Some(&key), output, rest, trace, depth.saturating_add(1))
    }

    /// `for_each = aws_kms_key.k` hands each instance of the block to the instance with the same key.
    fn paired_instance(&self, collection: &Resolution, key: &str) -> Option<ResourceId> {
        let mut block = None;
        let mut paired = None;
        for origin in &collection.origins {
            let Source::Attribute { resource, location, .. } = &origin.source else {
                return None;
            };
            let instance = self.model.resource(*resource);
            let this = (&instance.module, &instance.resource_type, &instance.name);
            if !location.0.is_empty() || *block.get_or_insert(this) != this {
                return None;
            }
            if instance.key == Some(Index::Text(key.to_owned())) {
                paired = Some(*resource);
            }
        }
        paired
    }
}

fn given(value: Option<&Value>, label: String, trace: Vec<String>) -> Resolution {
    match value {
        Some(Value::Null) => Resolution::one(Source::NotSet, trace),
        Some(value) => Resolution::one(Source::Value(value.clone()), trace),
        None => Resolution::opaque(Opaque::Variable(label), trace),
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

/// Whether a module, or one that it calls, has managed resources.
fn has_managed_resources(module: &ConfigModule) -> bool {
    module.resources.iter().any(|block| block.mode == Mode::Managed)
        || module.calls.values().any(|call| has_managed_resources(&call.module))
}

fn steps_of(location: &[LocationStep]) -> Vec<Step> {
    location
        .iter()
        .map(|step| match step {
            LocationStep::Name(name) => Step::Name(name.to_string()),
            LocationStep::Index(position) => Step::Key(Index::Number(u64::try_from(*position).unwrap_or(u64::MAX))),
            LocationStep::Any => Step::Key(Index::Number(u64::MAX)),
        })
        .collect()
}

/// `.rule[0].key`: a location behind an address.
fn suffix(location: &Location) -> String {
    location.to_string().split_off(1)
}

fn block_text(mode: Mode, resource_type: &str, name: &str, key: Option<&Index>) -> String {
    let data = if mode == Mode::Data { "data." } else { "" };
    format!("{data}{resource_type}.{name}{}", display_key(key))
}

fn extend(trace: &[String], label: String) -> Vec<String> {
    let mut longer = trace.to_vec();
    longer.push(label);
    longer
}
