//! Values that are written as a word, or in a longer form.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// The name by which the deserialiser knows that a word is allowed.
pub(super) const WORD_OR: &str = "$planseal::WordOr";

/// A word, or something longer: `type: aws_lb` beside `type: [aws_lb, aws_alb]`.
///
/// What is no string is read as `T`, with everything that is said of a bad `T`.
#[derive(Clone, Debug, PartialEq)]
pub enum WordOr<T> {
    /// The word.
    Word(String),
    /// The longer form.
    Other(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for WordOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(WORD_OR, WordVisitor(PhantomData))
    }
}

struct WordVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for WordVisitor<T> {
    type Value = WordOr<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word, or more than that")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<WordOr<T>, E> {
        Ok(WordOr::Word(word.to_owned()))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<WordOr<T>, D::Error> {
        T::deserialize(inner).map(WordOr::Other)
    }
}

impl<T: JsonSchema> JsonSchema for WordOr<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Word_or_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let word = generator.subschema_for::<String>();
        let other = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [word, other] })
    }
}
