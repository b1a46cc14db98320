//! Checks of one node against what a type wants, reporting what is wrong.

use serde::de::{Deserializer, Visitor};

use super::access::{Elements, Fields, Variant};
use super::blank::Blank;
use super::context::{Context, Failure};
use super::elsewhere;
use super::node::{Kind, Node, excerpt};
use super::suggest::one_of;

/// Deserialises one node.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) context: &'a Context,
    pub(super) node: &'a Node,
}

impl<'a> Reader<'a> {
    pub(super) fn new(context: &'a Context, node: &'a Node) -> Self {
        Reader { context, node }
    }

    pub(super) fn settle<T>(self, result: Result<T, Failure>) -> Result<T, Failure> {
        self.context.settle(self.node, result)
    }

    /// Reports a value of the wrong type. The caller goes on with a blank one.
    pub(super) fn mismatch(self, expected: &str) -> Blank {
        self.report_mismatch(expected, help(expected, &self.node.kind))
    }

    fn report_mismatch(self, expected: &str, help: Option<String>) -> Blank {
        self.context.spoil();
        let kind = &self.node.kind;
        if matches!(kind, Kind::Invalid) {
            return Blank::default();
        }
        let message = if self.context.is_root(self.node) && matches!(kind, Kind::Null) {
            format!("expected {expected}, found an empty file")
        } else {
            format!("expected {expected}, found {kind}")
        };
        let mut diagnostic = self.context.at(self.node.span, message);
        diagnostic.help = help;
        self.context.report(diagnostic);
        Blank::default()
    }

    /// The node's integer if it lies within the bounds; else reports it.
    pub(super) fn integer(self, least: i64, most: u64) -> Option<i64> {
        let in_range = |value: i64| value >= least && u64::try_from(value).map_or(true, |positive| positive <= most);
        match self.node.kind {
            Kind::Integer(value) if in_range(value) => return Some(value),
            Kind::Integer(_) if least >= 0 && most > u64::from(u32::MAX) => {
                self.mismatch("an integer that is not negative")
            }
            Kind::Integer(_) => self.mismatch(&format!("an integer from {least} to {most}")),
            _ => self.mismatch("an integer"),
        };
        None
    }

    pub(super) fn expect_null(self, expected: &str) {
        if !matches!(self.node.kind, Kind::Null) {
            self.mismatch(expected);
        }
    }

    /// A list of exactly `len` values, whose places all count.
    pub(super) fn tuple<V: Visitor<'a>>(self, len: usize, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Sequence(items) if items.len() == len => {
                self.settle(visitor.visit_seq(Elements::all(self.context, items)))
            }
            Kind::Sequence(items) => {
                let counted = |n: usize| match n {
                    1 => "1 item".to_owned(),
                    n => format!("{n} items"),
                };
                let message = format!("expected a list of {}, found {}", counted(len), counted(items.len()));
                self.context.report(self.context.at(self.node.span, message));
                self.context.spoil();
                Blank::default().deserialize_tuple(len, visitor)
            }
            _ => self.mismatch("a list").deserialize_tuple(len, visitor),
        }
    }

    /// A mapping with known fields.
    pub(super) fn fields<V: Visitor<'a>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let Kind::Mapping(entries) = &self.node.kind else {
            let expected = "a mapping";
            let kind = &self.node.kind;
            let help =
                elsewhere::mapping(fields, kind).map_or_else(|| help(expected, kind), |help| Some(help.to_owned()));
            return self
                .report_mismatch(expected, help)
                .deserialize_struct("", fields, visitor);
        };
        let meant: Vec<&str> = entries
            .iter()
            .filter_map(|(key, _)| self.check_field(key, fields, entries))
            .collect();
        let access = Fields::new(self.context, self.node, entries, fields);
        let result = visitor.visit_map(access);
        if let Err(Failure::Missing(field)) = result {
            // A bad or misspelled field is not missing as well.
            let present = entries.iter().any(|(key, _)| key.as_str() == Some(field)) || meant.contains(&field);
            if self.context.note_missing(self.node, field) && !present {
                let diagnostic = self.context.at(self.node.span, format!("missing field `{field}`"));
                self.context.report(diagnostic.with_help(format!("add `{field}: …`")));
            }
            self.context.spoil();
            return Err(Failure::Known);
        }
        self.settle(result)
    }

    /// Reports a key that is no field. Returns the field that was likely meant.
    fn check_field(
        self,
        key: &Node,
        fields: &'static [&'static str],
        entries: &[(Node, Node)],
    ) -> Option<&'static str> {
        let Some(name) = key.as_str() else {
            Reader::new(self.context, key).mismatch("a field name");
            return None;
        };
        if fields.contains(&name) {
            return None;
        }
        let message = format!("unknown field `{}`", excerpt(name));
        self.unknown(key, message, elsewhere::meant(name, fields, entries))
    }

    fn unknown(self, word: &Node, message: String, meant: elsewhere::Meant) -> Option<&'static str> {
        let mut diagnostic = self.context.at(word.span, message);
        diagnostic.label = meant.word.map(|meant| format!("did you mean `{meant}`?"));
        diagnostic.help = meant.help;
        self.context.report(diagnostic);
        meant.word
    }

    pub(super) fn variant<V: Visitor<'a>>(
        self,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let (word, content) = match &self.node.kind {
            Kind::String(_) => (self.node, None),
            Kind::Mapping(entries) => match entries.as_slice() {
                [(key, content)] if key.as_str().is_some() => (key, Some(content)),
                _ => {
                    let expected = format!("a mapping with one key: {}", one_of(variants));
                    return self.mismatch(&expected).deserialize_enum("", variants, visitor);
                }
            },
            _ => {
                return self.mismatch(&one_of(variants)).deserialize_enum("", variants, visitor);
            }
        };
        let name = word.as_str().unwrap_or_default();
        match variants.iter().find(|known| **known == name) {
            Some(name) => self.settle(visitor.visit_enum(Variant {
                context: self.context,
                word,
                name,
                content,
            })),
            None => {
                let message = format!("unknown value `{}`", excerpt(name));
                self.unknown(word, message, elsewhere::meant(name, variants, &[]));
                self.context.spoil();
                Blank::default().deserialize_enum("", variants, visitor)
            }
        }
    }
}

/// How to write what was expected, where the mistake is a common one.
fn help(expected: &str, found: &Kind) -> Option<String> {
    let help = match (expected, found) {
        ("a string", Kind::Bool(_) | Kind::Integer(_) | Kind::Float(_)) => {
            Some("put the value in quotes to make it a string")
        }
        ("true or false", Kind::String(text)) => match text.to_lowercase().as_str() {
            "true" | "false" => Some("remove the quotes"),
            "yes" | "no" | "on" | "off" => Some("booleans are written `true` and `false`"),
            _ => None,
        },
        ("an integer" | "a number", Kind::String(text)) if text.parse::<f64>().is_ok() => {
            Some("write the number without quotes or leading zeros")
        }
        ("a list", Kind::String(text)) if text.chars().all(|c| c.is_ascii_alphanumeric() || "_-*.$/".contains(c)) => {
            return Some(format!("write it in brackets: `[{}]`", excerpt(text)));
        }
        ("a list", Kind::String(_) | Kind::Mapping(_)) => {
            Some("start every item of a list with `- `, or write `[item, …]`")
        }
        ("a mapping", Kind::Sequence(_)) => Some("write `key: value` in lines of their own, without `- ` before them"),
        ("a mapping", Kind::String(text)) => Some(match text.contains(':') {
            true => "write `key: value`, with a space after the colon",
            false => "write `{ key: value }`, or `key: value` in lines of their own",
        }),
        _ => None,
    };
    help.map(str::to_owned)
}
