//! Jobs that write the same comment: they end with one, and it says what the newest knows.

use super::{Job, MARKER, bad, clean, marker};
use crate::mock_github::{BOT, Log, Mock, Request};

/// Two jobs that find no comment, at the same time. The second lets everything pass. `may` holds their requests.
fn race(job: &Job, runs: [&str; 2], may: impl Fn(&Request, &Log) -> bool + Send + 'static) {
    job.mock.hold(may);
    let plan = bad();
    let jobs = [
        (runs[0], ["--gate", "introduced"], 1),
        (runs[1], ["--gate", "never"], 0),
    ];
    std::thread::scope(|scope| {
        let started = jobs.map(|(run, gate, code)| {
            let arguments = [
                ["check", "--deliver", "github", plan.to_str().unwrap()].as_slice(),
                &gate,
            ]
            .concat();
            let running = scope.spawn(move || job.run_with(&[("GITHUB_RUN_ID", run)], &arguments));
            (running, code)
        });
        for (running, code) in started {
            let ended = running.join().unwrap();
            assert_eq!(ended.code, code, "{}", ended.err);
            assert!(!ended.err.contains("warning"), "{}", ended.err);
        }
    });
    job.mock.hold(|_, _| true);
}

/// Both list before either makes a comment. Each reads the list and the pull request before it does.
fn both_list_first(request: &Request, log: &Log) -> bool {
    request.method != "POST" || log.answered("GET") >= 4
}

#[test]
fn two_that_make_a_comment_at_the_same_time_leave_one() {
    let job = Job::new();
    race(&job, ["100", "100"], |request, log| {
        // Neither looks again before both have made theirs.
        both_list_first(request, log) && (request.method != "GET" || request.nth <= 4 || log.answered("POST") == 2)
    });
    assert_eq!(job.mock.count("POST"), 2);
    let left = job.mock.comments();
    assert_eq!((left.len(), left[0].id), (1, 1001));
    assert_eq!(job.mock.count("DELETE"), 1);
}

#[test]
fn the_second_gives_way_where_the_first_has_looked_again_before() {
    let job = Job::new();
    race(&job, ["100", "100"], |request, log| {
        both_list_first(request, log) && (request.method != "POST" || request.nth == 1 || log.answered("GET") >= 5)
    });
    assert_eq!((job.mock.count("POST"), job.mock.count("DELETE")), (2, 1));
    let left = job.mock.comments();
    assert_eq!((left.len(), left[0].id), (1, 1001));
}

#[test]
fn of_two_runs_the_newer_one_is_told_whichever_made_its_comment_first() {
    for first in ["100", "101"] {
        let job = Job::new();
        let first = format!("run={first}.1");
        race(&job, ["100", "101"], move |request, log| {
            let is_first = request.body["body"].as_str().is_none_or(|body| body.contains(&first));
            let looks_again = request.method == "GET" && request.nth > 4;
            both_list_first(request, log)
                && (request.method != "POST" || is_first || log.answered("POST") >= 1)
                && (!looks_again || log.answered("POST") == 2)
        });
        let left = job.mock.comments();
        assert_eq!((left.len(), left[0].id), (1, 1001));
        assert!(left[0].body.starts_with(&marker("101.1")), "{}", left[0].body);
        assert!(left[0].body.contains("planseal: PASS"));
    }
}

#[test]
fn an_older_run_does_not_overwrite_a_newer_one() {
    for (stored, is_kept) in [
        (marker("101.1"), true),
        (marker("100.2"), true),
        (marker("100.1"), false),
        (marker("99.9"), false),
        (marker("101.1").replace("head=5", "head=6"), false),
        (MARKER.to_owned(), false),
    ] {
        let job = Job::new();
        let text = format!("{stored}\nof that run");
        job.mock.add(BOT, &text);
        let ended = job.check(&bad(), &["--require-delivery"]);
        assert_eq!(
            (ended.code, job.mock.comments()[0].body == text),
            (1, is_kept),
            "{stored}"
        );
        let is_told = ended.err.contains("::notice title=planseal::") && ended.err.contains("a newer run");
        assert_eq!(is_told, is_kept, "{}", ended.err);
    }
}

#[test]
fn what_was_judged_before_the_newest_commit_is_not_said() {
    let newer = "0".repeat(40);
    let job = Job::new();
    job.mock.pulls(|pulls| pulls[0].head.clone_from(&newer));
    let ended = job.check(&bad(), &["--gate", "never", "--require-delivery"]);
    assert_eq!((ended.code, job.mock.comments().len()), (0, 0));
    assert!(ended.err.contains("has newer commits"), "{}", ended.err);
    assert!(job.read("summary").contains("planseal: PASS"));

    job.mock.add(BOT, &format!("{}\nof that commit", marker("1.1")));
    let ended = job.check(&clean(), &[]);
    assert!(ended.err.contains("has newer commits"), "{}", ended.err);
    assert_eq!((job.mock.count("POST"), job.mock.count("PATCH")), (0, 0));
}

#[test]
fn an_equal_text_is_left_alone_whichever_run_wrote_it() {
    let job = Job::new();
    job.check(&bad(), &[]);
    let ended = job.run_with(
        &[("GITHUB_RUN_ID", "101")],
        &["check", "--deliver", "github", bad().to_str().unwrap()],
    );
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    assert_eq!((job.mock.count("POST"), job.mock.count("PATCH")), (1, 0));
    assert!(job.mock.comments()[0].body.starts_with(&marker("100.1")));
}

#[test]
fn a_comment_that_goes_away_meanwhile_is_made_anew() {
    let job = Job::new();
    let id = job.mock.add(BOT, &format!("{MARKER}\nold"));
    let gone: &'static str = Box::leak(format!("/comments/{id}").into_boxed_str());
    job.mock
        .fault(crate::mock_github::Fault::new("PATCH", 404, "Not Found").at(gone));
    assert_eq!(job.check(&bad(), &[]).err, "");
    assert_eq!(job.mock.count("PATCH"), 2);
}

#[test]
fn the_mock_notices_what_github_does_not_describe() {
    let told = std::panic::catch_unwind(|| {
        let mock = Mock::start();
        let mut stream = std::net::TcpStream::connect(mock.address()).unwrap();
        let request =
            "GET /api/v3/repos/acme/infra/issues/seven/comments?perpage=100 HTTP/1.1\r\nuser-agent: planseal/0\r\n\r\n";
        std::io::Write::write_all(&mut stream, request.as_bytes()).unwrap();
        let mut answer = [0; 12];
        std::io::Read::read_exact(&mut stream, &mut answer).unwrap();
    });
    let told = told.unwrap_err();
    let told = told.downcast_ref::<String>().unwrap();
    assert!(told.contains("`issue_number`") || told.contains("perpage"), "{told}");
}
