//! Each kind of error, its text and its place.

use super::*;

const GOOD: &str = "require: { path: $.x, equals: true }";

#[test]
fn unknown_field() {
    let (value, out) = read::<File>("rules: []\ntabels: {}\nzzz: 1\n");
    assert!(value.is_some());
    assert_eq!(
        out,
        "error: unknown field `tabels`
 --> p.yaml:2:1
  |
2 | tabels: {}
  | ^^^^^^ did you mean `tables`?

error: unknown field `zzz`
 --> p.yaml:3:1
  |
3 | zzz: 1
  | ^^^
  |
  = help: expected one of `rules`, `tables`
"
    );
}

#[test]
fn a_misspelled_field_is_not_missing_as_well() {
    let text = format!("rules:\n  - name: a\n    requir: 1\n  - name: b\n    {GOOD}\n");
    let (value, found) = list::<File>(&text);
    assert_eq!(found, ["3:5 unknown field `requir`"]);
    // The element cannot be built without the field and is left out.
    assert_eq!(value.map(|file| file.rules.len()), Some(1));
}

#[test]
fn all_missing_fields() {
    let (value, out) = read::<File>("rules:\n  - note: x\n    severity: warning\n");
    assert_eq!(value.map(|file| file.rules.len()), Some(0));
    assert_eq!(
        out,
        "error: missing field `name`
 --> p.yaml:2:5
  |
2 |   - note: x
  |     ^^^^^^^
  |
  = help: add `name: …`

error: missing field `require`
 --> p.yaml:2:5
  |
2 |   - note: x
  |     ^^^^^^^
  |
  = help: add `require: …`
"
    );
}

#[test]
fn unknown_variant() {
    let text = |severity| format!("rules:\n  - name: a\n    {GOOD}\n    severity: {severity}\n");
    let (_, out) = read::<File>(&text("warnig"));
    assert_eq!(
        out,
        "error: unknown value `warnig`
 --> p.yaml:4:15
  |
4 |     severity: warnig
  |               ^^^^^^ did you mean `warning`?
"
    );
    let found = |severity| errors::<File>(&text(severity));
    assert_eq!(found("{at_leest: 1}"), ["4:16 unknown value `at_leest`"]);
    assert_eq!(found("at_least"), ["4:15 `at_least` needs a value"]);
    assert_eq!(
        found("{error: 1}"),
        ["4:23 expected no value for `error`, found the integer `1`"]
    );
    assert_eq!(found("{error: }"), [""; 0]);
    assert_eq!(
        found("5"),
        ["4:15 expected one of `error`, `warning`, `at_least`, `range`, found the integer `5`"]
    );
    assert_eq!(
        found("{range: {form: 1}}"),
        ["4:23 missing field `to`", "4:24 unknown field `form`"]
    );
    assert_eq!(
        found("{at_least: 1, x: 2}"),
        ["4:15 expected a mapping with one key: \
          one of `error`, `warning`, `at_least`, `range`, found a mapping"]
    );
}

#[test]
fn wrong_types() {
    let (_, out) = read::<File>("rules: x\n");
    assert_eq!(
        out,
        "error: expected a list, found the string `x`
 --> p.yaml:1:8
  |
1 | rules: x
  |        ^
  |
  = help: write it in brackets: `[x]`
"
    );
    assert_eq!(errors::<File>("- a\n"), ["1:1 expected a mapping, found a list"]);
    assert_eq!(errors::<File>(""), ["1:1 expected a mapping, found an empty file"]);
    assert_eq!(
        errors::<Vec<String>>("[14]"),
        ["1:2 expected a string, found the integer `14`"]
    );
    assert_eq!(errors::<Vec<String>>("[~]"), ["1:2 expected a string, found nothing"]);
    assert_eq!(
        errors::<Vec<u8>>("[300, -1]"),
        [
            "1:2 expected an integer from 0 to 255, found the integer `300`",
            "1:7 expected an integer from 0 to 255, found the integer `-1`"
        ]
    );
    assert_eq!(
        errors::<Vec<u64>>("[-1]"),
        ["1:2 expected an integer that is not negative, found the integer `-1`"]
    );
    assert_eq!(
        errors::<Vec<i64>>("[1.5]"),
        ["1:2 expected an integer, found the number `1.5`"]
    );
    assert_eq!(
        errors::<Vec<f64>>("['1']"),
        ["1:2 expected a number, found the string `1`"]
    );
    assert_eq!(errors::<Vec<char>>("[ab]").len(), 1);
    let (_, out) = read::<Vec<bool>>("- yes\n- 'true'\n");
    assert!(out.contains("help: booleans are written `true` and `false`"), "{out}");
    assert!(out.contains("help: remove the quotes"), "{out}");
    assert_eq!(
        errors::<Map>("1: 2\n[a]: 3\n"),
        [
            "1:1 expected a string, found the integer `1`",
            "2:1 expected a string, found a list"
        ]
    );
}

#[test]
fn refused_values_keep_the_words_of_their_type() {
    let rule = |port: &str| format!("  - name: a\n    {GOOD}\n    port: {port}\n");
    let text = format!("rules:\n{}{}{}", rule("x"), rule("'1'"), rule("y"));
    let (value, found) = list::<File>(&text);
    assert_eq!(found, ["4:11 `x` is not a port", "10:11 `y` is not a port"]);
    assert_eq!(value.map(|file| file.rules.len()), Some(1));
}

#[test]
fn everything_wrong_at_once() {
    let text = "rules:
  - name: [a]
    port: x
    note: 1
    zzz: 1
    severity: eror
  - port: y
    require: { path: 1, equal: true }
  - 7
tables:
  a: [1, x, 300]
  b: c
  d: [7]
";
    let (value, found) = list::<File>(text);
    assert_eq!(
        found,
        [
            "2:5 missing field `require`",
            "2:11 expected a string, found a list",
            "3:11 `x` is not a port",
            "4:11 expected a string, found the integer `1`",
            "5:5 unknown field `zzz`",
            "6:15 unknown value `eror`",
            "7:5 missing field `name`",
            "7:11 `y` is not a port",
            "8:22 expected a string, found the integer `1`",
            "8:25 unknown field `equal`",
            "9:5 expected a mapping, found the integer `7`",
            "11:10 expected an integer, found the string `x`",
            "11:13 expected an integer from 0 to 255, found the integer `300`",
            "12:6 expected a list, found the string `c`",
        ]
    );
    let file = value.unwrap();
    assert!(file.rules.is_empty());
    assert_eq!(file.tables.get("a"), Some(&vec![1]));
    assert_eq!(file.tables.get("d"), Some(&vec![7]));
    assert_eq!(file.tables.len(), 2);
}

#[test]
fn an_unusable_file_is_not_returned() {
    let (value, found) = list::<Check>("path: 5\nequals: maybe\n");
    assert_eq!((value, found.len()), (None, 2));
    #[derive(Debug, Deserialize, PartialEq)]
    struct Optional {
        port: Option<Port>,
    }
    let (value, found) = list::<Optional>("port: x\n");
    assert_eq!((value, found.len()), (None, 1));
}

#[test]
fn no_rust_names_in_messages() {
    for text in [
        "5",
        "[1]",
        "rules: [{name: {}}]",
        "rules: [[]]",
        "rules: {}",
        "tables: 1",
    ] {
        for message in errors::<File>(text) {
            for name in ["struct", "File", "Rule", "u8", "Vec", "sequence", "map,"] {
                assert!(!message.contains(name), "{message}");
            }
        }
    }
}
