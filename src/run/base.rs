//! The configuration as it stands on the base branch, by which a report shows what a change loosens.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;

use crate::deliver::github::Environment;
use crate::policy::load::Source;

/// The variable in which GitHub Actions names the branch that a pull request goes into.
const BASE_BRANCH: &str = "GITHUB_BASE_REF";

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
    },
    /// It could not be read; why.
    Unreadable(String),
}

/// Where bases are looked for.
#[derive(Debug, Clone)]
pub(super) enum Bases {
    /// The file that the command line names.
    Given(Source),
    /// The base branch of the pull request, in the work tree that a configuration lies in.
    Branch(String),
    /// Nobody says.
    None,
}

impl Bases {
    /// `--config-base` wins over what the environment says.
    pub(super) fn new(given: Option<&Path>, environment: &Environment) -> anyhow::Result<Self> {
        if let Some(path) = given {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the base of the configuration, `{}`", path.display()))?;
            let file = path.display().to_string();
            return Ok(Self::Given(Source { file, text }));
        }
        Ok(match environment.get(BASE_BRANCH) {
            Some(branch) => Self::Branch(branch.trim().to_owned()),
            None => Self::None,
        })
    }

    /// Whether the command line names one.
    pub(super) fn is_given(&self) -> bool {
        matches!(self, Self::Given(_))
    }

    /// The base of the configuration that is found first at these places, in a repository with this root.
    pub(super) fn of(&self, root: Option<&Path>, places: &[PathBuf]) -> Base {
        match (self, root) {
            (Self::Given(source), _) => Base::Known {
                name: source.file.clone(),
                source: Some(source.clone()),
            },
            (Self::Branch(branch), Some(root)) => Branch { root, name: branch }.first_of(places),
            (Self::Branch(_) | Self::None, _) => Base::Unknown,
        }
    }
}

/// A branch of the remote `origin`, as it was last fetched.
struct Branch<'a> {
    root: &'a Path,
    name: &'a str,
}

impl Branch<'_> {
    fn first_of(&self, places: &[PathBuf]) -> Base {
        match self.find(places) {
            Ok(source) => Base::Known {
                name: match &source {
                    Some(source) => source.file.clone(),
                    None => format!("origin/{}", self.name),
                },
                source,
            },
            Err(reason) => Base::Unreadable(format!(
                "the configuration on `origin/{}` could not be read, so what this change loosens is not known: {reason}",
                self.name
            )),
        }
    }

    fn find(&self, places: &[PathBuf]) -> Result<Option<Source>, String> {
        let names: Vec<String> = places.iter().filter_map(|place| self.in_tree(place)).collect();
        if names.is_empty() {
            return Ok(None);
        }
        let branch = format!("refs/remotes/origin/{}", self.name);
        let mut list = vec!["ls-tree", "--name-only", "-z", &branch, "--"];
        list.extend(names.iter().map(String::as_str));
        let listed = self.git(&list)?;
        let there: Vec<&str> = listed.split('\0').collect();
        let Some(name) = names.iter().find(|name| there.contains(&name.as_str())) else {
            return Ok(None);
        };
        // Not `show`: that would run the filters that the repository's configuration names.
        let text = self.git(&["cat-file", "blob", &format!("{branch}:{name}")])?;
        Ok(Some(Source {
            file: format!("origin/{}:{name}", self.name),
            text,
        }))
    }

    /// A place as git names it: from the root, with slashes.
    fn in_tree(&self, place: &Path) -> Option<String> {
        let inside = place.strip_prefix(self.root).ok()?;
        let names: Option<Vec<&str>> = inside.iter().map(OsStr::to_str).collect();
        Some(names?.join("/"))
    }

    /// What git prints. It asks nobody, fetches nothing, and looks at this work tree alone.
    fn git(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.root).args(arguments).stdin(Stdio::null());
        for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"] {
            command.env_remove(variable);
        }
        command.envs([
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("GIT_LITERAL_PATHSPECS", "1"),
            ("LC_ALL", "C"),
        ]);
        let output = command
            .output()
            .map_err(|error| format!("git cannot be run ({error})"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            let first = said.lines().next().unwrap_or_default();
            return Err(format!("git says `{}`", first.trim_start_matches("fatal: ")));
        }
        String::from_utf8(output.stdout).map_err(|_| "it is not UTF-8".to_owned())
    }
}
