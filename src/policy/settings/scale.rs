//! Which way of a setting is the looser one.

use serde_json::Value;

use super::Direction;
use super::flat::Leaf;
use crate::policy::Policies;
use crate::policy::level::Level;
use crate::policy::pattern::Pattern;
use crate::policy::rule::{Rule, Severity};

/// How the values of a setting compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// By these words, from the strictest to the loosest.
    Words(&'static [&'static str]),
    /// By size: more is looser.
    More,
    /// By size: less is looser.
    Less,
    /// A list, in which an element less is looser.
    List,
    /// A category of the table, by its minimum: a lower one is looser.
    Category,
    /// Something stated of the world: one more may loosen something.
    Fact,
    /// It cannot be told.
    Free,
}

const SEVERITIES: &[&str] = &["critical", "high", "medium", "low"];
const LEVELS: &[&str] = &["cmk", "aws-managed", "aws-owned", "none"];
const ON_OFF: &[&str] = &["true", "false"];

/// The settings whose direction is known: where they stand (`*` is any one key, a last `**` any number), their scale, and what
/// holds where nothing is written. The first that fits decides.
const SETTINGS: &[(&[&str], Scale, Default)] = &[
    (&["policies"], Scale::List, Default::Nothing),
    (&["rules", "*", "enabled"], Scale::Words(ON_OFF), Default::Word("true")),
    (
        &["rules", "*", "severity"],
        Scale::Words(SEVERITIES),
        Default::SeverityOfRule,
    ),
    (&["rules", "*", "parameters", "*"], Scale::Free, Default::Parameter),
    (
        &["classification", "types", "*", "category"],
        Scale::Category,
        Default::Nothing,
    ),
    (
        &["classification", "types", "*", "certain"],
        Scale::Words(ON_OFF),
        Default::Nothing,
    ),
    (
        &["classification", "strict"],
        Scale::Words(ON_OFF),
        Default::Word("false"),
    ),
    (&["classification", "tags"], Scale::List, Default::Tags),
    (
        &["classification", "unclassified"],
        Scale::Category,
        Default::Unclassified,
    ),
    (
        &["categories", "*", "minimum"],
        Scale::Words(LEVELS),
        Default::MinimumOfCategory,
    ),
    (
        &["gate", "mode"],
        Scale::Words(&["any", "introduced", "never"]),
        Default::Word("introduced"),
    ),
    (
        &["gate", "min_severity"],
        Scale::Words(&["low", "medium", "high", "critical"]),
        Default::Word("medium"),
    ),
    (
        &["gate", "undetermined"],
        Scale::Words(&["fail", "rule", "warn"]),
        Default::Word("rule"),
    ),
    (
        &["gate", "allow_partial"],
        Scale::Words(&["false", "true"]),
        Default::Word("false"),
    ),
    (&["gate", "min_judged"], Scale::Less, Default::Word("0")),
    (&["waiver_max_days"], Scale::More, Default::Word("365")),
    (&["known_keys", "**"], Scale::Fact, Default::Nothing),
    (&["accounts", "**"], Scale::Fact, Default::Nothing),
];

/// Of what is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

/// What holds where nothing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Default {
    Nothing,
    Word(&'static str),
    /// What the rules that the path names say themselves: of several severities, the one that leaves least unseen.
    SeverityOfRule,
    /// What the rule that the path names gives its parameter.
    Parameter,
    /// What the table says of the category that the path names.
    MinimumOfCategory,
    Tags,
    Unclassified,
}

/// How a setting is compared.
pub(super) fn of(path: &[String]) -> Scale {
    entry(path).map_or(Scale::Free, |(scale, _)| scale)
}

fn entry(path: &[String]) -> Option<(Scale, Default)> {
    let found = SETTINGS.iter().find(|(pattern, ..)| fits(pattern, path));
    found.map(|(_, scale, default)| (*scale, *default))
}

fn fits(pattern: &[&str], path: &[String]) -> bool {
    match (pattern.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", _)), _) => true,
        (Some((key, pattern)), Some((name, path))) => (*key == "*" || key == name) && fits(pattern, path),
        _ => false,
    }
}

impl Scale {
    /// What the change does to a setting.
    pub(super) fn direction(
        self,
        path: &[String],
        before: Option<&Leaf>,
        after: Option<&Leaf>,
        policies: &Policies,
    ) -> Direction {
        let items = |leaf: Option<&Leaf>, side: Side| match (leaf, entry(path)) {
            (Some(leaf), _) => Some(leaf.items.clone().unwrap_or_else(|| vec![leaf.value.clone()])),
            (None, Some((_, default))) => default.items(path, side, policies),
            (None, None) => None,
        };
        let (was, is) = (items(before, Side::Before), items(after, Side::After));
        if was == is {
            return Direction::Same;
        }
        let known = was.as_deref().zip(is.as_deref());
        let worse = match self {
            Self::Fact if after.is_none() => return Direction::Tightened,
            Self::Fact | Self::Free => None,
            Self::List => {
                let is = is.unwrap_or_default();
                let lost = was.iter().flatten().any(|one| !is.contains(one));
                lost.then_some(true)
            }
            Self::Words(words) => known.and_then(|(was, is)| looser(was, is, |word| rank(words, word))),
            Self::More => known.and_then(|(was, is)| looser(was, is, |word| word.parse::<i64>().ok())),
            Self::Less => {
                known.and_then(|(was, is)| looser(was, is, |word| word.parse::<i64>().ok().map(std::ops::Neg::neg)))
            }
            Self::Category => known.and_then(|(was, is)| looser(was, is, |word| category_rank(policies, word))),
        };
        match worse {
            Some(true) => Direction::Loosened,
            Some(false) => Direction::Tightened,
            None if before.is_none() => Direction::Added,
            None => Direction::Changed,
        }
    }
}

/// Whether one value is looser than another; `None` where that cannot be told.
fn looser<R: Ord>(was: &[String], is: &[String], rank: impl Fn(&str) -> Option<R>) -> Option<bool> {
    let ([was], [is]) = (was, is) else { return None };
    let (was, is) = (rank(was)?, rank(is)?);
    (was != is).then_some(is > was)
}

fn rank(words: &[&str], word: &str) -> Option<usize> {
    words.iter().position(|one| *one == word)
}

fn category_rank(policies: &Policies, id: &str) -> Option<std::cmp::Reverse<Level>> {
    policies
        .categories
        .by_id
        .get(id)
        .map(|category| std::cmp::Reverse(category.minimum))
}

impl Default {
    fn items(self, path: &[String], side: Side, policies: &Policies) -> Option<Vec<String>> {
        let named = path.get(1).map(String::as_str).unwrap_or_default();
        let word = match self {
            Self::Nothing => return None,
            Self::Word(word) => word,
            Self::SeverityOfRule => {
                let pattern = Pattern::new(named);
                let rules = policies.rules.iter().filter(|rule| pattern.matches(&rule.id));
                let severities = rules.flat_map(Rule::severities);
                severity(match side {
                    Side::Before => severities.max()?,
                    Side::After => severities.min()?,
                })
            }
            Self::Parameter => {
                let rule = policies.rules.iter().find(|rule| rule.id == named)?;
                let (_, value) = rule.parameters.iter().find(|(name, _)| path.last() == Some(name))?;
                return Some(match value {
                    Value::Array(several) => several.iter().map(word_of).collect(),
                    one => vec![word_of(one)],
                });
            }
            Self::MinimumOfCategory => policies.categories.by_id.get(named)?.minimum.word(),
            Self::Tags => return Some(policies.classification.tags.clone()),
            Self::Unclassified => &policies.categories.unclassified,
        };
        Some(vec![word.to_owned()])
    }
}

fn word_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
    }
}
