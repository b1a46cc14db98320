//! Keys and aliases by the values that name them.

use std::collections::{HashMap, HashSet};

use super::named::is_aws_alias;
use crate::eval::facts::name_of;
use crate::model::path::Path;
use crate::model::value::{Location, State};
use crate::model::{Model, ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::Catalog;

/// Keys and aliases of a plan by the values that name them.
#[derive(Debug, Default)]
pub struct KeyIndex {
    /// Keys by their identifiers.
    pub(super) keys: HashMap<String, ResourceId>,
    /// Keys that AWS manages.
    pub(super) aws_managed: HashSet<ResourceId>,
    /// Aliases by their names, and by all other identifiers.
    pub(super) aliases: HashMap<String, Vec<ResourceId>>,
}

impl KeyIndex {
    /// Indexes the keys and aliases of a plan by their known identifiers, before and after, deposed objects included.
    pub fn new(model: &Model<'_>, catalog: &Catalog) -> Self {
        let mut index = Self::default();
        for (id, resource) in model.resources() {
            let kind = (resource.mode, resource.resource_type.to_string());
            if let Some(key) = catalog.keys.get(&kind) {
                for name in names(model, id, &key.identifiers) {
                    // A data source of a managed key names the same key: the managed one says more.
                    if resource.mode == Mode::Managed {
                        index.keys.insert(name, id);
                    } else {
                        index.keys.entry(name).or_insert(id);
                    }
                }
                let told = |path: &Option<Path>, such: fn(&str) -> bool| {
                    let names = path.as_ref().map(|path| names(model, id, std::slice::from_ref(path)));
                    names.unwrap_or_default().iter().any(|name| such(name))
                };
                if told(&key.manager, |manager| manager == "AWS") || told(&key.asked_by, is_aws_alias) {
                    index.aws_managed.insert(id);
                }
            }
            if let Some(alias) = catalog.aliases.get(&kind) {
                let name = names(model, id, std::slice::from_ref(&alias.name));
                for name in names(model, id, &alias.identifiers).into_iter().chain(name) {
                    index.aliases.entry(name).or_default().push(id);
                }
            }
        }
        index
    }
}

/// What stands at any of these places, before and after.
pub(super) fn names(model: &Model<'_>, id: ResourceId, paths: &[Path]) -> Vec<String> {
    let mut found: Vec<String> = [Side::Before, Side::After]
        .into_iter()
        .flat_map(|side| {
            paths
                .iter()
                .flat_map(move |path| model.select(id, side, &Location::default(), path))
        })
        .filter_map(|found| match found.state {
            State::Known(value) => name_of(&value).map(str::to_owned),
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    found
}
