//! What other resources decide: account-wide settings, and the source of a copy.

use super::super::facts::{Near, near};
use super::super::key::KeyUse;
use super::super::level::{LevelOutcome, PartAssessment};
use super::super::source::read_during_apply;
use super::super::tri::merge;
use super::{Assessor, Spot, undetermined};
use crate::model::ResourceId;
use crate::model::Side;
use crate::model::path::Path;
use crate::model::value::Location;
use crate::policy::account::DefaultKey;
use crate::policy::catalog::{CouldBe, Grant, PartKind, Setting, ToldBy};
use crate::policy::level::Level;

impl Assessor<'_> {
    /// An account-wide setting: the resource of the same provider configuration.
    pub(super) fn setting(&self, id: &str, for_resource: ResourceId, out: &mut PartAssessment) -> Vec<LevelOutcome> {
        let model = self.facts.model;
        let Some(setting) = self.facts.policies.catalog.settings.get(id) else {
            return Vec::new();
        };
        let found = self.facts.account_wide(&setting.resource_type, for_resource, self.side);
        let (here, perhaps_here): (Vec<_>, Vec<_>) = found
            .into_iter()
            .partition(|id| near(model, *id, for_resource) == Near::Same);
        let ways = self.standing(setting, &here, out);
        if !ways.is_empty() {
            return ways;
        }
        let mut ways = self.standing(setting, &perhaps_here, out);
        let deleted = |ids: &[ResourceId]| {
            self.side == Side::After && ids.iter().any(|id| model.resource(*id).values(Side::After).is_none())
        };
        let whole = Location::default();
        let spot = Spot {
            holder: for_resource,
            base: &whole,
        };
        if deleted(&here) || deleted(&perhaps_here) {
            ways.extend(self.grant(&setting.deleted, spot, out));
        }
        if !deleted(&here) {
            ways.extend(self.outside(setting, spot, out));
        }
        ways
    }

    /// What holds where the plan does not have the resource: what the configuration says of the account, else what is
    /// known of every account.
    fn outside(&self, setting: &Setting, spot: Spot<'_>, out: &mut PartAssessment) -> Vec<LevelOutcome> {
        let Some(told_by) = &setting.told_by else {
            return self.grant(&setting.absent, spot, out);
        };
        let facts = self.facts.account_facts(spot.holder, self.side);
        let told = match told_by {
            ToldBy::Flag {
                flag,
                where_true,
                where_false,
            } => facts.and_then(|facts| facts.flag(*flag)).map(|on| {
                let grant = if on { where_true } else { where_false };
                self.grant(grant, spot, out)
            }),
            ToldBy::Key(key) => facts
                .and_then(|facts| facts.key(*key))
                .map(|name| vec![self.account_key(*key, name, spot.holder)]),
        };
        told.unwrap_or_else(|| {
            let mut ways = self.grant(&setting.absent, spot, out);
            let listed = !self.facts.policies.accounts.is_empty();
            if listed && self.facts.home_of(spot.holder, self.side).is_none() {
                for way in &mut ways {
                    way.because.push_str(
                        " (the configuration lists `accounts`, and this plan does not show which account and Region this is in)",
                    );
                }
            }
            ways
        })
    }

    /// The level that a key gives which the configuration names for the account.
    fn account_key(&self, which: DefaultKey, name: &str, holder: ResourceId) -> LevelOutcome {
        let key = self.facts.key_of_account(name, holder, self.side);
        let (levels, because, settle) = self.level_of(&key, &[]);
        let word = which.word();
        LevelOutcome {
            levels,
            because: format!("no key is set, and by `{word}` in the configuration {because}"),
            settle,
            key: Some(KeyUse {
                trace: vec![format!("accounts: {word}")],
                key,
            }),
            source: None,
        }
    }

    /// What an account-wide setting gives where it stands.
    fn standing(&self, setting: &Setting, resources: &[ResourceId], out: &mut PartAssessment) -> Vec<LevelOutcome> {
        let whole = Location::default();
        let standing = resources
            .iter()
            .filter(|id| self.facts.model.resource(**id).values(self.side).is_some());
        standing
            .flat_map(|id| {
                let spot = Spot {
                    holder: *id,
                    base: &whole,
                };
                self.cases(&setting.cases, spot, out)
            })
            .collect()
    }

    /// Where the source may be without encryption, what then holds takes the place of that.
    pub(super) fn unless_none(
        &self,
        mut ways: Vec<LevelOutcome>,
        instead: &Grant,
        spot: Spot<'_>,
        out: &mut PartAssessment,
    ) -> Vec<LevelOutcome> {
        for way in &mut ways {
            way.levels.retain(|level| *level != Level::None);
        }
        ways.retain(|way| !way.levels.is_empty());
        ways.extend(self.grant(instead, spot, out));
        ways
    }

    /// A copy is protected like its source, where the source is in the plan.
    pub(super) fn same_as(
        &self,
        path: &Path,
        otherwise: &CouldBe,
        spot: Spot<'_>,
        out: &mut PartAssessment,
    ) -> Vec<LevelOutcome> {
        let Some(source) = self.facts.store_named(spot.holder, spot.base, path, self.side) else {
            return vec![undetermined(otherwise)];
        };
        let resource = self.facts.model.resource(source);
        let Some(store) = self
            .facts
            .policies
            .catalog
            .original(resource.mode, &resource.resource_type)
        else {
            return vec![undetermined(otherwise)];
        };
        if read_during_apply(resource) {
            return vec![undetermined(&CouldBe {
                because: format!(
                    "`{}`, which it is made from, is read only during apply",
                    resource.address
                ),
                ..otherwise.clone()
            })];
        }
        let mut ways = Vec::new();
        for part in store.parts.iter().filter(|part| part.kind == PartKind::Storage) {
            if source != spot.holder {
                let mut assessed = self.part(source, store, part);
                out.readings.append(&mut assessed.readings);
                merge(&mut out.doubts, assessed.doubts);
                ways.extend(assessed.places.into_iter().flatten());
            }
        }
        match ways.is_empty() {
            true => vec![undetermined(otherwise)],
            false => ways,
        }
    }
}
