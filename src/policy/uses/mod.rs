//! What policies name of the providers: resource types and attributes, each with its place in its file.
//!
//! Read from the files as they are written, because checked policies have no places.

mod catalog;
mod condition;

use std::collections::BTreeMap;

use serde_json::Value;

use super::Policies;
use super::compile::{Doc, Document};
use super::metric::Part;
use super::rule::Subject;
use super::schema::{ClassificationDoc, MetricDoc, RuleDoc};
use super::yaml::{At, Span};
use crate::model::path::{Path, PathStep};
use crate::plan::{LIFECYCLE, Mode, TypePattern};

/// What policies name of the providers.
#[derive(Debug, Default)]
pub struct Uses {
    /// The resource types.
    pub types: Vec<TypeUse>,
    /// The attributes.
    pub attributes: Vec<AttributeUse>,
}

/// A resource type that a policy names.
#[derive(Debug)]
pub struct TypeUse {
    /// The policy's file.
    pub file: String,
    /// `aws_kms_key`, `data.aws_kms_key`, or a pattern: `aws_db_*`.
    pub name: At<String>,
}

/// An attribute that a policy names.
#[derive(Debug)]
pub struct AttributeUse {
    /// The policy's file.
    pub file: String,
    /// Where the path stands.
    pub span: Span,
    /// The path.
    pub path: Path,
    /// Where its name stands in what is written, and how long it is, where it is one of several: `$['a', 'b']`.
    pub one_of: Option<(usize, usize)>,
    /// Where it may start. One of them having it is enough: where others do not, it is not set.
    pub starts: Vec<Start>,
    /// What is asked of it.
    pub asked: Asked,
}

/// Where a path starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// `aws_kms_key`, `data.aws_kms_key`, or a pattern: `aws_db_*`.
    pub resource_type: String,
    /// The paths to the node, one from the end of the other; none: the resource.
    pub base: Vec<Path>,
}

/// What is asked of an attribute.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// Nothing of its value: it only says which resource is meant (names, joins, identifiers).
    pub identity: bool,
    /// Values that it is compared with.
    pub values: Vec<Value>,
    /// Whether it must be a number.
    pub number: bool,
    /// Where it names a key: whether the catalog calls it computed.
    pub computed: Option<bool>,
}

impl Start {
    /// A resource.
    fn resource(resource_type: &str) -> Self {
        Self {
            resource_type: resource_type.to_owned(),
            base: Vec::new(),
        }
    }

    /// The nodes at a path from here.
    fn at(&self, path: &Path) -> Self {
        let mut inner = self.clone();
        inner.base.push(path.clone());
        inner
    }
}

/// The resource types that a rule looks at, as policies write them: patterns, too.
#[must_use]
pub fn subjects(policies: &Policies, subject: &Subject) -> Vec<String> {
    let catalog = &policies.catalog;
    match subject {
        Subject::Types(types) => types.0.iter().map(TypePattern::text).map(str::to_owned).collect(),
        Subject::Stores(only) | Subject::StoreParts(only) => {
            catalog.stores.keys().filter(|name| only.takes(name)).cloned().collect()
        }
        Subject::Keys(only) => {
            let keys = catalog.keys.keys().filter(|(_, name)| only.takes(name));
            keys.map(|(mode, name)| typed(*mode, name)).collect()
        }
        Subject::Waivers => Vec::new(),
    }
}

/// `data.aws_kms_key` for a data source.
fn typed(mode: Mode, resource_type: &str) -> String {
    match mode {
        Mode::Data => format!("data.{resource_type}"),
        Mode::Managed => resource_type.to_owned(),
    }
}

/// What these files name. They were compiled to `policies`, along with others.
pub(super) fn uses<'d>(of: impl Iterator<Item = &'d Document>, all: &'d [Document], policies: &'d Policies) -> Uses {
    let lists = all.iter().flat_map(|one| match one.doc.as_ref() {
        Doc::Lists(doc) => doc.lists.iter().as_slice(),
        _ => &[],
    });
    let lists = lists.map(|(name, list)| {
        let values = list.value.values.value.iter().map(|value| value.value.clone());
        (name.value.as_str(), values.collect())
    });
    let mut collector = Collector {
        policies,
        lists: lists.collect(),
        file: "",
        uses: Uses::default(),
    };
    for document in of {
        collector.file = &document.file;
        match document.doc.as_ref() {
            Doc::Rule { doc, .. } => doc.iter().for_each(|doc| collector.rule(doc)),
            Doc::Metric(doc) => collector.metric(doc),
            Doc::Catalog(doc) => collector.catalog(doc),
            Doc::Classification(doc) => collector.classification(doc),
            Doc::Lists(_) | Doc::Categories(_) => {}
        }
    }
    collector.uses
}

struct Collector<'d> {
    policies: &'d Policies,
    /// The values of each named list.
    lists: BTreeMap<&'d str, Vec<Value>>,
    /// The file that is being read.
    file: &'d str,
    uses: Uses,
}

impl Collector<'_> {
    fn rule(&mut self, doc: &RuleDoc) {
        let missing = doc.missing.iter().flat_map(|missing| &missing.used_by);
        for name in doc.resources.iter().flat_map(|types| &types.value).chain(missing) {
            self.names(name);
        }
        let Some(rule) = self.policies.rules.iter().find(|rule| rule.id == doc.id.value) else {
            return;
        };
        let types = subjects(self.policies, &rule.subject);
        let starts: Vec<Start> = types.iter().map(|name| Start::resource(name)).collect();
        let own = [&doc.when, &doc.require, &doc.forbid, &doc.advice_when, &doc.worse_when];
        let of_severity = doc.severity_when.iter().map(|case| &case.when);
        for condition in own.into_iter().flatten().chain(of_severity) {
            self.condition(condition, &starts);
        }
    }

    fn metric(&mut self, doc: &MetricDoc) {
        for name in doc
            .of
            .iter()
            .flat_map(|part| part.resources.iter().flat_map(|types| &types.value))
        {
            self.names(name);
        }
        let Some(metric) = self
            .policies
            .metrics
            .iter()
            .find(|metric| metric.id == doc.metric.value)
        else {
            return;
        };
        for (part, written) in metric.parts.iter().zip(doc.of.iter()) {
            let looks_at = match part {
                Part::Own(rule) => Some(rule),
                Part::Rule { filter, .. } => filter.as_ref(),
            };
            let Some(rule) = looks_at else { continue };
            let types = subjects(self.policies, &rule.subject);
            let starts: Vec<Start> = types.iter().map(|name| Start::resource(name)).collect();
            for condition in [&written.when, &written.require].into_iter().flatten() {
                self.condition(condition, &starts);
            }
        }
    }

    fn classification(&mut self, doc: &ClassificationDoc) {
        for (name, _) in doc.type_defaults.iter() {
            self.names(name);
        }
    }

    fn names(&mut self, name: &At<String>) {
        self.uses.types.push(TypeUse {
            file: self.file.to_owned(),
            name: name.clone(),
        });
    }

    /// An attribute that only says which resource is meant.
    fn identity(&mut self, text: &At<String>, starts: &[Start]) {
        let asked = Asked {
            identity: true,
            ..Asked::default()
        };
        self.attribute(text, starts, &asked);
    }

    fn identities<'t>(&mut self, texts: impl IntoIterator<Item = &'t At<String>>, starts: &[Start]) {
        for text in texts {
            self.identity(text, starts);
        }
    }

    /// An attribute; where the path leads.
    fn attribute(&mut self, text: &At<String>, starts: &[Start], asked: &Asked) -> Vec<Start> {
        let Ok(path) = Path::parse(&text.value) else {
            return Vec::new();
        };
        let at_the_top = starts.iter().all(|start| start.base.is_empty());
        // Terraform's own block stands in no provider's schema.
        if at_the_top && matches!(path.steps().first(), Some(PathStep::Name(name)) if name == LIFECYCLE) {
            return Vec::new();
        }
        let mut ends = Vec::new();
        for (path, one_of) in one_by_one(path, &text.value) {
            ends.extend(starts.iter().map(|start| start.at(&path)));
            self.uses.attributes.push(AttributeUse {
                file: self.file.to_owned(),
                span: text.span,
                path,
                one_of,
                starts: starts.to_vec(),
                asked: asked.clone(),
            });
        }
        ends
    }
}

/// Several attributes of a resource, each for itself: not every type that is looked at needs to have all of them.
fn one_by_one(path: Path, text: &str) -> Vec<(Path, Option<(usize, usize)>)> {
    let names = match path.steps() {
        [PathStep::Several(_)] => path.attributes().unwrap_or_default(),
        _ => Vec::new(),
    };
    let each = names.into_iter().map(|name| {
        let one = Path::parse(&format!("$['{name}']")).ok()?;
        let quoted = text
            .find(&format!("'{name}'"))
            .or_else(|| text.find(&format!("\"{name}\"")));
        Some((one, Some((quoted?.saturating_add(1), name.len()))))
    });
    match each.collect::<Option<Vec<_>>>() {
        Some(each) if !each.is_empty() => each,
        _ => vec![(path, None)],
    }
}
