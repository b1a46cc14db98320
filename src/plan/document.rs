//! The top level of one document.

use std::collections::BTreeMap;

use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use serde_json::Value;

use super::change::{Changes, ChangesReader};
use super::configuration::ConfigurationReader;
use super::context::Context;
use super::prior::{Prior, PriorReader};
use super::reader::{Keys, Reader, Scalar, Seed};
use super::refusal::Refusal;
use super::types::Configuration;

/// What is kept of one document before it is known to be a plan.
#[derive(Default)]
pub(super) struct Document<'de> {
    /// The top-level keys.
    pub(super) keys: Keys<'de>,
    /// What stands there instead of an object.
    pub(super) not_an_object: Option<&'static str>,
    pub(super) format_version: Option<Scalar<'de>>,
    pub(super) terraform_version: Option<Scalar<'de>>,
    /// A state file's version.
    pub(super) version: Option<Scalar<'de>>,
    pub(super) errored: Option<Scalar<'de>>,
    pub(super) complete: Option<Scalar<'de>>,
    /// Changes that Terraform leaves to a later plan.
    pub(super) deferred: usize,
    pub(super) changes: Changes,
    pub(super) configuration: Option<Configuration>,
    pub(super) prior: Prior,
    pub(super) variables: BTreeMap<String, Value>,
    pub(super) relevant: Option<Vec<String>>,
}

/// The resources in `relevant_attributes`.
fn addresses(relevant: &Value) -> Option<Vec<String>> {
    let address = |one: &Value| Some(one.get("resource")?.as_str()?.to_owned());
    relevant.as_array()?.iter().map(address).collect()
}

impl Document<'_> {
    /// Whether this is a line of a command's event stream.
    pub(super) fn is_event(&self) -> bool {
        self.keys.contains("@level") || self.keys.contains("@message")
    }
}

/// Reads one document.
pub(super) struct DocumentReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
}

impl<'de> Reader<'de> for DocumentReader<'_, '_> {
    type Out = Document<'de>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut document = Document::default();
        let mut keys = Keys::default();
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "format_version" => document.format_version = Some(map.next_value()?),
                "terraform_version" => document.terraform_version = Some(map.next_value()?),
                "version" => document.version = Some(map.next_value()?),
                "errored" => document.errored = Some(map.next_value()?),
                "complete" => document.complete = Some(map.next_value()?),
                "deferred_changes" => {
                    document.deferred = map.next_value_seed(Seed(CountReader { context }))?;
                }
                "resource_changes" => {
                    document.changes = map.next_value_seed(Seed(ChangesReader { context }))?;
                }
                "configuration" => {
                    document.configuration = map.next_value_seed(Seed(ConfigurationReader { context }))?;
                }
                "prior_state" => {
                    document.prior = map.next_value_seed(Seed(PriorReader { context }))?;
                }
                "relevant_attributes" if context.wanted.relevant => {
                    document.relevant = addresses(&map.next_value::<Value>()?);
                }
                "variables" => {
                    document.variables = map.next_value_seed(Seed(VariablesReader { context }))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        document.keys = keys;
        Ok(document)
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        Document {
            not_an_object: Some(value.shape()),
            ..Document::default()
        }
    }
}

/// Records that `place` has another shape than the format says; null means absent.
pub(super) fn expect(context: &Context<'_>, place: &str, expected: &str, found: &Scalar<'_>) {
    if *found != Scalar::Null {
        context.malformed(Refusal::MalformedPart {
            place: place.to_owned(),
            what: format!("is {} and not {expected}", found.shape()),
        });
    }
}

/// Counts the elements of `deferred_changes`: what they will become is not known before a later plan.
struct CountReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for CountReader<'_, '_> {
    type Out = usize;

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Out, A::Error> {
        let mut count = 0_usize;
        while elements.next_element::<IgnoredAny>()?.is_some() {
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        expect(self.context, "deferred_changes", "an array", &value);
        0
    }
}

struct VariablesReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for VariablesReader<'_, '_> {
    type Out = BTreeMap<String, Value>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut variables = BTreeMap::new();
        while let Some(name) = context.next_key(&mut map, &mut keys)? {
            let field = FieldReader {
                context,
                field: "value",
            };
            if let Some(value) = map.next_value_seed(Seed(field))? {
                variables.insert(name.into_owned(), value);
            }
        }
        Ok(variables)
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        expect(self.context, "variables", "an object", &value);
        BTreeMap::new()
    }
}

/// Reads one field of an object as a value, where it is there.
#[derive(Clone)]
pub(super) struct FieldReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
    pub(super) field: &'static str,
}

impl<'de> Reader<'de> for FieldReader<'_, '_> {
    type Out = Option<Value>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let mut keys = Keys::default();
        let mut field = None;
        while let Some(key) = self.context.next_key(&mut map, &mut keys)? {
            if key == self.field {
                field = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(field)
    }

    fn other(self, _: Scalar<'de>) -> Self::Out {
        None
    }
}
