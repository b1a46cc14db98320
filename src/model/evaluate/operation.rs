//! Operators.

use hcl_edit::expr::{BinaryOp, BinaryOperator, UnaryOp, UnaryOperator};
use serde_json::{Number, Value};

use super::partial::{Kind, Partial};
use super::scope::Scope;
use crate::model::resolve::Resolver;

impl Resolver<'_, '_> {
    pub(super) fn unary(&self, operation: &UnaryOp, scope: &Scope<'_>) -> Partial {
        let value = self.settled(&self.evaluate(&operation.expr, scope));
        value.each(|value| match operation.operator.value() {
            UnaryOperator::Not => match self.truth(value) {
                Some(flag) => (!flag).into(),
                None => undecided(value),
            },
            UnaryOperator::Neg => match self.scalar(value).and_then(|value| value.as_f64()) {
                Some(number) => number_from(-number),
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
                Eq => told(self.equal(left, right), left, right),
                NotEq => told(self.equal(left, right).map(|same| !same), left, right),
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
        let number = |value: &Partial| match self.scalar(value)? {
            Value::String(text) => text.parse().ok(),
            other => other.as_f64(),
        };
        let (Some(a), Some(b)) = (number(left), number(right)) else {
            return Partial::made(vec![left.clone(), right.clone()]);
        };
        match operator {
            BinaryOperator::Less => (a < b).into(),
            BinaryOperator::LessEq => (a <= b).into(),
            BinaryOperator::Greater => (a > b).into(),
            BinaryOperator::GreaterEq => (a >= b).into(),
            BinaryOperator::Plus => number_from(a + b),
            BinaryOperator::Minus => number_from(a - b),
            BinaryOperator::Mul => number_from(a * b),
            BinaryOperator::Div => number_from(a / b),
            BinaryOperator::Mod => number_from(a % b),
            BinaryOperator::Eq | BinaryOperator::NotEq | BinaryOperator::And | BinaryOperator::Or => Partial::invalid(),
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
        let (left, right) = (self.whole(left)?, self.whole(right)?);
        Some(same(&left, &right))
    }

    /// The whole value, attributes that the plan knows included.
    pub(super) fn whole(&self, value: &Partial) -> Option<Value> {
        let value = self.opened(value);
        Some(match &value.kind {
            Kind::List(elements) | Kind::Set(elements) => Value::Array(
                elements
                    .iter()
                    .map(|element| self.whole(element))
                    .collect::<Option<_>>()?,
            ),
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

pub(super) fn number_from(number: f64) -> Partial {
    let whole = number.fract() == 0.0 && number.abs() < 9e15;
    let value = if whole {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and far from the bounds")]
        Some(Number::from(number as i64))
    } else {
        Number::from_f64(number)
    };
    value.map_or_else(Partial::invalid, |number| Kind::Scalar(Value::Number(number)).into())
}
