//! Module calls and their instances.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::TraversalOperator;
use hcl_edit::structure::Body;

use super::partial::{Kind, Partial, text_of};
use super::scope::Scope;
use super::traversal::number;
use crate::model::Side;
use crate::model::address::ModulePath;
use crate::model::resolve::{Opaque, Resolver};
use crate::plan::{Index, Mode};
use crate::source::Module;

/// Instances of a module call, at most.
const MAX_INSTANCES: u64 = 1_000;

impl Resolver<'_, '_> {
    /// A module call: its instance, or all of them by their keys. `None` where nothing tells which there are: neither the
    /// call itself nor resources that stand in each.
    pub(super) fn module_call(&self, scope: &Scope<'_>, name: &str) -> Option<Partial> {
        let Some(block) = scope.source.call(name) else {
            return Some(Opaque::Missing(scope.module.join(&format!("module.{name}"))).into());
        };
        let here = Scope::module(Arc::clone(&scope.module), scope.source);
        let instance = |key: Option<Index>| Partial::from(Kind::Module(scope.module.child(name, key).into()));
        if let Some(repeated) = block.body.get_attribute("for_each") {
            let keys = self.keys_of(&self.evaluate(&repeated.value, &here)).or_else(|| {
                let keys = self.every_instance(scope, name)?.into_iter();
                Some(keys.filter_map(text_key).collect())
            })?;
            let instances = keys
                .into_iter()
                .map(|key| (key.clone(), instance(Some(Index::Text(key)))));
            return Some(Partial::object(instances.collect::<BTreeMap<_, _>>()));
        }
        if let Some(counted) = block.body.get_attribute("count") {
            let known = self
                .scalar(&self.evaluate(&counted.value, &here))
                .and_then(|count| count.as_u64());
            let count = known.or_else(|| {
                let keys = self.every_instance(scope, name)?;
                Some(keys.iter().filter_map(|key| number(Some(key))).max().unwrap_or(0))
            })?;
            let instances = (0..count.min(MAX_INSTANCES)).map(|number| instance(Some(Index::Number(number))));
            return Some(Partial::list(instances.collect()));
        }
        Some(instance(None))
    }

    /// The instance of a module call whose key stands behind it, where a resource in it shows that it is there.
    pub(super) fn module_by_key(
        &self,
        scope: &Scope<'_>,
        name: &str,
        operators: &[&TraversalOperator],
    ) -> Option<Partial> {
        let key = match operators.first()? {
            TraversalOperator::Index(key) => text_of(&self.scalar(&self.evaluate(key, scope))?)?,
            TraversalOperator::LegacyIndex(position) => position.value().to_string(),
            _ => return None,
        };
        let key = Index::Text(key);
        let mut there = self.shown_instances(scope, name).into_iter();
        let own = there.find(|own| key.leads_to(own))?;
        Some(Kind::Module(scope.module.child(name, Some(own)).into()).into())
    }

    /// The keys of all instances of a module call, where each of them must show in the plan.
    fn every_instance(&self, scope: &Scope<'_>, name: &str) -> Option<Vec<Index>> {
        let complete = self.model.plan().partial.is_none();
        let child = scope.module.child(name, None);
        (complete && self.always_shows(&child)).then(|| self.shown_instances(scope, name))
    }

    /// The keys of those instances of a module call that hold something after the apply.
    fn shown_instances(&self, scope: &Scope<'_>, name: &str) -> Vec<Index> {
        let seen = self.model.module_instances(&scope.module, name).into_iter();
        let remains = |path: &Arc<ModulePath>| {
            let mut resources = self.model.resources();
            resources.any(|(_, one)| one.values(Side::After).is_some() && stands_in(&one.module, path))
        };
        let keys = seen
            .filter(remains)
            .map(|path| path.parent().and_then(|(_, _, key)| key.cloned()));
        keys.flatten().collect()
    }

    /// Whether each instance of a module has a managed resource, whatever its variables are.
    fn always_shows(&self, path: &ModulePath) -> bool {
        let Some(module) = self.source_of(path) else {
            return false;
        };
        let calls = || module.calls().filter(|(_, block)| !is_repeated(&block.body));
        has_single_resource(module) || calls().any(|(call, _)| self.always_shows(&path.child(call, None)))
    }
}

/// Why the instances of a module call cannot be told.
pub(super) fn untold_instances(scope: &Scope<'_>, name: &str) -> Opaque {
    let call = scope.module.join(&format!("module.{name}"));
    Opaque::Undecided(format!("the plan does not tell which instances `{call}` has"))
}

fn has_single_resource(module: &Module) -> bool {
    module.resources().any(|(mode, kind, name)| {
        let block = module.resource(mode, kind, name);
        mode == Mode::Managed && block.is_some_and(|block| !is_repeated(&block.body))
    })
}

fn is_repeated(body: &Body) -> bool {
    body.has_attribute("count") || body.has_attribute("for_each")
}

/// Whether a module is another one, or stands in it.
fn stands_in(module: &ModulePath, outer: &ModulePath) -> bool {
    module == outer || module.parent().is_some_and(|(parent, _, _)| stands_in(&parent, outer))
}

fn text_key(key: Index) -> Option<String> {
    match key {
        Index::Text(key) => Some(key),
        Index::Number(_) => None,
    }
}
