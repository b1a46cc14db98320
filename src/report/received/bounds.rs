//! How much a report may hold, measured before anything is made of it.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

/// The most bytes of one text.
pub(super) const LONGEST: usize = 1 << 20;
/// The most values: a list of short ones takes many times its length in memory.
const MOST_VALUES: usize = 4_000_000;

/// Measures every value; the nesting is bounded by the JSON reader.
pub(super) fn hold(text: &str) -> Result<(), serde_json::Error> {
    let mut values = 0;
    let mut reader = serde_json::Deserializer::from_str(text);
    Measure(&mut values).deserialize(&mut reader)?;
    reader.end()
}

struct Measure<'a>(&'a mut usize);

impl<'de> DeserializeSeed<'de> for Measure<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        *self.0 = self.0.saturating_add(1);
        if *self.0 > MOST_VALUES {
            return Err(D::Error::custom(format!("there are more than {MOST_VALUES} values")));
        }
        reader.deserialize_any(self)
    }
}

fn fits<E: Error>(text: &str) -> Result<(), E> {
    match text.len() > LONGEST {
        true => Err(E::custom(format!(
            "a text has {} bytes, and at most {LONGEST} are read",
            text.len()
        ))),
        false => Ok(()),
    }
}

/// A member's name.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_str(self)
    }
}

impl Visitor<'_> for Name {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        fits(text)
    }
}

impl<'de> Visitor<'de> for Measure<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        fits(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(Measure(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while members.next_key_seed(Name)?.is_some() {
            members.next_value_seed(Measure(&mut *self.0))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, MOST_VALUES, hold};

    #[test]
    fn bounds_are_what_they_say() {
        let text = |length: usize| format!("{{\"a\": [\"{}\"]}}", "x".repeat(length));
        hold(&text(LONGEST)).unwrap();
        let error = hold(&text(LONGEST + 1)).unwrap_err();
        assert!(
            error.to_string().contains("1048577 bytes") && error.line() == 1,
            "{error}"
        );
        let name = format!("{{\"{}\": 1}}", "x".repeat(LONGEST + 1));
        assert!(hold(&name).is_err());
        let many = |number: usize| format!("[{}0]", "0,".repeat(number - 2));
        hold(&many(MOST_VALUES)).unwrap();
        assert!(hold(&many(MOST_VALUES + 1)).is_err());
        let deep = "[".repeat(200) + &"]".repeat(200);
        assert!(hold(&deep).unwrap_err().to_string().contains("recursion limit"));
    }
}
