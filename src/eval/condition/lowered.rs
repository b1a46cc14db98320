//! What this plan does to an attribute that has an order.

use serde_json::Value;

use super::super::reading::{Possible, Reading, possible};
use super::super::tri::{Doubt, Tri, merge};
use super::Scope;
use crate::model::Side;
use crate::model::same::{is_empty, number, same};
use crate::model::value::{Found, State};
use crate::policy::condition::LoweredTest;

/// Where a value may stand in an order, from the least to the most that it may be.
#[derive(Debug, Default, PartialEq)]
struct Range {
    least: Option<f64>,
    most: Option<f64>,
    /// Whether it may be that nothing is set.
    unset: bool,
    doubts: Vec<Doubt>,
}

impl Range {
    fn add(&mut self, rank: f64) {
        self.least = Some(self.least.map_or(rank, |least| least.min(rank)));
        self.most = Some(self.most.map_or(rank, |most| most.max(rank)));
    }
}

impl Scope<'_> {
    /// Whether the attribute is lower after this plan than before. What is not there before cannot be lowered.
    pub(super) fn lowered_test(&mut self, test: &LoweredTest) -> Tri {
        let there = self.facts.model.resource(self.resource).values(Side::Before).is_some();
        if self.side == Side::Before || !there {
            return Tri::known(!test.lowered);
        }
        let answer = self.lowered(test);
        if test.lowered { answer } else { answer.negate() }
    }

    fn lowered(&mut self, test: &LoweredTest) -> Tri {
        let select = |side| self.facts.model.select(self.resource, side, &self.base, &test.path);
        let (before, after) = (select(Side::Before), select(Side::After));
        let states = |found: &[Found]| found.iter().map(|one| one.state.clone()).collect::<Vec<State>>();
        // Whatever it is, it stays so.
        if states(&before) == states(&after) {
            return Tri::False;
        }
        let was = self.lowest(&before, Side::Before, test);
        let is = self.lowest(&after, Side::After, test);
        compare(was, is, test)
    }

    /// The least of several nodes: it is the one that counts.
    fn lowest(&mut self, nodes: &[Found], side: Side, test: &LoweredTest) -> Range {
        let mut lowest: Option<Range> = None;
        for found in nodes {
            let mut reading = Reading::of(self.resource, side, found);
            let mut range = Range::default();
            for value in possible(self.facts.model, &self.facts.resolver, &mut reading) {
                range_of(&value, test, &mut range);
            }
            self.readings.push(reading);
            lowest = Some(match lowest {
                None => range,
                Some(there) => least(there, range),
            });
        }
        lowest.unwrap_or_default()
    }
}

fn range_of(value: &Possible, test: &LoweredTest, range: &mut Range) {
    let rank = match value {
        Possible::Value(value) if !is_empty(value) => rank(value, test),
        Possible::Value(_) | Possible::NotSet => match &test.unset_means {
            Some(meant) => rank(meant, test),
            None => {
                range.unset = true;
                return;
            }
        },
        Possible::Unknown(doubt) | Possible::Something(doubt) => {
            return merge(&mut range.doubts, vec![doubt.clone()]);
        }
    };
    match rank {
        Some(rank) => range.add(rank),
        None => merge(&mut range.doubts, vec![no_place(test)]),
    }
}

/// A value's place in the order; a number's place is itself.
fn rank(value: &Value, test: &LoweredTest) -> Option<f64> {
    let Some(order) = &test.order else {
        return number(value);
    };
    let step = order.iter().position(|step| step.iter().any(|one| same(value, one)))?;
    u32::try_from(step).ok().map(f64::from)
}

fn no_place(test: &LoweredTest) -> Doubt {
    Doubt {
        because: format!("the value of `{}` is none that the rule knows the order of", test.path),
        settle: "add the value to the rule's `order`".into(),
    }
}

fn least(one: Range, other: Range) -> Range {
    let lower = |left: Option<f64>, right: Option<f64>| match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (some, None) | (None, some) => some,
    };
    let mut doubts = one.doubts;
    merge(&mut doubts, other.doubts);
    Range {
        least: lower(one.least, other.least),
        most: lower(one.most, other.most),
        unset: one.unset || other.unset,
        doubts,
    }
}

fn compare(was: Range, is: Range, test: &LoweredTest) -> Tri {
    let path = &test.path;
    let mut doubts = was.doubts;
    // What was not set was not lowered either.
    if was.least.is_none() && doubts.is_empty() {
        return Tri::False;
    }
    merge(&mut doubts, is.doubts);
    if was.unset || is.unset {
        let doubt = Doubt {
            because: format!("`{path}` may not be set, and what then holds is not in the plan"),
            settle: format!("write `{path}`"),
        };
        merge(&mut doubts, vec![doubt]);
    }
    match (was.least.zip(was.most), is.least.zip(is.most)) {
        (Some((was_least, _)), Some((_, is_most))) if doubts.is_empty() && is_most < was_least => Tri::True,
        (Some((_, was_most)), Some((is_least, _))) if doubts.is_empty() && is_least >= was_most => Tri::False,
        _ => {
            if doubts.is_empty() {
                doubts.push(Doubt {
                    because: format!("nothing in the plan tells which of several values `{path}` has"),
                    settle: "write the value without a condition".into(),
                });
            }
            Tri::Unknown(doubts)
        }
    }
}
