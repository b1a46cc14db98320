//! What stands at a place of a schema.

use super::{Collection, Field, Members, Shape};

/// What stands at a path.
#[derive(Debug, Clone, Copy)]
pub struct Found<'s> {
    /// What it holds; `None`: the resource itself.
    place: Place<'s>,
    /// Whether the provider fills it in where the author sets nothing.
    pub computed: bool,
}

#[derive(Debug, Clone, Copy)]
enum Place<'s> {
    Resource(&'s Members),
    Inside(&'s Shape),
}

impl<'s> Found<'s> {
    /// A resource with these members.
    pub(super) fn resource(members: &'s Members) -> Self {
        Self {
            place: Place::Resource(members),
            computed: false,
        }
    }

    /// What it holds.
    #[must_use]
    pub fn shape(&self) -> Option<&'s Shape> {
        match self.place {
            Place::Resource(_) => None,
            Place::Inside(shape) => Some(shape),
        }
    }

    fn inside(self, shape: &'s Shape) -> Self {
        Self {
            place: Place::Inside(shape),
            computed: self.computed,
        }
    }

    fn of(field: &'s Field) -> Self {
        Self {
            place: Place::Inside(&field.shape),
            computed: field.computed,
        }
    }

    pub(super) fn members(&self) -> Option<&'s Members> {
        match self.place {
            Place::Resource(of) | Place::Inside(Shape::Members { of, .. }) => Some(of),
            Place::Inside(_) => None,
        }
    }

    fn is_anything(&self) -> bool {
        matches!(self.place, Place::Inside(Shape::Value(word)) if word == "dynamic")
    }

    pub(super) fn member(&self, name: &str) -> Option<Self> {
        match self.place {
            Place::Inside(Shape::Several(Collection::Map, of)) => Some(self.inside(of)),
            _ if self.is_anything() => Some(*self),
            _ => self.members()?.get(name).map(Self::of),
        }
    }

    /// The elements; with `members`, also what stands under names.
    pub(super) fn elements(&self, members: bool) -> Vec<Self> {
        match self.place {
            Place::Inside(Shape::Several(collection, of)) if members || *collection != Collection::Map => {
                vec![self.inside(of)]
            }
            _ if self.is_anything() => vec![*self],
            _ if members => self
                .members()
                .into_iter()
                .flatten()
                .map(|(_, field)| Self::of(field))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Itself, and everything inside it.
    pub(super) fn all(self) -> Vec<Self> {
        let mut all = vec![self];
        for inner in self.elements(true) {
            if !inner.is_anything() {
                all.extend(inner.all());
            }
        }
        all
    }
}
