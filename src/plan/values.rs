//! The projection of one side's values to the wanted attributes.

use super::reader::{Key, Reader, Scalar};
use super::tree::{Marked, Members, Tree};
use super::types::Attributes;
use serde::de::{IgnoredAny, MapAccess};

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
    Attributes(Members<Tree>),
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
    pub(super) fn into_known(self) -> Members<Tree> {
        match self {
            Self::Attributes(attributes) => attributes,
            Self::Missing | Self::Null | Self::Whole(_) | Self::Other => Members::new(),
        }
    }

    /// The attributes of marks of unknown values, where `wanted` ones are marked one by one or all at once.
    pub(super) fn into_unknown(self, wanted: Option<&Attributes>) -> Members<Tree> {
        match self {
            Self::Attributes(attributes) => attributes,
            Self::Whole(true) => wanted
                .into_iter()
                .flatten()
                .map(|attribute| (attribute.as_str().into(), Tree::Bool(true)))
                .collect(),
            Self::Missing | Self::Null | Self::Whole(false) | Self::Other => Members::new(),
        }
    }

    /// Marks of sensitive values; null where there are none.
    pub(super) fn into_sensitive(self) -> Tree {
        match self {
            Self::Attributes(attributes) if attributes.is_empty() => Tree::Null,
            Self::Attributes(attributes) => Tree::Object(attributes),
            Self::Whole(true) => Tree::Bool(true),
            Self::Missing | Self::Null | Self::Whole(false) | Self::Other => Tree::Null,
        }
    }
}

/// Reads a [`Side`], skipping what is not wanted.
pub(super) struct SideReader<'w> {
    pub(super) wanted: Option<&'w Attributes>,
    /// Whether marks stand there, and no values.
    pub(super) marks: bool,
}

impl<'de> Reader<'de> for SideReader<'_> {
    type Out = Side;

    fn object<A: MapAccess<'de>>(self, mut map: A) -> Result<Side, A::Error> {
        let Some(wanted) = self.wanted else {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Side::Attributes(Members::new()));
        };
        let mut attributes = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            if wanted.contains(key.as_ref()) {
                let value = if self.marks {
                    map.next_value::<Marked>()?.0
                } else {
                    map.next_value()?
                };
                attributes.push((key.into(), value));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        let mut attributes: Members<Tree> = attributes.into_iter().collect();
        if self.marks {
            attributes.retain(|_, mark| *mark != Tree::Null);
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
