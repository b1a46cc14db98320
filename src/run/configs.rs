//! Which configuration is in force for which plan.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, anyhow, bail};

use crate::plan::find::Input;
use crate::policy::Policies;
use crate::policy::config::{self, FILE_NAMES};
use crate::policy::load::Source;
use crate::policy::yaml::Diagnostics;
use crate::report::v1::Configuration;

/// What a repository's root holds.
const ROOT_MARK: &str = ".git";

/// The policies under the configuration of each plan.
pub(super) struct Configs {
    by_input: Vec<Rc<InForce>>,
}

/// Policies under one configuration, or under none.
pub(super) struct InForce {
    /// The policies.
    pub(super) policies: Policies,
    /// The configuration, for the report.
    pub(super) configuration: Option<Configuration>,
}

impl Configs {
    /// Reads the configuration that is given for all plans; where none is, that of each plan.
    ///
    /// # Errors
    /// The inner ones are those of all files together, each with its place.
    pub(super) fn new(
        given: Option<&Path>,
        inputs: &[Input],
        policies: &Policies,
    ) -> anyhow::Result<Result<Self, Diagnostics>> {
        let mut errors = Diagnostics::new();
        let mut read: BTreeMap<Option<PathBuf>, Rc<InForce>> = BTreeMap::new();
        let mut by_input = Vec::new();
        if let Some(path) = given {
            // Also where no plan can be read: what is wrong with it is said in any case.
            in_force(Some(path), policies, &mut read, &mut errors)?;
        }
        for input in inputs {
            let path = match given {
                Some(path) => Some(path.to_owned()),
                None => found_for(input)?,
            };
            by_input.push(in_force(path.as_deref(), policies, &mut read, &mut errors)?);
        }
        Ok(if errors.is_empty() {
            Ok(Self { by_input })
        } else {
            Err(errors)
        })
    }

    /// What is in force for each input, in their order.
    pub(super) fn of_inputs(&self) -> impl Iterator<Item = &InForce> {
        self.by_input.iter().map(Rc::as_ref)
    }
}

/// Reads each file once. One with errors is as none; they go into `errors`.
fn in_force(
    path: Option<&Path>,
    policies: &Policies,
    read: &mut BTreeMap<Option<PathBuf>, Rc<InForce>>,
    errors: &mut Diagnostics,
) -> anyhow::Result<Rc<InForce>> {
    if let Some(there) = read.get(&path.map(Path::to_owned)) {
        return Ok(Rc::clone(there));
    }
    let config = match path {
        None => None,
        Some(path) => Some(source(path)?),
    };
    let config = config.map(|source| (config::read(&source, policies), source.file));
    let made = match config {
        Some((Ok(config), file)) => InForce {
            configuration: Some(Configuration {
                file,
                known_keys: config.known_keys.len(),
            }),
            policies: policies.under(config),
        },
        rest => {
            if let Some((Err(found), _)) = rest {
                errors.merge(found);
            }
            InForce {
                policies: policies.clone(),
                configuration: None,
            }
        }
    };
    let made = Rc::new(made);
    read.insert(path.map(Path::to_owned), Rc::clone(&made));
    Ok(made)
}

fn source(path: &Path) -> anyhow::Result<Source> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read the configuration `{}`", path.display()))?;
    Ok(Source {
        file: path.display().to_string(),
        text,
    })
}

/// The configuration of a plan: the first one upwards from its folder, up to the root of the repository that it is in.
/// Outside of a repository, folders above the plan's own may be anybody's, and do not count.
fn found_for(input: &Input) -> anyhow::Result<Option<PathBuf>> {
    let folder = match input {
        Input::Standard => Path::new(""),
        Input::File(path) => path.parent().unwrap_or(Path::new("")),
    };
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let whole = folder
        .canonicalize()
        .with_context(|| format!("cannot read the folder `{}`", folder.display()))?;
    let mut inside = Vec::new();
    let mut in_repository = false;
    for folder in whole.ancestors() {
        inside.push(folder);
        if exists(&folder.join(ROOT_MARK))? {
            in_repository = true;
            break;
        }
    }
    let searched = if in_repository { inside.len() } else { 1 };
    for folder in inside.into_iter().take(searched) {
        if let Some(path) = in_folder(folder)? {
            return super::sources::shown(&path).map(Some);
        }
    }
    Ok(None)
}

fn in_folder(folder: &Path) -> anyhow::Result<Option<PathBuf>> {
    let mut found = Vec::new();
    for name in FILE_NAMES {
        let path = folder.join(name);
        if exists(&path)? {
            found.push(path);
        }
    }
    if let [_, _, ..] = found.as_slice() {
        let names = FILE_NAMES.map(|name| format!("`{name}`")).join(" and ");
        bail!(
            "the folder `{}` holds {names}, and only one can be in force",
            folder.display()
        );
    }
    Ok(found.pop())
}

/// What cannot be looked at is not taken for missing.
fn exists(path: &Path) -> anyhow::Result<bool> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(anyhow!("cannot look for `{}`: {error}", path.display())),
    }
}
