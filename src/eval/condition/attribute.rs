//! Tests of the values of attributes.

use std::borrow::Cow;

use jiff::civil::Date;
use serde_json::Value;
use wildmatch::WildMatch;

use super::super::reading::{Possible, Reading, Weight, opaque, possible, possible_by_reference};
use super::super::tally::Tally;
use super::super::tri::{Doubt, Tri};
use super::Scope;
use super::chosen::{Picked, There, number_unknown};
use super::days::{day, days_ahead};
use crate::model::path::Path;
use crate::model::resolve::Opaque;
use crate::model::same::{is_empty, number, same};
use crate::model::value::{Found, State};
use crate::model::{Side, Written};
use crate::policy::condition::{PathTest, Test};

impl Scope<'_> {
    pub(super) fn path(&mut self, test: &PathTest) -> Tri {
        if let Some(wanted) = test.written {
            let words = ("a value in the configuration", "no value in the configuration");
            return self.saying(wanted, words, |scope| {
                let answer = scope.written(&test.path);
                if wanted { answer } else { answer.negate() }
            });
        }
        let wanted = self.wanted_of_each(test.nodes);
        let tally = self.wanting(wanted, |scope| match &test.inner {
            Some(inner) => scope.nodes(test, inner),
            None => scope.values_of(test),
        });
        tally.answer(test.nodes)
    }

    fn values_of(&mut self, test: &PathTest) -> Tally {
        if self.document.is_none() && test.path.names_one() {
            let mut tally = Tally::default();
            for one in self.select(&test.path) {
                let earlier = self.readings.len();
                let answer = self.value_at(&one, test);
                self.offends(earlier, &answer);
                tally.add(Tally::one(Tri::True, answer));
            }
            return tally;
        }
        let mut tally = Tally::default();
        let picked = self.pick(&test.path);
        if picked.is_empty() && self.document.is_none() {
            let mut nothing = self.nothing_at(&test.path);
            nothing.asked = self.asked(&test.tests);
            self.readings.push(nothing);
        }
        let (all, several) = (self.readings.len(), picked.len());
        for one in picked {
            let earlier = self.readings.len();
            let votes = self.votes(&one, test);
            let breaks = self.stands_in_the_way(&votes);
            self.offends(earlier, &breaks);
            self.weigh(earlier, &breaks, Weight::Harmless);
            tally.add(votes);
        }
        self.not_each(all, test.nodes, several);
        if test.unset_means.is_some() {
            let none = tally.some().clone().negate();
            tally.add(Tally::one(none, self.value_test(&Possible::NotSet, test)));
        }
        tally
    }

    /// What one place says that a path leads to.
    fn votes(&mut self, picked: &Picked, test: &PathTest) -> Tally {
        match &picked.there {
            There::Node(found) => {
                let answer = self.value_at(found, test);
                Tally::one(picked.selected.clone(), answer)
            }
            There::AnyNumber(found) => {
                let values = self.values_at(found, test);
                let ways = values.iter().map(|value| match value {
                    Possible::NotSet | Possible::Value(Value::Null) => Tally::default(),
                    value => Tally::one(picked.selected.clone(), self.value_test(value, test)),
                });
                Tally::either(ways.collect()).many(number_unknown(&found.location))
            }
            There::Inside(found, rest) => self.open(found, rest, |scope, one, value| {
                Tally::one(
                    one,
                    scope.value_test(&value.map_or(Possible::NotSet, Possible::Value), test),
                )
            }),
            There::Open(doubt) if test.unknown_means.is_some() => {
                let answer = self.value_test(&Possible::Unknown(doubt.clone()), test);
                Tally::one(picked.selected.clone(), answer)
            }
            There::Open(doubt) => Tally::open(doubt.clone()),
        }
    }

    fn value_test(&self, value: &Possible, test: &PathTest) -> Tri {
        value_test(value, test, self.facts.settings.today)
    }

    fn value_at(&mut self, found: &Found, test: &PathTest) -> Tri {
        let values = self.values_at(found, test);
        Tri::agree(values.iter().map(|value| self.value_test(value, test)), &[])
    }

    fn values_at(&mut self, found: &Found, test: &PathTest) -> Vec<Possible> {
        let mut values = match test.tests.iter().all(|test| matches!(test, Test::Set(_))) {
            true => self.presence(found, &test.tests),
            false => self.possible(found, &test.tests),
        };
        if found.state == State::Unknown {
            doubt_what_cannot_be(&mut values, &test.tests);
        }
        values
    }

    /// What stands at a place may be. Of a document, the attribute that holds it is what was looked at.
    pub(super) fn possible(&mut self, found: &Found, tests: &[Test]) -> Vec<Possible> {
        if let Some(document) = &self.document {
            return vec![document.possible(found)];
        }
        let mut reading = Reading::of(self.resource, self.side, found);
        let values = possible(self.facts.model, &self.facts.resolver, &mut reading);
        if !tests.is_empty() {
            reading.required = self.required(tests, found);
            reading.asked = self.asked(tests);
        }
        self.readings.push(reading);
        values
    }

    /// Of a list or map that only has to be there, what it holds is beside the point, and may be a secret: the variables of
    /// a function's environment.
    fn presence(&mut self, found: &Found, tests: &[Test]) -> Vec<Possible> {
        let values = self.possible(found, tests);
        if let (None, State::Known(Value::Object(_) | Value::Array(_)), Some(reading)) =
            (&self.document, &found.state, self.readings.last_mut())
        {
            reading.withheld = true;
        }
        values
    }

    pub(super) fn select(&self, path: &Path) -> Vec<Found> {
        match &self.document {
            None => self.facts.model.select(self.resource, self.side, &self.base, path),
            Some(document) => document.node.select_below(&self.base, path),
        }
    }

    /// Whether the author writes an argument. The configuration describes after; before is told where nothing changed.
    fn written(&mut self, path: &Path) -> Tri {
        let found = self.select(path);
        let Some(one) = found.first() else { return Tri::False };
        let other = |side| self.facts.model.select(self.resource, side, &self.base, path);
        if one.state == State::Absent {
            self.readings.push(Reading::of(self.resource, self.side, one));
            return Tri::False;
        }
        if self.side == Side::Before && other(Side::After).first().map(|after| &after.state) != Some(&one.state) {
            return Tri::Unknown(vec![Doubt {
                because: format!("the configuration no longer tells who set `{path}` before"),
                settle: "nothing: it is about the state before this plan".into(),
            }]);
        }
        let why = match self.facts.model.written(self.resource, &one.location) {
            Written::By { .. } => return self.written_value(one),
            Written::Not => {
                self.readings.push(Reading::of(self.resource, self.side, one));
                return Tri::False;
            }
            Written::HiddenBlock => Opaque::HiddenBlock,
            Written::NoConfiguration => Opaque::NoConfiguration,
        };
        Tri::Unknown(vec![opaque(&why)])
    }

    /// An expression that comes to null writes nothing.
    fn written_value(&mut self, found: &Found) -> Tri {
        let mut reading = Reading::of(self.resource, self.side, found);
        let values = possible_by_reference(self.facts.model, &self.facts.resolver, &mut reading);
        self.readings.push(reading);
        Tri::known(!values.iter().all(|value| match value {
            Possible::NotSet => true,
            Possible::Value(value) => is_empty(value),
            Possible::Something(_) | Possible::Unknown(_) => false,
        }))
    }
}

/// An expression is more than what it refers to: `x.output == "yes"` refers to a word, and is true or false. Where what it
/// refers to is of another kind than what is asked for, the value is not that.
pub(super) fn doubt_what_cannot_be(values: &mut [Possible], tests: &[Test]) {
    let fits = |value: &Value| {
        let kind = |wanted: &Value| match wanted {
            Value::Bool(_) => same(value, &Value::Bool(true)) || same(value, &Value::Bool(false)),
            Value::Number(_) => number(value).is_some(),
            _ => true,
        };
        tests.iter().all(|test| match test {
            Test::Equals(wanted) => kind(wanted),
            Test::In(wanted) => wanted.iter().any(kind),
            Test::AtLeast(_) | Test::AtMost(_) => number(value).is_some(),
            Test::DaysAhead(_) => day(value).is_some(),
            Test::Covers(_) | Test::Matches(_) | Test::Set(_) => true,
        })
    };
    for possible in values {
        if matches!(possible, Possible::Value(value) if !is_empty(value) && !fits(value)) {
            *possible = Possible::Unknown(opaque(&Opaque::Function));
        }
    }
}

fn value_test(value: &Possible, test: &PathTest, today: Option<Date>) -> Tri {
    let value = match value {
        // What it is cannot be told; that it is something can.
        Possible::Something(_) if test.tests.iter().all(|one| matches!(one, Test::Set(_))) => {
            return Tri::known(test.tests.iter().all(|one| *one == Test::Set(true)));
        }
        Possible::Unknown(doubt) | Possible::Something(doubt) => match &test.unknown_means {
            Some(value) => Some(value),
            None => return Tri::Unknown(vec![doubt.clone()]),
        },
        Possible::Value(value) if !is_empty(value) => Some(value),
        Possible::Value(_) | Possible::NotSet => None,
    };
    let meant = value.or(test.unset_means.as_ref());
    if let (Some(known), Some(value)) = (&test.among, meant)
        && !known.iter().any(|one| same(value, one))
    {
        return Tri::Unknown(vec![Doubt {
            because: format!("the value of `{}` is none that the rule knows", test.path),
            settle: "look it up, and choose a value that the rule knows; a newer planseal may know this one, too"
                .into(),
        }]);
    }
    Tri::all(test.tests.iter().map(|one| {
        Tri::known(match one {
            Test::Set(wanted) => value.is_some() == *wanted,
            Test::Equals(wanted) => meant.is_some_and(|value| same(value, wanted)),
            Test::In(list) => meant.is_some_and(|value| list.iter().any(|wanted| same(value, wanted))),
            Test::AtLeast(bound) => meant.and_then(number).is_some_and(|value| value >= *bound),
            Test::AtMost(bound) => meant.and_then(number).is_some_and(|value| value <= *bound),
            Test::DaysAhead(days) => return meant.map_or(Tri::False, |value| days_ahead(value, *days, today)),
            Test::Covers(names) => meant
                .and_then(Value::as_str)
                .is_some_and(|pattern| covers(pattern, names)),
            Test::Matches(pattern) => meant.and_then(spelt).is_some_and(|text| pattern.0.is_match(&text)),
        })
    }))
}

/// A value as it is spelt, where it is no list or map.
fn spelt(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Bool(_) | Value::Number(_) => Some(Cow::Owned(value.to_string())),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether one of the names is a case of an IAM pattern.
fn covers(pattern: &str, names: &[String]) -> bool {
    let pattern = WildMatch::new_case_insensitive(pattern);
    names.iter().any(|name| pattern.matches(name))
}

#[cfg(test)]
#[path = "attribute_tests.rs"]
mod tests;
