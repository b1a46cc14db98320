//! Which questions of a rule decided, and what stands there, in words.

use super::found::{self, About};
use super::v1;
use crate::eval::examine::{Asked, Idle, Verdict};
use crate::eval::finding::evidence;
use crate::eval::reading::Reading;
use crate::eval::tri::Tri;
use crate::eval::usage::Users;
use crate::eval::{Conclusion, Facts, Opinion};
use crate::model::Side;
use crate::policy::condition::Condition;
use crate::policy::written::{Clause, with_parameters};
use crate::report::build;

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
pub(super) fn reasons(
    facts: &Facts<'_>,
    users: &Users,
    opinion: &Opinion<'_>,
    clauses: &[Clause<'_>],
) -> Vec<v1::Reason> {
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
            from_clause((facts, users), opinion, clause, &mut reasons);
        }
    }
    reasons
}

fn from_clause(
    (facts, users): (&Facts<'_>, &Users),
    opinion: &Opinion<'_>,
    clause: &Clause<'_>,
    reasons: &mut Vec<v1::Reason>,
) {
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
            condition: written
                .map(|one| with_parameters(opinion.rule, &one.text))
                .unwrap_or_default(),
            line: written.map_or(opinion.rule.line, |one| one.line),
            answer: Answer::of(&asked.answer).word().to_owned(),
            found: found::found(&About { facts, users, opinion }, question, asked),
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
        Idle::NoSource => "it asks the configuration: give planseal that (`--planfile` or `--source`)".into(),
        Idle::Outside => "it does not ask about what is outside this plan".into(),
    }
}

/// What a rule comes to on one side, in a word.
pub(super) fn verdict(verdict: &Verdict) -> &'static str {
    Conclusion::from(verdict).word()
}
