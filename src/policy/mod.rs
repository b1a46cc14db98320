//! Policies: what AWS does (catalog), what each data category needs (table), what is required (rules).
//!
//! Files are read into types that remember where everything stood, checked, and compiled. Only checked
//! policies leave this stage, so that evaluation cannot meet a bad one.

pub mod account;
pub mod builtin;
pub mod catalog;
pub mod category;
mod compile;
pub mod condition;
pub mod config;
pub mod describe;
pub mod gate;
pub mod hierarchy;
pub mod known;
pub mod level;
pub mod load;
pub mod metric;
pub mod parameters;
pub mod pattern;
pub mod relation;
pub mod rule;
mod schema;
pub mod settings;
pub mod template;
pub mod unheard;
pub mod uses;
pub mod waiver;
pub mod written;
pub mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::path::Path;
use crate::plan::Wanted;
use account::Accounts;
use catalog::{Catalog, Grant, ToldBy};
use category::{Categories, Classification};
use condition::Condition;
use known::KnownKeys;
use metric::Metric;
use parameters::Adjustable;
use relation::{Direction, Relation};
use rule::{Rule, Subject};
use waiver::Waiver;

/// Checked policies.
#[derive(Debug, Clone, Default)]
pub struct Policies {
    /// By id.
    pub rules: Vec<Rule>,
    /// By id.
    pub metrics: Vec<Metric>,
    /// What AWS does.
    pub catalog: Catalog,
    /// What each category needs.
    pub categories: Categories,
    /// How a category is found.
    pub classification: Classification,
    /// Keys outside the plans.
    pub known_keys: KnownKeys,
    /// What giving parameters of rules other values takes.
    adjustable: Arc<Adjustable>,
    /// What no plan shows of accounts.
    pub accounts: Accounts,
    /// Accepted exceptions.
    pub waivers: Vec<Waiver>,
}

impl Policies {
    /// The rules, and what metrics ask besides.
    pub fn asked(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().chain(self.metrics.iter().flat_map(Metric::own_rules))
    }

    /// The attributes that these policies read: what the reader keeps of a plan.
    pub fn wanted(&self) -> Wanted {
        let mut wanted = Wanted::default();
        let mut want = |resource_type: &str, attribute: Option<&str>| {
            if let Some(attribute) = attribute {
                wanted.want(resource_type, attribute);
            }
        };
        self.want_catalog(&mut want);
        for rule in self.asked() {
            self.want_rule(rule, &mut want);
        }
        for rule in self.asked() {
            self.want_of_patterns(rule, &mut wanted);
        }
        wanted
    }

    fn want_catalog(&self, want: &mut impl FnMut(&str, Option<&str>)) {
        for (resource_type, store) in &self.catalog.stores {
            want_common(resource_type, want);
            for path in store.names.iter().chain(&store.category_from) {
                want(resource_type, path.attribute());
            }
            want_companions(resource_type, &store.companions, want);
            want_parts(resource_type, store, want);
        }
        for ((_, resource_type), original) in &self.catalog.originals {
            want_common(resource_type, want);
            for path in original.names.iter().chain(&original.category_from) {
                want(resource_type, path.attribute());
            }
            want_parts(resource_type, original, want);
        }
        for ((_, resource_type), key) in &self.catalog.keys {
            want_common(resource_type, want);
            let told_by = [&key.enabled, &key.manager, &key.asked_by, &key.primary];
            for path in key.identifiers.iter().chain(told_by.into_iter().flatten()) {
                want(resource_type, path.attribute());
            }
            want_companions(resource_type, &key.companions, want);
            for (_, condition) in &key.properties {
                want_condition(resource_type, condition, want);
            }
        }
        for ((_, resource_type), alias) in &self.catalog.aliases {
            want(resource_type, Some("region"));
            for path in alias.identifiers.iter().chain([&alias.name, &alias.target]) {
                want(resource_type, path.attribute());
            }
        }
        for ((_, resource_type), document) in &self.catalog.documents {
            for path in document.paths() {
                want(resource_type, path.attribute());
            }
        }
        for (name, paths) in &self.catalog.values {
            for path in paths {
                want(name.strip_prefix("data.").unwrap_or(name), path.attribute());
            }
        }
        for setting in self.catalog.settings.values() {
            want(&setting.resource_type, Some("region"));
            want_cases(&setting.resource_type, &setting.cases, want);
            if let Some(ToldBy::Flag {
                where_true,
                where_false,
                ..
            }) = &setting.told_by
            {
                want_grant(&setting.resource_type, where_true, want);
                want_grant(&setting.resource_type, where_false, want);
            }
        }
        self.catalog
            .mirrors
            .for_each(|_, resource_type, path| want(resource_type, path.attribute()));
    }

    fn want_rule(&self, rule: &Rule, want: &mut impl FnMut(&str, Option<&str>)) {
        let types: Vec<&str> = match &rule.subject {
            Subject::Types(types) => types.named().collect(),
            Subject::Stores(only) | Subject::StoreParts(only) => {
                let types = self.catalog.stores.keys().map(String::as_str);
                types.filter(|name| only.takes(name)).collect()
            }
            Subject::Keys(only) => {
                let types = self.catalog.keys.keys().map(|(_, name)| name.as_str());
                types.filter(|name| only.takes(name)).collect()
            }
            Subject::Waivers => Vec::new(),
        };
        if rule.conditions().any(Condition::asks_category) {
            for resource_type in &types {
                want_common(resource_type, want);
            }
        }
        for condition in rule.conditions() {
            self.want_others(condition, want);
            for resource_type in &types {
                want_condition(resource_type, condition, want);
                self.want_sources(resource_type, condition, want);
                self.want_own(resource_type, condition, &mut |attribute| {
                    want(resource_type, Some(attribute))
                });
            }
        }
        for resource_type in rule.missing.iter().flat_map(|missing| &missing.used_by) {
            want(resource_type, Some("region"));
        }
    }

    /// What a rule asks of the types that its patterns take.
    fn want_of_patterns(&self, rule: &Rule, wanted: &mut Wanted) {
        let Subject::Types(types) = &rule.subject else { return };
        for pattern in types.patterns() {
            if rule.conditions().any(Condition::asks_category) {
                for attribute in COMMON {
                    wanted.want_of(pattern, attribute);
                }
            }
            for condition in rule.conditions() {
                condition.for_each_path(&mut |path| {
                    for attribute in path.attributes().unwrap_or_default() {
                        wanted.want_of(pattern, attribute);
                    }
                });
                // Of a type that no name tells, the catalog knows nothing.
                self.want_own("", condition, &mut |attribute| wanted.want_of(pattern, attribute));
            }
        }
    }

    /// Where a part is decided by a block, the block is read whole; where by a resource, what the condition names.
    fn want_sources(&self, resource_type: &str, condition: &Condition, want: &mut impl FnMut(&str, Option<&str>)) {
        let Some(store) = self.catalog.stores.get(resource_type) else {
            return;
        };
        for source in store.parts.iter().flat_map(|part| &part.sources) {
            if source.each.is_none() {
                let holder = source.holder(resource_type, store);
                condition.for_each_source_path(&mut |path| {
                    for attribute in path.attributes().unwrap_or_default() {
                        want(holder, Some(attribute));
                    }
                });
            }
        }
    }

    /// What a condition asks of other resources than the one that its rule looks at.
    fn want_others(&self, condition: &Condition, want: &mut impl FnMut(&str, Option<&str>)) {
        condition.for_each(&mut |question| match question {
            Condition::Related(test) => {
                for other in &test.relation.types {
                    want(other, Some("region"));
                    for path in self.joined_by(other, &test.relation, Direction::Configures) {
                        want(other, path.attribute());
                    }
                    want_inner(other, test.inner.as_ref(), want);
                    if let Some(inner) = &test.inner {
                        self.want_own(other, inner, &mut |attribute| want(other, Some(attribute)));
                    }
                }
                test.inner.iter().for_each(|inner| self.want_others(inner, want));
            }
            Condition::Key(test) => {
                for (_, name) in self.catalog.keys.keys() {
                    want_inner(name, test.inner.as_deref(), want);
                }
            }
            Condition::Place(test) => {
                for (_, name) in self.catalog.keys.keys() {
                    want_inner(name, test.inner.as_deref(), want);
                }
            }
            Condition::Users(test) => {
                for name in self.catalog.stores.keys() {
                    want_inner(name, test.inner.as_deref(), want);
                }
            }
            _ => {}
        });
    }

    /// What a condition asks of the resource that its rule looks at, to find others.
    fn want_own(&self, resource_type: &str, condition: &Condition, want: &mut impl FnMut(&str)) {
        condition.for_each_relation(&mut |test| {
            want("region");
            let paths = self.joined_by(resource_type, &test.relation, Direction::Companion);
            paths.into_iter().filter_map(Path::attribute).for_each(&mut *want);
        });
    }

    /// The attributes of one side of a relation by which both sides are joined. That side is named by the other one where the
    /// relation has the direction `named_in`; otherwise it names the other one.
    fn joined_by<'p>(&'p self, resource_type: &str, relation: &'p Relation, named_in: Direction) -> Vec<&'p Path> {
        match relation.direction == named_in {
            true => self.names_of(resource_type, relation),
            false => vec![&relation.join],
        }
    }

    /// The attributes by whose value a resource of a type may be named.
    pub fn names_of<'p>(&'p self, resource_type: &str, relation: &'p Relation) -> Vec<&'p Path> {
        let mut names: Vec<&Path> = relation.to.iter().collect();
        let known = self.catalog.stores.get(resource_type).filter(|_| relation.to_default);
        if let Some(store) = known {
            let companions = store.companions.values().flat_map(|companion| &companion.to);
            names.extend(store.names.iter().chain(companions));
        }
        names
    }
}

/// What a condition asks of a resource that is not the one that its rule looks at.
fn want_inner(resource_type: &str, condition: Option<&Condition>, want: &mut impl FnMut(&str, Option<&str>)) {
    let Some(condition) = condition else { return };
    want_condition(resource_type, condition, want);
    if condition.asks(|question| matches!(question, Condition::Category(_))) {
        want_common(resource_type, want);
    }
}

/// What the parts of a store are read from.
fn want_parts(resource_type: &str, store: &catalog::Store, want: &mut impl FnMut(&str, Option<&str>)) {
    for part in &store.parts {
        if let Some(condition) = &part.when {
            want_condition(resource_type, condition, want);
        }
        for source in &part.sources {
            let holder = source.holder(resource_type, store);
            match &source.each {
                Some(each) => {
                    want(holder, each.attribute());
                    want_of_resource(holder, &source.cases, want);
                }
                None => want_cases(holder, &source.cases, want),
            }
        }
        if let Some(grant) = &part.otherwise {
            want_grant(resource_type, grant, want);
        }
    }
}

/// What cases about a block ask of the resource around it; the block itself is read whole.
fn want_of_resource(resource_type: &str, cases: &[catalog::Case], want: &mut impl FnMut(&str, Option<&str>)) {
    for case in cases {
        case.grant
            .for_each_of_resource(&mut |path| want(resource_type, path.attribute()));
    }
}

fn want_companions(
    resource_type: &str,
    companions: &BTreeMap<String, catalog::Companion>,
    want: &mut impl FnMut(&str, Option<&str>),
) {
    for companion in companions.values() {
        want(&companion.resource_type, companion.join.attribute());
        for path in &companion.to {
            want(resource_type, path.attribute());
        }
    }
}

/// Where the data category of a resource is read, and the Region that newer providers name.
const COMMON: [&str; 3] = ["region", "tags", "tags_all"];

/// What every store and key is asked: its tags, and the Region that newer providers name.
fn want_common(resource_type: &str, want: &mut impl FnMut(&str, Option<&str>)) {
    for attribute in COMMON {
        want(resource_type, Some(attribute));
    }
}

fn want_condition(resource_type: &str, condition: &Condition, want: &mut impl FnMut(&str, Option<&str>)) {
    condition.for_each_path(&mut |path| {
        for attribute in path.attributes().unwrap_or_default() {
            want(resource_type, Some(attribute));
        }
    });
}

fn want_cases(resource_type: &str, cases: &[catalog::Case], want: &mut impl FnMut(&str, Option<&str>)) {
    for case in cases {
        if let Some(condition) = &case.when {
            want_condition(resource_type, condition, want);
        }
        want_grant(resource_type, &case.grant, want);
    }
}

fn want_grant(resource_type: &str, grant: &Grant, want: &mut impl FnMut(&str, Option<&str>)) {
    match grant {
        Grant::Key(key) => {
            want(resource_type, key.path.attribute());
            want_grant(resource_type, &key.unset, want);
        }
        Grant::Cases(cases) => want_cases(resource_type, cases, want),
        Grant::SameAs { path, where_none, .. } => {
            want(resource_type, path.attribute());
            if let Some(grant) = where_none {
                want_grant(resource_type, grant, want);
            }
        }
        Grant::Level { .. } | Grant::Setting(_) | Grant::Undetermined(_) => {}
    }
}
