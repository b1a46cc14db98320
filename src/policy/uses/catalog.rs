//! What catalog entries name.

use super::{Asked, Collector, Start};
use crate::policy::schema::{
    CatalogDoc, CompanionDoc, GrantDoc, KeyTypeDoc, OriginalDoc, PartDoc, PartSourceDoc, SettingDoc, StoreDoc,
    UnsetShowsDoc,
};
use crate::policy::yaml::{At, Entries};

impl Collector<'_> {
    pub(super) fn catalog(&mut self, doc: &CatalogDoc) {
        for (name, store) in doc.stores.iter() {
            self.names(name);
            self.store(&name.value, store);
        }
        for (name, original) in doc.originals.iter() {
            self.names(name);
            self.original(&name.value, original);
        }
        for (name, key) in doc.keys.iter() {
            self.names(name);
            self.key(&name.value, key);
        }
        for (name, alias) in doc.aliases.iter() {
            self.names(name);
            let named = alias.identifiers.iter().chain([&alias.name, &alias.target]);
            self.identities(named, &[Start::resource(&name.value)]);
        }
        for (_, setting) in doc.settings.iter() {
            self.setting(setting);
        }
        for (name, mirror) in doc.mirrors.iter() {
            self.names(name);
            self.identity(&mirror.path, &[Start::resource(&name.value)]);
        }
        for (name, source) in doc.documents.iter() {
            self.names(name);
            let named = [&source.attributes, &source.sources, &source.overrides];
            let named = named.into_iter().flatten().chain([&source.statements]);
            self.identities(named, &[Start::resource(&name.value)]);
        }
        for (name, paths) in doc.values.iter() {
            self.names(name);
            self.identities(paths, &[Start::resource(&name.value)]);
        }
        doc.without_entry.iter().for_each(|name| self.names(name));
    }

    fn store(&mut self, name: &str, doc: &StoreDoc) {
        let own = [Start::resource(name)];
        self.identities(&doc.names, &own);
        for path in &doc.category_from {
            self.attribute(path, &own, &Asked::default());
        }
        doc.source_types.iter().for_each(|name| self.names(name));
        self.companions(&doc.companions, &own);
        for (_, part) in doc.parts.iter() {
            self.part(part, &own, &doc.companions);
        }
    }

    fn original(&mut self, name: &str, doc: &OriginalDoc) {
        let own = [Start::resource(name)];
        self.identities(&doc.names, &own);
        for path in &doc.category_from {
            self.attribute(path, &own, &Asked::default());
        }
        doc.source_types.iter().for_each(|name| self.names(name));
        for source in &doc.from {
            self.source(source, &own, &Entries::default());
        }
        self.grants(&doc.otherwise, &own);
    }

    fn key(&mut self, name: &str, doc: &KeyTypeDoc) {
        let own = [Start::resource(name)];
        let told_by = [&doc.manager, &doc.asked_by, &doc.primary].into_iter().flatten();
        self.identities(doc.identifiers.iter().chain([&doc.arn]).chain(told_by), &own);
        if let Some(path) = &doc.enabled {
            self.attribute(path, &own, &Asked::default());
        }
        self.companions(&doc.companions, &own);
        let properties = &doc.properties;
        for condition in [&properties.key_policy, &properties.byok, &properties.hsm] {
            condition.iter().for_each(|one| self.condition(one, &own));
        }
    }

    fn setting(&mut self, doc: &SettingDoc) {
        self.names(&doc.resource_type);
        let own = [Start::resource(&doc.resource_type.value)];
        self.grants(&doc.cases, &own);
        self.grants([&doc.deleted, &doc.absent], &own);
        if let Some(told_by) = &doc.told_by {
            self.grants(told_by.where_true.iter().chain(&told_by.where_false), &own);
        }
    }

    fn companions(&mut self, docs: &Entries<CompanionDoc>, own: &[Start]) {
        for (_, companion) in docs.iter() {
            self.names(&companion.resource_type);
            let other = Start::resource(&companion.resource_type.value);
            self.attribute(&companion.join, &[other], &Asked::default());
            self.identities(&companion.to, own);
        }
    }

    fn part(&mut self, doc: &PartDoc, own: &[Start], companions: &Entries<CompanionDoc>) {
        self.identities(&doc.fixed_at_creation, own);
        if let Some(condition) = &doc.when {
            self.condition(condition, own);
        }
        for source in &doc.from {
            self.source(source, own, companions);
        }
        self.grants(&doc.otherwise, own);
    }

    fn source(&mut self, doc: &PartSourceDoc, own: &[Start], companions: &Entries<CompanionDoc>) {
        let companion = doc.companion.as_ref().and_then(|id| companions.get(&id.value));
        let holder = companion.map_or_else(
            || own.to_vec(),
            |companion| vec![Start::resource(&companion.resource_type.value)],
        );
        let block = match &doc.each {
            Some(path) => self.attribute(path, &holder, &Asked::default()),
            None => holder.clone(),
        };
        if let Some(condition) = &doc.only {
            self.condition(condition, &block);
        }
        for case in &doc.cases {
            self.grant(case, &block, &holder);
        }
    }

    fn grants<'g>(&mut self, docs: impl IntoIterator<Item = &'g At<GrantDoc>>, own: &[Start]) {
        for grant in docs {
            self.grant(grant, own, own);
        }
    }

    /// A grant read in `block`, which stands in `holder`.
    fn grant(&mut self, doc: &GrantDoc, block: &[Start], holder: &[Start]) {
        if let Some(condition) = &doc.when {
            self.condition(condition, block);
        }
        if let Some(key) = &doc.key {
            let asked = Asked {
                computed: Some(key.unset_shows.value == UnsetShowsDoc::Unknown),
                ..Asked::default()
            };
            self.attribute(&key.path, block, &asked);
            if let Some(unset) = &key.unset {
                self.grant(unset, block, holder);
            }
        }
        for case in doc.cases.iter().flat_map(|cases| &cases.value) {
            self.grant(case, block, holder);
        }
        if let Some(path) = &doc.same_as {
            let start = if doc.of_resource { holder } else { block };
            self.attribute(path, start, &Asked::default());
        }
        if let Some(grant) = &doc.where_none {
            self.grant(grant, block, holder);
        }
    }
}
