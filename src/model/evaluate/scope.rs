//! Where an expression stands: its module, the instance of its block, and the names bound around it.

use std::rc::Rc;
use std::sync::Arc;

use hcl_edit::expr::Expression;

use super::partial::Partial;
use crate::model::address::ModulePath;
use crate::plan::Index;
use crate::source::Module;

/// Where an expression stands.
#[derive(Debug, Clone)]
pub(in crate::model) struct Scope<'s> {
    pub(super) module: Arc<ModulePath>,
    pub(super) source: &'s Module,
    /// The instance of the block around it.
    pub(super) instance: Option<Instance<'s>>,
    bound: Option<Rc<Bound>>,
}

/// The instance of a block with `count` or `for_each`.
#[derive(Debug, Clone)]
pub(super) struct Instance<'s> {
    pub(super) key: Index,
    pub(super) for_each: Option<&'s Expression>,
}

/// A name that a `for` or a `dynamic` block binds.
#[derive(Debug)]
struct Bound {
    name: String,
    value: Partial,
    outer: Option<Rc<Bound>>,
}

impl<'s> Scope<'s> {
    /// A module, outside its blocks.
    pub(super) fn module(module: Arc<ModulePath>, source: &'s Module) -> Self {
        Self {
            module,
            source,
            instance: None,
            bound: None,
        }
    }

    /// Inside an instance of a block.
    pub(super) fn instance(self, key: Option<&Index>, for_each: Option<&'s Expression>) -> Self {
        Self {
            instance: key.map(|key| Instance {
                key: key.clone(),
                for_each,
            }),
            ..self
        }
    }

    /// The same place with one more name bound.
    pub(super) fn bind(&self, name: &str, value: Partial) -> Self {
        Self {
            bound: Some(Rc::new(Bound {
                name: name.to_owned(),
                value,
                outer: self.bound.clone(),
            })),
            ..self.clone()
        }
    }

    /// The value that a name is bound to.
    pub(super) fn bound(&self, name: &str) -> Option<&Partial> {
        let mut next = self.bound.as_deref();
        while let Some(bound) = next {
            if bound.name == name {
                return Some(&bound.value);
            }
            next = bound.outer.as_deref();
        }
        None
    }
}
