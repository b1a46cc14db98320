//! From facts to the explanation of one resource.

use std::collections::BTreeMap;

use super::because;
use super::key;
use super::v1;
use crate::eval::category::{CategoryFound, Effective};
use crate::eval::finding::evidence;
use crate::eval::level::LevelOutcome;
use crate::eval::tri::Tri;
use crate::eval::usage::Users;
use crate::eval::{Conclusion, Facts, Opinion, words};
use crate::model::{ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::{Companion, Part, PartKind, Store};
use crate::policy::written::{Clause, clauses};
use crate::report::build::{self, location_of};
use crate::report::v1::{Finding, LevelChange, PlanSummary, PolicyLocation, Report};

/// Explains objects of a plan. `report` is what a check says of that plan; `facts` keep trails.
#[must_use]
pub fn explain(facts: &Facts<'_>, report: &Report, plan: PlanSummary, ids: &[ResourceId]) -> v1::Explanation {
    let users = facts.users();
    let rules = facts.policies.rules.iter();
    let explainer = Explainer {
        facts,
        report,
        users,
        clauses: rules.map(|rule| (rule.id.as_str(), clauses(rule))).collect(),
    };
    v1::Explanation {
        schema_version: v1::SCHEMA_VERSION,
        tool: report.tool.clone(),
        plan,
        resources: ids.iter().map(|id| explainer.resource(*id)).collect(),
    }
}

struct Explainer<'a> {
    facts: &'a Facts<'a>,
    report: &'a Report,
    users: Users,
    /// The conditions of each rule as they are written, by the rule's id.
    clauses: BTreeMap<&'a str, Vec<Clause<'a>>>,
}

impl Explainer<'_> {
    fn resource(&self, id: ResourceId) -> v1::Resource {
        let facts = self.facts;
        let resource = facts.model.resource(id);
        let store = facts.store(id);
        let is_key = facts.key_type(resource.mode, &resource.resource_type).is_some();
        let (rules, other_rules) = self.rules(id);
        let configures = self.configures(id);
        let known_as = self.known_as(id);
        let key = is_key.then(|| {
            let key = key::in_plan(facts, self.report, id, Side::After);
            key::with_users(facts, &self.users, id, key)
        });
        v1::Resource {
            address: words::address(facts.model, id),
            resource_type: resource.resource_type.to_string(),
            data: resource.mode == Mode::Data,
            actions: resource.action_words(),
            location: location_of(facts, id),
            notes: self.notes(id, known_as.is_empty() && configures.is_empty(), !rules.is_empty()),
            classification: match store {
                Some(store) => Some(self.classification(id, store)),
                None => is_key.then(|| self.of_key(id)),
            },
            parts: store.map(|store| self.parts(id, store)).unwrap_or_default(),
            key,
            companions: self.companions(id),
            configures,
            known_as,
            rules,
            other_rules,
        }
    }

    /// The side that a resource is explained on: what goes away is what it was.
    fn side(&self, id: ResourceId) -> Side {
        match self.facts.lives(id, Side::After) {
            true => Side::After,
            false => Side::Before,
        }
    }

    fn known_as(&self, id: ResourceId) -> Vec<v1::KnownAs> {
        let facts = self.facts;
        let resource = facts.model.resource(id);
        let catalog = &facts.policies.catalog;
        let kind = (resource.mode, resource.resource_type.to_string());
        let mut known = Vec::new();
        let mut add = |kind: &str, title: &str, reference: &str| {
            known.push(v1::KnownAs {
                kind: kind.to_owned(),
                title: title.to_owned(),
                reference: reference.to_owned(),
            });
        };
        match (facts.store(id), facts.companions.orphans.get(&id)) {
            (Some(store), Some(of)) => add(
                "stand-in",
                &format!("{} (`{of}`) outside this plan", store.title),
                &store.reference,
            ),
            (Some(store), None) => add("store", &store.title, &store.reference),
            (None, _) => {}
        }
        if let Some(original) = catalog.originals.get(&kind) {
            add("original", &original.title, &original.reference);
        }
        if let Some(key) = catalog.keys.get(&kind) {
            add("key", &key.title, "");
        }
        if catalog.aliases.contains_key(&kind) {
            add("alias", "the name of a key", "");
        }
        if catalog
            .settings
            .values()
            .any(|one| *one.resource_type == *resource.resource_type)
        {
            add("setting", "a setting of the whole account and Region", "");
        }
        known
    }

    /// What to know where there is nothing to judge, and what to do about it.
    fn notes(&self, id: ResourceId, unknown: bool, judged: bool) -> Vec<String> {
        let resource = self.facts.model.resource(id);
        let kind = &*resource.resource_type;
        let mut notes = Vec::new();
        if self.facts.policies.catalog.without_entry.contains(kind) {
            notes.push(format!(
                "`{kind}` holds data at rest, and planseal has no catalog entry for it yet: its encryption is not judged. Write an entry \
                 (`stores: {{ {kind}: … }}`) in a policy file and give it with `--policy`; the entries under policies/catalog show how."
            ));
        } else if unknown && resource.mode == Mode::Managed {
            notes.push(format!(
                "The catalog has no entry for `{kind}`: as far as planseal knows, it holds no data at rest{}. If it does, write an entry \
                 (`stores: {{ {kind}: … }}`) in a policy file and give it with `--policy`; the entries under policies/catalog show how.",
                if judged { "" } else { ", and no rule is about it" },
            ));
        } else if unknown {
            notes.push(format!(
                "`{kind}` is only read by this plan, and planseal looks at none of its attributes itself."
            ));
        }
        if resource.deposed.is_some() {
            notes.push(
                "This is a deposed object: what is left of a resource that was replaced. This plan deletes it.".into(),
            );
        }
        notes
    }

    fn classification(&self, id: ResourceId, store: &Store) -> v1::Classification {
        let side = self.side(id);
        let effective = self.facts.category(id, store, side);
        let mut out = self.as_judged_by(&effective);
        let decided = match &effective.own {
            CategoryFound::Known(known) => known.from.clone(),
            CategoryFound::Unknown(doubt) => doubt.because.clone(),
        };
        let mut found_one = false;
        for one in self.facts.considered(id, store, side) {
            let said = match &one.found {
                None => None,
                Some(CategoryFound::Known(known)) => Some(known.from.clone()),
                Some(CategoryFound::Unknown(doubt)) => Some(doubt.because.clone()),
            };
            // Of two that say the same, the stronger one; a conflict names both.
            let decides = !found_one && said.as_ref().is_some_and(|said| decided.starts_with(said.as_str()));
            found_one |= decides;
            let (category, because) = match one.found {
                None => (None, None),
                Some(CategoryFound::Known(known)) => (Some(build::category(&known)), None),
                Some(CategoryFound::Unknown(doubt)) => (None, Some(doubt.because)),
            };
            out.considered.push(v1::Considered {
                kind: one.kind.to_owned(),
                looked_at: one.looked_at,
                category,
                because,
                decided: decides,
            });
        }
        out
    }

    fn of_key(&self, id: ResourceId) -> v1::Classification {
        let resource = self.facts.model.resource(id);
        let side = resource.values(Side::After).map_or(Side::Before, |_| Side::After);
        let found = self.facts.key_category(id, side);
        let mut out = self.as_judged_by(&Effective::only(found));
        // What a category needs is asked of stores.
        out.minimum = None;
        out.recommended = Vec::new();
        out
    }

    fn as_judged_by(&self, effective: &Effective) -> v1::Classification {
        let table = &self.facts.policies.categories.by_id;
        let known = match &effective.found {
            CategoryFound::Known(known) => Some(known),
            CategoryFound::Unknown(_) => None,
        };
        let doubt = match &effective.found {
            CategoryFound::Known(_) => None,
            CategoryFound::Unknown(doubt) => Some(doubt),
        };
        let own = match &effective.own {
            CategoryFound::Known(own) if known.is_some_and(|known| known != own) => Some(build::category(own)),
            _ => None,
        };
        let entry = known.and_then(|known| table.get(&known.id));
        v1::Classification {
            category: known.map(build::category),
            evidence: known.map(|known| known.evidence_word().to_owned()),
            own,
            because: doubt.map(|doubt| doubt.because.clone()),
            settle: doubt.map(|doubt| doubt.settle.clone()),
            conflicting: known.is_some_and(|known| known.conflicting),
            minimum: entry.map(|entry| entry.minimum.word().to_owned()),
            recommended: entry
                .into_iter()
                .flat_map(|entry| &entry.recommended)
                .map(ToString::to_string)
                .collect(),
            considered: Vec::new(),
        }
    }

    fn parts(&self, id: ResourceId, store: &Store) -> Vec<v1::Part> {
        let parts = store.parts.iter().enumerate();
        parts
            .map(|(position, part)| self.part(id, store, position, part))
            .collect()
    }

    fn part(&self, id: ResourceId, store: &Store, position: usize, part: &Part) -> v1::Part {
        let facts = self.facts;
        let assess = |side| facts.lives(id, side).then(|| facts.assess(id, store, position, side));
        let (before, after) = (assess(Side::Before), assess(Side::After));
        let level = |side: &Option<std::rc::Rc<crate::eval::level::PartAssessment>>| {
            let part = side.as_ref()?;
            match (&part.there, part.level()) {
                (Some(Tri::False), _) => None,
                (_, Some(level)) if part.there.as_ref().is_none_or(|there| *there == Tri::True) => {
                    Some(level.word().to_owned())
                }
                _ => Some("undetermined".to_owned()),
            }
        };
        let shown = after.as_ref().map(|part| (part, Side::After));
        let shown = shown.or_else(|| before.as_ref().map(|part| (part, Side::Before)));
        let shown = shown.filter(|(part, _)| part.there != Some(Tri::False));
        let readings = |side: &Option<std::rc::Rc<crate::eval::level::PartAssessment>>| {
            side.as_ref().map(|part| part.readings.clone()).unwrap_or_default()
        };
        v1::Part {
            id: part.id.clone(),
            title: part.title.clone(),
            kind: match part.kind {
                PartKind::Storage => "storage",
                PartKind::Secondary => "secondary",
                PartKind::Credential => "credential",
            }
            .to_owned(),
            level: LevelChange {
                before: level(&before),
                after: level(&after),
            },
            ways: shown
                .map(|(part, side)| part.outcomes().map(|way| self.way(way, side)).collect())
                .unwrap_or_default(),
            evidence: evidence(facts, &readings(&before), &readings(&after))
                .iter()
                .map(build::evidence)
                .collect(),
        }
    }

    fn way(&self, way: &LevelOutcome, side: Side) -> v1::Way {
        v1::Way {
            levels: way.levels.iter().map(|level| level.word().to_owned()).collect(),
            because: way.because.clone(),
            settle: way.settle.clone(),
            decided_by: way.source.as_ref().map(|(holder, base)| {
                let address = words::address(self.facts.model, *holder);
                format!("{address}{}", base.to_string().split_off(1))
            }),
            key: way
                .key
                .as_ref()
                .map(|used| key::of_use(self.facts, self.report, used, side)),
        }
    }

    /// The companions that the catalog knows of a resource's type.
    fn companions_of(&self, id: ResourceId) -> Vec<(&str, &Companion)> {
        let resource = self.facts.model.resource(id);
        let of_store = self.facts.store(id).map(|store| &store.companions);
        let of_key = self.facts.key_type(resource.mode, &resource.resource_type);
        let all = of_store.into_iter().chain(of_key.map(|key| &key.companions));
        all.flatten()
            .map(|(name, companion)| (name.as_str(), companion))
            .collect()
    }

    fn companions(&self, id: ResourceId) -> Vec<v1::Link> {
        let mut links = Vec::new();
        for (name, _) in self.companions_of(id) {
            for (companion, note) in self.joined(id, name) {
                links.push(v1::Link {
                    address: words::address(self.facts.model, companion),
                    note: format!("its {name}{note}"),
                });
            }
        }
        links
    }

    /// The companions of one kind of a resource, with what the plan does to the bond.
    fn joined(&self, id: ResourceId, name: &str) -> Vec<(ResourceId, &'static str)> {
        let resource = self.facts.model.resource(id);
        let on = |side| self.facts.companions.of(id, &resource.resource_type, name, side);
        let (before, after) = (on(Side::Before), on(Side::After));
        let mut all: Vec<(ResourceId, &'static str)> = Vec::new();
        all.extend(after.certain.iter().map(|one| (*one, "")));
        all.extend(
            after
                .possible
                .iter()
                .map(|one| (*one, ", perhaps: the plan does not tell")),
        );
        for one in before.certain {
            if !all.iter().any(|(there, _)| *there == one) {
                all.push((one, ", only before this plan"));
            }
        }
        all
    }

    fn configures(&self, id: ResourceId) -> Vec<v1::Link> {
        let model = self.facts.model;
        let own_type = &*model.resource(id).resource_type;
        let mut links = Vec::new();
        for (other, _) in model.resources() {
            for (name, _) in self
                .companions_of(other)
                .into_iter()
                .filter(|(_, one)| one.resource_type == own_type)
            {
                let bonds = self
                    .joined(other, name)
                    .into_iter()
                    .filter(|(companion, _)| *companion == id);
                links.extend(bonds.map(|(_, note)| v1::Link {
                    address: words::address(model, other),
                    note: format!("as its {name}{note}"),
                }));
            }
        }
        links
    }

    /// Every rule that looked at the resource, and how many did not.
    fn rules(&self, id: ResourceId) -> (Vec<v1::Opinion>, usize) {
        let facts = self.facts;
        let mut found: Vec<Opinion<'_>> = Vec::new();
        let mut others = 0_usize;
        for rule in &facts.policies.rules {
            let targets = facts.targets(rule, &self.users);
            let own = targets
                .into_iter()
                .filter(|target| target.id == id && target.outside.is_none());
            let before = found.len();
            found.extend(own.map(|target| facts.opinion(rule, target, &self.users)));
            if found.len() == before {
                others = others.saturating_add(1);
            }
        }
        found.sort_by_cached_key(|opinion| {
            (
                opinion.rule.disabled.is_some(),
                opinion.conclusion(),
                std::cmp::Reverse(opinion.severity()),
                opinion.rule.id.clone(),
                opinion.part().map(str::to_owned),
            )
        });
        (found.iter().map(|opinion| self.opinion(opinion)).collect(), others)
    }

    fn opinion(&self, opinion: &Opinion<'_>) -> v1::Opinion {
        let rule = opinion.rule;
        let finding = self.finding(opinion);
        let clauses = self.clauses.get(rule.id.as_str()).map_or(&[][..], Vec::as_slice);
        let reasons = because::reasons(self.facts, &self.users, opinion, clauses);
        let because = match finding {
            Some(finding) if finding.address.is_some() => finding.message.clone(),
            found => match (because::line(self.facts, opinion, &reasons), found) {
                (line, Some(finding)) if line.is_empty() => finding.message.clone(),
                (line, _) => line,
            },
        };
        let settle = (!opinion.doubts().is_empty()).then(|| words::settle(opinion.doubts()));
        v1::Opinion {
            rule: rule.id.clone(),
            title: match (&rule.missing, opinion.target.missing) {
                (Some(missing), true) => missing.title.clone(),
                _ => rule.title.clone(),
            },
            severity: build::severity(opinion.severity()),
            part: opinion.part().map(str::to_owned),
            outcome: opinion.conclusion().word().to_owned(),
            outcome_before: because::verdict(&opinion.before.verdict).to_owned(),
            change: opinion.change().map(build::change),
            disabled: rule.disabled.clone(),
            blocking: finding.is_some_and(|finding| finding.blocking),
            because,
            settle,
            reasons,
            policy: PolicyLocation {
                file: rule.file.clone(),
                line: rule.line,
            },
            finding: finding.cloned(),
        }
    }

    /// What the report says of it: on its own, or in a list.
    fn finding(&self, opinion: &Opinion<'_>) -> Option<&Finding> {
        opinion.shown?;
        let address = opinion.address(self.facts);
        let alone = |finding: &&Finding| {
            finding.address.as_deref() == Some(&address) && finding.part.as_deref() == opinion.part()
        };
        let listed = |finding: &&Finding| {
            finding.address.is_none() && finding.related.iter().any(|related| related.address == address)
        };
        let mut of_rule = self.report.findings.iter().filter(|finding| {
            finding.rule == opinion.rule.id && Conclusion::from(outcome(finding)) == opinion.conclusion()
        });
        match opinion.rule.per_plan || opinion.target.missing {
            true => of_rule.find(listed),
            false => of_rule.find(alone),
        }
    }
}

fn outcome(finding: &Finding) -> crate::eval::change::Outcome {
    use crate::eval::change::Outcome;
    use crate::report::v1;
    match finding.outcome {
        v1::Outcome::Violation => Outcome::Violation,
        v1::Outcome::Undetermined => Outcome::Undetermined,
        v1::Outcome::Advice => Outcome::Advice,
        v1::Outcome::Pass => Outcome::Pass,
    }
}
