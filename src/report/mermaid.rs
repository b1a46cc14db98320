//! The key hierarchy as a Mermaid flowchart: keys on the left, the stores under them on the right, by category.
//!
//! Identifiers are planseal's own, and of a text from a plan only letters, digits and a few marks stand as they are; every
//! other character is written as Mermaid's code for it. So no label holds a directive, a link, HTML or an end of itself.

use std::collections::BTreeMap;

use super::escape::{cut_middle, prose};
use super::v1::{KeyKind, ProtectedStore, ProtectingKey, Report};
use super::words;

/// More is no picture any more.
const MOST_NODES: usize = 40;
const MOST_BYTES: usize = 8_000;
/// The most characters of a name.
const MOST_CHARS: usize = 60;
/// The most rules that an edge names.
const MOST_RULES: usize = 2;

const WRONG: &str = "stroke:#cf222e,stroke-width:3px";

/// What of the hierarchy is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    WrongOrChanging,
    Wrong,
}

/// The picture, where keys or stores change; `None` where nothing does, or where even what is wrong makes too large a one.
pub(super) fn diagram(report: &Report) -> Option<String> {
    let keys: Vec<&ProtectingKey> = report
        .hierarchy
        .keys
        .iter()
        .filter(|key| moves(report, &key.plan))
        .collect();
    let parts = [Part::Whole, Part::WrongOrChanging, Part::Wrong];
    parts.into_iter().find_map(|part| {
        let chart = Chart::new(&keys, part, report.hierarchy.left_out);
        let fits = !chart.edges.is_empty() && chart.nodes <= MOST_NODES;
        let text = chart.write();
        (fits && text.len() <= MOST_BYTES).then_some(text)
    })
}

/// Whether a plan changes a key, a store, or which stands under which.
fn moves(report: &Report, plan: &str) -> bool {
    let mut keys = report.hierarchy.keys.iter().filter(|key| key.plan == plan);
    keys.any(|key| key.changes() || key.stores.iter().any(ProtectedStore::changes))
}

impl Part {
    fn takes(self, store: &ProtectedStore) -> bool {
        let wrong = !store.violates.is_empty();
        match self {
            Self::Whole => true,
            Self::WrongOrChanging => wrong || store.undetermined || store.changes(),
            Self::Wrong => wrong,
        }
    }

    fn takes_alone(self, key: &ProtectingKey) -> bool {
        match self {
            Self::Whole | Self::WrongOrChanging => key.changes(),
            Self::Wrong => !key.violates.is_empty(),
        }
    }
}

/// The nodes and edges, as text.
#[derive(Default)]
struct Chart {
    nodes: usize,
    keys: Vec<String>,
    /// The stores of each group, by the group's title.
    groups: BTreeMap<String, Vec<String>>,
    edges: Vec<String>,
    wrong_edges: Vec<String>,
    wrong_keys: Vec<String>,
    /// What else is to be told, in a node of its own.
    rest: Option<String>,
    all_new: bool,
    /// Whether it is of several plans.
    several: bool,
}

impl Chart {
    fn new(keys: &[&ProtectingKey], part: Part, left_out: usize) -> Self {
        let mut edges: Vec<(&ProtectingKey, &ProtectedStore)> = Vec::new();
        let mut chart = Self::default();
        let mut left = left_out;
        for key in keys {
            let drawn = key.stores.iter().filter(|store| part.takes(store));
            let before = edges.len();
            edges.extend(drawn.map(|store| (*key, store)));
            left += key.stores.len() - (edges.len() - before);
        }
        chart.all_new = edges.iter().all(|(_, store)| store.actions == ["create"]);
        chart.several = keys
            .windows(2)
            .any(|pair| matches!(pair, [one, other] if one.plan != other.plan));
        let stores = chart.stores(&edges);
        for key in keys {
            let under = edges.iter().filter(|(one, _)| std::ptr::eq(*one, *key));
            let mut under = under.peekable();
            if under.peek().is_none() && !(key.stores.is_empty() && part.takes_alone(key)) {
                continue;
            }
            let from = chart.key(key);
            for (_, store) in under {
                if let Some(to) = stores.get(&(&*key.plan, &*store.address)) {
                    chart.edge(&from, to, store);
                }
            }
        }
        if left > 0 {
            let left = words::count(left, "store is left out", "stores are left out");
            chart.rest = Some(match part {
                Part::Whole | Part::WrongOrChanging => {
                    format!("{left}, of which none is wrong or changes")
                }
                Part::Wrong => format!("{left}, of which none violates a rule"),
            });
        } else if chart.all_new {
            chart.rest = Some("all of it is new".to_owned());
        }
        chart
    }

    /// A node for each store, in the group of the category of its data: a managed credential may be of another one.
    fn stores<'a>(
        &mut self,
        edges: &[(&'a ProtectingKey, &'a ProtectedStore)],
    ) -> BTreeMap<(&'a str, &'a str), String> {
        let mut judged: BTreeMap<(&str, &str), &ProtectedStore> = BTreeMap::new();
        for (key, store) in edges {
            let there = judged.entry((&key.plan, &store.address)).or_insert(store);
            if holds_data(store) && !holds_data(there) {
                *there = store;
            }
        }
        let nodes = judged
            .into_iter()
            .map(|(place, store)| (place, self.store(place.0, store)));
        nodes.collect()
    }

    fn node(&mut self) -> String {
        self.nodes = self.nodes.saturating_add(1);
        format!("n{}", self.nodes)
    }

    fn key(&mut self, key: &ProtectingKey) -> String {
        let id = self.node();
        let mut details: Vec<String> = key.category.iter().map(|category| label(&category.id)).collect();
        details.extend(self.action(&key.actions));
        details.extend(self.several.then(|| label(&key.plan)));
        details.extend(rules(&key.violates).filter(|_| is_customers(key.kind)));
        let text = lines(&format!("{} {}", sign(key.kind), label(&key.name)), &details);
        self.keys.push(format!("  {id}{{{{\"{text}\"}}}}\n"));
        if !key.violates.is_empty() {
            self.wrong_keys.push(id.clone());
        }
        id
    }

    fn store(&mut self, plan: &str, store: &ProtectedStore) -> String {
        let id = self.node();
        let details: Vec<String> = self.action(&store.actions).into_iter().collect();
        let text = lines(&label(&store.address), &details);
        let category = match (&store.category, store.evidence.as_deref()) {
            (Some(_), Some("unclassified")) => "no category".to_owned(),
            (Some(category), _) => label(&category.id),
            (None, _) => "category not known".to_owned(),
        };
        let title = match self.several {
            true => format!("{} · {category}", label(plan)),
            false => category,
        };
        let group = self.groups.entry(title).or_default();
        group.push(format!("    {id}[\"{text}\"]\n"));
        id
    }

    fn edge(&mut self, from: &str, to: &str, store: &ProtectedStore) {
        let mut said: Vec<String> = rules(&store.violates).into_iter().collect();
        if store.undetermined {
            said.push("? cannot be told".to_owned());
        } else if !store.certain {
            said.push("? perhaps".to_owned());
        }
        if !holds_data(store) {
            said.extend(store.parts.iter().take(1).map(|part| label(part)));
        }
        let stays = store
            .actions
            .iter()
            .all(|action| matches!(action.as_str(), "no-op" | "update"));
        match (&store.level.before, &store.level.after) {
            (None, Some(_)) if stays => said.push("from now on".to_owned()),
            (Some(_), None) => said.push("until now".to_owned()),
            _ => {}
        }
        let arrow = match (store.violates.is_empty(), store.leaves() || store.undetermined) {
            (false, _) => "==>",
            (true, true) => "-.->",
            (true, false) => "-->",
        };
        if !store.violates.is_empty() {
            self.wrong_edges.push(self.edges.len().to_string());
        }
        let said = match said.is_empty() {
            true => String::new(),
            false => format!("|\"{}\"|", said.join(" · ")),
        };
        self.edges.push(format!("  {from} {arrow}{said} {to}\n"));
    }

    /// What the plan does to a thing, where that is not the same for all.
    fn action(&self, actions: &[String]) -> Option<String> {
        let word = action(actions).filter(|word| !self.all_new || *word != "new");
        word.map(str::to_owned)
    }

    fn write(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        out.extend(self.keys.iter().map(String::as_str));
        for (number, (title, stores)) in self.groups.iter().enumerate() {
            out.push_str(&format!("  subgraph g{number}[\"{title}\"]\n"));
            out.extend(stores.iter().map(String::as_str));
            out.push_str("  end\n");
        }
        if let Some(rest) = &self.rest {
            out.push_str(&format!("  rest[\"{rest}\"]\n"));
        }
        out.extend(self.edges.iter().map(String::as_str));
        if !self.wrong_edges.is_empty() {
            out.push_str(&format!("  linkStyle {} {WRONG}\n", self.wrong_edges.join(",")));
        }
        for key in &self.wrong_keys {
            out.push_str(&format!("  style {key} {WRONG}\n"));
        }
        out
    }
}

/// Whether the edge is about the data of the store, and not about a part beside it.
fn holds_data(store: &ProtectedStore) -> bool {
    store.parts.iter().any(|part| part == "storage")
}

fn lines(first: &str, details: &[String]) -> String {
    match details.is_empty() {
        true => first.to_owned(),
        false => format!("{first}<br/>{}", details.join(" · ")),
    }
}

/// The rules that are violated, in a label.
fn rules(violated: &[String]) -> Option<String> {
    let mut named: Vec<String> = violated.iter().take(MOST_RULES).map(|rule| label(rule)).collect();
    let more = violated.len().saturating_sub(MOST_RULES);
    if more > 0 {
        named.push(format!("{more} more"));
    }
    (!named.is_empty()).then(|| format!("✗ {}", named.join(", ")))
}

fn is_customers(kind: KeyKind) -> bool {
    matches!(kind, KeyKind::Managed | KeyKind::Read | KeyKind::Outside)
}

fn sign(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Managed | KeyKind::Read | KeyKind::Outside => "🔑",
        KeyKind::AwsManaged | KeyKind::AwsOwned => "☁",
        KeyKind::Nothing => "⚠",
        KeyKind::Unknown => "❔",
    }
}

/// What the plan does, as the state of a thing.
fn action(actions: &[String]) -> Option<&'static str> {
    let words: Vec<&str> = actions.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["create"] => Some("new"),
        ["update"] => Some("changed"),
        ["delete"] => Some("deleted"),
        ["forget"] => Some("no longer managed"),
        [] | ["no-op" | "read"] => None,
        several if several.contains(&"delete") => Some("replaced"),
        _ => Some("changed"),
    }
}

/// A text from a plan, or from a policy, in a label.
fn label(text: &str) -> String {
    let text = cut_middle(&inert(&prose(text)), MOST_CHARS);
    if text.is_empty() {
        // An empty label is an error of syntax.
        return "unnamed".to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.char_indices() {
        let inside = text
            .get(index + c.len_utf8()..)
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
            && out.ends_with(|c: char| c.is_ascii_alphanumeric());
        // An underscore inside a word is no emphasis.
        if c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '-' | '/' | ',') || c == '_' && inside {
            out.push(c);
        } else if c == '&' {
            // By its number it would be the start of an entity.
            out.push_str("#amp;");
        } else {
            out.push_str(&format!("#{};", u32::from(c)));
        }
    }
    out
}

/// What Mermaid acts on in a decoded label, too, is taken apart: formulas, line breaks, icons.
fn inert(text: &str) -> String {
    let apart = [("$$", "$ $"), ("$$", "$ $"), ("\\n", "\\ n"), (":fa-", ": fa-")];
    apart
        .into_iter()
        .fold(text.to_owned(), |text, (acts, inert)| text.replace(acts, inert))
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels_hold_text_and_nothing_else() {
        assert_eq!(label("aws_x.this[\"a\"]"), "aws_x.this#91;#34;a#34;#93;");
        assert_eq!(label("a$$$b"), "a#36; #36; #36;b");
        assert_eq!(label("\\n:fa-x&"), "#92; n#58; fa-x#amp;");
        assert_eq!(label("_a_"), "#95;a#95;");
        assert_eq!(label(" \n"), "unnamed");
    }
}
