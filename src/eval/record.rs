//! Which answers the conditions of rules got: what test cases cover.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::tri::Tri;
use crate::policy::condition::Condition;

/// Which answers a condition got.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// It held at least once.
    pub held: bool,
    /// It did not hold at least once.
    pub failed: bool,
    /// It could not be told at least once.
    pub open: bool,
}

/// Takes note of the answers that conditions get. Conditions are told apart by where they stand in memory, so that a
/// recorder is good for one set of policies.
#[derive(Debug, Default)]
pub struct Recorder {
    answers: RefCell<FxHashMap<usize, Answers>>,
}

impl Recorder {
    pub(super) fn note(&self, condition: &Condition, answer: &Tri) {
        let mut all = self.answers.borrow_mut();
        let answers = all.entry(place(condition)).or_default();
        match answer {
            Tri::True => answers.held = true,
            Tri::False => answers.failed = true,
            Tri::Unknown(_) => answers.open = true,
        }
    }

    /// The answers that a condition got.
    pub fn answers(&self, condition: &Condition) -> Answers {
        self.answers
            .borrow()
            .get(&place(condition))
            .copied()
            .unwrap_or_default()
    }
}

fn place(condition: &Condition) -> usize {
    std::ptr::from_ref(condition) as usize
}

impl Answers {
    /// These and those.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            held: self.held || other.held,
            failed: self.failed || other.failed,
            open: self.open || other.open,
        }
    }
}
