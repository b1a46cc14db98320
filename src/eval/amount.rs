//! How many of several pass, where some of them may not be there.

use super::tally::Tally;
use super::tri::{Doubt, Tri};
use crate::policy::condition::Quantifier;

/// One of several that are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct One {
    /// Whether it passes, if it is there.
    pub passes: Tri,
    /// Why it cannot be told whether it is there; `None`: it certainly is.
    pub perhaps: Option<Doubt>,
}

/// Whether as many pass as must. `more`: why there may be more of them than these.
pub(super) fn holds(amount: Quantifier, several: &[One], more: Option<&Doubt>) -> Tri {
    let mut tally = Tally::default();
    for one in several {
        let there = match &one.perhaps {
            Some(doubt) => Tri::Unknown(vec![doubt.clone()]),
            None => Tri::True,
        };
        tally.add(Tally::one(there, one.passes.clone()));
    }
    if let Some(doubt) = more {
        tally.add(Tally::open(doubt.clone()));
    }
    tally.answer(amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt() -> Doubt {
        Doubt {
            because: "?".into(),
            settle: "!".into(),
        }
    }

    /// Everything that one of several may be.
    fn ones() -> Vec<One> {
        let answers = [Tri::True, Tri::False, Tri::Unknown(vec![doubt()])];
        let there = [None, Some(doubt())];
        answers
            .iter()
            .flat_map(|passes| {
                there.iter().map(|perhaps| One {
                    passes: passes.clone(),
                    perhaps: perhaps.clone(),
                })
            })
            .collect()
    }

    /// What one may come to: not there, or there and passing or not.
    fn outcomes(one: &One) -> Vec<Option<bool>> {
        let mut all: Vec<Option<bool>> = match one.passes {
            Tri::True => vec![Some(true)],
            Tri::False => vec![Some(false)],
            Tri::Unknown(_) => vec![Some(true), Some(false)],
        };
        all.extend(one.perhaps.is_some().then_some(None));
        all
    }

    /// What holds in each way in which everything may come to pass, with up to four more of which nothing is known.
    fn every_way(amount: Quantifier, several: &[One], more: bool) -> Vec<bool> {
        let mut ways: Vec<Vec<bool>> = vec![Vec::new()];
        let unknown = One {
            passes: Tri::Unknown(vec![doubt()]),
            perhaps: Some(doubt()),
        };
        let extra = if more { vec![unknown; 4] } else { Vec::new() };
        for one in several.iter().chain(&extra) {
            let outcomes = outcomes(one);
            ways = ways
                .iter()
                .flat_map(|way| {
                    outcomes
                        .iter()
                        .map(move |outcome| way.iter().copied().chain(*outcome).collect())
                })
                .collect();
        }
        ways.iter()
            .map(|way| {
                let passing = way.iter().filter(|passes| **passes).count();
                match amount {
                    Quantifier::Any => passing > 0,
                    Quantifier::Every => passing == way.len(),
                    Quantifier::Count { at_least, at_most } => {
                        at_least.is_none_or(|bound| passing >= bound) && at_most.is_none_or(|bound| passing <= bound)
                    }
                }
            })
            .collect()
    }

    #[test]
    fn the_answer_is_what_every_way_has_in_common() {
        let bounds = [None, Some(0), Some(1), Some(2), Some(3)];
        let counts = bounds
            .iter()
            .flat_map(|at_least| bounds.iter().map(|at_most| (*at_least, *at_most)))
            // Other bounds are refused when a policy is loaded.
            .filter(|(least, most)| least.zip(*most).is_none_or(|(least, most)| least <= most))
            .map(|(at_least, at_most)| Quantifier::Count { at_least, at_most });
        let amounts: Vec<Quantifier> = [Quantifier::Any, Quantifier::Every].into_iter().chain(counts).collect();
        let mut cases: Vec<Vec<One>> = vec![Vec::new()];
        for length in 0..2 {
            let longer: Vec<Vec<One>> = cases
                .iter()
                .filter(|case| case.len() == length)
                .flat_map(|case| {
                    ones()
                        .into_iter()
                        .map(move |one| case.iter().cloned().chain([one]).collect())
                })
                .collect();
            cases.extend(longer);
        }
        let mut answers = [0; 3];
        for case in &cases {
            for amount in &amounts {
                for more in [false, true] {
                    let found = holds(*amount, case, more.then(doubt).as_ref());
                    let ways = every_way(*amount, case, more);
                    let expected = match (ways.contains(&true), ways.contains(&false)) {
                        (true, false) => "true",
                        (false, true) => "false",
                        _ => "unknown",
                    };
                    let (found, position) = match found {
                        Tri::True => ("true", 0),
                        Tri::False => ("false", 1),
                        Tri::Unknown(doubts) => {
                            assert!(!doubts.is_empty());
                            ("unknown", 2)
                        }
                    };
                    answers[position] += 1;
                    assert_eq!(found, expected, "{amount:?} of {case:?}, more: {more}");
                }
            }
        }
        assert!(answers.iter().all(|count| *count > 100), "{answers:?}");
    }
}
