//! GitHub Flavored Markdown that stays text.
//!
//! GitHub links mentions, issue numbers, commit ids and emoji shortcodes in the rendered HTML, where a backslash has no
//! effect any more. Only code is left alone by all of those filters. So a word that one of them could touch becomes inline
//! code, and other words are escaped as CommonMark demands.

use super::{prose, visible, visible_lines};

/// Inline code whose delimiter is longer than any run of backticks inside.
#[must_use]
pub fn inline_code(text: &str) -> String {
    code_span(&visible(text))
}

/// One line of plain text: words that GitHub would make something of become inline code.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut line = Line::new(Place::Block);
    line.words(text);
    line.finish()
}

/// One line of text in which segments between backticks are inline code and the rest is plain.
///
/// It is safe for any text, also where hostile backticks make code of what was meant as text and the other way round.
#[must_use]
pub fn message(text: &str) -> String {
    render_message(text, Place::Block)
}

/// Like [`message`], for a cell of a table: `|` cannot end the cell.
#[must_use]
pub fn table_cell(text: &str) -> String {
    render_message(text, Place::Cell)
}

/// Like [`inline_code`], for a cell of a table.
#[must_use]
pub fn code_in_cell(text: &str) -> String {
    let mut line = Line::new(Place::Cell);
    line.code(text);
    line.finish()
}

/// A fenced code block whose fence is longer than any run of backticks inside. `info` is a constant of the template.
#[must_use]
pub fn fenced(info: &str, body: &str) -> String {
    let fence = "`".repeat(longest_backtick_run(body).max(2) + 1);
    let lines = visible_lines(body).join("\n");
    format!("{fence}{info}\n{lines}\n{fence}\n")
}

/// A reference as the target of a link; `None` unless it is `https`, has a plain host, and holds no character that could
/// end the link or hide the host.
#[must_use]
pub fn link_target(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://")?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host_fits = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    let path_fits = path
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#&+,=%".contains(c));
    // CommonMark decodes entities in targets too.
    (host_fits && path_fits).then(|| url.replace('&', "&amp;"))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Block,
    Cell,
}

fn render_message(text: &str, place: Place) -> String {
    let mut line = Line::new(place);
    let mut segments = text.split('`');
    line.words(segments.next().unwrap_or_default());
    while let Some(code) = segments.next() {
        match segments.next() {
            Some(after) => {
                line.code(code);
                line.words(after);
            }
            // The last backtick has no partner.
            None => line.words(&format!("`{code}")),
        }
    }
    line.finish()
}

/// Writes one line and keeps neighbouring code spans apart.
struct Line {
    place: Place,
    out: String,
    space_due: bool,
}

impl Line {
    fn new(place: Place) -> Self {
        Self {
            place,
            out: String::new(),
            space_due: false,
        }
    }

    fn words(&mut self, text: &str) {
        self.space_due |= text.starts_with(char::is_whitespace);
        for word in prose(text).split(' ').filter(|word| !word.is_empty()) {
            if is_harmless(word) {
                self.push(&escape_word(word, self.out.is_empty()));
            } else {
                self.code(word);
            }
            self.space_due = true;
        }
        if !text.ends_with(char::is_whitespace) && !text.is_empty() {
            self.space_due = false;
        }
    }

    fn code(&mut self, text: &str) {
        // Two code spans that touch would be read as one, with another delimiter.
        self.space_due |= self.out.ends_with('`');
        let shown = visible(text);
        let span = match self.place {
            Place::Block => code_span(&shown),
            Place::Cell => code_span(&shown.replace("\\|", "\\u{5c}|").replace('|', "\\|")),
        };
        self.push(&span);
    }

    fn push(&mut self, piece: &str) {
        if self.space_due && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.space_due = false;
        self.out.push_str(piece);
    }

    fn finish(self) -> String {
        self.out
    }
}

fn code_span(shown: &str) -> String {
    let delimiter = "`".repeat(longest_backtick_run(shown) + 1);
    let touches = shown.starts_with('`') || shown.ends_with('`');
    // CommonMark takes one space off each side where both are there.
    let spaced = shown.starts_with(' ') && shown.ends_with(' ') && !shown.trim().is_empty();
    let pad = if touches || spaced || shown.is_empty() { " " } else { "" };
    let closing_pad = if shown.is_empty() { "" } else { pad };
    format!("{delimiter}{pad}{shown}{closing_pad}{delimiter}")
}

fn longest_backtick_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Whether none of GitHub's filters (mentions, issues, commits, links, emoji, mathematics) can act on the word.
fn is_harmless(word: &str) -> bool {
    if word == ":" {
        return true;
    }
    let inner = word.strip_suffix(':').unwrap_or(word);
    let acts = |c: char| matches!(c, '@' | '#' | '$' | '`' | ':' | '\\');
    let lower = inner.to_ascii_lowercase();
    !inner.is_empty()
        && !inner.contains(acts)
        && !lower.contains("gh-")
        && !lower.contains("www.")
        && !has_commit_id(&lower)
}

/// Seven or more hexadecimal digits that stand alone, as GitHub reads a commit.
fn has_commit_id(word: &str) -> bool {
    word.split(|c: char| !c.is_ascii_alphanumeric())
        .any(|run| run.len() >= 7 && run.chars().all(|c| c.is_ascii_hexdigit()))
}

fn escape_word(word: &str, at_start: bool) -> String {
    let mut out = String::with_capacity(word.len() + 2);
    let mut in_number = at_start;
    for (index, c) in word.chars().enumerate() {
        let marker = at_start && ((index == 0 && "-+=".contains(c)) || (index > 0 && in_number && ".)".contains(c)));
        if marker || "*_[]<>&|~^!{}\"=".contains(c) && needs_escape(c, word) {
            out.push('\\');
        }
        in_number &= c.is_ascii_digit();
        out.push(c);
    }
    out
}

/// Marks that do nothing in the middle of ordinary prose stay readable in the raw text.
fn needs_escape(c: char, word: &str) -> bool {
    match c {
        '!' => word.contains('['),
        '=' => word.chars().all(|other| other == '='),
        '"' | '{' | '}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::{fenced, inline_code, link_target, message, plain, table_cell};

    #[test]
    fn words_that_github_acts_on_become_code() {
        assert_eq!(
            plain("ask @octocat about #1, GH-2 or o/r#3"),
            "ask `@octocat` about `#1,` `GH-2` or `o/r#3`"
        );
        assert_eq!(
            plain("see https://x.y and www.x.y or a@b.c"),
            "see `https://x.y` and `www.x.y` or `a@b.c`"
        );
        assert_eq!(plain(":tada: at 0123abc $x$"), "`:tada:` at `0123abc` `$x$`");
        assert_eq!(
            plain("note: plain text, 100 % (of all)."),
            "note: plain text, 100 % (of all)."
        );
    }

    #[test]
    fn markdown_is_escaped() {
        assert_eq!(
            plain("- *a* [b](c) <d> | ~~e~~"),
            "\\- \\*a\\* \\[b\\](c) \\<d\\> \\| \\~\\~e\\~\\~"
        );
        assert_eq!(plain("1. one"), "1\\. one");
        assert_eq!(plain("==="), "\\=\\=\\=");
        assert_eq!(plain("a\n# b"), "a `#` b");
    }

    #[test]
    fn code_spans_hold_their_text() {
        assert_eq!(inline_code("a`b``c"), "```a`b``c```");
        assert_eq!(inline_code("`a"), "`` `a ``");
        assert_eq!(inline_code(""), "` `");
        assert_eq!(inline_code("a\nb"), "`a\\u{a}b`");
    }

    #[test]
    fn messages_keep_their_code() {
        assert_eq!(
            message("`a.b` is *bad*; set `c`'s key"),
            "`a.b` is \\*bad\\*; set `c`'s key"
        );
        assert_eq!(message("`a``b`"), "`a` `b`");
        assert_eq!(message("a ` b"), "a `` ` `` b");
    }

    #[test]
    fn cells_cannot_be_split() {
        assert_eq!(table_cell("a|b `c|d` `e\\|f`"), "a\\|b `c\\|d` `e\\u{5c}\\|f`");
    }

    #[test]
    fn fences_cannot_be_closed() {
        assert_eq!(fenced("hcl", "a\n````\nb\n"), "`````hcl\na\n````\nb\n`````\n");
        assert_eq!(fenced("", "a"), "```\na\n```\n");
    }

    #[test]
    fn only_plain_https_is_a_link() {
        let target = |url| link_target(url).unwrap_or_default();
        assert_eq!(
            target("https://docs.aws.amazon.com/kms/x.html?a=b&lt=c#d"),
            "https://docs.aws.amazon.com/kms/x.html?a=b&amp;lt=c#d"
        );
        for url in [
            "http://a.b",
            "javascript:x",
            "https://",
            "https://a.b@evil.c/",
            "https://a.b/)x",
            "https://a.b/ x",
            "https://a.b/\"x",
        ] {
            assert_eq!(link_target(url), None, "{url}");
        }
    }
}
