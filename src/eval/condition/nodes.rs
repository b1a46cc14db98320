//! Conditions inside the nodes that a path selects: blocks, and documents in strings.

use std::rc::Rc;

use serde_json::Value;

use super::super::document::{Document, PossibleDocument};
use super::super::reading::{Possible, Reading, Weight};
use super::super::tally::Tally;
use super::super::tri::Tri;
use super::Scope;
use super::chosen::{Picked, There, number_unknown};
use crate::model::document::{Format, plain};
use crate::model::same::is_empty;
use crate::model::value::{Found, Location, NodeKind, State};
use crate::policy::condition::{Condition, PathTest, Quantifier};

/// A longer name of a statement is no name, and would hide the message.
const MAX_NAME: usize = 100;

impl Scope<'_> {
    /// The condition `inner` in each node; where a node is not there, there is nothing to ask.
    pub(super) fn nodes(&mut self, test: &PathTest, inner: &Condition) -> Tally {
        let mut tally = Tally::default();
        let picked = self.pick(&test.path);
        let (all, several) = (self.readings.len(), picked.len());
        for one in picked {
            let earlier = self.readings.len();
            let votes = self.inside(&one, test, inner);
            let breaks = self.stands_in_the_way(&votes);
            self.weigh(earlier, &breaks, Weight::Harmless);
            tally.add(votes);
        }
        self.not_each(all, test.nodes, several);
        tally
    }

    fn inside(&mut self, picked: &Picked, test: &PathTest, inner: &Condition) -> Tally {
        let selected = picked.selected.clone();
        match &picked.there {
            There::Node(found) if found.state == State::Absent => Tally::default(),
            There::Node(found) => {
                let whole = match (test.read_as, self.is_unknown(&found.location)) {
                    (None, false) => {
                        let answer = self.at(&found.location, inner);
                        Tally::one(selected, answer)
                    }
                    (None, true) => self.in_values(found, &selected, inner),
                    (Some(format), _) => self.in_documents(found, &selected, format, inner),
                };
                if test.nodes != Quantifier::Every && whole.clone().answer(Quantifier::Any) == Tri::True {
                    self.remember(&found.location);
                }
                whole
            }
            There::AnyNumber(found) => {
                let votes = match test.read_as {
                    None => self.in_values(found, &selected, inner),
                    Some(format) => self.in_documents(found, &selected, format, inner),
                };
                votes.many(number_unknown(&found.location))
            }
            There::Inside(found, rest) => {
                let place = found.location.clone();
                self.open(found, rest, |scope, selected, value| match (value, test.read_as) {
                    (None, _) => Tally::default(),
                    (Some(value), None) => {
                        let answer = scope.in_document(hidden(value), inner);
                        Tally::one(selected, answer)
                    }
                    (Some(value), Some(format)) => {
                        let found = Found {
                            location: place.clone(),
                            state: State::Known(value),
                            sensitive: true,
                        };
                        scope.in_documents(&found, &selected, format, inner)
                    }
                })
            }
            There::Open(doubt) => Tally::open(doubt.clone()),
        }
    }

    /// Whether the node at a place is unknown as a whole.
    fn is_unknown(&self, place: &Location) -> bool {
        let root = match &self.document {
            None => self.facts.model.resource(self.resource).values(self.side),
            Some(document) => Some(&document.node),
        };
        root.and_then(|root| root.at(place))
            .is_some_and(|node| node.kind == NodeKind::Unknown)
    }

    /// Where something was found in a document: the outermost node says it best.
    fn remember(&mut self, location: &Location) {
        let Some(document) = self.document.as_ref().filter(|_| self.base == Location::default()) else {
            return;
        };
        let place = location.to_string();
        let place = place.trim_start_matches("$.");
        // The text of a document that may not be printed is not printed in parts either.
        let known = |name: &str| -> Option<Value> {
            let member = location.member(name);
            let node = document.node.at(&member)?;
            match node.state() {
                State::Known(value) if !document.node.is_sensitive_at(&member) => Some(value),
                _ => None,
            }
        };
        let name = known("Sid").as_ref().and_then(Value::as_str).and_then(statement_name);
        self.found_in.push(match name.or_else(|| certificate_name(known)) {
            Some(name) => format!("`{place}` ({name})"),
            None => format!("`{place}`"),
        });
    }

    fn at(&mut self, location: &Location, inner: &Condition) -> Tri {
        let outer = std::mem::replace(&mut self.base, location.clone());
        let answer = self.test(inner);
        self.base = outer;
        answer
    }

    /// The condition in what a place may hold that is known only after apply.
    fn in_values(&mut self, found: &Found, selected: &Tri, inner: &Condition) -> Tally {
        let mut ways = Vec::new();
        for value in self.possible(found, &[]) {
            ways.push(match value {
                Possible::NotSet => Tally::default(),
                Possible::Value(value) if is_empty(&value) => Tally::default(),
                Possible::Value(value) => {
                    let answer = self.in_document(hidden(value), inner);
                    Tally::one(selected.clone(), answer)
                }
                Possible::Unknown(doubt) | Possible::Something(doubt) => Tally::open(doubt),
            });
        }
        Tally::either(ways)
    }

    /// The condition in the documents that a text may hold.
    fn in_documents(&mut self, found: &Found, selected: &Tri, format: Format, inner: &Condition) -> Tally {
        let mut reading = Reading::of(self.resource, self.side, found);
        let documents = match (&self.document, &found.state) {
            (Some(document), State::Unknown) => vec![match document.possible(found) {
                Possible::NotSet | Possible::Value(_) => PossibleDocument::NotSet,
                Possible::Unknown(doubt) | Possible::Something(doubt) => PossibleDocument::Unknown(doubt),
            }],
            _ => self.facts.documents(&mut reading, format),
        };
        if self.document.is_none() {
            // A rule names parts of a document, and the rest of it may be a secret. Only policies are meant to be read whole.
            reading.withheld = format != Format::IamPolicy;
            self.readings.push(reading);
        }
        let mut ways = Vec::new();
        for document in documents {
            ways.push(match document {
                PossibleDocument::NotSet => Tally::default(),
                PossibleDocument::Document(document) => {
                    let answer = self.in_document(document, inner);
                    Tally::one(selected.clone(), answer)
                }
                PossibleDocument::Unknown(doubt) => Tally::open(doubt),
            });
        }
        Tally::either(ways)
    }

    fn in_document(&mut self, document: Document, inner: &Condition) -> Tri {
        let scope = Scope {
            document: Some(Rc::new(document)),
            ..Scope::values(self.facts, self.resource, self.side)
        };
        self.elsewhere(scope, inner)
    }
}

fn statement_name(sid: &str) -> Option<String> {
    (1..=MAX_NAME).contains(&sid.len()).then(|| format!("`{sid}`"))
}

/// What tells a certificate from others: whose it is, its key, and how long it holds.
fn certificate_name(known: impl Fn(&str) -> Option<Value>) -> Option<String> {
    let text = |name: &str| known(name)?.as_str().map(str::to_owned);
    let (subject, algorithm) = (text("subject")?, text("key_algorithm")?);
    let signature = text("signature_algorithm")?;
    let until = text("not_after")?;
    let bits = known("key_bits").as_ref().and_then(Value::as_u64);
    let bits = bits.map_or_else(String::new, |bits| format!(" of {bits} bits"));
    let mut whose: String = subject.replace('`', "'").chars().take(MAX_NAME).collect();
    if whose.len() < subject.len() {
        whose.push('…');
    }
    Some(format!("`{whose}`, {algorithm}{bits}, {signature}, until {until}"))
}

/// What the configuration or a variable holds is never printed, whoever marks it.
fn hidden(value: Value) -> Document {
    let mut document = Document::known(plain(value));
    document.node.sensitive = true;
    document
}
