//! Whether a range of numbers holds one of several.

use super::super::reading::Possible;
use super::super::tri::{Doubt, Tri};
use super::Scope;
use super::attribute::doubt_what_cannot_be;
use super::demand::named;
use crate::model::path::Path;
use crate::model::same::number;
use crate::model::value::State;
use crate::policy::condition::{RangeTest, Test};

/// What one end of a range may be.
enum End {
    Number(f64),
    /// Not set, or no number: then there is no range.
    Missing,
    Unknown(Doubt),
}

impl Scope<'_> {
    pub(super) fn range_test(&mut self, test: &RangeTest) -> Tri {
        let earlier = self.readings.len();
        let from = self.ends(&test.from);
        let to = self.ends(&test.to);
        let asked = self.demand.map(|wanted| {
            let numbers = named(test.holds.iter().map(f64::to_string));
            let word = if wanted { "one" } else { "none" };
            format!("a range that holds {word} of {numbers}")
        });
        for reading in self.readings.iter_mut().skip(earlier) {
            reading.asked.clone_from(&asked);
        }
        let ways = from.iter().flat_map(|from| to.iter().map(move |to| (from, to)));
        let answer = Tri::agree(ways.map(|(from, to)| holds(from, to, &test.holds)), &[]);
        self.offends(earlier, &answer);
        answer
    }

    /// What an end may be: never nothing at all.
    fn ends(&mut self, path: &Path) -> Vec<End> {
        let Some(found) = self.select(path).into_iter().next() else {
            return vec![End::Missing];
        };
        let mut values = self.possible(&found, &[]);
        if found.state == State::Unknown {
            doubt_what_cannot_be(&mut values, &[Test::AtLeast(0.0)]);
        }
        values.into_iter().map(end).collect()
    }
}

fn end(value: Possible) -> End {
    match value {
        Possible::Value(value) => number(&value).map_or(End::Missing, End::Number),
        Possible::NotSet => End::Missing,
        Possible::Something(doubt) | Possible::Unknown(doubt) => End::Unknown(doubt),
    }
}

fn holds(from: &End, to: &End, numbers: &[f64]) -> Tri {
    if matches!(from, End::Missing) || matches!(to, End::Missing) {
        return Tri::False;
    }
    Tri::any(numbers.iter().map(|one| {
        let not_before = beyond(from, |first| first <= *one);
        let not_after = beyond(to, |last| last >= *one);
        Tri::all([not_before, not_after])
    }))
}

fn beyond(end: &End, lies: impl Fn(f64) -> bool) -> Tri {
    match end {
        End::Number(number) => Tri::known(lies(*number)),
        End::Missing => Tri::False,
        End::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown() -> End {
        End::Unknown(Doubt {
            because: "?".into(),
            settle: "!".into(),
        })
    }

    #[test]
    fn both_ends_belong_to_the_range() {
        let range = |from, to, numbers: &[f64]| holds(&End::Number(from), &End::Number(to), numbers);
        assert_eq!(range(80.0, 80.0, &[80.0]), Tri::True);
        assert_eq!(range(79.0, 80.0, &[21.0, 80.0]), Tri::True);
        assert_eq!(range(80.0, 443.0, &[21.0, 80.0]), Tri::True);
        assert_eq!(range(81.0, 443.0, &[21.0, 80.0]), Tri::False);
        assert_eq!(range(443.0, 0.0, &[80.0]), Tri::False);
    }

    #[test]
    fn an_end_that_is_not_known_decides_only_where_the_other_lets_it() {
        let is_unknown = |answer| matches!(answer, Tri::Unknown(_));
        assert!(is_unknown(holds(&unknown(), &unknown(), &[80.0])));
        assert!(is_unknown(holds(&End::Number(0.0), &unknown(), &[80.0])));
        assert!(is_unknown(holds(&unknown(), &End::Number(80.0), &[80.0])));
        assert_eq!(holds(&End::Number(81.0), &unknown(), &[21.0, 80.0]), Tri::False);
        assert_eq!(holds(&unknown(), &End::Number(20.0), &[21.0, 80.0]), Tri::False);
        assert_eq!(holds(&unknown(), &End::Missing, &[80.0]), Tri::False);
        assert_eq!(holds(&End::Missing, &End::Number(80.0), &[80.0]), Tri::False);
    }
}
