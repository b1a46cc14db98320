//! The objects of a case: their values on both sides, and the expressions that the values come from.

use serde_json::{Map, Value, json};

use super::Draft;
use super::address::Address;
use super::value::{Made, Piece, UNKNOWN, hash, pieces, references_in};
use crate::model::address::Step;
use crate::plan::{Index, LIFECYCLE, Mode};
use crate::policy::yaml::{At, Entries, Span};

/// The Region of the provider.
pub(super) const REGION: &str = "eu-central-1";
/// The account that made-up ARNs name.
const ACCOUNT: &str = "111122223333";
/// References that lead to references, at most.
const DEPTH: usize = 32;

/// The attributes of an object on one side; `None` where none is written.
pub(super) type Attributes<'c> = Option<&'c Entries<At<Value>>>;

/// An object of a case.
#[derive(Debug, Default)]
pub(super) struct Object<'c> {
    /// Where its address stands.
    pub(super) span: Span,
    pub(super) before: Option<Attributes<'c>>,
    pub(super) after: Option<Attributes<'c>>,
    pub(super) reported: Attributes<'c>,
    pub(super) fate: Fate,
}

/// What the case says of an object, beside its sides.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    #[default]
    Plain,
    Replaced,
    Forgotten,
}

/// Before or after the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

impl<'c> Object<'c> {
    /// The attributes on one side; `None` where the object is not there.
    fn attributes(&self, side: Side) -> Option<Attributes<'c>> {
        match side {
            Side::Before => self.before,
            Side::After => self.after,
        }
    }

    /// Whether AWS has named the object already.
    fn stands(&self, side: Side) -> bool {
        side == Side::Before || self.before.is_some() && self.fate == Fate::Plain
    }

    fn written(&self, side: Side, name: &str) -> Option<&'c At<Value>> {
        let side = if name == LIFECYCLE { Side::After } else { side };
        let own = self.attributes(side).flatten().and_then(|entries| entries.get(name));
        own.or_else(|| self.reported.and_then(|entries| entries.get(name)))
    }

    fn lifecycle(&self) -> Option<&'c (At<String>, At<Value>)> {
        let own = self.after.flatten()?;
        own.iter().find(|(name, _)| name.value == LIFECYCLE)
    }

    /// The attributes on one side, those that AWS reports included.
    fn all(&self, side: Side) -> Vec<(&'c str, &'c At<Value>)> {
        let own = self.attributes(side).flatten();
        let mut found: Vec<_> = own.iter().flat_map(|entries| entries.iter()).collect();
        let reported = self.reported.iter().flat_map(|entries| entries.iter());
        if let (Side::Before, Some(lifecycle)) = (side, self.lifecycle()) {
            found.push(lifecycle);
        }
        found.extend(reported.filter(|(name, _)| own.is_none_or(|own| own.get(name).is_none())));
        found
            .into_iter()
            .map(|(name, value)| (name.value.as_str(), value))
            .collect()
    }
}

/// Where a value stands, for references and errors.
#[derive(Clone, Copy)]
struct Around {
    span: Span,
    side: Side,
    depth: usize,
}

impl Draft<'_> {
    /// The values of an object on one side; `None` where it is not there.
    pub(super) fn side(&self, address: &Address, object: &Object<'_>, side: Side) -> Option<Made> {
        object.attributes(side)?;
        let mut members = Vec::new();
        for (name, written) in object.all(side) {
            members.push((name.to_owned(), self.attribute(name, written, side, 0)));
        }
        let has = |members: &[(String, Made)], name: &str| members.iter().any(|(there, _)| there == name);
        if let (false, Some((_, tags))) = (
            has(&members, "tags_all"),
            members.iter().find(|(name, _)| name == "tags"),
        ) {
            let tags = tags.clone();
            members.push(("tags_all".to_owned(), tags));
        }
        for name in ["arn", "id"] {
            if !has(&members, name) && address.mode == Mode::Managed {
                members.push((name.to_owned(), self.not_written(address, object, name, side)));
            }
        }
        Some(Made::mapping(members))
    }

    /// The value of an attribute. As the provider does it, one unknown tag makes all of them unknown.
    fn attribute(&self, name: &str, written: &At<Value>, side: Side, depth: usize) -> Made {
        let around = Around {
            span: written.span,
            side,
            depth,
        };
        let made = self.made(&written.value, around);
        match name {
            "tags" | "tags_all" if made.is_open() => Made::unknown(),
            _ => made,
        }
    }

    fn made(&self, value: &Value, around: Around) -> Made {
        match value {
            Value::String(text) if text == UNKNOWN => {
                if around.side == Side::Before {
                    self.error(
                        around.span,
                        "nothing is unknown before the plan",
                        "write the value that it had",
                    );
                }
                Made::unknown()
            }
            Value::String(text) => self.text(text, around),
            Value::Array(elements) => Made::list(elements.iter().map(|one| self.made(one, around)).collect()),
            Value::Object(members) => {
                let made = |(name, one): (&String, &Value)| (name.clone(), self.made(one, around));
                Made::mapping(members.iter().map(made).collect())
            }
            other => Made::known(other.clone()),
        }
    }

    fn text(&self, text: &str, around: Around) -> Made {
        let Some(pieces) = pieces(text) else {
            self.error(
                self.inside(around.span, "${"),
                "a `${` that is not closed",
                "close it with `}`, or write `$${` for the text `${`",
            );
            return Made::unknown();
        };
        if let [Piece::Reference(reference)] = pieces.as_slice() {
            return self.referred(reference, around);
        }
        let mut whole = Some(String::new());
        for piece in pieces {
            let known = match piece {
                Piece::Text(text) => Some(text),
                Piece::Reference(reference) => self.referred(&reference, around).value.map(|value| match value {
                    Value::String(text) => text,
                    other => other.to_string(),
                }),
            };
            whole = whole.zip(known).map(|(whole, known)| whole + &known);
        }
        whole.map_or_else(Made::unknown, |whole| Made::known(Value::String(whole)))
    }

    /// What a reference comes to.
    fn referred(&self, reference: &str, around: Around) -> Made {
        let span = self.inside(around.span, reference);
        if is_hidden(reference) {
            if around.side == Side::Before {
                let help = "write the value that it had";
                self.error(span, format!("`{reference}` has no value before the plan"), help);
            }
            return Made::unknown();
        }
        let Some((address, rest)) = Address::read(reference) else {
            self.error(
                span,
                format!("`{reference}` is not a reference that a case can hold"),
                "name an attribute of a resource by its whole address, as in `${aws_kms_key.main.arn}` or \
                 `${module.kms.aws_kms_key.this.arn}`, or a `local.…` or `var.…` of unknown value",
            );
            return Made::unknown();
        };
        let Some(object) = self.objects.get(&address) else {
            self.nowhere(span, &address);
            return Made::unknown();
        };
        let Some((Step::Name(name), rest)) = rest.split_first() else {
            let help = format!("name an attribute: `${{{}.arn}}`", address.whole());
            self.error(span, format!("`{reference}` names a whole resource"), help);
            return Made::unknown();
        };
        if object.attributes(around.side).is_none() {
            let (when, where_to) = match around.side {
                Side::Before => ("before", "before"),
                Side::After => ("after", "resources"),
            };
            self.error(
                span,
                format!("`{}` is not there {when} the plan", address.whole()),
                format!("write it under `{where_to}`, or refer to something else"),
            );
            return Made::unknown();
        }
        if around.depth > DEPTH {
            self.error(
                span,
                "the references lead in a circle",
                "break it by writing one of the values",
            );
            return Made::unknown();
        }
        let made = match object.written(around.side, name) {
            Some(written) => self.attribute(name, written, around.side, around.depth.saturating_add(1)),
            None => self.not_written(&address, object, name, around.side),
        };
        rest.iter().fold(made, |made, step| made.part(&step_value(step)))
    }

    /// An attribute that the case does not hold: AWS has given it to what stands, and will give it to what is made.
    fn not_written(&self, address: &Address, object: &Object<'_>, name: &str, side: Side) -> Made {
        if !object.stands(side) || address.mode == Mode::Data {
            return Made::unknown();
        }
        let text = |name: &str| match &object.written(side, name)?.value {
            Value::String(text) if text != UNKNOWN && !text.contains("${") => Some(text.clone()),
            _ => None,
        };
        Made::known(Value::String(made_up(address, name, text)))
    }

    fn nowhere(&self, span: Span, address: &Address) {
        let instances: Vec<String> = self
            .objects
            .keys()
            .filter(|one| one.module == address.module && one.block() == address.block())
            .map(|one| format!("`{}`", one.whole()))
            .collect();
        let help = match instances.as_slice() {
            [] => self.meant(&address.whole()),
            several => format!("name an instance: {}", several.join(", ")),
        };
        self.error(span, format!("the case has no resource `{}`", address.whole()), help);
    }

    /// The place of a text inside a value.
    fn inside(&self, value: Span, text: &str) -> Span {
        let source = self.text.get(value.start..value.end).unwrap_or_default();
        let Some(offset) = source.find(text) else { return value };
        let before = source.get(..offset).unwrap_or_default();
        let newlines = before.matches('\n').count();
        let in_line = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let start = value.start.saturating_add(offset);
        Span {
            line: value.line.saturating_add(newlines),
            column: in_line.saturating_add(if newlines == 0 { value.column } else { 1 }),
            start,
            end: start.saturating_add(text.len()),
        }
    }

    /// The expressions of an object's block.
    pub(super) fn expressions(&self, address: &Address, object: &Object<'_>) -> Map<String, Value> {
        let written = object.after.flatten();
        let mut expressions = Map::new();
        for (name, value) in written.iter().flat_map(|entries| entries.iter()) {
            // What AWS gives is no argument, unless it refers to something, as the policy of a topic does by `arn`; plan JSON shows
            // no `lifecycle`.
            let refers = value.value.as_str().is_some_and(|text| text.contains("${"));
            let given = matches!(name.value.as_str(), "id" | "arn" | "tags_all" | LIFECYCLE) && !refers;
            if let (false, Some(expression)) = (given, self.expression(address, &value.value)) {
                expressions.insert(name.value.clone(), expression);
            }
        }
        expressions
    }

    fn expression(&self, address: &Address, value: &Value) -> Option<Value> {
        if let Value::Array(elements) = value
            && !elements.is_empty()
            && elements.iter().all(Value::is_object)
        {
            let block = |element: &Value| {
                let members = element.as_object().into_iter().flatten();
                let expressions =
                    members.filter_map(|(name, one)| Some((name.clone(), self.expression(address, one)?)));
                Value::Object(expressions.collect())
            };
            return Some(Value::Array(elements.iter().map(block).collect()));
        }
        let (found, open) = references_in(value);
        let mut references: Vec<String> = Vec::new();
        for reference in found {
            for entry in self.entries(address, &reference) {
                if !references.contains(&entry) {
                    references.push(entry);
                }
            }
        }
        Some(match (references.is_empty(), open) {
            (false, _) => json!({ "references": references }),
            // As Terraform shows a function without references.
            (true, true) => json!({}),
            (true, false) => json!({ "constant_value": plain(value) }),
        })
    }

    /// A reference as the configuration shows it.
    fn entries(&self, address: &Address, reference: &str) -> Vec<String> {
        if is_hidden(reference) {
            if let Some(name) = reference.strip_prefix("var.") {
                let name = name.split(['.', '[']).next().unwrap_or(name);
                self.configuration.borrow_mut().declare(&address.module, name);
            }
            return vec![reference.to_owned()];
        }
        match Address::read(reference) {
            // As `aws_kms_key.main[each.key].arn`: an index that is no literal cuts the trail.
            Some((to, _)) if to.module == address.module && to.key.is_some() && to.key == address.key => {
                let symbol = match to.key {
                    Some(Index::Number(_)) => "count.index",
                    _ => "each.key",
                };
                vec![to.block(), symbol.to_owned()]
            }
            Some((to, rest)) => self.configuration.borrow_mut().reference(&address.module, &to, &rest),
            None => Vec::new(),
        }
    }

    /// The attributes that differ, which is why the object is replaced.
    pub(super) fn replace_paths(&self, object: &Object<'_>) -> Value {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in object.all(Side::Before).into_iter().chain(object.all(Side::After)) {
            let made = |side| Some(self.attribute(name, object.written(side, name)?, side, 0));
            if !names.contains(&name) && made(Side::Before) != made(Side::After) {
                names.push(name);
            }
        }
        names.into_iter().map(|name| json!([name])).collect()
    }
}

/// Whether plan JSON never tells what it is.
fn is_hidden(reference: &str) -> bool {
    ["local.", "var."].iter().any(|head| reference.starts_with(head))
}

fn step_value(step: &Step) -> Value {
    match step {
        Step::Name(name) | Step::Key(Index::Text(name)) => json!(name),
        Step::Key(Index::Number(number)) => json!(number),
    }
}

/// A constant as it is meant: `$${` is a `${`.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace("$${", "${")),
        Value::Array(elements) => elements.iter().map(plain).collect(),
        Value::Object(members) => Value::Object(members.iter().map(|(name, one)| (name.clone(), plain(one))).collect()),
        other => other.clone(),
    }
}

/// What AWS may have given to an object, in the form that it has there; always the same for the same object.
fn made_up(address: &Address, name: &str, text: impl Fn(&str) -> Option<String>) -> String {
    let resource_type = address.resource_type.as_str();
    let is_key = resource_type.starts_with("aws_kms_") && resource_type.ends_with("_key");
    let named = || {
        ["bucket", "name", "identifier", "cluster_identifier"]
            .into_iter()
            .find_map(&text)
            .unwrap_or_else(|| address.name.clone())
    };
    match name {
        "id" | "key_id" if is_key => uuid(address),
        "arn" if is_key => format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{}", uuid(address)),
        "arn" if resource_type == "aws_kms_alias" => format!("arn:aws:kms:{REGION}:{ACCOUNT}:{}", named()),
        "arn" if resource_type == "aws_s3_bucket" => format!("arn:aws:s3:::{}", named()),
        "arn" => {
            let mut words = resource_type.splitn(3, '_').skip(1);
            let service = words.next().unwrap_or(resource_type);
            let kind = words.next().unwrap_or(service).replace('_', "-");
            format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{kind}/{}", named())
        }
        "id" => named(),
        other => format!("{}.{other}", address.whole()),
    }
}

fn uuid(address: &Address) -> String {
    let whole = address.whole();
    let (first, second) = (hash(&whole), hash(&format!("{whole}/")));
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        first >> 32,
        first >> 16 & 0xffff,
        first & 0xffff,
        second >> 48,
        second & 0xffff_ffff_ffff
    )
}
