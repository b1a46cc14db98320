//! The metrics.

use super::page::Section;
use crate::report::escape::{cut_middle, inline_code, message, table_cell};
use crate::report::v1::{Metric, Report, Unmet};
use crate::report::words;

/// The most metrics of the table, and the most of what does not meet one.
const MOST_METRICS: usize = 20;
const MOST_UNMET: usize = 20;
const MOST_CHARS: usize = 300;

/// Those that the plans move, as a table.
pub(super) fn moved(report: &Report) -> Option<String> {
    let moved = report.metrics.iter().filter(|metric| metric.moves());
    let rows: String = moved.take(MOST_METRICS).map(row).collect();
    (!rows.is_empty()).then(|| format!("\n| metric | before | after | target |\n|---|--:|--:|--:|\n{rows}"))
}

fn row(metric: &Metric) -> String {
    format!(
        "| {} | {} | {} | {} |\n",
        table_cell(&cut(&metric.title)),
        words::share(metric.before),
        words::share(metric.after),
        words::percent(metric.target)
    )
}

/// Those below their target, with what does not meet them.
pub(super) fn unmet(report: &Report) -> Option<Section> {
    let name_plan = report.plans.len() > 1;
    let short = || report.metrics.iter().filter(|metric| metric.falls_short());
    let number = short().count();
    let of_note = report
        .metrics
        .iter()
        .filter(|metric| metric.falls_short() || !metric.switched_off.is_empty());
    let blocks: Vec<String> = of_note.map(|metric| block(metric, name_plan)).collect();
    (!blocks.is_empty()).then(|| Section {
        name: "metrics",
        summary: Some(format!(
            "{number} of {} below the target",
            words::count(report.metrics.len(), "metric", "metrics")
        )),
        blocks,
    })
}

fn block(metric: &Metric, name_plan: bool) -> String {
    let mut unmet: Vec<String> = metric
        .unmet
        .iter()
        .take(MOST_UNMET)
        .map(|one| item(one, name_plan))
        .collect();
    let more = metric.unmet.len().saturating_sub(MOST_UNMET);
    if more > 0 {
        unmet.push(format!("{more} more"));
    }
    let unmet = match unmet.is_empty() {
        true => String::new(),
        false => format!("; not met: {}", unmet.join(", ")),
    };
    let off: Vec<String> = metric.switched_off.iter().map(|rule| code(rule)).collect();
    let off = match off.is_empty() {
        true => String::new(),
        false => format!("; switched off, so not counted: {}", off.join(", ")),
    };
    format!(
        "- **{}**: {}, target {}{unmet}{off}\n",
        message(&cut(&metric.title)),
        words::shares(metric),
        words::percent(metric.target)
    )
}

fn item(one: &Unmet, name_plan: bool) -> String {
    let plan = match name_plan {
        true => format!("{} · ", code(&one.plan)),
        false => String::new(),
    };
    let what = match &one.address {
        Some(address) => code(address),
        None => message(&cut(one.because.as_deref().unwrap_or_default())),
    };
    format!("{plan}{what}{}", words::how_unmet(one))
}

fn cut(text: &str) -> String {
    cut_middle(text, MOST_CHARS)
}

fn code(text: &str) -> String {
    inline_code(&cut(text))
}
