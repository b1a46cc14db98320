//! Ranges of numbers.

use serde_json::Value;

use super::super::{Context, lists};
use super::Place;
use crate::model::path::Path;
use crate::model::same::number;
use crate::policy::condition::RangeTest;
use crate::policy::schema::{ListOf, RangeTestDoc};
use crate::policy::yaml::{At, excerpt};

pub(super) fn range_test(context: &mut Context<'_>, doc: &RangeTestDoc, place: Place) -> Option<RangeTest> {
    let from = end(context, &doc.from, place);
    let to = end(context, &doc.to, place);
    let holds = numbers(context, &doc.holds);
    Some(RangeTest {
        from: from?,
        to: to?,
        holds: holds?,
    })
}

/// The attribute of one end.
fn end(context: &mut Context<'_>, text: &At<String>, place: Place) -> Option<Path> {
    let path = context.condition_path(text, place == Place::Node)?;
    if !path.names_one() {
        context.error(
            text.span,
            format!("`{path}` is no end of one range"),
            "name one attribute; for each of several blocks write `{ path: $.ingress[*], for: any, where: { range: … } }`, where \
             paths start in the block",
        );
        return None;
    }
    Some(path)
}

fn numbers(context: &mut Context<'_>, doc: &At<ListOf<Value>>) -> Option<Vec<f64>> {
    let values = lists::values(context, doc)?;
    if values.is_empty() {
        context.error(doc.span, "`holds` is empty", "write the numbers that a range may hold");
        return None;
    }
    if let Some(other) = values.iter().find(|value| number(value).is_none()) {
        let span = match &doc.value {
            ListOf::Values(all) => all.iter().find(|one| one.value == *other).map(|one| one.span),
            ListOf::Named(_) => None,
        };
        context.error(
            span.unwrap_or(doc.span),
            format!("a range holds numbers, and `{}` is none", excerpt(&other.to_string())),
            "write numbers alone, or the name of a list of numbers",
        );
        return None;
    }
    Some(values.iter().filter_map(number).collect())
}
