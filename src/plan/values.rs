//! The projection of one side's values to the wanted attributes.

use std::collections::{BTreeMap, HashSet};

use serde::de::{IgnoredAny, MapAccess};
use serde_json::Value;

use super::reader::{Key, Reader, Scalar};

/// What stood at `before`, `after` or one of their marks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Side {
    /// The key was missing.
    #[default]
    Missing,
    Null,
    /// A mark of the whole object.
    Whole(bool),
    /// The wanted attributes. The last of duplicate ones counts.
    Attributes(BTreeMap<String, Value>),
    /// Neither.
    Other,
}

impl Side {
    /// Whether attributes stand there.
    pub(super) fn is_object(&self) -> bool {
        matches!(self, Self::Attributes(_))
    }

    /// Whether nothing stands there.
    pub(super) fn is_absent(&self) -> bool {
        matches!(self, Self::Missing | Self::Null)
    }

    /// The attributes of values.
    pub(super) fn into_known(self) -> BTreeMap<String, Value> {
        match self {
            Self::Attributes(attributes) => attributes,
            Self::Missing | Self::Null | Self::Whole(_) | Self::Other => BTreeMap::new(),
        }
    }

    /// The attributes of marks of unknown values, where `wanted` ones are marked one by one or all at once.
    pub(super) fn into_unknown(self, wanted: Option<&HashSet<String>>) -> BTreeMap<String, Value> {
        match self {
            Self::Attributes(attributes) => attributes,
            Self::Whole(true) => wanted
                .into_iter()
                .flatten()
                .map(|attribute| (attribute.clone(), Value::Bool(true)))
                .collect(),
            Self::Missing | Self::Null | Self::Whole(false) | Self::Other => BTreeMap::new(),
        }
    }

    /// Marks of sensitive values; null where there are none.
    pub(super) fn into_sensitive(self) -> Value {
        match self {
            Self::Attributes(attributes) if attributes.is_empty() => Value::Null,
            Self::Attributes(attributes) => Value::Object(attributes.into_iter().collect()),
            Self::Whole(true) => Value::Bool(true),
            Self::Missing | Self::Null | Self::Whole(false) | Self::Other => Value::Null,
        }
    }
}

/// Reads a [`Side`], skipping what is not wanted.
pub(super) struct SideReader<'w> {
    pub(super) wanted: Option<&'w HashSet<String>>,
}

impl<'de> Reader<'de> for SideReader<'_> {
    type Out = Side;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Side, A::Error> {
        let mut attributes = BTreeMap::new();
        let Some(wanted) = self.wanted else {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Side::Attributes(attributes));
        };
        while let Some(Key(key)) = map.next_key()? {
            if wanted.contains(key.as_ref()) {
                attributes.insert(key.into_owned(), map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Side::Attributes(attributes))
    }

    fn other(self, value: Scalar<'de>) -> Side {
        match value {
            Scalar::Null => Side::Null,
            Scalar::Bool(whole) => Side::Whole(whole),
            _ => Side::Other,
        }
    }
}
