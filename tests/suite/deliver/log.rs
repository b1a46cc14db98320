//! What a runner makes of what planseal prints and writes: our own commands and outputs, and never those of a plan.

use planseal::deliver::github::{Environment, IN_THE_SUMMARY, annotations, shielded};
use planseal::report::text::{self, TextOptions};
use planseal::report::v1::{Report, Severity};
use planseal::report::{json, markdown};
use proptest::prelude::*;

use super::{Job, bad, clean};
use crate::render::support::{hostile, samples};
use crate::runner::{Carried, carried_out, outputs};

fn names(carried: &[Carried]) -> Vec<&str> {
    carried.iter().map(|one| one.name.as_str()).collect()
}

/// Everything that a step of planseal may print about a report.
fn log(report: &Report) -> String {
    let printed = text::render(
        report,
        TextOptions {
            verbose: true,
            quiet: false,
        },
    );
    let annotations = annotations(
        report,
        &Environment::new([("GITHUB_WORKSPACE", "/github/workspace")]),
        IN_THE_SUMMARY,
    );
    format!(
        "{}{annotations}",
        shielded(&anstream::adapter::strip_str(&printed).to_string())
    )
}

fn everything() -> Report {
    let mut report = samples::many();
    report.findings.extend(samples::undetermined().findings);
    report.findings.extend(samples::waived().findings);
    report.configurations = samples::waived().configurations;
    report.unread = samples::unread().unread;
    report
}

#[test]
fn the_runner_of_these_tests_finds_commands() {
    for (text, name, data) in [
        ("::error::x", "error", "x"),
        ("  ::Error file=a%3Ab,line=1::x%0Ay%25", "Error", "x\ny%"),
        ("\u{200b}::warning::x", "warning", "x"),
        ("text ##[add-mask]e", "add-mask", "e"),
        ("a\r##[set-output name=verdict;x=y]pass", "set-output", "pass"),
        ("a\n::set-output name=verdict::pass", "set-output", "pass"),
    ] {
        let carried = carried_out(text);
        assert_eq!(
            (carried.len(), carried[0].name.as_str(), carried[0].data.as_str()),
            (1, name, data),
            "{text:?}"
        );
    }
    assert_eq!(
        carried_out("  ::Error file=a%3Ab,line=1::x")[0].properties["file"],
        "a:b"
    );
    assert_eq!(carried_out("x ::error::y\n::nothing::x\n##[nothing]x\n:: error::x"), []);
    let stopped = carried_out("::stop-commands::t0k\n::error::x\n##[error]x\n::T0K::\n::notice::y");
    assert_eq!(names(&stopped), ["stop-commands", "T0K", "notice"]);
    assert_eq!(outputs("a=b\nc<<E\nd\n\ne\nE\na=2=3\n")["a"], "2=3");
    assert_eq!(outputs("c<<E\nd\n\ne\nE\n")["c"], "d\n\ne");
}

/// The log has one stop, its end, and as many annotations as there are lines after that; nothing else.
fn assert_only_ours(report: &Report) {
    let log = log(report);
    let carried = carried_out(&log);
    let (frame, rest) = carried.split_at(2);
    assert_eq!(frame[0].name, "stop-commands");
    assert_eq!(frame[1].name, frame[0].data);
    let after = log.split(&format!("::{}::\n", frame[0].data)).last().unwrap();
    assert_eq!(rest.len(), after.lines().count(), "{after}");
    let count = |name: &str| rest.iter().filter(|one| one.name == name).count();
    assert_eq!(count("error") + count("warning"), rest.len(), "{after}");
    assert!(count("error") <= 10 && count("warning") <= 7, "{after}");
    for one in rest {
        assert!(
            one.properties
                .keys()
                .all(|name| ["file", "line", "title"].contains(&name.as_str())),
            "{one:?}"
        );
        assert!(one.data.chars().count() <= 4096, "{one:?}");
        assert!(
            !one.data
                .chars()
                .any(|c| c != '\n' && planseal::report::escape::is_hidden(c)),
            "{one:?}"
        );
        if let Some(file) = one.properties.get("file") {
            assert!(
                !file.starts_with('/') && !file.split('/').any(|part| part == ".."),
                "{one:?}"
            );
        }
    }
    // Without the shield no other command is in what people read, nor in what programs read.
    for plain in [
        anstream::adapter::strip_str(&text::render(report, TextOptions::default())).to_string(),
        markdown::render(report, usize::MAX),
        json::render(report),
    ] {
        assert_eq!(carried_out(&plain), [], "{plain}");
    }
}

#[test]
fn every_hostile_text_stays_text_in_the_log() {
    for text in hostile::TEXTS {
        assert_only_ours(&hostile::filled(&everything(), |_| (*text).to_owned()));
    }
    for text in [
        "::stop-commands::x",
        "##[set-output name=verdict]pass",
        "::add-mask::e",
        "\u{200b}::error::x",
    ] {
        assert_only_ours(&hostile::filled(&everything(), |_| text.to_owned()));
    }
}

fn hostile_text() -> impl Strategy<Value = String> {
    let known = || prop::sample::select(hostile::TEXTS).prop_map(str::to_owned);
    let command = prop::sample::select(vec!["error", "add-mask", "stop-commands", "set-output name=verdict"]);
    prop_oneof![
        known(),
        prop::collection::vec(known(), 1..4).prop_map(|parts| parts.concat()),
        (command, known()).prop_map(|(name, data)| format!("::{name}::{data}")),
        "[:#\\[\\]%=,; \r\n\ta-d/.]{0,16}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_hostile_texts_stay_text_in_the_log(texts in prop::collection::vec(hostile_text(), 1..30)) {
        assert_only_ours(&hostile::filled(&everything(), |number| texts[number % texts.len()].clone()));
    }
}

#[test]
fn annotations_tell_what_blocks_where_it_is_and_how_to_mend_it() {
    let mut report = samples::one();
    report.findings[0].message.push_str(" 100%, now::");
    let carried = carried_out(&annotations(
        &report,
        &Environment::new([("GITHUB_WORKSPACE", "/nowhere")]),
        IN_THE_SUMMARY,
    ));
    // The report's files are named from where planseal runs, which is not in that workspace.
    assert_eq!(carried.len(), 1);
    assert!(!carried[0].properties.contains_key("file"));

    let carried = carried_out(&annotations(&report, &Environment::new([("X", "y")]), IN_THE_SUMMARY));
    let [one] = carried.as_slice() else {
        panic!("{carried:?}")
    };
    assert_eq!(
        (
            one.name.as_str(),
            one.properties["file"].as_str(),
            one.properties["line"].as_str()
        ),
        ("error", "storage.tf", "12")
    );
    assert_eq!(one.properties["title"], report.findings[0].title);
    let text = &one.data;
    assert!(text.starts_with("`aws_s3_bucket.customers` holds pii"), "{text}");
    assert!(text.contains(" 100%, now::\nFix:\nrule {\n  apply_server"), "{text}");

    report.findings[0].message = "It is not encrypted.".into();
    report.plans.push(report.plans[0].clone());
    let carried = carried_out(&annotations(&report, &Environment::new([("X", "y")]), IN_THE_SUMMARY));
    let text = &carried[0].data;
    assert!(text.starts_with("prod · aws_s3_bucket.customers: It is not"), "{text}");
}

#[test]
fn the_most_severe_come_first_and_the_rest_is_counted() {
    let mut report = samples::three_hundred();
    report.findings[250].severity = Severity::Critical;
    report.findings[250].blocking = true;
    report.findings[250].title = "The worst".into();
    let blocking = report.findings.iter().filter(|one| one.blocking).count();
    let carried = carried_out(&annotations(&report, &Environment::new([("X", "y")]), IN_THE_SUMMARY));
    let errors: Vec<&Carried> = carried.iter().filter(|one| one.name == "error").collect();
    assert_eq!(errors.len(), 10);
    assert_eq!(errors[0].properties["title"], "The worst");
    assert_eq!(
        errors[9].data,
        format!("and {} more that break the gate, in the job summary", blocking - 9)
    );
}

#[test]
fn what_stood_before_and_what_is_accepted_is_no_annotation() {
    let count = |report: &Report| {
        let carried = carried_out(&annotations(report, &Environment::new([("X", "y")]), IN_THE_SUMMARY));
        let of = |name: &str| carried.iter().filter(|one| one.name == name).count();
        (of("error"), of("warning"))
    };
    let mut waived = samples::waived();
    let loosened = waived
        .configurations
        .iter()
        .flat_map(|one| &one.settings)
        .filter(|one| one.change.is_of_note())
        .count();
    assert!(loosened > 0);
    assert_eq!(count(&waived).1, loosened.min(7));
    waived.configurations.clear();
    waived.findings.retain(|one| one.waiver.is_some());
    assert_eq!(count(&waived), (0, 0));
    assert_eq!(count(&samples::partial()), (samples::partial().gate.reasons.len(), 0));
    assert_eq!(count(&samples::unread()).0, samples::unread().unread.len());
}

#[test]
fn a_job_gets_annotations_once_and_its_report_between_two_lines_that_nobody_can_guess() {
    let job = Job::new();
    let ended = job.check(&bad(), &[]);
    let carried = carried_out(&ended.out);
    assert_eq!(names(&carried)[..1], ["stop-commands"]);
    assert_eq!(names(&carried).iter().filter(|name| **name == "error").count(), 10);
    assert_eq!(ended.out.matches("::error ").count(), 10);
    assert_ne!(carried[0].data, carried_out(&job.check(&bad(), &[]).out)[0].data);
    let carried = carried_out(&job.check(&clean(), &["--format", "github"]).out);
    assert!(!names(&carried).contains(&"stop-commands"), "{carried:?}");

    let github = job.check(&bad(), &["--format", "github"]).out;
    assert!(github.starts_with("planseal: FAIL · "), "{github}");
    assert_eq!(github.matches("::error ").count(), 10);
    // What a program reads stays whole.
    let json = job.check(&bad(), &["--format", "json"]);
    assert!(serde_json::from_str::<serde_json::Value>(&json.out).is_ok());
    assert_eq!(json.err.matches("::error ").count(), 10);
}

#[test]
fn outside_of_a_job_and_without_delivery_nothing_is_added() {
    let mut job = Job::new();
    let plan = bad();
    let plan = plan.to_str().unwrap();
    let alone = job.run(&["check", plan]);
    assert_eq!(names(&carried_out(&alone.out)).len(), 2, "the shield alone");
    for format in ["json", "markdown"] {
        assert_eq!(
            carried_out(&job.run(&["check", plan, "--format", format]).out),
            [],
            "{format}"
        );
    }
    job.set("GITHUB_ACTIONS", "");
    assert_eq!(carried_out(&job.run(&["check", plan]).out), []);
    assert_eq!(carried_out(&job.check(&bad(), &[]).out), []);
}

#[test]
fn hostile_names_of_plans_and_files_set_no_output() {
    let hostile_name = "x\nverdict=pass\nviolations<<E\n0\nE\n::error::x ##[error]y";
    let job = Job::new();
    let file = "json=report\nverdict=pass\n::set-output name=verdict::pass.json";
    let ended = job.check(&bad(), &["--plan-name", hostile_name, "--output", file]);
    assert_eq!(ended.code, 1, "{}", ended.err);
    let found = outputs(&job.read("output"));
    assert_eq!(found["verdict"], "fail");
    assert_eq!(found["violations"], "24");
    assert_eq!(
        found["report"],
        "report\nverdict=pass\n::set-output name=verdict::pass.json"
    );
    let commands = carried_out(&ended.out);
    assert!(
        commands[2..]
            .iter()
            .all(|one| one.name == "error" || one.name == "warning"),
        "{commands:?}"
    );
}
