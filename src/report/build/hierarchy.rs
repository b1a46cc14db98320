//! Which key protects which stores: the edges from what the stores were assessed by, and what is wrong with them from the
//! findings.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde_json::Value;

use super::category;
use crate::eval::category::{CategoryFound, Known};
use crate::eval::change::Outcome;
use crate::eval::key::KeyRef;
use crate::eval::level::{LevelOutcome, PartAssessment};
use crate::eval::reading::Reading;
use crate::eval::tri::Tri;
use crate::eval::usage::Users;
use crate::eval::{Evaluation, Facts, Finding, words};
use crate::model::value::State;
use crate::model::{ResourceId, Side};
use crate::plan::Mode;
use crate::policy::catalog::PartKind;
use crate::policy::condition::{CategoryEvidence, Condition};
use crate::policy::level::Level;
use crate::policy::rule::Subject;
use crate::report::v1;

/// A key by what tells it from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Node {
    InPlan(ResourceId),
    Outside(Arc<str>),
    AwsManaged,
    AwsOwned,
    Nothing,
    Unknown,
}

/// What one key does for one store.
#[derive(Debug, Default)]
struct Edge {
    parts: BTreeSet<usize>,
    before: BTreeSet<Level>,
    after: BTreeSet<Level>,
    /// The parts of which it is the weakest protection after the plan, or may be.
    weakest: BTreeSet<usize>,
    doubtful: bool,
    violates: BTreeSet<String>,
    undetermined: bool,
}

/// The keys of one plan.
pub(super) fn of(plan: &str, facts: &Facts<'_>, evaluation: &Evaluation<'_>) -> v1::Hierarchy {
    let mut graph = Graph::new(facts, &evaluation.users);
    for finding in evaluation.findings.iter().filter(|finding| finding.waiver.is_none()) {
        graph.mark(facts, finding);
    }
    let mut keys: Vec<v1::ProtectingKey> = graph
        .users
        .iter()
        .map(|(node, users)| v1::ProtectingKey {
            plan: plan.to_owned(),
            violates: graph.keys_violate.get(node).into_iter().flatten().cloned().collect(),
            stores: graph.stores(facts, node, users),
            ..key(facts, node, &graph.hidden)
        })
        .collect();
    keys.sort_by_cached_key(|key| {
        let first = key.stores.first().map(|store| store.address.clone());
        (key.kind, key.name.clone(), first)
    });
    v1::Hierarchy { keys, left_out: 0 }
}

#[derive(Default)]
struct Graph {
    edges: HashMap<ResourceId, BTreeMap<Node, Edge>>,
    /// The stores of each key, and of each key that the plan manages.
    users: BTreeMap<Node, BTreeSet<ResourceId>>,
    keys_violate: HashMap<Node, BTreeSet<String>>,
    /// The keys outside the plan by the first of their stores, in whose place findings about them stand.
    first_users: HashMap<ResourceId, Vec<Arc<str>>>,
    /// The names of keys outside the plan that may not be printed.
    hidden: HashSet<String>,
}

impl Graph {
    fn new(facts: &Facts<'_>, users: &Users) -> Self {
        let mut graph = Self::default();
        for key in &users.outside {
            let first = graph.first_users.entry(key.store).or_default();
            first.push(Arc::clone(&key.name));
            graph.hidden.extend(key.sensitive.then(|| key.name.to_string()));
        }
        let managed = facts.managed_keys().iter().copied();
        for key in managed.filter(|id| facts.model.resource(*id).deposed.is_none()) {
            graph.users.entry(Node::InPlan(key)).or_default();
        }
        for (id, store) in facts.stores().iter().copied() {
            for side in [Side::Before, Side::After]
                .into_iter()
                .filter(|side| facts.lives(id, *side))
            {
                for part in 0..store.parts.len() {
                    let assessed = facts.assess(id, store, part, side);
                    if assessed.there != Some(Tri::False) {
                        graph.add((id, part, side), &assessed);
                    }
                }
            }
        }
        graph
    }

    fn add(&mut self, (store, part, side): (ResourceId, usize, Side), assessed: &PartAssessment) {
        self.hidden.extend(assessed.readings.iter().filter_map(sensitive_text));
        let doubtful = assessed.there.as_ref().is_some_and(|there| *there != Tri::True);
        let edges = self.edges.entry(store).or_default();
        for ways in &assessed.places {
            let nodes: Vec<Node> = ways.iter().map(node).collect();
            let several = nodes
                .windows(2)
                .any(|pair| matches!(pair, [one, other] if one != other));
            for (node, way) in nodes.into_iter().zip(ways) {
                self.hidden.extend(hidden_name(way));
                self.users.entry(node.clone()).or_default().insert(store);
                let edge = edges.entry(node).or_default();
                edge.parts.insert(part);
                edge.doubtful |= several || doubtful;
                match side {
                    Side::Before => edge.before.extend(way.levels.iter().copied()),
                    Side::After => edge.after.extend(way.levels.iter().copied()),
                }
            }
        }
        let least = assessed.outcomes().flat_map(|way| way.levels.iter()).min();
        for edge in edges.values_mut().filter(|_| side == Side::After) {
            if edge.parts.contains(&part) && edge.after.first() == least {
                edge.weakest.insert(part);
            }
        }
    }

    /// Marks what a finding is about. What its rule asks says what that is: the level or the key of a store, the stores of a
    /// key, or what becomes of them where the key goes away.
    fn mark(&mut self, facts: &Facts<'_>, finding: &Finding<'_>) {
        let asked = &finding.rule.demand.condition;
        let asks_key = asked.asks(|question| matches!(question, Condition::Key(_)));
        let asks_level = asked.asks(|question| matches!(question, Condition::Level(_)));
        match (&finding.rule.subject, finding.resource) {
            (Subject::Keys(_), Some(key)) => {
                let node = Node::InPlan(key);
                if finding.outcome == Outcome::Violation {
                    let violates = self.keys_violate.entry(node.clone()).or_default();
                    violates.insert(finding.rule.id.clone());
                }
                self.mark_users(facts, &node, finding);
            }
            (Subject::Keys(_), None) => {
                for name in self.first_users.get(&finding.place).cloned().unwrap_or_default() {
                    self.mark_users(facts, &Node::Outside(name), finding);
                }
            }
            (Subject::Stores(_) | Subject::StoreParts(_), Some(store)) if asks_key || asks_level => {
                let stays = facts.lives(store, Side::After);
                let part = part(facts, store, finding);
                for edge in self.edges.get_mut(&store).into_iter().flat_map(BTreeMap::values_mut) {
                    let there = !edge.after.is_empty() || !stays;
                    let of_part = part.is_none_or(|part| edge.parts.contains(&part));
                    let weakest = part.is_none_or(|part| edge.weakest.contains(&part));
                    if there && of_part && (weakest || asks_key || !stays) {
                        edge.mark(finding);
                    }
                }
            }
            _ => {}
        }
    }

    /// Marks the stores that a finding about their key lists.
    fn mark_users(&mut self, facts: &Facts<'_>, node: &Node, finding: &Finding<'_>) {
        let asked = &finding.rule.demand.condition;
        if !asked.asks_users() && !asked.asks_destroyed() {
            return;
        }
        let listed: HashSet<&str> = finding.related.iter().map(|(address, _)| &**address).collect();
        let stores = self.users.get(node).into_iter().flatten();
        let meant: Vec<ResourceId> = stores
            .copied()
            .filter(|store| listed.contains(&*words::address(facts.model, *store)))
            .collect();
        if meant.len() < listed.len() {
            return;
        }
        for store in meant {
            let edge = self.edges.get_mut(&store).and_then(|edges| edges.get_mut(node));
            let there = |edge: &&mut Edge| match asked.asks_destroyed() {
                true => !edge.before.is_empty(),
                false => !edge.after.is_empty(),
            };
            if let Some(edge) = edge.filter(there) {
                edge.mark(finding);
            }
        }
    }

    /// The stores of a key, by address.
    fn stores(&self, facts: &Facts<'_>, node: &Node, users: &BTreeSet<ResourceId>) -> Vec<v1::ProtectedStore> {
        let edge = |store: &ResourceId| Some(protected(facts, *store, self.edges.get(store)?.get(node)?));
        let mut stores: Vec<v1::ProtectedStore> = users.iter().filter_map(edge).collect();
        stores.sort_by(|one, other| one.address.cmp(&other.address));
        stores
    }
}

/// The part that a finding is about.
fn part(facts: &Facts<'_>, store: ResourceId, finding: &Finding<'_>) -> Option<usize> {
    let id = finding.part.as_ref()?;
    facts.store(store)?.parts.iter().position(|part| part.id == *id)
}

impl Edge {
    fn mark(&mut self, finding: &Finding<'_>) {
        match finding.outcome {
            Outcome::Violation => {
                self.violates.insert(finding.rule.id.clone());
            }
            Outcome::Undetermined => self.undetermined = true,
            Outcome::Advice | Outcome::Pass => {}
        }
    }
}

/// What one way of protecting comes to; without a key, the level tells.
fn node(way: &LevelOutcome) -> Node {
    match (way.key.as_ref().map(|used| &used.key), way.levels.as_slice()) {
        (Some(KeyRef::Managed(id)), _) => Node::InPlan(*id),
        (Some(KeyRef::External(key)), _) => Node::Outside(Arc::clone(&key.name)),
        (Some(KeyRef::Unknown(_)), _) => Node::Unknown,
        (Some(KeyRef::AwsManaged), _) | (_, [Level::AwsManaged]) => Node::AwsManaged,
        (_, [Level::AwsOwned]) => Node::AwsOwned,
        (_, [Level::None]) => Node::Nothing,
        _ => Node::Unknown,
    }
}

fn hidden_name(way: &LevelOutcome) -> Option<String> {
    match way.key.as_ref().map(|used| &used.key) {
        Some(KeyRef::External(key)) if key.hidden => Some(key.name.to_string()),
        _ => None,
    }
}

fn sensitive_text(reading: &Reading) -> Option<String> {
    match &reading.state {
        State::Known(Value::String(text)) if reading.sensitive => Some(text.clone()),
        _ => None,
    }
}

fn protected(facts: &Facts<'_>, id: ResourceId, edge: &Edge) -> v1::ProtectedStore {
    let resource = facts.model.resource(id);
    let known = known_category(facts, id, edge);
    let parts = facts.store(id).map(|store| &store.parts);
    let part = |index: &usize| Some(parts?.get(*index)?.id.clone());
    v1::ProtectedStore {
        address: words::address(facts.model, id),
        resource_type: resource.resource_type.to_string(),
        actions: resource.action_words(),
        parts: edge.parts.iter().filter_map(part).collect(),
        category: known.as_ref().map(category),
        evidence: known.as_ref().map(|known| evidence(known.evidence).to_owned()),
        level: v1::LevelChange {
            before: level(&edge.before),
            after: level(&edge.after),
        },
        certain: !edge.doubtful,
        violates: edge.violates.iter().cloned().collect(),
        undetermined: edge.undetermined,
    }
}

fn known_category(facts: &Facts<'_>, id: ResourceId, edge: &Edge) -> Option<Known> {
    let store = facts.store(id)?;
    let credential = |part: &usize| {
        store
            .parts
            .get(*part)
            .is_some_and(|part| part.kind == PartKind::Credential)
    };
    let side = if facts.lives(id, Side::After) {
        Side::After
    } else {
        Side::Before
    };
    let found = match edge.parts.iter().all(credential) {
        true => facts.credential_category().found,
        false => facts.category(id, store, side).found.clone(),
    };
    match found {
        CategoryFound::Known(known) => Some(known),
        CategoryFound::Unknown(_) => None,
    }
}

fn evidence(evidence: CategoryEvidence) -> &'static str {
    match evidence {
        CategoryEvidence::Explicit => "explicit",
        CategoryEvidence::Certain => "certain",
        CategoryEvidence::Assumed => "assumed",
        CategoryEvidence::Inferred => "inferred",
        CategoryEvidence::Unclassified => "unclassified",
    }
}

fn level(levels: &BTreeSet<Level>) -> Option<String> {
    let mut levels = levels.iter();
    match (levels.next(), levels.next()) {
        (None, _) => None,
        (Some(only), None) => Some(only.word().to_owned()),
        (Some(_), Some(_)) => Some("undetermined".to_owned()),
    }
}

fn key(facts: &Facts<'_>, node: &Node, hidden: &HashSet<String>) -> v1::ProtectingKey {
    let bare = |kind, name: &str| v1::ProtectingKey {
        plan: String::new(),
        kind,
        name: name.to_owned(),
        address: None,
        actions: Vec::new(),
        category: None,
        violates: Vec::new(),
        stores: Vec::new(),
    };
    match node {
        Node::InPlan(id) => {
            let resource = facts.model.resource(*id);
            let address = words::address(facts.model, *id);
            let kind = match resource.mode {
                Mode::Managed => v1::KeyKind::Managed,
                Mode::Data => v1::KeyKind::Read,
            };
            // A key that goes away is what it was.
            let side = resource.values(Side::After).map_or(Side::Before, |_| Side::After);
            let category = match facts.key_category(*id, side) {
                CategoryFound::Known(known) if known.explicit() => Some(category(&known)),
                CategoryFound::Known(_) | CategoryFound::Unknown(_) => None,
            };
            v1::ProtectingKey {
                actions: resource.action_words(),
                category,
                address: Some(address.clone()),
                ..bare(kind, &address)
            }
        }
        Node::Outside(name) => {
            let shown = match hidden.contains(&**name) {
                true => "a key outside this plan",
                false => name,
            };
            let known = facts.policies.known_keys.named(name);
            let known = known.and_then(|id| facts.policies.known_keys.get(id)?.category.clone());
            v1::ProtectingKey {
                category: known.map(|id| v1::Category {
                    id,
                    from: "known_keys".to_owned(),
                }),
                ..bare(v1::KeyKind::Outside, shown)
            }
        }
        Node::AwsManaged => bare(v1::KeyKind::AwsManaged, "AWS-managed keys"),
        Node::AwsOwned => bare(v1::KeyKind::AwsOwned, "AWS-owned keys"),
        Node::Nothing => bare(v1::KeyKind::Nothing, "no encryption"),
        Node::Unknown => bare(v1::KeyKind::Unknown, "a key that cannot be told"),
    }
}
