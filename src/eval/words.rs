//! The words of findings: placeholders filled in, doubts said.

use serde_json::Value;

use super::category::{CategoryFound, Known};
use super::condition::planned;
use super::facts::Facts;
use super::hierarchy::Spot;
use super::judge::{Judged, Target};
use super::key::KeyRef;
use super::reading::{Reading, Weight};
use super::replacement;
use super::tri::{Doubt, Tri};
use super::usage::Users;
use crate::model::value::State;
use crate::model::{Model, ResourceId, Side};
use crate::policy::condition::{CategoryEvidence, Condition, LevelTest, Planned};
use crate::policy::level::Level;
use crate::policy::rule::{Rule, Subject};

/// Places in documents that a message lists.
const MAX_PLACES: usize = 5;
/// A longer value does not fit into a sentence.
const MAX_VALUE: usize = 120;

/// A resource's address; a deposed object says so.
pub fn address(model: &Model<'_>, id: ResourceId) -> String {
    let resource = model.resource(id);
    match &resource.deposed {
        Some(deposed) => format!("{} (deposed object {deposed})", resource.address),
        None => resource.address.clone(),
    }
}

/// The values of a rule's placeholders.
pub struct Values {
    pairs: Vec<(&'static str, String)>,
}

impl Values {
    /// For one target.
    pub fn new(facts: &Facts<'_>, rule: &Rule, target: Target<'_>, judged: &Judged, users: &Users) -> Self {
        let resource = facts.model.resource(target.id);
        let part = target.part();
        let category = judged.category.as_ref();
        let known = category.and_then(|category| match &category.found {
            CategoryFound::Known(known) => Some(known),
            CategoryFound::Unknown(_) => None,
        });
        let outcome = weakest(judged);
        let mut values = Self {
            pairs: vec![
                ("action", action(facts, target.id, judged)),
                ("address", subject(facts, target, users)),
                ("type", resource.resource_type.to_string()),
                ("name", resource.name.to_string()),
                ("what", what(target)),
                ("part", part.map(|part| part.title.clone()).unwrap_or_default()),
                (
                    "category",
                    known.map(|known| known.id.clone()).unwrap_or_else(|| "any".into()),
                ),
                (
                    "category_before",
                    category.and_then(|one| one.explicit_before.clone()).unwrap_or_default(),
                ),
                (
                    "category_from",
                    known
                        .map(category_from)
                        .unwrap_or_else(|| "which one it is cannot be told".into()),
                ),
                ("level", judged.part.as_deref().map(level_words).unwrap_or_default()),
                (
                    "required",
                    required(facts, rule, judged)
                        .or_else(|| deciding(judged)?.asked.clone())
                        .unwrap_or_else(|| "what the rule asks for".into()),
                ),
                ("because", outcome.map(|(because, _)| because).unwrap_or_default()),
                ("where", places(judged)),
                ("recommended_key", recommended_key(facts, target, known)),
                ("value", value(judged)),
                ("key", outcome_key(facts, judged)),
                ("lowered", lowered(facts, target, judged)),
                ("forced_by", replacement::listed(&judged.forced_by)),
                ("lost", target.store.map(replacement::lost).unwrap_or_default().into()),
                ("keep", target.store.map(replacement::keep).unwrap_or_default().into()),
            ],
        };
        // Nothing is lost where nothing stands yet, or where this plan replaces it anyway.
        let stays = resource.lives(Side::Before) && resource.lives(Side::After) && !resource.replaced();
        let fix = part
            .map(|part| part.fix.fill(|name| values.get(name)))
            .unwrap_or_default();
        let fix = match target.store.zip(part) {
            Some((store, part)) if stays => replacement::before_fixing(store, part) + &fix,
            _ => fix,
        };
        let recommended = recommended_fix(facts, judged).unwrap_or_else(|| fix.clone());
        values.pairs.push(("fix", fix.trim_end().to_owned()));
        values
            .pairs
            .push(("recommended_fix", recommended.trim_end().to_owned()));
        values
    }

    /// For a list of resources.
    pub fn list(facts: &Facts<'_>, rule: &Rule, ids: impl Iterator<Item = ResourceId>) -> Self {
        let addresses: Vec<String> = ids.map(|id| address(facts.model, id)).collect();
        let noun = match rule.subject {
            Subject::Keys(_) => "key",
            _ => "store",
        };
        let count = match addresses.len() {
            1 => format!("1 {noun}"),
            several => format!("{several} {noun}s"),
        };
        Self {
            pairs: vec![
                ("what", count),
                ("category", facts.policies.categories.unclassified.clone()),
                ("address", addresses.first().cloned().unwrap_or_default()),
            ],
        }
    }

    /// The value of a placeholder.
    pub fn get(&self, name: &str) -> String {
        self.pairs
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    }
}

/// What a finding is about: a resource's address, or the name of a key outside the plan.
fn subject(facts: &Facts<'_>, target: Target<'_>, users: &Users) -> String {
    match target.outside.and_then(|position| users.outside.get(position)) {
        Some(key) if key.sensitive => "a key outside this plan".into(),
        Some(key) => key.name.to_string(),
        None => address(facts.model, target.id),
    }
}

/// What the plan does to a resource, as a verb.
fn action(facts: &Facts<'_>, id: ResourceId, judged: &Judged) -> String {
    let resource = facts.model.resource(id);
    match planned(resource) {
        Some(Planned::Replace) => "replaces",
        Some(Planned::Delete) => "deletes",
        _ if judged.destruction.is_some() => "disables",
        Some(Planned::Create) => "creates",
        Some(Planned::Forget) => "stops managing",
        Some(Planned::NoOp) => "keeps",
        Some(Planned::Update) | None => "changes",
    }
    .into()
}

fn what(target: Target<'_>) -> String {
    match (target.store, target.key) {
        (Some(store), _) => store.title.clone(),
        (None, Some(key)) => key.title.clone(),
        (None, None) => String::new(),
    }
}

/// How a category was found, as a clause.
fn category_from(known: &Known) -> String {
    match known.evidence {
        CategoryEvidence::Explicit => format!("by {}", known.from),
        CategoryEvidence::Certain => "by its type".into(),
        CategoryEvidence::Assumed => "assumed from its type".into(),
        CategoryEvidence::Inferred => format!("inferred from {}", known.from),
        CategoryEvidence::Unclassified => "unclassified".into(),
    }
}

/// Where something was found; of many places, the first say enough. Outside documents, it is the attribute.
fn places(judged: &Judged) -> String {
    let found = &judged.found_in;
    if found.is_empty() {
        return attribute(judged);
    }
    let (first, more) = found.split_at(found.len().min(MAX_PLACES));
    let mut words = first.to_vec();
    if !more.is_empty() {
        words.push(format!("{} more", more.len()));
    }
    words.join(" and ")
}

/// The attribute that breaks the rule, or else the first that says something.
fn attribute(judged: &Judged) -> String {
    let readings = judged.readings.iter();
    let mut readings = readings.filter(|one| one.weight != Weight::Harmless);
    let offends = |one: &&Reading| one.weight == Weight::Offends;
    let reading = readings
        .clone()
        .find(offends)
        .or_else(|| readings.find(|one| one.says_something()));
    reading.map_or_else(String::new, |reading| {
        let place = reading.location.to_string();
        format!("`{}` ({})", place.trim_start_matches("$."), told(reading))
    })
}

/// The key that the data belongs under, by its name in the key hierarchy.
fn recommended_key(facts: &Facts<'_>, target: Target<'_>, known: Option<&Known>) -> String {
    let kind = target.part().map(|part| part.kind);
    let spot = known.map(|known| facts.best_key(target.id, kind, known));
    spot.map_or_else(|| "a key of its own".into(), |spot| spot.to_string())
}

/// How to give the key what it lacks, where the level is reached.
fn recommended_fix(facts: &Facts<'_>, judged: &Judged) -> Option<String> {
    let table = &facts.policies.categories;
    let recommended = judged.category.as_ref()?.recommended(table);
    let lacks = recommended.iter().find_map(|one| one.with)?;
    let part = judged.part.as_ref()?;
    (part.level() == Some(Level::Cmk)).then(|| table.property_fixes.get(&lacks).cloned().unwrap_or_default())
}

fn level_words(part: &super::level::PartAssessment) -> String {
    match part.level() {
        Some(level) => level.phrase().to_owned(),
        None => part
            .levels()
            .iter()
            .map(|level| level.phrase())
            .collect::<Vec<_>>()
            .join(", or "),
    }
}

/// What is lower than before: the level, or what tells that more is needed.
fn lowered(facts: &Facts<'_>, target: Target<'_>, judged: &Judged) -> String {
    let mut said = Vec::new();
    let before = target
        .store
        .zip(target.part)
        .map(|(store, part)| facts.assess(target.id, store, part, Side::Before));
    if let Some((before, after)) = before.as_deref().zip(judged.part.as_deref())
        && after.lowered_from(before) != Tri::False
    {
        said.push(format!(
            "was {} before this plan, and is {} after it",
            level_words(before),
            level_words(after)
        ));
    }
    if let Some(category) = judged
        .category
        .as_deref()
        .filter(|one| one.requirement_lowered == Tri::True)
        && let CategoryFound::Known(known) = &category.found
    {
        said.push(format!(
            "held data of category `{}` before this plan, and nothing says so after it, so planseal still judges it by that",
            known.id
        ));
    }
    said.join("; it ")
}

/// What becomes of a store under a key that goes away.
pub fn user_of_key(facts: &Facts<'_>, user: ResourceId, key: ResourceId) -> &'static str {
    let resource = facts.model.resource(user);
    if facts.data_is_destroyed(user) {
        return if resource.replaced() {
            "is replaced, and its data goes with the old one"
        } else {
            "is destroyed too"
        };
    }
    if resource.forgotten() {
        return "is no longer managed, and its data stays encrypted under this key";
    }
    if facts.model.resource(key).replaced() {
        return "stays, and what is encrypted already stays under the old key";
    }
    if facts.moves_away(user, key) {
        "moves to another key, and what is encrypted already stays under this one"
    } else {
        "its data is encrypted under this key"
    }
}

/// The reason for the weakest way in which the part is protected.
fn weakest(judged: &Judged) -> Option<(String, Level)> {
    judged
        .part
        .as_ref()?
        .outcomes()
        .filter_map(|outcome| Some((outcome.because.clone(), outcome.levels.iter().min().copied()?)))
        .min_by_key(|(_, level)| *level)
}

fn outcome_key(facts: &Facts<'_>, judged: &Judged) -> String {
    let keys = judged
        .part
        .iter()
        .flat_map(|part| part.outcomes())
        .filter_map(|outcome| outcome.key.as_ref());
    let mut words: Vec<String> = keys
        .map(|one| match &one.key {
            KeyRef::Managed(id) => {
                let category = match facts.key_category(*id, Side::After) {
                    CategoryFound::Known(known) if known.explicit() => format!(" ({})", known.id),
                    _ => String::new(),
                };
                format!("`{}`{category}", facts.model.resource(*id).address)
            }
            KeyRef::External(key) => {
                let category = facts.known(key).and_then(|key| key.category.as_ref());
                let category = category.map(|id| format!(" ({id})")).unwrap_or_default();
                match key.known.filter(|_| !key.hidden) {
                    Some(_) => format!("the known key `{}`{category}", key.name),
                    None => format!("{}{category}", key.phrase()),
                }
            }
            other => facts.candidate(other).what,
        })
        .collect();
    words.dedup();
    words.join(" or ")
}

/// What decided: what breaks the rule, and where nothing does, what the rule asks about.
fn deciding(judged: &Judged) -> Option<&Reading> {
    let readings = &judged.readings;
    let first = |such: fn(&Reading) -> bool| readings.iter().find(|one| such(one));
    first(|one| one.weight == Weight::Offends)
        .or_else(|| first(|one| one.asked.is_some() && one.weight != Weight::Harmless))
        .or_else(|| first(|one| one.asked.is_some()))
        .or_else(|| readings.iter().rfind(|one| one.required.is_some()))
        .or_else(|| readings.first())
}

fn value(judged: &Judged) -> String {
    deciding(judged).map_or_else(|| "not set".to_owned(), told)
}

/// What stands in an attribute, in a sentence.
fn told(reading: &Reading) -> String {
    match &reading.state {
        State::Known(_) if reading.sensitive => "a sensitive value".into(),
        State::Known(_) if reading.withheld => "set".into(),
        State::Known(value) => printed(value),
        State::Absent => "not set".into(),
        State::Unknown if reading.nothing_is_written() => "not set".into(),
        State::Unknown => "known only after apply".into(),
    }
}

/// A value in a sentence; what is too long for one is named.
fn printed(value: &Value) -> String {
    let text = value.to_string();
    match value {
        _ if text.chars().count() <= MAX_VALUE => format!("`{text}`"),
        Value::Array(values) => format!("a list of {}", values.len()),
        Value::Object(fields) => format!("a map of {}", fields.len()),
        _ => "a long text".into(),
    }
}

/// What a rule requires, in a word.
pub fn required(facts: &Facts<'_>, rule: &Rule, judged: &Judged) -> Option<String> {
    match &rule.demand.condition {
        Condition::Level(LevelTest::AtLeastMinimum) => {
            let category = judged.category.as_ref()?;
            let table = &facts.policies.categories.by_id;
            let minimum = match &category.found {
                CategoryFound::Known(known) => table.get(&known.id)?.minimum,
                // What every category needs.
                CategoryFound::Unknown(_) => table.values().map(|entry| entry.minimum).min()?,
            };
            Some(minimum.word().to_owned())
        }
        Condition::Level(LevelTest::AtLeastRecommended) => {
            let recommended = judged.category.as_ref()?.recommended(&facts.policies.categories);
            let words: Vec<String> = recommended.iter().map(ToString::to_string).collect();
            (!words.is_empty()).then(|| words.join(" or "))
        }
        Condition::Level(LevelTest::AtLeast(level) | LevelTest::Equals(level)) => Some(level.word().to_owned()),
        Condition::Path(_) | Condition::Source(_) if !rule.demand.forbidden => {
            deciding(judged).and_then(|reading| reading.asked.clone().or_else(|| reading.required.clone()))
        }
        _ => None,
    }
}

/// What cannot be told, and why.
pub fn undetermined(rule: &Rule, values: &Values, doubts: &[Doubt]) -> String {
    let subject = values.get("address");
    let title = lower_first(&rule.title);
    let reasons: Vec<&str> = doubts.iter().map(|doubt| doubt.because.as_str()).collect();
    format!(
        "`{subject}` may break this rule ({title}), and the plan does not tell: {}.",
        reasons.join("; and ")
    )
}

/// What was wrong and is mended.
pub fn fixed(rule: &Rule, values: &Values) -> String {
    format!("Mended by this plan: {}", rule.message.fill(|name| values.get(name)))
}

/// What would settle it.
pub fn settle(doubts: &[Doubt]) -> String {
    let mut ways: Vec<&str> = doubts.iter().map(|doubt| doubt.settle.as_str()).collect();
    ways.dedup();
    ways.join("; and ")
}

/// What a key is for, and what says so.
pub fn standing(facts: &Facts<'_>, key: ResourceId) -> String {
    let standing = facts.standing(key, Side::After);
    let shown = facts.shown_aliases(key, Side::After);
    let of = |(spot, from): (&Spot, &String)| {
        let hidden = from.starts_with("alias/") && !shown.contains(from);
        let from = if hidden { "an alias" } else { from };
        said(facts, spot, from)
    };
    match standing.own().iter().map(of).reduce(|all, one| format!("{all}, {one}")) {
        Some(said) => said,
        None => standing
            .doubt()
            .map_or_else(|| "nothing says what it is for".into(), |doubt| doubt.because.clone()),
    }
}

/// A place in the key hierarchy, and what says so.
fn said(facts: &Facts<'_>, spot: &Spot, from: &str) -> String {
    match spot {
        Spot::Key(name) => {
            let title = facts.policies.categories.hierarchy.keys.get(name);
            format!(
                "{} (`{name}`, by {from})",
                title.map_or(name.as_str(), |key| &key.title)
            )
        }
        Spot::Category(id) => format!("{id} (by {from})"),
    }
}

/// Why a resource stands in a list.
pub fn why_listed(facts: &Facts<'_>, target: Target<'_>, judged: &Judged) -> String {
    if target.missing {
        return facts.model.resource(target.id).resource_type.to_string();
    }
    if target.key.is_some() {
        return standing(facts, target.id);
    }
    match judged.category.as_ref().map(|category| &category.own) {
        Some(CategoryFound::Known(known)) if known.evidence == CategoryEvidence::Inferred => {
            format!("{}, inferred from {}", known.id, known.from)
        }
        Some(CategoryFound::Unknown(doubt)) => doubt.because.clone(),
        _ => "no category tag".into(),
    }
}

fn lower_first(text: &str) -> String {
    let mut rest = text.chars();
    match rest.next() {
        // An acronym keeps its capitals.
        Some(first) if !rest.as_str().starts_with(char::is_uppercase) => first.to_lowercase().chain(rest).collect(),
        _ => text.to_owned(),
    }
}
