//! What differs from before: of a resource's own attribute.

use super::super::Context;
use super::{Place, alone, operators};
use crate::policy::condition::ChangedTest;
use crate::policy::schema::ConditionDoc;
use crate::policy::yaml::At;

pub(super) fn changed_test(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<ChangedTest> {
    let path = context.path(doc.path.as_ref()?);
    let changed = doc.changed.as_ref()?;
    let beside = operators(doc)
        .into_iter()
        .find(|(name, _)| !["changed", "unset_means"].contains(name));
    if let Some((name, span)) = beside {
        context.error(
            span,
            format!("`{name}` does not go with `changed`"),
            alone("changed", name),
        );
    }
    if matches!(place, Place::Catalog | Place::KeyProperty | Place::Node) {
        context.error(
            changed.span,
            "`changed` cannot be asked here",
            "it is asked of a resource's own attributes, in a rule and outside `where` and `source`",
        );
    }
    Some(ChangedTest {
        path: path?,
        unset_means: doc.unset_means.as_ref().map(|value| value.value.clone()),
        changed: changed.value,
    })
}
