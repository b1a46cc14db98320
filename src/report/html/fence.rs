//! Diffs with their colours.

use std::fmt::{self, Write};

use comrak::adapters::CodefenceRendererAdapter;
use comrak::nodes::Sourcepos;

use crate::report::escape::html;

/// Writes each line of a diff as what it is.
pub(super) struct Diff;

impl CodefenceRendererAdapter for Diff {
    fn write(&self, output: &mut dyn Write, _: &str, _: &str, code: &str, _: Option<Sourcepos>) -> fmt::Result {
        output.write_str("<pre class=\"diff\"><code>")?;
        for line in code.lines() {
            let class = match line.chars().next() {
                Some('@') => "headline",
                Some('-') => "remove",
                Some('+') => "add",
                _ => "same",
            };
            writeln!(output, "<span class=\"{class}\">{}</span>", html(line))?;
        }
        output.write_str("</code></pre>\n")
    }
}
