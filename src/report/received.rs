//! A report from somebody else: from another job, or from a fork, whose every byte is the author's to choose.
//!
//! Nothing in it is believed before it was measured, and no file that it names is ever opened.

mod bounds;

use serde::Deserialize;
use serde::de::IgnoredAny;
use thiserror::Error;

use super::escape::cut_middle;
use super::v1::{Report, SCHEMA_VERSION};

/// The most bytes of a report.
pub const LARGEST: usize = 64 << 20;
/// The most plans in a report.
const MOST_PLANS: usize = 1_000;
/// The most findings in a report.
const MOST_FINDINGS: usize = 50_000;
/// The most of everything else that a report lists.
const MOST_OTHERS: usize = 10_000;
/// The most characters of what is wrong: it may quote the report.
const MOST_CHARS: usize = 300;

/// Why a file is not taken for a report.
#[derive(Debug, Error)]
pub enum Refusal {
    /// Neither UTF-8 nor what PowerShell writes.
    #[error("it is not text: byte {0} is not UTF-8")]
    NotText(usize),
    /// Nothing in it.
    #[error("it is empty")]
    Empty,
    /// Not JSON, or not what a report says.
    #[error("{message}")]
    Invalid {
        /// What is wrong.
        message: String,
        /// The line, 1-based.
        line: usize,
        /// The column, 1-based.
        column: usize,
    },
    /// A plan in place of a report.
    #[error("it is a plan, and not a report")]
    Plan,
    /// JSON of another kind.
    #[error("it has no `schema_version`, so it is not a report of planseal")]
    NoVersion,
    /// Made by a later planseal.
    #[error("it has schema_version {0}, and this planseal ({version}) reads {SCHEMA_VERSION}", version = env!("CARGO_PKG_VERSION"))]
    Version(u64),
    /// More than anybody would read.
    #[error("it holds {found} {what}, and at most {most} are read")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// It says what cannot be.
    #[error("{place} is {what}")]
    Contradiction {
        /// Where, as a path into the report.
        place: String,
        /// What is wrong.
        what: String,
    },
}

impl Refusal {
    /// What to do next.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Plan => "judge it with `planseal check --output json=report.json PLAN`, and post report.json",
            Self::Version(_) => "use the same version of planseal in the job that checks and in the one that posts",
            Self::TooMany { .. } => {
                "judge fewer plans in one run, and post each report under a `--comment-key` of its own"
            }
            _ => "pass what `planseal check --output json=FILE` writes, as it wrote it",
        }
    }

    /// Where in the file it is: `:LINE:COLUMN`, or nothing.
    #[must_use]
    pub fn place(&self) -> String {
        match self {
            Self::Invalid { line, column, .. } if *line > 0 => format!(":{line}:{column}"),
            _ => String::new(),
        }
    }
}

impl From<serde_json::Error> for Refusal {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = text.strip_suffix(&place).unwrap_or(&text);
        Self::Invalid {
            message: cut_middle(message, MOST_CHARS),
            line: error.line(),
            column: error.column(),
        }
    }
}

/// What tells which kind of file it is.
#[derive(Deserialize)]
struct Header {
    schema_version: Option<u64>,
    format_version: Option<IgnoredAny>,
}

/// The words that a report writes as text, and that the gate is worked out by.
#[derive(Deserialize)]
struct Words {
    #[serde(rename = "gate")]
    _gate: GateWords,
    #[serde(rename = "plans")]
    _plans: Vec<PlanWords>,
}

#[derive(Deserialize)]
struct PlanWords {
    #[serde(default, rename = "gate")]
    _gate: Option<GateWords>,
}

#[derive(Deserialize)]
struct GateWords {
    #[serde(rename = "mode")]
    _mode: Mode,
    #[serde(rename = "undetermined")]
    _undetermined: Effect,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Mode {
    Introduced,
    Any,
    Never,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Effect {
    Rule,
    Fail,
    Warn,
}

/// Reads a report that somebody else may have written.
///
/// # Errors
/// Where it is no report of this version, is out of bounds, or contradicts itself in a way that leaves open what is meant.
pub fn read(bytes: &[u8]) -> Result<Report, Refusal> {
    let text = text(bytes)?;
    // What is read by name would also be read by position.
    if !text.trim_start().starts_with('{') {
        return Err(Refusal::NoVersion);
    }
    let header: Header = serde_json::from_str(&text)?;
    match (header.schema_version, header.format_version) {
        (Some(version), _) if version == u64::from(SCHEMA_VERSION) => {}
        (Some(version), _) => return Err(Refusal::Version(version)),
        (None, Some(_)) => return Err(Refusal::Plan),
        (None, None) => return Err(Refusal::NoVersion),
    }
    bounds::hold(&text)?;
    let _: Words = serde_json::from_str(&text)?;
    let report: Report = serde_json::from_str(&text)?;
    few("plans", report.plans.len(), MOST_PLANS)?;
    few("findings", report.findings.len(), MOST_FINDINGS)?;
    few("unread inputs", report.unread.len(), MOST_OTHERS)?;
    few("configurations", report.configurations.len(), MOST_PLANS)?;
    few("metrics", report.metrics.len(), MOST_PLANS)?;
    consistent(&report)?;
    Ok(report)
}

/// UTF-8, or the UTF-16 that PowerShell's `>` writes.
fn text(bytes: &[u8]) -> Result<String, Refusal> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => {
            let units = rest.chunks(2).map(|pair| match pair {
                [low, high] => u16::from_le_bytes([*low, *high]),
                _ => 0xfffd,
            });
            char::decode_utf16(units)
                .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest)?,
        plain => utf8(plain)?,
    };
    match text.trim().is_empty() {
        true => Err(Refusal::Empty),
        false => Ok(text),
    }
}

fn utf8(bytes: &[u8]) -> Result<String, Refusal> {
    let text = std::str::from_utf8(bytes).map_err(|error| Refusal::NotText(error.valid_up_to()))?;
    Ok(text.to_owned())
}

fn few(what: &'static str, found: usize, most: usize) -> Result<(), Refusal> {
    match found > most {
        true => Err(Refusal::TooMany { what, found, most }),
        false => Ok(()),
    }
}

/// Whether everything belongs to a plan that is there, and every target is a share.
fn consistent(report: &Report) -> Result<(), Refusal> {
    let plans: std::collections::BTreeSet<&str> = report.plans.iter().map(|plan| plan.name.as_str()).collect();
    let of_no_plan = |name: &str| !plans.contains(name);
    let stranger = |place: String, name: &str| Refusal::Contradiction {
        place,
        what: format!(
            "`{}`, and `plans` holds none of that name",
            cut_middle(name, MOST_CHARS)
        ),
    };
    for (position, finding) in report.findings.iter().enumerate() {
        if !finding.plan.is_empty() && of_no_plan(&finding.plan) {
            return Err(stranger(format!("`findings[{position}].plan`"), &finding.plan));
        }
    }
    let keys = report.hierarchy.keys.iter().map(|key| key.plan.as_str());
    if let Some((position, name)) = keys.enumerate().find(|(_, name)| of_no_plan(name)) {
        return Err(stranger(format!("`hierarchy.keys[{position}].plan`"), name));
    }
    for (position, metric) in report.metrics.iter().enumerate() {
        let of_plans = metric.plans.iter().map(|one| one.plan.as_str());
        let mut named = of_plans.chain(metric.unmet.iter().map(|one| one.plan.as_str()));
        if let Some(name) = named.find(|name| of_no_plan(name)) {
            return Err(stranger(format!("a plan of `metrics[{position}]`"), name));
        }
        if !(0.0..=1.0).contains(&metric.target) {
            return Err(Refusal::Contradiction {
                place: format!("`metrics[{position}].target`"),
                what: "not between 0 and 1".into(),
            });
        }
    }
    Ok(())
}
