//! Reading the source from a binary plan: a zip archive whose `tfconfig/` holds every module's files.
//!
//! Nothing else in it is opened: it also holds state, and so secrets.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use zip::ZipArchive;

use super::Source;
use super::error::SourceError;
use super::file::{self, File};
use super::folder::{Installed, MAX_FILE, forward, normal};
use super::module::Module;

const MANIFEST: &str = "tfconfig/modules.json";
/// A configuration has no more than this in all, in bytes.
const MAX_ALL: u64 = 256 * 1024 * 1024;

impl Source {
    /// Reads the snapshot of the configuration in a binary plan. `root` is the folder that the paths of files start
    /// from.
    ///
    /// # Errors
    /// Where the file is no binary plan, or its snapshot is not valid.
    pub fn from_planfile(path: &Path, root: &Path) -> Result<Self, SourceError> {
        let name = path.display().to_string();
        let file = std::fs::File::open(path).map_err(|cause| SourceError::Unreadable {
            path: name.clone(),
            cause,
        })?;
        let archive = ZipArchive::new(std::io::BufReader::new(file)).map_err(|error| SourceError::NotAPlanfile {
            path: name.clone(),
            cause: error.to_string(),
        })?;
        Planfile {
            name,
            archive,
            left: MAX_ALL,
        }
        .source(root)
    }
}

struct Planfile {
    name: String,
    archive: ZipArchive<std::io::BufReader<std::fs::File>>,
    /// Bytes that may still be read.
    left: u64,
}

impl Planfile {
    fn source(mut self, root: &Path) -> Result<Source, SourceError> {
        let manifest = self.text(MANIFEST)?;
        let modules: Vec<Installed> = serde_json::from_str(&manifest)
            .map_err(|error| self.broken(format!("its `{MANIFEST}` cannot be read: {error}")))?;
        let mut by_module: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for member in self.archive.file_names() {
            let Ok(member) = member else { continue };
            let inner = member
                .strip_prefix("tfconfig/m-")
                .and_then(|rest| rest.rsplit_once('/'));
            if let Some((key, file)) = inner.filter(|(_, file)| file::is_configuration(file)) {
                by_module.entry(key.to_owned()).or_default().push(file.to_owned());
            }
        }
        let mut source = Source::default();
        for Installed { key, dir } in modules {
            let mut names = by_module.remove(&key).unwrap_or_default();
            names.sort();
            let folder = normal(&root.join(forward(&dir)));
            let current = names.iter().filter(|name| !file::shadowed(name, &names));
            let files = current.map(|name| self.file(&key, name, &folder));
            let files = files.collect::<Result<Vec<File>, SourceError>>()?;
            source.add(key, Module::new(files));
        }
        if source.root().is_none() {
            return Err(self.broken("it holds no snapshot of the configuration".to_owned()));
        }
        Ok(source)
    }

    fn file(&mut self, key: &str, name: &str, folder: &Path) -> Result<File, SourceError> {
        let text = self.text(&format!("tfconfig/m-{key}/{name}"))?;
        file::parse(name, &folder.join(name).display().to_string(), &text)
    }

    fn text(&mut self, member: &str) -> Result<String, SourceError> {
        let limit = MAX_FILE.min(self.left);
        let mut text = String::new();
        let found = self.archive.by_name(member).map_err(|error| match error {
            zip::result::ZipError::FileNotFound => format!("it holds no `{member}`"),
            other => format!("its `{member}` cannot be read: {other}"),
        });
        found
            .and_then(|file| {
                let read = file.take(limit.saturating_add(1)).read_to_string(&mut text);
                read.map_err(|error| format!("its `{member}` cannot be read: {error}"))
            })
            .map_err(|cause| self.broken(cause))?;
        let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
        if size > limit {
            return Err(SourceError::TooLarge {
                path: format!("{}: {member}", self.name),
                limit: MAX_FILE / 1024 / 1024,
            });
        }
        self.left = self.left.saturating_sub(size);
        Ok(text)
    }

    fn broken(&self, cause: String) -> SourceError {
        SourceError::NotAPlanfile {
            path: self.name.clone(),
            cause,
        }
    }
}
