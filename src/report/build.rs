//! From evaluations to the frozen report.

mod hierarchy;
pub(super) mod metrics;
mod settings;

use jiff::civil::Date;

use super::conclude::{PARTIAL, conclude, counted};
use super::v1;
use crate::eval::category::Known;
use crate::eval::change::{Change, Outcome};
use crate::eval::finding::SideLevel;
use crate::eval::gate::{Demand, Gates, InForce, Settings};
use crate::eval::reading::Weight;
use crate::eval::waiver::WaiversJudged;
use crate::eval::{Evaluation, Evidence, Facts, Finding, words};
use crate::model::value::State;
use crate::model::{ResourceId, Side};
use crate::plan::{Mode as ResourceMode, Plan};
use crate::policy::rule::Severity;
use crate::source::Place;
pub use settings::Compared;

/// Collects plans, in the order given.
#[derive(Debug)]
pub struct Builder {
    report: v1::Report,
    gates: Gates,
}

impl Builder {
    /// An empty report under these gate settings.
    pub fn new(settings: Settings) -> Self {
        Self {
            report: v1::Report {
                schema_version: v1::SCHEMA_VERSION,
                tool: v1::Tool {
                    name: "planseal".into(),
                    version: env!("CARGO_PKG_VERSION").into(),
                },
                verdict: v1::Verdict::Pass,
                gate: super::gate::of_report(&settings),
                summary: v1::Summary::default(),
                plans: Vec::new(),
                unread: Vec::new(),
                today: None,
                configurations: Vec::new(),
                findings: Vec::new(),
                metrics: Vec::new(),
                hierarchy: v1::Hierarchy::default(),
            },
            gates: Gates::new(settings),
        }
    }

    /// Judges the plans that follow by these settings of the gate.
    pub fn under(&mut self, gate: &InForce) {
        self.gates.under(gate);
    }

    /// Adds an input that could not be read.
    pub fn unread(&mut self, path: &str, message: String, help: String) {
        self.report.unread.push(v1::Unread {
            path: path.to_owned(),
            message,
            help,
        });
    }

    /// Adds a judged plan.
    pub fn plan(&mut self, name: &str, path: &str, facts: &Facts<'_>, evaluation: &Evaluation<'_>) {
        let plan = facts.model.plan();
        let settings = self.gates.current().settings;
        let gate = super::gate::of_plan(self.gates.current());
        self.report.plans.push(summary(name, path, plan, gate));
        self.gates.judged(evaluation.judged);
        self.count(facts, evaluation);
        for finding in &evaluation.findings {
            let blocking = settings.blocks(finding);
            self.report.findings.push(convert(name, facts, finding, blocking));
        }
        metrics::add(&mut self.report.metrics, name, &evaluation.metrics);
        self.report.hierarchy.join(hierarchy::of(name, facts, evaluation));
    }

    /// Adds what a reader must know of the plan that was added last.
    pub fn note(&mut self, note: String) {
        if let Some(plan) = self.report.plans.last_mut() {
            plan.notes.push(note);
        }
    }

    /// Adds the configuration that the plan that was added last was judged under.
    pub fn configuration(&mut self, configuration: v1::Configuration) {
        if let Some(plan) = self.report.plans.last_mut() {
            plan.configuration = Some(configuration);
        }
    }

    /// Whether every input so far could be read.
    pub fn all_read(&self) -> bool {
        self.report.unread.is_empty()
    }

    /// Adds what a configuration sets.
    pub fn settings(&mut self, compared: Compared<'_>) {
        self.report.configurations.extend(settings::in_force(compared));
    }

    /// Adds what is said of a configuration's waivers.
    pub fn waivers(&mut self, judged: &WaiversJudged<'_>, file: &str, today: Date) {
        self.report.today = Some(today.to_string());
        for finding in &judged.findings {
            let blocking = self.gates.current().settings.blocks_for_waiver(finding);
            self.report.findings.push(settings::about_waiver(finding, blocking));
        }
        let mut configurations = self.report.configurations.iter_mut();
        if let Some((number, doubt)) = &judged.untold
            && let Some(one) = configurations.find(|one| one.file.as_deref() == Some(file))
        {
            one.notes.push(settings::untold(*number, doubt));
        }
    }

    fn count(&mut self, facts: &Facts<'_>, evaluation: &Evaluation<'_>) {
        let summary = &mut self.report.summary;
        let catalog = &facts.policies.catalog;
        for (_, resource) in facts.model.resources() {
            if resource.mode != ResourceMode::Managed || !resource.lives(Side::After) {
                continue;
            }
            summary.resources = summary.resources.saturating_add(1);
            let known = catalog.original(resource.mode, &resource.resource_type).is_some();
            if !known && catalog.without_entry.contains(&*resource.resource_type) {
                summary.unjudged_types.push(resource.resource_type.to_string());
            }
        }
        summary.unjudged_types.sort();
        summary.unjudged_types.dedup();
        summary.judged = summary.judged.saturating_add(evaluation.judged);
    }

    /// The report with its verdict.
    pub fn finish(mut self) -> v1::Report {
        self.report.gate = super::gate::of_report(&self.gates.strictest());
        self.report.summary.demands = self.gates.demands().map(demand).collect();
        conclude(&mut self.report);
        self.report
    }
}

fn demand(demand: &Demand) -> v1::Demand {
    v1::Demand {
        least: demand.least,
        judged: demand.judged,
        configuration: demand.file.clone(),
    }
}

fn summary(name: &str, path: &str, plan: &Plan, gate: v1::PlanGate) -> v1::PlanSummary {
    let partial = plan.partial.iter().map(|reason| format!("{PARTIAL}{reason}"));
    v1::PlanSummary {
        name: name.to_owned(),
        path: path.to_owned(),
        format_version: plan.format_version.clone(),
        terraform_version: plan.terraform_version.clone(),
        complete: plan.partial.is_none(),
        notes: partial.chain(plan.notes.iter().cloned()).collect(),
        configuration: None,
        gate: Some(gate),
    }
}

fn convert(plan: &str, facts: &Facts<'_>, finding: &Finding<'_>, blocking: bool) -> v1::Finding {
    let rule = finding.rule;
    let resource = finding.resource.map(|id| facts.model.resource(id));
    let address = finding.resource.map(|id| words::address(facts.model, id));
    let fingerprint = [
        plan,
        &rule.id,
        address.as_deref().or(finding.anchor.as_deref()).unwrap_or(""),
        finding.part.as_deref().unwrap_or(""),
    ]
    .join("|");
    v1::Finding {
        plan: plan.to_owned(),
        rule: rule.id.clone(),
        title: finding.title.to_owned(),
        severity: severity(finding.severity),
        controls: rule.controls.clone(),
        outcome: outcome(finding.outcome),
        change: change(finding.change),
        blocking,
        address,
        resource_type: resource.map(|resource| resource.resource_type.to_string()),
        part: finding.part.clone(),
        actions: resource.map(|resource| resource.action_words()).unwrap_or_default(),
        category: finding.category.as_ref().map(category),
        required: finding.required.clone(),
        level: finding.level.map(|(before, after)| v1::LevelChange {
            before: level(before),
            after: level(after),
        }),
        message: finding.message.clone(),
        why: rule.why.clone(),
        fix: finding.fix.clone(),
        settle: finding.settle.clone(),
        reference: rule.reference.clone(),
        evidence: finding.evidence.iter().map(evidence).collect(),
        related: finding
            .related
            .iter()
            .map(|(address, note)| v1::Related {
                address: address.clone(),
                note: note.clone(),
            })
            .collect(),
        policy: v1::PolicyLocation {
            file: rule.file.clone(),
            line: rule.line,
        },
        location: location(facts, finding),
        waiver: finding
            .waiver
            .map(|waiver| settings::accepted(waiver, facts.settings.today)),
        fingerprint,
    }
}

/// Where a resource is written.
pub(super) fn location_of(facts: &Facts<'_>, id: ResourceId) -> Option<v1::SourceLocation> {
    let place = facts.model.block(id)?.place();
    Some(v1::SourceLocation {
        file: place.file.to_string(),
        line: place.line?,
    })
}

/// Where the finding is mended in the source: at the first attribute that it is about and that is written, in the resource
/// itself before others; at the resource's block where none is.
fn location(facts: &Facts<'_>, finding: &Finding<'_>) -> Option<v1::SourceLocation> {
    let of_place = |evidence: &&Evidence| evidence.resource == finding.place;
    let own = finding.evidence.iter().filter(of_place);
    let others = finding.evidence.iter().filter(|evidence| !of_place(evidence));
    let place = own
        .chain(others)
        .find_map(|evidence| written_at(facts, evidence))
        .or_else(|| facts.model.block(finding.place).map(|block| block.place()))?;
    Some(v1::SourceLocation {
        file: place.file.to_string(),
        line: place.line?,
    })
}

/// Where an attribute is written.
fn written_at(facts: &Facts<'_>, evidence: &Evidence) -> Option<Place> {
    let name = evidence.path.strip_prefix("$.")?.split(['.', '[']).next()?;
    facts.model.block(evidence.resource)?.place_of(name)
}

fn level(level: SideLevel) -> Option<String> {
    match level {
        SideLevel::NotThere => None,
        SideLevel::Known(level) => Some(level.word().to_owned()),
        SideLevel::Undetermined => Some("undetermined".to_owned()),
    }
}

pub(super) fn category(known: &Known) -> v1::Category {
    v1::Category {
        id: known.id.clone(),
        from: known.from.clone(),
    }
}

pub(super) fn evidence(evidence: &Evidence) -> v1::Evidence {
    let shown = |state: &State| match state {
        State::Known(_) if evidence.sensitive || evidence.withheld => v1::State::Known {
            value: serde_json::Value::Null,
        },
        State::Known(value) => v1::State::Known { value: value.clone() },
        State::Absent => v1::State::Absent,
        State::Unknown => v1::State::Unknown,
    };
    v1::Evidence {
        address: evidence.address.clone(),
        path: evidence.path.clone(),
        sensitive: evidence.sensitive,
        withheld: evidence.withheld,
        before: shown(&evidence.before),
        after: shown(&evidence.after),
        required: evidence.required.clone(),
        offends: evidence.weight == Weight::Offends,
        candidates: evidence
            .candidates
            .iter()
            .map(|candidate| v1::Candidate {
                what: candidate.what.clone(),
                address: candidate.address.clone(),
                level: candidate.level.map(str::to_owned),
            })
            .collect(),
        trace: evidence.trace.clone(),
    }
}

pub(super) fn severity(severity: Severity) -> v1::Severity {
    match severity {
        Severity::Low => v1::Severity::Low,
        Severity::Medium => v1::Severity::Medium,
        Severity::High => v1::Severity::High,
        Severity::Critical => v1::Severity::Critical,
    }
}

fn outcome(outcome: Outcome) -> v1::Outcome {
    match outcome {
        Outcome::Violation => v1::Outcome::Violation,
        Outcome::Undetermined => v1::Outcome::Undetermined,
        Outcome::Advice => v1::Outcome::Advice,
        Outcome::Pass => v1::Outcome::Pass,
    }
}

/// The change that a report tells.
pub(super) fn told_change(change: v1::Change) -> Change {
    match change {
        v1::Change::Introduced => Change::Introduced,
        v1::Change::Worsened => Change::Worsened,
        v1::Change::Existing => Change::Existing,
        v1::Change::Fixed => Change::Fixed,
    }
}

pub(super) fn change(change: Change) -> v1::Change {
    match change {
        Change::Introduced => v1::Change::Introduced,
        Change::Worsened => v1::Change::Worsened,
        Change::Existing => v1::Change::Existing,
        Change::Fixed => v1::Change::Fixed,
    }
}
