//! The first line of a comment: by it planseal knows its own comment, and which run wrote it.

use std::fmt;

use super::job::Run;

const BEGIN: &str = "<!-- planseal:comment ";
const END: &str = " -->";

/// Whether a text can stand in the marker: it must not end the HTML comment.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=100).contains(&text.len())
        && !text.contains("--")
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':'))
}

/// What the first line says. An older planseal wrote the key alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    /// Tells several comments on one pull request apart.
    pub(super) key: String,
    /// The commit that was judged.
    pub(super) head: Option<String>,
    /// The run that wrote it.
    pub(super) run: Option<Run>,
}

impl Marker {
    /// The marker of a comment, where it has one.
    pub(super) fn of(body: &str) -> Option<Self> {
        let line = body.lines().next()?.trim_end();
        let words = line.strip_prefix(BEGIN)?.strip_suffix(END)?;
        let value = |name: &str| {
            let mut pairs = words.split(' ').filter_map(|word| word.split_once('='));
            pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
        };
        Some(Self {
            key: value("key")?.to_owned(),
            head: value("head").map(str::to_owned),
            run: value("run").and_then(Run::parse),
        })
    }

    /// Whether a comment with this marker says more about the same commit than a run with the marker `other` can.
    pub(super) fn is_newer_than(&self, other: &Self) -> bool {
        self.head.is_some()
            && self.head == other.head
            && self.run.is_some()
            && other.run.is_some()
            && self.run > other.run
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{BEGIN}key={}", self.key)?;
        if let Some(head) = &self.head {
            write!(f, " head={head}")?;
        }
        if let Some(run) = &self.run {
            write!(f, " run={run}")?;
        }
        f.write_str(END)
    }
}

/// A comment's text below its marker. GitHub trims comments and may change line ends.
pub(super) fn below(body: &str) -> String {
    let text = body.replace("\r\n", "\n");
    let (_, below) = text.split_once('\n').unwrap_or_default();
    below.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::{Marker, below, is_key};
    use crate::deliver::github::job::Run;

    fn marker(head: &str, run: &str) -> Marker {
        Marker {
            key: "prod/eu".into(),
            head: Some(head.into()),
            run: Run::parse(run),
        }
    }

    #[test]
    fn a_key_cannot_end_the_marker() {
        for good in ["planseal", "prod/eu-west-1", "a.b_c:d"] {
            assert!(is_key(good), "{good}");
        }
        for bad in ["", "a -->", "a--b", "a b", "ü", "a\nb", "<x>"] {
            assert!(!is_key(bad), "{bad:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let whole = marker("0123abcd", "17.2");
        assert_eq!(
            whole.to_string(),
            "<!-- planseal:comment key=prod/eu head=0123abcd run=17.2 -->"
        );
        assert_eq!(Marker::of(&format!("{whole}\r\ntext")), Some(whole));
        let old = Marker::of("<!-- planseal:comment key=planseal -->").unwrap();
        assert_eq!((old.key.as_str(), old.head, old.run), ("planseal", None, None));
        for other in [
            "",
            "\n<!-- planseal:comment key=a -->",
            "x <!-- planseal:comment key=a -->",
            "<!-- planseal:comment key=a --> x",
            "<!-- planseal:comment -->",
        ] {
            assert_eq!(Marker::of(other), None, "{other}");
        }
    }

    #[test]
    fn a_run_is_newer_on_the_same_commit_only() {
        let ours = marker("a", "9.1");
        assert!(marker("a", "10.1").is_newer_than(&ours));
        assert!(marker("a", "9.2").is_newer_than(&ours));
        for other in [
            marker("a", "9.1"),
            marker("a", "8.7"),
            marker("b", "10.1"),
            marker("a", "x"),
        ] {
            assert!(!other.is_newer_than(&ours), "{other}");
        }
        assert!(!marker("a", "9.2").is_newer_than(&marker("a", "unknown")));
    }

    #[test]
    fn the_text_is_compared_without_the_marker() {
        assert_eq!(below("<!-- m -->\r\na\r\nb\r\n"), "a\nb");
        assert_eq!(below("<!-- m -->"), "");
    }
}
