//! Text from a plan is hostile: it may hold terminal codes, Markdown, mentions, workflow commands.
//!
//! Two layers. [`visible`] and [`prose`] make any text one harmless line for a terminal or a log; the Markdown functions
//! build on them, so that nothing hidden reaches a comment either. `Untrusted` holds such text in a document, so that a
//! writer has to choose one of them.

mod html;
mod markdown;
mod untrusted;

pub use html::html;
pub use markdown::{code_in_cell, fenced, inline_code, link_target, message, plain, table_cell};
pub(super) use untrusted::Untrusted;

/// Whether a character has no picture of its own, or moves or hides its neighbours: controls (C0, C1, DEL), bidi marks,
/// zero-width and filler characters, variation selectors, tags, and the two that XML forbids.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{fffe}' | '\u{ffff}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// One line on which every character shows: hidden ones, newlines and tabs too, become `\u{…}`.
///
/// Workflow commands are broken as well (`::` at the start, `##[` anywhere), because a terminal report is often a CI log.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            push_code_point(&mut out, c);
        } else {
            out.push(c);
        }
    }
    break_commands(out)
}

/// Like [`visible`] for sentences: runs of white space (line breaks too) become one space.
#[must_use]
pub fn prose(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Like [`visible`] for text of several lines: line breaks and tabs stay.
#[must_use]
pub fn visible_lines(text: &str) -> Vec<String> {
    text.trim_end()
        .split('\n')
        .map(|line| line.strip_suffix('\r').unwrap_or(line))
        .map(|line| line.split('\t').map(visible).collect::<Vec<_>>().join("    "))
        .collect()
}

/// Cuts the middle out of a text longer than `limit` characters and puts an ellipsis there.
#[must_use]
pub fn cut_middle(text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    let kept = limit.saturating_sub(1);
    // The beginning of an ARN or a path says more than its end.
    let head = kept - kept / 3;
    let tail = kept / 3;
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(length - tail).collect();
    format!("{start}…{end}")
}

fn push_code_point(out: &mut String, c: char) {
    out.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
}

fn break_commands(text: String) -> String {
    let text = if text.contains("##[") {
        text.replace("##[", "##\\u{5b}")
    } else {
        text
    };
    let body = text.trim_start();
    match body.strip_prefix("::") {
        Some(rest) => {
            let indent: String = text.chars().take_while(|c| c.is_whitespace()).collect();
            format!("{indent}:\\u{{3a}}{rest}")
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{cut_middle, prose, visible, visible_lines};

    #[test]
    fn hidden_characters_show() {
        assert_eq!(
            visible("a\u{1b}[31mb\u{9b}c\u{202e}d\u{200b}e\nf"),
            "a\\u{1b}[31mb\\u{9b}c\\u{202e}d\\u{200b}e\\u{a}f"
        );
        assert_eq!(prose(" a\n b\u{2028}c\tü "), "a b c ü");
        assert_eq!(visible_lines("a\r\n\tb\rc\n\n"), ["a", "    b\\u{d}c"]);
    }

    #[test]
    fn workflow_commands_are_broken() {
        assert_eq!(visible("::error::x"), ":\\u{3a}error::x");
        assert_eq!(visible("  ::error::x"), "  :\\u{3a}error::x");
        assert_eq!(visible("x ##[error]y"), "x ##\\u{5b}error]y");
        assert_eq!(visible("arn:aws:s3:::bucket"), "arn:aws:s3:::bucket");
    }

    #[test]
    fn the_middle_is_cut() {
        assert_eq!(cut_middle("abcdefghij", 10), "abcdefghij");
        assert_eq!(cut_middle("abcdefghijk", 10), "abcdef…ijk");
        assert_eq!(cut_middle("äöü", 2), "ä…");
        assert_eq!(cut_middle("abc", 0), "…");
    }
}
