//! What an attribute names: other resources of the plan, by reference and by value.

use std::collections::{BTreeSet, HashMap};

use super::facts::{Near, name_of, near, same_region};
use crate::model::path::Path;
use crate::model::resolve::{Resolution, Resolver, Source};
use crate::model::value::{Found, Location, LocationStep, State};
use crate::model::{Model, ResourceId, Side};
use crate::plan::Mode;

/// What an attribute names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// One of these.
    Some(BTreeSet<ResourceId>),
    /// One of these, or another that is not among those that may be meant.
    Perhaps(BTreeSet<ResourceId>),
    /// Something is named, and it is not in the plan.
    Elsewhere,
    /// The plan does not tell.
    Hidden,
}

/// What one node of an attribute names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Names {
    /// What it names; `None`: nothing is set.
    pub target: Option<Target>,
    /// Whether it may also be that nothing is set.
    pub may_be_unset: bool,
    /// Whether it stands for a list of which the plan shows no more than what it refers to.
    pub more: bool,
}

/// How resources name others.
pub(super) struct Link<'a> {
    /// The attribute that names.
    pub join: &'a Path,
    /// The attributes by whose value each of the others may be named, in their order.
    pub names: Vec<Vec<&'a Path>>,
    /// Whether such a name is there once in all accounts and Regions.
    pub unique: bool,
    /// Whether these are all the names that the others have. Otherwise one without a known name may be meant by any.
    pub all_names: bool,
}

/// One link on one side.
pub(super) struct Join<'a> {
    pub(super) model: &'a Model<'a>,
    resolver: &'a Resolver<'a, 'a>,
    join: &'a Path,
    unique: bool,
    all_names: bool,
    /// Every type that may be named in such a place.
    types: &'a BTreeSet<&'a str>,
    pub(super) side: Side,
    /// Those that may be meant.
    others: BTreeSet<ResourceId>,
    by_name: HashMap<String, BTreeSet<ResourceId>>,
    /// Those of them that have no name yet that is known.
    nameless: BTreeSet<ResourceId>,
}

impl<'a> Join<'a> {
    pub(super) fn new(
        model: &'a Model<'a>,
        resolver: &'a Resolver<'a, 'a>,
        link: &Link<'a>,
        others: BTreeSet<ResourceId>,
        types: &'a BTreeSet<&'a str>,
        side: Side,
    ) -> Self {
        let mut by_name: HashMap<String, BTreeSet<ResourceId>> = HashMap::new();
        let mut nameless = BTreeSet::new();
        for (other, paths) in others.iter().zip(&link.names) {
            let names = names(model, *other, paths, side);
            if !link.all_names && names.iter().all(|name| is_arn(name)) {
                nameless.insert(*other);
            }
            for name in names {
                by_name
                    .entry(without_root(&name).to_owned())
                    .or_default()
                    .insert(*other);
            }
        }
        Self {
            model,
            resolver,
            join: link.join,
            unique: link.unique,
            all_names: link.all_names,
            types,
            side,
            others,
            by_name,
            nameless,
        }
    }

    /// What the attribute of a resource names, where it names one alone.
    pub(super) fn target(&self, naming: ResourceId) -> Target {
        let found = self.nodes(naming);
        let Some(Found { location, state, .. }) = found.first() else {
            return Target::Hidden;
        };
        match state {
            State::Known(value) => match name_of(value) {
                Some(name) => self.named(name, naming),
                None => Target::Hidden,
            },
            State::Absent => Target::Hidden,
            State::Unknown => self.of(&self.resolver.resolve(naming, location), naming),
        }
    }

    /// Those that may be meant by a name that the plan does not show: only what stands already has one to be written.
    pub(super) fn standing(&self) -> BTreeSet<ResourceId> {
        let stood = |other: &ResourceId| self.model.resource(*other).values(Side::Before).is_some();
        self.others.iter().copied().filter(stood).collect()
    }

    /// What each node of the attribute names.
    pub(super) fn each(&self, naming: ResourceId) -> Vec<(Found, Names)> {
        let names = |found: Found| -> Vec<(Found, Names)> {
            match self.elements(naming, &found) {
                Some(elements) => elements.into_iter().map(|names| (found.clone(), names)).collect(),
                None => vec![(found.clone(), self.node(naming, &found))],
            }
        };
        self.nodes(naming).into_iter().flat_map(names).collect()
    }

    /// The elements of a list that only the source shows.
    fn elements(&self, naming: ResourceId, found: &Found) -> Option<Vec<Names>> {
        let (last, list) = found.location.0.split_last()?;
        if found.state != State::Unknown || *last != LocationStep::Any {
            return None;
        }
        let elements = self.resolver.elements(naming, &Location(list.to_vec()))?;
        Some(
            elements
                .iter()
                .map(|element| self.resolved(element, naming, false))
                .collect(),
        )
    }

    fn nodes(&self, naming: ResourceId) -> Vec<Found> {
        self.model.select(naming, self.side, &Location::default(), self.join)
    }

    fn node(&self, naming: ResourceId, found: &Found) -> Names {
        let certain = |target| Names {
            target,
            may_be_unset: false,
            more: false,
        };
        match &found.state {
            State::Absent => certain(None),
            State::Known(value) => certain(name_of(value).map(|name| self.named(name, naming))),
            State::Unknown => {
                let list = found.location.0.contains(&LocationStep::Any);
                self.resolved(&self.resolver.resolve(naming, &found.location), naming, list)
            }
        }
    }

    fn resolved(&self, resolution: &Resolution, naming: ResourceId, list: bool) -> Names {
        let mut unset = resolution.origins.iter().map(|origin| is_unset(&origin.source));
        let some_unset = unset.clone().any(|unset| unset);
        if unset.all(|unset| unset) {
            return Names {
                target: None,
                may_be_unset: false,
                more: false,
            };
        }
        let target = match list {
            true => self.of_list(resolution, naming),
            false => self.of(resolution, naming),
        };
        Names {
            target: Some(target),
            may_be_unset: some_unset || resolution.conditional,
            // Constants beside references stand in the source alone.
            more: list,
        }
    }

    /// What a list holds that is not known yet: what is known of it, too.
    fn of_list(&self, resolution: &Resolution, naming: ResourceId) -> Target {
        let mut all = BTreeSet::new();
        let mut elsewhere = false;
        for origin in &resolution.origins {
            let one = Resolution {
                origins: vec![origin.clone()],
                ..Resolution::default()
            };
            match self.of(&one, naming) {
                Target::Some(found) => all.extend(found),
                Target::Perhaps(found) => {
                    all.extend(found);
                    elsewhere = true;
                }
                Target::Elsewhere => elsewhere = true,
                Target::Hidden if is_unset(&origin.source) => {}
                Target::Hidden => return Target::Hidden,
            }
        }
        match (all.is_empty(), elsewhere) {
            (true, true) => Target::Elsewhere,
            (true, false) => Target::Hidden,
            (false, true) => Target::Perhaps(all),
            (false, false) => Target::Some(all),
        }
    }

    fn of(&self, resolution: &Resolution, naming: ResourceId) -> Target {
        let mut unknown = BTreeSet::new();
        let mut named = BTreeSet::new();
        let mut elsewhere = false;
        let mut outside = false;
        for origin in &resolution.origins {
            if origin.assembled {
                // A name that is made of another is a name of its own.
                return Target::Hidden;
            }
            match &origin.source {
                Source::Attribute { resource, state, .. } if self.others.contains(resource) => {
                    let group = if *state == State::Unknown {
                        &mut unknown
                    } else {
                        &mut named
                    };
                    group.insert(*resource);
                }
                Source::Attribute {
                    state: State::Known(value),
                    ..
                }
                | Source::Value(value) => match name_of(value).map(|name| self.named(name, naming)) {
                    Some(Target::Some(found)) => named.extend(found),
                    Some(Target::Perhaps(found)) => {
                        named.extend(found);
                        elsewhere = true;
                    }
                    Some(Target::Elsewhere) => outside = true,
                    Some(Target::Hidden) | None => {}
                },
                // It names what another type's entry joins it with.
                Source::Attribute { resource, location, .. } if self.is_another(*resource, location) => {
                    elsewhere = true
                }
                // Any other origin may name any store.
                Source::Attribute { .. } | Source::Document(_) | Source::Opaque(_) => return Target::Hidden,
                Source::NotSet => {}
            }
        }
        // An unknown value cannot be one that is known: where one origin is unknown, that is it.
        let stores = if unknown.is_empty() { named } else { unknown };
        match (stores.is_empty(), elsewhere) {
            (true, false) if outside && resolution.origins.len() == 1 && !resolution.conditional => Target::Elsewhere,
            (true, false) => Target::Hidden,
            (_, true) => Target::Perhaps(stores),
            (false, false) => Target::Some(stores),
        }
    }

    /// Whether an attribute that is not known yet names a resource that is none of those that may be meant: one of the other
    /// types in such places, or one by its own ARN.
    fn is_another(&self, resource: ResourceId, location: &Location) -> bool {
        let by_arn = !self.all_names && *location == Location::default().member("arn");
        let resource = self.model.resource(resource);
        resource.mode == Mode::Managed && (by_arn || self.types.contains(&*resource.resource_type))
    }

    /// A name counts in every account and Region, so the same provider configuration wins. In another one it is the same
    /// resource only where such a name is there once in all of them.
    fn named(&self, name: &str, naming: ResourceId) -> Target {
        let here = |other: &ResourceId| same_region(self.model, *other, naming, self.side);
        let named: BTreeSet<ResourceId> = match self.by_name.get(without_root(name)) {
            Some(named) => named.iter().copied().filter(here).collect(),
            None => BTreeSet::new(),
        };
        if named.is_empty() {
            return self.not_known_yet(name, naming);
        }
        let by_distance = |distance| -> BTreeSet<ResourceId> {
            let there = |other: &ResourceId| near(self.model, naming, *other) == distance;
            named.iter().copied().filter(there).collect()
        };
        let same = by_distance(Near::Same);
        if !same.is_empty() {
            return Target::Some(same);
        }
        if self.unique || is_arn(name) {
            return Target::Some(named);
        }
        let unknown = by_distance(Near::Unknown);
        if unknown.is_empty() {
            Target::Perhaps(named)
        } else {
            Target::Some(unknown)
        }
    }

    /// A name may be that of a resource whose own is known only after apply. One that AWS makes up is nobody's before that.
    fn not_known_yet(&self, name: &str, naming: ResourceId) -> Target {
        if is_arn(name) || is_made_up(name) {
            return Target::Elsewhere;
        }
        let near = |other: &ResourceId| near(self.model, naming, *other) != Near::Apart;
        let may_be: BTreeSet<ResourceId> = self.nameless.iter().copied().filter(near).collect();
        match may_be.is_empty() {
            true => Target::Elsewhere,
            false => Target::Perhaps(may_be),
        }
    }
}

fn is_unset(source: &Source) -> bool {
    matches!(
        source,
        Source::NotSet
            | Source::Attribute {
                state: State::Absent,
                ..
            }
    )
}

fn is_arn(name: &str) -> bool {
    name.starts_with("arn:")
}

/// A name in DNS means the same with the dot of the root at its end and without it.
fn without_root(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

/// Whether a name looks like those that AWS makes up: `sg-0123456789abcdef0`.
fn is_made_up(name: &str) -> bool {
    // A text of several lines is a document, and all of it is known.
    if name.contains('\n') {
        return true;
    }
    let (kind, id) = name.rsplit_once('-').unwrap_or_default();
    let letters = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    letters(kind) && matches!(id.len(), 8 | 17) && id.chars().all(|c| c.is_ascii_hexdigit() && !c.is_ascii_uppercase())
}

/// The live resources of a type on one side.
pub(super) fn present<'m>(
    model: &'m Model<'_>,
    resource_type: &str,
    side: Side,
) -> impl Iterator<Item = ResourceId> + use<'m> {
    model
        .of_type(Mode::Managed, resource_type)
        .iter()
        .copied()
        .filter(move |id| {
            let resource = model.resource(*id);
            resource.deposed.is_none() && resource.values(side).is_some()
        })
}

/// A resource's name stays while it lives: what is unknown after may be known before.
fn names(model: &Model<'_>, resource: ResourceId, paths: &[&Path], side: Side) -> Vec<String> {
    let sides = if model.resource(resource).replaced() {
        vec![side]
    } else {
        vec![side, Side::Before]
    };
    sides
        .into_iter()
        .flat_map(|side| {
            paths
                .iter()
                .flat_map(move |path| model.select(resource, side, &Location::default(), path))
        })
        .filter_map(|found| match found.state {
            State::Known(value) => name_of(&value).map(str::to_owned),
            _ => None,
        })
        .collect()
}
