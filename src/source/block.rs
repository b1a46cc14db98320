//! Blocks, and where things stand in files.

use std::ops::Range;
use std::sync::Arc;

use hcl_edit::Span;
use hcl_edit::structure::{Attribute, Body};

use super::file::Lines;
use crate::plan::LIFECYCLE;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file's path, as a person would name it from where planseal runs.
    pub file: Arc<str>,
    /// From 1; `None` where the file's form does not tell.
    pub line: Option<usize>,
}

/// The body of a block with the file that it stands in.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its arguments and nested blocks.
    pub body: Body,
    pub(super) lines: Arc<Lines>,
    pub(super) span: Option<Range<usize>>,
    /// Its kind and labels.
    pub(super) names: Vec<String>,
    /// Whether an override file changed it: then its parts stand in several files.
    pub(super) overridden: bool,
}

impl Block {
    /// Where the block begins.
    pub fn place(&self) -> Place {
        let span = self.span.clone().or_else(|| self.lines.value(&self.names));
        self.lines.place(span.as_ref())
    }

    /// Where an argument of the block, or its first nested block of that name, stands.
    pub fn place_of(&self, argument: &str) -> Option<Place> {
        if self.overridden {
            return None;
        }
        let nested = |name: &str| self.body.get_blocks(name).next().and_then(Span::span);
        let dynamic = || {
            let mut blocks = self.body.get_blocks("dynamic");
            blocks.find(|block| block.has_labels(&[argument])).and_then(Span::span)
        };
        let attribute = self.body.get_attribute(argument).and_then(Attribute::span);
        let in_json = || {
            let path: Vec<String> = self.names.iter().cloned().chain([argument.to_owned()]).collect();
            self.lines.value(&path)
        };
        let span = attribute
            .or_else(|| nested(argument))
            .or_else(dynamic)
            .or_else(in_json)?;
        Some(self.lines.place(Some(&span)))
    }

    /// Takes over what an override file says: arguments one by one, nested blocks by name.
    pub(super) fn override_with(&mut self, other: Self) {
        let mut replaced: Vec<String> = Vec::new();
        for structure in other.body {
            match structure {
                hcl_edit::structure::Structure::Attribute(attribute) => {
                    self.body.remove_attribute(attribute.key.as_str());
                    self.body.push(attribute);
                }
                // Terraform's own block takes arguments one by one, too.
                hcl_edit::structure::Structure::Block(block)
                    if block.ident.as_str() == LIFECYCLE && self.body.has_blocks(LIFECYCLE) =>
                {
                    for there in self.body.get_blocks_mut(LIFECYCLE) {
                        for attribute in block.body.clone().into_attributes() {
                            there.body.remove_attribute(attribute.key.as_str());
                            there.body.push(attribute);
                        }
                    }
                }
                hcl_edit::structure::Structure::Block(block) => {
                    let name = match (block.ident.as_str(), block.labels.first()) {
                        ("dynamic", Some(label)) => label.as_str().to_owned(),
                        (name, _) => name.to_owned(),
                    };
                    if !replaced.contains(&name) {
                        self.remove_blocks(&name);
                        replaced.push(name);
                    }
                    self.body.push(block);
                }
            }
        }
        self.overridden = true;
    }

    fn remove_blocks(&mut self, name: &str) {
        self.body.remove_blocks(name);
        let dynamic = self.body.remove_blocks("dynamic");
        let others = dynamic.into_iter().filter(|block| !block.has_labels(&[name]));
        for block in others {
            self.body.push(block);
        }
    }
}
