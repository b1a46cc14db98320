//! Plans of the same name in several reports, told apart.

use std::collections::{BTreeMap, BTreeSet};

use super::Part;
use crate::report::v1::Report;

/// Gives plans that share their name with one of another report a name of their own, from the report's file, and says so.
pub(super) fn apart(parts: &mut [Part]) {
    let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (position, part) in parts.iter().enumerate() {
        let names: BTreeSet<&String> = part.report.plans.iter().map(|plan| &plan.name).collect();
        for name in names {
            by_name.entry(name.clone()).or_default().push(position);
        }
    }
    let mut taken: BTreeSet<String> = by_name.keys().cloned().collect();
    for (name, positions) in by_name.iter().filter(|(_, positions)| positions.len() > 1) {
        let files: Vec<String> = positions
            .iter()
            .filter_map(|at| Some(parts.get(*at)?.from.clone()))
            .collect();
        for (position, label) in positions.iter().zip(labels(&files)) {
            let new = free(&format!("{name} ({label})"), &mut taken);
            if let Some(part) = parts.get_mut(*position) {
                rename(&mut part.report, name, &new);
                let file = &part.from;
                let note = format!("this plan is `{name}` in `{file}`; another report has a plan of that name too");
                let renamed = part.report.plans.iter_mut().filter(|plan| plan.name == new);
                renamed.for_each(|plan| plan.notes.push(note.clone()));
            }
        }
    }
}

/// A name that nobody has yet, as close to the wanted one as can be.
fn free(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2_usize;
    while !taken.insert(name.clone()) {
        name = format!("{wanted} #{number}");
        number = number.saturating_add(1);
    }
    name
}

/// What tells the files apart: the parts of their paths that they do not have in common.
fn labels(files: &[String]) -> Vec<String> {
    let split = |file: &String| -> Vec<String> {
        let file = file.strip_suffix(".json").unwrap_or(file);
        file.split(['/', '\\']).map(str::to_owned).collect()
    };
    let paths: Vec<Vec<String>> = files.iter().map(split).collect();
    let shortest = paths.iter().map(Vec::len).min().unwrap_or_default();
    let shared = |at: &dyn Fn(&Vec<String>, usize) -> Option<String>, most: usize| {
        let same = |step: &usize| {
            let words: BTreeSet<Option<String>> = paths.iter().map(|path| at(path, *step)).collect();
            words.len() == 1
        };
        (0..most).take_while(same).count()
    };
    let head = shared(&|path, step| path.get(step).cloned(), shortest);
    let tail = shared(
        &|path, step| path.iter().rev().nth(step).cloned(),
        shortest.saturating_sub(head),
    );
    let inner = |path: &Vec<String>| {
        let end = path.len().saturating_sub(tail);
        path.get(head..end).unwrap_or_default().join("/")
    };
    let found: Vec<String> = paths.iter().map(inner).collect();
    match found.iter().any(String::is_empty) {
        true => files.to_vec(),
        false => found,
    }
}

fn rename(report: &mut Report, old: &str, new: &str) {
    let change = |name: &mut String| {
        if name == old {
            new.clone_into(name);
        }
    };
    report.plans.iter_mut().for_each(|plan| change(&mut plan.name));
    for finding in report.findings.iter_mut().filter(|finding| finding.plan == old) {
        change(&mut finding.plan);
        let rest = finding
            .fingerprint
            .strip_prefix(old)
            .filter(|rest| rest.starts_with('|'));
        if let Some(rest) = rest {
            finding.fingerprint = format!("{new}{rest}");
        }
    }
    report.hierarchy.keys.iter_mut().for_each(|key| change(&mut key.plan));
    for metric in &mut report.metrics {
        metric.plans.iter_mut().for_each(|one| change(&mut one.plan));
        metric.unmet.iter_mut().for_each(|one| change(&mut one.plan));
    }
}

#[cfg(test)]
mod tests {
    use super::labels;

    #[test]
    fn files_are_told_apart_by_what_they_do_not_share() {
        for (files, expected) in [
            (["a/report.json", "b/report.json"], ["a", "b"]),
            (["all/eu.json", "all/us.json"], ["eu", "us"]),
            (["x/eu/1/r.json", "x/us/2/r.json"], ["eu/1", "us/2"]),
            (["report.json", "a/report.json"], ["report.json", "a/report.json"]),
            (["a.json", "-"], ["a", "-"]),
            (["a\\r.json", "b\\r.json"], ["a", "b"]),
        ] {
            assert_eq!(labels(&files.map(str::to_owned)), expected);
        }
    }
}
