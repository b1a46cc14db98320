//! Where the resources of a copy are: everything that the root of a plan holds moves into a module.

use super::identity::PLACE;
use super::node::Node;
use super::unit::Source;

pub(crate) struct Addresses {
    pub(crate) source: Source,
    /// Name of the module call.
    pub(crate) name: String,
    /// Address of the module's block: `depends_on` of a state knows no instances.
    pub(crate) block: String,
    /// Address of the module.
    instance: String,
}

/// `values` of a plan or a state.
#[derive(Default)]
pub(crate) struct Values {
    pub(crate) modules: Vec<Node>,
    pub(crate) outputs: Vec<(String, Node)>,
}

impl Addresses {
    pub(crate) fn of(source: Source) -> Self {
        let name = if source.for_each {
            source.module.to_owned()
        } else {
            format!("{}_{PLACE}", source.module)
        };
        let block = format!("module.{name}");
        let instance = if source.for_each {
            format!("{block}[\"{}\"]", instance_key(&source, &PLACE.to_string()))
        } else {
            block.clone()
        };
        Self {
            source,
            name,
            block,
            instance,
        }
    }

    /// `resource_changes` or `resource_drift`.
    pub(crate) fn changes(&self, changes: Option<Node>) -> Vec<Node> {
        let mut changes = items(changes);
        for change in &mut changes {
            for key in ["address", "previous_address", "module_address"] {
                prefix_at(change, key, &self.instance);
            }
            if let Node::Object(fields) = change
                && !fields.iter().any(|(key, _)| key == "module_address")
            {
                let position = fields.iter().take_while(|(key, _)| key.ends_with("address")).count();
                fields.insert(position, ("module_address".to_owned(), Node::text(&self.instance)));
            }
        }
        changes
    }

    /// `relevant_attributes`.
    pub(crate) fn relevant(&self, attributes: Option<Node>) -> Vec<Node> {
        let mut attributes = items(attributes);
        for attribute in &mut attributes {
            prefix_at(attribute, "resource", &self.instance);
        }
        attributes
    }

    /// `planned_values`, or the values of `prior_state`.
    pub(crate) fn values(&self, values: Option<&mut Node>) -> Values {
        let Some(values) = values else {
            return Values::default();
        };
        let outputs = self.outputs(values.take("outputs"));
        let Some(mut root) = values.take("root_module") else {
            return Values::default();
        };
        self.module(&mut root);
        let fields = [
            root.take("resources")
                .map(|resources| ("resources".to_owned(), resources)),
            Some(("address".to_owned(), Node::text(&self.instance))),
            root.take("child_modules")
                .map(|modules| ("child_modules".to_owned(), modules)),
        ];
        Values {
            modules: vec![Node::Object(fields.into_iter().flatten().collect())],
            outputs,
        }
    }

    fn module(&self, module: &mut Node) {
        prefix_at(module, "address", &self.instance);
        for resource in module.items_at("resources") {
            prefix_at(resource, "address", &self.instance);
            for needed in resource.items_at("depends_on") {
                prefix(needed, &self.block);
            }
        }
        for child in module.items_at("child_modules") {
            self.module(child);
        }
    }

    /// The root's outputs under other names, for each copy has its own. Copies that share a call have none.
    pub(crate) fn outputs(&self, outputs: Option<Node>) -> Vec<(String, Node)> {
        match outputs {
            Some(Node::Object(fields)) if !self.source.for_each => {
                let renamed = fields.into_iter().map(|(name, output)| (self.output(&name), output));
                renamed.collect()
            }
            _ => Vec::new(),
        }
    }

    pub(crate) fn output(&self, name: &str) -> String {
        format!("{}_{name}", self.name)
    }
}

/// The key of one instance of a module that copies share.
pub(crate) fn instance_key(source: &Source, number: &str) -> String {
    format!("{}-{number}", source.module)
}

fn items(node: Option<Node>) -> Vec<Node> {
    match node {
        Some(Node::Array(items)) => items,
        _ => Vec::new(),
    }
}

fn prefix_at(node: &mut Node, key: &str, module: &str) {
    if let Some(address) = node.get_mut(key) {
        prefix(address, module);
    }
}

fn prefix(address: &mut Node, module: &str) {
    if let Node::Text(address) = address {
        address.insert_str(0, &format!("{module}."));
    }
}
