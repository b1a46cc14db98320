//! The gate's settings, as reports say them.

use super::build::severity;
use super::{v1, words};
use crate::eval::gate::{Effect, Given, InForce, Mode, Settings};
use crate::policy::rule::Severity;

/// Of the whole report.
pub(super) fn of_report(settings: &Settings) -> v1::Gate {
    v1::Gate {
        mode: mode(settings.mode).into(),
        min_severity: severity(settings.min_severity),
        undetermined: settings.undetermined.map_or("rule", effect).into(),
        allow_partial: settings.allow_partial,
        min_judged: settings.min_judged,
        reasons: Vec::new(),
    }
}

/// Of one plan, with who gave them.
pub(super) fn of_plan(gate: &InForce) -> v1::PlanGate {
    let settings = &gate.settings;
    let by_options = gate.options.names();
    let by_configuration = gate.configuration.names();
    v1::PlanGate {
        mode: mode(settings.mode).into(),
        min_severity: severity(settings.min_severity),
        undetermined: settings.undetermined.map_or("rule", effect).into(),
        allow_partial: settings.allow_partial,
        min_judged: settings.min_judged,
        by_configuration: by_configuration
            .into_iter()
            .filter(|name| !by_options.contains(name))
            .map(str::to_owned)
            .collect(),
        by_options: by_options.into_iter().map(str::to_owned).collect(),
    }
}

/// What a configuration says of it; `None` where it says nothing.
pub(super) fn of_configuration(given: &Given) -> Option<v1::GateOverride> {
    (*given != Given::default()).then(|| v1::GateOverride {
        mode: given.mode.map(|one| mode(one).into()),
        min_severity: given.min_severity.map(severity),
        undetermined: given.undetermined.map(|one| effect(one).into()),
        allow_partial: given.allow_partial,
        min_judged: given.min_judged,
    })
}

/// The settings that a report tells.
pub(super) fn told(gate: &v1::Gate) -> Settings {
    Settings {
        mode: told_mode(&gate.mode),
        min_severity: told_severity(gate.min_severity),
        undetermined: told_effect(&gate.undetermined),
        allow_partial: gate.allow_partial,
        min_judged: gate.min_judged,
    }
}

/// The settings that a report tells for one plan: its own, or those of the whole report.
pub(super) fn of_plan_in(report: &v1::Report, plan: &v1::PlanSummary) -> Settings {
    match &plan.gate {
        None => told(&report.gate),
        Some(gate) => Settings {
            mode: told_mode(&gate.mode),
            min_severity: told_severity(gate.min_severity),
            undetermined: told_effect(&gate.undetermined),
            allow_partial: gate.allow_partial,
            min_judged: gate.min_judged,
        },
    }
}

/// A word that nobody knows is taken for the strictest.
fn told_mode(word: &str) -> Mode {
    let modes = [Mode::Introduced, Mode::Never];
    modes.into_iter().find(|one| mode(*one) == word).unwrap_or(Mode::Any)
}

fn told_effect(word: &str) -> Option<Effect> {
    match word {
        "rule" => None,
        "warn" => Some(Effect::Warn),
        _ => Some(Effect::Fail),
    }
}

/// The severity that a report tells.
pub(super) fn told_severity(severity: v1::Severity) -> Severity {
    match severity {
        v1::Severity::Low => Severity::Low,
        v1::Severity::Medium => Severity::Medium,
        v1::Severity::High => Severity::High,
        v1::Severity::Critical => Severity::Critical,
    }
}

fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Introduced => "introduced",
        Mode::Any => "any",
        Mode::Never => "never",
    }
}

fn effect(effect: Effect) -> &'static str {
    match effect {
        Effect::Fail => "fail",
        Effect::Warn => "warn",
    }
}

/// What options make looser than the configuration has it, or planseal where no configuration says anything: a workflow's own
/// options stand in no configuration. `None` where they do not.
pub(super) fn loosened_by_options(report: &v1::Report) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for plan in &report.plans {
        let Some(gate) = &plan.gate else { continue };
        let configuration = plan.configuration.as_ref().and_then(|one| one.gate.as_ref());
        for line in loosened(gate, configuration) {
            if !found.contains(&line) {
                found.push(line);
            }
        }
    }
    (!found.is_empty()).then(|| found.join(", "))
}

/// The options that loosen the gate of one plan.
fn loosened(gate: &v1::PlanGate, configuration: Option<&v1::GateOverride>) -> Vec<String> {
    let default = of_report(&Settings::default());
    let by_option = |name: &str| gate.by_options.iter().any(|one| one == name);
    let mode = configuration.and_then(|one| one.mode.clone()).unwrap_or(default.mode);
    let severity = configuration
        .and_then(|one| one.min_severity)
        .unwrap_or(default.min_severity);
    let undetermined = configuration.and_then(|one| one.undetermined.clone());
    let undetermined = undetermined.unwrap_or(default.undetermined);
    let partial = configuration.and_then(|one| one.allow_partial).unwrap_or_default();
    let judged = configuration.and_then(|one| one.min_judged).unwrap_or_default();
    let now_judged = gate.min_judged.unwrap_or_default();
    let all = [
        (
            "mode",
            later(&["any", "introduced", "never"], &mode, &gate.mode),
            format!("`--gate`: {mode} → {}", gate.mode),
        ),
        (
            "min_severity",
            gate.min_severity > severity,
            format!(
                "`--min-severity`: {} → {}",
                words::severity(severity),
                words::severity(gate.min_severity)
            ),
        ),
        (
            "undetermined",
            later(&["fail", "rule", "warn"], &undetermined, &gate.undetermined),
            format!(
                "`--undetermined`: {} → {}",
                as_rule_says(&undetermined),
                gate.undetermined
            ),
        ),
        (
            "allow_partial",
            gate.allow_partial && !partial,
            format!("`--allow-partial`: {partial} → {}", gate.allow_partial),
        ),
        (
            "min_judged",
            now_judged < judged,
            format!("`--min-judged`: {judged} → {now_judged}"),
        ),
    ];
    all.into_iter()
        .filter(|(name, looser, _)| *looser && by_option(name))
        .map(|(_, _, words)| words)
        .collect()
}

/// Whether the second of two words stands later in a list that holds both.
fn later(words: &[&str], first: &str, second: &str) -> bool {
    let place = |wanted: &str| words.iter().position(|word| *word == wanted);
    place(first)
        .zip(place(second))
        .is_some_and(|(first, second)| second > first)
}

fn as_rule_says(word: &str) -> &str {
    match word {
        "rule" => "as each rule says",
        other => other,
    }
}
