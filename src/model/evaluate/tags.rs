//! Tags: one that is known only after apply hides all of them in a plan, and the source tells the others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::partial::{Kind, Partial};
use super::scope::Scope;
use crate::model::ResourceId;
use crate::model::address::ModulePath;
use crate::model::resolve::Resolver;
use crate::model::value::{Location, Node};

impl Resolver<'_, '_> {
    /// The tags that the source gives a resource, those of its provider included; `None` where the source does not tell
    /// which there are.
    pub fn tags(&self, id: ResourceId) -> Option<Node> {
        self.restart();
        let own = self.evaluated(id, &Location::default().member("tags"))?;
        let mut tags = self.default_tags(id)?;
        // A tag that is null is none: that of the provider stays.
        for (name, value) in self.members(&own)? {
            let default = tags.remove(&name);
            let value = self.unless_null(&value, || default.clone());
            if self.settled(&value).kind != Kind::Null {
                tags.insert(name, value);
            }
        }
        Some(self.document(&Partial::object(tags)))
    }

    /// `default_tags` of the provider configuration of a resource.
    fn default_tags(&self, id: ResourceId) -> Option<BTreeMap<String, Partial>> {
        let key = &*self.model.resource(id).provider;
        let (module, name) = match key.rsplit_once(':') {
            Some((module, name)) => (ModulePath::parse(module)?, name),
            None => (ModulePath::root(), key),
        };
        let module = Arc::new(module);
        let source = self.source_of(&module)?;
        let Some(block) = source.provider(name) else {
            // A provider without a block has no tags; one that the plan does not name cannot be told.
            return (!key.contains('/')).then(BTreeMap::new);
        };
        let Some(defaults) = block.body.get_blocks("default_tags").next() else {
            return Some(BTreeMap::new());
        };
        match defaults.body.get_attribute("tags") {
            Some(tags) => self.members(&self.evaluate(&tags.value, &Scope::module(module, source))),
            None => Some(BTreeMap::new()),
        }
    }

    fn members(&self, value: &Partial) -> Option<BTreeMap<String, Partial>> {
        let value = self.opened(value);
        match &value.kind {
            Kind::Null => Some(BTreeMap::new()),
            Kind::Object(members) => Some((**members).clone()),
            _ => None,
        }
    }
}
