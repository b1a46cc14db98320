//! The README shows what planseal prints, and its commands are the ones that run.

use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// Pages that show what planseal prints.
const PAGES: [&str; 2] = ["README.md", "docs/testing-policies.md"];

/// For who writes a page anew.
static WRITING: Mutex<()> = Mutex::new(());

fn page(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn readme() -> String {
    page("README.md")
}

/// Each `<!-- output: ARGUMENTS -->` with the block that follows it.
fn outputs(text: &str) -> Vec<(String, String)> {
    text.split("<!-- output: ")
        .skip(1)
        .map(|part| {
            let (arguments, rest) = part.split_once(" -->\n```text\n").unwrap();
            (arguments.to_owned(), rest.split_once("```").unwrap().0.to_owned())
        })
        .collect()
}

fn run(arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_planseal"))
        .args(arguments.split(' '))
        // In a job of GitHub Actions a report is printed for its log.
        .env_remove("GITHUB_ACTIONS")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_output_that_a_page_shows_is_what_the_program_prints() {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    for name in PAGES {
        let mut text = page(name);
        let found = outputs(&text);
        assert!(!found.is_empty(), "{name}");
        for (arguments, shown) in &found {
            let printed = run(arguments);
            text = text.replace(
                &format!("<!-- output: {arguments} -->\n```text\n{shown}```"),
                &format!("<!-- output: {arguments} -->\n```text\n{printed}```"),
            );
        }
        if std::env::var_os("PLANSEAL_BLESS").is_some() {
            std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(name), &text).unwrap();
        }
        assert_eq!(
            page(name),
            text,
            "{name}: run `PLANSEAL_BLESS=1 cargo test` and read the difference"
        );
    }
}

/// `<!-- comment: ARGUMENTS -->`, and under it, quoted, the output's beginning up to the end of the first diff.
#[test]
fn the_comment_that_the_readme_shows_is_how_a_comment_begins() {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    let text = readme();
    let (before, rest) = text.split_once("<!-- comment: ").unwrap();
    let (arguments, rest) = rest.split_once(" -->\n").unwrap();
    let shown: String = rest
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('>'))
        .collect();
    let printed = run(arguments);
    let diff = printed.find("```diff\n").unwrap();
    let end = printed[diff..].find("\n```\n").unwrap();
    let beginning = printed[..diff + end + "\n```".len()].lines();
    let quoted: String = beginning
        .map(|line| format!("> {line}").trim_end().to_owned() + "\n")
        .collect();
    let after = &rest[shown.len()..];
    if shown != quoted && std::env::var_os("PLANSEAL_BLESS").is_some() {
        let whole = format!("{before}<!-- comment: {arguments} -->\n{quoted}{after}");
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"), whole).unwrap();
    }
    assert_eq!(
        shown, quoted,
        "README.md: run `PLANSEAL_BLESS=1 cargo test` and read the difference"
    );
}

/// Pieces of an output, each as it is printed, in their order; `…` stands for what is left out between them.
#[test]
fn every_excerpt_that_a_page_shows_is_part_of_what_the_program_prints() {
    let mut seen = 0;
    for name in PAGES {
        let text = page(name);
        for part in text.split("<!-- excerpt: ").skip(1) {
            let (arguments, rest) = part.split_once(" -->\n```text\n").unwrap();
            let shown = rest.split_once("```").unwrap().0;
            let printed = run(arguments);
            let mut left = printed.as_str();
            for piece in shown.split("…\n") {
                let Some(start) = left.find(piece) else {
                    panic!("{name}: `planseal {arguments}` does not print this, or not here:\n{piece}\nbut\n{printed}");
                };
                assert!(start == 0 || left[..start].ends_with('\n'), "{piece}");
                left = &left[start + piece.len()..];
            }
            seen += 1;
        }
    }
    assert_eq!(seen, 1);
}

#[test]
fn exactly_two_commands_set_the_reader_up() {
    let text = readme();
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("cargo ")).collect();
    assert_eq!(
        commands,
        [
            "cargo run --locked -- check testdata/seed-bad/plan.json",
            "cargo test --locked"
        ]
    );
}
