//! Every event that can start a job, and the pull request that it leads to.

use serde_json::{Value, json};

use super::{Job, bad, clean, pull_request};
use crate::mock_github::{Fault, HEAD, MERGE, Pull};

const FORK: &str = "f02cf02cf02cf02cf02cf02cf02cf02cf02cf02c";

fn job(name: &str, event: &Value) -> Job {
    let mut job = Job::new();
    job.set("GITHUB_EVENT_NAME", name);
    job.set("GITHUB_SHA", HEAD);
    job.event(event);
    job
}

/// A run of the first of two workflows, for a pull request from a fork.
fn workflow_run() -> Value {
    json!({ "workflow_run": {
        "id": 55, "run_attempt": 2, "head_sha": FORK, "head_branch": "patch-1 &state=all", "pull_requests": [],
        "head_repository": { "full_name": "mallory/infra" },
    } })
}

fn fork() -> Pull {
    let mut pull = Pull::new(8, FORK);
    pull.from = "mallory/infra".into();
    pull.branch = "patch-1 &state=all".into();
    pull.is_known_by_commit = false;
    pull
}

fn commented(job: &Job) -> Vec<u64> {
    job.mock.comments().iter().map(|comment| comment.on).collect()
}

#[test]
fn events_of_a_pull_request_comment_on_it() {
    for name in [
        "pull_request",
        "pull_request_target",
        "pull_request_review",
        "pull_request_review_comment",
    ] {
        let job = job(name, &pull_request(7, HEAD, "acme/infra"));
        assert_eq!(job.check(&bad(), &[]).err, "", "{name}");
        assert_eq!(commented(&job), [7]);
    }
}

#[test]
fn a_push_comments_on_the_open_pull_requests_of_its_commit() {
    let job = job("push", &json!({ "after": HEAD }));
    job.mock.pulls(|pulls| {
        let mut closed = Pull::new(9, HEAD);
        closed.is_open = false;
        let mut upstream = Pull::new(10, HEAD);
        upstream.into = "upstream/infra".into();
        pulls.extend([closed, upstream, Pull::new(11, HEAD), Pull::new(12, FORK)]);
    });
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!(commented(&job), [7, 11]);
    assert!(job.output("comment-url").unwrap().contains("/pull/7#"));
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!(job.mock.count("POST"), 2);
}

#[test]
fn a_commit_in_very_many_pull_requests_is_told_on_the_first_of_them() {
    let job = job("push", &json!({}));
    job.mock
        .pulls(|pulls| pulls.extend((8..13).map(|number| Pull::new(number, HEAD))));
    let ended = job.check(&bad(), &[]);
    assert!(
        ended.err.contains("stands in 6 pull requests; the first 5"),
        "{}",
        ended.err
    );
    assert_eq!(commented(&job), [7, 8, 9, 10, 11]);
}

#[test]
fn a_push_finds_a_pull_request_by_its_merge_commit_or_says_that_there_is_none() {
    let mut job = job("push", &json!({}));
    job.set("GITHUB_SHA", MERGE);
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!(commented(&job), [7]);
    assert!(job.mock.comments()[0].body.contains(&format!("head={HEAD}")));

    job.set("GITHUB_SHA", FORK);
    let ended = job.check(&clean(), &["--require-delivery"]);
    assert_eq!(ended.code, 0);
    assert!(
        ended.err.starts_with("::notice title=planseal::no open pull request"),
        "{}",
        ended.err
    );
    assert!(!job.read("summary").is_empty() && job.output("verdict").is_some());
}

#[test]
fn a_workflow_run_finds_a_fork_s_pull_request_by_its_commit() {
    for is_known_by_commit in [true, false] {
        let job = job("workflow_run", &workflow_run());
        job.mock.pulls(|pulls| {
            let mut fork = fork();
            fork.is_known_by_commit = is_known_by_commit;
            // The same branch name, and another commit.
            let mut other = Pull::new(9, HEAD);
            other.from = "mallory/infra".into();
            other.branch.clone_from(&fork.branch);
            pulls.extend([other, fork]);
        });
        assert_eq!(job.check(&bad(), &[]).err, "");
        assert_eq!(commented(&job), [8]);
        let first = format!("<!-- planseal:comment key=planseal head={FORK} run=55.2 -->\n");
        assert!(job.mock.comments()[0].body.starts_with(&first));
    }
}

#[test]
fn a_workflow_run_comments_on_no_pull_request_at_another_commit() {
    let job = job("workflow_run", &workflow_run());
    job.mock.pulls(|pulls| {
        let mut moved = fork();
        moved.head = HEAD.into();
        // Anybody can push what merging makes of somebody else's pull request.
        let mut merged = Pull::new(9, HEAD);
        merged.merge = Some(FORK.into());
        pulls.extend([moved, merged]);
    });
    let ended = job.check(&bad(), &[]);
    assert!(
        ended.err.contains("no open pull request stands at commit f02c"),
        "{}",
        ended.err
    );
    for number in ["7", "8", "9"] {
        let ended = job.check(&bad(), &["--pr-number", number]);
        assert!(ended.err.contains("has newer commits"), "{}", ended.err);
    }
    assert_eq!(commented(&job), [0; 0]);
}

#[test]
fn a_commit_that_github_does_not_know_is_looked_for_by_its_branch() {
    for status in [404, 422] {
        let job = job("workflow_run", &workflow_run());
        job.mock.pulls(|pulls| pulls.push(fork()));
        job.mock
            .fault(Fault::new("GET", status, "No commit found for SHA").at("f02c/pulls"));
        assert_eq!(job.check(&bad(), &[]).err, "");
        assert_eq!(commented(&job), [8]);
    }
}

#[test]
fn jobs_that_nobody_s_pull_request_started_take_a_number() {
    for name in ["workflow_dispatch", "schedule", "repository_dispatch", "merge_group"] {
        let mut job = job(name, &json!({}));
        let ended = job.check(&clean(), &["--require-delivery"]);
        assert_eq!((ended.code, job.mock.requests().len()), (0, 0), "{name}");
        assert!(ended.err.starts_with("::notice title=planseal::"), "{}", ended.err);
        assert_eq!(ended.err.contains("pr-number"), name != "merge_group", "{}", ended.err);
        assert!(!job.read("summary").is_empty() && job.output("verdict").is_some());

        std::fs::copy(bad(), job.path("plan.json")).unwrap();
        job.set("INPUT_PLAN", "plan.json");
        job.set("INPUT_PR-NUMBER", "7");
        assert_eq!(job.run(&["action"]).err, "", "{name}");
        assert_eq!(commented(&job), [7]);
        assert!(job.mock.comments()[0].body.contains(&format!("head={HEAD}")));
    }
}

#[test]
fn a_number_has_only_digits() {
    let job = job("workflow_dispatch", &json!({}));
    for wrong in ["+7", "0", "-1", "7/../8", "seven", "7 8", "99999999999999999999"] {
        let ended = job.check(&bad(), &[&format!("--pr-number={wrong}")]);
        assert_eq!(ended.code, 2, "{wrong}");
        assert!(ended.err.contains("only digits"), "{}", ended.err);
    }
    assert!(job.mock.requests().is_empty());
}

#[test]
fn a_comment_on_a_pull_request_leads_there_and_one_on_an_issue_nowhere() {
    let job = job(
        "issue_comment",
        &json!({ "issue": { "number": 7, "pull_request": { "url": "…" } } }),
    );
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!(commented(&job), [7]);
    assert!(job.mock.comments()[0].body.contains(&format!("head={HEAD} run=100.1")));

    job.event(&json!({ "issue": { "number": 3 } }));
    let ended = job.check(&clean(), &[]);
    assert!(ended.err.contains("#3 is an issue"), "{}", ended.err);
}

#[test]
fn a_job_elsewhere_can_comment_with_a_number() {
    let mut job = Job::new();
    for name in [
        "GITHUB_ACTIONS",
        "GITHUB_EVENT_NAME",
        "GITHUB_EVENT_PATH",
        "GITHUB_RUN_ID",
    ] {
        job.set(name, "");
    }
    assert_eq!(job.check(&bad(), &["--pr-number", "7"]).err, "");
    let first = format!("<!-- planseal:comment key=planseal head={HEAD} -->\n");
    assert!(job.mock.comments()[0].body.starts_with(&first));
}
