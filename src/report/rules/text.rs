//! Rules for a terminal.

use anstyle::Style;

use super::v1::{Example, Metric, Rule, Rules};
use super::{
    MOST_TYPES, changes, counts_by, example, grouped, known, looks_at, own_fixes, parameter, pieces, readable,
    severities,
};
use crate::report::escape::{prose, visible, visible_lines};
use crate::report::text::page::{BOLD, DIM, Page, paint, severity_style};
use crate::report::words;

const PLAIN: Style = Style::new();

/// Every rule in a line or two.
#[must_use]
pub fn list(rules: &Rules) -> String {
    let mut page = Page::default();
    let longest = |length: &dyn Fn(&Rule) -> usize| rules.rules.iter().map(length).max().unwrap_or_default();
    let id_width = longest(&|rule| rule.id.chars().count());
    let severity_width = longest(&|rule| severities(rule).chars().count());
    for (heading, members) in grouped(rules) {
        page.blank();
        page.line(0, &paint(BOLD, heading));
        for rule in members {
            let severity = paint(
                severity_style(rule.severity),
                &format!("{:severity_width$}", severities(rule)),
            );
            let id = format!("{:id_width$}", visible(&rule.id));
            page.line(2, &format!("{severity}  {id}  {}", prose(&rule.title)));
            if !rule.resources.is_empty() {
                let indent = 2 + severity_width + 2 + id_width + 2;
                page.line(indent, &paint(DIM, &prose(&looks_at(rule, MOST_TYPES, ""))));
            }
        }
    }
    metrics(&mut page, &rules.metrics);
    page.blank();
    let mut count = words::count(rules.rules.len(), "rule", "rules");
    if !rules.metrics.is_empty() {
        let metrics = words::count(rules.metrics.len(), "metric", "metrics");
        count = count + " and " + metrics;
    }
    page.line(
        0,
        &paint(DIM, &format!("{count}. `planseal explain ID` shows one of them whole.")),
    );
    page.finish()
}

fn metrics(page: &mut Page, metrics: &[Metric]) {
    if metrics.is_empty() {
        return;
    }
    page.blank();
    page.line(0, &paint(BOLD, "Metrics, with the share aimed at"));
    let longest = |length: &dyn Fn(&Metric) -> usize| metrics.iter().map(length).max().unwrap_or_default();
    let id_width = longest(&|metric| metric.id.chars().count());
    let target_width = longest(&|metric| words::percent(metric.target).as_str().chars().count());
    for metric in metrics {
        let target = format!("{:>target_width$}", words::percent(metric.target));
        let id = format!("{:id_width$}", visible(&metric.id));
        page.line(2, &format!("{}  {id}  {}", paint(DIM, &target), prose(&metric.title)));
    }
}

/// One rule or metric, whole.
#[must_use]
pub fn page(rules: &Rules) -> String {
    let mut page = Page::default();
    for rule in &rules.rules {
        page.blank();
        one(&mut page, rules, rule);
    }
    for metric in &rules.metrics {
        page.blank();
        one_metric(&mut page, metric);
    }
    page.finish()
}

fn one(page: &mut Page, rules: &Rules, rule: &Rule) {
    page.line(0, &paint(BOLD, &visible(&rule.id)));
    page.labelled(2, "", PLAIN, &prose(&rule.title));
    page.blank();
    let severity = words::severity(rule.severity);
    page.line(
        2,
        &format!(
            "{} {}",
            paint(DIM, "severity:"),
            paint(severity_style(rule.severity), severity)
        ),
    );
    for case in &rule.severity_when {
        let text = format!("{} where `{}`", words::severity(case.severity), case.when);
        page.labelled(4, "or", PLAIN, &prose(&text));
    }
    page.labelled(2, "looks at:", PLAIN, &prose(&looks_at(rule, usize::MAX, "")));
    if let Some(first) = &rule.follows {
        page.labelled(
            2,
            "follows:",
            PLAIN,
            &prose(&format!("`{first}`, and is judged only where that one passes")),
        );
    }
    if rule.per_plan {
        page.labelled(2, "makes:", PLAIN, "one finding for the whole plan, which lists all");
    }
    if rule.needs_source {
        page.labelled(
            2,
            "needs:",
            PLAIN,
            "the configuration (`--source`, `--planfile`); without it, it does not apply",
        );
    }
    let undetermined = match rule.on_undetermined.as_str() {
        "warn" => "shown, does not break the gate",
        _ => "breaks the gate",
    };
    page.labelled(2, "what cannot be told:", PLAIN, undetermined);
    if !rule.controls.is_empty() {
        page.labelled(2, "controls:", PLAIN, &prose(&rule.controls.join(", ")));
    }
    for (position, one) in rule.parameters.iter().enumerate() {
        let label = if position == 0 { "parameters:" } else { "           " };
        page.labelled(2, label, PLAIN, &prose(&parameter(rule, one)));
    }
    if let Some(changes) = changes(rules, rule) {
        page.labelled(2, "configuration:", PLAIN, &prose(&changes));
    }
    for (label, text) in [("says:", readable(&rule.message)), ("why:", rule.why.clone())] {
        if !text.is_empty() {
            page.labelled(2, label, PLAIN, &prose(&text));
        }
    }
    for (types, fix) in own_fixes(rule) {
        let label = match types {
            Some(types) => format!("how to mend {}:", visible(types)),
            None => "how to mend it:".to_owned(),
        };
        block(page, &label, &fix);
    }
    for (position, one) in rule.facts.iter().enumerate() {
        let label = if position == 0 { "rests on:" } else { "         " };
        let known = match &one.reference {
            Some(reference) => format!("{}: {reference}", known(one)),
            None => known(one).to_owned(),
        };
        page.labelled(2, label, PLAIN, &prose(&format!("{} ({known})", one.fact)));
    }
    if !rule.reference.is_empty() {
        page.line(2, &format!("{} {}", paint(DIM, "see:"), visible(&rule.reference)));
    }
    for one in &rule.examples {
        page.blank();
        shown(page, one);
    }
    page.blank();
    block(page, &format!("{}:", visible(&rule.policy.file)), &rule.source);
}

fn one_metric(page: &mut Page, metric: &Metric) {
    page.line(0, &paint(BOLD, &visible(&metric.id)));
    page.labelled(2, "", PLAIN, &prose(&metric.title));
    page.blank();
    page.labelled(2, "target:", PLAIN, words::percent(metric.target).as_str());
    if let Some(rules) = counts_by(metric, "") {
        page.labelled(2, "counts by:", PLAIN, &prose(&rules));
    }
    if !metric.why.is_empty() {
        page.labelled(2, "why:", PLAIN, &prose(&metric.why));
    }
    if !metric.reference.is_empty() {
        page.line(2, &format!("{} {}", paint(DIM, "see:"), visible(&metric.reference)));
    }
    page.blank();
    block(page, &format!("{}:", visible(&metric.policy.file)), &metric.source);
}

fn shown(page: &mut Page, one: &Example) {
    page.labelled(2, "", DIM, &prose(&format!("{}:", example(one))));
    for (position, (what, hcl)) in pieces(one).into_iter().enumerate() {
        if position > 0 {
            page.blank();
        }
        if !what.is_empty() {
            page.line(4, &paint(DIM, &format!("# {what}")));
        }
        for line in visible_lines(hcl) {
            page.line(if line.is_empty() { 0 } else { 4 }, &line);
        }
    }
}

fn block(page: &mut Page, label: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    page.line(2, &paint(DIM, label));
    for line in visible_lines(text) {
        page.line(if line.is_empty() { 0 } else { 4 }, &line);
    }
}
