//! Whether something holds where values are unknown, and on which of them it hangs.

use crate::model::value::Location;

/// True, false, or not to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// It hangs on these unknown places (never none).
    Maybe(Vec<Location>),
}

impl Truth {
    /// One that is known.
    pub fn known(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Both hold.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, one) | (one, Self::Yes) => one,
            (Self::Maybe(mut places), Self::Maybe(more)) => {
                for place in more {
                    if !places.contains(&place) {
                        places.push(place);
                    }
                }
                Self::Maybe(places)
            }
        }
    }

    /// One of them holds.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.negate().and(other.negate()).negate()
    }

    /// The opposite.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            maybe @ Self::Maybe(_) => maybe,
        }
    }

    /// What all of several possibilities come to; `place` is what they hang on where they differ.
    pub fn agree(truths: impl IntoIterator<Item = Self>, place: &Location) -> Self {
        let unsettled = || Self::Maybe(vec![place.clone()]);
        let mut truths = truths.into_iter();
        let Some(first) = truths.next() else { return unsettled() };
        truths.fold(first, |all, one| match (all, one) {
            (Self::Maybe(all), Self::Maybe(more)) => Self::Maybe(all).and(Self::Maybe(more)),
            (maybe @ Self::Maybe(_), _) | (_, maybe @ Self::Maybe(_)) => maybe,
            (all, one) if all == one => all,
            _ => unsettled(),
        })
    }
}
