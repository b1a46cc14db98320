//! The gate's settings, as reports say them.

use super::build::severity;
use super::v1;
use crate::eval::gate::{Effect, Given, InForce, Mode, Settings};

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
