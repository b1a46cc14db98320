//! Text of the input in messages: where it stands, and how it is shown safely.

use std::fmt;

/// A place in the decoded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// In bytes of the decoded text (UTF-8), from 0.
    pub offset: usize,
}

impl Position {
    /// The place of the byte `offset` of `text`; the end of the text where `offset` lies behind it.
    pub(super) fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset = offset.saturating_sub(1);
        }
        let before = text.get(..offset).unwrap_or_default();
        let line = memchr::memchr_iter(b'\n', before.as_bytes()).count();
        let start = memchr::memrchr(b'\n', before.as_bytes()).map_or(0, |newline| newline.saturating_add(1));
        let column = before.get(start..).unwrap_or_default().chars().count();
        Self {
            line: line.saturating_add(1),
            column: column.saturating_add(1),
            offset,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}, column {}", self.line, self.column)
    }
}

/// Text of the input in a message is cut to so many characters.
const SHOWN: usize = 60;
/// Addresses are shown whole unless they are absurd: half an address helps nobody.
const SHOWN_OF_ADDRESS: usize = 300;

/// `text` made safe for a terminal, a log and Markdown code: cut, and without control and direction characters.
pub(super) fn visible(text: &str) -> String {
    visible_start(text, SHOWN)
}

/// The first character of text that is no plan. More is never shown: it may be a secret.
pub(super) fn beginning(text: &str) -> String {
    visible(&text.chars().take(1).collect::<String>())
}

/// As [`visible`], for addresses of resources.
pub(super) fn visible_address(address: &str) -> String {
    visible_start(address, SHOWN_OF_ADDRESS)
}

fn visible_start(text: &str, longest: usize) -> String {
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count == longest {
            shown.push('…');
            break;
        }
        match character {
            '`' => shown.push('\''),
            character if unsafe_to_print(character) => {
                shown.extend(character.escape_unicode());
            }
            character => shown.push(character),
        }
    }
    shown
}

fn unsafe_to_print(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_the_input_is_cut_and_harmless() {
        assert_eq!(visible("a`b\u{1b}[31m"), "a'b\\u{1b}[31m");
        assert_eq!(visible("\u{202e}x"), "\\u{202e}x");
        assert_eq!(visible(&"x".repeat(100)).chars().count(), 61);
    }

    #[test]
    fn a_position_counts_characters() {
        let at = Position::of("a\nöäx", 6);
        assert_eq!((at.line, at.column, at.offset), (2, 3, 6));
    }
}
