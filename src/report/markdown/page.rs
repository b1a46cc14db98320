//! Fitting whole blocks into a limit.

use crate::report::document::inline::Own;

/// A comment in its parts.
pub(super) struct Page {
    /// Always written.
    pub(super) verdict: String,
    /// What a reader must know first, most important first.
    pub(super) notes: Vec<String>,
    /// The findings, most important first.
    pub(super) sections: Vec<Section>,
    /// The last line.
    pub(super) closing: String,
    /// Where to find what is left out.
    pub(super) elsewhere: &'static str,
}

/// Findings that stand together.
pub(super) struct Section {
    /// The word for its findings where some are left out.
    pub(super) name: &'static str,
    /// The line to unfold; `None` where the section is not folded.
    pub(super) summary: Option<Own>,
    /// One per finding.
    pub(super) blocks: Vec<String>,
}

const FOLD_END: &str = "\n</details>\n";

impl Section {
    fn open(&self) -> String {
        match &self.summary {
            Some(summary) => {
                // Markdown begins after a blank line, and some blocks bring it along.
                let blank = if self.blocks.first().is_some_and(|block| block.starts_with('\n')) {
                    ""
                } else {
                    "\n"
                };
                format!("\n<details>\n<summary>{summary}</summary>\n{blank}")
            }
            None => String::new(),
        }
    }

    fn close(&self) -> &'static str {
        if self.summary.is_some() { FOLD_END } else { "" }
    }
}

impl Page {
    pub(super) fn fit(&self, limit: usize) -> String {
        let all = self.write(usize::MAX, 0);
        if all.len() <= limit {
            return all;
        }
        // The note on what is left out is longest when everything is.
        let everything: Vec<usize> = self.sections.iter().map(|section| section.blocks.len()).collect();
        let reserve = self.left_out(&everything, self.notes.len()).len() + self.closing.len();
        if self.verdict.len() + reserve > limit {
            self.verdict.clone()
        } else {
            self.write(limit, reserve)
        }
    }

    /// Writes what fits into `limit` when `reserve` bytes are kept for the end.
    fn write(&self, limit: usize, reserve: usize) -> String {
        let room = limit.saturating_sub(reserve);
        let mut out = self.verdict.clone();
        let notes_left = self.write_notes(&mut out, room);
        let mut full = notes_left > 0;
        let mut left = Vec::new();
        for section in &self.sections {
            let written = if full {
                0
            } else {
                write_section(&mut out, section, room)
            };
            full |= written < section.blocks.len();
            left.push(section.blocks.len() - written);
        }
        out.push_str(&self.left_out(&left, notes_left));
        out.push_str(&self.closing);
        out
    }

    /// Returns how many notes did not fit.
    fn write_notes(&self, out: &mut String, room: usize) -> usize {
        let fits = |out: &String, note: &String| out.len() + note.len() <= room;
        let mut written = 0;
        for note in &self.notes {
            if !fits(out, note) {
                break;
            }
            out.push_str(note);
            written += 1;
        }
        self.notes.len() - written
    }

    fn left_out(&self, left: &[usize], notes: usize) -> String {
        let total: usize = left.iter().sum();
        if total + notes == 0 {
            return String::new();
        }
        let named = self
            .sections
            .iter()
            .zip(left)
            .filter(|(_, number)| **number > 0)
            .map(|(section, number)| format!("{number} {}", section.name));
        let mut parts: Vec<String> = named.collect();
        if notes > 0 {
            parts.push(format!("{notes} of the notes at the top"));
        }
        format!(
            "\n**Left out for want of space:** {}. {}\n",
            parts.join(", "),
            self.elsewhere
        )
    }
}

/// Returns how many blocks were written.
fn write_section(out: &mut String, section: &Section, room: usize) -> usize {
    let (open, close) = (section.open(), section.close());
    let mut written = 0;
    for block in &section.blocks {
        let opening = if written == 0 { open.len() } else { 0 };
        if out.len() + opening + block.len() + close.len() > room {
            break;
        }
        if written == 0 {
            out.push_str(&open);
        }
        out.push_str(block);
        written += 1;
    }
    if written > 0 {
        out.push_str(close);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{Own, Page, Section};

    fn section(name: &'static str, blocks: usize) -> Section {
        Section {
            name,
            summary: Some(Own::from(blocks) + " of them"),
            blocks: vec!["- block\n".to_owned(); blocks],
        }
    }

    #[test]
    fn every_limit_holds_and_every_fold_is_closed() {
        let page = Page {
            verdict: "verdict\n".to_owned(),
            notes: Vec::new(),
            sections: vec![section("a", 1), section("b", 12), section("c", 100)],
            closing: "\nclosing\n".to_owned(),
            elsewhere: "The rest is elsewhere.",
        };
        for limit in "verdict\n".len()..2_000 {
            let output = page.fit(limit);
            assert!(output.len() <= limit, "{limit}: {output}");
            assert_eq!(
                output.matches("<details>").count(),
                output.matches("</details>").count(),
                "{output}"
            );
            let shown = output.matches("- block").count();
            assert_eq!(
                shown < 113 && output.contains("closing"),
                output.contains("Left out"),
                "{output}"
            );
        }
        assert!(page.fit(2_000).contains("100 of them") && !page.fit(2_000).contains("Left out"));
    }

    #[test]
    fn notes_are_left_out_after_the_findings() {
        let page = Page {
            verdict: "verdict\n".to_owned(),
            notes: vec!["\nnote\n".to_owned(); 30],
            sections: vec![section("a", 3)],
            closing: String::new(),
            elsewhere: "The rest is elsewhere.",
        };
        let output = page.fit(200);
        assert!(
            output.len() <= 200 && output.contains(" 3 a, ") && output.contains(" of the notes at the top"),
            "{output}"
        );
    }
}
