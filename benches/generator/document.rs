//! The whole plan, part by part in Terraform's order.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Copy;
use super::address::instance_key;
use super::identity::digits;
use super::node::Node;
use super::template::Template;
use super::unit::Unit;

/// What is written once.
#[derive(Debug)]
pub(crate) struct Head {
    format_version: Node,
    terraform_version: Node,
    provider: Node,
}

impl Head {
    /// That of a plan.
    pub(crate) fn of(plan: &Node) -> Self {
        let field = |name: &str| plan.get(name).cloned().unwrap_or(Node::Null);
        let providers = plan.get("configuration").and_then(|node| node.get("provider_config"));
        Self {
            format_version: field("format_version"),
            terraform_version: field("terraform_version"),
            provider: providers
                .and_then(|node| node.get("aws"))
                .cloned()
                .unwrap_or(Node::Null),
        }
    }
}

/// Bytes that do not grow with the number of copies, about.
pub(crate) fn overhead(units: &[Unit]) -> usize {
    let shared = units.iter().filter(|unit| unit.source.for_each);
    1_000 + shared.map(|unit| unit.call.len()).sum::<usize>()
}

/// Writes the plan of `copies`.
pub(crate) fn write(units: &[Unit], head: &Head, copies: &[Copy], out: &mut impl Write) -> io::Result<()> {
    let variables = Variables::of(units, copies);
    let mut plan = Writer { units, copies, out };
    plan.raw("{\"format_version\":")?;
    plan.node(&head.format_version)?;
    plan.raw(",\"terraform_version\":")?;
    plan.node(&head.terraform_version)?;
    plan.raw(",\"variables\":")?;
    plan.node(&Node::Object(variables.values))?;
    plan.raw(",\"planned_values\":{\"outputs\":{")?;
    plan.each(|unit| &unit.planned_outputs)?;
    plan.raw("},\"root_module\":{\"child_modules\":[")?;
    plan.each(|unit| &unit.planned)?;
    plan.raw("]}},\"resource_drift\":[")?;
    plan.each(|unit| &unit.drift)?;
    plan.raw("],\"resource_changes\":[")?;
    plan.each(|unit| &unit.changes)?;
    plan.raw("],\"output_changes\":{")?;
    plan.each(|unit| &unit.output_changes)?;
    plan.raw("},\"prior_state\":{\"format_version\":\"1.0\",\"terraform_version\":")?;
    plan.node(&head.terraform_version)?;
    plan.raw(",\"values\":{\"outputs\":{")?;
    plan.each(|unit| &unit.prior_outputs)?;
    plan.raw("},\"root_module\":{\"child_modules\":[")?;
    plan.each(|unit| &unit.prior)?;
    plan.raw("]}}},\"configuration\":{\"provider_config\":{\"aws\":")?;
    plan.node(&head.provider)?;
    plan.raw("},\"root_module\":{\"outputs\":{")?;
    plan.each(|unit| &unit.outputs)?;
    plan.raw("},\"module_calls\":{")?;
    plan.calls()?;
    plan.raw("},\"variables\":")?;
    plan.node(&Node::Object(variables.declarations))?;
    plan.raw("}},\"relevant_attributes\":[")?;
    plan.each(|unit| &unit.relevant)?;
    plan.raw("],\"timestamp\":\"2026-01-01T00:00:00Z\",\"applyable\":true,\"complete\":true,\"errored\":false}\n")
}

/// The root's variables: those that calls refer to, and one for each call with instances.
struct Variables {
    values: Vec<(String, Node)>,
    declarations: Vec<(String, Node)>,
}

impl Variables {
    fn of(units: &[Unit], copies: &[Copy]) -> Self {
        let mut variables = BTreeMap::new();
        for (position, unit) in units.iter().enumerate() {
            let mut of_unit = copies.iter().filter(|copy| copy.unit == position).peekable();
            if of_unit.peek().is_none() {
                continue;
            }
            for (name, value, declaration) in &unit.variables {
                variables.insert(name.clone(), (value.clone(), declaration.clone()));
            }
            if unit.source.for_each {
                let keys = of_unit.map(|copy| Node::text(instance_key(&unit.source, &digits(copy.number))));
                let value = Node::object([("value", Node::Array(keys.collect()))]);
                let declaration = Node::object([("description", Node::text("Who is served"))]);
                variables.insert(unit.source.module.to_owned(), (value, declaration));
            }
        }
        let (values, declarations) = variables
            .into_iter()
            .map(|(name, (value, declaration))| ((name.clone(), value), (name, declaration)))
            .unzip();
        Self { values, declarations }
    }
}

struct Writer<'a, W> {
    units: &'a [Unit],
    copies: &'a [Copy],
    out: &'a mut W,
}

impl<W: Write> Writer<'_, W> {
    fn raw(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    fn node(&mut self, node: &Node) -> io::Result<()> {
        Ok(serde_json::to_writer(&mut *self.out, node)?)
    }

    /// One part of every copy, with commas between.
    fn each(&mut self, part: impl Fn(&Unit) -> &Template) -> io::Result<()> {
        let mut first = true;
        for copy in self.copies {
            let template = self.units.get(copy.unit).map(&part);
            let Some(template) = template.filter(|template| template.len() > 0) else {
                continue;
            };
            if !first {
                self.out.write_all(b",")?;
            }
            first = false;
            template.write(copy.number, self.out)?;
        }
        Ok(())
    }

    /// The module calls: one for each copy, or for all copies of a unit.
    fn calls(&mut self) -> io::Result<()> {
        let mut last_shared = None;
        let mut first = true;
        for copy in self.copies {
            let Some(unit) = self.units.get(copy.unit) else {
                continue;
            };
            if unit.source.for_each && last_shared == Some(copy.unit) {
                continue;
            }
            last_shared = unit.source.for_each.then_some(copy.unit);
            if !first {
                self.out.write_all(b",")?;
            }
            first = false;
            unit.call.write(copy.number, self.out)?;
        }
        Ok(())
    }
}
