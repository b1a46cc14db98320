//! The gate: what turns findings into a verdict.

use super::change::{Change, Outcome};
use super::finding::Finding;
use super::waiver::WaiverFinding;
pub use crate::policy::gate::{Effect, Given, Mode};
use crate::policy::rule::Severity;

/// The gate's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Which changes count.
    pub mode: Mode,
    /// The least severity that counts.
    pub min_severity: Severity,
    /// What undetermined findings do; `None`: what each rule says.
    pub undetermined: Option<Effect>,
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
            undetermined: None,
            allow_partial: false,
            min_judged: None,
        }
    }
}

impl From<Given> for Settings {
    fn from(given: Given) -> Self {
        let default = Self::default();
        Self {
            mode: given.mode.unwrap_or(default.mode),
            min_severity: given.min_severity.unwrap_or(default.min_severity),
            undetermined: given.undetermined.or(default.undetermined),
            allow_partial: given.allow_partial.unwrap_or(default.allow_partial),
            min_judged: given.min_judged.or(default.min_judged),
        }
    }
}

impl Settings {
    /// Whether a finding breaks the gate. One that is accepted does not.
    pub fn blocks(&self, finding: &Finding<'_>) -> bool {
        let outcome = match finding.outcome {
            Outcome::Undetermined if finding.only_advises => false,
            Outcome::Undetermined => match self.undetermined {
                None => finding.fails_when_undetermined(),
                Some(Effect::Fail) => true,
                Some(Effect::Warn) => false,
            },
            told => told == Outcome::Violation,
        };
        finding.waiver.is_none() && outcome && self.counts(finding.change, finding.severity)
    }

    /// Whether what is said of a waiver breaks the gate.
    pub fn blocks_for_waiver(&self, finding: &WaiverFinding<'_>) -> bool {
        finding.outcome == Outcome::Violation && self.counts(finding.change, finding.severity)
    }

    /// Whether the gate looks at such findings.
    pub fn counts(&self, change: Change, severity: Severity) -> bool {
        let change = match self.mode {
            Mode::Never => false,
            Mode::Introduced => matches!(change, Change::Introduced | Change::Worsened),
            Mode::Any => change != Change::Fixed,
        };
        change && severity >= self.min_severity
    }
}

impl Settings {
    /// Whether a partial plan breaks the gate.
    pub fn refuses_partial(&self) -> bool {
        self.mode != Mode::Never && !self.allow_partial
    }

    /// The stricter of each setting.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        let fail = [self.undetermined, other.undetermined].contains(&Some(Effect::Fail));
        Self {
            mode: self.mode.max(other.mode),
            min_severity: self.min_severity.min(other.min_severity),
            undetermined: match fail {
                true => Some(Effect::Fail),
                false => self.undetermined.and(other.undetermined),
            },
            allow_partial: self.allow_partial && other.allow_partial,
            min_judged: self.min_judged.max(other.min_judged),
        }
    }
}

/// The gate that some plans are judged by, and who set it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InForce {
    /// The settings.
    pub settings: Settings,
    /// What options say of them.
    pub options: Given,
    /// What the configuration says of them; an option wins.
    pub configuration: Given,
    /// The configuration.
    pub file: Option<String>,
}

impl InForce {
    /// Without a configuration.
    pub fn by_options(options: Given) -> Self {
        Self {
            settings: options.into(),
            options,
            configuration: Given::default(),
            file: None,
        }
    }

    /// With one.
    #[must_use]
    pub fn with(self, file: &str, configuration: Given) -> Self {
        Self {
            settings: self.options.or(configuration).into(),
            configuration,
            file: Some(file.to_owned()),
            ..self
        }
    }

    /// The configuration whose demand for judged resources is in force, where it is one's.
    fn demanding(&self) -> Option<&str> {
        self.file.as_deref().filter(|_| self.options.min_judged.is_none())
    }
}

/// The gates of all plans of a run.
#[derive(Debug)]
pub struct Gates {
    current: InForce,
    /// Those that any plan was judged by.
    used: Vec<Settings>,
    /// How many resources were judged under each demand: of an option for all plans together, or of a configuration.
    demands: Vec<Demand>,
}

/// A demand for judged resources.
#[derive(Debug)]
pub struct Demand {
    /// The configuration that makes it; `None` where an option does.
    pub file: Option<String>,
    /// The least number.
    pub least: usize,
    /// How many were judged.
    pub judged: usize,
}

impl Gates {
    /// By these settings, until [`Self::under`] says otherwise.
    pub fn new(settings: Settings) -> Self {
        let options = Given {
            min_judged: settings.min_judged,
            ..Given::default()
        };
        let mut gates = Self {
            current: InForce {
                settings,
                ..InForce::by_options(options)
            },
            used: Vec::new(),
            demands: Vec::new(),
        };
        gates.demand();
        gates
    }

    /// The plans that follow are judged by these.
    pub fn under(&mut self, gate: &InForce) {
        self.current = gate.clone();
        self.demand();
    }

    /// The gate of the plan that is being judged.
    pub fn current(&self) -> &InForce {
        &self.current
    }

    /// So many resources of a plan were judged.
    pub fn judged(&mut self, number: usize) {
        self.used.push(self.current.settings);
        let file = self.current.demanding();
        for demand in self.demands.iter_mut().filter(|demand| demand.file.as_deref() == file) {
            demand.judged = demand.judged.saturating_add(number);
        }
    }

    /// The demands that the gate makes.
    pub fn demands(&self) -> impl Iterator<Item = &Demand> {
        self.demands.iter()
    }

    /// The strictest of all that plans were judged by.
    pub fn strictest(&self) -> Settings {
        let used = self.used.iter().copied();
        used.reduce(Settings::stricter).unwrap_or(self.current.settings)
    }

    fn demand(&mut self) {
        let settings = &self.current.settings;
        let Some(least) = settings.min_judged.filter(|_| settings.mode != Mode::Never) else {
            return;
        };
        let file = self.current.demanding().map(str::to_owned);
        if !self.demands.iter().any(|demand| demand.file == file) {
            self.demands.push(Demand { file, least, judged: 0 });
        }
    }
}
