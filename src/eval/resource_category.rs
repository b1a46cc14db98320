//! The data category of a resource of any type.

use std::rc::Rc;

use super::category::{CategoryFound, Effective};
use super::facts::Facts;
use super::tri::Doubt;
use crate::model::{ResourceId, Side};
use crate::policy::catalog::Store;

impl Facts<'_> {
    /// That of a store or a key; of what configures one, that of what it configures; of others what tags and type say.
    pub(super) fn category_of_resource(&self, id: ResourceId, side: Side) -> Rc<Effective> {
        if let Some(own) = self.own_category(id, side) {
            return own;
        }
        if let Some(configured) = self.category_of_configured(id, side) {
            return configured;
        }
        self.category(id, &Store::default(), side)
    }

    /// The category of a store or a key.
    fn own_category(&self, id: ResourceId, side: Side) -> Option<Rc<Effective>> {
        if let Some(store) = self.store(id) {
            return Some(self.category(id, store, side));
        }
        let resource = self.model.resource(id);
        self.key_type(resource.mode, &resource.resource_type)?;
        Some(Rc::new(Effective::only(self.key_category(id, side))))
    }

    /// The strictest category of what a companion configures. What only writes into a store does not configure it.
    fn category_of_configured(&self, id: ResourceId, side: Side) -> Option<Rc<Effective>> {
        let configured = self.companions.named_by(id, side).iter();
        let configured: Vec<_> = configured
            .filter(|(store, companion, _)| self.configures(*store, companion))
            .collect();
        let hidden = self.companions.hidden_from(id, side);
        let stores = &self.policies.catalog.stores;
        let mut hidden = hidden.filter(|(store_type, companion)| only_configures(stores.get(*store_type), companion));
        if configured.is_empty() && hidden.next().is_none() {
            return None;
        }
        if configured.is_empty() || configured.iter().any(|(_, _, certain)| !certain) {
            let address = &self.model.resource(id).address;
            return Some(Rc::new(Effective::only(CategoryFound::Unknown(Doubt {
                because: format!("the plan does not tell which store `{address}` configures"),
                settle: format!("let `{address}` name its store by reference, in the same module"),
            }))));
        }
        let categories = configured
            .into_iter()
            .filter_map(|(store, _, _)| self.own_category(*store, side));
        categories.reduce(|one, other| match (&one.found, &other.found) {
            (CategoryFound::Known(left), CategoryFound::Known(right)) => {
                match self.minimum(&right.id) > self.minimum(&left.id) {
                    true => other,
                    false => one,
                }
            }
            (CategoryFound::Unknown(_), _) => one,
            _ => other,
        })
    }

    fn configures(&self, store: ResourceId, companion: &str) -> bool {
        only_configures(self.store(store), companion)
    }
}

fn only_configures(store: Option<&Store>, companion: &str) -> bool {
    let entry = store.and_then(|store| store.companions.get(companion));
    entry.is_none_or(|entry| entry.category.is_none())
}
