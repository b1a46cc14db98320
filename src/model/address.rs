//! Addresses and references: tokenised, never matched by pattern.
//!
//! Instance keys may hold dots, brackets and quotes, so that text cannot be split at `.`.

use std::fmt;

use crate::plan::{Index, Mode};

/// One step of an address or a reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// `.name`
    Name(String),
    /// `[0]` or `["key"]`
    Key(Index),
}

/// A module instance: the calls from the root with their instance keys. Empty for the root module.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModulePath(Vec<(String, Option<Index>)>);

impl ModulePath {
    /// The root module.
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses `module.a["x"].module.b`; `None` where the text is no module address.
    pub fn parse(text: &str) -> Option<Self> {
        let mut steps = tokenize(text)?.into_iter().peekable();
        let mut path = Vec::new();
        while let Some(step) = steps.next() {
            if step != Step::Name("module".to_owned()) {
                return None;
            }
            let Some(Step::Name(call)) = steps.next() else {
                return None;
            };
            let key = match steps.peek() {
                Some(Step::Key(key)) => Some(key.clone()),
                _ => None,
            };
            if key.is_some() {
                steps.next();
            }
            path.push((call, key));
        }
        Some(Self(path))
    }

    /// The instance `key` of the call `call` in this module.
    pub fn child(&self, call: &str, key: Option<Index>) -> Self {
        let mut path = self.0.clone();
        path.push((call.to_owned(), key));
        Self(path)
    }

    /// The calling module with the call's name and instance key; `None` for the root.
    pub fn parent(&self) -> Option<(Self, &str, Option<&Index>)> {
        let ((call, key), rest) = self.0.split_last()?;
        Some((Self(rest.to_vec()), call, key.as_ref()))
    }

    /// The calls' names from the root, without instance keys: where the module stands in the configuration.
    pub fn calls(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(call, _)| call.as_str())
    }

    /// The address of `rest` within this module.
    pub fn join(&self, rest: &str) -> String {
        if self.0.is_empty() {
            rest.to_owned()
        } else {
            format!("{self}.{rest}")
        }
    }
}

impl fmt::Display for ModulePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (call, key)) in self.0.iter().enumerate() {
            let dot = if position == 0 { "" } else { "." };
            write!(f, "{dot}module.{call}{}", display_key(key.as_ref()))?;
        }
        Ok(())
    }
}

/// An instance key as Terraform writes it in an address; nothing for `None`.
pub fn display_key(key: Option<&Index>) -> String {
    match key {
        None => String::new(),
        Some(Index::Number(number)) => format!("[{number}]"),
        Some(Index::Text(text)) => format!("[\"{}\"]", escape(text)),
    }
}

/// Escapes as HCL does in a quoted template: quotes, backslashes, line ends and template openers.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' | '%' if rest.peek() == Some(&'{') => {
                out.push(c);
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// What a reference in an expression names. `rest` is the path behind it, as far as the plan tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A managed or data resource of the same module.
    Resource {
        /// Managed or data.
        mode: Mode,
        /// `aws_kms_key`.
        resource_type: String,
        /// The block's name.
        name: String,
        /// The literal instance key, where one is written.
        key: Option<Index>,
        /// The attribute path; empty where an index or function cut the trail.
        rest: Vec<Step>,
    },
    /// A module call's output.
    Output {
        /// The call's name.
        call: String,
        /// The literal instance key, where one is written.
        key: Option<Index>,
        /// The output; `None` where an index or function cut the trail.
        output: Option<String>,
        /// The path behind the output.
        rest: Vec<Step>,
    },
    /// `var.name`
    Variable {
        /// The variable.
        name: String,
        /// The path behind it.
        rest: Vec<Step>,
    },
    /// `local.name`
    Local(String),
    /// `each.key`
    EachKey,
    /// `each.value` with the path behind it.
    EachValue(Vec<Step>),
    /// `count.index`
    CountIndex,
    /// `path.…`, `terraform.…`, `self`, ephemeral resources: nothing that holds a key.
    Other(String),
}

impl Reference {
    /// Parses one entry of `references`; text that is no reference becomes [`Reference::Other`].
    pub fn parse(text: &str) -> Self {
        parse_reference(text).unwrap_or_else(|| Self::Other(text.to_owned()))
    }
}

fn parse_reference(text: &str) -> Option<Reference> {
    let mut steps = Steps(tokenize(text)?.into_iter().peekable());
    let head = steps.name()?;
    Some(match head.as_str() {
        "var" => Reference::Variable {
            name: steps.name()?,
            rest: steps.rest(),
        },
        "local" => Reference::Local(steps.name()?),
        "module" => Reference::Output {
            call: steps.name()?,
            key: steps.key(),
            output: steps.name(),
            rest: steps.rest(),
        },
        "each" => match steps.name()?.as_str() {
            "key" => Reference::EachKey,
            _ => Reference::EachValue(steps.rest()),
        },
        "count" => Reference::CountIndex,
        "path" | "terraform" | "self" | "ephemeral" => Reference::Other(text.to_owned()),
        "data" => {
            let resource_type = steps.name()?;
            steps.resource(Mode::Data, resource_type)?
        }
        _ => steps.resource(Mode::Managed, head)?,
    })
}

struct Steps(std::iter::Peekable<std::vec::IntoIter<Step>>);

impl Steps {
    fn name(&mut self) -> Option<String> {
        match self.0.peek() {
            Some(Step::Name(name)) => {
                let name = name.clone();
                self.0.next();
                Some(name)
            }
            _ => None,
        }
    }

    fn key(&mut self) -> Option<Index> {
        match self.0.peek() {
            Some(Step::Key(key)) => {
                let key = key.clone();
                self.0.next();
                Some(key)
            }
            _ => None,
        }
    }

    fn rest(&mut self) -> Vec<Step> {
        self.0.by_ref().collect()
    }

    fn resource(&mut self, mode: Mode, resource_type: String) -> Option<Reference> {
        Some(Reference::Resource {
            mode,
            resource_type,
            name: self.name()?,
            key: self.key(),
            rest: self.rest(),
        })
    }
}

/// The address of the resource block that an address or a reference leads to, without instance keys; `None` where it
/// leads to none.
pub fn block_of(text: &str) -> Option<String> {
    let mut names = tokenize(text)?.into_iter().filter_map(|step| match step {
        Step::Name(name) => Some(name),
        Step::Key(_) => None,
    });
    let mut out = Vec::new();
    let mut head = names.next()?;
    while head == "module" {
        out.extend([head, names.next()?]);
        head = names.next()?;
    }
    if head == "data" {
        out.push(head);
        head = names.next()?;
    }
    out.extend([head, names.next()?]);
    Some(out.join("."))
}

/// Splits an address or reference into its steps; `None` where the text is malformed.
pub fn tokenize(text: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (name, after) = rest.split_at_checked(end)?;
        if name.is_empty() {
            return None;
        }
        steps.push(Step::Name(name.to_owned()));
        rest = after;
        while let Some(inner) = rest.strip_prefix('[') {
            let (key, after) = bracket(inner)?;
            steps.push(Step::Key(key));
            rest = after;
        }
        match rest.strip_prefix('.') {
            Some(after) => rest = after,
            None if rest.is_empty() => return Some(steps),
            None => return None,
        }
    }
}

/// Reads what stands between `[` and `]`, and what follows.
fn bracket(text: &str) -> Option<(Index, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (key, after) = quoted_string(quoted)?;
        return Some((Index::Text(key), after.strip_prefix(']')?));
    }
    let (digits, after) = text.split_once(']')?;
    Some((Index::Number(digits.parse().ok()?), after))
}

/// Reads to the closing quote, undoing HCL's escapes.
fn quoted_string(text: &str) -> Option<(String, &str)> {
    let mut out = String::new();
    let mut chars = text.chars();
    loop {
        let c = chars.next()?;
        match c {
            '"' => return Some((out, chars.as_str())),
            '\\' => out.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => unicode(&mut chars, 4)?,
                'U' => unicode(&mut chars, 8)?,
                other => other,
            }),
            '$' | '%' if chars.as_str().starts_with(&format!("{c}{{")) => {
                out.push(c);
                chars.next();
            }
            _ => out.push(c),
        }
    }
}

fn unicode(chars: &mut std::str::Chars<'_>, digits: usize) -> Option<char> {
    let text: String = chars.by_ref().take(digits).collect();
    char::from_u32(u32::from_str_radix(&text, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_dots_brackets_quotes_and_template_openers_round_trip() {
        for key in ["a.b[\"c\"]", "d\"q\"", "module.z", "${x}", "%{y}", "a\\b", "ü ]"] {
            let path = ModulePath::root().child("m", Some(Index::Text(key.to_owned())));
            assert_eq!(ModulePath::parse(&path.to_string()), Some(path));
        }
    }

    #[test]
    fn a_reference_is_told_by_its_head() {
        assert_eq!(
            Reference::parse("aws_kms_key.k[\"pii\"].arn"),
            Reference::Resource {
                mode: Mode::Managed,
                resource_type: "aws_kms_key".into(),
                name: "k".into(),
                key: Some(Index::Text("pii".into())),
                rest: vec![Step::Name("arn".into())],
            }
        );
        assert_eq!(
            Reference::parse("module.kms[1].key_arn"),
            Reference::Output {
                call: "kms".into(),
                key: Some(Index::Number(1)),
                output: Some("key_arn".into()),
                rest: vec![],
            }
        );
        assert_eq!(Reference::parse("local.keys[\"a\"]"), Reference::Local("keys".into()));
        assert_eq!(Reference::parse("each.key"), Reference::EachKey);
        assert_eq!(
            Reference::parse("data.aws_kms_key.x.arn"),
            Reference::Resource {
                mode: Mode::Data,
                resource_type: "aws_kms_key".into(),
                name: "x".into(),
                key: None,
                rest: vec![Step::Name("arn".into())],
            }
        );
        assert_eq!(Reference::parse("path.module"), Reference::Other("path.module".into()));
        assert_eq!(Reference::parse("[["), Reference::Other("[[".into()));
    }
}
