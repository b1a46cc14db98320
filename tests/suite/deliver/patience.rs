//! How long a delivery may take: with the library, because a program's patience is too long for a test.

use std::time::{Duration, Instant};

use planseal::deliver::github::{Delivery, Environment, Mode, Patience, Settings, deliver};
use planseal::report::v1::Report;

use super::{Job, bad};
use crate::mock_github::{Fault, Kind};

const SHORT: Patience = Patience {
    connect: Duration::from_millis(500),
    answer: Duration::from_secs(1),
    pause: Duration::from_millis(10),
    repeats: 3,
    pauses: Duration::from_secs(1),
    between_writes: Duration::from_millis(10),
    total: Duration::from_secs(10),
};

fn delivered(job: &Job, patience: Patience) -> (Delivery, String, Duration) {
    job.run(&[
        "check",
        "--quiet",
        "--output",
        "json=report.json",
        bad().to_str().unwrap(),
    ]);
    let report: Report = serde_json::from_str(&job.read("report.json")).unwrap();
    let settings = Settings {
        key: "planseal".into(),
        author: None,
        mode: Mode::OnFindings,
        number: None,
        patience,
    };
    let environment = Environment::new(job.variables.clone());
    let began = Instant::now();
    let delivery = deliver(&report, None, &settings, &environment);
    let said = delivery.render(&environment);
    (delivery, said, began.elapsed())
}

#[test]
fn an_answer_that_does_not_come_is_asked_for_again() {
    let job = Job::new();
    job.mock.fault(Fault::broken("GET", Kind::Silence));
    let (delivery, said, took) = delivered(&job, SHORT);
    assert!(delivery.arrived() && said.is_empty(), "{said}");
    assert!(took >= SHORT.answer, "{took:?}");
    assert_eq!(job.mock.comments().len(), 1);
}

#[test]
fn a_comment_that_nobody_confirms_is_made_once() {
    let job = Job::new();
    // It is there, and the answer never comes.
    job.mock.fault(Fault::broken("POST", Kind::Late));
    let (delivery, said, _) = delivered(&job, SHORT);
    assert!(delivery.arrived() && said.is_empty(), "{said}");
    assert_eq!((job.mock.count("POST"), job.mock.comments().len()), (1, 1));
}

#[test]
fn a_github_that_never_answers_is_given_up() {
    let job = Job::new();
    job.mock.fault(Fault::broken("GET", Kind::Silence).times(9));
    let (delivery, said, _) = delivered(&job, SHORT);
    assert!(!delivery.arrived());
    assert!(said.contains("no answer within 1 seconds"), "{said}");
    assert_eq!((said.lines().count(), job.mock.count("GET")), (1, 4));
}

#[test]
fn the_whole_delivery_has_an_end() {
    let job = Job::new();
    job.mock.fault(Fault::broken("GET", Kind::Silence).times(9));
    let patience = Patience {
        total: Duration::from_millis(500),
        ..SHORT
    };
    let (_, said, _) = delivered(&job, patience);
    assert!(said.contains("no end after 0.5 seconds"), "{said}");
}

#[test]
fn pauses_have_an_end_for_all_calls_together() {
    let job = Job::new();
    job.mock
        .fault(Fault::new("GET", 429, "slow down").header("retry-after: 1").times(9));
    let (_, said, _) = delivered(&job, SHORT);
    assert!(said.contains("a rate limit"), "{said}");
    assert_eq!(job.mock.count("GET"), 1);
}
