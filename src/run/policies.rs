//! Which policy files are loaded.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anstream::ColorChoice;
use anyhow::{Context, anyhow, bail};

use crate::deliver;
use crate::policy::config::FILE_NAMES;
use crate::policy::load::{Files, Source, is_test_file};
use crate::policy::yaml::MAX_BYTES;
use crate::report::escape::visible;

/// The policies of planseal and of the options.
pub(super) struct PolicyFiles {
    /// What was read.
    pub(super) files: Files,
    /// The paths that the options name.
    pub(super) paths: Vec<PathBuf>,
    /// What stands there.
    pub(super) named: Vec<Source>,
    /// The files that were read, whatever they are called.
    read: BTreeSet<PathBuf>,
}

impl PolicyFiles {
    /// Reads the policies of the options, each file once.
    pub(super) fn new(paths: &[PathBuf], without_builtin: bool) -> anyhow::Result<Self> {
        let mut read = BTreeSet::new();
        let mut more = Vec::new();
        for path in paths {
            more.extend(sources(path, &mut read)?);
        }
        Ok(Self {
            files: Files::read(&more, without_builtin),
            paths: paths.to_vec(),
            named: more,
            read,
        })
    }

    /// Gives the policies that a configuration names, each file once; what the options name already is not read again.
    pub(super) fn named_by(&self, config: &Path) -> impl FnMut(&str) -> Result<Vec<Source>, String> + use<> {
        let folder = config.parent().unwrap_or(Path::new("")).to_owned();
        let mut read = self.read.clone();
        move |path| sources(&folder.join(path), &mut read).map_err(|error| format!("{error:#}"))
    }
}

/// Says what may be a mistake, and need not be one.
pub(super) fn warn(warnings: &[String], color: ColorChoice) {
    for warning in warnings {
        deliver::to_standard_error(&format!("warning: {}\n", visible(warning)), color);
    }
}

/// The policies at a path.
pub(super) fn policy_sources(path: &Path) -> anyhow::Result<Vec<Source>> {
    sources(path, &mut BTreeSet::new())
}

/// A file that is `what`.
pub(super) fn source(path: &Path, what: &str) -> anyhow::Result<Source> {
    let text = text(path).with_context(|| format!("cannot read {what} `{}`", path.display()))?;
    Ok(Source {
        file: path.display().to_string(),
        text,
    })
}

/// The text of a file that a person wrote.
pub(super) fn text(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX);
    File::open(path)?.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    text_of(bytes)
}

/// The text that a person wrote into a file.
pub(super) fn text_of(bytes: Vec<u8>) -> anyhow::Result<String> {
    if bytes.len() > MAX_BYTES {
        bail!("it is too large: at most {MAX_BYTES} bytes are read; write it in several files");
    }
    if [[0xff, 0xfe], [0xfe, 0xff]].iter().any(|mark| bytes.starts_with(mark)) {
        bail!("it is in UTF-16: save it as UTF-8");
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        anyhow!(
            "it is no text in UTF-8 (look at byte {}): save it as UTF-8",
            good.saturating_add(1)
        )
    })
}

/// The policies at a path, without those that were read already.
fn sources(path: &Path, read: &mut BTreeSet<PathBuf>) -> anyhow::Result<Vec<Source>> {
    let mut files = Vec::new();
    if path.is_dir() {
        yaml_files(path, &mut files)?;
        files.sort();
        if files.is_empty() {
            bail!("the policy folder `{}` holds no `.yaml` file", path.display());
        }
    } else {
        files.push(path.to_owned());
    }
    let mut sources = Vec::new();
    for file in files {
        let cannot = || format!("cannot read the policy `{}`", file.display());
        let text = text(&file).with_context(cannot)?;
        if read.insert(file.canonicalize().with_context(cannot)?) {
            sources.push(Source {
                file: file.display().to_string(),
                text,
            });
        }
    }
    Ok(sources)
}

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let read = || format!("cannot read the policy folder `{}`", folder.display());
    for entry in std::fs::read_dir(folder).with_context(read)? {
        let path = entry.with_context(read)?.path();
        if path.is_dir() {
            yaml_files(&path, found)?;
        } else if is_policy(&path) {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a file in a folder is taken for a policy: not the tests of one, nor a configuration.
pub(super) fn is_policy(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let yaml = [".yaml", ".yml"].iter().any(|end| name.ends_with(end));
    yaml && !is_test_file(name) && !FILE_NAMES.contains(&name)
}
