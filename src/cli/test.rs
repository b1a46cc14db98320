//! `planseal test`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Color, parse_pair};

const TEST_EXIT_CODES: &str = "\
Exit codes:
  0  every case is as expected
  1  a case is not as expected (with --require-coverage also: something has no case)
  2  wrong usage, policy or test file, or (with --schema) what the schema does not have: no case counts";

/// Run the test cases that stand beside policies.
///
/// Each PATH is a test file (`RULE.test.yaml`) or a folder that holds some. The policies in the same folders are loaded, with
/// the built-in ones. Without PATH, every test file below the current folder is run.
#[derive(Debug, Args)]
#[command(after_help = TEST_EXIT_CODES)]
pub struct Test {
    /// Test files, or folders of policies with test files beside them
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Only the cases with this text in their name
    #[arg(long, value_name = "NAME")]
    pub filter: Option<String>,

    /// What to print on standard output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: TestFormat,

    /// Also write the results into a file; can be given several times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = parse_test_output)]
    pub output: Vec<(TestFormat, PathBuf)>,

    /// A policy file or folder that is needed and stands elsewhere; can be given several times
    #[arg(long, value_name = "PATH")]
    pub policy: Vec<PathBuf>,

    /// The schema of your providers (`terraform providers schema -json`): also check that every resource type and attribute
    /// that the policies and the cases name is in it
    #[arg(long, value_name = "FILE")]
    pub schema: Option<PathBuf>,

    /// Leave the built-in rules out (the catalog and the data-category table stay)
    #[arg(long)]
    pub no_default_policies: bool,

    /// End with code 1 where a rule, an outcome or a condition has no case
    #[arg(long, conflicts_with = "filter")]
    pub require_coverage: bool,

    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    /// Name every case, and everything that has none
    #[arg(long, short)]
    pub verbose: bool,
}

/// Formats of test results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For a terminal
    Text,
    /// For programs that show test results (JUnit XML)
    Junit,
}

fn parse_test_output(text: &str) -> Result<(TestFormat, PathBuf), String> {
    parse_pair(text, "junit=results.xml")
}
