//! One rule on one subject on one side.

use std::rc::Rc;
use std::sync::Arc;

use super::category::Effective;
use super::condition::{Asked, Scope, planned};
use super::facts::Facts;
use super::level::PartAssessment;
use super::reading::Reading;
use super::tri::{Doubt, Tri};
use super::usage::{KeyId, Users};
use crate::model::value::{Location, NodeKind};
use crate::model::{ResourceId, Side};
use crate::plan::{LIFECYCLE, Mode};
use crate::policy::catalog::{KeyType, Part, PartKind, Store};
use crate::policy::condition::{Condition, Destruction, Planned};
use crate::policy::rule::{Only, Rule, Severity, Subject, Types};

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The resource.
    pub id: ResourceId,
    /// Its catalog entry, where it is a store.
    pub store: Option<&'a Store>,
    /// The part's position in the entry, where the rule is about parts.
    pub part: Option<usize>,
    /// Its catalog entry, where it is a key.
    pub key: Option<&'a KeyType>,
    /// Whether it is looked at because it would be under something that is not in the plan.
    pub missing: bool,
    /// The position of a key outside the plan among [`Users::outside`]; `id` is then the first of its stores.
    pub outside: Option<usize>,
}

impl<'a> Target<'a> {
    /// The part, where the rule is about parts.
    pub fn part(&self) -> Option<&'a Part> {
        self.store
            .zip(self.part)
            .and_then(|(store, part)| store.parts.get(part))
    }

    /// What tells the key from others, where the target is one.
    pub fn key_id(&self, users: &Users) -> KeyId {
        match self.outside.and_then(|position| users.outside.get(position)) {
            Some(outside) => KeyId::Outside(Arc::clone(&outside.name)),
            None => KeyId::InPlan(self.id),
        }
    }
}

/// What a rule says of a target on one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// There is nothing to judge.
    NotApplicable,
    /// What is required holds.
    Pass,
    /// It does not.
    Violation,
    /// It does not, and it is only a recommendation.
    Advice,
    /// It cannot be told.
    Undetermined(Vec<Doubt>),
}

/// A verdict with everything that led to it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// How much a violation would matter.
    pub severity: Severity,
    /// What was looked at.
    pub readings: Vec<Reading>,
    /// The category that was used.
    pub category: Option<Rc<Effective>>,
    /// The part's assessment, in rules about parts.
    pub part: Option<Rc<PartAssessment>>,
    /// Whether a violation would be only advice.
    pub only_advises: bool,
    /// What becomes of the key's users, in rules about keys that go away.
    pub destruction: Option<Destruction>,
    /// The nodes of documents in which something was found.
    pub found_in: Vec<String>,
    /// How many sensitive categories of data the key protects, in rules about the users of keys.
    pub shared_by: usize,
    /// Whether it is, or may be, worse than before, in rules that say when.
    pub worsens: bool,
    /// The attributes of the part's encryption that make this plan replace the store.
    pub forced_by: Vec<String>,
    /// Why there is nothing to judge, where the rule's `when` is not the reason.
    pub idle: Option<Idle>,
    /// Every question of the rule with its answer, where [`Facts::keep_trails`] asked for it.
    pub trail: Vec<Asked>,
}

/// Why there is nothing to judge on one side, other than that `when` does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idle {
    /// The object is not there on that side.
    NotThere,
    /// The rule asks what this plan does, which is done after.
    DoneAfter,
    /// The store has no such part on that side.
    NoPart,
    /// The rule with this id speaks first, and has something to say.
    LeftTo(String),
    /// A resource of the type that it looks for is there, or nothing needs one.
    NotMissing,
    /// It does not ask about what is not in the plan.
    Outside,
    /// It asks the configuration, which is not given.
    NoSource,
}

impl Judged {
    /// Nothing was judged.
    fn nothing(rule: &Rule) -> Self {
        Self {
            verdict: Verdict::NotApplicable,
            severity: rule.severity,
            readings: Vec::new(),
            category: None,
            part: None,
            only_advises: false,
            destruction: None,
            found_in: Vec::new(),
            shared_by: 0,
            worsens: false,
            forced_by: Vec::new(),
            idle: None,
            trail: Vec::new(),
        }
    }

    /// Nothing was judged, for this reason.
    fn idle(rule: &Rule, reason: Idle) -> Self {
        Self {
            idle: Some(reason),
            ..Self::nothing(rule)
        }
    }

    /// Whether there is nothing to say of this side alone.
    pub fn silent(&self) -> bool {
        matches!(self.verdict, Verdict::Pass | Verdict::NotApplicable)
    }

    /// Adds what was looked at to find the part's level, where the rule asks about that.
    #[must_use]
    pub fn with_part(mut self, rule: &Rule) -> Self {
        if let Some(part) = &self.part
            && asks_level(&rule.demand.condition)
            && self.verdict != Verdict::NotApplicable
        {
            self.readings.extend(part.readings.iter().cloned());
        }
        self
    }
}

impl Facts<'_> {
    /// What a rule looks at in this plan.
    pub fn targets(&self, rule: &Rule, users: &Users) -> Vec<Target<'_>> {
        let bare = |id| Target {
            id,
            store: None,
            part: None,
            key: None,
            missing: false,
            outside: None,
        };
        match &rule.subject {
            Subject::Types(types) => {
                let themselves = self.of_types(self.names_of(types)).map(bare);
                let used_by = rule.missing.iter().flat_map(|missing| &missing.used_by);
                let users = self.of_types(used_by.map(String::as_str)).map(|id| Target {
                    missing: true,
                    ..bare(id)
                });
                themselves.chain(users).collect()
            }
            Subject::Stores(only) => self
                .stores_of(only)
                .into_iter()
                .filter(|(_, store)| store.has_storage())
                .map(|(id, store)| Target {
                    store: Some(store),
                    ..bare(id)
                })
                .collect(),
            Subject::StoreParts(only) => self
                .stores_of(only)
                .into_iter()
                .flat_map(|(id, store)| {
                    (0..store.parts.len()).map(move |part| Target {
                        store: Some(store),
                        part: Some(part),
                        ..bare(id)
                    })
                })
                .collect(),
            Subject::Keys(only) => {
                let in_plan = self
                    .all_keys()
                    .into_iter()
                    .filter(|(id, _)| {
                        let resource = self.model.resource(*id);
                        only.takes_key(resource.mode, &resource.resource_type)
                    })
                    .map(|(id, key)| Target {
                        key: Some(key),
                        ..bare(id)
                    });
                let outside = users.outside.iter().enumerate().filter(|_| only.0.is_none());
                let outside = outside.map(|(position, key)| Target {
                    outside: Some(position),
                    ..bare(key.store)
                });
                in_plan.chain(outside).collect()
            }
            // They stand in no plan, and are judged after all of them.
            Subject::Waivers => Vec::new(),
        }
    }

    /// The types that are named, and those of the plan that patterns take.
    fn names_of<'t>(&'t self, types: &'t Types) -> Vec<&'t str> {
        let mut names: Vec<&str> = types.named().collect();
        if types.patterns().next().is_some() {
            names.extend(self.model.managed_types().filter(|name| types.takes(name)));
            names.sort_unstable();
            names.dedup();
        }
        names
    }

    fn of_types<'t>(&'t self, types: impl IntoIterator<Item = &'t str>) -> impl Iterator<Item = ResourceId> {
        types
            .into_iter()
            .flat_map(|resource_type| self.model.of_type(Mode::Managed, resource_type))
            .copied()
    }

    fn stores_of<'s>(&'s self, only: &Only) -> Vec<(ResourceId, &'s Store)> {
        let mut stores = self.stores().to_vec();
        stores.retain(|(id, _)| match self.companions.orphans.get(id) {
            Some(store_type) => only.takes(store_type),
            None => only.takes(&self.model.resource(*id).resource_type),
        });
        stores
    }

    /// Judges a target on one side. Where the rule has something to say and the one that it follows has, too, it says
    /// nothing.
    pub fn judge(&self, rule: &Rule, target: Target<'_>, side: Side, users: &Users) -> Judged {
        let judged = self.judge_alone(rule, target, side, users);
        if !judged.silent() && self.speaks_first(rule, target, side, users) {
            let first = rule.follows.clone().unwrap_or_default();
            return Judged::idle(rule, Idle::LeftTo(first));
        }
        judged
    }

    /// The same, whatever the rule that it follows says.
    pub(super) fn judge_alone(&self, rule: &Rule, target: Target<'_>, side: Side, users: &Users) -> Judged {
        let mut judged = Judged::nothing(rule);
        if target.missing {
            judged.verdict = self.missing(rule, target.id, side);
            judged.idle = (judged.verdict == Verdict::NotApplicable).then_some(Idle::NotMissing);
            return judged;
        }
        if target.outside.is_some() && !rule.demand.condition.asks_users() {
            return Judged::idle(rule, Idle::Outside);
        }
        if rule.needs_source && !self.shows_source(target.id) {
            return Judged::idle(rule, Idle::NoSource);
        }
        if side == Side::After {
            judged.destruction = target.key.and_then(|key| self.destruction(target.id, key, users));
        }
        // What a plan does is done after.
        if side == Side::Before && rule.asks_actions(None) {
            return Judged::idle(rule, Idle::DoneAfter);
        }
        // What goes away is judged only by what its going away does, and by rules that ask for that.
        let goes = side == Side::After && self.goes(rule, target);
        let values = if goes { Side::Before } else { side };
        let removed = side == Side::After && rule.missing.is_some() && self.removed(target.id);
        let there = target.outside.is_some() || self.lives(target.id, side);
        let destroyed = judged.destruction.is_some() && rule.asks_of_keys_that_go();
        if !there && !goes && !destroyed && !removed {
            return Judged::idle(rule, Idle::NotThere);
        }
        let asks_category = rule.conditions().any(Condition::asks_category);
        judged.category = self.category_for(target, values, asks_category);
        judged.part = target
            .store
            .zip(target.part)
            .map(|(store, part)| self.assess(target.id, store, part, values));
        if let (Some(part), Side::After) = (target.part(), side) {
            judged.forced_by = self.forced_by(target.id, part);
        }
        if rule.demand.condition.asks_sharing() {
            judged.shared_by = self
                .sensitive_categories(users.of(&target.key_id(users), side), side)
                .len();
        }
        judged = self.decide(rule, target, (side, values), users, judged);
        if removed {
            judged.verdict = Verdict::Violation;
        }
        judged
    }

    /// Whether the configuration of a resource is there, with what a plan leaves out of it.
    fn shows_source(&self, id: ResourceId) -> bool {
        let values = self.model.resource(id).values(Side::After);
        let lifecycle = values.and_then(|values| values.at(&Location::default().member(LIFECYCLE)));
        self.model.block(id).is_some() || lifecycle.is_some_and(|node| node.kind != NodeKind::Unknown)
    }

    /// What this plan does to what the target is about: nothing to a store or key that is not in it.
    fn planned(&self, target: Target<'_>) -> Option<Planned> {
        let stands_in = target.store.is_some() && self.companions.orphans.contains_key(&target.id);
        match stands_in || target.outside.is_some() {
            true => Some(Planned::NoOp),
            false => planned(self.model.resource(target.id)),
        }
    }

    /// Whether the object goes away in a way that the rule asks for.
    fn goes(&self, rule: &Rule, target: Target<'_>) -> bool {
        let away = self
            .planned(target)
            .filter(|one| matches!(one, Planned::Delete | Planned::Forget));
        let had_values = self.model.resource(target.id).values(Side::Before).is_some();
        had_values && away.is_some_and(|one| rule.asks_actions(Some(one)))
    }

    /// Whether the rule that this one follows has something to say.
    fn speaks_first(&self, rule: &Rule, target: Target<'_>, side: Side, users: &Users) -> bool {
        let first = rule
            .follows
            .as_ref()
            .and_then(|id| self.policies.rules.iter().find(|one| one.id == *id));
        first.is_some_and(|first| self.judge(first, target, side, users).verdict != Verdict::Pass)
    }

    /// Whether this plan deletes the object, and puts no other in its place.
    fn removed(&self, id: ResourceId) -> bool {
        let resource = self.model.resource(id);
        resource.deposed.is_none() && resource.destroyed() && !resource.replaced()
    }

    /// A resource that there is once per account and Region, looked for by one that would be under it.
    fn missing(&self, rule: &Rule, user: ResourceId, side: Side) -> Verdict {
        match self.elsewhere(rule, user, side) {
            None | Some(Some(true)) => Verdict::NotApplicable,
            Some(_) => Verdict::Advice,
        }
    }

    /// What the configuration says of a resource that there is once per account and Region, where one that would be under it
    /// is there, and it is not in the plan.
    pub(super) fn elsewhere(&self, rule: &Rule, user: ResourceId, side: Side) -> Option<Option<bool>> {
        let (Subject::Types(types), true) = (&rule.subject, self.lives(user, side)) else {
            return None;
        };
        let found = self
            .names_of(types)
            .into_iter()
            .any(|one| !self.account_wide(one, user, side).is_empty());
        let told_by = rule.missing.as_ref().and_then(|missing| missing.told_by);
        let told = || told_by.and_then(|flag| self.account_facts(user, side)?.flag(flag));
        (!found).then(told)
    }

    /// `asked`: whether the rule asks for it, which is what makes it worth finding for resources of any type.
    fn category_for(&self, target: Target<'_>, side: Side, asked: bool) -> Option<Rc<Effective>> {
        let credential = target.part().is_some_and(|part| part.kind == PartKind::Credential);
        match (target.store, target.key) {
            (Some(_), _) if credential => Some(Rc::new(self.credential_category())),
            (Some(store), _) => Some(self.category(target.id, store, side)),
            // A key that goes away has no tags after.
            (None, Some(_)) => {
                let found = match self.model.resource(target.id).values(side) {
                    Some(_) => self.key_category(target.id, side),
                    None => self.key_category(target.id, Side::Before),
                };
                Some(Rc::new(Effective::only(found)))
            }
            (None, None) if asked => Some(self.category_of_resource(target.id, side)),
            (None, None) => None,
        }
    }

    /// The same part before this plan, for the side after.
    fn part_before(&self, target: Target<'_>, side: Side) -> Option<Rc<PartAssessment>> {
        let stood = side == Side::After && self.model.resource(target.id).values(Side::Before).is_some();
        let (store, part) = target.store.zip(target.part).filter(|_| stood)?;
        Some(self.assess(target.id, store, part, Side::Before))
    }

    /// `values` is the side whose values count: of what goes away, those that it had.
    fn decide(
        &self,
        rule: &Rule,
        target: Target<'_>,
        (side, values): (Side, Side),
        users: &Users,
        mut judged: Judged,
    ) -> Judged {
        let part_before = self.part_before(target, values);
        let forced_by = judged.forced_by.clone();
        let mut scope = Scope::values(self, target.id, values);
        scope.planned = (side == Side::After).then(|| self.planned(target)).flatten();
        let category_before = match values {
            Side::After if rule.conditions().any(Condition::asks_before) => {
                self.category_for(target, Side::Before, true)
            }
            _ => None,
        };
        scope.category = judged.category.as_deref();
        scope.category_before = category_before.as_deref();
        scope.part = judged.part.as_deref();
        scope.kind = target.part().map(|part| part.kind);
        scope.part_before = part_before.as_deref();
        scope.forced_by = &forced_by;
        scope.destruction = judged.destruction;
        scope.users = Some((users, target.key_id(users)));
        scope.trail = self.keep_trails.then(Vec::new);
        scope.not_shown = target.outside.is_some();
        let there = judged
            .part
            .as_ref()
            .and_then(|part| part.there.clone())
            .unwrap_or(Tri::True);
        let no_part = there == Tri::False;
        let applies = Tri::all([there, rule.when.as_ref().map_or(Tri::True, |when| scope.test(when))]);
        if applies == Tri::False {
            judged.trail = scope.trail.take().unwrap_or_default();
            judged.idle = no_part.then_some(Idle::NoPart);
            return judged;
        }
        if !matches!(applies, Tri::Unknown(_)) {
            // Why a rule applies is plain from its text; what it demands is what a reader looks for.
            scope.readings.clear();
        }
        scope.found_in.clear();
        scope.demand = Some(!rule.demand.forbidden);
        // Where nothing is written, nothing is written wrongly.
        scope.holds_without_source = !rule.demand.forbidden;
        let answer = scope.test(&rule.demand.condition);
        let holds = if rule.demand.forbidden { answer.negate() } else { answer };
        scope.demand = None;
        let verdict = match (applies, holds) {
            (_, Tri::True) => Verdict::Pass,
            (Tri::Unknown(doubts), Tri::False) => Verdict::Undetermined(doubts),
            (Tri::Unknown(mut doubts), Tri::Unknown(more)) => {
                super::tri::merge(&mut doubts, more);
                Verdict::Undetermined(doubts)
            }
            (_, Tri::Unknown(doubts)) => Verdict::Undetermined(doubts),
            (_, Tri::False) => Verdict::Violation,
        };
        let kind = target.part().map(|part| part.kind);
        judged.readings = std::mem::take(&mut scope.readings);
        judged.found_in = std::mem::take(&mut scope.found_in);
        let severity = severity(rule, &mut scope);
        judged.only_advises = rule
            .advice_when
            .as_ref()
            .is_some_and(|when| scope.test(when) == Tri::True);
        // Where it cannot be told, the worse of both counts, as with severities.
        let worsens = |when| side == Side::After && scope.test(when) != Tri::False;
        judged.worsens = rule.worse_when.as_ref().is_some_and(worsens);
        judged.trail = scope.trail.take().unwrap_or_default();
        if judged.destruction.is_some() {
            judged.readings.extend(self.switched_off(target));
        }
        judged.severity = if kind == Some(PartKind::Secondary) {
            severity.lower()
        } else {
            severity
        };
        judged.verdict = match verdict {
            Verdict::Violation if judged.only_advises => Verdict::Advice,
            other => other,
        };
        judged
    }
}

/// The first case that holds; where one cannot be told, the most severe of it and those after it.
fn severity(rule: &Rule, scope: &mut Scope<'_>) -> Severity {
    let mut most: Option<Severity> = None;
    for (condition, severity) in &rule.severity_when {
        match scope.test(condition) {
            Tri::False => {}
            Tri::True => return most.max(Some(*severity)).unwrap_or(*severity),
            Tri::Unknown(_) => most = most.max(Some(*severity)),
        }
    }
    most.max(Some(rule.severity)).unwrap_or(rule.severity)
}

/// Whether a condition is about the level or the keys of a part, and not about something beside them.
pub(super) fn asks_level(condition: &Condition) -> bool {
    condition.asks(|question| matches!(question, Condition::Level(_) | Condition::Key(_)))
}
