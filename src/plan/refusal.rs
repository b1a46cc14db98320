//! Why input was refused, and what to do instead.

use std::fmt;

use thiserror::Error;

use super::excerpt::Position;

/// Why one document, or a whole input, is not a plan that can be judged.
///
/// [`Display`](fmt::Display) says what is wrong, [`Refusal::help`] what to do. Both are safe to print: text of the
/// input is cut and its control characters are escaped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// No bytes, or nothing but white space.
    #[error("the input is empty")]
    Empty,
    /// The zip that `terraform plan -out` writes.
    #[error("this is a binary plan file, not plan JSON")]
    BinaryPlan,
    /// The same after a shell re-encoded it as text.
    #[error("this is a binary plan file that was damaged by being written as text")]
    MangledBinaryPlan,
    /// A gzip stream that is cut or damaged.
    #[error("the gzip stream is {}", if *truncated { "cut short" } else { "damaged" })]
    Gzip {
        /// Whether it ends too early.
        truncated: bool,
    },
    /// A gzip stream that grows too far.
    #[error("the gzip stream unpacks to more than {limit} bytes")]
    TooLarge {
        /// The most that is unpacked.
        limit: u64,
    },
    /// UTF-32 by its byte order mark.
    #[error("the text is UTF-32, which is not JSON")]
    Utf32,
    /// Neither UTF-8 nor UTF-16.
    #[error("the input is not text: byte {offset} is neither UTF-8 nor UTF-16")]
    NotText {
        /// The first byte that does not fit.
        offset: usize,
    },
    /// The events of `terraform plan -json`.
    #[error("this is the event stream of `terraform plan -json`, which does not hold the planned values")]
    EventStream,
    /// What `terraform plan` shows to people.
    #[error("this is a plan as text for people, not plan JSON")]
    PlanText,
    /// The error message of a command whose output was redirected.
    #[error("this is an error message, not plan JSON: `{start}`")]
    ErrorText {
        /// Its beginning.
        start: String,
    },
    /// Terraform code.
    #[error("this is Terraform code, not plan JSON")]
    Hcl,
    /// The name of a file instead of its content.
    #[error("the input is the path `{path}` and not the content of that file")]
    Path {
        /// The path.
        path: String,
    },
    /// Any other text.
    #[error("the input is not JSON, it starts with `{start}`")]
    NotJson {
        /// Its beginning.
        start: String,
    },
    /// Broken JSON.
    #[error("invalid JSON at {at}: {what}")]
    Syntax {
        /// Where.
        at: Position,
        /// In the words of the JSON library.
        what: String,
    },
    /// JSON that ends too early.
    #[error("the JSON is cut short: it ends at {at} (byte {})", at.offset)]
    Truncated {
        /// The end.
        at: Position,
    },
    /// Broken JSON in a UTF-16 file: a code page ate a character.
    #[error("invalid JSON at {at}, in a UTF-16 file whose characters were damaged before they were written")]
    Mojibake {
        /// Where.
        at: Position,
    },
    /// JSON that is nested too deeply.
    #[error("the JSON is nested too deeply at {at}")]
    TooDeep {
        /// Where.
        at: Position,
    },
    /// Something that is no document after one.
    #[error("unexpected text after a JSON document at {at}: `{start}`")]
    Trailing {
        /// Where.
        at: Position,
        /// Its beginning.
        start: String,
    },
    /// A key that occurs twice in the plan's own structure.
    #[error("the key `{key}` occurs twice in one object, at {at}")]
    DuplicateKey {
        /// The key.
        key: String,
        /// The second one.
        at: Position,
    },
    /// `{}`
    #[error("the input is an empty object")]
    EmptyObject,
    /// What `terraform show -json` writes where there is no state.
    #[error("this is an empty state, not a plan: it holds nothing but its version")]
    EmptyState,
    /// `terraform show -json` of a state.
    #[error("this is a state, not a plan")]
    State,
    /// A state file.
    #[error("this is a state file (`terraform.tfstate`), not a plan")]
    RawState,
    /// What `terraform plan -out` writes in HCP Terraform.
    #[error("this is a bookmark of a remote plan, not the plan")]
    CloudBookmark,
    /// Mock data of Sentinel.
    #[error("this is mock data for Sentinel, not a plan")]
    SentinelMock,
    /// JSON with a `format_version` that holds no part of a plan.
    #[error("this is the output of another command or tool, not a plan: its keys are {keys}")]
    OtherTool {
        /// The first ones.
        keys: String,
    },
    /// Any other JSON.
    #[error("this is JSON but not a plan: it is {what}")]
    OtherJson {
        /// "an array", "an object with the keys …".
        what: String,
    },
    /// No `format_version`.
    #[error("the plan has no `format_version`")]
    FormatVersionMissing,
    /// A `format_version` of another shape.
    #[error("`format_version` is {shape} and not a version as a string")]
    FormatVersionMalformed {
        /// What it is.
        shape: String,
    },
    /// A major version that planseal does not know.
    #[error("the plan has the unsupported format version `{version}`")]
    FormatVersionUnsupported {
        /// As written.
        version: String,
    },
    /// `errored: true`
    #[error("the plan is incomplete because planning failed (`errored` is true)")]
    Errored,
    /// An entry of `resource_changes` that does not follow the format.
    #[error("{entry} {what}")]
    MalformedChange {
        /// Which.
        entry: Entry,
        /// "has no actions".
        what: String,
    },
    /// An entry of `resource_changes` with actions that planseal does not know.
    #[error("{entry} has the unknown actions `{actions}`")]
    UnknownActions {
        /// Which.
        entry: Entry,
        /// As written.
        actions: String,
    },
    /// Another part that does not follow the format.
    #[error("`{place}` {what}")]
    MalformedPart {
        /// `prior_state`
        place: String,
        /// "is a string and not an object".
        what: String,
    },
}

/// An entry of `resource_changes` in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From 0.
    pub index: usize,
    /// The address, safe to print; `None` where it has none.
    pub address: Option<String>,
}

impl fmt::Display for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "resource_changes[{}]", self.index)?;
        match &self.address {
            Some(address) => write!(formatter, " (`{address}`)"),
            None => Ok(()),
        }
    }
}

const SHOW: &str = "run `terraform show -json PLANFILE > plan.json` and pass plan.json";
const PLAN_AND_SHOW: &str =
    "run `terraform plan -out PLANFILE`, then `terraform show -json PLANFILE > plan.json`, and pass plan.json";
const POWERSHELL: &str = "PowerShell re-encodes what `>` writes: run `cmd /c \"terraform show -json PLANFILE > plan.json\"`, or pipe into `Out-File -Encoding utf8` after setting `[Console]::OutputEncoding` to UTF-8";
const MAKE_ANEW: &str = "make the plan anew with `terraform show -json PLANFILE > plan.json`";
const AS_WRITTEN: &str = "pass the output of `terraform show -json PLANFILE` as it was written, not edited or merged";
const UPDATE: &str = "update planseal, or make the plan with a release of Terraform or OpenTofu that planseal supports";

impl Refusal {
    /// What to run or do next: a sentence without its first capital and without a period.
    #[must_use]
    pub fn help(&self) -> String {
        match self {
            Self::Empty => {
                return format!("check whether `terraform show -json` failed before its output was written; {SHOW}");
            }
            Self::BinaryPlan | Self::FormatVersionMissing => SHOW,
            Self::MangledBinaryPlan => {
                return format!("write the plan with `terraform plan -out PLANFILE` and not with `>`; then {SHOW}");
            }
            Self::Gzip { .. } => "compress the plan again, or pass it uncompressed",
            Self::TooLarge { .. } => {
                "check that the file is what it should be; a larger plan can be passed uncompressed"
            }
            Self::Utf32 | Self::NotText { .. } => {
                "pass plan JSON as `terraform show -json PLANFILE` writes it (UTF-8)"
            }
            Self::Mojibake { .. } => POWERSHELL,
            Self::EventStream | Self::PlanText | Self::Hcl | Self::SentinelMock => PLAN_AND_SHOW,
            Self::ErrorText { .. } => {
                return format!("mend what the command complains of, then {SHOW}");
            }
            Self::Path { .. } => "pass the file, not its name: `planseal check plan.json`",
            Self::NotJson { .. }
            | Self::OtherTool { .. }
            | Self::OtherJson { .. }
            | Self::EmptyObject => SHOW,
            Self::Syntax { .. }
            | Self::TooDeep { .. }
            | Self::Trailing { .. }
            | Self::DuplicateKey { .. }
            | Self::FormatVersionMalformed { .. }
            | Self::MalformedChange { .. }
            | Self::MalformedPart { .. } => AS_WRITTEN,
            Self::Truncated { .. } => {
                return format!("check for a full disk, a size limit or a stopped command; {MAKE_ANEW}");
            }
            Self::EmptyState => {
                return format!("`terraform show -json` without a plan file shows the state; {SHOW}");
            }
            Self::State | Self::RawState => {
                return format!("planseal judges plans; {SHOW}");
            }
            Self::CloudBookmark => {
                "run `terraform show -json PLANFILE > plan.json` where Terraform can sign in to HCP Terraform (`terraform login`), and pass plan.json"
            }
            Self::FormatVersionUnsupported { .. } | Self::UnknownActions { .. } => UPDATE,
            Self::Errored => {
                "mend the error that `terraform plan` shows, then plan again; a failed plan lacks resources"
            }
        }
        .to_owned()
    }

    /// The name of the kind, in kebab case: for tests and for scripts.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::BinaryPlan => "binary-plan",
            Self::MangledBinaryPlan => "mangled-binary-plan",
            Self::Gzip { .. } => "gzip",
            Self::TooLarge { .. } => "too-large",
            Self::Utf32 => "utf-32",
            Self::NotText { .. } => "not-text",
            Self::EventStream => "event-stream",
            Self::PlanText => "plan-text",
            Self::ErrorText { .. } => "error-text",
            Self::Hcl => "hcl",
            Self::Path { .. } => "path",
            Self::NotJson { .. } => "not-json",
            Self::Syntax { .. } => "syntax",
            Self::Truncated { .. } => "truncated",
            Self::Mojibake { .. } => "mojibake",
            Self::TooDeep { .. } => "too-deep",
            Self::Trailing { .. } => "trailing",
            Self::DuplicateKey { .. } => "duplicate-key",
            Self::EmptyObject => "empty-object",
            Self::EmptyState => "empty-state",
            Self::State => "state",
            Self::RawState => "raw-state",
            Self::CloudBookmark => "cloud-bookmark",
            Self::SentinelMock => "sentinel-mock",
            Self::OtherTool { .. } => "other-tool",
            Self::OtherJson { .. } => "other-json",
            Self::FormatVersionMissing => "format-version-missing",
            Self::FormatVersionMalformed { .. } => "format-version-malformed",
            Self::FormatVersionUnsupported { .. } => "format-version-unsupported",
            Self::Errored => "errored",
            Self::MalformedChange { .. } => "malformed-change",
            Self::UnknownActions { .. } => "unknown-actions",
            Self::MalformedPart { .. } => "malformed-part",
        }
    }
}
