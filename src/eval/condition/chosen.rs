//! What a path of a condition leads to, in a resource's values or in a document.

use serde_json::Value;

use super::super::reading::{Possible, Reading, opaque, possible};
use super::super::tally::Tally;
use super::super::tri::{Doubt, Tri, merge};
use super::Scope;
use crate::model::choose::{self, Choice, Chosen, Guess, Truth};
use crate::model::document::plain;
use crate::model::path::{Path, PathStep, are_plain};
use crate::model::resolve::Opaque;
use crate::model::value::{Found, Location, Node, State};

/// A place that a path leads to.
#[derive(Debug, Clone)]
pub(super) struct Picked {
    /// Whether the path selects it.
    pub(super) selected: Tri,
    pub(super) there: There,
}

/// What a path leads to.
#[derive(Debug, Clone)]
pub(super) enum There {
    /// One node, set or not.
    Node(Found),
    /// Any number of nodes, which the resolver can point at.
    AnyNumber(Found),
    /// Any number of nodes that the rest of the path selects inside something unknown.
    Inside(Found, Vec<PathStep>),
    /// Any number of nodes, of which nothing is told.
    Open(Doubt),
}

/// The doubt about the length of a list that is unknown.
pub(super) fn number_unknown(place: &Location) -> Doubt {
    Doubt {
        because: format!("how many there are of `{place}` is known only after apply"),
        settle: "write the list or the blocks themselves, or apply what they come from first".into(),
    }
}

impl Scope<'_> {
    /// The places that a path leads to.
    pub(super) fn pick(&self, path: &Path) -> Vec<Picked> {
        let (facts, resource, side) = (self.facts, self.resource, self.side);
        match &self.document {
            None => {
                let mut guess = |place: &Location| {
                    let mut reading = Reading::of(resource, side, &unknown_at(place.clone(), false));
                    let values = possible(facts.model, &facts.resolver, &mut reading);
                    values.into_iter().map(guessed).collect()
                };
                let root = facts.model.resource(resource).values(side);
                let chosen = Choice::new(&mut guess).select(root, &self.base, path);
                chosen.into_iter().map(|one| self.picked(one)).collect()
            }
            Some(document) => {
                let mut guess = |_: &Location| vec![Guess::Unknown];
                let chosen = Choice::in_document(&mut guess).select(Some(&document.node), &self.base, path);
                chosen.into_iter().map(|one| self.picked(one)).collect()
            }
        }
    }

    fn picked(&self, chosen: Chosen<'_, '_>) -> Picked {
        let Chosen {
            location,
            there,
            sensitive,
            selected,
        } = chosen;
        let there = match (there, &self.document) {
            (choose::There::Node(node), _) => There::Node(Found {
                location,
                state: node.map_or(State::Absent, Node::state),
                sensitive,
            }),
            (choose::There::Open(_), Some(document)) => There::Open(document.doubt(&location)),
            (choose::There::Open(rest), None) if are_plain(rest) => {
                let place = rest.iter().fold(location, |place, step| place.step(step));
                There::AnyNumber(unknown_at(place, sensitive))
            }
            (choose::There::Open(rest), None) => There::Inside(unknown_at(location, sensitive), rest.to_vec()),
        };
        Picked {
            selected: self.told(selected),
            there,
        }
    }

    /// Whether something holds, with why it cannot be told.
    fn told(&self, truth: Truth) -> Tri {
        match truth {
            Truth::Yes => Tri::True,
            Truth::No => Tri::False,
            Truth::Maybe(places) => {
                let mut doubts = Vec::new();
                for place in places {
                    merge(&mut doubts, self.doubts_at(place));
                }
                Tri::Unknown(doubts)
            }
        }
    }

    fn doubts_at(&self, place: Location) -> Vec<Doubt> {
        if let Some(document) = &self.document {
            return vec![document.doubt(&place)];
        }
        let mut reading = Reading::of(self.resource, self.side, &unknown_at(place, false));
        let values = possible(self.facts.model, &self.facts.resolver, &mut reading);
        let why = values.into_iter().filter_map(|value| match value {
            Possible::Unknown(doubt) | Possible::Something(doubt) => Some(doubt),
            Possible::Value(_) | Possible::NotSet => None,
        });
        let mut doubts: Vec<Doubt> = why.collect();
        if let (true, Tri::Unknown(several)) = (doubts.is_empty(), Tri::agree([], &[])) {
            doubts = several;
        }
        doubts
    }

    /// What the rest of a path selects in each of the values that an unknown place may have.
    pub(super) fn open(
        &mut self,
        found: &Found,
        rest: &[PathStep],
        mut vote: impl FnMut(&mut Self, Tri, Option<Value>) -> Tally,
    ) -> Tally {
        let mut ways = Vec::new();
        for value in self.possible(found, &[]) {
            ways.push(match value {
                Possible::NotSet | Possible::Value(Value::Null) => Tally::default(),
                Possible::Value(value @ (Value::Array(_) | Value::Object(_))) => {
                    self.in_value(&plain(value), rest, &mut vote)
                }
                // An expression is more than what it refers to.
                Possible::Value(_) => Tally::open(opaque(&Opaque::Function)),
                Possible::Unknown(doubt) | Possible::Something(doubt) => Tally::open(doubt),
            });
        }
        Tally::either(ways)
    }

    fn in_value(
        &mut self,
        value: &Node,
        rest: &[PathStep],
        vote: &mut impl FnMut(&mut Self, Tri, Option<Value>) -> Tally,
    ) -> Tally {
        let mut guess = |_: &Location| vec![Guess::Unknown];
        let chosen = Choice::new(&mut guess).steps(Some(value), Location::default(), rest, true);
        let mut tally = Tally::default();
        for one in chosen {
            let choose::There::Node(node) = one.there else { continue };
            let value = match node.map(Node::state) {
                Some(State::Known(value)) => Some(value),
                Some(State::Absent | State::Unknown) | None => None,
            };
            let selected = self.told(one.selected);
            let votes = vote(self, selected, value);
            tally.add(votes);
        }
        tally
    }

    /// That a path selects nothing, as something that was looked at.
    pub(super) fn nothing_at(&self, path: &Path) -> Reading {
        let steps = path.steps().iter();
        let found = Found {
            location: steps.fold(self.base.clone(), |place, step| place.step(step)),
            state: State::Absent,
            sensitive: false,
        };
        Reading::of(self.resource, self.side, &found)
    }
}

/// Something unknown.
pub(super) fn unknown_at(location: Location, sensitive: bool) -> Found {
    Found {
        location,
        state: State::Unknown,
        sensitive,
    }
}

fn guessed(value: Possible) -> Guess {
    match value {
        Possible::Value(value) => Guess::Value(value),
        Possible::NotSet => Guess::NotSet,
        Possible::Something(_) => Guess::Something,
        Possible::Unknown(_) => Guess::Unknown,
    }
}

#[cfg(test)]
#[path = "chosen_tests.rs"]
pub(crate) mod tests;
