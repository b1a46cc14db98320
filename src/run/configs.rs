//! Which configuration is in force for which plan.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, anyhow, bail};

use super::policies::{PolicyFiles, source};
use crate::eval::gate::{self, Given};
use crate::plan::Wanted;
use crate::plan::find::Input;
use crate::policy::Policies;
use crate::policy::config::FILE_NAMES;
use crate::policy::yaml::Diagnostics;
use crate::report::configuration::summary;
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
    /// What they want of a plan.
    pub(super) wanted: Wanted,
    /// The gate.
    pub(super) gate: gate::InForce,
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
        policies: &PolicyFiles,
        options: Given,
    ) -> anyhow::Result<Result<Self, Diagnostics>> {
        let mut reader = Reader {
            policies,
            options,
            read: BTreeMap::new(),
            errors: Diagnostics::new(),
        };
        let mut by_input = Vec::new();
        if given.is_some() || inputs.is_empty() {
            // Also where no plan can be read: what is wrong with it is said in any case.
            reader.in_force(given)?;
        }
        for input in inputs {
            let path = match given {
                Some(path) => Some(path.to_owned()),
                None => found_for(input)?,
            };
            by_input.extend(reader.in_force(path.as_deref())?);
        }
        Ok(if reader.errors.is_empty() {
            Ok(Self { by_input })
        } else {
            Err(reader.errors)
        })
    }

    /// What is in force for each input, in their order.
    pub(super) fn of_inputs(&self) -> impl Iterator<Item = &InForce> {
        self.by_input.iter().map(Rc::as_ref)
    }
}

/// Reads configurations, each file once.
struct Reader<'p> {
    policies: &'p PolicyFiles,
    options: Given,
    /// What is in force under each; nothing where there are errors.
    read: BTreeMap<Option<PathBuf>, Option<Rc<InForce>>>,
    errors: Diagnostics,
}

impl Reader<'_> {
    /// What is in force under a configuration, or under none.
    fn in_force(&mut self, path: Option<&Path>) -> anyhow::Result<Option<Rc<InForce>>> {
        let key = path.map(Path::to_owned);
        if let Some(there) = self.read.get(&key) {
            return Ok(there.clone());
        }
        let made = match path {
            None => self.under_none(),
            Some(path) => self.under(path)?,
        };
        let made = match made {
            Ok(made) => Some(Rc::new(made)),
            Err(found) => {
                self.errors.merge(found);
                None
            }
        };
        self.read.insert(key, made.clone());
        Ok(made)
    }

    fn under_none(&self) -> Result<InForce, Diagnostics> {
        let policies = self.policies.files.without_configuration()?;
        Ok(InForce {
            wanted: policies.wanted(),
            gate: gate::InForce::by_options(self.options),
            configuration: None,
            policies,
        })
    }

    fn under(&self, path: &Path) -> anyhow::Result<Result<InForce, Diagnostics>> {
        let source = source(path, "the configuration")?;
        let compiled = self.policies.files.under(&source, &mut self.policies.named_by(path));
        Ok(compiled.map(|(policies, config)| InForce {
            wanted: policies.wanted(),
            gate: gate::InForce::by_options(self.options).with(&source.file, config.gate),
            configuration: Some(summary(source.file, &config, &policies)),
            policies,
        }))
    }
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
