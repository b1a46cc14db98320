//! What GitHub or the job refuses: a warning, and never another verdict.

use serde_json::json;

use super::{Job, bad, clean};
use crate::mock_github::{Fault, TOKEN};

#[test]
fn a_token_that_can_only_read_changes_no_exit_code() {
    let job = Job::new();
    job.fault("POST", 403, "Resource not accessible by integration", 9);
    let ended = job.check(&bad(), &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.starts_with("::warning title=planseal::"), "{}", ended.err);
    assert!(ended.err.contains("pull-requests: write"), "{}", ended.err);
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
    assert_eq!(job.mock.count("POST"), 1);
    assert!(job.read("summary").contains("FAIL"));
    assert_eq!(job.output("verdict").as_deref(), Some("fail"));

    assert_eq!(job.check(&bad(), &["--require-delivery"]).code, 1);
    assert_eq!(job.check(&bad(), &["--gate", "never"]).code, 0);
    assert_eq!(job.check(&bad(), &["--gate", "never", "--require-delivery"]).code, 4);
}

#[test]
fn a_fork_is_told_why() {
    let job = Job::new();
    job.event(&json!({ "pull_request": { "number": 7, "head": { "repo": { "full_name": "mallory/infra" } } } }));
    job.fault("POST", 403, "Resource not accessible by integration", 1);
    let ended = job.check(&bad(), &[]);
    assert!(
        ended.code == 1 && ended.err.contains("comes from a fork"),
        "{}",
        ended.err
    );
}

#[test]
fn what_is_not_there_is_told() {
    let job = Job::new();
    job.event(&json!({ "pull_request": { "number": 8 } }));
    let ended = job.check(&bad(), &[]);
    assert_eq!(ended.code, 1);
    assert!(ended.err.contains("GitHub answered 404"), "{}", ended.err);
    assert_eq!(job.mock.requests().len(), 1);
}

#[test]
fn a_passing_fault_is_waited_out() {
    let job = Job::new();
    job.fault("GET", 500, "oops", 1);
    let ended = job.check(&bad(), &[]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    assert_eq!((job.mock.count("GET"), job.mock.comments().len()), (2, 1));

    job.fault("PATCH", 502, "oops", 2);
    assert_eq!(job.check(&bad(), &["--gate", "never"]).err, "");
    assert_eq!(job.mock.count("PATCH"), 3);
}

#[test]
fn a_comment_whose_answer_is_lost_is_not_made_twice() {
    for status in [0, 502] {
        let job = Job::new();
        job.mock.fault(Fault {
            method: "POST",
            status,
            header: "",
            body: "<html>bad gateway</html>".into(),
            times: 1,
            works: true,
        });
        let ended = job.check(&bad(), &[]);
        assert_eq!((ended.code, ended.err.as_str()), (1, ""), "{status}");
        assert_eq!((job.mock.count("POST"), job.mock.comments().len()), (1, 1), "{status}");
    }
}

#[test]
fn a_comment_that_was_not_made_is_made_once_more() {
    let job = Job::new();
    job.fault("POST", 500, "oops", 1);
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!((job.mock.count("POST"), job.mock.comments().len()), (2, 1));
}

#[test]
fn a_long_rate_limit_is_not_waited_out() {
    let job = Job::new();
    job.mock.fault(Fault {
        method: "GET",
        status: 429,
        header: "retry-after: 3600",
        body: "{}".into(),
        times: 9,
        works: false,
    });
    let ended = job.check(&bad(), &[]);
    assert!(ended.err.contains("a rate limit"), "{}", ended.err);
    assert_eq!(job.mock.requests().len(), 1);
}

#[test]
fn what_is_missing_is_named() {
    for (name, value, told) in [
        ("GITHUB_TOKEN", "", "there is no token"),
        ("GITHUB_TOKEN", "ghs_a\nb", "characters that no token has"),
        ("GITHUB_EVENT_NAME", "", "`GITHUB_EVENT_NAME` is not set"),
        ("GITHUB_EVENT_PATH", "/nowhere", "cannot read the event"),
        ("GITHUB_REPOSITORY", "../x", "OWNER/NAME"),
        ("GITHUB_API_URL", "http://192.0.2.1/api/v3", "`https://`"),
    ] {
        let mut job = Job::new();
        job.set(name, value);
        let ended = job.check(&clean(), &[]);
        assert_eq!(ended.code, 0, "{name}");
        assert!(ended.err.contains(told), "{name}: {}", ended.err);
        assert_eq!(job.check(&clean(), &["--require-delivery"]).code, 4, "{name}");
        assert!(job.mock.requests().is_empty());
    }
}

#[test]
fn outside_of_a_job_a_warning_is_plain() {
    let mut job = Job::new();
    job.set("GITHUB_ACTIONS", "");
    job.set("GITHUB_TOKEN", "");
    let ended = job.check(&clean(), &[]);
    assert!(ended.err.starts_with("warning: "), "{}", ended.err);
}

#[test]
fn an_answer_cannot_speak_to_the_runner() {
    let job = Job::new();
    let said = format!("x\n::add-mask::e\r##[set-output name=verdict]pass {TOKEN} 100%");
    job.fault("GET", 403, &said, 1);
    let ended = job.check(&clean(), &[]);
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
    assert!(!ended.err.contains("##["), "{}", ended.err);
    assert!(
        ended.err.contains("***") && ended.err.contains("100%25"),
        "{}",
        ended.err
    );
}

#[test]
fn an_answer_of_a_proxy_and_no_answer_at_all_are_told_in_a_line() {
    let mut job = Job::new();
    job.mock.fault(Fault {
        method: "GET",
        status: 403,
        header: "",
        body: "<html>\nblocked by the proxy</html>".into(),
        times: 1,
        works: false,
    });
    let ended = job.check(&clean(), &[]);
    assert!(ended.err.contains("GitHub answered 403: Forbidden"), "{}", ended.err);

    let nobody = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    job.set("GITHUB_API_URL", &format!("http://{nobody}"));
    let ended = job.check(&clean(), &[]);
    assert_eq!(ended.code, 0);
    assert!(ended.err.contains("could not be reached"), "{}", ended.err);
    assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
}
