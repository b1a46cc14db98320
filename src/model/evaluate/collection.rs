//! Comprehensions, and functions over collections.

use std::collections::BTreeMap;

use hcl_edit::expr::ForExpr;
use serde_json::Value;

use super::partial::{Kind, Partial, text_of};
use super::scope::Scope;
use crate::model::resolve::{Opaque, Resolver};
use crate::model::value::LocationStep;

impl Resolver<'_, '_> {
    /// `[for …]` and `{for …}`.
    pub(super) fn comprehension(&self, comprehension: &ForExpr, scope: &Scope<'_>) -> Partial {
        let collection = self.opened(&self.evaluate(&comprehension.intro.collection_expr, scope));
        collection.each(|collection| self.comprehension_over(collection, comprehension, scope))
    }

    fn comprehension_over(&self, collection: &Partial, comprehension: &ForExpr, scope: &Scope<'_>) -> Partial {
        let (pairs, mut counted) = match self.pairs(collection) {
            Some(pairs) => (pairs, true),
            None => match self.any_pairs(collection) {
                Some(pairs) => (pairs, false),
                None => {
                    return match &collection.kind {
                        Kind::Opaque(_) => collection.clone(),
                        Kind::Resource(_) | Kind::Module(_) => Opaque::Undecided(
                            "it goes over all attributes of a resource, or all outputs of a module".into(),
                        )
                        .into(),
                        // Terraform goes over nothing else.
                        _ => Partial::invalid(),
                    };
                }
            },
        };
        // Of a set that has no order that could be told, a list has none either.
        counted &= !(collection.is_unordered() && comprehension.key_expr.is_none());
        let mut elements = Vec::new();
        let mut members: BTreeMap<String, Partial> = BTreeMap::new();
        for (key, value) in pairs {
            let mut inner = scope.bind(comprehension.intro.value_var.as_str(), value);
            if let Some(name) = &comprehension.intro.key_var {
                inner = inner.bind(name.as_str(), key);
            }
            if let Some(condition) = &comprehension.cond {
                match self.truth(&self.evaluate(&condition.expr, &inner)) {
                    Some(false) => continue,
                    Some(true) => {}
                    None if self.settled(&self.evaluate(&condition.expr, &inner)).kind == Kind::Invalid => {
                        return Partial::invalid();
                    }
                    None => counted = false,
                }
            }
            let element = self.evaluate(&comprehension.value_expr, &inner);
            if element.kind == Kind::Invalid {
                return Partial::invalid();
            }
            let Some(key) = &comprehension.key_expr else {
                elements.push(element);
                continue;
            };
            let Some(key) = self.scalar(&self.evaluate(key, &inner)).as_ref().and_then(text_of) else {
                return Opaque::Undecided("the keys of a map are known only after apply".into()).into();
            };
            let member = match (comprehension.grouping, members.remove(&key)) {
                (false, None) => element,
                (false, Some(_)) if counted => return Partial::invalid(),
                (false, Some(there)) => Partial::one_of(vec![there, element]),
                (true, None) => Partial::list(vec![element]),
                (true, Some(group)) => {
                    let mut group = group.as_list().unwrap_or_default();
                    group.push(element);
                    Partial::list(group)
                }
            };
            members.insert(key, member);
        }
        match (comprehension.key_expr.is_some(), counted) {
            (false, true) => Partial::list(elements),
            (false, false) => Partial::elements(elements),
            (true, true) => Partial::object(members),
            (true, false) => Opaque::Undecided("which members a map has is known only after apply".into()).into(),
        }
    }

    /// Keys and values of a collection.
    pub(super) fn pairs(&self, collection: &Partial) -> Option<Vec<(Partial, Partial)>> {
        let collection = self.opened(collection);
        match &collection.kind {
            Kind::List(_) => {
                let elements = collection.as_list()?.into_iter().enumerate();
                Some(
                    elements
                        .map(|(position, element)| (Value::from(position).into(), element))
                        .collect(),
                )
            }
            Kind::Set(_) => Some(
                collection
                    .as_list()?
                    .into_iter()
                    .map(|one| (one.clone(), one))
                    .collect(),
            ),
            Kind::Object(members) => Some(
                members
                    .iter()
                    .map(|(name, member)| (name.clone().into(), member.clone().through(&collection.via)))
                    .collect(),
            ),
            _ => None,
        }
    }

    /// What any key and value of a collection of unknown length may be.
    fn any_pairs(&self, collection: &Partial) -> Option<Vec<(Partial, Partial)>> {
        let key = || Partial::from(Opaque::Undecided("a key that is known only after apply".into()));
        match &collection.kind {
            Kind::Elements(elements) => {
                let elements = elements.iter().map(|one| (key(), one.clone().through(&collection.via)));
                Some(elements.collect())
            }
            Kind::Attribute(id, location) => {
                let element = Partial::from(Kind::Attribute(*id, location.with(LocationStep::Any)));
                Some(vec![(key(), element.through(&collection.via))])
            }
            _ => None,
        }
    }

    /// Functions over collections; `None` where the function is none of them.
    pub(super) fn collection_function(&self, name: &str, arguments: &[Partial]) -> Option<Partial> {
        if name == "merge" && arguments.is_empty() {
            return Some(Partial::object(BTreeMap::new()));
        }
        let first = arguments.first()?;
        let opened = self.opened(first);
        Some(match (name, arguments) {
            ("one", [_]) => self.only(&opened),
            ("element", [_, position]) => self.element(&opened, position),
            ("lookup", [_, key, ..]) => self.lookup(&opened, key, arguments.get(2)),
            ("keys", [_]) => match &opened.kind {
                Kind::Object(members) => Partial::list(members.keys().cloned().map(Partial::from).collect()),
                _ => return None,
            },
            ("values", [_]) => match &opened.kind {
                Kind::Object(members) => {
                    Partial::list(members.values().map(|one| one.clone().through(&opened.via)).collect())
                }
                _ => return None,
            },
            ("length", [_]) => self.length(&opened),
            ("contains", [_, wanted]) => self.contains(&opened, wanted),
            ("merge", _) => self.merge(arguments)?,
            ("concat", _) => self.concat(arguments)?,
            ("flatten", [_]) => {
                let mut flat = Vec::new();
                match self.flatten(&opened, &mut flat) {
                    true => Partial::list(flat),
                    false => Partial::elements(flat),
                }
            }
            ("compact", [_]) => self.compact(&opened)?,
            ("toset", [_]) => Partial::set(self.elements_of_one_type(&opened.as_list()?)),
            ("distinct", [_]) => {
                let elements = self.elements_of_one_type(&opened.as_list()?);
                let mut kept: Vec<Partial> = Vec::new();
                for element in elements {
                    if !kept.contains(&element) {
                        kept.push(element);
                    }
                }
                // Elements that are not known may be equal.
                match kept.len() < 2 || kept.iter().all(|one| self.whole(one).is_some()) {
                    true => Partial::list(kept),
                    false => Partial::elements(kept),
                }
            }
            ("tolist" | "sort" | "reverse", [_]) => self.ordered(name, &opened)?,
            ("tomap", [_]) => match &opened.kind {
                Kind::Object(members) => {
                    let values: Vec<Partial> = members.values().cloned().collect();
                    let values = self.elements_of_one_type(&values);
                    Partial::object(members.keys().cloned().zip(values).collect()).through(&opened.via)
                }
                _ => opened,
            },
            ("coalescelist", _) => {
                if arguments.iter().any(|one| self.settled(one).kind == Kind::Null) {
                    return Some(Partial::invalid());
                }
                let lists: Option<Vec<Vec<Partial>>> = arguments.iter().map(|one| self.opened(one).as_list()).collect();
                let chosen = lists?.into_iter().find(|list| !list.is_empty());
                chosen.map_or_else(Partial::invalid, Partial::list)
            }
            ("zipmap", [_, values]) => {
                let keys = self.keys_of(&opened)?;
                let values = self.opened(values).as_list()?;
                if keys.len() != values.len() {
                    return Some(Partial::invalid());
                }
                Partial::object(keys.into_iter().zip(values).collect())
            }
            ("alltrue" | "anytrue", [_]) => {
                let decides = name == "anytrue";
                let flags: Vec<Option<bool>> = opened.as_list()?.iter().map(|one| self.flag(one)).collect();
                if flags.contains(&Some(decides)) {
                    decides.into()
                } else if flags.contains(&None) {
                    Partial::made(opened.as_list()?)
                } else {
                    (!decides).into()
                }
            }
            ("slice", [_, start, end]) => {
                let elements = opened.as_list()?;
                match elements.get(self.position(start)?..self.position(end)?) {
                    Some(part) => Partial::list(part.to_vec()),
                    None => Partial::invalid(),
                }
            }
            ("setunion", _) => Partial::set(self.elements_of_one_type(&self.concat(arguments)?.as_list()?)),
            ("setsubtract" | "setintersection", _) => self.of_sets(name == "setintersection", arguments)?,
            _ => return None,
        })
    }

    /// What two sets have in common, or the first alone. An element that is not known may be any.
    fn of_sets(&self, common: bool, sets: &[Partial]) -> Option<Partial> {
        let counts: Vec<usize> = sets
            .iter()
            .map(|set| Some(self.opened(set).as_list()?.len()))
            .collect::<Option<_>>()?;
        let mut all = self.elements_of_one_type(&self.concat(sets)?.as_list()?).into_iter();
        let mut sets = counts
            .into_iter()
            .map(|count| all.by_ref().take(count).collect::<Vec<Partial>>());
        let mut kept = sets.next()?;
        let whole =
            |elements: &[Partial]| -> Option<Vec<Value>> { elements.iter().map(|one| self.whole(one)).collect() };
        whole(&kept)?;
        for other in sets {
            let other = whole(&other)?;
            kept.retain(|one| self.whole(one).is_some_and(|one| other.contains(&one)) == common);
        }
        Some(Partial::set(kept))
    }

    /// An element of `alltrue` and `anytrue`: null is false.
    fn flag(&self, value: &Partial) -> Option<bool> {
        match self.settled(value).kind {
            Kind::Null => Some(false),
            _ => self.truth(value),
        }
    }

    fn only(&self, collection: &Partial) -> Partial {
        match &collection.kind {
            Kind::List(elements) | Kind::Set(elements) => match elements.as_slice() {
                [] => Partial::null(),
                [only] => only.clone().through(&collection.via),
                _ => Partial::invalid(),
            },
            Kind::Elements(elements) => {
                let mut possible: Vec<Partial> = elements.iter().cloned().collect();
                possible.push(Partial::null());
                Partial::one_of(possible).through(&collection.via)
            }
            Kind::Attribute(id, location) => {
                let element = Partial::from(Kind::Attribute(*id, location.with(LocationStep::Any)));
                Partial::one_of(vec![element, Partial::null()]).through(&collection.via)
            }
            Kind::Opaque(_) => collection.clone(),
            _ => Partial::invalid(),
        }
    }

    fn element(&self, collection: &Partial, position: &Partial) -> Partial {
        let known = self.scalar(position).and_then(|position| position.as_u64());
        match (collection.as_list(), known) {
            (Some(elements), Some(position)) => {
                let count = u64::try_from(elements.len()).unwrap_or(u64::MAX);
                let wrapped = position
                    .checked_rem(count)
                    .and_then(|wrapped| usize::try_from(wrapped).ok());
                let found = wrapped.and_then(|wrapped| elements.get(wrapped).cloned());
                found.unwrap_or_else(Partial::invalid)
            }
            _ => self.index(collection, position),
        }
    }

    fn lookup(&self, map: &Partial, key: &Partial, default: Option<&Partial>) -> Partial {
        let default = default.cloned().unwrap_or_else(Partial::invalid);
        let key = self.scalar(key);
        match (&map.kind, key.as_ref().and_then(text_of)) {
            (Kind::Object(members), Some(key)) => match self.member(map, &key) {
                // A map has one type, an object one for each member; which of them this is cannot be told.
                found if found.kind == Kind::Invalid => {
                    let values: Vec<Partial> = members.values().cloned().chain([default.clone()]).collect();
                    let converted = self.elements_of_one_type(&values).pop();
                    let as_number = match (members.values().next().map(|one| &one.kind), self.number(&default)) {
                        (Some(Kind::Scalar(Value::Number(_))), Some(number)) => number.value().map(Partial::from),
                        _ => None,
                    };
                    Partial::one_of([Some(default), converted, as_number].into_iter().flatten().collect())
                }
                found => found,
            },
            (Kind::Object(members), None) => {
                let members = members.values().map(|one| one.clone().through(&map.via));
                Partial::one_of(members.chain([default]).collect())
            }
            _ => Partial::one_of(vec![
                self.member(map, &key.as_ref().and_then(text_of).unwrap_or_default()),
                default,
            ]),
        }
    }

    fn contains(&self, collection: &Partial, wanted: &Partial) -> Partial {
        let Some(elements) = collection.as_list() else {
            return Partial::made(vec![collection.clone(), wanted.clone()]);
        };
        // A null is not looked for.
        if self.settled(wanted).kind == Kind::Null {
            return Partial::invalid();
        }
        let mut answers = elements
            .iter()
            .map(|element| self.equal(&self.settled(element), &self.settled(wanted)));
        let mut doubt = false;
        for answer in &mut answers {
            match answer {
                Some(true) => return true.into(),
                Some(false) => {}
                None => doubt = true,
            }
        }
        if doubt {
            Partial::made(vec![collection.clone(), wanted.clone()])
        } else {
            false.into()
        }
    }

    fn merge(&self, maps: &[Partial]) -> Option<Partial> {
        let mut out = BTreeMap::new();
        for map in maps {
            let map = self.opened(map);
            match &map.kind {
                Kind::Object(members) => {
                    out.extend(
                        members
                            .iter()
                            .map(|(name, one)| (name.clone(), one.clone().through(&map.via))),
                    );
                }
                Kind::Null => {}
                _ => return None,
            }
        }
        Some(Partial::object(out))
    }

    fn concat(&self, lists: &[Partial]) -> Option<Partial> {
        let mut out = Vec::new();
        let mut counted = true;
        for list in lists {
            let list = self.opened(list);
            match (&list.kind, list.as_list()) {
                (_, Some(elements)) => {
                    counted &= !list.is_unordered();
                    out.extend(elements);
                }
                (Kind::Elements(elements), _) => {
                    counted = false;
                    out.extend(elements.iter().map(|one| one.clone().through(&list.via)));
                }
                _ => return None,
            }
        }
        Some(if counted {
            Partial::list(out)
        } else {
            Partial::elements(out)
        })
    }

    /// Whether the number of elements can be told.
    fn flatten(&self, value: &Partial, flat: &mut Vec<Partial>) -> bool {
        let value = self.opened(value);
        match &value.kind {
            Kind::List(_) | Kind::Set(_) => {
                let elements = value.as_list().unwrap_or_default();
                elements.iter().fold(!value.is_unordered(), |counted, element| {
                    self.flatten(element, flat) && counted
                })
            }
            Kind::Elements(elements) => {
                for element in elements.iter() {
                    self.flatten(&element.clone().through(&value.via), flat);
                }
                false
            }
            Kind::OneOf(_) => {
                for one in value.possible() {
                    self.flatten(&one, flat);
                }
                false
            }
            _ => {
                flat.push(value);
                true
            }
        }
    }

    fn compact(&self, value: &Partial) -> Option<Partial> {
        let mut counted = true;
        let mut kept = Vec::new();
        for element in value.as_list()? {
            let element = self.settled(&element);
            match &element.kind {
                Kind::Null => {}
                Kind::Scalar(Value::String(text)) if text.is_empty() => {}
                _ => {
                    counted &= self.never_null(&element);
                    kept.push(element);
                }
            }
        }
        Some(if counted {
            Partial::list(kept)
        } else {
            Partial::elements(kept)
        })
    }

    /// A list from a set, or in another order. The order of what is not known cannot be told.
    fn ordered(&self, name: &str, value: &Partial) -> Option<Partial> {
        let mut elements = value.as_list()?;
        if name == "sort" {
            let texts: Option<Vec<String>> = elements
                .iter()
                .map(|element| self.scalar(element).as_ref().and_then(text_of))
                .collect();
            let Some(mut texts) = texts else {
                return Some(Partial::elements(elements));
            };
            texts.sort();
            return Some(Partial::list(texts.into_iter().map(Partial::from).collect()));
        }
        if value.is_unordered() {
            return Some(Partial::elements(elements));
        }
        if name == "reverse" {
            elements.reverse();
        } else {
            elements = self.elements_of_one_type(&elements);
        }
        Some(Partial::list(elements))
    }
}
