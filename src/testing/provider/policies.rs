//! Whether what policies name is in a schema.

use super::{Schema, Trouble};
use crate::policy::load::Files;
use crate::policy::uses::{AttributeUse, Start, TypeUse, Uses};
use crate::policy::yaml::{Diagnostic, Diagnostics, Span, suggest};

/// Terraform's own types, which a schema has only where its configuration uses them.
const BUILT_IN: [&str; 2] = ["terraform_data", "data.terraform_remote_state"];

pub(super) fn check(schema: &Schema, uses: &Uses, files: &Files, errors: &mut Diagnostics) {
    let text = |file: &str| files.sources().shared(file).unwrap_or_default();
    let mut reported = |file: &str, span: Span, message: String, help: String| {
        errors.sources_mut().insert(file, text(file));
        errors.push(Diagnostic::new(file, span, message).with_help(help));
    };
    for one in &uses.types {
        if let Some((message, help)) = type_trouble(schema, one) {
            reported(&one.file, one.name.span, message, help);
        }
    }
    for one in &uses.attributes {
        let trouble = attribute_trouble(schema, one).or_else(|| nowhere(schema, uses, one));
        if let Some(trouble) = trouble {
            let text = text(&one.file);
            let source = text.get(one.span.start..one.span.end).unwrap_or_default();
            let (offset, width) = one.one_of.unwrap_or((trouble.offset, trouble.width));
            let span = one.span.within(source, offset, width);
            reported(&one.file, span, trouble.message, trouble.help);
        }
    }
}

fn type_trouble(schema: &Schema, one: &TypeUse) -> Option<(String, String)> {
    let name = &one.name.value;
    if schema.types_of(name).next().is_some() || is_built_in(name) {
        return None;
    }
    Some(match name.contains('*') {
        true => (
            format!("no resource type of the schema fits `{name}`"),
            pattern_help(schema, name),
        ),
        false => (
            format!("the schema has no resource type `{name}`"),
            type_help(schema, name),
        ),
    })
}

/// Whether a type comes with Terraform itself.
pub(super) fn is_built_in(name: &str) -> bool {
    BUILT_IN.contains(&name)
}

/// What to write instead of a type that is not in the schema.
pub(super) fn type_help(schema: &Schema, name: &str) -> String {
    let data = name.starts_with("data.");
    let alike = schema
        .types
        .keys()
        .map(String::as_str)
        .filter(|one| one.starts_with("data.") == data);
    if let Some(close) = suggest(name, alike) {
        return format!("did you mean `{close}`?");
    }
    let provider = provider(name);
    let known = schema.types.keys().any(|one| self::provider(one) == provider);
    match known {
        true => "look its name up in the provider's documentation".to_owned(),
        false => format!(
            "the schema has no type of the provider `{provider}`: make it where Terraform's configuration requires that, too"
        ),
    }
}

/// `aws`, of `aws_kms_key` and `data.aws_kms_key`
fn provider(name: &str) -> &str {
    let name = name.strip_prefix("data.").unwrap_or(name);
    name.split('_').next().unwrap_or(name)
}

/// What begins as a type does, as far as the words of the pattern go.
fn pattern_help(schema: &Schema, pattern: &str) -> String {
    let (start, rest) = pattern.split_once('*').unwrap_or((pattern, ""));
    let words = start.matches('_').count();
    let beginning = |name: &'_ str| {
        let end = name.match_indices('_').nth(words.checked_sub(1)?)?.0;
        Some(format!("{}_", name.get(..end)?))
    };
    let beginnings: Vec<String> = schema.types.keys().filter_map(|name| beginning(name)).collect();
    match suggest(start, beginnings.iter().map(String::as_str)) {
        Some(close) => format!("did you mean `{close}*{rest}`?"),
        None => "`*` stands for anything, and all else is what the type's name has at that place".to_owned(),
    }
}

/// What is wrong with a path, where none of the types that it may start in has it.
fn attribute_trouble(schema: &Schema, one: &AttributeUse) -> Option<Trouble> {
    let mut worst: Option<Trouble> = None;
    let mut others = 0_usize;
    for start in &one.starts {
        for (name, members) in schema.types_of(&start.resource_type) {
            // A base that leads nowhere is said where it is written.
            if !has_base(schema, name, start) {
                continue;
            }
            match schema.follow_in(name, members, &start.base, &one.path) {
                Ok(_) => return None,
                Err(trouble) => {
                    others = others.saturating_add(usize::from(worst.is_some()));
                    // The one that gets furthest is most likely meant.
                    let rank = |one: &Trouble| (one.offset, one.close);
                    if worst.as_ref().is_none_or(|worst| rank(worst) < rank(&trouble)) {
                        worst = Some(trouble);
                    }
                }
            }
        }
    }
    let mut trouble = worst?;
    if trouble.missing && others > 0 {
        let also = match others {
            1 => "the other type that is".to_owned(),
            more => format!("any of the other {more} types that are"),
        };
        trouble.message = format!("{}, nor has {also} looked at", trouble.message);
    }
    Some(trouble)
}

/// A path that is asked of types of the catalog alone, of which the schema has none.
fn nowhere(schema: &Schema, uses: &Uses, one: &AttributeUse) -> Option<Trouble> {
    let first = one.starts.first()?;
    let here = |start: &Start| schema.types_of(&start.resource_type).next().is_some();
    // Those that the file names are said to be missing where it does.
    let mut own = uses.types.iter().filter(|named| named.file == one.file);
    let said = own.any(|named| one.starts.iter().any(|start| start.resource_type == named.name.value));
    if said || one.starts.iter().any(here) {
        return None;
    }
    Some(Trouble {
        message: format!(
            "the schema has none of the types that this is asked of: `{}`, …",
            first.resource_type
        ),
        missing: false,
        close: false,
        help: "make the schema where Terraform's configuration requires their provider".to_owned(),
        offset: 0,
        width: one.path.to_string().chars().count(),
    })
}

fn has_base(schema: &Schema, name: &str, start: &Start) -> bool {
    let Some((last, before)) = start.base.split_last() else {
        return true;
    };
    let members = schema.types.get(name);
    members.is_some_and(|members| schema.follow_in(name, members, before, last).is_ok())
}
