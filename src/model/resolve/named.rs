//! Named values, as far as plan JSON tells: variables, outputs, `each.value`.

use std::sync::Arc;

use serde_json::Value;

use super::follow::{Resolver, Scope, extend};
use super::{Opaque, Resolution, Source, location_of};
use crate::model::ResourceId;
use crate::model::address::{ModulePath, Reference, Step, display_key};
use crate::plan::{ConfigModule, Expression, ExpressionNode, Index, Mode};

impl<'p> Resolver<'_, 'p> {
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
            Some(key) => {
                let same = |path: &&Arc<ModulePath>| {
                    path.parent()
                        .and_then(|(_, _, own)| own)
                        .is_some_and(|own| key.leads_to(own))
                };
                let there = seen.iter().find(same).cloned();
                vec![there.unwrap_or_else(|| scope.module.child(call, Some(key.clone())).into())]
            }
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
    pub(super) fn each_value(&self, scope: &Scope<'p>, rest: &[Step], trace: &[String], depth: usize) -> Resolution {
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

/// Whether a module, or one that it calls, has managed resources.
fn has_managed_resources(module: &ConfigModule) -> bool {
    module.resources.iter().any(|block| block.mode == Mode::Managed)
        || module.calls.values().any(|call| has_managed_resources(&call.module))
}
