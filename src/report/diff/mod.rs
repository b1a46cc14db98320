//! What a plan changes, and what a rule requires, as lines to remove and to add.
//!
//! Red and green mean nothing until one knows what is compared, so each part begins with its own headline: what the plan
//! does (before → after), then what is missing (after → required).

mod value;

use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices, group_diff_ops};

use super::escape::{cut_middle, prose, visible};
use super::v1::{Change, Evidence, Finding, LevelChange, Outcome, State};
pub(super) use value::attribute as attribute_name;
use value::{Side, attribute_lines};

/// Unchanged lines kept around a change inside a document.
const CONTEXT: usize = 2;
/// The most lines that one attribute may fill.
const MOST_LINES: usize = 30;
const REQUIRED_WIDTH: usize = 160;

/// What a line of the diff is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// The headline of a part: what is compared with what.
    Headline,
    /// On both sides.
    Same,
    /// Only on the first side.
    Remove,
    /// Only on the second side.
    Add,
}

/// One line of a diff. The text is one line, and every character in it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub tag: Tag,
    /// The line without its sign.
    pub text: String,
}

impl Line {
    fn new(tag: Tag, text: impl Into<String>) -> Self {
        Self { tag, text: text.into() }
    }

    /// Says how many lines are not shown.
    pub(super) fn more(number: usize) -> Self {
        Self::new(Tag::Same, format!("… {number} more lines"))
    }

    /// The sign that stands before the line.
    #[must_use]
    pub fn sign(&self) -> &'static str {
        match self.tag {
            Tag::Headline => "@@",
            Tag::Same => " ",
            Tag::Remove => "-",
            Tag::Add => "+",
        }
    }
}

/// The diff of a finding; empty where it has neither evidence nor a level.
#[must_use]
pub fn of(finding: &Finding) -> Vec<Line> {
    let change = plan_change(finding);
    let required = if wants_required(finding) {
        requirement(finding, !change.is_empty())
    } else {
        Vec::new()
    };
    let differs = change.iter().any(|line| line.tag != Tag::Same);
    let shown_by_required = !required.is_empty() && (!differs || is_new(finding));
    if shown_by_required {
        return under("this plan → required", requirement(finding, false));
    }
    let title = if differs {
        "before → after this plan"
    } else {
        "as it is"
    };
    let mut lines = under(title, change);
    lines.extend(under("this plan → required", required));
    lines
}

/// Whether the trace tells more than where it begins.
pub(super) fn has_trace(evidence: &Evidence) -> bool {
    evidence.trace.len() > 1
}

fn wants_required(finding: &Finding) -> bool {
    finding.change != Change::Fixed && finding.outcome != Outcome::Pass
}

/// Whether nothing stood before: then "before → after" would only repeat the whole.
fn is_new(finding: &Finding) -> bool {
    let level_before = finding.level.as_ref().and_then(|level| level.before.as_ref());
    level_before.is_none() && finding.evidence.iter().all(|evidence| evidence.before == State::Absent)
}

fn under(title: &str, lines: Vec<Line>) -> Vec<Line> {
    if lines.is_empty() {
        return lines;
    }
    std::iter::once(Line::new(Tag::Headline, title)).chain(lines).collect()
}

fn plan_change(finding: &Finding) -> Vec<Line> {
    let mut lines = by_address(finding, |evidence| {
        let before = attribute_lines(evidence, Side::Before);
        let after = attribute_lines(evidence, Side::After);
        match (before.is_empty() && after.is_empty(), evidence.required.is_some()) {
            (true, true) => vec![Line::new(Tag::Same, value::null_line(evidence))],
            // That something beside the point is not set tells nobody anything.
            (true, false) => Vec::new(),
            (false, _) => compare(&before, &after),
        }
    });
    if let Some(level) = &finding.level {
        lines.extend(compare(
            &level_line(level.before.as_deref()),
            &level_line(level.after.as_deref()),
        ));
    }
    lines
}

/// Empty where the rule names nothing that could be shown. `only_named` leaves out attributes that are not to be mended.
fn requirement(finding: &Finding, only_named: bool) -> Vec<Line> {
    let named = finding.evidence.iter().any(|evidence| evidence.required.is_some());
    let offends = finding.evidence.iter().any(|evidence| evidence.offends);
    if !named && !offends && finding.required.is_none() {
        return Vec::new();
    }
    let mut lines = by_address(finding, |evidence| match &evidence.required {
        Some(required) => {
            let wanted = cut_middle(&prose(required), REQUIRED_WIDTH);
            compare(
                &attribute_lines(evidence, Side::After),
                &[format!("{} = {wanted}", value::attribute(evidence))],
            )
        }
        None if evidence.offends => shorten(removed(evidence)),
        None if only_named => Vec::new(),
        None => shorten(as_is(evidence)),
    });
    lines.extend(required_comment(finding, named));
    lines
}

/// What must not be there: the rule names nothing to put in its place.
fn removed(evidence: &Evidence) -> Vec<Line> {
    let mut lines = attribute_lines(evidence, Side::After);
    if lines.is_empty() {
        lines.push(value::null_line(evidence));
    }
    lines.into_iter().map(|text| Line::new(Tag::Remove, text)).collect()
}

fn as_is(evidence: &Evidence) -> Vec<Line> {
    attribute_lines(evidence, Side::After)
        .into_iter()
        .map(|text| Line::new(Tag::Same, text))
        .collect()
}

fn required_comment(finding: &Finding, named: bool) -> Vec<Line> {
    let Some(required) = finding.required.as_deref().map(visible) else {
        return Vec::new();
    };
    match &finding.level {
        Some(LevelChange { after, .. }) if after.as_deref() == finding.required.as_deref() => Vec::new(),
        Some(LevelChange { after, .. }) => after
            .iter()
            .map(|after| Line::new(Tag::Remove, level_text(after)))
            .chain([Line::new(Tag::Add, format!("{} (required)", level_text(&required)))])
            .collect(),
        None if named => Vec::new(),
        None => vec![Line::new(Tag::Add, format!("# required: {required}"))],
    }
}

fn level_line(level: Option<&str>) -> Vec<String> {
    level.map(level_text).into_iter().collect()
}

fn level_text(level: &str) -> String {
    format!("# protection level: {}", visible(level))
}

/// Lines of all evidence, under the address that holds it unless that is the finding's own and the only one.
fn by_address(finding: &Finding, lines_of: impl Fn(&Evidence) -> Vec<Line>) -> Vec<Line> {
    let mut addresses: Vec<&str> = Vec::new();
    for evidence in &finding.evidence {
        if !addresses.contains(&evidence.address.as_str()) {
            addresses.push(&evidence.address);
        }
    }
    let own_only = addresses
        .iter()
        .all(|address| Some(*address) == finding.address.as_deref());
    let mut lines = Vec::new();
    for address in addresses {
        let body: Vec<Line> = finding
            .evidence
            .iter()
            .filter(|evidence| evidence.address == address)
            .flat_map(&lines_of)
            .collect();
        if !body.is_empty() && !own_only {
            lines.push(Line::new(Tag::Same, visible(address)));
        }
        lines.extend(body);
    }
    lines
}

fn compare(before: &[String], after: &[String]) -> Vec<Line> {
    let ops = capture_diff_slices(Algorithm::Myers, before, after);
    if ops.iter().all(|op| matches!(op, DiffOp::Equal { .. })) {
        return shorten(after.iter().map(|text| Line::new(Tag::Same, text.as_str())).collect());
    }
    let mut lines = Vec::new();
    // Lines from the middle of a document mean little without the attribute's name, which its first line holds.
    let mut shown_to = 0;
    if let Some(first) = before.first().filter(|first| after.first() == Some(*first)) {
        lines.push(Line::new(Tag::Same, first.as_str()));
        shown_to = 1;
    }
    for group in group_diff_ops(ops, CONTEXT) {
        let changes: Vec<_> = group.iter().flat_map(|op| op.iter_changes(before, after)).collect();
        let new = changes
            .iter()
            .skip_while(|change| change.old_index() == Some(0) && shown_to == 1);
        if new
            .clone()
            .next()
            .and_then(|change| change.old_index())
            .is_some_and(|start| start > shown_to)
        {
            lines.push(Line::new(Tag::Same, "…"));
        }
        lines.extend(new.map(|change| Line::new(tag_of(change.tag()), change.value().as_str())));
        shown_to = group.last().map_or(shown_to, |op| op.old_range().end);
    }
    shorten(lines)
}

fn tag_of(tag: ChangeTag) -> Tag {
    match tag {
        ChangeTag::Equal => Tag::Same,
        ChangeTag::Delete => Tag::Remove,
        ChangeTag::Insert => Tag::Add,
    }
}

fn shorten(mut lines: Vec<Line>) -> Vec<Line> {
    if lines.len() > MOST_LINES {
        let more = lines.len() - MOST_LINES;
        lines.truncate(MOST_LINES);
        lines.push(Line::more(more));
    }
    lines
}
