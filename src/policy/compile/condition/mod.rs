//! Conditions: exactly one subject each, with the operators that go with it.

mod about;
mod actions;
mod changed;
mod lowered;
mod matches;
mod path;
mod quantifier;
mod range;
mod related;

use about::{category_test, destruction, level_test, type_test, waiver_state};
use actions::actions_test;
use changed::changed_test;
use lowered::lowered_test;
use path::path_test;
use range::range_test;
use related::{companion, key_test, place_test, related, users_test};

use super::Context;
use crate::policy::condition::Condition;
use crate::policy::relation::Direction;
use crate::policy::schema::ConditionDoc;
use crate::policy::yaml::{At, Span};

/// Which subjects make sense where a condition stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A catalog entry: attributes only.
    Catalog,
    /// A rule over resource types: attributes and companions.
    Resource,
    /// A rule over stores.
    Store,
    /// A rule over parts of stores.
    StorePart,
    /// A rule over keys.
    Key,
    /// A property of a key: attributes and companions.
    KeyProperty,
    /// A rule over waivers.
    Waiver,
    /// Inside a node: attributes only, and paths start there.
    Node,
    /// Inside another resource that belongs to the one that the rule looks at, so many steps away: its attributes, its category,
    /// and what belongs to it.
    Related(usize),
    /// Inside a key, or a store that it protects: its attributes and its category.
    KeyOrUser,
}

const SUBJECTS: &str = "`all`, `any`, `not`, `path`, `range`, `type`, `actions`, `before`, `replaced_by_encryption`, `category`, `level`, `key`, \
                        `source`, `companion`, `configures`, `users`, `place`, `destroyed`, `untold` or `waiver`";

pub(super) fn condition(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<Condition> {
    let subjects = [
        ("all", doc.all.is_some()),
        ("any", doc.any.is_some()),
        ("not", doc.not.is_some()),
        ("path", doc.path.is_some()),
        ("range", doc.range.is_some()),
        ("type", doc.resource_type.is_some()),
        ("category", doc.category.is_some()),
        ("level", doc.level.is_some()),
        ("key", doc.key.is_some()),
        ("users", doc.users.is_some()),
        ("place", doc.place.is_some()),
        ("companion", doc.companion.is_some()),
        ("configures", doc.configures.is_some()),
        ("source", doc.source.is_some()),
        ("destroyed", doc.destroyed.is_some()),
        ("actions", doc.actions.is_some()),
        ("before", doc.before.is_some()),
        ("replaced_by_encryption", doc.replaced_by_encryption.is_some()),
        ("waiver", doc.waiver.is_some()),
        ("untold", doc.untold.is_some()),
    ];
    let named: Vec<&str> = subjects
        .iter()
        .filter(|(_, there)| *there)
        .map(|(name, _)| *name)
        .collect();
    match named.as_slice() {
        [subject] => {
            check_place(context, doc.span, subject, place);
            if doc.path.is_none() {
                reject_operators(context, doc, subject);
            }
        }
        [] => {
            context.error(
                doc.span,
                "a condition without a subject",
                format!("name one of {SUBJECTS}"),
            );
            return None;
        }
        several => {
            let list = several
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(" and ");
            context.error(
                doc.span,
                format!("a condition with several subjects: {list}"),
                "write one condition for each, in a list under `all:` or `any:`",
            );
            return None;
        }
    }
    subject(context, doc, place)
}

fn subject(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<Condition> {
    if let Some(several) = &doc.all {
        return Some(Condition::All(conditions(context, several, place)));
    }
    if let Some(several) = &doc.any {
        return Some(Condition::Any(conditions(context, several, place)));
    }
    if let Some(one) = &doc.not {
        return condition(context, one, place).map(|inner| Condition::Not(Box::new(inner)));
    }
    if let Some(range) = &doc.range {
        return range_test(context, &range.value, place).map(Condition::Range);
    }
    if let Some(types) = &doc.resource_type {
        return type_test(context, types).map(Condition::Type);
    }
    if let Some(test) = &doc.category {
        return category_test(context, test).map(Condition::Category);
    }
    if let Some(test) = &doc.level {
        return level_test(context, test).map(Condition::Level);
    }
    if let Some(test) = &doc.key {
        return key_test(context, test).map(Condition::Key);
    }
    if let Some(test) = &doc.users {
        return users_test(context, test).map(Condition::Users);
    }
    if let Some(test) = &doc.place {
        return place_test(context, test).map(Condition::Place);
    }
    if let Some(test) = &doc.companion {
        return companion(context, test, place);
    }
    if let Some(test) = &doc.configures {
        return related(context, test, test.span, Direction::Configures, place);
    }
    if let Some(inner) = &doc.source {
        let condition = condition(context, inner, Place::Node)?;
        let mut named = true;
        condition.for_each_path(&mut |path| named &= path.attributes().is_some());
        if !named {
            context.error(
                inner.span,
                "a path of `source` names no attribute at the top",
                "start with a name: the source may be the resource itself",
            );
        }
        return Some(Condition::Source(Box::new(condition)));
    }
    if let Some(actions) = &doc.actions {
        return actions_test(context, actions, place).map(Condition::Actions);
    }
    if let Some(inner) = &doc.before {
        return before(context, inner, place);
    }
    if let Some(replaced) = &doc.replaced_by_encryption {
        return Some(Condition::ReplacedByEncryption(replaced.value));
    }
    if let Some(kinds) = &doc.destroyed {
        return Some(Condition::Destroyed(kinds.iter().copied().map(destruction).collect()));
    }
    if let Some(state) = &doc.waiver {
        return Some(Condition::Waiver(waiver_state(state.value)));
    }
    if let Some(untold) = &doc.untold {
        context.not_empty("because", &untold.value.because);
        context.not_empty("settle", &untold.value.settle);
        return Some(Condition::Untold {
            because: untold.value.because.value.clone(),
            settle: untold.value.settle.value.clone(),
        });
    }
    if doc.changed.is_some() {
        return changed_test(context, doc, place).map(Condition::Changed);
    }
    if doc.lowered.is_some() || doc.order.is_some() {
        return lowered_test(context, doc, place).map(Condition::Lowered);
    }
    path_test(context, doc, place).map(Condition::Path)
}

fn conditions(context: &mut Context<'_>, several: &[At<ConditionDoc>], place: Place) -> Vec<Condition> {
    several
        .iter()
        .filter_map(|one| condition(context, one, place))
        .collect()
}

fn before(context: &mut Context<'_>, inner: &At<ConditionDoc>, place: Place) -> Option<Condition> {
    let condition = condition(context, inner, place)?;
    if condition.asks_of_the_plan() {
        context.error(
            inner.span,
            "`before` asks of the state before this plan, and nothing was done then",
            "ask what the plan does (`actions`, `changed`, `lowered`, …) beside `before`, under `all:`",
        );
        return None;
    }
    Some(Condition::Before(Box::new(condition)))
}

fn check_place(context: &mut Context<'_>, span: Span, subject: &str, place: Place) {
    let fits = match subject {
        "all" | "any" | "not" => true,
        "waiver" => place == Place::Waiver,
        _ if place == Place::Waiver => false,
        "category" | "type" => !matches!(place, Place::Node | Place::Catalog | Place::KeyProperty),
        "level" | "key" | "source" | "replaced_by_encryption" => place == Place::StorePart,
        "destroyed" | "users" | "place" => place == Place::Key,
        "actions" => !matches!(place, Place::Node | Place::Related(_) | Place::KeyOrUser),
        "before" => !matches!(
            place,
            Place::Node | Place::Catalog | Place::KeyProperty | Place::Related(_) | Place::KeyOrUser
        ),
        _ => true,
    };
    if !fits {
        let where_it_fits = match subject {
            "level" | "key" | "source" if context.of_metric => "a part of a metric with `each: store`",
            "destroyed" | "users" | "place" if context.of_metric => "a part of a metric with `each: key`",
            "destroyed" | "users" | "place" => "a rule with `each: key`",
            "waiver" => "a rule with `each: waiver`",
            _ if place == Place::Waiver => {
                "a rule about resources; of a waiver, ask `waiver: expired` or `waiver: unmatched`"
            }
            "before" | "category" | "type" => "a rule, outside `where` and `source`",
            "actions" => "a condition about the resource itself",
            _ => "a rule with `each: store-part`",
        };
        context.error(
            span,
            format!("`{subject}` cannot be asked here"),
            format!("it belongs in {where_it_fits}"),
        );
    }
}

fn operators(doc: &ConditionDoc) -> Vec<(&'static str, Span)> {
    [
        ("equals", doc.equals.as_ref().map(|at| at.span)),
        ("in", doc.one_of.as_ref().map(|at| at.span)),
        ("among", doc.among.as_ref().map(|at| at.span)),
        ("at_least", doc.at_least.as_ref().map(|at| at.span)),
        ("at_most", doc.at_most.as_ref().map(|at| at.span)),
        ("days_ahead", doc.days_ahead.as_ref().map(|at| at.span)),
        ("covers", doc.covers.as_ref().map(|at| at.span)),
        ("matches", doc.matches.as_ref().map(|at| at.span)),
        ("set", doc.set.as_ref().map(|at| at.span)),
        ("changed", doc.changed.as_ref().map(|at| at.span)),
        ("lowered", doc.lowered.as_ref().map(|at| at.span)),
        ("order", doc.order.as_ref().map(|at| at.span)),
        ("written", doc.written.as_ref().map(|at| at.span)),
        ("read_as", doc.read_as.as_ref().map(|at| at.span)),
        ("where", doc.inner.as_ref().map(|at| at.span)),
        ("unset_means", doc.unset_means.as_ref().map(|at| at.span)),
        ("unknown_means", doc.unknown_means.as_ref().map(|at| at.span)),
        ("for", doc.quantifier.as_ref().map(|at| at.span)),
        ("count", doc.count.as_ref().map(|at| at.span)),
    ]
    .into_iter()
    .filter_map(|(name, span)| Some((name, span?)))
    .collect()
}

/// What to do with `other` beside an operator that goes with hardly any.
fn alone(operator: &str, other: &str) -> String {
    match (other, operator) {
        ("for" | "count", "written") => format!("leave `{other}` out: `written` is asked of one attribute"),
        ("for" | "count", _) => {
            format!("leave `{other}` out: `{operator}` is asked of all that the path selects, taken together")
        }
        _ => "write the other test as a condition of its own, under `all:`".to_owned(),
    }
}

fn reject_operators(context: &mut Context<'_>, doc: &At<ConditionDoc>, subject: &str) {
    for (name, span) in operators(doc) {
        let span = if span.is_known() { span } else { doc.span };
        context.error(
            span,
            format!("`{name}` does not go with `{subject}`"),
            "it is an operator of `path`; operators of the others stand inside them",
        );
    }
}
