//! Nothing secret leaves, in no format.

use super::{Run, bytes, check, check_fed, folder, history, text};

/// The password of the database in `testdata/history`, a constant of its configuration.
const SECRET: &str = "not-a-secret-only-a-test";

/// A rule that looks at the password itself, so that it is evidence, a value in the message and one that is required.
const NOSY: &str = "\
id: password-too-plain
title: The password is too plain
severity: high
resources: [aws_db_instance]
require: { path: $.password, equals: something-better }
message: '`{{address}}` has the password {{value}}, not {{required}}.'
why: It can be guessed.
fix: '# {{value}}'
reference: https://example.com/passwords
";

const FORMATS: [&str; 6] = ["text", "markdown", "json", "sarif", "junit", "html"];

/// Those that show what was looked at.
const SHOWING: [&str; 4] = ["text", "markdown", "json", "html"];

fn assert_silent(run: &Run, what: &str) {
    for (stream, printed) in [("standard output", &run.out), ("standard error", &run.err)] {
        assert!(
            !printed.contains(SECRET),
            "{what}: the password is on {stream}\n{printed}"
        );
    }
}

#[test]
fn the_plans_do_hold_the_password() {
    let holding = history()
        .iter()
        .filter(|plan| String::from_utf8(bytes(plan)).unwrap().contains(SECRET))
        .count();
    assert!(holding >= 10, "{holding}");
}

#[test]
fn no_format_of_any_plan_shows_the_password() {
    let files = folder(&[]);
    for plan in history() {
        let paths = FORMATS.map(|format| (format, files.path().join(format)));
        let outputs = paths.clone().map(|(format, path)| format!("{format}={}", text(&path)));
        let mut arguments = vec![plan.as_str(), "--verbose"];
        arguments.extend(outputs.iter().flat_map(|output| ["--output", output.as_str()]));
        assert_silent(&check(&arguments), &plan);
        for (format, path) in paths {
            let written = std::fs::read_to_string(path).unwrap();
            assert!(
                !written.is_empty() && !written.contains(SECRET),
                "{plan} as {format}\n{written}"
            );
        }
    }
}

#[test]
fn a_rule_that_asks_for_the_password_is_answered_without_it() {
    let policy = folder(&[("rule.yaml", NOSY.as_bytes())]);
    let mut answered = 0;
    for plan in history() {
        for format in FORMATS {
            let run = check(&[&plan, "--policy", text(policy.path()), "--verbose", "--format", format]);
            answered += run.out.matches("password-too-plain").count();
            assert_silent(&run, &plan);
        }
    }
    assert!(answered >= 30, "the rule looks at something: {answered}");
}

/// A document is named in parts: the names of the statements in which something was found.
#[test]
fn no_part_of_a_sensitive_policy_is_shown() {
    const NAME: &str = "NotASecretOnlyATest";
    let plan = "testdata/kms-key-policies/plan.json";
    assert!(String::from_utf8(bytes(plan)).unwrap().contains(NAME));
    for format in FORMATS {
        let run = check(&[plan, "--verbose", "--format", format]);
        assert!(run.out.contains("aws_kms_key.sensitive"), "{}", run.out);
        assert!(run.out.contains("FromAVariable"), "others are named: {}", run.out);
        assert!(!run.out.contains(NAME) && !run.err.contains(NAME), "{}", run.out);
    }
}

/// That a function has variables is what is asked; what they hold is nobody's business.
#[test]
fn the_variables_of_a_function_are_not_shown() {
    let plan = "testdata/catalog-lambda/plan.json";
    assert!(String::from_utf8(bytes(plan)).unwrap().contains("\"STAGE\""));
    for format in FORMATS {
        let run = check(&[plan, "--verbose", "--format", format]);
        let shown = run.out.contains("environment[0].variables");
        assert_eq!(shown, SHOWING.contains(&format), "{}", run.out);
        assert!(!run.out.contains("STAGE"), "{}", run.out);
    }
}

/// A rule names parts of a document; the rest of it may hold a password that nobody marked.
#[test]
fn what_else_stands_in_a_document_is_not_shown() {
    let mut plan: serde_json::Value = serde_json::from_slice(&bytes("testdata/in-transit/efs/plan.json")).unwrap();
    let changes = plan["resource_changes"].as_array_mut().unwrap();
    let job = |change: &&mut serde_json::Value| change["address"] == "aws_batch_job_definition.plain";
    let properties = &mut changes.iter_mut().find(job).unwrap()["change"]["after"]["container_properties"];
    let mut container: serde_json::Value = serde_json::from_str(properties.as_str().unwrap()).unwrap();
    container["environment"] = serde_json::json!([{ "name": "PASSWORD", "value": SECRET }]);
    *properties = container.to_string().into();
    let document = serde_json::to_vec(&plan).unwrap();
    for format in FORMATS {
        let run = check_fed(&["-", "--verbose", "--format", format], &document);
        assert!(run.out.contains("aws_batch_job_definition.plain"), "{}", run.out);
        assert_silent(&run, format);
    }
}

#[test]
fn a_damaged_plan_is_not_quoted_around_the_password() {
    let plan = String::from_utf8(bytes("testdata/history/00-create.json")).unwrap();
    let at = plan.find(SECRET).unwrap();
    let cut = &plan[..at + SECRET.len()];
    let with_garbage = plan.replacen(SECRET, &format!("{SECRET}\"\u{1}"), 1);
    let without_a_brace = plan.replacen(&format!("\"{SECRET}\""), &format!("\"{SECRET}\"}}}}}}"), 1);
    for damaged in [cut, &with_garbage, &without_a_brace] {
        let run = check_fed(&["-"], damaged.as_bytes()).exits(2);
        assert_silent(&run, &damaged[damaged.len() - 40..]);
    }
}

/// A plan as Terraform before 0.15 wrote it: nothing in it is marked as sensitive.
fn without_marks(plan: &str) -> serde_json::Value {
    let mut document: serde_json::Value = serde_json::from_slice(&bytes(plan)).unwrap();
    for change in document["resource_changes"].as_array_mut().into_iter().flatten() {
        let change = change["change"].as_object_mut().unwrap();
        change.remove("before_sensitive");
        change.remove("after_sensitive");
    }
    document["terraform_version"] = "0.14.11".into();
    document["format_version"] = "0.1".into();
    document
}

#[test]
fn a_plan_without_marks_does_not_show_the_password_either() {
    let policy = folder(&[("rule.yaml", NOSY.as_bytes())]);
    for plan in history() {
        let mut unmarked = without_marks(&plan);
        for hidden in [false, true] {
            let changes = unmarked["resource_changes"].as_array_mut().into_iter().flatten();
            for change in changes.map(|change| &mut change["change"]).filter(|_| hidden) {
                if change["after"]["password"].is_string() {
                    change["after"]["password"] = serde_json::Value::Null;
                    change["after_unknown"]["password"] = true.into();
                }
            }
            let document = serde_json::to_vec(&unmarked).unwrap();
            for format in FORMATS {
                let arguments = ["-", "--verbose", "--policy", text(policy.path()), "--format", format];
                assert_silent(&check_fed(&arguments, &document), &plan);
            }
        }
    }
}

#[test]
fn a_plan_without_marks_hides_texts_alone() {
    let document = without_marks("testdata/seed-bad/plan.json").to_string();
    let run = check_fed(&["-", "--verbose"], document.as_bytes());
    assert!(run.out.contains("`enable_key_rotation` is `false`"), "{}", run.out);
    assert!(run.out.contains("sse_algorithm = (sensitive value)"), "{}", run.out);
}

/// The wrong file of a folder is easily passed, and the log of a pull request is read by many.
#[test]
fn what_is_no_plan_is_named_without_its_values() {
    let variables = format!("db_password = \"{SECRET}\"\n");
    let environment = format!("export TF_VAR_db_password={SECRET}\n");
    let yaml = format!("db_password: {SECRET}\n");
    let json = format!("\"{SECRET}\"");
    for content in [variables, environment, yaml, json, SECRET.to_owned()] {
        for format in FORMATS {
            let run = check_fed(&["-", "--format", format], content.as_bytes()).exits(2);
            assert_silent(&run, &content);
        }
    }
}

/// A key outside the plan is named as its author names it, unless the name itself is sensitive.
#[test]
fn a_shared_key_whose_name_is_sensitive_is_not_named() {
    const KEY: &str = "key/0b6f5a3e-1111-4222-8333-444455556666";
    let mut plan: serde_json::Value = serde_json::from_slice(&bytes("testdata/key-shapes/plan.json")).unwrap();
    let shared = |run: &Run| {
        run.out
            .contains("protects stores of more than one sensitive data category")
    };
    let said = |plan: &serde_json::Value, format| check_fed(&["-", "--format", format], plan.to_string().as_bytes());
    assert!(said(&plan, "json").out.contains(KEY));
    for change in plan["resource_changes"].as_array_mut().unwrap() {
        if change["address"] == "aws_ebs_volume.literal_arn" {
            change["change"]["after_sensitive"]["kms_key_id"] = true.into();
        }
        if change["address"] == "aws_s3_bucket_server_side_encryption_configuration.literal_arn" {
            change["change"]["after_sensitive"] = true.into();
        }
    }
    for format in FORMATS {
        let run = said(&plan, format);
        assert!(shared(&run), "{format}");
        assert!(!run.out.contains(KEY), "{format}\n{}", run.out);
    }
}

/// A rule that has nothing to say of before shows what stood there beside what will: that may be hidden on one side alone.
#[test]
fn a_text_that_is_hidden_on_one_side_is_shown_on_none() {
    let plan = serde_json::json!({
        "format_version": "0.1", "terraform_version": "0.14.11",
        "configuration": {"root_module": {}},
        "resource_changes": [{
            "address": "aws_db_instance.a", "mode": "managed", "type": "aws_db_instance", "name": "a",
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {
                "actions": ["update"],
                "before": {"password": SECRET, "publicly_accessible": false},
                "after": {"password": null, "publicly_accessible": true}
            }
        }]
    });
    let rule = NOSY.replace(
        "require:",
        "when: { path: $.publicly_accessible, equals: true }\nrequire:",
    );
    let policy = folder(&[("rule.yaml", rule.as_bytes())]);
    for format in FORMATS {
        let arguments = ["-", "--verbose", "--policy", text(policy.path()), "--format", format];
        let run = check_fed(&arguments, plan.to_string().as_bytes());
        assert!(run.out.contains("password-too-plain"), "{}", run.out);
        assert_silent(&run, format);
    }
}
