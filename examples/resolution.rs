//! Shows how well planseal finds out where keys come from: `cargo run --example resolution` prints, for each attribute
//! of `testdata/resolution`, what the plan alone tells and what it tells with its source.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    reason = "a tool for developers, and the tests use more of the shared module than this does"
)]

#[path = "../tests/support/resolving.rs"]
mod resolving;

use std::collections::BTreeMap;

use resolving::{Answer, Entry};

/// In what order the kinds of answers are counted.
const KINDS: [&str; 4] = ["exact", "candidates", "undetermined", "wrong"];

fn kind(entry: &Entry, answer: &Answer) -> &'static str {
    match answer {
        _ if answer.excludes(&entry.source) => "wrong",
        _ if !answer.unknown.is_empty() => "undetermined",
        _ if answer.what.len() > 1 => "candidates",
        _ => "exact",
    }
}

fn totals(counts: &BTreeMap<&str, usize>) -> String {
    let of = |kind: &&str| format!("{kind} {}", counts.get(kind).copied().unwrap_or(0));
    KINDS.iter().map(of).collect::<Vec<_>>().join(", ")
}

fn main() {
    let policies = planseal::policy::load::load(&[], false).unwrap_or_else(|errors| panic!("{}", errors.render(false)));
    let mut rows = Vec::new();
    for planned in resolving::plans() {
        let entries = resolving::entries(&planned);
        let plan = resolving::from_plan(&planned, &entries, &policies);
        let source = resolving::from_source(&planned, &entries, &policies);
        for ((entry, plan), source) in entries.iter().zip(&plan).zip(&source) {
            let kinds = (kind(entry, plan), kind(entry, source));
            rows.push((entry.case.clone(), entry.hcl.clone(), kinds));
        }
    }
    rows.sort_by(|left, right| left.0.cmp(&right.0));
    let (mut alone, mut with_source) = (BTreeMap::new(), BTreeMap::new());
    println!("{:4}  {:78}  {:12}  source", "case", "hcl", "plan");
    for (case, hcl, (plan, source)) in &rows {
        println!("{case:4}  {hcl:78}  {plan:12}  {source}");
        *alone.entry(*plan).or_insert(0) += 1;
        *with_source.entry(*source).or_insert(0) += 1;
    }
    println!("\n{} attributes", rows.len());
    println!("plan alone:  {}", totals(&alone));
    println!("with source: {}", totals(&with_source));
}
