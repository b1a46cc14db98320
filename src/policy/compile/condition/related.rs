//! Questions about other resources: companions, what a resource configures, keys, and the users of keys.

use super::super::Context;
use super::super::tables::key_property;
use super::quantifier::{how_many, quantifier};
use super::{Place, condition};
use crate::model::path::Path;
use crate::policy::condition::{CompanionTest, Condition, KeyTest, PlaceTest, Quantifier, UsersTest};
use crate::policy::relation::{Direction, Relation, RelationTest};
use crate::policy::schema::{ConditionDoc, KeyTestDoc, PlaceTestDoc, RelationDoc, UsersTestDoc};
use crate::policy::yaml::{At, Span, WordOr};

/// The most steps from the resource that a rule looks at: a security group's load balancer, and its listeners, are two.
const MAX_STEPS: usize = 3;

/// The attributes by which a resource is named where a policy does not say.
const NAMES: [&str; 3] = ["$.id", "$.arn", "$.name"];

pub(super) fn companion(context: &mut Context<'_>, doc: &At<WordOr<RelationDoc>>, place: Place) -> Option<Condition> {
    match &doc.value {
        WordOr::Word(id) => {
            match place {
                // Of waivers, that no resource can be asked for has been said.
                Place::KeyProperty | Place::Resource | Place::Waiver => {}
                Place::Node | Place::KeyOrUser | Place::Catalog => {
                    check_place(context, doc.span, Direction::Companion, place);
                }
                Place::Store | Place::StorePart | Place::Key | Place::Related(_) => context.error(
                    doc.span,
                    "a companion cannot be asked for by its id here",
                    "say which resources are meant: `companion: { type: aws_…, join: $.… }`",
                ),
            }
            Some(Condition::Companion(CompanionTest {
                id: id.clone(),
                or_before: place == Place::Resource,
            }))
        }
        WordOr::Other(relation) => related(context, relation, doc.span, Direction::Companion, place),
    }
}

pub(super) fn related(
    context: &mut Context<'_>,
    doc: &RelationDoc,
    span: Span,
    direction: Direction,
    place: Place,
) -> Option<Condition> {
    check_place(context, span, direction, place);
    let types = types(context, &doc.resource_type);
    let join = context.path(&doc.join);
    let to = doc.to.as_ref().map(|to| context.paths(to));
    if let (Some(single), Direction::Configures) = (&doc.single, direction) {
        context.error(
            single.span,
            "`single` does not go with `configures`",
            "it is about companions: whether AWS keeps one of them for each resource",
        );
    }
    let steps = match place {
        Place::Related(steps) => steps.saturating_add(1),
        _ => 1,
    };
    let inner = within(context, doc.inner.as_deref(), Place::Related(steps));
    let amount = how_many(context, doc.quantifier.as_ref(), doc.count.as_ref());
    let managed = doc.managed.as_ref().is_some_and(|managed| managed.value);
    if let (Some(quantifier), None, false) = (&doc.quantifier, &doc.inner, managed) {
        context.error(
            quantifier.span,
            "`for` says nothing without `where`",
            "leave it out to ask whether there is one, or say under `where:` what must hold in it",
        );
    }
    let to_default = to.is_none();
    let to = to.unwrap_or_else(|| NAMES.into_iter().filter_map(|name| Path::parse(name).ok()).collect());
    if let (Some(managed), Direction::Companion) = (&doc.managed, direction) {
        context.error(
            managed.span,
            "`managed` does not go with `companion`",
            "leave it out: all companions are in the plan",
        );
    }
    let (types, join, single) = (types?, join?, doc.single.as_ref().is_some_and(|single| single.value));
    let names: Vec<String> = to.iter().map(ToString::to_string).collect();
    let id = format!(
        "{} {} {join} {} {to_default} {} {single}",
        direction.word(),
        types.join(","),
        names.join(","),
        doc.unique
    );
    Some(Condition::Related(Box::new(RelationTest {
        relation: Relation {
            id,
            direction,
            types,
            join,
            to,
            to_default,
            unique: doc.unique,
            single,
            managed,
        },
        inner: inner?.map(|inner| *inner),
        amount: amount?.unwrap_or(Quantifier::Any),
    })))
}

fn check_place(context: &mut Context<'_>, span: Span, direction: Direction, place: Place) {
    let word = direction.word();
    match place {
        Place::Resource | Place::Store | Place::StorePart | Place::Key | Place::Waiver => {}
        Place::Related(steps) if steps < MAX_STEPS => {}
        Place::Related(_) => context.error(
            span,
            format!("`{word}` is a step too far"),
            format!(
                "planseal goes {MAX_STEPS} steps from the resource that the rule looks at, so write a rule that looks at one \
                 in the middle"
            ),
        ),
        Place::KeyOrUser => context.error(
            span,
            format!("`{word}` inside `where` of a key or of its users"),
            "what belongs to those is not asked for here: write a rule that looks at them",
        ),
        Place::Node => context.error(
            span,
            format!("`{word}` cannot be asked here"),
            "it is about the whole resource: write it beside this condition, under `all:`",
        ),
        Place::Catalog | Place::KeyProperty => context.error(
            span,
            format!("`{word}` cannot be asked here"),
            "in the catalog, list the companion under `companions:` of the entry and ask for it by its id",
        ),
    }
}

/// The types of the other resources.
fn types(context: &mut Context<'_>, doc: &At<WordOr<Vec<At<String>>>>) -> Option<Vec<String>> {
    let types: Vec<(String, Span)> = match &doc.value {
        WordOr::Word(one) => vec![(one.clone(), doc.span)],
        WordOr::Other(several) => several.iter().map(|one| (one.value.clone(), one.span)).collect(),
    };
    if types.is_empty() {
        context.error(doc.span, "`type` is empty", "name at least one resource type");
        return None;
    }
    for (name, span) in &types {
        if let Some(data) = name.strip_prefix("data.") {
            context.error(
                *span,
                format!("`{name}` is a data source"),
                format!("name a resource type that the plan manages: `{data}`"),
            );
        } else if !is_type(name) {
            context.error(
                *span,
                format!("`{name}` is not a resource type"),
                "write it as Terraform does: `aws_s3_bucket_policy`",
            );
        }
    }
    Some(types.into_iter().map(|(name, _)| name).collect())
}

/// `aws_lb`: the provider's name, and what it is.
fn is_type(name: &str) -> bool {
    let mut words = name.split('_');
    let letters = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    words
        .next()
        .is_some_and(|provider| letters(provider) && !provider.starts_with(|c: char| c.is_ascii_digit()))
        && name.contains('_')
        && words.all(letters)
}

/// What must hold in another resource: `Some(None)` where nothing is asked.
fn within(context: &mut Context<'_>, doc: Option<&At<ConditionDoc>>, place: Place) -> Option<Option<Box<Condition>>> {
    match doc {
        None => Some(None),
        Some(inner) => Some(Some(Box::new(condition(context, inner, place)?))),
    }
}

pub(super) fn key_test(context: &mut Context<'_>, doc: &At<KeyTestDoc>) -> Option<KeyTest> {
    let has: Vec<_> = doc
        .has
        .iter()
        .flat_map(|has| &has.value)
        .copied()
        .map(key_property)
        .collect();
    if let Some(empty) = doc.has.as_ref().filter(|has| has.value.is_empty()) {
        context.error(
            empty.span,
            "`has` is empty",
            "name at least one of `key-policy`, `byok`, `hsm`",
        );
    } else if [doc.same_category, doc.in_its_place, doc.in_plan] == [None; 3] && has.is_empty() && doc.inner.is_none() {
        context.error(
            doc.span,
            "nothing is asked of the key",
            "add `same_category`, `in_its_place`, `in_plan`, `has` or `where`",
        );
    }
    let inner = within(context, doc.inner.as_deref(), Place::KeyOrUser)?;
    Some(KeyTest {
        same_category: doc.same_category,
        in_its_place: doc.in_its_place,
        in_plan: doc.in_plan,
        has,
        inner,
        keys: doc
            .quantifier
            .as_ref()
            .map_or(Quantifier::Every, |one| quantifier(one.value)),
    })
}

pub(super) fn users_test(context: &mut Context<'_>, doc: &At<UsersTestDoc>) -> Option<UsersTest> {
    let inner = within(context, doc.inner.as_deref(), Place::KeyOrUser);
    let amount = how_many(context, doc.quantifier.as_ref(), doc.count.as_ref());
    match (&doc.inner, &doc.quantifier, &doc.count) {
        (Some(inner), None, None) => context.error(
            inner.span,
            "`where` does not say of how many stores",
            "add `for: any`, `for: every` (of no store at all, `every` holds) or `count: { at_most: … }`",
        ),
        (None, Some(quantifier), None) => context.error(
            quantifier.span,
            "`for` says nothing without `where`",
            "say under `where:` what must hold in the stores",
        ),
        (None, None, None) if doc.sensitive_categories.is_none() && doc.recommend.is_none() => context.error(
            doc.span,
            "nothing is asked of the key's users",
            "add `where` with `for`, `count: { at_most: … }`, `sensitive_categories: { at_most: … }` or `recommend`",
        ),
        _ => {}
    }
    Some(UsersTest {
        sensitive_categories_at_most: doc.sensitive_categories.as_ref().map(|bound| bound.at_most),
        recommend: doc.recommend.map(key_property),
        amount: amount?,
        inner: inner?,
    })
}

pub(super) fn place_test(context: &mut Context<'_>, doc: &At<PlaceTestDoc>) -> Option<PlaceTest> {
    let inner = within(context, doc.inner.as_deref(), Place::KeyOrUser);
    let amount = how_many(context, None, doc.count.as_ref());
    match (&doc.inner, &doc.count) {
        (Some(inner), None) => context.error(
            inner.span,
            "`where` does not say of how many keys",
            "add `count: { at_most: 1 }`: how many keys that pass it may stand in one place",
        ),
        (None, None) if doc.known.is_none() => context.error(
            doc.span,
            "nothing is asked of the key's place",
            "add `known` or `count: { at_most: … }`",
        ),
        _ => {}
    }
    Some(PlaceTest {
        known: doc.known,
        amount: amount?,
        inner: inner?,
    })
}
