//! What the attributes named in `testdata/resolution` resolve to.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use planseal::eval::Facts;
use planseal::eval::category::CategoryFound;
use planseal::eval::key::KeyRef;
use planseal::model::path::{Path as ValuePath, PathStep};
use planseal::model::resolve::Presence;
use planseal::model::value::Location;
use planseal::model::{Model, Place, ResourceId, Side};
use planseal::plan::{self, Mode, Plan, Wanted};
use planseal::policy::Policies;
use planseal::policy::catalog::{Case, Grant, KeyAttribute};
use planseal::policy::condition::CategoryEvidence;
use planseal::policy::yaml::{Diagnostics, parse};
use planseal::source::Source;
use serde::Deserialize;

/// What one attribute must resolve to.
#[derive(Debug, Deserialize)]
pub(crate) struct Entry {
    pub case: String,
    pub hcl: String,
    pub at: String,
    pub path: String,
    pub plan: Expected,
    pub source: Expected,
    /// Whether the plan alone leads to a wrong answer: what is written there looks like something else.
    pub misled: Option<bool>,
}

/// An answer as it is written in an expectation.
#[derive(Debug, Deserialize)]
pub(crate) struct Expected {
    pub keys: Option<BTreeSet<String>>,
    pub category: Option<String>,
    pub undetermined: Option<String>,
}

/// What an attribute resolves to.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// Addresses of keys, `not set`, `aws-managed`, `outside`; or a category.
    pub what: BTreeSet<String>,
    /// Why more cannot be told.
    pub unknown: Vec<String>,
}

impl Expected {
    /// What may be there, where that can be told.
    pub(crate) fn known(&self) -> BTreeSet<String> {
        self.keys.iter().flatten().chain(&self.category).cloned().collect()
    }
}

impl Answer {
    pub(crate) fn meets(&self, expected: &Expected) -> bool {
        match &expected.undetermined {
            Some(word) => self.unknown.iter().any(|because| because.contains(word)),
            None => self.unknown.is_empty() && self.what == expected.known(),
        }
    }

    /// Whether what is really there is excluded.
    pub(crate) fn excludes(&self, truth: &Expected) -> bool {
        self.unknown.is_empty() && !truth.known().is_subset(&self.what)
    }
}

/// A plan, the configuration that it was made of, and what its attributes must resolve to.
pub(crate) struct Planned {
    pub plan: PathBuf,
    pub source: PathBuf,
    pub expected: PathBuf,
}

/// The plans of `testdata/resolution`, in order: that of a folder, or those steps of a history that have expectations.
pub(crate) fn plans() -> Vec<Planned> {
    let mut found = Vec::new();
    for folder in entries_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/resolution")) {
        if !folder.join("steps").is_dir() {
            found.push(Planned {
                plan: folder.join("plan.json"),
                expected: folder.join("expected.yaml"),
                source: folder,
            });
            continue;
        }
        for expected in entries_of(&folder) {
            let name = expected.file_name().unwrap().to_str().unwrap();
            let Some(step) = name.strip_suffix(".expected.yaml") else {
                continue;
            };
            found.push(Planned {
                plan: folder.join(format!("{step}.json")),
                source: folder.join("steps").join(step),
                expected: expected.clone(),
            });
        }
    }
    found
}

fn entries_of(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

pub(crate) fn entries(case: &Planned) -> Vec<Entry> {
    let path = &case.expected;
    let mut errors = Diagnostics::new();
    let entries = parse(
        &path.display().to_string(),
        &std::fs::read_to_string(path).unwrap(),
        &mut errors,
    );
    assert!(errors.is_empty(), "{}", errors.render(false));
    entries.unwrap()
}

/// The answers of the plan alone.
pub(crate) fn from_plan(case: &Planned, entries: &[Entry], policies: &Policies) -> Vec<Answer> {
    let mut plan = read(&case.plan, &wanted(policies));
    answers(&Model::new(&mut plan), entries, policies)
}

/// The answers of the plan with its configuration beside it.
pub(crate) fn from_source(case: &Planned, entries: &[Entry], policies: &Policies) -> Vec<Answer> {
    let mut plan = read(&case.plan, &wanted(policies));
    let source = Source::from_folder(&case.source).unwrap();
    let mut model = Model::new(&mut plan);
    if let Err(disagreement) = model.use_source(&source, &wanted(policies)) {
        panic!("{}: {disagreement}", case.source.display());
    }
    answers(&model, entries, policies)
}

fn wanted(policies: &Policies) -> Wanted {
    let mut wanted = policies.wanted();
    wanted.relevant = true;
    wanted
}

pub(crate) fn read(plan: &Path, wanted: &Wanted) -> Plan {
    let bytes = std::fs::read(plan).unwrap();
    plan::read(bytes, wanted).remove(0).unwrap()
}

fn answers(model: &Model<'_>, entries: &[Entry], policies: &Policies) -> Vec<Answer> {
    let facts = Facts::new(model, policies);
    entries
        .iter()
        .map(|entry| {
            let (id, _) = model
                .resources()
                .find(|(_, one)| one.mode == Mode::Managed && one.address == entry.at)
                .unwrap_or_else(|| panic!("the plan has no {}", entry.at));
            if entry.path == "$.tags" {
                category(&facts, id)
            } else {
                key(&facts, id, &ValuePath::parse(&entry.path).unwrap())
            }
        })
        .collect()
}

fn category(facts: &Facts<'_>, id: ResourceId) -> Answer {
    let mut answer = Answer::default();
    match &facts.category(id, facts.store(id).unwrap(), Side::After).found {
        CategoryFound::Known(known) if known.evidence == CategoryEvidence::Unclassified => {
            answer.what.insert("unclassified".to_owned());
        }
        CategoryFound::Known(known) => {
            answer.what.insert(known.id.clone());
        }
        CategoryFound::Unknown(doubt) => answer.unknown.push(doubt.because.clone()),
    }
    answer
}

fn key(facts: &Facts<'_>, id: ResourceId, path: &ValuePath) -> Answer {
    let mut answer = Answer::default();
    let resource_type = &facts.model.resource(id).resource_type;
    let spot = spots(facts.policies)
        .into_iter()
        .find(|spot| spot.resource_type == &**resource_type && spot.has(path))
        .unwrap_or_else(|| panic!("the catalog reads no key at {path} of {resource_type}"));
    if let Some(block) = spot.hidden_block(facts, id, path) {
        answer.unknown.push(block);
        return answer;
    }
    let places = facts.model.select(id, Side::After, &Location::default(), path);
    let [place] = places.as_slice() else {
        panic!(
            "{path} of {} is {} places",
            facts.model.resource(id).address,
            places.len()
        );
    };
    for one in facts.keys_at(id, Side::After, place, spot.attribute).1 {
        match one.key {
            KeyRef::Managed(key) => {
                answer.what.insert(facts.model.resource(key).address.clone());
            }
            KeyRef::AwsManaged => {
                answer.what.insert("aws-managed".to_owned());
            }
            KeyRef::External(_) => {
                answer.what.insert("outside".to_owned());
            }
            KeyRef::Unset => {
                answer.what.insert("not set".to_owned());
            }
            KeyRef::Unknown(doubt) => answer.unknown.push(doubt.because),
        }
    }
    answer
}

/// A place where the catalog reads a key.
struct Spot<'a> {
    resource_type: &'a str,
    each: Option<&'a ValuePath>,
    computed: bool,
    attribute: &'a KeyAttribute,
}

impl Spot<'_> {
    fn block_steps(&self) -> &[PathStep] {
        self.each.map_or(&[], ValuePath::steps)
    }

    /// Whether this is the attribute; an index in `path` stands for any.
    fn has(&self, path: &ValuePath) -> bool {
        let own: Vec<&PathStep> = self.block_steps().iter().chain(self.attribute.path.steps()).collect();
        own.len() == path.steps().len()
            && own
                .iter()
                .zip(path.steps())
                .all(|(own, step)| *own == step || matches!((own, step), (PathStep::Wildcard, PathStep::Index(_))))
    }

    /// Why nobody knows whether the block is there that holds the key: it is unknown as a whole, and nothing says that
    /// the provider computes it.
    fn hidden_block(&self, facts: &Facts<'_>, id: ResourceId, path: &ValuePath) -> Option<String> {
        let steps = path.steps().get(..self.block_steps().len())?;
        let text: String = steps.iter().map(step_text).collect();
        let block = ValuePath::parse(&format!("${text}")).ok()?;
        facts
            .model
            .places(id, Side::After, &block)
            .into_iter()
            .find_map(|place| match place {
                Place::Unknown(place)
                    if !self.computed && facts.resolver.presence(id, &place) == Presence::NotShown =>
                {
                    Some("a dynamic block that is unknown as a whole".to_owned())
                }
                _ => None,
            })
    }
}

fn step_text(step: &PathStep) -> String {
    match step {
        PathStep::Name(name) => format!("['{name}']"),
        PathStep::Index(index) => format!("[{index}]"),
        _ => "[*]".to_owned(),
    }
}

/// Every place where the catalog reads a key.
fn spots(policies: &Policies) -> Vec<Spot<'_>> {
    let mut found = Vec::new();
    for (store_type, store) in &policies.catalog.stores {
        for source in store.parts.iter().flat_map(|part| &part.sources) {
            for attribute in in_cases(&source.cases) {
                found.push(Spot {
                    resource_type: source.holder(store_type, store),
                    each: source.each.as_ref(),
                    computed: source.computed,
                    attribute,
                });
            }
        }
    }
    found
}

fn in_cases(cases: &[Case]) -> Vec<&KeyAttribute> {
    cases
        .iter()
        .flat_map(|case| match &case.grant {
            Grant::Key(attribute) => vec![attribute],
            Grant::Cases(cases) => in_cases(cases),
            _ => Vec::new(),
        })
        .collect()
}
