//! From files as written to checked policies. The only door to [`Policies`].

mod catalog;
mod condition;
mod config;
mod lists;
mod metric;
mod placeholders;
mod rule;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

use super::Policies;
use super::condition::Condition;
use super::config::Config;
use super::parameters::{Adjustable, Written};
use super::rule::{Rule, Types};
use super::schema::{
    CatalogDoc, CategoriesDoc, ClassificationDoc, CompanionDoc, ConfigDoc, EachDoc, ListsDoc, MetricDoc, RuleDoc,
};
use super::yaml::{At, Diagnostic, Diagnostics, Entries, Span, suggest};
use crate::model::path::Path;

/// A policy file that was read.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// Its name.
    pub(super) file: String,
    /// What it is, and what stands in it.
    pub(super) doc: Arc<Doc>,
    /// Whether it comes with planseal.
    pub(super) builtin: bool,
}

impl Document {
    fn rule(&self) -> Option<String> {
        match self.doc.as_ref() {
            Doc::Rule { id, .. } => id.clone(),
            _ => None,
        }
    }

    /// A rule with parameters, by its id.
    fn written(&self) -> Option<(String, Written)> {
        match self.doc.as_ref() {
            Doc::Rule { id, written, .. } => id.clone().zip(written.clone()),
            _ => None,
        }
    }
}

/// A policy file as it is written.
#[derive(Debug)]
pub(super) enum Doc {
    /// One rule; `None` where it could not be read.
    Rule {
        /// As it is written.
        doc: Option<Box<RuleDoc>>,
        /// Its id, also where the rest of it could not be read.
        id: Option<String>,
        /// The rule as it is written, where it has parameters.
        written: Option<Written>,
    },
    /// Named lists of values.
    Lists(ListsDoc),
    /// Entries of the catalog.
    Catalog(CatalogDoc),
    /// One metric.
    Metric(Box<MetricDoc>),
    /// The data-category table.
    Categories(CategoriesDoc),
    /// The classification.
    Classification(ClassificationDoc),
}

/// Every file, as written, with its name.
#[derive(Debug, Default)]
struct Documents {
    rules: Vec<(String, RuleDoc)>,
    lists: Vec<(String, ListsDoc)>,
    metrics: Vec<(String, MetricDoc)>,
    catalog: Vec<(String, CatalogDoc)>,
    categories: Vec<(String, CategoriesDoc)>,
    classification: Vec<(String, ClassificationDoc)>,
}

impl Documents {
    fn of(documents: &[Document]) -> Self {
        let mut all = Self::default();
        for Document { file, doc, .. } in documents {
            let file = file.clone();
            match doc.as_ref() {
                Doc::Rule { doc, .. } => all.rules.extend(doc.clone().map(|doc| (file, *doc))),
                Doc::Lists(doc) => all.lists.push((file, doc.clone())),
                Doc::Metric(doc) => all.metrics.push((file, doc.as_ref().clone())),
                Doc::Catalog(doc) => all.catalog.push((file, doc.clone())),
                Doc::Categories(doc) => all.categories.push((file, doc.clone())),
                Doc::Classification(doc) => all.classification.push((file, doc.clone())),
            }
        }
        all
    }
}

/// What is known of the files that are not compiled.
#[derive(Debug, Clone, Default)]
pub(super) struct Others {
    /// Whether there are files that could not be read at all: each may hold any name.
    pub(super) unread: bool,
    /// The ids of built-in rules that are left out, and that a configuration may speak of all the same.
    pub(super) left_out: BTreeSet<String>,
}

/// A configuration that policies are compiled under.
#[derive(Debug)]
pub(super) struct Under<'a> {
    /// Its file.
    pub(super) file: &'a str,
    /// As it is written.
    pub(super) doc: ConfigDoc,
    /// The day on which it is read, where anybody says: then a waiver may not last for too long.
    pub(super) today: Option<Date>,
}

/// Compiles every document under a configuration, where there is one; what is wrong goes into `errors`.
pub(super) fn compile(
    files: &[Document],
    config: Option<Under<'_>>,
    others: &Others,
    errors: &mut Diagnostics,
) -> (Policies, Config) {
    let documents = Documents::of(files);
    let mut names = Names::of(&documents);
    names.all_rules = files.iter().filter_map(Document::rule).collect();
    if let Some(config) = &config {
        let own = config.doc.categories.iter().flat_map(Entries::keys);
        names.categories.extend(own.map(str::to_owned));
    }
    let mut policies = Policies::default();
    let mut seen = BTreeMap::new();
    for (file, doc) in documents.categories {
        let mut context = Context::new(&file, &names, errors);
        let builtin = files.iter().any(|one| one.file == file && one.builtin);
        let seen = (!builtin).then_some(&mut seen);
        tables::categories(&mut context, doc, seen, &mut policies.categories);
    }
    for (file, doc) in documents.classification {
        policies.classification = tables::classification(&mut Context::new(&file, &names, errors), doc);
    }
    let mut seen = BTreeMap::new();
    for (file, doc) in documents.catalog {
        catalog::catalog(
            &mut Context::new(&file, &names, errors),
            doc,
            &mut policies.catalog,
            &mut seen,
        );
    }
    let mut seen = BTreeMap::new();
    for (file, doc) in &documents.lists {
        lists::check(&mut Context::new(file, &names, errors), doc, &mut seen);
    }
    let mut seen = BTreeMap::new();
    for (file, doc) in documents.rules {
        let mut context = Context::new(&file, &names, errors);
        context.once("rule", &doc.id, &mut seen);
        policies.rules.extend(rule::rule(&mut context, doc));
    }
    policies.rules.sort_by(|left, right| left.id.cmp(&right.id));
    let mut seen = BTreeMap::new();
    for (file, doc) in documents.metrics {
        let mut context = Context::new(&file, &names, errors);
        let metric = metric::metric(&mut context, doc, others, &policies, &mut seen);
        policies.metrics.extend(metric);
    }
    policies.metrics.sort_by(|left, right| left.id.cmp(&right.id));
    policies.adjustable = Arc::new(Adjustable {
        names: names.clone(),
        rules: files.iter().filter_map(Document::written).collect(),
    });
    let config = match config {
        Some(Under { file, doc, today }) => {
            let mut context = Context::new(file, &names, errors);
            config::apply(&mut context, doc, others, today, &mut policies)
        }
        None => Config::default(),
    };
    for rule in &mut policies.rules {
        rule.text = errors.sources().shared(&rule.file).unwrap_or_default();
    }
    policies.categories.complete_hierarchy();
    // A category's own id means it, whatever else the word may mean.
    for id in policies.categories.by_id.keys() {
        policies.classification.values.insert(id.to_lowercase(), id.clone());
    }
    (policies, config)
}

/// Compiles a rule that is read anew.
pub(super) fn rule_alone(file: &str, doc: RuleDoc, names: &Names, errors: &mut Diagnostics) -> Option<Rule> {
    rule::rule(&mut Context::new(file, names, errors), doc)
}

/// What files may refer to in each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    categories: BTreeSet<String>,
    settings: BTreeSet<String>,
    /// The id of each rule.
    all_rules: BTreeSet<String>,
    /// Rules that follow no other, and what they look at.
    rules: BTreeMap<String, Option<EachDoc>>,
    stores: BTreeSet<String>,
    /// What only shows how others are encrypted.
    originals: BTreeSet<String>,
    /// The values of each named list.
    lists: BTreeMap<String, Vec<Value>>,
    /// The ids of the companions of stores and keys, by resource type.
    companions: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    fn of(documents: &Documents) -> Self {
        Self {
            all_rules: BTreeSet::new(),
            categories: documents
                .categories
                .iter()
                .flat_map(|(_, doc)| doc.categories.keys().map(str::to_owned))
                .collect(),
            settings: documents
                .catalog
                .iter()
                .flat_map(|(_, doc)| doc.settings.keys().map(str::to_owned))
                .collect(),
            rules: documents
                .rules
                .iter()
                .filter(|(_, doc)| doc.follows.is_none())
                .map(|(_, doc)| (doc.id.value.clone(), doc.each.as_ref().map(|each| each.value)))
                .collect(),
            stores: documents
                .catalog
                .iter()
                .flat_map(|(_, doc)| doc.stores.keys().map(str::to_owned))
                .collect(),
            originals: documents
                .catalog
                .iter()
                .flat_map(|(_, doc)| doc.originals.keys().map(str::to_owned))
                .collect(),
            lists: documents
                .lists
                .iter()
                .flat_map(|(_, doc)| doc.lists.iter())
                .map(|(name, list)| {
                    let values = list.value.values.value.iter().map(|value| value.value.clone());
                    (name.value.clone(), values.collect())
                })
                .collect(),
            companions: documents
                .catalog
                .iter()
                .flat_map(|(_, doc)| {
                    let ids = |companions: &Entries<CompanionDoc>| companions.keys().map(str::to_owned).collect();
                    let stores = doc
                        .stores
                        .0
                        .iter()
                        .map(move |(name, store)| (name, ids(&store.companions)));
                    let keys = doc.keys.0.iter().map(move |(name, key)| (name, ids(&key.companions)));
                    stores.chain(keys).map(|(name, ids)| (name.value.clone(), ids))
                })
                .collect(),
        }
    }
}

/// One file being compiled.
struct Context<'a> {
    file: &'a str,
    names: &'a Names,
    errors: &'a mut Diagnostics,
    /// Where the file was wrong already: what follows from that is not said as well.
    earlier: Vec<Span>,
    /// The parameters of the rule, as messages show them.
    parameters: BTreeMap<String, String>,
    /// Whether the file is a metric.
    of_metric: bool,
}

impl<'a> Context<'a> {
    fn new(file: &'a str, names: &'a Names, errors: &'a mut Diagnostics) -> Self {
        let earlier = errors.spans_in(file).collect();
        Self {
            file,
            names,
            errors,
            earlier,
            parameters: BTreeMap::new(),
            of_metric: false,
        }
    }

    fn error(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let inside = |earlier: &Span| span.start <= earlier.start && earlier.end <= span.end;
        if self.earlier.iter().any(|earlier| !span.is_known() || inside(earlier)) {
            return;
        }
        let diagnostic = Diagnostic::new(self.file, span, message).with_help(help);
        self.errors.push(diagnostic);
    }

    /// Reports that something is not there, at a place that stands for the whole; it may only be misspelt.
    fn absent(&mut self, whole: Span, message: impl Into<String>, help: impl Into<String>) {
        let elsewhere = |earlier: &Span| earlier.end < whole.start || whole.end < earlier.start;
        if !self.earlier.iter().any(elsewhere) {
            self.error(whole, message, help);
        }
    }

    /// Reports a second definition of the same name.
    fn once(&mut self, what: &str, name: &At<String>, seen: &mut BTreeMap<String, String>) {
        let place = format!("{}:{}", self.file, name.span.line);
        if let Some(first) = seen.insert(name.value.clone(), place) {
            self.error(
                name.span,
                format!("{what} `{name}` is defined twice"),
                match what {
                    "catalog entry" => format!("the other one stands at {first}, and a resource type has one only"),
                    _ => format!("the other one stands at {first}; give this one another name"),
                },
            );
        }
    }

    /// Reports a name that does not exist.
    fn known<'n>(&mut self, what: &str, name: &At<String>, among: impl Iterator<Item = &'n str> + Clone) {
        if among.clone().any(|one| one == name.value) {
            return;
        }
        let help = match suggest(&name.value, among.clone()) {
            Some(close) => format!("did you mean `{close}`?"),
            None => format!(
                "known: {}",
                among.map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        self.error(name.span, format!("unknown {what} `{name}`"), help);
    }

    fn known_category(&mut self, name: &At<String>) {
        let names = self.names;
        self.known("category", name, names.categories.iter().map(String::as_str));
    }

    fn known_setting(&mut self, name: &At<String>) {
        let names = self.names;
        self.known("setting", name, names.settings.iter().map(String::as_str));
    }

    /// The companions of resources of these types.
    fn known_companions(&mut self, condition: &Condition, span: Span, types: &Types) {
        let names = self.names;
        let ids = names
            .companions
            .iter()
            .filter(|(name, _)| types.takes(name))
            .flat_map(|(_, ids)| ids)
            .map(String::as_str);
        condition.for_each_companion(&mut |id| {
            let id = At {
                value: id.to_owned(),
                span,
            };
            self.known("companion", &id, ids.clone());
        });
    }

    /// A rule that another may follow: one that follows none itself, and looks at the same.
    fn known_rule(&mut self, name: &At<String>, own: &str, each: Option<EachDoc>) {
        let names = self.names;
        self.known(
            "rule",
            name,
            names.rules.keys().map(String::as_str).filter(|id| *id != own),
        );
        if names.rules.get(&name.value).is_some_and(|first| *first != each) {
            self.error(
                name.span,
                format!("`{name}` looks at something else"),
                "a rule can follow only one with the same `each` (or one that has none, like itself)",
            );
        }
    }

    fn known_store(&mut self, name: &At<String>) {
        let names = self.names;
        let sources = names.stores.iter().chain(&names.originals);
        self.known("store type", name, sources.map(String::as_str));
    }

    /// A text that is there to be read.
    fn not_empty(&mut self, name: &str, text: &At<String>) {
        if text.value.trim().is_empty() {
            self.error(
                text.span,
                format!("`{name}` is empty"),
                "a person will read it: say it in a sentence",
            );
        }
    }

    /// A link to a source.
    fn check_reference(&mut self, reference: &At<String>) {
        if !reference.value.starts_with("https://") {
            self.error(
                reference.span,
                "a reference must be an https:// address",
                "link the primary source",
            );
        }
    }

    /// Parses a path; an error points into it.
    fn any_path(&mut self, text: &At<String>) -> Option<Path> {
        match Path::parse(&text.value) {
            Ok(path) => Some(path),
            Err(error) => {
                let source = self.source_at(text.span);
                let span = text.span.within(source, error.offset, error.width);
                self.error(span, error.message, error.help);
                None
            }
        }
    }

    /// A path that says where one thing stands: names, positions and `[*]`.
    fn path(&mut self, text: &At<String>) -> Option<Path> {
        let path = self.any_path(text)?;
        if !path.is_plain() {
            self.error(
                text.span,
                "a path that selects by filters, slices, several names or from the end cannot stand here",
                "write a path that names one attribute, with `[*]` for every block or element: `$.rule[*].kms_key_id`",
            );
            return None;
        }
        Some(path)
    }

    fn paths(&mut self, texts: &[At<String>]) -> Vec<Path> {
        texts.iter().filter_map(|text| self.path(text)).collect()
    }

    /// A path of a condition. Where it starts in the resource, it names attributes at the top: a plan's reader keeps only
    /// those that policies name.
    fn condition_path(&mut self, text: &At<String>, in_node: bool) -> Option<Path> {
        let path = self.any_path(text)?;
        if !in_node && path.attributes().is_none() {
            self.error(
                text.span,
                format!("`{path}` names no attribute at the top"),
                "start with a name, or with several: `$.rule[*].id`, `$.rule..id`, `$['kms_key_id','kms_key_arn']`",
            );
            return None;
        }
        Some(path)
    }

    /// The text of the file from a place on.
    fn source_at(&self, span: Span) -> &str {
        let text = self.errors.sources().get(self.file).unwrap_or_default();
        text.get(span.start..span.end).unwrap_or_default()
    }

    /// Where a placeholder stands in a text; the text itself where it is written with escapes.
    fn placeholder(&self, text: Span, name: &str) -> Span {
        let source = self.source_at(text);
        let found = source.match_indices("{{").find_map(|(start, _)| {
            let (inner, _) = source.get(start..)?.get(2..)?.split_once("}}")?;
            (inner.trim() == name).then_some((start, inner.len().saturating_add(4)))
        });
        let Some((start, length)) = found else { return text };
        let before = source.get(..start).unwrap_or_default();
        let newlines = before.matches('\n').count();
        let in_line = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let start = text.start.saturating_add(start);
        Span {
            line: text.line.saturating_add(newlines),
            column: in_line.saturating_add(if newlines == 0 { text.column } else { 1 }),
            start,
            end: start.saturating_add(length),
        }
    }

    /// Parses a template; errors point at its placeholders.
    fn template(&mut self, text: &At<String>) -> super::template::Template {
        match super::template::Template::parse(&text.value, &self.parameters) {
            Ok(template) => template,
            Err(unknown) => {
                for one in unknown {
                    let names = super::template::PLACEHOLDERS;
                    let parameters: Vec<&str> = self.parameters.keys().map(String::as_str).collect();
                    let all = || names.iter().chain(&parameters).copied();
                    let listed = || {
                        all()
                            .map(|name| format!("`{{{{{name}}}}}`"))
                            .collect::<Vec<_>>()
                            .join(", ")
                    };
                    let help = suggest(&one.name, all()).map_or_else(
                        || format!("known: {}", listed()),
                        |close| format!("did you mean `{{{{{close}}}}}`?"),
                    );
                    let span = self.placeholder(text.span, &one.name);
                    self.error(span, format!("unknown placeholder `{{{{{}}}}}`", one.name), help);
                }
                super::template::Template::default()
            }
        }
    }
}

/// Whether a text is lower-case words joined by hyphens.
fn is_kebab(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('-').all(|word| !word.is_empty() && word.chars().all(fits))
}
