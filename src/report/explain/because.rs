//! Which questions of a rule decided, and what stands there, in words.

use super::v1;
use crate::eval::category::{CategoryFound, Effective};
use crate::eval::examine::{Asked, Idle, Judged, Verdict};
use crate::eval::finding::evidence;
use crate::eval::level::PartAssessment;
use crate::eval::reading::Reading;
use crate::eval::tri::Tri;
use crate::eval::{Conclusion, Facts, Opinion, words};
use crate::model::value::State;
use crate::model::{ResourceId, Side};
use crate::policy::condition::{Condition, Destruction, LevelTest};
use crate::policy::written::Clause;
use crate::report::build;
use crate::report::escape::cut_middle;

/// Readings that a line lists.
const MAX_READINGS: usize = 4;
/// The most characters of a value.
const VALUE_WIDTH: usize = 80;

/// What a condition came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    True,
    False,
    Unknown,
}

impl Answer {
    fn of(answer: &Tri) -> Self {
        match answer {
            Tri::True => Self::True,
            Tri::False => Self::False,
            Tri::Unknown(_) => Self::Unknown,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
            Self::Unknown => "unknown",
        }
    }

    fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

/// What a condition came to, by the answers of its questions; `None` where they were not asked.
fn answer(condition: &Condition, trail: &[Asked]) -> Option<Answer> {
    let several = |all: &[Condition], decides: Answer| {
        let answers: Option<Vec<Answer>> = all.iter().map(|one| answer(one, trail)).collect();
        let answers = answers?;
        Some(match () {
            () if answers.contains(&decides) => decides,
            () if answers.contains(&Answer::Unknown) => Answer::Unknown,
            () => decides.negate(),
        })
    };
    match condition {
        Condition::All(all) => several(all, Answer::False),
        Condition::Any(any) => several(any, Answer::True),
        Condition::Not(inner) => answer(inner, trail).map(Answer::negate),
        question => asked(question, trail).map(|asked| Answer::of(&asked.answer)),
    }
}

fn asked<'t>(question: &Condition, trail: &'t [Asked]) -> Option<&'t Asked> {
    trail.iter().find(|asked| asked.is(question))
}

/// The questions that made a condition what it came to.
fn decisive<'c>(condition: &'c Condition, trail: &[Asked], found: &mut Vec<&'c Condition>) {
    match condition {
        Condition::All(several) | Condition::Any(several) => {
            let whole = answer(condition, trail);
            for one in several.iter().filter(|one| answer(one, trail) == whole) {
                decisive(one, trail, found);
            }
        }
        Condition::Not(inner) => decisive(inner, trail, found),
        question => found.push(question),
    }
}

/// The questions that decided what a rule says.
pub(super) fn reasons(facts: &Facts<'_>, opinion: &Opinion<'_>, clauses: &[Clause<'_>]) -> Vec<v1::Reason> {
    let judged = opinion.side();
    let mut reasons = Vec::new();
    for clause in clauses {
        let came_to = answer(clause.condition, &judged.trail);
        let tells = match (clause.key, opinion.conclusion()) {
            ("when", Conclusion::NotApplicable) => came_to == Some(Answer::False),
            ("when", Conclusion::Undetermined) => came_to == Some(Answer::Unknown),
            ("when", _) => false,
            ("advice_when", conclusion) => conclusion == Conclusion::Advice && came_to == Some(Answer::True),
            _ => {
                came_to.is_some()
                    && !(opinion.conclusion() == Conclusion::Undetermined && came_to != Some(Answer::Unknown))
            }
        };
        if tells {
            from_clause(facts, opinion, clause, &mut reasons);
        }
    }
    reasons
}

fn from_clause(facts: &Facts<'_>, opinion: &Opinion<'_>, clause: &Clause<'_>, reasons: &mut Vec<v1::Reason>) {
    let judged = opinion.side();
    let mut questions = Vec::new();
    decisive(clause.condition, &judged.trail, &mut questions);
    for question in questions {
        let Some(asked) = asked(question, &judged.trail) else {
            continue;
        };
        let written = clause.written(question);
        let (before, after): (Vec<Reading>, Vec<Reading>) =
            asked.readings.iter().cloned().partition(|one| one.side == Side::Before);
        reasons.push(v1::Reason {
            clause: clause.key.to_owned(),
            condition: written.map(|one| one.text.clone()).unwrap_or_default(),
            line: written.map_or(opinion.rule.line, |one| one.line),
            answer: Answer::of(&asked.answer).word().to_owned(),
            found: found(facts, opinion.resource(), question, asked, judged),
            evidence: evidence(facts, &before, &after).iter().map(build::evidence).collect(),
        });
    }
}

/// Why a rule says what it says, in a line; what a report says of it, where it does, is better.
pub(super) fn line(facts: &Facts<'_>, opinion: &Opinion<'_>, reasons: &[v1::Reason]) -> String {
    let clause = |keys: &[&str]| {
        let found = reasons.iter().filter(|reason| keys.contains(&reason.clause.as_str()));
        let mut parts: Vec<String> = Vec::new();
        for reason in found {
            let part = match reason.found.is_empty() {
                true => format!("`{}` is {}", reason.condition, reason.answer),
                false => reason.found.clone(),
            };
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts.join("; ")
    };
    match opinion.conclusion() {
        Conclusion::Pass => match clause(&["require", "forbid"]) {
            found if found.is_empty() => "what it demands holds".into(),
            found => found,
        },
        Conclusion::NotApplicable => match &opinion.after.idle {
            Some(idle) => idle_words(facts, opinion, idle),
            None => match clause(&["when"]) {
                found if found.is_empty() => "its `when` does not hold".into(),
                found => found,
            },
        },
        Conclusion::Undetermined => {
            let because: Vec<&str> = opinion.doubts().iter().map(|doubt| doubt.because.as_str()).collect();
            because.join("; and ")
        }
        Conclusion::Violation | Conclusion::Advice => clause(&["require", "forbid"]),
    }
}

fn idle_words(facts: &Facts<'_>, opinion: &Opinion<'_>, idle: &Idle) -> String {
    let resource = facts.model.resource(opinion.resource());
    match idle {
        Idle::NotThere if resource.deposed.is_some() => "it is a deposed object, which goes away".into(),
        Idle::NotThere if resource.forgotten() => "Terraform stops managing it".into(),
        Idle::NotThere if resource.destroyed() => {
            "this plan deletes it, and the rule is about what stands after it".into()
        }
        Idle::NotThere => "it is not there after this plan".into(),
        Idle::DoneAfter => "it asks what this plan does".into(),
        Idle::NoPart => "it has no such part".into(),
        Idle::LeftTo(first) => format!("left to the rule `{first}`, which does not pass"),
        Idle::NotMissing => "what it looks for is in the plan, or nothing here would be under it".into(),
        Idle::Outside => "it does not ask about what is outside this plan".into(),
    }
}

/// What stands where a question was asked.
fn found(facts: &Facts<'_>, resource: ResourceId, question: &Condition, asked: &Asked, judged: &Judged) -> String {
    match question {
        Condition::Category(_) => category(judged.category.as_deref()),
        Condition::Level(test) => level(facts, *test, judged),
        Condition::Key(_) => key(facts, judged.part.as_deref()),
        Condition::Users(_) => match judged.shared_by {
            0 => "no store of a sensitive category uses it".into(),
            1 => "its stores hold one sensitive category".into(),
            several => format!("its stores hold {several} sensitive categories"),
        },
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
        Condition::Actions(_) => match asked.answer {
            Tri::True => "this plan does one of these to it".into(),
            _ => "this plan does none of these to it".into(),
        },
        Condition::Changed(test) if asked.readings.is_empty() => {
            format!("this plan does not change `{}`", test.path)
        }
        Condition::Lowered(test) if asked.readings.is_empty() => {
            format!("this plan does not lower `{}`", test.path)
        }
        _ => readings(facts, resource, &asked.readings),
    }
}

fn category(effective: Option<&Effective>) -> String {
    match effective.map(|one| &one.found) {
        None => String::new(),
        Some(CategoryFound::Known(known)) if known.evidence_word() == known.from => {
            format!("it is unclassified, and judged as `{}`", known.id)
        }
        Some(CategoryFound::Known(known)) => {
            format!(
                "its category is `{}` ({}, {})",
                known.id,
                known.evidence_word(),
                known.from
            )
        }
        Some(CategoryFound::Unknown(doubt)) => format!("its category cannot be told: {}", doubt.because),
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

fn level(facts: &Facts<'_>, test: LevelTest, judged: &Judged) -> String {
    let Some(part) = &judged.part else { return String::new() };
    let is = levels(part);
    let known = judged.category.as_ref().and_then(|one| match &one.found {
        CategoryFound::Known(known) => facts.policies.categories.by_id.get_key_value(&known.id),
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
        (LevelTest::Lowered(_), _) => format!("its level is `{is}` after this plan"),
        _ => format!("its level is `{is}`"),
    }
}

fn key(facts: &Facts<'_>, part: Option<&PartAssessment>) -> String {
    let mut keys: Vec<String> = part
        .into_iter()
        .flat_map(PartAssessment::outcomes)
        .filter_map(|way| way.key.as_ref())
        .map(|one| facts.candidate(&one.key).what)
        .collect();
    keys.dedup();
    match keys.is_empty() {
        true => "no key is set".into(),
        false => format!("its key: {}", keys.join(" or ")),
    }
}

/// What was read: "`$.storage_encrypted` is `true`".
fn readings(facts: &Facts<'_>, resource: ResourceId, all: &[Reading]) -> String {
    let mut parts: Vec<String> = Vec::new();
    for one in all {
        let of = match one.resource == resource {
            true => String::new(),
            false => format!(" of `{}`", words::address(facts.model, one.resource)),
        };
        let when = match one.side {
            Side::Before => " before this plan",
            Side::After => "",
        };
        let part = format!("`{}`{of} {}{when}", one.location, state(one));
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    let more = parts.len().saturating_sub(MAX_READINGS);
    parts.truncate(MAX_READINGS);
    if more > 0 {
        parts.push(format!("and {more} more"));
    }
    parts.join(", ")
}

fn state(reading: &Reading) -> String {
    match &reading.state {
        State::Absent => "is not set".into(),
        State::Known(_) if reading.sensitive => "is a sensitive value".into(),
        State::Known(value) => format!("is `{}`", cut_middle(&value.to_string(), VALUE_WIDTH)),
        State::Unknown => match reading.candidates.as_slice() {
            [] => "is known only after apply".into(),
            [one] => format!("is known only after apply ({})", one.what),
            several => {
                let what: Vec<&str> = several.iter().map(|one| one.what.as_str()).collect();
                format!("is known only after apply (one of: {})", what.join("; "))
            }
        },
    }
}

/// What a rule comes to on one side, in a word.
pub(super) fn verdict(verdict: &Verdict) -> &'static str {
    Conclusion::from(verdict).word()
}
