//! One type for several values, as Terraform finds it: what stands beside a text becomes a text.

use std::collections::BTreeMap;

use serde_json::Value;

use super::partial::{Kind, Partial, text_of};
use crate::model::resolve::Resolver;

impl Resolver<'_, '_> {
    /// A result of a condition, in the type that it has together with the other one.
    pub(super) fn unified(&self, chosen: Partial, other: impl Fn() -> Partial) -> Partial {
        // A text stays what it is, whatever stands beside it.
        if !may_become_text(&chosen) {
            return chosen;
        }
        chosen.each(|chosen| {
            let other = other();
            let both = of_one_type(vec![chosen.clone(), self.settled(&other)]);
            both.into_iter().next().unwrap_or_else(|| chosen.clone())
        })
    }

    /// The elements of a list, set or map, in the type that they have together.
    pub(super) fn elements_of_one_type(&self, elements: &[Partial]) -> Vec<Partial> {
        of_one_type(elements.iter().map(|element| self.settled(element)).collect())
    }
}

fn may_become_text(value: &Partial) -> bool {
    match &value.kind {
        Kind::Scalar(Value::Number(_) | Value::Bool(_)) => true,
        Kind::List(parts) | Kind::Set(parts) | Kind::Elements(parts) | Kind::OneOf(parts) => {
            parts.iter().any(may_become_text)
        }
        Kind::Object(members) => members.values().any(may_become_text),
        _ => false,
    }
}

/// Values in the type that they have together, as far as there is one.
fn of_one_type(values: Vec<Partial>) -> Vec<Partial> {
    if !values.iter().any(may_become_text) {
        return values;
    }
    let there = || {
        values
            .iter()
            .filter(|value| !matches!(value.kind, Kind::Null | Kind::Invalid))
    };
    if there().all(|value| matches!(value.kind, Kind::List(_) | Kind::Set(_))) {
        return of_nested(
            values,
            |value| value.as_list().unwrap_or_default(),
            |value, parts| match value.kind {
                Kind::Set(_) => Partial::set(parts),
                _ => Partial::list(parts),
            },
        );
    }
    if there().all(|value| matches!(value.kind, Kind::Object(_))) {
        return of_objects(values);
    }
    let text = |value: &Partial| {
        matches!(
            value.kind,
            Kind::Scalar(Value::String(_)) | Kind::Text(_) | Kind::Encoded(_)
        )
    };
    if !there().any(text) {
        return values;
    }
    values.into_iter().map(as_text).collect()
}

fn as_text(value: Partial) -> Partial {
    match &value.kind {
        Kind::Scalar(scalar) => match text_of(scalar) {
            Some(text) => Partial::from(text).through(&value.via),
            None => value,
        },
        _ => value,
    }
}

/// Brings all parts of all values into one type.
fn of_nested(
    values: Vec<Partial>,
    parts_of: impl Fn(&Partial) -> Vec<Partial>,
    whole: impl Fn(&Partial, Vec<Partial>) -> Partial,
) -> Vec<Partial> {
    let mut all = of_one_type(values.iter().flat_map(&parts_of).collect()).into_iter();
    let rebuilt = values.into_iter().map(|value| match value.kind {
        Kind::Null | Kind::Invalid => value,
        _ => {
            let parts = all.by_ref().take(parts_of(&value).len()).collect();
            whole(&value, parts).through(&value.via)
        }
    });
    rebuilt.collect()
}

/// Objects with the same attributes have a type for each of them; others become maps.
fn of_objects(values: Vec<Partial>) -> Vec<Partial> {
    let members = |value: &Partial| match &value.kind {
        Kind::Object(members) => (**members).clone(),
        _ => BTreeMap::new(),
    };
    let objects: Vec<BTreeMap<String, Partial>> = values
        .iter()
        .filter(|value| matches!(value.kind, Kind::Object(_)))
        .map(members)
        .collect();
    let alike = objects.windows(2).all(|pair| match pair {
        [left, right] => left.keys().eq(right.keys()),
        _ => true,
    });
    if !alike {
        return of_nested(
            values,
            |value| members(value).into_values().collect(),
            |value, parts| Partial::object(members(value).into_keys().zip(parts).collect()),
        );
    }
    let mut rebuilt: Vec<BTreeMap<String, Partial>> = vec![BTreeMap::new(); objects.len()];
    let names: Vec<String> = objects
        .first()
        .map(|first| first.keys().cloned().collect())
        .unwrap_or_default();
    for name in names {
        let column = of_one_type(objects.iter().filter_map(|object| object.get(&name).cloned()).collect());
        for (object, value) in rebuilt.iter_mut().zip(column) {
            object.insert(name.clone(), value);
        }
    }
    let mut rebuilt = rebuilt.into_iter();
    let put = |value: Partial| match value.kind {
        Kind::Object(_) => Partial::object(rebuilt.next().unwrap_or_default()).through(&value.via),
        _ => value,
    };
    values.into_iter().map(put).collect()
}
