//! Addresses of resources and references to them.

use crate::model::address::{ModulePath, Step, display_key, tokenize};
use crate::plan::{Index, Mode};

/// The address of a resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    pub(super) module: ModulePath,
    pub(super) mode: Mode,
    pub(super) resource_type: String,
    pub(super) name: String,
    pub(super) key: Option<Index>,
}

impl Address {
    /// Reads an address; `None` where the text is none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, rest) = Self::read(text)?;
        rest.is_empty().then_some(address)
    }

    /// Reads an address and the path behind it.
    pub(super) fn read(text: &str) -> Option<(Self, Vec<Step>)> {
        let mut steps = tokenize(text)?.into_iter().peekable();
        let mut module = ModulePath::root();
        let mut head = name(steps.next()?)?;
        while head == "module" {
            let call = name(steps.next()?)?;
            let key = steps.next_if(|step| matches!(step, Step::Key(_))).and_then(key);
            module = module.child(&call, key);
            head = name(steps.next()?)?;
        }
        let mode = match head.as_str() {
            "data" => Mode::Data,
            _ => Mode::Managed,
        };
        let resource_type = match mode {
            Mode::Data => name(steps.next()?)?,
            Mode::Managed => head,
        };
        // `local.x`, `each.key` and the like are no resources; every resource type has its provider's name in front.
        if !resource_type.contains('_') {
            return None;
        }
        let address = Self {
            module,
            mode,
            resource_type,
            name: name(steps.next()?)?,
            key: steps.next_if(|step| matches!(step, Step::Key(_))).and_then(key),
        };
        Some((address, steps.collect()))
    }

    /// The block's address in its module, without instance keys.
    pub(super) fn block(&self) -> String {
        let data = if self.mode == Mode::Data { "data." } else { "" };
        format!("{data}{}.{}", self.resource_type, self.name)
    }

    /// The instance's address in its module.
    pub(super) fn local(&self) -> String {
        format!("{}{}", self.block(), display_key(self.key.as_ref()))
    }

    /// The whole address.
    pub(super) fn whole(&self) -> String {
        self.module.join(&self.local())
    }
}

/// A path behind an address, as it is written: `.rule[0].name`.
pub(super) fn display(steps: &[Step]) -> String {
    steps
        .iter()
        .map(|step| match step {
            Step::Name(name) => format!(".{name}"),
            Step::Key(key) => display_key(Some(key)),
        })
        .collect()
}

fn name(step: Step) -> Option<String> {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    match step {
        Step::Name(name) if name.chars().all(fits) => Some(name),
        _ => None,
    }
}

fn key(step: Step) -> Option<Index> {
    match step {
        Step::Key(key) => Some(key),
        Step::Name(_) => None,
    }
}
