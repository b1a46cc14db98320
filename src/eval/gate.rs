//! The gate: what turns findings into a verdict.

use super::change::{Change, Outcome};
use super::finding::Finding;
use crate::policy::rule::Severity;

/// Which changes count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Introduced and worsened ones.
    Introduced,
    /// Existing ones too.
    Any,
    /// None: the report is shown and nothing blocks.
    Never,
}

/// What undetermined findings do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undetermined {
    /// What each rule says.
    AsTheRuleSays,
    /// They break the gate.
    Fail,
    /// They are shown.
    Warn,
}

/// The gate's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Which changes count.
    pub mode: Mode,
    /// The least severity that counts.
    pub min_severity: Severity,
    /// What undetermined findings do.
    pub undetermined: Undetermined,
    /// Whether a partial plan may pass.
    pub allow_partial: bool,
    /// The least number of judged resources.
    pub min_judged: Option<usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            mode: Mode::Introduced,
            min_severity: Severity::Medium,
            undetermined: Undetermined::AsTheRuleSays,
            allow_partial: false,
            min_judged: None,
        }
    }
}

impl Settings {
    /// Whether a finding breaks the gate.
    pub fn blocks(&self, finding: &Finding<'_>) -> bool {
        let change = match self.mode {
            Mode::Never => false,
            Mode::Introduced => matches!(finding.change, Change::Introduced | Change::Worsened),
            Mode::Any => finding.change != Change::Fixed,
        };
        let outcome = match finding.outcome {
            Outcome::Violation => true,
            Outcome::Advice | Outcome::Pass => false,
            Outcome::Undetermined if finding.only_advises => false,
            Outcome::Undetermined => match self.undetermined {
                Undetermined::AsTheRuleSays => finding.fails_when_undetermined(),
                Undetermined::Fail => true,
                Undetermined::Warn => false,
            },
        };
        change && outcome && finding.severity >= self.min_severity
    }
}
