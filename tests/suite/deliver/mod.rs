//! `check --deliver github` and `action`, against a GitHub on the loopback.

mod action;
mod comment;
mod trouble;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::common::testdata;
use crate::mock_github::{Fault, Mock, PERSONAL_TOKEN, TOKEN};

const MARKER: &str = "<!-- planseal:comment key=planseal -->";

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
        let folder = tempfile::tempdir().unwrap();
        let mock = Mock::start();
        let event = json!({ "pull_request": { "number": 7, "head": { "repo": { "full_name": "acme/infra" } } } });
        let mut job = Self {
            variables: Vec::new(),
            folder,
            mock,
        };
        job.event(&event);
        for (name, value) in [
            ("GITHUB_ACTIONS", "true"),
            ("GITHUB_EVENT_NAME", "pull_request"),
            ("GITHUB_REPOSITORY", "acme/infra"),
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
        let output = Command::new(env!("CARGO_BIN_EXE_planseal"))
            .args(arguments)
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
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
        self.mock.fault(Fault {
            method,
            status,
            header: "",
            body: json!({ "message": message }).to_string(),
            times,
            works: false,
        });
    }
}

fn bad() -> PathBuf {
    testdata().join("seed-bad/plan.json")
}

fn clean() -> PathBuf {
    testdata().join("seed-good/plan.json")
}
