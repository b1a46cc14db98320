//! Markdown: sentences, headings and their anchors.

use std::collections::BTreeMap;

/// The first sentence, and the rest.
pub(super) fn first_sentence(text: &str) -> (&str, &str) {
    let starts = |rest: &str| rest.starts_with(|c: char| c.is_uppercase() || ['`', '\n'].contains(&c));
    let end = text.match_indices(['.']).find_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let next = rest.strip_prefix([' ', '\n'])?;
        starts(next).then_some(at + 1)
    });
    let (first, rest) = text.split_at(end.unwrap_or(text.len()));
    (first.trim(), rest.trim())
}

/// Depth, text and anchor of every heading, as GitHub gives them.
pub(super) fn headings(page: &str) -> Vec<(usize, String, String)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = Vec::new();
    let mut code = false;
    for line in page.lines() {
        if line.starts_with("```") {
            code = !code;
        }
        let text = line.trim_start_matches('#');
        let depth = line.len() - text.len();
        if code || depth == 0 || !text.starts_with(' ') {
            continue;
        }
        let anchor = slug(text.trim());
        let before = seen.entry(anchor.clone()).or_default();
        let anchor = match *before {
            0 => anchor,
            several => format!("{anchor}-{several}"),
        };
        *before += 1;
        found.push((depth, text.trim().to_owned(), anchor));
    }
    found
}

pub(super) fn slug(heading: &str) -> String {
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.flat_map(char::to_lowercase)
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
