//! Test cases beside policies: read, judged as `check` judges a plan, and compared with what they expect.
//!
//! It stands beside `run` and not in the flow: a case goes through the same stages as a plan, from the plan
//! reader to the evaluation.

pub mod case;
mod compare;
pub mod coverage;
pub mod example;
pub mod junit;
pub mod provider;
pub mod render;
mod shape;
pub mod short;
mod waivers;

use crate::eval::Conclusion;
use crate::eval::change::Change;
use crate::eval::tri::Doubt;
use crate::policy::Policies;
use crate::policy::load::{Files, Source};
use crate::policy::rule::Severity;
use crate::policy::unheard::Unheard;
use crate::policy::yaml::{Diagnostic, Diagnostics, suggest};
use case::{Expected, TestFile};
use coverage::Coverage;

/// What running test files came to.
#[derive(Debug)]
pub struct Results {
    /// By file, in their order.
    pub files: Vec<FileResult>,
    /// What no case covers.
    pub coverage: Coverage,
    /// What may be a mistake in the policies, and need not be one.
    pub warnings: Vec<String>,
}

/// What the cases of a file came to.
#[derive(Debug)]
pub struct FileResult {
    /// The file's name.
    pub file: String,
    /// The rule's id.
    pub rule: String,
    /// The cases, as they are written.
    pub cases: Vec<CaseResult>,
}

/// What a case came to.
#[derive(Debug)]
pub struct CaseResult {
    /// Its name.
    pub name: String,
    /// The line of its name, 1-based.
    pub line: usize,
    /// What is not as expected; empty where all is.
    pub mismatches: Vec<Mismatch>,
}

/// One resource of which the rule says something else than expected.
#[derive(Debug)]
pub struct Mismatch {
    /// The resource.
    pub address: String,
    /// What was expected; `None` where nothing was.
    pub expected: Option<Expected>,
    /// What the rule says.
    pub got: Got,
}

/// What the rule says of a resource.
#[derive(Debug, Clone)]
pub struct Got {
    /// The outcome: the worst of those of its parts.
    pub conclusion: Conclusion,
    /// How much it matters, or would.
    pub severity: Severity,
    /// What the plan does to it, where a report shows it.
    pub change: Option<Change>,
    /// The part's id, in rules about parts.
    pub part: Option<String>,
    /// What a report would say.
    pub message: Option<String>,
    /// Why it cannot be told.
    pub doubts: Vec<Doubt>,
}

impl Results {
    /// How many cases there are.
    pub fn cases(&self) -> usize {
        self.files.iter().map(|file| file.cases.len()).sum()
    }

    /// How many of them are not as expected.
    pub fn failed(&self) -> usize {
        self.files.iter().map(FileResult::failed).sum()
    }
}

impl FileResult {
    /// How many cases are not as expected.
    pub fn failed(&self) -> usize {
        self.cases.iter().filter(|case| !case.mismatches.is_empty()).count()
    }
}

/// Runs the cases of these files whose name holds `filter`. `covered` tells by the file of a rule whether its coverage is asked
/// for.
///
/// # Errors
/// Every error in every file, with its place; then nothing was run.
pub fn run(
    sources: &[Source],
    policies: &Files,
    filter: Option<&str>,
    covered: impl Fn(&str) -> bool,
) -> Result<Results, Diagnostics> {
    let written = policies;
    let mut errors = Diagnostics::new();
    let files: Vec<TestFile> = sources
        .iter()
        .filter_map(|source| case::read(source, &mut errors))
        .collect();
    let policies = &match written.without_configuration() {
        Ok(policies) => policies,
        Err(wrong) => {
            // Of the cases, what is wrong whatever the rules are.
            for file in &files {
                for case in file.cases.iter().filter(|case| case.doc.plan.is_none()) {
                    short::plan_text(&file.file, &case.doc, &mut errors);
                }
            }
            errors.merge(wrong);
            return Err(errors);
        }
    };
    for file in &files {
        known_rule(file, policies, &mut errors);
        shape::check(file, policies, &mut errors);
    }
    let mut coverage = Coverage::new(policies, covered);
    let mut results = Vec::new();
    for file in &files {
        let mut cases = Vec::new();
        for case in &file.cases {
            if filter.is_none_or(|part| case.doc.name.contains(part)) {
                cases.extend(compare::case(
                    file,
                    case,
                    (written, policies),
                    &mut coverage,
                    &mut errors,
                ));
            }
        }
        results.push(FileResult {
            file: file.file.clone(),
            rule: file.rule.value.clone(),
            cases,
        });
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Results {
        files: results,
        coverage,
        warnings: policies.unheard().iter().map(Unheard::sentence).collect(),
    })
}

fn known_rule(file: &TestFile, policies: &Policies, errors: &mut Diagnostics) {
    let rule = &file.rule;
    if policies.rules.iter().any(|one| one.id == rule.value) {
        return;
    }
    let help = match suggest(&rule.value, policies.rules.iter().map(|one| one.id.as_str())) {
        Some(close) => format!("did you mean `{close}`?"),
        None if rule.span.is_known() => {
            "its policy is not among those that are loaded: name it with `--policy`".to_owned()
        }
        None => "write `rule: ID` where the file is not called after its rule".to_owned(),
    };
    let message = match rule.span.is_known() {
        true => format!("there is no rule `{rule}`"),
        false => format!("the file is called after the rule `{rule}`, and there is none"),
    };
    errors.push(Diagnostic::new(&file.file, rule.span, message).with_help(help));
}
