//! A git repository's objects, read in this process: no `git` program is needed, nothing is fetched or run, and no configuration
//! of git is read. So it matters not who owns the files, and neither filters nor hooks of the repository can act.

use std::fmt::Display;
use std::path::Path;

use gix_discover::path::{from_gitdir_file, from_plain_file_relative_to_file};
use gix_hash::{Kind as Hash, ObjectId};
use gix_object::{CommitRef, Find, FindHeader, Kind, TreeRefIter};
use gix_odb::Handle;
use gix_odb::store::init::Options;
use gix_ref::file::{ReferenceExt, Store};
use gix_ref::{PartialNameRef, Reference};

use crate::policy::yaml::MAX_BYTES;

/// What a work tree's root holds: the repository, or a file that says where it is.
const REPOSITORY: &str = ".git";

/// Commits and folders are larger than this only where somebody wants them to be, in bytes.
const MOST_OF_A_NODE: u64 = 16 * 1024 * 1024;
/// What a file may be stored as a difference to, in bytes: no more memory than this is asked for at once.
const MOST_AT_ONCE: usize = 256 * 1024 * 1024;

/// A repository.
pub(super) struct Repository {
    refs: Store,
    objects: Handle,
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// A file.
    File(ObjectId),
    /// A folder.
    Folder(ObjectId),
    /// A symbolic link. What it points at is nobody's word.
    Link,
    /// Another repository.
    Submodule,
}

/// A commit, as far as it matters.
pub(super) struct Commit {
    /// Its files.
    pub(super) tree: ObjectId,
    /// What it was made of.
    pub(super) parents: Vec<ObjectId>,
}

impl Repository {
    /// The repository of a work tree with this root. Objects of repositories that it shares them with are found too.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn of_work_tree(root: &Path) -> Result<Self, String> {
        let mark = root.join(REPOSITORY);
        let own = match mark.is_file() {
            true => from_gitdir_file(&mark).map_err(said)?,
            false => mark,
        };
        let shared = from_plain_file_relative_to_file(&own.join("commondir")).transpose();
        let shared = shared.map_err(said)?;
        let objects = shared.as_ref().unwrap_or(&own).join("objects");
        let options = Options {
            alloc_limit_bytes: Some(MOST_AT_ONCE),
            ..Options::default()
        };
        let objects = gix_odb::at_opts(objects, Hash::Sha1, None, options).map_err(said)?;
        let refs = match shared {
            Some(shared) => Store::for_linked_worktree(own, shared, Hash::Sha1),
            None => Store::at(own, Hash::Sha1),
        };
        Ok(Self { refs, objects })
    }

    /// The commit that a reference of exactly this name points at, where there is one.
    ///
    /// # Errors
    /// Where there is one that cannot be followed.
    pub(super) fn reference(&self, name: &str) -> Result<Option<ObjectId>, String> {
        // Git also tries `refs/tags/NAME` and others, which may be anybody's.
        let found = self.find(name)?.filter(|found| found.name.as_bstr() == name);
        found.map(|found| self.followed(found)).transpose()
    }

    /// The commit that a person means: a branch, a tag, or a commit's whole id.
    ///
    /// # Errors
    /// Where it cannot be followed.
    pub(super) fn meant(&self, name: &str) -> Result<Option<ObjectId>, String> {
        match self.id(name)? {
            Some(id) => Ok(Some(id)),
            None => self.find(name)?.map(|found| self.followed(found)).transpose(),
        }
    }

    /// The commit with this whole id, where it is there.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(super) fn id(&self, hex: &str) -> Result<Option<ObjectId>, String> {
        let Ok(id) = ObjectId::from_hex(hex.as_bytes()) else {
            return Ok(None);
        };
        let header = self.objects.try_header(&id).map_err(said)?;
        Ok(header.map(|_| id))
    }

    /// A commit, where it is there: a shallow clone lacks most.
    ///
    /// # Errors
    /// Where it cannot be read, or is none.
    pub(super) fn commit(&self, id: ObjectId) -> Result<Option<Commit>, String> {
        let Some(data) = self.read(id, Kind::Commit, MOST_OF_A_NODE)? else {
            return Ok(None);
        };
        let commit = CommitRef::from_bytes(&data, Hash::Sha1).map_err(said)?;
        Ok(Some(Commit {
            tree: commit.tree(),
            parents: commit.parents().collect(),
        }))
    }

    /// What stands at a path below a folder, with slashes. Nothing is looked for behind links and in submodules.
    ///
    /// # Errors
    /// Where a folder on the way cannot be read or looked into.
    pub(super) fn at(&self, folder: ObjectId, path: &str) -> Result<Option<Entry>, String> {
        let mut found = Entry::Folder(folder);
        let mut done = String::new();
        for name in path.split('/').filter(|name| !name.is_empty()) {
            let inside = match found {
                Entry::Folder(folder) => self.entries(folder)?,
                Entry::File(_) => return Ok(None),
                Entry::Link => return Err(link(&done)),
                Entry::Submodule => return Err(submodule(&done)),
            };
            match inside.into_iter().find(|(one, _)| one == name) {
                Some((_, entry)) => found = entry,
                None => return Ok(None),
            }
            done = below(&done, name);
        }
        Ok(Some(found))
    }

    /// Everything in a folder, in git's order; what is no Unicode in a name is replaced.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub(super) fn entries(&self, folder: ObjectId) -> Result<Vec<(String, Entry)>, String> {
        let data = self.read(folder, Kind::Tree, MOST_OF_A_NODE)?;
        let data = data.ok_or_else(|| format!("the folder {folder} is not in the repository"))?;
        let mut found = Vec::new();
        for entry in TreeRefIter::from_bytes(&data, Hash::Sha1) {
            let entry = entry.map_err(said)?;
            let name = String::from_utf8_lossy(entry.filename).into_owned();
            let id = entry.oid.to_owned();
            let what = match entry.mode {
                mode if mode.is_tree() => Entry::Folder(id),
                mode if mode.is_link() => Entry::Link,
                mode if mode.is_commit() => Entry::Submodule,
                _ => Entry::File(id),
            };
            found.push((name, what));
        }
        Ok(found)
    }

    /// What a file holds: at most as much as is read of files in a work tree.
    ///
    /// # Errors
    /// Where it cannot be read, or holds more.
    pub(super) fn file(&self, id: ObjectId) -> Result<Vec<u8>, String> {
        let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
        let data = self.read(id, Kind::Blob, most)?;
        data.ok_or_else(|| format!("the file {id} is not in the repository"))
    }

    fn find(&self, name: &str) -> Result<Option<Reference>, String> {
        let Ok(name) = <&PartialNameRef>::try_from(name) else {
            return Ok(None);
        };
        self.refs.try_find(name).map_err(said)
    }

    fn followed(&self, mut found: Reference) -> Result<ObjectId, String> {
        found.peel_to_id(&self.refs, &self.objects).map_err(said)
    }

    fn read(&self, id: ObjectId, kind: Kind, most: u64) -> Result<Option<Vec<u8>>, String> {
        let Some(header) = self.objects.try_header(&id).map_err(said)? else {
            return Ok(None);
        };
        if header.kind != kind {
            return Err(format!("{id} is a {}, and no {kind}", header.kind));
        }
        if header.size > most {
            return Err(format!("{id} is too large: at most {most} bytes are read"));
        }
        let mut data = Vec::new();
        let there = self.objects.try_find(&id, &mut data).map_err(said)?.is_some();
        Ok(there.then_some(data))
    }
}

/// The path of something in a folder; that of the root is empty.
pub(super) fn below(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

/// Why nothing is read at a path.
pub(super) fn link(path: &str) -> String {
    format!("`{path}` is a symbolic link there, and these are not followed")
}

/// Why nothing is read at a path.
pub(super) fn submodule(path: &str) -> String {
    format!("`{path}` is a submodule there, and these are not looked into")
}

/// The first line of what a library says.
fn said(error: impl Display) -> String {
    let text = error.to_string();
    text.lines().next().unwrap_or_default().trim().to_owned()
}
