//! What stands where a rule asked, in words.

use std::collections::BTreeSet;

use crate::eval::category::{CategoryFound, Effective};
use crate::eval::examine::{Asked, Judged};
use crate::eval::key::KeyRef;
use crate::eval::level::PartAssessment;
use crate::eval::reading::Reading;
use crate::eval::tri::Tri;
use crate::eval::usage::Users;
use crate::eval::{Facts, Opinion, words};
use crate::model::value::State;
use crate::model::{ResourceId, Side};
use crate::policy::category::KeyProperty;
use crate::policy::condition::{CategoryTest, Condition, Destruction, KeyTest, LevelTest, UsersTest};
use crate::policy::relation::{Direction, RelationTest};
use crate::report::escape::cut_middle;

/// Readings, or resources, that a line lists.
const MOST: usize = 4;
/// The most characters of a value.
const VALUE_WIDTH: usize = 80;

/// What the words are about.
pub(super) struct About<'a> {
    pub(super) facts: &'a Facts<'a>,
    pub(super) users: &'a Users,
    pub(super) opinion: &'a Opinion<'a>,
}

impl About<'_> {
    /// The side that the words are about.
    fn judged(&self) -> &Judged {
        self.opinion.side()
    }

    fn address(&self, id: ResourceId) -> String {
        format!("`{}`", words::address(self.facts.model, id))
    }

    /// Some resources, by address.
    fn addresses(&self, ids: &BTreeSet<ResourceId>) -> String {
        listed(ids.iter().map(|id| self.address(*id)).collect(), ", ")
    }

    /// Whether the resource stood before this plan.
    fn stood(&self) -> bool {
        let resource = self.facts.model.resource(self.opinion.resource());
        resource.values(Side::Before).is_some()
    }
}

/// The first of several, and how many more there are.
fn listed(mut all: Vec<String>, between: &str) -> String {
    let more = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    all.join(between)
}

/// What stands where a question was asked.
pub(super) fn found(about: &About<'_>, question: &Condition, asked: &Asked) -> String {
    let judged = about.judged();
    match question {
        Condition::Category(test) => category(judged.category.as_deref(), test),
        Condition::Level(test) => level(about, *test),
        Condition::Type(_) => {
            let resource = about.facts.model.resource(about.opinion.resource());
            format!("its type is `{}`", resource.resource_type)
        }
        Condition::Key(test) => with_readings(about, key(about, test), &asked.readings),
        Condition::Place(_) => place(about),
        Condition::Users(test) => with_readings(about, users(about, test), &asked.readings),
        Condition::Related(test) => related(about, test, asked),
        Condition::Destroyed(_) => match judged.destruction {
            None => "this plan neither destroys nor disables the key".into(),
            Some(Destruction::Unused) => "no store of this plan uses the key".into(),
            Some(Destruction::InUse) => "a store that stays uses the key".into(),
            Some(Destruction::WithUsers) => "every store that used the key is destroyed too".into(),
        },
        Condition::Companion(test) => match asked.answer {
            Tri::True => format!("a companion `{}` configures it", test.id),
            Tri::False => format!("no companion `{}` configures it", test.id),
            Tri::Unknown(_) => format!("a companion `{}` may configure it", test.id),
        },
        Condition::ReplacedByEncryption(_) => match judged.forced_by.as_slice() {
            [] => "no change of its encryption replaces it".into(),
            paths => format!("a change of {} replaces it", paths.join(", ")),
        },
        Condition::Actions(_) => {
            let resource = about.facts.model.resource(about.opinion.resource());
            format!(
                "what this plan does to it is `{}`",
                resource.action_words().join("` and `")
            )
        }
        Condition::Untold { because, .. } => because.clone(),
        Condition::Before(_) if !about.stood() => "it did not stand before this plan".into(),
        Condition::Before(inner) => before(about, inner, asked),
        Condition::Changed(_) if !about.stood() => "it did not stand before this plan".into(),
        Condition::Changed(test) if asked.readings.is_empty() => {
            format!("this plan does not change `{}`", test.path)
        }
        Condition::Lowered(test) if asked.readings.is_empty() => {
            format!("this plan does not lower `{}`", test.path)
        }
        Condition::Path(test) if selects_nothing(&asked.readings) => format!("nothing stands at `{}`", test.path),
        Condition::Source(_) if asked.readings.is_empty() => "nothing that is written decides its level".into(),
        _ => readings(about, &asked.readings),
    }
}

fn with_readings(about: &About<'_>, text: String, all: &[Reading]) -> String {
    match all.is_empty() {
        true => text,
        false => format!("{text}; {}", readings(about, all)),
    }
}

/// Whether a path selects nothing: then at most the place is named where something could stand.
fn selects_nothing(readings: &[Reading]) -> bool {
    let open = |one: &Reading| one.state == State::Absent && one.location.to_string().contains("[*]");
    readings.iter().all(open)
}

/// What stood before this plan.
fn before(about: &About<'_>, inner: &Condition, asked: &Asked) -> String {
    let before = &about.opinion.before;
    match inner {
        Condition::Category(test) => match category(before.category.as_deref(), test) {
            found if found.is_empty() => found,
            found => format!(
                "before this plan, {}",
                found.replacen("its category is", "its category was", 1)
            ),
        },
        Condition::Level(_) => match &before.part {
            Some(part) => format!("its level was `{}`", levels(part)),
            None => String::new(),
        },
        Condition::Path(test) if selects_nothing(&asked.readings) => {
            format!("nothing stood at `{}` before this plan", test.path)
        }
        _ => readings(about, &asked.readings),
    }
}

fn category(effective: Option<&Effective>, test: &CategoryTest) -> String {
    let Some(effective) = effective else {
        return String::new();
    };
    let is = match &effective.found {
        CategoryFound::Known(known) if known.evidence_word() == known.from => {
            format!("it is unclassified, and judged as `{}`", known.id)
        }
        CategoryFound::Known(known) => format!(
            "its category is `{}` ({}, {})",
            known.id,
            known.evidence_word(),
            known.from
        ),
        CategoryFound::Unknown(doubt) => format!("its category cannot be told: {}", doubt.because),
    };
    match (&effective.explicit_before, test.lowered) {
        (Some(before), Some(_)) => format!("{is}; before this plan, `{before}` was said"),
        _ => is,
    }
}

/// The levels that a part may have.
pub(super) fn levels(part: &PartAssessment) -> String {
    let levels: Vec<&str> = part.levels().iter().map(|level| level.word()).collect();
    match levels.is_empty() {
        true => "not there".to_owned(),
        false => levels.join(" or "),
    }
}

fn level(about: &About<'_>, test: LevelTest) -> String {
    let judged = about.judged();
    let Some(part) = &judged.part else { return String::new() };
    let is = levels(part);
    let known = judged.category.as_ref().and_then(|one| match &one.found {
        CategoryFound::Known(known) => about.facts.policies.categories.by_id.get_key_value(&known.id),
        CategoryFound::Unknown(_) => None,
    });
    match (test, known) {
        (LevelTest::AtLeastMinimum, Some((id, entry))) => {
            format!(
                "its level is `{is}`, and `{id}` needs at least `{}`",
                entry.minimum.word()
            )
        }
        (LevelTest::AtLeastRecommended, Some((id, entry))) => {
            let recommended: Vec<String> = entry.recommended.iter().map(|one| format!("`{one}`")).collect();
            format!(
                "its level is `{is}`, and for `{id}` {} is recommended",
                recommended.join(" or ")
            )
        }
        (LevelTest::Lowered(_), _) => match about.opinion.before.part.as_deref().map(levels) {
            Some(was) if about.stood() && was != is => format!("its level was `{was}`, and is `{is}` after this plan"),
            Some(_) if about.stood() => format!("its level stays `{is}`"),
            _ => format!("its level is `{is}`, and it did not stand before this plan"),
        },
        _ => format!("its level is `{is}`"),
    }
}

/// The keys of the part, with what is asked of them.
fn key(about: &About<'_>, test: &KeyTest) -> String {
    let mut keys: Vec<String> = Vec::new();
    let mut own = false;
    let part = about.judged().part.as_deref();
    let outcomes = part.into_iter().flat_map(PartAssessment::outcomes);
    for key in outcomes.filter_map(|way| way.key.as_ref()).map(|one| &one.key) {
        own |= !matches!(key, KeyRef::AwsManaged | KeyRef::Unset);
        let has = test.has.iter().filter_map(|property| has(about, key, *property));
        let has: Vec<String> = has.collect();
        let what = about.facts.candidate(key).what;
        let one = match has.is_empty() {
            true => what,
            false => format!("{what} ({})", has.join(", ")),
        };
        if !keys.contains(&one) {
            keys.push(one);
        }
    }
    match own {
        true => format!("its key: {}", keys.join(" or ")),
        false => "no customer managed key protects it".into(),
    }
}

/// Whether a key has a property: "hsm: no". Nothing of what is no customer managed key.
fn has(about: &About<'_>, key: &KeyRef, property: KeyProperty) -> Option<String> {
    let answer = match key {
        KeyRef::Managed(id) => Some(about.facts.key_property(*id, property, Side::After)),
        KeyRef::External(external) => about.facts.known_key_property(external, property),
        KeyRef::AwsManaged | KeyRef::Unset => return None,
        KeyRef::Unknown(_) => None,
    };
    let word = match answer {
        Some(Tri::True) => "yes",
        Some(Tri::False) => "no",
        Some(Tri::Unknown(_)) | None => "cannot be told",
    };
    Some(format!("{}: {word}", property.word()))
}

/// Where a key stands in the hierarchy.
fn place(about: &About<'_>) -> String {
    format!("it is for: {}", words::standing(about.facts, about.opinion.resource()))
}

/// The stores that a key protects, as far as is asked.
fn users(about: &About<'_>, test: &UsersTest) -> String {
    let judged = about.judged();
    let mut parts = Vec::new();
    if test.sensitive_categories_at_most.is_some() {
        parts.push(match judged.shared_by {
            0 => "no store of a sensitive category uses it".into(),
            1 => "its stores hold one sensitive category".into(),
            several => format!("its stores hold {several} sensitive categories"),
        });
    }
    if test.amount.is_some() || test.recommend.is_some() {
        let users = about.users.of(&about.opinion.target.key_id(about.users), Side::After);
        let certain: BTreeSet<ResourceId> = users.iter().filter(|one| one.certain).map(|one| one.store).collect();
        let perhaps: BTreeSet<ResourceId> = users.iter().filter(|one| !one.certain).map(|one| one.store).collect();
        parts.push(match certain.is_empty() {
            true if perhaps.is_empty() => "it protects no store of this plan".into(),
            true => "it protects no store for certain".into(),
            false => format!("it protects {}", about.addresses(&certain)),
        });
        if !perhaps.is_empty() {
            parts.push(format!("perhaps also {}", about.addresses(&perhaps)));
        }
    }
    parts.join("; ")
}

/// Other resources that belong to it, with what was looked at in them.
fn related(about: &About<'_>, test: &RelationTest, asked: &Asked) -> String {
    let relation = &test.relation;
    let id = about.opinion.resource();
    let Some(all) = about.facts.belonging(id, relation, Side::After) else {
        return "it stands in for a store that is not in this plan".into();
    };
    let types: Vec<String> = relation.types.iter().map(|one| format!("`{one}`")).collect();
    let types = types.join(" or ");
    let mut parts = Vec::new();
    match (relation.direction, all.certain.is_empty()) {
        (Direction::Companion, false) => parts.push(format!("configured by {}", about.addresses(&all.certain))),
        (Direction::Configures, false) => parts.push(format!("it names {}", about.addresses(&all.certain))),
        (Direction::Companion, true) if all.perhaps.is_empty() => parts.push(format!("no {types} configures it")),
        (Direction::Configures, true) if all.perhaps.is_empty() && !all.outside && !all.hidden => {
            parts.push(format!("it names no {types}"));
        }
        (_, true) => {}
    }
    if !all.perhaps.is_empty() {
        parts.push(format!(
            "perhaps {}: the plan does not tell",
            about.addresses(&all.perhaps)
        ));
    }
    if all.outside {
        parts.push(format!("`{}` names something outside this plan", relation.join));
    }
    if all.hidden {
        parts.push(format!("the plan does not tell what `{}` names", relation.join));
    }
    // Who names whom has been said.
    let join = relation.join.to_string();
    let inside: Vec<Reading> = asked
        .readings
        .iter()
        .filter(|one| one.location.to_string() != join)
        .cloned()
        .collect();
    with_readings(about, parts.join("; "), &inside)
}

/// What was read: "`$.storage_encrypted` is `true`".
fn readings(about: &About<'_>, all: &[Reading]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for one in all {
        let of = match one.resource == about.opinion.resource() {
            true => String::new(),
            false => format!(" of {}", about.address(one.resource)),
        };
        let here = |other: &&Reading| other.resource == one.resource && other.location == one.location;
        let was = all.iter().filter(here).find(|other| other.side == Side::Before);
        let is = all.iter().filter(here).find(|other| other.side == Side::After);
        let state = match (was, is) {
            (Some(was), Some(is)) => format!("was {}, and is {} after this plan", state(was), state(is)),
            (Some(was), None) => format!("was {} before this plan", state(was)),
            _ => format!("is {}", state(one)),
        };
        let part = format!("`{}`{of} {state}", one.location);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    listed(parts, ", ")
}

fn state(reading: &Reading) -> String {
    match &reading.state {
        State::Absent => "not set".into(),
        State::Known(_) if reading.sensitive => "a sensitive value".into(),
        State::Known(_) if reading.withheld => "set".into(),
        State::Known(value) => format!("`{}`", cut_middle(&value.to_string(), VALUE_WIDTH)),
        State::Unknown => match reading.candidates.as_slice() {
            [] => "known only after apply".into(),
            [one] => format!("known only after apply ({})", one.what),
            several => {
                let what: Vec<&str> = several.iter().map(|one| one.what.as_str()).collect();
                format!("known only after apply (one of: {})", what.join("; "))
            }
        },
    }
}
