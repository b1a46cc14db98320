//! What a report says of itself, worked out anew from what it holds.

use std::collections::BTreeMap;

use crate::eval::gate::{Effect, Mode, Settings};
use crate::report::build;
use crate::report::conclude::conclude;
use crate::report::gate;
use crate::report::v1::{Demand, Finding, Metric, Outcome, Report, SCHEMA_VERSION, Share};

/// Works out everything that does not have to be believed.
pub(super) fn settle(report: &mut Report) {
    report.schema_version = SCHEMA_VERSION;
    report.tool.name = "planseal".into();
    let gates = report.plans.iter().map(|plan| gate::of_plan_in(report, plan));
    if let Some(strictest) = gates.reduce(Settings::stricter) {
        report.gate = gate::of_report(&strictest);
    }
    let gates = Gates::of(report);
    for finding in &mut report.findings {
        finding.blocking = gates.block(finding);
    }
    demands(report);
    report.metrics.iter_mut().for_each(sum);
    conclude(report);
}

/// The gate's settings by plan and by configuration.
struct Gates {
    of_plans: BTreeMap<String, Settings>,
    of_configurations: BTreeMap<String, Settings>,
    of_report: Settings,
}

impl Gates {
    fn of(report: &Report) -> Self {
        let mut of_plans = BTreeMap::new();
        let mut of_configurations = BTreeMap::new();
        for plan in &report.plans {
            let settings = gate::of_plan_in(report, plan);
            stricter(&mut of_plans, &plan.name, settings);
            if let Some(configuration) = &plan.configuration {
                stricter(&mut of_configurations, &configuration.file, settings);
            }
        }
        Self {
            of_plans,
            of_configurations,
            of_report: gate::told(&report.gate),
        }
    }

    /// Whether a finding breaks the gate. A rule's own word on what is undetermined stands in no report, so there what the
    /// report says can only be narrowed.
    fn block(&self, finding: &Finding) -> bool {
        let settings = self.settings(finding);
        let broken = match finding.outcome {
            Outcome::Violation => true,
            Outcome::Undetermined => finding.blocking && settings.undetermined != Some(Effect::Warn),
            Outcome::Advice | Outcome::Pass => false,
        };
        let severity = gate::told_severity(finding.severity);
        finding.waiver.is_none() && broken && settings.counts(build::told_change(finding.change), severity)
    }

    /// What is about a waiver is judged by the gate of the configuration that holds it.
    fn settings(&self, finding: &Finding) -> &Settings {
        let found = match &finding.location {
            Some(place) if finding.plan.is_empty() => self.of_configurations.get(&place.file),
            _ => self.of_plans.get(&finding.plan),
        };
        found.unwrap_or(&self.of_report)
    }
}

fn stricter(all: &mut BTreeMap<String, Settings>, name: &str, settings: Settings) {
    let both = all.get(name).map_or(settings, |there| there.stricter(settings));
    all.insert(name.to_owned(), both);
}

/// No demand can be met by more than was judged, and a gate that makes one cannot be without it.
fn demands(report: &mut Report) {
    let judged = report.summary.judged;
    for demand in &mut report.summary.demands {
        demand.judged = demand.judged.min(judged);
    }
    let gates: Vec<Settings> = report.plans.iter().map(|plan| gate::of_plan_in(report, plan)).collect();
    let demanded = gates.iter().filter(|gate| gate.mode != Mode::Never);
    let least = demanded.filter_map(|gate| gate.min_judged).max();
    if let Some(least) = least.filter(|_| report.summary.demands.is_empty()) {
        report.summary.demands.push(Demand {
            least,
            judged,
            configuration: None,
        });
    }
}

/// The shares of a metric are the sums over its plans; a report that does not tell these keeps its own.
fn sum(metric: &mut Metric) {
    let fits = |share: &mut Share| share.met = share.met.min(share.of);
    for plan in &mut metric.plans {
        fits(&mut plan.before);
        fits(&mut plan.after);
    }
    if !metric.plans.is_empty() {
        let shares = |of: fn(&crate::report::v1::MetricInPlan) -> Share| {
            metric.plans.iter().map(of).fold(Share::default(), Share::and)
        };
        (metric.before, metric.after) = (shares(|plan| plan.before), shares(|plan| plan.after));
    }
    fits(&mut metric.before);
    fits(&mut metric.after);
}
