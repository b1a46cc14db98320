//! Conditions, evaluated over values with unknown parts.

use serde_json::Value;

use super::category::{CategoryFound, Effective};
use super::facts::Facts;
use super::key::KeyRef;
use super::level::PartAssessment;
use super::reading::{Possible, Reading, possible};
use super::tri::{Doubt, Tri};
use crate::model::resolve::Source;
use crate::model::value::{Location, State};
use crate::model::{ResourceId, Side};
use crate::plan::{Action, Mode};
use crate::policy::condition::{CategoryTest, Condition, Destruction, KeyTest, LevelTest, PathTest, Quantifier, Test};
use crate::policy::level::Level;

/// What a condition is asked about.
pub(super) struct Scope<'f> {
    facts: &'f Facts<'f>,
    resource: ResourceId,
    side: Side,
    base: Location,
    /// The data category, in rules about stores and keys.
    pub category: Option<&'f Effective>,
    /// The part, in rules about parts.
    pub part: Option<&'f PartAssessment>,
    /// What becomes of the users of a key that goes away.
    pub destruction: Option<Destruction>,
    /// What was looked at.
    pub readings: Vec<Reading>,
    /// Whether readings carry what would satisfy the test.
    pub demand: bool,
}

impl<'f> Scope<'f> {
    /// About a resource's values.
    pub(super) fn values(facts: &'f Facts<'f>, resource: ResourceId, side: Side) -> Self {
        Self::block(facts, resource, side, &Location::default())
    }

    /// About a block of a resource; paths start there.
    pub(super) fn block(facts: &'f Facts<'f>, resource: ResourceId, side: Side, base: &Location) -> Self {
        Self {
            facts,
            resource,
            side,
            base: base.clone(),
            category: None,
            part: None,
            destruction: None,
            readings: Vec::new(),
            demand: false,
        }
    }

    /// The answer.
    pub(super) fn test(&mut self, condition: &Condition) -> Tri {
        match condition {
            Condition::All(several) => Tri::all(several.iter().map(|one| self.test(one)).collect::<Vec<_>>()),
            Condition::Any(several) => Tri::any(several.iter().map(|one| self.test(one)).collect::<Vec<_>>()),
            Condition::Not(one) => self.test(one).negate(),
            Condition::Path(test) => self.path(test),
            Condition::Category(test) => self
                .category
                .map_or(Tri::False, |category| self.category_test(category, test)),
            Condition::Level(test) => self.part.map_or(Tri::False, |part| self.level_test(part, *test)),
            Condition::Key(test) => self.part.map_or(Tri::False, |part| self.key_test(part, *test)),
            Condition::Created(wanted) => {
                let resource = self.facts.model.resource(self.resource);
                Tri::known((self.side == Side::After && resource.actions.contains(&Action::Create)) == *wanted)
            }
            Condition::Destroyed(kinds) => {
                Tri::known(self.destruction.is_some_and(|destruction| kinds.contains(&destruction)))
            }
        }
    }

    fn path(&mut self, test: &PathTest) -> Tri {
        let found = self
            .facts
            .model
            .select(self.resource, self.side, &self.base, &test.path);
        let mut answers = Vec::new();
        for one in found {
            let mut reading = Reading::of(self.resource, self.side, &one);
            let values = possible(self.facts.model, &self.facts.resolver, &mut reading);
            if self.demand {
                reading.required = required(&test.tests);
            }
            self.readings.push(reading);
            answers.push(Tri::agree(values.iter().map(|value| value_test(value, test)), &[]));
        }
        match test.nodes {
            Quantifier::Every => Tri::all(answers),
            Quantifier::Any => Tri::any(answers),
        }
    }

    fn category_test(&self, category: &Effective, test: &CategoryTest) -> Tri {
        let mut answers = Vec::new();
        if let Some(is) = &test.is {
            answers.push(category.ask(|found| is.contains(&found.id)));
        }
        if let Some(sensitive) = test.sensitive {
            answers.push(category.ask(|found| {
                self.facts
                    .policies
                    .categories
                    .by_id
                    .get(&found.id)
                    .is_some_and(|entry| entry.sensitive())
                    == sensitive
            }));
        }
        if let Some(evidence) = &test.evidence {
            answers.push(category.ask(|found| evidence.contains(&found.evidence)));
        }
        if let Some(evidence) = &test.own_evidence {
            answers.push(match &category.own {
                CategoryFound::Known(found) => Tri::known(evidence.contains(&found.evidence)),
                CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
            });
        }
        if let Some(conflicting) = test.conflicting {
            // That tags are hidden is said by the rules that need the category; a conflict is claimed where it is seen.
            let seen = matches!(&category.found, CategoryFound::Known(found) if found.conflicting);
            answers.push(Tri::known(seen == conflicting));
        }
        if let Some(lowered) = test.lowered {
            let answer = category.lowered.clone();
            answers.push(if lowered { answer } else { answer.negate() });
        }
        Tri::all(answers)
    }

    fn level_test(&self, part: &PartAssessment, test: LevelTest) -> Tri {
        match test {
            LevelTest::Equals(level) => part.equals(level),
            LevelTest::AtLeast(level) => part.at_least(level),
            LevelTest::AtLeastMinimum => match self.category.map(|category| category.minimums(self.facts)) {
                None => Tri::False,
                Some(minimums) => {
                    let doubts = self.category.map(Effective::doubts).unwrap_or_default();
                    Tri::agree(minimums.into_iter().map(|minimum| part.at_least(minimum)), &doubts)
                }
            },
        }
    }

    fn key_test(&self, part: &PartAssessment, test: KeyTest) -> Tri {
        let KeyTest::SameCategory(wanted) = test;
        let Some(category) = self.category else {
            return Tri::known(wanted);
        };
        let answers: Vec<Tri> = part
            .places
            .iter()
            .map(|ways| {
                let of_way = ways
                    .iter()
                    .filter_map(|way| way.key.as_ref())
                    .map(|one| match &one.key {
                        KeyRef::Managed(id) => self.same_category(*id, category),
                        // That the key cannot be told is the level's finding; saying it twice helps nobody.
                        KeyRef::Unknown(_) | KeyRef::AwsManaged | KeyRef::External | KeyRef::Unset => Tri::True,
                    });
                let answers: Vec<Tri> = of_way.collect();
                if answers.is_empty() {
                    Tri::True
                } else {
                    Tri::agree(answers, &[self.several_keys(ways)])
                }
            })
            .collect();
        let answer = Tri::all(answers);
        if wanted { answer } else { answer.negate() }
    }
}

impl Scope<'_> {
    fn same_category(&self, key: ResourceId, category: &Effective) -> Tri {
        match &category.found {
            CategoryFound::Known(own) => self.facts.key_is_of_another(key, &own.id, self.side).negate(),
            // A key without a category of its own fits whatever the store turns out to be.
            CategoryFound::Unknown(doubt) => match self.facts.key_category(key, self.side) {
                CategoryFound::Known(known) if !known.explicit() => Tri::True,
                _ => Tri::Unknown(vec![doubt.clone()]),
            },
        }
    }

    /// The doubt where the plan does not tell which of several keys protects a place.
    fn several_keys(&self, ways: &[super::level::LevelOutcome]) -> Doubt {
        let mut keys: Vec<String> = ways
            .iter()
            .filter_map(|way| way.key.as_ref())
            .map(|one| self.facts.candidate(&one.key).what)
            .collect();
        keys.dedup();
        Doubt {
            because: format!("its key may be one of several: {}", keys.join(", or ")),
            settle: "write the key without a condition".into(),
        }
    }
}

impl Effective {
    /// Asks about the category; unknown where the category is.
    fn ask(&self, question: impl Fn(&super::category::Known) -> bool) -> Tri {
        match &self.found {
            CategoryFound::Known(found) => Tri::known(question(found)),
            CategoryFound::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
        }
    }

    /// The minimum levels that the store may need.
    fn minimums(&self, facts: &Facts<'_>) -> Vec<Level> {
        let table = &facts.policies.categories;
        match &self.found {
            CategoryFound::Known(found) => table
                .by_id
                .get(&found.id)
                .map(|entry| entry.minimum)
                .into_iter()
                .collect(),
            CategoryFound::Unknown(_) => {
                let mut all: Vec<Level> = table.by_id.values().map(|entry| entry.minimum).collect();
                all.sort();
                all.dedup();
                all
            }
        }
    }

    fn doubts(&self) -> Vec<Doubt> {
        match &self.found {
            CategoryFound::Known(_) => Vec::new(),
            CategoryFound::Unknown(doubt) => vec![doubt.clone()],
        }
    }
}

fn value_test(value: &Possible, test: &PathTest) -> Tri {
    let value = match value {
        // What it is cannot be told; that it is something can.
        Possible::Something(_) if test.tests.iter().all(|one| matches!(one, Test::Set(_))) => {
            return Tri::known(test.tests.iter().all(|one| *one == Test::Set(true)));
        }
        Possible::Unknown(doubt) | Possible::Something(doubt) => return Tri::Unknown(vec![doubt.clone()]),
        Possible::Value(value) if !is_empty(value) => Some(value),
        Possible::Value(_) | Possible::NotSet => None,
    };
    let meant = value.or(test.unset_means.as_ref());
    Tri::known(test.tests.iter().all(|one| match one {
        Test::Set(wanted) => value.is_some() == *wanted,
        Test::Equals(wanted) => meant.is_some_and(|value| same(value, wanted)),
        Test::In(list) => meant.is_some_and(|value| list.iter().any(|wanted| same(value, wanted))),
        Test::AtLeast(bound) => meant.and_then(number).is_some_and(|value| value >= *bound),
        Test::AtMost(bound) => meant.and_then(number).is_some_and(|value| value <= *bound),
    }))
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str() == Some("")
}

/// Booleans and numbers are equal to their spelling as strings: some schemas have them as strings.
fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(left), Value::String(right)) => left == right,
        (Value::String(text), other) | (other, Value::String(text)) => match serde_json::from_str(text) {
            Ok(spelled @ (Value::Bool(_) | Value::Number(_))) => same(&spelled, other),
            _ => false,
        },
        (left, right) => {
            left == right
                || number(left)
                    .zip(number(right))
                    .is_some_and(|(left, right)| left == right)
        }
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// The value that would satisfy the tests, as HCL, where there is one to name.
fn required(tests: &[Test]) -> Option<String> {
    tests.iter().find_map(|test| match test {
        Test::Equals(value) => Some(value.to_string()),
        Test::In(values) => values.first().map(Value::to_string),
        Test::AtLeast(bound) | Test::AtMost(bound) => Some(bound.to_string()),
        Test::Set(_) => None,
    })
}

impl Facts<'_> {
    /// The one store that an attribute names, by reference or by a known identifier.
    pub fn store_named(
        &self,
        holder: ResourceId,
        base: &Location,
        path: &crate::model::path::Path,
        side: Side,
    ) -> Option<ResourceId> {
        let found = self.model.select(holder, side, base, path);
        let [one] = found.as_slice() else { return None };
        match &one.state {
            State::Absent => None,
            State::Known(value) => {
                let name = super::facts::name_of(value)?;
                self.store_referred_to(holder, &one.location, value, side)
                    .or_else(|| self.store_with_name(name, holder, side))
            }
            State::Unknown => {
                let resolution = self.resolver.resolve(holder, &one.location);
                match resolution.origins.as_slice() {
                    [only] => match &only.source {
                        Source::Attribute { resource, .. } => Some(*resource),
                        Source::Value(value) => self.store_with_name(super::facts::name_of(value)?, holder, side),
                        _ => None,
                    },
                    _ => None,
                }
            }
        }
    }

    /// A name that is known, and that the expression takes from a store's own attribute.
    fn store_referred_to(
        &self,
        holder: ResourceId,
        location: &Location,
        name: &Value,
        side: Side,
    ) -> Option<ResourceId> {
        if side == Side::Before {
            return None;
        }
        let resolution = self.resolver.resolve(holder, location);
        resolution.origins.iter().find_map(|origin| match &origin.source {
            Source::Attribute {
                resource,
                state: State::Known(value),
                ..
            } if value == name => {
                let kind = &self.model.resource(*resource).resource_type;
                self.policies.catalog.stores.contains_key(kind).then_some(*resource)
            }
            _ => None,
        })
    }

    /// A bare name counts for the same type in the same provider configuration; an ARN says all that itself.
    fn store_with_name(&self, name: &str, holder: ResourceId, side: Side) -> Option<ResourceId> {
        let consumer = self.model.resource(holder);
        let store = self.policies.catalog.stores.get(&consumer.resource_type)?;
        let same_type = self.model.of_type(Mode::Managed, &consumer.resource_type);
        let mut named = same_type.iter().copied().filter(|id| {
            let near = name.starts_with("arn:") || self.model.resource(*id).provider == consumer.provider;
            near && *id != holder
                && store
                    .names
                    .iter()
                    .flat_map(|path| self.model.select(*id, side, &Location::default(), path))
                    .any(|found| matches!(&found.state, State::Known(Value::String(text)) if text == name))
        });
        match (named.next(), named.next()) {
            (Some(id), None) => Some(id),
            _ => None,
        }
    }
}
