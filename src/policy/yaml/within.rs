//! Places inside a text.

use super::node::Span;

impl Span {
    /// Where some characters of a text stand in the file; all of it where the text is written over several lines. `source` is
    /// the text as it is written, with its quotes.
    #[must_use]
    pub fn within(self, source: &str, offset: usize, width: usize) -> Self {
        let quote = source.chars().next().filter(|c| ['"', '\''].contains(c));
        if source.contains('\n') || source.starts_with(['|', '>']) {
            return self;
        }
        let inner = source.get(usize::from(quote.is_some())..).unwrap_or_default();
        let mut signs = inner.char_indices().peekable();
        for _ in 0..offset {
            let Some((_, sign)) = signs.next() else { return self };
            match (quote, sign) {
                (Some('\''), '\'') => {
                    signs.next();
                }
                (Some('"'), '\\') => {
                    let digits = match signs.next() {
                        Some((_, 'x')) => 2,
                        Some((_, 'u')) => 4,
                        Some((_, 'U')) => 8,
                        _ => 0,
                    };
                    for _ in 0..digits {
                        signs.next();
                    }
                }
                _ => {}
            }
        }
        let start = signs.peek().map_or(inner.len(), |(start, _)| *start);
        let rest = inner.get(start..).unwrap_or_default();
        let length: usize = rest.chars().take(width).map(char::len_utf8).sum();
        let before = inner.get(..start).unwrap_or_default().chars().count();
        let quoted = usize::from(quote.is_some());
        let first = self.start.saturating_add(start).saturating_add(quoted);
        Self {
            line: self.line,
            column: self.column.saturating_add(before).saturating_add(quoted),
            start: first,
            end: first.saturating_add(length).min(self.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_a_text_is_found_behind_quotes_and_escapes() {
        let found = |source: &str, offset: usize| {
            let whole = Span {
                line: 1,
                column: 1,
                start: 0,
                end: source.len(),
            };
            let span = whole.within(source, offset, 1);
            (span.column, source[span.start..span.end].to_owned())
        };
        assert_eq!(found("$.a!", 3), (4, "!".into()));
        assert_eq!(found("'$.a!'", 3), (5, "!".into()));
        assert_eq!(found("'$[''a'']!'", 6), (10, "!".into()));
        assert_eq!(found("\"$[\\\"a\\\"]!\"", 6), (10, "!".into()));
        assert_eq!(found("\"$.\\x61!\"", 3), (8, "!".into()));
        assert_eq!(found("$.\u{e4}\u{e4}!", 4), (5, "!".into()));
        assert_eq!(found("$.a", 3), (4, String::new()));
    }
}
