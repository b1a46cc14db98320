//! Test cases as examples of a rule: the first one that it finds something in, and the first one that it has nothing to say
//! against.

use super::case::{Case, TestFile};
use super::short::hcl::hcl;
use crate::eval::Conclusion;

/// A test case, to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The case's name.
    pub name: String,
    /// The line of its name, 1-based.
    pub line: usize,
    /// What the rule says.
    pub conclusion: Conclusion,
    /// Of which resources it says so.
    pub addresses: Vec<String>,
    /// The resources before the plan, as HCL; empty where there are none.
    pub before: String,
    /// The resources after the plan, as HCL; empty where there are none.
    pub after: String,
}

/// The examples in a file of test cases: what the rule finds comes first. Cases that need more than HCL to be understood (a
/// plan file, a configuration) are none.
#[must_use]
pub fn examples(file: &TestFile) -> Vec<Example> {
    let finds = [Conclusion::Violation, Conclusion::Advice];
    let found = first(file, |case| worst(case).filter(|worst| finds.contains(worst)));
    let passed = first(file, |case| worst(case).filter(|worst| *worst == Conclusion::Pass));
    found.into_iter().chain(passed).collect()
}

fn first(file: &TestFile, such: impl Fn(&Case) -> Option<Conclusion>) -> Option<Example> {
    let mut cases = file.cases.iter().filter(|case| is_plain(case));
    cases.find_map(|case| Some(example(case, such(case)?)))
}

fn is_plain(case: &Case) -> bool {
    let doc = &case.doc;
    doc.plan.is_none() && case.config.is_none() && doc.reported.is_empty() && doc.forget.is_empty()
}

/// The worst of what is expected.
fn worst(case: &Case) -> Option<Conclusion> {
    case.expect.iter().map(|(_, expected)| expected.conclusion).min()
}

fn example(case: &Case, conclusion: Conclusion) -> Example {
    let such = case.expect.iter().filter(|(_, one)| one.conclusion == conclusion);
    Example {
        name: case.doc.name.value.clone(),
        line: case.doc.name.span.line,
        conclusion,
        addresses: such.map(|(address, _)| address.value.clone()).collect(),
        before: hcl(&case.doc.before),
        after: hcl(&case.doc.resources),
    }
}
