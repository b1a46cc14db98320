//! What conditions name.

use serde_json::Value;

use super::{Asked, Collector, Start};
use crate::plan::Mode;
use crate::policy::relation::Direction;
use crate::policy::schema::{ConditionDoc, ListOf, RelationDoc};
use crate::policy::yaml::{At, WordOr};

impl Collector<'_> {
    pub(super) fn condition(&mut self, doc: &At<ConditionDoc>, starts: &[Start]) {
        for one in doc.all.iter().chain(&doc.any).flatten() {
            self.condition(one, starts);
        }
        for one in [&doc.not, &doc.before].into_iter().flatten() {
            self.condition(one, starts);
        }
        if let Some(text) = &doc.path {
            let ends = self.attribute(text, starts, &self.asked(doc));
            // What a text holds is no provider's.
            if let (Some(inner), None) = (&doc.inner, &doc.read_as) {
                self.condition(inner, &ends);
            }
        }
        if let Some(types) = &doc.resource_type {
            listed(types).iter().for_each(|name| self.names(name));
        }
        if let Some(range) = &doc.range {
            for end in [&range.value.from, &range.value.to] {
                let asked = Asked {
                    number: true,
                    ..Asked::default()
                };
                self.attribute(end, starts, &asked);
            }
        }
        if let Some(inner) = &doc.source {
            let starts = self.sources(starts);
            self.condition(inner, &starts);
        }
        self.others(doc, starts);
    }

    /// What is asked of other resources than the one that a rule looks at.
    fn others(&mut self, doc: &ConditionDoc, starts: &[Start]) {
        if let Some(WordOr::Other(relation)) = doc.companion.as_ref().map(|companion| &companion.value) {
            self.relation(relation, Direction::Companion, starts);
        }
        if let Some(relation) = &doc.configures {
            self.relation(relation, Direction::Configures, starts);
        }
        let catalog = &self.policies.catalog;
        let of_keys = doc.key.as_ref().and_then(|key| key.inner.as_ref());
        let of_place = doc.place.as_ref().and_then(|place| place.inner.as_ref());
        for inner in of_keys.into_iter().chain(of_place) {
            let managed = catalog.keys.keys().filter(|(mode, _)| *mode == Mode::Managed);
            let keys: Vec<Start> = managed.map(|(_, name)| Start::resource(name)).collect();
            self.condition(inner, &keys);
        }
        if let Some(inner) = doc.users.as_ref().and_then(|users| users.inner.as_ref()) {
            let stores: Vec<Start> = catalog.stores.keys().map(|name| Start::resource(name)).collect();
            self.condition(inner, &stores);
        }
    }

    fn relation(&mut self, doc: &RelationDoc, direction: Direction, starts: &[Start]) {
        let types = listed(&doc.resource_type);
        types.iter().for_each(|name| self.names(name));
        let others: Vec<Start> = types.iter().map(|name| Start::resource(&name.value)).collect();
        let named = match direction {
            // Each of the types names this one, or is none of its companions.
            Direction::Companion => {
                for other in &others {
                    self.join(doc, std::slice::from_ref(other));
                }
                starts
            }
            Direction::Configures => {
                self.join(doc, starts);
                &others
            }
        };
        self.identities(doc.to.iter().flatten(), named);
        if let Some(inner) = &doc.inner {
            self.condition(inner, &others);
        }
    }

    fn join(&mut self, doc: &RelationDoc, starts: &[Start]) {
        self.attribute(&doc.join, starts, &Asked::default());
    }

    /// What decides the parts of stores.
    fn sources(&self, starts: &[Start]) -> Vec<Start> {
        let stores = &self.policies.catalog.stores;
        let stores = starts
            .iter()
            .filter_map(|start| stores.get_key_value(&start.resource_type));
        let of_store = stores.flat_map(|(name, store)| {
            let sources = store.parts.iter().flat_map(|part| &part.sources);
            sources.map(move |source| Start {
                resource_type: source.holder(name, store).to_owned(),
                base: source.each.iter().cloned().collect(),
            })
        });
        of_store.collect()
    }

    fn asked(&self, doc: &ConditionDoc) -> Asked {
        let mut values: Vec<Value> = Vec::new();
        values.extend(
            doc.equals
                .iter()
                .chain(&doc.unset_means)
                .map(|value| value.value.clone()),
        );
        match doc.one_of.as_ref().map(|list| &list.value) {
            Some(ListOf::Values(several)) => values.extend(several.iter().map(|value| value.value.clone())),
            Some(ListOf::Named(name)) => values.extend(self.lists.get(name.as_str()).into_iter().flatten().cloned()),
            None => {}
        }
        for value in doc.order.iter().flat_map(|order| &order.value) {
            match &value.value {
                Value::Array(same) => values.extend(same.iter().cloned()),
                one => values.push(one.clone()),
            }
        }
        Asked {
            values,
            number: doc.at_least.is_some() || doc.at_most.is_some(),
            ..Asked::default()
        }
    }
}

/// The types that are written, each with its place.
fn listed(types: &At<WordOr<Vec<At<String>>>>) -> Vec<At<String>> {
    match &types.value {
        WordOr::Word(one) => vec![At {
            value: one.clone(),
            span: types.span,
        }],
        WordOr::Other(several) => several.clone(),
    }
}
