//! The explanation of a resource for a terminal.
//!
//! Always styled: the caller takes the styling away where the output is not a terminal.

use std::collections::BTreeSet;

use anstyle::Style;

use super::v1::{Classification, Considered, Explanation, Key, Link, Opinion, Part, Reason, Resource, Way};
use crate::report::escape::{cut_middle, prose, visible};
use crate::report::text::page::{BOLD, CYAN, DIM, GREEN, Page, RED, YELLOW, paint, severity_style};
use crate::report::v1::{Category, Evidence, LevelChange, State};
use crate::report::words;

const PLAIN: Style = Style::new();
const VALUE_WIDTH: usize = 80;
/// The widths of the outcome and of the severity.
const OUTCOME: usize = 14;
const SEVERITY: usize = 8;
/// The indentation of what is said of a rule.
const SAID: usize = 6;

/// Renders an explanation for a terminal.
#[must_use]
pub fn render(explanation: &Explanation) -> String {
    let mut page = Page::default();
    for note in &explanation.plan.notes {
        page.labelled(0, "note:", PLAIN, &prose(note));
    }
    for one in &explanation.resources {
        page.blank();
        resource(&mut page, one);
    }
    page.finish()
}

fn resource(page: &mut Page, resource: &Resource) {
    head(page, resource);
    if let Some(classification) = &resource.classification {
        category(page, classification);
    }
    if !resource.parts.is_empty() {
        heading(page, "What protects it");
        for one in &resource.parts {
            part(page, one);
        }
    }
    if let Some(own) = &resource.key {
        heading(page, "The key");
        key_facts(page, 2, own, false);
        links(page, "protects:", &own.users);
        links(page, "protected before this plan:", &own.former_users);
        if own.users.is_empty() && own.former_users.is_empty() {
            page.line(2, "no store of this plan uses it");
        }
    }
    if !resource.companions.is_empty() || !resource.configures.is_empty() {
        heading(page, "What belongs to it");
        links(page, "configured by:", &resource.companions);
        links(page, "configures:", &resource.configures);
    }
    rules(page, resource);
}

fn heading(page: &mut Page, text: &str) {
    page.blank();
    page.line(0, &paint(BOLD, text));
}

fn head(page: &mut Page, resource: &Resource) {
    let mut facts = vec![paint(BOLD, &visible(&resource.address))];
    facts.push(visible(&words::actions(&resource.actions)));
    if let Some(location) = &resource.location {
        facts.push(format!("{}:{}", visible(&location.file), location.line));
    }
    page.line(0, &facts.join(&paint(DIM, " · ")));
    for known in &resource.known_as {
        let what = match known.kind.as_str() {
            "stand-in" => format!("stands in for a store: {}", known.title),
            "original" => format!("shows how others are encrypted: {}", known.title),
            _ => known.title.clone(),
        };
        page.labelled(
            2,
            "is:",
            PLAIN,
            &prose(&format!("{what} (`{}`)", resource.resource_type)),
        );
        if !known.reference.is_empty() {
            page.line(2, &paint(DIM, &format!("see: {}", visible(&known.reference))));
        }
    }
    for note in &resource.notes {
        page.labelled(2, "note:", PLAIN, &prose(note));
    }
}

fn category(page: &mut Page, classification: &Classification) {
    heading(page, "What it holds");
    page.labelled(2, "category:", PLAIN, &prose(&category_line(classification)));
    if let Some(own) = &classification.own {
        let own = format!(
            "after this plan alone it would be {}; the stricter one counts",
            said(own)
        );
        page.labelled(2, "", PLAIN, &prose(&own));
    }
    if let Some(settle) = &classification.settle {
        page.labelled(2, "to settle it:", PLAIN, &prose(settle));
    }
    if let Some(minimum) = &classification.minimum {
        let recommended = match classification.recommended.is_empty() {
            true => String::new(),
            false => format!("; recommended: {}", classification.recommended.join(" or ")),
        };
        page.labelled(
            2,
            "needs:",
            PLAIN,
            &format!("at least {}{}", visible(minimum), visible(&recommended)),
        );
    }
    if classification.considered.is_empty() {
        return;
    }
    page.line(2, &paint(DIM, "evidence, the strongest first:"));
    for one in &classification.considered {
        considered(page, one);
    }
    if !classification.considered.iter().any(|one| one.decided) {
        page.line(4, "→ none of these says what it holds");
    }
}

fn category_line(classification: &Classification) -> String {
    let evidence = classification.evidence.as_deref().unwrap_or_default();
    match (&classification.category, &classification.because) {
        (Some(category), _) if evidence == "unclassified" && classification.minimum.is_some() => {
            format!("unclassified, and so judged as {}", category.id)
        }
        (Some(_), _) if evidence == "unclassified" => "none: neither a tag nor an alias says it".to_owned(),
        (Some(category), _) => {
            let conflicting = match classification.conflicting {
                true => ", in conflict",
                false => "",
            };
            format!("{} ({evidence}{conflicting}, by {})", category.id, category.from)
        }
        (None, Some(because)) => format!("cannot be told: {because}"),
        (None, None) => "cannot be told".to_owned(),
    }
}

fn said(category: &Category) -> String {
    match category.from == "unclassified" {
        true => "unclassified".to_owned(),
        false => format!("{} ({})", category.id, category.from),
    }
}

fn considered(page: &mut Page, one: &Considered) {
    let says = match (&one.category, &one.because) {
        (Some(category), _) => said(category),
        (None, Some(because)) => format!("cannot be told: {because}"),
        (None, None) => "says nothing".to_owned(),
    };
    let (mark, style) = match (one.decided, one.category.is_some()) {
        (true, _) => ("→", PLAIN),
        (false, true) => ("·", PLAIN),
        (false, false) => ("·", DIM),
    };
    let lost = match (one.decided, one.category.is_some()) {
        (false, true) => ", not needed",
        _ => "",
    };
    page.labelled(4, mark, style, &prose(&format!("{}: {says}{lost}", one.looked_at)));
}

fn part(page: &mut Page, part: &Part) {
    let level = match levels(&part.level) {
        Some(level) => paint(BOLD, &visible(&level)),
        None => paint(DIM, "not there"),
    };
    page.line(2, &format!("{}{} {level}", visible(&part.title), paint(DIM, ":")));
    if part.level.before.is_none() && part.level.after.is_none() {
        return;
    }
    if part.ways.len() > 1 {
        page.line(4, "one of these, or several at once:");
    }
    for one in &part.ways {
        way(page, one, part.ways.len() > 1);
    }
    let created = part.level.before.is_none();
    for one in &part.evidence {
        page.labelled(4, "read:", DIM, &evidence_line(one, created));
    }
}

fn levels(level: &LevelChange) -> Option<String> {
    match (level.before.as_deref(), level.after.as_deref()) {
        (None, None) => None,
        (None, Some(after)) => Some(after.to_owned()),
        (Some(before), None) => Some(format!("{before} → gone")),
        (Some(before), Some(after)) if before == after => Some(after.to_owned()),
        (Some(before), Some(after)) => Some(format!("{before} → {after}")),
    }
}

fn way(page: &mut Page, way: &Way, several: bool) {
    let because = match several {
        true => format!("{}: {}", way.levels.join(" or "), way.because),
        false => way.because.clone(),
    };
    page.labelled(4, if several { "•" } else { "because:" }, PLAIN, &prose(&because));
    let inner = if several { 6 } else { 4 };
    if let Some(decided_by) = &way.decided_by {
        page.line(inner, &format!("{} {}", paint(DIM, "decided by:"), visible(decided_by)));
    }
    if let Some(settle) = &way.settle {
        page.labelled(inner, "to settle it:", PLAIN, &prose(settle));
    }
    if let Some(key) = &way.key {
        page.labelled(inner, "key:", PLAIN, &prose(&key.what));
        if key.trace.len() > 1 {
            let steps: Vec<String> = key.trace.iter().map(|step| visible(step)).collect();
            page.labelled(inner + 2, "from:", PLAIN, &steps.join(" ← "));
        }
        key_facts(page, inner + 2, key, true);
    }
}

/// What is known of a key, in a few lines.
fn key_facts(page: &mut Page, indent: usize, key: &Key, of_a_store: bool) {
    let mut facts: Vec<String> = Vec::new();
    if of_a_store && !key.actions.is_empty() {
        facts.push(format!("Terraform: {}", words::actions(&key.actions)));
    }
    if let Some(category) = key.category.as_ref().filter(|_| of_a_store) {
        facts.push(format!("category {} ({})", category.id, category.from));
    }
    if !key.aliases.is_empty() {
        facts.push(key.aliases.join(", "));
    }
    let properties = key.properties.iter();
    facts.extend(properties.map(|property| match property.has {
        Some(true) => format!("{}: yes", property.id),
        Some(false) => format!("{}: no", property.id),
        None => format!("{}: cannot be told", property.id),
    }));
    if !facts.is_empty() {
        page.labelled(indent, "about it:", PLAIN, &prose(&facts.join(" · ")));
    }
    if of_a_store && !key.findings.is_empty() {
        page.labelled(indent, "found in it:", PLAIN, &prose(&key.findings.join(", ")));
    }
}

fn links(page: &mut Page, label: &str, links: &[Link]) {
    if links.is_empty() {
        return;
    }
    page.line(2, &paint(DIM, label));
    for link in links {
        page.line(
            4,
            &format!("{}  {}", visible(&link.address), paint(DIM, &prose(&link.note))),
        );
    }
}

fn evidence_line(evidence: &Evidence, created: bool) -> String {
    let (before, after) = (state(evidence, &evidence.before), state(evidence, &evidence.after));
    let values = match (created, before == after) {
        (true, _) | (_, true) => after,
        (false, false) => format!("{before} → {after}"),
    };
    let candidates = match evidence.candidates.as_slice() {
        [] => String::new(),
        several => {
            let what: Vec<&str> = several.iter().map(|one| one.what.as_str()).collect();
            format!(" (may be: {})", what.join("; or "))
        }
    };
    prose(&format!(
        "`{}` of {}: {values}{candidates}",
        evidence.path, evidence.address
    ))
}

fn state(evidence: &Evidence, state: &State) -> String {
    match state {
        // The mark decides, not whether a value came along: what is marked is never printed.
        State::Known { .. } if evidence.sensitive => "a sensitive value".into(),
        State::Known { .. } if evidence.withheld => "set".into(),
        State::Known { value } => cut_middle(&value.to_string(), VALUE_WIDTH),
        State::Unknown => "known after apply".into(),
        State::Absent => "not set".into(),
    }
}

fn rules(page: &mut Page, resource: &Resource) {
    let ids: BTreeSet<&str> = resource.rules.iter().map(|one| one.rule.as_str()).collect();
    match ids.len() {
        0 => heading(page, "No rule looked at it"),
        several => heading(
            page,
            &format!("{} looked at it", words::count(several, "rule", "rules")),
        ),
    }
    let (idle, told): (Vec<&Opinion>, Vec<&Opinion>) =
        resource.rules.iter().partition(|one| is_of_no_part(one, resource));
    if ids.is_empty() && !resource.configures.is_empty() {
        page.line(2, "What it sets is judged in what it configures: explain that.");
    }
    for one in told {
        opinion(page, one);
    }
    for part in &resource.parts {
        let of_part = idle
            .iter()
            .filter(|one| one.part.as_deref() == Some(part.id.as_str()))
            .count();
        if of_part > 0 {
            let outcome = paint(DIM, &format!("{:OUTCOME$}", "not-applicable"));
            let what = format!("{}: there is no {}", words::count(of_part, "rule", "rules"), part.title);
            page.line(2, &format!("{outcome} {}", paint(DIM, &prose(&what))));
        }
    }
    if resource.other_rules > 0 {
        page.blank();
        let others = words::count(resource.other_rules, "other rule is", "other rules are");
        page.line(
            0,
            &paint(DIM, &format!("{others} about other types. `planseal rules` lists all.")),
        );
    }
}

/// Whether a rule has nothing to judge because the store has no such part, on neither side.
fn is_of_no_part(opinion: &Opinion, resource: &Resource) -> bool {
    let part = resource
        .parts
        .iter()
        .find(|part| opinion.part.as_deref() == Some(part.id.as_str()));
    let nowhere = part.is_some_and(|part| part.level.before.is_none() && part.level.after.is_none());
    nowhere && opinion.finding.is_none() && opinion.reasons.is_empty()
}

fn opinion(page: &mut Page, opinion: &Opinion) {
    let style = match opinion.outcome.as_str() {
        "violation" => RED.bold(),
        "undetermined" => YELLOW.bold(),
        "advice" => CYAN.bold(),
        "pass" => GREEN,
        _ => DIM,
    };
    let outcome = match opinion.disabled {
        Some(_) => paint(DIM, &format!("{:OUTCOME$}", "switched off")),
        None => paint(style, &format!("{:OUTCOME$}", opinion.outcome)),
    };
    let severity = format!("{:SEVERITY$}", words::severity(opinion.severity));
    let severity = match opinion.finding.is_some() {
        true => paint(severity_style(opinion.severity), &severity),
        false => paint(DIM, &severity),
    };
    let mut facts = vec![visible(&opinion.rule)];
    facts.extend(opinion.part.as_deref().filter(|part| *part != "storage").map(visible));
    if opinion.disabled.is_some() {
        facts.push(format!("would be: {}", opinion.outcome));
    }
    facts.extend(opinion.change.map(|change| words::change(change).to_owned()));
    if opinion.blocking {
        facts.push("blocks".to_owned());
    }
    if opinion.finding.as_ref().is_some_and(|finding| finding.waiver.is_some()) {
        facts.push("waived".to_owned());
    }
    page.line(2, &format!("{outcome} {severity} {}", facts.join(&paint(DIM, " · "))));
    if let Some(reason) = &opinion.disabled {
        page.labelled(SAID, "reason:", PLAIN, &prose(reason));
    }
    let alone = opinion.reasons.is_empty() || opinion.finding.is_some();
    if alone {
        page.labelled(SAID, "", PLAIN, &prose(&opinion.because));
    }
    for one in &opinion.reasons {
        reason(page, opinion, one);
    }
    if let Some(settle) = &opinion.settle {
        page.labelled(SAID, "to settle it:", PLAIN, &prose(settle));
    }
}

/// What stands there, and then which question of the rule that answers. Where a finding says it, the question comes first.
fn reason(page: &mut Page, opinion: &Opinion, reason: &Reason) {
    let answer = match reason.answer.as_str() {
        "unknown" => "cannot be told".to_owned(),
        other => format!("is {other}"),
    };
    let asked = format!("`{}` {answer}", reason.condition);
    let label = format!("{}:", reason.clause);
    if opinion.finding.is_some() && !reason.found.is_empty() {
        page.labelled(SAID, &label, PLAIN, &prose(&format!("{asked}: {}", reason.found)));
        return;
    }
    if !reason.found.is_empty() {
        let style = match opinion.outcome.as_str() {
            "not-applicable" => DIM,
            _ => PLAIN,
        };
        page.labelled(SAID, "", style, &prose(&reason.found));
    }
    page.labelled(SAID, &label, DIM, &prose(&asked));
}
