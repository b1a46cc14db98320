//! Tests of attributes.

use serde_json::Value;

use super::super::{Context, lists};
use super::matches::pattern;
use super::quantifier::how_many;
use super::{Place, alone, condition};
use crate::model::document::Format;
use crate::model::path::Path;
use crate::policy::condition::{PathTest, Quantifier, Test};
use crate::policy::schema::{ConditionDoc, FormatDoc, ListOf};
use crate::policy::yaml::At;

pub(super) fn path_test(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<PathTest> {
    let text = doc.path.as_ref()?;
    let path = match &doc.written {
        Some(_) => context.path(text)?,
        None => context.condition_path(text, place == Place::Node)?,
    };
    let mut tests = Vec::new();
    if let Some(At {
        value: Value::Array(_),
        span,
    }) = &doc.equals
    {
        context.error(
            *span,
            "`equals` compares with one value, and this is a list",
            "for one of several values write `in: [a, b]`; of an attribute that is a list, ask its elements (`$.name[*]`, with \
             `for`), or write `in: [[a, b]]` where it must be exactly this list",
        );
        return None;
    }
    tests.extend(doc.equals.as_ref().map(|value| Test::Equals(value.value.clone())));
    if let Some(values) = &doc.one_of {
        tests.push(Test::In(lists::values(context, values)?));
    }
    tests.extend(doc.at_least.as_ref().map(|bound| Test::AtLeast(bound.value)));
    tests.extend(doc.at_most.as_ref().map(|bound| Test::AtMost(bound.value)));
    tests.extend(doc.days_ahead.as_ref().map(|days| Test::DaysAhead(days.value)));
    if let Some(names) = &doc.covers {
        tests.push(Test::Covers(lists::texts(context, names)?));
    }
    if let Some(text) = &doc.matches {
        tests.push(Test::Matches(pattern(context, text)?));
    }
    tests.extend(doc.set.as_ref().map(|set| Test::Set(set.value)));
    let among = match &doc.among {
        Some(values) => Some(known(context, doc, values)?),
        None => None,
    };
    let inner = match &doc.inner {
        Some(inner) => Some(Box::new(condition(context, inner, Place::Node)?)),
        None => None,
    };
    if tests.is_empty() && inner.is_none() && doc.written.is_none() {
        context.error(
            doc.span,
            format!("nothing is asked of `{path}`"),
            "add `equals`, `in`, `at_least`, `at_most`, `days_ahead`, `covers`, `matches`, `set`, `changed`, `lowered`, `written` \
             or `where`",
        );
        return None;
    }
    check_inner(context, doc, place, !tests.is_empty());
    let nodes = quantifier(context, doc, text, &path)?;
    Some(PathTest {
        written: doc.written.as_ref().map(|written| written.value),
        read_as: doc.read_as.as_ref().map(|format| match format.value {
            FormatDoc::Json => Format::Json,
            FormatDoc::IamPolicy => Format::IamPolicy,
            FormatDoc::Certificate => Format::Certificate,
        }),
        inner,
        path,
        tests,
        among,
        unset_means: doc.unset_means.as_ref().map(|value| value.value.clone()),
        unknown_means: doc.unknown_means.as_ref().map(|value| value.value.clone()),
        nodes,
    })
}

/// The values that `among` names; each that `in` names is one of them.
fn known(context: &mut Context<'_>, doc: &At<ConditionDoc>, values: &At<ListOf<Value>>) -> Option<Vec<Value>> {
    let known = lists::values(context, values)?;
    let Some(wanted) = &doc.one_of else {
        context.error(
            values.span,
            "`among` goes with `in`",
            "write `in: […]`, the values that pass, beside all that the rule knows",
        );
        return None;
    };
    let wanted = lists::values(context, wanted)?;
    if let Some(missing) = wanted.iter().find(|one| !known.contains(one)) {
        context.error(
            values.span,
            format!("{missing} is not among these, and `in` names it"),
            "`among` holds all values that the rule knows: add it",
        );
        return None;
    }
    Some(known)
}

/// How many nodes must pass. Where a path may select several or none, it is said on purpose.
fn quantifier(
    context: &mut Context<'_>,
    doc: &At<ConditionDoc>,
    path: &At<String>,
    parsed: &Path,
) -> Option<Quantifier> {
    let several = doc.quantifier.as_ref().map(|one| ("for", one.span));
    let several = several.or(doc.count.as_ref().map(|one| ("count", one.span)));
    if let (Some(_), true, Some((name, span))) = (&doc.written, parsed.names_one(), several) {
        context.error(
            span,
            format!("`{name}` does not go with `written`"),
            alone("written", name),
        );
        return None;
    }
    let amount = match &doc.written {
        Some(_) => None,
        None => how_many(context, doc.quantifier.as_ref(), doc.count.as_ref())?,
    };
    match amount {
        Some(quantifier) => Some(quantifier),
        None if parsed.names_one() => Some(Quantifier::Every),
        // `where` says it of itself.
        None if doc.inner.is_some() => None,
        None if doc.written.is_some() => {
            context.error(
                path.span,
                "`written` is asked of one attribute",
                "write a path that names one attribute, with a position for `[*]`: `$.rule[0].id`",
            );
            None
        }
        None => {
            context.error(
                path.span,
                format!("`{parsed}` may select several nodes, or none"),
                "add `for: any` (at least one of them; of none at all it does not hold), `for: every` (each of them; of none \
                 at all it holds) or `count: { at_least: 1 }`",
            );
            None
        }
    }
}

/// `where` asks about the parts of a node, so nothing else can be asked of the node as a whole.
fn check_inner(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place, tested: bool) {
    if let (Some(inner), true) = (
        &doc.inner,
        tested || doc.written.is_some() || doc.unset_means.is_some() || doc.unknown_means.is_some(),
    ) {
        context.error(
            inner.span,
            "`where` stands alone",
            "write the other test as a condition of its own, under `all:`",
        );
    }
    if let (Some(inner), None, None) = (&doc.inner, &doc.quantifier, &doc.count) {
        context.error(
            inner.span,
            "`where` does not say for how many nodes",
            "add `for: any` (at least one of them; of none at all it does not hold), `for: every` (each of them; of none at \
             all it holds) or `count: { at_least: 1 }`",
        );
    }
    if let (Some(unknown), true) = (&doc.unknown_means, place != Place::Node) {
        context.error(
            unknown.span,
            "`unknown_means` belongs inside `where`",
            "an attribute that is not known yet leaves the answer untold; ask for parts of a document under `where:`",
        );
    }
    if let (Some(format), None) = (&doc.read_as, &doc.inner) {
        context.error(
            format.span,
            "`read_as` needs `where`",
            "say under `where:` what must hold in the document",
        );
    }
    if let (Some(written), true) = (&doc.written, place == Place::Node || tested) {
        context.error(
            written.span,
            "`written` stands alone, and is asked of a resource's own arguments",
            "write it as a condition of its own, outside `where` and `source`",
        );
    }
}
