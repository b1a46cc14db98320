//! The files of a commit by which plans were judged there.

use std::path::{Component, Path};

use gix_hash::ObjectId;

use super::repository::{Entry, Repository, below, link, submodule};
use crate::policy::load::Source;
use crate::run::policies::{is_policy, text_of};

/// More folders than this stand in one another only where somebody wants that.
const MOST_FOLDERS_DEEP: usize = 32;
/// Nobody has written more policy files than this.
const MOST_FILES: usize = 5_000;

/// A commit whose files are compared with.
pub(super) struct BaseCommit {
    /// How reports name it.
    pub(super) name: String,
    /// Its files.
    pub(super) tree: ObjectId,
    /// Where it is.
    pub(super) repository: Repository,
}

impl BaseCommit {
    /// The first of these places, as git names them, that a file stands at, and what it holds.
    ///
    /// # Errors
    /// Where a place cannot be looked at: what stands there may be what is looked for.
    pub(super) fn first_of(&self, places: &[String]) -> Result<Option<Source>, String> {
        for place in places {
            match self.repository.at(self.tree, place)? {
                Some(Entry::File(id)) => return self.source(place.clone(), id).map(Some),
                Some(Entry::Link) => return Err(link(place)),
                Some(Entry::Folder(_) | Entry::Submodule) | None => {}
            }
        }
        Ok(None)
    }

    /// The policies at these paths, as git names them, each file once. What is not there is left out.
    ///
    /// # Errors
    /// Where something cannot be read.
    pub(super) fn policies(&self, paths: &[String]) -> Result<Vec<Source>, String> {
        let mut found: Vec<Source> = Vec::new();
        for path in paths {
            match self.repository.at(self.tree, path)? {
                Some(Entry::File(id)) => self.add(path.clone(), id, &mut found)?,
                Some(Entry::Folder(folder)) => self.add_all(path, folder, 0, &mut found)?,
                Some(Entry::Link) => return Err(link(path)),
                Some(Entry::Submodule) => return Err(submodule(path)),
                None => {}
            }
        }
        Ok(found)
    }

    fn add_all(&self, path: &str, folder: ObjectId, depth: usize, found: &mut Vec<Source>) -> Result<(), String> {
        if depth > MOST_FOLDERS_DEEP {
            return Err(format!("more than {MOST_FOLDERS_DEEP} folders stand in one another"));
        }
        for (name, entry) in self.repository.entries(folder)? {
            let inside = below(path, &name);
            match entry {
                Entry::Folder(folder) => self.add_all(&inside, folder, depth.saturating_add(1), found)?,
                Entry::File(id) if is_policy(Path::new(&name)) => self.add(inside, id, found)?,
                // A link to something that is read in no case matters not; it may lead to a folder.
                Entry::Link if is_policy(Path::new(&name)) || !name.contains('.') => return Err(link(&inside)),
                Entry::Submodule => return Err(submodule(&inside)),
                Entry::File(_) | Entry::Link => {}
            }
        }
        Ok(())
    }

    fn add(&self, path: String, id: ObjectId, found: &mut Vec<Source>) -> Result<(), String> {
        if found.iter().any(|one| one.file == path) {
            return Ok(());
        }
        if found.len() >= MOST_FILES {
            return Err(format!("there are more than {MOST_FILES} policy files"));
        }
        found.push(self.source(path, id)?);
        Ok(())
    }

    fn source(&self, path: String, id: ObjectId) -> Result<Source, String> {
        let bytes = self.repository.file(id).map_err(|wrong| format!("`{path}`: {wrong}"))?;
        let text = text_of(bytes).map_err(|wrong| format!("`{path}`: {wrong}"))?;
        Ok(Source { file: path, text })
    }
}

/// A place in a work tree as git names it, from its root and with slashes; `None` where it lies outside.
pub(super) fn in_tree(root: &Path, place: &Path) -> Option<String> {
    let inside = place.strip_prefix(root).ok()?;
    let names: Vec<_> = inside.iter().map(|name| name.to_string_lossy()).collect();
    Some(names.join("/"))
}

/// What a configuration at a place in a tree means by a path; `None` where it leads out of the repository.
pub(super) fn named_from(place: &str, path: &str) -> Option<String> {
    let mut names: Vec<&str> = place.split('/').collect();
    names.pop();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => names.push(name.to_str()?),
            Component::CurDir => {}
            Component::ParentDir => {
                names.pop()?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(names.join("/"))
}
