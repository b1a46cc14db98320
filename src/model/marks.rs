//! Sensitivity marks: which parts of a value Terraform marks as sensitive.

use crate::plan::{Members, Tree};

/// Sensitivity marks of both sides. The elements of a list share their marks: a set's order differs between sides.
#[derive(Debug, Clone, PartialEq)]
pub enum Marks {
    /// Nothing is marked.
    None,
    /// All of it is marked.
    All,
    /// Nobody marks anything (Terraform before 0.15), so every text counts as marked.
    Texts,
    /// Some members are marked.
    Members(Members<Marks>),
    /// Some part of some element is marked; counts for every element.
    Elements(Box<Marks>),
}

impl Marks {
    /// Reads `before_sensitive` or `after_sensitive`.
    pub fn read(value: &Tree) -> Self {
        match value {
            Tree::Bool(true) => Self::All,
            Tree::Object(members) => {
                let marked: Members<_> = members
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::read(value)))
                    .filter(|(_, marks)| *marks != Self::None)
                    .collect();
                if marked.is_empty() {
                    Self::None
                } else {
                    Self::Members(marked)
                }
            }
            Tree::Array(elements) => match elements.iter().map(Self::read).fold(Self::None, Self::union) {
                Self::None => Self::None,
                marks => Self::Elements(Box::new(marks)),
            },
            _ => Self::None,
        }
    }

    /// What either marks.
    pub fn union(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, marks) | (marks, Self::None) => marks,
            (Self::Texts, Self::Texts) => Self::Texts,
            (Self::Members(mut left), Self::Members(right)) => {
                for (key, marks) in right {
                    let merged = match left.remove(&key) {
                        Some(there) => there.union(marks),
                        None => marks,
                    };
                    left.insert(key, merged);
                }
                Self::Members(left)
            }
            (Self::Elements(left), Self::Elements(right)) => Self::Elements(Box::new(left.union(*right))),
            // One side marks all of it, or the two disagree about what it is: the whole counts as marked.
            _ => Self::All,
        }
    }

    /// Whether a value as a whole is marked.
    pub(super) fn cover(&self, value: &Tree) -> bool {
        match self {
            Self::All => true,
            Self::Texts => matches!(value, Tree::Text(_)),
            Self::None | Self::Members(_) | Self::Elements(_) => false,
        }
    }

    pub(super) fn member(&self, key: &str) -> &Self {
        match self {
            Self::All => &Self::All,
            Self::Texts => &Self::Texts,
            Self::Members(members) => members.get(key).unwrap_or(&Self::None),
            Self::None | Self::Elements(_) => &Self::None,
        }
    }

    pub(super) fn element(&self) -> &Self {
        match self {
            Self::All => &Self::All,
            Self::Texts => &Self::Texts,
            Self::Elements(marks) => marks,
            Self::None | Self::Members(_) => &Self::None,
        }
    }
}
