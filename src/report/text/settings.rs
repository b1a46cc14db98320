//! What configurations set, and what they accept.

use super::finding;
use super::page::{BOLD, DIM, Page, YELLOW, paint};
use super::subject;
use crate::report::arrange::settings;
use crate::report::escape::{prose, visible};
use crate::report::gate::loosened_by_options;
use crate::report::v1::{ConfigurationInForce, Finding, Report, Setting, SettingChange};
use crate::report::words;

/// The most settings that are told unless everything is asked for.
const MOST_SETTINGS: usize = 20;

/// What this change adds or loosens, and what hides it.
pub(super) fn of_note(page: &mut Page, report: &Report, verbose: bool) {
    if let Some(said) = loosened_by_options(report) {
        page.line(
            0,
            &paint(YELLOW.bold(), &format!("Options loosen the gate: {}", prose(&said))),
        );
    }
    for one in &report.configurations {
        let shown: Vec<&Setting> = settings(one, true).collect();
        if !shown.is_empty() {
            page.line(
                0,
                &paint(
                    YELLOW.bold(),
                    &format!("This change touches what plans are judged by{}:", against(one)),
                ),
            );
            lines(page, one, &shown, verbose);
        }
        for note in &one.notes {
            let file = one
                .file
                .as_deref()
                .map(|file| format!("{}: ", visible(file)))
                .unwrap_or_default();
            page.labelled(2, "note:", YELLOW, &format!("{file}{}", prose(note)));
        }
    }
}

/// Where what is compared stands.
fn against(one: &ConfigurationInForce) -> String {
    let base = one
        .base
        .as_deref()
        .map(|base| format!(", against {}", visible(base)))
        .unwrap_or_default();
    match &one.file {
        Some(file) => format!(" in {}{base}", visible(file)),
        None => format!(": no configuration is left{base}"),
    }
}

/// What else is in force.
pub(super) fn in_force(page: &mut Page, report: &Report, verbose: bool) {
    for one in &report.configurations {
        let shown: Vec<&Setting> = settings(one, false).collect();
        if shown.is_empty() {
            continue;
        }
        page.blank();
        let file = one.file.as_deref().map(visible).unwrap_or_default();
        let number = shown.len();
        page.line(0, &paint(BOLD, &format!("In force by {file} ({number})")));
        lines(page, one, &shown, verbose);
    }
}

fn lines(page: &mut Page, one: &ConfigurationInForce, shown: &[&Setting], verbose: bool) {
    let most = if verbose { shown.len() } else { MOST_SETTINGS };
    for setting in shown.iter().take(most) {
        page.line(2, &line(one, setting));
    }
    if shown.len() > most {
        page.line(
            2,
            &paint(DIM, &format!("… and {} more (-v shows all)", shown.len() - most)),
        );
    }
}

fn line(one: &ConfigurationInForce, setting: &Setting) -> String {
    let change = match setting.change {
        SettingChange::Same | SettingChange::NotCompared => String::new(),
        other => format!("{:9} ", words::setting_change(other)),
    };
    let place = one.file.as_deref().zip(setting.line);
    let place = place
        .map(|(file, line)| format!("  {}:{line}", visible(file)))
        .unwrap_or_default();
    format!(
        "{}{}: {}{}",
        paint(YELLOW, &change),
        prose(&setting.name),
        prose(&words::setting_values(setting)),
        paint(DIM, &place)
    )
}

/// The findings that waivers cover, in the order that is given.
pub(super) fn accepted(page: &mut Page, findings: &[&Finding], name_plan: bool) {
    let left = |finding: &Finding| finding.waiver.as_ref().map(words::days_left).unwrap_or_default();
    let width = findings
        .iter()
        .map(|finding| left(finding).chars().count())
        .max()
        .unwrap_or_default();
    for finding in findings {
        let days = paint(YELLOW, &format!("{:width$}", left(finding)));
        let about = paint(BOLD, &subject(finding, name_plan));
        page.line(2, &format!("{days}  {about}  {}", paint(DIM, &visible(&finding.rule))));
        if let Some(waiver) = &finding.waiver {
            page.labelled(
                width.saturating_add(4),
                "",
                anstyle::Style::new(),
                &finding::accepted(waiver),
            );
        }
    }
}
