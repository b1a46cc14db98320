//! Named lists, and the values that a rule takes from them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Context;
use crate::policy::schema::{ListDoc, ListOf, ListsDoc};
use crate::policy::yaml::{At, excerpt, suggest};

/// What a list's name may be.
const NAME: &str = "lower-case words joined by dots, hyphens and underscores";

/// Checks the lists of a file.
pub(super) fn check(context: &mut Context<'_>, doc: &ListsDoc, seen: &mut BTreeMap<String, String>) {
    for (name, list) in doc.lists.iter() {
        context.once("list", name, seen);
        let word = |word: &str| {
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
            !word.is_empty() && word.chars().all(fits)
        };
        if !name.value.split(['.', '-', '_']).all(word) {
            context.error(
                name.span,
                format!("`{}` is not the name of a list", excerpt(&name.value)),
                format!("use {NAME}: `iam.caller-keys`"),
            );
        }
        check_list(context, &list.value);
    }
}

fn check_list(context: &mut Context<'_>, list: &ListDoc) {
    context.not_empty("title", &list.title);
    if list.values.value.is_empty() {
        context.error(list.values.span, "the list is empty", "write its values");
    }
    for (position, value) in list.values.value.iter().enumerate() {
        let earlier = list.values.value.iter().take(position);
        if value.value.is_array() || value.value.is_object() || value.value.is_null() {
            context.error(
                value.span,
                "a value of a list is a text, a number, or true or false",
                "write each value on its own: `- value`",
            );
        } else if earlier.clone().any(|one| one.value == value.value) {
            context.error(
                value.span,
                format!("{} stands in the list twice", value.value),
                "write it once",
            );
        }
    }
    if let Some(reference) = &list.reference {
        context.check_reference(reference);
    }
}

/// The values that stand there, or in the list that is named.
pub(super) fn values(context: &mut Context<'_>, written: &At<ListOf<Value>>) -> Option<Vec<Value>> {
    match &written.value {
        ListOf::Values(values) => Some(values.iter().map(|value| value.value.clone()).collect()),
        ListOf::Named(name) => named(context, name, written),
    }
}

/// The texts that stand there, or in the list that is named.
pub(super) fn texts(context: &mut Context<'_>, written: &At<ListOf<String>>) -> Option<Vec<String>> {
    let name = match &written.value {
        ListOf::Values(values) => return Some(values.iter().map(|value| value.value.clone()).collect()),
        ListOf::Named(name) => name,
    };
    let values = named(context, name, written)?;
    let texts: Option<Vec<String>> = values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    if texts.is_none() {
        context.error(
            written.span,
            format!("the list `{}` holds values that are no texts", excerpt(name)),
            "`covers` compares texts with a pattern; put the values of that list into quotes, or use `in`",
        );
    }
    texts
}

fn named<T>(context: &mut Context<'_>, name: &str, written: &At<ListOf<T>>) -> Option<Vec<Value>> {
    let lists = &context.names.lists;
    if let Some(values) = lists.get(name) {
        return Some(values.clone());
    }
    let help = match suggest(name, lists.keys().map(String::as_str)) {
        Some(close) => format!("did you mean `{close}`?"),
        None => {
            "a list stands under `lists:` in a policy file; for one value alone write `[value]`, or `equals: value`"
                .into()
        }
    };
    context.error(written.span, format!("unknown list `{}`", excerpt(name)), help);
    None
}
