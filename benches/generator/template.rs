//! Text with places for a copy's number: writing a copy costs no more than writing its bytes.

use std::io::{self, Write};

use super::identity::{DIGITS, PLACE, digits};
use super::node::Node;

#[derive(Debug, Default)]
pub(crate) struct Template {
    /// What stands between the places.
    parts: Vec<String>,
}

impl Template {
    /// The items of an array, without its brackets.
    pub(crate) fn of_items(items: &[Node]) -> serde_json::Result<Self> {
        Self::of_inner(items)
    }

    /// The fields of an object, without its braces.
    pub(crate) fn of_fields(fields: Vec<(String, Node)>) -> serde_json::Result<Self> {
        Self::of_inner(&Node::Object(fields))
    }

    fn of_inner(value: &(impl serde::Serialize + ?Sized)) -> serde_json::Result<Self> {
        let text = serde_json::to_string(value)?;
        let inner = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
        Ok(Self {
            parts: inner.split(PLACE).map(str::to_owned).collect(),
        })
    }

    /// Bytes of one copy.
    pub(crate) fn len(&self) -> usize {
        let text: usize = self.parts.iter().map(String::len).sum();
        text + self.parts.len().saturating_sub(1) * DIGITS
    }

    /// Writes the copy `number`.
    pub(crate) fn write(&self, number: usize, out: &mut impl Write) -> io::Result<()> {
        let digits = digits(number);
        for (position, part) in self.parts.iter().enumerate() {
            if position > 0 {
                out.write_all(digits.as_bytes())?;
            }
            out.write_all(part.as_bytes())?;
        }
        Ok(())
    }
}
