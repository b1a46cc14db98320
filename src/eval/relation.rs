//! Which resources belong to which others, by the relations that rules ask for: joined once for a plan.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::facts::Facts;
use super::join::{Join, Link, Names, Target, present};
use super::joined::{Companions, Joined};
use crate::model::resolve::Resolver;
use crate::model::value::Found;
use crate::model::{Model, Resource, ResourceId, Side};
use crate::plan::Mode;
use crate::policy::Policies;
use crate::policy::condition::Condition;
use crate::policy::relation::{Direction, Relation, RelationTest};
use crate::policy::rule::{Rule, Subject, Types};

/// What each resource names in an attribute, by the attribute's nodes.
type Named = HashMap<ResourceId, Vec<(Found, Names)>>;

/// The relations of a plan.
#[derive(Debug, Default)]
pub struct Relations {
    /// Those that name a resource, by the relation.
    companions: Companions,
    /// The same, where AWS keeps one of them for each resource.
    single: Companions,
    /// What each resource names, by the relation.
    named: HashMap<(String, Side), Named>,
    /// The resources that rules ask a relation of.
    subjects: HashMap<String, BTreeSet<ResourceId>>,
}

/// A relation with the resources that it is asked of.
struct Asked<'a> {
    relation: &'a Relation,
    subjects: BTreeSet<ResourceId>,
}

impl Relations {
    /// Joins every relation that a rule asks for, on both sides.
    pub fn find(model: &Model<'_>, resolver: &Resolver<'_, '_>, policies: &Policies) -> Self {
        let mut relations = Self::default();
        let asked = asked(model, policies);
        for (id, one) in &asked {
            let types = types_in_its_place(model, &asked, one);
            for side in [Side::Before, Side::After] {
                relations.join(model, resolver, policies, one, &types, side);
            }
            relations.subjects.insert((*id).to_owned(), one.subjects.clone());
        }
        relations.single.undo(model);
        relations
    }

    fn join(
        &mut self,
        model: &Model<'_>,
        resolver: &Resolver<'_, '_>,
        policies: &Policies,
        asked: &Asked<'_>,
        types: &BTreeSet<&str>,
        side: Side,
    ) {
        let relation = asked.relation;
        let there = |id: &ResourceId| {
            let resource = model.resource(*id);
            resource.deposed.is_none() && resource.values(side).is_some()
        };
        let subjects = || asked.subjects.iter().copied().filter(there).collect::<BTreeSet<_>>();
        let of_types = || {
            let all = relation.types.iter().flat_map(|name| present(model, name, side));
            all.collect::<BTreeSet<_>>()
        };
        let (naming, others) = match relation.direction {
            Direction::Companion => (of_types(), subjects()),
            Direction::Configures => (subjects(), of_types()),
        };
        let names = others
            .iter()
            .map(|id| policies.names_of(&model.resource(*id).resource_type, relation))
            .collect();
        let link = Link {
            join: &relation.join,
            names,
            unique: relation.unique,
            all_names: false,
        };
        let join = Join::new(model, resolver, &link, others, types, side);
        for one in naming {
            let named = join.each(one);
            match relation.direction {
                Direction::Companion => self.companion(one, &named, relation, &join),
                Direction::Configures => {
                    let key = (relation.id.clone(), side);
                    self.named.entry(key).or_default().insert(one, named);
                }
            }
        }
    }

    fn companion(&mut self, companion: ResourceId, named: &[(Found, Names)], relation: &Relation, join: &Join<'_>) {
        let side = join.side;
        let companions = if relation.single {
            &mut self.single
        } else {
            &mut self.companions
        };
        for (_, names) in named {
            if names.more {
                companions.join(companion, &join.standing(), false, &relation.id, side);
            }
            match &names.target {
                None | Some(Target::Elsewhere) => {}
                Some(Target::Hidden) => companions.hide(companion, "", &relation.id, side),
                Some(Target::Some(found)) => companions.join(companion, found, found.len() == 1, &relation.id, side),
                Some(Target::Perhaps(found)) => companions.join(companion, found, false, &relation.id, side),
            }
        }
    }

    /// The others that name a resource; `None` where the relation is not asked of it: it stands in for another one.
    pub(super) fn companions(&self, resource: ResourceId, relation: &Relation, side: Side) -> Option<Joined> {
        let companions = if relation.single {
            &self.single
        } else {
            &self.companions
        };
        let asked = self.subjects.get(&relation.id)?.contains(&resource);
        asked.then(|| {
            let mut joined = companions.of(resource, "", &relation.id, side);
            joined.tidy();
            joined
        })
    }

    /// What each node of the resource's own attribute names; `None` where the relation is not asked of it.
    pub(super) fn named(&self, resource: ResourceId, relation: &Relation, side: Side) -> Option<&[(Found, Names)]> {
        let asked = self.subjects.get(&relation.id)?.contains(&resource);
        let there = self.named.get(&(relation.id.clone(), side));
        let there = there.and_then(|named| named.get(&resource));
        asked.then(|| there.map_or(&[] as &[_], Vec::as_slice))
    }
}

/// The resources that belong to another one on one side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Belonging {
    /// They certainly do.
    pub certain: BTreeSet<ResourceId>,
    /// They may: the plan does not tell.
    pub perhaps: BTreeSet<ResourceId>,
    /// Whether the resource names something that is not in the plan.
    pub outside: bool,
    /// Whether it names something that the plan does not tell.
    pub hidden: bool,
}

impl Facts<'_> {
    /// What belongs to a resource; `None` where that is not asked of it: it stands in for another one.
    pub fn belonging(&self, resource: ResourceId, relation: &Relation, side: Side) -> Option<Belonging> {
        match relation.direction {
            Direction::Companion => {
                let joined = self.relations.companions(resource, relation, side)?;
                Some(Belonging {
                    certain: joined.certain.into_iter().collect(),
                    perhaps: joined.possible.into_iter().collect(),
                    ..Belonging::default()
                })
            }
            Direction::Configures => {
                let mut found = Belonging::default();
                for (_, names) in self.relations.named(resource, relation, side)? {
                    match &names.target {
                        None => {}
                        Some(Target::Elsewhere) => found.outside = true,
                        Some(Target::Hidden) => found.hidden = true,
                        Some(Target::Some(one)) if one.len() == 1 && !names.may_be_unset => found.certain.extend(one),
                        Some(Target::Some(several) | Target::Perhaps(several)) => found.perhaps.extend(several),
                    }
                }
                Some(found)
            }
        }
    }
}

/// Every relation that a rule asks for, by its id, with all resources that rules ask it of.
fn asked<'a>(model: &Model<'_>, policies: &'a Policies) -> BTreeMap<&'a str, Asked<'a>> {
    let mut all: BTreeMap<&str, Asked<'_>> = BTreeMap::new();
    for rule in policies.asked() {
        let mut relations = Vec::new();
        for condition in rule.conditions() {
            each_relation(condition, &mut Vec::new(), &mut |test, types| {
                relations.push((test, types.to_vec()));
            });
        }
        if relations.is_empty() {
            continue;
        }
        let subjects: BTreeSet<ResourceId> = model
            .resources()
            .filter(|(_, resource)| looks_at(rule, resource, policies))
            .map(|(id, _)| id)
            .collect();
        for (test, types) in relations {
            ask(model, test, &of_types(model, &subjects, &types), &mut all);
        }
    }
    all
}

/// Asks a relation of some resources, and what is asked inside it of those of its types.
fn ask<'a>(
    model: &Model<'_>,
    test: &'a RelationTest,
    subjects: &BTreeSet<ResourceId>,
    all: &mut BTreeMap<&'a str, Asked<'a>>,
) {
    let relation = &test.relation;
    let one = all.entry(relation.id.as_str()).or_insert_with(|| Asked {
        relation,
        subjects: BTreeSet::new(),
    });
    one.subjects.extend(subjects);
    let Some(inner) = &test.inner else { return };
    let there = relation
        .types
        .iter()
        .flat_map(|name| model.of_type(Mode::Managed, name));
    let others: BTreeSet<ResourceId> = there.copied().collect();
    each_relation(inner, &mut Vec::new(), &mut |test, types| {
        ask(model, test, &of_types(model, &others, types), all);
    });
}

/// Calls `visit` with every relation that a condition asks for, and the types that stand beside it under `all`: it is asked of
/// no other resources.
fn each_relation<'c>(
    condition: &'c Condition,
    types: &mut Vec<&'c Types>,
    visit: &mut impl FnMut(&'c RelationTest, &[&'c Types]),
) {
    match condition {
        Condition::All(several) => {
            let outer = types.len();
            types.extend(several.iter().filter_map(|one| match one {
                Condition::Type(types) => Some(types),
                _ => None,
            }));
            several.iter().for_each(|one| each_relation(one, types, visit));
            types.truncate(outer);
        }
        Condition::Any(several) => several.iter().for_each(|one| each_relation(one, types, visit)),
        Condition::Not(one) | Condition::Before(one) => each_relation(one, types, visit),
        Condition::Related(test) => visit(test, types),
        _ => {}
    }
}

fn of_types(model: &Model<'_>, resources: &BTreeSet<ResourceId>, types: &[&Types]) -> BTreeSet<ResourceId> {
    let fits = |id: &ResourceId| {
        let name = &model.resource(*id).resource_type;
        types.iter().all(|types| types.takes(name))
    };
    resources.iter().copied().filter(fits).collect()
}

/// Whether a rule looks at resources like this one.
fn looks_at(rule: &Rule, resource: &Resource, policies: &Policies) -> bool {
    let name = &*resource.resource_type;
    let catalog = &policies.catalog;
    match &rule.subject {
        Subject::Types(types) => resource.mode == Mode::Managed && types.takes(name),
        Subject::Stores(only) | Subject::StoreParts(only) => {
            resource.mode == Mode::Managed && catalog.stores.contains_key(name) && only.takes(name)
        }
        Subject::Keys(only) => {
            catalog.keys.contains_key(&(resource.mode, name.to_owned())) && only.takes_key(resource.mode, name)
        }
        Subject::Waivers => false,
    }
}

/// Every type that is named where a relation names one: rules may ask of several types what configures them, through the same
/// attribute.
fn types_in_its_place<'a>(
    model: &'a Model<'_>,
    asked: &BTreeMap<&str, Asked<'a>>,
    one: &Asked<'a>,
) -> BTreeSet<&'a str> {
    let mut types = BTreeSet::new();
    for other in asked.values() {
        let same = other.relation.direction == one.relation.direction && other.relation.join == one.relation.join;
        let shared = other
            .relation
            .types
            .iter()
            .any(|name| one.relation.types.contains(name));
        match one.relation.direction {
            Direction::Companion if same && shared => {
                types.extend(other.subjects.iter().map(|id| &*model.resource(*id).resource_type));
            }
            Direction::Configures if same && !one.subjects.is_disjoint(&other.subjects) => {
                types.extend(other.relation.types.iter().map(String::as_str));
            }
            _ => {}
        }
    }
    types
}
