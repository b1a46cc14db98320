//! One file: its text parsed, its lines counted.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use hcl_edit::structure::Body;

use super::block::Place;
use super::error::SourceError;
use super::json;
use super::template;

/// Where the lines of a file begin.
#[derive(Debug)]
pub(super) struct Lines {
    file: Arc<str>,
    /// Offsets of line ends.
    ends: Vec<usize>,
    /// Where the values of a file in JSON syntax stand: what was made of them does not tell.
    values: HashMap<Vec<String>, usize>,
}

impl Lines {
    fn new(file: &str, text: &str) -> Self {
        Self {
            file: file.into(),
            ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect(),
            values: match file.ends_with(".json") {
                true => json::offsets(text),
                false => HashMap::new(),
            },
        }
    }

    /// Where the value stands that these names lead to, in a file in JSON syntax.
    pub(super) fn value(&self, path: &[String]) -> Option<Range<usize>> {
        self.values.get(path).map(|offset| *offset..*offset)
    }

    pub(super) fn place(&self, span: Option<&Range<usize>>) -> Place {
        Place {
            file: Arc::clone(&self.file),
            line: span.map(|span| self.ends.partition_point(|end| *end < span.start).saturating_add(1)),
        }
    }
}

/// A parsed file.
pub(super) struct File {
    pub(super) body: Body,
    pub(super) lines: Arc<Lines>,
    pub(super) overrides: bool,
}

/// Whether Terraform or OpenTofu reads a file of this name as configuration.
pub(super) fn is_configuration(name: &str) -> bool {
    let ignored = name.starts_with('.') || name.ends_with('~') || name.starts_with('#') && name.ends_with('#');
    let known = [".tf", ".tf.json", ".tofu", ".tofu.json"];
    !ignored && known.iter().any(|ending| name.ends_with(ending))
}

/// Files of OpenTofu take the place of Terraform's of the same name.
pub(super) fn shadowed(name: &str, others: &[String]) -> bool {
    let stem = name.strip_suffix(".tf").map(|stem| format!("{stem}.tofu"));
    let json = name.strip_suffix(".tf.json").map(|stem| format!("{stem}.tofu.json"));
    stem.or(json).is_some_and(|other| others.contains(&other))
}

/// The parser looks for the end of a heredoc behind its first line alone, and so overlooks the end of an empty one. Each
/// becomes an empty text of the same length.
fn without_empty_heredocs(text: &str) -> Cow<'_, str> {
    let mut out = Cow::Borrowed(text);
    for (start, _) in text.match_indices("<<") {
        let behind = text.get(start..).unwrap_or_default();
        if let Some(blank) = empty_heredoc(text.get(..start).unwrap_or_default(), behind) {
            out.to_mut()
                .replace_range(start..start.saturating_add(blank.len()), &blank);
        }
    }
    out
}

/// What takes the place of the empty heredoc that `text` starts with, where it does. In front of one stands an operator;
/// a heredoc of a shell script, which may stand in another heredoc, follows a word.
fn empty_heredoc(before: &str, text: &str) -> Option<String> {
    before
        .trim_end_matches([' ', '\t'])
        .ends_with(['=', '(', '[', ',', ':', '?'])
        .then_some(())?;
    let (introducer, rest) = text.split_once('\n')?;
    let delimiter = introducer
        .strip_prefix("<<-")
        .or_else(|| introducer.strip_prefix("<<"))?;
    let delimiter = delimiter.trim_end_matches('\r');
    let last = rest.split('\n').next()?;
    let named = !delimiter.is_empty() && delimiter.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let end = last
        .trim_start_matches([' ', '\t'])
        .strip_prefix(delimiter)
        .filter(|_| named)?;
    (!end.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-')).then_some(())?;
    let blank = |text: &str| " ".repeat(text.len());
    let first = format!("\"\"{}", blank(introducer.get(2..)?));
    Some(format!("{first}\n{}", blank(last.strip_suffix(end)?)))
}

/// Parses one file. `name` is the file's own name, `path` the one for people.
pub(super) fn parse(name: &str, path: &str, text: &str) -> Result<File, SourceError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let stem = name.split('.').next().unwrap_or_default();
    let body = if name.ends_with(".json") {
        json::body(path, text)?
    } else {
        let text = without_empty_heredocs(text);
        let mut body = hcl_edit::parser::parse_body(&text).map_err(|error| SourceError::Syntax {
            file: path.to_owned(),
            line: error.location().line(),
            column: error.location().column(),
            message: error.message().to_owned(),
        })?;
        template::settle(&mut body, &text);
        body
    };
    Ok(File {
        body,
        lines: Arc::new(Lines::new(path, text)),
        overrides: stem == "override" || stem.ends_with("_override"),
    })
}
