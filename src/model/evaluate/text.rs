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
                if values.iter().any(|value| self.settled(value).kind == Kind::Null) {
                    return None;
                }
                Some(match self.pieces(&pattern, values) {
                    // `%s` alone is the text itself.
                    Some(parts) => match parts.as_slice() {
                        [only] => self.to_primitive(only, "string"),
                        _ => self.joined(&parts),
                    },
                    None => Partial::made(values.to_vec()),
                })
            }
            ("join", [separator, list]) => self.join(separator, list),
            ("join", [separator, lists @ ..]) => {
                let lists: Vec<Partial> = lists.iter().map(|list| self.opened(list)).collect();
                let all: Option<Vec<Vec<Partial>>> = lists.iter().map(Partial::as_list).collect();
                self.join(separator, &Partial::list(all?.concat()))
            }
            ("split", [separator, text]) => {
                let separator = self.scalar(separator).as_ref().and_then(text_of)?;
                match self.scalar(text).as_ref().and_then(text_of) {
                    // Between all characters.
                    Some(text) if separator.is_empty() => text
                        .chars()
                        .all(is_one_character)
                        .then(|| Partial::list(text.chars().map(|c| c.to_string().into()).collect())),
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
            ("lower", [text]) => one_to_one(text, char::to_lowercase)?,
            ("upper", [text]) => one_to_one(text, char::to_uppercase)?,
            ("substr", [text, start, length]) => substr(text, start.parse().ok()?, length.parse().ok()?)?,
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
        if list.is_unordered() {
            return Some(Partial::made(list.as_list()?));
        }
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
            _ => Some(self.joined(&parts)),
        }
    }

    /// The parts of a formatted text; `None` where a verb does more than to put a value in its place.
    fn pieces(&self, pattern: &str, values: &[Partial]) -> Option<Vec<Partial>> {
        let mut parts: Vec<Partial> = Vec::new();
        let mut values = values.iter();
        let mut rest = pattern;
        while let Some((literal, behind)) = rest.split_once('%') {
            parts.push(literal.to_owned().into());
            let verb = behind.chars().next()?;
            match verb {
                '%' => parts.push("%".to_owned().into()),
                's' | 'd' | 'v' => parts.push(self.piece(verb, values.next()?)?),
                _ => return None,
            }
            rest = behind.get(verb.len_utf8()..)?;
        }
        parts.push(rest.to_owned().into());
        parts.retain(|part| part.kind != Kind::Scalar(Value::String(String::new())));
        // Terraform refuses values that no verb takes.
        values.next().is_none().then(|| match parts.is_empty() {
            true => vec![String::new().into()],
            false => parts,
        })
    }

    fn piece(&self, verb: char, value: &Partial) -> Option<Partial> {
        let opened = self.opened(value);
        match (verb, &opened.kind) {
            ('d', Kind::Scalar(_)) => self.number(&opened)?.whole().map(|number| Value::from(number).into()),
            ('v', Kind::List(_) | Kind::Set(_) | Kind::Object(_)) => Some(self.encoded(&opened)),
            (_, Kind::List(_) | Kind::Set(_) | Kind::Object(_)) => None,
            _ => Some(value.clone()),
        }
    }
}

/// Whether a character is one for Terraform, too: it counts what people see as one, and joins marks to letters.
pub(super) fn is_one_character(c: char) -> bool {
    c.is_ascii() && c != '\r' || ('\u{a0}'..='\u{2ff}').contains(&c)
}

/// `None` where a character becomes several: Terraform leaves some of those as they are.
fn one_to_one<I: Iterator<Item = char>>(text: &str, convert: fn(char) -> I) -> Option<String> {
    text.chars()
        .map(|c| {
            let mut converted = convert(c);
            converted.next().filter(|_| converted.next().is_none())
        })
        .collect()
}

fn substr(text: &str, start: i64, length: i64) -> Option<String> {
    if !text.chars().all(is_one_character) {
        return None;
    }
    let count = i64::try_from(text.chars().count()).ok()?;
    let start = if start < 0 {
        count.checked_add(start)?.max(0)
    } else {
        start
    };
    let length = if length < 0 { count } else { length };
    let taken = text.chars().skip(usize::try_from(start).ok()?);
    Some(taken.take(usize::try_from(length).ok()?).collect())
}
