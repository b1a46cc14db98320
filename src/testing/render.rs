//! Results for a terminal. Always styled: the caller takes the styling away where the output is no terminal.

use anstyle::{AnsiColor, Style};

use super::case::Expected;
use super::coverage::{Gap, Missing};
use super::{Got, Mismatch, Results};
use crate::eval::Conclusion;
use crate::eval::change::Change;
use crate::policy::rule::Severity;
use crate::report::escape::visible;

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// How much to show.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Name each case, and each gap.
    pub verbose: bool,
    /// Whether gaps count as failures.
    pub require_coverage: bool,
}

/// Renders the results.
#[must_use]
pub fn render(results: &Results, options: Options) -> String {
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(text.trim_end());
        out.push('\n');
    };
    for file in &results.files {
        let (word, style) = verdict(file.failed() == 0);
        let count = match file.failed() {
            0 => cases(file.cases.len()),
            failed => format!("{failed} of {} not as expected", cases(file.cases.len())),
        };
        line(format!(
            "{style}{word}{style:#} {} {DIM}({count}){DIM:#}",
            visible(&file.file)
        ));
        for case in &file.cases {
            let fine = case.mismatches.is_empty();
            if fine && !options.verbose {
                continue;
            }
            let (word, style) = verdict(fine);
            line(format!("  {style}{word}{style:#} {}", visible(&case.name)));
            if !fine {
                line(format!("       {DIM}{}:{}{DIM:#}", visible(&file.file), case.line));
            }
            for mismatch in &case.mismatches {
                difference(mismatch).into_iter().for_each(&mut line);
            }
        }
    }
    for text in coverage(results, options) {
        line(text);
    }
    line(String::new());
    let failed = results.failed();
    line(match failed {
        _ if results.cases() == 0 => format!("{}, no cases", rules(results.coverage.rules())),
        0 => format!("{GOOD}{}: all as expected{GOOD:#}", cases(results.cases())),
        _ => format!("{BAD}{}: {failed} not as expected{BAD:#}", cases(results.cases())),
    });
    out
}

fn verdict(fine: bool) -> (&'static str, Style) {
    match fine {
        true => ("ok  ", GOOD),
        false => ("FAIL", BAD),
    }
}

fn cases(count: usize) -> String {
    match count {
        1 => "1 case".to_owned(),
        _ => format!("{count} cases"),
    }
}

fn rules(count: usize) -> String {
    match count {
        1 => "1 rule".to_owned(),
        _ => format!("{count} rules"),
    }
}

/// What was expected of a resource, what came, and why.
pub(super) fn difference(mismatch: &Mismatch) -> Vec<String> {
    let Mismatch { address, expected, got } = mismatch;
    let part = got.part.as_ref().map(|part| format!(" ({part})")).unwrap_or_default();
    let wanted = match expected {
        Some(expected) => expectation(expected),
        None => "nothing said of it (it is not in `expect`)".to_owned(),
    };
    let mut lines = vec![
        format!("       {}{}", visible(address), visible(&part)),
        format!("         {GOOD}- expected: {wanted}{GOOD:#}"),
        format!("         {BAD}+ got:      {}{BAD:#}", outcome(got, expected.as_ref())),
    ];
    lines.extend(
        got.message
            .iter()
            .map(|text| format!("           {}", visible(text.trim()))),
    );
    for doubt in &got.doubts {
        lines.push(format!("           why: {}", visible(&doubt.because)));
        lines.push(format!("           to settle it: {}", visible(&doubt.settle)));
    }
    lines
}

fn expectation(expected: &Expected) -> String {
    let more = [expected.severity.map(severity), expected.change.map(change)];
    with(expected.conclusion, more.into_iter().flatten())
}

/// Severity and change of what a report shows, and where they are compared.
fn outcome(got: &Got, expected: Option<&Expected>) -> String {
    let shown = got.change.is_some();
    let compared = expected.is_some_and(|expected| expected.severity.is_some());
    let severity = (shown || compared).then(|| severity(got.severity));
    with(got.conclusion, severity.into_iter().chain(got.change.map(change)))
}

fn with<'a>(conclusion: Conclusion, more: impl Iterator<Item = &'a str>) -> String {
    let more: Vec<&str> = more.collect();
    match more.is_empty() {
        true => conclusion.word().to_owned(),
        false => format!("{} ({})", conclusion.word(), more.join(", ")),
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

fn change(change: Change) -> &'static str {
    match change {
        Change::Introduced => "introduced",
        Change::Worsened => "worsened",
        Change::Existing => "existing",
        Change::Fixed => "fixed",
    }
}

/// The most gaps that are shown where nobody asked for them.
const SHORT: usize = 5;

fn coverage(results: &Results, options: Options) -> Vec<String> {
    let gaps = results.coverage.gaps();
    if results.coverage.rules() == 0 || gaps.is_empty() && !options.verbose {
        return Vec::new();
    }
    if gaps.is_empty() {
        return vec![
            String::new(),
            "Every rule, outcome and condition has a case.".to_owned(),
        ];
    }
    let shown = match options.verbose || options.require_coverage {
        true => gaps.len(),
        false => SHORT.min(gaps.len()),
    };
    let mut lines = vec![String::new(), "Without a case:".to_owned()];
    lines.extend(
        gaps.iter()
            .take(shown)
            .map(|gap| format!("  {}", visible(&sentence(gap)))),
    );
    if shown < gaps.len() {
        let hidden = gaps.len().saturating_sub(shown);
        lines.push(format!("  {DIM}and {hidden} more (--verbose shows them){DIM:#}"));
    }
    lines
}

/// A gap in words.
pub fn sentence(gap: &Gap) -> String {
    match &gap.missing {
        Missing::Case => format!("{}: the rule `{}`", gap.file, gap.rule),
        Missing::Outcome(outcome) => format!("{}: the outcome `{}`", gap.file, outcome.word()),
        Missing::Branch { leaf, holds } => {
            let never = if *holds { "holds" } else { "does not hold" };
            format!("{}:{}: that this {never}: {}", gap.file, leaf.line, leaf.text)
        }
    }
}
