//! `check --deliver github` and `action`, against a GitHub on the loopback.

mod action;
mod agree;
mod comment;
mod events;
mod log;
mod network;
mod patience;
mod post;
mod trouble;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::testdata;
use crate::mock_github::{Fault, HEAD, Mock, PERSONAL_TOKEN, TOKEN};

/// As an older planseal wrote it.
const MARKER: &str = "<!-- planseal:comment key=planseal -->";

/// The marker that a run of the workflow writes.
fn marker(run: &str) -> String {
    format!("<!-- planseal:comment key=planseal head={HEAD} run={run} -->")
}

/// A job of a workflow.
struct Job {
    mock: Mock,
    folder: TempDir,
    variables: Vec<(String, String)>,
}

struct Ended {
    code: i32,
    out: String,
    err: String,
}

impl Job {
    fn new() -> Self {
        Self::of(Mock::start())
    }

    /// A job of run 100 that speaks with this GitHub.
    fn of(mock: Mock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut job = Self {
            variables: Vec::new(),
            folder,
            mock,
        };
        job.event(&pull_request(7, HEAD, "acme/infra"));
        for (name, value) in [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", "pull_request"),
            ("GITHUB_REPOSITORY", "acme/infra"),
            ("GITHUB_RUN_ID", "100"),
            ("GITHUB_RUN_ATTEMPT", "1"),
            ("GITHUB_TOKEN", TOKEN),
            ("GITHUB_API_URL", &job.mock.url()),
            ("GITHUB_EVENT_PATH", job.path("event.json").to_str().unwrap()),
            ("GITHUB_OUTPUT", job.path("output").to_str().unwrap()),
            ("GITHUB_STEP_SUMMARY", job.path("summary").to_str().unwrap()),
            ("GITHUB_WORKSPACE", job.folder.path().to_str().unwrap()),
        ] {
            job.variables.push((name.into(), value.into()));
        }
        job
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn event(&self, event: &Value) {
        std::fs::write(self.path("event.json"), event.to_string()).unwrap();
    }

    fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.into(), value.into()));
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        self.run_with(&[], arguments)
    }

    fn run_with(&self, variables: &[(&str, &str)], arguments: &[&str]) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_planseal"))
            .args(arguments)
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .envs(variables.iter().copied())
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        let ended = Ended {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        };
        for token in [TOKEN, PERSONAL_TOKEN] {
            let all = format!(
                "{}{}{}{}",
                ended.out,
                ended.err,
                self.read("output"),
                self.read("summary")
            );
            assert!(!all.contains(token), "the token is in {all}");
        }
        ended
    }

    fn check(&self, plan: &Path, more: &[&str]) -> Ended {
        self.run(&[&["check", "--deliver", "github", plan.to_str().unwrap()], more].concat())
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// The outputs, read as the runner reads them; the last one of a name counts.
    fn output(&self, name: &str) -> Option<String> {
        let text = self.read("output");
        let mut lines = text.lines();
        let mut found = None;
        while let Some(line) = lines.next() {
            let (key, delimiter) = line.split_once("<<").unwrap();
            let value: Vec<&str> = lines.by_ref().take_while(|line| *line != delimiter).collect();
            if key == name {
                found = Some(value.join("\n"));
            }
        }
        found
    }

    fn fault(&self, method: &'static str, status: u16, message: &str, times: usize) {
        self.mock.fault(Fault::new(method, status, message).times(times));
    }
}

/// What the runner writes down for `pull_request` and its like.
fn pull_request(number: u64, head: &str, from: &str) -> Value {
    json!({ "pull_request": { "number": number, "head": { "sha": head, "repo": { "full_name": from } } } })
}

fn bad() -> PathBuf {
    testdata().join("seed-bad/plan.json")
}

fn clean() -> PathBuf {
    testdata().join("seed-good/plan.json")
}
