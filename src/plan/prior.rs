//! `prior_state`: the data resources that were read during planning.

use std::borrow::Cow;

use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use serde_json::value::RawValue;

use super::address::{index_of, name_in};
use super::context::Context;
use super::document::expect;
use super::reader::{Keys, Reader, Scalar, Seed};
use super::refusal::Refusal;
use super::types::{PriorData, Values};
use super::values::{Side, SideReader};

/// What is kept of `prior_state`.
#[derive(Default)]
pub(super) struct Prior {
    pub(super) data: Vec<PriorData>,
    /// Whether the state holds managed resources.
    pub(super) has_managed: bool,
}

impl Prior {
    fn add(&mut self, other: Self) {
        self.data.extend(other.data);
        self.has_managed |= other.has_managed;
    }
}

/// Reads `prior_state`.
pub(super) struct PriorReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
}

impl<'de> Reader<'de> for PriorReader<'_, '_> {
    type Out = Prior;

    fn object<A: MapAccess<'de>>(self, map: A) -> Result<Prior, A::Error> {
        let context = self.context;
        only(context, map, "values", || StateReader { context })
    }

    fn other(self, value: Scalar<'de>) -> Prior {
        expect(self.context, "prior_state", "an object", &value);
        Prior::default()
    }
}

struct StateReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for StateReader<'_, '_> {
    type Out = Prior;

    fn object<A: MapAccess<'de>>(self, map: A) -> Result<Prior, A::Error> {
        let context = self.context;
        only(context, map, "root_module", || ModuleReader { context })
    }

    fn other(self, value: Scalar<'de>) -> Prior {
        expect(self.context, "prior_state.values", "an object", &value);
        Prior::default()
    }
}

/// Reads one member of an object, and leaves out all others.
fn only<'de, A: MapAccess<'de>, R: Reader<'de, Out = Prior>>(
    context: &Context<'_>,
    mut map: A,
    name: &str,
    member: impl Fn() -> R,
) -> Result<Prior, A::Error> {
    let mut keys = Keys::default();
    let mut prior = Prior::default();
    while let Some(key) = context.next_key(&mut map, &mut keys)? {
        if key == name {
            prior = map.next_value_seed(Seed(member()))?;
        } else {
            map.next_value::<IgnoredAny>()?;
        }
    }
    Ok(prior)
}

struct ModuleReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ModuleReader<'_, '_> {
    type Out = Prior;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Prior, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut own = Prior::default();
        let mut children = Prior::default();
        let mut address = None;
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "address" => address = map.next_value::<Scalar<'de>>()?.into_text(),
                "resources" => own = map.next_value_seed(Seed(ResourcesReader { context }))?,
                "child_modules" => {
                    children = map.next_value_seed(Seed(ModulesReader { context }))?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        for data in &mut own.data {
            if data.name.is_empty() {
                data.name = name_in(&data.address, address.as_deref(), &data.resource_type).to_owned();
            }
            data.module_address.clone_from(&address);
        }
        own.add(children);
        Ok(own)
    }

    fn other(self, value: Scalar<'de>) -> Prior {
        expect(self.context, "prior_state", "made of modules that are objects", &value);
        Prior::default()
    }
}

struct ModulesReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ModulesReader<'_, '_> {
    type Out = Prior;

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Prior, A::Error> {
        let context = self.context;
        let mut prior = Prior::default();
        while let Some(module) = elements.next_element_seed(Seed(ModuleReader { context }))? {
            prior.add(module);
        }
        Ok(prior)
    }

    fn other(self, value: Scalar<'de>) -> Prior {
        expect(self.context, "prior_state child_modules", "an array", &value);
        Prior::default()
    }
}

struct ResourcesReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ResourcesReader<'_, '_> {
    type Out = Prior;

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Prior, A::Error> {
        let context = self.context;
        let mut prior = Prior::default();
        while let Some(resource) = elements.next_element_seed(Seed(ResourceReader { context }))? {
            match resource {
                Resource::Managed => prior.has_managed = true,
                Resource::Data(data) => prior.data.push(*data),
                Resource::Skipped => {}
            }
        }
        Ok(prior)
    }

    fn other(self, value: Scalar<'de>) -> Prior {
        expect(self.context, "prior_state resources", "an array", &value);
        Prior::default()
    }
}

enum Resource {
    Managed,
    Data(Box<PriorData>),
    Skipped,
}

#[derive(Default)]
struct Fields<'de> {
    address: Option<Cow<'de, str>>,
    mode: Option<Cow<'de, str>>,
    resource_type: Option<Cow<'de, str>>,
    name: Option<Cow<'de, str>>,
    index: Option<Scalar<'de>>,
    values: Part<'de>,
    sensitive: Part<'de>,
}

/// Values, or their text while the type is not known.
#[derive(Default)]
enum Part<'de> {
    #[default]
    Missing,
    Waiting(&'de RawValue),
    Read(Side),
}

struct ResourceReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ResourceReader<'_, '_> {
    type Out = Resource;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Resource, A::Error> {
        let context = self.context;
        let mut keys = Keys::default();
        let mut fields = Fields::default();
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "address" => fields.address = map.next_value::<Scalar<'de>>()?.text(),
                "mode" => fields.mode = map.next_value::<Scalar<'de>>()?.text(),
                "type" => fields.resource_type = map.next_value::<Scalar<'de>>()?.text(),
                "name" => fields.name = map.next_value::<Scalar<'de>>()?.text(),
                "index" => fields.index = Some(map.next_value()?),
                "values" => fields.values = self.part(&mut map, &fields, false)?,
                "sensitive_values" => fields.sensitive = self.part(&mut map, &fields, true)?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        self.resource(fields)
    }

    fn other(self, value: Scalar<'de>) -> Resource {
        expect(self.context, "prior_state resources", "made of objects", &value);
        Resource::Skipped
    }
}

impl<'t> ResourceReader<'_, 't> {
    /// Reads values at once where it is known whether they are wanted.
    fn part<'de, A: MapAccess<'de>>(
        &self,
        map: &mut A,
        fields: &Fields<'de>,
        marks: bool,
    ) -> Result<Part<'de>, A::Error> {
        let (Some(mode), Some(resource_type)) = (&fields.mode, &fields.resource_type) else {
            return map.next_value().map(Part::Waiting);
        };
        let wanted = self.context.attributes(resource_type);
        if mode != "data" || wanted.is_none() {
            map.next_value::<IgnoredAny>()?;
            return Ok(Part::Missing);
        }
        map.next_value_seed(Seed(SideReader {
            wanted: wanted.as_deref(),
            marks,
        }))
        .map(Part::Read)
    }

    fn resource<'de, E: serde::de::Error>(&self, fields: Fields<'de>) -> Result<Resource, E> {
        match fields.mode.as_deref() {
            None | Some("managed") => return Ok(Resource::Managed),
            Some("data") => {}
            Some(_) => return Ok(Resource::Skipped),
        }
        let (Some(address), Some(resource_type)) = (fields.address, fields.resource_type) else {
            self.malformed("has a data resource without `address` or `type`");
            return Ok(Resource::Skipped);
        };
        let wanted = self.context.attributes(&resource_type);
        if wanted.is_none() {
            return Ok(Resource::Skipped);
        }
        let Ok(index) = index_of(fields.index) else {
            self.malformed("has a data resource whose `index` is neither a whole number nor a string");
            return Ok(Resource::Skipped);
        };
        let side = |part, marks| match part {
            Part::Missing => Ok(Side::Missing),
            Part::Read(side) => Ok(side),
            Part::Waiting(raw) => self.context.read_raw(
                raw,
                SideReader {
                    wanted: wanted.as_deref(),
                    marks,
                },
            ),
        };
        let known = side(fields.values, false)?.into_known();
        Ok(Resource::Data(Box::new(PriorData {
            address: address.into_owned(),
            module_address: None,
            resource_type: resource_type.into_owned(),
            name: fields.name.unwrap_or_default().into_owned(),
            index,
            values: Values {
                known,
                unknown: Default::default(),
                sensitive: side(fields.sensitive, true)?.into_sensitive(),
            },
        })))
    }

    fn malformed(&self, what: &str) {
        self.context.malformed(Refusal::MalformedPart {
            place: "prior_state".to_owned(),
            what: what.to_owned(),
        });
    }
}
