//! Statements of a policy that are written as blocks (`aws_iam_policy_document`), in the shape of [`super::document`].

use std::collections::BTreeMap;

use super::document::{KINDS, condition, text};
use super::value::{Location, Node, NodeKind};
use crate::plan::{Members, Tree};

/// A statement with the places that are unknown in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The statement, in the one shape.
    pub node: Node,
    /// Unknown places in the statement, each with the place of the argument behind it.
    pub unknown: Vec<(Location, Location)>,
}

/// Arguments that are lists, and the elements that they become.
const LISTS: [(&str, &str); 4] = [
    ("actions", "Action"),
    ("not_actions", "NotAction"),
    ("resources", "Resource"),
    ("not_resources", "NotResource"),
];

/// A node with the place of the argument that it comes from.
type Item = (Node, Location);

impl Statement {
    /// The statement that a block at a place makes.
    pub fn of_block(block: &Node, at: &Location) -> Self {
        let mut made = Self {
            node: Node::unknown(),
            unknown: Vec::new(),
        };
        match &block.kind {
            NodeKind::Object(arguments) => {
                let members = made.members(arguments, at);
                made.node.kind = NodeKind::Object(members);
            }
            _ => made.unknown.push((Location::default(), at.clone())),
        }
        made.node.sensitive = block.sensitive;
        made
    }

    fn members(&mut self, arguments: &Members<Node>, at: &Location) -> Members<Node> {
        let here = Location::default();
        let mut members = Members::new();
        let argument = |name: &str| {
            let node = arguments.get(name).filter(|node| is_set(node))?;
            Some((node, at.member(name)))
        };
        let effect = match argument("effect") {
            Some((effect, from)) => self.put(&here.member("Effect"), (effect.clone(), from)),
            None => text("Allow"),
        };
        members.insert("Effect".into(), effect);
        if let Some((sid, from)) = argument("sid") {
            members.insert("Sid".into(), self.put(&here.member("Sid"), (sid.clone(), from)));
        }
        for (name, element) in LISTS {
            if let Some((list, from)) = argument(name) {
                members.insert(element.into(), self.put_all(&here.member(element), items(list, &from)));
            }
        }
        for (name, element) in [("principals", "Principal"), ("not_principals", "NotPrincipal")] {
            if let Some((blocks, from)) = argument(name) {
                members.insert(element.into(), self.principals(&here.member(element), blocks, from));
            }
        }
        if let Some((blocks, from)) = argument("condition") {
            members.insert(
                "Condition".into(),
                self.conditions(&here.member("Condition"), blocks, from),
            );
        }
        members
    }

    fn put(&mut self, place: &Location, (node, from): Item) -> Node {
        if node.kind == NodeKind::Unknown {
            self.unknown.push((place.clone(), from));
        }
        node
    }

    fn put_all(&mut self, place: &Location, items: Vec<Item>) -> Node {
        let elements = items.into_iter().enumerate();
        let elements = elements.map(|(index, item)| self.put(&place.element(index), item));
        Node::of(NodeKind::Array(elements.collect()))
    }

    /// Principals of a type that is unknown may be of each.
    fn principals(&mut self, place: &Location, blocks: &Node, from: Location) -> Node {
        let NodeKind::Array(blocks) = &blocks.kind else {
            return self.put(place, (Node::unknown(), from));
        };
        let mut kinds: BTreeMap<String, Vec<Item>> = BTreeMap::new();
        for (index, block) in blocks.iter().enumerate() {
            let from = from.element(index);
            match member(block, "type").and_then(known_text) {
                Some(kind) => {
                    let kind = if kind == "*" { "AWS" } else { kind };
                    let ids = member(block, "identifiers").unwrap_or(&UNKNOWN);
                    let ids = items(ids, &from.member("identifiers"));
                    kinds.entry(kind.to_owned()).or_default().extend(ids);
                }
                None => {
                    for kind in KINDS {
                        let ids = kinds.entry(kind.to_owned()).or_default();
                        ids.push((Node::unknown(), from.clone()));
                    }
                }
            }
        }
        let kinds = kinds.into_iter().map(|(kind, ids)| {
            let ids = self.put_all(&place.member(&kind), ids);
            (kind.into(), ids)
        });
        Node::of(NodeKind::Object(kinds.collect()))
    }

    fn conditions(&mut self, place: &Location, blocks: &Node, from: Location) -> Node {
        let NodeKind::Array(blocks) = &blocks.kind else {
            return self.put(place, (Node::unknown(), from));
        };
        let blocks = blocks.iter().enumerate();
        let entries = merged(blocks.map(|(index, block)| Entry::of(block, &from.element(index))));
        let shaped = entries.into_iter().enumerate().map(|(index, entry)| {
            let place = place.element(index);
            let operator = self.put(&place.member("operator"), entry.operator);
            let key = self.put(&place.member("key"), entry.key);
            let values = self.put_all(&place.member("values"), entry.values);
            condition(operator, lower(key), values)
        });
        Node::of(NodeKind::Array(shaped.collect()))
    }
}

/// A condition as it is written.
struct Entry {
    operator: Item,
    key: Item,
    values: Vec<Item>,
}

impl Entry {
    fn of(block: &Node, from: &Location) -> Self {
        let argument = |name: &str| {
            let node = member(block, name).unwrap_or(&UNKNOWN);
            (node.clone(), from.member(name))
        };
        let (values, place) = argument("values");
        Self {
            operator: argument("test"),
            key: argument("variable"),
            values: items(&values, &place),
        }
    }

    fn name(&self) -> Option<(&str, &str)> {
        Some((known_text(&self.operator.0)?, known_text(&self.key.0)?))
    }

    fn hidden(&self) -> Option<&Item> {
        [&self.operator, &self.key]
            .into_iter()
            .find(|(node, _)| known_text(node).is_none())
    }
}

/// Blocks with one operator and one key make one condition with the values of all. One whose operator or key is unknown
/// may add values to any.
fn merged(entries: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for entry in entries {
        let same = all
            .iter_mut()
            .find(|there| entry.name().is_some() && there.name() == entry.name());
        match same {
            Some(there) => there.values.extend(entry.values),
            None => all.push(entry),
        }
    }
    let hidden: Vec<Location> = all
        .iter()
        .filter_map(Entry::hidden)
        .map(|(_, from)| from.clone())
        .collect();
    for entry in &mut all {
        entry
            .values
            .extend(hidden.iter().map(|from| (Node::unknown(), from.clone())));
    }
    all
}

static UNKNOWN: Node = Node {
    kind: NodeKind::Unknown,
    sensitive: false,
};

/// The texts of a list; a list that is unknown as a whole is one unknown element, which stands for any number.
fn items(list: &Node, from: &Location) -> Vec<Item> {
    match &list.kind {
        NodeKind::Array(elements) => elements
            .iter()
            .enumerate()
            .map(|(index, element)| {
                let mut element = with_variables(element);
                element.sensitive |= list.sensitive;
                (element, from.element(index))
            })
            .collect(),
        NodeKind::Absent => Vec::new(),
        _ => vec![(Node::unknown(), from.clone())],
    }
}

/// In blocks, the variables of policies are written `&{…}`: Terraform has `${…}` for itself.
fn with_variables(node: &Node) -> Node {
    let mut node = node.clone();
    if let NodeKind::Scalar(Tree::Text(text)) = &mut node.kind
        && text.contains("&{")
    {
        *text = text.replace("&{", "${").into();
    }
    node
}

fn lower(mut key: Node) -> Node {
    if let NodeKind::Scalar(Tree::Text(text)) = &mut key.kind {
        *text = text.to_lowercase();
    }
    key
}

fn member<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    match &node.kind {
        NodeKind::Object(members) => members.get(name),
        _ => None,
    }
}

fn known_text(node: &Node) -> Option<&str> {
    match &node.kind {
        NodeKind::Scalar(Tree::Text(text)) => Some(text),
        _ => None,
    }
}

/// The empty text and the empty list count as not set.
fn is_set(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Absent => false,
        NodeKind::Scalar(Tree::Text(text)) => !text.is_empty(),
        NodeKind::Array(elements) => !elements.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::plain;
    use super::super::value::State;
    use super::*;
    use serde_json::{Value, json};

    /// A block in which `?` stands for what is unknown.
    fn block(value: Value) -> Node {
        fn mark(mut node: Node) -> Node {
            node.kind = match node.kind {
                NodeKind::Scalar(Tree::Text(text)) if text == "?" => NodeKind::Unknown,
                NodeKind::Object(members) => {
                    NodeKind::Object(members.into_iter().map(|(name, node)| (name, mark(node))).collect())
                }
                NodeKind::Array(elements) => NodeKind::Array(elements.into_iter().map(mark).collect()),
                kind => kind,
            };
            node
        }
        mark(plain(value))
    }

    fn made(value: Value) -> Statement {
        Statement::of_block(&block(value), &Location::default().member("statement").element(3))
    }

    fn places(statement: &Statement) -> Vec<(String, String)> {
        let places = statement.unknown.iter();
        places
            .map(|(place, from)| (place.to_string(), from.to_string()))
            .collect()
    }

    #[test]
    fn what_is_not_written_is_not_there() {
        let known = made(
            json!({"effect": null, "sid": "", "actions": ["a"], "not_actions": [], "principals": [], "condition": null}),
        );
        assert_eq!(
            known.node.state(),
            State::Known(json!({"Effect": "Allow", "Action": ["a"]}))
        );
        assert!(known.unknown.is_empty());
    }

    #[test]
    fn unknown_places_are_told_with_the_arguments_behind_them() {
        let partly = made(json!({
            "sid": "?", "effect": "?", "actions": "?", "resources": ["a", "?"],
            "principals": [{"type": "*", "identifiers": ["*"]}, {"type": "AWS", "identifiers": ["?"]}],
            "condition": "?"
        }));
        let expected = [
            ("$.Effect", "$.statement[3].effect"),
            ("$.Sid", "$.statement[3].sid"),
            ("$.Action[0]", "$.statement[3].actions"),
            ("$.Resource[1]", "$.statement[3].resources[1]"),
            ("$.Principal.AWS[1]", "$.statement[3].principals[1].identifiers[0]"),
            ("$.Condition", "$.statement[3].condition"),
        ];
        assert_eq!(
            places(&partly),
            expected.map(|(place, from)| (place.into(), from.into()))
        );
        assert_eq!(places(&made(json!("?"))), [("$".into(), "$.statement[3]".into())]);
    }

    #[test]
    fn principals_of_an_unknown_type_may_be_of_each() {
        let unknown = made(json!({"principals": [{"type": "?", "identifiers": ["*"]}]}));
        let NodeKind::Object(statement) = &unknown.node.kind else {
            panic!()
        };
        let NodeKind::Object(kinds) = &statement.get("Principal").unwrap().kind else {
            panic!()
        };
        for kind in KINDS {
            assert_eq!(
                kinds.get(kind).unwrap().kind,
                NodeKind::Array(vec![Node::unknown()]),
                "{kind}"
            );
        }
    }

    #[test]
    fn a_condition_with_an_unknown_operator_or_key_may_add_values_to_any() {
        for hidden in [
            json!({"test": "?", "variable": "aws:userid", "values": ["u"]}),
            json!({"test": "Null", "variable": "?", "values": ["u"]}),
        ] {
            let statement = made(json!({"condition": [
                {"test": "StringEquals", "variable": "aws:PrincipalOrgID", "values": ["o-1"]},
                {"test": "StringEquals", "variable": "aws:PrincipalOrgID", "values": ["o-2"]},
                hidden
            ]}));
            let NodeKind::Object(members) = &statement.node.kind else {
                panic!()
            };
            let NodeKind::Array(conditions) = &members.get("Condition").unwrap().kind else {
                panic!()
            };
            assert_eq!(conditions.len(), 2);
            let values = |condition: &Node| condition.at(&Location::default().member("values")).cloned().unwrap();
            let NodeKind::Array(first) = values(&conditions[0]).kind else {
                panic!()
            };
            assert_eq!(first, [text("o-1"), text("o-2"), Node::unknown()]);
        }
    }
}
