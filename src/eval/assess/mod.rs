//! Assessing the parts of stores: the catalog's sources and cases, read in a plan.

mod companion;
mod elsewhere;

use std::rc::Rc;

use super::condition::Scope;
use super::facts::Facts;
use super::key::{KeyRef, KeyUse};
use super::level::{LevelOutcome, PartAssessment};
use super::reading::{GIVE_SOURCE, Reading, Weight, opaque};
use super::tri::{Tri, merge};
use crate::model::resolve::{Opaque, Presence};
use crate::model::value::Location;
use crate::model::{Place, ResourceId, Side};
use crate::policy::catalog::{Case, CouldBe, Grant, KeyAttribute, Part, PartKind, PartSource, Store};
use crate::policy::condition::Condition;
use crate::policy::level::Level;

/// What a key attribute should hold, in reports.
const KEY_HCL: &str = "aws_kms_key.example.arn";

/// Settings and same-as chains longer than this are not real.
const MAX_DEPTH: usize = 8;

impl Facts<'_> {
    /// Assesses a part of a store on one side; computed once.
    pub fn assess(&self, id: ResourceId, store: &Store, part: usize, side: Side) -> Rc<PartAssessment> {
        let key = (id, part, side);
        if let Some(known) = self.assessed.borrow().get(&key) {
            return Rc::clone(known);
        }
        let assessment = Rc::new(match store.parts.get(part) {
            Some(part) => Assessor {
                facts: self,
                side,
                depth: 0,
            }
            .part(id, store, part),
            None => PartAssessment::default(),
        });
        self.assessed.borrow_mut().insert(key, Rc::clone(&assessment));
        assessment
    }

    /// The parts that hold the store's data and are there, on one side.
    pub fn storage(&self, id: ResourceId, store: &Store, side: Side) -> Vec<Rc<PartAssessment>> {
        (0..store.parts.len())
            .filter(|part| {
                store
                    .parts
                    .get(*part)
                    .is_some_and(|part| part.kind == PartKind::Storage)
            })
            .map(|part| self.assess(id, store, part, side))
            .filter(|part| part.there != Some(Tri::False))
            .collect()
    }
}

#[derive(Clone, Copy)]
struct Assessor<'f> {
    facts: &'f Facts<'f>,
    side: Side,
    depth: usize,
}

/// A resource, and the block in it where paths start.
#[derive(Clone, Copy)]
struct Spot<'s> {
    holder: ResourceId,
    base: &'s Location,
}

impl Assessor<'_> {
    fn part(&self, id: ResourceId, store: &Store, part: &Part) -> PartAssessment {
        let mut out = PartAssessment::default();
        let orphan = self.facts.companions.orphans.contains_key(&id);
        if let (Some(when), false) = (&part.when, orphan) {
            let mut scope = Scope::values(self.facts, id, self.side);
            out.there = Some(scope.test(when));
            out.readings.append(&mut scope.readings);
        }
        for source in &part.sources {
            if self.source(id, store, source, &mut out) {
                return out;
            }
        }
        let undone = part.sources.iter().find_map(|source| self.undone(id, store, source));
        if let Some(grant) = &part.otherwise {
            let nowhere = Location::default();
            let mut ways = self.grant(
                grant,
                Spot {
                    holder: id,
                    base: &nowhere,
                },
                &mut out,
            );
            if out.maybe_dynamic {
                for way in &mut ways {
                    way.because
                        .push_str(" (unless a `dynamic` block sets it: in a plan that looks the same)");
                }
            }
            for way in ways.iter_mut().filter(|way| way.settle.is_none()) {
                way.because.extend(undone.iter().map(String::as_str));
            }
            match out.places.last_mut() {
                // A companion may configure the store, or none does: both are possible.
                Some(possible) => possible.append(&mut ways),
                None => out.places.push(ways),
            }
        }
        if part.otherwise.is_none() && out.places.is_empty() {
            out.there = Some(Tri::False);
        }
        out
    }

    /// Reads a source in the resource that holds it; whether it is there.
    fn holder(&self, holder: ResourceId, source: &PartSource, out: &mut PartAssessment) -> bool {
        let Some(each) = &source.each else {
            let whole = Location::default();
            let ways = self.decided(&source.cases, Spot { holder, base: &whole }, out);
            out.places.push(ways);
            return true;
        };
        let mut there = false;
        for place in self.facts.model.places(holder, self.side, each) {
            match place {
                Place::There(base) => {
                    if let Some(Tri::False) = source.only.as_ref().map(|only| self.counts(only, holder, &base, out)) {
                        continue;
                    }
                    let ways = self.decided(&source.cases, Spot { holder, base: &base }, out);
                    out.places.push(ways);
                    there = true;
                }
                Place::Unknown(base) => match self.facts.resolver.presence(holder, &base) {
                    Presence::NotSet => {}
                    Presence::NotShown if source.computed => out.maybe_dynamic = true,
                    presence => {
                        let ways = self.unknown_block(holder, source, &base, &presence, out);
                        out.places.push(ways);
                        there = true;
                    }
                },
            }
        }
        there
    }

    /// Whether a block counts; where that cannot be told, it is judged as if it did, with the doubt.
    fn counts(&self, only: &Condition, holder: ResourceId, base: &Location, out: &mut PartAssessment) -> Tri {
        let mut scope = Scope::block(self.facts, holder, self.side, base);
        let answer = scope.test(only);
        if let Tri::Unknown(doubts) = &answer {
            merge(&mut out.doubts, doubts.clone());
        }
        answer
    }

    /// A block of which the plan shows nothing.
    fn unknown_block(
        &self,
        holder: ResourceId,
        source: &PartSource,
        base: &Location,
        presence: &Presence,
        out: &mut PartAssessment,
    ) -> Vec<LevelOutcome> {
        let address = &self.facts.model.resource(holder).address;
        let block = base.to_string();
        let (because, settle) = match presence {
            Presence::Set => return self.decided(&source.cases, Spot { holder, base }, out),
            Presence::NotShown => (
                format!(
                    "`{block}` of `{address}` stands in a `dynamic` block, and plan JSON does not hold their expressions"
                ),
                format!("{GIVE_SOURCE}, or write the block without `dynamic`"),
            ),
            Presence::Unknown(Opaque::HiddenBlock) | Presence::NotSet => (
                format!("the block `{block}` of `{address}` is known only after apply"),
                "write the block with values that are known before apply".to_owned(),
            ),
            Presence::Unknown(why) => {
                let doubt = opaque(why);
                (
                    format!("of the block `{block}` of `{address}`, {}", doubt.because),
                    doubt.settle,
                )
            }
        };
        vec![LevelOutcome {
            levels: reachable(&source.cases),
            because,
            settle: Some(settle),
            key: None,
            source: None,
        }]
    }

    /// The cases of a source, which is what decides.
    fn decided(&self, cases: &[Case], spot: Spot<'_>, out: &mut PartAssessment) -> Vec<LevelOutcome> {
        let mut ways = self.cases(cases, spot, out);
        for way in &mut ways {
            way.source.get_or_insert_with(|| (spot.holder, spot.base.clone()));
        }
        ways
    }

    /// The first case that holds; where one cannot be told, it and the ones after it are possible.
    fn cases(&self, cases: &[Case], spot: Spot<'_>, out: &mut PartAssessment) -> Vec<LevelOutcome> {
        let mut ways = Vec::new();
        let mut key_case = true;
        for case in cases {
            let answer = self.case_holds(case, spot, std::mem::take(&mut key_case), out);
            key_case = !matches!(case.grant, Grant::Key(_));
            match answer {
                Tri::False => {}
                Tri::True => {
                    ways.extend(self.grant(&case.grant, spot, out));
                    return ways;
                }
                Tri::Unknown(doubts) => {
                    merge(&mut out.doubts, doubts);
                    ways.extend(self.grant(&case.grant, spot, out));
                }
            }
        }
        ways
    }

    /// Whether a case holds. Of what was looked at, the report keeps what is set, and where the case would have granted
    /// a key, what would have had to stand there.
    fn case_holds(&self, case: &Case, spot: Spot<'_>, first: bool, out: &mut PartAssessment) -> Tri {
        let Some(when) = &case.when else {
            return Tri::True;
        };
        let mut scope = Scope::block(self.facts, spot.holder, self.side, spot.base);
        scope.demand = Some(true);
        let answer = scope.test(when);
        let missed = match (&case.grant, &answer) {
            (Grant::Key(key), Tri::False) if first => Some(key),
            _ => None,
        };
        for mut reading in scope.readings {
            // Of a part the level is what breaks the rule.
            reading.asked = None;
            reading.weight = Weight::Context;
            if missed.is_none() {
                reading.required = None;
            }
            if missed.is_some() || reading.says_something() {
                out.readings.push(reading);
            }
        }
        for found in missed
            .into_iter()
            .flat_map(|key| self.facts.model.select(spot.holder, self.side, spot.base, &key.path))
        {
            out.readings.push(Reading {
                required: Some(KEY_HCL.to_owned()),
                ..Reading::of(spot.holder, self.side, &found)
            });
        }
        answer
    }

    fn grant(&self, grant: &Grant, spot: Spot<'_>, out: &mut PartAssessment) -> Vec<LevelOutcome> {
        let deeper = Self {
            depth: self.depth.saturating_add(1),
            ..*self
        };
        if self.depth > MAX_DEPTH {
            return vec![undetermined(&CouldBe {
                levels: Level::ALL.to_vec(),
                because: "the policies lead in a circle".into(),
                settle: "mend the catalog entries that refer to each other".into(),
            })];
        }
        match grant {
            Grant::Level { level, because } => vec![LevelOutcome {
                levels: vec![*level],
                because: because.clone(),
                settle: None,
                key: None,
                source: None,
            }],
            Grant::Key(attribute) => deeper.key(attribute, spot, out),
            Grant::Cases(cases) => deeper.cases(cases, spot, out),
            Grant::Setting(id) => deeper.setting(id, spot.holder, out),
            Grant::SameAs {
                path,
                of_resource,
                where_none,
                otherwise,
            } => {
                let whole = Location::default();
                let base = if *of_resource { &whole } else { spot.base };
                let ways = deeper.same_as(path, otherwise, Spot { base, ..spot }, out);
                match where_none {
                    Some(instead) if ways.iter().any(|way| way.levels.contains(&Level::None)) => {
                        deeper.unless_none(ways, instead, spot, out)
                    }
                    _ => ways,
                }
            }
            Grant::Undetermined(could_be) => vec![undetermined(could_be)],
        }
    }

    fn key(&self, attribute: &KeyAttribute, spot: Spot<'_>, out: &mut PartAssessment) -> Vec<LevelOutcome> {
        let mut ways = Vec::new();
        for found in self
            .facts
            .model
            .select(spot.holder, self.side, spot.base, &attribute.path)
        {
            let (mut reading, uses) = self.facts.keys_at(spot.holder, self.side, &found, attribute);
            if uses
                .iter()
                .any(|one| matches!(one.key, KeyRef::Unset | KeyRef::AwsManaged))
            {
                reading.required = Some(KEY_HCL.to_owned());
            }
            out.readings.push(reading);
            for one in uses {
                ways.extend(self.key_level(one, attribute, spot, out));
            }
        }
        ways
    }

    fn key_level(
        &self,
        one: KeyUse,
        attribute: &KeyAttribute,
        spot: Spot<'_>,
        out: &mut PartAssessment,
    ) -> Vec<LevelOutcome> {
        if one.key == KeyRef::Unset {
            let mut ways = self.grant(&attribute.unset, spot, out);
            for way in &mut ways {
                way.key.get_or_insert(one.clone());
            }
            return ways;
        }
        let unset: Vec<Level> = match &one.key {
            KeyRef::Unknown(_) => {
                let ways = self.grant(&attribute.unset, spot, &mut PartAssessment::default());
                ways.into_iter().flat_map(|way| way.levels).collect()
            }
            _ => Vec::new(),
        };
        let (levels, because, settle) = self.level_of(&one.key, &unset);
        vec![LevelOutcome {
            levels,
            because,
            settle,
            key: Some(one),
            source: None,
        }]
    }

    /// The levels that a key may give, with the reason and what would settle it; `unset` are those without a key.
    fn level_of(&self, key: &KeyRef, unset: &[Level]) -> (Vec<Level>, String, Option<String>) {
        match key {
            KeyRef::Managed(id) => {
                let address = &self.facts.model.resource(*id).address;
                (vec![Level::Cmk], format!("`{address}` protects it"), None)
            }
            KeyRef::External(key) => (
                vec![Level::Cmk],
                match key.known {
                    Some(_) => "a known key outside this plan protects it",
                    None => "a key outside this plan protects it (not verified)",
                }
                .to_owned(),
                None,
            ),
            KeyRef::AwsManaged => (
                vec![Level::AwsManaged],
                "an AWS-managed key protects it".to_owned(),
                None,
            ),
            KeyRef::Unset => (unset.to_vec(), "no key is set".to_owned(), None),
            KeyRef::Unknown(doubt) => {
                let mut levels = [unset, &[Level::AwsManaged, Level::Cmk]].concat();
                levels.sort();
                levels.dedup();
                (levels, doubt.because.clone(), Some(doubt.settle.clone()))
            }
        }
    }
}

fn undetermined(could_be: &CouldBe) -> LevelOutcome {
    LevelOutcome {
        levels: could_be.levels.clone(),
        because: could_be.because.clone(),
        settle: Some(could_be.settle.clone()),
        key: None,
        source: None,
    }
}

/// Every level that the cases may come to.
fn reachable(cases: &[Case]) -> Vec<Level> {
    let mut levels: Vec<Level> = cases.iter().flat_map(|case| reachable_by(&case.grant)).collect();
    levels.sort();
    levels.dedup();
    levels
}

fn reachable_by(grant: &Grant) -> Vec<Level> {
    match grant {
        Grant::Level { level, .. } => vec![*level],
        Grant::Key(key) => {
            let mut levels = reachable_by(&key.unset);
            levels.extend([Level::AwsManaged, Level::Cmk]);
            levels
        }
        Grant::Cases(cases) => reachable(cases),
        Grant::SameAs {
            where_none, otherwise, ..
        } => {
            let mut levels = otherwise.levels.clone();
            levels.extend(where_none.iter().flat_map(|grant| reachable_by(grant)));
            levels
        }
        Grant::Undetermined(otherwise) => otherwise.levels.clone(),
        Grant::Setting(_) => Level::ALL.to_vec(),
    }
}
