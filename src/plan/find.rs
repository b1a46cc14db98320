//! From what stands on the command line to the bytes of plans: files, folders, globs, standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// One input to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

/// Why an argument leads to no input.
#[derive(Debug, Error)]
pub enum FindError {
    /// Usually a mistyped path.
    #[error("`{0}` does not exist")]
    Missing(String),
    /// Usually a pattern whose folder is not there yet.
    #[error("no file matches `{0}`")]
    NoMatch(String),
    /// A folder without plans in it.
    #[error("the folder `{0}` holds no `.json` file")]
    EmptyFolder(String),
    /// The pattern itself is wrong.
    #[error("`{pattern}` is not a pattern: {message}")]
    Pattern {
        /// As written.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// The system refuses to read it.
    #[error("cannot read `{path}`: {source}")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// What the system says.
        source: std::io::Error,
    },
}

impl FindError {
    /// What to do next.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Missing(_) => "pass the output of `terraform show -json PLANFILE`, as a file or through `-`",
            Self::NoMatch(_) | Self::Pattern { .. } => "quote patterns, and check the folder that they start from",
            Self::EmptyFolder(_) => "write plans there with `terraform show -json PLANFILE > FOLDER/plan.json`",
            Self::Unreadable { .. } => "check that it is a file, and its permissions",
        }
    }
}

/// The inputs that an argument names: `-`, a file, every `.json` file under a folder, or what a pattern matches.
///
/// # Errors
/// Where it names nothing.
pub fn find(argument: &str) -> Result<Vec<Input>, FindError> {
    if argument == "-" {
        return Ok(vec![Input::Standard]);
    }
    let path = Path::new(argument);
    if path.is_dir() {
        return in_folder(path);
    }
    if path.exists() {
        return Ok(vec![Input::File(path.to_owned())]);
    }
    if argument.contains(['*', '?', '[']) {
        return matching(argument);
    }
    Err(FindError::Missing(argument.to_owned()))
}

fn in_folder(folder: &Path) -> Result<Vec<Input>, FindError> {
    let mut found = Vec::new();
    walk(folder, &mut found)?;
    found.sort();
    if found.is_empty() {
        return Err(FindError::EmptyFolder(folder.display().to_string()));
    }
    Ok(found.into_iter().map(Input::File).collect())
}

/// Hidden folders hold tools' own files (`.terraform`, `.git`).
fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), FindError> {
    let unreadable = |source| FindError::Unreadable {
        path: folder.display().to_string(),
        source,
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let kind = entry.file_type().map_err(unreadable)?;
        if name.starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            walk(&entry.path(), found)?;
        } else if name.ends_with(".json") || name.ends_with(".json.gz") {
            found.push(entry.path());
        }
    }
    Ok(())
}

fn matching(pattern: &str) -> Result<Vec<Input>, FindError> {
    let paths = glob::glob(pattern).map_err(|error| FindError::Pattern {
        pattern: pattern.to_owned(),
        message: error.msg.to_owned(),
    })?;
    let mut found = Vec::new();
    for path in paths {
        let path = path.map_err(|error| FindError::Unreadable {
            path: error.path().display().to_string(),
            source: error.into(),
        })?;
        if path.is_dir() {
            found.extend(in_folder(&path)?);
        } else {
            found.push(Input::File(path));
        }
    }
    if found.is_empty() {
        return Err(FindError::NoMatch(pattern.to_owned()));
    }
    Ok(found)
}

impl Input {
    /// How messages name it.
    pub fn path(&self) -> String {
        match self {
            Self::Standard => "-".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// The name of the plan in it: the folder of a `plan.json`, the file without its ending otherwise.
    pub fn name(&self) -> String {
        let Self::File(path) = self else {
            return "stdin".to_owned();
        };
        let path = path.strip_prefix(".").unwrap_or(path);
        let text = path.display().to_string();
        let stem = text.trim_end_matches(".gz").trim_end_matches(".json");
        match Path::new(stem)
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .as_deref()
        {
            Some("plan" | "tfplan") => match Path::new(stem).parent().map(|parent| parent.display().to_string()) {
                Some(folder) if !folder.is_empty() => folder,
                _ => stem.to_owned(),
            },
            _ => stem.to_owned(),
        }
    }

    /// Reads all of it.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn read(&self) -> Result<Vec<u8>, FindError> {
        let read = match self {
            Self::Standard => {
                let mut bytes = Vec::new();
                std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            Self::File(path) => std::fs::read(path),
        };
        read.map_err(|source| FindError::Unreadable {
            path: self.path(),
            source,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_named_after_its_folder_where_the_file_says_nothing() {
        for (path, name) in [
            ("prod/plan.json", "prod"),
            ("./prod/tfplan.json", "prod"),
            ("plan.json", "plan"),
            ("envs/prod/network.json", "envs/prod/network"),
            ("prod.json.gz", "prod"),
        ] {
            assert_eq!(Input::File(path.into()).name(), name, "{path}");
        }
    }

    #[test]
    fn an_argument_that_names_nothing_is_an_error() {
        let empty = tempfile::tempdir().unwrap();
        let folder = empty.path().display().to_string();
        assert!(matches!(find(&folder), Err(FindError::EmptyFolder(_))));
        assert!(matches!(find(&format!("{folder}/*.json")), Err(FindError::NoMatch(_))));
        assert!(matches!(find(&format!("{folder}/x.json")), Err(FindError::Missing(_))));
    }
}
