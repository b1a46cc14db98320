//! Reading the source from a folder.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::Source;
use super::error::SourceError;
use super::file::{self, File};
use super::module::Module;

/// No file of a configuration is larger; what is larger is something else.
pub(super) const MAX_FILE: u64 = 16 * 1024 * 1024;
/// Modules, at most, each counted as often as it is called.
const MAX_MODULES: usize = 4_096;

/// `.terraform/modules/modules.json`, and its like in a binary plan.
#[derive(Deserialize)]
pub(super) struct Installed {
    #[serde(rename = "Key")]
    pub(super) key: String,
    #[serde(rename = "Dir")]
    pub(super) dir: String,
}

#[derive(Deserialize)]
struct Manifest {
    #[serde(rename = "Modules")]
    modules: Vec<Installed>,
}

impl Source {
    /// Whether a folder holds configuration.
    pub fn is_in(folder: &Path) -> bool {
        file_names(folder).is_ok_and(|names| !names.is_empty())
    }

    /// Reads the root module in a folder, and the modules that it calls as far as they are installed: local ones by
    /// their path, others from `.terraform/modules`.
    ///
    /// # Errors
    /// Where a file cannot be read or is not valid.
    pub fn from_folder(root: &Path) -> Result<Self, SourceError> {
        let mut reader = FolderReader {
            root,
            installed: installed(root),
            source: Self::default(),
        };
        reader.module(String::new(), root, &[])?;
        Ok(reader.source)
    }
}

struct FolderReader<'a> {
    root: &'a Path,
    installed: BTreeMap<String, String>,
    source: Source,
}

impl FolderReader<'_> {
    /// Reads a module. `around` holds the folders of the modules that lead to it.
    fn module(&mut self, key: String, folder: &Path, around: &[PathBuf]) -> Result<(), SourceError> {
        let module = Module::new(files(folder)?);
        let mut called = Vec::new();
        for (name, block) in module.calls() {
            let address = block
                .body
                .get_attribute("source")
                .and_then(|source| source.value.as_str());
            let key = if key.is_empty() {
                name.to_owned()
            } else {
                format!("{key}.{name}")
            };
            let local = address.filter(|address| address.starts_with("./") || address.starts_with("../"));
            let folder = match (self.installed.get(&key), local) {
                (_, Some(address)) => Some(folder.join(address)),
                (Some(dir), None) => Some(self.root.join(dir)),
                (None, None) => None,
            };
            called.extend(folder.map(|folder| (key, folder)));
        }
        called.sort();
        self.source.add(key, module);
        let mut around = around.to_vec();
        around.extend(std::fs::canonicalize(real(folder)));
        for (key, folder) in called {
            // A module that calls itself has no end. What is not installed is not there: references into it are followed as
            // far as the plan tells.
            let calls_itself = std::fs::canonicalize(&folder).is_ok_and(|folder| around.contains(&folder));
            if !calls_itself && self.source.modules.len() < MAX_MODULES && Source::is_in(&folder) {
                self.module(key, &folder, &around)?;
            }
        }
        Ok(())
    }
}

/// A manifest that is missing or broken names no modules; `terraform init` makes it anew.
fn installed(root: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(root.join(".terraform/modules/modules.json")).unwrap_or_default();
    let manifest: Option<Manifest> = serde_json::from_str(&text).ok();
    let modules = manifest.into_iter().flat_map(|manifest| manifest.modules);
    modules.map(|module| (module.key, forward(&module.dir))).collect()
}

/// A path that was written on Windows, too.
pub(super) fn forward(dir: &str) -> String {
    dir.replace('\\', "/")
}

fn file_names(folder: &Path) -> Result<Vec<String>, SourceError> {
    let unreadable = |cause| SourceError::Unreadable {
        path: folder.display().to_string(),
        cause,
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(real(folder)).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        let name = entry.file_name();
        if let Some(name) = name.to_str().filter(|name| !is_folder && file::is_configuration(name)) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn files(folder: &Path) -> Result<Vec<File>, SourceError> {
    let names = file_names(folder)?;
    if names.is_empty() {
        return Err(SourceError::NoConfiguration {
            path: folder.display().to_string(),
        });
    }
    let current = names.iter().filter(|name| !file::shadowed(name, &names));
    current.map(|name| one_file(folder, name)).collect()
}

fn one_file(folder: &Path, name: &str) -> Result<File, SourceError> {
    // `link/..` is not the folder that the link stands in: the path is made short for people alone.
    let path = folder.join(name);
    let shown = normal(&path).display().to_string();
    let unreadable = |cause| SourceError::Unreadable {
        path: shown.clone(),
        cause,
    };
    let size = std::fs::metadata(&path).map_err(unreadable)?.len();
    if size > MAX_FILE {
        return Err(SourceError::TooLarge {
            path: shown,
            limit: MAX_FILE / 1024 / 1024,
        });
    }
    let text = std::fs::read_to_string(&path).map_err(unreadable)?;
    file::parse(name, &shown, &text)
}

/// A path for the system: an empty one is the current folder.
fn real(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    }
}

/// A path without `.` and `x/..`, by its text alone.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match (part, out.components().next_back()) {
            (Component::CurDir, _) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    out
}
