//! The real program: what it prints, where, and how it exits.

mod base;
mod config;
mod explain;
mod gate;
mod init;
mod inputs;
mod output;
mod policy;
mod post;
mod secrets;
mod waivers;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::common;

/// Paths in tests are written from the root of the repository, where the program runs.
const GOOD: &str = "testdata/seed-good/plan.json";
const BAD: &str = "testdata/seed-bad/plan.json";
/// Updates one topic, whose violation is medium, and is partial.
const TARGETED: &str = "testdata/history/10-target.json";
/// Holds no change over an existing state: partial, and nothing to judge.
const REFRESH_ONLY: &str = "testdata/history/11-refresh-only.json";
/// Changes nothing; every finding in it is an existing one, the worst is high.
const NO_OP: &str = "testdata/history/01-noop.json";

/// How a run of the program ended.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    /// The exit code, with everything that was printed where it is another one.
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}\n{}", self.out, self.err);
        self
    }

    /// Asserts that standard output holds `text`. The report is wrapped to the terminal's width: line breaks do not count.
    fn says(self, text: &str) -> Self {
        assert!(flat(&self.out).contains(text), "no `{text}` in\n{}", self.out);
        self
    }

    /// Asserts that standard error holds `text`.
    fn complains(self, text: &str) -> Self {
        assert!(flat(&self.err).contains(text), "no `{text}` in\n{}", self.err);
        self
    }

    fn prints_nothing(self) -> Self {
        assert_eq!(self.out, "");
        self
    }

    fn report(&self) -> planseal::report::v1::Report {
        planseal::report::json::parse(&self.out).unwrap_or_else(|error| panic!("{error}\n{}", self.out))
    }
}

fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The program without anything of the caller's environment.
fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planseal"));
    command
        .env_clear()
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments);
    command
}

fn finished(mut command: Command, input: &[u8]) -> Run {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // A program that does not read its input closes the pipe.
        scope.spawn(move || drop(pipe.write_all(input)));
        let output = child.wait_with_output().unwrap();
        Run {
            code: output.status.code().expect("no signal ends the program"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    })
}

fn planseal(arguments: &[&str]) -> Run {
    finished(program(arguments), b"")
}

/// `planseal check`
fn check(arguments: &[&str]) -> Run {
    planseal(&[&["check"], arguments].concat())
}

/// `planseal check` with something on standard input.
fn check_fed(arguments: &[&str], input: &[u8]) -> Run {
    finished(program(&[&["check"], arguments].concat()), input)
}

/// A temporary folder with these files in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn bytes(plan: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(plan)).unwrap()
}

/// The good twin with one thing in it that cannot be told: a volume of personal data under the account's default key.
fn undetermined() -> Vec<u8> {
    let mut plan: Value = serde_json::from_slice(&bytes(GOOD)).unwrap();
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        if change["address"] == "aws_ebs_volume.search" {
            change["change"]["after"]["tags"] = json!({ "data-class": "pii" });
            change["change"]["after"]["tags_all"]["data-class"] = json!("pii");
        }
    }
    for resource in plan["configuration"]["root_module"]["resources"]
        .as_array_mut()
        .unwrap()
    {
        if resource["address"] == "aws_ebs_volume.search" {
            let expressions = resource["expressions"].as_object_mut().unwrap();
            expressions.remove("kms_key_id").unwrap();
            expressions["tags"]["constant_value"]["data-class"] = json!("pii");
        }
    }
    serde_json::to_vec(&plan).unwrap()
}

/// The plans of `testdata/history`, as the command line takes them.
fn history() -> Vec<String> {
    let plans: Vec<String> = common::plans()
        .iter()
        .map(|path| common::label(path))
        .filter(|label| label.starts_with("history/"))
        .map(|label| format!("testdata/{label}"))
        .collect();
    assert!(plans.len() >= 15, "testdata/history lost plans: {}", plans.len());
    plans
}
