//! What started the job, and which pull request that leads to.

use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::Trouble;
use super::context::Environment;
use super::job::Run;

const ELSEWHERE: &str = "`--deliver github` works in a job of GitHub Actions, which sets it";
const EVENT_FILE: &str = "the runner writes it; a container of your own needs it mounted \
                          (`docker run --volume \"$GITHUB_EVENT_PATH:$GITHUB_EVENT_PATH:ro\"`)";

/// What an event tells of its pull request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// It is this one.
    Number {
        /// Its number.
        number: u64,
        /// The commit that was judged, where that is told; else the pull request's newest.
        commit: Option<String>,
        /// Whether its branch stands in another repository, where that is told.
        from_fork: Option<bool>,
    },
    /// Whichever holds this commit.
    Commit {
        /// The commit that was judged.
        commit: String,
        /// Where the pull request comes from, for where a commit of a fork is not found by itself: owner and branch.
        branch: Option<(String, String)>,
    },
    /// None, and why.
    Nowhere(String),
}

/// What the job is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct About {
    /// Which pull request.
    pub(super) lead: Lead,
    /// The run whose plan was judged.
    pub(super) run: Option<Run>,
}

#[derive(Deserialize)]
struct OfPullRequest {
    pull_request: PullRequest,
}

#[derive(Deserialize)]
struct PullRequest {
    number: u64,
    head: Option<Side>,
}

#[derive(Deserialize)]
struct Side {
    sha: Option<String>,
    repo: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    full_name: String,
}

#[derive(Deserialize)]
struct OfComment {
    issue: Issue,
}

#[derive(Deserialize)]
struct Issue {
    number: u64,
    /// Only where the issue is a pull request.
    pull_request: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct OfWorkflowRun {
    workflow_run: WorkflowRun,
}

#[derive(Deserialize)]
struct WorkflowRun {
    id: u64,
    run_attempt: Option<u64>,
    head_sha: String,
    head_branch: Option<String>,
    head_repository: Option<Repository>,
}

/// Reads what started the job. `given` is a pull request's number that a person gave.
///
/// # Errors
/// Where the runner's variables or the event cannot be read.
pub(super) fn about(environment: &Environment, given: Option<u64>) -> Result<About, Trouble> {
    let event = environment.get("GITHUB_EVENT_NAME").map(str::trim);
    let lead = match (event, given) {
        (Some("workflow_run"), _) => return workflow_run(environment, given),
        (Some(event), _) if holds_pull_request(event) => of_pull_request(environment, given)?,
        (_, Some(number)) => newest_of(number),
        (None, None) => return Err(Trouble::new("`GITHUB_EVENT_NAME` is not set", ELSEWHERE)),
        (Some("push"), None) => push(environment)?,
        (Some("issue_comment"), None) => issue_comment(environment)?,
        (Some("merge_group"), None) => Lead::Nowhere(
            "a merge queue's commit belongs to no single pull request, so there is no comment; the job's result is the check, \
             and the report is in the job summary"
                .into(),
        ),
        (Some(event), None) => Lead::Nowhere(format!(
            "the event `{event}` belongs to no pull request, so there is no comment; the report is in the job summary. For a \
             comment, run the job `on: pull_request`, or name the pull request: `--pr-number N`, or `with: {{ pr-number: N }}`"
        )),
    };
    Ok(About {
        lead,
        run: Run::of(environment),
    })
}

fn holds_pull_request(event: &str) -> bool {
    matches!(
        event,
        "pull_request" | "pull_request_target" | "pull_request_review" | "pull_request_review_comment"
    )
}

fn newest_of(number: u64) -> Lead {
    Lead::Number {
        number,
        commit: None,
        from_fork: None,
    }
}

fn of_pull_request(environment: &Environment, given: Option<u64>) -> Result<Lead, Trouble> {
    let event: OfPullRequest = read(environment)?;
    let number = event.pull_request.number;
    if let Some(other) = given.filter(|given| *given != number) {
        return Ok(newest_of(other));
    }
    let head = event.pull_request.head;
    let ours = environment.get("GITHUB_REPOSITORY").unwrap_or_default();
    let is_other = |head: &Side| {
        let repository = head.repo.as_ref();
        repository.is_none_or(|repository| !repository.full_name.eq_ignore_ascii_case(ours))
    };
    Ok(Lead::Number {
        number,
        from_fork: head.as_ref().map(is_other),
        commit: head.and_then(|head| head.sha).map(commit).transpose()?,
    })
}

fn push(environment: &Environment) -> Result<Lead, Trouble> {
    let sha = environment
        .get("GITHUB_SHA")
        .ok_or_else(|| Trouble::new("`GITHUB_SHA` is not set", ELSEWHERE))?;
    Ok(Lead::Commit {
        commit: commit(sha.trim().to_owned())?,
        branch: None,
    })
}

fn issue_comment(environment: &Environment) -> Result<Lead, Trouble> {
    let issue = read::<OfComment>(environment)?.issue;
    Ok(match issue.pull_request {
        Some(_) => newest_of(issue.number),
        None => Lead::Nowhere(format!(
            "#{} is an issue and no pull request, so there is no comment; keep such jobs away with `if: github.event.issue.pull_request`",
            issue.number
        )),
    })
}

/// The run that ended is what was judged, and only its commit is trusted: a number could come from its artifact, which the
/// author of a pull request can write. `pull_requests` of the event is empty for forks.
fn workflow_run(environment: &Environment, given: Option<u64>) -> Result<About, Trouble> {
    let run = read::<OfWorkflowRun>(environment)?.workflow_run;
    let commit = commit(run.head_sha)?;
    let owner = run
        .head_repository
        .and_then(|repository| Some(repository.full_name.split_once('/')?.0.to_owned()));
    let lead = match given {
        Some(number) => Lead::Number {
            number,
            commit: Some(commit),
            from_fork: None,
        },
        None => Lead::Commit {
            commit,
            branch: owner.zip(run.head_branch),
        },
    };
    Ok(About {
        lead,
        run: Some(Run::new(run.id, run.run_attempt.unwrap_or(1))),
    })
}

fn commit(text: String) -> Result<String, Trouble> {
    if is_commit(&text) {
        return Ok(text);
    }
    Err(Trouble::new("the event's commit is none", ELSEWHERE))
}

/// Whether a text is a commit's full name.
pub(super) fn is_commit(text: &str) -> bool {
    matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn read<T: DeserializeOwned>(environment: &Environment) -> Result<T, Trouble> {
    let path = environment
        .get("GITHUB_EVENT_PATH")
        .ok_or_else(|| Trouble::new("`GITHUB_EVENT_PATH` is not set", ELSEWHERE))?;
    let broken = |why: String| {
        Trouble::new(
            format!("cannot read the event in `GITHUB_EVENT_PATH`: {why}"),
            EVENT_FILE,
        )
    };
    let text = std::fs::read(Path::new(path)).map_err(|error| broken(error.to_string()))?;
    serde_json::from_slice(&text).map_err(|error| broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Lead, about, newest_of};
    use crate::deliver::github::Environment;
    use crate::deliver::github::job::Run;

    const SHA: &str = "0123456789abcdef0123456789abcdef01234567";

    fn environment(name: &str, event: &Value) -> (tempfile::TempDir, Environment) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("event.json");
        std::fs::write(&file, event.to_string()).unwrap();
        let environment = Environment::new([
            ("GITHUB_EVENT_NAME", name),
            ("GITHUB_EVENT_PATH", file.to_str().unwrap()),
            ("GITHUB_REPOSITORY", "acme/infra"),
            ("GITHUB_SHA", "89abcdef0123456789abcdef0123456789abcdef"),
            ("GITHUB_RUN_ID", "5"),
            ("GITHUB_RUN_ATTEMPT", "2"),
        ]);
        (folder, environment)
    }

    fn lead(name: &str, event: &Value, given: Option<u64>) -> Lead {
        let (_folder, environment) = environment(name, event);
        about(&environment, given).unwrap().lead
    }

    #[test]
    fn a_pull_request_event_names_number_and_commit() {
        let event =
            json!({ "pull_request": { "number": 7, "head": { "sha": SHA, "repo": { "full_name": "Acme/infra" } } } });
        for name in [
            "pull_request",
            "pull_request_target",
            "pull_request_review",
            "pull_request_review_comment",
        ] {
            let told = Lead::Number {
                number: 7,
                commit: Some(SHA.into()),
                from_fork: Some(false),
            };
            assert_eq!(lead(name, &event, None), told);
            assert_eq!(lead(name, &event, Some(7)), told);
            assert_eq!(lead(name, &event, Some(8)), newest_of(8));
        }
    }

    #[test]
    fn a_workflow_run_is_known_by_its_commit_alone() {
        let event = json!({ "workflow_run": {
            "id": 99, "run_attempt": 3, "head_sha": SHA, "head_branch": "topic", "pull_requests": [{ "number": 4 }],
            "head_repository": { "full_name": "mallory/infra" },
        } });
        let (_folder, environment) = environment("workflow_run", &event);
        let found = about(&environment, None).unwrap();
        assert_eq!(found.run, Run::parse("99.3"));
        assert_eq!(
            found.lead,
            Lead::Commit {
                commit: SHA.into(),
                branch: Some(("mallory".into(), "topic".into()))
            }
        );
        let given = about(&environment, Some(4)).unwrap().lead;
        assert_eq!(
            given,
            Lead::Number {
                number: 4,
                commit: Some(SHA.into()),
                from_fork: None
            }
        );
    }

    #[test]
    fn a_commit_in_an_event_is_a_commit() {
        let event = json!({ "workflow_run": { "id": 1, "head_sha": "../../user" } });
        let (_folder, environment) = environment("workflow_run", &event);
        assert!(about(&environment, None).is_err());
    }

    #[test]
    fn other_events_lead_nowhere_unless_a_number_is_given() {
        for name in ["merge_group", "schedule", "workflow_dispatch", "repository_dispatch"] {
            assert!(matches!(lead(name, &json!({}), None), Lead::Nowhere(_)), "{name}");
            assert_eq!(lead(name, &json!({}), Some(7)), newest_of(7));
        }
        let on_issue = json!({ "issue": { "number": 3 } });
        assert!(matches!(lead("issue_comment", &on_issue, None), Lead::Nowhere(_)));
        let on_pull_request = json!({ "issue": { "number": 3, "pull_request": {} } });
        assert_eq!(lead("issue_comment", &on_pull_request, None), newest_of(3));
        let (_folder, environment) = environment("push", &json!({}));
        let about = about(&environment, None).unwrap();
        assert!(matches!(about.lead, Lead::Commit { branch: None, .. }));
        assert_eq!(about.run, Run::parse("5.2"));
    }
}
