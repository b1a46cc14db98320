//! Real plans, where a folder of them is at hand: `PLANSEAL_CORPUS` names one with a `files/` folder in it.

use std::path::PathBuf;

use planseal::report::{json, markdown, text};

use crate::common;

/// Every document of the folder that is a plan gets a report in every format, and the same one again.
#[test]
fn every_plan_gets_a_report_in_every_format() {
    let Some(folder) = std::env::var_os("PLANSEAL_CORPUS") else {
        return;
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(PathBuf::from(folder).join("files"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut judged = 0;
    for file in files {
        let wanted = common::POLICIES.wanted();
        for plan in planseal::plan::read(std::fs::read(&file).unwrap(), &wanted)
            .into_iter()
            .flatten()
        {
            judged += 1;
            let report = common::judge(&plan).report;
            let written = json::render(&report);
            assert_eq!(json::parse(&written).unwrap(), report, "{}", file.display());
            assert_eq!(
                json::render(&common::judge(&plan).report),
                written,
                "{}",
                file.display()
            );
            let options = text::TextOptions {
                verbose: true,
                quiet: false,
            };
            let shown = anstream::adapter::strip_str(&text::render(&report, options)).to_string();
            assert!(shown.starts_with("planseal: "), "{}", file.display());
            assert!(markdown::render(&report, markdown::COMMENT_LIMIT).len() <= markdown::COMMENT_LIMIT);
        }
    }
    assert!(judged > 0, "the folder holds no plan");
}
