//! Where the report says that a finding stands.

use super::{Copy, check_in};

/// The line of a text in a file.
fn line(copy: &Copy, file: &str, text: &str) -> usize {
    let content = std::fs::read_to_string(copy.path().join(file)).unwrap();
    content.lines().position(|line| line.contains(text)).unwrap() + 1
}

fn run(copy: &Copy, arguments: &[&str]) -> super::Run {
    std::fs::copy(&copy.plan, copy.path().join("plan.json")).unwrap();
    check_in(copy.path(), &[&["plan.json"], arguments].concat())
}

#[track_caller]
fn stands(copy: &Copy, rule: &str, address: &str, file: &str, line: usize) {
    let report = run(copy, &["--format", "json"]).report();
    let found = report
        .findings
        .iter()
        .find(|one| one.rule == rule && one.address.as_deref() == Some(address));
    let location = found
        .unwrap_or_else(|| panic!("no {rule} on {address}"))
        .location
        .clone()
        .unwrap();
    assert_eq!((location.file.as_str(), location.line), (file, line), "{address}");
    let place = format!("{file}:{line}");
    for (format, more) in [("text", &["--verbose"][..]), ("markdown", &[])] {
        let out = run(copy, &[&["--format", format], more].concat()).out;
        assert!(out.contains(&place), "{format}: no {place} in\n{out}");
    }
}

#[test]
fn at_the_companion_that_decides() {
    let copy = Copy::of("seed-bad");
    let companion = "resource \"aws_s3_bucket_server_side_encryption_configuration\" \"exports\"";
    let rule = line(&copy, "main.tf", companion) + 3;
    stands(&copy, "key-category-mismatch", "aws_s3_bucket.exports", "main.tf", rule);
}

#[test]
fn in_the_root_in_modules_and_for_instances() {
    let copy = Copy::of("keys-through-modules");
    let minimum = "at-rest-below-minimum";
    let topic = line(&copy, "modules/plain/main.tf", "kms_master_key_id");
    stands(
        &copy,
        minimum,
        "module.null_passed.aws_sns_topic.this",
        "modules/plain/main.tf",
        topic,
    );
    let keyed = line(&copy, "main.tf", "kms_key_id = module.kms_by_class[each.key]");
    stands(
        &copy,
        "key-outside-hierarchy",
        "aws_cloudwatch_log_group.by_class[\"audit-logs\"]",
        "main.tf",
        keyed,
    );
    let nested = line(&copy, "modules/data/store/main.tf", "resource \"aws_db_instance\"");
    let address = "module.data.module.store.aws_db_instance.people";
    stands(
        &copy,
        "rds-deletion-protection-disabled",
        address,
        "modules/data/store/main.tf",
        nested,
    );
}

#[test]
fn in_a_module_from_a_registry() {
    let copy = Copy::of("keys-through-modules");
    let text = std::fs::read_to_string(copy.path().join("main.tf")).unwrap();
    copy.write(
        "main.tf",
        text.replace("\"./modules/plain\"", "\"example.com/x/plain\""),
    );
    std::fs::create_dir_all(copy.path().join(".terraform/modules")).unwrap();
    std::fs::rename(
        copy.path().join("modules/plain"),
        copy.path().join(".terraform/modules/null"),
    )
    .unwrap();
    let manifest = r#"{"Modules": [{"Key": "null_passed", "Dir": ".terraform/modules/null"}, {"Key": "null_by_default", "Dir": ".terraform\\modules\\null"}]}"#;
    copy.write(".terraform/modules/modules.json", manifest);
    let file = ".terraform/modules/null/main.tf";
    let topic = line(&copy, file, "kms_master_key_id");
    for call in ["null_passed", "null_by_default"] {
        let address = format!("module.{call}.aws_sns_topic.this");
        stands(&copy, "at-rest-below-minimum", &address, file, topic);
    }
}

#[test]
fn in_a_file_in_json_syntax() {
    let copy = Copy::of("source-forms");
    let text = std::fs::read_to_string(copy.path().join("modules/json/main.tf.json")).unwrap();
    copy.write(
        "modules/json/main.tf.json",
        text.replace("\"kms_key_id\": \"${var.key}\"", "\"kms_key_id\": null"),
    );
    // Another source than the plan's own says nothing.
    let report = run(&copy, &["--format", "json"]).report();
    assert!(report.findings.iter().all(|finding| finding.location.is_none()));
    let plan = std::fs::read_to_string(&copy.plan).unwrap();
    let from = "\"kms_key_id\":{\"constant_value\":\"${var.key}\",\"references\":[\"var.key\"]}";
    assert!(plan.contains(from));
    copy.write(
        "edited.json",
        plan.replace(from, "\"kms_key_id\":{\"constant_value\":null}")
            .replace("\"kms_key_id\":true,", ""),
    );
    let report = check_in(copy.path(), &["edited.json", "--format", "json"]).report();
    let address = "module.json.aws_cloudwatch_log_group.this";
    let found = report
        .findings
        .iter()
        .find(|one| one.address.as_deref() == Some(address));
    let location = found.unwrap().location.clone().unwrap();
    assert_eq!(
        (location.file.as_str(), location.line),
        ("modules/json/main.tf.json", 7)
    );
}

#[cfg(unix)]
#[test]
fn hostile_names_of_files_do_no_harm() {
    let copy = Copy::of("keys-through-modules");
    let name = "a`<img src=x>@all #1 [x](y)\u{1b}[31m\n::warning::.tf";
    std::fs::rename(
        copy.path().join("modules/plain/main.tf"),
        copy.path().join("modules/plain").join(name),
    )
    .unwrap();
    let report = run(&copy, &["--format", "json"]).report();
    let address = Some("module.null_passed.aws_sns_topic.this");
    let found = report.findings.iter().find(|one| one.address.as_deref() == address);
    assert!(found.unwrap().location.clone().unwrap().file.ends_with(name));
    let text = run(&copy, &["--format", "text", "--verbose"]).out;
    assert!(!text.contains('\u{1b}') && !text.contains("\n::warning::"), "{text}");
    let markdown = run(&copy, &["--format", "markdown"]).out;
    assert!(
        !markdown.contains('\u{1b}') && !markdown.contains("\n::warning::"),
        "{markdown}"
    );
    // What it names stands in code alone: neither an image nor a link nor a mention comes of it.
    let html = comrak::markdown_to_html(&markdown, &crate::render::support::markdown::options());
    assert!(!html.contains("<img") && !html.contains("href=\"y\""), "{html}");
}
