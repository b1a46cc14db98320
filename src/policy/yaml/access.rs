//! The parts of lists, mappings and variants, handed to serde one by one.

use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor, value::SeqDeserializer};

use super::blank::{self, Blank};
use super::context::{Context, Failure, Mark};
use super::node::Node;
use super::reader::Reader;

/// The elements of a list.
pub(super) struct Elements<'a> {
    context: &'a Context,
    items: std::slice::Iter<'a, Node>,
    skips: bool,
}

impl<'a> Elements<'a> {
    /// Without the elements that could not be read.
    pub(super) fn good(context: &'a Context, items: &'a [Node]) -> Self {
        Elements {
            context,
            items: items.iter(),
            skips: true,
        }
    }

    /// With all elements, for a list in which each place has its meaning.
    pub(super) fn all(context: &'a Context, items: &'a [Node]) -> Self {
        Elements {
            context,
            items: items.iter(),
            skips: false,
        }
    }
}

impl<'a> SeqAccess<'a> for Elements<'a> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        let context = self.context;
        let skips = self.skips;

        let Some(node) = self.items.find(|node| !(skips && context.is_left_out(node))) else {
            return Ok(None);
        };
        context.visit();
        let mark = context.mark();
        let result = seed.deserialize(Reader::new(context, node));
        if skips {
            context.drop_if_spoiled(node, mark, result.is_err());
        }
        result.map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        self.items.size_hint().1
    }
}

/// The entries of a mapping with free keys.
pub(super) struct Entries<'a> {
    context: &'a Context,
    entries: std::slice::Iter<'a, (Node, Node)>,
    current: Option<(&'a Node, Mark)>,
}

impl<'a> Entries<'a> {
    pub(super) fn new(context: &'a Context, entries: &'a [(Node, Node)]) -> Self {
        Entries {
            context,
            entries: entries.iter(),
            current: None,
        }
    }
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        let context = self.context;
        let entry = self.entries.find(|(_, value)| !context.is_left_out(value));
        let Some((key, value)) = entry else {
            return Ok(None);
        };
        context.visit();
        let mark = context.mark();
        self.current = Some((value, mark));
        let result = seed.deserialize(Reader::new(context, key));
        if result.is_err() {
            context.drop_if_spoiled(value, mark, true);
        }
        result.map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        let Some((value, mark)) = self.current.take() else {
            return Err(Failure::Known);
        };
        let result = seed.deserialize(Reader::new(self.context, value));
        self.context.drop_if_spoiled(value, mark, result.is_err());
        result
    }
}

/// The known fields of a mapping, then blanks for those known to be missing.
pub(super) struct Fields<'a> {
    context: &'a Context,
    mapping: &'a Node,
    entries: std::slice::Iter<'a, (Node, Node)>,
    known: &'static [&'static str],
    blanks: std::vec::IntoIter<&'static str>,
    current: Option<Current<'a>>,
}

enum Current<'a> {
    Written(&'a Node),
    Blank(&'static str),
}

impl<'a> Fields<'a> {
    pub(super) fn new(
        context: &'a Context,
        mapping: &'a Node,
        entries: &'a [(Node, Node)],
        known: &'static [&'static str],
    ) -> Self {
        Fields {
            context,
            mapping,
            entries: entries.iter(),
            known,
            blanks: context.fillable(mapping).into_iter(),
            current: None,
        }
    }
}

impl<'a> MapAccess<'a> for Fields<'a> {
    type Error = Failure;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Failure> {
        for (key, value) in self.entries.by_ref() {
            let known = key.as_str().is_some_and(|name| self.known.contains(&name));
            if !known {
                continue;
            }
            self.context.visit();
            if self.context.is_left_out(value) {
                self.context.spoil();
                continue;
            }
            self.current = Some(Current::Written(value));
            return seed.deserialize(Reader::new(self.context, key)).map(Some);
        }
        let Some(field) = self.blanks.next() else {
            return Ok(None);
        };
        self.context.spoil();
        self.current = Some(Current::Blank(field));
        seed.deserialize(blank::name(field)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Failure> {
        match self.current.take() {
            Some(Current::Written(value)) => {
                let mark = self.context.mark();
                let result = seed.deserialize(Reader::new(self.context, value));
                if result.is_err() {
                    self.context.leave_out(value, mark);
                }
                result
            }
            Some(Current::Blank(field)) => seed.deserialize(Blank::default()).map_err(|_| {
                self.context.not_fillable(self.mapping, field);
                Failure::Known
            }),
            None => Err(Failure::Known),
        }
    }
}

/// A value and its place, for [`super::At`].
pub(super) struct AtParts<'a> {
    reader: Reader<'a>,
    given: usize,
}

impl<'a> AtParts<'a> {
    pub(super) fn new(reader: Reader<'a>) -> Self {
        AtParts { reader, given: 0 }
    }
}

impl<'a> SeqAccess<'a> for AtParts<'a> {
    type Error = Failure;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Failure> {
        self.given += 1;
        match self.given {
            1 => {
                let span = self.reader.node.span;
                let parts = [span.line, span.column, span.start, span.end];
                let place = SeqDeserializer::<_, Failure>::new(parts.into_iter());
                seed.deserialize(place).map(Some)
            }
            2 => seed.deserialize(self.reader).map(Some),
            _ => Ok(None),
        }
    }
}

/// A variant, written as a word or as a mapping with the word as its only key.
pub(super) struct Variant<'a> {
    pub(super) context: &'a Context,
    pub(super) word: &'a Node,
    pub(super) name: &'static str,
    pub(super) content: Option<&'a Node>,
}

impl<'a> Variant<'a> {
    fn reader(&self) -> Option<Reader<'a>> {
        self.content.map(|node| Reader::new(self.context, node))
    }

    /// Reports a bare word that needs a value.
    fn bare(&self) -> Blank {
        let message = format!("`{}` needs a value", self.name);
        let help = format!("write `{}: …`", self.name);
        let diagnostic = self.context.at(self.word.span, message);
        self.context.report(diagnostic.with_help(help));
        self.context.spoil();
        Blank::default()
    }
}

impl<'a> EnumAccess<'a> for Variant<'a> {
    type Error = Failure;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Self), Failure> {
        Ok((seed.deserialize(blank::name(self.name))?, self))
    }
}

impl<'a> VariantAccess<'a> for Variant<'a> {
    type Error = Failure;

    fn unit_variant(self) -> Result<(), Failure> {
        if let Some(reader) = self.reader() {
            reader.expect_null(&format!("no value for `{}`", self.name));
        }
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Failure> {
        match self.reader() {
            Some(reader) => seed.deserialize(reader),
            None => seed.deserialize(self.bare()),
        }
    }

    fn tuple_variant<V: Visitor<'a>>(self, len: usize, visitor: V) -> Result<V::Value, Failure> {
        match self.reader() {
            Some(reader) => reader.tuple(len, visitor),
            None => self.bare().tuple_variant(len, visitor),
        }
    }

    fn struct_variant<V: Visitor<'a>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Failure> {
        match self.reader() {
            Some(reader) => reader.fields(fields, visitor),
            None => self.bare().struct_variant(fields, visitor),
        }
    }
}
