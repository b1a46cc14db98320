//! Waivers against those of the base.

use super::{Direction, Setting};
use crate::policy::pattern::Pattern;
use crate::policy::waiver::{Waiver, parse_date};
use crate::policy::yaml::{Kind, Node};

/// The waivers of a file; what is none is left out, so that its counterpart counts as added.
pub(super) fn read(file: &str, list: &Node) -> Vec<Waiver> {
    let elements = match &list.kind {
        Kind::Sequence(elements) => elements.as_slice(),
        _ => &[],
    };
    elements.iter().filter_map(|element| waiver(file, element)).collect()
}

fn waiver(file: &str, node: &Node) -> Option<Waiver> {
    let Kind::Mapping(entries) = &node.kind else {
        return None;
    };
    let text = |name: &str| {
        let found = entries.iter().find(|(key, _)| key.as_str() == Some(name));
        found.and_then(|(_, value)| value.as_str())
    };
    Some(Waiver {
        rule: Pattern::new(text("rule")?),
        address: Pattern::new(text("address")?),
        plan: text("plan").map(Pattern::new),
        reason: text("reason").unwrap_or_default().trim().to_owned(),
        owner: text("owner").unwrap_or_default().trim().to_owned(),
        expires: parse_date(text("expires")?)?,
        link: text("link").map(str::to_owned),
        file: file.to_owned(),
        line: node.span.line,
    })
}

/// A waiver with nothing to compare it with.
pub(super) fn setting(waiver: &Waiver) -> Setting {
    Setting {
        name: name(waiver),
        before: None,
        after: Some(terms(waiver)),
        direction: Direction::NotCompared,
        line: Some(waiver.line),
    }
}

fn name(waiver: &Waiver) -> String {
    let plan = waiver
        .plan
        .as_ref()
        .map(|plan| format!(" in `{plan}`"))
        .unwrap_or_default();
    format!("waiver of `{}` at `{}`{plan}", waiver.rule, waiver.address)
}

fn terms(waiver: &Waiver) -> String {
    format!("until {} ({})", waiver.expires, waiver.owner)
}

/// Each waiver in force against those of the base. One that is gone is not in force.
pub(super) fn compare(before: &[Waiver], after: &[Waiver]) -> Vec<Setting> {
    after.iter().map(|waiver| compared(before, waiver)).collect()
}

fn compared(before: &[Waiver], waiver: &Waiver) -> Setting {
    let same = before.iter().find(|one| one.is_about_the_same(waiver));
    // It covers more than one of the base did, or for longer.
    let wider = || {
        before
            .iter()
            .find(|one| waiver.is_wider_than(one) || one.is_wider_than(waiver))
    };
    let (direction, base) = match same {
        Some(same) if same.expires < waiver.expires => (Direction::Loosened, Some(same)),
        Some(same) if same.expires > waiver.expires => (Direction::Tightened, Some(same)),
        Some(same) => (Direction::Same, Some(same)),
        None if before.iter().any(|one| one.includes(waiver)) => (Direction::Tightened, None),
        None => match wider() {
            Some(base) => (Direction::Loosened, Some(base)),
            None => (Direction::Added, None),
        },
    };
    let was = base.map(|base| match same {
        Some(_) => terms(base),
        None => format!("{}, {}", name(base), terms(base)),
    });
    Setting {
        before: was,
        direction,
        ..setting(waiver)
    }
}
