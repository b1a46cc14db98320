//! How many of several things pass, where it may not be told which of them are there and which of them pass.

use super::tri::{Doubt, Tri, merge};
use crate::policy::condition::Quantifier;

/// Votes on one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Whether one of them passes.
    any: Tri,
    /// Whether each of them passes.
    every: Tri,
    /// Whether one of them is there, whether it passes or not.
    some: Tri,
    /// So many pass for certain.
    least: usize,
    /// No more than so many pass; `None`: any number may.
    most: Option<usize>,
    doubts: Vec<Doubt>,
}

impl Default for Tally {
    /// Of nothing at all: each of them passes, and none does.
    fn default() -> Self {
        Self {
            any: Tri::False,
            every: Tri::True,
            some: Tri::False,
            least: 0,
            most: Some(0),
            doubts: Vec::new(),
        }
    }
}

impl Tally {
    /// One thing: whether it is there, and whether it passes where it is.
    pub fn one(there: Tri, passes: Tri) -> Self {
        let both = Tri::all([there.clone(), passes.clone()]);
        let mut doubts = Vec::new();
        for answer in [&there, &passes] {
            if let Tri::Unknown(more) = answer {
                merge(&mut doubts, more.clone());
            }
        }
        Self {
            least: usize::from(both == Tri::True),
            most: Some(usize::from(both != Tri::False)),
            any: both,
            every: Tri::any([there.clone().negate(), passes]),
            some: there,
            doubts,
        }
    }

    /// Any number of things, of which nothing is told.
    pub fn open(doubt: Doubt) -> Self {
        let unknown = || Tri::Unknown(vec![doubt.clone()]);
        Self {
            any: unknown(),
            every: unknown(),
            some: unknown(),
            least: 0,
            most: None,
            doubts: vec![doubt],
        }
    }

    /// Adds the votes of others.
    pub fn add(&mut self, other: Self) {
        let take = |tri: &mut Tri| std::mem::replace(tri, Tri::True);
        self.any = Tri::any([take(&mut self.any), other.any]);
        self.every = Tri::all([take(&mut self.every), other.every]);
        self.some = Tri::any([take(&mut self.some), other.some]);
        self.least = self.least.saturating_add(other.least);
        self.most = self.most.zip(other.most).map(|(own, more)| own.saturating_add(more));
        merge(&mut self.doubts, other.doubts);
    }

    /// What several possibilities come to, of which one is so.
    pub fn either(ways: Vec<Self>) -> Self {
        let differ = || match Tri::agree([], &[]) {
            Tri::Unknown(doubts) => doubts,
            Tri::True | Tri::False => Vec::new(),
        };
        let mut ways = ways.into_iter();
        let Some(first) = ways.next() else {
            return differ().into_iter().next().map_or_else(Self::default, Self::open);
        };
        ways.fold(first, |one, other| {
            let (least, most) = (
                one.least.min(other.least),
                one.most.zip(other.most).map(|(one, other)| one.max(other)),
            );
            let mut doubts = one.doubts;
            merge(&mut doubts, other.doubts);
            if most != Some(least) && doubts.is_empty() {
                doubts = differ();
            }
            Self {
                any: Tri::agree([one.any, other.any], &[]),
                every: Tri::agree([one.every, other.every], &[]),
                some: Tri::agree([one.some, other.some], &[]),
                least,
                most,
                doubts,
            }
        })
    }

    /// The same votes, of which each may be there any number of times, or not at all.
    #[must_use]
    pub fn many(self, doubt: Doubt) -> Self {
        let mut doubts = self.doubts;
        let most = if self.most == Some(0) { Some(0) } else { None };
        if most.is_none() {
            merge(&mut doubts, vec![doubt]);
        }
        Self {
            least: 0,
            most,
            doubts,
            ..self
        }
    }

    /// Whether there is one at all.
    pub fn some(&self) -> &Tri {
        &self.some
    }

    /// The answer to what is asked of them.
    pub fn answer(self, asked: Quantifier) -> Tri {
        match asked {
            Quantifier::Any => self.any,
            Quantifier::Every => self.every,
            Quantifier::Count { at_least, at_most } => {
                let (low, high) = (at_least.unwrap_or(0), at_most.unwrap_or(usize::MAX));
                let bounded = at_most.is_none() || self.most.is_some_and(|most| most <= high);
                let certain = self.least >= low && bounded;
                let impossible = self.least > high || self.most.is_some_and(|most| most < low);
                if certain {
                    Tri::True
                } else if impossible {
                    Tri::False
                } else {
                    Tri::Unknown(self.doubts)
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "tally_tests.rs"]
mod tests;
