//! What the configuration says of a place in a resource's values.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::address::ModulePath;
use super::resource::{Resource, Side};
use super::value::{Location, LocationStep, Node, NodeKind, State, may_be_shown_as};
use crate::plan::{ConfigModule, ConfigResource, Configuration, Expression, ExpressionNode, Members, ModuleCall};

/// How an attribute is written in the configuration.
#[derive(Debug, Clone)]
pub enum Written<'p> {
    /// The argument is not written: the provider's default applies.
    Not,
    /// By this expression, or by one of these (a set's elements cannot always be told apart).
    By {
        /// The expressions.
        expressions: Vec<&'p Expression>,
        /// Whether the element may be one that leaves the argument out.
        may_be_unset: bool,
    },
    /// The element stands in a block that the configuration does not show: a `dynamic` block, or one that the provider computes.
    HiddenBlock,
    /// The document holds no configuration for this resource.
    NoConfiguration,
}

/// A module that is called from one in the root, and is handed no provider by name, has the root's: had the one around it
/// been handed another, the document would say so. Further down it does not.
const MAX_PLAIN_DEPTH: usize = 2;

/// The configuration, by the addresses of the plan.
#[derive(Debug)]
pub(super) struct Configured<'p> {
    configuration: &'p Configuration,
}

impl<'p> Configured<'p> {
    pub(super) fn new(configuration: &'p Configuration) -> Self {
        Self { configuration }
    }

    /// The module block behind a module instance.
    pub(super) fn module(&self, path: &ModulePath) -> Option<&'p ConfigModule> {
        path.calls().try_fold(&self.configuration.root, |module, call| {
            module.calls.get(call).map(|call| &call.module)
        })
    }

    /// The call that made a module instance.
    pub(super) fn call(&self, path: &ModulePath) -> Option<&'p ModuleCall> {
        let (parent, name, _) = path.parent()?;
        self.module(&parent)?.calls.get(name)
    }

    /// The block behind a resource.
    pub(super) fn block(&self, resource: &Resource) -> Option<&'p ConfigResource> {
        let module = self.module(&resource.module)?;
        module.resource(resource.mode, &resource.resource_type, &resource.name)
    }

    /// The key of the provider configuration that owns a resource, and whether it is known.
    ///
    /// A nested module that is handed nothing by name has a key of its own (`module.p.module.kms:aws`) that stands for the
    /// configuration of the modules around it.
    pub(super) fn provider_of(&self, resource: &Resource) -> Option<(Arc<str>, bool)> {
        let key = self.block(resource)?.provider_config_key.as_ref()?;
        let Some(name) = self.inherited(key) else {
            return Some((Arc::clone(key), true));
        };
        if resource.module.calls().count() <= MAX_PLAIN_DEPTH && key.starts_with("module.")
            || self.configurations(name) <= 1
        {
            return Some((name.into(), true));
        }
        Some(match self.handed_in(&resource.module, name) {
            Some(around) => (around, true),
            None => (Arc::clone(key), false),
        })
    }

    /// The provider's own name, where the key is one of a nested module without a provider block.
    fn inherited<'k>(&self, key: &'k str) -> Option<&'k str> {
        let own = self
            .configuration
            .providers
            .get(key)
            .is_some_and(|provider| !provider.inherited);
        match key.rsplit_once(':') {
            Some((_, name)) if !own => Some(name),
            _ => None,
        }
    }

    /// The one provider configuration that the resources of a module around this one have.
    fn handed_in(&self, module: &ModulePath, name: &str) -> Option<Arc<str>> {
        let mut around = module.parent()?.0;
        while around.parent().is_some() {
            let keys: BTreeSet<&Arc<str>> = self
                .module(&around)?
                .resources
                .iter()
                .filter_map(|block| block.provider_config_key.as_ref())
                .filter(|key| self.inherited(key).is_none() && self.is_of(key, name))
                .collect();
            match (keys.first(), keys.len()) {
                (Some(only), 1) => return Some(Arc::clone(only)),
                (Some(_), _) => return None,
                (None, _) => around = around.parent()?.0,
            }
        }
        None
    }

    fn is_of(&self, key: &str, name: &str) -> bool {
        let provider = self.configuration.providers.get(key);
        provider.is_some_and(|provider| provider.name.as_deref() == Some(name))
    }

    /// How many configurations a provider has, by the last part of its name.
    pub(super) fn configurations(&self, name: &str) -> usize {
        let short = name.rsplit('/').next().unwrap_or(name);
        let keys = self.configuration.providers.iter();
        keys.filter(|(key, provider)| !provider.inherited && self.is_of(key, short))
            .count()
    }

    pub(super) fn has_default_tags(&self, resource: &Resource) -> Option<bool> {
        let (key, known) = self.provider_of(resource)?;
        let of_key = |key: &str| {
            let provider = self.configuration.providers.get(key);
            provider.is_some_and(|provider| provider.has_default_tags)
        };
        if known {
            return Some(of_key(&key));
        }
        // Which configuration it is, is not told; where none has default tags, it does not matter.
        let any = self
            .configuration
            .providers
            .values()
            .any(|provider| provider.has_default_tags);
        (!any).then_some(false)
    }

    /// Whether the block of a resource has this argument or nested block.
    pub(super) fn has_argument(&self, resource: &Resource, name: &str) -> bool {
        self.block(resource)
            .is_some_and(|block| block.expressions.contains_key(name))
    }

    pub(super) fn written(&self, resource: &Resource, location: &Location) -> Written<'p> {
        let Some(block) = self.block(resource) else {
            return Written::NoConfiguration;
        };
        descend(&block.expressions, resource.values(Side::After), &location.0)
    }
}

type Arguments = Members<ExpressionNode>;

/// Walks the location through the blocks beside the planned values.
fn descend<'p>(arguments: &'p Arguments, values: Option<&Node>, location: &[LocationStep]) -> Written<'p> {
    let Some((LocationStep::Name(name), rest)) = location.split_first() else {
        return Written::Not;
    };
    let value = member(values, name);
    match arguments.get(name) {
        None if rest.is_empty() || !has_elements(value) => Written::Not,
        None => Written::HiddenBlock,
        // A nested attribute or an attribute written as blocks has one expression, at the top.
        Some(ExpressionNode::Expression(expression)) => Written::By {
            expressions: vec![expression],
            may_be_unset: false,
        },
        Some(ExpressionNode::Block(block)) => descend(block, value, skip_index(rest)),
        Some(ExpressionNode::Blocks(blocks)) => in_blocks(blocks, value, rest),
    }
}

fn in_blocks<'p>(blocks: &'p [Arguments], value: Option<&Node>, rest: &[LocationStep]) -> Written<'p> {
    let elements = match value.map(|node| &node.kind) {
        Some(NodeKind::Array(elements)) => elements.as_slice(),
        // One block that the provider shows as an object, or a place that is not settled.
        _ => match blocks {
            [only] => return descend(only, value, skip_index(rest)),
            _ => return Written::HiddenBlock,
        },
    };
    if elements.len() != blocks.len() {
        return Written::HiddenBlock;
    }
    let Some((LocationStep::Index(position), rest)) = rest.split_first() else {
        return Written::Not;
    };
    let Some(element) = elements.get(*position) else {
        return Written::Not;
    };
    let fitting = blocks.iter().filter(|block| agrees(block, element));
    let written: Vec<Written<'p>> = fitting.map(|block| descend(block, Some(element), rest)).collect();
    match written.is_empty() {
        // The provider shows a constant in its own way, or `ignore_changes` keeps another one.
        true => Written::HiddenBlock,
        false => join(written),
    }
}

/// Several blocks may have made one element of a set: what any of them says is possible.
fn join(mut several: Vec<Written<'_>>) -> Written<'_> {
    if several.len() == 1 {
        return several.pop().unwrap_or(Written::Not);
    }
    let mut all = Vec::new();
    let mut unset = false;
    for one in several {
        match one {
            Written::By {
                expressions,
                may_be_unset,
            } => {
                all.extend(expressions);
                unset |= may_be_unset;
            }
            Written::Not => unset = true,
            other => return other,
        }
    }
    if all.is_empty() {
        return Written::Not;
    }
    Written::By {
        expressions: all,
        may_be_unset: unset,
    }
}

/// Whether a block's constants are those of an element.
fn agrees(block: &Arguments, element: &Node) -> bool {
    block.iter().all(|(name, node)| match node {
        ExpressionNode::Expression(expression) if expression.references.is_empty() => {
            match (&expression.constant, member(Some(element), name).map(Node::state)) {
                (Some(constant), Some(State::Known(value))) => may_be_shown_as(constant, &value),
                _ => true,
            }
        }
        _ => true,
    })
}

fn member<'n>(node: Option<&'n Node>, name: &str) -> Option<&'n Node> {
    match &node?.kind {
        NodeKind::Object(members) => members.get(name),
        _ => None,
    }
}

fn has_elements(node: Option<&Node>) -> bool {
    match node.map(|node| &node.kind) {
        Some(NodeKind::Array(elements)) => !elements.is_empty(),
        Some(NodeKind::Object(members)) => !members.is_empty(),
        _ => false,
    }
}

fn skip_index(steps: &[LocationStep]) -> &[LocationStep] {
    match steps.split_first() {
        Some((LocationStep::Index(_) | LocationStep::Any, rest)) => rest,
        _ => steps,
    }
}
