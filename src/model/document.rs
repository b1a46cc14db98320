//! Documents in strings: JSON, IAM policies in one shape, and certificates.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde_json::Value;
use thiserror::Error;

use super::certificate::{CertificateError, certificates};
use super::value::{Node, NodeKind};
use crate::plan::{Members, Tree};

/// What the text of an attribute is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON, as it stands.
    Json,
    /// A policy in IAM's JSON grammar, in one shape: see [`Format::shape`].
    IamPolicy,
    /// Certificates in PEM: an object whose `certificates` are a list, the one of the server first.
    Certificate,
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
    /// It holds no certificates that can be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

impl Format {
    /// Reads a document, in its one [shape](Format::shape).
    ///
    /// # Errors
    /// Where the value is no such document.
    pub fn read(self, value: &Value) -> Result<Node, DocumentError> {
        let document: Value = match value {
            Value::String(text) if self == Self::Certificate => certificates(text)?,
            Value::String(text) => serde_json::from_str(text).map_err(|_| DocumentError::NotJson)?,
            other => other.clone(),
        };
        self.shape(plain(document))
    }

    /// Gives a document, parts of which may be unknown, its one shape.
    ///
    /// IAM's grammar writes one thing in several ways, and names of elements in letters of either case. In the shape
    /// given here `Statement`, `Action`, `NotAction`, `Resource` and `NotResource` are lists; `Principal` and
    /// `NotPrincipal` are objects of lists (`"*"` is `{"AWS": ["*"]}`); `Condition` is a list of `operator`, `key` (in
    /// lower case) and `values`. An element of a list that is unknown may stand for any number of elements.
    /// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>)
    ///
    /// # Errors
    /// Where the tree is no such document.
    pub fn shape(self, document: Node) -> Result<Node, DocumentError> {
        match self {
            Self::Json => Ok(document),
            Self::IamPolicy => iam_policy(document),
            Self::Certificate => certificate(document),
        }
    }
}

/// A value as a node.
pub fn plain(value: Value) -> Node {
    Node::of(match value {
        Value::Null => NodeKind::Absent,
        Value::Object(members) => NodeKind::Object(
            members
                .into_iter()
                .map(|(name, member)| (name.into(), plain(member)))
                .collect(),
        ),
        Value::Array(elements) => NodeKind::Array(elements.into_iter().map(plain).collect()),
        scalar => NodeKind::Scalar(scalar.into()),
    })
}

/// Only a text holds certificates, and what a text holds has been read.
fn certificate(document: Node) -> Result<Node, DocumentError> {
    match &document.kind {
        NodeKind::Object(members) if members.contains_key("certificates") => Ok(document),
        NodeKind::Unknown => Ok(document),
        _ => Err(CertificateError::NotPem.into()),
    }
}

fn iam_policy(document: Node) -> Result<Node, DocumentError> {
    let sensitive = document.sensitive;
    let members = match document.kind {
        NodeKind::Object(members) => members,
        NodeKind::Unknown => return Ok(document),
        _ => return Err(DocumentError::NoStatement),
    };
    let mut shaped = Members::new();
    for (name, member) in members {
        if name.eq_ignore_ascii_case("Statement") {
            let statements = in_list(member, statement);
            shaped.insert(CompactString::from("Statement"), statements);
        } else {
            shaped.insert(name, member);
        }
    }
    if shaped.contains_key("Statement") {
        let kind = NodeKind::Object(shaped);
        Ok(Node { kind, sensitive })
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
pub(super) const KINDS: [&str; 4] = ["AWS", "CanonicalUser", "Federated", "Service"];

fn statement(mut statement: Node) -> Node {
    let NodeKind::Object(members) = statement.kind else {
        return statement;
    };
    let shaped = members.into_iter().map(|(name, member)| {
        let element = ELEMENTS.into_iter().find(|known| name.eq_ignore_ascii_case(known));
        let member = match element {
            Some("Principal" | "NotPrincipal") => principal(member),
            Some("Action" | "NotAction" | "Resource" | "NotResource") => in_list(member, |one| one),
            Some("Condition") => conditions(member),
            _ => member,
        };
        (element.map_or(name, CompactString::from), member)
    });
    statement.kind = NodeKind::Object(shaped.collect());
    statement
}

/// An unknown principal may be everyone, or any kind of principals.
fn principal(principal: Node) -> Node {
    let sensitive = principal.sensitive;
    let kinds = match principal.kind {
        NodeKind::Unknown => return principal,
        NodeKind::Object(kinds) => kinds,
        anyone => std::iter::once((CompactString::from("AWS"), Node::of(anyone))).collect(),
    };
    let mut shaped: BTreeMap<CompactString, (Vec<Node>, bool)> = BTreeMap::new();
    for (kind, ids) in kinds {
        let (list, hidden) = shaped.entry(kind_of_principals(&kind)).or_default();
        *hidden |= ids.sensitive;
        list.extend(elements(ids));
    }
    let shaped = shaped.into_iter().map(|(kind, (ids, sensitive))| {
        let kind_of_node = NodeKind::Array(ids);
        let node = Node {
            kind: kind_of_node,
            sensitive,
        };
        (kind, node)
    });
    Node {
        kind: NodeKind::Object(shaped.collect()),
        sensitive,
    }
}

fn kind_of_principals(written: &str) -> CompactString {
    let known = KINDS.into_iter().find(|known| written.eq_ignore_ascii_case(known));
    known.unwrap_or(written).into()
}

fn conditions(mut block: Node) -> Node {
    let NodeKind::Object(operators) = block.kind else {
        return block;
    };
    let all = operators.into_iter().flat_map(|(operator, keys)| match keys.kind {
        NodeKind::Object(members) => members
            .into_iter()
            .map(|(key, values)| condition(text(&operator), text(&key.to_lowercase()), in_list(values, |one| one)))
            .collect(),
        NodeKind::Unknown => vec![condition(text(&operator), Node::unknown(), Node::unknown())],
        _ => Vec::new(),
    });
    block.kind = NodeKind::Array(all.collect());
    block
}

/// One condition, in its shape.
pub(super) fn condition(operator: Node, key: Node, values: Node) -> Node {
    let members = [("operator", operator), ("key", key), ("values", values)];
    Node::of(NodeKind::Object(
        members.into_iter().map(|(name, node)| (name.into(), node)).collect(),
    ))
}

/// A text as a node.
pub(super) fn text(text: &str) -> Node {
    Node::of(NodeKind::Scalar(Tree::Text(text.into())))
}

/// A list, also where one element stands without it.
fn in_list(node: Node, shape: impl Fn(Node) -> Node) -> Node {
    let sensitive = node.sensitive;
    Node {
        kind: NodeKind::Array(elements(node).into_iter().map(shape).collect()),
        sensitive,
    }
}

fn elements(node: Node) -> Vec<Node> {
    match node.kind {
        NodeKind::Array(elements) => elements,
        NodeKind::Absent => Vec::new(),
        _ => vec![node],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::path::Path;
    use crate::model::value::{Location, State};
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

    fn object<const N: usize>(members: [(&str, Node); N]) -> Node {
        let members = members.into_iter().map(|(name, node)| (name.into(), node));
        Node::of(NodeKind::Object(members.collect()))
    }

    #[test]
    fn what_is_unknown_stays_so_in_its_place() {
        let shape = |document: Node| Format::IamPolicy.shape(document).unwrap();
        assert_eq!(shape(Node::unknown()), Node::unknown());
        let at = |document: &Node, path: &str| -> Vec<State> {
            let found = document.select_below(&Location::default(), &Path::parse(path).unwrap());
            found.into_iter().map(|found| found.state).collect()
        };
        let whole = shape(object([("statement", Node::unknown())]));
        assert_eq!(at(&whole, "$.Statement[*].Effect"), [State::Unknown]);
        let statement = object([
            ("effect", text("Allow")),
            ("principal", Node::unknown()),
            ("action", Node::unknown()),
            (
                "notprincipal",
                object([("aws", Node::of(NodeKind::Array(vec![text("a"), Node::unknown()])))]),
            ),
            (
                "condition",
                object([
                    ("Bool", Node::unknown()),
                    ("Null", object([("aws:userid", Node::unknown())])),
                ]),
            ),
        ]);
        let shaped = shape(object([("Statement", statement)]));
        assert_eq!(at(&shaped, "$.Statement[*].Effect"), [State::Known(json!("Allow"))]);
        assert_eq!(at(&shaped, "$.Statement[*].Principal.AWS[*]"), [State::Unknown]);
        assert_eq!(at(&shaped, "$.Statement[*].Action[*]"), [State::Unknown]);
        assert_eq!(
            at(&shaped, "$.Statement[*].NotPrincipal.AWS[*]"),
            [State::Known(json!("a")), State::Unknown]
        );
        assert_eq!(
            at(&shaped, "$.Statement[*].Condition[*].key"),
            [State::Unknown, State::Known(json!("aws:userid"))]
        );
        assert_eq!(
            at(&shaped, "$.Statement[*].Condition[*].values[*]"),
            [State::Unknown, State::Unknown]
        );
    }

    #[test]
    fn marks_of_sensitive_parts_stay() {
        let secret = Node {
            sensitive: true,
            ..text("arn:aws:iam::111122223333:root")
        };
        for principal in [secret.clone(), object([("AWS", secret)])] {
            let shaped = Format::IamPolicy.shape(object([("Statement", object([("Principal", principal)]))]));
            assert!(shaped.unwrap().any_sensitive());
        }
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
