//! Keys, with what is known of them.

use std::collections::BTreeSet;

use super::v1;
use crate::eval::category::{CategoryFound, Known};
use crate::eval::key::{External, KeyRef, KeyUse};
use crate::eval::tri::Tri;
use crate::eval::usage::{KeyId, Users};
use crate::eval::{Facts, words};
use crate::model::{ResourceId, Side};
use crate::policy::category::KeyProperty;
use crate::report::build;
use crate::report::v1::Report;

const PROPERTIES: [KeyProperty; 3] = [KeyProperty::KeyPolicy, KeyProperty::Byok, KeyProperty::Hsm];

/// The key that protects a part.
pub(super) fn of_use(facts: &Facts<'_>, report: &Report, used: &KeyUse, side: Side) -> v1::Key {
    let mut key = match &used.key {
        KeyRef::Managed(id) => in_plan(facts, report, *id, side),
        KeyRef::External(external) => outside(facts, external),
        other => bare(facts.candidate(other).what),
    };
    key.trace.clone_from(&used.trace);
    key
}

fn bare(what: String) -> v1::Key {
    v1::Key {
        what,
        address: None,
        actions: Vec::new(),
        category: None,
        aliases: Vec::new(),
        properties: Vec::new(),
        trace: Vec::new(),
        findings: Vec::new(),
        users: Vec::new(),
        former_users: Vec::new(),
    }
}

/// A key that the plan manages or reads.
pub(super) fn in_plan(facts: &Facts<'_>, report: &Report, id: ResourceId, side: Side) -> v1::Key {
    let resource = facts.model.resource(id);
    let address = words::address(facts.model, id);
    // A key that goes away is what it was.
    let side = resource.values(side).map_or(side.other(), |_| side);
    let category = match facts.key_category(id, side) {
        CategoryFound::Known(known) if known.explicit() => Some(build::category(&known)),
        CategoryFound::Known(_) | CategoryFound::Unknown(_) => None,
    };
    let findings: BTreeSet<String> = report
        .findings
        .iter()
        .filter(|finding| finding.address.as_deref() == Some(&address))
        .map(|finding| finding.rule.clone())
        .collect();
    v1::Key {
        what: address.clone(),
        address: Some(address),
        actions: resource.action_words(),
        category,
        aliases: facts.shown_aliases(id, side),
        properties: PROPERTIES
            .into_iter()
            .map(|property| property_of(property, Some(&facts.key_property(id, property, side))))
            .collect(),
        findings: findings.into_iter().collect(),
        ..bare(String::new())
    }
}

/// A key outside the plan: what the configuration says of it.
fn outside(facts: &Facts<'_>, key: &External) -> v1::Key {
    let category = facts.known(key).and_then(|known| known.category.clone());
    v1::Key {
        category: category.map(|id| {
            build::category(&Known {
                id,
                evidence: crate::policy::condition::CategoryEvidence::Explicit,
                from: "known_keys".into(),
                conflicting: false,
            })
        }),
        properties: PROPERTIES
            .into_iter()
            .map(|property| property_of(property, facts.known_key_property(key, property).as_ref()))
            .collect(),
        ..bare(key.phrase())
    }
}

fn property_of(property: KeyProperty, answer: Option<&Tri>) -> v1::Property {
    v1::Property {
        id: property.word().to_owned(),
        has: match answer {
            Some(Tri::True) => Some(true),
            Some(Tri::False) => Some(false),
            Some(Tri::Unknown(_)) | None => None,
        },
    }
}

/// The stores that a key protects.
pub(super) fn with_users(facts: &Facts<'_>, users: &Users, id: ResourceId, mut key: v1::Key) -> v1::Key {
    let after = users.of(&KeyId::InPlan(id), Side::After);
    key.users = after
        .iter()
        .map(|one| v1::Link {
            address: words::address(facts.model, one.store),
            note: match one.certain {
                true => store_note(facts, one.store),
                false => format!("{}; perhaps, the plan does not tell", store_note(facts, one.store)),
            },
        })
        .collect();
    let former = users.before.get(&id).into_iter().flatten();
    key.former_users = former
        .filter(|store| !after.iter().any(|one| one.store == **store))
        .map(|store| v1::Link {
            address: words::address(facts.model, *store),
            note: words::user_of_key(facts, *store, id).to_owned(),
        })
        .collect();
    key
}

fn store_note(facts: &Facts<'_>, store: ResourceId) -> String {
    let Some(entry) = facts.store(store) else {
        return String::new();
    };
    match &facts.category(store, entry, Side::After).found {
        CategoryFound::Known(known) => format!("{}, {}", known.id, known.evidence_word()),
        CategoryFound::Unknown(doubt) => format!("its category cannot be told: {}", doubt.because),
    }
}
