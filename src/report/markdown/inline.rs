//! Lines.

use crate::report::document::inline::{Inline, Line};
use crate::report::escape::Untrusted;

/// Where a line stands, and so what could break out of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Block,
    Cell,
}

/// A line of its own.
pub(super) fn line(line: &Line) -> String {
    pieces(line, Place::Block)
}

/// A line in a cell of a table.
pub(super) fn cell(line: &Line) -> String {
    pieces(line, Place::Cell)
}

/// Lines side by side.
pub(super) fn facts<'a>(lines: impl IntoIterator<Item = &'a Line>) -> String {
    let lines: Vec<String> = lines.into_iter().map(line).filter(|line| !line.is_empty()).collect();
    lines.join(" · ")
}

fn pieces(line: &Line, place: Place) -> String {
    let mut out = String::new();
    for piece in line.pieces() {
        let piece = inline(piece, place);
        // Two code spans that touch would be read as one, with another delimiter.
        if out.ends_with('`') && piece.starts_with('`') {
            out.push(' ');
        }
        out.push_str(&piece);
    }
    out
}

fn inline(piece: &Inline, place: Place) -> String {
    match piece {
        Inline::Own(own) => own.to_string(),
        Inline::Code(text) => code(text, place),
        Inline::Plain(text) => match place {
            Place::Block => text.plain(),
            Place::Cell => text.message_in_cell(),
        },
        Inline::Said(text) => match place {
            Place::Block => text.message(),
            Place::Cell => text.message_in_cell(),
        },
        Inline::Strong(inner) => around("**", &pieces(inner, place)),
        Inline::Emphasised(inner) => around("*", &pieces(inner, place)),
        Inline::Link { label, target } => format!("[{label}]({})", target.markdown()),
    }
}

fn code(text: &Untrusted, place: Place) -> String {
    match place {
        Place::Block => text.code(),
        Place::Cell => text.code_in_cell(),
    }
}

/// Marks around nothing would be text.
fn around(mark: &str, inner: &str) -> String {
    match inner.is_empty() {
        true => String::new(),
        false => format!("{mark}{inner}{mark}"),
    }
}
