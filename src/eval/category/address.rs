//! Categories by address.

use super::{CategoryEvidence, Facts, Known};
use crate::model::{ResourceId, Side};

impl Facts<'_> {
    /// The category that the configuration gives a resource by its address: the strictest of those that match. A resource
    /// that moves had another address before.
    pub(super) fn by_address(&self, id: ResourceId, side: Side) -> Option<Known> {
        let resource = self.model.resource(id);
        let address = match side {
            Side::Before => resource.previous_address.as_deref().unwrap_or(&resource.address),
            Side::After => &resource.address,
        };
        let patterns = self.policies.classification.addresses.iter();
        let matching = patterns.filter(|(pattern, _)| pattern.matches(address));
        let found = matching.map(|(pattern, category)| Known {
            id: category.clone(),
            evidence: CategoryEvidence::Explicit,
            from: format!("address pattern {}", pattern.text()),
            conflicting: false,
        });
        found.reduce(|there, one| self.both(there, one))
    }

    /// What a tag says, with what the address says.
    pub(super) fn with_address(&self, tagged: Known, id: ResourceId, side: Side) -> Known {
        match self.by_address(id, side) {
            Some(by_address) => self.both(tagged, by_address),
            None => tagged,
        }
    }

    fn both(&self, first: Known, second: Known) -> Known {
        if first.id == second.id {
            first
        } else {
            self.in_conflict(first, second)
        }
    }
}
