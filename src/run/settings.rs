//! What a configuration sets and what became of its waivers, for the report.

use jiff::civil::Date;

use super::base::{Base, BothSides};
use super::configs::InForce;
use super::policies::PolicyFiles;
use crate::eval::waiver::{Circumstances, Ledger};
use crate::policy::Policies;
use crate::policy::settings::{self, Setting, add_policy_files, settings, waivers_in};
use crate::policy::waiver::Waiver;
use crate::report::build::{Builder, Compared};

/// Adds everything about one configuration to the report.
pub(super) fn report(in_force: &InForce, ledger: &Ledger, files: &PolicyFiles, today: Date, builder: &mut Builder) {
    let is_known = |base: &Base| matches!(base, Base::Known { .. });
    let policies = match in_force.bases.iter().any(is_known) {
        true => files.files.defaults(),
        false => Policies::default(),
    };
    let file = in_force.source.as_ref().map(|source| source.file.as_str());
    for base in &in_force.bases {
        let told = told(in_force, base, &policies);
        builder.settings(Compared {
            file,
            base: told.base,
            notes: told.notes,
            settings: &told.settings,
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

/// What is told of a configuration against one base.
struct Told<'b> {
    /// What it was compared with.
    base: Option<&'b str>,
    notes: Vec<String>,
    settings: Vec<Setting>,
}

fn told<'b>(in_force: &InForce, base: &'b Base, policies: &Policies) -> Told<'b> {
    let source = in_force.source.as_ref();
    let alone = |notes: Vec<String>| {
        let found = settings(source, settings::Base::Unknown, policies);
        Told {
            base: None,
            settings: found.unwrap_or_default(),
            notes,
        }
    };
    let (name, before, files) = match base {
        Base::Unknown => return alone(Vec::new()),
        Base::Unreadable(reason) => return alone(vec![reason.clone()]),
        Base::Known { name, source, policies } => (name, source, policies),
    };
    let mut found = match settings(source, settings::Base::Known(before.as_ref()), policies) {
        Ok(found) => found,
        Err(error) => {
            return alone(vec![format!(
                "`{name}` could not be read, so what this change loosens is not known: {error}"
            )]);
        }
    };
    let mut notes = Vec::new();
    match files {
        Ok(BothSides { before, after }) => add_policy_files(&mut found, before, after),
        Err(reason) => notes.push(reason.clone()),
    }
    Told {
        base: Some(name),
        notes,
        settings: found,
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
