//! The source of a plan: whether it is the plan's own, how its files are read, and what reports say of it.

mod agreement;
mod files;
mod lifecycle;
mod location;
mod planfile;
mod random;

use std::path::{Path, PathBuf};

use planseal::model::{Disagreement, Model};
use planseal::plan::{self, Plan, Wanted};
use planseal::source::Source;
use serde_json::Value;

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
