//! The data-category table and the classification.

use std::collections::BTreeMap;

use super::Context;
use crate::policy::category::{
    Categories, Category, Classification, Credentials, KeyProperty, Recommendation, TypeDefault,
};
use crate::policy::schema::{CategoriesDoc, ClassificationDoc, PropertyDoc};

pub(super) fn categories(context: &mut Context<'_>, doc: CategoriesDoc) -> Categories {
    context.known_category(&doc.unclassified);
    context.known_category(&doc.credentials.category);
    Categories {
        by_id: doc
            .categories
            .0
            .into_iter()
            .map(|(id, doc)| {
                let category = Category {
                    title: doc.title.value,
                    minimum: doc.minimum,
                    recommended: doc
                        .recommended
                        .into_iter()
                        .map(|one| Recommendation {
                            level: one.level,
                            with: one.with.map(key_property),
                        })
                        .collect(),
                    key: doc.key.map(|key| key.value),
                };
                (id.value, category)
            })
            .collect(),
        unclassified: doc.unclassified.value,
        property_fixes: BTreeMap::from([
            (KeyProperty::KeyPolicy, doc.property_fixes.key_policy.value),
            (KeyProperty::Byok, doc.property_fixes.byok.value),
            (KeyProperty::Hsm, doc.property_fixes.hsm.value),
        ]),
        credentials: Credentials {
            category: doc.credentials.value.category.value,
            key: doc.credentials.value.key.value,
        },
    }
}

pub(super) fn key_property(doc: PropertyDoc) -> KeyProperty {
    match doc {
        PropertyDoc::KeyPolicy => KeyProperty::KeyPolicy,
        PropertyDoc::Byok => KeyProperty::Byok,
        PropertyDoc::Hsm => KeyProperty::Hsm,
    }
}

pub(super) fn classification(context: &mut Context<'_>, doc: ClassificationDoc) -> Classification {
    let mut values = BTreeMap::new();
    for (category, words) in doc.synonyms.0 {
        context.known_category(&category);
        for word in words {
            if let Some(other) = values.insert(word.value.to_lowercase(), category.value.clone()) {
                context.error(
                    word.span,
                    format!("`{word}` already means `{other}`"),
                    "a synonym can mean one category only",
                );
            }
        }
    }
    Classification {
        tags: doc.tags.into_iter().map(|tag| tag.value).collect(),
        values,
        type_defaults: doc
            .type_defaults
            .0
            .into_iter()
            .map(|(resource_type, default)| {
                context.known_category(&default.category);
                let default = TypeDefault {
                    category: default.category.value,
                    certain: default.certain,
                };
                (resource_type.value, default)
            })
            .collect(),
    }
}
