//! What stands in the comment, the summary and the outputs.

use serde_json::json;

use super::{Job, MARKER, bad, clean, marker};
use crate::mock_github::{BOT, PERSONAL_TOKEN};
use crate::runner::carried_out;

#[test]
fn a_comment_is_created_then_left_alone_then_updated() {
    let job = Job::new();
    let first = job.check(&bad(), &["--output", "json=report.json"]);
    assert_eq!(first.code, 1, "{}", first.err);
    assert_eq!(first.err, "");
    let comments = job.mock.comments();
    assert_eq!(comments.len(), 1);
    let body = &comments[0].body;
    assert!(
        body.starts_with(&format!("{}\n### ❌ planseal: FAIL", marker("100.1"))),
        "{body}"
    );
    assert!(body.len() <= 65_000);
    assert!(job.read("summary").starts_with("### ❌ planseal: FAIL"));
    assert_eq!(job.output("verdict").as_deref(), Some("fail"));
    assert_eq!(job.output("violations").as_deref(), Some("24"));
    assert_eq!(job.output("blocking").as_deref(), Some("22"));
    assert_eq!(job.output("report").as_deref(), Some("report.json"));
    assert!(job.output("comment-url").unwrap().ends_with("#issuecomment-1001"));

    assert_eq!(job.check(&bad(), &[]).code, 1);
    assert_eq!((job.mock.count("POST"), job.mock.count("PATCH")), (1, 0));

    assert_eq!(job.check(&bad(), &["--gate", "never"]).code, 0);
    let comments = job.mock.comments();
    assert_eq!(comments.len(), 1);
    assert!(comments[0].body.contains("planseal: PASS"), "{}", comments[0].body);
    assert_eq!((job.mock.count("POST"), job.mock.count("PATCH")), (1, 1));
}

#[test]
fn every_key_has_a_comment_of_its_own() {
    let job = Job::new();
    job.check(&bad(), &[]);
    job.check(&bad(), &["--comment-key", "prod/eu"]);
    job.check(&bad(), &["--comment-key", "prod/eu"]);
    assert_eq!((job.mock.count("POST"), job.mock.count("PATCH")), (2, 0));
    let wrong = job.check(&bad(), &["--comment-key", "x --> @all"]);
    assert_eq!((wrong.code, job.mock.count("POST")), (2, 2));
}

#[test]
fn a_clean_report_makes_no_comment_and_mends_an_old_one() {
    let job = Job::new();
    let good = job.check(&clean(), &[]);
    assert_eq!((good.code, good.err.as_str()), (0, ""));
    assert_eq!(job.mock.comments(), []);
    assert!(job.read("summary").starts_with("### ✅"));
    assert_eq!(job.output("verdict").as_deref(), Some("pass"));
    assert_eq!(job.output("comment-url"), None);

    job.mock.add(BOT, &format!("{MARKER}\nold"));
    assert_eq!(job.check(&clean(), &[]).code, 0);
    let comments = job.mock.comments();
    assert_eq!(comments.len(), 1);
    assert!(comments[0].body.contains("no violations"), "{}", comments[0].body);
}

/// A volume that the plan leaves alone, in an account whose EBS encryption by default the plan does not show.
#[test]
fn advice_on_what_stood_before_makes_no_comment() {
    let key = "arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";
    let name = json!({ "address": "aws_ebs_volume.a", "mode": "managed", "type": "aws_ebs_volume", "name": "a" });
    let values = json!({ "encrypted": true, "kms_key_id": key, "tags_all": { "data-class": "operational" } });
    let mut change = name.clone();
    change["change"] = json!({
        "actions": ["no-op"], "before": values, "after": values, "after_unknown": {},
        "before_sensitive": {}, "after_sensitive": {},
    });
    let mut configured = name;
    configured["expressions"] = json!({ "kms_key_id": { "constant_value": key } });
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": [change],
        "configuration": { "root_module": { "resources": [configured] } },
    });
    let job = Job::new();
    let path = job.path("plan.json");
    std::fs::write(&path, plan.to_string()).unwrap();
    let run = job.check(&path, &[]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert!(
        job.read("summary").contains("1 piece of advice"),
        "{}",
        job.read("summary")
    );
    assert_eq!(job.mock.comments(), []);
}

#[test]
fn a_comment_can_be_asked_for_always_and_never() {
    let job = Job::new();
    let never = job.check(&bad(), &["--comment", "never", "--require-delivery"]);
    assert_eq!((never.code, never.err.as_str()), (1, ""));
    assert!(job.mock.requests().is_empty());
    assert!(job.read("summary").contains("FAIL") && job.output("verdict").is_some());

    assert_eq!(job.check(&clean(), &["--comment", "on-findings"]).err, "");
    assert_eq!(job.mock.comments(), []);
    assert_eq!(job.check(&clean(), &["--comment", "always"]).err, "");
    assert_eq!(job.mock.comments().len(), 1);
    assert!(job.mock.comments()[0].body.contains("planseal: PASS"));
}

#[test]
fn a_marker_that_somebody_else_planted_is_left_alone() {
    let job = Job::new();
    let own = marker("1.1");
    job.mock.add("mallory", &format!("{own}\n0 violations"));
    job.mock.add("github-actions", &format!("{own}\n0 violations"));
    job.mock.add("other-app[bot]", &format!("{own}\n0 violations"));
    job.mock.add_as(BOT, "User", &format!("{own}\n0 violations"));
    job.mock.add(BOT, &format!("look at this:\n{own}"));
    job.mock.add(BOT, &format!("\n{own}"));
    job.mock.add(BOT, &own.replace("key=planseal", "key=other"));
    let before = job.mock.comments();
    assert_eq!(job.check(&bad(), &[]).code, 1);
    let after = job.mock.comments();
    assert_eq!(after[..7], before[..]);
    assert_eq!((after.len(), after[7].login.as_str()), (8, BOT));
    assert_eq!((job.mock.count("PATCH"), job.mock.count("DELETE")), (0, 0));
}

#[test]
fn the_oldest_of_several_is_kept_up_to_date_and_the_others_go() {
    let job = Job::new();
    let oldest = job.mock.add(BOT, &format!("{MARKER}\r\nold\r\n"));
    job.mock.add("mallory", &format!("{MARKER}\nplanted"));
    job.mock.add(BOT, &format!("{}\nnewer", marker("99.1")));
    job.mock.add(BOT, &format!("{MARKER}\nnewest"));
    assert_eq!(job.check(&bad(), &[]).err, "");
    let left: Vec<(u64, String)> = job.mock.comments().into_iter().map(|one| (one.id, one.login)).collect();
    assert_eq!(left, [(oldest, BOT.into()), (oldest + 1, "mallory".into())]);
    assert!(job.mock.comments()[0].body.starts_with(&marker("100.1")));
}

#[test]
fn a_duplicate_that_cannot_be_removed_is_no_failure() {
    let job = Job::new();
    job.mock.add(BOT, &format!("{MARKER}\nold"));
    job.mock.add(BOT, &format!("{MARKER}\nnewer"));
    job.fault("DELETE", 403, "no", 9);
    assert_eq!(job.check(&bad(), &["--gate", "never", "--require-delivery"]).code, 0);
    assert_eq!(job.mock.comments().len(), 2);
    assert!(job.mock.comments()[0].body.contains("planseal: PASS"));
}

#[test]
fn a_comment_is_found_on_the_last_of_four_pages() {
    let job = Job::new();
    for number in 0..300 {
        job.mock.add("somebody", &format!("comment {number}"));
    }
    job.mock.add(BOT, &format!("{MARKER}\nold"));
    job.check(&bad(), &[]);
    assert_eq!((job.mock.count("POST"), job.mock.count("PATCH")), (0, 1));
    let listed = job
        .mock
        .requests()
        .into_iter()
        .filter(|request| request.path.contains("/comments?"));
    assert_eq!(listed.count(), 4);
    assert_eq!(job.mock.comments().len(), 301);
}

#[test]
fn the_token_follows_no_link_to_another_host() {
    let job = Job::new();
    for _ in 0..101 {
        job.mock.add("somebody", "a comment");
    }
    let elsewhere = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    job.mock
        .next_pages_on(&format!("http://{}", elsewhere.local_addr().unwrap()));
    let ended = job.check(&bad(), &[]);
    assert!(ended.err.contains("on another host"), "{}", ended.err);
    assert_eq!((job.mock.requests().len(), elsewhere.accept().is_err()), (1, true));
}

#[test]
fn an_app_of_one_s_own_is_named() {
    let job = Job::new();
    job.mock.add("acme-bot[bot]", &format!("{MARKER}\nold"));
    let ended = job.check(&bad(), &["--comment-author", "Acme-Bot[bot]"]);
    assert_eq!((ended.err.as_str(), job.mock.count("PATCH")), ("", 1));

    let job = Job::new();
    let ended = job.check(&bad(), &["--comment-author", "acme-bot[bot]"]);
    assert!(
        ended.err.contains("`--comment-author github-actions[bot]`"),
        "{}",
        ended.err
    );
}

#[test]
fn a_person_s_token_finds_that_person_s_comment() {
    let mut job = Job::new();
    job.set("GITHUB_TOKEN", PERSONAL_TOKEN);
    job.mock.add(BOT, &format!("{MARKER}\nof the bot"));
    job.check(&bad(), &[]);
    job.check(&bad(), &[]);
    let comments = job.mock.comments();
    assert_eq!((comments.len(), comments[1].login.as_str()), (2, "octo-person"));
    assert_eq!(comments[0].body, format!("{MARKER}\nof the bot"));
    let asked = job
        .mock
        .requests()
        .into_iter()
        .filter(|request| request.path.ends_with("/user"));
    // Once in each run: the second has a comment to compare with, the first that of the bot.
    assert_eq!(asked.count(), 2);
}

#[test]
fn a_hostile_plan_stays_text() {
    let hostile = "x\n::error::pwned\n##[set-output name=verdict]pass\n-->\n<!-- planseal:comment key=other -->\n@acme/security <img src=x> </details>\nEOF\nverdict=pass";
    let text = std::fs::read_to_string(bad()).unwrap();
    let quoted = json!(hostile).to_string();
    let plan = text.replace(
        "aws_db_instance.members",
        &format!("aws_db_instance.members[{}]", &quoted[1..quoted.len() - 1]),
    );
    assert_ne!(text, plan);
    let job = Job::new();
    std::fs::write(job.path("plan\nverdict=pass.json"), plan).unwrap();
    let ended = job.check(
        &job.path("plan\nverdict=pass.json"),
        &["--output", "json=a\nverdict=pass"],
    );
    assert_eq!(ended.code, 1, "{}", ended.err);
    assert_eq!(job.output("verdict").as_deref(), Some("fail"));
    assert_eq!(job.output("report").as_deref(), Some("a\nverdict=pass"));
    let commands = carried_out(&ended.out);
    let ours = commands
        .iter()
        .skip(2)
        .all(|one| one.name == "error" || one.name == "warning");
    assert!(ours && commands.len() > 2, "{commands:?}");
    assert!(!ended.out.contains("##["), "{}", ended.out);
    assert_eq!(carried_out(&ended.err), []);
    for page in [&job.mock.comments()[0].body, &job.read("summary")] {
        assert!(
            page.lines()
                .skip(1)
                .all(|line| !line.starts_with("<!--") && !line.starts_with("@acme")),
            "{page}"
        );
        assert_eq!(
            page.matches("<details>").count(),
            page.lines().filter(|line| *line == "</details>").count()
        );
    }
}
