//! Tests of attributes.

use super::super::Context;
use super::{Place, condition};
use crate::model::document::Format;
use crate::policy::condition::{PathTest, Quantifier, Test};
use crate::policy::schema::{ConditionDoc, FormatDoc, QuantifierDoc};
use crate::policy::yaml::At;

pub(super) fn path_test(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<PathTest> {
    let path = context.path(doc.path.as_ref()?)?;
    let mut tests = Vec::new();
    tests.extend(doc.equals.as_ref().map(|value| Test::Equals(value.value.clone())));
    tests.extend(
        doc.one_of
            .as_ref()
            .map(|values| Test::In(values.iter().map(|value| value.value.clone()).collect())),
    );
    tests.extend(doc.at_least.as_ref().map(|bound| Test::AtLeast(bound.value)));
    tests.extend(doc.at_most.as_ref().map(|bound| Test::AtMost(bound.value)));
    tests.extend(
        doc.covers
            .as_ref()
            .map(|names| Test::Covers(names.iter().map(|name| name.value.clone()).collect())),
    );
    tests.extend(doc.set.as_ref().map(|set| Test::Set(set.value)));
    let inner = match &doc.inner {
        Some(inner) => Some(Box::new(condition(context, inner, Place::Node)?)),
        None => None,
    };
    if tests.is_empty() && inner.is_none() && doc.written.is_none() {
        context.error(
            doc.span,
            format!("nothing is asked of `{path}`"),
            "add `equals`, `in`, `at_least`, `at_most`, `covers`, `set`, `lowered`, `written` or `where`",
        );
        return None;
    }
    check_inner(context, doc, place, !tests.is_empty());
    Some(PathTest {
        written: doc.written.as_ref().map(|written| written.value),
        read_as: doc.read_as.as_ref().map(|format| match format.value {
            FormatDoc::Json => Format::Json,
            FormatDoc::IamPolicy => Format::IamPolicy,
        }),
        inner,
        path,
        tests,
        unset_means: doc.unset_means.as_ref().map(|value| value.value.clone()),
        nodes: match doc.quantifier.as_ref().map(|quantifier| quantifier.value) {
            None | Some(QuantifierDoc::Every) => Quantifier::Every,
            Some(QuantifierDoc::Any) => Quantifier::Any,
        },
    })
}

/// `where` asks about the parts of a node, so nothing else can be asked of the node as a whole.
fn check_inner(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place, tested: bool) {
    if let (Some(inner), true) = (&doc.inner, tested || doc.written.is_some() || doc.unset_means.is_some()) {
        context.error(
            inner.span,
            "`where` stands alone",
            "write the other test as a condition of its own, under `all:`",
        );
    }
    if let (Some(inner), None) = (&doc.inner, &doc.quantifier) {
        context.error(
            inner.span,
            "`where` does not say for how many nodes",
            "add `for: any` or `for: every` (of no node at all, `every` holds)",
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
