//! The resource blocks of `configuration`.

use std::borrow::Cow;

use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use serde_json::value::RawValue;

use super::address::name_in;
use super::context::Context;
use super::document::expect;
use super::excerpt::visible;
use super::expression::{Arguments, ExpressionReader, ExpressionsReader};
use super::reader::{Keys, Reader, Scalar, Seed};
use super::refusal::Refusal;
use super::tree::Members;
use super::types::{ConfigResource, Expression, ExpressionNode, Mode};

/// Reads the resource blocks of one module.
pub(super) struct ResourcesReader<'c, 't> {
    pub(super) context: &'c Context<'t>,
}

impl<'de> Reader<'de> for ResourcesReader<'_, '_> {
    type Out = Vec<ConfigResource>;

    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let mut resources = Vec::new();
        while let Some(resource) = elements.next_element_seed(Seed(ResourceReader { context }))? {
            resources.extend(resource);
        }
        resources.sort_by(|left, right| left.key().cmp(&right.key()));
        Ok(resources)
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        expect(self.context, "configuration resources", "an array", &value);
        Vec::new()
    }
}

/// A resource block as written.
#[derive(Default)]
struct Fields<'de> {
    address: Option<Cow<'de, str>>,
    mode: Option<Cow<'de, str>>,
    resource_type: Option<Cow<'de, str>>,
    name: Option<Cow<'de, str>>,
    provider_config_key: Option<Cow<'de, str>>,
    count: Option<Expression>,
    for_each: Option<Expression>,
    expressions: Members<ExpressionNode>,
}

struct ResourceReader<'c, 't> {
    context: &'c Context<'t>,
}

impl<'t> ResourceReader<'_, 't> {
    fn expressions(&self, fields: &Fields<'_>) -> ExpressionsReader<'_, 't> {
        ExpressionsReader {
            context: self.context,
            wanted: Arguments::of(self.context, fields.resource_type.as_deref()),
        }
    }

    fn resource(&self, fields: Fields<'_>) -> Option<ConfigResource> {
        let mode = match fields.mode.as_deref() {
            None | Some("managed") => Mode::Managed,
            Some("data") => Mode::Data,
            Some("ephemeral") => return None,
            Some(other) => {
                self.malformed(format!("has a resource with the unknown mode `{}`", visible(other)));
                return None;
            }
        };
        let Some(resource_type) = fields.resource_type else {
            self.malformed("has a resource without `type`".to_owned());
            return None;
        };
        let name = fields
            .name
            .map(Cow::into_owned)
            .or_else(|| {
                let address = fields.address?;
                Some(name_in(&address, None, &resource_type).to_owned())
            })
            .filter(|name| !name.is_empty());
        let Some(name) = name else {
            self.malformed("has a resource without `name`".to_owned());
            return None;
        };
        Some(ConfigResource {
            mode,
            resource_type: self.context.shared(&resource_type),
            name: name.into(),
            provider_config_key: fields.provider_config_key.map(|key| self.context.shared(&key)),
            expressions: fields.expressions,
            count: fields.count.map(Box::new),
            for_each: fields.for_each.map(Box::new),
        })
    }

    fn malformed(&self, what: String) {
        self.context.malformed(Refusal::MalformedPart {
            place: "configuration".to_owned(),
            what,
        });
    }
}

impl<'de> Reader<'de> for ResourceReader<'_, '_> {
    type Out = Option<ConfigResource>;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        let context = self.context;
        let expression = || Seed(ExpressionReader { context });
        let mut keys = Keys::default();
        let mut fields = Fields::default();
        let mut waiting: Option<&'de RawValue> = None;
        while let Some(key) = context.next_key(&mut map, &mut keys)? {
            match key.as_ref() {
                "address" => fields.address = map.next_value::<Scalar<'de>>()?.text(),
                "mode" => fields.mode = map.next_value::<Scalar<'de>>()?.text(),
                "type" => fields.resource_type = map.next_value::<Scalar<'de>>()?.text(),
                "name" => fields.name = map.next_value::<Scalar<'de>>()?.text(),
                "provider_config_key" => fields.provider_config_key = map.next_value::<Scalar<'de>>()?.text(),
                "count_expression" => fields.count = map.next_value_seed(expression())?,
                "for_each_expression" => fields.for_each = map.next_value_seed(expression())?,
                "expressions" if fields.resource_type.is_some() => {
                    let reader = self.expressions(&fields);
                    fields.expressions = map.next_value_seed(Seed(reader))?;
                }
                // What is wanted depends on the type, which sorted keys put last.
                "expressions" => waiting = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if let Some(raw) = waiting {
            fields.expressions = context.read_raw(raw, self.expressions(&fields))?;
        }
        Ok(self.resource(fields))
    }

    fn other(self, value: Scalar<'de>) -> Self::Out {
        self.malformed(format!("has {} as a resource, not an object", value.shape()));
        None
    }
}
