//! What makes one copy of a resource another resource: its names and the identifiers that AWS gave it.

/// Stands where a copy's number goes; no plan holds this character.
pub(crate) const PLACE: char = '\u{F8FF}';

/// Digits of a copy's number.
pub(crate) const DIGITS: usize = 6;

/// The number of a copy, as long as that of any other.
pub(crate) fn digits(number: usize) -> String {
    format!("{number:0DIGITS$}")
}

/// Every name and identifier in `text` with the place of a number in it.
///
/// Names begin with `marker`, which the fixtures see to. Identifiers are known by their look (`vpc-0a1b2c3d4e5f6a7b8`, the parts of
/// a UUID, `AROAEXAMPLE4EXAMPLE5`), so the same one is changed in the same way wherever it stands, also inside an ARN
/// or a policy document. Numbers alone, such as the account's, stay.
pub(crate) fn placed(text: &str, marker: &str) -> String {
    let text = text.replace(marker, &format!("{marker}{PLACE}"));
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let length = rest.find(|character: char| !character.is_ascii_alphanumeric());
        let (word, after) = rest.split_at(length.unwrap_or(rest.len()));
        match word.split_at_checked(word.len().saturating_sub(DIGITS)) {
            Some((head, _)) if is_identifier(word) => {
                out.push_str(head);
                out.push(PLACE);
            }
            _ => out.push_str(word),
        }
        let separator = after.chars().next();
        out.extend(separator);
        rest = after.split_at(separator.map_or(0, char::len_utf8)).1;
    }
    out
}

/// Words of code that look like identifiers do not occur in the fixtures.
fn is_identifier(word: &str) -> bool {
    let has = |what: fn(&u8) -> bool| word.bytes().any(|byte| what(&byte));
    let only = |what: fn(u8) -> bool| word.bytes().all(what);
    let mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    let hexadecimal = word.len() >= 8 && only(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let unique = word.len() >= 14 && only(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z'));
    mixed && (hexadecimal || unique)
}
