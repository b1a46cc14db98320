//! Cases of rules about waivers: those of the case's configuration are judged, on the case's day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::Got;
use super::case::{Case, TestFile};
use super::compare::only_of;
use crate::eval::record::Recorder;
use crate::eval::waiver::{Circumstances, Ledger};
use crate::eval::{Conclusion, Facts, Verdict, evaluate};
use crate::policy::Policies;
use crate::policy::rule::Rule;
use crate::policy::yaml::{Diagnostic, Diagnostics};

/// The day of the case, where that is said and waivers with the expected addresses are there; else what is wrong goes into
/// `errors`.
pub(super) fn known(file: &TestFile, case: &Case, policies: &Policies, errors: &mut Diagnostics) -> Option<Date> {
    let addresses: Vec<&str> = policies.waivers.iter().map(|waiver| waiver.address.text()).collect();
    let fine = only_of(file, case, ("waiver at", "waivers"), &addresses, errors);
    if case.today.is_none() {
        let message = "the case does not say on which day it is judged";
        let error = Diagnostic::new(&file.file, case.doc.name.span, message);
        errors.push(error.with_help("the rule is about waivers, which end some day: add `today: 2026-06-01`"));
    }
    fine.and(case.today)
}

/// What the rule says of each waiver, by its address. Of several, the worst counts.
pub(super) fn opinions(facts: &Facts<'_>, rule: &Rule, today: Date, recorder: &Recorder) -> BTreeMap<String, Got> {
    let mut ledger = Ledger::default();
    ledger.add(facts, &evaluate(facts));
    let circumstances = Circumstances { today, all_read: true };
    let mut found: BTreeMap<String, Got> = BTreeMap::new();
    for (verdict, finding) in ledger.opinions(facts.policies, rule, circumstances, recorder) {
        let conclusion = Conclusion::from(&verdict);
        let bad = matches!(conclusion, Conclusion::Violation | Conclusion::Advice);
        let got = Got {
            conclusion,
            severity: finding.severity,
            change: None,
            part: None,
            message: bad.then_some(finding.message),
            doubts: match verdict {
                Verdict::Undetermined(doubts) => doubts,
                _ => Vec::new(),
            },
        };
        let address = finding.waiver.address.text();
        match found.get(address) {
            Some(there) if there.conclusion <= got.conclusion => {}
            _ => {
                found.insert(address.to_owned(), got);
            }
        }
    }
    found
}
