//! Which files are read, and how.

use planseal::plan::Mode;
use planseal::source::{Source, SourceError};

use super::{Copy, check_in, folder};

/// What stands in the file as the value of an argument of a resource.
fn argument(source: &Source, resource: (&str, &str), name: &str) -> Option<String> {
    let block = source.root()?.resource(Mode::Managed, resource.0, resource.1)?;
    Some(block.body.get_attribute(name)?.value.to_string().trim().to_owned())
}

fn read(files: &[(&str, &str)]) -> Source {
    Source::from_folder(folder(files).path()).unwrap_or_else(|error| panic!("{error}"))
}

fn refused(files: &[(&str, &[u8])]) -> String {
    let home = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(home.path().join(name), bytes).unwrap();
    }
    let error = Source::from_folder(home.path()).map(|_| ()).unwrap_err();
    error.to_string().replace(&format!("{}/", home.path().display()), "")
}

const THIS: (&str, &str) = ("aws_vpc", "this");
const VPC: &str = "resource \"aws_vpc\" \"this\" {\n  cidr_block = \"first\"\n}\n";

#[test]
fn override_files_replace_arguments_one_by_one_and_blocks_by_name() {
    let base = "resource \"aws_vpc\" \"this\" {
  kept = 1
  changed = 2
  other {
    kept = 1
  }
  rule {
    number = 1
  }
  rule {
    number = 2
  }
  dynamic \"rule\" {
    for_each = [3]
    content {}
  }
  lifecycle {
    prevent_destroy       = true
    create_before_destroy = true
  }
}
variable \"v\" {
  type    = string
  default = \"base\"
}
locals {
  one = 1
  two = 2
}
output \"o\" {
  value     = 1
  sensitive = true
}
";
    let over = "resource \"aws_vpc\" \"this\" {
  changed = 3
  added = 4
  rule {
    number = 5
  }
  lifecycle {
    prevent_destroy = false
  }
}
variable \"v\" {
  default = \"over\"
}
locals {
  two = 3
}
output \"o\" {
  value = 2
}
";
    // The name decides, and the order of names: `z_override.tf` is the last.
    let last = "resource \"aws_vpc\" \"this\" {\n  added = 5\n}\n";
    let source = read(&[
        ("override.tf", over),
        ("main.tf", base),
        ("z_override.tf", last),
        ("xoverride.tf", ""),
    ]);
    for (name, value) in [("kept", "1"), ("changed", "3"), ("added", "5")] {
        assert_eq!(argument(&source, THIS, name).as_deref(), Some(value), "{name}");
    }
    let root = source.root().unwrap();
    let block = root.resource(Mode::Managed, "aws_vpc", "this").unwrap();
    let rules: Vec<_> = block.body.get_blocks("rule").collect();
    assert_eq!(rules.len(), 1);
    assert_eq!(
        rules[0].body.get_attribute("number").unwrap().value.to_string().trim(),
        "5"
    );
    assert_eq!(block.body.get_blocks("dynamic").count(), 0);
    assert_eq!(block.body.get_blocks("other").count(), 1);
    let lifecycle: Vec<_> = block.body.get_blocks("lifecycle").collect();
    assert_eq!(lifecycle.len(), 1);
    let flag = |name: &str| lifecycle[0].body.get_attribute(name).unwrap().value.as_bool();
    assert_eq!(
        (flag("prevent_destroy"), flag("create_before_destroy")),
        (Some(false), Some(true))
    );
    let variable = root.variable("v").unwrap();
    assert_eq!(variable.default.as_ref().unwrap().as_str(), Some("over"));
    assert!(variable.constraint.is_some());
    assert_eq!(root.local("one").unwrap().as_number().unwrap().as_i64(), Some(1));
    assert_eq!(root.local("two").unwrap().as_number().unwrap().as_i64(), Some(3));
    assert_eq!(root.output("o").unwrap().as_number().unwrap().as_i64(), Some(2));
}

#[test]
fn files_that_terraform_does_not_read_are_not_read() {
    let wrong = "resource \"aws_vpc\" \"this\" {\n  cidr_block = \"wrong\"\n}\n";
    let names = [
        ".main.tf",
        "main.tf~",
        "#main.tf#",
        "main.tf.bak",
        "main.tfvars",
        "main.TF",
        "tf",
    ];
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (*name, wrong)).collect();
    files.push(("a.tf", VPC));
    let home = folder(&files);
    std::fs::create_dir(home.path().join("folder.tf")).unwrap();
    let source = Source::from_folder(home.path()).unwrap();
    assert_eq!(argument(&source, THIS, "cidr_block").as_deref(), Some("\"first\""));
}

#[test]
fn opentofu_files_shadow_terraform_s() {
    let tofu = "resource \"aws_vpc\" \"this\" {\n  cidr_block = \"tofu\"\n}\n";
    let source = read(&[("main.tf", VPC), ("main.tofu", tofu), ("other.tf", "locals {}\n")]);
    assert_eq!(argument(&source, THIS, "cidr_block").as_deref(), Some("\"tofu\""));
    let json = "{\"resource\": {\"aws_vpc\": {\"this\": {\"cidr_block\": \"json\"}}}}";
    let source = read(&[("main.tf.json", "{}"), ("main.tofu.json", json)]);
    assert_eq!(argument(&source, THIS, "cidr_block").as_deref(), Some("\"json\""));
}

#[test]
fn lines_are_counted_in_every_form() {
    let place = |name: &str, text: &str, argument: &str| {
        let source = read(&[(name, text)]);
        let block = source
            .root()
            .unwrap()
            .resource(Mode::Managed, "aws_vpc", "this")
            .unwrap();
        let line = block.place_of(argument).and_then(|place| place.line);
        (block.place().line, line)
    };
    let text = format!("# first\n\n{VPC}");
    assert_eq!(place("main.tf", &text, "cidr_block"), (Some(3), Some(4)));
    assert_eq!(
        place("main.tf", &text.replace('\n', "\r\n"), "cidr_block"),
        (Some(3), Some(4))
    );
    assert_eq!(
        place("main.tf", &format!("\u{feff}{text}"), "cidr_block"),
        (Some(3), Some(4))
    );
    let heredocs = format!("locals {{\n  a = <<-EOT\n  EOT\n  b = <<EOT\nx\nEOT\n}}\n{VPC}");
    assert_eq!(place("main.tf", &heredocs, "cidr_block"), (Some(8), Some(9)));
    let json = "{\n  \"resource\": {\n    \"aws_vpc\": {\n      \"this\": {\n        \"cidr_block\":\n          \"x\",\n        \"rule\": [{}]\n      }\n    }\n  }\n}\n";
    assert_eq!(place("main.tf.json", json, "rule"), (Some(4), Some(7)));
    let array = "{\"resource\": [{\"aws_vpc\":\n{\"this\":\n[{\n\"a\": 1,\n\"cidr_block\": \"x\"}]}}]}";
    assert_eq!(place("main.tf.json", array, "cidr_block"), (Some(3), Some(5)));
}

#[test]
fn an_empty_heredoc_hides_nothing() {
    let text = "locals {\n  a = <<EOT\nEOT\n  b = [<<-EOT\n    EOT\n  , 1]\n  c = <<-EOT\n    cat <<EOF\n    EOF\n  EOT\n  d = 4\n}\n";
    let source = read(&[("main.tf", text), ("a.tf", VPC)]);
    let root = source.root().unwrap();
    assert_eq!(root.local("a").unwrap().as_str(), Some(""));
    assert_eq!(root.local("d").unwrap().as_number().unwrap().as_i64(), Some(4));
    let heredoc = root.local("c").unwrap().as_heredoc_template().unwrap();
    assert_eq!(heredoc.template.to_string(), "cat <<EOF\nEOF\n");
}

#[test]
fn json_says_what_hcl_says() {
    let hcl = "locals {\n  l = [\"${var.a}\", 1]\n}\nvariable \"a\" {\n  default = \"x\"\n}\nmodule \"m\" {\n  source = \"./m\"\n  a = 1\n}\noutput \"o\" {\n  value = local.l\n}\n";
    let json = "{\"locals\": {\"l\": [\"${var.a}\", 1]}, \"variable\": {\"a\": {\"default\": \"x\"}}, \"module\": [{\"m\": {\"//\": \"note\", \"source\": \"./m\", \"a\": 1}}], \"output\": {\"o\": {\"value\": \"${local.l}\"}}, \"//\": \"note\"}";
    for (name, text) in [("main.tf", hcl), ("main.tf.json", json)] {
        let source = read(&[(name, text)]);
        let root = source.root().unwrap();
        assert!(root.local("l").unwrap().is_array(), "{name}");
        assert_eq!(
            root.variable("a").unwrap().default.as_ref().unwrap().as_str(),
            Some("x")
        );
        assert_eq!(root.calls().map(|(name, _)| name).collect::<Vec<_>>(), ["m"]);
        let arguments: Vec<_> = root
            .call("m")
            .unwrap()
            .body
            .attributes()
            .map(|one| one.key.to_string().trim().to_owned())
            .collect();
        assert_eq!(arguments.iter().collect::<std::collections::BTreeSet<_>>().len(), 2);
        assert!(arguments.contains(&"source".to_owned()) && arguments.contains(&"a".to_owned()));
        assert_eq!(root.outputs().collect::<Vec<_>>(), ["o"]);
    }
}

#[test]
fn modules_are_found_where_terraform_put_them() {
    let calls = "module \"local\" {\n  source = \"./here\"\n}\nmodule \"remote\" {\n  source  = \"example.com/x/y\"\n  version = \"1\"\n}\nmodule \"absent\" {\n  source = \"example.com/x/z\"\n}\n";
    let manifest = r#"{"Modules": [{"Key": "", "Source": "", "Dir": "."}, {"Key": "remote", "Dir": ".terraform\\modules\\remote"}, {"Key": "absent", "Dir": ".terraform/modules/absent"}]}"#;
    let home = folder(&[
        ("main.tf", calls),
        ("here/main.tf", "module \"inner\" {\n  source = \"../inner\"\n}\n"),
        ("inner/main.tf", VPC),
        (".terraform/modules/remote/main.tf", VPC),
        (".terraform/modules/modules.json", manifest),
    ]);
    let found = |calls: &[&str]| {
        let source = Source::from_folder(home.path()).unwrap();
        source.module(calls.iter().copied()).is_some()
    };
    assert!(found(&["local"]) && found(&["local", "inner"]) && found(&["remote"]));
    assert!(!found(&["absent"]));
    // A path is as short as people write it.
    let source = Source::from_folder(home.path()).unwrap();
    let inner = source.module(["local", "inner"].into_iter()).unwrap();
    let place = inner.resource(Mode::Managed, "aws_vpc", "this").unwrap().place();
    assert_eq!(&*place.file, home.path().join("inner/main.tf").to_str().unwrap());
    for broken in ["{", "[]", "{\"Modules\": 1}"] {
        std::fs::write(home.path().join(".terraform/modules/modules.json"), broken).unwrap();
        assert!(found(&["local"]) && !found(&["remote"]), "{broken}");
    }
    std::fs::remove_file(home.path().join(".terraform/modules/modules.json")).unwrap();
    assert!(found(&["local"]) && !found(&["remote"]));
}

#[test]
fn a_module_that_calls_itself_ends() {
    let twice = "module \"a\" {\n  source = \"./\"\n}\nmodule \"b\" {\n  source = \"../m\"\n}\nmodule \"c\" {\n  source = \"./../m/../m\"\n}\n";
    let source = Source::from_folder(&folder(&[("m/main.tf", twice)]).path().join("m")).unwrap();
    assert!(source.root().is_some() && source.module(["a"].into_iter()).is_none());
    // Two that call one another, many times.
    let calls = |other: &str| {
        let call = |name: usize| format!("module \"m{name}\" {{\n  source = \"../{other}\"\n}}\n");
        (0..20).map(call).collect::<String>()
    };
    let home = folder(&[("a/main.tf", &calls("b")), ("b/main.tf", &calls("a"))]);
    let source = Source::from_folder(&home.path().join("a")).unwrap();
    assert!(source.module(["m1"].into_iter()).is_some());
    assert!(source.module(["m1", "m1"].into_iter()).is_none());
}

#[cfg(unix)]
#[test]
fn links_lead_where_the_system_says() {
    let home = folder(&[
        ("real/stack/main.tf", "module \"m\" {\n  source = \"../m\"\n}\n"),
        ("real/m/main.tf", VPC),
        ("m/main.tf", "locals {}\n"),
    ]);
    std::os::unix::fs::symlink(home.path().join("real/stack"), home.path().join("link")).unwrap();
    std::os::unix::fs::symlink(home.path().join("m/main.tf"), home.path().join("real/m/linked.tf")).unwrap();
    let source = Source::from_folder(&home.path().join("link")).unwrap();
    let module = source.module(["m"].into_iter()).unwrap();
    assert!(module.resource(Mode::Managed, "aws_vpc", "this").is_some());
    std::fs::remove_file(home.path().join("m/main.tf")).unwrap();
    let dangling = Source::from_folder(&home.path().join("link")).map(|_| ()).unwrap_err();
    assert!(matches!(dangling, SourceError::Unreadable { .. }), "{dangling}");
}

#[test]
fn what_cannot_be_read_says_why() {
    let says = |files: &[(&str, &[u8])], text: &str| {
        let said = refused(files);
        assert!(said.contains(text), "{said}");
    };
    says(
        &[("main.tf", b"# ok\nresource \"a\" \"b\" {\n  x = = 1\n}\n")],
        "main.tf:3:7: ",
    );
    says(&[("main.tf.json", b"{\n  \"resource\": [,]\n}")], "main.tf.json:2:16: ");
    says(
        &[("main.tf.json", b"[]")],
        "main.tf.json:1:1: the file is no JSON object",
    );
    says(&[("main.tf", b"a = \"\xff\"\n")], "cannot read the source `main.tf`: ");
    says(&[("plan.json", b"{}")], "holds no `.tf` file");
    let large = vec![b'#'; 17 * 1024 * 1024];
    says(&[("main.tf", &large)], "`main.tf` is larger than 16 MiB");
    let home = folder(&[("main.tf", VPC)]);
    let file = Source::from_folder(&home.path().join("main.tf"))
        .map(|_| ())
        .unwrap_err();
    assert!(matches!(file, SourceError::Unreadable { .. }), "{file}");
    let nowhere = Source::from_folder(&home.path().join("nowhere"))
        .map(|_| ())
        .unwrap_err();
    assert!(matches!(nowhere, SourceError::Unreadable { .. }), "{nowhere}");
}

#[test]
fn nesting_without_end_is_refused() {
    for (open, close) in [
        ("[", "]"),
        ("(", ")"),
        ("{ a = ", " }"),
        ("upper(", ")"),
        ("!", ""),
        ("\"${", "}\""),
    ] {
        let text = format!(
            "locals {{\n  a = {}1{}\n}}\n",
            open.repeat(20_000),
            close.repeat(20_000)
        );
        let home = folder(&[("main.tf", &text)]);
        assert!(Source::from_folder(home.path()).is_err(), "{open}");
    }
}

#[test]
fn a_copy_of_a_fixture_in_windows_lines_is_the_same_source() {
    let copy = Copy::of("source-forms");
    for file in ["main.tf", "override.tf", "modules/plain/main.tf"] {
        let text = std::fs::read_to_string(copy.path().join(file)).unwrap();
        copy.write(file, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    assert_eq!(copy.differs(), None);
}

#[test]
fn a_given_source_that_is_wrong_ends_the_run_and_a_found_one_is_a_note() {
    let copy = Copy::of("source-forms");
    std::fs::copy(&copy.plan, copy.path().join("plan.json")).unwrap();
    copy.edit("modules/plain/main.tf", "value = var.key", "value = = var.key");
    let line = {
        let text = std::fs::read_to_string(copy.path().join("modules/plain/main.tf")).unwrap();
        text.lines().position(|line| line.contains("= =")).unwrap() + 1
    };
    let place = format!("modules/plain/main.tf:{line}:11: ");
    let given = check_in(copy.path(), &["plan.json", "--source", "."]).exits(2);
    assert_eq!(given.out, "");
    given.complains(&place);
    check_in(copy.path(), &["plan.json", "--source", "."])
        .exits(2)
        .complains("help: run `terraform validate` there, or leave `--source` out");
    let found = check_in(copy.path(), &["plan.json", "--format", "json"]).exits(1);
    assert!(
        found
            .notes()
            .contains(&format!("the source in `.` is left out: {place}")),
        "{}",
        found.notes()
    );
    assert!(
        found
            .findings()
            .contains(&"at-rest-below-minimum aws_sns_topic.by_local undetermined".to_owned())
    );
}

#[test]
fn what_is_given_for_a_source_must_be_a_folder_with_configuration() {
    let home = folder(&[("main.tf", VPC), ("empty/README.md", "nothing")]);
    let plan = Copy::of("source-forms").plan;
    let plan = plan.to_str().unwrap();
    check_in(home.path(), &[plan, "--source", "empty"])
        .exits(2)
        .complains("`empty` holds no `.tf` file help: point `--source` at the folder of the root module");
    for wrong in ["main.tf", "nowhere"] {
        check_in(home.path(), &[plan, "--source", wrong])
            .exits(2)
            .complains(&format!("cannot read the source `{wrong}`: "));
    }
}
