//! What a path selects where parts of the values are unknown: which nodes, and whether each of them is selected for certain.
//!
//! Names and positions from the start lead to a place even where nothing is there: it is not set. Everything else selects
//! what is there. A node that several selectors select is one node.

mod filter;
mod truth;

use super::path::{Path, PathStep, Selector, Slice, are_singular};
use super::value::{Location, LocationStep, Node, NodeKind};

pub use truth::Truth;

/// A node that a path selects, or a place where it may select any number of nodes.
#[derive(Debug, Clone)]
pub struct Chosen<'n, 'p> {
    /// Where.
    pub location: Location,
    /// What is there.
    pub there: There<'n, 'p>,
    /// Whether what is there or around it is sensitive.
    pub sensitive: bool,
    /// Whether the path selects it: never [`Truth::No`].
    pub selected: Truth,
}

/// What a path leads to.
#[derive(Debug, Clone)]
pub enum There<'n, 'p> {
    /// A node; `None` where nothing is set.
    Node(Option<&'n Node>),
    /// Something unknown, inside which the rest of the path selects any number of nodes.
    Open(&'p [PathStep]),
}

/// What an unknown place may come to.
#[derive(Debug, Clone, PartialEq)]
pub enum Guess {
    /// This value.
    Value(serde_json::Value),
    /// Nothing is set.
    NotSet,
    /// Something that only the apply will tell.
    Something,
    /// It cannot be told.
    Unknown,
}

/// What helps to choose.
pub struct Choice<'g> {
    /// What an unknown place may come to: all of it, and never nothing.
    guess: &'g mut dyn FnMut(&Location) -> Vec<Guess>,
    /// Whether an unknown element of a list stands for any number of elements, as in a document that is made of others.
    elastic: bool,
}

impl<'g> Choice<'g> {
    /// Chooses in a resource's values.
    pub fn new(guess: &'g mut dyn FnMut(&Location) -> Vec<Guess>) -> Self {
        Self { guess, elastic: false }
    }

    /// Chooses in a document, where an unknown element stands for any number of elements.
    pub fn in_document(guess: &'g mut dyn FnMut(&Location) -> Vec<Guess>) -> Self {
        Self { guess, elastic: true }
    }

    /// What `path` selects below the place `base` of `root`.
    pub fn select<'n, 'p>(&mut self, root: Option<&'n Node>, base: &Location, path: &'p Path) -> Vec<Chosen<'n, 'p>> {
        let start = root.and_then(|root| root.at(base));
        let sensitive = root.is_some_and(|root| around(root, base));
        self.steps(start, base.clone(), path.steps(), sensitive)
    }

    /// What steps select in a node at a place.
    pub fn steps<'n, 'p>(
        &mut self,
        node: Option<&'n Node>,
        at: Location,
        steps: &'p [PathStep],
        sensitive: bool,
    ) -> Vec<Chosen<'n, 'p>> {
        let mut walk = Walk {
            choice: self,
            found: Vec::new(),
        };
        walk.node(node, at, steps, sensitive, Truth::Yes);
        walk.found
    }
}

/// Whether anything around a place is sensitive.
fn around(root: &Node, place: &Location) -> bool {
    let mut node = Some(root);
    for step in &place.0 {
        let Some(here) = node else { return false };
        if here.sensitive {
            return true;
        }
        node = here.at(&Location(vec![step.clone()]));
    }
    false
}

struct Walk<'c, 'g, 'n, 'p> {
    choice: &'c mut Choice<'g>,
    found: Vec<Chosen<'n, 'p>>,
}

/// A member or element that selectors select.
struct Child<'n> {
    step: LocationStep,
    node: Option<&'n Node>,
    selected: Truth,
}

impl<'n, 'p> Walk<'_, '_, 'n, 'p> {
    fn node(&mut self, node: Option<&'n Node>, at: Location, steps: &'p [PathStep], sensitive: bool, selected: Truth) {
        let sensitive = sensitive || node.is_some_and(|node| node.sensitive);
        let Some((step, rest)) = steps.split_first() else {
            return self.found.push(Chosen {
                location: at,
                there: There::Node(node),
                sensitive: sensitive || node.is_some_and(Node::any_sensitive),
                selected,
            });
        };
        if let Some(NodeKind::Unknown) = node.map(|node| &node.kind) {
            return self.unknown(node, at, steps, sensitive, selected);
        }
        match step {
            PathStep::Name(name) => {
                let member = match node.map(|node| &node.kind) {
                    Some(NodeKind::Object(members)) => members.get(name),
                    _ => None,
                };
                self.node(member, at.member(name), rest, sensitive, selected);
            }
            PathStep::Index(index) => match self.shifted(node, *index) {
                Some(unknown) => self.open(at.element(unknown), steps, sensitive, selected),
                None => {
                    let element = elements(node).get(*index);
                    self.node(element, at.element(*index), rest, sensitive, selected);
                }
            },
            PathStep::Wildcard => self.children(node, &at, &[Selector::Wildcard], steps, sensitive, &selected),
            PathStep::Several(selectors) => self.children(node, &at, selectors, steps, sensitive, &selected),
            PathStep::Descendants(selectors) => self.descendants(node, &at, selectors, steps, sensitive, &selected),
        }
    }

    /// Inside something unknown names and positions lead to one place, and everything else to any number of them.
    fn unknown(
        &mut self,
        node: Option<&'n Node>,
        at: Location,
        steps: &'p [PathStep],
        sensitive: bool,
        selected: Truth,
    ) {
        let singular = steps
            .iter()
            .take_while(|step| are_singular(std::slice::from_ref(*step)));
        let leading = singular.count();
        let location = steps
            .iter()
            .take(leading)
            .fold(at, |place, step| place.with(step.into()));
        match steps.get(leading..) {
            Some(rest) if !rest.is_empty() => self.open(location, rest, sensitive, selected),
            _ => self.found.push(Chosen {
                location,
                there: There::Node(node),
                sensitive,
                selected,
            }),
        }
    }

    fn open(&mut self, location: Location, rest: &'p [PathStep], sensitive: bool, selected: Truth) {
        self.found.push(Chosen {
            location,
            there: There::Open(rest),
            sensitive,
            selected,
        });
    }

    /// The unknown element that may shift the one at this position, in lists where unknown ones stand for any number.
    fn shifted(&self, node: Option<&Node>, index: usize) -> Option<usize> {
        let before = elements(node).iter().take(index.saturating_add(1));
        before
            .take(if self.choice.elastic { usize::MAX } else { 0 })
            .position(|one| one.kind == NodeKind::Unknown)
    }

    fn children(
        &mut self,
        node: Option<&'n Node>,
        at: &Location,
        selectors: &'p [Selector],
        steps: &'p [PathStep],
        sensitive: bool,
        selected: &Truth,
    ) {
        let Some(node) = node else { return };
        let rest = steps.get(1..).unwrap_or_default();
        let elastic = self.choice.elastic && matches!(node.kind, NodeKind::Array(_));
        if elastic
            && let Some(unknown) = elements(Some(node))
                .iter()
                .position(|one| one.kind == NodeKind::Unknown)
            && selectors.iter().any(by_position)
        {
            return self.open(at.element(unknown), steps, sensitive, selected.clone());
        }
        for child in self.selected(node, at, selectors) {
            let place = at.with(child.step);
            let selected = child.selected.and(selected.clone());
            match child.node.map(|node| &node.kind) {
                Some(NodeKind::Unknown) if elastic => self.open(place, rest, sensitive, selected),
                _ => self.node(child.node, place, rest, sensitive, selected),
            }
        }
    }

    /// What the selectors select in the node, and then in everything inside it.
    fn descendants(
        &mut self,
        node: Option<&'n Node>,
        at: &Location,
        selectors: &'p [Selector],
        steps: &'p [PathStep],
        sensitive: bool,
        selected: &Truth,
    ) {
        let Some(node) = node else { return };
        let sensitive = sensitive || node.sensitive;
        if node.kind == NodeKind::Unknown {
            return self.open(at.clone(), steps, sensitive, selected.clone());
        }
        let rest = steps.get(1..).unwrap_or_default();
        let elastic = self.choice.elastic && matches!(node.kind, NodeKind::Array(_));
        let shifting = elastic
            && selectors.iter().any(by_position)
            && elements(Some(node)).iter().any(|one| one.kind == NodeKind::Unknown);
        // Where positions shift, the elements that are looked into below say so.
        if !shifting {
            for child in self.selected(node, at, selectors) {
                // `..name` selects members that are there.
                let Some(there) = child.node else { continue };
                let place = at.with(child.step);
                let selected = child.selected.and(selected.clone());
                match there.kind {
                    NodeKind::Unknown if elastic => self.open(place, rest, sensitive, selected),
                    _ => self.node(Some(there), place, rest, sensitive, selected),
                }
            }
        } else {
            self.open(at.clone(), steps, sensitive, selected.clone());
        }
        for (step, child) in parts(node) {
            self.descendants(Some(child), &at.with(step), selectors, steps, sensitive, selected);
        }
    }

    /// The children that any of the selectors selects, each once.
    fn selected(&mut self, node: &'n Node, at: &Location, selectors: &'p [Selector]) -> Vec<Child<'n>> {
        let mut children: Vec<Child<'n>> = Vec::new();
        for selector in selectors {
            for child in self.of_selector(node, at, selector) {
                let again = (selectors.len() > 1)
                    .then(|| children.iter_mut().find(|one| one.step == child.step))
                    .flatten();
                match again {
                    Some(there) => there.selected = there.selected.clone().or(child.selected),
                    None => children.push(child),
                }
            }
        }
        children
    }

    fn of_selector(&mut self, node: &'n Node, at: &Location, selector: &'p Selector) -> Vec<Child<'n>> {
        let certain = |(step, node): (LocationStep, &'n Node)| Child {
            step,
            node: Some(node),
            selected: Truth::Yes,
        };
        match selector {
            Selector::Name(name) => match &node.kind {
                NodeKind::Object(members) => vec![Child {
                    step: LocationStep::Name(name.clone()),
                    node: members.get(name),
                    selected: Truth::Yes,
                }],
                _ => Vec::new(),
            },
            Selector::Wildcard => parts(node).into_iter().map(certain).collect(),
            Selector::Index(index) => {
                let elements = elements(Some(node));
                let found = position(*index, elements.len()).and_then(|index| Some((index, elements.get(index)?)));
                found
                    .map(|(index, node)| certain((LocationStep::Index(index), node)))
                    .into_iter()
                    .collect()
            }
            Selector::Slice(slice) => {
                let elements = elements(Some(node));
                let positions = positions(*slice, elements.len()).into_iter();
                let found = positions.filter_map(|index| Some((LocationStep::Index(index), elements.get(index)?)));
                found.map(certain).collect()
            }
            Selector::Filter(filter) => {
                let mut found = Vec::new();
                for (step, child) in parts(node) {
                    let selected = self.choice.holds(filter, child, &at.with(step.clone()));
                    if selected != Truth::No {
                        let node = Some(child);
                        found.push(Child { step, node, selected });
                    }
                }
                found
            }
        }
    }
}

fn by_position(selector: &Selector) -> bool {
    matches!(selector, Selector::Index(_) | Selector::Slice(_))
}

fn elements(node: Option<&Node>) -> &[Node] {
    match node.map(|node| &node.kind) {
        Some(NodeKind::Array(elements)) => elements,
        _ => &[],
    }
}

/// The members or elements of a node.
fn parts(node: &Node) -> Vec<(LocationStep, &Node)> {
    match &node.kind {
        NodeKind::Array(elements) => {
            let numbered = elements.iter().enumerate();
            numbered.map(|(index, one)| (LocationStep::Index(index), one)).collect()
        }
        NodeKind::Object(members) => {
            let named = members.iter();
            named
                .map(|(name, one)| (LocationStep::Name(name.clone()), one))
                .collect()
        }
        _ => Vec::new(),
    }
}

/// A position, of which a negative one counts from the end.
fn position(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// The positions of a slice (RFC 9535, 2.3.4.2.2).
fn positions(slice: Slice, length: usize) -> Vec<usize> {
    let Ok(length) = i64::try_from(length) else {
        return Vec::new();
    };
    let from_end = |index: i64| {
        if index >= 0 {
            index
        } else {
            length.saturating_add(index)
        }
    };
    let forwards = slice.step > 0;
    let (first, last) = (0, length.saturating_sub(1));
    let start = slice.start.map_or(if forwards { first } else { last }, from_end);
    let end = match slice.end {
        Some(end) => from_end(end),
        None if forwards => length,
        None => -1,
    };
    let (start, end) = if forwards {
        (start.clamp(0, length), end.clamp(0, length))
    } else {
        (start.clamp(-1, last), end.clamp(-1, last))
    };
    let mut found = Vec::new();
    let mut at = start;
    while slice.step != 0 && if forwards { at < end } else { at > end } {
        found.extend(usize::try_from(at).ok());
        at = at.saturating_add(slice.step);
    }
    found
}

#[cfg(test)]
pub(crate) mod tests;
