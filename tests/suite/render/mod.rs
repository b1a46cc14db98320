//! The renderers on reports as they come, on too many findings, and on hostile text.

mod documents;
mod junit;
mod mermaid;
mod sarif;
pub(crate) mod support;

use std::path::Path;

use planseal::report::markdown::COMMENT_LIMIT;
use planseal::report::text::TextOptions;
use planseal::report::v1::{Outcome, Report, Severity, Verdict};
use planseal::report::{html, json, markdown, text};
use proptest::prelude::*;
use support::{hostile, html::inspect as inspect_page, markdown::inspect, samples};

const NORMAL: TextOptions = TextOptions {
    verbose: false,
    quiet: false,
};
const VERBOSE: TextOptions = TextOptions {
    verbose: true,
    quiet: false,
};
const QUIET: TextOptions = TextOptions {
    verbose: false,
    quiet: true,
};

fn stripped(report: &Report, options: TextOptions) -> String {
    anstream::adapter::strip_str(&text::render(report, options)).to_string()
}

/// The outputs stand beside the tests as a reader would see them; `PLANSEAL_BLESS=1` writes them anew.
#[test]
fn outputs_are_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outputs");
    let bless = std::env::var_os("PLANSEAL_BLESS").is_some();
    for (name, report) in samples::all() {
        let outputs = [
            ("txt", stripped(&report, NORMAL)),
            ("verbose.txt", stripped(&report, VERBOSE)),
            ("quiet.txt", stripped(&report, QUIET)),
            ("md", markdown::render(&report, COMMENT_LIMIT)),
            ("html", html::render(&report)),
        ];
        for (kind, output) in outputs {
            let path = folder.join(format!("{name}.{kind}"));
            if bless {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &output).unwrap();
            }
            let recorded = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                recorded == output,
                "{name}.{kind} differs; PLANSEAL_BLESS=1 accepts this:\n{output}"
            );
        }
    }
}

#[test]
fn json_comes_back() {
    for (name, report) in samples::all() {
        let written = json::render(&report);
        assert!(written.ends_with("}\n"), "{name}");
        assert_eq!(json::parse(&written).unwrap(), report, "{name}");
    }
}

#[test]
fn other_json_is_refused() {
    let newer = json::render(&samples::one()).replace("\"schema_version\": 1", "\"schema_version\": 2");
    assert_eq!(
        json::parse(&newer).unwrap_err().to_string(),
        "the report has schema_version 2; this planseal reads 1"
    );
    assert!(matches!(json::parse("{}").unwrap_err(), json::ParseError::Invalid(_)));
    assert!(matches!(
        json::parse("{\"schema_version\": 1}").unwrap_err(),
        json::ParseError::Invalid(_)
    ));
}

#[test]
fn a_clean_comment_has_two_lines() {
    let clean = |report: &Report| {
        let output = markdown::render(report, COMMENT_LIMIT);
        output.contains("All clear for plan") && output.lines().filter(|line| !line.is_empty()).count() == 2
    };
    let mut report = support::build::empty(14, 9);
    assert!(clean(&report));
    report.metrics = vec![support::build::metric("Keys with rotation", (0, 0), (2, 2))];
    assert!(clean(&report), "what comes to its target is as it should be");
    report.metrics = vec![support::build::metric("Keys with rotation", (2, 2), (1, 2))];
    assert!(!clean(&report));
    report.metrics.clear();
    report.findings = samples::many().findings;
    report.findings.retain(|finding| finding.outcome == Outcome::Advice);
    assert!(!clean(&report), "new advice is something to know");
    for unclear in [
        samples::partial(),
        samples::unread(),
        samples::waived(),
        support::build::empty(0, 0),
    ] {
        assert!(!markdown::render(&unclear, COMMENT_LIMIT).contains("All clear"));
    }
}

#[test]
fn a_page_needs_nothing_else() {
    for (name, report) in samples::all() {
        let page = html::render(&report);
        let found = inspect_page(&page);
        assert_eq!((found.count("h1"), found.count("style")), (1, 1), "{name}");
        assert!(!page.contains("url(") && !page.contains("@import"), "{name}");
    }
    let whole = html::render(&samples::three_hundred());
    assert_eq!(inspect_page(&whole).count("article"), 200);
    assert!(!whole.contains("Left out"));
}

#[test]
fn what_is_left_out_is_said_with_where_it_is() {
    let report = samples::three_hundred();
    let small = markdown::render(&report, COMMENT_LIMIT);
    assert!(
        small.contains(" existing, 100 fixed. The job's summary holds more, the JSON report all of it.\n"),
        "{small}"
    );
    let larger = markdown::render(&report, COMMENT_LIMIT + 20_000);
    assert!(
        larger.contains("100 fixed. The JSON report holds all of it.\n"),
        "{larger}"
    );
}

#[test]
fn quiet_names_what_blocks_and_nothing_else() {
    let output = stripped(&samples::many(), QUIET);
    assert_eq!(output.lines().count(), 5, "{output}");
    assert!(!output.contains("aws_sqs_queue.jobs"), "{output}");
}

#[test]
fn everything_is_in_the_verbose_report() {
    let report = samples::many();
    let output = stripped(&report, VERBOSE);
    for finding in &report.findings {
        assert!(
            output.contains(&finding.rule) && output.contains(finding.address.as_deref().unwrap_or("whole plan")),
            "{output}"
        );
    }
}

#[test]
fn sensitive_values_are_not_printed_even_if_they_are_there() {
    let mut report = samples::many();
    for evidence in report.findings.iter_mut().flat_map(|finding| &mut finding.evidence) {
        evidence.sensitive = true;
        evidence.before = support::build::known("hunter2-before");
        evidence.after = support::build::known(serde_json::json!({"k": "hunter2-after"}));
    }
    let outputs = [
        stripped(&report, VERBOSE),
        markdown::render(&report, COMMENT_LIMIT),
        html::render(&report),
    ];
    for output in outputs {
        assert!(!output.contains("hunter2"), "{output}");
        assert!(output.contains("(sensitive value)"));
    }
}

#[test]
fn the_limit_holds_and_whole_blocks_go() {
    let report = samples::three_hundred();
    let mut last = 0;
    for limit in (0..=COMMENT_LIMIT).step_by(1_300) {
        let output = markdown::render(&report, limit);
        let shape = inspect(&output);
        assert!(output.len() <= limit.max(200), "{} > {limit}", output.len());
        assert!(shape.headings >= last, "more room shows no less");
        last = shape.headings;
        if limit > 1_000 {
            assert!(output.contains("**Left out for want of space:**"), "{output}");
        }
    }
    assert!(last > 30, "{last}");
    let whole = markdown::render(&report, usize::MAX);
    assert!(!whole.contains("Left out"));
    assert_eq!(inspect(&whole).headings, 201);
}

#[test]
fn the_least_important_goes_first() {
    let mut report = samples::three_hundred();
    let last = report.findings.len() - 3;
    report.findings[last].severity = Severity::Critical;
    let output = markdown::render(&report, 4_000);
    assert!(output.contains("🔴 Critical"), "{output}");
    assert!(output.contains("100 existing, 100 fixed"), "{output}");
}

#[test]
fn one_huge_finding_does_not_displace_the_others() {
    let mut report = samples::many();
    let huge = "x".repeat(200_000);
    report.findings[0].message.clone_from(&huge);
    report.findings[0].fix.clone_from(&huge);
    report.findings[0].evidence[0].after = support::build::known(huge);
    let output = markdown::render(&report, COMMENT_LIMIT);
    assert!(output.len() <= COMMENT_LIMIT);
    assert!(!output.contains("Left out"));
}

#[test]
fn a_reference_is_a_link_only_where_it_is_plain_https() {
    let mut report = samples::one();
    assert_eq!(inspect(&markdown::render(&report, COMMENT_LIMIT)).links.len(), 1);
    report.findings[0].reference = "javascript:alert(1)".into();
    assert_eq!(
        inspect(&markdown::render(&report, COMMENT_LIMIT)).links,
        Vec::<String>::new()
    );
    assert_eq!(inspect_page(&html::render(&report)).links, Vec::<String>::new());
}

/// The template's nodes are as many as with harmless text, and nothing else is there.
fn assert_harmless(sample: &Report, hostile: &Report) {
    let output = markdown::render(hostile, usize::MAX);
    let (expected, found) = (inspect(&markdown::render(sample, usize::MAX)), inspect(&output));
    assert_eq!(
        (found.details, found.headings, found.tables),
        (expected.details, expected.headings, expected.tables),
        "{output}"
    );
    assert_known(&found.links, hostile);
    assert_page_harmless(sample, hostile);
    for options in [NORMAL, VERBOSE, QUIET] {
        assert_terminal_safe(&stripped(hostile, options));
    }
    let written = json::render(hostile);
    assert_terminal_safe(&written);
    assert_eq!(json::parse(&written).unwrap(), *hostile);
}

/// The page holds the template's elements, as many as with harmless text, and no link but the report's own.
fn assert_page_harmless(sample: &Report, hostile: &Report) {
    let (expected, found) = (
        inspect_page(&html::render(sample)),
        inspect_page(&html::render(hostile)),
    );
    for element in ["article", "details", "h1", "h2", "table", "tr", "section"] {
        assert_eq!(found.count(element), expected.count(element), "{element}");
    }
    assert_known(&found.links, hostile);
}

/// A rule's reference and a waiver's link are links; nothing that a plan says is.
fn assert_known(links: &[String], report: &Report) {
    for link in links {
        let known = report.findings.iter().any(|finding| {
            let waived = finding.waiver.as_ref().and_then(|waiver| waiver.link.as_deref());
            finding.reference == *link || waived == Some(link)
        });
        assert!(known, "{link}");
    }
}

fn assert_terminal_safe(output: &str) {
    let hidden = output
        .chars()
        .find(|c| *c != '\n' && planseal::report::escape::is_hidden(*c));
    assert_eq!(hidden, None, "{output:?}");
    for line in output.lines() {
        assert!(
            !line.trim_start().starts_with("::") && !line.contains("##["),
            "a workflow command: {line:?}"
        );
    }
}

/// A report with something in every field.
fn everything() -> Report {
    let mut sample = samples::many();
    sample.findings.extend(samples::undetermined().findings);
    sample.findings.extend(samples::waived().findings);
    sample.configurations = samples::waived().configurations;
    sample.today = samples::waived().today;
    sample.unread = samples::unread().unread;
    sample.plans = samples::partial().plans;
    sample.hierarchy.keys = mermaid::keys();
    sample
}

#[test]
fn every_hostile_text_in_every_field() {
    let sample = everything();
    for hostile_text in hostile::TEXTS {
        assert_harmless(&sample, &hostile::filled(&sample, |_| (*hostile_text).to_owned()));
    }
    for shift in 0..hostile::TEXTS.len() {
        let texts = hostile::filled(&sample, |number| {
            hostile::TEXTS[(number * 7 + shift) % hostile::TEXTS.len()].to_owned()
        });
        assert_harmless(&sample, &texts);
    }
}

fn hostile_text() -> impl Strategy<Value = String> {
    let known = || prop::sample::select(hostile::TEXTS).prop_map(str::to_owned);
    let glued = prop::collection::vec(known(), 1..4).prop_map(|parts| parts.concat());
    let spaced = prop::collection::vec(known(), 1..4).prop_map(|parts| parts.join(" "));
    prop_oneof![
        known(),
        glued,
        spaced,
        "[`*_\\\\|@#:<>\\[\\]()!&~$\n -]{0,12}",
        any::<String>()
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_hostile_texts(texts in prop::collection::vec(hostile_text(), 1..40), many in any::<bool>()) {
        let sample = if many { samples::many() } else { samples::undetermined() };
        assert_harmless(&sample, &hostile::filled(&sample, |number| texts[number % texts.len()].clone()));
    }

    #[test]
    fn any_limit_holds(limit in 0_usize..70_000, texts in prop::collection::vec(hostile_text(), 1..10)) {
        let report = hostile::filled(&samples::many(), |number| texts[number % texts.len()].clone());
        let output = markdown::render(&report, limit);
        prop_assert!(output.len() <= limit.max(200));
        inspect(&output);
    }
}

#[test]
fn the_verdict_is_the_report_s_own() {
    let mut report = samples::many();
    report.verdict = Verdict::Pass;
    assert!(stripped(&report, NORMAL).starts_with("planseal: PASS · 4 of "));
}
