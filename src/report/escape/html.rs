//! HTML that stays text.

use super::visible;

/// One line of text for the content of an element, or for an attribute between double quotes.
#[must_use]
pub fn html(text: &str) -> String {
    escaped(&visible(text))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn nothing_ends_the_text_or_the_attribute() {
        assert_eq!(
            html("<a href=\"x\" b='c'>&amp;\u{202e}\n"),
            "&lt;a href=&quot;x&quot; b=&#39;c&#39;&gt;&amp;amp;\\u{202e}\\u{a}"
        );
    }
}
