//! Operators.

use hcl_edit::expr::{BinaryOp, BinaryOperator, UnaryOp, UnaryOperator};
use serde_json::Value;

use super::decimal::Decimal;
use super::partial::{Kind, Partial};
use super::scope::Scope;
use crate::model::resolve::{Opaque, Resolver};

impl Resolver<'_, '_> {
    pub(super) fn unary(&self, operation: &UnaryOp, scope: &Scope<'_>) -> Partial {
        let value = self.settled(&self.evaluate(&operation.expr, scope));
        value.each(|value| match operation.operator.value() {
            UnaryOperator::Not => match self.truth(value) {
                Some(flag) => (!flag).into(),
                None => undecided(value),
            },
            UnaryOperator::Neg => match self.number(value) {
                Some(number) => number_from(Decimal::parse("0").and_then(|zero| zero.subtract(&number))),
                None => undecided(value),
            },
        })
    }

    pub(super) fn binary(&self, operation: &BinaryOp, scope: &Scope<'_>) -> Partial {
        use BinaryOperator::{And, Div, Eq, Greater, GreaterEq, Less, LessEq, Minus, Mod, Mul, NotEq, Or, Plus};
        let left = self.settled(&self.evaluate(&operation.lhs_expr, scope));
        let right = self.settled(&self.evaluate(&operation.rhs_expr, scope));
        let operator = *operation.operator.value();
        left.each(|left| {
            right.each(|right| match operator {
                Eq | NotEq if left.kind == Kind::Invalid || right.kind == Kind::Invalid => Partial::invalid(),
                Eq => told(self.equal(left, right), left, right),
                NotEq => told(self.equal(left, right).map(|same| !same), left, right),
                _ if [left, right]
                    .iter()
                    .any(|one| matches!(one.kind, Kind::Null | Kind::Invalid)) =>
                {
                    Partial::invalid()
                }
                And | Or => self.logic(operator == Or, left, right),
                Less | LessEq | Greater | GreaterEq | Plus | Minus | Mul | Div | Mod => {
                    self.arithmetic(operator, left, right)
                }
            })
        })
    }

    /// `&&`, `||`: `decides` is the flag that settles it whatever stands on the other side.
    fn logic(&self, decides: bool, left: &Partial, right: &Partial) -> Partial {
        match (self.truth(left), self.truth(right)) {
            (Some(flag), _) | (_, Some(flag)) if flag == decides => flag.into(),
            (Some(_), Some(_)) => (!decides).into(),
            (told, _) => match told {
                // Only the side that is not known decides.
                Some(_) => Partial::made(vec![right.clone()]),
                None => Partial::made(vec![left.clone(), right.clone()]),
            },
        }
    }

    fn arithmetic(&self, operator: BinaryOperator, left: &Partial, right: &Partial) -> Partial {
        let (Some(a), Some(b)) = (self.number(left), self.number(right)) else {
            return Partial::made(vec![left.clone(), right.clone()]);
        };
        let computed = match operator {
            BinaryOperator::Plus => a.add(&b),
            BinaryOperator::Minus => a.subtract(&b),
            BinaryOperator::Mul => a.multiply(&b),
            BinaryOperator::Div => a.divide(&b),
            BinaryOperator::Mod => a.remainder(&b),
            _ => {
                let order = a.compare(&b);
                return match operator {
                    BinaryOperator::Less => order.is_lt(),
                    BinaryOperator::LessEq => order.is_le(),
                    BinaryOperator::Greater => order.is_gt(),
                    _ => order.is_ge(),
                }
                .into();
            }
        };
        number_from(computed)
    }

    /// A known number, also one that is written as a text.
    pub(super) fn number(&self, value: &Partial) -> Option<Decimal> {
        match self.scalar(value)? {
            Value::String(text) => Decimal::parse(&text),
            Value::Number(number) => Decimal::of(&number),
            _ => None,
        }
    }

    /// Whether two values are equal; `None` where the apply decides.
    pub(super) fn equal(&self, left: &Partial, right: &Partial) -> Option<bool> {
        match (&left.kind, &right.kind) {
            (Kind::Null, Kind::Null) => return Some(true),
            (Kind::Null, _) => return self.never_null(right).then_some(false),
            (_, Kind::Null) => return self.never_null(left).then_some(false),
            _ => {}
        }
        let (left, right) = (self.opened(left), self.opened(right));
        if self.differ(&left, &right) {
            return Some(false);
        }
        let same = same(&self.whole(&left)?, &self.whole(&right)?);
        // Collections with the same elements differ where their types do: a list is never equal to a tuple.
        let collections = |value: &Partial| match &value.kind {
            Kind::Set(elements) => !elements.iter().any(|one| matches!(one.kind, Kind::Scalar(_))),
            Kind::List(_) | Kind::Object(_) => true,
            _ => false,
        };
        (!same || !collections(&left) || !collections(&right)).then_some(same)
    }

    /// Whether two collections differ whatever the apply makes of what is unknown in them.
    fn differ(&self, left: &Partial, right: &Partial) -> bool {
        let different =
            |(left, right): (&Partial, &Partial)| self.equal(&self.settled(left), &self.settled(right)) == Some(false);
        match (&left.kind, &right.kind) {
            (Kind::List(left), Kind::List(right)) => {
                left.len() != right.len() || left.iter().zip(right.iter()).any(different)
            }
            (Kind::Object(left), Kind::Object(right)) => {
                !left.keys().eq(right.keys()) || left.values().zip(right.values()).any(different)
            }
            _ => false,
        }
    }

    /// The whole value, attributes that the plan knows included.
    pub(super) fn whole(&self, value: &Partial) -> Option<Value> {
        let value = self.opened(value);
        Some(match &value.kind {
            Kind::List(elements) | Kind::Set(elements) => {
                let elements = elements.iter().map(|element| self.whole(element));
                let mut elements: Vec<Value> = elements.collect::<Option<_>>()?;
                if value.is_unordered() {
                    elements.sort_by_cached_key(Value::to_string);
                }
                Value::Array(elements)
            }
            Kind::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, member)| Some((name.clone(), self.whole(member)?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
            _ => value.literal()?,
        })
    }
}

/// What an operator makes of something that is not known.
fn undecided(value: &Partial) -> Partial {
    match value.kind {
        Kind::Invalid | Kind::Opaque(_) => value.clone(),
        Kind::Null => Partial::invalid(),
        _ => Partial::made(vec![value.clone()]),
    }
}

fn told(answer: Option<bool>, left: &Partial, right: &Partial) -> Partial {
    answer.map_or_else(|| Partial::made(vec![left.clone(), right.clone()]), Partial::from)
}

/// Equal as Terraform sees it: numbers by their value, everything else by type and value.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => left == right,
    }
}

/// A number that was computed; `None` where it has too many digits.
pub(super) fn number_from(number: Option<Decimal>) -> Partial {
    match number.and_then(|number| number.value()) {
        Some(value) => value.into(),
        None => Opaque::Undecided("a number of more digits than planseal computes with".into()).into(),
    }
}
