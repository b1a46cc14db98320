//! Tests of attributes: of values, of the parts of blocks, and of documents in strings.

use std::rc::Rc;

use serde_json::Value;
use wildmatch::WildMatch;

use super::super::document::{Document, PossibleDocument};
use super::super::reading::{Possible, Reading, opaque, possible, possible_by_reference};
use super::super::tri::{Doubt, Tri};
use super::Scope;
use crate::model::document::{Format, plain};
use crate::model::path::Path;
use crate::model::resolve::Opaque;
use crate::model::value::{Found, Location, Node, State};
use crate::model::{Place, Side, Written};
use crate::policy::condition::{Condition, PathTest, Quantifier, Test};

/// A longer name of a statement is no name, and would hide the message.
const MAX_NAME: usize = 100;

impl Scope<'_> {
    pub(super) fn path(&mut self, test: &PathTest) -> Tri {
        if let Some(wanted) = test.written {
            let answer = self.written(&test.path);
            return if wanted { answer } else { answer.negate() };
        }
        let answers = match &test.inner {
            Some(inner) => self.nodes(test, inner),
            None => self.values_of(test),
        };
        match test.nodes {
            Quantifier::Every => Tri::all(answers),
            Quantifier::Any => Tri::any(answers),
        }
    }

    fn values_of(&mut self, test: &PathTest) -> Vec<Tri> {
        let mut answers = Vec::new();
        for one in self.select(&test.path) {
            let mut values = match test.tests.iter().all(|test| matches!(test, Test::Set(_))) {
                true => self.presence(&one),
                false => self.possible(&one, required(&test.tests)),
            };
            if one.state == State::Unknown {
                doubt_what_cannot_be(&mut values, &test.tests);
            }
            answers.push(Tri::agree(values.iter().map(|value| value_test(value, test)), &[]));
        }
        answers
    }

    /// What stands at a place may be. Of a document, the attribute that holds it is what was looked at.
    fn possible(&mut self, found: &Found, required: Option<String>) -> Vec<Possible> {
        if let Some(document) = &self.document {
            return vec![document.possible(found)];
        }
        let mut reading = Reading::of(self.resource, self.side, found);
        let values = possible(self.facts.model, &self.facts.resolver, &mut reading);
        reading.required = required.filter(|_| self.demand);
        self.readings.push(reading);
        values
    }

    /// Of a list or map that only has to be there, what it holds is beside the point, and may be a secret: the variables of
    /// a function's environment.
    fn presence(&mut self, found: &Found) -> Vec<Possible> {
        let values = self.possible(found, None);
        if let (None, State::Known(Value::Object(_) | Value::Array(_)), Some(reading)) =
            (&self.document, &found.state, self.readings.last_mut())
        {
            reading.sensitive = true;
        }
        values
    }

    fn select(&self, path: &Path) -> Vec<Found> {
        match &self.document {
            None => self.facts.model.select(self.resource, self.side, &self.base, path),
            Some(document) => document.node.select_below(&self.base, path),
        }
    }

    /// The condition `inner` in each node; where a node is not there, there is nothing to ask.
    fn nodes(&mut self, test: &PathTest, inner: &Condition) -> Vec<Tri> {
        let document = self.document.clone();
        let root = match &document {
            None => self.facts.model.resource(self.resource).values(self.side),
            Some(document) => Some(&document.node),
        };
        let places = root
            .map(|root| root.places_below(&self.base, &test.path))
            .unwrap_or_default();
        let mut answers = Vec::new();
        for place in places {
            let (Place::There(location) | Place::Unknown(location)) = &place;
            let answer = match (&place, test.read_as) {
                (Place::There(_), None) => self.at(location, inner),
                _ => {
                    let found = Found {
                        location: location.clone(),
                        state: root
                            .and_then(|root| root.at(location))
                            .map_or(State::Unknown, Node::state),
                        sensitive: root.is_some_and(|root| root.is_sensitive_at(location)),
                    };
                    match test.read_as {
                        Some(format) => self.in_documents(&found, test, format, inner),
                        None => self.inside(&found, test, inner),
                    }
                }
            };
            if answer == Tri::True && test.nodes == Quantifier::Any {
                self.remember(location);
            }
            answers.push(answer);
        }
        answers
    }

    /// Where something was found in a document: the outermost node says it best.
    fn remember(&mut self, location: &Location) {
        let Some(document) = self.document.as_ref().filter(|_| self.base == Location::default()) else {
            return;
        };
        let place = location.to_string();
        // The text of a document that may not be printed is not printed in parts either.
        let sid = location.member("Sid");
        let name = document.node.at(&sid).filter(|_| !document.node.is_sensitive_at(&sid));
        self.found_in.push(match name.map(Node::state) {
            Some(State::Known(Value::String(name))) if (1..=MAX_NAME).contains(&name.len()) => {
                format!("`{}` (`{name}`)", place.trim_start_matches("$."))
            }
            _ => format!("`{}`", place.trim_start_matches("$.")),
        });
    }

    fn at(&mut self, location: &Location, inner: &Condition) -> Tri {
        let outer = std::mem::replace(&mut self.base, location.clone());
        let answer = self.test(inner);
        self.base = outer;
        answer
    }

    /// The condition in what a place may hold that is known only after apply.
    fn inside(&mut self, found: &Found, test: &PathTest, inner: &Condition) -> Tri {
        let nothing = Tri::known(test.nodes == Quantifier::Every);
        let values = self.possible(found, None);
        let mut answers = Vec::new();
        for value in values {
            answers.push(match value {
                Possible::NotSet => nothing.clone(),
                Possible::Value(value) if is_empty(&value) => nothing.clone(),
                Possible::Value(value) => {
                    let mut document = Document::known(plain(value));
                    // What the configuration or a variable holds is never printed, whoever marks it.
                    document.node.sensitive = true;
                    self.in_document(document, inner)
                }
                Possible::Unknown(doubt) | Possible::Something(doubt) => Tri::Unknown(vec![doubt]),
            });
        }
        Tri::agree(answers, &[])
    }

    /// The condition in the documents that a text may hold.
    fn in_documents(&mut self, found: &Found, test: &PathTest, format: Format, inner: &Condition) -> Tri {
        let mut reading = Reading::of(self.resource, self.side, found);
        let documents = match (&self.document, &found.state) {
            (Some(document), State::Unknown) => vec![match document.possible(found) {
                Possible::NotSet | Possible::Value(_) => PossibleDocument::NotSet,
                Possible::Unknown(doubt) | Possible::Something(doubt) => PossibleDocument::Unknown(doubt),
            }],
            _ => self.facts.documents(&mut reading, format),
        };
        if self.document.is_none() {
            self.readings.push(reading);
        }
        let mut answers = Vec::new();
        for document in documents {
            answers.push(match document {
                PossibleDocument::NotSet => Tri::known(test.nodes == Quantifier::Every),
                PossibleDocument::Document(document) => self.in_document(document, inner),
                PossibleDocument::Unknown(doubt) => Tri::Unknown(vec![doubt]),
            });
        }
        Tri::agree(answers, &[])
    }

    fn in_document(&mut self, document: Document, inner: &Condition) -> Tri {
        let scope = Scope {
            document: Some(Rc::new(document)),
            ..Scope::values(self.facts, self.resource, self.side)
        };
        self.elsewhere(scope, inner)
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
fn doubt_what_cannot_be(values: &mut [Possible], tests: &[Test]) {
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
            Test::Covers(_) | Test::Set(_) => true,
        })
    };
    for possible in values {
        if matches!(possible, Possible::Value(value) if !is_empty(value) && !fits(value)) {
            *possible = Possible::Unknown(opaque(&Opaque::Function));
        }
    }
}

fn value_test(value: &Possible, test: &PathTest) -> Tri {
    let value = match value {
        // What it is cannot be told; that it is something can.
        Possible::Something(_) if test.tests.iter().all(|one| matches!(one, Test::Set(_))) => {
            return Tri::known(test.tests.iter().all(|one| *one == Test::Set(true)));
        }
        Possible::Unknown(doubt) | Possible::Something(doubt) => return Tri::Unknown(vec![doubt.clone()]),
        Possible::Value(value) if !is_empty(value) => Some(value),
        Possible::Value(_) | Possible::NotSet => None,
    };
    let meant = value.or(test.unset_means.as_ref());
    Tri::known(test.tests.iter().all(|one| {
        match one {
            Test::Set(wanted) => value.is_some() == *wanted,
            Test::Equals(wanted) => meant.is_some_and(|value| same(value, wanted)),
            Test::In(list) => meant.is_some_and(|value| list.iter().any(|wanted| same(value, wanted))),
            Test::AtLeast(bound) => meant.and_then(number).is_some_and(|value| value >= *bound),
            Test::AtMost(bound) => meant.and_then(number).is_some_and(|value| value <= *bound),
            Test::Covers(names) => meant
                .and_then(Value::as_str)
                .is_some_and(|pattern| covers(pattern, names)),
        }
    }))
}

/// Whether one of the names is a case of an IAM pattern.
fn covers(pattern: &str, names: &[String]) -> bool {
    let pattern = WildMatch::new_case_insensitive(pattern);
    names.iter().any(|name| pattern.matches(name))
}

pub(super) fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// Booleans and numbers are equal to their spelling as strings: some schemas have them as strings.
pub(super) fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left == right,
        (Value::String(text), other) | (other, Value::String(text)) => match serde_json::from_str(text) {
            Ok(spelled @ (Value::Bool(_) | Value::Number(_))) => same(&spelled, other),
            _ => false,
        },
        (left, right) => {
            left == right
                || number(left)
                    .zip(number(right))
                    .is_some_and(|(left, right)| left == right)
        }
    }
}

pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The value that would satisfy the tests, as HCL, where there is one to name.
fn required(tests: &[Test]) -> Option<String> {
    tests.iter().find_map(|test| match test {
        Test::Equals(value) => Some(value.to_string()),
        Test::In(values) => values.first().map(Value::to_string),
        Test::AtLeast(bound) | Test::AtMost(bound) => Some(bound.to_string()),
        Test::Set(_) | Test::Covers(_) => None,
    })
}
