//! The source of a plan: whether it is the plan's own, how its files are read, and what reports say of it.

mod agreement;
mod files;
mod lifecycle;
mod location;
mod planfile;
mod random;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use planseal::model::{Disagreement, Model};
use planseal::plan::{self, Plan, Wanted};
use planseal::report::v1::{self, Report};
use planseal::source::Source;
use serde_json::{Value, json};

use crate::common;

/// What the reader must keep so that every argument of a plan's configuration is compared.
fn everything(document: &Value) -> Wanted {
    let mut wanted = Wanted::default();
    wanted.relevant = true;
    want_all(&document["configuration"]["root_module"], &mut wanted);
    wanted
}

fn want_all(module: &Value, wanted: &mut Wanted) {
    for resource in module["resources"].as_array().into_iter().flatten() {
        for name in resource["expressions"]
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys())
        {
            wanted.want(resource["type"].as_str().unwrap(), name);
        }
    }
    for call in module["module_calls"]
        .as_object()
        .into_iter()
        .flat_map(|calls| calls.values())
    {
        want_all(&call["module"], wanted);
    }
}

fn read(bytes: &[u8], wanted: &Wanted) -> Plan {
    let mut documents = plan::read(bytes.to_vec(), wanted);
    assert_eq!(documents.len(), 1);
    documents.remove(0).unwrap()
}

/// Whether a source is the one of a plan, with every argument compared.
fn agrees(plan: &Path, source: &Source) -> Result<(), Disagreement> {
    let bytes = std::fs::read(plan).unwrap();
    let wanted = everything(&serde_json::from_slice(&bytes).unwrap());
    let mut plan = read(&bytes, &wanted);
    Model::new(&mut plan).use_source(source, &wanted)
}

/// A fixture's configuration in a folder of its own, to be edited.
struct Copy {
    folder: tempfile::TempDir,
    plan: PathBuf,
}

impl Copy {
    /// Of `testdata/NAME`.
    fn of(name: &str) -> Self {
        let from = common::testdata().join(name);
        let folder = tempfile::tempdir().unwrap();
        copy(&from, folder.path());
        Self {
            folder,
            plan: from.join("plan.json"),
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Replaces a text that stands in a file, once.
    fn edit(&self, file: &str, from: &str, to: &str) -> &Self {
        let path = self.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "`{from}` is not in {file}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
        self
    }

    fn write(&self, file: &str, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn read(&self) -> Source {
        Source::from_folder(self.path()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// What differs from the plan, in words.
    fn differs(&self) -> Option<String> {
        let disagreement = agrees(&self.plan, &self.read()).err()?;
        Some(
            disagreement
                .to_string()
                .replace(&format!("{}/", self.path().display()), ""),
        )
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else if entry.path().extension().is_some_and(|ending| ending == "tf")
            || entry.file_name().to_string_lossy().ends_with(".tf.json")
        {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A temporary folder with these files in it, folders included.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    home
}

/// How a run of the program ended.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl Run {
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\n{}\n{}", self.out, self.err);
        self
    }

    /// Asserts that standard error holds `text`, however it is wrapped.
    #[track_caller]
    fn complains(self, text: &str) -> Self {
        let flat = self.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(text), "no `{text}` in\n{}", self.err);
        self
    }

    fn report(&self) -> Report {
        planseal::report::json::parse(&self.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.out, self.err))
    }

    /// `RULE ADDRESS OUTCOME`
    fn findings(&self) -> Vec<String> {
        let report = self.report();
        let line = |finding: &v1::Finding| {
            let outcome = serde_json::to_value(finding.outcome).unwrap();
            let address = finding.address.clone().unwrap_or_default();
            format!("{} {address} {}", finding.rule, outcome.as_str().unwrap())
        };
        report.findings.iter().map(line).collect()
    }

    fn notes(&self) -> String {
        self.report()
            .plans
            .iter()
            .flat_map(|plan| plan.notes.clone())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// `planseal check`, from a folder.
fn check_in(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_planseal"))
        .env_clear()
        .current_dir(folder)
        .arg("check")
        .args(arguments)
        .output()
        .unwrap();
    Run {
        code: output.status.code().expect("no signal ends the program"),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// An archive of these members.
fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A binary plan as Terraform writes it, of the configuration in a folder and its `modules`.
fn snapshot(home: &Path, calls: &[(&str, &str)]) -> Vec<u8> {
    let mut manifest = vec![json!({"Key": "", "Dir": "."})];
    let mut members: Vec<(String, Vec<u8>)> = Vec::new();
    for (key, dir) in std::iter::once(&("", ".")).chain(calls) {
        if !key.is_empty() {
            manifest.push(json!({"Key": key, "Dir": dir}));
        }
        for file in std::fs::read_dir(home.join(dir)).unwrap() {
            let file = file.unwrap().path();
            let name = file.file_name().unwrap().to_str().unwrap();
            if name.ends_with(".tf") || name.ends_with(".tf.json") {
                members.push((format!("tfconfig/m-{key}/{name}"), std::fs::read(&file).unwrap()));
            }
        }
    }
    members.push((
        "tfconfig/modules.json".to_owned(),
        serde_json::to_vec(&manifest).unwrap(),
    ));
    members.push(("tfplan".to_owned(), b"binary".to_vec()));
    members.push(("tfstate".to_owned(), b"SECRET-STATE".to_vec()));
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    archive(&members)
}
