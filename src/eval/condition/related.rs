//! Questions about other resources: those that configure one, and those that it configures.

use std::collections::BTreeSet;

use super::super::amount::{One, holds};
use super::super::join::{Names, Target};
use super::super::joined::{Joined, MAX_POSSIBLE};
use super::super::reading::{Possible, Reading, Weight, possible};
use super::super::tri::{Doubt, Tri};
use super::Scope;
use super::demand::weigh;
use crate::model::path::Path;
use crate::model::value::{Found, Location, Node};
use crate::model::{ResourceId, Side, Written};
use crate::policy::condition::Quantifier;
use crate::policy::relation::{Direction, Relation, RelationTest};

/// One of several, with what was looked at in it.
struct Seen {
    one: One,
    readings: Vec<Reading>,
}

impl Scope<'_> {
    /// About other resources that belong to this one.
    pub(super) fn related_test(&mut self, test: &RelationTest) -> Tri {
        let relations = &self.facts.relations;
        let (seen, more) = match test.relation.direction {
            Direction::Companion => match relations.companions(self.resource, &test.relation, self.side) {
                Some(joined) => self.companions_of(test, &joined),
                None => return Tri::Unknown(vec![self.stands_in()]),
            },
            Direction::Configures => match relations.named(self.resource, &test.relation, self.side) {
                Some(named) => self.configured_by(test, named),
                None => return Tri::Unknown(vec![self.stands_in()]),
            },
        };
        self.counted(test.amount, seen, more.as_ref())
    }

    /// Whether as many pass as must. Of what was looked at, what decides is kept.
    fn counted(&mut self, amount: Quantifier, seen: Vec<Seen>, more: Option<&Doubt>) -> Tri {
        let several: Vec<One> = seen.iter().map(|seen| seen.one.clone()).collect();
        let answer = holds(amount, &several, more);
        let decides = |one: &One| match (amount, &answer) {
            (Quantifier::Every, Tri::False) => one.passes == Tri::False && one.perhaps.is_none(),
            (Quantifier::Every, Tri::Unknown(_)) => one.passes != Tri::True,
            (Quantifier::Any, Tri::True) => one.passes == Tri::True && one.perhaps.is_none(),
            _ => true,
        };
        let (wanted, all, several) = (self.wanted_of_each(amount), self.readings.len(), seen.len());
        for mut seen in seen.into_iter().filter(|seen| decides(&seen.one)) {
            weigh(&mut seen.readings, wanted, &seen.one.passes, Weight::Harmless);
            self.readings.extend(seen.readings);
        }
        self.wanting(wanted, |scope| scope.not_each(all, amount, several));
        answer
    }

    fn companions_of(&self, test: &RelationTest, joined: &Joined) -> (Vec<Seen>, Option<Doubt>) {
        let mut seen = Vec::new();
        match joined.certain.as_slice() {
            several @ [_, _, ..] if test.relation.single => seen.push(self.written_last(test, several)),
            several => {
                for companion in several {
                    seen.push(self.companion_seen(test, *companion, None));
                }
            }
        }
        for companion in joined.possible.iter().take(MAX_POSSIBLE) {
            let doubt = match joined.is_raced(*companion) {
                true => joined.doubt(self.facts.model, *companion),
                false => self.not_told(*companion, &test.relation),
            };
            seen.push(self.companion_seen(test, *companion, Some(doubt)));
        }
        let rest = joined.possible.get(MAX_POSSIBLE).map(|first| {
            let count = joined.possible.len();
            let doubt = self.not_told(*first, &test.relation);
            Doubt {
                because: format!("{count} resources may configure it"),
                settle: doubt.settle,
            }
        });
        (seen, rest)
    }

    fn companion_seen(&self, test: &RelationTest, companion: ResourceId, perhaps: Option<Doubt>) -> Seen {
        let join = &test.relation.join;
        let named = self
            .facts
            .model
            .select(companion, self.side, &Location::default(), join);
        let mut readings: Vec<Reading> = named.iter().map(|found| self.traced(companion, found)).collect();
        let passes = self.inside_of(companion, test, &mut readings);
        Seen {
            one: One { passes, perhaps },
            readings,
        }
    }

    fn addresses<'s>(&self, several: impl IntoIterator<Item = &'s ResourceId>) -> Vec<String> {
        let address = |id: &ResourceId| format!("`{}`", self.facts.model.resource(*id).address);
        several.into_iter().map(address).collect()
    }

    /// Of several companions for one setting, each apply writes what another one says otherwise.
    fn written_last(&self, test: &RelationTest, several: &[ResourceId]) -> Seen {
        let mut readings = Vec::new();
        let mut answers = Vec::new();
        for companion in several {
            let seen = self.companion_seen(test, *companion, None);
            readings.extend(seen.readings);
            answers.push(seen.one.passes);
        }
        let doubt = Doubt {
            because: format!(
                "{} configure it, and nothing says which is applied last",
                self.addresses(several).join(" and ")
            ),
            settle: "keep one of them".into(),
        };
        Seen {
            one: One {
                passes: Tri::agree(answers, &[doubt]),
                perhaps: None,
            },
            readings,
        }
    }

    fn configured_by(&self, test: &RelationTest, named: &[(Found, Names)]) -> (Vec<Seen>, Option<Doubt>) {
        let mut seen = Vec::new();
        let mut more = None;
        let mut counted = BTreeSet::new();
        for (found, names) in named {
            if names.more {
                more = Some(Doubt {
                    because: format!("the plan does not show all that `{}` holds", found.location),
                    settle: "give planseal the configuration (`--planfile` or `--source`)".into(),
                });
            }
            // A resource that is named twice is one resource.
            if let Some(Target::Some(several)) = &names.target
                && several.len() == 1
                && !several.iter().all(|one| counted.insert(*one))
            {
                continue;
            }
            seen.extend(self.named_seen(test, found, names));
        }
        (seen, more)
    }

    /// What one node of the resource's own attribute names; `None` where nothing is set, or something of another type.
    fn named_seen(&self, test: &RelationTest, found: &Found, names: &Names) -> Option<Seen> {
        let mut readings = vec![self.traced(self.resource, found)];
        let address = &self.facts.model.resource(self.resource).address;
        let path = &test.relation.join;
        let known_by: Vec<String> = test.relation.to.iter().map(|name| format!("`{name}`")).collect();
        let known_by = known_by.join(" or ");
        let settle =
            || format!("let `{path}` of `{address}` refer to {known_by} of the one that is meant, without a condition");
        let outside = || match &test.inner {
            _ if test.relation.managed => Tri::False,
            // That something is named is enough.
            None => Tri::True,
            Some(_) => Tri::Unknown(vec![Doubt {
                because: format!(
                    "what `{path}` of `{address}` names is not managed by this plan, which does not show it"
                ),
                settle: "manage it in the same Terraform configuration, and name it by reference".into(),
            }]),
        };
        let passes = match names.target.as_ref()? {
            Target::Elsewhere if self.is_default(found) => return None,
            Target::Elsewhere => outside(),
            Target::Perhaps(several) if several.is_empty() => return None,
            Target::Hidden => Tri::Unknown(vec![self.hidden(found, path)]),
            Target::Some(several) | Target::Perhaps(several) => {
                let mut answers: Vec<Tri> = several
                    .iter()
                    .map(|one| self.inside_of(*one, test, &mut readings))
                    .collect();
                if matches!(names.target, Some(Target::Perhaps(_))) {
                    answers.push(outside());
                }
                let doubt = Doubt {
                    because: format!(
                        "`{path}` of `{address}` may name one of several: {}",
                        self.addresses(several).join(", ")
                    ),
                    settle: settle(),
                };
                Tri::agree(answers, &[doubt])
            }
        };
        let perhaps = names.may_be_unset.then(|| Doubt {
            because: format!("`{path}` of `{address}` may not be set"),
            settle: settle(),
        });
        Some(Seen {
            one: One { passes, perhaps },
            readings,
        })
    }

    /// Whether a value that names nothing in the plan is AWS's own, and not the author's: then the author names nothing.
    fn is_default(&self, found: &Found) -> bool {
        let model = self.facts.model;
        let after = model.resource(self.resource).values(Side::After);
        let stays = after.and_then(|node| node.at(&found.location)).map(Node::state) == Some(found.state.clone());
        stays && matches!(model.written(self.resource, &found.location), Written::Not)
    }

    /// The condition in another resource; true where nothing is asked.
    fn inside_of(&self, other: ResourceId, test: &RelationTest, readings: &mut Vec<Reading>) -> Tri {
        let Some(inner) = &test.inner else { return Tri::True };
        let category = Some(self.facts.category_of_resource(other, self.side));
        let mut scope = Scope::values(self.facts, other, self.side);
        scope.category = category.as_deref();
        scope.demand = self.wanted_of_each(test.amount);
        let answer = scope.test(inner);
        readings.append(&mut scope.readings);
        answer
    }

    /// The reading of an attribute that names something, with the way to it.
    fn traced(&self, resource: ResourceId, found: &Found) -> Reading {
        let mut reading = Reading::of(resource, self.side, found);
        possible(self.facts.model, &self.facts.resolver, &mut reading);
        reading
    }

    fn not_told(&self, companion: ResourceId, relation: &Relation) -> Doubt {
        let address = &self.facts.model.resource(companion).address;
        Doubt {
            because: format!("the plan does not tell what `{address}` names by `{}`", relation.join),
            settle: format!("let `{address}` name it by reference, in the same module"),
        }
    }

    /// Why it cannot be told what an attribute names.
    fn hidden(&self, found: &Found, path: &Path) -> Doubt {
        let mut reading = Reading::of(self.resource, self.side, found);
        let address = &self.facts.model.resource(self.resource).address;
        let values = possible(self.facts.model, &self.facts.resolver, &mut reading);
        let why = values.into_iter().find_map(|value| match value {
            Possible::Unknown(doubt) => Some(doubt),
            _ => None,
        });
        match why {
            Some(doubt) => Doubt {
                because: format!("what `{path}` of `{address}` names cannot be told: {}", doubt.because),
                settle: doubt.settle,
            },
            None => Doubt {
                because: format!("what `{path}` of `{address}` names cannot be told"),
                settle: format!("let `{path}` of `{address}` name it by reference"),
            },
        }
    }

    /// What stands in for a store shows nothing of the store's relations.
    fn stands_in(&self) -> Doubt {
        let address = &self.facts.model.resource(self.resource).address;
        Doubt {
            because: format!("`{address}` stands in for a store that is not managed by this plan"),
            settle: "manage the store in the same Terraform configuration".into(),
        }
    }
}
