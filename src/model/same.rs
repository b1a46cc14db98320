//! When values are the same: once for all operators and for filters in paths.

use serde_json::Value;

/// Booleans and numbers are equal to their spelling as strings: some schemas have them as strings.
pub fn same(left: &Value, right: &Value) -> bool {
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

/// Whether the left one is less: of two numbers (one of which may be spelled as a string), or of two strings by their
/// letters. Nothing else has an order.
pub fn less(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left < right,
        _ => number(left)
            .zip(number(right))
            .is_some_and(|(left, right)| left < right),
    }
}

/// The number that a value is, or spells.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// Whether nothing is set: some provider attributes are empty where they are not.
pub fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}
