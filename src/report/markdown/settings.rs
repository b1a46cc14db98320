//! What configurations set, and what of it this change adds or loosens.

use super::page::Section;
use crate::report::arrange::settings;
use crate::report::escape::{cut_middle, inline_code, message};
use crate::report::gate::loosened_by_options;
use crate::report::v1::{ConfigurationInForce, Report, Setting, SettingChange};
use crate::report::words;

const MOST_SETTINGS: usize = 20;
const MOST_CHARS: usize = 300;

/// What a reviewer must see before anything else.
pub(super) fn of_note(report: &Report) -> Vec<String> {
    let options = loosened_by_options(report).map(|said| message(&cut(&said)));
    let mut notes: Vec<String> = options
        .map(|said| format!("\n❗ **Options loosen the gate**: {said}\n"))
        .into_iter()
        .collect();
    for one in &report.configurations {
        let shown: Vec<&Setting> = settings(one, true).collect();
        if !shown.is_empty() {
            notes.push(format!(
                "\n❗ **This change touches what plans are judged by**{}:\n\n",
                against(one)
            ));
            notes.extend(shown.iter().take(MOST_SETTINGS).map(|setting| line(one, setting)));
            let more = shown.len().saturating_sub(MOST_SETTINGS);
            notes.extend((more > 0).then(|| format!("- … and {more} more settings\n")));
        }
        let file = one
            .file
            .as_deref()
            .map(|file| format!("{}: ", code(file)))
            .unwrap_or_default();
        notes.extend(
            one.notes
                .iter()
                .map(|note| format!("\n❗ {file}{}\n", message(&cut(note)))),
        );
    }
    notes
}

fn against(one: &ConfigurationInForce) -> String {
    let base = one
        .base
        .as_deref()
        .map(|base| format!(", against {}", code(base)))
        .unwrap_or_default();
    match &one.file {
        Some(file) => format!(" in {}{base}", code(file)),
        None => format!(": no configuration is left{base}"),
    }
}

/// What else is in force.
pub(super) fn in_force(report: &Report) -> Option<Section> {
    let all = report.configurations.iter();
    let blocks: Vec<String> = all
        .flat_map(|one| settings(one, false).map(|setting| line(one, setting)))
        .collect();
    (!blocks.is_empty()).then(|| Section {
        name: "settings in force",
        summary: Some(format!(
            "{} in force by configuration",
            words::count(blocks.len(), "setting", "settings")
        )),
        blocks,
    })
}

fn line(one: &ConfigurationInForce, setting: &Setting) -> String {
    let change = match setting.change {
        SettingChange::Same | SettingChange::NotCompared => String::new(),
        other => format!("**{}** ", words::setting_change(other)),
    };
    let place = one.file.as_deref().zip(setting.line);
    let place = place
        .map(|(file, line)| format!(" · {}", code(&format!("{file}:{line}"))))
        .unwrap_or_default();
    format!(
        "- {change}{}: {}{place}\n",
        message(&cut(&setting.name)),
        message(&cut(&words::setting_values(setting)))
    )
}

fn cut(text: &str) -> String {
    cut_middle(text, MOST_CHARS)
}

fn code(text: &str) -> String {
    inline_code(&cut(text))
}
