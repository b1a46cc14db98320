//! Resource types that planseal has never heard of, and that are close to ones that it has.

use std::collections::BTreeSet;

use super::Policies;
use super::condition::Condition;
use super::rule::{Rule, Subject};

/// How many letters may be wrong at most.
const FAR: usize = 2;
/// One wrong letter in so many. In short names every letter counts: `aws_lb` and `aws_elb`.
const LETTERS: usize = 6;

/// A resource type in a rule that may be misspelt: it may be a real one, so this is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unheard {
    /// The rule's file.
    pub file: String,
    /// The rule's id.
    pub rule: String,
    /// The type as it is written.
    pub written: String,
    /// The one that is known.
    pub meant: String,
}

impl Policies {
    /// The types in the users' own rules that are likely misspelt, by rule.
    pub fn unheard(&self) -> Vec<Unheard> {
        let builtin: BTreeSet<String> = super::builtin::sources().into_iter().map(|one| one.file).collect();
        let known = self.known_types(&builtin);
        let mut found = Vec::new();
        for rule in self.rules.iter().filter(|rule| !builtin.contains(&rule.file)) {
            for written in types_of(rule) {
                if known.contains(written) {
                    continue;
                }
                let distance = |one: &str| strsim::damerau_levenshtein(written, one);
                let close = known.iter().map(|one| (distance(one), *one)).min();
                if let Some((_, meant)) = close.filter(|(distance, _)| *distance <= FAR.min(written.len() / LETTERS)) {
                    found.push(Unheard {
                        file: rule.file.clone(),
                        rule: rule.id.clone(),
                        written: written.to_owned(),
                        meant: meant.to_owned(),
                    });
                }
            }
        }
        found
    }

    /// The types that the catalog and the built-in rules name.
    fn known_types(&self, builtin: &BTreeSet<String>) -> BTreeSet<&str> {
        let catalog = &self.catalog;
        let by_mode = catalog
            .originals
            .keys()
            .chain(catalog.keys.keys())
            .chain(catalog.aliases.keys());
        let mut known: BTreeSet<&str> = by_mode
            .chain(catalog.documents.keys())
            .map(|(_, name)| name.as_str())
            .collect();
        known.extend(catalog.stores.keys().chain(&catalog.without_entry).map(String::as_str));
        known.extend(catalog.settings.values().map(|one| one.resource_type.as_str()));
        let stores = catalog.stores.values().flat_map(|one| one.companions.values());
        let keys = catalog.keys.values().flat_map(|one| one.companions.values());
        known.extend(stores.chain(keys).map(|one| one.resource_type.as_str()));
        known.extend(
            self.rules
                .iter()
                .filter(|rule| builtin.contains(&rule.file))
                .flat_map(types_of),
        );
        known
    }
}

impl Unheard {
    /// What a person is told.
    pub fn sentence(&self) -> String {
        let Self {
            file,
            rule,
            written,
            meant,
        } = self;
        format!(
            "{file}: the rule `{rule}` names the resource type `{written}`, which planseal does not know: did you mean `{meant}`?"
        )
    }
}

/// The types that a rule looks at, and those of the other resources that it asks for.
fn types_of(rule: &Rule) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    match &rule.subject {
        Subject::Types(types) => found.extend(types.named()),
        Subject::Stores(only) | Subject::StoreParts(only) | Subject::Keys(only) => {
            found.extend(only.0.iter().flat_map(|types| types.named()));
        }
        Subject::Waivers => {}
    }
    for condition in rule.conditions() {
        related(condition, &mut found);
    }
    found
}

fn related<'r>(condition: &'r Condition, found: &mut BTreeSet<&'r str>) {
    condition.for_each(&mut |question| {
        if let Condition::Type(types) = question {
            found.extend(types.named());
        }
    });
    condition.for_each_relation(&mut |test| {
        found.extend(test.relation.types.iter().map(String::as_str));
        test.inner.iter().for_each(|inner| related(inner, found));
    });
}
