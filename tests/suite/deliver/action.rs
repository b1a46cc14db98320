//! The inputs and outputs of the action.

use std::path::Path;

use serde_json::Value;

use super::{Job, bad};
use crate::common;
use crate::mock_github::{BOT, TOKEN};

#[test]
fn the_action_reads_its_inputs() {
    let mut job = Job::new();
    job.set("GITHUB_TOKEN", "");
    std::fs::copy(bad(), job.path("a plan.json")).unwrap();
    for (name, value) in [
        ("INPUT_PLAN", "\n a *.json\n"),
        ("INPUT_POLICY", ""),
        ("INPUT_GATE", ""),
        ("INPUT_MIN-SEVERITY", "critical"),
        ("INPUT_ALLOW-PARTIAL", "false"),
        ("INPUT_COMMENT-KEY", "prod"),
        ("INPUT_REPORT", "report.json"),
        ("INPUT_GITHUB-TOKEN", TOKEN),
        ("INPUT_ARGS", "--quiet"),
    ] {
        job.set(name, value);
    }
    let ended = job.run(&["action"]);
    assert_eq!((ended.code, ended.err.as_str()), (1, ""));
    assert_eq!(job.output("blocking").as_deref(), Some("2"));
    assert!(
        job.mock.comments()[0]
            .body
            .starts_with("<!-- planseal:comment key=prod head=")
    );
    assert!(job.read("report.json").contains("\"schema_version\""));

    job.set("INPUT_GATE", "sometimes");
    let wrong = job.run(&["action"]);
    assert!(wrong.code == 2 && wrong.err.contains("'sometimes'"), "{}", wrong.err);
    job.set("INPUT_PLAN", "");
    assert_eq!(job.run(&["action"]).code, 2);
}

/// The names under a heading of `action.yml`.
fn declared(heading: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).unwrap();
    let action: Value = serde_saphyr::from_str(&text).unwrap();
    action[heading].as_object().unwrap().keys().cloned().collect()
}

/// A folder in which every input of `check` has something to name.
fn furnished(job: &Job) {
    std::fs::copy(bad(), job.path("plan.json")).unwrap();
    std::fs::write(
        job.path("tfplan"),
        common::planfile(&common::testdata().join("seed-bad")),
    )
    .unwrap();
    std::fs::write(job.path("strategy.yaml"), "known_keys: []\n").unwrap();
    std::fs::create_dir(job.path("policy")).unwrap();
    std::fs::copy(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/data-categories.yaml"),
        job.path("policy/more.yaml"),
    )
    .unwrap();
}

fn give(job: &mut Job, inputs: &[(&str, &str)]) {
    for name in declared("inputs") {
        job.set(&format!("INPUT_{}", name.to_uppercase()), "");
    }
    for (name, value) in inputs {
        job.set(&format!("INPUT_{}", name.to_uppercase()), value);
    }
}

/// That each declared input is read, and no other, is tested beside `INPUTS`; here every option of theirs is one.
#[test]
fn the_action_takes_all_its_inputs_and_writes_what_it_declares() {
    let mut job = Job::new();
    furnished(&job);
    job.set("GITHUB_TOKEN", "");
    let of_check = [
        ("plan", "plan.json"),
        ("planfile", "tfplan"),
        ("source", "infra"),
        ("plan-name", "prod"),
        ("config", "strategy.yaml"),
        ("config-base", "strategy.yaml"),
        ("policy", "policy"),
        ("gate", "never"),
        ("min-severity", "critical"),
        ("undetermined", "warn"),
        ("min-judged", "1"),
        ("allow-partial", "true"),
    ];
    let of_post = [("reports", "report.json"), ("deliver-only", "true")];
    let of_both = [
        ("comment", "always"),
        ("comment-key", "key"),
        ("comment-author", BOT),
        ("pr-number", "7"),
        ("require-delivery", "true"),
        ("github-token", TOKEN),
    ];
    let more = [("report", "report.json"), ("args", "--quiet")];
    // In place of `config-base`.
    let apart = [("config-base-ref", "origin/main")];
    let all = [&of_check[..], &of_post, &of_both, &more, &apart].concat();
    let mut given: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
    let mut inputs = declared("inputs");
    given.sort_unstable();
    inputs.sort();
    assert_eq!(given, inputs);

    give(&mut job, &[&of_check[..], &of_both, &more].concat());
    let ended = job.run(&["action"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    let mut outputs = declared("outputs");
    outputs.sort();
    let text = job.read("output");
    let mut written: Vec<&str> = text.lines().filter_map(|line| Some(line.split_once("<<")?.0)).collect();
    written.sort_unstable();
    assert_eq!(written, outputs);

    give(&mut job, &[&of_post[..], &of_both].concat());
    let ended = job.run(&["action"]);
    assert_eq!((ended.code, ended.err.as_str()), (0, ""));
    assert_eq!(job.mock.comments().len(), 1);

    give(&mut job, &[("plan", "plan.json"), ("config-base-ref", "origin/main")]);
    let wrong = job.run(&["action"]);
    assert!(
        wrong.code == 2 && wrong.err.contains("origin/main") && !wrong.err.contains("unexpected argument"),
        "{}",
        wrong.err
    );
}

#[test]
fn an_input_that_does_nothing_is_refused() {
    let mut job = Job::new();
    give(&mut job, &[("reports", "report.json"), ("gate", "any")]);
    let wrong = job.run(&["action"]);
    assert!(
        wrong.code == 2 && wrong.err.contains("the input `gate` does nothing here"),
        "{}",
        wrong.err
    );
}
