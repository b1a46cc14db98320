//! What people who know other tools write, and what they mean.

use super::node::{Kind, Node};
use super::suggest::{one_of, suggest};
use crate::policy::schema::SUBJECTS;

/// A word of other tools.
struct Word {
    theirs: &'static str,
    /// What it is called here; of several, the one that is known in the place.
    ours: &'static [&'static str],
    /// How to write it, where the name alone does not tell.
    how: Option<&'static str>,
}

const fn word(theirs: &'static str, ours: &'static [&'static str]) -> Word {
    Word {
        theirs,
        ours,
        how: None,
    }
}

const fn explained(theirs: &'static str, ours: &'static [&'static str], how: &'static str) -> Word {
    Word {
        theirs,
        ours,
        how: Some(how),
    }
}

const OPPOSITE: &str =
    "the opposite of a condition is `not: { path: …, equals: … }`; in a rule, `forbid` in place of `require`";
const ONE_MORE: &str = "the bound itself is among them: more than 7 is `at_least: 8`";
const ONE_LESS: &str = "the bound itself is among them: less than 7 is `at_most: 6`";

const WORDS: [Word; 38] = [
    word("all", &["every"]),
    word("each", &["every"]),
    word("and", &["all"]),
    word("or", &["any"]),
    word("none", &["not"]),
    word("eq", &["equals"]),
    word("equal", &["equals"]),
    word("is_equal", &["equals"]),
    word("value", &["equals", "values"]),
    explained("ne", &["not"], OPPOSITE),
    explained("neq", &["not"], OPPOSITE),
    explained("not_equal", &["not"], OPPOSITE),
    explained("not_equals", &["not"], OPPOSITE),
    explained(
        "not_in",
        &["not"],
        "values that are allowed stand in `in: […]`; values that are not, in `not: { path: …, in: […] }`",
    ),
    word("regex", &["matches"]),
    word("pattern", &["matches"]),
    word("like", &["matches"]),
    explained(
        "contains",
        &["matches", "in"],
        "a text that holds another: `matches: abc`; a list that holds a value: `path: $.list[*], equals: abc, for: any`",
    ),
    explained("starts_with", &["matches"], "write `matches: ^abc`"),
    explained("ends_with", &["matches"], "write `matches: abc$`"),
    word("one_of", &["in"]),
    word("min", &["at_least"]),
    word("gte", &["at_least"]),
    word("greater_than_or_equal", &["at_least"]),
    explained("gt", &["at_least"], ONE_MORE),
    explained("greater_than", &["at_least"], ONE_MORE),
    word("max", &["at_most"]),
    word("lte", &["at_most"]),
    word("less_than_or_equal", &["at_most"]),
    explained("lt", &["at_most"], ONE_LESS),
    explained("less_than", &["at_most"], ONE_LESS),
    explained("exists", &["set"], "write `set: true`, or `set: false`"),
    explained("present", &["set"], "write `set: true`, or `set: false`"),
    explained("absent", &["set"], "write `set: false`"),
    word("default", &["unset_means"]),
    word("attribute", &["path"]),
    word("resource", &["resources"]),
    word("description", &["why", "title"]),
];

/// What is said of a key or value that is not known.
pub(super) struct Meant {
    /// What was likely meant.
    pub(super) word: Option<&'static str>,
    /// How to write it, or what is known.
    pub(super) help: Option<String>,
}

/// What was meant by `word` among those that are known beside `entries`.
pub(super) fn meant(word: &str, known: &[&'static str], entries: &[(Node, Node)]) -> Meant {
    let subject = entries
        .iter()
        .filter_map(|(key, _)| key.as_str())
        .find(|key| SUBJECTS.contains(key));
    let fitting: Vec<&'static str> = match subject {
        _ if !is_condition(known) => known.to_vec(),
        Some("path") => known.iter().copied().filter(|one| !SUBJECTS.contains(one)).collect(),
        Some(_) => Vec::new(),
        None => known.to_vec(),
    };
    let folded = word.to_lowercase().replace('-', "_");
    let elsewhere = WORDS.iter().find(|one| one.theirs == folded);
    let ours = elsewhere.and_then(|one| {
        one.ours
            .iter()
            .find(|our| known.contains(our))
            .map(|our| (*our, one.how))
    });
    if let Some((ours, how)) = ours {
        return Meant {
            word: Some(ours),
            help: how.map(str::to_owned),
        };
    }
    let close = suggest(word, fitting.iter().copied()).or_else(|| suggest(word, known.iter().copied()));
    let close = close.and_then(|close| known.iter().copied().find(|one| *one == close));
    let help = match (close, subject) {
        (Some(_), _) => None,
        (None, _) if !is_condition(known) => Some(format!("expected {}", one_of(&fitting))),
        (None, Some("path")) => Some(format!("beside `path`, expected {}", one_of(&fitting))),
        (None, Some(subject)) => Some(format!(
            "nothing stands beside `{subject}`: what is asked of it stands inside it"
        )),
        (None, None) => Some(format!("a condition begins with {}", one_of(&SUBJECTS))),
    };
    Meant { word: close, help }
}

/// How to write a mapping with these fields, where something else was found.
pub(super) fn mapping(fields: &[&'static str], found: &Kind) -> Option<&'static str> {
    match found {
        Kind::Sequence(_) if is_condition(fields) => {
            Some("write `all:` before the list where each of them must hold, `any:` where one is enough")
        }
        Kind::String(_) | Kind::Sequence(_) if is_relation(fields) => {
            Some("say which resources are meant, and by which attribute: `{ type: aws_lb, join: $.load_balancer_arn }`")
        }
        _ => None,
    }
}

fn is_condition(fields: &[&str]) -> bool {
    SUBJECTS.iter().all(|one| fields.contains(one))
}

fn is_relation(fields: &[&str]) -> bool {
    ["type", "join", "where"].iter().all(|one| fields.contains(one))
}
