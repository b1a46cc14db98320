//! Text to [`Node`]: the YAML parser, its limits and its errors.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{MergeKeyPolicy, NonFiniteFloatPolicy};
use serde_saphyr::{DuplicateKeyPolicy, Location, Options, Spanned};

use super::diagnostic::Diagnostic;
use super::node::{Kind, Node, Span, excerpt};
use super::syntax;

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;
/// The deepest nesting of lists and mappings.
pub const MAX_DEPTH: usize = 32;
/// The most values in one file, aliases counted as often as they are used.
pub const MAX_NODES: usize = 50_000;

fn options() -> Options {
    serde_saphyr::options! {
        strict_booleans: true,
        // Duplicates come through so that all of them are reported, not one.
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        merge_keys: MergeKeyPolicy::Error,
        reject_unsupported_tags: true,
        // `007` and `1_000` mean different things to different YAML readers.
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: NonFiniteFloatPolicy::PassThrough,
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_nodes: MAX_NODES,
            max_events: MAX_NODES * 3,
            max_aliases: 1_000,
            max_anchors: 1_000,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: 10_000,
            max_replay_stack_depth: 8,
        },
    }
}

/// Reads a file into a tree.
///
/// Errors go to `report`; those that leave the tree usable (duplicate keys,
/// numbers out of range) do not keep the rest from being read.
pub fn load(file: &str, text: &str, report: &mut dyn FnMut(Diagnostic)) -> Option<Node> {
    if text.len() > MAX_BYTES {
        let message = format!(
            "the file is too large: {} bytes, at most {MAX_BYTES} are read",
            text.len()
        );
        report(Diagnostic::new(file, Span::default(), message).with_help("write it in several files"));
        return None;
    }
    match serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options()) {
        Ok(raw) => Some(Tree { file, text, report }.node(raw, false)),
        Err(error) => {
            report(syntax::diagnostic(file, text, &error));
            None
        }
    }
}

/// A value as the parser gives it.
enum Raw {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    String(String),
    Sequence(Vec<Spanned<Raw>>),
    Mapping(Vec<(Spanned<Raw>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Signed(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Unsigned(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Raw, E> {
        Ok(Raw::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = items.next_element()? {
            out.push(item);
        }
        Ok(Raw::Sequence(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut out = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            out.push(entry);
        }
        Ok(Raw::Mapping(out))
    }
}

/// Turns raw values into nodes with full spans.
struct Tree<'a> {
    file: &'a str,
    text: &'a str,
    report: &'a mut dyn FnMut(Diagnostic),
}

impl Tree<'_> {
    /// `aliased` says that the value is inside an alias: it is then shown where
    /// it is written, while the alias itself is shown where it is used.
    fn node(&mut self, raw: Spanned<Raw>, aliased: bool) -> Node {
        let is_alias = !aliased && raw.referenced != raw.defined;
        let place = if is_alias { raw.referenced } else { raw.defined };
        let mut span = self.span(place);
        let aliased = aliased || is_alias;
        let kind = match raw.value {
            Raw::Null => Kind::Null,
            Raw::Bool(value) => Kind::Bool(value),
            Raw::Signed(value) => Kind::Integer(value),
            Raw::Unsigned(value) => match i64::try_from(value) {
                Ok(value) => Kind::Integer(value),
                Err(_) => self.out_of_range(span),
            },
            Raw::Float(value) if self.is_usable(value, span) => Kind::Float(value),
            Raw::Float(_) => self.out_of_range(span),
            Raw::String(text) => Kind::String(text),
            Raw::Sequence(items) => {
                let items: Vec<Node> = items.into_iter().map(|i| self.node(i, aliased)).collect();
                if !is_alias {
                    span.end = self.end(span, items.last());
                }
                Kind::Sequence(items)
            }
            Raw::Mapping(entries) => {
                let entries = self.entries(entries, aliased);
                if !is_alias {
                    span.end = self.end(span, entries.last().map(|(_, value)| value));
                }
                Kind::Mapping(entries)
            }
        };
        Node { span, kind }
    }

    fn entries(&mut self, raw: Vec<(Spanned<Raw>, Spanned<Raw>)>, aliased: bool) -> Vec<(Node, Node)> {
        let mut seen = HashSet::new();
        let mut entries = Vec::with_capacity(raw.len());
        for (key, value) in raw {
            let key = self.node(key, aliased);
            let value = self.node(value, aliased);
            if let Some(name) = scalar(&key.kind)
                && !seen.insert(name.clone())
            {
                let message = format!("duplicate key `{}`", excerpt(&name.1));
                self.report(key.span, message, "this key is already set above");
                continue;
            }
            entries.push((key, value));
        }
        entries
    }

    fn span(&self, place: Location) -> Span {
        let bytes = place.span();
        let offset = |n: Option<u64>| n.and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
        let start = offset(bytes.byte_offset());
        let written = self.text.get(start..start + offset(bytes.byte_len()));
        Span {
            line: usize::try_from(place.line()).unwrap_or_default(),
            column: usize::try_from(place.column()).unwrap_or_default(),
            start,
            // The parser counts the line breaks after block text to the text.
            end: start + written.unwrap_or_default().trim_end().len(),
        }
    }

    /// The end of a list or mapping: of a flow one its bracket, else its last value.
    fn end(&self, span: Span, last: Option<&Node>) -> usize {
        let inner = last.map_or(span.end, |node| node.span.end).max(span.end);
        let bracket = match self.written(span) {
            "[" => ']',
            "{" => '}',
            _ => return inner,
        };
        let mut comment = false;
        for (offset, c) in self.text.get(inner..).unwrap_or_default().char_indices() {
            match c {
                '\n' | '\r' => comment = false,
                _ if comment => {}
                '#' => comment = true,
                c if c == bracket => return inner + offset + 1,
                ',' | ':' => {}
                c if c.is_whitespace() => {}
                _ => break,
            }
        }
        inner
    }

    fn written(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Whether a number is finite and was not an integer too large for one.
    fn is_usable(&self, value: f64, span: Span) -> bool {
        let digits = self.written(span).trim_start_matches(['+', '-']);
        value.is_finite() && (digits.is_empty() || digits.contains(|c: char| !c.is_ascii_digit()))
    }

    fn out_of_range(&mut self, span: Span) -> Kind {
        let message = format!("the number `{}` is out of range", excerpt(self.written(span)));
        let help = "numbers must be finite and integers must fit in 64 bits";
        let diagnostic = Diagnostic::new(self.file, span, message).with_help(help);
        (self.report)(diagnostic);
        Kind::Invalid
    }

    fn report(&mut self, span: Span, message: String, label: &str) {
        (self.report)(Diagnostic::new(self.file, span, message).with_label(label));
    }
}

/// A key that can be compared: its type and its text.
fn scalar(kind: &Kind) -> Option<(u8, String)> {
    match kind {
        Kind::Null => Some((0, "null".to_owned())),
        Kind::Bool(value) => Some((1, value.to_string())),
        Kind::Integer(value) => Some((2, value.to_string())),
        Kind::Float(value) => Some((3, value.to_string())),
        Kind::String(text) => Some((4, text.clone())),
        Kind::Sequence(_) | Kind::Mapping(_) | Kind::Invalid => None,
    }
}
