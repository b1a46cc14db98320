//! The call of the module that a plan's root becomes.

use super::address::Addresses;
use super::identity::PLACE;
use super::node::Node;

pub(crate) struct Call {
    pub(crate) call: Node,
    /// Outputs of the root that pass the module's on.
    pub(crate) outputs: Vec<(String, Node)>,
    /// Values and declarations of the root's variables.
    pub(crate) variables: Vec<(String, Node, Node)>,
}

impl Call {
    /// Takes the configuration out of `plan`.
    pub(crate) fn of(addresses: &Addresses, plan: &mut Node) -> Self {
        let configuration = plan.get_mut("configuration");
        let mut module = configuration
            .and_then(|configuration| configuration.take("root_module"))
            .unwrap_or(Node::Null);
        let (mut expressions, variables) = arguments(plan.take("variables").as_ref(), &module);
        let outputs = outputs(addresses, &module);
        let mut call = vec![(
            "source".to_owned(),
            Node::text(format!("./modules/{}", addresses.source.module)),
        )];
        if addresses.source.for_each {
            unnumber(&mut module);
            expressions.push(("name".to_owned(), references(&["each.key"])));
            call.push(("expressions".to_owned(), Node::Object(expressions)));
            let instances = references(&[&format!("var.{}", addresses.name)]);
            call.push(("for_each_expression".to_owned(), instances));
        } else if !expressions.is_empty() {
            call.push(("expressions".to_owned(), Node::Object(expressions)));
        }
        call.push(("module".to_owned(), module));
        Self {
            call: Node::Object(call),
            outputs,
            variables,
        }
    }
}

type Arguments = (Vec<(String, Node)>, Vec<(String, Node, Node)>);

/// A variable of the former root is an argument now: a name of the copy's own is written there, the rest comes from a
/// variable of the new root.
fn arguments(variables: Option<&Node>, module: &Node) -> Arguments {
    let mut expressions = Vec::new();
    let mut of_root = Vec::new();
    for (name, variable) in variables.map(Node::fields).unwrap_or_default() {
        let value = variable.get("value").unwrap_or(&Node::Null);
        if is_numbered(value) {
            expressions.push((name.clone(), Node::object([("constant_value", value.clone())])));
        } else {
            expressions.push((name.clone(), references(&[&format!("var.{name}")])));
            let declared = module.get("variables").and_then(|declared| declared.get(name));
            of_root.push((name.clone(), variable.clone(), declared.cloned().unwrap_or(Node::Null)));
        }
    }
    (expressions, of_root)
}

fn outputs(addresses: &Addresses, module: &Node) -> Vec<(String, Node)> {
    if addresses.source.for_each {
        return Vec::new();
    }
    let names = module.get("outputs").map(Node::fields).unwrap_or_default();
    let passed_on = names.iter().map(|(name, _)| {
        let value = references(&[&format!("{}.{name}", addresses.block), &addresses.block]);
        (addresses.output(name), Node::object([("expression", value)]))
    });
    passed_on.collect()
}

fn references(names: &[&str]) -> Node {
    let names = names.iter().map(|&name| Node::text(name)).collect();
    Node::object([("references", Node::Array(names))])
}

fn is_numbered(node: &Node) -> bool {
    match node {
        Node::Text(text) => text.contains(PLACE),
        Node::Array(items) => items.iter().any(is_numbered),
        Node::Object(fields) => fields.iter().any(|(_, value)| is_numbered(value)),
        Node::Null | Node::Bool(_) | Node::Number(_) => false,
    }
}

/// The names in a module that copies share come from a variable: its configuration is the same for all of them.
fn unnumber(node: &mut Node) {
    if node.get("constant_value").is_some_and(is_numbered) {
        *node = references(&["var.name"]);
        return;
    }
    match node {
        Node::Array(items) => items.iter_mut().for_each(unnumber),
        Node::Object(fields) => fields.iter_mut().for_each(|(_, value)| unnumber(value)),
        _ => {}
    }
}
