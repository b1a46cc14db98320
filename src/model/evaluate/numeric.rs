//! Functions over numbers.

use serde_json::Value;

use super::decimal::Decimal;
use super::operation::number_from;
use super::partial::{Kind, Partial};
use crate::model::resolve::Resolver;

/// Terraform makes no longer ranges.
const MAX_RANGE: usize = 1_024;

impl Resolver<'_, '_> {
    /// Functions over numbers; `None` where the function is none of them.
    pub(super) fn numeric_function(&self, name: &str, arguments: &[Partial]) -> Option<Partial> {
        match (name, arguments) {
            ("min" | "max", _) => Some(self.extreme(name, arguments)),
            ("sum", [numbers]) => Some(self.sum(&self.opened(numbers))),
            ("range", _) => self.range(arguments),
            _ => None,
        }
    }

    fn extreme(&self, name: &str, arguments: &[Partial]) -> Partial {
        let numbers: Option<Vec<Decimal>> = arguments.iter().map(|one| self.number(one)).collect();
        let Some(numbers) = numbers else {
            return Partial::made(arguments.to_vec());
        };
        let chosen = match name {
            "min" => numbers.into_iter().min_by(Decimal::compare),
            _ => numbers.into_iter().max_by(Decimal::compare),
        };
        chosen.map_or_else(Partial::invalid, |chosen| number_from(Some(chosen)))
    }

    fn sum(&self, numbers: &Partial) -> Partial {
        let Some(elements) = numbers.as_list() else {
            return Partial::made(vec![numbers.clone()]);
        };
        let known: Option<Vec<Decimal>> = elements.iter().map(|one| self.number(one)).collect();
        let Some(known) = known else {
            return Partial::made(elements);
        };
        let Some((first, rest)) = known.split_first() else {
            return Partial::invalid();
        };
        number_from(rest.iter().try_fold(first.clone(), |sum, one| sum.add(one)))
    }

    /// `None` where a bound is not known.
    fn range(&self, arguments: &[Partial]) -> Option<Partial> {
        let bounds: Vec<Decimal> = arguments.iter().map(|one| self.number(one)).collect::<Option<_>>()?;
        let whole = |text: &str| Decimal::parse(text);
        let zero = whole("0")?;
        let (start, end, step) = match bounds.as_slice() {
            [end] => (&zero, end, None),
            [start, end] => (start, end, None),
            [start, end, step] => (start, end, Some(step.clone())),
            _ => return None,
        };
        let rising = start.compare(end).is_le();
        let step = step.or_else(|| whole(if rising { "1" } else { "-1" }))?;
        let towards = step.compare(&zero);
        if towards.is_eq() || towards.is_gt() != rising {
            return Some(Partial::invalid());
        }
        let mut elements = Vec::new();
        let mut next = start.clone();
        while next.compare(end).is_ne() && next.compare(end).is_lt() == rising {
            if elements.len() >= MAX_RANGE {
                return Some(Partial::invalid());
            }
            elements.push(Partial::from(next.value()?));
            next = next.add(&step)?;
        }
        Some(Partial::list(elements))
    }

    /// A position in a list: a whole number that is not negative.
    pub(super) fn position(&self, value: &Partial) -> Option<usize> {
        usize::try_from(self.number(value)?.whole()?).ok()
    }

    /// The number of elements or characters.
    pub(super) fn length(&self, value: &Partial) -> Partial {
        let count = match &value.kind {
            Kind::List(elements) => elements.len(),
            // Elements that are not known may be equal.
            Kind::Set(elements) if elements.len() < 2 => elements.len(),
            Kind::Set(elements) if elements.iter().all(|one| self.whole(one).is_some()) => elements.len(),
            Kind::Object(members) => members.len(),
            Kind::Scalar(Value::String(text)) if text.chars().all(super::text::is_one_character) => {
                text.chars().count()
            }
            Kind::Null | Kind::Invalid => return Partial::invalid(),
            Kind::Opaque(_) => return value.clone(),
            _ => return Partial::made(vec![value.clone()]),
        };
        Value::from(count).into()
    }
}
