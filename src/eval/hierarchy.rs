//! The key hierarchy: where keys stand in it, and which key data belongs under.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::category::{CategoryFound, Known};
use super::facts::{Facts, Near, near};
use super::key::External;
use super::tri::{Doubt, Tri};
use crate::model::value::{Location, Node, NodeKind, State};
use crate::model::{ResourceId, Side};
use crate::policy::catalog::PartKind;
use crate::policy::category::{Category, KeyProperty};
use crate::policy::condition::CategoryEvidence;

/// A place in the key hierarchy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// That of a key that the hierarchy names.
    Key(String),
    /// That of a category for which it names none.
    Category(String),
}

/// Where a key stands, and what says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    by_alias: BTreeMap<Spot, String>,
    by_category: BTreeMap<Spot, String>,
    /// Why it cannot be told which category is said of it.
    doubt: Option<Doubt>,
    /// Why it cannot be told whether an alias says more.
    alias_doubt: Option<Doubt>,
}

impl Standing {
    /// Every place that anything says, with what says it.
    pub fn all(&self) -> impl Iterator<Item = (&Spot, &String)> {
        self.by_alias.iter().chain(&self.by_category)
    }

    /// Whether nothing says what it is for, as far as can be told.
    pub fn is_nowhere(&self) -> bool {
        self.all().next().is_none()
    }

    /// Why it cannot be told whether anything else says what it is for.
    pub fn doubt(&self) -> Option<&Doubt> {
        self.doubt.as_ref().or(self.alias_doubt.as_ref())
    }

    /// Whether it stands in one of these places.
    pub fn is_in(&self, spots: &[Spot]) -> bool {
        self.all().any(|(spot, _)| spots.contains(spot))
    }

    /// Whether another key stands in the same place. What an alias says is more exact than a category.
    pub fn same(&self, other: &Self) -> Tri {
        let mut doubts = Vec::new();
        for one in [self, other].into_iter().filter(|one| one.is_nowhere()) {
            match one.doubt() {
                Some(doubt) => doubts.push(doubt.clone()),
                None => return Tri::False,
            }
        }
        let same = self.own().keys().any(|spot| other.own().contains_key(spot));
        if same {
            // An alias may say more of a key than its category does.
            let hidden = [self, other].into_iter().filter_map(|one| one.alias_doubt.clone());
            doubts.extend(hidden);
        }
        match doubts.is_empty() {
            true => Tri::known(same),
            false => Tri::Unknown(doubts),
        }
    }

    /// Where it stands before all, with what says so.
    pub fn own(&self) -> &BTreeMap<Spot, String> {
        match self.by_alias.is_empty() {
            true => &self.by_category,
            false => &self.by_alias,
        }
    }
}

impl Facts<'_> {
    /// Where a key of the plan stands on one side; a copy stands where the key stands that it is a copy of.
    pub fn standing(&self, key: ResourceId, side: Side) -> Rc<Standing> {
        let known = self.standings.borrow().get(&(key, side)).cloned();
        known.unwrap_or_else(|| {
            let found = Rc::new(self.find_standing(key, side));
            self.standings.borrow_mut().insert((key, side), Rc::clone(&found));
            found
        })
    }

    fn find_standing(&self, key: ResourceId, side: Side) -> Standing {
        let mut standing = self.standing_by_names(self.names_of_key(key, side));
        if let Some(primary) = self.primary_of(key, side).filter(|_| standing.is_nowhere()) {
            standing = self.standing_by_names(self.names_of_key(primary, side));
        }
        if let Some((spot, from)) = self.tagged_spot(key, side) {
            standing.by_category.insert(spot, from);
        }
        if standing.by_alias.is_empty() {
            standing.alias_doubt = self.hidden_alias(key, side);
        }
        match self.key_category(key, side) {
            CategoryFound::Known(known) if known.explicit() => {
                standing.by_category.insert(self.spot_of(&known.id), known.from);
            }
            CategoryFound::Known(_) => {}
            CategoryFound::Unknown(doubt) => standing.doubt = Some(doubt),
        }
        standing
    }

    /// Why it cannot be told whether an alias of the hierarchy names a key: there is one that hides what it names.
    fn hidden_alias(&self, key: ResourceId, side: Side) -> Option<Doubt> {
        let hierarchy = &self.policies.categories.hierarchy;
        let aliases = self.aliases(side);
        let hidden = aliases
            .hidden
            .iter()
            .find(|(alias, name)| hierarchy.of_alias(name).is_some() && near(self.model, *alias, key) != Near::Apart);
        let (alias, _) = hidden?;
        let address = &self.model.resource(*alias).address;
        Some(Doubt {
            because: format!("the plan does not tell which key `{address}` names"),
            settle: "give planseal the configuration (`--source` or `--planfile`)".into(),
        })
    }

    /// Where a key outside the plan stands, by what the author calls it and by what the configuration says of it.
    pub fn standing_outside(&self, key: &External) -> Standing {
        let known = self.known(key);
        let names = known.map(|known| known.names.clone()).unwrap_or_default();
        let names = names.iter().map(String::as_str).chain([&*key.name]);
        let mut standing = self.standing_by_names(names.flat_map(|name| self.aliases_in(name)));
        if let Some(category) = known.and_then(|known| known.category.as_ref()) {
            let from = "known_keys".to_owned();
            standing.by_category.insert(self.spot_of(category), from);
        }
        standing
    }

    fn standing_by_names(&self, aliases: impl IntoIterator<Item = String>) -> Standing {
        let hierarchy = &self.policies.categories.hierarchy;
        let mut standing = Standing::default();
        for alias in aliases {
            if let Some(name) = hierarchy.of_alias(&alias) {
                standing.by_alias.insert(Spot::Key(name.to_owned()), alias);
            }
        }
        standing
    }

    /// The place that a tag says which names no category.
    pub fn tagged_spot(&self, key: ResourceId, side: Side) -> Option<(Spot, String)> {
        let values = self.model.resource(key).values(side)?;
        ["tags_all", "tags"].into_iter().find_map(|attribute| {
            let tags = values.at(&Location::default().member(attribute))?;
            self.spot_in_tags(tags, attribute)
        })
    }

    fn spot_in_tags(&self, tags: &Node, attribute: &str) -> Option<(Spot, String)> {
        let NodeKind::Object(tags) = &tags.kind else {
            return None;
        };
        self.policies.classification.tags.iter().find_map(|tag| {
            let State::Known(value) = tags.get(tag.as_str())?.state() else {
                return None;
            };
            let name = self.policies.categories.hierarchy.of_tag(value.as_str()?)?;
            Some((Spot::Key(name.to_owned()), format!("{attribute}.{tag}")))
        })
    }

    /// The place of the key of a category.
    fn spot_of(&self, category: &str) -> Spot {
        let entry = self.policies.categories.by_id.get(category);
        match entry.and_then(|entry| entry.key.as_ref()) {
            Some(key) => Spot::Key(key.clone()),
            None if entry.is_some_and(Category::sensitive) => Spot::Category(category.to_owned()),
            None => self.spot_of_the_rest(),
        }
    }

    /// Where everything belongs that has no key of its own.
    fn spot_of_the_rest(&self) -> Spot {
        let table = &self.policies.categories;
        let rest = table.by_id.get(&table.unclassified).and_then(|entry| entry.key.clone());
        rest.map_or_else(|| Spot::Category(table.unclassified.clone()), Spot::Key)
    }

    /// Where a part of a store belongs: the place to recommend, and others that are right, too. `None` where nothing but
    /// its key says what it holds.
    pub fn belongs(&self, store: ResourceId, kind: Option<PartKind>, known: &Known) -> Option<Vec<Spot>> {
        let table = &self.policies.categories;
        if kind == Some(PartKind::Credential) {
            return Some(vec![Spot::Key(table.credentials.key.clone())]);
        }
        let resource_type = match self.companions.orphans.get(&store) {
            Some(stands_for) => stands_for.as_str(),
            None => &self.model.resource(store).resource_type,
        };
        let own = table.hierarchy.of_store(resource_type);
        let own = own.map(|name| Spot::Key(name.to_owned()));
        let sensitive = table.by_id.get(&known.id).is_some_and(Category::sensitive);
        let inferred = known.evidence == CategoryEvidence::Inferred;
        match own {
            Some(own) if !sensitive || inferred => Some(vec![own]),
            None if inferred => None,
            own => Some(std::iter::once(self.spot_of(&known.id)).chain(own).collect()),
        }
    }

    /// The key that a part of a store is best under.
    pub fn best_key(&self, store: ResourceId, kind: Option<PartKind>, known: &Known) -> Spot {
        let belongs = self.belongs(store, kind, known).unwrap_or_default();
        belongs.into_iter().next().unwrap_or_else(|| self.spot_of(&known.id))
    }

    /// Whether the category of one of these stores asks for a property of its key, whatever else it recommends.
    pub fn any_recommends(&self, stores: &[ResourceId], property: KeyProperty, side: Side) -> Tri {
        let table = &self.policies.categories.by_id;
        Tri::any(stores.iter().map(|id| {
            let Some(store) = self.store(*id) else {
                return Tri::False;
            };
            match &self.category(*id, store, side).found {
                CategoryFound::Known(known) => {
                    Tri::known(table.get(&known.id).is_some_and(|entry| entry.recommends(property)))
                }
                CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
            }
        }))
    }
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Key(name) => write!(f, "the key `{name}`"),
            Self::Category(_) => f.write_str("a key of its own"),
        }
    }
}
