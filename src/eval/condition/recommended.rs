//! Whether a part meets what its category recommends.

use super::super::category::{CategoryFound, Effective};
use super::super::facts::Facts;
use super::super::key::{External, KeyRef};
use super::super::level::{LevelOutcome, PartAssessment};
use super::super::tri::{Doubt, Tri};
use super::Scope;
use crate::model::{ResourceId, Side};
use crate::policy::category::{Category, KeyProperty, Recommendation};
use crate::policy::known::KnownKey;

impl<'f> Scope<'f> {
    /// Each place has one of the recommended protections; where the category is not known, of each that it may be.
    pub(super) fn recommended(&mut self, part: &PartAssessment) -> Tri {
        let Some(category) = self.category else {
            return Tri::False;
        };
        let table = &self.facts.policies.categories.by_id;
        let (categories, doubts): (Vec<&'f Category>, Vec<Doubt>) = match &category.found {
            CategoryFound::Known(known) => (table.get(&known.id).into_iter().collect(), Vec::new()),
            CategoryFound::Unknown(doubt) => (table.values().collect(), vec![doubt.clone()]),
        };
        let answers: Vec<Tri> = categories
            .into_iter()
            .map(|category| self.meets(part, category))
            .collect();
        Tri::agree(answers, &doubts)
    }

    fn meets(&mut self, part: &PartAssessment, category: &Category) -> Tri {
        let mut places = Vec::new();
        for ways in &part.places {
            let mut answers = Vec::new();
            for way in ways {
                let any: Vec<Tri> = category
                    .recommended
                    .iter()
                    .map(|one| self.way_meets(way, *one))
                    .collect();
                answers.push(Tri::any(any));
            }
            let mut doubts = part.all_doubts();
            if doubts.is_empty() && ways.len() > 1 {
                doubts.push(self.several_keys(ways));
            }
            places.push(Tri::agree(answers, &doubts));
        }
        Tri::all(places)
    }

    fn way_meets(&mut self, way: &LevelOutcome, recommendation: Recommendation) -> Tri {
        let reached = way
            .levels
            .iter()
            .filter(|level| **level >= recommendation.level)
            .count();
        let level = match reached {
            0 => Tri::False,
            all if all == way.levels.len() => Tri::True,
            _ => Tri::Unknown(vec![Doubt {
                because: way.because.clone(),
                settle: way
                    .settle
                    .clone()
                    .unwrap_or_else(|| "write the key without a condition".into()),
            }]),
        };
        match (recommendation.with, &level) {
            (None, _) | (_, Tri::False) => level,
            (Some(property), _) => {
                let key = way.key.as_ref().map(|one| &one.key);
                Tri::all([level, key.map_or(Tri::False, |key| self.has(key, property))])
            }
        }
    }

    /// Whether a key has a property; what is no customer managed key has none.
    pub(super) fn has(&mut self, key: &KeyRef, property: KeyProperty) -> Tri {
        match key {
            KeyRef::Managed(key) => self.key_has(*key, property),
            KeyRef::External(key) => known_has(self.facts.known(key), property)
                .unwrap_or_else(|| Tri::Unknown(vec![not_shown("the key", property)])),
            KeyRef::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
            KeyRef::AwsManaged | KeyRef::Unset => Tri::False,
        }
    }

    fn key_has(&mut self, key: ResourceId, property: KeyProperty) -> Tri {
        let resource = self.facts.model.resource(key);
        let entry = self.facts.key_type(resource.mode, &resource.resource_type);
        match entry.and_then(|entry| entry.property(property)) {
            Some(condition) => {
                // A key that goes away is what it was.
                let side = resource.values(self.side).map_or(self.side.other(), |_| self.side);
                let scope = Scope::values(self.facts, key, side);
                self.elsewhere(scope, condition)
            }
            None => known_has(self.facts.listed(key), property)
                .unwrap_or_else(|| Tri::Unknown(vec![not_shown(&format!("`{}`", resource.address), property)])),
        }
    }
}

impl Facts<'_> {
    /// Whether a key of the plan has a property that the data-category table asks for.
    pub fn key_property(&self, key: ResourceId, property: KeyProperty, side: Side) -> Tri {
        Scope::values(self, key, side).key_has(key, property)
    }

    /// Whether a key outside the plan has one, as far as the configuration says.
    pub fn known_key_property(&self, key: &External, property: KeyProperty) -> Option<Tri> {
        known_has(self.known(key), property)
    }
}

/// What the configuration says of a key's properties; `None` where it says nothing.
fn known_has(key: Option<&KnownKey>, property: KeyProperty) -> Option<Tri> {
    let properties = key?.properties.as_ref()?;
    Some(Tri::known(properties.contains(&property)))
}

fn not_shown(key: &str, property: KeyProperty) -> Doubt {
    Doubt {
        because: format!(
            "{key} is not managed by this plan, which does not show whether {}",
            property.clause()
        ),
        settle: "list the key with its `properties` under `known_keys` in planseal's configuration, or manage it in the same Terraform configuration".into(),
    }
}

impl Effective {
    /// What the category recommends; nothing where it cannot be told.
    pub fn recommended<'t>(&self, table: &'t crate::policy::category::Categories) -> &'t [Recommendation] {
        match &self.found {
            CategoryFound::Known(known) => table.by_id.get(&known.id).map_or(&[], |entry| &entry.recommended),
            CategoryFound::Unknown(_) => &[],
        }
    }
}
