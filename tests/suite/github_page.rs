//! The workflows that the documents show: every one can be pasted. `scripts/lint-workflows` has zizmor and the schemas look at
//! them too.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use clap::CommandFactory;
use planseal::cli::Cli;
use regex::Regex;
use serde_json::Value;

const PAGES: [&str; 3] = ["README.md", "docs/github.md", "docs/waivers.md"];
const INIT: &str = "src/run/init/workflow.yml";
const OURS: &str = "OWNER/planseal@COMMIT";

fn file(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

fn yaml(name: &str, text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"))
}

/// Each YAML block of a page that is a workflow or a list of its steps, with the line that it begins at.
fn snippets(page: &str) -> Vec<(String, String)> {
    let text = file(page);
    let block = Regex::new(r"(?ms)^```yaml\n(.*?)^```$").unwrap();
    block
        .captures_iter(&text)
        .map(|found| found.get(1).unwrap())
        .filter(|found| found.as_str().contains("jobs:\n") || found.as_str().starts_with("- "))
        .map(|found| {
            let line = text[..found.start()].lines().count() + 1;
            (format!("{page}:{line}"), found.as_str().to_owned())
        })
        .collect()
}

/// All that this repository shows or runs: the name, the text, and what it says.
fn shown() -> Vec<(String, String, Value)> {
    let mut all: Vec<(String, String)> = PAGES.into_iter().flat_map(snippets).collect();
    all.push((INIT.to_owned(), file(INIT)));
    all.into_iter()
        .map(|(name, text)| {
            let said = yaml(&name, &text);
            (name, text, said)
        })
        .collect()
}

fn own_workflows() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/workflows");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .map(|path| {
            (
                path.display().to_string(),
                std::fs::read_to_string(path.clone()).unwrap(),
            )
        })
        .collect()
}

fn jobs(workflow: &Value) -> Vec<(&String, &Value)> {
    workflow["jobs"].as_object().unwrap().iter().collect()
}

fn steps(said: &Value) -> Vec<&Value> {
    match said.as_array() {
        Some(steps) => steps.iter().collect(),
        None => jobs(said)
            .into_iter()
            .flat_map(|(_, job)| job["steps"].as_array().unwrap())
            .collect(),
    }
}

fn action() -> Value {
    yaml("action.yml", &file("action.yml"))
}

fn names(action: &Value, heading: &str) -> BTreeSet<String> {
    action[heading].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_workflow_has_what_a_workflow_needs() {
    let mut whole = 0;
    for (name, _, said) in shown() {
        if said.is_array() {
            continue;
        }
        whole += 1;
        assert!(said["name"].is_string() && !said["on"].is_null(), "{name}");
        assert_eq!(said["permissions"], Value::Object(serde_json::Map::new()), "{name}");
        for (id, job) in jobs(&said) {
            assert!(
                job["runs-on"].is_string() && job["permissions"].is_object(),
                "{name}: {id}"
            );
        }
    }
    assert!(whole >= 6, "{whole}");
    for (name, text) in own_workflows() {
        let said = yaml(&name, &text);
        assert_eq!(said["permissions"], Value::Object(serde_json::Map::new()), "{name}");
        for (id, job) in jobs(&said) {
            assert!(
                job["timeout-minutes"].is_u64() && job["permissions"].is_object(),
                "{name}: {id}"
            );
        }
    }
}

#[test]
fn every_input_and_output_exists() {
    let action = action();
    let (inputs, outputs) = (names(&action, "inputs"), names(&action, "outputs"));
    let mut used = 0;
    let mut look = |name: &str, said: &Value| {
        for step in steps(said) {
            let is_ours = [OURS, "./"].contains(&step["uses"].as_str().unwrap_or_default());
            if !is_ours {
                continue;
            }
            used += 1;
            let with = step["with"].as_object().unwrap();
            for input in with.keys() {
                assert!(inputs.contains(input), "{name}: {input}");
            }
            let (plan, reports) = (with.contains_key("plan"), with.contains_key("reports"));
            assert!(plan != reports, "{name}: {with:?}");
        }
        let of_a_step = Regex::new(r"steps\.(bad|good|both|planseal)\.outputs\.([a-z-]+)").unwrap();
        for found in of_a_step.captures_iter(&said.to_string()) {
            assert!(outputs.contains(&found[2]), "{name}: {}", &found[0]);
        }
    };
    for (name, _, said) in shown() {
        look(&name, &said);
    }
    for (name, text) in own_workflows() {
        look(&name, &yaml(&name, &text));
    }
    assert!(used >= 12, "{used}");
}

/// A page and our own workflows pin an action to the same commit, and say which version that is.
#[test]
fn every_action_of_others_is_pinned_once() {
    let uses = Regex::new(r"uses: ([\w-]+/[\w-]+)@(\S+)(.*)").unwrap();
    let pin = Regex::new(r"^[0-9a-f]{40} # v\d+\.\d+\.\d+$").unwrap();
    let mut pins: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let texts = shown().into_iter().map(|(name, text, _)| (name, text));
    for (name, text) in texts.chain(own_workflows()) {
        for found in uses.captures_iter(&text) {
            if &found[1] == "OWNER/planseal" {
                assert_eq!(&found[2], "COMMIT", "{name}");
                continue;
            }
            let pinned = format!("{}{}", &found[2], &found[3]);
            assert!(pin.is_match(&pinned), "{name}: {}", &found[0]);
            pins.entry(found[1].to_owned()).or_default().insert(pinned);
        }
    }
    for (action, pinned) in pins {
        assert_eq!(pinned.len(), 1, "{action}: {pinned:?}");
    }
}

/// The options of a command, by their long names.
fn options(command: &str) -> BTreeSet<String> {
    let mut cli = Cli::command();
    cli.build();
    let found = cli.find_subcommand(command).unwrap_or_else(|| panic!("no `{command}`"));
    let long = found.get_arguments().filter_map(|argument| argument.get_long());
    long.map(|name| format!("--{name}")).collect()
}

/// Every line that calls planseal, and every value of `args:`, names options that there are.
#[test]
fn every_option_of_planseal_exists() {
    let call = Regex::new(r"planseal (check|post) ([^`\n]*)").unwrap();
    let option = Regex::new(r"--[a-z][a-z-]*").unwrap();
    let mut seen = 0;
    for page in ["docs/github.md", "action.yml"] {
        for found in call.captures_iter(&file(page)) {
            let known = options(&found[1]);
            for named in option.find_iter(&found[2]) {
                seen += 1;
                assert!(known.contains(named.as_str()), "{page}: {}", &found[0]);
            }
        }
    }
    for (name, _, said) in shown() {
        for step in steps(&said) {
            let command = if step["with"]["reports"].is_null() {
                "check"
            } else {
                "post"
            };
            for named in option.find_iter(step["with"]["args"].as_str().unwrap_or_default()) {
                assert!(options(command).contains(named.as_str()), "{name}: {}", named.as_str());
            }
        }
    }
    assert!(seen >= 3, "{seen}");
}

/// What a user is told to download is what a release uploads.
#[test]
fn the_files_of_a_release_are_the_ones_that_the_page_names() {
    let release = file(".github/workflows/release.yml");
    let target = Regex::new(r"target: ([a-z0-9_]+-[a-z]+)").unwrap();
    let made: BTreeSet<&str> = target
        .captures_iter(&release)
        .map(|found| found.get(1).unwrap().as_str())
        .collect();
    assert_eq!(made.len(), 5, "{made:?}");
    let page = file("docs/github.md");
    let named = Regex::new(r"\b(?:x86_64|aarch64)-[a-z]+\b").unwrap();
    for name in named.find_iter(&page) {
        assert!(made.contains(name.as_str()), "{}", name.as_str());
    }
    assert!(release.contains("planseal-${{ inputs.version }}-${{ matrix.target }}"));
    assert!(page.contains(concat!("planseal-", env!("CARGO_PKG_VERSION"), "-x86_64-linux")));
    assert!(page.contains(concat!("VERSION: ", env!("CARGO_PKG_VERSION"), "\n")));
}

/// Cargo takes what is in the context, and a release is built by the compiler that the image is built by.
#[test]
fn the_image_is_built_of_what_is_needed_by_a_compiler_that_is_pinned() {
    let dockerfile = file("Dockerfile");
    let from = Regex::new(r"(?m)^FROM rust:(\d+\.\d+\.\d+)-[a-z-]+@sha256:[0-9a-f]{64} AS build$").unwrap();
    assert!(from.is_match(&dockerfile), "{dockerfile}");
    assert!(file(".github/workflows/release.yml").contains(r"s/^FROM rust:\([0-9.]*\)-.*/\1/p"));
    let context = file(".dockerignore");
    for copied in Regex::new(r"(?m)^COPY ([^-].*) \S+$")
        .unwrap()
        .captures_iter(&dockerfile)
    {
        for name in copied[1].split(' ') {
            assert!(context.lines().any(|line| line == format!("!{name}")), "{name}");
        }
    }
    for forbidden in ["\nUSER", "--mount", "--link", "<<"] {
        assert!(!dockerfile.contains(forbidden), "{forbidden}");
    }
    assert!(dockerfile.contains("ENTRYPOINT [\"/planseal\", \"action\"]"));
    let last = dockerfile.rsplit("FROM ").next().unwrap();
    assert!(last.starts_with("scratch\n") && !last.contains("WORKDIR"), "{last}");
}

/// The commit that users pin differs from the one that was released in one line.
#[cfg(unix)]
#[test]
fn a_release_points_the_action_at_its_image() {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    let folder = tempfile::tempdir().unwrap();
    let gh = folder.path().join("gh");
    let written = folder.path().join("action.yml");
    let stub = format!(
        "#!/bin/sh\necho \"$*\" >>{log}\nfor word; do case $word in content=@*) cp \"${{word#content=@}}\" {to} ;; esac; done\necho abc\n",
        log = folder.path().join("log").display(),
        to = written.display()
    );
    std::fs::write(&gh, stub).unwrap();
    std::fs::set_permissions(&gh, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let run = |arguments: [&str; 2]| {
        let mut command = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/release-commit"));
        command.args(arguments).env("PATH", &path);
        command.env("GITHUB_REPOSITORY", "o/planseal").env("GITHUB_SHA", "def");
        command.output().unwrap()
    };
    let image = format!("ghcr.io/o/planseal@sha256:{}", "0a".repeat(32));
    assert!(run(["v1.2.3", &image]).status.success());
    let expected = file("action.yml").replace("  image: Dockerfile\n", &format!("  image: docker://{image}\n"));
    assert_eq!(std::fs::read_to_string(&written).unwrap(), expected);
    assert!(run(["--move", "v1.2.3"]).status.success());
    let log = std::fs::read_to_string(folder.path().join("log")).unwrap();
    for asked in [
        "git/commits --raw-field message=Release v1.2.3 --raw-field tree=abc --raw-field parents[]=def",
        "git/refs --raw-field ref=refs/tags/v1.2.3 --raw-field sha=abc",
        "git/refs/tags/v1 --method PATCH --raw-field sha=abc",
        "git/refs/tags/v1.2 --method PATCH --raw-field sha=abc",
    ] {
        assert!(log.contains(asked), "{asked}: {log}");
    }
    for bad in [
        ["v1.2", &image],
        ["v1.2.3", "ghcr.io/o/planseal:v1.2.3"],
        ["--move", "main"],
    ] {
        assert!(!run(bad).status.success(), "{bad:?}");
    }
}
