//! Waivers.

use jiff::civil::Date;

use super::super::{Context, Others};
use crate::policy::pattern::Pattern;
use crate::policy::rule::{Rule, Subject};
use crate::policy::schema::WaiverDoc;
use crate::policy::waiver::{DEFAULT_MAX_DAYS, MOST_MAX_DAYS, Waiver, parse_date};
use crate::policy::yaml::{At, suggest};

/// What the waivers of a configuration are checked against.
pub(super) struct Against<'a> {
    pub(super) rules: &'a [Rule],
    /// What is known of rules that are not among these.
    pub(super) others: &'a Others,
    pub(super) max_days: i64,
    /// `None` where nobody says: then a waiver may last for any time.
    pub(super) today: Option<Date>,
}

/// The longest that a waiver may last, in days from today.
pub(super) fn max_days(context: &mut Context<'_>, doc: Option<&At<i64>>) -> i64 {
    let Some(days) = doc else {
        return DEFAULT_MAX_DAYS;
    };
    if !(1..=MOST_MAX_DAYS).contains(&days.value) {
        context.error(
            days.span,
            format!("waivers cannot be allowed to last {days} days"),
            format!("write a number from 1 to {MOST_MAX_DAYS}; what is accepted for longer is a policy: change the rule's severity or parameters"),
        );
        return MOST_MAX_DAYS;
    }
    days.value
}

pub(super) fn waivers(context: &mut Context<'_>, docs: Vec<At<WaiverDoc>>, against: &Against<'_>) -> Vec<Waiver> {
    let mut found: Vec<Waiver> = Vec::new();
    for doc in docs {
        let span = doc.span;
        let Some(waiver) = waiver(context, &doc, against) else {
            continue;
        };
        if let Some(first) = found.iter().find(|one| one.is_about_the_same(&waiver)) {
            let line = first.line;
            context.error(
                span,
                format!("this is about the same as the waiver in line {line}"),
                "keep one of them, with one reason, one owner and one date",
            );
            continue;
        }
        found.push(waiver);
    }
    found
}

fn waiver(context: &mut Context<'_>, doc: &At<WaiverDoc>, against: &Against<'_>) -> Option<Waiver> {
    let rule = written(
        context,
        doc,
        "rule",
        doc.rule.as_ref(),
        "name the rule's id, or a pattern: `rule: \"rds-*\"`",
    );
    let rule = rule.and_then(|rule| rules(context, rule, against));
    let address = written(
        context,
        doc,
        "address",
        doc.address.as_ref(),
        "name what it is about: `address: \"module.legacy.*\"`, or `\"*\"` for everything in the plan",
    );
    let reason = written(
        context,
        doc,
        "reason",
        doc.reason.as_ref(),
        "say why it is accepted, for whoever reads it in a year",
    );
    let owner = written(
        context,
        doc,
        "owner",
        doc.owner.as_ref(),
        "name the team or person who answers for it",
    );
    let expires = written(
        context,
        doc,
        "expires",
        doc.expires.as_ref(),
        "add the last day on which it holds: `expires: YYYY-MM-DD`",
    );
    let expires = expires.and_then(|expires| date(context, expires, against));
    let plan = match &doc.plan {
        Some(plan) if plan.trim().is_empty() => {
            context.error(
                plan.span,
                "`plan` is empty",
                "name the plan as reports call it, or leave `plan` out for all plans",
            );
            return None;
        }
        plan => plan.as_ref().map(|plan| Pattern::new(plan.value.as_str())),
    };
    if let Some(link) = doc.link.as_ref().filter(|link| !link.starts_with("https://")) {
        context.error(
            link.span,
            "a link must be an https:// address",
            "link the ticket or decision that accepts it",
        );
    }
    Some(Waiver {
        rule: Pattern::new(rule?),
        address: Pattern::new(address?.value.as_str()),
        plan,
        reason: reason?.trim().to_owned(),
        owner: owner?.trim().to_owned(),
        expires: expires?,
        link: doc.link.as_ref().map(|link| link.value.clone()),
        file: context.file.to_owned(),
        line: doc.span.line,
    })
}

/// A field that must hold something.
fn written<'d>(
    context: &mut Context<'_>,
    doc: &At<WaiverDoc>,
    name: &str,
    field: Option<&'d At<String>>,
    help: &str,
) -> Option<&'d At<String>> {
    match field {
        Some(text) if text.trim().is_empty() => context.error(text.span, format!("`{name}` is empty"), help),
        Some(text) => return Some(text),
        None => context.absent(doc.span, format!("this waiver has no `{name}`"), help),
    }
    None
}

/// The rules that a waiver names; reports where there is none.
fn rules<'d>(context: &mut Context<'_>, named: &'d At<String>, against: &Against<'_>) -> Option<&'d str> {
    let pattern = Pattern::new(named.value.as_str());
    let is_of_waivers = |id: &str| {
        let mut rules = against.rules.iter();
        rules.any(|rule| rule.id == id && rule.subject == Subject::Waivers)
    };
    let all = context.names.all_rules.iter().chain(&against.others.left_out);
    let (of_waivers, others): (Vec<&str>, Vec<&str>) = all.map(String::as_str).partition(|id| is_of_waivers(id));
    if against.others.unread || others.iter().any(|id| pattern.matches(id)) {
        return Some(named);
    }
    if of_waivers.iter().any(|id| pattern.matches(id)) {
        context.error(
            named.span,
            format!("`{named}` is about waivers, and cannot be waived"),
            "remove the waiver that it finds, or give it another date",
        );
        return None;
    }
    if named.contains('*') {
        context.error(
            named.span,
            format!("no rule's id matches `{named}`"),
            "`planseal rules` lists them; `*` stands for any text",
        );
        return None;
    }
    let help = suggest(named, others.into_iter()).map_or_else(
        || "`planseal rules` lists all rules".to_owned(),
        |close| format!("did you mean `{close}`?"),
    );
    context.error(named.span, format!("unknown rule `{named}`"), help);
    None
}

fn date(context: &mut Context<'_>, written: &At<String>, against: &Against<'_>) -> Option<Date> {
    let Some(date) = parse_date(written) else {
        context.error(
            written.span,
            format!("`{written}` is not a date"),
            "write the last day on which it holds as YYYY-MM-DD, for example 2026-12-31",
        );
        return None;
    };
    if let Some(latest) = latest(against).filter(|latest| date > *latest) {
        let days = against.max_days;
        context.error(
            written.span,
            format!("this waiver would hold for longer than {days} days"),
            format!(
                "{latest} is the latest that it can expire today; `waiver_max_days` says how long waivers may last"
            ),
        );
        return None;
    }
    Some(date)
}

fn latest(against: &Against<'_>) -> Option<Date> {
    let days = jiff::Span::new().try_days(against.max_days).ok()?;
    Some(against.today?.saturating_add(days))
}
