//! What a configuration sets and what became of its waivers, for the report.

use jiff::civil::Date;

use super::base::Base;
use super::configs::InForce;
use super::policies::PolicyFiles;
use crate::eval::waiver::{Circumstances, Ledger};
use crate::policy::Policies;
use crate::policy::settings::{self, settings, waivers_in};
use crate::policy::waiver::Waiver;
use crate::report::build::{Builder, Compared};

/// Adds everything about one configuration to the report.
pub(super) fn report(in_force: &InForce, ledger: &Ledger, files: &PolicyFiles, today: Date, builder: &mut Builder) {
    let is_known = |base: &Base| matches!(base, Base::Known { .. });
    let policies = match in_force.bases.iter().any(is_known) {
        true => files.files.defaults(),
        false => Policies::default(),
    };
    let policies = &policies;
    let file = in_force.source.as_ref().map(|source| source.file.as_str());
    for base in &in_force.bases {
        let mut notes = Vec::new();
        let mut found = compared(in_force, base, policies);
        if let (Base::Unreadable(reason), Some(_)) = (base, file) {
            notes.push(reason.clone());
        }
        if let Err(reason) = &found {
            notes.push(reason.clone());
            let unknown = settings(in_force.source.as_ref(), settings::Base::Unknown, policies);
            found = unknown.map_err(|error| error.to_string());
        }
        builder.settings(Compared {
            file,
            base: name(base, &notes),
            notes,
            settings: &found.unwrap_or_default(),
        });
    }
    if in_force.policies.waivers.is_empty() {
        return;
    }
    let circumstances = Circumstances {
        today,
        all_read: builder.all_read(),
    };
    let judged = ledger.judge(&in_force.policies, circumstances, |waiver| {
        is_new(waiver, &in_force.bases)
    });
    builder.under(&in_force.gate);
    builder.waivers(&judged, file.unwrap_or_default(), today);
}

/// What the configuration sets, against its base where that is known.
fn compared(in_force: &InForce, base: &Base, policies: &Policies) -> Result<Vec<settings::Setting>, String> {
    let against = match base {
        Base::Unknown | Base::Unreadable(_) => settings::Base::Unknown,
        Base::Known { source, .. } => settings::Base::Known(source.as_ref()),
    };
    settings(in_force.source.as_ref(), against, policies).map_err(|error| match base {
        Base::Known { name, .. } => {
            format!("`{name}` could not be read, so what this change loosens is not known: {error}")
        }
        _ => error.to_string(),
    })
}

/// What the configuration was compared with.
fn name<'b>(base: &'b Base, notes: &[String]) -> Option<&'b str> {
    match base {
        Base::Known { name, .. } if notes.is_empty() => Some(name),
        _ => None,
    }
}

/// Whether a waiver came with this change: a base is known, and none has one that is about the same.
fn is_new(waiver: &Waiver, bases: &[Base]) -> bool {
    let mut known = bases.iter().filter_map(|base| match base {
        Base::Known { source, .. } => waivers_in(source.as_ref()).ok(),
        Base::Unknown | Base::Unreadable(_) => None,
    });
    let first = known.next();
    first.is_some_and(|first| {
        let there = |waivers: Vec<Waiver>| waivers.iter().any(|one| one.is_about_the_same(waiver));
        !there(first) && !known.any(there)
    })
}
