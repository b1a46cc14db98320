//! How categories are found, beside what the classification of the policies says.

use std::collections::BTreeSet;

use super::super::Context;
use super::entries;
use crate::policy::Policies;
use crate::policy::category::{Classification, TypeDefault};
use crate::policy::config::Classifying;
use crate::policy::pattern::Pattern;
use crate::policy::schema::{AddressDoc, ClassifyingDoc, TypeDefaultDoc};
use crate::policy::yaml::{At, Entries};

pub(super) fn apply(context: &mut Context<'_>, doc: ClassifyingDoc, policies: &mut Policies) -> Classifying {
    let mut said = Classifying::default();
    if let Some(keys) = doc.tags {
        said.tags = Some(tags(context, &keys, &mut policies.classification));
    }
    said.synonyms = synonyms(context, entries(doc.synonyms), policies);
    addresses(context, doc.addresses.unwrap_or_default(), &mut policies.classification);
    said.types = types(context, entries(doc.types), policies);
    if let Some(unclassified) = doc.unclassified {
        context.known_category(&unclassified);
        policies.categories.unclassified.clone_from(&unclassified.value);
        said.unclassified = Some(unclassified.value);
    }
    policies.classification.strict = doc.strict.unwrap_or(false);
    said
}

fn tags(context: &mut Context<'_>, keys: &[At<String>], into: &mut Classification) -> Vec<String> {
    let mut seen = BTreeSet::new();
    for key in keys {
        if key.value.trim().is_empty() {
            context.error(key.span, "a tag key is empty", "write the key of a tag: `data-class`");
        } else if !seen.insert(&key.value) {
            context.error(key.span, format!("`{key}` is listed already"), "list each tag key once");
        }
    }
    into.tags = keys.iter().map(|key| key.value.clone()).collect();
    into.tags.clone()
}

/// A word can mean one category only; a category's own id means it.
fn synonyms(
    context: &mut Context<'_>,
    docs: Entries<Vec<At<String>>>,
    policies: &mut Policies,
) -> Vec<(String, String)> {
    let mut said = Vec::new();
    for (category, words) in docs.0 {
        context.known_category(&category);
        for word in words {
            let lower = word.value.trim().to_lowercase();
            let ids = policies.categories.by_id.keys();
            let own = ids.clone().find(|id| id.to_lowercase() == lower);
            let other = own.or_else(|| policies.classification.values.get(&lower));
            match other.filter(|other| **other != category.value) {
                Some(other) => {
                    let message = match *other == lower {
                        true => format!("`{word}` is a category of its own"),
                        false => format!("`{word}` already means `{other}`"),
                    };
                    context.error(
                        word.span,
                        message,
                        "a word can mean one category only: tag with another word",
                    );
                }
                None if lower.is_empty() => {
                    context.error(
                        word.span,
                        "a synonym is empty",
                        "write the value of a tag, or leave it out",
                    );
                }
                None => {
                    said.push((word.value, category.value.clone()));
                    policies.classification.values.insert(lower, category.value.clone());
                }
            }
        }
    }
    said
}

fn addresses(context: &mut Context<'_>, docs: Vec<At<AddressDoc>>, into: &mut Classification) {
    let mut seen = BTreeSet::new();
    for doc in docs {
        let AddressDoc { pattern, category } = doc.value;
        context.known_category(&category);
        let text = pattern.value.as_str();
        if text.trim() != text || text.is_empty() {
            context.error(
                pattern.span,
                "this is no address",
                "write an address as plans do, with `*` for any characters: `module.crm.*`",
            );
        } else if !seen.insert(text.to_owned()) {
            context.error(
                pattern.span,
                format!("`{text}` is listed already"),
                "list each pattern once, with one category",
            );
        }
        into.addresses.push((Pattern::new(pattern.value), category.value));
    }
}

fn types(
    context: &mut Context<'_>,
    docs: Entries<TypeDefaultDoc>,
    policies: &mut Policies,
) -> Vec<(String, String, bool)> {
    let catalog = &policies.catalog;
    let known: BTreeSet<&str> = catalog
        .stores
        .keys()
        .chain(&catalog.without_entry)
        .map(String::as_str)
        .collect();
    let mut said = Vec::new();
    for (resource_type, doc) in docs.0 {
        context.known_category(&doc.category);
        if !known.contains(&*resource_type.value) {
            let close = crate::policy::yaml::suggest(&resource_type.value, known.iter().copied());
            let help = close.map_or_else(
                || "name a resource type that holds data at rest and that planseal has a catalog entry for".into(),
                |close| format!("did you mean `{close}`?"),
            );
            context.error(
                resource_type.span,
                format!("`{resource_type}` is no store that planseal knows"),
                help,
            );
        }
        said.push((resource_type.value.clone(), doc.category.value.clone(), doc.certain));
        let default = TypeDefault {
            category: doc.category.value,
            certain: doc.certain,
        };
        policies
            .classification
            .type_defaults
            .insert(resource_type.value, default);
    }
    said
}
