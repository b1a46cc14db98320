//! Policy files against those of the base.

use std::collections::BTreeMap;

use super::{Direction, Setting};
use crate::policy::load::{Source, described};
use crate::policy::yaml::{self, Kind, Node};

/// From the least to the most severe.
const SEVERITIES: [&str; 4] = ["low", "medium", "high", "critical"];

/// What a change does to policy files. Comments, the form, and where a file lies do not matter.
pub(super) fn compare(before: &[Source], after: &[Source]) -> Vec<Setting> {
    let (was, is) = (differing(before, after), differing(after, before));
    let moved = |file: &File<'_>, here: &Files<'_>, there: &Files<'_>| {
        let mut others = there.iter().filter(|(path, _)| !here.contains_key(*path));
        others.any(|(_, other)| other.says_the_same(file))
    };
    let mut found = Vec::new();
    for (path, file) in &is {
        match was.get(path) {
            Some(base) if base.says_the_same(file) => {}
            Some(base) => found.push(setting(path, Some(base), Some(file), direction(base, file))),
            None if moved(file, &is, &was) => {}
            None => found.push(setting(path, None, Some(file), Direction::Added)),
        }
    }
    for (path, base) in was.iter().filter(|(path, _)| !is.contains_key(*path)) {
        if !moved(base, &was, &is) {
            found.push(setting(path, Some(base), None, Direction::Loosened));
        }
    }
    found
}

/// The files that do not stand among the others in the same words.
fn differing<'s>(sources: &'s [Source], others: &[Source]) -> Files<'s> {
    let others: BTreeMap<&str, &str> = others
        .iter()
        .map(|one| (one.file.as_str(), one.text.as_str()))
        .collect();
    let differ = |one: &&Source| others.get(one.file.as_str()) != Some(&one.text.as_str());
    let read = |one: &'s Source| (one.file.as_str(), File::read(&one.file, &one.text));
    sources.iter().filter(differ).map(read).collect()
}

fn setting(path: &str, before: Option<&File<'_>>, after: Option<&File<'_>>, direction: Direction) -> Setting {
    let words = |file: Option<&File<'_>>| file.map(|file| file.root.as_ref().map_or("no YAML".to_owned(), described));
    Setting {
        name: format!("policy file `{path}`"),
        before: words(before),
        after: words(after),
        direction,
        line: None,
    }
}

/// What else a changed file says may be anything; a lower severity is a lower severity.
fn direction(before: &File<'_>, after: &File<'_>) -> Direction {
    match (before.severity(), after.severity()) {
        (Some(before), Some(after)) if after < before => Direction::Loosened,
        _ => Direction::Changed,
    }
}

/// Files by their paths.
type Files<'s> = BTreeMap<&'s str, File<'s>>;

/// A policy file as it is written.
struct File<'s> {
    text: &'s str,
    /// What it holds; `None` where it is no YAML.
    root: Option<Node>,
}

impl<'s> File<'s> {
    fn read(path: &str, text: &'s str) -> Self {
        let mut broken = false;
        let root = yaml::load(path, text, &mut |_| broken = true);
        Self {
            text,
            root: root.filter(|_| !broken),
        }
    }

    fn says_the_same(&self, other: &Self) -> bool {
        match (&self.root, &other.root) {
            (Some(one), Some(other)) => same(one, other),
            _ => self.text == other.text,
        }
    }

    fn severity(&self) -> Option<usize> {
        let Kind::Mapping(entries) = &self.root.as_ref()?.kind else {
            return None;
        };
        let (_, severity) = entries.iter().find(|(key, _)| key.as_str() == Some("severity"))?;
        SEVERITIES.iter().position(|one| severity.as_str() == Some(one))
    }
}

/// Whether two values are equal, wherever they stand.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.kind, &other.kind) {
        (Kind::Sequence(one), Kind::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Kind::Mapping(one), Kind::Mapping(other)) => {
            let equal = |((key, value), (other_key, other)): (&(Node, Node), &(Node, Node))| {
                same(key, other_key) && same(value, other)
            };
            one.len() == other.len() && one.iter().zip(other).all(equal)
        }
        (one, other) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &[(&str, &str)], after: &[(&str, &str)]) -> Vec<String> {
        let sources = |files: &[(&str, &str)]| -> Vec<Source> {
            let source = |(file, text): &(&str, &str)| Source {
                file: (*file).into(),
                text: (*text).into(),
            };
            files.iter().map(source).collect()
        };
        let found = compare(&sources(before), &sources(after));
        let word = |text: Option<String>| text.unwrap_or_else(|| "–".into());
        let line = |one: Setting| {
            format!(
                "{:?} {}: {} → {}",
                one.direction,
                one.name,
                word(one.before),
                word(one.after)
            )
        };
        found.into_iter().map(line).collect()
    }

    const RULE: &str = "id: no-public\nseverity: high\ntitle: t\n";

    #[test]
    fn a_file_that_is_gone_loosens_and_any_other_change_is_told() {
        let lower = RULE.replace("high", "low");
        let other = RULE.replace("title: t", "title: u");
        let cases = [
            (vec![("a.yaml", RULE)], vec![("a.yaml", RULE)], vec![]),
            (
                vec![("a.yaml", RULE)],
                vec![],
                vec!["Loosened policy file `a.yaml`: rule `no-public` (high) → –"],
            ),
            (
                vec![],
                vec![("a.yaml", RULE)],
                vec!["Added policy file `a.yaml`: – → rule `no-public` (high)"],
            ),
            (
                vec![("a.yaml", RULE)],
                vec![("a.yaml", &lower)],
                vec!["Loosened policy file `a.yaml`: rule `no-public` (high) → rule `no-public` (low)"],
            ),
            (
                vec![("a.yaml", &lower)],
                vec![("a.yaml", RULE)],
                vec!["Changed policy file `a.yaml`: rule `no-public` (low) → rule `no-public` (high)"],
            ),
            (
                vec![("a.yaml", RULE)],
                vec![("a.yaml", &other)],
                vec!["Changed policy file `a.yaml`: rule `no-public` (high) → rule `no-public` (high)"],
            ),
            (
                vec![("a.yaml", RULE)],
                vec![("a.yaml", "stores: {}\n")],
                vec!["Changed policy file `a.yaml`: rule `no-public` (high) → entries of the catalog"],
            ),
            (
                vec![("a.yaml", "[")],
                vec![("a.yaml", "")],
                vec!["Changed policy file `a.yaml`: no YAML → no policy"],
            ),
        ];
        for (before, after, expected) in cases {
            assert_eq!(told(&before, &after), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn form_comments_and_places_do_not_matter() {
        let written = "# why\n{ id: 'no-public', severity: \"high\", title: t }\n";
        assert_eq!(told(&[("a.yaml", RULE)], &[("a.yaml", written)]), [] as [String; 0]);
        assert_eq!(told(&[("a.yaml", RULE)], &[("b/c.yaml", written)]), [] as [String; 0]);
        // One that is copied is new, and one of two copies that goes is gone.
        let both = [("a.yaml", RULE), ("b.yaml", RULE)];
        assert_eq!(told(&[("a.yaml", RULE)], &both).len(), 1);
        assert_eq!(told(&both, &[("a.yaml", RULE)]).len(), 1);
        assert_eq!(told(&[("a.yaml", "[")], &[("b.yaml", "[")]), [] as [String; 0]);
    }
}
