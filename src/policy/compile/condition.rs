//! Conditions: exactly one subject each, with the operators that go with it.

use serde_json::Value;

use super::Context;
use crate::model::document::Format;
use crate::policy::condition::{
    CategoryEvidence, CategoryTest, CompanionTest, Condition, Destruction, KeyTest, LevelTest, LoweredTest, PathTest,
    Quantifier, Test, UsersTest,
};
use crate::policy::level::Level;
use crate::policy::schema::{
    CategoryTestDoc, ConditionDoc, DestructionDoc, EvidenceDoc, FormatDoc, KeyTestDoc, LevelTestDoc, QuantifierDoc,
    UsersTestDoc,
};
use crate::policy::yaml::{At, Span, suggest};

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
    /// Inside a node: attributes only, and paths start there.
    Node,
}

const SUBJECTS: &str = "`all`, `any`, `not`, `path`, `created`, `replaced_by_encryption`, `category`, `level`, `key`, \
                        `source`, `users` or `destroyed`";

pub(super) fn condition(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<Condition> {
    let subjects = [
        ("all", doc.all.is_some()),
        ("any", doc.any.is_some()),
        ("not", doc.not.is_some()),
        ("path", doc.path.is_some()),
        ("category", doc.category.is_some()),
        ("level", doc.level.is_some()),
        ("key", doc.key.is_some()),
        ("users", doc.users.is_some()),
        ("companion", doc.companion.is_some()),
        ("source", doc.source.is_some()),
        ("destroyed", doc.destroyed.is_some()),
        ("created", doc.created.is_some()),
        ("replaced_by_encryption", doc.replaced_by_encryption.is_some()),
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
    if let Some(id) = &doc.companion {
        return Some(Condition::Companion(CompanionTest {
            id: id.value.clone(),
            or_before: place == Place::Resource,
        }));
    }
    if let Some(inner) = &doc.source {
        return condition(context, inner, Place::Node).map(|inner| Condition::Source(Box::new(inner)));
    }
    if let Some(created) = &doc.created {
        return Some(Condition::Created(created.value));
    }
    if let Some(replaced) = &doc.replaced_by_encryption {
        return Some(Condition::ReplacedByEncryption(replaced.value));
    }
    if let Some(kinds) = &doc.destroyed {
        return Some(Condition::Destroyed(kinds.iter().copied().map(destruction).collect()));
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

fn check_place(context: &mut Context<'_>, span: Span, subject: &str, place: Place) {
    let fits = match subject {
        "category" => matches!(place, Place::Store | Place::StorePart | Place::Key),
        "level" | "key" | "source" | "replaced_by_encryption" => place == Place::StorePart,
        "destroyed" | "users" => place == Place::Key,
        "companion" => matches!(place, Place::KeyProperty | Place::Resource),
        "created" => place != Place::Node,
        _ => true,
    };
    if !fits {
        let where_it_fits = match subject {
            "category" => "a rule with `each: store`, `each: store-part` or `each: key`",
            "destroyed" | "users" => "a rule with `each: key`",
            "companion" => "a rule with `resources`, or the `properties` of a key in the catalog",
            "created" => "a condition about the resource itself",
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
        (
            "in",
            doc.one_of
                .as_ref()
                .map(|list| list.first().map_or(Span::default(), |at| at.span)),
        ),
        ("at_least", doc.at_least.as_ref().map(|at| at.span)),
        ("at_most", doc.at_most.as_ref().map(|at| at.span)),
        (
            "covers",
            doc.covers
                .as_ref()
                .map(|list| list.first().map_or(Span::default(), |at| at.span)),
        ),
        ("set", doc.set.as_ref().map(|at| at.span)),
        ("lowered", doc.lowered.as_ref().map(|at| at.span)),
        ("order", doc.order.as_ref().map(|at| at.span)),
        ("written", doc.written.as_ref().map(|at| at.span)),
        ("read_as", doc.read_as.as_ref().map(|at| at.span)),
        ("where", doc.inner.as_ref().map(|at| at.span)),
        ("unset_means", doc.unset_means.as_ref().map(|at| at.span)),
        ("nodes", doc.nodes.as_ref().map(|at| at.span)),
    ]
    .into_iter()
    .filter_map(|(name, span)| Some((name, span?)))
    .collect()
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

fn path_test(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<PathTest> {
    let path = context.path(doc.path.as_ref()?)?;
    let mut tests = Vec::new();
    tests.extend(doc.equals.as_ref().map(|value| Test::Equals(value.value.clone())));
    tests.extend(
        doc.one_of
            .as_ref()
            .map(|values| Test::In(values.iter().map(|value| value.value.clone()).collect())),
    );
    tests.extend(doc.at_least.as_ref().map(|bound| Test::AtLeast(bound.value)));
    tests.extend(doc.at_most.as_ref().map(|bound| Test::AtMost(bound.value)));
    tests.extend(
        doc.covers
            .as_ref()
            .map(|names| Test::Covers(names.iter().map(|name| name.value.clone()).collect())),
    );
    tests.extend(doc.set.as_ref().map(|set| Test::Set(set.value)));
    let inner = match &doc.inner {
        Some(inner) => Some(Box::new(condition(context, inner, Place::Node)?)),
        None => None,
    };
    if tests.is_empty() && inner.is_none() && doc.written.is_none() {
        context.error(
            doc.span,
            format!("nothing is asked of `{path}`"),
            "add `equals`, `in`, `at_least`, `at_most`, `covers`, `set`, `lowered`, `written` or `where`",
        );
        return None;
    }
    check_inner(context, doc, place, !tests.is_empty());
    Some(PathTest {
        written: doc.written.as_ref().map(|written| written.value),
        read_as: doc.read_as.as_ref().map(|format| match format.value {
            FormatDoc::Json => Format::Json,
            FormatDoc::IamPolicy => Format::IamPolicy,
        }),
        inner,
        path,
        tests,
        unset_means: doc.unset_means.as_ref().map(|value| value.value.clone()),
        nodes: match doc.nodes.as_ref().map(|nodes| nodes.value) {
            None | Some(QuantifierDoc::Every) => Quantifier::Every,
            Some(QuantifierDoc::Any) => Quantifier::Any,
        },
    })
}

/// What was lower or higher before: values with an order, of a resource's own attribute.
fn lowered_test(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<LoweredTest> {
    let path = context.path(doc.path.as_ref()?);
    let Some(lowered) = &doc.lowered else {
        let span = doc.order.as_ref().map_or(doc.span, |order| order.span);
        context.error(
            span,
            "`order` needs `lowered`",
            "add `lowered: true`: `order` lists its values, the least first",
        );
        return None;
    };
    let alone = |name: &str| ["lowered", "order", "unset_means"].contains(&name);
    let beside = operators(doc).into_iter().find(|(name, _)| !alone(name));
    if let Some((name, span)) = beside {
        let span = if span.is_known() { span } else { lowered.span };
        context.error(
            span,
            format!("`{name}` does not go with `lowered`"),
            "write the other test as a condition of its own, under `all:`",
        );
    }
    if matches!(place, Place::Catalog | Place::KeyProperty | Place::Node) {
        context.error(
            lowered.span,
            "`lowered` cannot be asked here",
            "it is asked of a resource's own attributes, in a rule and outside `where` and `source`",
        );
    }
    let order = match &doc.order {
        Some(order) => Some(steps(context, order)?),
        None => None,
    };
    Some(LoweredTest {
        path: path?,
        order,
        unset_means: doc.unset_means.as_ref().map(|value| value.value.clone()),
        lowered: lowered.value,
    })
}

/// The steps of an order; values that are worth the same stand in a list of their own.
fn steps(context: &mut Context<'_>, order: &At<Vec<At<Value>>>) -> Option<Vec<Vec<Value>>> {
    if order.value.len() < 2 {
        context.error(
            order.span,
            "an order of fewer than two values",
            "list every value that the attribute may have, the least first",
        );
        return None;
    }
    let mut steps: Vec<Vec<Value>> = Vec::new();
    for step in &order.value {
        let values = match &step.value {
            Value::Array(values) => values.clone(),
            value => vec![value.clone()],
        };
        if let Some(twice) = values
            .iter()
            .find(|value| steps.iter().flatten().any(|other| other == *value))
        {
            context.error(
                step.span,
                format!("{twice} stands in the order twice"),
                "a value has one place; those that are worth the same stand in one list",
            );
            return None;
        }
        steps.push(values);
    }
    Some(steps)
}

/// `where` asks about the parts of a node, so nothing else can be asked of the node as a whole.
fn check_inner(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place, tested: bool) {
    if let (Some(inner), true) = (&doc.inner, tested || doc.written.is_some() || doc.unset_means.is_some()) {
        context.error(
            inner.span,
            "`where` stands alone",
            "write the other test as a condition of its own, under `all:`",
        );
    }
    if let (Some(inner), None) = (&doc.inner, &doc.nodes) {
        context.error(
            inner.span,
            "`where` does not say of how many nodes",
            "add `nodes: any` or `nodes: every` (of no node at all, `every` holds)",
        );
    }
    if let (Some(format), None) = (&doc.read_as, &doc.inner) {
        context.error(
            format.span,
            "`read_as` needs `where`",
            "say under `where:` what must hold in the document",
        );
    }
    if let (Some(written), true) = (&doc.written, place == Place::Node || tested) {
        context.error(
            written.span,
            "`written` stands alone, and is asked of a resource's own arguments",
            "write it as a condition of its own, outside `where` and `source`",
        );
    }
}

fn users_test(context: &mut Context<'_>, doc: &At<UsersTestDoc>) -> Option<UsersTest> {
    if doc.sensitive_categories.is_none() {
        context.error(
            doc.span,
            "nothing is asked of the key's users",
            "add `sensitive_categories: { at_most: … }`",
        );
    }
    let bound = doc.sensitive_categories.as_ref()?;
    Some(UsersTest::SensitiveCategoriesAtMost(bound.at_most))
}

fn category_test(context: &mut Context<'_>, doc: &At<CategoryTestDoc>) -> Option<CategoryTest> {
    for name in doc.is.iter().flatten() {
        context.known_category(name);
    }
    let test = CategoryTest {
        is: doc
            .is
            .as_ref()
            .map(|names| names.iter().map(|name| name.value.clone()).collect()),
        sensitive: doc.sensitive,
        evidence: doc.evidence.as_deref().map(evidences),
        own_evidence: doc.own_evidence.as_deref().map(evidences),
        lowered: doc.lowered,
        requirement_lowered: doc.requirement_lowered,
        conflicting: doc.conflicting,
    };
    if test == CategoryTest::default() {
        context.error(
            doc.span,
            "nothing is asked of the category",
            "add `is`, `sensitive`, `evidence`, `own_evidence`, `lowered`, `requirement_lowered` or `conflicting`",
        );
        return None;
    }
    Some(test)
}

fn level_test(context: &mut Context<'_>, doc: &At<LevelTestDoc>) -> Option<LevelTest> {
    match (&doc.at_least, doc.equals, doc.lowered) {
        (None, None, Some(lowered)) => Some(LevelTest::Lowered(lowered)),
        (None, Some(level), None) => Some(LevelTest::Equals(level)),
        (Some(bound), None, None) if bound.value == "minimum" => Some(LevelTest::AtLeastMinimum),
        (Some(bound), None, None) if bound.value == "recommended" => Some(LevelTest::AtLeastRecommended),
        (Some(bound), None, None) => {
            let level = Level::ALL.into_iter().find(|level| level.word() == bound.value);
            if level.is_none() {
                let words = || {
                    Level::ALL
                        .iter()
                        .map(|level| level.word())
                        .chain(["minimum", "recommended"])
                };
                let help = suggest(&bound.value, words()).map_or_else(
                    || format!("known: {}", words().collect::<Vec<_>>().join(", ")),
                    |close| format!("did you mean `{close}`?"),
                );
                context.error(bound.span, format!("unknown level `{bound}`"), help);
            }
            level.map(LevelTest::AtLeast)
        }
        _ => {
            context.error(
                doc.span,
                "a level test asks exactly one thing",
                "write `at_least`, `equals` or `lowered`",
            );
            None
        }
    }
}

fn key_test(context: &mut Context<'_>, doc: &At<KeyTestDoc>) -> Option<KeyTest> {
    if doc.same_category.is_none() {
        context.error(doc.span, "nothing is asked of the key", "add `same_category`");
    }
    doc.same_category.map(KeyTest::SameCategory)
}

fn evidences(docs: &[EvidenceDoc]) -> Vec<CategoryEvidence> {
    docs.iter().copied().map(evidence).collect()
}

fn evidence(doc: EvidenceDoc) -> CategoryEvidence {
    match doc {
        EvidenceDoc::Explicit => CategoryEvidence::Explicit,
        EvidenceDoc::Certain => CategoryEvidence::Certain,
        EvidenceDoc::Assumed => CategoryEvidence::Assumed,
        EvidenceDoc::Inferred => CategoryEvidence::Inferred,
        EvidenceDoc::Unclassified => CategoryEvidence::Unclassified,
    }
}

fn destruction(doc: DestructionDoc) -> Destruction {
    match doc {
        DestructionDoc::InUse => Destruction::InUse,
        DestructionDoc::Unused => Destruction::Unused,
        DestructionDoc::WithUsers => Destruction::WithUsers,
    }
}
