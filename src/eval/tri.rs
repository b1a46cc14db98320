//! Three-valued answers: true, false, or unknown with the reason and what would settle it.

/// Why something cannot be told, and what would settle it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Doubt {
    /// A clause: "`local.key` is a local value, and plan JSON does not hold those".
    pub because: String,
    /// What to do, in the imperative.
    pub settle: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tri {
    /// It holds.
    True,
    /// It does not.
    False,
    /// It cannot be told, for these reasons (never empty).
    Unknown(Vec<Doubt>),
}

impl Tri {
    /// An answer that is known.
    pub fn known(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    pub fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            unknown => unknown,
        }
    }

    /// Whether all hold: one false decides, else one unknown. All doubts are kept.
    pub fn all(answers: impl IntoIterator<Item = Self>) -> Self {
        let mut doubts = Vec::new();
        for answer in answers {
            match answer {
                Self::True => {}
                Self::False => return Self::False,
                Self::Unknown(more) => merge(&mut doubts, more),
            }
        }
        if doubts.is_empty() {
            Self::True
        } else {
            Self::Unknown(doubts)
        }
    }

    /// Whether any holds: one true decides, else one unknown.
    pub fn any(answers: impl IntoIterator<Item = Self>) -> Self {
        Self::all(answers.into_iter().map(Self::negate)).negate()
    }

    /// What several possibilities come to: the same answer of all, else unknown with `doubts` and their own.
    pub fn agree(answers: impl IntoIterator<Item = Self>, doubts: &[Doubt]) -> Self {
        let mut first: Option<Self> = None;
        let mut differ = false;
        let mut own = Vec::new();
        for answer in answers {
            match answer {
                Self::Unknown(more) => merge(&mut own, more),
                known => match &first {
                    None => first = Some(known),
                    Some(before) => differ |= *before != known,
                },
            }
        }
        match first {
            Some(known) if !differ && own.is_empty() => known,
            _ => {
                merge(&mut own, doubts.to_vec());
                if own.is_empty() {
                    own.push(Doubt {
                        because: "nothing in the plan tells which of several values it will be".into(),
                        settle: "write the value without a condition".into(),
                    });
                }
                Self::Unknown(own)
            }
        }
    }
}

/// Adds doubts that are not there yet.
pub fn merge(into: &mut Vec<Doubt>, more: Vec<Doubt>) {
    for doubt in more {
        if !into.contains(&doubt) {
            into.push(doubt);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(because: &str) -> Tri {
        Tri::Unknown(vec![Doubt {
            because: because.into(),
            settle: String::new(),
        }])
    }

    #[test]
    fn one_false_decides_all_and_one_true_decides_any() {
        assert_eq!(Tri::all([Tri::True, unknown("a"), Tri::False]), Tri::False);
        assert_eq!(Tri::any([Tri::False, unknown("a"), Tri::True]), Tri::True);
        assert_eq!(Tri::all([]), Tri::True);
        assert_eq!(Tri::any([]), Tri::False);
    }

    #[test]
    fn unknown_is_never_true_and_never_false() {
        for other in [Tri::True, unknown("b")] {
            assert!(matches!(Tri::all([unknown("a"), other]), Tri::Unknown(_)));
        }
        for other in [Tri::False, unknown("b")] {
            assert!(matches!(Tri::any([unknown("a"), other]), Tri::Unknown(_)));
        }
        assert!(matches!(unknown("a").negate(), Tri::Unknown(_)));
    }

    #[test]
    fn possibilities_that_disagree_are_unknown() {
        assert_eq!(Tri::agree([Tri::True, Tri::True], &[]), Tri::True);
        assert_eq!(Tri::agree([Tri::False], &[]), Tri::False);
        assert!(matches!(Tri::agree([Tri::True, Tri::False], &[]), Tri::Unknown(_)));
        assert!(matches!(Tri::agree([Tri::True, unknown("a")], &[]), Tri::Unknown(_)));
        assert!(matches!(Tri::agree([], &[]), Tri::Unknown(_)));
    }
}
