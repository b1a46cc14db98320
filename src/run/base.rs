//! The configuration as it stands on the base branch, and the policy files there: by these a report shows what a change loosens.

mod change;
mod files;
mod repository;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::bail;

use self::change::Change;
use self::files::{BaseCommit, in_tree, named_from};
use self::repository::Repository;
use super::policies::source;
use crate::deliver::github::Environment;
use crate::policy::load::Source;
use crate::policy::settings::policies_in;

/// What the base says of one configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Base {
    /// Nobody says what the base is.
    Unknown,
    /// What it says; no text where it has no configuration.
    Known {
        /// How reports name it.
        name: String,
        /// Its configuration.
        source: Option<Source>,
        /// The policy files of both sides; why they cannot be compared, where that is so.
        policies: Result<BothSides, String>,
    },
    /// It could not be read; why.
    Unreadable(String),
}

/// Policy files that are in the repository, by their paths from its root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct BothSides {
    /// Those of the base.
    pub(super) before: Vec<Source>,
    /// Those in force.
    pub(super) after: Vec<Source>,
}

/// By what plans are judged in a work tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Judge<'a> {
    /// The root of the repository.
    pub(super) root: Option<&'a Path>,
    /// Everywhere that the configuration may lie, the nearest place first.
    pub(super) places: &'a [PathBuf],
    /// Whether a configuration was found there that nobody named.
    pub(super) found: bool,
    /// Whether it lies in another repository than the plans do.
    pub(super) apart: bool,
    /// The policies that options name.
    pub(super) options: &'a [PathBuf],
    /// All policy files in force.
    pub(super) files: &'a [Source],
}

/// Where bases are looked for.
pub(super) enum Bases {
    /// The file that the command line names.
    Given(Source),
    /// A commit of the repository that a configuration lies in.
    Commit(Commits),
    /// Nobody says.
    None,
}

/// The base of each repository.
pub(super) struct Commits {
    wanted: Wanted,
    /// Those that were looked for, by the roots of their work trees.
    opened: RefCell<BTreeMap<PathBuf, Rc<Result<BaseCommit, String>>>>,
}

/// Which commit is meant.
enum Wanted {
    /// The one that the command line names.
    Named(String),
    /// What a change goes into.
    Before(Change),
}

impl Bases {
    /// What options name wins over what the environment says.
    pub(super) fn new(file: Option<&Path>, commit: Option<&str>, environment: &Environment) -> anyhow::Result<Self> {
        if let Some(path) = file {
            return source(path, "the base of the configuration,").map(Self::Given);
        }
        let named = commit.map(|name| Wanted::Named(name.to_owned()));
        let wanted = named.or_else(|| Change::of(environment).map(Wanted::Before));
        Ok(wanted.map_or(Self::None, |wanted| {
            Self::Commit(Commits {
                wanted,
                opened: RefCell::default(),
            })
        }))
    }

    /// Whether the command line names the configuration.
    pub(super) fn is_given(&self) -> bool {
        matches!(self, Self::Given(_))
    }

    /// The base of what plans are judged by.
    ///
    /// # Errors
    /// Where the command line names a commit that is not there.
    pub(super) fn of(&self, judge: &Judge<'_>) -> anyhow::Result<Base> {
        match self {
            Self::None => Ok(Base::Unknown),
            Self::Given(source) => Ok(given(source, judge)),
            Self::Commit(commits) => commits.base(judge),
        }
    }
}

impl Commits {
    fn base(&self, judge: &Judge<'_>) -> anyhow::Result<Base> {
        if judge.apart && matches!(self.wanted, Wanted::Before(_)) {
            return Ok(Base::Unknown);
        }
        let Some(root) = judge.root else {
            return match &self.wanted {
                Wanted::Named(name) => {
                    bail!("`--config-base-ref {name}` names a commit, and the plan lies in no git repository")
                }
                // What lies elsewhere, and was named so, is not the change's.
                Wanted::Before(_) if !judge.found => Ok(Base::Unknown),
                Wanted::Before(_) => Ok(unreadable(
                    "it lies in no git repository; use `actions/checkout` in this job",
                )),
            };
        };
        match (self.in_work_tree(root).as_ref(), &self.wanted) {
            (Ok(commit), _) => Ok(known(commit, root, judge)),
            (Err(wrong), Wanted::Before(_)) => Ok(unreadable(wrong)),
            (Err(wrong), Wanted::Named(name)) => {
                bail!("`--config-base-ref {name}` cannot be compared with: {wrong}")
            }
        }
    }

    /// What is wanted, each repository opened once.
    fn in_work_tree(&self, root: &Path) -> Rc<Result<BaseCommit, String>> {
        let mut opened = self.opened.borrow_mut();
        let found = opened
            .entry(root.to_owned())
            .or_insert_with(|| Rc::new(self.wanted.in_work_tree(root)));
        Rc::clone(found)
    }
}

impl Wanted {
    fn in_work_tree(&self, root: &Path) -> Result<BaseCommit, String> {
        let repository = Repository::of_work_tree(root)
            .map_err(|wrong| format!("the repository `{}` could not be opened: {wrong}", root.display()))?;
        let (name, id) = match self {
            Self::Before(change) => {
                let found = change.base(&repository)?;
                (found.name, found.commit)
            }
            Self::Named(name) => {
                let id = repository.meant(name)?.ok_or(
                    "there is no such branch, tag or commit (as a whole id) in the repository; fetch it before",
                )?;
                (name.clone(), id)
            }
        };
        let commit = repository.commit(id)?;
        let commit = commit.ok_or_else(|| format!("the commit {id} is not in the checkout"))?;
        Ok(BaseCommit {
            name,
            tree: commit.tree,
            repository,
        })
    }
}

fn unreadable(reason: &str) -> Base {
    Base::Unreadable(format!("what this change loosens is not known: {reason}"))
}

/// A file alone.
fn given(source: &Source, judge: &Judge<'_>) -> Base {
    let named = policies_in(Some(source)).is_ok_and(|named| !named.is_empty());
    let policies = match named || !judge.files.is_empty() {
        false => Ok(BothSides::default()),
        true => Err(
            "policy files are not compared, for `--config-base` gives the configuration alone: `--config-base-ref` \
                     takes a commit, and gives both"
                .to_owned(),
        ),
    };
    Base::Known {
        name: source.file.clone(),
        source: Some(source.clone()),
        policies,
    }
}

/// What a commit has.
fn known(commit: &BaseCommit, root: &Path, judge: &Judge<'_>) -> Base {
    let places: Vec<String> = judge.places.iter().filter_map(|place| in_tree(root, place)).collect();
    let found = match commit.first_of(&places) {
        Ok(found) => found,
        Err(wrong) => {
            return unreadable(&format!(
                "the configuration on `{}` could not be read: {wrong}",
                commit.name
            ));
        }
    };
    let policies = both_sides(commit, root, judge, found.as_ref())
        .map_err(|wrong| format!("policy files are not compared: on `{}`, {wrong}", commit.name));
    let source = found.map(|found| Source {
        file: format!("{}:{}", commit.name, found.file),
        text: found.text,
    });
    Base::Known {
        name: source
            .as_ref()
            .map_or_else(|| commit.name.clone(), |source| source.file.clone()),
        source,
        policies,
    }
}

/// The policy files that lie in the repository. Others are not the change's.
fn both_sides(
    commit: &BaseCommit,
    root: &Path,
    judge: &Judge<'_>,
    configuration: Option<&Source>,
) -> Result<BothSides, String> {
    let whole = |path: &Path| in_tree(root, &path.canonicalize().ok()?);
    let mut paths: Vec<String> = judge.options.iter().filter_map(|path| whole(path)).collect();
    // One that is no configuration names none; that it is none is said where it is compared.
    let named = policies_in(configuration).unwrap_or_default();
    if let Some(configuration) = configuration {
        paths.extend(named.iter().filter_map(|path| named_from(&configuration.file, path)));
    }
    let after = judge.files.iter().filter_map(|source| {
        Some(Source {
            file: whole(Path::new(&source.file))?,
            text: source.text.clone(),
        })
    });
    Ok(BothSides {
        before: commit.policies(&paths)?,
        after: after.collect(),
    })
}
