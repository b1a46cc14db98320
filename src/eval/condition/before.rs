//! What held before this plan, and what differs from it.

use serde_json::Value;

use super::super::reading::{Possible, Reading, possible};
use super::super::tri::{Doubt, Tri};
use super::Scope;

use crate::model::same::same;
use crate::model::value::{Found, Node, NodeKind, State};
use crate::model::{Side, Written};
use crate::plan::Action;
use crate::policy::condition::{ChangedTest, Condition};

impl Scope<'_> {
    /// Whether a condition held before this plan. Of the state before, that is whether it holds: nothing was done yet.
    pub(super) fn before_test(&mut self, inner: &Condition) -> Tri {
        if self.side == Side::Before {
            return self.test(inner);
        }
        if self.facts.model.resource(self.resource).values(Side::Before).is_none() {
            return Tri::False;
        }
        let mut scope = Scope {
            category: self.category_before,
            part: self.part_before,
            users: self.users.clone(),
            holds_without_source: self.holds_without_source,
            ..Scope::values(self.facts, self.resource, Side::Before)
        };
        let answer = scope.test(inner);
        self.readings.append(&mut scope.readings);
        answer
    }

    /// Whether an attribute differs from before. What does not stand on both sides does not, nor does what is left alone.
    pub(super) fn changed_test(&mut self, test: &ChangedTest) -> Tri {
        let resource = self.facts.model.resource(self.resource);
        let stands = [Side::Before, Side::After]
            .iter()
            .all(|side| resource.values(*side).is_some());
        if self.side == Side::Before || !stands || resource.actions.as_slice() == [Action::NoOp] {
            return Tri::known(!test.changed);
        }
        let answer = self.changed(test);
        if test.changed { answer } else { answer.negate() }
    }

    fn changed(&mut self, test: &ChangedTest) -> Tri {
        let select = |side| self.facts.model.select(self.resource, side, &self.base, &test.path);
        let (before, after) = (select(Side::Before), select(Side::After));
        for found in &before {
            self.readings.push(Reading::of(self.resource, Side::Before, found));
        }
        if let ([was], [is]) = (before.as_slice(), after.as_slice()) {
            return self.differs(was, is, test);
        }
        for found in &after {
            self.readings.push(Reading::of(self.resource, Side::After, found));
        }
        // Of several nodes that are not all known, neither the number nor the order is told: they may be those of a set.
        if before.iter().chain(&after).any(|found| found.state == State::Unknown) {
            return Tri::Unknown(vec![not_told(test)]);
        }
        let pairs = before.iter().zip(&after);
        let mut answers = pairs.map(|(was, is)| alike(value_of(&was.state), value_of(&is.state), test));
        Tri::known(before.len() != after.len() || !answers.all(|same| same))
    }

    fn differs(&mut self, was: &Found, is: &Found, test: &ChangedTest) -> Tri {
        let mut reading = Reading::of(self.resource, Side::After, is);
        let answer = match (&was.state, &is.state) {
            (State::Unknown, _) => Tri::Unknown(vec![not_told(test)]),
            (was, State::Known(value)) => Tri::known(!alike(value_of(was), Some(value), test)),
            (was, State::Absent) => Tri::known(!alike(value_of(was), None, test)),
            (was, State::Unknown) => {
                let written = matches!(
                    self.facts.model.written(self.resource, &is.location),
                    Written::By { .. }
                );
                match self.parts_differ(is) {
                    true => Tri::True,
                    // What nobody writes, AWS decides during the apply: the same again, or something else.
                    false if !written => Tri::Unknown(vec![not_told(test)]),
                    false => {
                        let values = possible(self.facts.model, &self.facts.resolver, &mut reading);
                        Tri::agree(values.iter().map(|value| may_differ(value_of(was), value, test)), &[])
                    }
                }
            }
        };
        self.readings.push(reading);
        answer
    }

    /// Whether parts that are known differ, of a value that is not known as a whole.
    fn parts_differ(&self, is: &Found) -> bool {
        let resource = self.facts.model.resource(self.resource);
        let at = |side| resource.values(side).and_then(|values| values.at(&is.location));
        at(Side::Before)
            .zip(at(Side::After))
            .is_some_and(|(was, is)| surely_differ(was, is))
    }
}

/// Whether two values differ, whatever their unknown parts come to.
fn surely_differ(was: &Node, is: &Node) -> bool {
    match (&was.kind, &is.kind) {
        (NodeKind::Unknown, _) | (_, NodeKind::Unknown) => false,
        (NodeKind::Object(was), NodeKind::Object(is)) => was
            .iter()
            .any(|(name, was)| is.get(name).is_some_and(|is| surely_differ(was, is))),
        // Of several elements the order is not told: they may be those of a set.
        (NodeKind::Array(was), NodeKind::Array(is)) => match (was.as_slice(), is.as_slice()) {
            ([was], [is]) => surely_differ(was, is),
            _ => false,
        },
        // A part that is known beside a whole that is not may be an empty block or nothing: no difference for sure.
        (NodeKind::Scalar(was), NodeKind::Scalar(is)) => !same(&was.value(), &is.value()),
        _ => false,
    }
}

fn value_of(state: &State) -> Option<&Value> {
    match state {
        State::Known(value) => Some(value),
        State::Absent | State::Unknown => None,
    }
}

/// Whether a value that an expression may come to differs from the one before.
fn may_differ(was: Option<&Value>, is: &Possible, test: &ChangedTest) -> Tri {
    let was_set = set(was, test).is_some();
    match is {
        Possible::Value(value) => Tri::known(!alike(was, Some(value), test)),
        Possible::NotSet if !was_set || test.unset_means.is_some() => Tri::known(!alike(was, None, test)),
        // Where an expression comes to null, the provider says what holds.
        Possible::NotSet => Tri::Unknown(vec![not_told(test)]),
        // Whatever it is, it is something.
        Possible::Something(_) if !was_set => Tri::True,
        Possible::Something(doubt) | Possible::Unknown(doubt) => Tri::Unknown(vec![doubt.clone()]),
    }
}

/// The value that holds; an empty list or map is as good as none.
fn set<'v>(value: Option<&'v Value>, test: &'v ChangedTest) -> Option<&'v Value> {
    let empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    value.filter(|value| !empty(value)).or(test.unset_means.as_ref())
}

fn alike(was: Option<&Value>, is: Option<&Value>, test: &ChangedTest) -> bool {
    match (set(was, test), set(is, test)) {
        (None, None) => true,
        (Some(was), Some(is)) => same(was, is),
        _ => false,
    }
}

fn not_told(test: &ChangedTest) -> Doubt {
    Doubt {
        because: format!("what `{}` will be is known only after apply", test.path),
        settle: format!("write a value for `{}` that is known before apply", test.path),
    }
}
