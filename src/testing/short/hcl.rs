//! The short form as the HCL that it stands for, for people to read.

use serde_json::Value;

use super::address::Address;
use super::value::{Piece, UNKNOWN, pieces};
use crate::plan::Mode;
use crate::policy::yaml::{At, Entries};

/// A list or a mapping that is longer stands on several lines.
const MOST_ON_A_LINE: usize = 76;
/// What ends a text of several lines.
const END: &str = "EOT";

/// Resources as they would be written.
#[must_use]
pub fn hcl(resources: &Entries<Option<Entries<At<Value>>>>) -> String {
    let blocks = resources.iter().map(|(address, attributes)| {
        let mut lines = Lines::default();
        let members = attributes.iter().flat_map(|all| all.iter());
        lines.members(members.map(|(name, value)| (name.as_str(), &value.value)).collect());
        format!("{}{}\n", header(&address.value), lines.in_braces())
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// What stands before the brace: where one instance is meant, or one in a module, a comment says so.
fn header(address: &str) -> String {
    let Some(parsed) = Address::parse(address) else {
        return format!("# {address}\nresource ");
    };
    let comment = match parsed.block() == address {
        true => String::new(),
        false => format!("# {address}\n"),
    };
    let kind = match parsed.mode {
        Mode::Data => "data",
        Mode::Managed => "resource",
    };
    format!("{comment}{kind} \"{}\" \"{}\" ", parsed.resource_type, parsed.name)
}

/// What stands between two braces or brackets.
#[derive(Default)]
struct Lines(Vec<Line>);

enum Line {
    /// A name and its value, on one line.
    Pair(String, String),
    /// Text of one or several lines.
    Text(String),
}

impl Lines {
    /// What stands in a block: attributes, and then blocks.
    fn members(&mut self, mut members: Vec<(&str, &Value)>) {
        members.sort_by_key(|(_, value)| blocks(value).is_some());
        for (name, value) in members {
            self.member(name, value);
        }
    }

    /// An attribute of a block, or blocks.
    fn member(&mut self, name: &str, value: &Value) {
        match blocks(value) {
            Some(several) => several.into_iter().for_each(|block| self.block(name, block)),
            None => self.pair(name, value),
        }
    }

    fn block(&mut self, name: &str, members: &serde_json::Map<String, Value>) {
        let mut inner = Self::default();
        inner.members(members.iter().map(|(name, value)| (name.as_str(), value)).collect());
        // Blocks stand apart from what is before them.
        if !self.0.is_empty() {
            self.0.push(Line::Text(String::new()));
        }
        self.0.push(Line::Text(format!("{name} {}", inner.in_braces())));
    }

    fn pair(&mut self, name: &str, value: &Value) {
        let is_unknown = value == UNKNOWN;
        self.0.push(match expression(value) {
            _ if is_unknown => Line::Text(format!("# {name} = {UNKNOWN}")),
            text if text.contains('\n') => Line::Text(format!("{name} = {text}")),
            text => Line::Pair(name.to_owned(), text),
        });
    }

    fn in_braces(self) -> String {
        match self.0.is_empty() {
            true => "{}".to_owned(),
            false => format!("{{\n{}}}", self.indented()),
        }
    }

    /// The lines, each with its end; the signs of neighbours are aligned, as `terraform fmt` does it.
    fn indented(self) -> String {
        let is_pair = |line: &Line| matches!(line, Line::Pair(..));
        let mut out = String::new();
        for group in self.0.chunk_by(|left, right| is_pair(left) && is_pair(right)) {
            let names = group.iter().map(|line| match line {
                Line::Pair(name, _) => name.chars().count(),
                Line::Text(_) => 0,
            });
            let width = names.max().unwrap_or_default();
            for line in group {
                match line {
                    Line::Pair(name, value) => out.push_str(&format!("  {name:width$} = {value}\n")),
                    Line::Text(text) => indent(text, &mut out),
                }
            }
        }
        out
    }
}

fn indent(text: &str, out: &mut String) {
    for line in text.split('\n') {
        if !line.is_empty() {
            out.push_str("  ");
        }
        out.push_str(line);
        out.push('\n');
    }
}

/// The mappings of a list that holds nothing else: plan JSON shows blocks as such.
fn blocks(value: &Value) -> Option<Vec<&serde_json::Map<String, Value>>> {
    let elements = value.as_array().filter(|elements| !elements.is_empty())?;
    elements.iter().map(Value::as_object).collect()
}

/// A value; what is not on one line is indented from its second line on as if it began at the margin.
fn expression(value: &Value) -> String {
    if let Some(line) = on_one_line(value).filter(|line| line.chars().count() <= MOST_ON_A_LINE) {
        return line;
    }
    let mut lines = Lines::default();
    match value {
        Value::String(text) => long_text(text),
        Value::Array(elements) => {
            for element in elements {
                lines.0.push(Line::Text(match element == UNKNOWN {
                    true => format!("# {UNKNOWN}"),
                    false => format!("{},", expression(element)),
                }));
            }
            format!("[\n{}]", lines.indented())
        }
        Value::Object(members) => {
            for (name, value) in members {
                lines.pair(&key(name), value);
            }
            lines.in_braces()
        }
        scalar => scalar.to_string(),
    }
}

/// A value on one line; `None` where something in it needs more: a comment, or a text of several lines.
fn on_one_line(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) if text == UNKNOWN => return None,
        Value::String(text) => match pieces(text).as_deref() {
            Some([Piece::Reference(reference)]) => reference.clone(),
            _ if as_document(text).is_some() => return None,
            _ => quoted(text),
        },
        Value::Array(elements) => {
            let elements: Option<Vec<String>> = elements.iter().map(on_one_line).collect();
            format!("[{}]", elements?.join(", "))
        }
        Value::Object(members) if members.is_empty() => "{}".to_owned(),
        Value::Object(members) => {
            let pairs = members
                .iter()
                .map(|(name, value)| Some(format!("{} = {}", key(name), on_one_line(value)?)));
            format!("{{ {} }}", pairs.collect::<Option<Vec<_>>>()?.join(", "))
        }
        scalar => scalar.to_string(),
    })
}

/// A key of a mapping.
fn key(name: &str) -> String {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    match name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(word) {
        true => name.to_owned(),
        false => quoted(name),
    }
}

fn long_text(text: &str) -> String {
    as_document(text).unwrap_or_else(|| quoted(text))
}

/// A text with the marks in it that HCL needs; references stay as they are.
fn template(text: &str, escape: impl Fn(&str) -> String) -> String {
    let escaped = |plain: &str| escape(plain).replace("${", "$${").replace("%{", "%%{");
    match pieces(text) {
        Some(pieces) => pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(plain) => escaped(plain),
                Piece::Reference(reference) => format!("${{{reference}}}"),
            })
            .collect(),
        None => escaped(text),
    }
}

fn quoted(text: &str) -> String {
    let escape = |plain: &str| {
        let mut out = String::new();
        for c in plain.chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => out.push(c),
            }
        }
        out
    };
    format!("\"{}\"", template(text, escape))
}

/// A text of several lines as such, where that says the same: it ends with a line's end, and begins at the margin.
fn as_document(text: &str) -> Option<String> {
    let lines = text.strip_suffix('\n')?;
    let at_the_margin = lines
        .split('\n')
        .any(|line| line.starts_with(|c: char| !c.is_whitespace()));
    let plain = lines.chars().all(|c| c == '\n' || !c.is_control());
    let ends = lines.split('\n').any(|line| line.trim() == END);
    (at_the_margin && plain && !ends).then(|| {
        let mut out = format!("<<-{END}\n");
        indent(&template(lines, str::to_owned), &mut out);
        out.push_str(END);
        out
    })
}

#[cfg(test)]
mod tests {
    use hcl_edit::expr::Expression;
    use serde_json::json;

    use super::*;

    fn written(value: &Value) -> String {
        let mut lines = Lines::default();
        lines.member("a", value);
        lines.indented()
    }

    #[test]
    fn values_are_written_as_in_hcl() {
        for (value, text) in [
            (json!(null), "a = null"),
            (json!(7), "a = 7"),
            (json!("x"), "a = \"x\""),
            (json!("${aws_kms_key.main.arn}"), "a = aws_kms_key.main.arn"),
            (
                json!("${ aws_kms_key.m[\"}\"].arn }/*"),
                "a = \"${aws_kms_key.m[\"}\"].arn}/*\"",
            ),
            (json!("(known after apply)"), "# a = (known after apply)"),
            (json!("say \"${x\\"), "a = \"say \\\"$${x\\\\\""),
            (json!("$${aws:username} %{if}"), "a = \"$${aws:username} %%{if}\""),
            (json!(["x", 1]), "a = [\"x\", 1]"),
            (json!([]), "a = []"),
            (
                json!({ "b c": true, "d-e": null }),
                "a = { \"b c\" = true, d-e = null }",
            ),
            (
                json!({ "b": "(known after apply)", "c": 1 }),
                "a = {\n    # b = (known after apply)\n    c = 1\n  }",
            ),
            (
                json!(["x", "(known after apply)"]),
                "a = [\n    \"x\",\n    # (known after apply)\n  ]",
            ),
            (
                json!([{ "b": 1, "long": 2, "c": [{ "d": 1 }, {}] }]),
                "a {\n    b    = 1\n    long = 2\n\n    c {\n      d = 1\n    }\n\n    c {}\n  }",
            ),
            (
                json!("{\n  \"a\": \"${x}\"\n}\n"),
                "a = <<-EOT\n    {\n      \"a\": \"${x}\"\n    }\n  EOT",
            ),
            (json!("x\n EOT\n"), "a = \"x\\n EOT\\n\""),
        ] {
            assert_eq!(written(&value), format!("  {text}\n"));
        }
    }

    proptest::proptest! {
        /// What HCL reads is the text that was meant.
        #[test]
        fn texts_come_back(text in "[ab\"\\\\$%{}\n\t\r ]{0,12}") {
            proptest::prop_assume!(!text.contains("${"));
            let body: hcl_edit::structure::Body = written(&json!(text)).parse().unwrap();
            let read = match &body.get_attribute("a").unwrap().value {
                Expression::String(read) => read.value().clone(),
                Expression::HeredocTemplate(heredoc) => heredoc.template.to_string(),
                other => panic!("{other:?}"),
            };
            let read = if text.ends_with('\n') && read != text { undented(&read) } else { read };
            proptest::prop_assert_eq!(read, text);
        }
    }

    /// As `<<-` reads it: without the indentation, and without the marks.
    fn undented(heredoc: &str) -> String {
        let lines = heredoc
            .split('\n')
            .map(|line| line.strip_prefix("    ").unwrap_or(line));
        let text = lines.collect::<Vec<_>>().join("\n").replace("%%{", "%{");
        let cut = text.trim_end_matches(' ').len();
        text[..cut].to_owned()
    }
}
