//! Values of the short form: what stands for something unknown, and what refers elsewhere.

use serde_json::{Map, Value, json};

/// What stands for a value that the plan does not know.
pub(in crate::testing) const UNKNOWN: &str = "(known after apply)";

/// A value of the short form, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Made {
    /// The value; unknown elements of lists are null, unknown members of mappings are left out. `None`: unknown as a whole.
    pub(super) value: Option<Value>,
    /// As `after_unknown` has it.
    pub(super) unknown: Value,
}

impl Made {
    pub(super) fn known(value: Value) -> Self {
        let unknown = match &value {
            Value::Array(elements) => elements.iter().map(|_| json!({})).collect(),
            Value::Object(_) => json!({}),
            _ => json!(false),
        };
        Self {
            value: Some(value),
            unknown,
        }
    }

    pub(super) fn unknown() -> Self {
        Self {
            value: None,
            unknown: json!(true),
        }
    }

    pub(super) fn list(elements: Vec<Self>) -> Self {
        let (values, unknown): (Vec<Value>, Vec<Value>) = elements
            .into_iter()
            .map(|made| (made.value.unwrap_or_default(), made.unknown))
            .unzip();
        Self {
            value: Some(Value::Array(values)),
            unknown: Value::Array(unknown),
        }
    }

    pub(super) fn mapping(members: Vec<(String, Self)>) -> Self {
        let mut values = Map::new();
        let mut unknown = Map::new();
        for (name, made) in members {
            let open = made.is_open();
            if let Some(value) = made.value {
                values.insert(name.clone(), value);
            }
            if open || made.unknown.is_array() || made.unknown.is_object() {
                unknown.insert(name, made.unknown);
            }
        }
        Self {
            value: Some(Value::Object(values)),
            unknown: Value::Object(unknown),
        }
    }

    /// Whether any part of it is unknown.
    pub(super) fn is_open(&self) -> bool {
        holds_true(&self.unknown)
    }

    /// The part that a step leads to; null where there is none.
    pub(super) fn part(self, name: &Value) -> Self {
        let pick = |value: &Value| match name {
            Value::String(name) => value.get(name).cloned(),
            index => value.get(usize::try_from(index.as_u64()?).ok()?).cloned(),
        };
        let Some(value) = &self.value else {
            return Self::unknown();
        };
        match pick(&self.unknown) {
            Some(Value::Bool(true)) => Self::unknown(),
            unknown => Self {
                unknown: unknown.unwrap_or(json!(false)),
                value: Some(pick(value).unwrap_or_default()),
            },
        }
    }
}

fn holds_true(mask: &Value) -> bool {
    match mask {
        Value::Bool(unknown) => *unknown,
        Value::Array(elements) => elements.iter().any(holds_true),
        Value::Object(members) => members.values().any(holds_true),
        _ => false,
    }
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// What stands between `${` and `}`.
    Reference(String),
}

/// The pieces of a text; `None` where a `${` is not closed. `$${` is a `${` of the text.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece>> {
    let mut found = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let (before, after) = rest.split_at_checked(start)?;
        let after = after.strip_prefix("${")?;
        if let Some(before) = before.strip_suffix('$') {
            plain.push_str(before);
            plain.push_str("${");
            rest = after;
            continue;
        }
        plain.push_str(before);
        if !plain.is_empty() {
            found.push(Piece::Text(std::mem::take(&mut plain)));
        }
        let end = closing(after)?;
        found.push(Piece::Reference(after.get(..end)?.trim().to_owned()));
        rest = after.get(end..)?.strip_prefix('}')?;
    }
    plain.push_str(rest);
    if !plain.is_empty() || found.is_empty() {
        found.push(Piece::Text(plain));
    }
    Some(found)
}

/// Where the `}` is that closes a reference: instance keys may hold one, too.
fn closing(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (position, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '}' if !quoted => return Some(position),
            _ => {}
        }
    }
    None
}

/// The references in a value, in the order in which they stand, and whether it holds something unknown.
pub(super) fn references_in(value: &Value) -> (Vec<String>, bool) {
    let mut found = Vec::new();
    let mut open = false;
    for text in texts(value) {
        open |= text == UNKNOWN;
        found.extend(pieces(text).into_iter().flatten().filter_map(|piece| match piece {
            Piece::Reference(reference) => Some(reference),
            Piece::Text(_) => None,
        }));
    }
    (found, open)
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(elements) => elements.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// The same number for the same text, on every machine (FNV-1a).
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_references() {
        let reference = |text: &str| Piece::Reference(text.to_owned());
        let plain = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(pieces("a"), Some(vec![plain("a")]));
        assert_eq!(pieces(""), Some(vec![plain("")]));
        assert_eq!(pieces("${a.b}"), Some(vec![reference("a.b")]));
        assert_eq!(
            pieces("x${ a.b[\"}\"].c }y"),
            Some(vec![plain("x"), reference("a.b[\"}\"].c"), plain("y")])
        );
        assert_eq!(pieces("$${aws:username}"), Some(vec![plain("${aws:username}")]));
        assert_eq!(pieces("${a"), None);
    }

    #[test]
    fn unknown_parts_are_left_out_and_marked_as_plan_json_does() {
        let made = Made::mapping(vec![
            ("a".into(), Made::known(json!(1))),
            ("b".into(), Made::unknown()),
            ("c".into(), Made::list(vec![Made::unknown(), Made::known(json!("x"))])),
        ]);
        assert_eq!(made.value, Some(json!({ "a": 1, "c": [null, "x"] })));
        assert_eq!(made.unknown, json!({ "b": true, "c": [true, false] }));
        assert!(made.is_open());
        assert_eq!(made.clone().part(&json!("b")), Made::unknown());
        assert_eq!(made.clone().part(&json!("c")).part(&json!(1)).value, Some(json!("x")));
        assert_eq!(made.part(&json!("d")).value, Some(Value::Null));
    }
}
