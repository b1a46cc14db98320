//! Which configuration is in force for which plan.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use jiff::civil::Date;

use super::base::{Base, Bases, Judge};
use super::policies::{PolicyFiles, source};
use crate::eval::gate::{self, Given};
use crate::plan::Wanted;
use crate::plan::find::Input;
use crate::policy::Policies;
use crate::policy::config::FILE_NAMES;
use crate::policy::load::Source;
use crate::policy::yaml::Diagnostics;
use crate::report::configuration::summary;
use crate::report::v1::Configuration;

/// What a repository's root holds.
const ROOT_MARK: &str = ".git";

/// The policies under the configuration of each plan.
pub(super) struct Configs {
    groups: Vec<InForce>,
    by_input: Vec<usize>,
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
    /// The configuration as it is written.
    pub(super) source: Option<Source>,
    /// The policy files that it and the options name.
    files: Vec<Source>,
    /// What it was before this change, as far as anybody says; the plans under it may have had different ones.
    pub(super) bases: Vec<Base>,
}

/// What reading configurations depends on.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    /// What options say of the gate.
    pub(super) options: Given,
    /// The day on which they are read.
    pub(super) today: Date,
    /// What they are compared with.
    pub(super) bases: &'a Bases,
}

impl Reading<'_> {
    /// Today, and compared with nothing.
    pub(super) fn plain() -> Self {
        Self {
            options: Given::default(),
            today: super::today::today(None),
            bases: &Bases::None,
        }
    }
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
        reading: &Reading<'_>,
    ) -> anyhow::Result<Result<Self, Diagnostics>> {
        let mut reader = Reader {
            policies,
            reading: *reading,
            read: Vec::new(),
            errors: Diagnostics::new(),
        };
        let mut by_input = Vec::new();
        let given = given.map(|path| Search::of_file(path, inputs)).transpose()?;
        // Also where no plan can be read: what is wrong is said in any case.
        match &given {
            Some(search) => reader.compared(search).map(|_| ())?,
            None if inputs.is_empty() => reader.in_force(None).map(|_| ())?,
            None => {}
        }
        for input in inputs {
            by_input.push(match &given {
                Some(search) => reader.compared(search)?,
                None => reader.compared(&Search::for_input(input)?)?,
            });
        }
        if !reader.errors.is_empty() {
            return Ok(Err(reader.errors));
        }
        // Without errors there is something in force at each position.
        let groups: Vec<InForce> = reader.read.into_iter().filter_map(|(_, made)| made).collect();
        let several = groups.iter().filter(|group| group.source.is_some()).count();
        if reading.bases.is_given() && several > 1 {
            bail!(
                "`--config-base` is the base of one configuration, and {several} are in force: name it with `--config`"
            );
        }
        Ok(Ok(Self { groups, by_input }))
    }

    /// What is in force for each input, by its position, in their order.
    pub(super) fn of_inputs(&self) -> impl Iterator<Item = (usize, &InForce)> {
        self.by_input
            .iter()
            .filter_map(|position| Some((*position, self.groups.get(*position)?)))
    }

    /// Everything that is in force.
    pub(super) fn all(&self) -> &[InForce] {
        &self.groups
    }
}

/// Reads configurations, each file once.
struct Reader<'r> {
    policies: &'r PolicyFiles,
    reading: Reading<'r>,
    /// What is in force under each; nothing where there are errors.
    read: Vec<(Option<PathBuf>, Option<InForce>)>,
    errors: Diagnostics,
}

impl Reader<'_> {
    /// The position of what is in force under the configuration that was found, with its base.
    fn compared(&mut self, search: &Search) -> anyhow::Result<usize> {
        let position = self.in_force(search.found.as_deref())?;
        if let Some((_, Some(made))) = self.read.get_mut(position) {
            let base = self.reading.bases.of(&Judge {
                root: search.root.as_deref(),
                places: &search.places,
                found: search.found.is_some() && !search.given,
                apart: search.apart,
                options: &self.policies.paths,
                files: &made.files,
            })?;
            if !made.bases.contains(&base) {
                made.bases.push(base);
            }
        }
        Ok(position)
    }

    /// The position of what is in force under a configuration, or under none.
    fn in_force(&mut self, path: Option<&Path>) -> anyhow::Result<usize> {
        if let Some(there) = self.read.iter().position(|(one, _)| one.as_deref() == path) {
            return Ok(there);
        }
        let made = match path {
            None => self.under_none(),
            Some(path) => self.under(path)?,
        };
        let made = made.map_err(|found| self.errors.merge(found)).ok();
        self.read.push((path.map(Path::to_owned), made));
        Ok(self.read.len().saturating_sub(1))
    }

    fn under_none(&self) -> Result<InForce, Diagnostics> {
        let policies = self.policies.files.without_configuration()?;
        Ok(InForce {
            wanted: policies.wanted(),
            gate: gate::InForce::by_options(self.reading.options),
            configuration: None,
            source: None,
            files: self.policies.named.clone(),
            bases: Vec::new(),
            policies,
        })
    }

    fn under(&self, path: &Path) -> anyhow::Result<Result<InForce, Diagnostics>> {
        let source = source(path, "the configuration")?;
        let files = &self.policies.files;
        let mut named = self.policies.named.clone();
        let mut fetch = self.policies.named_by(path);
        let mut fetch_and_keep = |path: &str| {
            let found = fetch(path)?;
            named.extend(found.iter().cloned());
            Ok(found)
        };
        let compiled = files.under(&source, self.reading.today, &mut fetch_and_keep);
        Ok(compiled.map(|(policies, config)| InForce {
            wanted: policies.wanted(),
            gate: gate::InForce::by_options(self.reading.options).with(&source.file, config.gate),
            configuration: Some(summary(source.file.clone(), &config, &policies)),
            source: Some(source),
            files: named,
            bases: Vec::new(),
            policies,
        }))
    }
}

/// Where a configuration was looked for.
struct Search {
    /// What was found.
    found: Option<PathBuf>,
    /// Whether that was given.
    given: bool,
    /// Whether it lies in another repository than the plans.
    apart: bool,
    /// The root of the repository.
    root: Option<PathBuf>,
    /// Everywhere that it may lie, the nearest place first.
    places: Vec<PathBuf>,
}

impl Search {
    /// For a file that is given.
    fn of_file(path: &Path, inputs: &[Input]) -> anyhow::Result<Self> {
        let mut search = Self {
            found: Some(path.to_owned()),
            given: true,
            apart: false,
            root: None,
            places: Vec::new(),
        };
        let folder = folder_of(path);
        if let (Ok(whole), Some(name)) = (folder.canonicalize(), path.file_name()) {
            let folders = Folders::above(&whole)?;
            search.root = folders.root.map(Path::to_owned);
            search.places.push(whole.join(name));
        }
        search.apart = search.is_apart_from(inputs)?;
        Ok(search)
    }

    fn is_apart_from(&self, inputs: &[Input]) -> anyhow::Result<bool> {
        let mut apart = false;
        for input in inputs {
            match (Folders::above(&folder_of_input(input)?)?.root, &self.root) {
                (Some(root), Some(own)) if root == own => return Ok(false),
                (Some(_), Some(_)) => apart = true,
                _ => {}
            }
        }
        Ok(apart)
    }

    /// For a plan: the first one upwards from its folder, up to the root of the repository that it is in. Outside of a
    /// repository, folders above the plan's own may be anybody's, and do not count.
    fn for_input(input: &Input) -> anyhow::Result<Self> {
        let whole = folder_of_input(input)?;
        let folders = Folders::above(&whole)?;
        let searched = if folders.root.is_some() {
            folders.inside.len()
        } else {
            1
        };
        let mut search = Self {
            found: None,
            given: false,
            apart: false,
            root: folders.root.map(Path::to_owned),
            places: Vec::new(),
        };
        for folder in folders.inside.into_iter().take(searched) {
            search.places.extend(FILE_NAMES.map(|name| folder.join(name)));
            if search.found.is_none()
                && let Some(path) = in_folder(folder)?
            {
                search.found = Some(super::sources::shown(&path)?);
            }
        }
        Ok(search)
    }
}

fn folder_of_input(input: &Input) -> anyhow::Result<PathBuf> {
    let folder = match input {
        Input::Standard => Path::new("."),
        Input::File(path) => folder_of(path),
    };
    folder
        .canonicalize()
        .with_context(|| format!("cannot read the folder `{}`", folder.display()))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A folder and those above it, up to the root of its repository.
struct Folders<'p> {
    inside: Vec<&'p Path>,
    root: Option<&'p Path>,
}

impl<'p> Folders<'p> {
    fn above(whole: &'p Path) -> anyhow::Result<Self> {
        let mut inside = Vec::new();
        for folder in whole.ancestors() {
            inside.push(folder);
            if exists(&folder.join(ROOT_MARK))? {
                return Ok(Self {
                    inside,
                    root: Some(folder),
                });
            }
        }
        Ok(Self { inside, root: None })
    }
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
