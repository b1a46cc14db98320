//! The configuration that a case in short form stands for: blocks, and how references cross modules.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::address::{Address, display};
use crate::model::address::{ModulePath, Step, display_key};
use crate::plan::{Index, Mode};

/// A module.
#[derive(Debug, Default)]
pub(super) struct Module {
    blocks: BTreeMap<String, Block>,
    outputs: BTreeMap<String, Vec<String>>,
    variables: BTreeSet<String>,
    calls: BTreeMap<String, Call>,
}

#[derive(Debug, Default)]
struct Call {
    arguments: BTreeMap<String, Vec<String>>,
    instances: Instances,
    module: Module,
}

#[derive(Debug)]
struct Block {
    address: Address,
    instances: Instances,
    expressions: Map<String, Value>,
}

/// By what a block or a call has several instances.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Instances {
    #[default]
    One,
    Counted(u64),
    Named,
}

impl Instances {
    fn with(self, key: Option<&Index>) -> Self {
        match (key, self) {
            (None, before) => before,
            (Some(Index::Text(_)), _) => Self::Named,
            (Some(Index::Number(number)), Self::Counted(before)) => Self::Counted(before.max(number.saturating_add(1))),
            (Some(Index::Number(number)), _) => Self::Counted(number.saturating_add(1)),
        }
    }

    /// What an expression refers to, where it is another one in each instance.
    fn symbol(self) -> &'static str {
        match self {
            Self::Counted(_) => "count.index",
            Self::One | Self::Named => "each.key",
        }
    }

    fn write(self, block: &mut Map<String, Value>) {
        match self {
            Self::One => {}
            Self::Counted(count) => {
                block.insert("count_expression".into(), json!({ "constant_value": count }));
            }
            Self::Named => {
                block.insert("for_each_expression".into(), json!({}));
            }
        }
    }
}

impl Module {
    /// Adds an instance of a block with its expressions.
    pub(super) fn add(&mut self, address: &Address, expressions: Map<String, Value>) {
        let module = self.at(&elements(&address.module));
        let instances = Instances::default().with(address.key.as_ref());
        match module.blocks.get_mut(&address.block()) {
            None => {
                let block = Block {
                    address: address.clone(),
                    instances,
                    expressions,
                };
                module.blocks.insert(address.block(), block);
            }
            Some(block) => {
                block.instances = block.instances.with(address.key.as_ref());
                let symbol = block.instances.symbol();
                let before = std::mem::take(&mut block.expressions);
                block.expressions = merge_blocks(before, expressions, symbol);
            }
        }
    }

    /// How an expression in one module names an attribute in another (or the same): through outputs up, and through
    /// variables down. The longest reference first, as Terraform lists them.
    pub(super) fn reference(&mut self, from: &ModulePath, to: &Address, rest: &[Step]) -> Vec<String> {
        let (target, consumer) = (elements(&to.module), elements(from));
        let common = target.iter().zip(&consumer).take_while(|(a, b)| a == b).count();
        let mut entries = vec![format!("{}{}", to.local(), display(rest)), to.local(), to.block()];
        entries.dedup();
        for depth in (common..target.len()).rev() {
            let name = identifier(&entries);
            let inside = target.get(..=depth).unwrap_or_default();
            let up = match inside.last() {
                Some((call, key)) => format!("module.{call}{}", display_key(key.as_ref())),
                None => String::new(),
            };
            let above = vec![format!("{up}.{name}"), up];
            let below = std::mem::replace(&mut entries, above);
            self.at(inside).outputs.insert(name, below);
        }
        for depth in common..consumer.len() {
            let name = format!("in_{}", identifier(&entries));
            let inside = consumer.get(..=depth).unwrap_or_default();
            let call = self.call(inside);
            let argument = call.arguments.entry(name.clone()).or_default();
            argument.extend(
                entries
                    .into_iter()
                    .filter(|entry| !argument.contains(entry))
                    .collect::<Vec<_>>(),
            );
            call.module.variables.insert(name.clone());
            entries = vec![format!("var.{name}")];
        }
        entries
    }

    /// Declares an input of a module. What a module call passes on is told as little as what the root module is given.
    pub(super) fn declare(&mut self, module: &ModulePath, variable: &str) {
        let path = elements(module);
        if !path.is_empty() {
            self.call(&path).arguments.entry(variable.to_owned()).or_default();
        }
        self.at(&path).variables.insert(variable.to_owned());
    }

    fn at(&mut self, path: &[(String, Option<Index>)]) -> &mut Self {
        let mut module = self;
        for (name, key) in path {
            let call = module.calls.entry(name.clone()).or_default();
            call.instances = call.instances.with(key.as_ref());
            module = &mut call.module;
        }
        module
    }

    fn call(&mut self, path: &[(String, Option<Index>)]) -> &mut Call {
        let (name, around) = match path.split_last() {
            Some(((name, _), around)) => (name.clone(), around),
            None => (String::new(), path),
        };
        self.at(around).calls.entry(name).or_default()
    }

    /// As plan JSON shows it.
    pub(super) fn to_json(&self) -> Value {
        let resources: Vec<Value> = self.blocks.values().map(Block::to_json).collect();
        let outputs: Map<String, Value> = self
            .outputs
            .iter()
            .map(|(name, references)| (name.clone(), json!({ "expression": { "references": references } })))
            .collect();
        let variables: Map<String, Value> = self.variables.iter().map(|name| (name.clone(), json!({}))).collect();
        let calls: Map<String, Value> = self
            .calls
            .iter()
            .map(|(name, call)| (name.clone(), call.to_json(name)))
            .collect();
        json!({ "resources": resources, "outputs": outputs, "variables": variables, "module_calls": calls })
    }
}

impl Call {
    fn to_json(&self, name: &str) -> Value {
        let arguments: Map<String, Value> = self
            .arguments
            .iter()
            .map(|(name, references)| match references.is_empty() {
                true => (name.clone(), json!({})),
                false => (name.clone(), json!({ "references": references })),
            })
            .collect();
        let mut call = Map::new();
        call.insert("source".into(), json!(format!("./{name}")));
        call.insert("expressions".into(), Value::Object(arguments));
        self.instances.write(&mut call);
        call.insert("module".into(), self.module.to_json());
        Value::Object(call)
    }
}

impl Block {
    fn to_json(&self) -> Value {
        let address = &self.address;
        let mut block = Map::new();
        block.insert("address".into(), json!(address.block()));
        block.insert("mode".into(), json!(mode(address.mode)));
        block.insert("type".into(), json!(address.resource_type));
        block.insert("name".into(), json!(address.name));
        block.insert("provider_config_key".into(), json!(provider(&address.resource_type)));
        block.insert("expressions".into(), Value::Object(self.expressions.clone()));
        self.instances.write(&mut block);
        Value::Object(block)
    }
}

/// The word of the plan format.
pub(super) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Managed => "managed",
        Mode::Data => "data",
    }
}

/// The local name of the provider of a resource type.
pub(super) fn provider(resource_type: &str) -> &str {
    resource_type.split('_').next().unwrap_or(resource_type)
}

fn elements(path: &ModulePath) -> Vec<(String, Option<Index>)> {
    let mut found = Vec::new();
    let mut next = path
        .parent()
        .map(|(around, call, key)| (around, call.to_owned(), key.cloned()));
    while let Some((around, call, key)) = next {
        found.push((call, key));
        next = around
            .parent()
            .map(|(around, call, key)| (around, call.to_owned(), key.cloned()));
    }
    found.reverse();
    found
}

/// A name for what a reference leads to: readable, and another one for each reference.
fn identifier(entries: &[String]) -> String {
    let text = entries.first().map(String::as_str).unwrap_or_default();
    let plain = text
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    let name: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect();
    match plain {
        true => name,
        false => format!("{name}_{:x}", super::value::hash(text)),
    }
}

/// The expressions of a block whose instances are written differently.
fn merge_blocks(mut left: Map<String, Value>, right: Map<String, Value>, symbol: &str) -> Map<String, Value> {
    let missing: Vec<String> = left.keys().filter(|name| !right.contains_key(*name)).cloned().collect();
    for name in missing {
        if let Some(value) = left.get_mut(&name) {
            *value = merge(value.take(), json!({ "constant_value": null }), symbol);
        }
    }
    for (name, value) in right {
        let before = left.remove(&name).unwrap_or_else(|| json!({ "constant_value": null }));
        left.insert(name, merge(before, value, symbol));
    }
    left
}

fn merge(left: Value, right: Value, symbol: &str) -> Value {
    match (left, right) {
        (left, right) if left == right => left,
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let pairs = left.into_iter().zip(right);
            Value::Array(
                pairs
                    .map(|pair| match pair {
                        (Value::Object(left), Value::Object(right)) => Value::Object(merge_blocks(left, right, symbol)),
                        (left, right) => merge(left, right, symbol),
                    })
                    .collect(),
            )
        }
        (left, right) => {
            let mut references = Vec::new();
            for one in references_in(&left).into_iter().chain(references_in(&right)) {
                if !references.contains(&one) && one != symbol {
                    references.push(one);
                }
            }
            references.push(symbol.to_owned());
            json!({ "references": references })
        }
    }
}

fn references_in(expression: &Value) -> Vec<String> {
    match expression {
        Value::Object(object) => match object.get("references") {
            Some(Value::Array(references)) => references
                .iter()
                .filter_map(|one| Some(one.as_str()?.to_owned()))
                .collect(),
            _ => object.values().flat_map(references_in).collect(),
        },
        Value::Array(elements) => elements.iter().flat_map(references_in).collect(),
        _ => Vec::new(),
    }
}
