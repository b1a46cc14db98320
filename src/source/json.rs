//! Configuration in JSON syntax (`.tf.json`), brought into the form of HCL.
//! (<https://developer.hashicorp.com/terraform/language/syntax/json>)

use std::collections::{BTreeMap, HashMap};

use hcl_edit::Ident;
use hcl_edit::expr::{Array, Expression, Object, ObjectKey, ObjectValue};
use hcl_edit::structure::{Attribute, Block, Body};
use hcl_edit::template::StringTemplate;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::error::SourceError;

/// The top of a file, its blocks with as many labels as Terraform gives them.
pub(super) fn body(file: &str, text: &str) -> Result<Body, SourceError> {
    let wrong = |line: usize, column: usize, message: String| SourceError::Syntax {
        file: file.to_owned(),
        line,
        column,
        message,
    };
    let value: Value =
        serde_json::from_str(text).map_err(|error| wrong(error.line(), error.column(), error.to_string()))?;
    let Value::Object(members) = value else {
        return Err(wrong(1, 1, "the file is no JSON object".to_owned()));
    };
    let mut body = Body::new();
    for (kind, value) in members {
        let labels = match kind.as_str() {
            "resource" | "data" | "ephemeral" => 2,
            "module" | "variable" | "output" | "provider" => 1,
            _ => 0,
        };
        blocks(&kind, labels, &[], value, &mut body);
    }
    Ok(body)
}

/// Where the values of a file stand, by the names that lead there, as deep as the arguments of a block. Elements of an
/// array have no names of their own: the first stands for all.
pub(super) fn offsets(text: &str) -> HashMap<Vec<String>, usize> {
    let mut found = HashMap::new();
    if let Ok(top) = serde_json::from_str::<&RawValue>(text) {
        offsets_in(text, top, &[], &mut found);
    }
    found
}

fn offsets_in(text: &str, value: &RawValue, around: &[String], found: &mut HashMap<Vec<String>, usize>) {
    if let Ok(elements) = serde_json::from_str::<Vec<&RawValue>>(value.get()) {
        for element in elements {
            offsets_in(text, element, around, found);
        }
    } else if let Ok(members) = serde_json::from_str::<BTreeMap<String, &RawValue>>(value.get()) {
        for (name, value) in members {
            let mut path = around.to_vec();
            path.push(name);
            // `resource`, its type, its name, its argument.
            if path.len() < 4 {
                offsets_in(text, value, &path, found);
            }
            let offset = value.get().as_ptr().addr().checked_sub(text.as_ptr().addr());
            if let Some(offset) = offset {
                found.entry(path).or_insert(offset);
            }
        }
    }
}

fn blocks(kind: &str, labels: usize, given: &[String], value: Value, body: &mut Body) {
    match value {
        Value::Array(several) => {
            for one in several {
                blocks(kind, labels, given, one, body);
            }
        }
        Value::Object(members) if given.len() < labels => {
            for (label, value) in members {
                let mut given = given.to_vec();
                given.push(label);
                blocks(kind, labels, &given, value, body);
            }
        }
        Value::Object(members) => {
            let mut block = Block::new(Ident::new_sanitized(kind));
            block.labels = given.iter().map(|label| label.as_str().into()).collect();
            block.body = arguments(members);
            body.push(block);
        }
        _ => {}
    }
}

/// Which members are nested blocks only the provider's schema tells: they stand as arguments that hold objects.
fn arguments(members: Map<String, Value>) -> Body {
    let mut body = Body::new();
    for (name, value) in members {
        match (name.as_str(), value) {
            ("//", _) => {}
            ("dynamic", Value::Object(dynamic)) => {
                for (label, content) in dynamic {
                    blocks("dynamic", 1, &[label], content, &mut body);
                }
            }
            ("lifecycle", value) => blocks("lifecycle", 0, &[], value, &mut body),
            ("content", Value::Object(content)) => {
                let mut block = Block::new(Ident::new_unchecked("content"));
                block.body = arguments(content);
                body.push(block);
            }
            (_, value) => body.push(Attribute::new(Ident::new_sanitized(&name), expression(value))),
        }
    }
    body
}

fn expression(value: Value) -> Expression {
    match value {
        Value::Null => Expression::null(),
        Value::Bool(flag) => Expression::from(flag),
        Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(number), _, _) => Expression::from(number),
            (_, Some(number), _) => Expression::from(number),
            (_, _, Some(number)) => Expression::from(number),
            _ => Expression::null(),
        },
        Value::String(text) => template(text),
        Value::Array(elements) => {
            let elements: Array = elements.into_iter().map(expression).collect();
            Expression::Array(elements)
        }
        Value::Object(members) => {
            let members: Object = members
                .into_iter()
                .map(|(name, value)| {
                    let key = ObjectKey::Expression(template(name));
                    (key, ObjectValue::new(expression(value)))
                })
                .collect();
            Expression::Object(members)
        }
    }
}

/// A text is a template; what is none stays as it stands.
fn template(text: String) -> Expression {
    if !text.contains("${") && !text.contains("%{") {
        return Expression::from(text);
    }
    match hcl_edit::parser::parse_template(&text) {
        Ok(mut template) => {
            super::template::settle_alone(&mut template);
            let elements: Vec<_> = template.into_iter().collect();
            Expression::StringTemplate(StringTemplate::from(elements))
        }
        Err(_) => Expression::from(text),
    }
}
