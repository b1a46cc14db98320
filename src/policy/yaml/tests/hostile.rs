//! Hostile files are refused quickly and politely.

use serde::de::IgnoredAny;

use super::*;

/// The only error of a file, which must be found quickly.
fn refused(text: &str) -> String {
    let (value, found) = list::<IgnoredAny>(text);
    assert!(value.is_none());
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap_or_default()
}

const DEEP: &str = "lists and mappings are nested too deeply: at most 32 levels are read";

#[test]
fn deep_nesting() {
    assert_eq!(refused(&"[".repeat(100_000)), format!("1:33 {DEEP}"));
    assert_eq!(refused(&"{a: ".repeat(100_000)), format!("1:129 {DEEP}"));
    assert_eq!(refused(&"- ".repeat(50_000)), format!("1:65 {DEEP}"));
    let mut block = String::new();
    for level in 0..1000 {
        block.push_str(&" ".repeat(level));
        block.push_str("a:\n");
    }
    assert_eq!(refused(&block), format!("33:33 {DEEP}"));
    assert!(!refused(&"? ".repeat(50_000)).is_empty());
    assert!(!refused(&"&a ".repeat(50_000)).is_empty());
}

#[test]
fn nesting_at_the_limit() {
    let text = format!("{}{}", "[".repeat(32), "]".repeat(32));
    assert_eq!(errors::<IgnoredAny>(&text), [""; 0]);
}

#[test]
fn too_many_values() {
    let found = refused(&"- a\n".repeat(60_000));
    assert_eq!(found, "50000:3 the file has too many values: at most 50000 are read");
    let keys: String = (0..30_000).map(|n| format!("k{n}: 1\n")).collect();
    assert!(refused(&keys).contains("too many values"));
}

#[test]
fn alias_bomb() {
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for pair in ["ab", "bc", "cd", "de", "ef", "fg", "gh"] {
        let (from, to) = pair.split_at(1);
        let items = vec![format!("*{from}"); 9].join(", ");
        bomb.push_str(&format!("{to}: &{to} [{items}]\n"));
    }
    assert_eq!(refused(&bomb), "5:8 aliases expand to too many values");
    let many = format!("a: &a 1\nb: [{}]\n", "*a, ".repeat(20_000));
    assert!(refused(&many).ends_with("the file uses too many anchors or aliases"));
    assert_eq!(
        refused("a: &a [*a]\n"),
        "1:8 an alias refers to the value it is part of"
    );
    assert_eq!(refused("a: *b\n"), "1:4 the alias refers to no anchor");
}

#[test]
fn huge_file() {
    let text = "# comment\n".repeat(200_000);
    let (value, out) = read::<IgnoredAny>(&text);
    assert!(value.is_none());
    assert_eq!(
        out,
        "error: the file is too large: 2000000 bytes, at most 1048576 are read\n--> p.yaml\n = help: write it in several files\n"
    );
}

#[test]
fn one_huge_line() {
    let text = format!("{{{} x: 1}}", "aaaaaaaaa: 1, ".repeat(10_000));
    let (value, out) = read::<File>(&text);
    assert!(value.is_none());
    assert!(out.lines().all(|line| line.chars().count() < 500));
    assert!(out.contains(" --> p.yaml:1:140003\n"), "{out:.2000}");
}

#[test]
fn many_errors() {
    let rules = "  - {nam: a, require: {path: 1, equal: 2}, port: x}\n".repeat(1_000);
    let found = errors::<File>(&format!("rules:\n{rules}"));
    assert!(found.len() >= 3_000, "{}", found.len());
}

#[test]
fn tabs() {
    let (_, out) = read::<IgnoredAny>("a:\n\tb: c\n");
    assert_eq!(
        out,
        "error: tabs disallowed within this context (block indentation)
 --> p.yaml:2:2
  |
2 |  b: c
  |  ^
  |
  = help: indent and align with spaces, not tabs
"
    );
}

#[test]
fn duplicate_keys_are_all_reported() {
    let (value, found) = list::<Map>("a: 1\n'a': 2\nb: 1\n\"b\": 3\nc: 1\n? a\n: 1\n");
    assert_eq!(
        found,
        [
            "2:1 duplicate key `a`",
            "4:1 duplicate key `b`",
            "6:3 duplicate key `a`"
        ]
    );
    assert_eq!(value.map(|map| map.len()), Some(3));
}

#[test]
fn merge_keys_and_tags() {
    assert_eq!(refused("<<: {a: 1}\n"), "1:1 merge keys are not supported");
    assert_eq!(refused("a: !ruby/object b\n"), "1:17 unsupported tag `!ruby/object`");
    assert!(refused("a: !include b.yaml\n").contains("unsupported tag"));
}

#[test]
fn several_documents() {
    assert_eq!(refused("a: 1\n---\nb: 2\n"), "2:1 a second document starts here");
    assert_eq!(refused("a: 1\n...\nb: 2\n"), "3:1 a second document starts here");
    assert_eq!(errors::<Map>("---\na: 1\n...\n"), [""; 0]);
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let hostile = [
        "a: \u{1b}[31mred\n",
        "\"\\e]0;title\\a\": 1\n",
        "x\u{202e}y\u{2066}: \"a\u{200b}\u{ad}\u{e0041}\"\n",
        "a: 1\u{0}\n",
        "a\u{7}: 1\n",
        "rules: \"\\u202e\\r\\n\\x9b\"\n",
        "\u{85}\u{2028}: 1\n",
    ];
    for text in hostile {
        let mut out = Diagnostics::new();
        let _: Option<File> = parse("evil\u{1b}[2J\n.yaml", text, &mut out);
        assert!(!out.is_empty(), "{text:?}");
        let shown = out.render(false);
        let unsafe_char = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(
                    c,
                    '\u{200b}' | '\u{202e}' | '\u{2028}' | '\u{2066}' | '\u{ad}' | '\u{e0041}'
                )
        };
        assert!(!shown.contains(unsafe_char), "{shown:?}");
        assert!(shown.contains(r" --> evil\u{1b}[2J\n.yaml:1:"), "{shown}");
    }
}

#[test]
fn syntax_errors_have_a_place_and_help() {
    let (_, out) = read::<IgnoredAny>("a: 1\nb: c: d\n");
    assert_eq!(
        out,
        "error: mapping values are not allowed in this context
 --> p.yaml:2:5
  |
2 | b: c: d
  |     ^
  |
  = help: quote a value that contains `: `, and check the indentation
"
    );
    assert_eq!(refused("a: [1, 2\nb: 3\n"), "2:2 illegal placement of ':' indicator");
    assert_eq!(refused("a: @x\n"), "1:4 unexpected character: `@`");
    for text in [
        "a: \"x\n",
        "a: 'x'y\n",
        "- a\nb: c\n",
        "]",
        "}",
        "a: {",
        "%",
        "\u{feff}@",
    ] {
        assert!(!refused(text).is_empty(), "{text:?}");
    }
}

#[test]
fn arbitrary_text_does_not_panic() {
    let parts = [
        "a", ":", " ", "\n", "- ", "[", "]", "{", "}", ",", "|", ">", "'", "\"", "#", "&x", "*x", "!", "\t", "é", "\r",
        "?", "1", ".5", "~", "rules", "name", "\u{feff}", "---", "\\",
    ];
    let mut state = 1_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let pick = usize::try_from(state >> 33).unwrap_or_default() % parts.len();
            text.push_str(parts[pick]);
        }
        let (value, out) = read::<File>(&text);
        assert!(value.is_some() || !out.is_empty(), "{text:?}");
    }
}
