//! Exit codes: the one table of them.

use std::process::{ExitCode, Termination};

use crate::report::v1::{Outcome, Report, Verdict};

/// How planseal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: the gate holds.
    Holds,
    /// 1: violations broke the gate.
    Violations,
    /// 2: wrong usage, input, policy or configuration.
    Wrong,
    /// 3: undetermined findings broke the gate, and no violation did.
    Undetermined,
    /// 4: the gate holds, and the report could not be delivered although it had to be.
    Undelivered,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Holds => 0,
            Self::Violations => 1,
            Self::Wrong => 2,
            Self::Undetermined => 3,
            Self::Undelivered => 4,
        }
    }

    /// What is left of it where the report had to be delivered and was not: a broken gate stays what it is.
    #[must_use]
    pub fn undelivered(self) -> Self {
        match self {
            Self::Holds => Self::Undelivered,
            broken => broken,
        }
    }

    /// What a report means for the exit code: a violation wins over an input that could not be read, and both over
    /// what is undetermined.
    pub fn of(report: &Report) -> Self {
        let violated = report
            .findings
            .iter()
            .any(|finding| finding.blocking && finding.outcome == Outcome::Violation);
        if violated {
            return Self::Violations;
        }
        if !report.unread.is_empty() {
            return Self::Wrong;
        }
        match report.verdict {
            Verdict::Pass => Self::Holds,
            Verdict::Undetermined => Self::Undetermined,
            Verdict::Fail => Self::Violations,
        }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.code())
    }
}
