//! Whether a source is the one that a plan was made of.
//!
//! A plan lists what every expression refers to, so a source with other resources or other references is another one. What
//! stands behind a local value is not in the plan, but the attributes that the planned changes need are.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use hcl_edit::Ident;
use hcl_edit::expr::{Expression as Written, Object, ObjectKey};
use hcl_edit::structure::{Attribute, Body};
use serde_json::Value;

use super::defaults;
use super::partial::text_of;
use super::references::{self, References};
use crate::model::address::{Reference, block_of};
use crate::model::{Model, Side};
use crate::plan::{
    Action, Attributes, ConfigModule, ConfigResource, Expression, ExpressionNode, Members, Mode, Wanted,
};
use crate::source::{Block, Module, Place, Source};

/// Where a source differs from its plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Where in the source, as far as that is a place.
    pub place: Option<Place>,
    /// What differs.
    pub what: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            f.write_str(&place.file)?;
            if let Some(line) = place.line {
                write!(f, ":{line}")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.what)
    }
}

/// Compares a source with the plan, as far as the plan's reader kept it.
pub(in crate::model) fn agree(model: &Model<'_>, source: &Source, wanted: &Wanted) -> Result<(), Disagreement> {
    let Some(configuration) = &model.plan().configuration else {
        return Err(Disagreement {
            place: None,
            what: "the plan holds no configuration to compare it with".into(),
        });
    };
    let mut modules = BTreeMap::new();
    compare_module(&configuration.root, source, &[], wanted, &mut modules)?;
    locals_agree(model, &modules)?;
    relevant_is_mentioned(model, source, &modules)
}

type Modules<'s> = BTreeMap<Vec<String>, &'s Module>;

fn compare_module<'s>(
    planned: &ConfigModule,
    source: &'s Source,
    path: &[String],
    wanted: &Wanted,
    modules: &mut Modules<'s>,
) -> Result<(), Disagreement> {
    // A module that is not installed is followed by the plan alone.
    let Some(module) = source.module(path.iter().map(String::as_str)) else {
        return Ok(());
    };
    modules.insert(path.to_vec(), module);
    let name = ModuleName(path);
    same_names(&name, planned, module)?;
    for block in &planned.resources {
        if let Some(written) = module.resource(block.mode, &block.resource_type, &block.name) {
            resource_agrees(&name, block, written, wanted)?;
        }
    }
    for (variable, default) in &planned.variables {
        let what = format!("{name}var.{variable}");
        let difference = match module.variable(variable) {
            Some(declared) if defaults::agrees(default.as_ref(), declared) => continue,
            // Defaults are never printed.
            Some(_) => format!("`{what}` has another default in the plan"),
            None => format!("`{what}` of the plan's configuration is not there"),
        };
        return Err(Disagreement {
            place: None,
            what: difference,
        });
    }
    for (output, expression) in &planned.outputs {
        if let Some(written) = module.output(output) {
            let what = format!("{name}output.{output}");
            expression_agrees(&what, None, expression, &references::of(written), Some(written))?;
        }
    }
    for (call, planned) in &planned.calls {
        let Some(written) = module.call(call) else { continue };
        let what = format!("{name}module.{call}");
        let arguments = CallArguments;
        arguments_agree(&what, &planned.expressions, written, &arguments)?;
        repetition_agrees(&what, written, planned.count.as_deref(), planned.for_each.as_deref())?;
        let mut inner = path.to_vec();
        inner.push(call.to_string());
        compare_module(&planned.module, source, &inner, wanted, modules)?;
    }
    Ok(())
}

/// A module's address without instance keys, for names inside it.
struct ModuleName<'a>(&'a [String]);

impl fmt::Display for ModuleName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|call| write!(f, "module.{call}."))
    }
}

fn same_names(name: &ModuleName<'_>, planned: &ConfigModule, module: &Module) -> Result<(), Disagreement> {
    let text = |mode: Mode, kind: &str, block: &str| match mode {
        Mode::Managed => format!("{name}{kind}.{block}"),
        Mode::Data => format!("{name}data.{kind}.{block}"),
    };
    let planned_resources = planned.resources.iter();
    same_sets(
        module.resources().map(|(mode, kind, block)| text(mode, kind, block)),
        planned_resources.map(|block| text(block.mode, &block.resource_type, &block.name)),
    )?;
    same_sets(
        module.calls().map(|(call, _)| format!("{name}module.{call}")),
        planned.calls.iter().map(|(call, _)| format!("{name}module.{call}")),
    )?;
    same_sets(
        module.outputs().map(|output| format!("{name}output.{output}")),
        planned
            .outputs
            .iter()
            .map(|(output, _)| format!("{name}output.{output}")),
    )
}

fn same_sets(here: impl Iterator<Item = String>, there: impl Iterator<Item = String>) -> Result<(), Disagreement> {
    let (here, there): (BTreeSet<String>, BTreeSet<String>) = (here.collect(), there.collect());
    let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| one.difference(other).next().cloned();
    let what = match (only(&here, &there), only(&there, &here)) {
        (Some(name), _) => format!("`{name}` is not in the plan's configuration"),
        (None, Some(name)) => format!("`{name}` of the plan's configuration is not there"),
        (None, None) => return Ok(()),
    };
    Err(Disagreement { place: None, what })
}

/// Which arguments of a block the plan's reader keeps.
trait Kept {
    fn keeps(&self, name: &str) -> bool;
}

/// All but Terraform's own.
struct CallArguments;

impl Kept for CallArguments {
    fn keeps(&self, name: &str) -> bool {
        !matches!(
            name,
            "source" | "version" | "count" | "for_each" | "providers" | "depends_on"
        )
    }
}

impl Kept for Option<&Attributes> {
    fn keeps(&self, name: &str) -> bool {
        self.is_some_and(|attributes| attributes.contains(name))
            && !matches!(name, "count" | "for_each" | "provider" | "depends_on" | "lifecycle")
    }
}

fn resource_agrees(
    name: &ModuleName<'_>,
    planned: &ConfigResource,
    written: &Block,
    wanted: &Wanted,
) -> Result<(), Disagreement> {
    let data = if planned.mode == Mode::Data { "data." } else { "" };
    let what = format!("{name}{data}{}.{}", planned.resource_type, planned.name);
    arguments_agree(
        &what,
        &planned.expressions,
        written,
        &wanted.attributes(&planned.resource_type).as_deref(),
    )?;
    repetition_agrees(&what, written, planned.count.as_deref(), planned.for_each.as_deref())
}

/// A constant collection leaves nothing in the plan.
fn repetition_agrees(
    what: &str,
    written: &Block,
    count: Option<&Expression>,
    for_each: Option<&Expression>,
) -> Result<(), Disagreement> {
    for (name, planned) in [("count", count), ("for_each", for_each)] {
        let argument = written.body.get_attribute(name).map(|attribute| &attribute.value);
        let here = argument.map(references::of).unwrap_or_default();
        let none = Expression::default();
        expression_agrees(
            &format!("{what}.{name}"),
            written.place_of(name),
            planned.unwrap_or(&none),
            &here,
            argument,
        )?;
    }
    Ok(())
}

fn arguments_agree(
    what: &str,
    planned: &Members<ExpressionNode>,
    written: &Block,
    kept: &dyn Kept,
) -> Result<(), Disagreement> {
    let place = |name: &str| Some(written.place_of(name).unwrap_or_else(|| written.place()));
    let static_blocks = written
        .body
        .blocks()
        .filter(|block| block.labels.is_empty())
        .map(|block| block.ident.as_str());
    let names = written
        .body
        .attributes()
        .map(|attribute| attribute.key.as_str())
        .chain(static_blocks);
    for name in names {
        if kept.keeps(name) && !planned.contains_key(name) {
            return Err(Disagreement {
                place: place(name),
                what: format!("`{what}` does not set `{name}` in the plan"),
            });
        }
    }
    for (name, node) in planned {
        node_agrees(&format!("{what}.{name}"), name, node, &written.body, &|| place(name))?;
    }
    Ok(())
}

fn node_agrees(
    what: &str,
    name: &str,
    node: &ExpressionNode,
    body: &Body,
    place: &dyn Fn() -> Option<Place>,
) -> Result<(), Disagreement> {
    let attribute = body.get_attribute(name).map(|attribute| &attribute.value);
    let blocks: Vec<&Body> = body
        .get_blocks(name)
        .filter(|block| block.labels.is_empty())
        .map(|block| &block.body)
        .collect();
    match node {
        // Attributes that are written as blocks have one list of references for all of them.
        ExpressionNode::Expression(planned) => {
            let here = match attribute {
                Some(expression) => references::of(expression),
                None if blocks.is_empty() => {
                    return Err(Disagreement {
                        place: place(),
                        what: format!("`{what}` of the plan is not set there"),
                    });
                }
                None => references::minimal(&blocks.iter().flat_map(|body| references::of_body(body)).collect()),
            };
            expression_agrees(what, place(), planned, &here, attribute)
        }
        // In JSON syntax blocks stand as values.
        ExpressionNode::Blocks(planned) if attribute.is_some() => {
            let blocks = attribute.map(objects).unwrap_or_default();
            if planned.len() != blocks.len() {
                return Err(another_number(what, planned.len(), blocks.len(), place));
            }
            let mut pairs = planned.iter().zip(blocks);
            pairs.try_for_each(|(planned, object)| object_agrees(what, planned, object, place))
        }
        ExpressionNode::Block(planned) if attribute.is_some() => match attribute.map(objects).as_deref() {
            Some([object]) => object_agrees(what, planned, object, place),
            _ => Ok(()),
        },
        ExpressionNode::Blocks(planned) if planned.len() != blocks.len() => {
            Err(another_number(what, planned.len(), blocks.len(), place))
        }
        ExpressionNode::Blocks(planned) => {
            let mut pairs = planned.iter().zip(blocks);
            pairs.try_for_each(|(planned, body)| block_agrees(what, planned, body, place))
        }
        ExpressionNode::Block(planned) => match blocks.first() {
            Some(body) => block_agrees(what, planned, body, place),
            None => Ok(()),
        },
    }
}

fn another_number(what: &str, there: usize, here: usize, place: &dyn Fn() -> Option<Place>) -> Disagreement {
    Disagreement {
        place: place(),
        what: format!("the plan has {there} blocks `{what}`, and the source {here}"),
    }
}

/// Blocks that stand as values.
fn objects(expression: &Written) -> Vec<&Object> {
    match expression {
        Written::Object(object) => vec![object],
        Written::Array(elements) => elements.iter().flat_map(objects).collect(),
        _ => Vec::new(),
    }
}

pub(super) fn key_of(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str()),
        ObjectKey::Expression(Written::Variable(name)) => Some(name.as_str()),
        ObjectKey::Expression(Written::String(name)) => Some(name.value()),
        ObjectKey::Expression(_) => None,
    }
}

fn object_agrees(
    what: &str,
    planned: &Members<ExpressionNode>,
    object: &Object,
    place: &dyn Fn() -> Option<Place>,
) -> Result<(), Disagreement> {
    let mut body = Body::new();
    for (key, value) in object {
        let name = key_of(key).filter(|name| !matches!(*name, "//" | "dynamic"));
        if let Some(name) = name {
            body.push(Attribute::new(Ident::new_sanitized(name), value.expr().clone()));
        }
    }
    block_agrees(what, planned, &body, place)
}

fn block_agrees(
    what: &str,
    planned: &Members<ExpressionNode>,
    body: &Body,
    place: &dyn Fn() -> Option<Place>,
) -> Result<(), Disagreement> {
    for attribute in body.attributes() {
        let name = attribute.key.as_str();
        if !planned.contains_key(name) {
            return Err(Disagreement {
                place: place(),
                what: format!("`{what}` does not set `{name}` in the plan"),
            });
        }
    }
    planned
        .iter()
        .try_for_each(|(name, node)| node_agrees(&format!("{what}.{name}"), name, node, body, place))
}

fn expression_agrees(
    what: &str,
    place: Option<Place>,
    planned: &Expression,
    here: &References,
    written: Option<&Written>,
) -> Result<(), Disagreement> {
    let there: References = references::minimal(&planned.references.iter().cloned().collect());
    if *here != there {
        let listed = |references: &References| match references.is_empty() {
            true => "nothing".to_owned(),
            false => references
                .iter()
                .map(|one| format!("`{one}`"))
                .collect::<Vec<_>>()
                .join(", "),
        };
        return Err(Disagreement {
            place,
            what: format!(
                "`{what}` refers to {} there, and to {} in the plan",
                listed(here),
                listed(&there)
            ),
        });
    }
    let literal = written.and_then(literal);
    let constant = planned.constant.as_deref().filter(|_| there.is_empty());
    if let (Some(literal), Some(constant)) = (literal, constant)
        && !same(&literal, constant)
    {
        // Constants are never printed.
        return Err(Disagreement {
            place,
            what: format!("`{what}` has another value in the plan"),
        });
    }
    Ok(())
}

/// What is written out: scalars, and collections of such.
pub(super) fn literal(expression: &Written) -> Option<Value> {
    match expression {
        Written::Null(_) => Some(Value::Null),
        Written::Bool(flag) => Some(Value::Bool(*flag.value())),
        Written::Number(number) => super::number_of(number.value()),
        Written::String(text) => Some(Value::String(text.value().clone())),
        Written::Array(elements) => elements.iter().map(literal).collect::<Option<_>>().map(Value::Array),
        Written::Object(object) => {
            let members = object
                .iter()
                .map(|(key, value)| Some((key_of(key)?.to_owned(), literal(value.expr())?)));
            members.collect::<Option<_>>().map(Value::Object)
        }
        _ => None,
    }
}

/// Equal, however a scalar is spelt.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            left.keys().eq(right.keys()) && left.values().zip(right.values()).all(|(left, right)| same(left, right))
        }
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => false,
        _ => text_of(left) == text_of(right),
    }
}

/// What stands behind the local values that changed resources use must be among what the plan says it needs.
fn locals_agree(model: &Model<'_>, modules: &Modules<'_>) -> Result<(), Disagreement> {
    let Some(relevant) = &model.plan().relevant else {
        return Ok(());
    };
    let mut walk = Needs {
        modules,
        relevant: relevant.iter().filter_map(|address| block_of(address)).collect(),
        seen: BTreeSet::new(),
    };
    for (_, resource) in model.resources() {
        let changes = resource.mode == Mode::Managed && resource.actions.iter().any(|action| *action != Action::NoOp);
        if !changes || resource.values(Side::After).is_none() {
            continue;
        }
        let path: Vec<String> = resource.module.calls().map(str::to_owned).collect();
        let Some(module) = modules.get(&path) else { continue };
        if let Some(block) = module.resource(resource.mode, &resource.resource_type, &resource.name) {
            walk.all(&path, &references::of_body(&block.body))?;
        }
    }
    Ok(())
}

/// What the planned changes need must be mentioned somewhere, where the source of every module is there.
fn relevant_is_mentioned(model: &Model<'_>, source: &Source, modules: &Modules<'_>) -> Result<(), Disagreement> {
    let calls = modules
        .iter()
        .flat_map(|(path, module)| module.calls().map(move |(call, _)| (path, call)));
    let mut called = calls.map(|(path, call)| source.module(path.iter().map(String::as_str).chain([call])));
    let (Some(relevant), true) = (&model.plan().relevant, called.all(|module| module.is_some())) else {
        return Ok(());
    };
    let mut mentioned: BTreeSet<String> = BTreeSet::new();
    for (path, module) in modules {
        let name = ModuleName(path);
        let (blocks, expressions) = module.everything();
        let blocks = blocks.map(|block| references::of_body(&block.body));
        let references = blocks.chain(expressions.map(references::of));
        mentioned.extend(references.flatten().filter_map(|one| block_of(&format!("{name}{one}"))));
    }
    let mut needed = relevant.iter().filter_map(|address| block_of(address));
    match needed.find(|address| !mentioned.contains(address)) {
        None => Ok(()),
        Some(address) => Err(Disagreement {
            place: None,
            what: format!("nothing there refers to `{address}`, which the plan's changes need"),
        }),
    }
}

/// Follows named values from changed resources, as Terraform does where it lists what is relevant.
struct Needs<'s, 'm> {
    modules: &'m Modules<'s>,
    relevant: BTreeSet<String>,
    seen: BTreeSet<(Vec<String>, String)>,
}

impl Needs<'_, '_> {
    fn all(&mut self, path: &[String], references: &References) -> Result<(), Disagreement> {
        let mut waiting: Vec<(Vec<String>, String)> = Vec::new();
        let queue = |path: &[String], references: &References, waiting: &mut Vec<(Vec<String>, String)>| {
            waiting.extend(references.iter().map(|one| (path.to_vec(), one.clone())));
        };
        queue(path, references, &mut waiting);
        while let Some((path, reference)) = waiting.pop() {
            if !self.seen.insert((path.clone(), reference.clone())) {
                continue;
            }
            let Some(module) = self.modules.get(&path) else {
                continue;
            };
            let mut steps = reference.split(['.', '[']);
            match (steps.next(), steps.next()) {
                (Some("local"), Some(name)) => {
                    if let Some(expression) = module.local(name) {
                        let inside = references::of(expression);
                        self.needed(&path, name, module, &inside)?;
                        queue(&path, &inside, &mut waiting);
                    }
                }
                (Some("var"), Some(name)) => {
                    let Some((call, outer)) = path.split_last() else {
                        continue;
                    };
                    let block = self.modules.get(outer).and_then(|module| module.call(call));
                    let argument = block.and_then(|block| block.body.get_attribute(name));
                    if let Some(argument) = argument {
                        queue(outer, &references::of(&argument.value), &mut waiting);
                    }
                }
                (Some("module"), Some(call)) => {
                    let output = output_of(&reference);
                    let mut inner = path.clone();
                    inner.push(call.to_owned());
                    let expression = output
                        .as_deref()
                        .zip(self.modules.get(&inner))
                        .and_then(|(name, module)| module.output(name));
                    if let Some(expression) = expression {
                        queue(&inner, &references::of(expression), &mut waiting);
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn needed(
        &self,
        path: &[String],
        local: &str,
        module: &Module,
        references: &References,
    ) -> Result<(), Disagreement> {
        let name = ModuleName(path);
        for reference in references {
            let address = block_of(&format!("{name}{reference}"));
            let managed = module.resources().any(|(mode, kind, block)| {
                mode == Mode::Managed && address.as_deref() == Some(format!("{name}{kind}.{block}").as_str())
            });
            if let Some(address) = address.filter(|address| managed && !self.relevant.contains(address)) {
                return Err(Disagreement {
                    place: None,
                    what: format!("`{name}local.{local}` refers to `{address}`, which the plan's changes do not need"),
                });
            }
        }
        Ok(())
    }
}

/// The output in `module.call["key"].output.rest`.
fn output_of(reference: &str) -> Option<String> {
    match Reference::parse(reference) {
        Reference::Output { output, .. } => output,
        _ => None,
    }
}
