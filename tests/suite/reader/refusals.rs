//! What the reader refuses, and what it says.

use planseal::plan::{Refusal, Wanted, read};

fn refusal_of(bytes: &[u8]) -> Refusal {
    let mut results = read(bytes.to_vec(), &Wanted::default());
    assert_eq!(results.len(), 1, "{results:?}");
    results.remove(0).unwrap_err()
}

/// Checks the kind and a part of the message.
fn refused(text: &str, kind: &str, part: &str) {
    let refusal = refusal_of(text.as_bytes());
    assert_eq!(refusal.kind(), kind, "{text}: {refusal}");
    let message = refusal.to_string();
    assert!(message.contains(part), "{text}: {message}");
    assert!(!message.ends_with('.') && !message.contains('\n'));
    assert!(!refusal.help().is_empty() && !refusal.help().ends_with('.'));
}

/// A plan with these entries.
fn changes(entries: &str) -> String {
    format!(r#"{{"format_version": "1.2", "resource_changes": [{entries}]}}"#)
}

#[test]
fn nothing() {
    refused("", "empty", "empty");
    refused(" \r\n\t", "empty", "empty");
    refused("\u{feff}", "empty", "empty");
    refused("::debug::stdout: {}\n", "not-json", "starts with `:`");
}

#[test]
fn binary_plans() {
    assert_eq!(refusal_of(b"PK\x03\x04\x14\0\x08\0").kind(), "binary-plan");
    refused("PK\u{3}\u{4}\u{fffd}", "binary-plan", "binary plan");
    refused("PK\u{fffd}\u{fffd}", "mangled-binary-plan", "damaged");
    let utf16: Vec<u8> = "\u{feff}PK\u{3}\u{4}\u{14}"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(refusal_of(&utf16).kind(), "mangled-binary-plan");
    assert_eq!(refusal_of(&utf16[2..]).kind(), "mangled-binary-plan");
}

#[test]
fn bytes_that_are_no_text() {
    assert_eq!(refusal_of(b"{\"a\": \"\xff\"}"), Refusal::NotText { offset: 7 });
    assert_eq!(refusal_of(&[0xff, 0xfe, 0, 0, b'{', 0, 0, 0]).kind(), "utf-32");
    assert_eq!(refusal_of(&[0x1f, 0x8b, 8]).kind(), "gzip");
    assert_eq!(
        refusal_of(&[0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]).kind(),
        "gzip"
    );
}

#[test]
fn other_output_of_terraform() {
    refused(
        "{\"@level\":\"info\",\"@message\":\"x\"}\n{\"@level\":\"info\"}",
        "event-stream",
        "terraform plan -json",
    );
    refused(
        "\nTerraform used the selected providers to generate",
        "plan-text",
        "for people",
    );
    refused(
        "\u{1b}[1m  # aws_x.y\u{1b}[0m will be created",
        "plan-text",
        "for people",
    );
    refused(
        "No changes. Your infrastructure matches the configuration.",
        "plan-text",
        "for people",
    );
    refused("╷\n│ Error: no such file\n", "error-text", "Error: no such file");
    refused("resource \"aws_x\" \"y\" {\n}\n", "hcl", "Terraform code");
    refused("terraform {\n}\n", "hcl", "Terraform code");
    refused("plans/prod.json\n", "path", "`plans/prod.json`");
    refused("2024-01-01 plan\n", "not-json", "starts with `2`");
    refused("[INFO] plan\n", "not-json", "starts with `[`");
    refused("hello \u{1b}world", "not-json", "starts with `h`");
}

#[test]
fn broken_json() {
    refused("{\n \"a\": 1,\n}", "syntax", "line 3, column 1");
    refused("{demo:[]}", "syntax", "line 1, column 2");
    refused("{\n // x\n}", "syntax", "line 2, column 2: JSON has no comments");
    refused("{\"format_version\": \"1.0\", \"ä\": +}", "syntax", "line 1, column 32");
    refused("{\"format_version\": \"1.0\",\n", "truncated", "byte 25");
    refused("{\"format_version\": \"1.0\"} x", "trailing", "line 1, column 27: `x`");
    refused("{\"format_version\": \"1.0\"}\n}", "trailing", "line 2, column 1");
}

#[test]
fn a_broken_second_document_keeps_the_first() {
    let one = changes("");
    let results = read(format!("{one}\n{{\"a\": }}").into_bytes(), &Wanted::default());
    let [Ok(_), Err(refusal)] = results.as_slice() else {
        panic!("{results:?}");
    };
    assert_eq!(refusal.to_string(), "invalid JSON at line 2, column 7: expected value");
}

#[test]
fn errors_in_parts_that_waited_have_the_place_in_the_whole() {
    let mut wanted = Wanted::default();
    wanted.want("aws_x", "a");
    let text = "{\n\"resource_changes\": [\n{\"change\":\n {\"after\": {\"a\": 1e999}},\n \"type\": \"aws_x\"}]}";
    let refusal = read(text.as_bytes().to_vec(), &wanted).remove(0).unwrap_err();
    assert_eq!(refusal.kind(), "syntax");
    assert!(refusal.to_string().contains("line 4, column 2"), "{refusal}");
    let text = text.replace("1e999}", "1}, \"after\": 1");
    refused(
        &text,
        "duplicate-key",
        "`after` occurs twice in one object, at line 4, column 22",
    );
}

#[test]
fn damaged_characters_in_utf16() {
    let text = "{\"a\": \"\u{ac00}, \"b\": 1}";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let refusal = refusal_of(&bytes);
    assert_eq!(refusal.kind(), "mojibake");
    assert!(refusal.help().contains("PowerShell"));
}

#[test]
fn too_deep() {
    let deep = format!("{}1{}", "{\"a\":[".repeat(200), "]}".repeat(200));
    let text = format!("{{\"format_version\": \"1.0\", \"variables\": {{\"a\": {{\"value\": {deep}}}}}}}");
    refused(&text, "too-deep", "line 1");
}

#[test]
fn too_deep_configuration() {
    let blocks = format!("{}{{}}{}", "{\"a\":[".repeat(200), "]}".repeat(200));
    let call = format!("{{\"module_calls\": {{\"m\": {{\"expressions\": {{\"b\": {blocks}}}}}}}}}");
    let modules = format!(
        "{}{{}}{}",
        "{\"module_calls\":{\"m\":{\"module\":".repeat(200),
        "}}}".repeat(200)
    );
    for root in [call, modules] {
        let text = format!("{{\"format_version\": \"1.0\", \"configuration\": {{\"root_module\": {root}}}}}");
        refused(&text, "too-deep", "line 1");
    }
    let skipped = format!("{{\"format_version\": \"1.0\", \"planned_values\": {blocks}}}");
    assert!(read(skipped.into_bytes(), &Wanted::default())[0].is_ok());
}

#[test]
fn a_log_of_other_json_is_not_read_to_its_end() {
    let results = read("{\"a\": 1}\n".repeat(1000).into_bytes(), &Wanted::default());
    assert_eq!(results.len(), 20);
}

#[test]
fn duplicate_keys_of_the_structure() {
    refused(
        "{\"a\": 1,\n\"a\": 2}",
        "duplicate-key",
        "`a` occurs twice in one object, at line 2",
    );
    let entry = r#"{"address": "a.b", "type": "a", "name": "b", "change": {"actions": ["no-op"]}"#;
    refused(
        &changes(&format!("{entry}, \"type\": \"c\"}}")),
        "duplicate-key",
        "`type`",
    );
    refused(
        &changes(r#"{"change": {"actions": [], "actions": []}}"#),
        "duplicate-key",
        "`actions`",
    );
    for configuration in [
        r#"{"root_module": {}, "root_module": {}}"#,
        r#"{"root_module": {"outputs": {"o": {}, "o": {}}}}"#,
        r#"{"root_module": {"module_calls": {"m": {"expressions": {"a": {"b": {}, "b": {}}}}}}}"#,
        r#"{"provider_config": {"aws": {"expressions": {"x": 1, "x": 2}}}}"#,
    ] {
        let text = format!("{{\"format_version\": \"1.0\", \"configuration\": {configuration}}}");
        refused(&text, "duplicate-key", "occurs twice");
    }
}

#[test]
fn json_that_is_no_plan() {
    refused("{}", "empty-object", "empty object");
    refused(r#"{"format_version": "1.0"}"#, "empty-state", "empty state");
    refused(r#"{"format_version": "1.0", "values": {}}"#, "state", "a state");
    refused(
        r#"{"version": 4, "terraform_version": "1.0.0", "serial": 1, "lineage": "x", "resources": []}"#,
        "raw-state",
        "state file",
    );
    refused(
        r#"{"version": 3, "terraform_version": "0.11.0", "modules": []}"#,
        "raw-state",
        "state file",
    );
    refused(
        r#"{"remote_plan_format": 1, "run_id": "x"}"#,
        "cloud-bookmark",
        "bookmark",
    );
    refused(r#"{"global": {"tfplan": {}}}"#, "sentinel-mock", "Sentinel");
    refused(
        r#"{"format_version": "1.0", "provider_schemas": {}}"#,
        "other-tool",
        "`provider_schemas`",
    );
    refused(r#"{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}"#, "other-json", "`d`, …");
    refused("[{}]", "other-json", "an array");
    refused("null", "other-json", "null");
    refused("\"x\"", "other-json", "a string");
    refused("-1.5", "other-json", "a number");
}

#[test]
fn versions() {
    refused(
        r#"{"resource_changes": []}"#,
        "format-version-missing",
        "no `format_version`",
    );
    refused(
        r#"{"format_version": 1, "resource_changes": []}"#,
        "format-version-malformed",
        "a number",
    );
    for version in ["2.0", "10.0", "", "x", "-1"] {
        let text = format!(r#"{{"format_version": "{version}", "resource_changes": []}}"#);
        refused(&text, "format-version-unsupported", version);
    }
    for version in ["0.1", "1", "1.99"] {
        let text = format!(r#"{{"format_version": "{version}", "resource_changes": []}}"#);
        assert!(read(text.into_bytes(), &Wanted::default())[0].is_ok());
    }
}

#[test]
fn failed_plans() {
    refused(
        r#"{"format_version": "1.2", "resource_changes": [], "errored": true}"#,
        "errored",
        "failed",
    );
    refused(
        r#"{"format_version": "1.2", "resource_changes": [], "errored": "true"}"#,
        "malformed-part",
        "`errored` is a string",
    );
    refused(
        r#"{"format_version": "1.2", "resource_changes": [], "complete": 0}"#,
        "malformed-part",
        "`complete` is a number",
    );
    refused(
        r#"{"format_version": "1.2", "resource_changes": [], "deferred_changes": true}"#,
        "malformed-part",
        "`deferred_changes` is a boolean",
    );
}

#[test]
fn changes_that_do_not_follow_the_format() {
    let entry = |members: &str| format!(r#"{{"address": "a.b", "type": "a", "name": "b"{members}}}"#);
    let change = |change: &str| changes(&entry(&format!(", \"change\": {change}")));
    let fine = entry(r#", "change": {"actions": ["no-op"]}"#);
    let second = changes(&format!("{fine}, {}", entry("")));
    refused(
        &second,
        "malformed-change",
        "resource_changes[1] (`a.b`) has no `change`",
    );
    for nothing in ["null", "1", "[]"] {
        refused(&change(nothing), "malformed-change", "has no `change`");
    }
    for actions in ["{}", r#"{"actions": []}"#, r#"{"actions": null}"#] {
        refused(&change(actions), "malformed-change", "has no actions");
    }
    refused(
        &change(r#"{"actions": "create"}"#),
        "malformed-change",
        "a string as `actions`",
    );
    for actions in [
        r#"["destroy"]"#,
        r#"["create", "update"]"#,
        "[1]",
        r#"["no-op", "no-op"]"#,
    ] {
        refused(
            &change(&format!("{{\"actions\": {actions}}}")),
            "unknown-actions",
            "unknown actions",
        );
    }
    refused(&changes("null"), "malformed-change", "resource_changes[0] is null");
    refused(&changes("{}"), "malformed-change", "has no `address`");
    refused(
        &changes(r#"{"address": 1}"#),
        "malformed-change",
        "a number as `address`",
    );
    refused(&changes(r#"{"address": "a.b"}"#), "malformed-change", "has no `type`");
    refused(
        &changes(&entry(", \"mode\": \"x\"")),
        "malformed-change",
        "unknown mode `x`",
    );
    refused(&changes(&entry(", \"index\": -1")), "malformed-change", "as `index`");
}

#[test]
fn parts_of_another_shape() {
    for (part, value, message) in [
        ("resource_changes", "{}", "is an object and not an array"),
        ("configuration", "[]", "is an array and not an object"),
        ("prior_state", "1", "is a number and not an object"),
        ("variables", "true", "is a boolean and not an object"),
        (
            "configuration",
            r#"{"root_module": {"resources": [{"mode": "managed"}]}}"#,
            "without `type`",
        ),
        (
            "configuration",
            r#"{"root_module": {"resources": [1]}}"#,
            "a number as a resource",
        ),
        (
            "prior_state",
            r#"{"values": {"root_module": {"resources": [{"mode": "data"}]}}}"#,
            "without `address`",
        ),
    ] {
        let text = format!(r#"{{"format_version": "1.2", "{part}": {value}}}"#);
        let text = if matches!(part, "variables") {
            text.replace("\"variables\"", "\"planned_values\": {}, \"variables\"")
        } else {
            text
        };
        refused(&text, "malformed-part", message);
    }
    let text = r#"{"format_version": "1.2", "resource_changes": null, "configuration": null, "prior_state": null, "variables": null, "errored": null}"#;
    assert!(read(text.as_bytes().to_vec(), &Wanted::default())[0].is_ok());
}
