//! What GitHub or the job refuses: a warning, and never another verdict.

use super::{Job, bad, clean, pull_request};
use crate::mock_github::{Fault, HEAD, Kind, TOKEN};

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
    job.event(&pull_request(7, HEAD, "mallory/infra"));
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
    job.event(&pull_request(8, HEAD, "acme/infra"));
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
    assert_eq!(job.mock.comments().len(), 1);

    job.fault("PATCH", 502, "oops", 2);
    assert_eq!(job.check(&bad(), &["--gate", "never"]).err, "");
    assert_eq!(job.mock.count("PATCH"), 3);
}

#[test]
fn an_answer_that_breaks_off_is_asked_for_again() {
    let job = Job::new();
    job.mock.add("somebody", "a comment that is long enough to be cut");
    job.mock.fault(Fault::broken("GET", Kind::Cut));
    let ended = job.check(&bad(), &[]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    assert_eq!((job.mock.count("POST"), job.mock.comments().len()), (1, 2));
}

#[test]
fn a_comment_whose_answer_is_lost_is_not_made_twice() {
    for fault in [
        Fault::broken("POST", Kind::Close),
        Fault::broken("POST", Kind::Cut),
        Fault::new("POST", 502, "").body("<html>bad gateway</html>").works(),
    ] {
        let job = Job::new();
        job.mock.fault(fault.clone());
        let ended = job.check(&bad(), &[]);
        assert_eq!((ended.code, ended.err.as_str()), (1, ""), "{fault:?}");
        assert_eq!((job.mock.count("POST"), job.mock.comments().len()), (1, 1), "{fault:?}");
        assert!(job.output("comment-url").is_some());
    }
}

#[test]
fn a_comment_that_was_not_made_is_made_once_more() {
    for fault in [
        Fault::new("POST", 500, "oops"),
        Fault::new("POST", 429, "slow down").header("retry-after: 1"),
        Fault::new("POST", 403, "You have exceeded a secondary rate limit").header("retry-after: 1"),
    ] {
        let job = Job::new();
        job.mock.fault(fault.clone());
        assert_eq!(job.check(&bad(), &[]).err, "", "{fault:?}");
        let methods: Vec<String> = job.mock.requests().into_iter().map(|request| request.method).collect();
        // The comments, the pull request, the comment; and before another, the comments once more.
        assert_eq!(methods[..5], ["GET", "GET", "POST", "GET", "POST"], "{fault:?}");
        assert_eq!(job.mock.comments().len(), 1);
    }
}

#[test]
fn a_limit_is_waited_for() {
    // Each is made when its job begins: a reset is a time of day.
    let faults: [fn() -> Fault; 4] = [
        || Fault::new("GET", 429, "slow down").header("Retry-After: 1"),
        || {
            let reset = format!("x-ratelimit-remaining: 0\r\nx-ratelimit-reset: {}", in_seconds(3));
            Fault::new("GET", 403, "API rate limit exceeded").header(reset)
        },
        || Fault::new("GET", 403, "You have exceeded a secondary rate limit").header("retry-after: 1"),
        || Fault::new("GET", 503, "maintenance").header("retry-after: 1"),
    ];
    for fault in faults {
        let job = Job::new();
        let began = std::time::Instant::now();
        let fault = fault();
        job.mock.fault(fault.clone());
        let ended = job.check(&bad(), &[]);
        assert_eq!((ended.code, ended.err.as_str()), (1, ""), "{fault:?}");
        assert!(began.elapsed().as_secs_f32() > 1.0, "{fault:?}");
        assert_eq!(job.mock.comments().len(), 1);
    }
}

/// The time of day in some seconds, as GitHub writes it.
fn in_seconds(seconds: u64) -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    now.unwrap().as_secs() + seconds
}

#[test]
fn a_long_rate_limit_is_not_waited_out() {
    for fault in [
        Fault::new("GET", 429, "").header("retry-after: 3600"),
        Fault::new("GET", 403, "secondary rate limit").header("retry-after: 3600"),
    ] {
        let job = Job::new();
        job.mock.fault(fault.times(9));
        let ended = job.check(&bad(), &[]);
        assert!(ended.err.contains("a rate limit"), "{}", ended.err);
        assert_eq!((ended.err.lines().count(), job.mock.requests().len()), (1, 1));
        assert!(job.read("summary").contains("FAIL") && ended.out.contains("FAIL"));
    }
}

#[test]
fn what_cannot_succeed_is_tried_once_and_told_in_a_sentence() {
    for (status, message, told) in [
        (401, "Bad credentials", "the token is not valid"),
        (403, "Resource not accessible by integration", "permissions: {"),
        (403, "Unable to create comment because issue is locked.", "unlock it"),
        (404, "Not Found", "a token of this repository"),
        (410, "Issues are disabled for this repo", "comments are off"),
        (422, "Validation Failed", "does not take the text"),
    ] {
        let job = Job::new();
        job.fault("POST", status, message, 9);
        let ended = job.check(&bad(), &["--require-delivery"]);
        assert_eq!(ended.code, 1);
        let said = format!("GitHub answered {status}: {message}");
        assert!(ended.err.contains(&said) && ended.err.contains(told), "{}", ended.err);
        assert_eq!(ended.err.lines().count(), 1, "{}", ended.err);
        assert_eq!(job.mock.count("POST"), 1, "{status}");
        assert!(job.read("summary").contains("FAIL") && ended.out.contains("FAIL"));
    }
}

#[test]
fn dependabot_is_told_why() {
    let mut job = Job::new();
    job.set("GITHUB_ACTOR", "dependabot[bot]");
    job.fault("POST", 403, "Resource not accessible by integration", 1);
    let ended = job.check(&bad(), &[]);
    assert!(ended.err.contains("Dependabot"), "{}", ended.err);
    assert!(ended.err.contains("workflow_run"), "{}", ended.err);
}

#[test]
fn a_report_that_github_finds_too_long_is_cut_to_its_summary() {
    let job = Job::new();
    job.mock.longest(9_000);
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!((job.mock.count("POST"), job.mock.comments().len()), (2, 1));
    let short = job.mock.comments()[0].body.clone();
    assert!(short.len() <= 8_000 && short.contains("planseal: FAIL"), "{short}");
    assert!(short.starts_with(&super::marker("100.1")), "{short}");

    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!(job.mock.comments()[0].body, short);
    assert_eq!(job.check(&bad(), &["--gate", "never"]).err, "");
    assert!(job.mock.comments()[0].body.contains("planseal: PASS"));

    job.mock.longest(100);
    let ended = job.check(&bad(), &[]);
    assert!(ended.err.contains("Body is too long"), "{}", ended.err);
    assert_eq!(ended.err.lines().count(), 1);
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
    job.mock
        .fault(Fault::new("GET", 403, "").body("<html>\nblocked by the proxy</html>"));
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
