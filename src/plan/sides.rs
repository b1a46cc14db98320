//! The two sides of a change: whether there is an object, and its values.

use super::context::{Context, Oddity};
use super::tree::{Members, Tree};
use super::types::{Action, Attributes, LIFECYCLE, Values};
use super::values::Side;

/// The values of a change as written.
#[derive(Default)]
pub(super) struct Sides {
    pub(super) before: Side,
    pub(super) after: Side,
    pub(super) after_unknown: Side,
    pub(super) before_sensitive: Side,
    pub(super) after_sensitive: Side,
}

/// The values before and after.
pub(super) fn sides(
    change: Sides,
    actions: &[Action],
    address: &str,
    wanted: Option<&Attributes>,
    context: &Context<'_>,
) -> (Option<Values>, Option<Values>) {
    let no_object = |side: &Side| matches!(side, Side::Other | Side::Whole(_));
    if no_object(&change.before) || no_object(&change.after) {
        context.odd(Oddity::NoObject, address);
    }
    let had = Expected::before(actions);
    let stays_absent = actions == [Action::NoOp] && change.before.is_absent() && change.after.is_absent();
    let will_have = if stays_absent {
        Expected::Maybe
    } else {
        Expected::after(actions)
    };
    let contradicts = !stays_absent && had.contradicted_by(&change.before);
    if contradicts || will_have.contradicted_by(&change.after) {
        context.odd(Oddity::Inconsistent, address);
    }
    // A weakness counts as an old one only where the values before prove it, so an object before is never supposed,
    // and one that the actions deny is not believed. An object after is supposed wherever the actions say so.
    let before = (had != Expected::No && change.before.is_object()).then(|| {
        let known = change.before.into_known();
        Values {
            unknown: lifecycle(Members::new(), &known, wanted),
            known,
            sensitive: change.before_sensitive.into_sensitive(),
        }
    });
    let after = (will_have == Expected::Yes || change.after.is_object()).then(|| {
        let known = change.after.into_known();
        Values {
            unknown: lifecycle(change.after_unknown.into_unknown(wanted), &known, wanted),
            known,
            sensitive: change.after_sensitive.into_sensitive(),
        }
    });
    (before, after)
}

/// Where policies ask for `lifecycle`, it is unknown: it stands in the configuration's source alone. No attribute is called
/// so, and what writes a plan for tests may say what it is.
fn lifecycle(mut unknown: Members<Tree>, known: &Members<Tree>, wanted: Option<&Attributes>) -> Members<Tree> {
    if wanted.is_some_and(|wanted| wanted.contains(LIFECYCLE)) && known.get(LIFECYCLE).is_none() {
        unknown.insert(LIFECYCLE.into(), Tree::Bool(true));
    }
    unknown
}

/// Whether actions say that one side holds an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Yes,
    No,
    Maybe,
}

impl Expected {
    fn before(actions: &[Action]) -> Self {
        match actions {
            [Action::Create] => Self::No,
            [Action::Read | Action::Open] => Self::Maybe,
            _ => Self::Yes,
        }
    }

    fn after(actions: &[Action]) -> Self {
        match actions {
            [Action::Delete | Action::Forget] => Self::No,
            _ => Self::Yes,
        }
    }

    /// A side that is missing contradicts nothing: Terraform 0.12 betas leave it out.
    fn contradicted_by(self, side: &Side) -> bool {
        match self {
            Self::Yes => *side == Side::Null,
            Self::No => side.is_object(),
            Self::Maybe => false,
        }
    }
}
