//! Configurations and their waivers.

use jiff::civil::Date;

use super::{change, outcome, severity};
use crate::eval::tri::Doubt;
use crate::eval::waiver::WaiverFinding;
use crate::policy::settings::{Direction, Setting};
use crate::policy::waiver::Waiver;
use crate::report::v1;

/// A configuration with what it was compared with.
#[derive(Debug, Clone)]
pub struct Compared<'a> {
    /// Where it was read; `None` where only the base has one.
    pub file: Option<&'a str>,
    /// What it was compared with.
    pub base: Option<&'a str>,
    /// What a reader must know of it.
    pub notes: Vec<String>,
    /// What it sets.
    pub settings: &'a [Setting],
}

/// What the report says of a configuration; one that sets nothing and lost nothing is not worth a word.
pub(super) fn in_force(compared: Compared<'_>) -> Option<v1::ConfigurationInForce> {
    if compared.settings.is_empty() && compared.notes.is_empty() {
        return None;
    }
    Some(v1::ConfigurationInForce {
        file: compared.file.map(str::to_owned),
        base: compared.base.map(str::to_owned),
        notes: compared.notes,
        settings: compared.settings.iter().map(setting).collect(),
    })
}

fn setting(setting: &Setting) -> v1::Setting {
    v1::Setting {
        name: setting.name.clone(),
        before: setting.before.clone(),
        after: setting.after.clone(),
        change: match setting.direction {
            Direction::Loosened => v1::SettingChange::Loosened,
            Direction::Added => v1::SettingChange::Added,
            Direction::Changed => v1::SettingChange::Changed,
            Direction::Tightened => v1::SettingChange::Tightened,
            Direction::Same => v1::SettingChange::Same,
            Direction::NotCompared => v1::SettingChange::NotCompared,
        },
        line: setting.line,
    }
}

/// The waiver of a finding that is covered.
pub(super) fn accepted(waiver: &Waiver, today: Option<Date>) -> v1::Waiver {
    v1::Waiver {
        reason: waiver.reason.clone(),
        owner: waiver.owner.clone(),
        expires: waiver.expires.to_string(),
        days_left: today.map_or(0, |today| waiver.days_left(today)),
        link: waiver.link.clone(),
        location: Some(location(waiver)),
    }
}

fn location(waiver: &Waiver) -> v1::SourceLocation {
    v1::SourceLocation {
        file: waiver.file.clone(),
        line: waiver.line,
    }
}

/// What a rule says of a waiver.
pub(super) fn about_waiver(finding: &WaiverFinding<'_>, blocking: bool) -> v1::Finding {
    let (rule, waiver) = (finding.rule, finding.waiver);
    let plan = waiver.plan.as_ref().map(ToString::to_string).unwrap_or_default();
    let fingerprint = ["", &rule.id, &format!("{} at {}", waiver.rule, waiver.address), &plan].join("|");
    v1::Finding {
        plan: String::new(),
        rule: rule.id.clone(),
        title: rule.title.clone(),
        severity: severity(finding.severity),
        controls: rule.controls.clone(),
        outcome: outcome(finding.outcome),
        change: change(finding.change),
        blocking,
        address: None,
        resource_type: None,
        part: None,
        actions: Vec::new(),
        category: None,
        required: None,
        level: None,
        message: finding.message.clone(),
        why: rule.why.clone(),
        fix: finding.fix.clone(),
        settle: None,
        reference: rule.reference.clone(),
        evidence: Vec::new(),
        related: Vec::new(),
        policy: v1::PolicyLocation {
            file: rule.file.clone(),
            line: rule.line,
        },
        location: Some(location(waiver)),
        waiver: None,
        fingerprint,
    }
}

/// What is said where nobody can tell whether waivers are still needed.
pub(super) fn untold(number: usize, doubt: &Doubt) -> String {
    let what = super::counted(number, "waiver is about no finding", "waivers are about no finding");
    format!(
        "{what} here, and whether {} still needed cannot be told: {}; to settle it, {}",
        if number == 1 { "it is" } else { "they are" },
        doubt.because,
        doubt.settle
    )
}
