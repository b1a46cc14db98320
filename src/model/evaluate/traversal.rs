//! References and the steps behind them: `aws_kms_key.k["pii"].arn`, `module.kms[*].key_arn`, `local.keys[each.key]`.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};
use serde_json::Value;

use super::calls::untold_instances;
use super::partial::{Kind, Partial, text_of};
use super::scope::Scope;
use crate::model::address::display_key;
use crate::model::resolve::{Opaque, Resolver};
use crate::model::value::{LocationStep, NodeKind, State};
use crate::model::{ResourceId, Side};
use crate::plan::{Index, Mode};

impl Resolver<'_, '_> {
    pub(super) fn traversal(&self, traversal: &Traversal, scope: &Scope<'_>) -> Partial {
        let operators: Vec<&TraversalOperator> = traversal.operators.iter().map(|operator| operator.value()).collect();
        match &traversal.expr {
            Expression::Variable(root) if scope.bound(root.as_str()).is_none() => {
                let (value, rest) = self.root(root.as_str(), &operators, scope);
                self.steps(value, rest, scope)
            }
            other => self.steps(self.evaluate(other, scope), &operators, scope),
        }
    }

    /// What the first steps name, and the steps behind them.
    fn root<'o>(
        &self,
        root: &str,
        operators: &'o [&'o TraversalOperator],
        scope: &Scope<'_>,
    ) -> (Partial, &'o [&'o TraversalOperator]) {
        let names: Vec<&str> = operators
            .iter()
            .map_while(|operator| attribute_name(operator))
            .take(2)
            .collect();
        let behind = |count: usize| operators.get(count..).unwrap_or_default();
        match (root, names.as_slice()) {
            ("var", [name, ..]) => (self.variable_value(&scope.module, name), behind(1)),
            ("local", [name, ..]) => (self.local(scope, name), behind(1)),
            ("module", [name, ..]) => match self.module_call(scope, name) {
                Some(instances) => (instances, behind(1)),
                None => match self.module_by_key(scope, name, behind(1)) {
                    Some(instance) => (instance, behind(2)),
                    None => (untold_instances(scope, name).into(), behind(operators.len())),
                },
            },
            ("each", ["key", ..]) => (self.each_key(scope), behind(1)),
            ("each", ["value", ..]) => (self.each_value_of(scope), behind(1)),
            ("count", ["index", ..]) => (self.count_index(scope), behind(1)),
            ("path" | "terraform" | "self" | "ephemeral", _) => {
                let text = names
                    .first()
                    .map_or_else(|| root.to_owned(), |name| format!("{root}.{name}"));
                (Opaque::Outside(text).into(), behind(operators.len()))
            }
            ("data", [kind, name]) => (self.block(scope, Mode::Data, kind, name), behind(2)),
            (kind, [name, ..]) => (self.block(scope, Mode::Managed, kind, name), behind(1)),
            _ => (Partial::invalid(), behind(operators.len())),
        }
    }

    /// Follows steps into a value.
    pub(super) fn steps(&self, value: Partial, operators: &[&TraversalOperator], scope: &Scope<'_>) -> Partial {
        let Some((first, rest)) = operators.split_first() else {
            return value;
        };
        let next = match first {
            TraversalOperator::GetAttr(name) => self.member(&value, name.as_str()),
            TraversalOperator::LegacyIndex(position) => self.index(&value, &Value::from(*position.value()).into()),
            TraversalOperator::Index(expression) => self.index(&value, &self.evaluate(expression, scope)),
            TraversalOperator::FullSplat(_) => {
                return self.splat(&value, |element| self.steps(element, rest, scope));
            }
            TraversalOperator::AttrSplat(_) => {
                let count = rest.iter().take_while(|one| attribute_name(one).is_some()).count();
                let (inner, outer) = rest.split_at_checked(count).unwrap_or((rest, &[]));
                let elements = self.splat(&value, |element| self.steps(element, inner, scope));
                return self.steps(elements, outer, scope);
            }
        };
        self.steps(next, rest, scope)
    }

    /// `value[*]`: of what is no list, a list with that alone; of null, none.
    fn splat(&self, value: &Partial, then: impl Fn(Partial) -> Partial) -> Partial {
        let then = &then;
        self.opened(value).each(|value| match &value.kind {
            Kind::Null => Partial::list(Vec::new()),
            Kind::List(_) | Kind::Set(_) => {
                let elements: Vec<Partial> = value.as_list().unwrap_or_default().into_iter().map(then).collect();
                match value.is_unordered() {
                    true => Partial::elements(elements),
                    false => Partial::strict_list(elements),
                }
            }
            Kind::Elements(elements) => Partial::elements(
                elements
                    .iter()
                    .map(|element| then(element.clone().through(&value.via)))
                    .collect(),
            ),
            Kind::Opaque(_) | Kind::Invalid => value.clone(),
            Kind::Attribute(id, location) => {
                let element = Kind::Attribute(*id, location.with(LocationStep::Any));
                Partial::elements(vec![then(Partial::from(element).through(&value.via))])
            }
            _ => Partial::list(vec![then(value.clone())]),
        })
    }

    /// `value.name`
    pub(super) fn member(&self, value: &Partial, name: &str) -> Partial {
        value.each(|value| match &value.kind {
            Kind::Object(members) => match members.get(name) {
                Some(member) => member.clone().through(&value.via),
                None => Partial::invalid(),
            },
            Kind::Resource(id) => {
                let location = crate::model::value::Location::default().member(name);
                Partial::from(Kind::Attribute(*id, location)).through(&value.via)
            }
            Kind::Module(path) => self.output_value(path, name).through(&value.via),
            Kind::Attribute(id, location) => self.deeper(value, *id, location, LocationStep::Name(name.into())),
            // A block that occurs once is a list of one; Terraform lets nobody leave the index out.
            Kind::Elements(elements) => {
                Partial::elements(elements.iter().map(|element| self.member(element, name)).collect())
            }
            Kind::Opaque(_) => value.clone(),
            _ => Partial::invalid(),
        })
    }

    /// `value[key]`
    pub(super) fn index(&self, value: &Partial, key: &Partial) -> Partial {
        let key = self.settled(key);
        key.each(|key| {
            let Some(key) = self.scalar(key) else {
                return self.any_element(value);
            };
            value.each(|value| self.index_known(value, &key))
        })
    }

    fn index_known(&self, value: &Partial, key: &Value) -> Partial {
        let position = match key {
            Value::Number(number) => number.as_u64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
        .and_then(|position| usize::try_from(position).ok());
        match &value.kind {
            Kind::List(elements) => match position.and_then(|position| elements.get(position)) {
                Some(element) => element.clone().through(&value.via),
                None => Partial::invalid(),
            },
            Kind::Elements(elements) => {
                Partial::one_of(elements.iter().map(|one| one.clone().through(&value.via)).collect())
            }
            Kind::Attribute(id, location) => {
                let step = match (key, position) {
                    (Value::Number(_), Some(position)) => LocationStep::Index(position),
                    _ => LocationStep::Name(text_of(key).unwrap_or_default().into()),
                };
                self.deeper(value, *id, location, step)
            }
            Kind::Set(_) => Partial::invalid(),
            _ => self.member(value, &text_of(key).unwrap_or_default()),
        }
    }

    /// An element under a key that is not known.
    fn any_element(&self, value: &Partial) -> Partial {
        self.opened(value).each(|value| match &value.kind {
            Kind::Object(members) => {
                Partial::one_of(members.values().map(|one| one.clone().through(&value.via)).collect())
            }
            Kind::List(elements) | Kind::Elements(elements) => {
                Partial::one_of(elements.iter().map(|one| one.clone().through(&value.via)).collect())
            }
            Kind::Attribute(id, location) => {
                Partial::from(Kind::Attribute(*id, location.with(LocationStep::Any))).through(&value.via)
            }
            Kind::Opaque(_) => value.clone(),
            _ => Partial::invalid(),
        })
    }

    /// A part of an attribute. What the plan shows not to be there, Terraform would refuse.
    fn deeper(
        &self,
        value: &Partial,
        id: ResourceId,
        location: &crate::model::value::Location,
        step: LocationStep,
    ) -> Partial {
        let node = self
            .model
            .resource(id)
            .values(Side::After)
            .and_then(|node| node.at(location));
        let there = match (node.map(|node| &node.kind), &step) {
            (Some(NodeKind::Array(elements)), LocationStep::Index(position)) => *position < elements.len(),
            (Some(NodeKind::Object(members)), LocationStep::Name(name)) => members.contains_key(name.as_str()),
            (Some(NodeKind::Absent | NodeKind::Scalar(_)), _) => false,
            _ => true,
        };
        if !there {
            return Partial::invalid();
        }
        Partial::from(Kind::Attribute(id, location.with(step))).through(&value.via)
    }

    /// A resource block: its instance, or all of them by their keys.
    fn block(&self, scope: &Scope<'_>, mode: Mode, kind: &str, name: &str) -> Partial {
        let mut ids = self.model.instances(&scope.module, mode, kind, name, None);
        ids.retain(|id| self.model.resource(*id).values(Side::After).is_some());
        let body = scope.source.resource(mode, kind, name).map(|block| &block.body);
        let text = format!("{}{kind}.{name}", if mode == Mode::Data { "data." } else { "" });
        let missing = |key: Option<&Index>| -> Partial {
            Opaque::Missing(scope.module.join(&format!("{text}{}", display_key(key)))).into()
        };
        let Some(body) = body else { return missing(None) };
        let counted = body.get_attribute("count");
        let repeated = body.get_attribute("for_each");
        // A complete plan holds every managed instance; of data that was read before, only some.
        let complete = mode == Mode::Managed && self.model.plan().partial.is_none();
        let here = || Scope::module(Arc::clone(&scope.module), scope.source);
        let found = |key: &Index| {
            let mut ids = ids.iter();
            ids.find(|id| self.model.resource(**id).key.as_ref() == Some(key))
                .map_or_else(|| missing(Some(key)), |id| Kind::Resource(*id).into())
        };
        if let Some(counted) = counted {
            let count = if complete {
                let positions = ids
                    .iter()
                    .filter_map(|id| number(self.model.resource(*id).key.as_ref()));
                positions.max().unwrap_or(0)
            } else {
                let count = self.scalar(&self.evaluate(&counted.value, &here()));
                let Some(count) = count.and_then(|count| count.as_u64()) else {
                    return missing(None);
                };
                count.min(1_000)
            };
            return Partial::list((0..count).map(|position| found(&Index::Number(position))).collect());
        }
        if let Some(repeated) = repeated {
            let keys = if complete {
                let keys = ids.iter().filter_map(|id| match &self.model.resource(*id).key {
                    Some(Index::Text(key)) => Some(key.clone()),
                    _ => None,
                });
                keys.collect()
            } else {
                let Some(keys) = self.keys_of(&self.evaluate(&repeated.value, &here())) else {
                    return missing(None);
                };
                keys
            };
            let instances = keys.into_iter().map(|key| (key.clone(), found(&Index::Text(key))));
            return Partial::object(instances.collect::<BTreeMap<String, Partial>>());
        }
        ids.first()
            .map_or_else(|| missing(None), |id| Kind::Resource(*id).into())
    }

    /// What the plan knows of an attribute, one level deep; any other value as it is.
    pub(super) fn opened(&self, value: &Partial) -> Partial {
        let settled = self.settled(value);
        settled.each(|value| {
            let Kind::Attribute(id, location) = &value.kind else {
                return value.clone();
            };
            let node = self
                .model
                .resource(*id)
                .values(Side::After)
                .and_then(|node| node.at(location));
            let part =
                |step: LocationStep| Partial::from(Kind::Attribute(*id, location.with(step))).through(&value.via);
            match node.map(|node| &node.kind) {
                Some(NodeKind::Array(elements)) => Partial::list(
                    (0..elements.len())
                        .map(|position| part(LocationStep::Index(position)))
                        .collect(),
                ),
                Some(NodeKind::Object(members)) => Partial::object(
                    members
                        .iter()
                        .map(|(name, _)| (name.to_string(), part(LocationStep::Name(name.clone()))))
                        .collect(),
                ),
                _ => value.clone(),
            }
        })
    }

    /// The value with what the plan knows of attributes that hold scalars.
    pub(super) fn settled(&self, value: &Partial) -> Partial {
        value.each(|value| {
            let Kind::Attribute(id, location) = &value.kind else {
                return value.clone();
            };
            match self.attribute_state(*id, location) {
                State::Absent => Partial::null().through(&value.via),
                State::Known(known) if !known.is_array() && !known.is_object() => {
                    Partial::from(known).through(&value.via)
                }
                _ => value.clone(),
            }
        })
    }

    /// A known string, number or boolean.
    pub(super) fn scalar(&self, value: &Partial) -> Option<Value> {
        match self.settled(value).kind {
            Kind::Scalar(value) => Some(value),
            _ => None,
        }
    }

    /// The state of an attribute. The plan's reader keeps only some. What the source writes for the others is not told:
    /// the provider may give it another type or spelling, and `ignore_changes` another value.
    fn attribute_state(&self, id: ResourceId, location: &crate::model::value::Location) -> State {
        let values = self.model.resource(id).values(Side::After);
        values
            .and_then(|node| node.at(location))
            .map_or(State::Unknown, |node| node.state())
    }

    /// Whether a value is certainly not null.
    pub(super) fn never_null(&self, value: &Partial) -> bool {
        match &value.kind {
            Kind::Scalar(_)
            | Kind::Object(_)
            | Kind::List(_)
            | Kind::Set(_)
            | Kind::Elements(_)
            | Kind::Resource(_)
            | Kind::Module(_)
            | Kind::Text(_)
            | Kind::Made(_)
            | Kind::Encoded(_) => true,
            Kind::Attribute(id, location) => match self.attribute_state(*id, location) {
                State::Known(_) => true,
                State::Absent => false,
                State::Unknown => {
                    let resource = self.model.resource(*id);
                    matches!(location.0.as_slice(), [LocationStep::Name(name)]
                        if self.mirrors.is_identifier(resource.mode, &resource.resource_type, name))
                }
            },
            Kind::OneOf(several) => several.iter().all(|one| self.never_null(one)),
            Kind::Null | Kind::Opaque(_) | Kind::Invalid => false,
        }
    }
}

/// One more than the position of an instance.
pub(super) fn number(key: Option<&Index>) -> Option<u64> {
    match key {
        Some(Index::Number(number)) => Some(number.saturating_add(1)),
        _ => None,
    }
}

pub(super) fn attribute_name(operator: &TraversalOperator) -> Option<&str> {
    match operator {
        TraversalOperator::GetAttr(name) => Some(name.as_str()),
        _ => None,
    }
}
