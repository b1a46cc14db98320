//! Real repositories, made by the program `git`; planseal itself runs without one.

use std::path::{Path, PathBuf};
use std::process::Command;

use planseal::report::v1::{Report, SettingChange};
use serde_json::json;
use tempfile::TempDir;

use crate::cli::{Run, bytes, finished, program, text};

/// Its waivers are for that day.
const PLAN: &str = "testdata/waivers/plan.json";
const ON: &str = "2026-06-01";
/// Where plans lie.
const FOLDER: &str = "prod/eu";

/// Runs `git` and gives what it prints.
pub(super) fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder)
        .envs([
            ("GIT_AUTHOR_NAME", "a"),
            ("GIT_AUTHOR_EMAIL", "a@example.com"),
            ("GIT_COMMITTER_NAME", "a"),
            ("GIT_COMMITTER_EMAIL", "a@example.com"),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ])
        .output()
        .unwrap_or_else(|error| panic!("these tests make repositories with the program `git`, install it: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Replaces all files of a work tree, and commits them.
pub(super) fn commit(folder: &Path, files: &[(&str, &str)]) -> String {
    git(folder, &["rm", "-r", "-f", "--quiet", "--ignore-unmatch", "."]);
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", "files"]);
    git(folder, &["rev-parse", "HEAD"])
}

/// A pull request of `feature` into `main`, and a checkout as `actions/checkout` makes it.
pub(super) struct PullRequest {
    folder: TempDir,
    pub(super) base: String,
    pub(super) head: String,
    pub(super) merge: String,
}

impl PullRequest {
    /// With these files on both sides, and nothing checked out.
    pub(super) fn new(base: &[(&str, &str)], head: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let origin = folder.path().join("origin");
        std::fs::create_dir(&origin).unwrap();
        git(&origin, &["init", "--quiet"]);
        commit(&origin, &[("README.md", "first")]);
        let base = commit(&origin, base);
        git(&origin, &["checkout", "--quiet", "-b", "feature"]);
        let head = commit(&origin, head);
        git(&origin, &["checkout", "--quiet", "--detach", "main"]);
        git(
            &origin,
            &["merge", "--quiet", "--no-ff", "--message", "merge", "feature"],
        );
        git(&origin, &["update-ref", "refs/pull/7/merge", "HEAD"]);
        let merge = git(&origin, &["rev-parse", "HEAD"]);
        git(&origin, &["checkout", "--quiet", "main"]);
        Self {
            folder,
            base,
            head,
            merge,
        }
    }

    pub(super) fn origin(&self) -> PathBuf {
        self.folder.path().join("origin")
    }

    pub(super) fn checkout(&self) -> PathBuf {
        self.folder.path().join("checkout")
    }

    /// Checks the merge commit out, with so many commits of the history.
    pub(super) fn merged(self, depth: &str) -> Self {
        self.checked_out("refs/pull/7/merge:refs/remotes/pull/7/merge", depth)
    }

    /// Checks out what is fetched so; without a plan nothing is judged, so there is one.
    pub(super) fn checked_out(self, refspec: &str, depth: &str) -> Self {
        let (checkout, origin) = (self.checkout(), format!("file://{}", self.origin().display()));
        let target = refspec.rsplit(':').next().unwrap();
        std::fs::create_dir(&checkout).unwrap();
        git(&checkout, &["init", "--quiet"]);
        git(&checkout, &["remote", "add", "origin", &origin]);
        let fetched = format!("+{refspec}");
        git(
            &checkout,
            &["fetch", "--quiet", "--no-tags", "--depth", depth, "origin", &fetched],
        );
        git(&checkout, &["checkout", "--quiet", "--detach", target]);
        put_plan(&checkout);
        self
    }

    /// Fetches more into the checkout.
    pub(super) fn fetched(self, refspec: &str) -> Self {
        git(
            &self.checkout(),
            &["fetch", "--quiet", "--depth", "1", "origin", refspec],
        );
        self
    }

    /// What the runner says of the pull request.
    pub(super) fn variables(&self) -> Vec<(&'static str, String)> {
        let event = json!({ "pull_request": {
            "number": 7,
            "base": { "ref": "main", "sha": self.base },
            "head": { "ref": "feature", "sha": self.head },
        }});
        self.variables_of(
            "pull_request",
            &event,
            &[("GITHUB_BASE_REF", "main"), ("GITHUB_REF", "refs/pull/7/merge")],
        )
    }

    pub(super) fn variables_of(
        &self,
        name: &str,
        event: &serde_json::Value,
        more: &[(&'static str, &str)],
    ) -> Vec<(&'static str, String)> {
        let path = self.folder.path().join("event.json");
        std::fs::write(&path, event.to_string()).unwrap();
        let mut all = vec![
            ("GITHUB_ACTIONS", "true".to_owned()),
            ("GITHUB_EVENT_NAME", name.to_owned()),
            ("GITHUB_EVENT_PATH", text(&path).to_owned()),
            ("GITHUB_SHA", self.merge.clone()),
        ];
        all.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
        all
    }

    /// The report of the pull request.
    pub(super) fn report(&self) -> Report {
        judged(&self.checkout(), &self.variables(), &["--format", "json"]).report()
    }
}

pub(super) fn put_plan(root: &Path) {
    let folder = root.join(FOLDER);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("plan.json"), bytes(PLAN)).unwrap();
}

/// Judges the plan of a work tree; no program can be found on `PATH`.
pub(super) fn judged(root: &Path, variables: &[(&str, String)], options: &[&str]) -> Run {
    let run = started(root, variables, options);
    assert!([0, 1, 3].contains(&run.code), "{}{}", run.out, run.err);
    run
}

pub(super) fn started(root: &Path, variables: &[(&str, String)], options: &[&str]) -> Run {
    let plan = root.join(FOLDER).join("plan.json");
    let mut command = program(&[&["check", text(&plan), "--today", ON], options].concat());
    command
        .env("PATH", "/nowhere")
        .envs(variables.iter().map(|(name, value)| (name, value)));
    finished(command, b"")
}

/// Each setting that a reviewer must look at, with what became of it.
pub(super) fn of_note(report: &Report) -> Vec<(String, SettingChange)> {
    let settings = report.configurations.iter().flat_map(|one| &one.settings);
    let shown = settings.filter(|setting| setting.change.is_of_note());
    shown.map(|setting| (setting.name.clone(), setting.change)).collect()
}

/// What the configuration was compared with, and what is said of that.
pub(super) fn against(report: &Report) -> (Option<&str>, String) {
    let one = report.configurations.first().expect("a configuration is in the report");
    (one.base.as_deref(), one.notes.join("\n"))
}
