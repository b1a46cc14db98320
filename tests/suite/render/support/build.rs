//! Short ways to write a report down.

use planseal::report::v1::*;
use serde_json::Value;

/// A report without findings; its summary is counted from what is pushed later, by [`counted`].
pub(crate) fn empty(resources: usize, judged: usize) -> Report {
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool {
            name: "planseal".into(),
            version: "0.1.0".into(),
        },
        verdict: Verdict::Pass,
        gate: Gate {
            mode: "introduced".into(),
            min_severity: Severity::Medium,
            undetermined: "rule".into(),
            allow_partial: false,
            min_judged: None,
            reasons: vec![],
        },
        summary: Summary {
            resources,
            judged,
            ..Summary::default()
        },
        plans: vec![plan("prod")],
        unread: vec![],
        today: None,
        configurations: vec![],
        findings: vec![],
        metrics: vec![],
        hierarchy: Hierarchy::default(),
    }
}

pub(crate) fn plan(name: &str) -> PlanSummary {
    PlanSummary {
        name: name.into(),
        path: format!("{name}/plan.json"),
        format_version: "1.2".into(),
        terraform_version: Some("1.11.4".into()),
        complete: true,
        notes: vec![],
        configuration: None,
        gate: None,
    }
}

/// A violation that blocks, to be changed with struct update syntax.
pub(crate) fn finding(rule: &str, address: &str) -> Finding {
    let resource_type = address.rsplit('.').nth(1).unwrap_or_default();
    Finding {
        plan: "prod".into(),
        rule: rule.into(),
        title: "A title".into(),
        severity: Severity::High,
        controls: vec!["WAF-SEC-030".into()],
        outcome: Outcome::Violation,
        change: Change::Introduced,
        blocking: true,
        address: Some(address.into()),
        resource_type: Some(resource_type.into()),
        part: None,
        actions: vec!["create".into()],
        category: None,
        required: None,
        level: None,
        message: format!("`{address}` is not as it must be."),
        why: String::new(),
        fix: String::new(),
        settle: None,
        reference: "https://docs.aws.amazon.com/kms/latest/developerguide/overview.html".into(),
        evidence: vec![],
        related: vec![],
        policy: PolicyLocation {
            file: format!("policies/{rule}.yaml"),
            line: 1,
        },
        location: None,
        waiver: None,
        fingerprint: format!("{rule}/{address}"),
    }
}

pub(crate) fn evidence(address: &str, path: &str, before: State, after: State) -> Evidence {
    Evidence {
        address: address.into(),
        path: path.into(),
        sensitive: false,
        withheld: false,
        before,
        after,
        required: None,
        offends: false,
        candidates: vec![],
        trace: vec![],
    }
}

pub(crate) fn known(value: impl Into<Value>) -> State {
    State::Known { value: value.into() }
}

pub(crate) fn category(id: &str, from: &str) -> Option<Category> {
    Some(Category {
        id: id.into(),
        from: from.into(),
    })
}

pub(crate) fn levels(before: Option<&str>, after: Option<&str>) -> Option<LevelChange> {
    Some(LevelChange {
        before: before.map(Into::into),
        after: after.map(Into::into),
    })
}

pub(crate) fn candidate(what: &str, address: Option<&str>, level: Option<&str>) -> Candidate {
    Candidate {
        what: what.into(),
        address: address.map(Into::into),
        level: level.map(Into::into),
    }
}

pub(crate) fn metric(title: &str, before: (usize, usize), after: (usize, usize)) -> Metric {
    let share = |(met, of)| Share { met, of };
    Metric {
        id: "a-metric".into(),
        title: title.into(),
        before: share(before),
        after: share(after),
        target: 1.0,
        plans: vec![],
        unmet: vec![],
        switched_off: vec![],
    }
}

pub(crate) fn unmet(address: Option<&str>, undetermined: bool, waived: bool) -> Unmet {
    Unmet {
        plan: "prod".into(),
        address: address.map(Into::into),
        undetermined,
        rules: vec![],
        because: None,
        waived,
    }
}

/// Fills in the counts and the verdict from the findings.
pub(crate) fn counted(mut report: Report) -> Report {
    let count = |test: &dyn Fn(&Finding) -> bool| report.findings.iter().filter(|finding| test(finding)).count();
    let open = |finding: &Finding| matches!(finding.outcome, Outcome::Violation | Outcome::Undetermined);
    report.summary = Summary {
        violations: count(&|finding| finding.outcome == Outcome::Violation),
        undetermined: count(&|finding| finding.outcome == Outcome::Undetermined),
        advice: count(&|finding| finding.outcome == Outcome::Advice),
        introduced: count(&|finding| open(finding) && finding.change == Change::Introduced),
        worsened: count(&|finding| open(finding) && finding.change == Change::Worsened),
        existing: count(&|finding| open(finding) && finding.change == Change::Existing),
        fixed: count(&|finding| finding.change == Change::Fixed),
        waived: count(&|finding| finding.waiver.is_some()),
        blocking: count(&|finding| finding.blocking),
        ..report.summary.clone()
    };
    let blocks = |outcome| {
        report
            .findings
            .iter()
            .any(|finding| finding.blocking && finding.outcome == outcome)
    };
    let partial = report.plans.iter().any(|plan| !plan.complete);
    report.verdict = if blocks(Outcome::Violation) || !report.unread.is_empty() {
        Verdict::Fail
    } else if blocks(Outcome::Undetermined) || partial {
        Verdict::Undetermined
    } else {
        Verdict::Pass
    };
    report
}
