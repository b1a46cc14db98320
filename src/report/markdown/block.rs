//! One finding as a block, or as an item of a list.
//!
//! Every text is cut to a length of its own, so that one huge value cannot push the other findings out of the comment.

use crate::report::diff::{self, Line, Tag};
use crate::report::escape::{cut_middle, fenced, inline_code, link_target, message, plain};
use crate::report::repeat::{Fix, Repeats};
use crate::report::v1::{Candidate, Change, Evidence, Finding, Outcome, Severity, Waiver};
use crate::report::words;

const MOST_CHARS: usize = 1_000;
const MOST_CODE: usize = 200;
const MOST_FIX: usize = 3_000;
const MOST_ITEMS: usize = 12;
const MOST_DIFF: usize = 60;

/// A finding with its heading and everything that supports it.
pub(super) fn whole<'a>(finding: &'a Finding, repeats: &mut Repeats<'a>, name_plan: bool) -> String {
    let mut block = format!("\n#### {}\n\n{}\n", heading(finding), facts(finding, name_plan));
    paragraph(&mut block, &message(&cut(&finding.message)));
    if let Some(why) = repeats.why(finding) {
        paragraph(&mut block, &format!("**Why:** {}", message(&cut(why))));
    }
    diff(&mut block, finding);
    for evidence in finding.evidence.iter().take(MOST_ITEMS) {
        trace(&mut block, evidence);
        candidates(&mut block, evidence);
    }
    related(&mut block, finding);
    if let Some(settle) = &finding.settle {
        paragraph(&mut block, &format!("**To settle it:** {}", message(&cut(settle))));
    }
    if let Some(waiver) = &finding.waiver {
        paragraph(&mut block, &format!("**Waived:** {}", accepted(waiver)));
    }
    fix(&mut block, repeats.fix(finding), name_plan);
    paragraph(&mut block, &source(finding, true));
    block
}

/// A finding as one item of a list. Where a rule's demand comes from is told with its first one.
pub(super) fn item<'a>(finding: &'a Finding, repeats: &mut Repeats<'a>, name_plan: bool) -> String {
    let what = match finding.outcome {
        Outcome::Advice => message(&cut(&finding.message)),
        Outcome::Undetermined => format!("undetermined: {}", plain(&cut(&finding.title))),
        _ => plain(&cut(&finding.title)),
    };
    let mut parts: Vec<String> = finding
        .waiver
        .iter()
        .map(|waiver| format!("**{}**", words::days_left(waiver)))
        .collect();
    match words::names_itself(finding) {
        true => parts.extend(name_plan.then(|| code(&finding.plan))),
        false => parts.push(subject(finding, name_plan)),
    }
    if finding.outcome != Outcome::Advice {
        parts.extend(part(finding).map(code));
    }
    parts.push(what);
    if let Some(waiver) = &finding.waiver {
        parts.push(accepted(waiver));
    }
    let first = repeats.reference(finding).is_some();
    parts.push(source(finding, first));
    format!("- {}\n", parts.join(" · "))
}

fn cut(text: &str) -> String {
    cut_middle(text, MOST_CHARS)
}

fn code(text: &str) -> String {
    inline_code(&cut_middle(text, MOST_CODE))
}

fn paragraph(block: &mut String, text: &str) {
    if !text.is_empty() {
        block.push_str(&format!("\n{text}\n"));
    }
}

fn heading(finding: &Finding) -> String {
    let (sign, severity) = match finding.severity {
        Severity::Critical => ("🔴", "Critical"),
        Severity::High => ("🟠", "High"),
        Severity::Medium => ("🟡", "Medium"),
        Severity::Low => ("🔵", "Low"),
    };
    let kind = if finding.outcome == Outcome::Undetermined {
        ", undetermined"
    } else {
        ""
    };
    format!(
        "{sign} {severity}{kind}: {}",
        plain(&cut_middle(&finding.title, MOST_CODE))
    )
}

fn facts(finding: &Finding, name_plan: bool) -> String {
    let mut facts = vec![subject(finding, name_plan)];
    facts.extend(part(finding).map(code));
    if !finding.actions.is_empty() {
        facts.push(plain(&cut_middle(&words::actions(&finding.actions), MOST_CODE)));
    }
    facts.extend(
        finding
            .category
            .as_ref()
            .map(|category| plain(&cut_middle(&words::category(category), MOST_CODE))),
    );
    facts.extend(words::levels(finding).map(|levels| plain(&cut_middle(&levels, MOST_CODE))));
    facts.push(words::change(finding.change).to_owned());
    if !finding.blocking && finding.waiver.is_none() && finding.change != Change::Existing {
        facts.push("does not block".to_owned());
    }
    facts.join(" · ")
}

/// The resource, with its plan where there are several.
fn subject(finding: &Finding, name_plan: bool) -> String {
    let address = finding.address.as_deref().map_or_else(
        || format!("the {}", words::whole(finding)),
        |address| format!("**{}**", code(address)),
    );
    if name_plan && !finding.plan.is_empty() {
        format!("{} · {address}", code(&finding.plan))
    } else {
        address
    }
}

fn part(finding: &Finding) -> Option<&str> {
    finding.part.as_deref().filter(|part| *part != "storage")
}

fn diff(block: &mut String, finding: &Finding) {
    let lines = diff::of(finding);
    if lines.is_empty() {
        return;
    }
    let mut body: Vec<String> = lines.iter().take(MOST_DIFF).map(diff_line).collect();
    if lines.len() > MOST_DIFF {
        body.push(format!("  … {} more lines", lines.len() - MOST_DIFF));
    }
    block.push('\n');
    block.push_str(&fenced("diff", &body.join("\n")));
}

fn diff_line(line: &Line) -> String {
    match line.tag {
        Tag::Headline => format!("@@ {} @@", line.text),
        _ => format!("{} {}", line.sign(), line.text),
    }
}

/// A chain longer than this, in characters, is shown as a list.
const TRACE_WIDTH: usize = 120;

fn trace(block: &mut String, evidence: &Evidence) {
    if !diff::has_trace(evidence) {
        return;
    }
    let mut steps: Vec<String> = evidence.trace.iter().take(MOST_ITEMS).map(|step| code(step)).collect();
    if evidence.trace.len() > MOST_ITEMS {
        steps.push(format!("{} more", evidence.trace.len() - MOST_ITEMS));
    }
    let width: usize = evidence.trace.iter().map(|step| step.chars().count()).sum();
    if width <= TRACE_WIDTH {
        paragraph(block, &format!("**From:** {}", steps.join(" ← ")));
        return;
    }
    paragraph(block, "**From:**");
    let arrow = |(position, step): (usize, String)| if position == 0 { step } else { format!("← {step}") };
    items(block, steps.into_iter().enumerate().map(arrow));
}

fn candidates(block: &mut String, evidence: &Evidence) {
    if evidence.candidates.len() < 2 {
        return;
    }
    let name = code(&diff::attribute_name(evidence));
    paragraph(block, &format!("{name} may be one of:"));
    items(block, evidence.candidates.iter().map(candidate));
}

fn candidate(candidate: &Candidate) -> String {
    let what = if candidate.address.as_ref() == Some(&candidate.what) {
        code(&candidate.what)
    } else {
        message(&cut(&candidate.what))
    };
    let address = candidate
        .address
        .as_deref()
        .filter(|address| !candidate.what.contains(*address));
    let address = address
        .map(|address| format!(" ({})", code(address)))
        .unwrap_or_default();
    let level = candidate
        .level
        .as_deref()
        .map(|level| format!(" → {}", plain(&cut(level))))
        .unwrap_or_default();
    format!("{what}{address}{level}")
}

fn related(block: &mut String, finding: &Finding) {
    if finding.related.is_empty() {
        return;
    }
    paragraph(block, "Concerns:");
    items(
        block,
        finding
            .related
            .iter()
            .map(|related| format!("{} {}", code(&related.address), message(&cut(&related.note)))),
    );
}

fn items(block: &mut String, all: impl ExactSizeIterator<Item = String>) {
    let number = all.len();
    block.push('\n');
    for item in all.take(MOST_ITEMS) {
        block.push_str(&format!("- {item}\n"));
    }
    if number > MOST_ITEMS {
        block.push_str(&format!("- … and {} more\n", number - MOST_ITEMS));
    }
}

fn fix(block: &mut String, fix: Fix<'_>, name_plan: bool) {
    match fix {
        Fix::None => {}
        Fix::As(first) => paragraph(block, &format!("**Fix:** as for {}, above", subject(first, name_plan))),
        Fix::Whole(text) => {
            paragraph(block, "**Fix:**");
            block.push('\n');
            block.push_str(&fenced("hcl", &cut_middle(text, MOST_FIX)));
        }
    }
}

/// Why it is accepted, by whom, for how long.
fn accepted(waiver: &Waiver) -> String {
    let mut terms = vec![
        plain(&cut(&waiver.owner)),
        format!("until {}", plain(&cut(&waiver.expires))),
    ];
    terms.extend(
        waiver
            .location
            .as_ref()
            .map(|place| code(&format!("{}:{}", place.file, place.line))),
    );
    terms.extend(waiver.link.as_deref().map(|link| match link_target(link) {
        Some(target) => format!("[link]({target})"),
        None => code(link),
    }));
    format!("{} ({})", message(&cut(&waiver.reason)), terms.join(", "))
}

/// Where the demand comes from: rule, source line, and in `full` controls and reference too.
fn source(finding: &Finding, full: bool) -> String {
    let mut parts = vec![code(&finding.rule)];
    let controls = finding.controls.iter().take(MOST_ITEMS).filter(|_| full);
    parts.extend(controls.map(|control| code(control)));
    parts.extend(
        finding
            .location
            .as_ref()
            .map(|location| code(&format!("{}:{}", location.file, location.line))),
    );
    match link_target(&finding.reference) {
        _ if !full => {}
        Some(target) => parts.push(format!("[reference]({target})")),
        None if finding.reference.is_empty() => {}
        None => parts.push(code(&finding.reference)),
    }
    parts.join(" · ")
}
