//! Several reports made one, as if one run had judged all their plans.
//!
//! What can be worked out from a report's findings and inputs is worked out anew: which findings block, the counts, the
//! metrics, the gate, the verdict. What a report cannot show is taken as it stands: how many resources there were and were
//! judged, and whether something undetermined breaks the gate where each rule decides that.

mod name;
mod settle;

use std::collections::{BTreeMap, BTreeSet};

use super::build::{Builder, metrics};
use super::conclude::conclude;
use super::v1::{ConfigurationInForce, Finding, PlanGate, Report, Setting, SourceLocation, Unread};
use super::{gate, json};
use crate::eval::gate::Settings;

/// A report, and where it was read.
#[derive(Debug, Clone)]
pub struct Part {
    /// The file; `-` is standard input.
    pub from: String,
    /// The report.
    pub report: Report,
}

/// One report of all parts, whatever their order: by plan name. `unread` are the reports that could not be read.
///
/// One part alone stays in its own order.
#[must_use]
pub fn merge(mut parts: Vec<Part>, mut unread: Vec<Unread>) -> Report {
    parts.iter_mut().for_each(|part| settle::settle(&mut part.report));
    let mut merged = match parts.len() {
        1 => parts.pop().map(|part| part.report).unwrap_or_else(empty),
        _ => several(parts),
    };
    unread.sort_by(|one, other| (&one.path, &one.message).cmp(&(&other.path, &other.message)));
    merged.unread.splice(0..0, unread);
    conclude(&mut merged);
    merged
}

fn empty() -> Report {
    Builder::new(Settings::default()).finish()
}

fn several(mut parts: Vec<Part>) -> Report {
    sort(&mut parts);
    name::apart(&mut parts);
    let mut merged = empty();
    same_version(&mut merged, &mut parts);
    same_day(&mut merged, &mut parts);
    leave_out_used_elsewhere(&mut parts);
    if let Some(strictest) = strictest(&parts) {
        merged.gate = gate::of_report(&strictest);
    }
    let mut said = BTreeSet::new();
    for part in parts {
        add(&mut merged, part.report, &mut said);
    }
    order(&mut merged);
    merged
}

/// The strictest of each setting by which any plan was judged; without any plan, of all.
fn strictest(parts: &[Part]) -> Option<Settings> {
    let has_plans = |part: &Part| !part.report.plans.is_empty();
    let any = parts.iter().any(has_plans);
    let judging = parts.iter().filter(|part| !any || has_plans(part));
    judging
        .map(|part| gate::told(&part.report.gate))
        .reduce(Settings::stricter)
}

/// By the names of their plans; where these are the same, by file, and then by all that they say.
fn sort(parts: &mut [Part]) {
    let names = |part: &Part| -> Vec<String> { part.report.plans.iter().map(|plan| plan.name.clone()).collect() };
    parts.sort_by(|one, other| {
        let by_names = names(one).cmp(&names(other));
        let by_file = || one.from.cmp(&other.from);
        let by_text = || json::render(&one.report).cmp(&json::render(&other.report));
        by_names.then_with(by_file).then_with(by_text)
    });
}

/// The version that all were made by; where they differ, this one, and each plan says which judged it.
fn same_version(merged: &mut Report, parts: &mut [Part]) {
    let versions: BTreeSet<&str> = parts.iter().map(|part| part.report.tool.version.as_str()).collect();
    if let [Some(only), None] = [versions.first(), versions.iter().nth(1)] {
        merged.tool.version = (*only).to_owned();
        return;
    }
    for part in parts {
        let version = part.report.tool.version.clone();
        note(
            part,
            &format!("planseal {version} judged this plan, and other versions judged others"),
        );
    }
}

/// The day on which all were judged; where the days differ, the last one, and each plan says which was its own.
fn same_day(merged: &mut Report, parts: &mut [Part]) {
    let days: BTreeSet<String> = parts.iter().filter_map(|part| part.report.today.clone()).collect();
    merged.today = days.last().cloned();
    if days.len() < 2 {
        return;
    }
    for part in parts {
        if let Some(day) = part.report.today.clone() {
            note(
                part,
                &format!("waivers of this plan were judged on {day}, and those of others on other days"),
            );
        }
    }
}

fn note(part: &mut Part, text: &str) {
    for plan in &mut part.report.plans {
        plan.notes.push(text.to_owned());
    }
}

/// A waiver that one report calls unmatched may be the one that another report's finding needs: each run saw its own plans
/// only. Where the days differ, a waiver may have expired in between, and what is said of it stays.
fn leave_out_used_elsewhere(parts: &mut [Part]) {
    let days: BTreeSet<&String> = parts.iter().filter_map(|part| part.report.today.as_ref()).collect();
    if days.len() > 1 {
        return;
    }
    let mut needed: BTreeMap<SourceLocation, Vec<Vec<Setting>>> = BTreeMap::new();
    for part in parts.iter() {
        let waivers = part
            .report
            .findings
            .iter()
            .filter_map(|finding| finding.waiver.as_ref());
        let places: BTreeSet<&SourceLocation> = waivers.filter_map(|waiver| waiver.location.as_ref()).collect();
        for place in places {
            let all = needed.entry(place.clone()).or_default();
            all.push(settings_of(&part.report, &place.file));
        }
    }
    for part in parts {
        let findings = std::mem::take(&mut part.report.findings);
        let report = &part.report;
        let is_needed = |finding: &Finding| {
            let place = finding.location.as_ref().filter(|_| finding.plan.is_empty());
            place.is_some_and(|place| {
                let mut all = needed.get(place).into_iter().flatten();
                all.any(|settings| *settings == settings_of(report, &place.file))
            })
        };
        let kept = findings.into_iter().filter(|finding| !is_needed(finding)).collect();
        part.report.findings = kept;
    }
}

/// What a configuration sets: files of the same name in other folders are others.
fn settings_of(report: &Report, file: &str) -> Vec<Setting> {
    let mut all = report.configurations.iter();
    let found = all.find(|one| one.file.as_deref() == Some(file));
    found.map(|one| one.settings.clone()).unwrap_or_default()
}

/// `said` is what was said of waivers, by its text: every run that reads a configuration says it.
fn add(merged: &mut Report, mut report: Report, said: &mut BTreeSet<String>) {
    for plan in &mut report.plans {
        plan.gate.get_or_insert_with(|| of_all(&report.gate));
    }
    let summary = &mut merged.summary;
    summary.resources = summary.resources.saturating_add(report.summary.resources);
    summary.judged = summary.judged.saturating_add(report.summary.judged);
    summary.unjudged_types.append(&mut report.summary.unjudged_types);
    summary.demands.append(&mut report.summary.demands);
    merged.plans.append(&mut report.plans);
    merged.unread.append(&mut report.unread);
    for configuration in report.configurations {
        add_configuration(&mut merged.configurations, configuration);
    }
    for finding in report.findings {
        let is_new = !finding.plan.is_empty() || said.insert(serde_json::to_string(&finding).unwrap_or_default());
        if is_new {
            merged.findings.push(finding);
        }
    }
    merged.hierarchy.join(report.hierarchy);
    for metric in report.metrics {
        metrics::add_one(&mut merged.metrics, metric);
    }
}

/// The gate of a report whose plans have none of their own.
fn of_all(gate: &super::v1::Gate) -> PlanGate {
    PlanGate {
        mode: gate.mode.clone(),
        min_severity: gate.min_severity,
        undetermined: gate.undetermined.clone(),
        allow_partial: gate.allow_partial,
        min_judged: gate.min_judged,
        by_options: Vec::new(),
        by_configuration: Vec::new(),
    }
}

fn add_configuration(all: &mut Vec<ConfigurationInForce>, more: ConfigurationInForce) {
    let is_same = |one: &&mut ConfigurationInForce| {
        (&one.file, &one.base, &one.settings) == (&more.file, &more.base, &more.settings)
    };
    match all.iter_mut().find(is_same) {
        None => all.push(more),
        Some(one) => {
            let new = more.notes.into_iter().filter(|note| !one.notes.contains(note));
            let new: Vec<String> = new.collect();
            one.notes.extend(new);
        }
    }
}

/// Everything by plan, and the plans by name.
fn order(merged: &mut Report) {
    merged.plans.sort_by(|one, other| one.name.cmp(&other.name));
    // What is about no plan comes last.
    merged
        .findings
        .sort_by(|one, other| (one.plan.is_empty(), &one.plan).cmp(&(other.plan.is_empty(), &other.plan)));
    merged.hierarchy.keys.sort_by(|one, other| one.plan.cmp(&other.plan));
    for metric in &mut merged.metrics {
        metric.plans.sort_by(|one, other| one.plan.cmp(&other.plan));
        metric.unmet.sort_by(|one, other| one.plan.cmp(&other.plan));
    }
    merged.summary.unjudged_types.sort();
    merged.summary.unjudged_types.dedup();
}
