//! The configuration as it was written: HCL and its JSON form, module by module, with the place of everything.
//!
//! Plan JSON holds no local values, no `dynamic` blocks and no `lifecycle`, and of an expression only what it refers to.
//! All that stands here.

mod block;
mod error;
mod file;
mod folder;
mod json;
mod module;
mod planfile;
mod template;

pub use block::{Block, Place};
pub use error::SourceError;
pub use module::{Module, Variable};

use std::collections::BTreeMap;

/// The source of a root module and of the modules that it calls, at any depth.
#[derive(Debug, Default)]
pub struct Source {
    /// By the names of the calls that lead there, joined by dots; the root's is empty.
    modules: BTreeMap<String, Module>,
}

impl Source {
    /// The module that these calls lead to; `None` where its source is not there.
    pub fn module<'c>(&self, calls: impl Iterator<Item = &'c str>) -> Option<&Module> {
        self.modules.get(&calls.collect::<Vec<_>>().join("."))
    }

    /// The root module.
    pub fn root(&self) -> Option<&Module> {
        self.modules.get("")
    }

    fn add(&mut self, key: String, module: Module) {
        self.modules.insert(key, module);
    }
}
