//! Which source belongs to which plan.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, anyhow};

use crate::model::Model;
use crate::plan::Wanted;
use crate::plan::find::Input;
use crate::source::{Source, SourceError};

/// The sources that the command line names.
pub(super) struct Sources {
    given: Option<Found>,
}

/// The source for one plan.
#[derive(Clone)]
pub(super) struct Found {
    source: Result<Option<Rc<Source>>, String>,
    name: String,
}

impl Sources {
    /// Reads the source that is given; where none is, each plan's own folder is looked into.
    pub(super) fn new(folder: Option<&Path>, planfile: Option<&Path>) -> anyhow::Result<Self> {
        let read = match (planfile, folder) {
            (Some(planfile), _) => {
                let root = folder.map_or_else(|| home_of(planfile), |folder| Ok(folder.to_owned()))?;
                Some((planfile, Source::from_planfile(planfile, &shown(&root)?)))
            }
            (None, Some(folder)) => Some((folder, Source::from_folder(&shown(folder)?))),
            (None, None) => None,
        };
        let given = match read {
            None => None,
            Some((path, Ok(source))) => Some(Found {
                source: Ok(Some(Rc::new(source))),
                name: path.display().to_string(),
            }),
            Some((_, Err(error))) => return Err(explained(&error)),
        };
        Ok(Self { given })
    }

    /// The source for a plan.
    pub(super) fn of(&self, plan: &Input) -> Found {
        if let Some(given) = &self.given {
            return given.clone();
        }
        let folder = match plan {
            Input::Standard => None,
            Input::File(path) => path.parent().map(|folder| match folder.as_os_str().is_empty() {
                true => Path::new("."),
                false => folder,
            }),
        };
        let Some(folder) = folder.filter(|folder| Source::is_in(folder)) else {
            return Found {
                source: Ok(None),
                name: String::new(),
            };
        };
        let read = shown(folder).map_err(|error| error.to_string());
        let read = read.and_then(|folder| Source::from_folder(&folder).map_err(|error| error.to_string()));
        Found {
            source: read.map(|source| Some(Rc::new(source))),
            name: folder.display().to_string(),
        }
    }
}

impl Found {
    /// Whether there is a source.
    pub(super) fn is_there(&self) -> bool {
        matches!(self.source, Ok(Some(_)))
    }

    /// Gives the model its source, where it is the one that the plan was made of; what a reader must know otherwise.
    pub(super) fn use_for<'p>(&'p self, model: &mut Model<'p>, wanted: &Wanted) -> Option<String> {
        let reason = match &self.source {
            Ok(None) => return None,
            Ok(Some(source)) => {
                let disagreement = model.use_source(source, wanted).err()?;
                format!("it is not the one that this plan was made of: {disagreement}")
            }
            Err(reason) => reason.clone(),
        };
        Some(format!("the source in `{}` is left out: {reason}", self.name))
    }
}

fn explained(error: &SourceError) -> anyhow::Error {
    anyhow!("{error}\n  help: {}", error.help())
}

/// Where the paths of a binary plan start, when nobody says: where it stands itself.
fn home_of(planfile: &Path) -> anyhow::Result<PathBuf> {
    let folder = planfile.parent().context("the binary plan has no folder")?;
    Ok(if folder.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        folder.to_owned()
    })
}

/// A path as people name it: from where planseal runs.
pub(super) fn shown(path: &Path) -> anyhow::Result<PathBuf> {
    if !path.is_absolute() {
        return Ok(path.to_owned());
    }
    let here = std::env::current_dir().context("cannot tell the current folder")?;
    Ok(match path.strip_prefix(&here) {
        Ok(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
        Ok(inside) => inside.to_owned(),
        Err(_) => path.to_owned(),
    })
}
