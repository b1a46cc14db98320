//! The serde deserialiser over a [`Node`](super::Node).

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{AtParts, Elements, Entries};
use super::at::AT;
use super::blank::Blank;
use super::context::Failure;
use super::node::Kind;
use super::reader::Reader;
use super::word_or::WORD_OR;

macro_rules! integers {
    ($($method:ident $visit:ident $least:expr, $most:expr;)*) => {$(
        fn $method<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
            match self.integer($least, $most) {
                // The bounds make the conversion succeed.
                Some(value) => self.settle(visitor.$visit(value.try_into().unwrap_or_default())),
                None => Blank::default().$method(visitor),
            }
        }
    )*};
}

const I64_MAX: u64 = i64::MAX.unsigned_abs();

impl<'a> Deserializer<'a> for Reader<'a> {
    type Error = Failure;

    integers! {
        deserialize_i8 visit_i64 i8::MIN.into(), i8::MAX.unsigned_abs().into();
        deserialize_i16 visit_i64 i16::MIN.into(), i16::MAX.unsigned_abs().into();
        deserialize_i32 visit_i64 i32::MIN.into(), i32::MAX.unsigned_abs().into();
        deserialize_i64 visit_i64 i64::MIN, I64_MAX;
        deserialize_i128 visit_i64 i64::MIN, I64_MAX;
        deserialize_u8 visit_u64 0, u8::MAX.into();
        deserialize_u16 visit_u64 0, u16::MAX.into();
        deserialize_u32 visit_u64 0, u32::MAX.into();
        deserialize_u64 visit_u64 0, u64::MAX;
        deserialize_u128 visit_u64 0, u64::MAX;
    }

    forward_to_deserialize_any! { <W: Visitor<'a>> bytes byte_buf }

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        let result = match &self.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Integer(value) => match u64::try_from(*value) {
                Ok(value) => visitor.visit_u64(value),
                Err(_) => visitor.visit_i64(*value),
            },
            Kind::Float(value) => visitor.visit_f64(*value),
            Kind::String(text) => visitor.visit_borrowed_str(text),
            Kind::Sequence(items) => visitor.visit_seq(Elements::good(self.context, items)),
            Kind::Mapping(entries) => visitor.visit_map(Entries::new(self.context, entries)),
            Kind::Invalid => {
                self.context.spoil();
                return Blank::default().deserialize_any(visitor);
            }
        };
        self.settle(result)
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.kind {
            Kind::Bool(value) => self.settle(visitor.visit_bool(value)),
            _ => self.mismatch("true or false").deserialize_bool(visitor),
        }
    }

    fn deserialize_f32<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.kind {
            Kind::Float(value) => self.settle(visitor.visit_f64(value)),
            Kind::Integer(value) => self.settle(visitor.visit_f64(value as f64)),
            _ => self.mismatch("a number").deserialize_f64(visitor),
        }
    }

    fn deserialize_char<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        let mut chars = self.node.as_str().unwrap_or_default().chars();
        match (chars.next(), chars.next()) {
            (Some(only), None) => self.settle(visitor.visit_char(only)),
            _ => self.mismatch("a single character").deserialize_char(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::String(text) => self.settle(visitor.visit_borrowed_str(text)),
            _ => self.mismatch("a string").deserialize_str(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.kind {
            Kind::Null => self.settle(visitor.visit_none()),
            _ => self.settle(visitor.visit_some(self)),
        }
    }

    fn deserialize_unit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.expect_null("nothing");
        self.settle(visitor.visit_unit())
    }

    fn deserialize_unit_struct<V: Visitor<'a>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, name: &'static str, visitor: V) -> Result<V::Value, Failure> {
        self.settle(match (name, &self.node.kind) {
            (AT, _) => visitor.visit_seq(AtParts::new(self)),
            (WORD_OR, Kind::String(word)) => visitor.visit_borrowed_str(word),
            _ => visitor.visit_newtype_struct(self),
        })
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Sequence(items) => self.settle(visitor.visit_seq(Elements::good(self.context, items))),
            _ => self.mismatch("a list").deserialize_seq(visitor),
        }
    }

    fn deserialize_tuple<V: Visitor<'a>>(self, len: usize, visitor: V) -> Result<V::Value, Failure> {
        self.tuple(len, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Mapping(entries) => self.settle(visitor.visit_map(Entries::new(self.context, entries))),
            _ => self.mismatch("a mapping").deserialize_map(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'a>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.fields(fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'a>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.variant(variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_unit()
    }
}
