//! What an expression comes to, as far as it can be told before the apply.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use serde_json::{Map, Value};

use crate::model::ResourceId;
use crate::model::address::ModulePath;
use crate::model::resolve::Opaque;
use crate::model::value::Location;

/// Possibilities told apart, at most.
const MAX_POSSIBLE: usize = 64;

/// The value of an expression, parts of which may not be known.
#[derive(Debug, Clone)]
pub(in crate::model) struct Partial {
    pub(in crate::model) kind: Kind,
    /// The locals, variables and outputs that it came through, innermost first.
    pub(in crate::model) via: Vec<Rc<str>>,
}

/// The forms of a [`Partial`].
#[derive(Debug, Clone, PartialEq)]
pub(in crate::model) enum Kind {
    /// `null`
    Null,
    /// A string, number or boolean.
    Scalar(Value),
    /// An object or a map.
    Object(Rc<BTreeMap<String, Partial>>),
    /// A tuple or a list.
    List(Rc<Vec<Partial>>),
    /// A set: its elements have no order.
    Set(Rc<Vec<Partial>>),
    /// A collection of any number of elements, each of which is one of these.
    Elements(Rc<Vec<Partial>>),
    /// A resource instance.
    Resource(ResourceId),
    /// A module instance.
    Module(Arc<ModulePath>),
    /// An attribute of a resource, whatever the plan knows of it.
    Attribute(ResourceId, Location),
    /// A text of these parts in this order, some of which are unknown. Never null.
    Text(Rc<Vec<Partial>>),
    /// A string, number or boolean that an operator or a function makes of these, some of which are unknown. Never null.
    Made(Rc<Vec<Partial>>),
    /// The JSON text of a value.
    Encoded(Rc<Partial>),
    /// One of these, and nothing tells which.
    OneOf(Rc<Vec<Partial>>),
    /// It cannot be told, for this reason.
    Opaque(Opaque),
    /// Terraform would refuse to evaluate it: an index that is not there, for example.
    Invalid,
}

/// The way to a value does not make it another one.
impl PartialEq for Partial {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl From<Kind> for Partial {
    fn from(kind: Kind) -> Self {
        Self { kind, via: Vec::new() }
    }
}

impl From<Opaque> for Partial {
    fn from(why: Opaque) -> Self {
        Kind::Opaque(why).into()
    }
}

impl From<bool> for Partial {
    fn from(flag: bool) -> Self {
        Kind::Scalar(Value::Bool(flag)).into()
    }
}

impl From<String> for Partial {
    fn from(text: String) -> Self {
        Kind::Scalar(Value::String(text)).into()
    }
}

impl From<Value> for Partial {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::null(),
            Value::Array(elements) => Self::list(elements.into_iter().map(Self::from).collect()),
            Value::Object(members) => Self::object(
                members
                    .into_iter()
                    .map(|(name, member)| (name, Self::from(member)))
                    .collect(),
            ),
            scalar => Kind::Scalar(scalar).into(),
        }
    }
}

impl Partial {
    pub(in crate::model) fn null() -> Self {
        Kind::Null.into()
    }

    pub(in crate::model) fn is_null(&self) -> bool {
        self.kind == Kind::Null
    }

    pub(super) fn invalid() -> Self {
        Kind::Invalid.into()
    }

    pub(super) fn list(elements: Vec<Self>) -> Self {
        Kind::List(Rc::new(elements)).into()
    }

    /// A list written out: Terraform refuses it where it refuses an element.
    pub(super) fn strict_list(elements: Vec<Self>) -> Self {
        if elements.iter().any(|element| element.kind == Kind::Invalid) {
            return Self::invalid();
        }
        Self::list(elements)
    }

    /// A set: equal elements are one, in Terraform's order as far as it can be told.
    pub(super) fn set(elements: Vec<Self>) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        for element in elements {
            if !kept.contains(&element) {
                kept.push(element);
            }
        }
        if has_order(&kept) {
            kept.sort_by(|left, right| match (&left.kind, &right.kind) {
                (Kind::Scalar(left), Kind::Scalar(right)) => order(left, right),
                _ => Ordering::Equal,
            });
        }
        Kind::Set(Rc::new(kept)).into()
    }

    /// Whether it is a set whose order cannot be told.
    pub(super) fn is_unordered(&self) -> bool {
        matches!(&self.kind, Kind::Set(elements) if !has_order(elements))
    }

    pub(super) fn elements(elements: Vec<Self>) -> Self {
        Kind::Elements(Rc::new(elements)).into()
    }

    pub(super) fn object(members: BTreeMap<String, Self>) -> Self {
        Kind::Object(Rc::new(members)).into()
    }

    /// A text of these parts.
    pub(super) fn text(parts: Vec<Self>) -> Self {
        Kind::Text(Rc::new(parts)).into()
    }

    /// An object written out: Terraform refuses it where it refuses a member.
    pub(super) fn strict_object(members: BTreeMap<String, Self>) -> Self {
        if members.values().any(|member| member.kind == Kind::Invalid) {
            return Self::invalid();
        }
        Self::object(members)
    }

    /// A scalar that is made of these.
    pub(super) fn made(parts: Vec<Self>) -> Self {
        Kind::Made(Rc::new(parts)).into()
    }

    /// One of several. What Terraform would refuse is not among them: then there would be no plan.
    pub(in crate::model) fn one_of(possible: Vec<Self>) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        for one in possible {
            let several = match &one.kind {
                Kind::Invalid => continue,
                Kind::OneOf(inner) => inner.iter().map(|inner| inner.clone().through(&one.via)).collect(),
                _ => vec![one],
            };
            for one in several {
                if !kept.contains(&one) {
                    kept.push(one);
                }
            }
        }
        match kept.len() {
            0 => Self::invalid(),
            1 => kept.pop().unwrap_or_else(Self::invalid),
            count if count > MAX_POSSIBLE => Opaque::TooMany.into(),
            _ => Kind::OneOf(Rc::new(kept)).into(),
        }
    }

    /// The same value, having come through these as well.
    pub(super) fn through(mut self, via: &[Rc<str>]) -> Self {
        self.via.extend(via.iter().cloned());
        self
    }

    /// The same value, having come through this as well.
    pub(super) fn through_one(mut self, label: &Rc<str>) -> Self {
        self.via.push(Rc::clone(label));
        self
    }

    /// The possibilities, one where there is no choice.
    pub(super) fn possible(&self) -> Vec<Self> {
        match &self.kind {
            Kind::OneOf(several) => several.iter().map(|one| one.clone().through(&self.via)).collect(),
            _ => vec![self.clone()],
        }
    }

    /// Applies `then` to each possibility.
    pub(super) fn each(&self, then: impl Fn(&Self) -> Self) -> Self {
        match &self.kind {
            Kind::OneOf(_) => Self::one_of(self.possible().iter().map(then).collect()),
            _ => then(self),
        }
    }

    /// The value, where all of it is written out: nothing refers to a resource.
    pub(super) fn literal(&self) -> Option<Value> {
        Some(match &self.kind {
            Kind::Null => Value::Null,
            Kind::Scalar(value) => value.clone(),
            Kind::Object(members) => {
                let mut out = Map::new();
                for (name, member) in members.iter() {
                    out.insert(name.clone(), member.literal()?);
                }
                Value::Object(out)
            }
            Kind::List(elements) | Kind::Set(elements) => {
                Value::Array(elements.iter().map(Self::literal).collect::<Option<_>>()?)
            }
            _ => return None,
        })
    }

    /// The elements of a list or set.
    pub(super) fn as_list(&self) -> Option<Vec<Self>> {
        match &self.kind {
            Kind::List(elements) | Kind::Set(elements) => {
                Some(elements.iter().map(|one| one.clone().through(&self.via)).collect())
            }
            _ => None,
        }
    }

    /// Calls `visit` for every attribute that the value is made of.
    pub(super) fn leaves(&self, visit: &mut dyn FnMut(&Self)) {
        match &self.kind {
            Kind::Attribute(..) | Kind::Resource(_) => visit(self),
            Kind::Object(members) => members.values().for_each(|member| member.leaves(visit)),
            Kind::List(parts)
            | Kind::Set(parts)
            | Kind::Elements(parts)
            | Kind::Text(parts)
            | Kind::Made(parts)
            | Kind::OneOf(parts) => {
                parts.iter().for_each(|part| part.leaves(visit));
            }
            Kind::Encoded(inner) => inner.leaves(visit),
            Kind::Null | Kind::Scalar(_) | Kind::Module(_) | Kind::Opaque(_) | Kind::Invalid => {}
        }
    }
}

/// Whether the order of a set of these elements can be told: of texts, of numbers, of booleans.
fn has_order(elements: &[Partial]) -> bool {
    let kind = |element: &Partial| match &element.kind {
        Kind::Scalar(value) => Some(std::mem::discriminant(value)),
        _ => None,
    };
    match elements {
        [] | [_] => true,
        [first, rest @ ..] => {
            let first = kind(first);
            first.is_some() && rest.iter().all(|one| kind(one) == first)
        }
    }
}

/// The order of scalars of one type.
fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (left, right) => left.as_f64().partial_cmp(&right.as_f64()).unwrap_or(Ordering::Equal),
    }
}

/// The text of a scalar, as a template writes it.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        // Terraform writes neither an exponent nor the fraction of a whole number.
        Value::Number(number) => Some(match number.as_f64() {
            Some(float) if number.is_f64() => float.to_string(),
            _ => number.to_string(),
        }),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Every way to choose one possibility for each; `None` where those are more than `most`.
pub(super) fn combinations(several: &[Partial], most: usize) -> Option<Vec<Vec<Partial>>> {
    let mut all: Vec<Vec<Partial>> = vec![Vec::new()];
    for one in several {
        let possible = one.possible();
        if all.len().saturating_mul(possible.len()) > most {
            return None;
        }
        all = all
            .into_iter()
            .flat_map(|chosen| {
                possible.iter().map(move |one| {
                    let mut chosen = chosen.clone();
                    chosen.push(one.clone());
                    chosen
                })
            })
            .collect();
    }
    Some(all)
}
