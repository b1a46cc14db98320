//! What a step prints: its job's log, in which the runner looks for commands.

use std::path::PathBuf;

use super::context::Environment;
use super::outputs::secret;
use crate::report::annotations::{self, Folders};
use crate::report::v1::Report;

/// Where the rest is, where there are more annotations than the runner takes.
pub const IN_THE_SUMMARY: &str = "in the job summary";
/// The same where nothing writes a summary.
pub const IN_THE_REPORT: &str = "in the report";

/// The report's annotations, for standard output. `elsewhere` says where those are that the runner would drop.
#[must_use]
pub fn annotations(report: &Report, environment: &Environment, elsewhere: &str) -> String {
    annotations::render(report, &folders(environment), elsewhere)
}

fn folders(environment: &Environment) -> Folders {
    let workspace = environment.get("GITHUB_WORKSPACE").map(PathBuf::from);
    let real = workspace.as_ref().and_then(|folder| folder.canonicalize().ok());
    let workspaces: Vec<PathBuf> = workspace.into_iter().chain(real).collect();
    // Outside of a job a file is named from where planseal runs.
    let current = std::env::current_dir().ok().filter(|_| !workspaces.is_empty());
    Folders { workspaces, current }
}

/// A text in which the runner looks for no commands: between two lines that nobody can guess.
#[must_use]
pub fn shielded(text: &str) -> String {
    let mut token = secret();
    while text.contains(&token) {
        token = secret();
    }
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("::stop-commands::{token}\n{text}{end}::{token}::\n")
}
