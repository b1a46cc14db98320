//! The data-category table and the classification.

use std::collections::BTreeMap;

use super::{Context, is_kebab};
use crate::policy::category::{
    Categories, Category, Classification, Credentials, KeyProperty, Recommendation, TypeDefault,
};
use crate::policy::hierarchy::{Hierarchy, HierarchyKey};
use crate::policy::known::check_alias;
use crate::policy::level::Level;
use crate::policy::pattern::Pattern;
use crate::policy::schema::{CategoriesDoc, CategoryDoc, ClassificationDoc, HierarchyKeyDoc, PropertyDoc};
use crate::policy::yaml::{At, Entries};

/// Adds to the table; `seen` has the categories that other files of the user's define.
pub(super) fn categories(
    context: &mut Context<'_>,
    doc: CategoriesDoc,
    seen: Option<&mut BTreeMap<String, String>>,
    into: &mut Categories,
) {
    if let Some(seen) = seen {
        for (id, _) in &doc.categories.0 {
            context.once("category", id, seen);
        }
    }
    add_categories(context, doc.categories, into);
    if let Some(unclassified) = doc.unclassified {
        context.known_category(&unclassified);
        into.unclassified = unclassified.value;
    }
    if let Some(credentials) = doc.credentials {
        context.known_category(&credentials.category);
        into.credentials = Credentials {
            category: credentials.value.category.value,
            key: credentials.value.key.value,
        };
    }
    if let Some(hierarchy) = doc.key_hierarchy {
        key_hierarchy(context, hierarchy, &mut into.hierarchy);
    }
    if let Some(fixes) = doc.property_fixes {
        into.property_fixes = BTreeMap::from([
            (KeyProperty::KeyPolicy, fixes.key_policy.value),
            (KeyProperty::Byok, fixes.byok.value),
            (KeyProperty::Hsm, fixes.hsm.value),
        ]);
    }
}

/// Adds keys to the hierarchy; of one that is there already, what is not written stays.
fn key_hierarchy(context: &mut Context<'_>, docs: Entries<HierarchyKeyDoc>, into: &mut Hierarchy) {
    let mut written = Vec::new();
    for (name, doc) in docs.0 {
        key_alias(context, &name);
        if let Some(title) = &doc.title {
            context.not_empty("title", title);
        }
        doc.aliases
            .iter()
            .flatten()
            .for_each(|alias| alias_pattern(context, alias));
        for tag in doc.tags.iter().flatten() {
            if context.names.categories.contains(tag.value.trim()) {
                let message = format!("`{tag}` is a category, and a key is recognised by those anyway");
                let help = "leave it out, and let the category name this key: `key: …`";
                context.error(tag.span, message, help);
            }
        }
        doc.stores.iter().flatten().for_each(|store| context.known_store(store));
        let key = into
            .keys
            .entry(name.value.clone())
            .or_insert_with(|| HierarchyKey::named(&name.value));
        let texts = |list: &Option<Vec<At<String>>>| -> Option<Vec<String>> {
            let list = list.as_ref()?;
            Some(list.iter().map(|one| one.value.clone()).collect())
        };
        if let Some(title) = &doc.title {
            key.title.clone_from(&title.value);
        }
        if let Some(aliases) = texts(&doc.aliases) {
            key.aliases = aliases.into_iter().map(Pattern::new).collect();
        }
        if let Some(tags) = texts(&doc.tags) {
            key.tags = tags.iter().map(|tag| tag.trim().to_lowercase()).collect();
        }
        if let Some(stores) = texts(&doc.stores) {
            key.stores = stores;
        }
        written.push((name, doc));
    }
    for (name, doc) in &written {
        let lists = [(&doc.aliases, "alias"), (&doc.tags, "tag"), (&doc.stores, "store type")];
        for (one, what) in lists
            .into_iter()
            .flat_map(|(list, what)| list.iter().flatten().map(move |one| (one, what)))
        {
            let taken = into
                .keys
                .iter()
                .find(|(other, key)| **other != name.value && has(key, what, &one.value));
            if let Some((other, _)) = taken {
                let message = format!("the {what} `{one}` stands for `{other}` already");
                context.error(one.span, message, "let each stand for one key of the hierarchy");
            }
        }
    }
}

/// Whether a key of the hierarchy is recognised by this.
fn has(key: &HierarchyKey, what: &str, text: &str) -> bool {
    match what {
        "alias" => key.aliases.iter().any(|one| one.text() == text),
        "tag" => key.tags.contains(&text.trim().to_lowercase()),
        _ => key.stores.iter().any(|one| one == text),
    }
}

fn alias_pattern(context: &mut Context<'_>, alias: &At<String>) {
    if let Err(wrong) = check_alias(&alias.replace('*', "x")) {
        context.error(alias.span, wrong.message, wrong.help);
    }
}

/// Adds categories, each in place of one with the same id.
pub(super) fn add_categories(context: &mut Context<'_>, docs: Entries<CategoryDoc>, into: &mut Categories) {
    let ids: Vec<At<String>> = docs.iter().map(|(id, _)| id.clone()).collect();
    let mut keys = Vec::new();
    for (id, doc) in docs.0 {
        keys.extend(doc.key.clone().map(|key| (id.clone(), key)));
        if let Some(category) = category(context, &id, doc) {
            into.by_id.insert(id.value, category);
        }
    }
    // A key's alias tells its category, so two categories cannot share one.
    for (position, (id, key)) in keys.iter().enumerate() {
        let earlier = keys
            .iter()
            .take(position)
            .map(|(id, key)| (&id.value, Some(&key.value)));
        let elsewhere = into
            .by_id
            .iter()
            .filter(|(other, _)| !ids.iter().any(|id| id.value == **other));
        let elsewhere = elsewhere.map(|(id, category)| (id, category.key.as_ref()));
        if let Some((other, _)) = earlier.chain(elsewhere).find(|(_, other)| *other == Some(&key.value)) {
            let message = format!("`{key}` is the key of category `{other}` already, and cannot be that of `{id}`");
            let help = "give each category a key of its own: the alias tells what a key is for";
            context.error(key.span, message, help);
        }
    }
}

fn category(context: &mut Context<'_>, id: &At<String>, doc: CategoryDoc) -> Option<Category> {
    if !is_kebab(&id.value) {
        context.error(
            id.span,
            format!("`{id}` is not the id of a category"),
            "use lower-case words joined by hyphens: `card-data`",
        );
        return None;
    }
    if doc.title.value.trim().is_empty() {
        context.error(
            doc.title.span,
            "`title` is empty",
            "a person will read it: `Data of payment cards`",
        );
    }
    if let Some(key) = &doc.key {
        key_alias(context, key);
    }
    for one in &doc.recommended {
        if one.level < doc.minimum {
            let (level, minimum) = (one.level.word(), doc.minimum.word());
            context.error(
                one.span,
                format!("`{level}` is recommended, and less than the minimum, `{minimum}`"),
                "recommend the minimum or more; the levels are `none`, `aws-owned`, `aws-managed`, `cmk`, weakest first",
            );
        } else if one.with.is_some() && one.level != Level::Cmk {
            context.error(
                one.span,
                "`with` names a property of a customer managed key",
                "write `level: cmk` beside it",
            );
        }
    }
    let mut recommended: Vec<Recommendation> = doc
        .recommended
        .into_iter()
        .map(|one| Recommendation {
            level: one.level,
            with: one.value.with.map(key_property),
        })
        .collect();
    if recommended.is_empty() {
        recommended.push(Recommendation {
            level: doc.minimum,
            with: None,
        });
    }
    Some(Category {
        title: doc.title.value,
        minimum: doc.minimum,
        recommended,
        key: doc.key.map(|key| key.value),
    })
}

fn key_alias(context: &mut Context<'_>, key: &At<String>) {
    let alias = format!("alias/{key}");
    if key.starts_with("alias/") || check_alias(&alias).is_err() {
        let message = format!("`{key}` is not the name of an alias");
        let help = "write it without `alias/`: letters, digits and `/_-`, for example `cmk-cards`";
        context.error(key.span, message, help);
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
        addresses: Vec::new(),
        strict: false,
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
