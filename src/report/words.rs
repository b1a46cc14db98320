//! The words of the report. What is not planseal's [`Own`] may hold a plan's text, and is not escaped here.

use super::document::inline::Own;
use super::v1::{
    Category, Change, Configuration, Finding, Gate, LevelChange, Metric, Outcome, PlanSummary, Report, Setting,
    SettingChange, Severity, Share, Unmet, Verdict, Waiver,
};

/// The most names of a list before the rest is counted.
pub(super) const MOST_NAMES: usize = 20;

pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "PASS",
        Verdict::Fail => "FAIL",
        Verdict::Undetermined => "UNDETERMINED",
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

pub(super) fn change(change: Change) -> &'static str {
    match change {
        Change::Introduced => "introduced",
        Change::Worsened => "worsened",
        Change::Existing => "existing",
        Change::Fixed => "fixed",
    }
}

/// What Terraform does, as people say it.
pub(super) fn actions(actions: &[String]) -> String {
    let words: Vec<&str> = actions.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["no-op"] => "no change".to_owned(),
        ["delete", "create"] => "replace".to_owned(),
        ["create", "delete"] => "replace (create first)".to_owned(),
        _ => words.join(", "),
    }
}

/// What a configuration says, where it says anything.
pub(super) fn configuration(configuration: &Configuration) -> Option<Own> {
    let classification = configuration.classification.as_ref();
    let addresses = classification.map_or(0, |one| one.addresses.len());
    let parts = [
        (configuration.policies.len(), "policy file", "policy files"),
        (configuration.rules.len(), "rule changed", "rules changed"),
        (configuration.categories.len(), "category", "categories"),
        (addresses, "address pattern", "address patterns"),
        (configuration.accounts.len(), "account fact", "account facts"),
        (configuration.known_keys, "known key", "known keys"),
    ];
    let parts = parts.into_iter().filter(|(number, _, _)| *number > 0);
    let mut parts: Vec<Own> = parts.map(|(number, one, many)| count(number, one, many)).collect();
    if classification.is_some_and(|one| one.strict) {
        parts.push(Own::from("strict classification"));
    }
    if configuration.gate.is_some() {
        parts.push(Own::from("gate"));
    }
    (!parts.is_empty()).then(|| Own::joined(parts, ", "))
}

/// A rule that a configuration changes, and what is to be told of that.
pub(super) struct ChangedRule<'a> {
    pub(super) id: &'a str,
    pub(super) told: Vec<String>,
}

/// What a configuration takes out of the judgement: the rules that it switches off, and those that it makes matter less.
pub(super) fn loosened(configuration: &Configuration) -> Vec<(&'static str, Vec<ChangedRule<'_>>)> {
    let (off, on): (Vec<_>, Vec<_>) = configuration.rules.iter().partition(|rule| !rule.enabled);
    let off = off.into_iter().map(|rule| ChangedRule {
        id: &rule.rule,
        told: rule.reason.iter().cloned().collect(),
    });
    let lowered = on.into_iter().filter_map(|rule| {
        let change = rule.severity.as_ref()?;
        let most = change.before.last().filter(|most| **most > change.after)?;
        let change = format!("{} → {}", severity(*most), severity(change.after));
        Some(ChangedRule {
            id: &rule.rule,
            told: std::iter::once(change).chain(rule.reason.clone()).collect(),
        })
    });
    [("Switched off", off.collect()), ("Severity lowered", lowered.collect())]
        .into_iter()
        .filter(|(_, rules): &(_, Vec<_>)| !rules.is_empty())
        .collect()
}

/// Whether the configuration of a plan takes anything out of the judgement.
pub(super) fn loosens(plan: &PlanSummary) -> bool {
    plan.configuration.as_ref().is_some_and(|one| !loosened(one).is_empty())
}

/// Whether advice says itself what it is about: then a list need not say it again.
pub(super) fn names_itself(finding: &Finding) -> bool {
    let named = |address: &str| finding.message.contains(&format!("`{address}`"));
    finding.outcome == Outcome::Advice && finding.address.as_deref().is_none_or(named)
}

/// What a finding without an address is about.
pub(super) fn whole(finding: &Finding) -> &'static str {
    match finding.plan.is_empty() {
        true => "the configuration",
        false => "the whole plan",
    }
}

/// How long an accepted finding stays accepted.
pub(super) fn days_left(waiver: &Waiver) -> Own {
    match waiver.days_left {
        0 => Own::from("last day"),
        1 => Own::from("1 day left"),
        days => Own::from(days) + " days left",
    }
}

pub(super) fn setting_change(change: SettingChange) -> &'static str {
    match change {
        SettingChange::Loosened => "loosened",
        SettingChange::Added => "added",
        SettingChange::Changed => "changed",
        SettingChange::Tightened => "tightened",
        SettingChange::Same | SettingChange::NotCompared => "in force",
    }
}

/// What a setting was and is.
pub(super) fn setting_values(setting: &Setting) -> String {
    let nothing = || "not set".to_owned();
    let after = setting.after.clone().unwrap_or_else(nothing);
    match (&setting.before, setting.change) {
        (Some(before), _) if Some(before) == setting.after.as_ref() => after,
        (Some(before), _) => format!("{before} → {after}"),
        (None, SettingChange::Loosened | SettingChange::Tightened) => format!("{} → {after}", nothing()),
        (None, _) => after,
    }
}

/// `1 plan`, `2 plans`.
pub(super) fn count(number: usize, one: &'static str, many: &'static str) -> Own {
    Own::from(number) + " " + if number == 1 { one } else { many }
}

/// What was judged and what came of it: numbers only.
pub(super) fn tally(report: &Report) -> Own {
    let summary = &report.summary;
    let mut parts = vec![blocked(
        report,
        Outcome::Violation,
        summary.violations,
        "violation",
        "violations",
    )];
    if summary.undetermined > 0 {
        parts.push(blocked(
            report,
            Outcome::Undetermined,
            summary.undetermined,
            "undetermined finding",
            "undetermined findings",
        ));
    }
    if summary.waived > 0 {
        parts.push(Own::from(summary.waived) + " waived");
    }
    if !report.unread.is_empty() {
        parts.push(count(report.unread.len(), "input", "inputs") + " not readable");
    }
    let partial = report.plans.iter().filter(|plan| !plan.complete).count();
    if partial > 0 {
        parts.push(count(partial, "partial plan", "partial plans"));
    }
    parts.push(match summary.resources {
        0 => Own::from("0 resources judged"),
        resources => count(resources, "resource", "resources") + ", " + summary.judged + " judged",
    });
    Own::joined(parts, " · ")
}

fn blocked(report: &Report, outcome: Outcome, all: usize, one: &'static str, many: &'static str) -> Own {
    let blocking = report
        .findings
        .iter()
        .filter(|finding| finding.blocking && finding.outcome == outcome)
        .count();
    match (all, blocking) {
        (0, _) => Own::from("no ") + many,
        (1, 0) => Own::from("1 ") + one + ", does not block",
        (_, 0) => Own::from(all) + " " + many + ", none blocks",
        (1, _) => Own::from("1 ") + one + " blocks",
        (_, blocking) if blocking == all => Own::from("all ") + all + " " + many + " block",
        (_, 1) => Own::from("1 of ") + all + " " + many + " blocks",
        _ => Own::from(blocking) + " of " + all + " " + many + " block",
    }
}

/// The gate's settings in force, in one line; where the plans have different ones, all of them.
pub(super) fn gates(report: &Report) -> String {
    let of_plan = |plan: &PlanSummary| {
        let one = plan.gate.as_ref()?;
        let settings = Gate {
            mode: one.mode.clone(),
            min_severity: one.min_severity,
            undetermined: one.undetermined.clone(),
            allow_partial: one.allow_partial,
            min_judged: one.min_judged,
            reasons: Vec::new(),
        };
        let by = match one.by_configuration.is_empty() {
            true => String::new(),
            false => format!(" ({} by the configuration)", one.by_configuration.join(", ")),
        };
        Some((format!("{}{by}", gate(&settings)), plan.name.clone()))
    };
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for (words, plan) in report.plans.iter().filter_map(of_plan) {
        match told.iter_mut().find(|(there, _)| *there == words) {
            Some((_, plans)) => plans.push(plan),
            None => told.push((words, vec![plan])),
        }
    }
    match told.as_slice() {
        [] => gate(&report.gate),
        [(only, _)] => only.clone(),
        several => several
            .iter()
            .map(|(words, plans)| match plans.as_slice() {
                [only] => format!("of `{only}`: {words}"),
                plans => format!("of {}: {words}", count(plans.len(), "plan", "plans")),
            })
            .collect::<Vec<_>>()
            .join("; "),
    }
}

/// The gate's settings, in one line.
fn gate(gate: &Gate) -> String {
    let undetermined = match gate.undetermined.as_str() {
        "rule" => "undetermined as each rule says",
        "fail" => "undetermined blocks",
        "warn" => "undetermined does not block",
        other => other,
    };
    let mode = match gate.mode.as_str() {
        "introduced" => "what this plan introduces or worsens",
        "any" => "every finding",
        "never" => "nothing blocks",
        other => other,
    };
    let mut parts = vec![mode.to_owned(), at_least(gate.min_severity), undetermined.to_owned()];
    if gate.allow_partial {
        parts.push("partial plans may pass".to_owned());
    }
    if let Some(least) = gate.min_judged {
        parts.push(format!("at least {least} judged"));
    }
    parts.join(", ")
}

fn at_least(least: Severity) -> String {
    match least {
        Severity::Low => "of any severity".to_owned(),
        Severity::Critical => "critical only".to_owned(),
        other => format!("{} or above", severity(other)),
    }
}

/// Both levels, where the finding is about levels.
pub(super) fn levels(finding: &Finding) -> Option<String> {
    let LevelChange { before, after } = finding.level.as_ref()?;
    match (before.as_deref(), after.as_deref()) {
        (None, None) => None,
        (None, Some(only)) | (Some(only), None) => Some(only.to_owned()),
        (Some(before), Some(after)) if before == after => Some(after.to_owned()),
        (Some(before), Some(after)) => Some(format!("{before} → {after}")),
    }
}

/// The category and where it comes from.
pub(super) fn category(category: &Category) -> String {
    if category.id == category.from {
        category.id.clone()
    } else {
        format!("{} ({})", category.id, category.from)
    }
}

/// The share of a metric, before and after where it moves.
pub(super) fn shares(metric: &Metric) -> Own {
    match metric.moves() {
        true => share(metric.before) + " → " + share(metric.after),
        false => share(metric.after),
    }
}

/// What else is to be said of something that does not meet a metric, in brackets.
pub(super) fn how_unmet(unmet: &Unmet) -> &'static str {
    match (unmet.undetermined, unmet.waived) {
        (true, true) => " (cannot be told, accepted)",
        (true, false) => " (cannot be told)",
        (false, true) => " (accepted)",
        (false, false) => "",
    }
}

/// `1 of 2 (50 %)`.
pub(super) fn share(share: Share) -> Own {
    match share.met.saturating_mul(100).checked_div(share.of) {
        Some(percent) => Own::from(share.met) + " of " + share.of + " (" + percent + " %)",
        None => Own::from("none"),
    }
}

/// A target share in percent.
pub(super) fn percent(share: f64) -> Own {
    Own::rounded(share * 100.0) + " %"
}

/// How many findings have the outcome and the change; accepted ones are counted apart.
pub(super) fn by_change(report: &Report, outcome: Outcome, change: Change) -> usize {
    report
        .findings
        .iter()
        .filter(|finding| finding.outcome == outcome && finding.change == change && finding.waiver.is_none())
        .count()
}
