//! Renders one diagnostic with its source line.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::diagnostic::Diagnostic;

/// Characters of the source line shown on either side of the place. A file may
/// be one line of a megabyte, and the renderer walks all it is given.
const WINDOW: usize = 200;

/// Longer messages are cut: they can only come from hostile input.
const LONGEST_TEXT: usize = 2_000;

pub(super) fn diagnostic(diagnostic: &Diagnostic, source: Option<&str>, color: bool) -> String {
    let span = diagnostic.span;
    let file = safe_text(&diagnostic.file);
    let mut group = Group::with_title(Level::ERROR.primary_title(safe_text(&diagnostic.message)));
    let line = source
        .filter(|_| span.is_known())
        .and_then(|text| Line::at(text, span.start, span.end));
    if let Some(line) = line {
        let mut mark = AnnotationKind::Primary.span(line.start..line.end);
        if let Some(label) = &diagnostic.label {
            mark = mark.label(safe_text(label));
        }
        let mut snippet = Snippet::source(line.text).line_start(span.line).annotation(mark);
        // The renderer counts the column in what it is given, which is wrong
        // for a line whose start is cut off.
        if line.is_cut {
            let place = Origin::path(file).line(span.line).char_column(span.column);
            group = group.element(place);
        } else {
            snippet = snippet.path(file);
        }
        group = group.element(snippet);
    } else {
        let mut place = Origin::path(file);
        if span.is_known() {
            place = place.line(span.line).char_column(span.column);
        }
        group = group.element(place);
        if let Some(label) = &diagnostic.label {
            group = group.element(Level::NOTE.message(safe_text(label)));
        }
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(safe_text(help)));
    }
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// The part of one source line that is shown, and the marked bytes in it.
struct Line {
    text: String,
    start: usize,
    end: usize,
    is_cut: bool,
}

impl Line {
    /// Looks at a window around the place only: the line may be the whole file.
    fn at(source: &str, start: usize, end: usize) -> Option<Line> {
        let in_line = |c: &char| !matches!(c, '\n' | '\r');
        let before = source.get(..start)?;
        let after = source.get(start..)?;
        let head = before.chars().rev().take_while(in_line).take(WINDOW + 1);
        let mut head: Vec<char> = head.filter(|c| *c != '\u{feff}').collect();
        let is_cut = head.len() > WINDOW;
        head.truncate(WINDOW);
        // A mapping or block text spans several lines; its first one is marked.
        let marked = after.char_indices().take(WINDOW);
        let marked = marked.take_while(|(at, c)| start + at < end && in_line(c));
        let marked: String = marked.map(|(_, c)| c).collect();
        let marked = marked.trim_end();
        let tail = after.get(marked.len()..).unwrap_or_default();
        let mut tail = tail.chars().take_while(in_line);

        let mut text = String::new();
        if is_cut {
            text.push('…');
        }
        text.extend(head.into_iter().rev().map(safe_char));
        let from = text.len();
        text.extend(marked.chars().map(safe_char));
        let to = text.len();
        text.extend(tail.by_ref().take(WINDOW).map(safe_char));
        if tail.next().is_some() {
            text.push('…');
        }
        Some(Line {
            text,
            start: from,
            end: to,
            is_cut,
        })
    }
}

/// Whether a character could change how the text around it is displayed.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Replaces an unsafe character by one visible one, so that columns stay true.
fn safe_char(c: char) -> char {
    match c {
        '\t' => ' ',
        c if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// Spells out unsafe characters of a message as `\u{…}`.
fn safe_text(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().take(LONGEST_TEXT) {
        if is_unsafe(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    if text.chars().nth(LONGEST_TEXT).is_some() {
        out.push('…');
    }
    out
}
