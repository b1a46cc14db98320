//! Which key protects what, where the plans change it.

use super::inline::{Line, Own};
use super::{Entry, Item, Lead, Section, View};
use crate::report::escape::Untrusted;
use crate::report::mermaid;
use crate::report::v1::{ProtectedStore, ProtectingKey, Report};

/// The hierarchy as a picture, and in words for where no picture can be. A terminal gets the words where everything is asked for.
pub(super) fn section(report: &Report, view: View) -> Section {
    let items = match (mermaid::diagram(report), view) {
        (Some(diagram), View::Page) => vec![Item::Picture {
            diagram: Untrusted::cut(&diagram, usize::MAX),
            words: entries(report, view),
        }],
        (Some(_), View::Verbose) => entries(report, view).into_iter().map(Item::Entry).collect(),
        (Some(_) | None, _) => Vec::new(),
    };
    Section {
        name: "picture of the keys",
        title: Some("Which key protects what".into()),
        items,
    }
}

fn entries(report: &Report, view: View) -> Vec<Entry> {
    let several = report.plans.len() > 1;
    let keys = report.hierarchy.keys.iter();
    keys.map(|key| entry(key, several, view)).collect()
}

fn entry(key: &ProtectingKey, name_plan: bool, view: View) -> Entry {
    let name = view.code(&key.name);
    let name = match name_plan {
        true => view.code(&key.plan) + " · " + name,
        false => name,
    };
    let category = key.category.as_ref();
    let stores = key.stores.iter().map(|one| store(one, view));
    let stores = match key.stores.is_empty() {
        true => Line::from("none of these plans"),
        false => view.first(stores, view.items(), ", ", ", "),
    };
    Entry {
        lead: (!key.violates.is_empty()).then(|| Lead::Notice(Own::from("wrong"))),
        about: Some(name),
        text: category.map(|category| view.plain(&category.id)).unwrap_or_default(),
        details: vec![(Some("stores"), stores)],
        source: key.violates.iter().map(|rule| view.code(rule)).collect(),
    }
}

fn store(store: &ProtectedStore, view: View) -> Line {
    let address = view.code(&store.address);
    let category = store.category.as_ref();
    let told = category.map(|category| Line::from(" (") + view.plain(&category.id) + ")");
    let told = address + told.unwrap_or_default();
    let told = match (store.certain, store.leaves()) {
        (_, true) => told + " no more",
        (false, false) => told + " perhaps",
        (true, false) => told,
    };
    match store.violates.is_empty() {
        true => told,
        false => {
            let rules = view.names(store.violates.iter().map(String::as_str));
            told + " " + (Line::from("breaks ") + rules).strong()
        }
    }
}
