//! Every attribute that the policies name, by resource type.

use std::collections::BTreeMap;

use planseal::model::path::{Path, PathStep};
use planseal::plan::{LIFECYCLE, Mode};
use planseal::policy::Policies;
use planseal::policy::catalog::{Case, Companion, Grant, Store};
use planseal::policy::condition::{Condition, PathTest, Quantifier, Test};
use planseal::policy::relation::Direction;
use planseal::policy::rule::Subject;

use super::schema::Schema;

/// An attribute that a policy names.
pub(crate) struct Named {
    /// `aws_kms_key`, `data.aws_kms_key`
    pub(crate) resource_type: String,
    /// Without `$.`; `[*]` for elements: `rule[*].bucket_key_enabled`.
    pub(crate) path: String,
    /// Whether it only says which resource is meant: names, joins, identifiers.
    pub(crate) identity: bool,
    /// What is asked of it.
    pub(crate) test: Option<PathTest>,
    /// Where it names a key: whether the catalog calls it computed.
    pub(crate) computed: Option<bool>,
}

/// A path as the provider's schema writes it: without `$.`, any position as `[*]`.
pub(crate) fn plain(path: &Path) -> String {
    path.steps().iter().fold(String::new(), |text, step| match step {
        PathStep::Name(name) if text.is_empty() => name.to_string(),
        PathStep::Name(name) => format!("{text}.{name}"),
        _ => text + "[*]",
    })
}

pub(crate) fn typed(mode: Mode, resource_type: &str) -> String {
    match mode {
        Mode::Data => format!("data.{resource_type}"),
        Mode::Managed => resource_type.to_owned(),
    }
}

/// Collects what is named.
#[derive(Default)]
struct Collector {
    found: Vec<Named>,
}

pub(crate) fn named(policies: &Policies) -> Vec<Named> {
    let mut all = Collector::default();
    let catalog = &policies.catalog;
    for (resource_type, store) in &catalog.stores {
        all.store(resource_type, store);
    }
    for ((mode, resource_type), original) in &catalog.originals {
        all.store(&typed(*mode, resource_type), original);
    }
    for ((mode, resource_type), key) in &catalog.keys {
        let resource_type = typed(*mode, resource_type);
        let told_by = [&key.manager, &key.asked_by, &key.primary];
        for path in key
            .identifiers
            .iter()
            .chain([&key.arn])
            .chain(told_by.into_iter().flatten())
        {
            all.identity(&resource_type, path);
        }
        if let Some(path) = &key.enabled {
            all.path(&resource_type, "", path, None);
        }
        all.companions(&resource_type, &key.companions);
        for (_, condition) in &key.properties {
            all.condition(&resource_type, "", condition);
        }
    }
    for ((mode, resource_type), alias) in &catalog.aliases {
        for path in alias.identifiers.iter().chain([&alias.name, &alias.target]) {
            all.identity(&typed(*mode, resource_type), path);
        }
    }
    for ((mode, resource_type), document) in &catalog.documents {
        for path in document.paths() {
            all.identity(&typed(*mode, resource_type), path);
        }
    }
    for (resource_type, paths) in &catalog.values {
        for path in paths {
            all.identity(resource_type, path);
        }
    }
    for setting in catalog.settings.values() {
        all.cases(&setting.resource_type, "", &setting.cases);
        all.grant(&setting.resource_type, "", &setting.deleted);
        all.grant(&setting.resource_type, "", &setting.absent);
    }
    catalog
        .mirrors
        .for_each(|mode, resource_type, path| all.identity(&typed(mode, resource_type), path));
    let schema = Schema::read();
    for rule in &policies.rules {
        let types = subjects(policies, &rule.subject);
        for condition in rule.conditions() {
            let from = all.found.len();
            for resource_type in &types {
                all.condition(resource_type, "", condition);
                if let Some(store) = catalog.stores.get(resource_type) {
                    condition.for_each(&mut |question| {
                        if let Condition::Source(inner) = question {
                            all.sources(resource_type, store, inner);
                        }
                    });
                }
            }
            for resource_type in &types {
                all.others(policies, resource_type, condition);
            }
            // A rule over several types may ask for what only some of them have; in the others it is not set.
            let asked = all.found.split_off(from);
            let has = |resource_type: &str, path: &str| schema.kind(resource_type, path).is_some();
            all.found.extend(
                asked.into_iter().filter(|one| {
                    has(&one.resource_type, &one.path) || !types.iter().any(|other| has(other, &one.path))
                }),
            );
        }
    }
    all.found
}

/// The resource types that a rule looks at.
pub(crate) fn subjects(policies: &Policies, subject: &Subject) -> Vec<String> {
    let catalog = &policies.catalog;
    match subject {
        Subject::Types(types) => types.named().map(str::to_owned).collect(),
        Subject::Stores(only) | Subject::StoreParts(only) => {
            catalog.stores.keys().filter(|name| only.takes(name)).cloned().collect()
        }
        Subject::Keys(only) => {
            let keys = catalog.keys.keys().filter(|(_, name)| only.takes(name));
            keys.map(|(mode, name)| typed(*mode, name)).collect()
        }
        Subject::Waivers => Vec::new(),
    }
}

/// Calls `visit` with every test of an attribute in a condition.
fn tests(condition: &Condition, visit: &mut impl FnMut(&PathTest)) {
    match condition {
        Condition::All(several) | Condition::Any(several) => several.iter().for_each(|one| tests(one, visit)),
        Condition::Not(one) | Condition::Before(one) => tests(one, visit),
        Condition::Changed(test) => visit(&PathTest {
            path: test.path.clone(),
            tests: Vec::new(),
            unset_means: test.unset_means.clone(),
            nodes: Quantifier::Every,
            written: None,
            read_as: None,
            inner: None,
        }),
        Condition::Path(test) => visit(test),
        Condition::Lowered(test) => visit(&PathTest {
            path: test.path.clone(),
            tests: test
                .order
                .iter()
                .map(|order| Test::In(order.iter().flatten().cloned().collect()))
                .collect(),
            unset_means: test.unset_means.clone(),
            nodes: Quantifier::Every,
            written: None,
            read_as: None,
            inner: None,
        }),
        Condition::Category(_)
        | Condition::Actions(_)
        | Condition::ReplacedByEncryption(_)
        | Condition::Level(_)
        | Condition::Key(_)
        | Condition::Users(_)
        | Condition::Companion(_)
        | Condition::Related(_)
        | Condition::Source(_)
        | Condition::Destroyed(_)
        | Condition::Waiver(_) => {}
    }
}

impl Collector {
    fn store(&mut self, resource_type: &str, store: &Store) {
        for path in &store.category_from {
            self.path(resource_type, "", path, None);
        }
        for path in &store.names {
            self.identity(resource_type, path);
        }
        self.companions(resource_type, &store.companions);
        for part in &store.parts {
            for path in &part.fixed_at_creation {
                self.identity(resource_type, path);
            }
            if let Some(condition) = &part.when {
                self.condition(resource_type, "", condition);
            }
            for source in &part.sources {
                let companion = source.companion.as_ref().map(|id| &store.companions[id].resource_type);
                let holder = companion.map_or(resource_type, String::as_str);
                let base = source.each.as_ref().map(plain).unwrap_or_default();
                if let Some(path) = &source.each {
                    self.path(holder, "", path, None);
                }
                if let Some(only) = &source.only {
                    self.condition(holder, &base, only);
                }
                self.cases(holder, &base, &source.cases);
            }
            if let Some(grant) = &part.otherwise {
                self.grant(resource_type, "", grant);
            }
        }
    }

    fn companions(&mut self, resource_type: &str, companions: &BTreeMap<String, Companion>) {
        for companion in companions.values() {
            self.path(&companion.resource_type, "", &companion.join, None);
            for path in &companion.to {
                self.identity(resource_type, path);
            }
        }
    }

    /// What a condition asks of other resources than the one that its rule looks at.
    fn others(&mut self, policies: &Policies, resource_type: &str, condition: &Condition) {
        condition.for_each(&mut |question| match question {
            Condition::Related(test) => {
                let relation = &test.relation;
                let own = [resource_type.to_owned()];
                let (naming, named) = match relation.direction {
                    Direction::Companion => (relation.types.as_slice(), own.as_slice()),
                    Direction::Configures => (own.as_slice(), relation.types.as_slice()),
                };
                for name in naming {
                    self.path(name, "", &relation.join, None);
                }
                // Of the names that are meant where none are written, a type has those that it has.
                for name in named.iter().filter(|_| !relation.to_default) {
                    for path in &relation.to {
                        self.identity(name, path);
                    }
                }
                for other in &relation.types {
                    if let Some(inner) = &test.inner {
                        self.condition(other, "", inner);
                    }
                }
            }
            Condition::Key(test) => {
                let managed = policies.catalog.keys.keys().filter(|(mode, _)| *mode == Mode::Managed);
                for (_, name) in managed {
                    if let Some(inner) = &test.inner {
                        self.condition(name, "", inner);
                    }
                }
            }
            Condition::Users(test) => {
                for name in policies.catalog.stores.keys() {
                    if let Some(inner) = &test.inner {
                        self.condition(name, "", inner);
                    }
                }
            }
            _ => {}
        });
    }

    /// A condition about what decides the parts of a store.
    fn sources(&mut self, resource_type: &str, store: &Store, condition: &Condition) {
        for source in store.parts.iter().flat_map(|part| &part.sources) {
            let base = source.each.as_ref().map(plain).unwrap_or_default();
            self.condition(source.holder(resource_type, store), &base, condition);
        }
    }

    fn cases(&mut self, resource_type: &str, base: &str, cases: &[Case]) {
        for case in cases {
            if let Some(condition) = &case.when {
                self.condition(resource_type, base, condition);
            }
            self.grant(resource_type, base, &case.grant);
        }
    }

    fn grant(&mut self, resource_type: &str, base: &str, grant: &Grant) {
        match grant {
            Grant::Key(key) => {
                self.path(resource_type, base, &key.path, None);
                self.found.last_mut().unwrap().computed = Some(key.computed);
                self.grant(resource_type, base, &key.unset);
            }
            Grant::Cases(cases) => self.cases(resource_type, base, cases),
            Grant::SameAs {
                path,
                of_resource,
                where_none,
                ..
            } => {
                self.path(resource_type, if *of_resource { "" } else { base }, path, None);
                if let Some(grant) = where_none {
                    self.grant(resource_type, base, grant);
                }
            }
            Grant::Level { .. } | Grant::Setting(_) | Grant::Undetermined(_) => {}
        }
    }

    fn condition(&mut self, resource_type: &str, base: &str, condition: &Condition) {
        tests(condition, &mut |test| {
            self.path(resource_type, base, &test.path, Some(test));
            if let (Some(inner), None) = (&test.inner, test.read_as) {
                let base = self.found.last().unwrap().path.clone();
                self.condition(resource_type, &base, inner);
            }
        });
    }

    fn identity(&mut self, resource_type: &str, path: &Path) {
        self.path(resource_type, "", path, None);
        self.found.last_mut().unwrap().identity = true;
    }

    fn path(&mut self, resource_type: &str, base: &str, path: &Path, test: Option<&PathTest>) {
        // Terraform's own block stands in no provider's schema.
        if base.is_empty() && matches!(path.steps().first(), Some(PathStep::Name(name)) if name == LIFECYCLE) {
            return;
        }
        let separator = if base.is_empty() { "" } else { "." };
        self.found.push(Named {
            resource_type: resource_type.to_owned(),
            path: format!("{base}{separator}{}", plain(path)),
            identity: false,
            test: test.cloned(),
            computed: None,
        });
    }
}

#[test]
fn every_test_of_every_rule_is_collected() {
    for rule in &crate::common::POLICIES.rules {
        for condition in rule.conditions() {
            let (mut expected, mut found) = (Vec::new(), Vec::new());
            condition.for_each_path(&mut |path| expected.push(path.clone()));
            tests(condition, &mut |test| found.push(test.path.clone()));
            assert_eq!(found, expected, "{}", rule.id);
        }
    }
}

#[test]
fn terraform_s_own_block_is_looked_for_in_no_schema() {
    let text = "id: x\ntitle: X\nseverity: high\nresources: [aws_kms_key]\nrequire: { all: [{ path: $.lifecycle.prevent_destroy, equals: true }, { path: $.lifecycles, set: true }] }\nmessage: x\nwhy: x\nfix: x\nreference: https://example.com\n";
    let source = planseal::policy::load::Source {
        file: "x.yaml".into(),
        text: text.into(),
    };
    let policies =
        planseal::policy::load::load(&[source], false).unwrap_or_else(|errors| panic!("{}", errors.render(false)));
    let asked: Vec<String> = named(&policies)
        .into_iter()
        .map(|one| one.path)
        .filter(|path| path.starts_with("lifecycle"))
        .collect();
    assert_eq!(asked, ["lifecycles"]);
}
