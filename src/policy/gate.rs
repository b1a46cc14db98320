//! What a configuration says of the gate.

use super::rule::Severity;

/// Which changes count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// None: the report is shown and nothing blocks.
    Never,
    /// Introduced and worsened ones.
    Introduced,
    /// Existing ones too.
    Any,
}

/// What undetermined findings do, whatever each rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// They break the gate.
    Fail,
    /// They are shown.
    Warn,
}

/// The gate's settings that somebody gave; `None`: nobody did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    /// Which changes count.
    pub mode: Option<Mode>,
    /// The least severity that counts.
    pub min_severity: Option<Severity>,
    /// What undetermined findings do.
    pub undetermined: Option<Effect>,
    /// Whether a partial plan may pass.
    pub allow_partial: Option<bool>,
    /// The least number of judged resources.
    pub min_judged: Option<usize>,
}

impl Given {
    /// These settings, and for what they do not say, others.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            mode: self.mode.or(other.mode),
            min_severity: self.min_severity.or(other.min_severity),
            undetermined: self.undetermined.or(other.undetermined),
            allow_partial: self.allow_partial.or(other.allow_partial),
            min_judged: self.min_judged.or(other.min_judged),
        }
    }

    /// The names of the settings that are given.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let all = [
            ("mode", self.mode.is_some()),
            ("min_severity", self.min_severity.is_some()),
            ("undetermined", self.undetermined.is_some()),
            ("allow_partial", self.allow_partial.is_some()),
            ("min_judged", self.min_judged.is_some()),
        ];
        all.into_iter()
            .filter_map(|(name, given)| given.then_some(name))
            .collect()
    }
}
