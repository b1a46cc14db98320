//! What is printed.

use std::time::Duration;

use super::Summary;
use super::generator::Size;
use super::measure::{Program, Usage};

pub(crate) const PLAN_HEAD: &str = "\
| plan | bytes | resources | judged | violations | undetermined |
|--:|--:|--:|--:|--:|--:|";

pub(crate) const USAGE_HEAD: &str = "\
| plan | program | CPU ms | × scan | wall ms | × scan | peak MB | × file |
|--:|---|--:|--:|--:|--:|--:|--:|";

pub(crate) fn plan(size: Size, bytes: u64, summary: &Summary) -> String {
    let Summary {
        resources,
        judged,
        violations,
        undetermined,
    } = summary;
    format!("| {size} | {bytes} | {resources} | {judged} | {violations} | {undetermined} |")
}

/// A line for each program on one plan. Factors are taken within each round, and their median is shown.
pub(crate) fn usage(size: Size, bytes: u64, programs: &[(Program, Vec<Usage>)]) -> Vec<String> {
    let scan = programs
        .first()
        .map(|(_, usages)| usages.as_slice())
        .unwrap_or_default();
    let lines = programs.iter().map(|(program, usages)| {
        let peak = median(usages.iter().map(|one| number(one.peak)));
        format!(
            "| {size} | {} | {} | {} | {:.1} | {:.2} |",
            program.name,
            time(usages, scan, |one| one.cpu),
            time(usages, scan, |one| one.wall),
            peak / 1e6,
            peak / number(bytes),
        )
    });
    lines.collect()
}

/// The median in milliseconds, and how many times the scan's.
fn time(usages: &[Usage], scan: &[Usage], what: fn(&Usage) -> Duration) -> String {
    let rounds = usages.iter().zip(scan);
    let middle = median(usages.iter().map(|one| what(one).as_secs_f64()));
    let factor = median(rounds.map(|(one, scan)| what(one).div_duration_f64(what(scan))));
    format!("{:.1} | {factor:.2}", middle * 1e3)
}

/// Whole up to 2⁵³ bytes, which no machine has.
#[expect(
    clippy::cast_precision_loss,
    reason = "bytes that are shown with one decimal of a million"
)]
fn number(bytes: u64) -> f64 {
    bytes as f64
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let upper = values.get(values.len() / 2);
    let lower = values.get(values.len().saturating_sub(1) / 2);
    match (lower, upper) {
        (Some(lower), Some(upper)) => f64::midpoint(*lower, *upper),
        _ => f64::NAN,
    }
}
