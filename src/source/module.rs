//! One module: its blocks by what they declare.

use std::collections::HashMap;
use std::sync::Arc;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block as HclBlock, Structure};

use super::block::Block;
use super::file::{File, Lines};
use crate::plan::Mode;

/// A module as it was written.
#[derive(Debug, Default)]
pub struct Module {
    resources: HashMap<(Mode, String, String), Block>,
    calls: HashMap<String, Block>,
    outputs: HashMap<String, Block>,
    variables: HashMap<String, Variable>,
    locals: HashMap<String, Expression>,
    providers: HashMap<String, Block>,
}

/// A variable as it was declared.
#[derive(Debug)]
pub struct Variable {
    /// The default, where one is given.
    pub default: Option<Expression>,
    /// The type constraint, where one is given.
    pub constraint: Option<Expression>,
    /// Whether null is a value of its own, and does not stand for the default.
    pub nullable: bool,
}

impl Module {
    /// The block of a resource or data source.
    pub fn resource(&self, mode: Mode, resource_type: &str, name: &str) -> Option<&Block> {
        // A map's key must be borrowed as one piece.
        self.resources.get(&(mode, resource_type.to_owned(), name.to_owned()))
    }

    /// What each resource block declares.
    pub fn resources(&self) -> impl Iterator<Item = (Mode, &str, &str)> {
        self.resources
            .keys()
            .map(|(mode, kind, name)| (*mode, kind.as_str(), name.as_str()))
    }

    /// The block of a module call.
    pub fn call(&self, name: &str) -> Option<&Block> {
        self.calls.get(name)
    }

    /// The calls by name.
    pub fn calls(&self) -> impl Iterator<Item = (&str, &Block)> {
        self.calls.iter().map(|(name, block)| (name.as_str(), block))
    }

    /// The value of an output.
    pub fn output(&self, name: &str) -> Option<&Expression> {
        Some(&self.outputs.get(name)?.body.get_attribute("value")?.value)
    }

    /// The outputs' names.
    pub fn outputs(&self) -> impl Iterator<Item = &str> {
        self.outputs.keys().map(String::as_str)
    }

    /// A variable.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.get(name)
    }

    /// A provider configuration: `aws`, or `aws.use1` for the one with that alias.
    pub fn provider(&self, key: &str) -> Option<&Block> {
        self.providers.get(key)
    }

    /// A local value.
    pub fn local(&self, name: &str) -> Option<&Expression> {
        self.locals.get(name)
    }

    /// Every block and expression of the module, whatever it declares.
    pub fn everything(&self) -> (impl Iterator<Item = &Block>, impl Iterator<Item = &Expression>) {
        let blocks = self
            .resources
            .values()
            .chain(self.calls.values())
            .chain(self.outputs.values());
        (blocks.chain(self.providers.values()), self.locals.values())
    }

    pub(super) fn new(files: Vec<File>) -> Self {
        let mut module = Self::default();
        let (overriding, base): (Vec<File>, Vec<File>) = files.into_iter().partition(|file| file.overrides);
        for file in base.into_iter().chain(overriding) {
            let (lines, overrides) = (file.lines, file.overrides);
            for structure in file.body {
                if let Structure::Block(block) = structure {
                    module.declare(block, &lines, overrides);
                }
            }
        }
        module
    }

    fn declare(&mut self, block: HclBlock, lines: &Arc<Lines>, overrides: bool) {
        let labels: Vec<String> = block.labels.iter().map(|label| label.as_str().to_owned()).collect();
        let located = |block: HclBlock| Block {
            span: hcl_edit::Span::span(&block),
            names: std::iter::once(block.ident.as_str().to_owned())
                .chain(block.labels.iter().map(|label| label.as_str().to_owned()))
                .collect(),
            body: block.body,
            lines: Arc::clone(lines),
            overridden: false,
        };
        match (block.ident.as_str(), labels.as_slice()) {
            ("resource", [kind, name]) => {
                let key = (Mode::Managed, kind.clone(), name.clone());
                put(&mut self.resources, key, located(block), overrides);
            }
            ("data", [kind, name]) => {
                let key = (Mode::Data, kind.clone(), name.clone());
                put(&mut self.resources, key, located(block), overrides);
            }
            ("module", [name]) => put(&mut self.calls, name.clone(), located(block), overrides),
            ("output", [name]) => put(&mut self.outputs, name.clone(), located(block), overrides),
            ("provider", [name]) => {
                let alias = block.body.get_attribute("alias").and_then(|alias| alias.value.as_str());
                let key = alias.map_or_else(|| name.clone(), |alias| format!("{name}.{alias}"));
                put(&mut self.providers, key, located(block), overrides);
            }
            ("variable", [name]) => self.variable_block(name, block),
            ("locals", []) => {
                for attribute in block.body.into_attributes() {
                    self.locals.insert(attribute.key.as_str().to_owned(), attribute.value);
                }
            }
            // A data source of a check is an ordinary one for whoever refers to it.
            ("check", [_]) => {
                for nested in block.body.into_blocks() {
                    self.declare(nested, lines, overrides);
                }
            }
            _ => {}
        }
    }

    fn variable_block(&mut self, name: &str, mut block: HclBlock) {
        let variable = self.variables.entry(name.to_owned()).or_insert_with(|| Variable {
            default: None,
            constraint: None,
            nullable: true,
        });
        let mut take = |name: &str| block.body.remove_attribute(name).map(|attribute| attribute.value);
        if let Some(default) = take("default") {
            variable.default = Some(default);
        }
        if let Some(constraint) = take("type") {
            variable.constraint = Some(constraint);
        }
        if let Some(nullable) = take("nullable").and_then(|value| value.as_bool()) {
            variable.nullable = nullable;
        }
    }
}

fn put<K: std::hash::Hash + Eq>(blocks: &mut HashMap<K, Block>, key: K, block: Block, overrides: bool) {
    match blocks.get_mut(&key) {
        Some(there) if overrides => there.override_with(block),
        _ => {
            blocks.insert(key, block);
        }
    }
}
