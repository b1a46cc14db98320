//! Exact arithmetic on decimal numbers. Terraform computes with 512 bits, and what a float rounds would not be equal to it.

use std::cmp::Ordering;
use std::str::FromStr;

use bigdecimal::{BigDecimal, ToPrimitive, Zero};
use serde_json::{Number, Value};

/// A text of more digits may have been rounded when it was read.
const MAX_DIGITS: u64 = 15;
/// Numbers of more digits, before or behind the point, are left alone.
const MAX_SIZE: u64 = 40;

/// A number that is exactly what Terraform has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decimal(BigDecimal);

impl Decimal {
    /// A number that is certainly the one that was written.
    pub(super) fn of(number: &Number) -> Option<Self> {
        let text = number.to_string();
        let parsed = Self::parse(&text)?;
        let whole = number.is_i64() || number.is_u64();
        (whole || parsed.0.digits() <= MAX_DIGITS).then_some(parsed)
    }

    /// A number as a text: `-12.50`, `1e3`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::bounded(&BigDecimal::from_str(text).ok()?)
    }

    fn bounded(number: &BigDecimal) -> Option<Self> {
        let behind = number.fractional_digit_count().unsigned_abs();
        let short = behind <= MAX_SIZE && number.digits() <= MAX_SIZE;
        short.then(|| Self(number.normalized()))
    }

    pub(super) fn add(&self, other: &Self) -> Option<Self> {
        Self::bounded(&(&self.0 + &other.0))
    }

    pub(super) fn subtract(&self, other: &Self) -> Option<Self> {
        Self::bounded(&(&self.0 - &other.0))
    }

    pub(super) fn multiply(&self, other: &Self) -> Option<Self> {
        Self::bounded(&(&self.0 * &other.0))
    }

    /// `None` where the quotient has no end, too.
    pub(super) fn divide(&self, other: &Self) -> Option<Self> {
        if other.0.is_zero() {
            return None;
        }
        let quotient = &self.0 / &other.0;
        (&quotient * &other.0 == self.0)
            .then(|| Self::bounded(&quotient))
            .flatten()
    }

    /// The sign is the dividend's.
    pub(super) fn remainder(&self, other: &Self) -> Option<Self> {
        if other.0.is_zero() {
            return None;
        }
        Self::bounded(&(&self.0 % &other.0))
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }

    /// A whole number.
    pub(super) fn whole(&self) -> Option<i64> {
        self.0.is_integer().then(|| self.0.to_i64()).flatten()
    }

    /// The number in a value; `None` where a value does not hold so many digits.
    pub(super) fn value(&self) -> Option<Value> {
        if self.0.is_integer() {
            let number = self.0.to_i64().map(Number::from);
            return number.or_else(|| self.0.to_u64().map(Number::from)).map(Value::Number);
        }
        let exact = self.0.digits() <= MAX_DIGITS;
        exact
            .then(|| Number::from_f64(self.0.to_f64()?))
            .flatten()
            .map(Value::Number)
    }
}
