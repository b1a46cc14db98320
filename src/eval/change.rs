//! Before against after: what this plan does to a finding.

use super::category::CategoryFound;
use super::judge::{Judged, Verdict};
use super::reading::Reading;
use super::tri::Tri;
use crate::model::Model;

/// What a finding says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// What is required does not hold.
    Violation,
    /// It cannot be told.
    Undetermined,
    /// A recommendation is not met.
    Advice,
    /// It holds; only where it did not before.
    Pass,
}

/// What this plan does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// New with this plan.
    Introduced,
    /// There before, and worse after.
    Worsened,
    /// There before and after.
    Existing,
    /// There before, gone after.
    Fixed,
}

/// What to show of a target that was judged on both sides; `None` where there is nothing to show.
///
/// `stays` is whether the resource is there after: what is destroyed is not fixed.
pub fn transition(model: &Model<'_>, before: &Judged, after: &Judged, stays: bool) -> Option<(Outcome, Change)> {
    let was = &before.verdict;
    match &after.verdict {
        Verdict::Violation => Some((
            Outcome::Violation,
            against(was, &Verdict::Violation, worse(before, after)),
        )),
        Verdict::Advice => Some((Outcome::Advice, against(was, &Verdict::Advice, false))),
        Verdict::Undetermined(_) => {
            let same = matches!(was, Verdict::Undetermined(_)) && states(model, before) == states(model, after);
            Some((
                Outcome::Undetermined,
                if same { Change::Existing } else { Change::Introduced },
            ))
        }
        Verdict::Pass | Verdict::NotApplicable => {
            (*was == Verdict::Violation && stays).then_some((Outcome::Pass, Change::Fixed))
        }
    }
}

fn against(was: &Verdict, is: &Verdict, worse: bool) -> Change {
    match was {
        same if same == is && worse => Change::Worsened,
        same if same == is => Change::Existing,
        // A violation that is only a recommendation after did not come with this plan.
        Verdict::Violation if *is == Verdict::Advice => Change::Existing,
        Verdict::Advice if *is == Verdict::Violation => Change::Worsened,
        _ => Change::Introduced,
    }
}

fn worse(before: &Judged, after: &Judged) -> bool {
    let parts = before.part.as_ref().zip(after.part.as_ref());
    let dropped = parts.is_some_and(|(before, after)| after.lowered_from(before) == Tri::True);
    // A category that is hidden in this plan alone makes nothing worse.
    let told = |judged: &Judged| match &judged.category {
        Some(category) => matches!(category.found, CategoryFound::Known(_)),
        None => true,
    };
    let more = after.shared_by > before.shared_by;
    dropped || more || after.worsens || told(before) && told(after) && after.severity > before.severity
}

/// What stood where, without the side.
fn states(model: &Model<'_>, judged: &Judged) -> Vec<(String, String, String)> {
    let state = |reading: &Reading| {
        (
            model.resource(reading.resource).address.clone(),
            reading.location.to_string(),
            format!("{:?}", reading.state),
        )
    };
    let mut all: Vec<_> = judged.readings.iter().map(state).collect();
    all.sort();
    all.dedup();
    all
}
