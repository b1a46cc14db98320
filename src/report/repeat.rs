//! One rule often fails on many resources: its reason and its remedy are told once.

use std::collections::{BTreeMap, BTreeSet};

use super::v1::Finding;

/// What was told already.
#[derive(Default)]
pub(super) struct Repeats<'a> {
    reasons: BTreeSet<(&'a str, &'a str)>,
    references: BTreeSet<(&'a str, &'a str)>,
    fixes: BTreeMap<(&'a str, &'a str), &'a Finding>,
}

/// How a fix is to be shown.
#[derive(Clone, Copy)]
pub(super) enum Fix<'a> {
    /// There is none.
    None,
    /// It is told here.
    Whole(&'a str),
    /// It was told at this finding.
    As(&'a Finding),
}

impl<'a> Repeats<'a> {
    /// The reason, where it is told for the first time.
    pub(super) fn why(&mut self, finding: &'a Finding) -> Option<&'a str> {
        let new = !finding.why.trim().is_empty() && self.reasons.insert((&finding.rule, &finding.why));
        new.then_some(finding.why.as_str())
    }

    /// The reference, where it is given for the first time.
    pub(super) fn reference(&mut self, finding: &'a Finding) -> Option<&'a str> {
        let new = !finding.reference.is_empty() && self.references.insert((&finding.rule, &finding.reference));
        new.then_some(finding.reference.as_str())
    }

    /// The fix, or where the same one stands.
    pub(super) fn fix(&mut self, finding: &'a Finding) -> Fix<'a> {
        if finding.fix.trim().is_empty() {
            return Fix::None;
        }
        let key = (finding.rule.as_str(), finding.fix.as_str());
        match self.fixes.get(&key) {
            Some(first) => Fix::As(first),
            None => {
                self.fixes.insert(key, finding);
                Fix::Whole(&finding.fix)
            }
        }
    }
}
