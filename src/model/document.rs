//! Documents in strings: JSON, and IAM policies in one shape.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use thiserror::Error;

use super::value::{Node, NodeKind};

/// What the text of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, as it stands.
    Json,
    /// A policy in IAM's JSON grammar, in one shape: see [`Format::read`].
    IamPolicy,
}

/// Why a text is no such document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DocumentError {
    /// It is not JSON.
    #[error("it is not JSON")]
    NotJson,
    /// It is JSON, and no policy.
    #[error("it has no `Statement`")]
    NoStatement,
}

impl Format {
    /// Reads a document.
    ///
    /// IAM's grammar writes one thing in several ways, and names of elements in letters of either case. In the shape
    /// given here `Statement`, `Action`, `NotAction`, `Resource` and `NotResource` are lists; `Principal` and
    /// `NotPrincipal` are objects of lists (`"*"` is `{"AWS": ["*"]}`); `Condition` is a list of `operator`, `key` (in
    /// lower case) and `values`.
    /// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>)
    ///
    /// # Errors
    /// Where the value is no such document.
    pub fn read(self, value: &Value) -> Result<Node, DocumentError> {
        let document: Value = match value {
            Value::String(text) => serde_json::from_str(text).map_err(|_| DocumentError::NotJson)?,
            other => other.clone(),
        };
        match self {
            Self::Json => Ok(plain(document)),
            Self::IamPolicy => iam_policy(document).map(plain),
        }
    }
}

/// A value as a node.
pub fn plain(value: Value) -> Node {
    Node {
        kind: match value {
            Value::Null => NodeKind::Absent,
            Value::Object(members) => NodeKind::Object(
                members
                    .into_iter()
                    .map(|(name, member)| (name.into(), plain(member)))
                    .collect(),
            ),
            Value::Array(elements) => NodeKind::Array(elements.into_iter().map(plain).collect()),
            scalar => NodeKind::Scalar(scalar.into()),
        },
        sensitive: false,
    }
}

fn iam_policy(document: Value) -> Result<Value, DocumentError> {
    let Value::Object(members) = document else {
        return Err(DocumentError::NoStatement);
    };
    let mut shaped = Map::new();
    for (name, member) in members {
        if name.eq_ignore_ascii_case("Statement") {
            let statements = list(member).into_iter().map(statement).collect();
            shaped.insert("Statement".into(), Value::Array(statements));
        } else {
            shaped.insert(name, member);
        }
    }
    if shaped.contains_key("Statement") {
        Ok(Value::Object(shaped))
    } else {
        Err(DocumentError::NoStatement)
    }
}

/// The elements of a statement, as AWS spells them.
const ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// The kinds of principals, as AWS spells them.
const KINDS: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];

fn statement(statement: Value) -> Value {
    let Value::Object(members) = statement else {
        return statement;
    };
    let shaped = members.into_iter().map(|(name, member)| {
        let element = ELEMENTS.into_iter().find(|known| name.eq_ignore_ascii_case(known));
        let member = match element {
            Some("Principal" | "NotPrincipal") => principal(member),
            Some("Action" | "NotAction" | "Resource" | "NotResource") => Value::Array(list(member)),
            Some("Condition") => conditions(member),
            _ => member,
        };
        (element.map_or(name, str::to_owned), member)
    });
    Value::Object(shaped.collect())
}

fn principal(principal: Value) -> Value {
    let kinds = match principal {
        Value::Object(kinds) => kinds,
        anyone => Map::from_iter([("AWS".to_owned(), anyone)]),
    };
    let mut shaped: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (kind, ids) in kinds {
        let known = KINDS.into_iter().find(|known| kind.eq_ignore_ascii_case(known));
        let kind = known.map_or(kind, str::to_owned);
        shaped.entry(kind).or_default().extend(list(ids));
    }
    shaped
        .into_iter()
        .map(|(kind, ids)| (kind, Value::Array(ids)))
        .collect()
}

fn conditions(block: Value) -> Value {
    let Value::Object(operators) = block else { return block };
    let one = |operator: &str, (key, values): (String, Value)| {
        Value::Object(Map::from_iter([
            ("operator".to_owned(), Value::from(operator)),
            ("key".to_owned(), Value::from(key.to_lowercase())),
            ("values".to_owned(), Value::Array(list(values))),
        ]))
    };
    let all = operators.into_iter().flat_map(|(operator, keys)| match keys {
        Value::Object(keys) => keys.into_iter().map(|pair| one(&operator, pair)).collect(),
        _ => Vec::new(),
    });
    Value::Array(all.collect())
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(elements) => elements,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::value::State;
    use serde_json::json;

    fn policy(document: &Value) -> Value {
        let node = Format::IamPolicy.read(&Value::from(document.to_string())).unwrap();
        match node.state() {
            State::Known(value) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_ways_to_write_a_statement_come_to_one_shape() {
        let short = json!({"statement": {
            "effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
        }});
        let long = json!({"Statement": [{
            "Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["kms:*"], "Resource": ["*"],
            "Condition": [{"operator": "StringEquals", "key": "aws:principalorgid", "values": ["o-1"]}]
        }]});
        assert_eq!(policy(&short), long);
    }

    #[test]
    fn names_are_the_same_in_letters_of_either_case() {
        let odd = json!({"STATEMENT": [{
            "sid": "x", "EFFECT": "Allow", "notprincipal": {"aws": "a", "AWS": ["b"], "service": "c"}, "notaction": "d",
            "NOTRESOURCE": "e", "condition": {"Bool": {"AWS:SecureTransport": true}}, "Other": "f"
        }]});
        let shaped = json!({"Statement": [{
            "Sid": "x", "Effect": "Allow", "NotPrincipal": {"AWS": ["b", "a"], "Service": ["c"]}, "NotAction": ["d"],
            "NotResource": ["e"], "Condition": [{"operator": "Bool", "key": "aws:securetransport", "values": [true]}],
            "Other": "f"
        }]});
        assert_eq!(policy(&odd), shaped);
    }

    #[test]
    fn every_key_of_every_operator_is_a_condition() {
        let several = json!({"Statement": {"Condition": {
            "StringLike": {"aws:PrincipalOrgID": ["o-1", "o-2"], "aws:userid": "u"}, "Bool": {"kms:X": []}, "Odd": "x"
        }}});
        let shaped = json!({"Statement": [{"Condition": [
            {"operator": "Bool", "key": "kms:x", "values": []},
            {"operator": "StringLike", "key": "aws:principalorgid", "values": ["o-1", "o-2"]},
            {"operator": "StringLike", "key": "aws:userid", "values": ["u"]},
        ]}]});
        assert_eq!(policy(&several), shaped);
    }

    #[test]
    fn what_is_not_as_in_the_grammar_stays_as_it_is() {
        for odd in [
            json!({"Statement": []}),
            json!({"Statement": ["x", 1, []]}),
            json!({"Statement": [{"Effect": ["Allow"], "Condition": [1]}], "Version": 1}),
        ] {
            assert_eq!(policy(&odd), odd);
        }
        assert_eq!(policy(&json!({"Statement": null})), json!({"Statement": []}));
    }

    #[test]
    fn a_document_may_be_given_as_a_value() {
        let document = json!({"Statement": {"Principal": "*"}});
        let read = |value: &Value| Format::IamPolicy.read(value).unwrap();
        assert_eq!(read(&document), read(&Value::from(document.to_string())));
        assert_eq!(Format::Json.read(&json!("[1]")), Ok(plain(json!([1]))));
        assert_eq!(Format::Json.read(&json!("x")), Err(DocumentError::NotJson));
        assert_eq!(Format::Json.read(&json!(1)), Ok(plain(json!(1))));
    }

    #[test]
    fn deep_and_long_documents_do_no_harm() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"Statement\":[", "]}")] {
            let deep = open.repeat(1_000_000) + "1" + &close.repeat(1_000_000);
            for format in [Format::Json, Format::IamPolicy] {
                assert_eq!(format.read(&Value::from(deep.as_str())), Err(DocumentError::NotJson));
            }
        }
        let long = format!("{{\"Statement\":[{}{{}}]}}", "{\"Principal\":\"*\"},".repeat(200_000));
        assert!(Format::IamPolicy.read(&Value::from(long)).is_ok());
    }

    #[test]
    fn what_is_no_policy_is_refused() {
        let read = |text: &str| Format::IamPolicy.read(&Value::from(text));
        for text in [
            "",
            " ",
            "null",
            "1",
            "\"Statement\"",
            "\u{feff}{\"Statement\": []}",
            "{\"Statement\": []} x",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
        assert_eq!(read("{"), Err(DocumentError::NotJson));
        assert_eq!(read("[]"), Err(DocumentError::NoStatement));
        assert_eq!(read("{\"Version\": \"2012-10-17\"}"), Err(DocumentError::NoStatement));
    }
}
