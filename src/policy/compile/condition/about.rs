//! Tests of data categories, protection levels, and keys that go away.

use super::super::Context;
use super::super::rule::type_patterns;
use super::super::tables::key_property;
use crate::policy::condition::{CategoryEvidence, CategoryTest, Destruction, LevelTest, WaiverState};
use crate::policy::level::Level;
use crate::policy::rule::Types;
use crate::policy::schema::{CategoryTestDoc, DestructionDoc, EvidenceDoc, LevelTestDoc, WaiverStateDoc};
use crate::policy::yaml::{At, WordOr, suggest};

pub(super) fn category_test(context: &mut Context<'_>, doc: &At<CategoryTestDoc>) -> Option<CategoryTest> {
    for name in doc.is.iter().flatten() {
        context.known_category(name);
    }
    let test = CategoryTest {
        is: doc
            .is
            .as_ref()
            .map(|names| names.iter().map(|name| name.value.clone()).collect()),
        sensitive: doc.sensitive,
        recommends: doc.recommends.map(key_property),
        evidence: doc.evidence.as_deref().map(evidences),
        own_evidence: doc.own_evidence.as_deref().map(evidences),
        lowered: doc.lowered,
        requirement_lowered: doc.requirement_lowered,
        conflicting: doc.conflicting,
        strict: doc.strict,
    };
    if test == CategoryTest::default() {
        context.error(
            doc.span,
            "nothing is asked of the category",
            "add `is`, `sensitive`, `recommends`, `evidence`, `own_evidence`, `lowered`, `requirement_lowered`, `conflicting` or `strict`",
        );
        return None;
    }
    Some(test)
}

pub(super) fn level_test(context: &mut Context<'_>, doc: &At<LevelTestDoc>) -> Option<LevelTest> {
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

pub(super) fn destruction(doc: DestructionDoc) -> Destruction {
    match doc {
        DestructionDoc::InUse => Destruction::InUse,
        DestructionDoc::Unused => Destruction::Unused,
        DestructionDoc::WithUsers => Destruction::WithUsers,
    }
}

pub(super) fn waiver_state(doc: WaiverStateDoc) -> WaiverState {
    match doc {
        WaiverStateDoc::Expired => WaiverState::Expired,
        WaiverStateDoc::Unmatched => WaiverState::Unmatched,
    }
}

/// The types of which a resource may be.
pub(super) fn type_test(context: &mut Context<'_>, doc: &At<WordOr<Vec<At<String>>>>) -> Option<Types> {
    let types = match &doc.value {
        WordOr::Word(one) => vec![At {
            value: one.clone(),
            span: doc.span,
        }],
        WordOr::Other(several) => several.clone(),
    };
    if types.is_empty() {
        context.error(doc.span, "`type` is empty", "name at least one resource type");
        return None;
    }
    Some(type_patterns(context, &types))
}
