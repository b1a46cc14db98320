//! Loading: every file, every error.

use super::compile::{self, Documents};
use super::schema::{CatalogDoc, CategoriesDoc, ClassificationDoc, ListsDoc, RuleDoc};
use super::yaml::{self, Diagnostic, Diagnostics, Kind, Node, from_node, from_node_to_check};
use super::{Policies, builtin, parameters};

/// The key of a file of named lists; one that has an `id` is a rule nevertheless.
pub(super) const LISTS: [&str; 1] = ["lists"];
/// The key of a data-category table.
pub(super) const CATEGORIES: [&str; 1] = ["categories"];
/// The keys that only a classification has.
pub(super) const CLASSIFICATION: [&str; 2] = ["type_defaults", "synonyms"];
/// The keys of a catalog file; one that has an `id` is a rule nevertheless.
pub(super) const CATALOG: [&str; 9] = [
    "stores",
    "originals",
    "keys",
    "aliases",
    "settings",
    "mirrors",
    "documents",
    "values",
    "without_entry",
];

/// A policy file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name, for messages.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// Whether a file of this name holds test cases instead of a policy.
pub fn is_test_file(name: &str) -> bool {
    [".test.yaml", ".test.yml"].iter().any(|end| name.ends_with(end))
}

/// Loads the embedded policies (unless `without_builtin`) and `more`.
///
/// The data-category table and the classification always come from the embedded files, unless `more` replaces them.
///
/// # Errors
/// Every error in every file, with its place.
pub fn load(more: &[Source], without_builtin: bool) -> Result<Policies, Diagnostics> {
    let mut errors = Diagnostics::new();
    let mut documents = Documents::default();
    for source in builtin::sources() {
        let wanted = !without_builtin || !source.file.starts_with("policies/rules/");
        if wanted {
            read(&source, &mut documents, &mut errors);
        }
    }
    for source in more {
        read(source, &mut documents, &mut errors);
    }
    let mut policies = compile::compile(documents, &mut errors);
    for rule in &mut policies.rules {
        rule.text = errors.sources().shared(&rule.file).unwrap_or_default();
    }
    if errors.is_empty() { Ok(policies) } else { Err(errors) }
}

/// Reads one file as what its keys say that it is.
fn read(source: &Source, documents: &mut Documents, errors: &mut Diagnostics) {
    const RULE: [&str; 5] = ["id", "title", "severity", "require", "forbid"];
    let Source { file, text } = source;
    errors.sources_mut().insert(file.as_str(), text.as_str());
    let Some(root) = yaml::load(file, text, &mut |error| errors.push(error)) else {
        return;
    };
    let has = |names: &[&str]| keys(&root).any(|key| names.contains(&key));
    let name = file.clone();
    if has(&LISTS) && !has(&["id"]) {
        documents
            .lists
            .extend(from_node_to_check::<ListsDoc>(file, &root, errors).map(|doc| (name, doc)));
    } else if has(&CATEGORIES) {
        documents
            .categories
            .extend(from_node::<CategoriesDoc>(file, &root, errors).map(|doc| (name, doc)));
    } else if has(&CLASSIFICATION) {
        documents
            .classification
            .extend(from_node::<ClassificationDoc>(file, &root, errors).map(|doc| (name, doc)));
    } else if has(&CATALOG) && !has(&["id"]) {
        documents
            .catalog
            .extend(from_node_to_check::<CatalogDoc>(file, &root, errors).map(|doc| (name, doc)));
    } else if let (Some(cases), false) = (keys_of(&root).find(|key| key.as_str() == Some("cases")), has(&RULE)) {
        errors.push(
            Diagnostic::new(file, cases.span, "these are test cases, and not a policy")
                .with_help("name the file `….test.yaml`, and run it with `planseal test`"),
        );
    } else if !has(&RULE) {
        let span = keys_of(&root).next().map_or(root.span, |key| key.span);
        errors.push(Diagnostic::new(file, span, "this is not a policy").with_help(
            "a file holds one rule (`id`, `title`, `resources`, …), named lists (`lists`), or entries of the catalog (`stores`, \
             `settings`, …)",
        ));
    } else {
        let mut root = root;
        documents.written.extend(parameters::written(file, text, &root));
        parameters::put_in_place(file, &mut root, errors);
        documents
            .rules
            .extend(from_node_to_check::<RuleDoc>(file, &root, errors).map(|doc| (name, doc)));
    }
}

fn keys(root: &Node) -> impl Iterator<Item = &str> {
    keys_of(root).filter_map(Node::as_str)
}

fn keys_of(root: &Node) -> impl Iterator<Item = &Node> {
    let entries = match &root.kind {
        Kind::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|(key, _)| key)
}
