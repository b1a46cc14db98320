//! Named values: variables, locals, outputs, module calls, `each` and `count`.

use std::sync::Arc;

use hcl_edit::expr::Expression;
use hcl_edit::structure::Body;
use serde_json::Value;

use super::partial::{Kind, Partial, text_of};
use super::scope::{Instance, Scope};
use super::{Asked, label};
use crate::model::address::ModulePath;
use crate::model::resolve::{Opaque, Resolver};
use crate::plan::Index;
use crate::source::Module;

impl<'p> Resolver<'_, 'p> {
    /// A local value of the module.
    pub(super) fn local(&self, scope: &Scope<'_>, name: &str) -> Partial {
        let asked = Asked::Local(Arc::clone(&scope.module), name.to_owned());
        let value = self.once(asked, || match scope.source.local(name) {
            Some(expression) => {
                let module = Scope::module(Arc::clone(&scope.module), scope.source);
                self.evaluate(expression, &module)
            }
            // Terraform refuses that before it evaluates anything.
            None => Opaque::Missing(scope.module.join(&format!("local.{name}"))).into(),
        });
        value.through_one(&label(scope.module.join(&format!("local.{name}"))))
    }

    /// A variable of a module instance: what the call passes, or the default.
    pub(super) fn variable_value(&self, module: &Arc<ModulePath>, name: &str) -> Partial {
        let asked = Asked::Variable(Arc::clone(module), name.to_owned());
        let value = self.once(asked, || self.variable_unlabelled(module, name));
        value.through_one(&label(module.join(&format!("var.{name}"))))
    }

    fn variable_unlabelled(&self, module: &Arc<ModulePath>, name: &str) -> Partial {
        let declared = self.model.source_of(module).and_then(|source| source.variable(name));
        let passed = match module.parent() {
            None => self.model.root_variables().get(name).cloned().map(Partial::from),
            Some((parent, call, key)) => {
                let Some(calling) = self.model.source_of(&parent) else {
                    return self.variable_of_plan(module, name);
                };
                let Some(block) = calling.call(call) else {
                    return Partial::invalid();
                };
                let body = &block.body;
                body.get_attribute(name).map(|argument| {
                    let scope = Scope::module(Arc::new(parent), calling).instance(key, for_each(body));
                    self.evaluate(&argument.value, &scope)
                })
            }
        };
        let Some(source) = self.model.source_of(module) else {
            return passed.unwrap_or_else(|| self.variable_of_plan(module, name));
        };
        let Some(declared) = declared else {
            return Opaque::Missing(module.join(&format!("var.{name}"))).into();
        };
        let scope = Scope::module(Arc::clone(module), source);
        let default = || declared.default.as_ref().map(|default| self.evaluate(default, &scope));
        let value = match passed {
            Some(value) if declared.nullable => Some(value),
            Some(value) => Some(self.unless_null(&value, default)),
            None => default(),
        };
        let Some(value) = value else {
            return Opaque::Variable(module.join(&format!("var.{name}"))).into();
        };
        match &declared.constraint {
            Some(constraint) => self.converted(&value, constraint, &scope),
            None => value,
        }
    }

    /// An output of a module instance.
    pub(super) fn output_value(&self, module: &Arc<ModulePath>, name: &str) -> Partial {
        let asked = Asked::Output(Arc::clone(module), name.to_owned());
        let value = self.once(asked, || match self.model.source_of(module) {
            Some(source) => match source.output(name) {
                Some(expression) => self.evaluate(expression, &Scope::module(Arc::clone(module), source)),
                None => Partial::invalid(),
            },
            None => self.output_of_plan(module, name),
        });
        value.through_one(&label(module.join(name)))
    }

    pub(super) fn each_key(&self, scope: &Scope<'_>) -> Partial {
        match &scope.instance {
            Some(Instance {
                key: Index::Text(key), ..
            }) => Partial::from(key.clone()),
            _ => Partial::invalid(),
        }
    }

    pub(super) fn count_index(&self, scope: &Scope<'_>) -> Partial {
        match &scope.instance {
            Some(Instance {
                key: Index::Number(number),
                ..
            }) => Partial::from(Value::from(*number)),
            _ => Partial::invalid(),
        }
    }

    pub(super) fn each_value_of(&self, scope: &Scope<'_>) -> Partial {
        let name = scope.module.join("each.value");
        let Some(Instance {
            key: Index::Text(key),
            for_each: Some(expression),
        }) = &scope.instance
        else {
            return Opaque::EachValue(name).into();
        };
        // The address of an expression tells it apart from all others of the source, which stays where it is.
        let place = std::ptr::from_ref::<Expression>(expression) as usize;
        let collection = self.once(Asked::ForEach(Arc::clone(&scope.module), place), || {
            self.evaluate(expression, &Scope::module(Arc::clone(&scope.module), scope.source))
        });
        let value = self.opened(&collection).each(|collection| match &collection.kind {
            Kind::Set(_) | Kind::List(_) | Kind::Elements(_) => Partial::from(key.clone()),
            Kind::Object(_) => self.member(collection, key),
            Kind::Opaque(_) => collection.clone(),
            _ => Opaque::EachValue(name.clone()).into(),
        });
        value.through_one(&label(name))
    }

    /// The keys of instances that a collection makes.
    pub(super) fn keys_of(&self, collection: &Partial) -> Option<Vec<String>> {
        match &self.opened(collection).kind {
            Kind::Object(members) => Some(members.keys().cloned().collect()),
            Kind::Set(elements) | Kind::List(elements) => elements
                .iter()
                .map(|element| self.scalar(element).as_ref().and_then(text_of))
                .collect(),
            _ => None,
        }
    }

    /// The source of a module instance.
    pub(super) fn source_of(&self, module: &ModulePath) -> Option<&'p Module> {
        self.model.source_of(module)
    }
}

/// `for_each` of a block.
pub(super) fn for_each(body: &Body) -> Option<&Expression> {
    body.get_attribute("for_each").map(|attribute| &attribute.value)
}
