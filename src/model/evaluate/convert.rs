//! What a variable's type constraint makes of a value.

use std::collections::BTreeMap;

use hcl_edit::expr::{Expression, FuncCall, ObjectKey};
use serde_json::Value;

use super::decimal::Decimal;
use super::operation::number_from;
use super::partial::{Kind, Partial, text_of};
use super::scope::Scope;
use crate::model::resolve::Resolver;

impl Resolver<'_, '_> {
    /// A value as its type constraint shapes it: optional members take their defaults, others go away.
    pub(super) fn converted(&self, value: &Partial, constraint: &Expression, scope: &Scope<'_>) -> Partial {
        value.each(|value| match constraint {
            Expression::Variable(name) => self.primitive(value, name.as_str()),
            Expression::FuncCall(call) => self.constructed(value, call, scope),
            Expression::Parenthesis(inner) => self.converted(value, inner.inner(), scope),
            _ => value.clone(),
        })
    }

    /// `tostring`, `tonumber`, `tobool`: what cannot be converted is refused.
    pub(super) fn to_primitive(&self, value: &Partial, name: &str) -> Partial {
        let settled = self.settled(value);
        match (name, &settled.kind) {
            (_, Kind::Null | Kind::Opaque(_)) => settled,
            ("bool", Kind::Scalar(Value::Number(_))) | ("number", Kind::Scalar(Value::Bool(_))) => Partial::invalid(),
            (_, Kind::Scalar(_)) => self.primitive(&settled, name),
            // The text of a text is that text.
            ("string", Kind::Attribute(..) | Kind::Made(_) | Kind::Text(_) | Kind::Encoded(_)) => settled,
            (_, Kind::Attribute(..) | Kind::Made(_) | Kind::Text(_)) => Partial::made(vec![settled]),
            _ => Partial::invalid(),
        }
    }

    fn primitive(&self, value: &Partial, name: &str) -> Partial {
        let Kind::Scalar(scalar) = &value.kind else {
            return value.clone();
        };
        let converted = match (name, scalar) {
            ("string", Value::Number(_) | Value::Bool(_)) => text_of(scalar).map(Partial::from),
            ("number", Value::String(text)) => Decimal::parse(text).map(|number| number_from(Some(number))),
            ("bool", Value::String(_)) => self.truth(value).map(Partial::from),
            _ => return value.clone(),
        };
        converted.map_or_else(Partial::invalid, |converted| converted.through(&value.via))
    }

    fn constructed(&self, value: &Partial, call: &FuncCall, scope: &Scope<'_>) -> Partial {
        let inner = call.args.iter().next();
        let kind = call.name.name.as_str();
        let each = |value: &Partial| match inner {
            Some(inner) => self.converted(value, inner, scope),
            None => value.clone(),
        };
        match (kind, &value.kind) {
            ("list" | "set", Kind::List(_) | Kind::Set(_)) => {
                let elements = value.as_list().unwrap_or_default().iter().map(each).collect();
                if kind == "set" {
                    Partial::set(elements)
                } else {
                    Partial::list(elements)
                }
            }
            ("map", Kind::Object(members)) => {
                let members = members.iter().map(|(name, member)| (name.clone(), each(member)));
                Partial::object(members.collect()).through(&value.via)
            }
            ("object", Kind::Object(members)) => match inner {
                Some(Expression::Object(attributes)) => self.as_object(members, attributes, scope).through(&value.via),
                _ => value.clone(),
            },
            ("optional", _) => each(value),
            _ => value.clone(),
        }
    }

    fn as_object(
        &self,
        members: &BTreeMap<String, Partial>,
        attributes: &hcl_edit::expr::Object,
        scope: &Scope<'_>,
    ) -> Partial {
        let mut out = BTreeMap::new();
        for (key, attribute) in attributes {
            let name = match key {
                ObjectKey::Ident(name) => name.as_str(),
                ObjectKey::Expression(Expression::Variable(name)) => name.as_str(),
                ObjectKey::Expression(Expression::String(name)) => name.value().as_str(),
                ObjectKey::Expression(_) => continue,
            };
            let constraint = attribute.expr();
            let default = || match constraint {
                Expression::FuncCall(call) if call.name.name.as_str() == "optional" => {
                    call.args.iter().nth(1).map(|default| self.evaluate(default, scope))
                }
                _ => None,
            };
            let given = members.get(name).cloned().unwrap_or_else(Partial::null);
            let value = self.unless_null(&given, default);
            out.insert(name.to_owned(), self.converted(&value, constraint, scope));
        }
        Partial::object(out)
    }

    /// A value, or the default where it is null; one of both where the apply decides.
    pub(super) fn unless_null(&self, value: &Partial, default: impl Fn() -> Option<Partial>) -> Partial {
        value.each(|value| {
            let settled = self.settled(value);
            if settled.kind == Kind::Invalid || self.never_null(&settled) {
                return value.clone();
            }
            match (default(), &settled.kind) {
                (None, _) => value.clone(),
                (Some(default), Kind::Null) => default,
                (Some(default), _) => Partial::one_of(vec![value.clone(), default]),
            }
        })
    }
}
