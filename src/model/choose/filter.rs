//! Filters over values with unknown parts.
//!
//! Null is not set here as everywhere else, and values are equal as they are for `equals`.

use serde_json::Value;

use super::{Choice, Chosen, Guess, There, Truth};
use crate::model::path::{Compared, Filter, Operand, Pattern, Query};
use crate::model::same::{is_empty, less, number, same};
use crate::model::value::{Location, Node, NodeKind, State};

/// What one side of a comparison may be.
#[derive(Debug, Clone, PartialEq)]
enum Side {
    /// This value; null where nothing is set.
    Known(Value),
    /// What the place's expression refers to; the expression may make something else of it.
    Guessed(Value, Location),
    /// A list or map, of which parts are unknown.
    Partly(Location),
    /// A number of nodes: at least so many, and at most so many (`None`: any number).
    Between(usize, Option<usize>, Location),
    /// Anything.
    Open(Location),
}

impl Choice<'_> {
    /// Whether a filter holds of the node at a place.
    pub(super) fn holds(&mut self, filter: &Filter, node: &Node, at: &Location) -> Truth {
        match filter {
            Filter::All(several) => several
                .iter()
                .fold(Truth::Yes, |all, one| all.and(self.holds(one, node, at))),
            Filter::Any(several) => several
                .iter()
                .fold(Truth::No, |any, one| any.or(self.holds(one, node, at))),
            Filter::Not(one) => self.holds(one, node, at).negate(),
            Filter::Exists(query) => {
                let chosen = self.nodes(query, node, at);
                let mut any = Truth::No;
                for one in chosen {
                    any = any.or(self.is_set(&one).and(one.selected));
                }
                any
            }
            Filter::Compare(left, how, right) => {
                let (left, right) = (self.sides(left, node, at), self.sides(right, node, at));
                let pairs = left
                    .iter()
                    .flat_map(|left| right.iter().map(move |right| (left, right)));
                Truth::agree(pairs.map(|(left, right)| compare(left, *how, right)), at)
            }
            Filter::Matches(text, pattern) => {
                let texts = self.sides(text, node, at);
                Truth::agree(texts.iter().map(|text| describes(pattern, text)), at)
            }
        }
    }

    fn nodes<'n, 'p>(&mut self, query: &'p Query, node: &'n Node, at: &Location) -> Vec<Chosen<'n, 'p>> {
        // An unknown element of a list is asked about as a whole by whoever lists the elements.
        self.steps(Some(node), at.clone(), query, false)
    }

    /// Whether something is set at a place.
    fn is_set(&mut self, chosen: &Chosen<'_, '_>) -> Truth {
        let place = &chosen.location;
        let set = |guess: Guess| match guess {
            Guess::Value(value) => Truth::known(!is_empty(&value)),
            Guess::NotSet => Truth::No,
            Guess::Something => Truth::Yes,
            Guess::Unknown => Truth::Maybe(vec![place.clone()]),
        };
        match &chosen.there {
            There::Node(None) => Truth::No,
            There::Node(Some(node)) => match &node.kind {
                NodeKind::Absent => Truth::No,
                NodeKind::Unknown => Truth::agree((self.guess)(place).into_iter().map(set), place),
                NodeKind::Scalar(scalar) => Truth::known(!is_empty(&scalar.value())),
                NodeKind::Object(_) | NodeKind::Array(_) => Truth::Yes,
            },
            There::Open(_) => {
                let nothing = (self.guess)(place).iter().all(|guess| *guess == Guess::NotSet);
                if nothing {
                    Truth::No
                } else {
                    Truth::Maybe(vec![place.clone()])
                }
            }
        }
    }

    fn sides(&mut self, operand: &Operand, node: &Node, at: &Location) -> Vec<Side> {
        match operand {
            Operand::Literal(value) => vec![Side::Known(value.clone())],
            Operand::Node(query) | Operand::Only(query) => {
                let chosen = self.nodes(query, node, at);
                self.only(&chosen)
            }
            Operand::Length(of) => self.lengths(of, node, at),
            Operand::Count(query) => {
                let chosen = self.nodes(query, node, at);
                vec![count(&chosen, at)]
            }
        }
    }

    /// The value of the only node.
    fn only(&mut self, chosen: &[Chosen<'_, '_>]) -> Vec<Side> {
        match chosen {
            [] => vec![Side::Known(Value::Null)],
            [one] => match (&one.there, &one.selected) {
                (There::Node(node), Truth::Yes) => self.values(*node, &one.location),
                _ => vec![Side::Open(one.location.clone())],
            },
            [first, ..] => {
                let certain = chosen
                    .iter()
                    .filter(|one| one.selected == Truth::Yes && matches!(one.there, There::Node(_)));
                if certain.count() > 1 {
                    vec![Side::Known(Value::Null)]
                } else {
                    vec![Side::Open(first.location.clone())]
                }
            }
        }
    }

    fn values(&mut self, node: Option<&Node>, place: &Location) -> Vec<Side> {
        let Some(node) = node else {
            return vec![Side::Known(Value::Null)];
        };
        if node.kind == NodeKind::Unknown {
            return (self.guess)(place)
                .into_iter()
                .map(|guess| match guess {
                    Guess::Value(value) => Side::Guessed(value, place.clone()),
                    Guess::NotSet => Side::Known(Value::Null),
                    Guess::Something | Guess::Unknown => Side::Open(place.clone()),
                })
                .collect();
        }
        vec![match node.state() {
            State::Known(value) => Side::Known(value),
            State::Absent => Side::Known(Value::Null),
            State::Unknown => Side::Partly(place.clone()),
        }]
    }

    fn lengths(&mut self, of: &Operand, node: &Node, at: &Location) -> Vec<Side> {
        // The length of a list is known where its elements are not.
        if let Operand::Node(query) = of {
            let chosen = self.nodes(query, node, at);
            if let [one] = chosen.as_slice()
                && let There::Node(Some(node)) = one.there
                && one.selected == Truth::Yes
            {
                match &node.kind {
                    NodeKind::Array(elements) => {
                        let unknown = elements.iter().any(|one| one.kind == NodeKind::Unknown);
                        return vec![if self.elastic && unknown {
                            Side::Open(one.location.clone())
                        } else {
                            Side::Known(Value::from(elements.len()))
                        }];
                    }
                    NodeKind::Object(members) => return vec![Side::Known(Value::from(members.len()))],
                    _ => {}
                }
            }
        }
        let values = self.sides(of, node, at);
        values
            .into_iter()
            .map(|value| match value {
                Side::Known(value) => Side::Known(length(&value)),
                Side::Guessed(value, place) => Side::Guessed(length(&value), place),
                Side::Between(..) => Side::Known(Value::Null),
                Side::Partly(place) | Side::Open(place) => Side::Open(place),
            })
            .collect()
    }
}

/// Of a text the letters, of a list the elements, of a map the members; nothing else has a length.
fn length(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::from(text.chars().count()),
        Value::Array(elements) => Value::from(elements.len()),
        Value::Object(members) => Value::from(members.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => Value::Null,
    }
}

/// How many nodes are there; null is not.
fn count(chosen: &[Chosen<'_, '_>], at: &Location) -> Side {
    let mut least = 0_usize;
    let mut most = Some(0_usize);
    let mut hangs_on = None;
    for one in chosen {
        let there = match &one.there {
            There::Node(None) => Truth::No,
            There::Node(Some(node)) => match node.kind {
                NodeKind::Absent => Truth::No,
                NodeKind::Unknown => Truth::Maybe(vec![one.location.clone()]),
                _ => one.selected.clone(),
            },
            There::Open(_) => {
                most = None;
                hangs_on.get_or_insert_with(|| one.location.clone());
                continue;
            }
        };
        match there {
            Truth::No => {}
            Truth::Yes => {
                least = least.saturating_add(1);
                most = most.map(|most| most.saturating_add(1));
            }
            Truth::Maybe(_) => {
                most = most.map(|most| most.saturating_add(1));
                hangs_on.get_or_insert_with(|| one.location.clone());
            }
        }
    }
    if most == Some(least) {
        Side::Known(Value::from(least))
    } else {
        Side::Between(least, most, hangs_on.unwrap_or_else(|| at.clone()))
    }
}

fn compare(left: &Side, how: Compared, right: &Side) -> Truth {
    let (left, how, right) = match how {
        Compared::Greater => (right, Compared::Less, left),
        Compared::GreaterOrEqual => (right, Compared::LessOrEqual, left),
        how => (left, how, right),
    };
    match how {
        Compared::Equal => equal(left, right),
        Compared::Unequal => equal(left, right).negate(),
        Compared::Less | Compared::Greater => smaller(left, right, false),
        Compared::LessOrEqual | Compared::GreaterOrEqual => smaller(left, right, true),
    }
}

fn equal(left: &Side, right: &Side) -> Truth {
    match (left, right) {
        (Side::Known(left), Side::Known(right)) => Truth::known(same(left, right)),
        (Side::Guessed(guessed, place), Side::Known(known)) | (Side::Known(known), Side::Guessed(guessed, place)) => {
            if of_a_kind(guessed, known) {
                Truth::known(same(guessed, known))
            } else {
                Truth::Maybe(vec![place.clone()])
            }
        }
        (Side::Partly(_), Side::Known(known)) | (Side::Known(known), Side::Partly(_))
            if !known.is_array() && !known.is_object() =>
        {
            Truth::No
        }
        (Side::Between(least, most, place), Side::Known(known))
        | (Side::Known(known), Side::Between(least, most, place)) => {
            let within = number(known).is_some_and(|number| {
                number >= as_number(*least)
                    && most.is_none_or(|most| number <= as_number(most))
                    && number.fract() == 0.0
            });
            if within {
                Truth::Maybe(vec![place.clone()])
            } else {
                Truth::No
            }
        }
        _ => Truth::Maybe(places(left, right)),
    }
}

/// Whether the left one is less; `or_equal`: or the same.
fn smaller(left: &Side, right: &Side, or_equal: bool) -> Truth {
    let known = |left: &Value, right: &Value| Truth::known(less(left, right) || (or_equal && same(left, right)));
    match (left, right) {
        (Side::Known(left), Side::Known(right)) => known(left, right),
        (Side::Guessed(left, place), Side::Known(right)) | (Side::Known(left), Side::Guessed(right, place)) => {
            if of_a_kind(left, right) {
                known(left, right)
            } else {
                Truth::Maybe(vec![place.clone()])
            }
        }
        (Side::Partly(_), Side::Known(known)) | (Side::Known(known), Side::Partly(_))
            if !known.is_array() && !known.is_object() =>
        {
            Truth::No
        }
        // With more nodes it can only become false.
        (Side::Between(least, most, place), Side::Known(bound)) => between(
            known(&Value::from(*least), bound),
            &most.map_or(Truth::No, |most| known(&Value::from(most), bound)),
            place,
        ),
        // With more nodes it can only become true.
        (Side::Known(bound), Side::Between(least, most, place)) => between(
            most.map_or_else(
                || Truth::known(number(bound).is_some()),
                |most| known(bound, &Value::from(most)),
            ),
            &known(bound, &Value::from(*least)),
            place,
        ),
        _ => Truth::Maybe(places(left, right)),
    }
}

fn between(easiest: Truth, hardest: &Truth, place: &Location) -> Truth {
    if easiest == *hardest {
        easiest
    } else {
        Truth::Maybe(vec![place.clone()])
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody has so many nodes")]
fn as_number(count: usize) -> f64 {
    count as f64
}

/// Whether what an expression refers to may be what it comes to, where it is compared with the other.
fn of_a_kind(one: &Value, other: &Value) -> bool {
    let flag = |value: &Value| same(value, &Value::Bool(true)) || same(value, &Value::Bool(false));
    match (one, other) {
        (Value::Bool(_), value) | (value, Value::Bool(_)) => flag(value),
        (Value::Number(_), value) | (value, Value::Number(_)) => number(value).is_some(),
        _ => true,
    }
}

fn places(left: &Side, right: &Side) -> Vec<Location> {
    let place = |side: &Side| match side {
        Side::Known(_) => None,
        Side::Guessed(_, place) | Side::Partly(place) | Side::Between(_, _, place) | Side::Open(place) => {
            Some(place.clone())
        }
    };
    let mut all: Vec<Location> = [left, right].into_iter().filter_map(place).collect();
    all.dedup();
    all
}

fn describes(pattern: &Pattern, text: &Side) -> Truth {
    match text {
        Side::Known(Value::String(text)) | Side::Guessed(Value::String(text), _) => {
            Truth::known(pattern.describes(text))
        }
        Side::Known(_) | Side::Partly(_) | Side::Between(..) => Truth::No,
        Side::Guessed(_, place) | Side::Open(place) => Truth::Maybe(vec![place.clone()]),
    }
}
