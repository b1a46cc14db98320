//! A source counts only where it is the one that the plan was made of.

use super::{Copy, agrees};
use crate::common;

#[test]
fn every_configuration_of_testdata_is_the_one_of_its_plan() {
    let mut wrong = Vec::new();
    for path in common::plans() {
        if let Err(disagreement) = agrees(&path, &common::source_of(&path)) {
            wrong.push(format!("{}: {disagreement}", common::label(&path)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Edits a copy of a fixture's configuration, and asserts what is said of it.
#[track_caller]
fn stale(fixture: &str, file: &str, from: &str, to: &str, says: &str) {
    let copy = Copy::of(fixture);
    copy.edit(file, from, to);
    let said = copy.differs().unwrap_or_else(|| panic!("`{to}` is not noticed"));
    assert!(said.contains(says), "{said}");
}

/// `testdata/source-forms/main.tf`
#[track_caller]
fn stale_form(from: &str, to: &str, says: &str) {
    stale("source-forms", "main.tf", from, to, says);
}

#[test]
fn a_copy_agrees_until_it_is_edited() {
    for fixture in ["source-forms", "keys-through-modules"] {
        assert_eq!(Copy::of(fixture).differs(), None, "{fixture}");
    }
}

#[test]
fn another_reference() {
    stale_form(
        "kms_master_key_id = local.key",
        "kms_master_key_id = aws_kms_key.this.arn",
        "`aws_sns_topic.by_local.kms_master_key_id` refers to `aws_kms_key.this.arn` there, and to `local.key` in the plan",
    );
    stale_form(
        "each.value[\"from\"]",
        "each.value[\"to\"]",
        "terraform_data.indexes.input",
    );
    stale_form("local.names[-1]", "local.names[1]", "terraform_data.indexes.input");
    stale_form("local.nested.0.a", "local.nested.1.a", "terraform_data.indexes.input");
    stale_form(
        "${aws_vpc.this.arn}",
        "${aws_vpc.this.id}",
        "terraform_data.templates.input",
    );
    // In one of several blocks that Terraform lists as one attribute.
    stale_form(
        "from ${path.module}",
        "from ${path.root}",
        "aws_security_group.blocks.ingress",
    );
    // In a nested block.
    stale_form(
        "resources = [local.key]",
        "resources = [aws_kms_key.this.arn]",
        "data.aws_iam_policy_document.this.statement.resources",
    );
    stale(
        "source-forms",
        "override.tf",
        "local.names[0]",
        "local.names[1]",
        "aws_db_parameter_group.mixed.parameter.value",
    );
    stale(
        "source-forms",
        "more.tf.json",
        "${local.json_key}",
        "${local.key}",
        "aws_sns_topic.by_json.kms_master_key_id",
    );
    // Of a module's argument, in a called module, and in an output.
    stale_form(
        "key      = local.key",
        "key      = aws_kms_key.this.arn",
        "module.plain.key",
    );
    stale(
        "source-forms",
        "modules/plain/main.tf",
        "value = var.key",
        "value = var.settings",
        "module.plain.output.key",
    );
    stale(
        "source-forms",
        "modules/plain/main.tf",
        "each.value",
        "each.key",
        "module.plain.terraform_data.this.input",
    );
    stale(
        "source-forms",
        "more_override.tf",
        "local.key",
        "local.names",
        "output.constant",
    );
}

#[test]
fn another_number_of_instances() {
    stale_form(
        "count = length(local.names)",
        "count = var.position",
        "terraform_data.counted.count",
    );
    stale_form(
        "for_each = var.ports",
        "for_each = local.names",
        "terraform_data.indexes.for_each",
    );
    stale_form(
        "for_each = toset([\"first\", \"second\"])",
        "for_each = local.names",
        "module.plain.for_each",
    );
    stale_form("count = length(local.names)", "", "terraform_data.counted.count");
}

#[test]
fn another_default() {
    stale_form(
        "default = { web = { from = 443 },",
        "default = { web = { from = 80 },",
        "`var.ports` has another default in the plan",
    );
    let store = |from: &str, to: &str, says: &str| {
        stale("resolution/late-defaults", "modules/store/main.tf", from, to, says);
    };
    store(
        "default  = \"shared\"",
        "default  = \"own\"",
        "var.mode` has another default in the plan",
    );
    store(
        "optional(string, \"shared\")",
        "optional(string, \"own\")",
        "var.settings` has another default in the plan",
    );
    store(
        "variable \"settings\"",
        "variable \"setting\"",
        "var.settings` of the plan's configuration is not there",
    );
}

#[test]
fn another_value() {
    stale_form(
        "cidr_block = \"10.0.0.0/16\"",
        "cidr_block = \"10.0.1.0/16\"",
        "`aws_vpc.this.cidr_block` has another value in the plan",
    );
    stale_form(
        "enable_key_rotation     = true",
        "enable_key_rotation     = false",
        "aws_kms_key.this.enable_key_rotation",
    );
    stale_form(
        "deletion_window_in_days = 30",
        "deletion_window_in_days = 7",
        "aws_kms_key.this.deletion_window_in_days",
    );
    stale_form(
        "data-class = \"operational\"",
        "data-class = \"public\"",
        "aws_kms_key.this.tags",
    );
    stale(
        "source-forms",
        "more.tf.json",
        "\"value\": \"all\"",
        "\"value\": \"none\"",
        "aws_db_parameter_group.by_json.parameter.value",
    );
    stale_form(
        "name = \"passed\"",
        "name = \"other\"",
        "`module.passed.name` has another value in the plan",
    );
    // Values are never quoted.
    let copy = Copy::of("source-forms");
    copy.edit(
        "main.tf",
        "cidr_block = \"10.0.0.0/16\"",
        "cidr_block = \"10.0.1.0/16\"",
    );
    assert!(!copy.differs().unwrap().contains("10.0."));
}

#[test]
fn an_argument_or_a_block_more_or_less() {
    stale_form(
        "vpc_id = (aws_vpc.this).id",
        "",
        "`aws_security_group.assigned.vpc_id` of the plan is not set there",
    );
    stale_form(
        "cidr_block = \"10.0.0.0/16\"",
        "cidr_block = \"10.0.0.0/16\"\n  tags = {}",
        "`aws_vpc.this` does not set `tags` in the plan",
    );
    stale_form(
        "    principals {",
        "    principals {\n      type = \"Service\"\n      identifiers = []\n    }\n\n    principals {",
        "the plan has 1 blocks `data.aws_iam_policy_document.this.statement.principals`, and the source 2",
    );
    stale_form(
        "      identifiers = [\"arn:aws:iam::111122223333:root\"]\n",
        "",
        "statement.principals.identifiers",
    );
    stale_form("  key      = local.key\n", "", "module.plain.key");
    stale_form(
        "  name = \"passed\"\n",
        "  name = \"passed\"\n  more = 1\n",
        "`module.passed` does not set `more` in the plan",
    );
    // Another block makes a computed one static.
    stale(
        "source-forms",
        "override.tf",
        "  parameter {",
        "  parameter {\n    name  = \"a\"\n    value = 1\n  }\n\n  parameter {",
        "blocks `aws_db_parameter_group.mixed.parameter`",
    );
}

#[test]
fn a_declaration_more_or_less() {
    let more = |text: &str, says: &str| {
        let copy = Copy::of("source-forms");
        copy.write("added.tf", text);
        assert_eq!(
            copy.differs().as_deref(),
            Some(format!("`{says}` is not in the plan's configuration").as_str())
        );
    };
    more("resource \"aws_vpc\" \"more\" {}\n", "aws_vpc.more");
    more("data \"aws_vpc\" \"more\" {}\n", "data.aws_vpc.more");
    more("module \"more\" {\n  source = \"./modules/plain\"\n}\n", "module.more");
    more("output \"more\" {\n  value = 1\n}\n", "output.more");
    let copy = Copy::of("source-forms");
    copy.write("modules/json/more.tf", "resource \"aws_vpc\" \"more\" {}\n");
    assert_eq!(
        copy.differs().as_deref(),
        Some("`module.json.aws_vpc.more` is not in the plan's configuration")
    );

    let less = |file: &str, kind: &str, name: &str, says: &str| {
        let copy = Copy::of("source-forms");
        copy.edit(
            file,
            &format!("{kind} \"{name}\""),
            &format!("locals_of_{kind} \"{name}\""),
        );
        let differs = copy.differs();
        assert_eq!(
            differs,
            Some(format!("`{says}` of the plan's configuration is not there"))
        );
    };
    less(
        "main.tf",
        "resource \"aws_sns_topic\"",
        "by_local",
        "aws_sns_topic.by_local",
    );
    less(
        "main.tf",
        "data \"aws_iam_policy_document\"",
        "this",
        "data.aws_iam_policy_document.this",
    );
    less("main.tf", "module", "passed", "module.passed");
    less("main.tf", "output", "whole", "output.whole");
    less(
        "modules/passed/main.tf",
        "output",
        "names",
        "module.passed.output.names",
    );
}

#[test]
fn another_resource_behind_a_local_value() {
    // What the plan calls relevant knows no `aws_kms_key.other`.
    let copy = Copy::of("expressions");
    copy.edit(
        "main.tf",
        "keys         = { pii = aws_kms_key.one.arn",
        "keys         = { pii = aws_kms_key.counted[0].arn",
    );
    assert_eq!(
        copy.differs(),
        None,
        "a local that no changed resource uses is not checked"
    );
    stale(
        "source-forms",
        "main.tf",
        "  key   = aws_kms_key.this.arn",
        "  key   = aws_db_parameter_group.mixed.arn",
        "`local.key` refers to `aws_db_parameter_group.mixed`, which the plan's changes do not need",
    );
}

#[test]
fn what_is_said_has_its_place() {
    let copy = Copy::of("source-forms");
    copy.edit(
        "main.tf",
        "kms_master_key_id = local.key",
        "kms_master_key_id = aws_kms_key.this.arn",
    );
    let text = std::fs::read_to_string(copy.path().join("main.tf")).unwrap();
    let line = text
        .lines()
        .position(|line| line.contains("kms_master_key_id = aws_kms_key.this.arn"))
        .unwrap()
        + 1;
    assert!(copy.differs().unwrap().starts_with(&format!("main.tf:{line}: ")));
}

#[test]
fn a_module_that_is_not_installed_is_followed_by_the_plan() {
    let copy = Copy::of("source-forms");
    std::fs::remove_dir_all(copy.path().join("modules/plain")).unwrap();
    assert_eq!(copy.differs(), None);
}
