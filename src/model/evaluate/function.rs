//! Function calls.

use hcl_edit::expr::FuncCall;
use serde_json::Value;

use super::partial::{Kind, Partial};
use super::scope::Scope;
use crate::model::resolve::{Opaque, Resolver};

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
            ("try", true) => return self.first_valid(&arguments),
            ("can", true) => {
                return arguments.first().map_or_else(Partial::invalid, |one| match one.kind {
                    Kind::Invalid => false.into(),
                    Kind::Opaque(_) => Partial::made(vec![one.clone()]),
                    _ => true.into(),
                });
            }
            _ => {}
        }
        if arguments.iter().any(|argument| argument.kind == Kind::Invalid) {
            return Partial::invalid();
        }
        let Some(combinations) = combinations(&arguments) else {
            return Opaque::TooMany.into();
        };
        let results = combinations.iter().map(|arguments| {
            let known = if core { self.apply(name, arguments) } else { None };
            known.unwrap_or_else(|| not_evaluated(name, arguments))
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
    fn first_valid(&self, arguments: &[Partial]) -> Partial {
        let mut possible = Vec::new();
        for argument in arguments {
            match &argument.kind {
                Kind::Invalid => {}
                Kind::Opaque(_) => possible.push(argument.clone()),
                _ => {
                    possible.push(argument.clone());
                    break;
                }
            }
        }
        Partial::one_of(possible)
    }

    /// A function that is known here; `None` where it is not, or where it says nothing of such arguments.
    fn apply(&self, name: &str, arguments: &[Partial]) -> Option<Partial> {
        match (name, arguments) {
            ("nonsensitive" | "sensitive" | "tostring" | "tonumber" | "tobool", [value]) => {
                let settled = self.settled(value);
                match (name, &settled.kind) {
                    ("tostring", Kind::Scalar(scalar)) => super::partial::text_of(scalar).map(Partial::from),
                    _ => Some(value.clone()),
                }
            }
            ("coalesce", _) => Some(self.coalesce(arguments)),
            ("min" | "max", _) => self.extreme(name, arguments),
            ("jsonencode", [value]) => Some(self.encoded(value)),
            ("jsondecode", [text]) => self.decoded(text),
            _ => self
                .collection_function(name, arguments)
                .or_else(|| self.text_function(name, arguments)),
        }
    }

    /// The first argument that is neither null nor an empty text.
    fn coalesce(&self, arguments: &[Partial]) -> Partial {
        let mut possible = Vec::new();
        for argument in arguments {
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

/// Every way to choose one possibility for each argument.
fn combinations(arguments: &[Partial]) -> Option<Vec<Vec<Partial>>> {
    let mut all: Vec<Vec<Partial>> = vec![Vec::new()];
    for argument in arguments {
        let possible = argument.possible();
        if all.len().saturating_mul(possible.len()) > MAX_COMBINATIONS {
            return None;
        }
        all = all
            .into_iter()
            .flat_map(|chosen| {
                possible.iter().map(move |one| {
                    let mut chosen = chosen.clone();
                    chosen.push(one.clone());
                    chosen
                })
            })
            .collect();
    }
    Some(all)
}

/// What goes into the function may come out of it, and so may null.
fn not_evaluated(name: &str, arguments: &[Partial]) -> Partial {
    let mut possible = Vec::new();
    for argument in arguments {
        argument.leaves(&mut |leaf| possible.push(leaf.clone()));
    }
    possible.push(if possible.is_empty() {
        Opaque::NotEvaluated(name.to_owned()).into()
    } else {
        Partial::null()
    });
    Partial::one_of(possible)
}
