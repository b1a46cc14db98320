//! Named lists, and where one may stand in the place of values.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, Error, SeqAccess, Visitor, value::SeqAccessDeserializer};
use serde_json::Value;

use crate::policy::yaml::{At, Entries};

/// Named lists of values: `policies/lists/*.yaml`. Rules name them in `in` and `covers`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct ListsDoc {
    /// The lists by name. A name is there once in all policy files; it is made of lower-case words joined by dots, hyphens
    /// and underscores: `tls.elb.tls12-or-newer`.
    pub(in crate::policy) lists: Entries<At<ListDoc>>,
}

/// A list of values that several rules may use, or that is too long for a rule.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub(in crate::policy) struct ListDoc {
    /// What the values have in common, in one line.
    pub(in crate::policy) title: At<String>,
    /// The values.
    #[schemars(extend("minItems" = 1))]
    pub(in crate::policy) values: At<Vec<At<Value>>>,
    /// Where the list comes from, as an `https://` address.
    #[schemars(extend("pattern" = "^https://"))]
    pub(in crate::policy) reference: Option<At<String>>,
}

/// Values as they are, or the name of a list of them.
#[derive(Debug, Clone)]
pub(in crate::policy) enum ListOf<T> {
    /// These.
    Values(Vec<At<T>>),
    /// The values of this list.
    Named(String),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ListOf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<T> ListVisitor<T> {
    fn neither<E: Error>() -> E {
        E::custom("expected a list of values, or the name of a list")
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = ListOf<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of values, or the name of a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, values: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(values)).map(ListOf::Values)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        Ok(ListOf::Named(name.to_owned()))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Err(Self::neither())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Err(Self::neither())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Err(Self::neither())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(Self::neither())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(Self::neither())
    }

    /// The stand-in for a value that was reported already.
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(ListOf::Values(Vec::new()))
    }
}

impl<T: JsonSchema> JsonSchema for ListOf<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("ListOf_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let values = generator.subschema_for::<Vec<T>>();
        json_schema!({ "anyOf": [values, { "type": "string", "description": "The name of a list." }] })
    }
}
