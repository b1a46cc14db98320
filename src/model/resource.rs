//! One resource with its values before and after.

use std::sync::Arc;

use compact_str::CompactString;
use smallvec::smallvec;

use super::address::ModulePath;
use super::marks::Marks;
use super::modules::Modules;
use super::value::Node;
use crate::plan::{Action, ActionList, Index, Mode, PriorData, ResourceChange, Values};

/// A resource's place in its [`super::Model`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceId(pub(super) usize);

/// A side of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// What stands, after refresh.
    Before,
    /// What will stand.
    After,
}

impl Side {
    /// The opposite side.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Before => Self::After,
            Self::After => Self::Before,
        }
    }
}

/// A resource instance, or one of its deposed objects.
#[derive(Debug, Clone)]
pub struct Resource {
    /// The full address.
    pub address: String,
    /// The module instance.
    pub module: Arc<ModulePath>,
    /// Managed or data.
    pub mode: Mode,
    /// `aws_s3_bucket`.
    pub resource_type: Arc<str>,
    /// The block's name.
    pub name: CompactString,
    /// The instance key.
    pub key: Option<Index>,
    /// The address that it had before this plan, where it moves.
    pub previous_address: Option<Box<str>>,
    /// The deposed object's id.
    pub deposed: Option<Box<str>>,
    /// What Terraform will do.
    pub actions: ActionList,
    /// Whether it is being imported.
    pub importing: bool,
    /// The attributes that force a replacement, as JSONPaths.
    pub replace_paths: Vec<String>,
    /// The provider configuration that owns it: resources of one account and region share it. Where the configuration does
    /// not have the resource any more, the provider's name.
    pub provider: Arc<str>,
    /// Whether that is known: the block may have left the configuration, or stand in a module whose provider is not told.
    pub provider_known: bool,
    /// The provider's name, where the document tells it.
    pub provider_name: Arc<str>,
    before: Option<Node>,
    after: Option<Node>,
}

impl Resource {
    /// Where a plan carries no sensitivity marks at all, nobody said what is not sensitive.
    pub(super) fn from_change(change: ResourceChange, marked: bool, modules: &mut Modules) -> Self {
        let marks = match marked {
            true => marks_of(change.before.as_ref()).union(marks_of(change.after.as_ref())),
            false => Marks::Texts,
        };
        let node = |values: Option<Values>| values.map(|values| Node::merge(values, &marks));
        let forgotten = change.actions.as_slice() == [Action::Forget];
        let before = node(change.before);
        let provider_name = change.provider_name.unwrap_or_default();
        Self {
            module: modules.instance(change.module_address.as_deref()),
            address: change.address,
            mode: change.mode,
            resource_type: change.resource_type,
            name: change.name,
            key: change.index,
            previous_address: change.previous_address,
            deposed: change.deposed,
            actions: change.actions,
            importing: change.importing,
            replace_paths: change.replace_paths,
            provider: Arc::clone(&provider_name),
            provider_known: false,
            provider_name,
            // Terraform stops managing a forgotten resource and leaves it as it is.
            after: if forgotten { before.clone() } else { node(change.after) },
            before,
        }
    }

    pub(super) fn from_prior_data(data: PriorData, modules: &mut Modules) -> Self {
        let marks = Marks::read(&data.values.sensitive);
        let node = Node::merge(data.values, &marks);
        Self {
            module: modules.instance(data.module_address.as_deref()),
            address: data.address,
            mode: Mode::Data,
            resource_type: data.resource_type.into(),
            name: data.name.into(),
            key: data.index,
            previous_address: None,
            deposed: None,
            actions: smallvec![Action::NoOp],
            importing: false,
            replace_paths: Vec::new(),
            provider: Arc::default(),
            provider_known: false,
            provider_name: Arc::default(),
            before: Some(node.clone()),
            after: Some(node),
        }
    }

    /// The values on one side; `None` where there is no object.
    pub fn values(&self, side: Side) -> Option<&Node> {
        match side {
            Side::Before => self.before.as_ref(),
            Side::After => self.after.as_ref(),
        }
    }

    /// Whether the resource is there on that side, and Terraform manages it there.
    pub fn lives(&self, side: Side) -> bool {
        self.deposed.is_none()
            && self.values(side).is_some()
            && !(side == Side::After && self.forgotten())
            && !(side == Side::Before && self.importing)
    }

    /// Whether the object of this address goes away, be it for good or to be replaced.
    pub fn destroyed(&self) -> bool {
        self.actions.contains(&Action::Delete)
    }

    /// Whether a new object takes its place.
    pub fn replaced(&self) -> bool {
        self.destroyed() && self.actions.contains(&Action::Create)
    }

    /// Whether Terraform stops managing it and leaves it as it is.
    pub fn forgotten(&self) -> bool {
        self.actions.as_slice() == [Action::Forget]
    }

    /// Terraform's words for what it will do.
    pub fn action_words(&self) -> Vec<String> {
        self.actions
            .iter()
            .map(|action| action_word(*action).to_owned())
            .collect()
    }
}

fn marks_of(values: Option<&Values>) -> Marks {
    values.map_or(Marks::None, |values| Marks::read(&values.sensitive))
}

fn action_word(action: Action) -> &'static str {
    match action {
        Action::NoOp => "no-op",
        Action::Create => "create",
        Action::Read => "read",
        Action::Update => "update",
        Action::Delete => "delete",
        Action::Forget => "forget",
        Action::Open => "open",
    }
}
