//! Repositories that are broken, foreign, or made to deceive.

use std::path::Path;

use super::repository::{PullRequest, against, git, judged, of_note};
use super::{CONFIG, LOOSE, added};
use crate::runner::carried_out;

fn work() -> PullRequest {
    PullRequest::new(&[(CONFIG, "{}\n")], &[(CONFIG, LOOSE)]).merged("2")
}

fn note(work: &PullRequest) -> String {
    let report = work.report();
    let (base, note) = against(&report);
    assert_eq!(base, None, "{note}");
    assert!(note.starts_with("what this change loosens is not known: "), "{note}");
    note
}

/// The action's container runs as root, and the runner's files are somebody else's: git itself refuses such a repository.
#[cfg(unix)]
#[test]
fn a_repository_of_another_owner_is_read() {
    use std::os::unix::fs::{MetadataExt, chown};
    fn give(path: &Path) {
        chown(path, Some(1001), Some(1001)).unwrap();
        if path.is_dir() && !path.is_symlink() {
            std::fs::read_dir(path)
                .unwrap()
                .for_each(|one| give(&one.unwrap().path()));
        }
    }
    let work = work();
    if std::fs::metadata(work.checkout()).unwrap().uid() != 0 {
        return; // Only root can give files away.
    }
    give(&work.checkout());
    let refused = std::process::Command::new("git")
        .args(["-C", work.checkout().to_str().unwrap(), "status"])
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .output()
        .unwrap();
    assert!(!refused.status.success(), "git does not mind, so this tests nothing");
    assert_eq!(of_note(&work.report()), added());
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let link = |work: &PullRequest, name: &str, target: &str| {
        let origin = work.origin();
        git(&origin, &["checkout", "--quiet", "-B", "linked", "main"]);
        git(&origin, &["rm", "--quiet", "-r", "--ignore-unmatch", name]);
        std::fs::create_dir_all(origin.join(name).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, origin.join(name)).unwrap();
        git(&origin, &["add", "--all"]);
        git(&origin, &["commit", "--quiet", "--message", "link"]);
        git(
            &work.checkout(),
            &[
                "fetch",
                "--quiet",
                "--depth",
                "1",
                "origin",
                "+linked:refs/remotes/origin/main",
            ],
        );
    };
    let work = PullRequest::new(&[(CONFIG, "{}\n")], &[(CONFIG, LOOSE)])
        .checked_out("refs/heads/feature:refs/remotes/origin/feature", "1");
    link(&work, CONFIG, "/etc/passwd");
    assert!(
        note(&work).contains("`planseal.yaml` is a symbolic link there"),
        "{}",
        note(&work)
    );
    link(&work, "prod", "elsewhere");
    assert!(
        note(&work).contains("`prod` is a symbolic link there"),
        "{}",
        note(&work)
    );
    // Of policies, these alone are not compared.
    let rule = "id: a\ntitle: t\nseverity: high\nresources: [aws_sqs_queue]\nrequire: { path: $.name, set: true }\nwhy: w\nfix: f\n";
    let files = [(CONFIG, "policies: [own]\n"), ("own/a.yaml", rule)];
    let work = PullRequest::new(&files, &files).checked_out("refs/heads/feature:refs/remotes/origin/feature", "1");
    link(&work, "own/a.yaml", "../README.md");
    let report = work.report();
    let (base, told) = against(&report);
    assert_eq!(base, Some("origin/main:planseal.yaml"));
    assert!(
        told.contains("policy files are not compared") && told.contains("`own/a.yaml` is a symbolic link"),
        "{told}"
    );
}

#[test]
fn a_configuration_that_is_no_text_or_too_large_is_told() {
    let large = format!("# {}\n", "x".repeat(1024 * 1024));
    for (content, said) in [
        (large.as_str(), "too large: at most 1048576 bytes"),
        ("[", "it is not a configuration"),
    ] {
        let work = PullRequest::new(&[(CONFIG, content)], &[(CONFIG, LOOSE)]).merged("2");
        let report = work.report();
        let (base, told) = against(&report);
        assert!(base.is_none() && told.contains(said), "{told}");
    }
    let work = work();
    std::fs::write(work.origin().join(CONFIG), [0xff, 0xfe, 0x41]).unwrap();
    git(&work.origin(), &["commit", "--quiet", "--all", "--message", "x"]);
    let work = work.fetched("+refs/heads/main:refs/remotes/origin/main");
    let mut variables = work.variables();
    variables.retain(|(name, _)| *name != "GITHUB_SHA");
    let report = judged(&work.checkout(), &variables, &["--format", "json"]).report();
    assert!(against(&report).1.contains("UTF-16"), "{report:?}");
}

type Break<'b> = &'b dyn Fn(&PullRequest);

#[test]
fn a_broken_repository_is_a_note() {
    let git_of = |work: &PullRequest| work.checkout().join(".git");
    let breaks: [(&str, Break<'_>); 4] = [
        ("could not be opened", &|work| {
            std::fs::remove_dir_all(git_of(work).join("objects")).unwrap();
        }),
        ("could not be read from the repository", &|work| {
            git(&work.checkout(), &["repack", "-a", "-d", "--quiet"]);
            for file in std::fs::read_dir(git_of(work).join("objects/pack")).unwrap() {
                replace(&file.unwrap().path(), b"");
            }
        }),
        ("could not be opened", &|work| {
            std::fs::remove_dir_all(git_of(work)).unwrap();
            std::fs::write(git_of(work), "gitdir: /nowhere\n").unwrap();
        }),
        ("could not be opened", &|work| {
            std::fs::remove_dir_all(git_of(work)).unwrap();
            std::fs::write(git_of(work), "").unwrap();
        }),
    ];
    for (said, break_it) in breaks {
        let work = work();
        break_it(&work);
        assert!(note(&work).contains(said), "{said}: {}", note(&work));
    }
    // What is checked out is not known, and the event names the base.
    for head in ["", "ref: HEAD\n", "ref: ../../x\n"] {
        let work = work();
        std::fs::write(git_of(&work).join("HEAD"), head).unwrap();
        assert_eq!(of_note(&work.report()), added(), "{head}");
    }
}

/// Every byte of what is read may be another one: the answer may be wrong then, and there is one.
#[test]
fn broken_bytes_never_end_the_program() {
    let work = work();
    let checkout = work.checkout();
    git(&checkout, &["pack-refs", "--all"]);
    git(&checkout, &["repack", "-a", "-d", "--quiet"]);
    git(&checkout, &["multi-pack-index", "write"]);
    let pack = checkout.join(".git/objects/pack");
    let files: Vec<_> = std::fs::read_dir(pack)
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    for path in files
        .iter()
        .chain([&checkout.join(".git/packed-refs"), &checkout.join(".git/HEAD")])
    {
        let whole = std::fs::read(path).unwrap();
        for cut in [whole.len() / 3, whole.len().saturating_sub(21)] {
            replace(path, &whole[..cut]);
            judged(&checkout, &work.variables(), &["--quiet"]);
        }
        for position in (0..whole.len()).step_by(whole.len() / 3 + 1) {
            let mut broken = whole.clone();
            broken[position] ^= 0x55;
            replace(path, &broken);
            judged(&checkout, &work.variables(), &["--quiet"]);
        }
        replace(path, &whole);
    }
    assert_eq!(of_note(&work.report()), added(), "all is whole again");
}

/// Git makes some files read-only.
fn replace(path: &Path, content: &[u8]) {
    std::fs::remove_file(path).unwrap();
    std::fs::write(path, content).unwrap();
}

/// What the repository's own configuration would have git do is not done.
#[test]
fn nothing_of_the_repository_is_run() {
    let work = work();
    let (checkout, proof) = (work.checkout(), work.checkout().join("proof"));
    let run = format!("touch {}", proof.display());
    for name in [
        "core.fsmonitor",
        "core.sshCommand",
        "filter.evil.smudge",
        "filter.evil.clean",
        "core.pager",
    ] {
        git(&checkout, &["config", name, &run]);
    }
    std::fs::write(checkout.join(".gitattributes"), "* filter=evil\n").unwrap();
    assert_eq!(of_note(&work.report()), added());
    assert!(!proof.exists());
}

/// A name is somebody's text like a plan is.
#[test]
fn hostile_names_act_nowhere() {
    let rule = "id: a\ntitle: t\nseverity: high\nresources: [aws_sqs_queue]\nrequire: { path: $.name, set: true }\nwhy: w\nfix: f\n";
    let name = "own/`@octocat` ![x](https:evil.example) <b>::error::x\u{202e}.yaml";
    let head = [(CONFIG, "policies: [own]\n"), (name, rule)];
    let work = PullRequest::new(&[(CONFIG, "{}\n")], &head).merged("2");
    for format in ["text", "markdown"] {
        let run = judged(&work.checkout(), &work.variables(), &["--format", format]);
        let hidden = run
            .out
            .chars()
            .find(|c| *c != '\n' && planseal::report::escape::is_hidden(*c));
        assert_eq!(hidden, None, "{}", run.out);
        // The text stands between a stop and its end; Markdown may be meant for a file, and has neither.
        let own = if format == "text" { 2 } else { 0 };
        assert_eq!(carried_out(&run.out).len(), own, "{}", run.out);
        if format == "markdown" {
            let shape = crate::render::support::markdown::inspect(&run.out);
            assert!(shape.links.iter().all(|link| !link.contains("evil")), "{}", run.out);
        }
    }
}
