//! Lines.

use anstyle::Style;

use super::page::paint;
use crate::report::document::inline::{Inline, Line};

/// A line without styling, every character of it shown.
pub(super) fn bare(line: &Line) -> String {
    line.pieces().iter().map(bare_piece).collect()
}

fn bare_piece(piece: &Inline) -> String {
    match piece {
        Inline::Own(own) => own.to_string(),
        Inline::Code(text) => text.visible(),
        Inline::Plain(text) | Inline::Said(text) => text.prose(),
        Inline::Strong(inner) | Inline::Emphasised(inner) => bare(inner),
        Inline::Link { target, .. } => target.visible(),
    }
}

/// A line in which only what is strong stands out.
pub(super) fn styled(line: &Line, strong: Style) -> String {
    let piece = |piece: &Inline| match piece {
        Inline::Strong(inner) => paint(strong, &bare(inner)),
        other => bare_piece(other),
    };
    line.pieces().iter().map(piece).collect()
}
