//! Text with placeholders: `{{address}}`.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The placeholders that messages and fixes may use.
pub const PLACEHOLDERS: [&str; 26] = [
    "action",
    "address",
    "type",
    "name",
    "what",
    "part",
    "category",
    "category_before",
    "category_from",
    "level",
    "lowered",
    "required",
    "because",
    "value",
    "key",
    "fix",
    "recommended_fix",
    "recommended_key",
    "where",
    "forced_by",
    "lost",
    "keep",
    "rule",
    "owner",
    "expires",
    "found",
];

/// A text whose placeholders are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(String),
}

/// A placeholder that does not exist. `offset` is its byte offset in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownPlaceholder {
    /// As written, without braces.
    pub name: String,
    /// Where it stands.
    pub offset: usize,
}

impl Template {
    /// Parses a text. Parameters are put in as they are.
    ///
    /// # Errors
    /// Every placeholder that is neither one of [`PLACEHOLDERS`] nor a parameter.
    pub fn parse(text: &str, parameters: &BTreeMap<String, String>) -> Result<Self, Vec<UnknownPlaceholder>> {
        let mut pieces = Vec::new();
        let mut unknown = Vec::new();
        let mut rest = text;
        while let Some((before, (name, after))) = rest
            .split_once("{{")
            .and_then(|(before, inner)| Some((before, inner.split_once("}}")?)))
        {
            pieces.push(Piece::Text(before.to_owned()));
            let name = name.trim();
            if let Some(value) = parameters.get(name) {
                pieces.push(Piece::Text(value.clone()));
                rest = after;
                continue;
            }
            if !PLACEHOLDERS.contains(&name) {
                unknown.push(UnknownPlaceholder {
                    name: name.to_owned(),
                    offset: text.len().saturating_sub(rest.len()).saturating_add(before.len()),
                });
            }
            pieces.push(Piece::Placeholder(name.to_owned()));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        if unknown.is_empty() {
            Ok(Self(pieces))
        } else {
            Err(unknown)
        }
    }

    /// What a rule says that has a title only: which resource, and that. A finding that lists several resources has the
    /// title alone.
    pub fn of_title(title: &str, per_plan: bool) -> Self {
        let title = title.trim().trim_end_matches('.');
        if per_plan {
            return Self(vec![Piece::Text(format!("{title}."))]);
        }
        Self(vec![
            Piece::Text("`".to_owned()),
            Piece::Placeholder("address".to_owned()),
            Piece::Text(format!("`: {title}.")),
        ])
    }

    /// The placeholders that it uses.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Fills the placeholders in.
    pub fn fill(&self, value: impl Fn(&str) -> String) -> String {
        self.0.iter().fold(String::new(), |mut out, piece| {
            // Writing to a string cannot fail.
            let _ = match piece {
                Piece::Text(text) => out.write_str(text),
                Piece::Placeholder(name) => out.write_str(&value(name)),
            };
            out
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_braces_of_hcl_stay() {
        let template = Template::parse(
            "resource \"{{type}}\" \"{{ name }}\" { x = \"${y}\" }",
            &BTreeMap::new(),
        )
        .unwrap();
        assert_eq!(
            template.fill(str::to_uppercase),
            "resource \"TYPE\" \"NAME\" { x = \"${y}\" }"
        );
    }

    #[test]
    fn every_unknown_placeholder_is_reported_with_its_place() {
        let unknown = Template::parse("a {{addres}} b {{nmae}}", &BTreeMap::new()).unwrap_err();
        assert_eq!(
            unknown
                .iter()
                .map(|one| (one.name.as_str(), one.offset))
                .collect::<Vec<_>>(),
            [("addres", 2), ("nmae", 15)]
        );
    }
}
