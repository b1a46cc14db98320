//! The metrics.

use super::page::{BOLD, DIM, Page, YELLOW, paint};
use crate::report::escape::{prose, visible};
use crate::report::v1::{Metric, Report, Unmet};
use crate::report::words;

/// The most of what does not meet a metric that is named unless everything is asked for.
const MOST_UNMET: usize = 5;

/// Those that the plans move, those below their target, and those of which something is not counted; all of them where
/// everything is asked for.
pub(super) fn shown(page: &mut Page, report: &Report, verbose: bool) {
    let of_note =
        |metric: &&Metric| verbose || metric.moves() || metric.falls_short() || !metric.switched_off.is_empty();
    let shown: Vec<&Metric> = report.metrics.iter().filter(of_note).collect();
    if shown.is_empty() {
        return;
    }
    page.blank();
    page.line(0, &paint(BOLD, "Metrics"));
    let width = shown.iter().map(|metric| words::shares(metric).chars().count()).max();
    for metric in shown {
        let shares = format!("{:width$}", words::shares(metric), width = width.unwrap_or_default());
        let shares = if metric.falls_short() {
            paint(YELLOW, &shares)
        } else {
            shares
        };
        let target = paint(DIM, &format!("target {}", words::percent(metric.target)));
        page.line(2, &format!("{shares}  {}  {target}", prose(&metric.title)));
        unmet(page, report, metric, verbose);
        if !metric.switched_off.is_empty() {
            let rules: Vec<String> = metric.switched_off.iter().map(|rule| visible(rule)).collect();
            page.labelled(4, "switched off, so not counted:", YELLOW, &rules.join(", "));
        }
    }
}

fn unmet(page: &mut Page, report: &Report, metric: &Metric, verbose: bool) {
    let most = if verbose { usize::MAX } else { MOST_UNMET };
    let name_plan = report.plans.len() > 1;
    let mut named: Vec<String> = metric.unmet.iter().take(most).map(|one| item(one, name_plan)).collect();
    let more = metric.unmet.len().saturating_sub(most);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    if !named.is_empty() {
        page.labelled(4, "not met:", anstyle::Style::new(), &named.join(", "));
    }
}

fn item(one: &Unmet, name_plan: bool) -> String {
    let plan = match name_plan {
        true => format!("{} · ", visible(&one.plan)),
        false => String::new(),
    };
    let what = match &one.address {
        Some(address) => visible(address),
        None => prose(one.because.as_deref().unwrap_or_default()),
    };
    format!("{plan}{what}{}", words::how_unmet(one))
}
