//! The plan as planseal thinks of it: resources with values before and after, each value known, absent or unknown, and
//! where an unknown one comes from.

pub mod address;
mod configuration;
pub mod document;
mod marks;
pub mod path;
pub mod resolve;
mod resource;
mod select;
pub mod value;

pub use configuration::Written;
pub use resource::{Resource, ResourceId, Side};
pub use select::Place;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::plan::{Index, Mode, Plan};
use address::ModulePath;
use configuration::Configured;
use value::{Found, Location};

/// One plan, indexed.
#[derive(Debug)]
pub struct Model<'p> {
    plan: &'p Plan,
    resources: Vec<Resource>,
    instances: HashMap<BlockKey, Vec<ResourceId>>,
    types: HashMap<(Mode, String), Vec<ResourceId>>,
    modules: HashSet<ModulePath>,
    configured: Option<Configured<'p>>,
}

/// A resource block in a module instance.
type BlockKey = (ModulePath, Mode, String, String);

impl<'p> Model<'p> {
    /// Builds the model of a plan. The order of resources in the plan does not matter.
    ///
    /// The plan's resources are moved into the model: a large plan is not held twice.
    pub fn new(plan: &'p mut Plan) -> Self {
        let changes = std::mem::take(&mut plan.changes);
        let prior_data = std::mem::take(&mut plan.prior_data);
        let plan = &*plan;
        let configured = plan.configuration.as_ref().map(Configured::new);
        let mut resources: Vec<Resource> = changes
            .into_iter()
            .map(|change| Resource::from_change(change, plan.has_sensitivity_marks))
            .chain(prior_data.into_iter().map(Resource::from_prior_data))
            .collect();
        resources.sort_by(|left, right| {
            (&left.address, &left.deposed, left.mode).cmp(&(&right.address, &right.deposed, right.mode))
        });
        for resource in &mut resources {
            resource.provider = configured
                .as_ref()
                .and_then(|configured| configured.provider_of(resource))
                .unwrap_or_else(|| resource.provider.clone());
        }
        let mut instances: HashMap<BlockKey, Vec<ResourceId>> = HashMap::new();
        let mut types: HashMap<(Mode, String), Vec<ResourceId>> = HashMap::new();
        let mut modules = HashSet::new();
        for (position, resource) in resources.iter().enumerate() {
            if resource.deposed.is_none() {
                instances
                    .entry(block_key(
                        &resource.module,
                        resource.mode,
                        &resource.resource_type,
                        &resource.name,
                    ))
                    .or_default()
                    .push(ResourceId(position));
            }
            let kind = (resource.mode, resource.resource_type.clone());
            types.entry(kind).or_default().push(ResourceId(position));
            insert_with_parents(&mut modules, &resource.module);
        }
        Self {
            plan,
            resources,
            instances,
            types,
            modules,
            configured,
        }
    }

    /// The plan behind the model.
    pub fn plan(&self) -> &'p Plan {
        self.plan
    }

    /// Every resource with its id: by address, deposed objects after the live one.
    pub fn resources(&self) -> impl Iterator<Item = (ResourceId, &Resource)> {
        self.resources
            .iter()
            .enumerate()
            .map(|(position, resource)| (ResourceId(position), resource))
    }

    /// The resources of one type, deposed objects included; in the order of [`Self::resources`].
    pub fn of_type(&self, mode: Mode, resource_type: &str) -> &[ResourceId] {
        self.types
            .get(&(mode, resource_type.to_owned()))
            .map_or(&[], Vec::as_slice)
    }

    /// The resource with this id.
    ///
    /// # Panics
    /// Never for an id of this model.
    pub fn resource(&self, id: ResourceId) -> &Resource {
        #[expect(
            clippy::indexing_slicing,
            reason = "ids are positions handed out by this model alone"
        )]
        &self.resources[id.0]
    }

    /// What `path` selects below `base` in a resource's values on one side.
    pub fn select(&self, id: ResourceId, side: Side, base: &Location, path: &path::Path) -> Vec<Found> {
        select::select(self.resource(id).values(side), base, path)
    }

    /// The nodes that `path` selects in a resource's values on one side.
    pub fn places(&self, id: ResourceId, side: Side, path: &path::Path) -> Vec<Place> {
        select::places(self.resource(id).values(side), path)
    }

    /// What the configuration says of one place in a resource's values.
    pub fn written(&self, id: ResourceId, location: &Location) -> Written<'p> {
        match &self.configured {
            None => Written::NoConfiguration,
            Some(configured) => configured.written(self.resource(id), location),
        }
    }

    /// Whether the configuration writes this argument or nested block of a resource.
    pub fn has_argument(&self, id: ResourceId, name: &str) -> bool {
        self.configured
            .as_ref()
            .is_some_and(|configured| configured.has_argument(self.resource(id), name))
    }

    /// Whether the provider configuration of a resource sets `default_tags`; `None` where the plan does not tell.
    pub fn has_default_tags(&self, id: ResourceId) -> Option<bool> {
        self.configured.as_ref()?.has_default_tags(self.resource(id))
    }

    /// The live instances of a block, or the one with `key`.
    fn instances(
        &self,
        module: &ModulePath,
        mode: Mode,
        resource_type: &str,
        name: &str,
        key: Option<&Index>,
    ) -> Vec<ResourceId> {
        let all = self
            .instances
            .get(&block_key(module, mode, resource_type, name))
            .map_or(&[] as &[ResourceId], Vec::as_slice);
        all.iter()
            .copied()
            .filter(|id| key.is_none() || self.resource(*id).key.as_ref() == key)
            .collect()
    }

    /// The instances of a module call, by what the plan's resources show.
    fn module_instances(&self, parent: &ModulePath, call: &str) -> Vec<ModulePath> {
        let mut found: Vec<ModulePath> = self
            .modules
            .iter()
            .filter(|module| {
                module
                    .parent()
                    .is_some_and(|(above, name, _)| above == *parent && name == call)
            })
            .cloned()
            .collect();
        found.sort();
        found
    }

    /// Root variables, with their values.
    fn root_variables(&self) -> &'p BTreeMap<String, serde_json::Value> {
        &self.plan.variables
    }
}

fn block_key(module: &ModulePath, mode: Mode, resource_type: &str, name: &str) -> BlockKey {
    (module.clone(), mode, resource_type.to_owned(), name.to_owned())
}

fn insert_with_parents(modules: &mut HashSet<ModulePath>, module: &ModulePath) {
    let mut current = Some(module.clone());
    while let Some(path) = current {
        current = path.parent().map(|(above, _, _)| above);
        if !modules.insert(path) {
            return;
        }
    }
}
