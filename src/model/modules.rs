//! The module instances of a plan.

use std::collections::HashMap;
use std::sync::Arc;

use super::address::ModulePath;

/// Every module instance that holds a resource, and those around it.
#[derive(Debug, Default)]
pub(super) struct Modules {
    by_address: HashMap<String, Arc<ModulePath>>,
    /// The instances of each call, by the calling instance.
    children: HashMap<Arc<ModulePath>, HashMap<String, Vec<Arc<ModulePath>>>>,
}

impl Modules {
    /// The module instance of an address; what is no module address is the root.
    pub(super) fn instance(&mut self, address: Option<&str>) -> Arc<ModulePath> {
        let address = address.unwrap_or_default();
        if let Some(known) = self.by_address.get(address) {
            return Arc::clone(known);
        }
        let path = Arc::new(ModulePath::parse(address).unwrap_or_default());
        self.by_address.insert(address.to_owned(), Arc::clone(&path));
        self.add(&path);
        path
    }

    fn add(&mut self, path: &Arc<ModulePath>) {
        let Some((parent, call, _)) = path.parent() else { return };
        let parent = Arc::new(parent);
        let calls = self.children.entry(Arc::clone(&parent)).or_default();
        let siblings = calls.entry(call.to_owned()).or_default();
        if let Err(place) = siblings.binary_search(path) {
            siblings.insert(place, Arc::clone(path));
            self.add(&parent);
        }
    }

    /// The instances of a module call, in order.
    pub(super) fn of_call(&self, parent: &ModulePath, call: &str) -> &[Arc<ModulePath>] {
        self.children
            .get(parent)
            .and_then(|calls| calls.get(call))
            .map_or(&[], Vec::as_slice)
    }
}
