//! Data flows one way: plan → source → model → policy → eval → report → deliver.

use std::path::{Path, PathBuf};

const STAGES: [&str; 7] = ["plan", "source", "model", "policy", "eval", "report", "deliver"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn stage_files(stage: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    rust_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(stage),
        &mut files,
    );
    assert!(!files.is_empty(), "the stage {stage} has no files");
    files
}

/// Every module of the crate that a text names: `crate::x`, also in `use crate::{x, y}`.
fn named(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for after in text.split("crate::").skip(1) {
        let group = match after.strip_prefix('{') {
            Some(inner) => inner.split('}').next().unwrap_or_default(),
            None => after,
        };
        let count = if after.starts_with('{') { usize::MAX } else { 1 };
        for part in group.split(',').take(count) {
            found.push(
                part.trim()
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect(),
            );
        }
    }
    found
}

#[test]
fn no_arrow_points_backwards() {
    let mut backwards = Vec::new();
    for (position, stage) in STAGES.iter().enumerate() {
        for file in stage_files(stage) {
            for name in named(&std::fs::read_to_string(&file).unwrap()) {
                let earlier = STAGES[..=position].contains(&name.as_str());
                if !earlier {
                    backwards.push(format!("{} uses crate::{name}", file.display()));
                }
            }
        }
    }
    assert!(backwards.is_empty(), "{}", backwards.join("\n"));
}

/// `testing` stands beside `run`: it takes a case through the stages up to the evaluation, and borrows the report's way of
/// making texts harmless. No stage knows of it.
#[test]
fn test_cases_go_through_the_stages_and_no_further_than_the_evaluation() {
    for file in stage_files("testing") {
        let text = std::fs::read_to_string(&file).unwrap();
        for name in named(&text) {
            let may = ["plan", "source", "model", "policy", "eval", "report", "testing"].contains(&name.as_str());
            assert!(may, "{} uses crate::{name}", file.display());
        }
        assert!(
            !text.replace("crate::report::escape", "").contains("crate::report"),
            "{} uses more of the report than `escape`",
            file.display()
        );
    }
}

#[test]
fn the_search_for_arrows_finds_them() {
    assert_eq!(
        named("use crate::plan::Index;\nuse crate::{model::Model, eval};"),
        ["plan", "model", "eval"]
    );
}

#[test]
fn files_stay_small_enough_to_hold_in_the_head() {
    let mut large = Vec::new();
    for stage in STAGES.into_iter().chain(["testing"]) {
        for file in stage_files(stage) {
            let lines = std::fs::read_to_string(&file).unwrap().lines().count();
            if lines > 600 {
                large.push(format!("{}: {lines} lines", file.display()));
            }
        }
    }
    assert!(large.is_empty(), "{}", large.join("\n"));
}

#[test]
fn only_deliver_and_run_touch_the_world() {
    for stage in ["model", "policy", "eval", "report", "testing"] {
        for file in stage_files(stage) {
            let text = std::fs::read_to_string(&file).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for forbidden in [
                "std::fs",
                "std::env",
                "std::net",
                "SystemTime",
                "Instant::now",
                "std::process",
            ] {
                assert!(!text.contains(forbidden), "{} uses {forbidden}", file.display());
            }
        }
    }
}

#[test]
fn only_delivery_to_github_touches_the_network() {
    let mut files = Vec::new();
    rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let speaks = ["octocrab", "tokio", "http::", "hyper_", "rustls", "TcpStream"]
            .iter()
            .any(|word| text.contains(word));
        let may = file.components().any(|part| part.as_os_str() == "github");
        assert!(may || !speaks, "{}", file.display());
    }
}
