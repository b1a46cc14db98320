//! Every kind of evidence for a store's category, also where a stronger one decides: for those who ask why.

use super::super::facts::Facts;
use super::{CategoryFound, Known, Tagged};
use crate::model::{ResourceId, Side};
use crate::policy::catalog::Store;

/// A kind of evidence that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// `tag`, `address`, `source`, `companion`, `type`, `key` or `unclassified`.
    pub kind: &'static str,
    /// What was looked at, in words.
    pub looked_at: String,
    /// What it says: a category, nothing, or why it cannot be told.
    pub found: Option<CategoryFound>,
}

impl Facts<'_> {
    /// Every kind of evidence for the category of a store on one side, strongest first.
    pub fn considered(&self, id: ResourceId, store: &Store, side: Side) -> Vec<Considered> {
        let resource_type = &self.model.resource(id).resource_type;
        let mut all = vec![self.tags_considered(id, side)];
        if !self.policies.classification.addresses.is_empty() {
            all.push(Considered {
                kind: "address",
                looked_at: "the configuration's patterns of addresses".into(),
                found: self.by_address(id, side).map(CategoryFound::Known),
            });
        }
        if !store.category_from.is_empty() {
            let paths: Vec<String> = store.category_from.iter().map(|path| format!("`{path}`")).collect();
            all.push(Considered {
                kind: "source",
                looked_at: format!("the store that it is made from, by {}", paths.join(", ")),
                found: self.of_source(id, store, side, 0),
            });
        }
        if store.companions.values().any(|one| one.category.is_some()) {
            all.push(Considered {
                kind: "companion",
                looked_at: "what writes into it".into(),
                found: self.by_companion(id, store, side).map(CategoryFound::Known),
            });
        }
        all.push(Considered {
            kind: "type",
            looked_at: format!("the resource type `{resource_type}`"),
            found: self.by_type(id).map(CategoryFound::Known),
        });
        all.push(Considered {
            kind: "key",
            looked_at: "the category of the key that protects it".into(),
            found: self.inferred(id, store, side).map(CategoryFound::Known),
        });
        all
    }

    fn tags_considered(&self, id: ResourceId, side: Side) -> Considered {
        let keys: Vec<String> = self
            .policies
            .classification
            .tags
            .iter()
            .map(|key| format!("`{key}`"))
            .collect();
        let orphan = self.companions.orphans.contains_key(&id);
        let found = match self.tagged(id, side) {
            _ if orphan => None,
            Tagged::Category(known) => Some(CategoryFound::Known(known)),
            Tagged::Doubtful(doubt) => Some(CategoryFound::Unknown(doubt)),
            Tagged::Nothing => None,
        };
        Considered {
            kind: "tag",
            looked_at: match orphan {
                true => "tags: those of a store that is not in this plan are not known".into(),
                false => format!("the tags {}", keys.join(", ")),
            },
            found,
        }
    }
}

impl Known {
    /// The word for how it was found.
    pub fn evidence_word(&self) -> &'static str {
        use crate::policy::condition::CategoryEvidence as Evidence;
        match self.evidence {
            Evidence::Explicit => "explicit",
            Evidence::Certain => "certain",
            Evidence::Assumed => "assumed",
            Evidence::Inferred => "inferred",
            Evidence::Unclassified => "unclassified",
        }
    }
}
