//! What configurations set, and what of it this change adds or loosens.

use super::inline::{Line, Own};
use super::{Block, Entry, Item, Lead, Section, View};
use crate::report::arrange::settings;
use crate::report::gate::loosened_by_options;
use crate::report::v1::{ConfigurationInForce, Report, Setting, SettingChange};
use crate::report::words;

/// What a reviewer must see before anything else, and what hides it.
pub(super) fn of_note(report: &Report, view: View) -> Vec<Block> {
    let options = loosened_by_options(report).map(|said| {
        let what = Line::from("Options loosen the gate").strong();
        Block::Alert(what + ": " + view.note(&said))
    });
    let mut blocks: Vec<Block> = options.into_iter().collect();
    for one in &report.configurations {
        let shown: Vec<&Setting> = settings(one, true).collect();
        if !shown.is_empty() {
            let what = Line::from("This change touches what plans are judged by").strong();
            blocks.push(Block::Alert(what + against(one, view) + ":"));
            blocks.push(Block::Entries {
                entries: shown
                    .iter()
                    .take(view.notes())
                    .map(|setting| entry(one, setting, view))
                    .collect(),
                more: shown.len().saturating_sub(view.notes()),
            });
        }
        let file = one
            .file
            .as_deref()
            .map(|file| view.code(file) + ": ")
            .unwrap_or_default();
        blocks.extend(
            one.notes
                .iter()
                .map(|note| Block::Alert(file.clone() + view.note(note))),
        );
    }
    blocks
}

/// Where what is compared stands.
fn against(one: &ConfigurationInForce, view: View) -> Line {
    let here = match &one.file {
        Some(file) => Line::from(" in ") + view.code(file),
        None => Line::from(": no configuration is left"),
    };
    match &one.base {
        Some(base) => here + ", against " + view.code(base),
        None => here,
    }
}

/// What else is in force.
pub(super) fn in_force(report: &Report, view: View) -> Section {
    let all = report.configurations.iter();
    let items: Vec<Item> = all
        .flat_map(|one| settings(one, false).map(|setting| Item::Entry(entry(one, setting, view))))
        .collect();
    Section {
        name: "settings in force",
        title: Some(words::count(items.len(), "setting", "settings") + " in force by configuration"),
        items,
    }
}

fn entry(one: &ConfigurationInForce, setting: &Setting, view: View) -> Entry {
    let place = one.file.as_deref().zip(setting.line);
    Entry {
        lead: match setting.change {
            SettingChange::Same | SettingChange::NotCompared => None,
            other => Some(Lead::Notice(Own::from(words::setting_change(other)))),
        },
        about: None,
        text: view.note(&setting.name) + ": " + view.note(&words::setting_values(setting)),
        details: Vec::new(),
        source: place
            .map(|(file, line)| view.code(&format!("{file}:{line}")))
            .into_iter()
            .collect(),
    }
}
