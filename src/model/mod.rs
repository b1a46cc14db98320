//! The plan as planseal thinks of it: resources with values before and after, each value known, absent or unknown, and
//! where an unknown one comes from.

pub mod address;
mod certificate;
pub mod choose;
mod configuration;
pub mod document;
mod evaluate;
mod marks;
mod modules;
pub mod path;
pub mod resolve;
mod resource;
pub mod same;
mod select;
pub mod statement;
pub mod value;

pub use configuration::Written;
pub use evaluate::agree::Disagreement;
pub use resource::{Resource, ResourceId, Side};
pub use select::Place;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::plan::{Index, Mode, Plan, Wanted};
use crate::source::{self, Module, Source};
use address::ModulePath;
use compact_str::CompactString;
use configuration::Configured;
use modules::Modules;
use value::{Found, Location};

/// One plan, indexed.
#[derive(Debug)]
pub struct Model<'p> {
    plan: &'p Plan,
    resources: Vec<Resource>,
    instances: HashMap<BlockKey, Vec<ResourceId>>,
    types: HashMap<(Mode, Arc<str>), Vec<ResourceId>>,
    modules: Modules,
    configured: Option<Configured<'p>>,
    source: Option<&'p Source>,
}

/// A resource block in a module instance.
type BlockKey = (Arc<ModulePath>, Mode, Arc<str>, CompactString);

impl<'p> Model<'p> {
    /// Builds the model of a plan. The order of resources in the plan does not matter.
    ///
    /// The plan's resources are moved into the model: a large plan is not held twice.
    pub fn new(plan: &'p mut Plan) -> Self {
        let changes = std::mem::take(&mut plan.changes);
        let prior_data = std::mem::take(&mut plan.prior_data);
        let plan = &*plan;
        let configured = plan.configuration.as_ref().map(Configured::new);
        let mut modules = Modules::default();
        let mut resources = Vec::with_capacity(changes.len().saturating_add(prior_data.len()));
        for change in changes {
            resources.push(Resource::from_change(change, plan.has_sensitivity_marks, &mut modules));
        }
        for data in prior_data {
            resources.push(Resource::from_prior_data(data, &mut modules));
        }
        resources.sort_by(|left, right| {
            (&left.address, &left.deposed, left.mode).cmp(&(&right.address, &right.deposed, right.mode))
        });
        for resource in &mut resources {
            if let Some((provider, known)) = configured.as_ref().and_then(|one| one.provider_of(resource)) {
                resource.provider = provider;
                resource.provider_known = known;
            }
        }
        let mut instances: HashMap<BlockKey, Vec<ResourceId>> = HashMap::new();
        let mut types: HashMap<(Mode, Arc<str>), Vec<ResourceId>> = HashMap::new();
        for (position, resource) in resources.iter().enumerate() {
            if resource.deposed.is_none() {
                instances
                    .entry((
                        Arc::clone(&resource.module),
                        resource.mode,
                        Arc::clone(&resource.resource_type),
                        resource.name.clone(),
                    ))
                    .or_default()
                    .push(ResourceId(position));
            }
            let kind = (resource.mode, Arc::clone(&resource.resource_type));
            types.entry(kind).or_default().push(ResourceId(position));
        }
        Self {
            plan,
            resources,
            instances,
            types,
            modules,
            configured,
            source: None,
        }
    }

    /// Takes a source for what the plan does not tell.
    ///
    /// # Errors
    /// Where the source is not the one that the plan was made of; then it is not used.
    pub fn use_source(&mut self, source: &'p Source, wanted: &Wanted) -> Result<(), Disagreement> {
        evaluate::agree::agree(self, source, wanted)?;
        self.source = Some(source);
        Ok(())
    }

    /// The block in the source that a resource was made of.
    pub fn block(&self, id: ResourceId) -> Option<&'p source::Block> {
        let resource = self.resource(id);
        let module = self.source_of(&resource.module)?;
        module.resource(resource.mode, &resource.resource_type, &resource.name)
    }

    /// The source of a module instance, where there is one that agrees with the plan.
    fn source_of(&self, module: &ModulePath) -> Option<&'p Module> {
        self.source?.module(module.calls())
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
        self.types.get(&(mode, resource_type.into())).map_or(&[], Vec::as_slice)
    }

    /// The types of the plan's managed resources, in no order.
    pub fn managed_types(&self) -> impl Iterator<Item = &str> {
        let managed = self.types.keys().filter(|(mode, _)| *mode == Mode::Managed);
        managed.map(|(_, name)| &**name)
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

    /// Whether the configuration has one provider configuration alone for a provider (`registry.terraform.io/hashicorp/aws`).
    pub fn sole_provider(&self, name: &str) -> bool {
        self.configured
            .as_ref()
            .is_some_and(|configured| configured.configurations(name) == 1)
    }

    /// The live instances of a block, or the one with `key`.
    fn instances(
        &self,
        module: &Arc<ModulePath>,
        mode: Mode,
        resource_type: &str,
        name: &str,
        key: Option<&Index>,
    ) -> Vec<ResourceId> {
        let all = self
            .instances
            .get(&(Arc::clone(module), mode, resource_type.into(), name.into()))
            .map_or(&[] as &[ResourceId], Vec::as_slice);
        all.iter()
            .copied()
            .filter(|id| match (key, &self.resource(*id).key) {
                (None, _) => true,
                (Some(asked), Some(key)) => asked.leads_to(key),
                (Some(_), None) => false,
            })
            .collect()
    }

    /// The instances of a module call, by what the plan's resources show.
    fn module_instances(&self, parent: &ModulePath, call: &str) -> Vec<Arc<ModulePath>> {
        self.modules.of_call(parent, call).to_vec()
    }

    /// Root variables, with their values.
    fn root_variables(&self) -> &'p BTreeMap<String, serde_json::Value> {
        &self.plan.variables
    }
}
