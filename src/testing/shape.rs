//! Values of a case that have another shape than the rule's paths: a block as a mapping, a path without `[*]`. Such a path
//! selects nothing, so the rule would seem to pass.

use std::collections::BTreeSet;

use serde_json::Value;

use super::case::TestFile;
use super::short;
use crate::model::path::{PathStep, Selector};
use crate::policy::Policies;
use crate::policy::condition::Condition;
use crate::policy::rule::{Rule, Subject};
use crate::policy::yaml::{At, Diagnostic, Diagnostics};

/// Checks the cases in short form against the rule that they test.
pub(super) fn check(file: &TestFile, policies: &Policies, errors: &mut Diagnostics) {
    let Some(rule) = policies.rules.iter().find(|rule| rule.id == file.rule.value) else {
        return;
    };
    let asked = asked(rule, policies);
    // A path that is wrong in the rule is said once, and not in every case.
    let mut said = BTreeSet::new();
    for case in &file.cases {
        for (address, attributes) in [&case.doc.resources, &case.doc.before, &case.doc.reported]
            .into_iter()
            .flat_map(|entries| entries.iter())
        {
            let Some(resource_type) = short::managed_type(&address.value) else {
                continue;
            };
            let asked: Vec<&Asked<'_>> = asked.iter().filter(|one| (one.takes)(&resource_type)).collect();
            for (name, value) in attributes.iter().flat_map(|entries| entries.iter()) {
                let Some((asked, misfit)) = misfit_of(&asked, rule, name, &value.value) else {
                    continue;
                };
                if misfit.is_list && !said.insert(asked.text()) {
                    continue;
                }
                errors.push(diagnostic(&file.file, name, rule, asked, &misfit));
            }
        }
    }
}

fn diagnostic(file: &str, name: &At<String>, rule: &Rule, asked: &Asked<'_>, misfit: &Misfit) -> Diagnostic {
    let Misfit { place, is_list } = misfit;
    let last = place.rsplit('.').next().unwrap_or(place);
    let path = asked.text();
    let (message, help) = match is_list {
        false => (
            format!("`{place}` is a mapping here, and the rule asks for the elements of a list: {path}"),
            format!("blocks are lists, as in plan JSON: `{last}: [{{ … }}]`"),
        ),
        true => (
            format!("`{place}` is a list here, and of a list the rule's path selects nothing: {path}"),
            format!(
                "mend it in {}: write `{last}[*]`, and `for: any` or `for: every` beside the path",
                rule.file
            ),
        ),
    };
    Diagnostic::new(file, name.span, message).with_help(help)
}

/// A path that a rule follows in resources of some types.
struct Asked<'r> {
    takes: Box<dyn Fn(&str) -> bool + 'r>,
    path: &'r crate::model::path::Path,
    /// What is asked inside each node.
    inner: Option<&'r Condition>,
}

impl Asked<'_> {
    fn text(&self) -> String {
        let inside = self.inner.and_then(first_path);
        match inside {
            Some(inside) => format!("`{}`, and inside it `{inside}`", self.path),
            None => format!("`{}`", self.path),
        }
    }
}

fn first_path(condition: &Condition) -> Option<String> {
    let mut found = None;
    condition.for_each_path(&mut |path| {
        found.get_or_insert_with(|| path.to_string());
    });
    found
}

/// Every path of a rule that starts in a resource.
fn asked<'r>(rule: &'r Rule, policies: &'r Policies) -> Vec<Asked<'r>> {
    let catalog = &policies.catalog;
    let is_store = |name: &str| catalog.stores.contains_key(name);
    let is_key = |name: &str| catalog.keys.keys().any(|(_, key)| key == name);
    let own = move |name: &str| match &rule.subject {
        Subject::Types(types) => types.takes(name),
        Subject::Stores(only) | Subject::StoreParts(only) => only.takes(name) && is_store(name),
        Subject::Keys(only) => only.takes(name) && is_key(name),
        Subject::Waivers => false,
    };
    let mut found = Vec::new();
    for condition in rule.conditions() {
        collect(condition, own, &mut found);
        related(condition, &mut found);
        condition.for_each(&mut |question| match question {
            Condition::Key(test) => test.inner.iter().for_each(|inner| collect(inner, is_key, &mut found)),
            Condition::Place(test) => test.inner.iter().for_each(|inner| collect(inner, is_key, &mut found)),
            Condition::Users(test) => test.inner.iter().for_each(|inner| collect(inner, is_store, &mut found)),
            _ => {}
        });
    }
    found
}

/// What is asked of the resources that belong to others.
fn related<'r>(condition: &'r Condition, found: &mut Vec<Asked<'r>>) {
    condition.for_each_relation(&mut |test| {
        let takes = |name: &str| test.relation.types.iter().any(|one| one == name);
        if let Some(inner) = &test.inner {
            collect(inner, takes, found);
            related(inner, found);
        }
    });
}

fn collect<'r>(condition: &'r Condition, takes: impl Fn(&str) -> bool + Copy + 'r, found: &mut Vec<Asked<'r>>) {
    condition.for_each(&mut |question| {
        let mut plain = |path| {
            found.push(Asked {
                takes: Box::new(takes),
                path,
                inner: None,
            });
        };
        let (path, inner) = match question {
            Condition::Range(test) => {
                plain(&test.from);
                plain(&test.to);
                return;
            }
            Condition::Path(test) => (&test.path, test.inner.as_deref().filter(|_| test.read_as.is_none())),
            Condition::Lowered(test) => (&test.path, None),
            Condition::Changed(test) => (&test.path, None),
            _ => return,
        };
        found.push(Asked {
            takes: Box::new(takes),
            path,
            inner,
        });
    });
}

/// The first path that an attribute does not fit. A rule over several types may ask for an attribute as each of them has it.
fn misfit_of<'a, 'r>(
    asked: &[&'a Asked<'r>],
    rule: &Rule,
    name: &str,
    value: &Value,
) -> Option<(&'a Asked<'r>, Misfit)> {
    let asked = asked
        .iter()
        .filter(|one| one.path.attributes().is_some_and(|names| names.contains(&name)));
    let mut fits = false;
    let mut first = None;
    for one in asked {
        let (_, rest) = one.path.steps().split_first()?;
        match misfit(value, rest, one.inner, name) {
            None => fits = true,
            Some(wrong) if first.is_none() => first = Some((*one, wrong)),
            Some(_) => {}
        }
    }
    let several = match &rule.subject {
        Subject::Types(types) => types.0.len() > 1 || types.patterns().next().is_some(),
        _ => true,
    };
    first.filter(|_| !(fits && several))
}

/// A place where a path does not fit.
struct Misfit {
    place: String,
    /// A list that is asked for a member; else a mapping that is asked for elements.
    is_list: bool,
}

fn misfit(value: &Value, steps: &[PathStep], inner: Option<&Condition>, place: &str) -> Option<Misfit> {
    let Some((step, rest)) = steps.split_first() else {
        return inner.and_then(|inner| misfit_inside(value, inner, place));
    };
    match step {
        PathStep::Name(name) => member(value, name, rest, inner, place),
        PathStep::Index(_) => elements(value, true, rest, inner, place),
        PathStep::Wildcard => elements(value, false, rest, inner, place),
        PathStep::Several(selectors) => selectors.iter().find_map(|selector| match selector {
            Selector::Name(name) => member(value, name, rest, inner, place),
            Selector::Index(_) | Selector::Slice(_) => elements(value, true, rest, inner, place),
            Selector::Wildcard | Selector::Filter(_) => elements(value, false, rest, inner, place),
        }),
        PathStep::Descendants(_) => None,
    }
}

/// What stands in a node is asked from there.
fn misfit_inside(value: &Value, inner: &Condition, place: &str) -> Option<Misfit> {
    let mut found = None;
    inner.for_each(&mut |question| {
        let Condition::Path(test) = question else { return };
        let further = test.inner.as_deref().filter(|_| test.read_as.is_none());
        if found.is_none() {
            found = misfit(value, test.path.steps(), further, place);
        }
    });
    found
}

fn member(value: &Value, name: &str, rest: &[PathStep], inner: Option<&Condition>, place: &str) -> Option<Misfit> {
    match value {
        Value::Object(members) => misfit(members.get(name)?, rest, inner, &format!("{place}.{name}")),
        Value::Array(_) => Some(Misfit {
            place: place.to_owned(),
            is_list: true,
        }),
        _ => None,
    }
}

fn elements(
    value: &Value,
    by_position: bool,
    rest: &[PathStep],
    inner: Option<&Condition>,
    place: &str,
) -> Option<Misfit> {
    match value {
        Value::Array(elements) => elements.iter().find_map(|one| misfit(one, rest, inner, place)),
        // A map's values are asked for as they are, or they are mappings themselves.
        Value::Object(members) if by_position || asks_members(rest, inner) && !members.values().all(is_mapping) => {
            Some(Misfit {
                place: place.to_owned(),
                is_list: false,
            })
        }
        Value::Object(members) => members
            .iter()
            .find_map(|(name, one)| misfit(one, rest, inner, &format!("{place}.{name}"))),
        _ => None,
    }
}

/// Whether the first thing that is asked of a node is a member of it.
fn asks_members(rest: &[PathStep], inner: Option<&Condition>) -> bool {
    match rest.first() {
        Some(PathStep::Name(_)) => true,
        Some(PathStep::Several(several)) => several.iter().any(|one| matches!(one, Selector::Name(_))),
        Some(_) => false,
        None => inner.is_some(),
    }
}

fn is_mapping(value: &Value) -> bool {
    match value {
        // What is unknown or not set may be one.
        Value::String(text) => text == short::UNKNOWN || text.contains("${"),
        other => other.is_object() || other.is_null(),
    }
}
