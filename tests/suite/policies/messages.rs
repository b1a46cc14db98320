//! Every message of those who read policies, configurations and test files is recorded somewhere, so that somebody read it.

use std::path::{Path, PathBuf};

/// Where the messages are written.
const SOURCES: [&str; 2] = ["src/policy", "src/testing"];
/// What holds no message about a file that was read: words of reports, of the schema, and of what cases came to.
const OTHER_TEXTS: [&str; 8] = [
    "src/policy/category.rs",
    "src/policy/level.rs",
    "src/policy/describe/",
    "src/policy/schema/",
    "src/policy/settings/",
    "src/testing/render.rs",
    "src/testing/junit.rs",
    "/tests",
];
/// Where they are recorded, as a reader sees them or in tests of units.
const RECORDED: [&str; 7] = [
    "tests/policies-bad",
    "tests/config-bad",
    "tests/tests-bad",
    "tests/provider-bad",
    "tests/suite/selection",
    "tests/suite/testing",
    "src/policy/yaml/tests",
];
/// Texts that no file leads to, with the reason.
const NEVER_SAID: [(&str, &str); 17] = [
    (
        "write the id of a rule",
        "the configuration's ids are looked up before their parameters",
    ),
    (
        "write a value that the rule can use",
        "a parameter of a shipped rule takes any value of its type; `selection::parameters` has a rule whose does not",
    ),
    ("the rule cannot be read", "a rule that is not read says why"),
    ("expected a value", "what serde asks for of every `At`"),
    (
        "invalid value",
        "serde's error, in whose place the reader reports the value",
    ),
    ("a single character", "no file has such a field"),
    (
        "an invalid value",
        "what is invalid was reported, and is not reported again",
    ),
    ("1 item", "no file has a list of one fixed item"),
    ("no fields", "every mapping has one"),
    (
        "expected `true` or `false`",
        "booleans are read as what they are, and compared later",
    ),
    (
        "the file exceeds the limits for policy files",
        "for limits that a later version of the parser adds",
    ),
    (
        "a word, or more than that",
        "what serde asks for; the reader says what it wants",
    ),
    (" at line ", "part of the parser's own text"),
    ("recursion limit", "part of the parser's own text"),
    ("it has none at all", "a case without resources is refused before"),
    ("data categories", "words of a report, for a file that a change touches"),
    ("no policy", "words of a report, for a file that a change touches"),
];

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|one| one == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The texts of a Rust source, as the program says them.
fn texts(source: &str) -> Vec<String> {
    let code: Vec<&str> = source
        .lines()
        .take_while(|line| *line != "#[cfg(test)]")
        .filter(|line| !["//", "#["].iter().any(|start| line.trim_start().starts_with(start)))
        .collect();
    let code = code.join("\n").replace("'\"'", "").replace("'\\''", "");
    let mut rest = code.as_str();
    let mut found = Vec::new();
    while let Some(start) = rest.find('"') {
        let mut text = String::new();
        let mut chars = rest[start + 1..].char_indices();
        let end = loop {
            match chars.next() {
                Some((at, '"')) => break at,
                Some((_, '\\')) => match chars.next() {
                    Some((_, '\n')) => {
                        let left = chars.as_str();
                        let blank = left.len() - left.trim_start().len();
                        for _ in 0..blank {
                            chars.next();
                        }
                    }
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, c)) => text.push(c),
                    None => panic!("a text is not closed"),
                },
                Some((_, c)) => text.push(c),
                None => panic!("a text is not closed: {text:.60}"),
            }
        };
        rest = &rest[start + 1 + end + 1..];
        found.push(text);
    }
    found
}

/// The longest part of a text in which nothing is put in.
fn distinctive(text: &str) -> Option<String> {
    let text = text.replace("{{", "\u{1}").replace("}}", "\u{1}");
    let parts = text
        .split('{')
        .flat_map(|part| part.split_once('}').map_or(part, |(_, rest)| rest).split('\u{1}'));
    let part = parts.max_by_key(|part| part.trim().len())?.trim();
    (part.len() >= 6 && text.contains(' ')).then(|| part.to_owned())
}

#[test]
fn every_message_about_a_file_is_recorded() {
    let recorded: String = RECORDED
        .iter()
        .flat_map(|folder| {
            let folder = root().join(folder);
            [files(&folder, "expected"), files(&folder, "rs")].concat()
        })
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let (mut unread, mut seen) = (Vec::new(), 0);
    for path in SOURCES.iter().flat_map(|folder| files(&root().join(folder), "rs")) {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if OTHER_TEXTS.iter().any(|other| name.contains(other)) {
            continue;
        }
        for text in texts(&std::fs::read_to_string(&path).unwrap()) {
            let Some(part) = distinctive(&text) else {
                continue;
            };
            seen += 1;
            let never = NEVER_SAID.iter().any(|(said, _)| *said == text);
            if recorded.contains(&part) == never {
                unread.push(format!("{name}: {text}"));
            }
        }
    }
    assert!(seen > 250, "{seen}");
    assert!(
        unread.is_empty(),
        "no file under {RECORDED:?} is told this; add one, and read it:\n{}",
        unread.join("\n")
    );
}

#[test]
fn texts_are_found_as_they_are_said() {
    let source =
        "/// \"No.\"\nlet c = '\"';\nf(\"one\", \"a \\\"b\\\" \\\n     c {d} long enough\");\n#[cfg(test)]\n\"no\"";
    assert_eq!(texts(source), ["one", "a \"b\" c {d} long enough"]);
    assert_eq!(distinctive("one"), None);
    assert_eq!(
        distinctive("a {} b `{c}` is too long").as_deref(),
        Some("` is too long")
    );
}
