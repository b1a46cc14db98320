//! Protection levels: what each part of a store may be protected with, and why.

use std::collections::BTreeSet;

use super::key::KeyUse;
use super::reading::Reading;
use super::tri::{Doubt, Tri, merge};
use crate::model::ResourceId;
use crate::model::value::Location;
use crate::policy::level::Level;

/// One way in which a part may be protected.
#[derive(Debug, Clone, PartialEq)]
pub struct LevelOutcome {
    /// The levels that it may come to; one where it is known.
    pub levels: Vec<Level>,
    /// Why, in a sentence.
    pub because: String,
    /// What would settle it, where it is not known.
    pub settle: Option<String>,
    /// The key, where one decides.
    pub key: Option<KeyUse>,
    /// The resource, and the block in it, that decides; `None` where nothing that is written does.
    pub source: Option<(ResourceId, Location)>,
}

/// What a part of a store is protected with on one side.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PartAssessment {
    /// Whether the part is there at all.
    pub there: Option<Tri>,
    /// For each place (a block, or the resource), the ways in which it may be protected.
    pub places: Vec<Vec<LevelOutcome>>,
    /// What was looked at.
    pub readings: Vec<Reading>,
    /// Whether a block that counts as not set may be a `dynamic` one.
    pub maybe_dynamic: bool,
    /// Why it is not known which of several ways it is.
    pub doubts: Vec<Doubt>,
}

impl PartAssessment {
    /// Every level that the part may have.
    pub fn levels(&self) -> Vec<Level> {
        let mut levels: Vec<Level> = self
            .outcomes()
            .flat_map(|outcome| outcome.levels.iter().copied())
            .collect();
        levels.sort();
        levels.dedup();
        levels
    }

    /// The part's level, where it is known: that of its weakest place.
    pub fn level(&self) -> Option<Level> {
        let known = self
            .places
            .iter()
            .map(|ways| known_level(ways))
            .collect::<Option<Vec<_>>>()?;
        known.into_iter().min()
    }

    /// Every way in which any place may be protected.
    pub fn outcomes(&self) -> impl Iterator<Item = &LevelOutcome> {
        self.places.iter().flatten()
    }

    /// Whether each place is protected at least so; three-valued.
    pub fn at_least(&self, bound: Level) -> Tri {
        self.each_place(|level| level >= bound)
    }

    /// Whether the weakest place has exactly this level; three-valued.
    pub fn equals(&self, wanted: Level) -> Tri {
        match self.level() {
            Some(level) => Tri::known(level == wanted),
            None if !self.levels().contains(&wanted) => Tri::False,
            None => Tri::Unknown(self.all_doubts()),
        }
    }

    /// Whether the weakest place is protected less than before; three-valued. A part that was not there before was not
    /// protected at all.
    pub fn lowered_from(&self, before: &Self) -> Tri {
        let there = |part: &Self| part.there.clone().unwrap_or(Tri::True);
        Tri::all([there(before), there(self), self.weaker_than(before)])
    }

    fn weaker_than(&self, before: &Self) -> Tri {
        let (Some(was), Some(is)) = (before.weakest(), self.weakest()) else {
            return Tri::False;
        };
        let as_before = was == is && before.states() == self.states();
        if is.1 < was.0 {
            Tri::True
        } else if is.0 >= was.1 || as_before {
            Tri::False
        } else {
            let mut doubts = self.all_doubts();
            merge(&mut doubts, before.all_doubts());
            Tri::Unknown(doubts)
        }
    }

    /// The least and the most that the weakest place may have.
    fn weakest(&self) -> Option<(Level, Level)> {
        let ends = |ways: &Vec<LevelOutcome>| {
            let levels = || ways.iter().flat_map(|way| way.levels.iter().copied());
            levels().min().zip(levels().max())
        };
        let places: Vec<(Level, Level)> = self.places.iter().map(ends).collect::<Option<_>>()?;
        let least = places.iter().map(|(least, _)| *least).min()?;
        let most = places.iter().map(|(_, most)| *most).min()?;
        Some((least, most))
    }

    /// What stands in every attribute that was looked at.
    fn states(&self) -> BTreeSet<(ResourceId, String, String)> {
        let state = |one: &Reading| (one.resource, one.location.to_string(), format!("{:?}", one.state));
        self.readings.iter().map(state).collect()
    }

    fn each_place(&self, test: impl Fn(Level) -> bool) -> Tri {
        Tri::all(self.places.iter().map(|ways| {
            let levels: Vec<bool> = ways
                .iter()
                .flat_map(|way| way.levels.iter().map(|level| test(*level)))
                .collect();
            match (levels.iter().all(|pass| *pass), levels.iter().any(|pass| *pass)) {
                (true, _) if !levels.is_empty() => Tri::True,
                (_, false) => Tri::False,
                _ => Tri::Unknown(self.all_doubts()),
            }
        }))
    }

    /// Every reason why the part's level is not known.
    pub fn all_doubts(&self) -> Vec<Doubt> {
        let mut doubts = self.doubts.clone();
        for ways in &self.places {
            for way in ways {
                if let Some(settle) = &way.settle {
                    merge(
                        &mut doubts,
                        vec![Doubt {
                            because: way.because.clone(),
                            settle: settle.clone(),
                        }],
                    );
                }
            }
            if known_level(ways).is_none() && doubts.is_empty() {
                doubts.push(several(ways));
            }
        }
        doubts
    }
}

fn known_level(ways: &[LevelOutcome]) -> Option<Level> {
    let mut levels = ways.iter().flat_map(|way| way.levels.iter().copied());
    let first = levels.next()?;
    levels.all(|level| level == first).then_some(first)
}

/// The doubt where every way is clear, and which one it is is not.
fn several(ways: &[LevelOutcome]) -> Doubt {
    let ways: Vec<String> = ways.iter().map(|way| way.because.clone()).collect();
    Doubt {
        because: format!("it may be one of several: {}", ways.join("; or ")),
        settle: "write the key without a condition, or the condition so that it cannot choose another value".into(),
    }
}
