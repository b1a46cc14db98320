//! `planseal test`: finds test files and the policies beside them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anstream::ColorChoice;
use anyhow::{Context, bail};

use super::policies::{policy_sources, source, warn};
use crate::cli::{Test, TestFormat};
use crate::deliver;
use crate::exit::Exit;
use crate::policy::builtin;
use crate::policy::config::FILE_NAMES;
use crate::policy::load::{Files, Source, is_test_file};
use crate::testing::provider::{self, Schema};
use crate::testing::{self, Results, junit, render};

/// Folders that hold nothing that a person wrote here.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

pub(super) fn test(options: &Test, color: ColorChoice) -> anyhow::Result<Exit> {
    let found = Found::new(options)?;
    let policies = Files::read(&found.policies, options.no_default_policies);
    let covered = |file: &str| found.covered.contains(file);
    let results = testing::run(&found.tests, &policies, options.filter.as_deref(), covered);
    let named = match &options.schema {
        None => Ok(()),
        Some(path) => provider::check(&schema(path)?, &found.tests, &policies, covered),
    };
    let results = match (results, named) {
        (Ok(results), Ok(())) => results,
        (Err(errors), Ok(())) | (Ok(_), Err(errors)) => return Ok(wrong(&errors.render(true), color)),
        (Err(mut errors), Err(more)) => {
            errors.merge(more);
            return Ok(wrong(&errors.render(true), color));
        }
    };
    if let (0, Some(filter)) = (results.cases(), &options.filter) {
        bail!("no case has `{filter}` in its name");
    }
    warn(&results.warnings, color);
    deliver::to_standard_output(&rendered(&results, options.format, options)?, color)?;
    for (format, path) in &options.output {
        deliver::to_file(path, &rendered(&results, *format, options)?)?;
    }
    let gaps = options.require_coverage && !results.coverage.gaps().is_empty();
    Ok(match results.failed() == 0 && !gaps {
        true => Exit::Holds,
        false => Exit::Violations,
    })
}

/// What the providers have.
fn schema(path: &Path) -> anyhow::Result<Schema> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read the schema `{}`", path.display()))?;
    Schema::read(bytes).with_context(|| format!("cannot use the schema `{}`", path.display()))
}

fn wrong(text: &str, color: ColorChoice) -> Exit {
    deliver::to_standard_error(text, color);
    Exit::Wrong
}

fn rendered(results: &Results, format: TestFormat, options: &Test) -> anyhow::Result<String> {
    match format {
        TestFormat::Text => Ok(render::render(
            results,
            render::Options {
                verbose: options.verbose,
                require_coverage: options.require_coverage,
            },
        )),
        TestFormat::Junit => junit::render(results, options.require_coverage).context("cannot write the JUnit report"),
    }
}

/// What there is to run, and what it is run with.
struct Found {
    tests: Vec<Source>,
    policies: Vec<Source>,
    /// The files whose rules must have cases.
    covered: BTreeSet<String>,
}

impl Found {
    fn new(options: &Test) -> anyhow::Result<Self> {
        let mut files = BTreeSet::new();
        for path in &options.paths {
            if path.is_dir() {
                yaml_files(path, &mut files)?;
            } else {
                let name = path.to_string_lossy();
                if !is_test_file(&name) {
                    bail!("`{name}` is not a test file: those are called `….test.yaml`");
                }
                files.insert(path.clone());
                let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
                of_folder(folder.unwrap_or(Path::new(".")), &mut files)?;
            }
        }
        if options.paths.is_empty() {
            beside_tests(&mut files)?;
        }
        let (tests, policies): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|path| is_test_file(&path.to_string_lossy()));
        // Policies alone are checked: they have to be named, for any YAML file here may be taken for one.
        if tests.is_empty() && policies.is_empty() {
            if options.paths.is_empty() {
                bail!(
                    "there is no `….test.yaml` file in this folder or below it\n  help: to check policies without tests, name \
                     their folder: `planseal test FOLDER`"
                );
            }
            let places: Vec<String> = options
                .paths
                .iter()
                .map(|path| format!("`{}`", path.display()))
                .collect();
            bail!("there is no `….test.yaml` file in {}, and no policy", places.join(", "));
        }
        let mut found = Self {
            tests: tests
                .iter()
                .map(|path| source(path, "the test file"))
                .collect::<Result<_, _>>()?,
            policies: Vec::new(),
            covered: BTreeSet::new(),
        };
        let policies: Vec<Source> = policies
            .iter()
            .map(|path| source(path, "the policy"))
            .collect::<Result<_, _>>()?;
        found.take(policies, options.no_default_policies);
        for path in &options.policy {
            let more = policy_sources(path)?;
            let loaded: BTreeSet<String> = found.policies.iter().map(|one| one.file.clone()).collect();
            found
                .policies
                .extend(more.into_iter().filter(|one| !loaded.contains(&one.file)));
        }
        Ok(found)
    }

    /// A file that planseal has built in is not loaded a second time.
    fn take(&mut self, policies: Vec<Source>, without_builtin: bool) {
        let mut builtin = builtin::sources();
        builtin.retain(|one| !without_builtin || !one.file.starts_with("policies/rules/"));
        for policy in policies {
            match builtin.iter().find(|one| one.text == policy.text) {
                Some(same) => {
                    self.covered.insert(same.file.clone());
                }
                None => {
                    self.covered.insert(policy.file.clone());
                    self.policies.push(policy);
                }
            }
        }
    }
}

/// Every test file below the current folder, and the policies that stand in the same folder as one.
fn beside_tests(files: &mut BTreeSet<PathBuf>) -> anyhow::Result<()> {
    let mut all = BTreeSet::new();
    yaml_files(Path::new("."), &mut all)?;
    let with_tests: BTreeSet<Option<PathBuf>> = all
        .iter()
        .filter(|path| is_test_file(&path.to_string_lossy()))
        .map(|path| path.parent().map(Path::to_owned))
        .collect();
    all.retain(|path| with_tests.contains(&path.parent().map(Path::to_owned)));
    files.extend(
        all.into_iter()
            .map(|path| path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)),
    );
    Ok(())
}

/// The policies and test files in a folder and those below it.
fn yaml_files(folder: &Path, found: &mut BTreeSet<PathBuf>) -> anyhow::Result<()> {
    for path in entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() {
            if !name.starts_with('.') && !SKIPPED.contains(&name.as_str()) {
                yaml_files(&path, found)?;
            }
        } else if is_policy_or_test(&name) {
            found.insert(path);
        }
    }
    Ok(())
}

/// The policies in one folder.
fn of_folder(folder: &Path, found: &mut BTreeSet<PathBuf>) -> anyhow::Result<()> {
    for path in entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !path.is_dir() && is_policy_or_test(&name) && !is_test_file(&name) {
            found.insert(path);
        }
    }
    Ok(())
}

fn is_policy_or_test(name: &str) -> bool {
    [".yaml", ".yml"].iter().any(|end| name.ends_with(end)) && !FILE_NAMES.contains(&name)
}

fn entries(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let read = || format!("cannot read the folder `{}`", folder.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(read)? {
        found.push(entry.with_context(read)?.path());
    }
    Ok(found)
}
