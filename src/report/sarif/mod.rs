//! The report as SARIF 2.1.0, for code scanning and other viewers of results.
//!
//! What this plan mends is left out. GitHub takes every result for an alert, whatever its `kind` and `baselineState`, and
//! closes by itself the alerts that a file holds no more.

mod log;
mod place;
mod rule;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use self::log::{
    Base, Baseline, Driver, Invocation, Kind, Level, Location, Log, Notification, Notifier, Outcome, Reference, Run,
    Suppression, Text, Tool,
};
use self::rule::ByRule;
use super::escape::{message, prose, visible};
use super::json::pretty;
use super::v1::{self, Change, Finding, Report, Severity, Waiver};
use super::words;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";
const UNREAD: &str = "unread-input";
const NOTE: &str = "plan-note";

/// Renders the report as indented SARIF with a newline at the end.
#[must_use]
pub fn render(report: &Report) -> String {
    let shown: Vec<(&Finding, Baseline)> = report
        .findings
        .iter()
        .filter(|finding| finding.outcome != v1::Outcome::Pass)
        .filter_map(|finding| Some((finding, baseline(finding.change)?)))
        .collect();
    let mut by_rule = ByRule::new();
    for (finding, _) in &shown {
        by_rule.entry(&finding.rule).or_default().push(finding);
    }
    let rules = by_rule.iter().filter_map(|(id, findings)| rule::of(id, findings));
    let index: BTreeMap<&str, usize> = by_rule.keys().enumerate().map(|(index, id)| (*id, index)).collect();
    let results = shown.iter().map(|(finding, baseline)| {
        let index = index.get(&*finding.rule).copied().unwrap_or_default();
        result(report, finding, *baseline, index)
    });
    let run = Run {
        tool: Tool {
            driver: driver(report, rules.collect()),
        },
        invocations: [invocation(report)],
        original_uri_base_ids: BTreeMap::from([(place::ROOT, base())]),
        results: results.collect(),
        properties: of_run(report),
    };
    pretty(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [run],
    })
}

/// One line without markup.
fn plain(text: &str) -> String {
    unlinked(&prose(text))
}

/// A viewer would make a link of `[text](target)`, in plain text too.
fn unlinked(text: &str) -> String {
    text.replace("](", "] (")
}

fn text(text: &str) -> Text {
    Text {
        text: plain(text),
        markdown: Some(message(text)),
    }
}

fn only_text(text: &str) -> Text {
    Text {
        text: plain(text),
        markdown: None,
    }
}

fn driver(report: &Report, rules: Vec<log::Rule>) -> Driver {
    let notifier = |id, said: &str| Notifier {
        id,
        short_description: only_text(said),
    };
    Driver {
        name: visible(&report.tool.name),
        semantic_version: visible(&report.tool.version),
        rules,
        notifications: vec![
            notifier(UNREAD, "An input could not be read"),
            notifier(NOTE, "What a reader must know of a plan"),
        ],
    }
}

fn base() -> Base {
    Base {
        description: only_text("The root of the checkout, where planseal ran"),
    }
}

fn of_run(report: &Report) -> BTreeMap<&'static str, Value> {
    let reasons: Vec<String> = report.gate.reasons.iter().map(|reason| prose(reason)).collect();
    BTreeMap::from([
        ("verdict", json!(report.verdict)),
        ("reasons", json!(reasons)),
        ("judged", json!(report.summary.judged)),
        ("resources", json!(report.summary.resources)),
    ])
}

fn invocation(report: &Report) -> Invocation {
    let unread = report.unread.iter().map(|input| Notification {
        descriptor: Reference { id: UNREAD },
        level: Level::Error,
        message: text(&format!("`{}`: {}. {}", input.path, input.message, input.help)),
        locations: of_file(&input.path),
    });
    let notes = report.plans.iter().flat_map(|plan| {
        plan.notes.iter().map(|note| Notification {
            descriptor: Reference { id: NOTE },
            level: if plan.complete { Level::Note } else { Level::Warning },
            message: text(&format!("`{}`: {note}", plan.name)),
            locations: of_file(&plan.path),
        })
    });
    Invocation {
        execution_successful: report.unread.is_empty(),
        tool_execution_notifications: unread.chain(notes).collect(),
    }
}

fn of_file(path: &str) -> Vec<Location> {
    let found = place::file(path).map(|found| Location {
        physical_location: Some(found),
        logical_locations: Vec::new(),
    });
    found.into_iter().collect()
}

fn result(report: &Report, finding: &Finding, baseline: Baseline, rule_index: usize) -> Outcome {
    let kind = kind(finding.outcome);
    let told = match &finding.settle {
        Some(settle) => format!("{} To settle it: {settle}.", finding.message),
        None => finding.message.clone(),
    };
    Outcome {
        rule_id: visible(&finding.rule),
        rule_index,
        kind,
        level: match kind {
            Kind::Fail => level(finding.severity),
            Kind::Open | Kind::Informational => Level::None,
        },
        message: text(&told),
        locations: [place::of(report, finding)],
        partial_fingerprints: BTreeMap::from([("planseal/v1", visible(&finding.fingerprint))]),
        baseline_state: baseline,
        suppressions: finding.waiver.iter().map(suppression).collect(),
        properties: of_finding(finding),
    }
}

fn kind(outcome: v1::Outcome) -> Kind {
    match outcome {
        v1::Outcome::Violation => Kind::Fail,
        v1::Outcome::Undetermined => Kind::Open,
        v1::Outcome::Advice | v1::Outcome::Pass => Kind::Informational,
    }
}

fn level(severity: Severity) -> Level {
    match severity {
        Severity::Critical | Severity::High => Level::Error,
        Severity::Medium => Level::Warning,
        Severity::Low => Level::Note,
    }
}

fn baseline(change: Change) -> Option<Baseline> {
    match change {
        Change::Introduced => Some(Baseline::New),
        Change::Worsened => Some(Baseline::Updated),
        Change::Existing => Some(Baseline::Unchanged),
        Change::Fixed => None,
    }
}

fn suppression(waiver: &Waiver) -> Suppression {
    let written = waiver.location.as_ref().and_then(place::line);
    Suppression {
        kind: "external",
        status: "accepted",
        justification: prose(&format!(
            "{} ({}, until {})",
            waiver.reason, waiver.owner, waiver.expires
        )),
        location: written.map(|found| Location {
            physical_location: Some(found),
            logical_locations: Vec::new(),
        }),
    }
}

fn of_finding(finding: &Finding) -> BTreeMap<&'static str, Value> {
    let optional = |text: &Option<String>| text.as_deref().map(visible);
    let level = finding.level.as_ref();
    let side = |side: &Option<String>| side.as_deref().map_or("not there".to_owned(), visible);
    let known = [
        ("plan", Some(visible(&finding.plan)).filter(|name| !name.is_empty())),
        ("severity", Some(words::severity(finding.severity).to_owned())),
        ("change", Some(words::change(finding.change).to_owned())),
        ("part", optional(&finding.part)),
        (
            "category",
            finding.category.as_ref().map(|category| visible(&category.id)),
        ),
        ("required", optional(&finding.required)),
        ("levelBefore", level.map(|level| side(&level.before))),
        ("levelAfter", level.map(|level| side(&level.after))),
    ];
    let mut properties: BTreeMap<&'static str, Value> = known
        .into_iter()
        .filter_map(|(name, value)| Some((name, Value::String(value?))))
        .collect();
    properties.insert("blocking", Value::Bool(finding.blocking));
    properties
}
