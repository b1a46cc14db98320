//! What a rule's demand says of the attributes that it looks at: which of them break the rule, and what should stand there.
//!
//! A demand is asked for one of two answers: what is required should be true, what is forbidden false, and inside a `not`
//! it is the other way round. What stands in the way of the wanted answer is what a reader has to see.

use serde_json::Value;

use super::super::reading::{Reading, Weight};
use super::super::tally::Tally;
use super::super::tri::Tri;
use super::Scope;
use crate::model::value::{Found, State};
use crate::policy::condition::{Condition, Quantifier, Test};

/// The most values of a list that are named.
const MAX_NAMED: usize = 5;

impl Scope<'_> {
    /// The answer that is wanted of each of several, where so many of them must pass.
    pub(super) fn wanted_of_each(&self, amount: Quantifier) -> Option<bool> {
        let wanted = self.demand?;
        match amount {
            Quantifier::Every | Quantifier::Any => Some(wanted),
            Quantifier::Count { at_most: None, .. } => Some(wanted),
            Quantifier::Count { at_least: None, .. } => Some(!wanted),
            // Neither more nor fewer: what should become of one of them depends on the others.
            Quantifier::Count { .. } => None,
        }
    }

    /// Does something for which another answer is wanted.
    pub(super) fn wanting<T>(&mut self, wanted: Option<bool>, ask: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.demand, wanted);
        let answer = ask(self);
        self.demand = outer;
        answer
    }

    /// The answers of several conditions that are asked together. Of what is forbidden, those that do not hold are beside
    /// the point; of what is required, those that hold say what the others are about.
    pub(super) fn members(&mut self, several: &[Condition]) -> Vec<Tri> {
        let where_fine = match self.demand {
            Some(false) => Weight::Harmless,
            Some(true) | None => Weight::Context,
        };
        let mut answers = Vec::new();
        for one in several {
            let earlier = self.readings.len();
            let answer = self.test(one);
            self.weigh(earlier, &answer, where_fine);
            answers.push(answer);
        }
        answers
    }

    /// Where one of several ways is enough, those that name what to write are shown; what stands in the way of the others
    /// says what they are about.
    pub(super) fn ways(&mut self, earlier: usize) {
        let readings = self.readings.get_mut(earlier..).unwrap_or_default();
        if self.demand == Some(true) && readings.iter().any(|one| one.required.is_some()) {
            for reading in readings.iter_mut().filter(|one| one.required.is_none()) {
                if reading.weight == Weight::Offends {
                    reading.weight = Weight::Context;
                }
            }
        }
    }

    /// Weighs what was looked at for one of several answers: where it is as wanted, nothing is to be mended.
    pub(super) fn weigh(&mut self, earlier: usize, answer: &Tri, where_fine: Weight) {
        let readings = self.readings.get_mut(earlier..).unwrap_or_default();
        weigh(readings, self.demand, answer, where_fine);
    }

    /// Whether one of several is as wanted: of what is required none must fail, of what is forbidden none must pass.
    pub(super) fn stands_in_the_way(&self, votes: &Tally) -> Tri {
        votes.clone().answer(match self.demand {
            Some(false) => Quantifier::Any,
            Some(true) | None => Quantifier::Every,
        })
    }

    /// Marks what was looked at since as what breaks the rule, where the answer is not the wanted one.
    pub(super) fn offends(&mut self, earlier: usize, answer: &Tri) {
        let breaks = self.demand.is_some_and(|wanted| *answer == Tri::known(!wanted));
        for reading in self.readings.iter_mut().skip(earlier).filter(|_| breaks) {
            if reading.asked.is_some() {
                reading.weight = Weight::Offends;
            }
        }
    }

    /// Where not each of several must pass, no single one of them is to be mended; the words say how many are.
    pub(super) fn not_each(&mut self, earlier: usize, amount: Quantifier, several: usize) {
        let readings = self.readings.get_mut(earlier..).unwrap_or_default();
        match (amount, self.demand) {
            (Quantifier::Any, Some(true)) if several > 1 => one_of(readings, ", in one of them"),
            (
                Quantifier::Count {
                    at_least: Some(least), ..
                },
                Some(true),
            ) if several > 1 => {
                one_of(readings, &format!(", in {least} of them"));
            }
            (
                Quantifier::Count {
                    at_most: Some(most @ 1..),
                    ..
                },
                Some(false),
            ) => {
                say_of(readings, &format!(", in all but {most} of them"));
            }
            _ => {}
        }
    }

    /// Asks for something that has no value to name, and says in words what it is: the first where it should be so.
    pub(super) fn saying(&mut self, so: bool, words: (&str, &str), ask: impl FnOnce(&mut Self) -> Tri) -> Tri {
        let earlier = self.readings.len();
        let answer = ask(self);
        if let Some(wanted) = self.demand {
            let said = if so == wanted { words.0 } else { words.1 };
            let judged = self.side;
            let since = self.readings.iter_mut().skip(earlier);
            for reading in since.filter(|one| one.side == judged) {
                reading.asked = Some(said.to_owned());
            }
        }
        answer
    }

    /// What is asked of a value, in words.
    pub(super) fn asked(&self, tests: &[Test]) -> Option<String> {
        let wanted = self.demand?;
        let words: Vec<String> = tests.iter().map(|test| phrase(test, wanted)).collect();
        Some(words.join(if wanted { " and " } else { " or " }))
    }

    /// The value that would satisfy the tests, as HCL, where there is one to name: as text where a text stands there.
    pub(super) fn required(&self, tests: &[Test], found: &Found) -> Option<String> {
        if self.demand != Some(true) {
            return None;
        }
        let value = tests.iter().find_map(|test| match test {
            Test::Equals(value) => Some(value.clone()),
            Test::In(values) => values.first().cloned(),
            Test::AtLeast(bound) | Test::AtMost(bound) => Some(spelt(*bound)),
            Test::Set(_) | Test::DaysAhead(_) | Test::Covers(_) | Test::Matches(_) => None,
        })?;
        let text = match value {
            Value::Number(_) | Value::Bool(_) if self.is_text(found) => Value::from(value.to_string()),
            value => value,
        };
        Some(text.to_string())
    }

    /// Whether a text stands at the place, before or after.
    fn is_text(&self, found: &Found) -> bool {
        let is_text = |state: &State| matches!(state, State::Known(Value::String(text)) if !text.is_empty());
        let resource = self.facts.model.resource(self.resource);
        let other = resource
            .values(self.side.other())
            .and_then(|values| values.at(&found.location));
        is_text(&found.state) || other.is_some_and(|node| is_text(&node.state()))
    }
}

/// Weighs readings by the answer that they led to.
pub(super) fn weigh(readings: &mut [Reading], wanted: Option<bool>, answer: &Tri, where_fine: Weight) {
    let Some(wanted) = wanted else { return };
    let fine = *answer == Tri::known(wanted);
    let told = *answer != Tri::known(!wanted);
    for reading in readings {
        if fine {
            reading.required = None;
            reading.weight = where_fine;
        } else if told && reading.weight == Weight::Offends {
            // What cannot be told breaks nothing for certain.
            reading.weight = Weight::Context;
        }
    }
}

/// Makes of readings in several things what one of the things would have to be.
fn one_of(readings: &mut [Reading], which: &str) {
    for reading in readings.iter_mut() {
        reading.required = None;
        if reading.weight == Weight::Offends {
            reading.weight = Weight::Context;
        }
    }
    say_of(readings, which);
}

/// Says of which things something is asked.
fn say_of(readings: &mut [Reading], which: &str) {
    for asked in readings.iter_mut().filter_map(|one| one.asked.as_mut()) {
        if !asked.ends_with(" of them") {
            asked.push_str(which);
        }
    }
}

fn spelt(bound: f64) -> Value {
    serde_json::from_str(&bound.to_string()).unwrap_or_else(|_| Value::from(bound))
}

/// What a test asks for, or where it must not hold, what it leaves.
fn phrase(test: &Test, wanted: bool) -> String {
    match (test, wanted) {
        (Test::Equals(value), true) => value.to_string(),
        (Test::Equals(value), false) => format!("anything but {value}"),
        (Test::In(values), true) => match values.as_slice() {
            [only] => only.to_string(),
            several => format!("one of {}", named(several.iter().map(Value::to_string))),
        },
        (Test::In(values), false) => format!("none of {}", named(values.iter().map(Value::to_string))),
        (Test::AtLeast(bound) | Test::AtMost(bound), true) => bound.to_string(),
        (Test::AtLeast(bound), false) => format!("less than {bound}"),
        (Test::AtMost(bound), false) => format!("more than {bound}"),
        (Test::DaysAhead(days), true) => format!("a date at least {days} days ahead"),
        (Test::DaysAhead(days), false) => format!("a date less than {days} days ahead"),
        (Test::Covers(names), wanted) => {
            let names = named(names.iter().map(|name| format!("`{name}`")));
            let pattern = if wanted { "a pattern" } else { "no pattern" };
            format!("{pattern} that covers one of {names}")
        }
        (Test::Matches(pattern), true) => format!("a match of `{}`", pattern.0.as_str()),
        (Test::Matches(pattern), false) => format!("no match of `{}`", pattern.0.as_str()),
        (Test::Set(set), wanted) if *set == wanted => "a value".into(),
        (Test::Set(_), _) => "no value".into(),
    }
}

pub(super) fn named(values: impl Iterator<Item = String>) -> String {
    let mut names: Vec<String> = values.collect();
    let more = names.len().saturating_sub(MAX_NAMED);
    if more > 0 {
        names.truncate(MAX_NAMED);
        return format!("{} and {more} more", names.join(", "));
    }
    names.join(", ")
}
