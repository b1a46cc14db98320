//! A real plan turned into one module of a larger plan.

use super::address::Addresses;
use super::call::Call;
use super::identity::placed;
use super::node::Node;
use super::template::Template;

/// A plan of testdata that is multiplied.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    /// Name of the module that it becomes.
    pub(crate) module: &'static str,
    /// Where the plan is, in testdata. Its modules have no providers of their own.
    pub(crate) plan: &'static str,
    /// What the names in it begin with.
    pub(crate) marker: &'static str,
    /// Whether its copies are instances of one module call, or each has a call (and configuration) of its own.
    pub(crate) for_each: bool,
    /// Whether its drift is kept. The stand-in for AWS that the fixtures are made with changes more behind Terraform's
    /// back than real accounts do.
    pub(crate) drifts: bool,
    /// How many of twenty-one copies it is.
    pub(crate) share: usize,
}

/// What one copy adds to each part of a plan.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) source: Source,
    pub(crate) planned_outputs: Template,
    pub(crate) planned: Template,
    pub(crate) drift: Template,
    pub(crate) changes: Template,
    pub(crate) output_changes: Template,
    pub(crate) prior_outputs: Template,
    pub(crate) prior: Template,
    pub(crate) outputs: Template,
    /// The module call. Where all copies share one, it is written once.
    pub(crate) call: Template,
    pub(crate) relevant: Template,
    /// Values and declarations of the root variables that its call refers to.
    pub(crate) variables: Vec<(String, Node, Node)>,
}

impl Unit {
    pub(crate) fn new(source: Source, mut plan: Node) -> serde_json::Result<Self> {
        plan.each_text(&|text| placed(text, source.marker));
        let addresses = Addresses::of(source);
        let planned = addresses.values(plan.get_mut("planned_values"));
        let prior = addresses.values(plan.get_mut("prior_state").and_then(|state| state.get_mut("values")));
        let call = Call::of(&addresses, &mut plan);
        let drift = plan.take("resource_drift").filter(|_| source.drifts);
        Ok(Self {
            source,
            planned_outputs: Template::of_fields(planned.outputs)?,
            planned: Template::of_items(&planned.modules)?,
            drift: Template::of_items(&addresses.changes(drift))?,
            changes: Template::of_items(&addresses.changes(plan.take("resource_changes")))?,
            output_changes: Template::of_fields(addresses.outputs(plan.take("output_changes")))?,
            prior_outputs: Template::of_fields(prior.outputs)?,
            prior: Template::of_items(&prior.modules)?,
            outputs: Template::of_fields(call.outputs)?,
            call: Template::of_fields(vec![(addresses.name.clone(), call.call)])?,
            relevant: Template::of_items(&addresses.relevant(plan.take("relevant_attributes")))?,
            variables: call.variables,
        })
    }

    /// Bytes of one copy, with the commas.
    pub(crate) fn len(&self) -> usize {
        let templates = [
            &self.planned_outputs,
            &self.planned,
            &self.drift,
            &self.changes,
            &self.output_changes,
            &self.prior_outputs,
            &self.prior,
            &self.outputs,
            &self.relevant,
        ];
        let call = if self.source.for_each { 0 } else { self.call.len() };
        templates.into_iter().map(Template::len).sum::<usize>() + call + templates.len()
    }
}
