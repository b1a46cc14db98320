//! `actions` and `replace_paths`.

use serde::de::SeqAccess;

use super::excerpt::visible;
use super::reader::{Reader, Scalar, Seed};
use super::types::{Action, ActionList};

/// `actions` as written.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Actions {
    /// Missing, null, or an empty array.
    #[default]
    Missing,
    /// A combination that Terraform makes.
    Known(ActionList),
    /// Words or a combination that planseal does not know, safe to print.
    Unknown(String),
    /// The name of another shape.
    Misshapen(&'static str),
}

/// Reads [`Actions`].
pub(super) struct ActionsReader;

impl<'de> Reader<'de> for ActionsReader {
    type Out = Actions;

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Actions, A::Error> {
        let mut words = Vec::new();
        while let Some(word) = elements.next_element::<Scalar<'de>>()? {
            words.push(word);
        }
        if words.is_empty() {
            return Ok(Actions::Missing);
        }
        let known: Option<ActionList> = words.iter().map(action).collect();
        Ok(match known {
            Some(known) if is_known_combination(&known) => Actions::Known(known),
            _ => {
                let written: Vec<&str> = words.iter().map(written).collect();
                Actions::Unknown(visible(&written.join(", ")))
            }
        })
    }

    fn other(self, value: Scalar<'de>) -> Actions {
        match value {
            Scalar::Null => Actions::Missing,
            other => Actions::Misshapen(other.shape()),
        }
    }
}

fn action(word: &Scalar<'_>) -> Option<Action> {
    let Scalar::Text(word) = word else {
        return None;
    };
    Some(match word.as_ref() {
        "no-op" => Action::NoOp,
        "create" => Action::Create,
        "read" => Action::Read,
        "update" => Action::Update,
        "delete" => Action::Delete,
        "forget" => Action::Forget,
        "open" => Action::Open,
        _ => return None,
    })
}

fn written<'a>(word: &'a Scalar<'_>) -> &'a str {
    match word {
        Scalar::Text(text) => text,
        other => other.shape(),
    }
}

/// The combinations of the plan format: one action, or one of the two orders of a replacement, or a new object
/// beside a forgotten one.
fn is_known_combination(actions: &[Action]) -> bool {
    matches!(
        actions,
        [_] | [Action::Delete, Action::Create] | [Action::Create, Action::Delete | Action::Forget]
    )
}

/// Reads `replace_paths` as JSONPath strings.
pub(super) struct PathsReader;

impl<'de> Reader<'de> for PathsReader {
    type Out = Vec<String>;

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Out, A::Error> {
        let mut paths = Vec::new();
        while let Some(path) = elements.next_element_seed(Seed(PathReader))? {
            paths.extend(path);
        }
        Ok(paths)
    }

    fn other(self, _: Scalar<'de>) -> Self::Out {
        Vec::new()
    }
}

struct PathReader;

impl<'de> Reader<'de> for PathReader {
    type Out = Option<String>;

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Out, A::Error> {
        let mut path = "$".to_owned();
        while let Some(segment) = elements.next_element::<Scalar<'de>>()? {
            match segment {
                Scalar::Text(name) => push_name(&mut path, &name),
                Scalar::Unsigned(index) => path.push_str(&format!("[{index}]")),
                // An element of a set has no name and no index.
                _ => path.push_str("[*]"),
            }
        }
        Ok(Some(path))
    }

    fn other(self, _: Scalar<'de>) -> Self::Out {
        None
    }
}

/// Adds a member to a JSONPath, in the short form where RFC 9535 allows it.
fn push_name(path: &mut String, name: &str) {
    let short = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_');
    if short {
        path.push('.');
        path.push_str(name);
        return;
    }
    path.push_str("['");
    for character in name.chars() {
        match character {
            '\'' => path.push_str("\\'"),
            '\\' => path.push_str("\\\\"),
            character if character.is_control() => {
                path.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            character => path.push(character),
        }
    }
    path.push_str("']");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(json: &str) -> Vec<String> {
        let mut deserializer = serde_json::Deserializer::from_str(json);
        serde::de::DeserializeSeed::deserialize(Seed(PathsReader), &mut deserializer).unwrap()
    }

    #[test]
    fn paths_are_rfc_9535() {
        let json = r#"[["a", 0, "b"], ["k.1", "it's"], [], ["a", {"x": 1}], "y"]"#;
        assert_eq!(paths(json), ["$.a[0].b", r"$['k.1']['it\'s']", "$", "$.a[*]"]);
    }

    #[test]
    fn only_combinations_of_the_format_are_known() {
        use Action::{Create, Delete, Forget, NoOp, Update};
        assert!(is_known_combination(&[Delete, Create]));
        assert!(is_known_combination(&[Create, Forget]));
        assert!(!is_known_combination(&[Update, Create]));
        assert!(!is_known_combination(&[Forget, Create]));
        assert!(!is_known_combination(&[NoOp, NoOp, NoOp]));
    }
}
