//! What a plan does to an object, in one word.

use crate::model::Resource;
use crate::plan::Action;
use crate::policy::condition::Planned;

/// What the plan does to a resource's object; `None` where it is only read.
pub(in crate::eval) fn planned(resource: &Resource) -> Option<Planned> {
    match resource.actions.as_slice() {
        [Action::Create] => Some(Planned::Create),
        [Action::Update] => Some(Planned::Update),
        [Action::Delete] => Some(Planned::Delete),
        [Action::Forget] => Some(Planned::Forget),
        [Action::NoOp] => Some(Planned::NoOp),
        // The new object stands in the place of the old one, be that deleted or forgotten.
        several if several.contains(&Action::Create) => Some(Planned::Replace),
        _ => None,
    }
}
