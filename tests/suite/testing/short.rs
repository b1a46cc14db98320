//! The short form says what Terraform's own plan of the same configuration says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use planseal::eval::Facts;
use planseal::model::Model;
use planseal::policy::load::Source;
use planseal::policy::yaml::Diagnostics;
use planseal::testing::{case, short};

use crate::common::{POLICIES, read, read_bytes};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/short-form");
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    assert!(found.len() >= 3);
    found
}

/// What every rule says of these resources.
fn opinions(mut plan: planseal::plan::Plan, of: Option<&BTreeSet<String>>) -> BTreeMap<String, String> {
    let model = Model::new(&mut plan);
    let facts = Facts::new(&model, &POLICIES);
    let users = facts.users();
    let mut found = BTreeMap::new();
    for rule in &POLICIES.rules {
        for opinion in facts.opinions(rule, &users) {
            let address = opinion.address(&facts);
            if of.is_none_or(|of| of.contains(&address)) {
                let place = format!("{} {address} {:?}", rule.id, opinion.part());
                let said = format!(
                    "{} {:?} {:?}",
                    opinion.conclusion().word(),
                    opinion.change(),
                    opinion.severity()
                );
                found.insert(place, said);
            }
        }
    }
    found
}

/// Each file holds two cases: a plan that Terraform made, and (part of) it in short form.
#[test]
fn the_short_form_is_judged_as_the_plan_that_terraform_makes() {
    for path in files() {
        let name = path.display().to_string();
        let source = Source {
            file: name.clone(),
            text: std::fs::read_to_string(&path).unwrap(),
        };
        let mut errors = Diagnostics::new();
        let file = case::read(&source, &mut errors).unwrap_or_else(|| panic!("{}", errors.render(false)));
        let [made, written] = file.cases.as_slice() else {
            panic!("{name} has {} cases", file.cases.len());
        };
        let text = short::plan_text(&name, &written.doc, &mut errors);
        let text = text.unwrap_or_else(|| panic!("{}", errors.render(false)));
        let held: BTreeSet<String> = written.doc.resources.keys().map(str::to_owned).collect();
        let plan = path.with_file_name(&made.doc.plan.as_ref().unwrap().value);
        let expected = opinions(read(&plan), Some(&held));
        let got = opinions(read_bytes(text.into_bytes()), None);
        let differ: Vec<String> = expected
            .keys()
            .chain(got.keys())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter(|place| expected.get(*place) != got.get(*place))
            .map(|place| {
                format!(
                    "{place}: {:?} in the plan, {:?} in short form",
                    expected.get(place),
                    got.get(place)
                )
            })
            .collect();
        assert!(differ.is_empty(), "{name}\n{}", differ.join("\n"));
        assert!(expected.len() > 20, "{name} compares {} opinions", expected.len());
    }
}
