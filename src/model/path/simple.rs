//! The paths that most policies are made of, read without the parser: `$.a.b[*].c[0]['d e']`.

use super::PathStep;

/// Positions with more digits are left to the parser.
const MAX_DIGITS: usize = 9;

/// The steps of a path of names, positions and `[*]`; `None` for everything else, be it right or wrong.
pub(super) fn steps(text: &str) -> Option<Vec<PathStep>> {
    let mut rest = text.strip_prefix('$').filter(|_| text.len() <= super::MAX_LENGTH)?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let (step, behind) = match rest.strip_prefix('.') {
            Some(name) => named(name)?,
            None => bracketed(rest.strip_prefix('[')?)?,
        };
        steps.push(step);
        rest = behind;
    }
    Some(steps)
}

fn named(text: &str) -> Option<(PathStep, &str)> {
    if let Some(behind) = text.strip_prefix('*') {
        return Some((PathStep::Wildcard, behind));
    }
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    let (name, behind) = text.split_at_checked(end)?;
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    // Letters of other scripts are left to the parser.
    let ends_well = behind.is_empty() || behind.starts_with(['.', '[']);
    (starts_well && ends_well).then(|| (PathStep::Name(name.into()), behind))
}

fn bracketed(text: &str) -> Option<(PathStep, &str)> {
    if let Some(behind) = text.strip_prefix("*]") {
        return Some((PathStep::Wildcard, behind));
    }
    if let Some(quote @ ('\'' | '"')) = text.chars().next() {
        let (name, behind) = text.get(1..)?.split_once(quote)?;
        let plain = !name.contains(|c: char| c == '\\' || c.is_control());
        return Some((PathStep::Name(name.into()), behind.strip_prefix(']').filter(|_| plain)?));
    }
    let (digits, behind) = text.split_once(']')?;
    let number = digits.bytes().all(|b| b.is_ascii_digit()) && (1..=MAX_DIGITS).contains(&digits.len());
    let plain = number && (digits == "0" || !digits.starts_with('0'));
    Some((PathStep::Index(digits.parse().ok().filter(|_| plain)?), behind))
}
