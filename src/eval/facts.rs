//! Everything that judging one plan needs at hand: the model, the policies, and indexes over both.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::category::Effective;
use super::companion;
use super::hierarchy::Standing;
use super::joined::Companions;
use super::key::{Aliases, Homes, KeyIndex};
use super::level::PartAssessment;
use super::record::Recorder;
use super::relation::Relations;
use crate::model::resolve::Resolver;
use crate::model::value::{Location, State};
use crate::model::{Model, ResourceId, Side};
use crate::plan::Mode;
use crate::policy::Policies;
use crate::policy::catalog::{KeyType, Store};

/// What judging a plan depends on besides plan and policies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The day on which it is judged; where nobody says, what depends on it cannot be told.
    pub today: Option<Date>,
    /// How reports name the plan.
    pub plan: String,
}

/// One plan with the policies it is judged by.
pub struct Facts<'a> {
    /// The plan.
    pub model: &'a Model<'a>,
    /// The policies.
    pub policies: &'a Policies,
    /// What else it depends on.
    pub settings: Settings,
    /// Follows references.
    pub resolver: Resolver<'a, 'a>,
    /// Keys by the values that name them.
    pub keys: KeyIndex,
    /// Which accounts and Regions the plan's resources are in.
    pub homes: Homes,
    /// Which resources configure which stores.
    pub companions: Companions,
    /// Which resources belong to which, by what the rules ask.
    pub relations: Relations,
    /// What aliases name, on each side.
    pub aliases: RefCell<HashMap<Side, Rc<Aliases>>>,
    /// Parts that were assessed, by store, part and side.
    pub assessed: RefCell<FxHashMap<(ResourceId, usize, Side), Rc<PartAssessment>>>,
    /// The categories of stores that were found, by side.
    pub categories: RefCell<FxHashMap<(ResourceId, Side), Rc<Effective>>>,
    /// Where keys stand in the hierarchy, by key and side.
    pub standings: RefCell<FxHashMap<(ResourceId, Side), Rc<Standing>>>,
    /// Every key that the plan manages.
    managed_keys: OnceCell<Vec<ResourceId>>,
    /// Whether judging keeps every question of a rule with its answer. It costs time and memory, and a report needs none of it.
    pub keep_trails: bool,
    /// Takes note of every answer, where somebody wants to know.
    pub recorder: Option<&'a Recorder>,
    stores: Vec<(ResourceId, &'a Store)>,
}

impl<'a> Facts<'a> {
    /// Indexes a plan.
    pub fn new(model: &'a Model<'a>, policies: &'a Policies) -> Self {
        let resolver = Resolver::new(model, &policies.catalog.mirrors);
        let keys = KeyIndex::new(model, &policies.catalog);
        let homes = match policies.known_keys.is_empty() && policies.accounts.is_empty() {
            true => Homes::default(),
            false => Homes::new(model, &policies.catalog),
        };
        let companions = companion::find(model, &resolver, &policies.catalog);
        let relations = Relations::find(model, &resolver, policies);
        let mut facts = Self {
            model,
            policies,
            settings: Settings::default(),
            resolver,
            keys,
            homes,
            companions,
            relations,
            aliases: RefCell::default(),
            assessed: RefCell::default(),
            categories: RefCell::default(),
            standings: RefCell::default(),
            managed_keys: OnceCell::new(),
            keep_trails: false,
            recorder: None,
            stores: Vec::new(),
        };
        facts.stores = model
            .resources()
            .filter_map(|(id, _)| Some((id, facts.store(id)?)))
            .collect();
        facts
    }

    /// The same under these settings.
    #[must_use]
    pub fn under(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// The stores of the plan with their catalog entries; companions whose store is elsewhere stand in for it.
    pub fn stores(&self) -> &[(ResourceId, &'a Store)] {
        &self.stores
    }

    /// The catalog entry by which a resource is judged as a store.
    pub fn store(&self, id: ResourceId) -> Option<&'a Store> {
        let resource = self.model.resource(id);
        let catalog = &self.policies.catalog;
        match self.companions.orphans.get(&id) {
            Some(store_type) => catalog.stores.get(store_type),
            None if resource.mode == Mode::Managed => catalog.stores.get(&*resource.resource_type),
            None => None,
        }
    }

    /// The resources of a type that there is once per account and Region, where `for_resource` is or may be; also one that
    /// this plan deletes or forgets.
    pub fn account_wide(&self, resource_type: &str, for_resource: ResourceId, side: Side) -> Vec<ResourceId> {
        self.model
            .of_type(Mode::Managed, resource_type)
            .iter()
            .copied()
            .filter(|id| self.model.resource(*id).deposed.is_none())
            .filter(|id| near(self.model, *id, for_resource) != Near::Apart)
            .filter(|id| same_region(self.model, *id, for_resource, side))
            .collect()
    }

    /// Whether there is something to judge on that side. A store outside the plan, for which its companion stands in, stays.
    pub fn lives(&self, id: ResourceId, side: Side) -> bool {
        let resource = self.model.resource(id);
        if !self.companions.orphans.contains_key(&id) {
            return resource.lives(side);
        }
        match side {
            Side::Before => resource.lives(Side::Before),
            Side::After => !resource.forgotten(),
        }
    }

    /// The keys of the plan with their catalog entries, also those that it only reads.
    pub fn all_keys(&self) -> Vec<(ResourceId, &'a KeyType)> {
        self.model
            .resources()
            .filter_map(|(id, resource)| Some((id, self.key_type(resource.mode, &resource.resource_type)?)))
            .collect()
    }

    /// Every key that the plan manages.
    pub fn managed_keys(&self) -> &[ResourceId] {
        self.managed_keys.get_or_init(|| {
            let keys = self.all_keys().into_iter().map(|(id, _)| id);
            keys.filter(|id| self.model.resource(*id).mode == Mode::Managed)
                .collect()
        })
    }

    /// The catalog entry of a key's type.
    pub fn key_type(&self, mode: Mode, resource_type: &str) -> Option<&'a KeyType> {
        self.policies.catalog.keys.get(&(mode, resource_type.to_owned()))
    }
}

/// Whether two resources are in one account and Region, by the provider configurations that own them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Near {
    /// The same provider configuration owns both.
    Same,
    /// Which of several provider configurations owns one of them is not told.
    Unknown,
    /// Two provider configurations own them.
    Apart,
}

/// How near two resources are.
pub fn near(model: &Model<'_>, left: ResourceId, right: ResourceId) -> Near {
    let (one, other) = (model.resource(left), model.resource(right));
    // The name of a provider is no configuration of it.
    if one.provider == other.provider && one.provider != one.provider_name {
        return Near::Same;
    }
    let known = one.provider_known && other.provider_known;
    match known || one.provider_name != other.provider_name {
        true => Near::Apart,
        false if model.sole_provider(&one.provider_name) => Near::Same,
        false => Near::Unknown,
    }
}

/// Newer providers let each resource name its Region; where both do, only the same one counts.
pub(super) fn same_region(model: &Model<'_>, left: ResourceId, right: ResourceId, side: Side) -> bool {
    let region = |id| {
        let place = Location::default().member("region");
        let values = model.resource(id).values(side)?;
        match values.at(&place)?.state() {
            State::Known(value) => Some(value),
            _ => None,
        }
    };
    region(left)
        .zip(region(right))
        .is_none_or(|(left, right)| left == right)
}

/// The text of a value that names something: nothing for other values and for the empty string.
pub fn name_of(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

/// Groups by key, in order.
pub fn grouped<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, Vec<V>> {
    let mut groups: BTreeMap<K, Vec<V>> = BTreeMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}
