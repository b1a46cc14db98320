//! The command line: names, help, and nothing else.

mod post;
mod test;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

pub use post::Post;
pub use test::{Test, TestFormat};

use crate::deliver::github::is_key;
use crate::policy::waiver::parse_date;

/// Tells you, before terraform apply, whether a plan keeps your encryption strategy.
#[derive(Debug, Parser)]
#[command(name = "planseal", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  the gate holds
  1  violations broke the gate
  2  wrong usage, input, policy or configuration: what could not be read was not judged
  3  undetermined findings (or a partial plan) broke the gate, and no violation did
  4  the gate holds, and the report could not be delivered (only with --require-delivery)";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Judge plans, and exit by the gate
    Check(Box<Check>),
    /// Deliver reports that `check` made in other jobs, several as one
    Post(Box<Post>),
    /// Run the test cases that stand beside policies
    Test(Test),
    /// Show a rule, or everything known of one resource in a plan: when you disagree with a verdict
    Explain(Box<Explain>),
    /// List the rules and metrics that are in force
    Rules(Rules),
    /// Write a commented `planseal.yaml` and a workflow into a repository
    Init(Init),
    /// Print a shell's completion script
    Completions {
        /// The shell
        #[arg(value_name = "SHELL")]
        shell: Shell,
    },
    /// Print the JSON Schema of a file format, for completion and checks in editors
    Schema {
        /// Of which files
        #[arg(value_name = "FORMAT")]
        of: Described,
    },
    /// Run as a GitHub Action: `check --deliver github`, with the action's inputs from INPUT_* variables
    Action,
}

/// Judge one or many plans.
///
/// Each PLAN is the output of `terraform show -json PLANFILE`: a file, a folder (every .json file in it), a quoted
/// pattern, or `-` for standard input.
#[derive(Debug, Args)]
#[command(after_help = EXIT_CODES)]
pub struct Check {
    /// Plans to judge
    #[arg(value_name = "PLAN", required = true)]
    pub plans: Vec<String>,

    /// What to print on standard output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,

    /// Also write a report into a file; can be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_output)]
    pub output: Vec<(Format, PathBuf)>,

    /// A policy file or folder, added to the built-in ones; can be given several times
    #[arg(long, value_name = "PATH")]
    pub policy: Vec<PathBuf>,

    /// Leave the built-in rules out (the catalog and the data-category table stay)
    #[arg(long)]
    pub no_default_policies: bool,

    /// The configuration file. Default: `planseal.yaml` or `.planseal.yaml`, found upwards from each plan's folder, up to the
    /// root of its repository
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// The configuration as it stands on the base branch: the report says what this change adds or loosens. Default: in a pull
    /// request on GitHub, what the checkout has of the base
    #[arg(long, value_name = "FILE", conflicts_with = "config_base_ref")]
    pub config_base: Option<PathBuf>,

    /// The same from a branch, a tag or a commit's whole id in the plan's repository, with the policy files there: `origin/main`
    #[arg(long, value_name = "REF")]
    pub config_base_ref: Option<String>,

    /// The day to judge on, by which waivers and certificates end (YYYY-MM-DD). Default: today, in UTC
    #[arg(long, value_name = "DATE", value_parser = parse_today)]
    pub today: Option<Date>,

    /// The folder of the root module: its HCL tells what plan JSON leaves out (locals, `dynamic` blocks, file and line).
    /// Default: the folder of the plan, where it holds `.tf` files
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,

    /// The binary plan that the plan was shown from: it holds the configuration, so that no checkout is needed
    #[arg(long, value_name = "FILE")]
    pub planfile: Option<PathBuf>,

    /// How the report names the plan (only with one plan)
    #[arg(long, value_name = "NAME")]
    pub plan_name: Option<String>,

    /// Let a plan pass although it does not hold every configured resource; `=false` where the configuration lets it
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub allow_partial: Option<bool>,

    /// Which findings break the gate: what this plan introduces or worsens, any, or none [default: what the configuration
    /// says, else introduced]
    #[arg(long, value_name = "MODE")]
    pub gate: Option<Gate>,

    /// The least severity that breaks the gate [default: what the configuration says, else medium]
    #[arg(long, value_name = "SEVERITY")]
    pub min_severity: Option<Severity>,

    /// What undetermined findings do, instead of what the configuration or each rule says
    #[arg(long, value_name = "EFFECT")]
    pub undetermined: Option<Undetermined>,

    /// Break the gate where fewer resources than this were judged, of all plans together
    #[arg(long, value_name = "N")]
    pub min_judged: Option<usize>,

    /// Where people look, besides standard output: the pull request, the job's summary, the step's outputs
    #[arg(long, value_name = "WHERE")]
    pub deliver: Option<Deliver>,

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
    #[arg(long, requires = "deliver")]
    pub require_delivery: bool,

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

/// Show a rule, or everything known of one resource in a plan.
///
/// With an ADDRESS: how the resource was classified, how each part of it is protected and how that was read, its keys with where
/// they come from, what configures it, and every rule that looked at it, with the reason for each answer, passes included.
///
/// With a RULE's id (or a metric's): what it looks at, what it demands, why, how to mend it, and the policy file itself.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN_HELP)]
pub struct Explain {
    /// A resource's address (`module.db.aws_db_instance.main`), or a rule's id (`kms-rotation-disabled`)
    #[arg(value_name = "ADDRESS|RULE")]
    pub what: String,

    /// The plan that holds the resource: the output of `terraform show -json PLANFILE` in a file, or `-` for standard input
    #[arg(long, value_name = "PLAN")]
    pub plan: Option<String>,

    /// Which plan is meant, where the file holds several: its name as `check` reports it
    #[arg(long, value_name = "NAME", requires = "plan")]
    pub plan_name: Option<String>,

    /// The folder of the root module, as for `check`
    #[arg(long, value_name = "DIR", requires = "plan")]
    pub source: Option<PathBuf>,

    /// The binary plan that the plan was shown from, as for `check`
    #[arg(long, value_name = "FILE", requires = "plan")]
    pub planfile: Option<PathBuf>,

    /// The configuration file, as for `check`
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// A policy file or folder, added to the built-in ones; can be given several times
    #[arg(long, value_name = "PATH")]
    pub policy: Vec<PathBuf>,

    /// Leave the built-in rules out (the catalog and the data-category table stay)
    #[arg(long)]
    pub no_default_policies: bool,

    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PageFormat,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

const EXPLAIN_HELP: &str = "\
Examples:
  planseal explain aws_s3_bucket.logs --plan plan.json --planfile tfplan
  planseal explain 'aws_kms_key.this[\"pii\"]' --plan plan.json --format json
  planseal explain at-rest-below-minimum

Exit codes:
  0  explained
  2  wrong usage or input, or there is no such rule or address (the closest ones are named)";

/// List the rules and metrics that are in force: id, severity or target, what each looks at, title.
#[derive(Debug, Args)]
pub struct Rules {
    /// What to print
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: PageFormat,

    /// A policy file or folder, added to the built-in ones; can be given several times
    #[arg(long, value_name = "PATH")]
    pub policy: Vec<PathBuf>,

    /// Leave the built-in rules out
    #[arg(long)]
    pub no_default_policies: bool,

    /// The configuration file. Default: `planseal.yaml` or `.planseal.yaml`, found upwards from here, up to the root of the
    /// repository
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

/// Write a commented `planseal.yaml` and a workflow for GitHub Actions into a repository.
///
/// Nothing that exists is overwritten: what is there already stays as it is, and is named. Only the schemas for editors, under
/// `.planseal/schemas/`, are brought up to date.
#[derive(Debug, Args)]
pub struct Init {
    /// The root of the repository
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,

    /// Also write a first rule of your own, with its test, under `policies/encryption/`
    #[arg(long)]
    pub with_example: bool,
}

/// Formats of what is looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For a terminal
    Text,
    /// Markdown
    Md,
    /// For programs
    Json,
}

/// File formats that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// Policy files: rules, lists, the catalog, data categories, the classification
    Policy,
    /// `planseal.yaml`
    Config,
    /// Reports as JSON
    Report,
    /// Test cases beside policies: `….test.yaml`
    Test,
}

/// Report formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// For a pull request
    Markdown,
    /// For programs (report format version 1)
    Json,
    /// SARIF 2.1.0, for code scanning: every finding but the fixed ones
    Sarif,
    /// JUnit XML, for the test pages of CI systems
    Junit,
    /// For a browser: one page that needs nothing else
    Html,
    /// Annotations of a job of GitHub Actions
    Github,
}

/// Where a report can be delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deliver {
    /// A job of GitHub Actions: one comment on the pull request, the summary, the outputs
    Github,
}

/// When a pull request gets a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Commenting {
    /// Where there is something to say; an existing comment is brought up to date in any case
    OnFindings,
    /// On every pull request
    Always,
    /// Not at all
    Never,
}

/// Which changes break the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Gate {
    /// Introduced and worsened findings
    Introduced,
    /// Existing ones too
    Any,
    /// None
    Never,
}

/// Severities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(missing_docs, reason = "the words say it, and clap would print anything more")]
pub enum Severity {
    Low,
    Medium,
    High,
    Critical,
}

/// Effects of undetermined findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Undetermined {
    /// They break the gate
    Fail,
    /// They are shown
    Warn,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where the output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn parse_key(text: &str) -> Result<String, String> {
    if is_key(text) {
        Ok(text.to_owned())
    } else {
        Err("a key has up to 100 letters, digits and `-_.:/`, and no `--`".into())
    }
}

fn parse_number(text: &str) -> Result<u64, String> {
    let number = text.parse().ok().filter(|number| *number > 0);
    // A sign in front is no digit, and Rust would read it.
    number
        .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
        .ok_or_else(|| "a pull request's number has only digits".into())
}

fn parse_today(text: &str) -> Result<Date, String> {
    parse_date(text).ok_or_else(|| "write it as YYYY-MM-DD, for example 2026-12-31".to_owned())
}

fn parse_output(text: &str) -> Result<(Format, PathBuf), String> {
    parse_pair(text, "json=report.json")
}

/// What is written into which file.
fn parse_pair<F: ValueEnum>(text: &str, example: &str) -> Result<(F, PathBuf), String> {
    let (format, path) = text
        .split_once('=')
        .ok_or_else(|| format!("write it as FORMAT=FILE, for example {example}"))?;
    if path.is_empty() {
        return Err(format!("the file is missing, for example {example}"));
    }
    Ok((F::from_str(format, false)?, path.into()))
}
