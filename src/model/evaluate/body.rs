//! What a resource block says of a place in the resource's values: arguments, nested blocks, `dynamic` ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};
use serde_json::Value;

use super::Asked;
use super::names::for_each;
use super::partial::{Kind, Partial};
use super::scope::Scope;
use crate::model::resolve::{Opaque, Resolver};
use crate::model::value::{Location, LocationStep, Node, NodeKind, State, may_be_shown_as};
use crate::model::{ResourceId, Side};
use crate::plan::LIFECYCLE;

impl<'p> Resolver<'_, 'p> {
    /// What the source says of a place in a resource; `None` where the resource's source is not there. Null where nothing
    /// is written.
    pub(in crate::model) fn evaluated(&self, id: ResourceId, location: &Location) -> Option<Partial> {
        let (first, rest) = location.0.split_first()?;
        let LocationStep::Name(first) = first else { return None };
        let value = self.argument_of(id, first)?;
        let node = self.model.resource(id).values(Side::After);
        let node = node.and_then(|node| node.at(&Location::default().member(first)));
        Some(self.descend(&value, node, rest))
    }

    /// An argument or the nested blocks of one name; null where there are none.
    fn argument_of(&self, id: ResourceId, name: &str) -> Option<Partial> {
        let resource = self.model.resource(id);
        let module = Arc::clone(&resource.module);
        let source = self.source_of(&module)?;
        let block = source.resource(resource.mode, &resource.resource_type, &resource.name)?;
        let scope = Scope::module(module, source).instance(resource.key.as_ref(), for_each(&block.body));
        if name == LIFECYCLE {
            return Some(self.lifecycle(&block.body, &scope));
        }
        Some(self.once(Asked::Argument(id, name.to_owned()), || {
            self.written_as(&block.body, name, &scope).unwrap_or_else(Partial::null)
        }))
    }

    /// Terraform's own block: what it names are no values.
    fn lifecycle(&self, body: &Body, scope: &Scope<'_>) -> Partial {
        let mut members = BTreeMap::new();
        for attribute in body.get_blocks(LIFECYCLE).flat_map(|block| block.body.attributes()) {
            let name = attribute.key.as_str();
            // In JSON syntax, and in old HCL, what is named stands in quotes.
            let text = |expression: &Expression| match expression {
                Expression::String(name) => Partial::from(name.value().clone()),
                other => Partial::from(other.to_string().trim().to_owned()),
            };
            let value = match (name, &attribute.value) {
                ("prevent_destroy" | "create_before_destroy", value) => self.evaluate(value, scope),
                (_, Expression::Array(elements)) => Partial::list(elements.iter().map(text).collect()),
                (_, value) => text(value),
            };
            members.insert(name.to_owned(), value);
        }
        Partial::object(members)
    }

    /// What a body writes under a name; `None` where it writes nothing.
    fn written_as(&self, body: &Body, name: &str, scope: &Scope<'_>) -> Option<Partial> {
        if let Some(attribute) = body.get_attribute(name) {
            return Some(self.evaluate(&attribute.value, scope));
        }
        let mut elements = Vec::new();
        let mut counted = true;
        let mut any = false;
        for block in body.blocks() {
            match (block.ident.as_str(), block.labels.first()) {
                (ident, None) if ident == name => {
                    any = true;
                    elements.push(self.content(&block.body, scope));
                }
                ("dynamic", Some(label)) if label.as_str() == name => {
                    any = true;
                    counted &= self.dynamic(block, name, scope, &mut elements);
                }
                _ => {}
            }
        }
        any.then(|| match counted {
            true => Partial::list(elements),
            false => Partial::elements(elements),
        })
    }

    /// The arguments and nested blocks of a block.
    fn content(&self, body: &Body, scope: &Scope<'_>) -> Partial {
        let mut members = BTreeMap::new();
        for attribute in body.attributes() {
            members.insert(
                attribute.key.as_str().to_owned(),
                self.evaluate(&attribute.value, scope),
            );
        }
        for block in body.blocks() {
            let name = match (block.ident.as_str(), block.labels.first()) {
                ("dynamic", Some(label)) => label.as_str(),
                (name, _) => name,
            };
            if !members.contains_key(name)
                && let Some(value) = self.written_as(body, name, scope)
            {
                members.insert(name.to_owned(), value);
            }
        }
        Partial::object(members)
    }

    /// The blocks that a `dynamic` block makes; whether their number can be told.
    fn dynamic(&self, block: &Block, name: &str, scope: &Scope<'_>, elements: &mut Vec<Partial>) -> bool {
        let body = &block.body;
        let (Some(collection), Some(content)) = (for_each(body), body.get_blocks("content").next()) else {
            return true;
        };
        let iterator = body
            .get_attribute("iterator")
            .and_then(|attribute| match &attribute.value {
                Expression::Variable(name) => Some(name.as_str()),
                _ => None,
            });
        let iterator = iterator.unwrap_or(name);
        let inside = |key: Partial, value: Partial| {
            let members = BTreeMap::from([("key".to_owned(), key), ("value".to_owned(), value)]);
            self.content(&content.body, &scope.bind(iterator, Partial::object(members)))
        };
        let collection = self.opened(&self.evaluate(collection, scope));
        let possible = collection.possible();
        let mut counted = possible.len() == 1;
        for one in possible {
            match self.pairs(&one) {
                Some(pairs) => elements.extend(pairs.into_iter().map(|(key, value)| inside(key, value))),
                // Terraform takes null for no element only from a splat; anything else here is not known.
                None => {
                    counted = false;
                    let element = match &one.kind {
                        Kind::Elements(parts) => Partial::one_of(parts.to_vec()),
                        Kind::Attribute(id, location) => Kind::Attribute(*id, location.with(LocationStep::Any)).into(),
                        Kind::Opaque(_) => one.clone(),
                        _ => continue,
                    };
                    let key =
                        Opaque::Undecided("the key of a `dynamic` block's element is known only after apply".into());
                    elements.push(inside(key.into(), element));
                }
            }
        }
        counted
    }

    /// Follows a place into a value, beside what the plan knows of the same place.
    fn descend(&self, value: &Partial, node: Option<&Node>, rest: &[LocationStep]) -> Partial {
        let Some((step, rest)) = rest.split_first() else {
            return value.clone();
        };
        value.each(|value| match (step, &value.kind) {
            (_, Kind::Null | Kind::Opaque(_) | Kind::Invalid) => value.clone(),
            (LocationStep::Name(name), Kind::List(elements)) => match elements.as_slice() {
                // A block that the provider shows as one object.
                [only] => {
                    let found = self.member_or_null(&only.clone().through(&value.via), name);
                    self.descend(&found, member(node, name), rest)
                }
                _ => Opaque::HiddenBlock.into(),
            },
            (LocationStep::Name(name), _) => self.descend(&self.member_or_null(value, name), member(node, name), rest),
            (LocationStep::Index(_) | LocationStep::Any, _) => self.element_at(value, node, step, rest),
        })
    }

    /// A member; null where a block does not write it.
    fn member_or_null(&self, value: &Partial, name: &str) -> Partial {
        match &value.kind {
            Kind::Object(members) if !members.contains_key(name) => Partial::null(),
            _ => self.member(value, name),
        }
    }

    /// The element of a list or set that stands at a place in the plan.
    fn element_at(&self, value: &Partial, node: Option<&Node>, step: &LocationStep, rest: &[LocationStep]) -> Partial {
        let planned = match node.map(|node| &node.kind) {
            Some(NodeKind::Array(elements)) => elements.as_slice(),
            _ => &[],
        };
        let at = match step {
            LocationStep::Index(position) => planned.get(*position),
            _ => None,
        };
        let opened = self.opened(value);
        let (candidates, counted) = match &opened.kind {
            Kind::List(elements) | Kind::Set(elements) => (elements.to_vec(), true),
            Kind::Elements(elements) => (elements.to_vec(), false),
            // A block that is written once, or an object where the plan shows a list of one.
            Kind::Object(_) => (vec![opened.clone()], true),
            Kind::Attribute(id, location) => {
                return self.descend(
                    &Partial::from(Kind::Attribute(*id, location.with(step.clone()))),
                    at,
                    rest,
                );
            }
            _ => return opened,
        };
        let written = candidates.len();
        let fitting: Vec<Partial> = candidates
            .into_iter()
            .map(|candidate| candidate.through(&opened.via))
            .filter(|candidate| at.is_none_or(|node| self.may_stand(candidate, node)))
            .collect();
        let mut found: Vec<Partial> = fitting.iter().map(|one| self.descend(one, at, rest)).collect();
        // An element more than is written comes from the provider. One that fits nothing may come from what is written:
        // the provider shows a value in its own way, or `ignore_changes` keeps another one.
        if counted && planned.len() > written || fitting.is_empty() && written > 0 {
            found.push(Opaque::HiddenBlock.into());
        }
        // Where the plan does not show the elements, there may be none of them.
        if written == 0 || !counted && at.is_none() {
            found.push(Partial::null());
        }
        Partial::one_of(found)
    }

    /// Whether an element may be the one that the plan shows: what is known does not stand there as unknown.
    fn may_stand(&self, value: &Partial, node: &Node) -> bool {
        if node.kind == NodeKind::Unknown {
            return self.scalar(value).is_none();
        }
        self.agrees(value, node)
    }

    /// Whether a value may be the one that the plan shows: nothing that is known of both differs.
    fn agrees(&self, value: &Partial, node: &Node) -> bool {
        let value = self.settled(value);
        match (&value.kind, &node.kind) {
            (_, NodeKind::Unknown) | (Kind::Null, _) => true,
            (Kind::Scalar(written), NodeKind::Scalar(_)) => match node.state() {
                State::Known(known) => may_be_shown_as(written, &known),
                _ => true,
            },
            // What is empty may be shown as nothing.
            (Kind::Scalar(written), NodeKind::Absent) => is_empty(written),
            (Kind::Object(members), NodeKind::Object(planned)) => members
                .iter()
                .all(|(name, member)| planned.get(name.as_str()).is_none_or(|node| self.agrees(member, node))),
            (Kind::List(elements), NodeKind::Array(planned)) => {
                elements.len() == planned.len()
                    && elements
                        .iter()
                        .all(|element| planned.iter().any(|node| self.agrees(element, node)))
            }
            (Kind::OneOf(several), _) => several.iter().any(|one| self.agrees(one, node)),
            _ => true,
        }
    }
}

fn member<'n>(node: Option<&'n Node>, name: &str) -> Option<&'n Node> {
    match &node?.kind {
        NodeKind::Object(members) => members.get(name),
        _ => None,
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::String(text) if text.is_empty()) || *value == Value::Bool(false)
}
