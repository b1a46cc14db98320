//! The files through which the runner takes a step's outputs and its summary.

use std::fs::OpenOptions;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::Path;

use super::Trouble;
use super::context::Environment;
use crate::report::markdown;
use crate::report::v1::{Report, Verdict};

/// The runner drops a summary above 1 MiB as a whole.
const SUMMARY_LIMIT: u64 = 1_048_576;

/// Adds the report to the job's summary; a runner without summaries gets none.
pub(super) fn summary(environment: &Environment, report: &Report) -> Result<(), Trouble> {
    let Some(path) = environment.get("GITHUB_STEP_SUMMARY") else {
        return Ok(());
    };
    let taken = std::fs::metadata(path).map_or(0, |file| file.len());
    let room = SUMMARY_LIMIT.saturating_sub(taken).saturating_sub(1);
    let text = markdown::render(report, usize::try_from(room).unwrap_or(usize::MAX));
    if text.len() as u64 > room {
        return Err(Trouble::new(
            "the step's summary is full: GitHub shows none above 1 MiB",
            "give planseal a step of its own",
        ));
    }
    // Markdown that follows other Markdown without a blank line may become part of its last block.
    let gap = if taken > 0 { "\n" } else { "" };
    append(path, &format!("{gap}{text}")).map_err(|error| unwritten("GITHUB_STEP_SUMMARY", &error))
}

/// Tells the workflow's next steps what was found.
pub(super) fn outputs(
    environment: &Environment,
    report: &Report,
    file: Option<&Path>,
    comment: Option<&str>,
) -> Result<(), Trouble> {
    let Some(path) = environment.get("GITHUB_OUTPUT") else {
        return Ok(());
    };
    let summary = &report.summary;
    let verdict = match report.verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Undetermined => "undetermined",
    };
    let counts = [
        ("violations", summary.violations),
        ("undetermined", summary.undetermined),
        ("blocking", summary.blocking),
        ("introduced", summary.introduced),
        ("worsened", summary.worsened),
        ("existing", summary.existing),
        ("fixed", summary.fixed),
        ("waived", summary.waived),
        ("resources", summary.resources),
        ("judged", summary.judged),
    ];
    let mut text = entry("verdict", verdict);
    for (name, count) in counts {
        text.push_str(&entry(name, &count.to_string()));
    }
    if let Some(file) = file {
        text.push_str(&entry("report", &in_the_workspace(environment, file)));
    }
    if let Some(comment) = comment {
        text.push_str(&entry("comment-url", comment));
    }
    append(path, &text).map_err(|error| unwritten("GITHUB_OUTPUT", &error))
}

/// A path that the next steps understand: a container knows the workspace under another name than they do.
fn in_the_workspace(environment: &Environment, file: &Path) -> String {
    let workspace = environment.get("GITHUB_WORKSPACE").unwrap_or_default();
    let inside = if workspace.is_empty() {
        file
    } else {
        file.strip_prefix(workspace).unwrap_or(file)
    };
    inside.display().to_string()
}

/// One output. Between two lines that nobody can guess a value cannot end early and set outputs of its own.
fn entry(name: &str, value: &str) -> String {
    loop {
        let delimiter = secret();
        if !value.contains(&delimiter) {
            return format!("{name}<<{delimiter}\n{value}\n{delimiter}\n");
        }
    }
}

/// A word that nobody can guess.
pub(super) fn secret() -> String {
    let random = || RandomState::new().hash_one("planseal");
    format!("planseal_{:016x}{:016x}", random(), random())
}

/// Adds to a file that belongs to the runner's user: what is there stays, its owner too.
fn append(path: &str, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    file.write_all(text.as_bytes())
}

fn unwritten(name: &str, error: &io::Error) -> Trouble {
    Trouble::new(
        format!("cannot write the file in `{name}`: {error}"),
        "a container must run as root, as the runner's own files demand",
    )
}

#[cfg(test)]
mod tests {
    use super::entry;

    #[test]
    fn a_value_cannot_set_another_output() {
        let hostile = "x\nverdict=pass\nEOF\nplanseal_\nverdict<<EOF\npass\nEOF";
        let text = entry("report", hostile);
        let (first, rest) = text.split_once('\n').unwrap();
        let delimiter = first.strip_prefix("report<<").unwrap();
        assert_eq!(rest, format!("{hostile}\n{delimiter}\n"));
        assert_ne!(entry("report", "x"), entry("report", "x"));
    }
}
