//! Merging policies as the provider does: statement by statement, and of several with one `Sid` the last counts.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Document, PossibleDocument};
use crate::eval::tri::Doubt;
use crate::model::value::{Location, LocationStep, Node, NodeKind, State};

/// The statements of a policy that is being made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    statements: Vec<Drafted>,
    sensitive: bool,
}

/// A statement, or (where it is unknown as a whole) any number of them.
#[derive(Debug, Clone, PartialEq)]
struct Drafted {
    node: Node,
    doubts: Vec<(Location, Doubt)>,
}

/// The name of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sid {
    None,
    Known(String),
    /// It may have any name, or none.
    Unknown,
}

impl Draft {
    /// A draft of statements with what is unknown in them.
    pub(super) fn of(statements: impl Iterator<Item = (Node, Vec<(Location, Doubt)>)>) -> Self {
        Self {
            statements: statements.map(|(node, doubts)| Drafted { node, doubts }).collect(),
            sensitive: false,
        }
    }

    /// Any number of statements.
    pub(super) fn more(doubt: Doubt) -> Self {
        Self::of(std::iter::once((Node::unknown(), vec![(Location::default(), doubt)])))
    }

    /// This draft and then what a policy says.
    pub(super) fn merged_with(&self, policy: &PossibleDocument) -> Self {
        let mut merged = self.clone();
        merged.merge_with(policy);
        merged
    }

    /// Adds what a policy says.
    pub(super) fn merge_with(&mut self, policy: &PossibleDocument) {
        match policy {
            PossibleDocument::NotSet => {}
            PossibleDocument::Unknown(doubt) => self.merge(Self::more(doubt.clone())),
            PossibleDocument::Document(document) => self.merge(Self::from(document)),
        }
    }

    /// Adds statements; each takes the place of one with its name.
    pub(super) fn merge(&mut self, later: Self) {
        self.sensitive |= later.sensitive;
        let earlier = self.statements.len();
        let sids: Vec<Sid> = self.statements.iter().map(Drafted::sid).collect();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (index, sid) in sids.iter().enumerate() {
            if let Sid::Known(name) = sid {
                places.entry(name.clone()).or_insert(index);
            }
        }
        let mut replaced = HashSet::new();
        let (mut named, mut hidden) = (false, false);
        for statement in later.statements {
            let sid = statement.sid();
            named |= matches!(sid, Sid::Known(_));
            hidden |= sid == Sid::Unknown;
            if let Sid::Known(name) = sid {
                let place = *places.entry(name).or_insert(self.statements.len());
                if let Some(there) = self.statements.get_mut(place) {
                    *there = statement;
                    replaced.insert(place);
                    continue;
                }
            }
            // Any number of statements and any number of statements are any number of them.
            let whole = statement.node.kind == NodeKind::Unknown;
            if !whole || !self.statements.contains(&statement) {
                self.statements.push(statement);
            }
        }
        // The names in one policy differ, so only those of the other may be meant.
        let mine = self.statements.iter_mut().take(earlier).zip(sids).enumerate();
        for (_, (there, sid)) in mine.filter(|(index, _)| !replaced.contains(index)) {
            if hidden && sid != Sid::None || named && sid == Sid::Unknown {
                there.may_be_replaced();
            }
        }
    }

    /// Whether two policies may have statements of one name.
    pub(super) fn share_names<'d>(policies: impl Iterator<Item = &'d PossibleDocument>) -> bool {
        let mut names = BTreeSet::new();
        for policy in policies {
            let PossibleDocument::Document(document) = policy else {
                return true;
            };
            for statement in Self::from(document).statements {
                match statement.sid() {
                    Sid::None => {}
                    Sid::Known(name) if names.insert(name.clone()) => {}
                    Sid::Known(_) | Sid::Unknown => return true,
                }
            }
        }
        false
    }
}

impl Drafted {
    fn sid(&self) -> Sid {
        let place = Location::default().member("Sid");
        match (&self.node.kind, self.node.at(&place).map(Node::state)) {
            (NodeKind::Unknown, _) | (_, Some(State::Unknown)) => Sid::Unknown,
            (_, Some(State::Known(name))) => match name.as_str() {
                Some("") | None => Sid::None,
                Some(name) => Sid::Known(name.to_owned()),
            },
            (_, Some(State::Absent) | None) => Sid::None,
        }
    }

    /// Whether it is there is then unknown, and so is what it says.
    fn may_be_replaced(&mut self) {
        if self.node.kind != NodeKind::Unknown {
            let doubt = Doubt {
                because: "another policy that it is made of may replace the statement".into(),
                settle: "give the statements of the policies different and literal `sid`s".into(),
            };
            self.node.kind = NodeKind::Unknown;
            self.doubts = vec![(Location::default(), doubt)];
        }
    }
}

impl From<&Document> for Draft {
    fn from(document: &Document) -> Self {
        let place = Location::default().member("Statement");
        let statements = match document.node.at(&place).map(|node| &node.kind) {
            Some(NodeKind::Array(statements)) => statements.as_slice(),
            Some(NodeKind::Unknown) | None => return Self::more(document.doubt(&place)),
            Some(_) => &[],
        };
        let statements = statements.iter().enumerate().map(|(index, node)| {
            let start = place.element(index);
            let doubts = document.doubts.iter().filter_map(|(at, doubt)| {
                let inside = at.0.strip_prefix(start.0.as_slice())?;
                Some((Location(inside.to_vec()), doubt.clone()))
            });
            (node.clone(), doubts.collect())
        });
        Self {
            sensitive: document.node.sensitive,
            ..Self::of(statements)
        }
    }
}

impl From<Draft> for Document {
    fn from(draft: Draft) -> Self {
        let place = Location::default().member("Statement");
        let mut doubts = Vec::new();
        let mut statements = Vec::new();
        for (index, statement) in draft.statements.into_iter().enumerate() {
            let start = place.element(index);
            doubts.extend(statement.doubts.into_iter().map(|(inside, doubt)| {
                let steps: Vec<LocationStep> = start.0.iter().cloned().chain(inside.0).collect();
                (Location(steps), doubt)
            }));
            statements.push(statement.node);
        }
        let list = Node::of(NodeKind::Array(statements));
        let members = std::iter::once(("Statement".into(), list)).collect();
        Self {
            node: Node {
                kind: NodeKind::Object(members),
                sensitive: draft.sensitive,
            },
            doubts,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::plain;
    use serde_json::{Value, json};

    fn doubt(because: &str) -> Doubt {
        Doubt {
            because: because.into(),
            settle: String::new(),
        }
    }

    /// Statements by their names, in which `?` stands for an unknown one and the empty text for none.
    fn draft(names: &[&str], effect: &str) -> Draft {
        Draft::of(names.iter().map(|name| {
            let mut members: Value = json!({"Effect": effect});
            if !name.is_empty() {
                members["Sid"] = json!(name);
            }
            let mut node = plain(members);
            if let ("?", NodeKind::Object(members)) = (*name, &mut node.kind) {
                members.insert("Sid".into(), Node::unknown());
            }
            (node, Vec::new())
        }))
    }

    /// `Sid:Effect` of each statement; `?` where it is unknown as a whole.
    fn shown(draft: &Draft) -> Vec<String> {
        let text = |node: &Node, name: &str| match node.at(&Location::default().member(name)).map(Node::state) {
            Some(State::Known(value)) => value.as_str().unwrap_or_default().to_owned(),
            Some(State::Unknown) => "?".into(),
            Some(State::Absent) | None => String::new(),
        };
        let statements = draft.statements.iter();
        statements
            .map(|one| match one.node.kind {
                NodeKind::Unknown => "?".into(),
                _ => format!("{}:{}", text(&one.node, "Sid"), text(&one.node, "Effect")),
            })
            .collect()
    }

    fn merged(first: &[&str], second: &[&str]) -> Vec<String> {
        let mut all = draft(first, "Allow");
        all.merge(draft(second, "Deny"));
        shown(&all)
    }

    #[test]
    fn the_last_statement_of_a_name_counts_and_keeps_the_place_of_the_first() {
        assert_eq!(
            merged(&["a", "b", ""], &["b", "c", ""]),
            ["a:Allow", "b:Deny", ":Allow", "c:Deny", ":Deny"]
        );
    }

    #[test]
    fn an_unknown_name_may_be_that_of_any_named_statement_of_the_other_policy() {
        assert_eq!(
            merged(&["a", "", "b"], &["?", "c"]),
            ["?", ":Allow", "?", "?:Deny", "c:Deny"]
        );
        assert_eq!(merged(&["?", "a"], &["b", ""]), ["?", "a:Allow", "b:Deny", ":Deny"]);
        assert_eq!(merged(&["?"], &["?"]), ["?", "?:Deny"]);
        assert_eq!(merged(&["?"], &[""]), ["?:Allow", ":Deny"]);
    }

    #[test]
    fn a_policy_that_cannot_be_told_may_replace_what_has_a_name_and_add_more() {
        let unknown = PossibleDocument::Unknown(doubt("x"));
        let merged = draft(&["a", ""], "Allow").merged_with(&unknown);
        assert_eq!(shown(&merged), ["?", ":Allow", "?"]);
        let document = Document::from(merged);
        let place = Location::default().member("Statement").element(2).member("Effect");
        assert_eq!(document.doubt(&place), doubt("x"));
        assert_eq!(
            draft(&["a"], "Allow").merged_with(&PossibleDocument::NotSet),
            draft(&["a"], "Allow")
        );
    }

    #[test]
    fn policies_share_names_unless_all_are_known_and_differ() {
        let policy = |names: &[&str]| PossibleDocument::Document(draft(names, "Allow").into());
        let share = |all: &[PossibleDocument]| Draft::share_names(all.iter());
        assert!(!share(&[policy(&["a", ""]), policy(&["b", ""])]));
        assert!(share(&[policy(&["a"]), policy(&["a"])]));
        assert!(share(&[policy(&["a"]), policy(&["?"])]));
        assert!(share(&[policy(&["a"]), PossibleDocument::Unknown(doubt("x"))]));
    }
}
