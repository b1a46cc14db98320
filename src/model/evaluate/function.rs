//! Function calls.

use hcl_edit::expr::{Expression, FuncCall};
use serde_json::Value;

use super::partial::{Kind, Partial, combinations};
use super::scope::Scope;
use crate::model::Side;
use crate::model::resolve::{Opaque, Resolver};
use crate::model::value::NodeKind;

/// Combinations of possible arguments that are tried, at most.
const MAX_COMBINATIONS: usize = 64;

impl Resolver<'_, '_> {
    /// A function call. The arguments of a function that is not known here are candidates: it may pass one on.
    pub(super) fn call(&self, call: &FuncCall, scope: &Scope<'_>) -> Partial {
        let name = call.name.name.as_str();
        let core = call
            .name
            .namespace
            .first()
            .is_none_or(|namespace| namespace.as_str() == "core");
        let Some(arguments) = self.arguments(call, scope) else {
            return Opaque::Undecided(format!("how many arguments `{name}` gets is known only after apply")).into();
        };
        match (name, core) {
            ("try", true) => return self.first_valid(call, &arguments, scope),
            ("can", true) => {
                let argument = call.args.iter().next().zip(arguments.first());
                return argument.map_or_else(Partial::invalid, |(expression, one)| match one.kind {
                    Kind::Invalid => false.into(),
                    _ if self.may_be_refused(expression, one, scope) => Partial::made(vec![one.clone()]),
                    _ => true.into(),
                });
            }
            _ => {}
        }
        if arguments.iter().any(|argument| argument.kind == Kind::Invalid) {
            return Partial::invalid();
        }
        let Some(combinations) = combinations(&arguments, MAX_COMBINATIONS) else {
            return Opaque::TooMany.into();
        };
        let results = combinations.iter().map(|arguments| {
            let known = if core { self.apply(name, arguments) } else { None };
            known.unwrap_or_else(|| {
                let unknown: Vec<Partial> = arguments
                    .iter()
                    .filter(|one| self.whole(one).is_none())
                    .cloned()
                    .collect();
                not_evaluated(name, &unknown)
            })
        });
        Partial::one_of(results.collect())
    }

    fn arguments(&self, call: &FuncCall, scope: &Scope<'_>) -> Option<Vec<Partial>> {
        let mut arguments: Vec<Partial> = call.args.iter().map(|one| self.evaluate(one, scope)).collect();
        if call.args.expand_final() {
            let last = arguments.pop()?;
            arguments.extend(self.opened(&last).as_list()?);
        }
        Some(arguments)
    }

    /// `try`: the first argument that Terraform does not refuse.
    fn first_valid(&self, call: &FuncCall, arguments: &[Partial], scope: &Scope<'_>) -> Partial {
        let mut possible = Vec::new();
        let mut expressions = call.args.iter();
        for argument in arguments {
            let expression = expressions.next();
            if argument.kind == Kind::Invalid {
                continue;
            }
            possible.push(argument.clone());
            if expression.is_some_and(|expression| !self.may_be_refused(expression, argument, scope)) {
                break;
            }
        }
        Partial::one_of(possible)
    }

    /// Whether Terraform may refuse an expression once its parts are known.
    fn may_be_refused(&self, expression: &Expression, value: &Partial, scope: &Scope<'_>) -> bool {
        match &value.kind {
            Kind::Opaque(_) => true,
            _ if self.whole(value).is_some() => false,
            _ => self.has_doubtful_part(value) || self.is_risky(expression, scope),
        }
    }

    /// Whether a part of a value is a member of something unknown, which may not be there, or stands in a text and may
    /// be null.
    fn has_doubtful_part(&self, value: &Partial) -> bool {
        let made = matches!(value.kind, Kind::Made(_) | Kind::Text(_));
        let mut doubtful = false;
        value.leaves(&mut |leaf| {
            doubtful |= made && !self.never_null(leaf);
            if let Kind::Attribute(id, location) = &leaf.kind {
                let mut around = location.clone();
                around.0.pop();
                let outer = self
                    .model
                    .resource(*id)
                    .values(Side::After)
                    .and_then(|node| node.at(&around));
                let shown = outer.is_some_and(|node| matches!(node.kind, NodeKind::Object(_) | NodeKind::Array(_)));
                doubtful |= !around.0.is_empty() && !shown;
            }
        });
        doubtful
    }

    /// A function that is known here; `None` where it is not, or where it says nothing of such arguments.
    fn apply(&self, name: &str, arguments: &[Partial]) -> Option<Partial> {
        match (name, arguments) {
            ("nonsensitive" | "sensitive", [value]) => Some(value.clone()),
            ("tostring", [value]) => Some(self.to_primitive(value, "string")),
            ("tonumber", [value]) => Some(self.to_primitive(value, "number")),
            ("tobool", [value]) => Some(self.to_primitive(value, "bool")),
            ("coalesce", _) => Some(self.coalesce(arguments)),
            ("jsonencode", [value]) => Some(self.encoded(value)),
            ("jsondecode", [text]) => self.decoded(text),
            _ => self
                .collection_function(name, arguments)
                .or_else(|| self.numeric_function(name, arguments))
                .or_else(|| self.text_function(name, arguments)),
        }
    }

    /// The first argument that is neither null nor an empty text.
    fn coalesce(&self, arguments: &[Partial]) -> Partial {
        let mut possible = Vec::new();
        let arguments = self.elements_of_one_type(arguments);
        for argument in &arguments {
            let settled = self.settled(argument);
            match &settled.kind {
                Kind::Null => {}
                Kind::Scalar(Value::String(text)) if text.is_empty() => {}
                _ => {
                    possible.push(argument.clone());
                    if self.never_null(&settled) {
                        break;
                    }
                }
            }
        }
        Partial::one_of(possible)
    }
}

/// What goes into the function may come out of it, and so may null. A plain value alone does not come out as it went in,
/// but one out of a collection may.
fn not_evaluated(name: &str, arguments: &[Partial]) -> Partial {
    let mut possible = Vec::new();
    for argument in arguments {
        argument.leaves(&mut |leaf| possible.push(leaf.clone()));
    }
    let opaque = Opaque::NotEvaluated(name.to_owned());
    if possible.is_empty() {
        return opaque.into();
    }
    if arguments.iter().any(|argument| holds_more(argument, false)) {
        possible.push(opaque.into());
    }
    possible.push(Partial::null());
    Partial::one_of(possible)
}

/// Whether there is something that is told by no attribute: a value in a collection, or what cannot be told.
fn holds_more(value: &Partial, inside: bool) -> bool {
    match &value.kind {
        Kind::Opaque(_) => true,
        Kind::Scalar(Value::String(_)) => inside,
        Kind::Object(members) => members.values().any(|member| holds_more(member, true)),
        Kind::List(parts) | Kind::Set(parts) | Kind::Elements(parts) => parts.iter().any(|part| holds_more(part, true)),
        Kind::OneOf(parts) => parts.iter().any(|part| holds_more(part, inside)),
        _ => false,
    }
}
