//! The one visitor that every structure of a document is read with.
//!
//! A value of an unexpected shape is never an error of the JSON library: the reader is told what stands there and
//! answers in the words of the plan format.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use smallvec::SmallVec;

/// A value that is not looked into further.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Scalar<'de> {
    Null,
    Bool(bool),
    Unsigned(u64),
    /// A negative or a fractional number; no field of a plan holds one.
    OtherNumber,
    Text(Cow<'de, str>),
    Array,
    Object,
}

impl<'de> Scalar<'de> {
    /// The text, unless it is empty.
    pub(super) fn text(self) -> Option<Cow<'de, str>> {
        match self {
            Self::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }

    /// The text, unless it is empty.
    pub(super) fn into_text(self) -> Option<String> {
        self.text().map(Cow::into_owned)
    }

    /// "a number": for messages.
    pub(super) fn shape(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Unsigned(_) | Self::OtherNumber => "a number",
            Self::Text(_) => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// Reads one value. What is not overridden is skipped and handed to [`Reader::other`].
pub(super) trait Reader<'de>: Sized {
    /// What is read.
    type Out;

    /// An object starts.
    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Out, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(self.other(Scalar::Object))
    }

    /// An array starts.
    fn array<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Out, A::Error> {
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(self.other(Scalar::Array))
    }

    /// Any other value, or an object or array that was skipped.
    fn other(self, value: Scalar<'de>) -> Self::Out;
}

/// Makes a [`Reader`] usable as a seed.
pub(super) struct Seed<R>(pub(super) R);

impl<'de, R: Reader<'de>> DeserializeSeed<'de> for Seed<R> {
    type Value = R::Out;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<R::Out, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, R: Reader<'de>> Visitor<'de> for Seed<R> {
    type Value = R::Out;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<R::Out, E> {
        Ok(self.0.other(Scalar::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<R::Out, E> {
        Ok(self.0.other(match u64::try_from(value) {
            Ok(value) => Scalar::Unsigned(value),
            Err(_) => Scalar::OtherNumber,
        }))
    }

    fn visit_u64<E>(self, value: u64) -> Result<R::Out, E> {
        Ok(self.0.other(Scalar::Unsigned(value)))
    }

    fn visit_f64<E>(self, _: f64) -> Result<R::Out, E> {
        Ok(self.0.other(Scalar::OtherNumber))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<R::Out, E> {
        Ok(self.0.other(Scalar::Text(Cow::Borrowed(value))))
    }

    fn visit_str<E>(self, value: &str) -> Result<R::Out, E> {
        Ok(self.0.other(Scalar::Text(Cow::Owned(value.to_owned()))))
    }

    fn visit_unit<E>(self) -> Result<R::Out, E> {
        Ok(self.0.other(Scalar::Null))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<R::Out, A::Error> {
        self.0.object(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<R::Out, A::Error> {
        self.0.array(elements)
    }
}

struct AnyScalar;

impl<'de> Reader<'de> for AnyScalar {
    type Out = Scalar<'de>;

    fn other(self, value: Scalar<'de>) -> Scalar<'de> {
        value
    }
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed(AnyScalar).deserialize(deserializer)
    }
}

/// An object's key; borrowed unless it holds escapes.
pub(super) struct Key<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Cow<'de, str>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Cow::Borrowed(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Cow::Owned(value.to_owned()))
            }
        }
        deserializer.deserialize_str(Text).map(Key)
    }
}

/// The keys of one object so far, to find duplicates.
#[derive(Debug, Default)]
pub(super) struct Keys<'de> {
    /// Compared one by one: objects of the format have at most two dozen keys.
    first: SmallVec<[Cow<'de, str>; 16]>,
    /// The rest of an object whose keys are names.
    rest: HashSet<Cow<'de, str>>,
}

impl<'de> Keys<'de> {
    const COMPARED: usize = 32;

    /// Whether `key` is among them.
    pub(super) fn contains(&self, key: &str) -> bool {
        self.first.iter().any(|seen| seen == key) || self.rest.contains(key)
    }

    /// The first keys in their order.
    pub(super) fn first(&self) -> &[Cow<'de, str>] {
        &self.first
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// Adds `key`; false where it was there.
    pub(super) fn insert(&mut self, key: Cow<'de, str>) -> bool {
        if self.first.contains(&key) {
            return false;
        }
        if self.first.len() < Self::COMPARED {
            self.first.push(key);
            return true;
        }
        self.rest.insert(key)
    }
}
