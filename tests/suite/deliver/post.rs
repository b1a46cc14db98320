//! `planseal post`: reports of other jobs, delivered as one.

use std::path::Path;

use planseal::report::v1::Report;
use planseal::report::{json, markdown};

use super::{Ended, Job, bad, clean};
use crate::render::support::{hostile, samples};
use crate::runner::{carried_out, outputs};

/// Judges a plan in a job of its own, which uploads its report.
fn upload(job: &Job, plan: &Path, name: &str, file: &str) {
    let path = job.path(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let output = format!("json={}", path.display());
    let plan = plan.to_str().unwrap();
    let ended = job.run(&["check", plan, "--plan-name", name, "--quiet", "--output", &output]);
    assert!(path.exists(), "{}", ended.err);
}

fn post(job: &Job, arguments: &[&str]) -> Ended {
    job.run(&[&["post"], arguments].concat())
}

#[test]
fn reports_of_a_matrix_become_one_comment_and_end_by_one_gate() {
    let job = Job::new();
    upload(&job, &bad(), "staging", "reports/staging/report.json");
    upload(&job, &clean(), "prod", "reports/prod/report.json");
    let ended = post(&job, &["reports", "--output", "json=merged.json"]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    let comments = job.mock.comments();
    assert_eq!(comments.len(), 1);
    assert!(
        comments[0].body.starts_with("<!-- planseal:comment key=planseal "),
        "{}",
        comments[0].body
    );
    for name in ["prod", "staging"] {
        assert!(comments[0].body.contains(&format!("`{name}`")), "{name}");
    }
    let found = outputs(&job.read("output"));
    assert_eq!(
        (
            found["verdict"].as_str(),
            found["violations"].as_str(),
            found["report"].as_str()
        ),
        ("fail", "24", "merged.json")
    );
    assert!(job.read("summary").contains("planseal: FAIL"));
    let merged: Report = json::parse(&job.read("merged.json")).unwrap();
    assert_eq!(
        merged.plans.iter().map(|plan| plan.name.as_str()).collect::<Vec<_>>(),
        ["prod", "staging"]
    );

    // Each in whatever order, and again: the same comment.
    let again = post(
        &job,
        &[
            "reports/staging/report.json",
            "reports/prod/report.json",
            "reports/*/*.json",
        ],
    );
    assert_eq!((again.code, job.mock.count("POST"), job.mock.count("PATCH")), (1, 1, 0));
    let clean_only = post(&job, &["reports/prod"]);
    assert_eq!((clean_only.code, job.mock.count("PATCH")), (0, 1));
}

#[test]
fn a_report_that_cannot_be_read_is_told_first_and_the_others_are_delivered() {
    let job = Job::new();
    upload(&job, &clean(), "prod", "reports/prod.json");
    std::fs::write(
        job.path("reports/broken.json"),
        "{\n  \"schema_version\": 1,\n  \"tool\": 3\n}",
    )
    .unwrap();
    let ended = post(&job, &["reports", "--deliver-only"]);
    assert_eq!(ended.code, 2);
    assert_eq!(post(&job, &["reports"]).code, 2);
    let body = &job.mock.comments()[0].body;
    assert!(
        body.contains("reports/broken.json:") && body.contains("`prod`"),
        "{body}"
    );
    let errors: Vec<_> = carried_out(&ended.out)
        .into_iter()
        .filter(|one| one.name == "error")
        .collect();
    assert!(
        errors.len() == 1 && errors[0].data.contains("broken.json:"),
        "{errors:?}"
    );
}

#[test]
fn deliver_only_leaves_the_gate_to_the_jobs_that_judged() {
    let job = Job::new();
    upload(&job, &bad(), "prod", "report.json");
    assert_eq!(post(&job, &["report.json"]).code, 1);
    let ended = post(&job, &["report.json", "--deliver-only"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(job.output("verdict").as_deref(), Some("fail"));
    job.fault("GET", 403, "Resource not accessible by integration", 99);
    let undelivered = post(&job, &["report.json", "--deliver-only"]);
    assert!(
        undelivered.code == 0 && undelivered.err.contains("::warning "),
        "{}",
        undelivered.err
    );
    assert_eq!(
        post(&job, &["report.json", "--deliver-only", "--require-delivery"]).code,
        4
    );
    assert_eq!(post(&job, &["report.json", "--require-delivery"]).code, 1);
}

#[test]
fn outside_of_a_job_a_report_is_printed_only() {
    let mut job = Job::new();
    upload(&job, &clean(), "prod", "report.json");
    job.set("GITHUB_ACTIONS", "");
    let ended = post(&job, &["report.json"]);
    assert_eq!(ended.code, 0);
    assert!(ended.out.starts_with("planseal: PASS"), "{}", ended.out);
    assert!(ended.err.contains("delivered nowhere"), "{}", ended.err);
    assert_eq!(post(&job, &["report.json", "--require-delivery"]).code, 4);
    assert!(job.mock.requests().is_empty());
}

/// A report in which every text is one that wants to be more. The words of the gate are what they must be.
fn of_mallory(text: &str) -> Report {
    let mut sample = samples::many();
    sample.plans.truncate(1);
    let mut report = hostile::filled(&sample, |_| text.to_owned());
    report.gate = sample.gate;
    for plan in &mut report.plans {
        plan.gate = None;
    }
    report
}

#[test]
fn a_report_of_a_fork_cannot_speak_to_the_runner_nor_in_the_comment() {
    let job = Job::new();
    let texts = [
        "::set-output name=verdict::pass",
        "##[add-mask]e",
        "a\n::error::x",
        "--> @octocat",
        "x\nverdict=pass\n",
    ];
    for text in texts.iter().chain(hostile::TEXTS.iter().step_by(9)) {
        let report = of_mallory(text);
        std::fs::write(job.path("report.json"), json::render(&report)).unwrap();
        std::fs::write(job.path("output"), "").unwrap();
        let ended = post(&job, &["report.json"]);
        assert_eq!(ended.code, 1, "{text:?} {}", ended.err);
        let commands = carried_out(&ended.out);
        let ours = commands
            .iter()
            .skip(2)
            .all(|one| one.name == "error" || one.name == "warning");
        assert!(ours && commands.len() > 2, "{text:?} {commands:?}");
        assert_eq!(carried_out(&ended.err), [], "{text:?}");
        let found = outputs(&job.read("output"));
        assert_eq!(found["verdict"], "fail", "{text:?}");
        assert_eq!(found.len(), 12, "{found:?}");
    }
}

#[test]
fn a_summary_never_grows_beyond_what_github_shows() {
    const LIMIT: usize = 1_048_576;
    let job = Job::new();
    let mut report = samples::three_hundred();
    let more: Vec<_> = (0..9).flat_map(|_| report.findings.clone()).collect();
    report.findings.extend(more);
    assert!(markdown::render(&report, usize::MAX).len() > LIMIT);
    std::fs::write(job.path("large.json"), json::render(&report)).unwrap();
    for taken in [0, LIMIT / 2, LIMIT - 2_000] {
        std::fs::write(job.path("summary"), "x".repeat(taken)).unwrap();
        let ended = job.run(&["post", job.path("large.json").to_str().unwrap()]);
        let summary = job.read("summary");
        assert!(
            summary.len() <= LIMIT && summary.contains("planseal: FAIL"),
            "{taken}: {}",
            ended.err
        );
        assert_eq!(taken == 0, summary.starts_with("###"));
        assert_eq!(
            summary.matches("<details>").count(),
            summary.matches("</details>").count()
        );
    }
    // Several runs of one step.
    std::fs::write(job.path("summary"), "").unwrap();
    job.check(&bad(), &[]);
    job.check(&clean(), &[]);
    let summary = job.read("summary");
    assert!(
        summary.contains("planseal: FAIL") && summary.contains("\n\n### ✅ planseal: PASS"),
        "{summary}"
    );

    std::fs::write(job.path("summary"), "x".repeat(LIMIT)).unwrap();
    let full = job.check(&clean(), &[]);
    assert!(
        full.err.contains("the step's summary is full") && full.code == 0,
        "{}",
        full.err
    );
    assert_eq!(job.read("summary").len(), LIMIT);
}
