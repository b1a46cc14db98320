//! Whether a variable has the default that a plan shows. The plan shows it as the variable's type shapes it.

use hcl_edit::expr::{Expression, FuncCall};
use serde_json::{Map, Value};

use super::agree::{key_of, literal};
use super::partial::text_of;
use crate::source::Variable;

/// Whether the default that is written may be the one of the plan. What is not written out is not compared.
pub(super) fn agrees(planned: Option<&Value>, declared: &Variable) -> bool {
    match (planned, &declared.default) {
        (None, None) => true,
        (Some(planned), Some(written)) => {
            literal(written).is_none_or(|written| shaped(&written, planned, declared.constraint.as_ref()))
        }
        _ => false,
    }
}

/// Whether a type makes the planned value of the written one.
fn shaped(written: &Value, planned: &Value, constraint: Option<&Expression>) -> bool {
    match (written, planned) {
        (Value::Array(written), Value::Array(planned)) => elements(written, planned, constraint),
        (Value::Object(written), Value::Object(planned)) => members(written, planned, constraint),
        (Value::Array(_) | Value::Object(_), _) | (_, Value::Array(_) | Value::Object(_)) => false,
        (Value::String(text), Value::Bool(flag)) => {
            matches!((text.as_str(), flag), ("true" | "1", true) | ("false" | "0", false))
        }
        _ => text_of(written) == text_of(planned) || number(written).is_some_and(|one| number(planned) == Some(one)),
    }
}

fn number(value: &Value) -> Option<f64> {
    text_of(value)?.parse().ok()
}

fn elements(written: &[Value], planned: &[Value], constraint: Option<&Expression>) -> bool {
    match form(constraint) {
        Form::Any => in_order(written, planned, None),
        Form::Call("list", inner) => in_order(written, planned, inner),
        Form::Call("set", inner) => {
            let there = |one: &Value| planned.iter().any(|planned| shaped(one, planned, inner));
            let here = |one: &Value| written.iter().any(|written| shaped(written, one, inner));
            written.iter().all(there) && planned.iter().all(here)
        }
        _ => true,
    }
}

fn in_order(written: &[Value], planned: &[Value], constraint: Option<&Expression>) -> bool {
    let mut pairs = written.iter().zip(planned);
    written.len() == planned.len() && pairs.all(|(written, planned)| shaped(written, planned, constraint))
}

fn members(written: &Map<String, Value>, planned: &Map<String, Value>, constraint: Option<&Expression>) -> bool {
    let each = |inner: Option<&Expression>| {
        let mut pairs = written.iter();
        written.len() == planned.len()
            && pairs.all(|(name, one)| planned.get(name).is_some_and(|planned| shaped(one, planned, inner)))
    };
    match form(constraint) {
        Form::Any => each(None),
        Form::Call("map", inner) => each(inner),
        Form::Call("object", Some(Expression::Object(attributes))) => attributes.iter().all(|(key, attribute)| {
            let Some(name) = key_of(key) else { return true };
            let planned = planned.get(name).unwrap_or(&Value::Null);
            let given = written.get(name).filter(|one| !one.is_null());
            match (given, default_of(attribute.expr())) {
                (Some(given), _) => shaped(given, planned, Some(attribute.expr())),
                (None, Some(default)) => {
                    literal(default).is_none_or(|default| shaped(&default, planned, Some(attribute.expr())))
                }
                (None, None) => planned.is_null(),
            }
        }),
        _ => true,
    }
}

/// What a type constraint says of a collection.
enum Form<'e> {
    /// Nothing.
    Any,
    /// `list(…)`, `object({…})`
    Call(&'e str, Option<&'e Expression>),
    /// It is none that is known here.
    Other,
}

fn form(constraint: Option<&Expression>) -> Form<'_> {
    match constraint {
        None => Form::Any,
        Some(Expression::Variable(name)) if name.as_str() == "any" => Form::Any,
        Some(Expression::Parenthesis(inner)) => form(Some(inner.inner())),
        Some(Expression::FuncCall(call)) => match (call.name.name.as_str(), call.args.iter().next()) {
            ("optional", inner) => form(inner),
            (name, inner) => Form::Call(name, inner),
        },
        Some(_) => Form::Other,
    }
}

/// The default of an optional attribute.
fn default_of(attribute: &Expression) -> Option<&Expression> {
    let optional = |call: &&FuncCall| call.name.name.as_str() == "optional";
    match attribute {
        Expression::FuncCall(call) => Some(&**call).filter(optional)?.args.iter().nth(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use hcl_edit::structure::Body;
    use serde_json::json;

    use super::*;

    fn declared(text: &str) -> Variable {
        let mut body: Body = text.parse().unwrap();
        let mut take = |name: &str| body.remove_attribute(name).map(|attribute| attribute.value);
        Variable {
            default: take("default"),
            constraint: take("type"),
            nullable: true,
        }
    }

    #[test]
    fn a_default_is_shown_as_its_type_shapes_it() {
        let object = "object({ a = optional(string, \"x\"), b = optional(object({ c = optional(bool, true) }), {}), d = optional(string) })";
        let whole = json!({ "a": "x", "b": { "c": true }, "d": null });
        for (text, planned) in [
            ("default = \"x\"".to_owned(), json!("x")),
            ("default = null".to_owned(), json!(null)),
            ("default = \"1.0\"\ntype = number".to_owned(), json!(1)),
            ("default = 5\ntype = string".to_owned(), json!("5")),
            ("default = \"1\"\ntype = bool".to_owned(), json!(true)),
            (
                "default = [\"b\", \"a\", \"b\"]\ntype = set(string)".to_owned(),
                json!(["a", "b"]),
            ),
            (
                "default = { a = 1, b = true }\ntype = map(string)".to_owned(),
                json!({ "a": "1", "b": "true" }),
            ),
            (format!("default = {{}}\ntype = {object}"), whole.clone()),
            (
                format!("default = {{ a = null, e = 1 }}\ntype = {object}"),
                whole.clone(),
            ),
            (format!("default = [{{}}]\ntype = list({object})"), json!([whole])),
            // What is not written out, and types that are not known here, are not compared.
            ("default = lower(\"X\")".to_owned(), json!("y")),
            ("default = [\"x\"]\ntype = tuple([string])".to_owned(), json!(["y"])),
        ] {
            assert!(agrees(Some(&planned), &declared(&text)), "{text}");
        }
        assert!(agrees(None, &declared("type = string")));
    }

    #[test]
    fn another_default_is_noticed() {
        let object = "object({ a = optional(string, \"x\"), d = optional(string) })";
        for (text, planned) in [
            ("default = \"x\"".to_owned(), Some(json!("y"))),
            ("default = \"x\"".to_owned(), Some(json!(null))),
            ("default = null".to_owned(), Some(json!("x"))),
            ("default = \"x\"".to_owned(), None),
            ("type = string".to_owned(), Some(json!(null))),
            ("default = \"false\"\ntype = bool".to_owned(), Some(json!(true))),
            (
                "default = [\"b\", \"a\"]\ntype = list(string)".to_owned(),
                Some(json!(["a", "b"])),
            ),
            (
                "default = [\"a\"]\ntype = set(string)".to_owned(),
                Some(json!(["a", "b"])),
            ),
            (
                "default = [\"a\", \"b\"]\ntype = set(string)".to_owned(),
                Some(json!(["a"])),
            ),
            ("default = { a = 1 }".to_owned(), Some(json!({ "a": 1, "b": 2 }))),
            (
                "default = { a = 1, b = 2 }\ntype = map(number)".to_owned(),
                Some(json!({ "a": 1 })),
            ),
            ("default = {}".to_owned(), Some(json!([]))),
            (
                format!("default = {{}}\ntype = {object}"),
                Some(json!({ "a": "y", "d": null })),
            ),
            (
                format!("default = {{}}\ntype = {object}"),
                Some(json!({ "a": "x", "d": "z" })),
            ),
            (
                format!("default = {{ a = \"y\" }}\ntype = {object}"),
                Some(json!({ "a": "x", "d": null })),
            ),
        ] {
            assert!(!agrees(planned.as_ref(), &declared(&text)), "{text}");
        }
    }
}
