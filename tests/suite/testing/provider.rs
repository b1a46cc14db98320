//! Policies and test cases against the schema of the providers, word for word.

use std::path::{Path, PathBuf};

use planseal::model::path;
use planseal::policy::load::{Files, Source, is_test_file};
use planseal::policy::uses::Start;
use planseal::policy::yaml::Diagnostics;
use planseal::testing::provider::{self, Schema};

use crate::common::{as_recorded, testdata};

/// What is said of `CASE.yaml` or `CASE.test.yaml` stands in `CASE.expected`.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/provider-bad")
}

fn schema(name: &str) -> Schema {
    let bytes = std::fs::read(testdata().join("provider-schema").join(name)).unwrap();
    Schema::read(bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn few() -> Schema {
    schema("output/few-types.json")
}

/// A policy alone, or a test file alone, by its name.
fn checked(schema: &Schema, file: &str, text: &str) -> Result<(), Diagnostics> {
    let source = Source {
        file: file.to_owned(),
        text: text.to_owned(),
    };
    let (tests, policies): (Vec<Source>, Vec<Source>) = match is_test_file(file) {
        true => (vec![source], vec![]),
        false => (vec![], vec![source]),
    };
    provider::check(schema, &tests, &Files::read(&policies, false), |_| false)
}

fn cases() -> Vec<(String, Diagnostics)> {
    let schema = few();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(name) = file.strip_suffix(".yaml") else {
            continue;
        };
        let text = std::fs::read_to_string(&path).unwrap();
        let errors = checked(&schema, &file, &text).expect_err(name);
        found.push((name.strip_suffix(".test").unwrap_or(name).to_owned(), errors));
    }
    found.sort_by(|left, right| left.0.cmp(&right.0));
    assert!(found.len() >= 20, "tests/provider-bad lost cases: {}", found.len());
    found
}

#[test]
fn what_is_said_of_what_no_provider_has_is_as_recorded() {
    let said = cases().into_iter().map(|(name, errors)| (name, errors.render(false)));
    as_recorded(&folder(), said);
}

#[test]
fn every_error_has_a_place_and_says_what_to_do() {
    for (name, errors) in cases() {
        for error in errors.sorted() {
            assert!(
                error.span.is_known() && error.help.is_some(),
                "{name}: {}",
                error.message
            );
        }
    }
}

fn rule(resources: &str, condition: &str) -> String {
    format!("id: a-rule\ntitle: A rule\nresources: {resources}\nrequire: {condition}\n")
}

#[test]
fn the_documentation_shows_what_is_said() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/testing-policies.md");
    let said = std::fs::read_to_string(folder().join("list-of-blocks-without-star.expected")).unwrap();
    assert!(std::fs::read_to_string(page).unwrap().contains(said.trim()));
}

/// What stands there is found whichever way a path goes to it.
#[test]
fn what_the_provider_has_is_left_alone() {
    let schema = few();
    let bucket = "[aws_s3_bucket_server_side_encryption_configuration]";
    let topic = "[aws_sns_topic]";
    for (resources, condition) in [
        (topic, "{ path: $.kms_master_key_id, set: true }"),
        (topic, "{ path: \"$.tags['team']\", set: true }"),
        (topic, "{ path: $.tags.team, set: true }"),
        (topic, "{ path: \"$.tags[*]\", set: true, for: any }"),
        (topic, "{ path: \"$.tags[?@ == 'x']\", set: true, for: any }"),
        (topic, "{ path: $.lifecycle.prevent_destroy, equals: true }"),
        (
            topic,
            "{ path: $.policy, read_as: iam-policy, for: any, where: { path: $.Nonsense, set: true } }",
        ),
        (topic, "{ path: \"$['name','arn']\", set: true, for: any }"),
        (topic, "{ before: { not: { path: $.name, set: true } } }"),
        (
            topic,
            "{ companion: { type: aws_s3_bucket_policy, join: $.bucket, to: [$.name] } }",
        ),
        ("[aws_sns_*]", "{ path: $.name, set: true }"),
        ("[aws_*]", "{ path: $.saml_options.metadata, set: true }"),
        ("[aws_sns_topic, aws_ebs_volume]", "{ path: $.size, at_least: 1 }"),
        ("[terraform_data]", "{ path: $.input, set: true }"),
        (bucket, "{ path: \"$.rule[0].bucket_key_enabled\", equals: true }"),
        (
            bucket,
            "{ path: \"$.rule[-1:].bucket_key_enabled\", equals: true, for: any }",
        ),
        (bucket, "{ path: \"$.rule..sse_algorithm\", set: true, for: any }"),
        (
            bucket,
            "{ path: \"$.rule[?@.bucket_key_enabled == true && count(@..sse_algorithm) > 0]\", set: true, for: any }",
        ),
        (
            bucket,
            "{ path: \"$.rule[*]\", for: any, where: { path: \"$.apply_server_side_encryption_by_default[*]\", \
          for: every, where: { path: $.sse_algorithm, set: true } } }",
        ),
    ] {
        if let Err(errors) = checked(&schema, "a-rule.yaml", &rule(resources, condition)) {
            panic!("{condition}\n{}", errors.render(false));
        }
    }
}

/// What is said of a policy or a test file, and what to do, where the types of `few` have no such thing.
#[test]
fn shapes_that_few_types_have_are_named_too() {
    let text = "aws_group . resource\naws_group names list(string)\naws_group owner object\naws_group owner.id string\n\
                aws_bare . resource\n";
    let schema = Schema::read(text.into()).unwrap();
    let case = |attribute: &str| {
        format!(
            "rule: kms-rotation-disabled\ncases:\n  - name: a case\n    resources:\n      aws_group.a: {{ {attribute} }}\n    \
             expect: {{ aws_group.a: not-applicable }}\n"
        )
    };
    for (file, text, message, help) in [
        (
            "a.test.yaml",
            case("names: a"),
            "`names` of `aws_group` is a list of strings, and this is the string `a`",
            "write a list: `names: […]`",
        ),
        (
            "a.test.yaml",
            case("owner: a"),
            "`owner` of `aws_group` is one object, and this is the string `a`",
            "write a mapping: `owner: { … }`",
        ),
        (
            "a-rule.yaml",
            rule("[aws_bare]", "{ path: $.name, set: true }"),
            "the schema names `aws_bare`, and none of its attributes",
            "give a schema that has them: the output of `terraform providers schema -json`",
        ),
    ] {
        let errors = checked(&schema, file, &text).unwrap_err();
        let [error] = errors.sorted()[..] else {
            panic!("{}", errors.render(false))
        };
        assert_eq!((error.message.as_str(), error.help.as_deref()), (message, Some(help)));
    }
    let keys = "id: a-rule\ntitle: A rule\neach: key\nrequire: { path: $.description, set: true }\n";
    let errors = checked(&schema, "a-rule.yaml", keys).unwrap_err();
    let [error] = errors.sorted()[..] else {
        panic!("{}", errors.render(false))
    };
    let message = "the schema has none of the types that this is asked of: `aws_kms_external_key`, …";
    let help = "make the schema where Terraform's configuration requires their provider";
    assert_eq!((error.message.as_str(), error.help.as_deref()), (message, Some(help)));
    let start = Start {
        resource_type: "aws_gone".to_owned(),
        base: Vec::new(),
    };
    let trouble = schema
        .follow(&start, &path::Path::parse("$.name").unwrap())
        .unwrap_err();
    assert_eq!(trouble.message, "there is no resource type `aws_gone`");
}

#[test]
fn an_attribute_that_none_of_several_types_has_is_wrong_and_one_that_one_has_is_not() {
    let schema = few();
    let of = |attribute: &str| {
        rule(
            "[aws_sns_topic, aws_ebs_volume]",
            &format!("{{ path: $.{attribute}, set: true }}"),
        )
    };
    for fine in ["size", "fifo_topic", "arn"] {
        assert!(checked(&schema, "a-rule.yaml", &of(fine)).is_ok(), "{fine}");
    }
    let errors = checked(&schema, "a-rule.yaml", &of("sise")).unwrap_err();
    let [error] = errors.sorted()[..] else {
        panic!("{}", errors.render(false))
    };
    assert_eq!(error.help.as_deref(), Some("did you mean `size`?"));
}

/// The extract says of the same types what Terraform's own output says.
#[test]
fn an_extract_and_the_output_that_it_was_made_of_say_the_same() {
    let (few, extract) = (few(), schema("aws-5.100.0.txt"));
    for (resource_type, path, kind) in [
        ("aws_sns_topic", "$.tags", "map(string)"),
        ("aws_sns_topic", "$.tags.team", "string"),
        ("aws_sns_topic", "$.fifo_topic", "bool"),
        (
            "data.aws_kms_key",
            "$.multi_region_configuration[*].primary_key[*].region",
            "string",
        ),
        (
            "aws_s3_bucket_server_side_encryption_configuration",
            "$.rule",
            "set(block)",
        ),
        (
            "aws_s3_bucket_server_side_encryption_configuration",
            "$.rule[*]",
            "block",
        ),
    ] {
        let start = Start {
            resource_type: resource_type.to_owned(),
            base: Vec::new(),
        };
        let path = path::Path::parse(path).unwrap();
        for (name, schema) in [("output", &few), ("extract", &extract)] {
            let found = schema
                .follow(&start, &path)
                .unwrap_or_else(|trouble| panic!("{name} {path}: {trouble:?}"));
            let kinds: Vec<String> = found
                .iter()
                .filter_map(|one| one.shape())
                .map(ToString::to_string)
                .collect();
            assert_eq!(kinds, [kind], "{name} {resource_type} {path}");
        }
    }
}

#[test]
fn what_is_no_schema_is_refused_by_what_it_is() {
    for (text, said) in [
        (
            "",
            "in the folder of a Terraform configuration, after `terraform init`, run `terraform providers schema -json > schema.json`",
        ),
        ("{}", "it holds no provider; in the folder"),
        (
            r#"{"format_version":"1.0"}"#,
            "where the configuration requires providers",
        ),
        (
            r#"{"format_version":"1.2","resource_changes":[]}"#,
            "it has no `provider_schemas`",
        ),
        ("resource \"x\" \"y\" {}", "it is no JSON"),
        ("{\"provider_schemas\": {", "EOF while parsing"),
        (
            "aws_x . resource\naws_x a string\naws_x b whatever\n",
            "line 3: expected `TYPE PATH KIND`, found `aws_x b whatever`",
        ),
        ("aws_x . resource\naws_x a[*].b string\n", "line 2: expected"),
    ] {
        let error = Schema::read(text.as_bytes().to_vec()).expect_err(text).to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
}

/// PowerShell's `>` writes UTF-16.
#[test]
fn a_schema_is_read_in_utf_16() {
    let text = std::fs::read_to_string(testdata().join("provider-schema/output/few-types.json")).unwrap();
    let bytes = [0xff, 0xfe]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert!(Schema::read(bytes).unwrap().has_type("aws_sns_topic"));
}
