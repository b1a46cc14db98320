//! What is read, and where it stood.

use super::super::{Diagnostic, Span, suggest};
use super::*;

fn good<T: serde::de::DeserializeOwned>(text: &str) -> T {
    let (value, out) = read(text);
    assert_eq!(out, "");
    value.unwrap_or_else(|| panic!("no value"))
}

#[test]
fn a_whole_file() {
    let text = "rules:
  - name: a
    require: { path: $.x, equals: true }
    severity: { at_least: 3 }
    note: |
      text
    port: \"80\"
  - { name: b, require: { path: '', equals: false }, severity: {range: {from: -1, to: 2}}, note: ~ }
tables: { t: [1, 255], u: [] }
";
    let file: File = good(text);
    let [a, b] = file.rules.as_slice() else {
        panic!("{file:?}")
    };
    assert_eq!(a.name.value, "a");
    assert_eq!((a.name.span.line, a.name.span.column), (2, 11));
    assert_eq!(a.severity, Severity::AtLeast(3));
    assert_eq!(a.note.as_deref(), Some("text\n"));
    let port = a.port.clone().unwrap();
    assert_eq!(port.value, Port(80));
    assert_eq!((port.span.line, port.span.column), (7, 11));
    assert_eq!(text.get(port.span.start..port.span.end), Some("\"80\""));
    assert_eq!(b.severity, Severity::Range { from: -1, to: 2 });
    assert_eq!((&b.note, &b.port), (&None, &None));
    assert_eq!(file.tables.get("t"), Some(&vec![1, 255]));
}

#[test]
fn at_everywhere() {
    let lists: Vec<At<i8>> = good("[1, -2]");
    assert_eq!(lists.iter().map(|at| at.span.column).collect::<Vec<_>>(), [2, 5]);
    let keys: BTreeMap<At<String>, At<Vec<At<String>>>> = good("b: [x]\na: []\n");
    let (name, list) = keys.get_key_value("b").unwrap();
    assert_eq!((name.span.line, list.span.column), (1, 4));
    assert_eq!(list.first().map(|at| at.span.column), Some(5));
    let pairs: Pairs = good("z: true\na: false\n");
    assert_eq!(pairs.keys().collect::<Vec<_>>(), ["z", "a"]);
    assert_eq!(pairs.first().map(|(key, _)| key.span.line), Some(1));
    assert_eq!(pairs.get("a").map(|at| (**at, at.span.column)), Some((false, 4)));
    let nested: At<BTreeMap<String, At<f64>>> = good("\nx: 3\n");
    assert_eq!((nested.span.line, nested.get("x").map(|at| at.value)), (2, Some(3.0)));
    let none: Vec<Option<At<u8>>> = good("[~, 1]");
    assert_eq!(none.len(), 2);
    let variant: At<Severity> = good("\n  warning");
    assert_eq!((variant.value, variant.span.line), (Severity::Warning, 2));
}

#[test]
fn other_shapes() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Pair(u8, String);
    #[derive(Debug, Deserialize, PartialEq)]
    struct Wrapped(Vec<(char, Option<f32>)>);
    assert_eq!(good::<Pair>("[1, x]"), Pair(1, "x".into()));
    assert_eq!(good::<Wrapped>("[[a, 1], [b, ~]]").0.len(), 2);
    good::<()>("");
    assert_eq!(
        errors::<Pair>("[1, x, 2]"),
        ["1:1 expected a list of 2 items, found 3 items"]
    );
    assert_eq!(errors::<Pair>("[x, 2]").len(), 2);
    assert_eq!(
        errors::<Vec<()>>("[1, ~]"),
        ["1:2 expected nothing, found the integer `1`"]
    );
}

#[test]
fn later_checks_use_the_same_collection() {
    let mut out = Diagnostics::new();
    let file: Option<Vec<At<String>>> = parse("b.yaml", "- one\n- tow\n", &mut out);
    let _: Option<Map> = parse("a.yaml", "x: y\n", &mut out);
    let word = file.and_then(|list| list.into_iter().nth(1)).unwrap();
    let near = suggest(&word, ["one", "two"].into_iter()).unwrap();
    let error = Diagnostic::new("b.yaml", word.span, format!("unknown table `{word}`"))
        .with_label(format!("did you mean `{near}`?"))
        .with_help("tables are in `tables.yaml`");
    out.push(error.clone());
    out.push(error);
    out.push(Diagnostic::new("c.yaml", Span::default(), "cannot be read"));
    assert_eq!(out.len(), 3);
    assert_eq!(
        out.render(false),
        "error: expected an integer, found the string `y`
 --> a.yaml:1:4
  |
1 | x: y
  |    ^

error: unknown table `tow`
 --> b.yaml:2:3
  |
2 | - tow
  |   ^^^ did you mean `two`?
  |
  = help: tables are in `tables.yaml`

error: cannot be read
--> c.yaml
"
    );
    assert!(out.render(true).contains("\u{1b}["));
}

#[test]
fn suggestions() {
    let words = ["require", "forbid", "severity", "max_age"];
    let near = |word| suggest(word, words.into_iter());
    assert_eq!(near("requir").as_deref(), Some("require"));
    assert_eq!(near("max-age").as_deref(), Some("max_age"));
    assert_eq!(near("Severity").as_deref(), Some("severity"));
    assert_eq!(near("severtiy").as_deref(), Some("severity"));
    assert_eq!(near("zzz"), None);
    assert_eq!(near(""), None);
    assert_eq!(near(&"x".repeat(100_000)), None);
}
