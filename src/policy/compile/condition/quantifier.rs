//! How many of several must pass: `for` and `count`.

use super::super::Context;
use crate::policy::condition::Quantifier;
use crate::policy::schema::{CountDoc, QuantifierDoc};
use crate::policy::yaml::At;

/// What `for` and `count` say: `Some(None)` where neither is written, `None` where they are wrong.
pub(super) fn how_many(
    context: &mut Context<'_>,
    several: Option<&At<QuantifierDoc>>,
    count: Option<&At<CountDoc>>,
) -> Option<Option<Quantifier>> {
    match (several, count) {
        (None, None) => Some(None),
        (Some(several), None) => Some(Some(quantifier(several.value))),
        (None, Some(count)) => counted(context, count).map(Some),
        (Some(several), Some(_)) => {
            context.error(
                several.span,
                "`for` and `count` at once",
                "keep one: `count: { at_least: 1 }` is `for: any`",
            );
            None
        }
    }
}

pub(super) fn quantifier(doc: QuantifierDoc) -> Quantifier {
    match doc {
        QuantifierDoc::Every => Quantifier::Every,
        QuantifierDoc::Any => Quantifier::Any,
    }
}

fn counted(context: &mut Context<'_>, count: &At<CountDoc>) -> Option<Quantifier> {
    let CountDoc { at_least, at_most } = count.value;
    let wrong = match (at_least, at_most) {
        (None, None) => Some((
            "`count` without a bound",
            "write `at_least`, `at_most` or both: `count: { at_least: 2 }`",
        )),
        (Some(least), Some(most)) if least > most => Some((
            "no number is as large as `at_least` and as small as `at_most`",
            "write the smaller one in `at_least`; the same in both is exactly so many",
        )),
        (Some(0), None) => Some((
            "`at_least: 0` always holds",
            "write a larger number, or `at_most: 0` where there must be none",
        )),
        _ => None,
    };
    if let Some((message, help)) = wrong {
        context.error(count.span, message, help);
        return None;
    }
    Some(Quantifier::Count { at_least, at_most })
}
