//! What a plan does to an object.

use super::super::Context;
use super::Place;
use crate::policy::condition::Planned;
use crate::policy::schema::ActionDoc;
use crate::policy::yaml::At;

pub(super) fn actions_test(context: &mut Context<'_>, doc: &At<Vec<ActionDoc>>, place: Place) -> Option<Vec<Planned>> {
    if doc.value.is_empty() {
        context.error(
            doc.span,
            "`actions` is empty",
            "name at least one of `create`, `update`, `replace`, `delete`, `forget`, `no-op`",
        );
        return None;
    }
    let goes = |action: &ActionDoc| matches!(action, ActionDoc::Delete | ActionDoc::Forget);
    if matches!(place, Place::Catalog | Place::KeyProperty) && doc.value.iter().any(goes) {
        context.error(
            doc.span,
            "`delete` and `forget` cannot be asked here",
            "the catalog says what holds of objects that are there; ask in a rule for those that go away",
        );
    }
    Some(doc.value.iter().copied().map(planned).collect())
}

fn planned(doc: ActionDoc) -> Planned {
    match doc {
        ActionDoc::Create => Planned::Create,
        ActionDoc::Update => Planned::Update,
        ActionDoc::Replace => Planned::Replace,
        ActionDoc::Delete => Planned::Delete,
        ActionDoc::Forget => Planned::Forget,
        ActionDoc::NoOp => Planned::NoOp,
    }
}
