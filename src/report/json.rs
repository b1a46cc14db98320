//! The report as JSON, and back.

use serde::{Deserialize, Serialize};

use super::escape::is_hidden;
use super::v1::{Report, SCHEMA_VERSION};

/// Why a text is not a report.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// It is not JSON, or not a report.
    #[error("not a planseal report")]
    Invalid(#[from] serde_json::Error),
    /// It is a report of another format version.
    #[error("the report has schema_version {found}; this planseal reads {SCHEMA_VERSION}")]
    Version {
        /// The version that the text states.
        found: u64,
    },
}

#[derive(Deserialize)]
struct Header {
    schema_version: u64,
}

/// Writes the report as indented JSON with a newline at the end.
#[must_use]
pub fn render(report: &Report) -> String {
    pretty(report)
}

/// Writes any of the frozen types as indented JSON with a newline at the end.
pub(super) fn pretty(document: &impl Serialize) -> String {
    // Every frozen type has string keys and finite shares, which is all that could make serialisation fail;
    // a share that is not finite is written as null.
    let json = serde_json::to_string_pretty(document).unwrap_or_default();
    let mut out = escape_hidden(&json);
    out.push('\n');
    out
}

/// Reads what [`render`] wrote. Unknown fields are ignored, for later versions of the format only add fields.
///
/// # Errors
///
/// Where the text is not JSON, not a report, or a report of another `schema_version`.
pub fn parse(text: &str) -> Result<Report, ParseError> {
    let header: Header = serde_json::from_str(text)?;
    if header.schema_version != u64::from(SCHEMA_VERSION) {
        return Err(ParseError::Version {
            found: header.schema_version,
        });
    }
    Ok(serde_json::from_str(text)?)
}

/// JSON allows C1 controls and bidi marks as they are; a terminal or a CI log that shows the file must not act on them.
fn escape_hidden(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) && c != '\n' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out.replace("##[", "##\\u005b")
}
