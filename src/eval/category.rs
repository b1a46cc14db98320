//! Data categories: what a store (or a key) is for, and the evidence.

mod address;
mod considered;

use std::collections::BTreeSet;
use std::rc::Rc;

pub use considered::Considered;

use super::facts::Facts;
use super::key::KeyRef;
use super::source::read_during_apply;
use super::tri::{Doubt, Tri};
use crate::model::value::{Location, Node, NodeKind, State};
use crate::model::{ResourceId, Side, Written};
use crate::policy::catalog::Store;
use crate::policy::condition::CategoryEvidence;
use crate::policy::known::KnownKey;
use crate::policy::level::Level;

/// A category that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: String,
    /// How it was found.
    pub evidence: CategoryEvidence,
    /// Where, in words: `tags_all.data-class`.
    pub from: String,
    /// Whether another tag names another category.
    pub conflicting: bool,
}

/// Copies of copies longer than this are not real.
const MAX_DEPTH: usize = 8;

impl Known {
    /// Whether somebody said so, by a tag or an address pattern.
    pub fn explicit(&self) -> bool {
        self.evidence == CategoryEvidence::Explicit
    }
}

/// A category, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CategoryFound {
    /// This one.
    Known(Known),
    /// It cannot be told.
    Unknown(Doubt),
}

/// The category that a store is judged by on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effective {
    /// The category: of before and after, the stricter.
    pub found: CategoryFound,
    /// The category of this side alone.
    pub own: CategoryFound,
    /// The category before, where there was an explicit one.
    pub explicit_before: Option<String>,
    /// Whether this plan removes or lowers an explicit category.
    pub lowered: Tri,
    /// Whether this plan takes away what showed, without a tag, that the store needs more.
    pub requirement_lowered: Tri,
}

impl Effective {
    /// A category that nothing before binds.
    pub fn only(found: CategoryFound) -> Self {
        Self {
            own: found.clone(),
            found,
            explicit_before: None,
            lowered: Tri::False,
            requirement_lowered: Tri::False,
        }
    }
}

/// What the tags of a resource say.
enum Tagged {
    Category(Known),
    Nothing,
    Doubtful(Doubt),
}

impl<'a> Facts<'a> {
    /// The category that a store is judged by on one side; found once.
    pub fn category(&self, id: ResourceId, store: &Store, side: Side) -> Rc<Effective> {
        if let Some(known) = self.categories.borrow().get(&(id, side)) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.effective(id, store, side));
        self.categories.borrow_mut().insert((id, side), Rc::clone(&found));
        found
    }

    fn effective(&self, id: ResourceId, store: &Store, side: Side) -> Effective {
        let found = self.found(id, store, side);
        if side == Side::Before {
            return Effective::only(found);
        }
        // Also of a resource that is being imported: its tags stand before this plan.
        let before = self.model.resource(id).values(Side::Before);
        let before = before.map(|_| self.found(id, store, Side::Before));
        let explicit_before = match &before {
            Some(CategoryFound::Known(known)) if known.explicit() => Some(known.id.clone()),
            _ => None,
        };
        Effective {
            lowered: self.lowered(explicit_before.as_deref(), &found),
            requirement_lowered: self.requirement_lowered(before.as_ref(), &found),
            own: found.clone(),
            found: self.stricter(before, found),
            explicit_before,
        }
    }

    /// What a managed credential is judged as, whatever its store holds.
    pub fn credential_category(&self) -> Effective {
        let found = CategoryFound::Known(Known {
            id: self.policies.categories.credentials.category.clone(),
            evidence: CategoryEvidence::Certain,
            from: "managed credential".into(),
            conflicting: false,
        });
        Effective::only(found)
    }

    /// Removed counts as lowered, unless what then holds needs more.
    fn lowered(&self, before: Option<&str>, after: &CategoryFound) -> Tri {
        let Some(before) = before else { return Tri::False };
        match after {
            CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
            CategoryFound::Known(known) => {
                let (was, is) = (self.minimum(before), self.minimum(&known.id));
                Tri::known(is < was || is == was && !known.explicit())
            }
        }
    }

    /// What a tag said is [`Self::lowered`]'s; what was only assumed did not bind.
    fn requirement_lowered(&self, before: Option<&CategoryFound>, after: &CategoryFound) -> Tri {
        let Some(CategoryFound::Known(before)) = before else {
            return Tri::False;
        };
        if before.explicit() || !binding(before) {
            return Tri::False;
        }
        match after {
            CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
            CategoryFound::Known(known) => Tri::known(self.minimum(&known.id) < self.minimum(&before.id)),
        }
    }

    /// A category that was only assumed, or missing, does not bind the one that is said after.
    fn stricter(&self, before: Option<CategoryFound>, after: CategoryFound) -> CategoryFound {
        let Some(CategoryFound::Known(before)) = before else {
            return after;
        };
        let stricter = match &after {
            CategoryFound::Known(known) => {
                let (was, is) = (self.minimum(&before.id), self.minimum(&known.id));
                was > is || was == is && before.explicit() && !known.explicit()
            }
            // Whatever it becomes, it cannot need more than the strictest.
            CategoryFound::Unknown(_) => {
                self.minimum(&before.id) == self.policies.categories.by_id.values().map(|entry| entry.minimum).max()
            }
        };
        if binding(&before) && stricter {
            CategoryFound::Known(Known {
                from: format!("{}, before this plan", before.from),
                ..before
            })
        } else {
            after
        }
    }

    pub(super) fn minimum(&self, category: &str) -> Option<Level> {
        self.policies.categories.by_id.get(category).map(|entry| entry.minimum)
    }

    fn found(&self, id: ResourceId, store: &Store, side: Side) -> CategoryFound {
        self.found_at(id, store, side, 0)
    }

    fn found_at(&self, id: ResourceId, store: &Store, side: Side, depth: usize) -> CategoryFound {
        let orphan = self.companions.orphans.contains_key(&id);
        if !orphan {
            match self.tagged(id, side) {
                Tagged::Category(known) => {
                    let known = self.with_address(known, id, side);
                    return CategoryFound::Known(self.explicit_with_source(known, id, store, side, depth));
                }
                Tagged::Doubtful(doubt) => return CategoryFound::Unknown(doubt),
                Tagged::Nothing => {}
            }
        }
        if let Some(known) = self.by_address(id, side) {
            return CategoryFound::Known(self.explicit_with_source(known, id, store, side, depth));
        }
        if let Some(found) = self.of_source(id, store, side, depth) {
            return found;
        }
        if let Some(known) = self.by_companion(id, store, side) {
            return CategoryFound::Known(known);
        }
        if let Some(known) = self.by_type(id) {
            return CategoryFound::Known(known);
        }
        CategoryFound::Known(self.inferred(id, store, side).unwrap_or_else(|| Known {
            id: self.policies.categories.unclassified.clone(),
            evidence: CategoryEvidence::Unclassified,
            from: "unclassified".into(),
            conflicting: false,
        }))
    }

    fn by_type(&self, id: ResourceId) -> Option<Known> {
        let resource_type = &self.model.resource(id).resource_type;
        let default = self.policies.classification.type_defaults.get(&**resource_type)?;
        Some(Known {
            id: default.category.clone(),
            evidence: if default.certain {
                CategoryEvidence::Certain
            } else {
                CategoryEvidence::Assumed
            },
            from: format!("resource type {resource_type}"),
            conflicting: false,
        })
    }

    /// What a service writes into a store tells what it holds: a trail's bucket holds audit logs.
    fn by_companion(&self, id: ResourceId, store: &Store, side: Side) -> Option<Known> {
        let store_type = &self.model.resource(id).resource_type;
        store.companions.iter().find_map(|(companion, entry)| {
            let category = entry.category.as_ref()?;
            let joined = self.companions.of(id, store_type, companion, side);
            let writer = joined.certain.first()?;
            Some(Known {
                id: category.clone(),
                evidence: CategoryEvidence::Certain,
                from: format!("written to by {}", self.model.resource(*writer).address),
                conflicting: false,
            })
        })
    }

    /// A part of another store is judged apart from it.
    fn explicit_with_source(&self, own: Known, id: ResourceId, store: &Store, side: Side, depth: usize) -> Known {
        let source = store.has_storage().then(|| self.of_source(id, store, side, depth));
        self.with_source(own, source.flatten())
    }

    /// A copy's own tag does not make less of what its source holds: where somebody said that, or it is sure, both count.
    fn with_source(&self, own: Known, source: Option<CategoryFound>) -> Known {
        match source {
            Some(CategoryFound::Known(source))
                if matches!(source.evidence, CategoryEvidence::Explicit | CategoryEvidence::Certain)
                    && self.minimum(&source.id) > self.minimum(&own.id) =>
            {
                self.in_conflict(own, source)
            }
            _ => own,
        }
    }

    /// A copy holds what its source holds; of several sources, the strictest counts.
    fn of_source(&self, id: ResourceId, store: &Store, side: Side, depth: usize) -> Option<CategoryFound> {
        let whole = Location::default();
        let places = store
            .category_from
            .iter()
            .flat_map(|path| self.model.select(id, side, &whole, path));
        let sources: BTreeSet<ResourceId> = places
            .filter_map(|place| self.store_at(id, &place, side))
            .filter(|source| *source != id && depth <= MAX_DEPTH)
            .collect();
        let found = sources
            .into_iter()
            .filter_map(|source| self.of_one_source(source, side, depth));
        found.reduce(|one, other| match (&one, &other) {
            (CategoryFound::Known(left), CategoryFound::Known(right)) => {
                if self.minimum(&right.id) > self.minimum(&left.id) {
                    other
                } else {
                    one
                }
            }
            (CategoryFound::Unknown(_), _) => one,
            _ => other,
        })
    }

    fn of_one_source(&self, source: ResourceId, side: Side, depth: usize) -> Option<CategoryFound> {
        let resource = self.model.resource(source);
        let entry = self.policies.catalog.original(resource.mode, &resource.resource_type)?;
        if read_during_apply(resource) {
            return Some(CategoryFound::Unknown(Doubt {
                because: format!("its source `{}` is read only during apply", resource.address),
                settle: "give it a tag of its own that names its data category".into(),
            }));
        }
        match self.found_at(source, entry, side, depth.saturating_add(1)) {
            CategoryFound::Known(known) if known.evidence == CategoryEvidence::Unclassified => None,
            CategoryFound::Known(known) => Some(CategoryFound::Known(Known {
                from: format!("its source {}", resource.address),
                conflicting: false,
                ..known
            })),
            unknown => Some(unknown),
        }
    }

    /// The category of the one key that protects the store's data.
    fn inferred(&self, id: ResourceId, store: &Store, side: Side) -> Option<Known> {
        let mut found: Option<Known> = None;
        for part in self.storage(id, store, side) {
            for outcome in part.outcomes() {
                let (id, from) = self.told_by_key(&outcome.key.as_ref()?.key, side)?;
                if found.as_ref().is_some_and(|there| there.id != id) {
                    return None;
                }
                found = Some(Known {
                    id,
                    evidence: CategoryEvidence::Inferred,
                    from,
                    conflicting: false,
                });
            }
        }
        found
    }

    /// The category that is said of a key, and the key in words.
    fn told_by_key(&self, key: &KeyRef, side: Side) -> Option<(String, String)> {
        match key {
            KeyRef::Managed(key) => match self.key_category(*key, side) {
                CategoryFound::Known(known) if known.explicit() => {
                    Some((known.id, format!("key {}", self.model.resource(*key).address)))
                }
                CategoryFound::Known(_) | CategoryFound::Unknown(_) => None,
            },
            KeyRef::External(key) => {
                let id = self.known(key)?.category.clone()?;
                let from = match key.hidden {
                    true => key.phrase(),
                    false => format!("key {}", key.name),
                };
                Some((id, from))
            }
            KeyRef::AwsManaged | KeyRef::Unset | KeyRef::Unknown(_) => None,
        }
    }

    /// Whether a key belongs to another category than `own`, by what it is and by what it was: a new tag on a key does
    /// not change what it protects.
    pub fn key_is_of_another(&self, key: ResourceId, own: &str, side: Side) -> Tri {
        let sides: &[Side] = match side {
            Side::Before => &[Side::Before],
            Side::After => &[Side::Before, Side::After],
        };
        Tri::any(
            sides
                .iter()
                .filter(|side| self.model.resource(key).values(**side).is_some())
                .map(|side| match self.key_category(key, *side) {
                    CategoryFound::Known(known) => Tri::known(known.explicit() && known.id != own),
                    CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt]),
                }),
        )
    }

    /// A key's own category: by its tags, else by the configuration, else by an alias that the data-category table names, else by
    /// its address, else (of a copy in another Region) that of the key that it is a copy of.
    pub fn key_category(&self, id: ResourceId, side: Side) -> CategoryFound {
        let own = self.category_of_key(id, side);
        if matches!(&own, CategoryFound::Known(known) if known.explicit()) {
            return own;
        }
        let Some(primary) = self.primary_of(id, side) else {
            let known = matches!(own, CategoryFound::Known(_)).then(|| self.known_primary_of(id, side));
            return known.flatten().and_then(explicit_by_configuration).unwrap_or(own);
        };
        match (own, self.category_of_key(primary, side)) {
            (CategoryFound::Known(_), CategoryFound::Known(known)) if known.explicit() => {
                let from = format!("{} of {}", known.from, self.model.resource(primary).address);
                CategoryFound::Known(Known { from, ..known })
            }
            (CategoryFound::Known(_), hidden @ CategoryFound::Unknown(_)) => hidden,
            (own, _) => own,
        }
    }

    fn category_of_key(&self, id: ResourceId, side: Side) -> CategoryFound {
        match self.tagged(id, side) {
            Tagged::Category(known) => return CategoryFound::Known(known),
            // A tag may say which key of the hierarchy it is, instead of a category.
            Tagged::Doubtful(doubt) if self.tagged_spot(id, side).is_none() => return CategoryFound::Unknown(doubt),
            Tagged::Doubtful(_) | Tagged::Nothing => {}
        }
        if let Some(found) = self.listed(id).and_then(explicit_by_configuration) {
            return found;
        }
        for alias in self.aliases_of(id, side) {
            let table = &self.policies.categories;
            let named = table.hierarchy.of_alias(&alias).and_then(|name| table.of_key(name));
            if let Some(category) = named {
                return CategoryFound::Known(Known {
                    id: category.to_owned(),
                    evidence: CategoryEvidence::Explicit,
                    from: alias,
                    conflicting: false,
                });
            }
        }
        if let Some(known) = self.by_address(id, side) {
            return CategoryFound::Known(known);
        }
        CategoryFound::Known(Known {
            id: self.policies.categories.unclassified.clone(),
            evidence: CategoryEvidence::Unclassified,
            from: "unclassified".into(),
            conflicting: false,
        })
    }

    fn tagged(&self, id: ResourceId, side: Side) -> Tagged {
        let Some(values) = self.model.resource(id).values(side) else {
            return Tagged::Nothing;
        };
        let place = |attribute: &str| values.at(&Location::default().member(attribute));
        let (all, own) = (place("tags_all"), place("tags"));
        for (attribute, node) in [("tags_all", all), ("tags", own)] {
            match node.map(|node| self.in_tags(attribute, node)) {
                None | Some(Tagged::Nothing) => {}
                Some(found) => return found,
            }
        }
        let unknown = |node: Option<&Node>| node.is_some_and(|node| node.kind == NodeKind::Unknown);
        if side == Side::Before || !unknown(all) && !unknown(own) {
            return Tagged::Nothing;
        }
        if let Some(tags) = self.resolver.tags(id) {
            return self.in_tags("tags", &tags);
        }
        self.hidden_tags(id, unknown(own))
    }

    /// The strictest category that a tag names; of equally strict ones, the one of the preferred tag key.
    fn in_tags(&self, attribute: &str, node: &Node) -> Tagged {
        let NodeKind::Object(tags) = &node.kind else {
            return Tagged::Nothing;
        };
        let mut found: Option<Known> = None;
        let mut doubtful = None;
        let mut strange = None;
        for key in &self.policies.classification.tags {
            let category = match tags.get(key.as_str()).map(Node::state) {
                None | Some(State::Absent) => continue,
                Some(State::Unknown) => {
                    doubtful.get_or_insert(key);
                    continue;
                }
                Some(State::Known(value)) => value
                    .as_str()
                    .filter(|value| !value.is_empty())
                    .map(|value| self.policies.classification.category_of(value)),
            };
            let category = match category {
                None => continue,
                Some(Some(category)) => category,
                Some(None) => {
                    strange.get_or_insert(key);
                    continue;
                }
            };
            let one = Known {
                id: category.to_owned(),
                evidence: CategoryEvidence::Explicit,
                from: format!("{attribute}.{key}"),
                conflicting: false,
            };
            found = Some(match found {
                None => one,
                Some(there) if there.id == one.id => there,
                Some(there) => self.in_conflict(there, one),
            });
        }
        match (found, doubtful) {
            (Some(known), _) => Tagged::Category(known),
            (None, Some(key)) => Tagged::Doubtful(Doubt {
                because: format!("the tag `{key}` is known only after apply"),
                settle: format!("give the tag `{key}` a literal value"),
            }),
            (None, None) => strange.map_or(Tagged::Nothing, |key| Tagged::Doubtful(self.no_category(key))),
        }
    }

    fn no_category(&self, key: &str) -> Doubt {
        let known: Vec<&str> = self.policies.categories.by_id.keys().map(String::as_str).collect();
        Doubt {
            because: format!("its tag `{key}` names no data category that planseal knows"),
            settle: format!(
                "use one of {}, or add the word as a synonym to the classification",
                known.join(", ")
            ),
        }
    }

    fn in_conflict(&self, first: Known, second: Known) -> Known {
        let (wins, loses) = if self.minimum(&second.id) > self.minimum(&first.id) {
            (second, first)
        } else {
            (first, second)
        };
        Known {
            from: format!("{}, and {} says `{}`", wins.from, loses.from, loses.id),
            conflicting: true,
            ..wins
        }
    }

    /// One unknown tag value makes the whole map unknown; where nobody sets tags there is nothing to know.
    fn hidden_tags(&self, id: ResourceId, own_unknown: bool) -> Tagged {
        let by_provider = self.model.has_default_tags(id);
        let written = self.model.written(id, &Location::default().member("tags"));
        let by_author = own_unknown && !matches!(written, Written::Not);
        if by_provider == Some(false) && !by_author {
            return Tagged::Nothing;
        }
        let because = if matches!(written, Written::NoConfiguration) {
            "its tags are known only after apply, and the plan document has no configuration for it"
        } else {
            "one of its tags is known only after apply, and Terraform then hides all of them"
        };
        Tagged::Doubtful(Doubt {
            because: because.into(),
            settle: "give every tag of this resource (and of the provider's `default_tags`) a value that is known before apply".into(),
        })
    }
}

/// The category that the configuration says of a key.
fn explicit_by_configuration(key: &KnownKey) -> Option<CategoryFound> {
    Some(CategoryFound::Known(Known {
        id: key.category.clone()?,
        evidence: CategoryEvidence::Explicit,
        from: "known_keys".into(),
        conflicting: false,
    }))
}

/// Whether a category that was found before holds after, too.
fn binding(before: &Known) -> bool {
    !matches!(
        before.evidence,
        CategoryEvidence::Unclassified | CategoryEvidence::Assumed
    )
}
