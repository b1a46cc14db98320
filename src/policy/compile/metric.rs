//! Metrics.

use std::collections::BTreeMap;

use super::condition::{Place, condition};
use super::rule::{flatten, known_stores, type_patterns};
use super::{Context, Others, is_kebab};
use crate::policy::Policies;
use crate::policy::condition::Condition;
use crate::policy::metric::{Metric, Part};
use crate::policy::rule::{Demand, OnUndetermined, Only, Rule, Severity, Subject};
use crate::policy::schema::{ConditionDoc, MetricDoc, MetricEachDoc, MetricPartDoc};
use crate::policy::template::Template;
use crate::policy::yaml::{At, suggest};

/// What a part of a metric may be.
const PARTS: &str = "write `rule: ID`, or `resources: […]` (or `each: store`) with `require: …`";

/// Compiles a metric; `policies` holds the rules.
pub(super) fn metric(
    context: &mut Context<'_>,
    doc: MetricDoc,
    others: &Others,
    policies: &Policies,
    seen: &mut BTreeMap<String, String>,
) -> Option<Metric> {
    context.of_metric = true;
    check_words(context, &doc, seen);
    let target = doc.target.as_ref().map_or(1.0, |target| target.value);
    if let Some(written) = doc.target.as_ref().filter(|_| !(0.0..=1.0).contains(&target)) {
        let help = match target > 1.0 && target <= 100.0 {
            true => format!("write `{}` for {target} of 100", target / 100.0),
            false => "write `1.0` for all of them, `0.9` for nine of ten".to_owned(),
        };
        context.error(written.span, "a target is a share from 0 to 1", help);
    }
    if doc.of.is_empty() {
        context.error(doc.of.span, "the metric counts nothing", PARTS);
    }
    let parts: Vec<Option<Part>> = doc
        .of
        .iter()
        .map(|one| part(context, &doc, one, others, policies))
        .collect();
    Some(Metric {
        target,
        parts: parts.into_iter().collect::<Option<_>>()?,
        why: doc.why.map(|why| why.value.trim().to_owned()).unwrap_or_default(),
        reference: doc.reference.map(|reference| reference.value).unwrap_or_default(),
        file: context.file.to_owned(),
        line: doc.metric.span.line,
        text: context.errors.sources().shared(context.file).unwrap_or_default(),
        id: doc.metric.value,
        title: doc.title.value,
    })
}

fn check_words(context: &mut Context<'_>, doc: &MetricDoc, seen: &mut BTreeMap<String, String>) {
    context.once("metric", &doc.metric, seen);
    if !is_kebab(&doc.metric.value) {
        context.error(
            doc.metric.span,
            format!("`{}` is not the name of a metric", doc.metric),
            "use lower-case words joined by hyphens, naming what counts: `keys-with-rotation`",
        );
    }
    if context.names.all_rules.contains(&doc.metric.value) {
        context.error(
            doc.metric.span,
            format!("`{}` is the id of a rule", doc.metric),
            "name what counts, and not what is wrong: `planseal explain` would not know which of both is meant",
        );
    }
    context.not_empty("title", &doc.title);
    if let Some(why) = &doc.why {
        context.not_empty("why", why);
    }
    if let Some(reference) = &doc.reference {
        context.check_reference(reference);
    }
}

fn part(
    context: &mut Context<'_>,
    doc: &MetricDoc,
    part: &At<MetricPartDoc>,
    others: &Others,
    policies: &Policies,
) -> Option<Part> {
    let own = [
        ("resources", part.resources.as_ref().map(|one| one.span)),
        ("each", part.each.as_ref().map(|one| one.span)),
        ("require", part.require.as_ref().map(|one| one.span)),
    ];
    let mut own = own.into_iter().filter_map(|(name, span)| Some((name, span?)));
    match (&part.rule, own.next()) {
        (Some(rule), None) => of_rule(context, doc, part, rule, others, policies),
        (Some(_), Some((name, span))) => {
            context.error(
                span,
                format!("`{name}` does not go with `rule`"),
                "the rule says what it looks at and what it requires; `when` beside it says which of that counts",
            );
            None
        }
        (None, _) => of_its_own(context, doc, part),
    }
}

fn of_rule(
    context: &mut Context<'_>,
    doc: &MetricDoc,
    part: &At<MetricPartDoc>,
    name: &At<String>,
    others: &Others,
    policies: &Policies,
) -> Option<Part> {
    if !context.names.all_rules.contains(&name.value) {
        unknown_rule(context, name, others);
        return None;
    }
    // Where there is none, what is wrong with it has been said.
    let rule = policies.rules.iter().find(|rule| rule.id == name.value)?;
    let place = match &rule.subject {
        Subject::Types(_) => Place::Resource,
        Subject::Stores(_) => Place::Store,
        Subject::StoreParts(_) => Place::StorePart,
        Subject::Keys(_) => Place::Key,
        Subject::Waivers => {
            context.error(
                name.span,
                format!("`{name}` looks at waivers"),
                "a metric counts resources of a plan",
            );
            return None;
        }
    };
    if rule
        .when
        .iter()
        .chain([&rule.demand.condition])
        .any(Condition::asks_of_the_plan)
    {
        context.error(
            name.span,
            format!("`{name}` asks what a plan does, and that cannot be counted"),
            "a metric counts what there is before a plan and after it: name a rule about that",
        );
        return None;
    }
    let filter = match &part.when {
        None => None,
        Some(when) => {
            let holds = of_state(context, when, place)?;
            if let Subject::Types(types) = &rule.subject {
                context.known_companions(&holds, when.span, types);
            }
            Some(Box::new(wordless(context, doc, rule.subject.clone(), None, holds)))
        }
    };
    Some(Part::Rule {
        rule: name.value.clone(),
        filter,
    })
}

fn unknown_rule(context: &mut Context<'_>, name: &At<String>, others: &Others) {
    if others.left_out.contains(&name.value) {
        context.error(
            name.span,
            format!("the rule `{name}` is left out"),
            "it comes with planseal, and `--no-default-policies` leaves its rules out",
        );
    } else if !others.unread {
        let ids = context.names.all_rules.iter().map(String::as_str);
        let help = suggest(&name.value, ids).map_or_else(
            || "`planseal rules` lists the ids".to_owned(),
            |close| format!("did you mean `{close}`?"),
        );
        context.error(name.span, format!("unknown rule `{name}`"), help);
    }
}

fn of_its_own(context: &mut Context<'_>, doc: &MetricDoc, part: &At<MetricPartDoc>) -> Option<Part> {
    let subject = subject(context, part);
    let place = match &subject {
        Some(Subject::StoreParts(_)) => Place::StorePart,
        Some(Subject::Keys(_)) => Place::Key,
        _ => Place::Resource,
    };
    let when = part.when.as_ref().map(|when| of_state(context, when, place));
    let Some(require) = &part.require else {
        if subject.is_some() {
            let message = "nothing tells which of them are as they should be";
            context.absent(part.span, message, "add `require: …`, as in a rule");
        }
        return None;
    };
    let holds = of_state(context, require, place);
    if let Some(Subject::Types(types)) = &subject {
        let written = [(when.as_ref(), &part.when), (Some(&holds), &part.require)];
        for (condition, doc) in written {
            if let (Some(Some(condition)), Some(doc)) = (condition, doc) {
                context.known_companions(condition, doc.span, types);
            }
        }
    }
    let rule = wordless(context, doc, subject?, flatten(when)?, holds?);
    Some(Part::Own(Box::new(rule)))
}

fn subject(context: &mut Context<'_>, part: &At<MetricPartDoc>) -> Option<Subject> {
    if let Some(types) = part.resources.as_ref().filter(|types| types.is_empty()) {
        context.error(types.span, "`resources` is empty", "name at least one resource type");
    }
    let types = part.resources.as_ref().map(|types| type_patterns(context, types));
    match (types, part.each.as_ref().map(|each| each.value)) {
        (Some(types), None) => Some(Subject::Types(types)),
        (only, Some(MetricEachDoc::Store)) => {
            if let Some(written) = &part.resources {
                known_stores(context, written);
            }
            Some(Subject::StoreParts(Only(only)))
        }
        (only, Some(MetricEachDoc::Key)) => Some(Subject::Keys(Only(only))),
        (None, None) => {
            context.absent(part.span, "this part of the metric does not say what counts", PARTS);
            None
        }
    }
}

/// A condition that holds, or does not, of a state alone.
fn of_state(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<Condition> {
    let condition = condition(context, doc, place)?;
    if condition.asks_of_the_plan() {
        context.error(
            doc.span,
            "this asks what a plan does, and that cannot be counted",
            "ask what there is: a metric is measured before a plan and after it",
        );
        return None;
    }
    Some(condition)
}

/// A rule that is only asked.
fn wordless(
    context: &Context<'_>,
    doc: &MetricDoc,
    subject: Subject,
    when: Option<Condition>,
    condition: Condition,
) -> Rule {
    Rule {
        id: doc.metric.value.clone(),
        title: doc.title.value.clone(),
        severity: Severity::Low,
        severity_when: Vec::new(),
        controls: Vec::new(),
        parameters: Vec::new(),
        subject,
        per_plan: false,
        follows: None,
        when,
        demand: Demand {
            condition,
            forbidden: false,
        },
        advice_when: None,
        worse_when: None,
        missing: None,
        on_undetermined: OnUndetermined::Warn,
        disabled: None,
        message: Template::default(),
        why: String::new(),
        fix: Template::default(),
        fixes: Vec::new(),
        facts: Vec::new(),
        needs_source: false,
        reference: String::new(),
        file: context.file.to_owned(),
        line: doc.metric.span.line,
        text: std::sync::Arc::default(),
        written: Vec::new(),
    }
}
