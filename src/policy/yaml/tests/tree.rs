//! Values keep their YAML type and know their place.

use super::super::{Kind, Node, load};
use super::*;

fn tree(text: &str) -> Node {
    let mut found = Vec::new();
    let node = load("p.yaml", text, &mut |d| found.push(d));
    assert!(found.is_empty(), "{found:?}");
    node.unwrap_or_else(|| panic!("no tree for {text:?}"))
}

/// Every value as `line:column text`, in file order.
fn places(text: &str) -> Vec<String> {
    fn walk(text: &str, node: &Node, out: &mut Vec<String>) {
        let span = node.span;
        let written = text.get(span.start..span.end);
        let written = written.unwrap_or("<bad span>");
        out.push(format!("{}:{} {written}", span.line, span.column));
        match &node.kind {
            Kind::Sequence(items) => items.iter().for_each(|item| walk(text, item, out)),
            Kind::Mapping(entries) => entries.iter().for_each(|(key, value)| {
                walk(text, key, out);
                walk(text, value, out);
            }),
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(text, &tree(text), &mut out);
    out
}

fn plain(text: &str) -> Kind {
    tree(text).kind
}

#[test]
fn plain_scalars_get_their_type() {
    for text in ["null", "~", "", "# only a comment\n"] {
        assert_eq!(plain(text), Kind::Null, "{text:?}");
    }
    assert_eq!(plain("true"), Kind::Bool(true));
    assert_eq!(plain("False"), Kind::Bool(false));
    assert_eq!(plain("14"), Kind::Integer(14));
    assert_eq!(plain("-3"), Kind::Integer(-3));
    assert_eq!(plain("0x1f"), Kind::Integer(31));
    assert_eq!(plain("9223372036854775807"), Kind::Integer(i64::MAX));
    assert_eq!(plain("-9223372036854775808"), Kind::Integer(i64::MIN));
    assert_eq!(plain("0.5"), Kind::Float(0.5));
    assert_eq!(plain("1e3"), Kind::Float(1000.0));
}

#[test]
fn other_scalars_are_strings() {
    for text in [
        "yes",
        "no",
        "on",
        "off",
        "007",
        "1_000",
        "$.x",
        "2024-01-01",
        "1:30",
        "v1.2.3",
    ] {
        assert_eq!(plain(text), Kind::String(text.to_owned()));
    }
    assert_eq!(plain("\"14\""), Kind::String("14".into()));
    assert_eq!(plain("'true'"), Kind::String("true".into()));
    assert_eq!(plain("'null'"), Kind::String("null".into()));
    assert_eq!(plain("''"), Kind::String(String::new()));
    assert_eq!(plain("!!str 14"), Kind::String("14".into()));
    assert_eq!(plain("|\n  14\n"), Kind::String("14\n".into()));
}

#[test]
fn places_in_nested_values() {
    let text = "# c\nrules:\n  - name: é\n    path: { path: $.x, equals: true } # end\n  - []\nz: 1\n";
    assert_eq!(
        places(text),
        [
            "2:1 rules:\n  - name: é\n    path: { path: $.x, equals: true } # end\n  - []\nz: 1",
            "2:1 rules",
            "3:3 - name: é\n    path: { path: $.x, equals: true } # end\n  - []",
            "3:5 name: é\n    path: { path: $.x, equals: true }",
            "3:5 name",
            "3:11 é",
            "4:5 path",
            "4:11 { path: $.x, equals: true }",
            "4:13 path",
            "4:19 $.x",
            "4:24 equals",
            "4:32 true",
            "5:5 []",
            "6:1 z",
            "6:4 1",
        ]
    );
}

#[test]
fn places_of_quoted_and_block_scalars() {
    let text = "a: 'it''s'\nb: \"x\\n\n  y\"\nc: |\n  one\n  two\n\nd: >-\n  folded\n  text\ne: plain\n  more\nf:\n";
    assert_eq!(
        places(text)[1..],
        [
            "1:1 a",
            "1:4 'it''s'",
            "2:1 b",
            "2:4 \"x\\n\n  y\"",
            "4:1 c",
            "5:3 one\n  two",
            "8:1 d",
            "9:3 folded\n  text",
            "11:1 e",
            "11:4 plain\n  more",
            "13:1 f",
            "13:2 ",
        ]
    );
}

#[test]
fn places_after_other_line_breaks_and_a_mark() {
    assert_eq!(
        places("\u{feff}a: é\r\nb: 2\r\n")[1..],
        ["1:1 a", "1:4 é", "2:1 b", "2:4 2"]
    );
}

#[test]
fn flow_ends_at_its_bracket() {
    let text = "a: [1, [2], # ] no\n  ]\nb: {c: ,\n}\n";
    let found = places(text);
    assert!(found.contains(&"1:4 [1, [2], # ] no\n  ]".to_owned()), "{found:?}");
    assert!(found.contains(&"3:4 {c: ,\n}".to_owned()), "{found:?}");
}

#[test]
fn aliases_stand_where_they_are_used() {
    let found = places("a: &x {k: v}\nb: *x\n");
    assert_eq!(found[5..], ["2:1 b", "2:4 *x", "1:8 k", "1:11 v"]);
}

#[test]
fn numbers_out_of_range() {
    let text = "a: 99999999999999999999\nb: 9223372036854775808\nc: .inf\nd: 1e999\ne: .nan\nf: 1\n";
    let (value, found) = list::<Map>(text);
    assert_eq!(
        found,
        [
            "1:4 the number `99999999999999999999` is out of range",
            "2:4 the number `9223372036854775808` is out of range",
            "3:4 the number `.inf` is out of range",
            "4:4 the number `1e999` is out of range",
            "5:4 the number `.nan` is out of range",
        ]
    );
    assert_eq!(value.map(|map| map.len()), Some(1));
}
