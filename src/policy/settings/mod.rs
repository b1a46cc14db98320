//! What a configuration sets, and what of it a change adds or loosens against the base branch.
//!
//! The comparison reads files as they are written, not as they compile: the base may be older than this planseal, and what is
//! new in the file format is compared without being known here. The table in `scale` says which way of a setting is the looser one.

mod files;
mod flat;
mod scale;
mod waivers;

use super::Policies;
use super::load::Source;
use super::pattern::Pattern;
use super::waiver::Waiver;
use super::yaml::{self, Kind, Node};
use flat::{Leaf, flat};
use scale::Scale;

/// One thing that a configuration sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Where it stands in the file: `gate.mode`; a waiver by what it is about.
    pub name: String,
    /// What the base says; `None` where it says nothing.
    pub before: Option<String>,
    /// What is in force; `None` where nothing is said any more.
    pub after: Option<String>,
    /// What the change does to it.
    pub direction: Direction,
    /// The line in the configuration, where it stands there.
    pub line: Option<usize>,
}

/// What a change does to a setting, what a reviewer must see first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Less is found, or less blocks.
    Loosened,
    /// It was not there, and may loosen something.
    Added,
    /// Which way cannot be told.
    Changed,
    /// More is found, or more blocks.
    Tightened,
    /// It stands as it stood.
    Same,
    /// There is nothing to compare it with.
    NotCompared,
}

impl Direction {
    /// Whether a reviewer must look at it.
    pub fn is_of_note(self) -> bool {
        matches!(self, Self::Loosened | Self::Added | Self::Changed)
    }
}

/// What a configuration is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base<'a> {
    /// Nobody knows what the base says.
    Unknown,
    /// What it says; nothing where it has no configuration.
    Known(Option<&'a Source>),
}

/// What a configuration sets, what the change adds or loosens first, else in the order of the file. `policies` are those
/// without the configuration: they tell what holds where it says nothing. What is merely stated of the world (accounts, known
/// keys) is named only where it changes.
///
/// # Errors
/// Where the base is no configuration at all.
pub fn settings(
    config: Option<&Source>,
    base: Base<'_>,
    policies: &Policies,
) -> Result<Vec<Setting>, NotAConfiguration> {
    let after = File::read(config)?;
    let Base::Known(base) = base else {
        return Ok(after.in_force());
    };
    let before = File::read(base)?;
    let mut found = waivers::compare(&before.waivers, &after.waivers);
    found.extend(compare(&before.leaves, &after.leaves, policies));
    found.retain(|setting| setting.direction.is_of_note() || setting.after.is_some());
    sort(&mut found);
    Ok(found)
}

/// What must be looked at comes first, else the order is that of the file.
fn sort(settings: &mut [Setting]) {
    settings.sort_by_key(|setting| {
        let rest = !setting.direction.is_of_note();
        (rest, (!rest).then_some(setting.direction), setting.line)
    });
}

/// Adds what a change does to policy files. `before` are those of the base, `after` those in force, by their paths from the root
/// of the repository.
pub fn add_policy_files(settings: &mut Vec<Setting>, before: &[Source], after: &[Source]) {
    settings.extend(files::compare(before, after));
    sort(settings);
}

/// The waivers of a base.
///
/// # Errors
/// Where the base is no configuration at all.
pub fn waivers_in(base: Option<&Source>) -> Result<Vec<Waiver>, NotAConfiguration> {
    File::read(base).map(|file| file.waivers)
}

/// The policies that a base names.
///
/// # Errors
/// Where the base is no configuration at all.
pub fn policies_in(base: Option<&Source>) -> Result<Vec<String>, NotAConfiguration> {
    let leaves = File::read(base)?.leaves.into_iter();
    let policies = leaves.filter(|leaf| leaf.path == ["policies"]);
    Ok(policies.flat_map(|leaf| leaf.items.unwrap_or_default()).collect())
}

/// A text that is no mapping in YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not a configuration in YAML")]
pub struct NotAConfiguration;

/// A configuration as it is written.
#[derive(Default)]
struct File {
    waivers: Vec<Waiver>,
    leaves: Vec<Leaf>,
}

impl File {
    fn read(source: Option<&Source>) -> Result<Self, NotAConfiguration> {
        let Some(source) = source else {
            return Ok(Self::default());
        };
        let mut broken = false;
        let root = yaml::load(&source.file, &source.text, &mut |_| broken = true);
        let root = root.filter(|_| !broken).ok_or(NotAConfiguration)?;
        match &root.kind {
            Kind::Null => Ok(Self::default()),
            Kind::Mapping(entries) => Ok(Self::of(&source.file, entries)),
            _ => Err(NotAConfiguration),
        }
    }

    fn of(file: &str, entries: &[(Node, Node)]) -> Self {
        let mut found = Self::default();
        for (key, value) in entries {
            match key.as_str() {
                Some("waivers") => found.waivers = waivers::read(file, value),
                Some(name) => flat(&mut vec![name.to_owned()], key.span.line, value, &mut found.leaves),
                None => {}
            }
        }
        found
    }

    /// What it sets, where there is nothing to compare it with.
    fn in_force(&self) -> Vec<Setting> {
        let waivers = self.waivers.iter().map(waivers::setting);
        let leaves = self.leaves.iter().filter(|leaf| scale::of(&leaf.path) != Scale::Fact);
        let mut found: Vec<Setting> = waivers
            .chain(leaves.map(|leaf| Setting {
                name: leaf.name(),
                before: None,
                after: Some(leaf.value.clone()),
                direction: Direction::NotCompared,
                line: Some(leaf.line),
            }))
            .collect();
        found.sort_by_key(|setting| setting.line);
        found
    }
}

fn compare(in_base: &[Leaf], in_force: &[Leaf], policies: &Policies) -> Vec<Setting> {
    let mut found = Vec::new();
    let at = |leaves: &[Leaf], wanted: &Leaf| leaves.iter().position(|leaf| leaf.path == wanted.path);
    let gone = in_base.iter().filter(|leaf| at(in_force, leaf).is_none());
    let pairs = in_force
        .iter()
        .map(|leaf| (at(in_base, leaf).and_then(|position| in_base.get(position)), Some(leaf)))
        .chain(gone.map(|leaf| (Some(leaf), None)));
    for (before, after) in pairs {
        let Some(leaf) = after.or(before) else { continue };
        let scale = scale::of(&leaf.path);
        let was = before.or_else(|| by_pattern(in_base, &leaf.path));
        let is = after.or_else(|| by_pattern(in_force, &leaf.path));
        let direction = scale.direction(&leaf.path, was, is, policies);
        if scale == Scale::Fact && !direction.is_of_note() {
            continue;
        }
        found.push(Setting {
            name: leaf.name(),
            before: before.map(|leaf| leaf.value.clone()),
            after: after.map(|leaf| leaf.value.clone()),
            direction,
            line: after.map(|leaf| leaf.line),
        });
    }
    found
}

/// What a pattern of ids says of a rule, where nothing is said under its id.
fn by_pattern<'l>(leaves: &'l [Leaf], wanted: &[String]) -> Option<&'l Leaf> {
    let [rules, id, setting @ ..] = wanted else { return None };
    let says = |leaf: &&Leaf| match leaf.path.as_slice() {
        [other, pattern, rest @ ..] => {
            other == rules && rest == setting && pattern.contains('*') && Pattern::new(pattern).matches(id)
        }
        _ => false,
    };
    leaves.iter().filter(|_| rules == "rules").find(says)
}

#[cfg(test)]
mod tests;
