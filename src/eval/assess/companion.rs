//! Which of a part's sources decides, where companions configure the store.

use super::super::joined::{MAX_POSSIBLE, is_written, race};
use super::super::level::PartAssessment;
use super::super::tri::{Doubt, merge};
use super::{Assessor, undetermined};
use crate::model::path::Path;
use crate::model::resolve::Presence;
use crate::model::value::Location;
use crate::model::{ResourceId, Side};
use crate::policy::catalog::{CouldBe, PartSource, Store};
use crate::policy::level::Level;

impl Assessor<'_> {
    /// Reads one source; whether it is there for certain, and so decides.
    pub(super) fn source(&self, id: ResourceId, store: &Store, source: &PartSource, out: &mut PartAssessment) -> bool {
        if source.unless_companion_before && self.had_companion(id, store) && !self.is_written(id, source) {
            return false;
        }
        let model = self.facts.model;
        let Some(companion) = &source.companion else {
            if self.facts.companions.orphans.contains_key(&id) {
                return false;
            }
            // Deleting a companion takes away what the store's own block says, too.
            return match self.deleted_companion(id, store, source) {
                None => self.holder(id, source, out),
                Some(deleted) => {
                    if is_written(model, id) {
                        let doubt = race(&model.resource(id).address, &model.resource(deleted).address);
                        self.either(&[(id, doubt)], source, out);
                    }
                    false
                }
            };
        };
        if self.facts.companions.orphans.contains_key(&id) {
            return self.holder(id, source, out);
        }
        let joined = self.facts.companions.of(id, self.store_type(id), companion, self.side);
        match joined.certain.as_slice() {
            [] => {}
            [only] => {
                if self.holder(*only, source, out) {
                    return true;
                }
            }
            several => {
                let doubts: Vec<_> = several.iter().map(|one| (*one, self.several(several))).collect();
                if self.either(&doubts, source, out) {
                    return true;
                }
            }
        }
        let doubts: Vec<_> = joined
            .possible
            .iter()
            .map(|one| (*one, joined.doubt(model, *one)))
            .collect();
        self.either(&doubts, source, out);
        false
    }

    /// Reads a source in resources of which one may decide; whether any is there.
    fn either(&self, holders: &[(ResourceId, Doubt)], source: &PartSource, out: &mut PartAssessment) -> bool {
        let mut ways = Vec::new();
        for (holder, doubt) in holders.iter().take(MAX_POSSIBLE) {
            let mut aside = PartAssessment::default();
            self.holder(*holder, source, &mut aside);
            ways.extend(aside.places.into_iter().flatten());
            out.readings.append(&mut aside.readings);
            merge(&mut out.doubts, aside.doubts);
            merge(&mut out.doubts, vec![doubt.clone()]);
        }
        if holders.len() > MAX_POSSIBLE {
            ways.push(undetermined(&CouldBe {
                levels: Level::ALL.to_vec(),
                because: format!("{} resources may configure it", holders.len()),
                settle: "let each of them name its store by reference, in the same module".into(),
            }));
        }
        let found = !ways.is_empty();
        if found {
            out.places.push(ways);
        }
        found
    }

    /// Two companions for one setting: each apply writes what the other one says otherwise.
    fn several(&self, companions: &[ResourceId]) -> Doubt {
        let addresses: Vec<String> = companions
            .iter()
            .map(|one| format!("`{}`", self.facts.model.resource(*one).address))
            .collect();
        Doubt {
            because: format!(
                "{} configure it, and nothing says which is applied last",
                addresses.join(" and ")
            ),
            settle: "keep one of them".into(),
        }
    }

    /// The companion that this plan deletes, and with it what a store's own block says.
    fn deleted_companion(&self, id: ResourceId, store: &Store, source: &PartSource) -> Option<ResourceId> {
        let concerned = self.side == Side::After && source.unless_companion_before;
        let mut configuring = store
            .companions
            .iter()
            .filter(|(_, entry)| concerned && entry.category.is_none());
        configuring.find_map(|(companion, _)| self.facts.companions.deleted(id, companion))
    }

    /// What a source says in vain, because this plan deletes a companion of the store.
    pub(super) fn undone(&self, id: ResourceId, store: &Store, source: &PartSource) -> Option<String> {
        let companions = &self.facts.companions;
        let (vain, deleted) = match &source.companion {
            Some(companion) => *companions
                .of(id, self.store_type(id), companion, self.side)
                .undone
                .first()?,
            None => {
                let deleted = self.deleted_companion(id, store, source)?;
                let in_vain = self.is_written(id, source) && !is_written(self.facts.model, id);
                (in_vain.then_some(id)?, deleted)
            }
        };
        let address = |id| &self.facts.model.resource(id).address;
        Some(match vain == deleted {
            true => format!(
                " (this plan writes `{}` anew before it deletes the old one, and that takes the setting away)",
                address(vain)
            ),
            false => format!(
                " (this plan deletes `{}`, and that takes away what `{}` says)",
                address(deleted),
                address(vain)
            ),
        })
    }

    /// Whether the author writes the blocks of a source.
    fn is_written(&self, id: ResourceId, source: &PartSource) -> bool {
        let block = source.each.as_ref().and_then(Path::attribute);
        let written = |name: &str| {
            let place = Location::default().member(name);
            match self.facts.resolver.presence(id, &place) {
                Presence::Set | Presence::Unknown(_) => true,
                Presence::NotSet => false,
                Presence::NotShown => self.facts.model.has_argument(id, name),
            }
        };
        self.side == Side::After && block.is_some_and(written)
    }

    fn store_type(&self, id: ResourceId) -> &str {
        &self.facts.model.resource(id).resource_type
    }

    fn had_companion(&self, id: ResourceId, store: &Store) -> bool {
        let configuring = store.companions.iter().filter(|(_, entry)| entry.category.is_none());
        configuring.map(|(id, _)| id).any(|companion| {
            let joined = self
                .facts
                .companions
                .of(id, self.store_type(id), companion, Side::Before);
            !joined.certain.is_empty()
        })
    }
}
