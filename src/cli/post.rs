//! `planseal post`.

use std::path::PathBuf;

use clap::Args;

use super::{Color, Commenting, Deliver, Format, parse_key, parse_number, parse_output};

/// Deliver reports that `check` made in other jobs; several become one, by plan name.
///
/// Each REPORT is what `planseal check --output json=FILE` wrote: a file, a folder (every .json file in it), a quoted pattern,
/// or `-` for standard input. Counts and verdict are worked out anew, and no link is followed that stands in a folder: a report
/// may come from a fork.
///
/// In a job of GitHub Actions the report goes to the pull request, the summary, the annotations and the outputs; anywhere else
/// it is printed only.
#[derive(Debug, Args)]
#[command(after_help = POST_HELP)]
pub struct Post {
    /// Reports to deliver
    #[arg(value_name = "REPORT", required = true)]
    pub reports: Vec<String>,

    /// What to print on standard output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,

    /// Also write the merged report into a file; can be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub output: Vec<(Format, PathBuf)>,

    /// Where people look, besides standard output
    #[arg(long, value_name = "WHERE", default_value = "github")]
    pub deliver: Deliver,

    /// When to comment: where there is something to say (a comment that stands there turns into "all clear"), on every pull
    /// request, or not at all
    #[arg(long, value_name = "MODE", default_value = "on-findings")]
    pub comment: Commenting,

    /// The pull request to comment on, for jobs that none started (`workflow_dispatch`, `schedule`)
    #[arg(long, value_name = "N", value_parser = parse_number)]
    pub pr_number: Option<u64>,

    /// Tells several comments on one pull request apart
    #[arg(long, value_name = "KEY", default_value = "planseal", value_parser = parse_key)]
    pub comment_key: String,

    /// The account that writes the comment, where the token is neither the job's own nor a person's
    #[arg(long, value_name = "LOGIN")]
    pub comment_author: Option<String>,

    /// End with code 4 where the gate holds and the report could not be delivered
    #[arg(long)]
    pub require_delivery: bool,

    /// Leave the gate to the jobs that made the reports: end with 0 whatever the verdict, with 2 where a report could not be read
    #[arg(long)]
    pub deliver_only: bool,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Print the verdict and what blocks, nothing else
    #[arg(long, short, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Print everything about every finding
    #[arg(long, short)]
    pub verbose: bool,
}

const POST_HELP: &str = "\
Examples:
  planseal post reports/
  planseal post report.json --deliver-only
  planseal post 'reports/**/*.json' --format json --output markdown=comment.md

Exit codes, of all reports together:
  0  the gate holds
  1  violations broke the gate
  2  wrong usage, or a report (or an input of one) could not be read
  3  undetermined findings (or a partial plan) broke the gate, and no violation did
  4  the gate holds, and the report could not be delivered (only with --require-delivery)";
