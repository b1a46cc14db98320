//! Catalog entries.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::condition::{Place, condition};
use crate::plan::Mode;
use crate::policy::account::{DefaultKey, Flag};
use crate::policy::catalog::{
    Alias, Case, Catalog, Companion, CouldBe, DocumentSource, Grant, KeyAttribute, KeyType, Part, PartKind, PartSource,
    Setting, Store, ToldBy,
};
use crate::policy::category::KeyProperty;
use crate::policy::schema::{
    AcceptsDoc, AliasDoc, CatalogDoc, CompanionDoc, DefaultKeyDoc, DocumentSourceDoc, FlagDoc, GrantDoc, KeyDoc,
    KeyTypeDoc, OriginalDoc, PartDoc, PartKindDoc, PartSourceDoc, SettingDoc, StoreDoc, ToldByDoc, UnsetShowsDoc,
};
use crate::policy::yaml::{At, Entries};

pub(super) fn catalog(
    context: &mut Context<'_>,
    doc: CatalogDoc,
    into: &mut Catalog,
    seen: &mut BTreeMap<String, String>,
) {
    for (name, doc) in doc.stores.0 {
        context.once("catalog entry", &name, seen);
        let store = store(context, doc);
        into.stores.extend(store.map(|store| (name.value, store)));
    }
    for (name, doc) in doc.originals.0 {
        context.once("catalog entry", &name, seen);
        let original = original(context, &name, doc);
        into.originals
            .extend(original.map(|original| (typed(&name.value), original)));
    }
    for (name, doc) in doc.keys.0 {
        context.once("catalog entry", &name, seen);
        let key = key_type(context, doc);
        into.keys.extend(key.map(|key| (typed(&name.value), key)));
    }
    for (name, doc) in doc.aliases.0 {
        context.once("catalog entry", &name, seen);
        if let Some(alias) = alias(context, &doc) {
            let attributes = alias
                .identifiers
                .iter()
                .filter_map(|path| path.attribute())
                .map(str::to_owned);
            let (mode, resource_type) = typed(&name.value);
            let leads_to = if mode == Mode::Data { &alias.name } else { &alias.target };
            into.mirrors
                .add(mode, &resource_type, attributes.collect(), leads_to.clone());
            into.aliases.insert((mode, resource_type), alias);
        }
    }
    never_null(into);
    for (name, doc) in doc.settings.0 {
        context.once("setting", &name, seen);
        let setting = setting(context, doc);
        into.settings.extend(setting.map(|setting| (name.value, setting)));
    }
    for (name, doc) in doc.mirrors.0 {
        let (mode, resource_type) = typed(&name.value);
        if let Some(path) = context.path(&doc.path) {
            let attributes = doc.attributes.into_iter().map(|attribute| attribute.value).collect();
            into.mirrors.add(mode, &resource_type, attributes, path);
        }
    }
    for (name, doc) in doc.documents.0 {
        context.once("catalog entry", &name, seen);
        if let Some(document) = document_source(context, &doc) {
            into.documents.insert(typed(&name.value), document);
        }
    }
    for (name, paths) in doc.values.0 {
        context.once("catalog entry", &name, seen);
        let paths = context.paths(&paths);
        into.values.insert(name.value, paths);
    }
    into.without_entry
        .extend(doc.without_entry.into_iter().map(|name| name.value));
}

/// What a key, an alias or a store is known by, every one of them has.
fn never_null(catalog: &mut Catalog) {
    for ((mode, kind), key) in &catalog.keys {
        for path in key.identifiers.iter().chain([&key.arn]) {
            catalog.mirrors.add_identifier(*mode, kind, path.attribute());
        }
    }
    for ((mode, kind), alias) in &catalog.aliases {
        for path in &alias.identifiers {
            catalog.mirrors.add_identifier(*mode, kind, path.attribute());
        }
    }
    let stores = catalog.stores.iter().map(|(kind, store)| (Mode::Managed, kind, store));
    let originals = catalog
        .originals
        .iter()
        .map(|((mode, kind), original)| (*mode, kind, original));
    for (mode, kind, store) in stores.chain(originals) {
        for path in &store.names {
            catalog.mirrors.add_identifier(mode, kind, path.attribute());
        }
    }
}

/// `data.aws_kms_key` is the data source of that name.
fn typed(name: &str) -> (Mode, String) {
    match name.strip_prefix("data.") {
        Some(data) => (Mode::Data, data.to_owned()),
        None => (Mode::Managed, name.to_owned()),
    }
}

fn reference(context: &mut Context<'_>, reference: &At<String>) {
    if !reference.value.starts_with("https://") {
        context.error(
            reference.span,
            "a reference must be an https:// address",
            "link the primary source",
        );
    }
}

/// It is read like a store with one part, and never judged.
fn original(context: &mut Context<'_>, name: &At<String>, doc: OriginalDoc) -> Option<Store> {
    reference(context, &doc.reference);
    let names = context.paths(&doc.names);
    let part = PartDoc {
        title: doc.title.clone(),
        kind: PartKindDoc::Storage,
        when: None,
        optional: false,
        fixed_at_creation: Vec::new(),
        from: doc.from,
        otherwise: doc.otherwise,
        fix: At {
            value: String::new(),
            span: name.span,
        },
    };
    let part = part_of(context, name, part, &BTreeSet::new());
    let category_from = context.paths(&doc.category_from);
    for source in &doc.source_types {
        context.known_store(source);
    }
    Some(Store {
        title: doc.title.value,
        names,
        category_from,
        source_types: doc.source_types.into_iter().map(|source| source.value).collect(),
        lost: None,
        keep: None,
        companions: BTreeMap::new(),
        parts: vec![part?],
        reference: doc.reference.value,
    })
}

fn store(context: &mut Context<'_>, doc: StoreDoc) -> Option<Store> {
    reference(context, &doc.reference);
    let companions: BTreeMap<String, Companion> = doc
        .companions
        .0
        .into_iter()
        .filter_map(|(id, doc)| Some((id.value, companion(context, doc)?)))
        .collect();
    let known: BTreeSet<&str> = companions.keys().map(String::as_str).collect();
    for (_, part) in &doc.parts.0 {
        if let (Some(path), None) = (part.fixed_at_creation.first(), &doc.lost) {
            context.error(
                path.span,
                "nothing says what is lost where the store is replaced",
                "add `lost:` to the store: what goes with the old one",
            );
        }
    }
    let parts = parts(context, doc.parts, &known);
    let names = context.paths(&doc.names);
    let category_from = context.paths(&doc.category_from);
    for source in &doc.source_types {
        context.known_store(source);
    }
    Some(Store {
        title: doc.title.value,
        names,
        category_from,
        lost: doc.lost.map(|lost| lost.value),
        keep: doc.keep.map(|keep| keep.value),
        source_types: doc.source_types.into_iter().map(|source| source.value).collect(),
        parts: parts?,
        companions,
        reference: doc.reference.value,
    })
}

fn companion(context: &mut Context<'_>, doc: CompanionDoc) -> Option<Companion> {
    let join = context.path(&doc.join);
    let to = context.paths(&doc.to);
    if let Some(category) = &doc.category {
        context.known_category(category);
    }
    Some(Companion {
        category: doc.category.map(|category| category.value),
        resource_type: doc.resource_type.value,
        join: join?,
        to,
        unique: doc.unique,
    })
}

fn parts(context: &mut Context<'_>, docs: Entries<PartDoc>, companions: &BTreeSet<&str>) -> Option<Vec<Part>> {
    docs.0
        .into_iter()
        .map(|(id, doc)| part_of(context, &id, doc, companions))
        .collect::<Vec<_>>()
        .into_iter()
        .collect()
}

fn part_of(context: &mut Context<'_>, id: &At<String>, doc: PartDoc, companions: &BTreeSet<&str>) -> Option<Part> {
    let when = match &doc.when {
        Some(when) => Some(condition(context, when, Place::Catalog)?),
        None => None,
    };
    if doc.from.is_empty() {
        context.error(
            id.span,
            format!("part `{id}` has no source"),
            "say under `from:` where its level is read",
        );
    }
    let sources: Vec<_> = doc
        .from
        .iter()
        .map(|source| part_source(context, source, companions))
        .collect();
    let otherwise = doc
        .otherwise
        .as_ref()
        .map(|otherwise| unconditional(context, otherwise));
    let may_be_missing = doc
        .from
        .iter()
        .all(|source| source.companion.is_some() || source.each.is_some());
    if may_be_missing && otherwise.is_none() && !doc.optional {
        context.error(
            id.span,
            format!("part `{id}` does not say what holds where none of its sources is there"),
            "add `otherwise:`, or `optional: true` where the part is not there either",
        );
    }
    if let (true, Some(otherwise)) = (doc.optional, &doc.otherwise) {
        context.error(
            otherwise.span,
            format!("part `{id}` is optional, so nothing holds where none of its sources is there"),
            "leave out `optional` or `otherwise`",
        );
    }
    let fix = context.template(&doc.fix);
    let fixed_at_creation = context.paths(&doc.fixed_at_creation);
    Some(Part {
        fixed_at_creation,
        id: id.value.clone(),
        title: doc.title.value,
        kind: match doc.kind {
            PartKindDoc::Storage => PartKind::Storage,
            PartKindDoc::Secondary => PartKind::Secondary,
            PartKindDoc::Credential => PartKind::Credential,
        },
        when,
        sources: sources.into_iter().collect::<Option<_>>()?,
        otherwise: match otherwise {
            None => None,
            Some(grant) => Some(grant?),
        },
        fix,
    })
}

fn part_source(context: &mut Context<'_>, doc: &At<PartSourceDoc>, companions: &BTreeSet<&str>) -> Option<PartSource> {
    if let Some(companion) = &doc.companion {
        context.known("companion", companion, companions.iter().copied());
    }
    let each = match &doc.each {
        Some(each) => Some(context.path(each)?),
        None => None,
    };
    let only = match &doc.only {
        Some(only) => Some(condition(context, only, Place::Catalog)?),
        None => None,
    };
    Some(PartSource {
        only,
        companion: doc.companion.as_ref().map(|companion| companion.value.clone()),
        each,
        computed: doc.computed,
        unless_companion_before: doc.unless_companion_before,
        cases: cases(context, &doc.cases, doc)?,
    })
}

/// The last case must hold always: nothing may fall through silently.
fn cases<T>(context: &mut Context<'_>, docs: &[At<GrantDoc>], place: &At<T>) -> Option<Vec<Case>> {
    let compiled: Vec<Option<Case>> = docs
        .iter()
        .map(|doc| {
            let when = match &doc.when {
                Some(when) => Some(condition(context, when, Place::Catalog)?),
                None => None,
            };
            Some(Case {
                when,
                grant: grant(context, doc)?,
            })
        })
        .collect();
    let last_is_open = docs.last().is_some_and(|doc| doc.when.is_none());
    let earlier_open = docs.iter().rev().skip(1).find(|doc| doc.when.is_none());
    if !last_is_open {
        let span = docs.last().map_or(place.span, |doc| doc.span);
        context.error(
            span,
            "the last case needs to hold always",
            "add a case without `when:` at the end",
        );
    }
    if let Some(doc) = earlier_open {
        context.error(
            doc.span,
            "the cases after this one are never reached",
            "add `when:` here, or put it last",
        );
    }
    compiled.into_iter().collect()
}

fn unconditional(context: &mut Context<'_>, doc: &At<GrantDoc>) -> Option<Grant> {
    if let Some(when) = &doc.when {
        context.error(
            when.span,
            "`when` does not belong here",
            "conditions stand in a list of cases",
        );
    }
    grant(context, doc)
}

fn grant(context: &mut Context<'_>, doc: &At<GrantDoc>) -> Option<Grant> {
    let kinds = [
        ("level", doc.level.is_some()),
        ("key", doc.key.is_some()),
        ("setting", doc.setting.is_some()),
        ("cases", doc.cases.is_some()),
        ("could_be", doc.could_be.is_some()),
    ];
    if kinds.iter().filter(|(_, there)| *there).count() != 1 {
        context.error(
            doc.span,
            "a case must grant exactly one thing",
            "write one of `level`, `key`, `setting`, `cases` or `could_be` (with `because` and `settle`)",
        );
        return None;
    }
    if let Some(key) = &doc.key {
        return key_attribute(context, key).map(Grant::Key);
    }
    if let Some(inner) = &doc.cases {
        return cases(context, &inner.value, inner).map(Grant::Cases);
    }
    if let Some(setting) = &doc.setting {
        context.known_setting(setting);
        return Some(Grant::Setting(setting.value.clone()));
    }
    let because = required_text(context, doc, "because", doc.because.as_ref());
    if let Some(level) = &doc.level {
        return Some(Grant::Level {
            level: level.value,
            because: because?,
        });
    }
    let settle = required_text(context, doc, "settle", doc.settle.as_ref());
    let could_be = CouldBe {
        levels: doc.could_be.as_ref()?.value.clone(),
        because: because?,
        settle: settle?,
    };
    match &doc.same_as {
        None => Some(Grant::Undetermined(could_be)),
        Some(path) => Some(Grant::SameAs {
            path: context.path(path)?,
            of_resource: doc.of_resource,
            where_none: match &doc.where_none {
                None => None,
                Some(grant) => Some(Box::new(unconditional(context, grant)?)),
            },
            otherwise: could_be,
        }),
    }
}

fn required_text(
    context: &mut Context<'_>,
    doc: &At<GrantDoc>,
    name: &str,
    text: Option<&At<String>>,
) -> Option<String> {
    if text.is_none() {
        context.error(
            doc.span,
            format!("`{name}` is missing"),
            "a person will read it: say it in a sentence",
        );
    }
    text.map(|text| text.value.trim().to_owned())
}

fn key_attribute(context: &mut Context<'_>, doc: &At<KeyDoc>) -> Option<KeyAttribute> {
    let path = context.path(&doc.path);
    let unset = match &doc.unset {
        Some(unset) => unconditional(context, unset)?,
        None => {
            context.error(doc.span, "`unset` is missing", "say what holds where no key is set");
            return None;
        }
    };
    Some(KeyAttribute {
        path: path?,
        arn_only: doc.accepts == AcceptsDoc::Arn,
        computed: doc.unset_shows.value == UnsetShowsDoc::Unknown,
        unset: Box::new(unset),
    })
}

fn key_type(context: &mut Context<'_>, doc: KeyTypeDoc) -> Option<KeyType> {
    let arn = context.path(&doc.arn);
    let mut identifiers = context.paths(&doc.identifiers);
    identifiers.extend(arn.clone());
    let companions: BTreeMap<String, Companion> = doc
        .companions
        .0
        .into_iter()
        .filter_map(|(id, doc)| Some((id.value, companion(context, doc)?)))
        .collect();
    let properties = [
        (KeyProperty::KeyPolicy, &doc.properties.key_policy),
        (KeyProperty::Byok, &doc.properties.byok),
        (KeyProperty::Hsm, &doc.properties.hsm),
    ];
    let properties: Vec<_> = properties
        .into_iter()
        .filter_map(|(property, doc)| {
            let condition = condition(context, doc.as_ref()?, Place::KeyProperty)?;
            condition.for_each_companion(&mut |id| {
                let id = At {
                    value: id.to_owned(),
                    span: doc.as_ref().map(|doc| doc.span).unwrap_or_default(),
                };
                context.known("companion", &id, companions.keys().map(String::as_str));
            });
            Some((property, condition))
        })
        .collect();
    Some(KeyType {
        companions,
        properties,
        title: doc.title.value,
        identifiers,
        enabled: doc.enabled.as_ref().and_then(|path| context.path(path)),
        manager: doc.manager.as_ref().and_then(|path| context.path(path)),
        asked_by: doc.asked_by.as_ref().and_then(|path| context.path(path)),
        primary: doc.primary.as_ref().and_then(|path| context.path(path)),
        arn: arn?,
    })
}

fn alias(context: &mut Context<'_>, doc: &AliasDoc) -> Option<Alias> {
    let name = context.path(&doc.name);
    let identifiers = context.paths(&doc.identifiers);
    let target = context.path(&doc.target);
    Some(Alias {
        name: name?,
        identifiers,
        target: target?,
    })
}

fn document_source(context: &mut Context<'_>, doc: &DocumentSourceDoc) -> Option<DocumentSource> {
    let attributes = context.paths(&doc.attributes);
    let sources = context.paths(&doc.sources);
    let overrides = context.paths(&doc.overrides);
    Some(DocumentSource {
        statements: context.path(&doc.statements)?,
        attributes,
        sources,
        overrides,
    })
}

fn setting(context: &mut Context<'_>, doc: SettingDoc) -> Option<Setting> {
    let cases = cases(context, &doc.cases, &doc.resource_type);
    let deleted = unconditional(context, &doc.deleted);
    let absent = unconditional(context, &doc.absent);
    let told_by = doc.told_by.as_ref().map(|told_by| told(context, told_by));
    Some(Setting {
        resource_type: doc.resource_type.value,
        cases: cases?,
        deleted: deleted?,
        told_by: match told_by {
            None => None,
            Some(told_by) => Some(told_by?),
        },
        absent: absent?,
    })
}

fn told(context: &mut Context<'_>, doc: &At<ToldByDoc>) -> Option<ToldBy> {
    match (doc.flag, &doc.where_true, &doc.where_false, doc.key) {
        (Some(flag), Some(where_true), Some(where_false), None) => {
            let where_true = unconditional(context, where_true);
            let where_false = unconditional(context, where_false);
            Some(ToldBy::Flag {
                flag: account_flag(flag),
                where_true: Box::new(where_true?),
                where_false: Box::new(where_false?),
            })
        }
        (None, None, None, Some(DefaultKeyDoc::EbsDefaultKey)) => Some(ToldBy::Key(DefaultKey::EbsDefaultKey)),
        _ => {
            context.error(
                doc.span,
                "`told_by` names one thing that the configuration's `accounts` say",
                "write `flag` with `where_true` and `where_false`, or `key` alone",
            );
            None
        }
    }
}

pub(super) fn account_flag(doc: FlagDoc) -> Flag {
    match doc {
        FlagDoc::EbsEncryptionByDefault => Flag::EbsEncryptionByDefault,
    }
}
