//! One file: its text parsed, its lines counted.

use std::ops::Range;
use std::sync::Arc;

use hcl_edit::structure::Body;

use super::block::Place;
use super::error::SourceError;
use super::json;

/// Where the lines of a file begin.
#[derive(Debug)]
pub(super) struct Lines {
    file: Arc<str>,
    /// Offsets of line ends.
    ends: Vec<usize>,
}

impl Lines {
    fn new(file: &str, text: &str) -> Self {
        Self {
            file: file.into(),
            ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect(),
        }
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

/// Parses one file. `name` is the file's own name, `path` the one for people.
pub(super) fn parse(name: &str, path: &str, text: &str) -> Result<File, SourceError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let stem = name.split('.').next().unwrap_or_default();
    let body = if name.ends_with(".json") {
        json::body(path, text)?
    } else {
        hcl_edit::parser::parse_body(text).map_err(|error| SourceError::Syntax {
            file: path.to_owned(),
            line: error.location().line(),
            column: error.location().column(),
            message: error.message().to_owned(),
        })?
    };
    Ok(File {
        body,
        lines: Arc::new(Lines::new(path, text)),
        overrides: stem == "override" || stem.ends_with("_override"),
    })
}
