//! Loading: every file, every error.

use std::sync::Arc;

use jiff::civil::Date;

use super::compile::{self, Doc, Document, Others, Under};
use super::config::Config;
use super::schema::ConfigDoc;
use super::uses::{self, Uses};
use super::yaml::{self, Diagnostic, Diagnostics, Kind, Node, Sources, Span, from_node, from_node_to_check};
use super::{Policies, builtin, parameters};

/// The key of a file of named lists; one that has an `id` is a rule nevertheless.
pub(super) const LISTS: [&str; 1] = ["lists"];
/// The key of a metric; one that has an `id` is a rule nevertheless.
pub(super) const METRIC: [&str; 1] = ["metric"];
/// The keys of a data-category table.
pub(super) const CATEGORIES: [&str; 2] = ["categories", "key_hierarchy"];
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

/// Fewer files are not worth a thread of their own.
const SMALLEST_SHARE: usize = 16;

/// A policy file, or a configuration.
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

/// Gives the files that a configuration names under `policies`; what is wrong, where it cannot.
pub type Fetch<'f> = dyn FnMut(&str) -> Result<Vec<Source>, String> + 'f;

/// Policy files that were read once, to be compiled for each configuration that they are used with.
#[derive(Debug, Clone, Default)]
pub struct Files {
    documents: Vec<Document>,
    /// What is wrong with the files whatever the configuration, and their texts.
    errors: Diagnostics,
    others: Others,
}

/// Loads the embedded policies (unless `without_builtin`) and `more`, without a configuration.
///
/// The catalog, the data-category table and the classification always come from the embedded files; `more` adds to them.
///
/// # Errors
/// Every error in every file, with its place.
pub fn load(more: &[Source], without_builtin: bool) -> Result<Policies, Diagnostics> {
    Files::read(more, without_builtin).without_configuration()
}

impl Files {
    /// Reads the embedded policies (unless `without_builtin`) and `more`. What is wrong with them is said when they are
    /// compiled.
    pub fn read(more: &[Source], without_builtin: bool) -> Self {
        // Metrics count what rules judge.
        let demands = |source: &Source| {
            let folders = ["policies/rules/", "policies/metrics/"];
            without_builtin && folders.iter().any(|folder| source.file.starts_with(folder))
        };
        let rule = |source: &Source| {
            let name = source.file.strip_prefix("policies/rules/")?.strip_suffix(".yaml")?;
            Some(name.to_owned())
        };
        let (left_out, builtin): (Vec<_>, Vec<_>) = builtin::sources().into_iter().partition(demands);
        let mut files = Self::default();
        files.others.left_out.extend(left_out.iter().filter_map(rule));
        files.add_all(&builtin, true);
        files.add_all(more, false);
        files
    }

    /// Adds files in their order. Each is read for itself, so several are read at the same time.
    fn add_all(&mut self, sources: &[Source], builtin: bool) {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = sources.len().div_ceil(threads).max(SMALLEST_SHARE);
        let read = |share: &[Source]| {
            let mut files = Self::default();
            for source in share {
                files.add(source, builtin);
            }
            files
        };
        let mut shares = sources.chunks(share);
        let own = shares.next().unwrap_or_default();
        std::thread::scope(|scope| {
            let others: Vec<_> = shares.map(|share| (share, scope.spawn(move || read(share)))).collect();
            self.merge(read(own));
            for (share, other) in others {
                // A reader does not panic; if one did, its files would be read here, and say why.
                self.merge(other.join().unwrap_or_else(|_| read(share)));
            }
        });
    }

    fn merge(&mut self, other: Self) {
        self.documents.extend(other.documents);
        self.errors.merge(other.errors);
        self.others.unread |= other.others.unread;
    }

    /// The policies where there is no configuration.
    ///
    /// # Errors
    /// Every error in every file, with its place.
    pub fn without_configuration(&self) -> Result<Policies, Diagnostics> {
        let mut errors = self.errors.clone();
        let (policies, _) = compile::compile(&self.documents, None, &self.others, &mut errors);
        if errors.is_empty() { Ok(policies) } else { Err(errors) }
    }

    /// What holds where no configuration says otherwise. What is wrong with the files is left out: a configuration may hold
    /// what they refer to.
    pub fn defaults(&self) -> Policies {
        compile::compile(&self.documents, None, &self.others, &mut self.errors.clone()).0
    }

    /// The policies as they are in force under a configuration, and what else it says. A configuration that holds nothing,
    /// or only comments, sets nothing. `today` tells whether a waiver lasts for too long.
    ///
    /// # Errors
    /// Every error in every file, those of the configuration and of the policies that it names included, with its place.
    pub fn under(
        &self,
        config: &Source,
        today: Date,
        fetch: &mut Fetch<'_>,
    ) -> Result<(Policies, Config), Diagnostics> {
        let mut files = self.clone();
        let Source { file, text } = config;
        files.errors.sources_mut().insert(file.as_str(), text.as_str());
        let root = yaml::load(file, text, &mut |error| files.errors.push(error));
        let doc = match &root {
            Some(root) if root.kind == Kind::Null => Some(ConfigDoc::default()),
            Some(root) => from_node_to_check::<ConfigDoc>(file, root, &mut files.errors),
            None => None,
        };
        // Without it nobody knows what the policies may refer to.
        let Some(doc) = doc else {
            return Err(files.errors);
        };
        let added = files.add_named(file, &doc, fetch);
        let mut errors = files.errors;
        let under = Under {
            file,
            doc,
            today: Some(today),
        };
        let compiled = compile::compile(&files.documents, Some(under), &files.others, &mut errors);
        let (policies, mut config) = compiled;
        config.policies = added;
        if errors.is_empty() {
            Ok((policies, config))
        } else {
            Err(errors)
        }
    }

    /// The policies under a configuration that stands inside another file, and names no policies; what is wrong goes into
    /// `errors`. Without `today`, its waivers may last for any time.
    pub fn under_part(
        &self,
        file: &str,
        config: &Node,
        today: Option<Date>,
        errors: &mut Diagnostics,
    ) -> Option<Policies> {
        let wrong = errors.len();
        errors.merge(self.errors.clone());
        let doc = from_node_to_check::<ConfigDoc>(file, config, errors)?;
        for path in doc.policies.iter().flatten() {
            errors.push(
                Diagnostic::new(file, path.span, "no policies are loaded from here")
                    .with_help("put the policy beside this file, or give it with `--policy`"),
            );
        }
        let under = Under { file, doc, today };
        let (policies, _) = compile::compile(&self.documents, Some(under), &self.others, errors);
        (errors.len() == wrong).then_some(policies)
    }

    /// What the files name of the providers: those of planseal where `builtin` takes them by their name, and all others.
    /// They were compiled to `policies`.
    #[must_use]
    pub fn uses(&self, policies: &Policies, builtin: impl Fn(&str) -> bool) -> Uses {
        let files = self.documents.iter().filter(|one| !one.builtin || builtin(&one.file));
        uses::uses(files, &self.documents, policies)
    }

    /// The texts of the files.
    #[must_use]
    pub fn sources(&self) -> &Sources {
        self.errors.sources()
    }

    /// Adds the policies that a configuration names; their names.
    fn add_named(&mut self, file: &str, config: &ConfigDoc, fetch: &mut Fetch<'_>) -> Vec<String> {
        let wrong: Vec<Span> = self.errors.spans_in(file).collect();
        let mut added = Vec::new();
        for path in config
            .policies
            .iter()
            .flatten()
            .filter(|path| !wrong.contains(&path.span))
        {
            match fetch(&path.value) {
                Ok(sources) => {
                    self.add_all(&sources, false);
                    added.extend(sources.into_iter().map(|source| source.file));
                }
                Err(wrong) => {
                    self.others.unread = true;
                    self.errors.push(
                        Diagnostic::new(file, path.span, wrong)
                            .with_help("write the path of a policy file or folder, from the folder of this file"),
                    );
                }
            }
        }
        added
    }

    /// Reads one file as what its keys say that it is.
    fn add(&mut self, source: &Source, builtin: bool) {
        let Source { file, text } = source;
        self.errors.sources_mut().insert(file.as_str(), text.as_str());
        let Some(mut root) = yaml::load(file, text, &mut |error| self.errors.push(error)) else {
            self.others.unread = true;
            return;
        };
        let errors = &mut self.errors;
        let doc = match kind(&root) {
            Ok(Kinds::Rule) => {
                let id = id_of(&root);
                let written = parameters::written(file, text, &root).map(|(_, written)| written);
                parameters::put_in_place(file, &mut root, errors);
                let doc = from_node_to_check(file, &root, errors).map(Box::new);
                Some(Doc::Rule { doc, id, written })
            }
            Ok(Kinds::Lists) => from_node_to_check(file, &root, errors).map(Doc::Lists),
            Ok(Kinds::Metric) => from_node_to_check(file, &root, errors).map(|doc| Doc::Metric(Box::new(doc))),
            Ok(Kinds::Catalog) => from_node_to_check(file, &root, errors).map(Doc::Catalog),
            Ok(Kinds::Categories) => from_node(file, &root, errors).map(Doc::Categories),
            Ok(Kinds::Classification) => from_node(file, &root, errors).map(Doc::Classification),
            Err(said) => {
                errors.push(Diagnostic::new(file, said.span, said.message).with_help(said.help));
                self.others.unread = true;
                None
            }
        };
        self.documents.extend(doc.map(|doc| Document {
            file: file.clone(),
            doc: Arc::new(doc),
            builtin,
        }));
    }
}

/// What a policy file is, for people; what is wrong with it does not matter.
pub(super) fn described(root: &Node) -> String {
    match kind(root) {
        Ok(Kinds::Rule) => {
            let id = id_of(root).map(|id| format!(" `{id}`")).unwrap_or_default();
            let severity = value_of(root, "severity").map(|severity| format!(" ({severity})"));
            format!("rule{id}{}", severity.unwrap_or_default())
        }
        Ok(Kinds::Lists) => "named lists".to_owned(),
        Ok(Kinds::Metric) => "metric".to_owned(),
        Ok(Kinds::Catalog) => "entries of the catalog".to_owned(),
        Ok(Kinds::Categories) => "data categories".to_owned(),
        Ok(Kinds::Classification) => "classification".to_owned(),
        Err(_) => "no policy".to_owned(),
    }
}

/// Why a file is no policy.
struct NotPolicy {
    span: Span,
    message: &'static str,
    help: &'static str,
}

/// What a policy file may be.
enum Kinds {
    Rule,
    Lists,
    Metric,
    Catalog,
    Categories,
    Classification,
}

/// The id that a rule has, also where the rest of it is wrong.
fn id_of(root: &Node) -> Option<String> {
    value_of(root, "id").map(str::to_owned)
}

fn value_of<'n>(root: &'n Node, wanted: &str) -> Option<&'n str> {
    let entries = match &root.kind {
        Kind::Mapping(entries) => entries.as_slice(),
        _ => &[],
    };
    let (_, value) = entries.iter().find(|(key, _)| key.as_str() == Some(wanted))?;
    value.as_str()
}

/// What a file is, by its keys; the place of the first one where they tell nothing.
fn kind(root: &Node) -> Result<Kinds, NotPolicy> {
    const RULE: [&str; 5] = ["id", "title", "severity", "require", "forbid"];
    let has = |names: &[&str]| keys(root).any(|key| names.contains(&key));
    if has(&LISTS) && !has(&["id"]) {
        Ok(Kinds::Lists)
    } else if has(&METRIC) && !has(&["id"]) {
        Ok(Kinds::Metric)
    } else if has(&CATEGORIES) {
        Ok(Kinds::Categories)
    } else if has(&CLASSIFICATION) {
        Ok(Kinds::Classification)
    } else if has(&CATALOG) && !has(&["id"]) {
        Ok(Kinds::Catalog)
    } else if has(&RULE) {
        Ok(Kinds::Rule)
    } else if let Some(cases) = keys_of(root).find(|key| key.as_str() == Some("cases")) {
        let said = NotPolicy {
            span: cases.span,
            message: "these are test cases, and not a policy",
            help: "name the file `….test.yaml`, and run it with `planseal test`",
        };
        Err(said)
    } else {
        Err(NotPolicy {
            span: keys_of(root).next().map_or(root.span, |key| key.span),
            message: "this is not a policy",
            help: "a file holds one rule (`id`, `title`, `resources`, …), one metric (`metric`, `title`, `of`), named lists (`lists`), \
                   or entries of the catalog (`stores`, `settings`, …)",
        })
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
