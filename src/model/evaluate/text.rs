//! Functions over texts.

use serde_json::Value;

use super::partial::{Kind, Partial, text_of};
use crate::model::resolve::Resolver;

impl Resolver<'_, '_> {
    /// Functions over texts; `None` where the function is none of them.
    pub(super) fn text_function(&self, name: &str, arguments: &[Partial]) -> Option<Partial> {
        match (name, arguments) {
            ("format", [pattern, values @ ..]) => {
                let pattern = self.scalar(pattern).as_ref().and_then(text_of)?;
                Some(match pieces(&pattern, values) {
                    // `%s` alone is the value itself.
                    Some(parts) => match parts.as_slice() {
                        [only] => only.clone(),
                        _ => self.joined(parts),
                    },
                    None => Partial::made(values.to_vec()),
                })
            }
            ("join", [separator, list]) => self.join(separator, list),
            ("split", [separator, text]) => {
                let separator = self.scalar(separator).as_ref().and_then(text_of)?;
                match self.scalar(text).as_ref().and_then(text_of) {
                    Some(text) => Some(Partial::list(
                        text.split(&separator).map(|part| part.to_owned().into()).collect(),
                    )),
                    None => Some(Partial::elements(vec![self.changed(arguments)?])),
                }
            }
            ("startswith" | "endswith" | "strcontains", [text, part]) => {
                let (Some(text), Some(part)) = (self.text(text), self.text(part)) else {
                    return Some(Partial::made(arguments.to_vec()));
                };
                let answer = match name {
                    "startswith" => text.starts_with(&part),
                    "endswith" => text.ends_with(&part),
                    _ => text.contains(&part),
                };
                Some(answer.into())
            }
            _ => self.changing_function(name, arguments),
        }
    }

    /// Functions that make one text of another.
    fn changing_function(&self, name: &str, arguments: &[Partial]) -> Option<Partial> {
        let known = [
            "lower",
            "upper",
            "trimspace",
            "trimprefix",
            "trimsuffix",
            "trim",
            "replace",
            "substr",
            "title",
            "chomp",
        ];
        if !known.contains(&name) {
            return None;
        }
        let texts: Option<Vec<String>> = arguments.iter().map(|argument| self.text(argument)).collect();
        let Some(texts) = texts else {
            return self.changed(arguments);
        };
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let changed = match (name, texts.as_slice()) {
            ("lower", [text]) => text.to_lowercase(),
            ("upper", [text]) => text.to_uppercase(),
            ("trimspace", [text]) => text.trim().to_owned(),
            ("chomp", [text]) => text.trim_end_matches(['\n', '\r']).to_owned(),
            ("trimprefix", [text, part]) => text.strip_prefix(part).unwrap_or(text).to_owned(),
            ("trimsuffix", [text, part]) => text.strip_suffix(part).unwrap_or(text).to_owned(),
            ("trim", [text, set]) => text.trim_matches(|c| set.contains(c)).to_owned(),
            // A pattern between slashes is a regular expression.
            ("replace", [text, part, with]) if !(part.len() > 1 && part.starts_with('/') && part.ends_with('/')) => {
                text.replace(part, with)
            }
            _ => return None,
        };
        Some(changed.into())
    }

    fn text(&self, value: &Partial) -> Option<String> {
        self.scalar(value).as_ref().and_then(text_of)
    }

    /// A text that a function makes of others, some of which are not known.
    fn changed(&self, arguments: &[Partial]) -> Option<Partial> {
        match arguments.first()?.kind {
            Kind::Attribute(..) | Kind::Text(_) | Kind::Made(_) | Kind::Opaque(_) | Kind::Scalar(_) => {
                Some(Partial::made(arguments.to_vec()))
            }
            _ => None,
        }
    }

    fn join(&self, separator: &Partial, list: &Partial) -> Option<Partial> {
        let list = self.opened(list);
        let Some(elements) = list.as_list() else {
            return match &list.kind {
                Kind::Elements(elements) => Some(Partial::made(elements.to_vec())),
                _ => None,
            };
        };
        let mut parts = Vec::new();
        for (position, element) in elements.into_iter().enumerate() {
            if position > 0 {
                parts.push(separator.clone());
            }
            parts.push(element);
        }
        // One element alone is not made of anything.
        match parts.as_slice() {
            [only] => Some(only.clone()),
            _ => Some(self.joined(parts)),
        }
    }
}

/// The parts of a formatted text; `None` where a verb does more than to put a value in its place.
fn pieces(pattern: &str, values: &[Partial]) -> Option<Vec<Partial>> {
    let mut parts: Vec<Partial> = Vec::new();
    let mut values = values.iter();
    let mut rest = pattern;
    while let Some((literal, behind)) = rest.split_once('%') {
        parts.push(literal.to_owned().into());
        let verb = behind.chars().next()?;
        match verb {
            '%' => parts.push("%".to_owned().into()),
            's' | 'd' | 'v' => parts.push(values.next()?.clone()),
            _ => return None,
        }
        rest = behind.get(verb.len_utf8()..)?;
    }
    parts.push(rest.to_owned().into());
    parts.retain(|part| part.kind != Kind::Scalar(Value::String(String::new())));
    Some(match parts.is_empty() {
        true => vec![String::new().into()],
        false => parts,
    })
}
