//! `--planfile`: the configuration in a binary plan.

use std::path::Path;

use planseal::source::Source;

use super::{Copy, Run, archive, check_in, snapshot};

const CALLS: [(&str, &str); 3] = [
    ("plain", "modules/plain"),
    ("passed", "modules/passed"),
    ("json", "modules/json"),
];

fn source_forms() -> (Copy, Vec<u8>) {
    let copy = Copy::of("source-forms");
    let planfile = snapshot(copy.path(), &CALLS);
    (copy, planfile)
}

/// `check` of the fixture's plan with this binary plan and these arguments, from a folder without configuration.
fn judged(planfile: &[u8], arguments: &[&str]) -> Run {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("tfplan"), planfile).unwrap();
    let plan = Copy::of("source-forms").plan;
    std::fs::copy(plan, home.path().join("plan.json")).unwrap();
    let fixed = ["plan.json", "--planfile", "tfplan", "--format", "json"];
    check_in(home.path(), &[&fixed, arguments].concat())
}

fn refused(bytes: &[u8]) -> String {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("tfplan");
    std::fs::write(&path, bytes).unwrap();
    let error = Source::from_planfile(&path, Path::new(".")).map(|_| ()).unwrap_err();
    error.to_string().replace(path.to_str().unwrap(), "tfplan")
}

#[track_caller]
fn refuses(bytes: &[u8], says: &str) {
    let said = refused(bytes);
    assert!(said.contains(says), "{said}");
}

const MANIFEST: &[u8] = br#"[{"Key": "", "Dir": "."}]"#;

/// A name that says nothing, tags that are not there, and policies that nobody wrote.
#[track_caller]
fn only_what_no_source_changes(run: &Run) {
    let findings = run.findings();
    let not_written = |one: &String| one.starts_with("insecure-transport-allowed ") && one.ends_with(" violation");
    let fits = |one: &String| one.ends_with(" advice") || not_written(one);
    assert!(findings.iter().all(fits), "{findings:?}");
}

#[test]
fn it_tells_what_the_plan_leaves_out() {
    let (_copy, planfile) = source_forms();
    let run = judged(&planfile, &[]).exits(1);
    only_what_no_source_changes(&run);
    assert_eq!(run.notes(), "");
}

#[test]
fn it_agrees_as_the_folder_does() {
    let (copy, planfile) = source_forms();
    let path = copy.path().join("tfplan");
    std::fs::write(&path, &planfile).unwrap();
    let source = Source::from_planfile(&path, Path::new("x")).unwrap();
    super::agrees(&copy.plan, &source).unwrap();
    let module = source.module(["json"].into_iter()).unwrap();
    let block = module
        .resource(planseal::plan::Mode::Managed, "aws_cloudwatch_log_group", "this")
        .unwrap();
    let place = block.place_of("kms_key_id").unwrap();
    assert_eq!((&*place.file, place.line), ("x/modules/json/main.tf.json", Some(7)));
}

#[test]
fn what_is_no_binary_plan_is_refused() {
    let (_copy, planfile) = source_forms();
    refuses(b"", "`tfplan` is no binary plan: ");
    refuses(b"{\"format_version\": \"1.2\"}", "`tfplan` is no binary plan: ");
    refuses(&planfile[..planfile.len() / 2], "`tfplan` is no binary plan: ");
    refuses(
        &archive(&[("tfplan", b""), ("tfstate", b"")]),
        "it holds no `tfconfig/modules.json`",
    );
    refuses(
        &archive(&[("tfconfig/modules.json", b"{")]),
        "its `tfconfig/modules.json` cannot be read: ",
    );
    refuses(
        &archive(&[("tfconfig/modules.json", b"[]")]),
        "it holds no snapshot of the configuration",
    );
    let broken: &[(&str, &[u8])] = &[
        ("tfconfig/modules.json", MANIFEST),
        ("tfconfig/m-/main.tf", b"x = = 1\n"),
    ];
    refuses(&archive(broken), "main.tf:1:5: ");
    let not_text: &[(&str, &[u8])] = &[
        ("tfconfig/modules.json", MANIFEST),
        ("tfconfig/m-/main.tf", b"x = \"\xff\"\n"),
    ];
    refuses(&archive(not_text), "its `tfconfig/m-/main.tf` cannot be read: ");
    judged(b"no zip", &[])
        .exits(2)
        .complains("help: give `--planfile` the file that `terraform plan -out=FILE` wrote");
}

#[test]
fn a_member_that_swells_is_refused() {
    let zeros = vec![b'#'; 64 * 1024 * 1024];
    let bomb = archive(&[("tfconfig/modules.json", MANIFEST), ("tfconfig/m-/main.tf", &zeros)]);
    assert!(bomb.len() < 1024 * 1024, "{}", bomb.len());
    refuses(&bomb, "`tfplan: tfconfig/m-/main.tf` is larger than 16 MiB");
    refuses(
        &archive(&[("tfconfig/modules.json", &zeros)]),
        "`tfplan: tfconfig/modules.json` is larger than 16 MiB",
    );
}

#[test]
fn members_that_lead_elsewhere_are_not_read() {
    let hostile: &[(&str, &[u8])] = &[
        (
            "tfconfig/modules.json",
            br#"[{"Key": "", "Dir": "../../.."}, {"Key": "../..", "Dir": "/etc"}]"#,
        ),
        ("tfconfig/m-/main.tf", b"locals {}\n"),
        ("tfconfig/m-/../../main.tf", b"= =\n"),
        ("../tfconfig/m-/b.tf", b"= =\n"),
        ("/tfconfig/m-/c.tf", b"= =\n"),
        ("tfconfig/m-x/main.tf", b"= =\n"),
    ];
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("tfplan");
    std::fs::write(&path, archive(hostile)).unwrap();
    // None of the broken files was opened.
    let source = Source::from_planfile(&path, home.path()).unwrap_or_else(|error| panic!("{error}"));
    assert!(source.root().is_some() && source.module(["x"].into_iter()).is_none());
    assert_eq!(
        std::fs::read_dir(home.path()).unwrap().count(),
        1,
        "something was written"
    );
}

#[test]
fn state_and_plan_in_it_are_never_opened() {
    let (_copy, mut planfile) = source_forms();
    // The bytes no longer fit their checksum: whoever reads the member fails.
    for secret in [&b"SECRET-STATE"[..], b"binary"] {
        let mut found = 0;
        let compressed = compressed(secret);
        for position in 0..planfile.len() - compressed.len() {
            if planfile[position..].starts_with(&compressed) {
                planfile[position..position + compressed.len()].fill(0xff);
                found += 1;
            }
        }
        assert_eq!(found, 1, "the member is not where the test looks for it");
    }
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&planfile)).unwrap();
    for member in ["tfstate", "tfplan"] {
        let mut member = archive.by_name(member).unwrap();
        assert!(
            std::io::copy(&mut member, &mut std::io::sink()).is_err(),
            "it can still be read"
        );
    }
    let run = judged(&planfile, &[]).exits(1);
    only_what_no_source_changes(&run);
}

/// The bytes of a member of an archive, as it stores them.
fn compressed(bytes: &[u8]) -> Vec<u8> {
    let one = archive(&[("x", bytes)]);
    let mut read = zip::ZipArchive::new(std::io::Cursor::new(&one)).unwrap();
    let member = read.by_name("x").unwrap();
    let start = usize::try_from(member.data_start().unwrap()).unwrap();
    one[start..start + usize::try_from(member.compressed_size()).unwrap()].to_vec()
}

#[test]
fn a_stale_one_is_left_out_with_a_note() {
    let copy = Copy::of("source-forms");
    copy.edit(
        "main.tf",
        "kms_master_key_id = local.key",
        "kms_master_key_id = aws_kms_key.this.arn",
    );
    let run = judged(&snapshot(copy.path(), &CALLS), &[]);
    assert!(
        run.notes()
            .contains("the source in `tfplan` is left out: it is not the one that this plan was made of: main.tf:"),
        "{}",
        run.notes()
    );
    assert!(
        run.findings()
            .contains(&"at-rest-below-minimum aws_sns_topic.by_local undetermined".to_owned())
    );
}

#[test]
fn paths_start_where_source_says() {
    let copy = Copy::of("keys-through-modules");
    let planfile = snapshot(copy.path(), &[("null_passed", "modules/plain")]);
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("tfplan"), planfile).unwrap();
    std::fs::copy(&copy.plan, home.path().join("plan.json")).unwrap();
    let files = |arguments: &[&str]| {
        let run = check_in(
            home.path(),
            &[&["plan.json", "--planfile", "tfplan", "--format", "json"], arguments].concat(),
        );
        let report = run.report();
        let found = report
            .findings
            .iter()
            .find(|one| one.address.as_deref() == Some("module.null_passed.aws_sns_topic.this"));
        found.unwrap().location.clone().unwrap().file
    };
    assert_eq!(files(&[]), "modules/plain/main.tf");
    assert_eq!(files(&["--source", "infra/live"]), "infra/live/modules/plain/main.tf");
}
