//! Results as JUnit XML. Nothing in it depends on the clock.

use quick_junit::{NonSuccessKind, Report, SerializeError, TestCase, TestCaseStatus, TestSuite};

use super::render::{difference, sentence};
use super::{CaseResult, Mismatch, Results};
use crate::report::escape::visible;

/// Renders the results; gaps in coverage are failures where they are `required` to be none.
///
/// # Errors
/// Where the XML cannot be written.
pub fn render(results: &Results, required: bool) -> Result<String, SerializeError> {
    let mut report = Report::new("planseal test");
    for file in &results.files {
        let mut suite = TestSuite::new(visible(&file.file));
        for case in &file.cases {
            let mut written = TestCase::new(visible(&case.name), status(case));
            written.set_classname(visible(&file.rule));
            written.extra.insert("line".into(), case.line.to_string().into());
            suite.add_test_case(written);
        }
        report.add_test_suite(suite);
    }
    let gaps = results.coverage.gaps();
    if required && !gaps.is_empty() {
        let mut suite = TestSuite::new("coverage");
        for gap in &gaps {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message("no case covers it");
            let mut written = TestCase::new(visible(&sentence(gap)), status);
            written.set_classname(visible(&gap.rule));
            suite.add_test_case(written);
        }
        report.add_test_suite(suite);
    }
    report.to_string()
}

fn status(case: &CaseResult) -> TestCaseStatus {
    if case.mismatches.is_empty() {
        return TestCaseStatus::success();
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let addresses: Vec<String> = case.mismatches.iter().map(|one| visible(&one.address)).collect();
    status.set_message(format!("not as expected: {}", addresses.join(", ")));
    status.set_description(case.mismatches.iter().map(plain).collect::<Vec<_>>().join("\n"));
    status
}

fn plain(mismatch: &Mismatch) -> String {
    let lines = difference(mismatch).join("\n");
    anstream::adapter::strip_str(&lines).to_string()
}
