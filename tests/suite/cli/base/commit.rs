//! Which commit is the base.

use planseal::report::v1::Change;
use serde_json::json;

use super::repository::{PullRequest, against, commit, git, judged, of_note, put_plan, started};
use super::{CONFIG, LOOSE, STRICT, added};

fn work() -> PullRequest {
    PullRequest::new(&[(CONFIG, "{}\n")], &[(CONFIG, LOOSE)])
}

fn named(work: &PullRequest) -> String {
    format!("main@{}:{CONFIG}", &work.base[..12])
}

#[test]
fn the_first_parent_of_the_merge_commit_is_the_base() {
    for depth in ["2", "100"] {
        let work = work().merged(depth);
        let report = work.report();
        assert_eq!(of_note(&report), added());
        assert_eq!(against(&report), (Some(named(&work).as_str()), String::new()));
    }
    // It was made of the base that it was made of; a branch that went on since is not what is merged.
    let work = work().merged("2");
    commit(&work.origin(), &[(CONFIG, LOOSE)]);
    let work = work.fetched("+refs/heads/main:refs/remotes/origin/main");
    assert_eq!(against(&work.report()).0, Some(named(&work).as_str()));
}

#[test]
fn with_the_merge_commit_alone_the_report_says_what_to_add() {
    let work = work().merged("1");
    let report = work.report();
    let note = "what this change loosens is not known: `main` is not in the checkout; give `actions/checkout` the input \
                `fetch-depth: 2`";
    assert_eq!(against(&report), (None, note.to_owned()));
    assert_eq!(of_note(&report), []);
    judged(&work.checkout(), &work.variables(), &[]).says("fetch-depth: 2");
    let work = work.fetched("+refs/heads/main:refs/remotes/origin/main");
    let report = work.report();
    assert_eq!(
        against(&report),
        (
            Some("main@".to_owned() + &work.base[..12] + ":planseal.yaml").as_deref(),
            String::new()
        )
    );
    assert_eq!(of_note(&report), added());
}

/// Also where nothing is left of the configuration: that is how most can be loosened.
#[test]
fn what_is_not_known_is_said_where_no_configuration_is_in_force() {
    let work = PullRequest::new(&[(CONFIG, STRICT)], &[("README.md", "x")]).merged("1");
    let report = work.report();
    assert!(against(&report).1.contains("fetch-depth: 2"));
    judged(&work.checkout(), &work.variables(), &["--format", "markdown"])
        .says("❗ what this change loosens is not known");
}

/// A merge that is the author's own has whatever they want for a first parent.
#[test]
fn only_the_merge_commit_of_github_tells_the_base() {
    let work = work();
    let origin = work.origin();
    git(&origin, &["checkout", "--quiet", "-b", "evil", "main"]);
    commit(&origin, &[(CONFIG, LOOSE), ("more", "x")]);
    git(
        &origin,
        &["merge", "--quiet", "--no-ff", "--message", "x", "-X", "ours", "feature"],
    );
    let head = git(&origin, &["rev-parse", "HEAD"]);
    git(&origin, &["checkout", "--quiet", "main"]);
    let work = work.checked_out("refs/heads/evil:refs/remotes/origin/evil", "2");
    let mut work = work;
    work.head = head;
    // The workflow checks the head out: it is not the commit of the job.
    let note = against(&work.report()).1;
    assert!(
        note.contains("`main` is not in the checkout") && note.contains("fetch-depth: 0"),
        "{note}"
    );
    // Even where somebody says that it is: the merge is not one of the head, but the head.
    work.merge = work.head.clone();
    assert!(against(&work.report()).1.contains("is not in the checkout"));
    // The branch tells.
    let work = work.fetched("+refs/heads/main:refs/remotes/origin/main");
    let report = work.report();
    assert_eq!(against(&report).0, Some("origin/main:planseal.yaml"));
    assert_eq!(of_note(&report), added());
}

/// What is called as the branch, and is a tag.
#[test]
fn only_the_branch_itself_tells_the_base() {
    let work = work().checked_out("refs/heads/feature:refs/remotes/origin/feature", "1");
    let checkout = work.checkout();
    for name in [
        "refs/tags/refs/remotes/origin/main",
        "refs/heads/refs/remotes/origin/main",
        "refs/tags/origin/main",
    ] {
        git(&checkout, &["update-ref", name, "HEAD"]);
    }
    assert_eq!(against(&work.report()).0, None);
}

#[test]
fn the_base_branch_is_read_wherever_git_keeps_it() {
    let work = work().checked_out("refs/heads/feature:refs/remotes/origin/feature", "1");
    let work = work.fetched("+refs/heads/main:refs/remotes/origin/main");
    let told = |work: &PullRequest| {
        let report = work.report();
        assert_eq!(against(&report), (Some("origin/main:planseal.yaml"), String::new()));
        assert_eq!(of_note(&report), added());
    };
    told(&work);
    let checkout = work.checkout();
    git(&checkout, &["pack-refs", "--all"]);
    git(&checkout, &["repack", "-a", "-d", "--quiet"]);
    assert!(!checkout.join(".git/refs/remotes/origin/main").exists());
    told(&work);
    git(&checkout, &["multi-pack-index", "write"]);
    told(&work);
    let packs: Vec<_> = std::fs::read_dir(checkout.join(".git/objects/pack"))
        .unwrap()
        .map(|one| one.unwrap().path())
        .collect();
    let loose = tempfile::tempdir().unwrap();
    for pack in packs
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "pack"))
    {
        let moved = loose.path().join("pack");
        std::fs::rename(pack, &moved).unwrap();
        for path in &packs {
            drop(std::fs::remove_file(path));
        }
        let command = format!("git unpack-objects -q < {}", moved.display());
        assert!(
            std::process::Command::new("sh")
                .args(["-c", &command])
                .current_dir(&checkout)
                .status()
                .unwrap()
                .success()
        );
    }
    told(&work);
    // A linked work tree has its own HEAD, and all else from the repository that it belongs to.
    let linked = work.checkout().join("../linked");
    git(
        &checkout,
        &["worktree", "add", "--quiet", "--detach", linked.to_str().unwrap()],
    );
    assert!(linked.join(".git").is_file());
    put_plan(&linked);
    let report = judged(&linked, &work.variables(), &["--format", "json"]).report();
    assert_eq!(against(&report).0, Some("origin/main:planseal.yaml"));
}

#[test]
fn the_event_names_a_commit_that_may_be_there() {
    let work = work().checked_out("refs/heads/feature:refs/remotes/origin/feature", "100");
    let report = work.report();
    assert_eq!(against(&report), (Some(named(&work).as_str()), String::new()));
    assert_eq!(of_note(&report), added());
    let target =
        json!({ "pull_request": { "base": { "ref": "main", "sha": work.base }, "head": { "sha": work.head } } });
    let variables = work.variables_of("pull_request_target", &target, &[]);
    let report = judged(&work.checkout(), &variables, &["--format", "json"]).report();
    assert_eq!(against(&report).0, Some(named(&work).as_str()));
    // Without the event, the branch alone can tell.
    let mut variables = work.variables();
    variables.retain(|(name, _)| *name != "GITHUB_EVENT_PATH");
    let report = judged(&work.checkout(), &variables, &["--format", "json"]).report();
    assert!(against(&report).1.contains("fetch-depth: 0"));
}

#[test]
fn a_merge_queue_names_its_base() {
    let work = work().merged("2");
    let group = |sha: &str| json!({ "merge_group": { "base_sha": sha, "base_ref": "refs/heads/main" } });
    let report = |event: &serde_json::Value| {
        let variables = work.variables_of(
            "merge_group",
            event,
            &[("GITHUB_REF", "refs/heads/gh-readonly-queue/main/pr-7")],
        );
        judged(&work.checkout(), &variables, &["--format", "json"]).report()
    };
    assert_eq!(against(&report(&group(&work.base))).0, Some(named(&work).as_str()));
    let missing = report(&group("00000000000000000000000000000000000000aa"));
    assert!(
        against(&missing).1.contains("`main` is not in the checkout"),
        "{missing:?}"
    );
}

/// On the default branch a push is compared with what was there; on others, with the default branch.
#[test]
fn a_push_is_compared_with_what_its_author_did_not_write() {
    let work = work().merged("2");
    let push = |branch: &str, before: &str| {
        let event = json!({ "before": before, "repository": { "default_branch": "main" } });
        let reference = format!("refs/heads/{branch}");
        let variables = work.variables_of("push", &event, &[("GITHUB_REF", &reference)]);
        judged(&work.checkout(), &variables, &["--format", "json"]).report()
    };
    assert_eq!(against(&push("main", &work.base)).0, Some(named(&work).as_str()));
    assert_eq!(against(&push("main", &"0".repeat(40))), (None, String::new()));
    assert!(against(&push("main", &"1".repeat(40))).1.contains("fetch-depth: 0"));
    assert!(
        against(&push("feature", &work.head))
            .1
            .contains("`main` is not in the checkout")
    );
    git(
        &work.checkout(),
        &["update-ref", "refs/remotes/origin/main", &work.base],
    );
    assert_eq!(
        against(&push("feature", &work.head)).0,
        Some("origin/main:planseal.yaml")
    );
}

#[test]
fn a_person_names_the_commit() {
    let work = work().merged("2");
    let checkout = work.checkout();
    git(&checkout, &["update-ref", "refs/remotes/origin/main", &work.base]);
    git(&checkout, &["tag", "--annotate", "--message", "x", "v1", &work.base]);
    for name in ["origin/main", "v1", &work.base] {
        let report = judged(&checkout, &[], &["--format", "json", "--config-base-ref", name]).report();
        assert_eq!(against(&report).0, Some(format!("{name}:{CONFIG}").as_str()));
        assert_eq!(of_note(&report), added());
    }
    for name in ["gone", "main:x", "a b", "../HEAD", "-x", &"1".repeat(40)] {
        let option = format!("--config-base-ref={name}");
        started(&checkout, &[], &[&option])
            .exits(2)
            .complains("there is no such branch, tag or commit");
    }
    std::fs::remove_dir_all(checkout.join(".git")).unwrap();
    started(&checkout, &[], &["--config-base-ref", "main"])
        .exits(2)
        .complains("the plan lies in no git repository");
}

#[test]
fn where_nobody_says_nothing_is_compared() {
    let work = work().merged("2");
    let report = judged(&work.checkout(), &[], &["--format", "json"]).report();
    assert_eq!(against(&report), (None, String::new()));
    let dispatched = work.variables_of("workflow_dispatch", &json!({}), &[]);
    let report = judged(&work.checkout(), &dispatched, &["--format", "json"]).report();
    assert_eq!(against(&report), (None, String::new()));
    // A configuration that came with the plan may be the change's, and its repository is not there.
    std::fs::remove_dir_all(work.checkout().join(".git")).unwrap();
    std::fs::write(work.checkout().join("prod/eu/planseal.yaml"), LOOSE).unwrap();
    let report = work.report();
    assert!(
        against(&report).1.contains("it lies in no git repository"),
        "{report:?}"
    );
    // One that is named is not.
    let named = work.checkout().join("prod/eu/planseal.yaml");
    let options = ["--format", "json", "--config", named.to_str().unwrap()];
    let report = judged(&work.checkout(), &work.variables(), &options).report();
    assert_eq!(against(&report), (None, String::new()));
    // Nor is one of another repository, as a strategy that stands apart.
    let own = PullRequest::new(&[], &[]).merged("1");
    let report = judged(&own.checkout(), &own.variables(), &options).report();
    assert_eq!(against(&report), (None, String::new()));
    git(&work.checkout(), &["init", "--quiet"]);
    let report = judged(&own.checkout(), &own.variables(), &options).report();
    assert_eq!(against(&report), (None, String::new()));
}

/// A waiver that is new and has expired is its author's doing.
#[test]
fn a_waiver_that_has_expired_is_new_against_the_commit() {
    let expired = LOOSE.replace("2026-06-30", "2026-05-30");
    for (base, expected) in [("{}\n", Change::Introduced), (expired.as_str(), Change::Existing)] {
        let work = PullRequest::new(&[(CONFIG, base)], &[(CONFIG, &expired)]).merged("2");
        let report = work.report();
        let found = report.findings.iter().find(|one| one.rule == "waiver-expired").unwrap();
        assert_eq!(found.change, expected);
    }
}
