//! Keys outside the plans.

use std::collections::BTreeMap;

use super::super::Context;
use super::super::tables::key_property;
use crate::policy::known::{Home, KeyArn, KnownKey, KnownKeys, NotAName, check_alias};
use crate::policy::schema::KnownKeyDoc;
use crate::policy::yaml::{At, Span};

pub(super) fn known_keys(context: &mut Context<'_>, entries: Vec<At<KnownKeyDoc>>) -> KnownKeys {
    let mut known_keys = KnownKeys::default();
    let mut seen = Seen::default();
    for entry in entries {
        if let Some(key) = known_key(context, entry, &mut seen) {
            known_keys.add(key);
        }
    }
    known_keys
}

/// The names of the entries so far, with the place of each entry.
#[derive(Default)]
struct Seen {
    names: BTreeMap<String, Span>,
    /// Aliases as they are written, and whether an ARN beside them says which account and Region they are in.
    aliases: BTreeMap<String, (Span, bool)>,
}

fn known_key(context: &mut Context<'_>, entry: At<KnownKeyDoc>, seen: &mut Seen) -> Option<KnownKey> {
    let span = entry.span;
    let doc = entry.value;
    if let Some(category) = &doc.category {
        context.known_category(category);
    }
    if doc.arn.is_none() && doc.aliases.is_empty() {
        context.absent(
            span,
            "this key has no name",
            "give its `arn`, or (for a key that each account has under the same name) its `aliases`",
        );
    }
    let arn = doc.arn.as_ref().and_then(|arn| named(context, arn, KeyArn::parse));
    let home = arn.as_ref().map(|arn| &arn.home);
    let mut names = Names::new(context, seen, span);
    if let (Some(arn), Some(written)) = (&arn, &doc.arn) {
        let new = names.add(&written.value, written.span);
        if let Some(id) = arn.unique_id().filter(|_| new) {
            names.add(id, written.span);
        }
        if arn.resource.starts_with("alias/") {
            names.alias(&arn.resource, written.span, true);
        }
    }
    for alias in &doc.aliases {
        if named(names.context, alias, check_alias).is_none() {
            continue;
        }
        // What an ARN that is wrong would have said is not known.
        if doc.arn.is_none() || home.is_some() {
            names.alias(alias, alias.span, home.is_some());
            names.add(&whole(home, alias), alias.span);
        }
    }
    let names = names.found;
    Some(KnownKey {
        name: names.first()?.as_str().into(),
        names,
        category: doc.category.map(|category| category.value),
        properties: doc
            .properties
            .map(|properties| properties.into_iter().map(key_property).collect()),
    })
}

/// An alias's name in the account and Region that its key is in.
fn whole(home: Option<&Home>, alias: &str) -> String {
    home.map_or_else(|| alias.to_owned(), |home| home.arn_of(alias))
}

/// What a text names; reports what is wrong with it.
fn named<T>(context: &mut Context<'_>, text: &At<String>, parse: impl Fn(&str) -> Result<T, NotAName>) -> Option<T> {
    parse(&text.value)
        .map_err(|wrong| context.error(text.span, wrong.message, wrong.help))
        .ok()
}

/// The names of one entry.
struct Names<'c, 'a> {
    context: &'c mut Context<'a>,
    seen: &'c mut Seen,
    entry: Span,
    found: Vec<String>,
}

impl<'c, 'a> Names<'c, 'a> {
    fn new(context: &'c mut Context<'a>, seen: &'c mut Seen, entry: Span) -> Self {
        Self {
            context,
            seen,
            entry,
            found: Vec::new(),
        }
    }

    /// A name can stand for one key only; written twice in one entry, it is no harm. Whether it is new.
    fn add(&mut self, name: &str, span: Span) -> bool {
        match self.seen.names.get(name).copied() {
            Some(entry) if entry != self.entry => self.twice(span, entry),
            Some(_) => {}
            None => {
                self.seen.names.insert(name.to_owned(), self.entry);
                self.found.push(name.to_owned());
                return true;
            }
        }
        false
    }

    /// An alias that means one key wherever it stands means no other one anywhere.
    fn alias(&mut self, name: &str, span: Span, placed: bool) {
        match self.seen.aliases.get(name).copied() {
            Some((entry, other)) if entry != self.entry && placed != other => self.twice(span, entry),
            Some(_) => {}
            None => {
                self.seen.aliases.insert(name.to_owned(), (self.entry, placed));
            }
        }
    }

    fn twice(&mut self, span: Span, entry: Span) {
        self.context.error(
            span,
            format!("this names the key in line {} already", entry.line),
            "write all names of one key into one entry, and a name of another key whole, as an ARN",
        );
    }
}
