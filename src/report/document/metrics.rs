//! The metrics.

use super::inline::{Line, Own};
use super::{Block, Entry, Item, Lead, Section, View};
use crate::report::v1::{Metric, Report, Unmet};
use crate::report::words;

/// Those that the plans move, as a table.
pub(super) fn moved(report: &Report, view: View) -> Option<Block> {
    let moved = report.metrics.iter().filter(|metric| metric.moves());
    let row = |metric: &Metric| {
        vec![
            view.said(&metric.title),
            Line::from(words::share(metric.before)),
            Line::from(words::share(metric.after)),
            Line::from(words::percent(metric.target)),
        ]
    };
    let rows: Vec<_> = moved.take(view.notes()).map(row).collect();
    (!rows.is_empty()).then(|| Block::Table {
        head: vec!["metric", "before", "after", "target"],
        rows,
    })
}

/// Those below their target, with what does not meet them, and those of which something is not counted. Where there is no
/// table above, those that move too; all of them where everything is asked for.
pub(super) fn section(report: &Report, view: View) -> Section {
    let short = report.metrics.iter().filter(|metric| metric.falls_short()).count();
    let of_note = |metric: &&Metric| {
        view == View::Verbose
            || metric.falls_short()
            || !metric.switched_off.is_empty()
            || (view.is_terminal() && metric.moves())
    };
    let shown = report.metrics.iter().filter(of_note);
    let all = words::count(report.metrics.len(), "metric", "metrics");
    Section {
        name: "metrics",
        title: Some(match short {
            0 => all + ", none below its target",
            short => Own::from(short) + " of " + all + " below the target",
        }),
        items: shown
            .map(|metric| Item::Entry(entry(metric, report.plans.len() > 1, view)))
            .collect(),
    }
}

fn entry(metric: &Metric, name_plan: bool, view: View) -> Entry {
    let mut details = Vec::new();
    if !metric.unmet.is_empty() {
        let unmet = metric.unmet.iter().map(|one| item(one, name_plan, view));
        details.push((Some("not met"), view.first(unmet, view.items(), ", ", ", ")));
    }
    if !metric.switched_off.is_empty() {
        let off = view.names(metric.switched_off.iter().map(String::as_str));
        details.push((Some("switched off, so not counted"), off));
    }
    let shares = words::shares(metric);
    Entry {
        lead: Some(match metric.falls_short() {
            true => Lead::Notice(shares),
            false => Lead::Number(shares),
        }),
        about: None,
        text: view.said(&metric.title) + ", target " + words::percent(metric.target),
        details,
        source: Vec::new(),
    }
}

fn item(one: &Unmet, name_plan: bool, view: View) -> Line {
    let what = match &one.address {
        Some(address) => view.code(address),
        None => view.said(one.because.as_deref().unwrap_or_default()),
    };
    let what = what + words::how_unmet(one);
    match name_plan {
        true => view.code(&one.plan) + " · " + what,
        false => what,
    }
}
