//! Rules.

use std::sync::Arc;

use serde_json::Value;

use super::condition::{Place, condition};
use super::placeholders::Filled;
use super::{Context, is_kebab};
use crate::plan::TypePattern;
use crate::policy::condition::Condition;
use crate::policy::parameters::shown;
use crate::policy::rule::{Basis, Demand, Fact, Leaf, Missing, OnUndetermined, Only, Rule, Severity, Subject, Types};
use crate::policy::schema::{
    BasisDoc, ConditionDoc, EachDoc, FactDoc, MissingDoc, OnUndeterminedDoc, RuleDoc, SeverityDoc,
};
use crate::policy::template::Template;
use crate::policy::yaml::{At, Span, excerpt, suggest};

pub(super) fn rule(context: &mut Context<'_>, doc: RuleDoc) -> Option<Rule> {
    check_words(context, &doc);
    let parameters: Vec<(String, Value)> = doc
        .parameters
        .iter()
        .map(|(name, value)| (name.value.clone(), value.value.clone()))
        .collect();
    context.parameters = parameters
        .iter()
        .map(|(name, value)| (name.clone(), shown(value)))
        .collect();
    let subject = subject(context, &doc);
    let place = match subject {
        Some(Subject::Types(_)) | None => Place::Resource,
        Some(Subject::Stores(_)) => Place::Store,
        Some(Subject::StoreParts(_)) => Place::StorePart,
        Some(Subject::Keys(_)) => Place::Key,
        Some(Subject::Waivers) => Place::Waiver,
    };
    let when = doc.when.as_ref().map(|when| condition(context, when, place));
    let advice_when = doc.advice_when.as_ref().map(|when| condition(context, when, place));
    let worse_when = doc.worse_when.as_ref().map(|when| condition(context, when, place));
    let severity_when: Vec<_> = doc
        .severity_when
        .iter()
        .map(|case| Some((condition(context, &case.when, place)?, severity(case.severity))))
        .collect();
    let demand = demand(context, &doc, place);
    if place == Place::Waiver {
        check_of_waiver(context, &doc);
    }
    if let Some(Subject::Types(types)) = &subject {
        let own = [
            (&when, &doc.when),
            (&advice_when, &doc.advice_when),
            (&worse_when, &doc.worse_when),
        ];
        let own = own
            .into_iter()
            .filter_map(|(condition, doc)| Some((condition.as_ref()?.as_ref()?, doc.as_ref()?.span)));
        let of_severity = severity_when.iter().zip(&doc.severity_when);
        let of_severity = of_severity.filter_map(|(case, doc)| Some((&case.as_ref()?.0, doc.when.span)));
        for (condition, span) in own.chain(of_severity) {
            context.known_companions(condition, span, types);
        }
        if let Some((demand, span)) = &demand {
            context.known_companions(&demand.condition, *span, types);
        }
    }
    let missing = missing(context, &doc);
    if let Some(first) = &doc.follows {
        context.known_rule(first, &doc.id.value, doc.each.as_ref().map(|each| each.value));
    }
    let written = leaves(context, &doc);
    let message = match &doc.message {
        Some(message) => context.template(message),
        None => Template::of_title(&doc.title.value, doc.per_plan),
    };
    let fix = doc.fix.as_ref().map(|fix| context.template(fix)).unwrap_or_default();
    let fixes = fixes(context, &doc);
    let (demand, span) = demand?;
    let rule = Rule {
        severity: severity(doc.severity),
        severity_when: severity_when.into_iter().collect::<Option<_>>()?,
        controls: doc.controls.iter().map(|control| control.value.clone()).collect(),
        parameters,
        subject: subject?,
        per_plan: doc.per_plan,
        follows: doc.follows.map(|rule| rule.value),
        needs_source: doc.needs_source,
        when: flatten(when)?,
        demand,
        advice_when: flatten(advice_when)?,
        worse_when: flatten(worse_when)?,
        missing,
        on_undetermined: match doc.on_undetermined {
            OnUndeterminedDoc::Fail => OnUndetermined::Fail,
            OnUndeterminedDoc::Warn => OnUndetermined::Warn,
        },
        disabled: None,
        message,
        why: doc.why.map(|why| why.value.trim().to_owned()).unwrap_or_default(),
        fix,
        fixes,
        facts: doc.facts.iter().map(fact).collect(),
        reference: doc.reference.map(|reference| reference.value).unwrap_or_default(),
        file: context.file.to_owned(),
        line: span.line,
        text: Arc::default(),
        written,
        id: doc.id.value,
        title: doc.title.value,
    };
    let filled = Filled {
        place,
        demand: &rule.demand.condition,
        asks_category: rule.conditions().any(Condition::asks_category),
        listed: rule.per_plan,
    };
    for (text, template) in [(&doc.message, &rule.message), (&doc.fix, &rule.fix)] {
        if let Some(text) = text {
            filled.check(context, text, template);
        }
    }
    for ((_, text), (_, template)) in doc.fixes.iter().zip(&rule.fixes) {
        filled.check(context, text, template);
    }
    Some(rule)
}

/// How to mend resources of some types; each is one that the rule looks at.
fn fixes(context: &mut Context<'_>, doc: &RuleDoc) -> Vec<(TypePattern, Template)> {
    let looked_at = doc.resources.iter().flat_map(|types| &types.value);
    let looked_at: Vec<TypePattern> = looked_at.map(|one| TypePattern::new(&one.value)).collect();
    let mut fixes = Vec::new();
    for (name, text) in doc.fixes.iter() {
        context.not_empty("fixes", text);
        let types = TypePattern::new(&name.value);
        let same = |one: &TypePattern| one.takes(&name.value) || one.exact().is_some_and(|exact| types.takes(exact));
        if !looked_at.is_empty() && !looked_at.iter().any(same) {
            context.error(
                name.span,
                format!("the rule does not look at `{}`", excerpt(&name.value)),
                match suggest(&name.value, looked_at.iter().map(TypePattern::text)) {
                    Some(close) => format!("did you mean `{close}`?"),
                    None => "name a type of `resources`".to_owned(),
                },
            );
        }
        fixes.push((types, context.template(text)));
    }
    fixes
}

/// Where the leaves of the rule's conditions stand, in the order of [`Rule::conditions`].
fn leaves(context: &Context<'_>, doc: &RuleDoc) -> Vec<Leaf> {
    let demand = doc.require.iter().chain(&doc.forbid);
    let own = doc
        .when
        .iter()
        .chain(demand)
        .chain(&doc.advice_when)
        .chain(&doc.worse_when);
    let of_severity = doc.severity_when.iter().map(|case| &case.when);
    let mut found = Vec::new();
    for written in own.chain(of_severity) {
        collect_leaves(written, &mut found);
    }
    let leaf = |span: Span| Leaf {
        line: span.line,
        text: context.source_at(span).split_whitespace().collect::<Vec<_>>().join(" "),
    };
    found.into_iter().map(leaf).collect()
}

fn collect_leaves(doc: &At<ConditionDoc>, found: &mut Vec<Span>) {
    let several = doc.all.iter().chain(&doc.any).flatten();
    let inner = [&doc.not, &doc.source, &doc.before, &doc.inner].into_iter().flatten();
    let mut inside = several.chain(inner.map(Box::as_ref)).peekable();
    if doc.all.is_none() && doc.any.is_none() && inside.peek().is_none() {
        found.push(doc.span);
    }
    inside.for_each(|one| collect_leaves(one, found));
}

/// A part that is not written is fine; one that is written and wrong is not.
pub(super) fn flatten<T>(part: Option<Option<T>>) -> Option<Option<T>> {
    match part {
        None => Some(None),
        Some(Some(value)) => Some(Some(value)),
        Some(None) => None,
    }
}

fn subject(context: &mut Context<'_>, doc: &RuleDoc) -> Option<Subject> {
    match (&doc.resources, doc.each.as_ref().map(|each| each.value)) {
        (Some(types), None) => {
            if types.is_empty() {
                context.error(types.span, "`resources` is empty", "name at least one resource type");
            }
            Some(Subject::Types(type_patterns(context, types)))
        }
        (None, None) => {
            context.absent(
                doc.id.span,
                format!("rule `{}` does not say what it looks at", doc.id),
                "write `resources: [aws_…]`, or one of `each: store`, `each: store-part`, `each: key`, `each: waiver`",
            );
            None
        }
        (types, Some(each)) => {
            if let (Some(first), EachDoc::Waiver) = (types.iter().flat_map(|types| &types.value).next(), each) {
                context.error(
                    first.span,
                    "a waiver has no resource type",
                    "leave `resources` out: a rule with `each: waiver` looks at the waivers of the configuration",
                );
            }
            let only = Only(types.as_ref().map(|types| type_patterns(context, types)));
            if let (EachDoc::Store | EachDoc::StorePart, Some(written)) = (each, types) {
                known_stores(context, written);
            }
            Some(match each {
                EachDoc::Store => Subject::Stores(only),
                EachDoc::StorePart => Subject::StoreParts(only),
                EachDoc::Key => Subject::Keys(only),
                EachDoc::Waiver => Subject::Waivers,
            })
        }
    }
}

pub(super) fn type_patterns(context: &mut Context<'_>, written: &[At<String>]) -> Types {
    for one in written {
        type_name(context, one, true);
    }
    Types(written.iter().map(|one| TypePattern::new(&one.value)).collect())
}

/// Whether a text may be the name of a resource type.
fn type_name(context: &mut Context<'_>, written: &At<String>, pattern: bool) {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-' || pattern && c == '*';
    if written.value.is_empty() || !written.value.chars().all(fits) {
        let help = match (pattern, written.value.strip_prefix("data.")) {
            (_, Some(_)) => "rules look at resources, and not at data sources",
            (true, None) => "write it like `aws_kms_key`; in a pattern of types (`aws_db_*`), `*` stands for anything",
            (false, None) => "write it like `aws_kms_key`; patterns stand under `resources` only",
        };
        context.error(
            written.span,
            format!("`{}` is not the name of a resource type", excerpt(&written.value)),
            help,
        );
    }
}

/// Beside `each`, a type that is no store is never looked at.
pub(super) fn known_stores(context: &mut Context<'_>, written: &[At<String>]) {
    let names = context.names;
    for one in written {
        let pattern = TypePattern::new(&one.value);
        if names.stores.iter().any(|name| pattern.takes(name)) {
            continue;
        }
        let help = match suggest(&one.value, names.stores.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "leave `each` out to look at resources of any type".to_owned(),
        };
        context.error(
            one.span,
            format!("the catalog knows no store `{}`", excerpt(&one.value)),
            help,
        );
    }
}

/// Waivers have no before and after, and each of them is a finding of its own.
fn check_of_waiver(context: &mut Context<'_>, doc: &RuleDoc) {
    let without = [
        ("worse_when", doc.worse_when.as_ref().map(|when| when.span)),
        ("follows", doc.follows.as_ref().map(|rule| rule.span)),
        ("per_plan", doc.per_plan.then_some(doc.id.span)),
        ("needs_source", doc.needs_source.then_some(doc.id.span)),
    ];
    for (name, span) in without {
        if let Some(span) = span {
            context.error(
                span,
                format!("`{name}` does not go with `each: waiver`"),
                "leave it out: each waiver is judged for itself, once for all plans",
            );
        }
    }
}

fn missing(context: &mut Context<'_>, doc: &RuleDoc) -> Option<Missing> {
    let missing: &At<MissingDoc> = doc.missing.as_ref()?;
    if doc.resources.is_none() || doc.each.is_some() {
        context.error(
            missing.span,
            "`missing` does not belong here",
            "it goes with `resources`, for a resource that there is once per account and Region",
        );
    }
    context.not_empty("title", &missing.title);
    for one in &missing.used_by {
        type_name(context, one, false);
    }
    Some(Missing {
        used_by: missing.used_by.iter().map(|one| one.value.clone()).collect(),
        title: missing.title.value.clone(),
        advice: context.template(&missing.advice),
        told_by: missing.told_by.map(super::catalog::account_flag),
    })
}

fn demand(context: &mut Context<'_>, doc: &RuleDoc, place: Place) -> Option<(Demand, Span)> {
    let (written, forbidden) = match (&doc.require, &doc.forbid) {
        (Some(require), None) => (require, false),
        (None, Some(forbid)) => (forbid, true),
        (None, None) => {
            context.absent(
                doc.id.span,
                format!("rule `{}` demands nothing", doc.id),
                "write `require:` (what must hold) or `forbid:` (what must not)",
            );
            return None;
        }
        (Some(_), Some(forbid)) => {
            context.error(
                forbid.span,
                format!("rule `{}` demands two things", doc.id),
                "write either `require` or `forbid`; what must hold together stands in one condition, under `all:`",
            );
            return None;
        }
    };
    let demand = Demand {
        condition: condition(context, written, place)?,
        forbidden,
    };
    Some((demand, written.span))
}

fn check_words(context: &mut Context<'_>, doc: &RuleDoc) {
    if !is_kebab(&doc.id.value) {
        context.error(
            doc.id.span,
            format!("`{}` is not a rule id", doc.id),
            "use lower-case words joined by hyphens, naming the bad thing: `kms-rotation-disabled`",
        );
    }
    if let Some(reference) = &doc.reference {
        context.check_reference(reference);
    }
    for fact in &doc.facts {
        context.not_empty("fact", &fact.fact);
        check_basis(context, fact);
    }
    for (name, text) in [
        ("title", Some(&doc.title)),
        ("message", doc.message.as_ref()),
        ("why", doc.why.as_ref()),
        ("fix", doc.fix.as_ref()),
    ] {
        if let Some(text) = text {
            context.not_empty(name, text);
        }
    }
}

fn check_basis(context: &mut Context<'_>, fact: &FactDoc) {
    let documented = fact.basis.value == BasisDoc::Documented;
    match &fact.reference {
        Some(reference) if documented => context.check_reference(reference),
        Some(reference) => context.error(
            reference.span,
            "`reference` beside a fact that is not documented",
            "write `basis: documented`, if that page says so, or leave `reference` out",
        ),
        None if documented => context.error(
            fact.basis.span,
            "a documented fact without `reference`",
            "add `reference: https://…`, the page that says so",
        ),
        None => {}
    }
}

fn fact(doc: &FactDoc) -> Fact {
    Fact {
        text: doc.fact.value.trim().to_owned(),
        basis: match doc.basis.value {
            BasisDoc::Documented => Basis::Documented,
            BasisDoc::Measured => Basis::Measured,
            BasisDoc::Schema => Basis::Schema,
            BasisDoc::GeneralKnowledge => Basis::GeneralKnowledge,
            BasisDoc::Unverified => Basis::Unverified,
        },
        reference: doc.reference.as_ref().map(|one| one.value.clone()),
    }
}

pub(super) fn severity(doc: SeverityDoc) -> Severity {
    match doc {
        SeverityDoc::Low => Severity::Low,
        SeverityDoc::Medium => Severity::Medium,
        SeverityDoc::High => Severity::High,
        SeverityDoc::Critical => Severity::Critical,
    }
}
