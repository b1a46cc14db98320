//! Where the ids of keys come from, against expectations written by hand from the configurations.

use std::collections::BTreeSet;

use planseal::model::resolve::{Mirrors, Resolver, Source as Origin};
use planseal::model::value::{Location, State};
use planseal::model::{Model, ResourceId, Side};
use planseal::plan::{Mode, Wanted};
use planseal::source::Source;
use serde_json::Value;

use crate::common::{POLICIES, testdata};
use crate::resolving::{self, Answer, Entry, Expected, Planned};

/// The rows of the table of ways in which a plan shows a key, as far as they are about keys and tags.
const CASES: [&str; 33] = [
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "19", "20", "21", "22",
    "23", "24", "25", "26", "27", "28", "29", "30", "31", "33", "34", "35", "m12", "m14",
];

fn label(plan: &Planned) -> String {
    plan.source.file_name().unwrap().display().to_string()
}

/// The answers that are not those that are expected, in words.
fn differences<'e>(
    entries: &'e [Entry],
    found: &[Answer],
    expected: impl Fn(&'e Entry) -> &'e Expected,
) -> Vec<String> {
    assert_eq!(entries.len(), found.len());
    entries
        .iter()
        .zip(found)
        .filter(|(entry, answer)| !answer.meets(expected(entry)))
        .map(|(entry, answer)| {
            format!(
                "{} {} {}: {}\n        expected {:?}\n        found    {:?} {:?}",
                entry.case,
                entry.at,
                entry.path,
                entry.hcl,
                expected(entry),
                answer.what,
                answer.unknown
            )
        })
        .collect()
}

fn report(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_plan_alone_gives_what_it_can_tell() {
    let mut wrong = Vec::new();
    for plan in resolving::plans() {
        let entries = resolving::entries(&plan);
        let found = resolving::from_plan(&plan, &entries, &POLICIES);
        let differ = differences(&entries, &found, |entry| &entry.plan);
        wrong.extend(differ.into_iter().map(|one| format!("{} {one}", label(&plan))));
    }
    report(&wrong);
}

#[test]
fn the_plan_with_its_source_gives_the_key() {
    let mut wrong = Vec::new();
    for plan in resolving::plans() {
        let entries = resolving::entries(&plan);
        let found = resolving::from_source(&plan, &entries, &POLICIES);
        let differ = differences(&entries, &found, |entry| &entry.source);
        wrong.extend(differ.into_iter().map(|one| format!("{} {one}", label(&plan))));
    }
    report(&wrong);
}

/// What the plan alone excludes is not there, but where its references look like those of another expression.
#[test]
fn only_what_is_marked_so_is_wrong_without_the_source() {
    let mut wrong = Vec::new();
    for plan in resolving::plans() {
        let entries = resolving::entries(&plan);
        let found = resolving::from_plan(&plan, &entries, &POLICIES);
        for (entry, answer) in entries.iter().zip(&found) {
            if answer.excludes(&entry.source) != entry.misled.unwrap_or(false) {
                wrong.push(format!(
                    "{} {} {}: {:?}",
                    label(&plan),
                    entry.at,
                    entry.hcl,
                    answer.what
                ));
            }
        }
    }
    report(&wrong);
}

/// What the records of `testdata/resolution/certificate-validation` are asked for.
fn records_wanted() -> Wanted {
    let mut wanted = Wanted::default();
    for attribute in ["name", "type", "records"] {
        wanted.want("aws_route53_record", attribute);
    }
    wanted.want("aws_acm_certificate", "domain_validation_options");
    wanted
}

/// Each record's key with where its attributes come from: for each place, the resource and the place there.
fn records(model: &Model<'_>) -> Vec<(String, Vec<(ResourceId, Location)>)> {
    let mirrors = Mirrors::default();
    let resolver = Resolver::new(model, &mirrors);
    let places = [
        Location::default().member("name"),
        Location::default().member("type"),
        Location::default().member("records").element(0),
    ];
    let found = model.of_type(Mode::Managed, "aws_route53_record").iter().map(|id| {
        let origins = places.iter().flat_map(|place| {
            let state = model
                .resource(*id)
                .values(Side::After)
                .unwrap()
                .at(place)
                .unwrap()
                .state();
            assert_eq!(state, State::Unknown, "{place}");
            resolver.resolve(*id, place).origins
        });
        let origins = origins.map(|origin| match origin.source {
            Origin::Attribute { resource, location, .. } => (resource, location),
            other => panic!("{other:?}"),
        });
        (model.resource(*id).address.clone(), origins.collect())
    });
    found.collect()
}

/// Row 17: the records that validate a certificate come from that certificate, and with the source from its own option.
#[test]
fn records_lead_to_the_certificate_that_they_validate() {
    let folder = testdata().join("resolution/certificate-validation");
    let wanted = records_wanted();
    let mut plan = resolving::read(&folder.join("plan.json"), &wanted);
    let source = Source::from_folder(&folder).unwrap();
    let mut model = Model::new(&mut plan);
    for with_source in [false, true] {
        if with_source {
            model.use_source(&source, &wanted).unwrap();
        }
        let found = records(&model);
        assert_eq!(found.len(), 3);
        for (record, origins) in found {
            assert_eq!(origins.len(), 3, "{record}");
            for (certificate, place) in origins {
                let certificate = model.resource(certificate);
                assert_eq!(certificate.address, "aws_acm_certificate.shop", "{record}");
                assert_eq!(place.0[0], Location::default().member("domain_validation_options").0[0]);
                if with_source {
                    let option = Location(place.0[..2].to_vec()).member("domain_name");
                    let domain = certificate.values(Side::After).unwrap().at(&option).unwrap().state();
                    let State::Known(Value::String(domain)) = domain else {
                        panic!("{domain:?}")
                    };
                    assert_eq!(record, format!("aws_route53_record.validation[\"{domain}\"]"));
                    assert_eq!(place.0.len(), 3, "{record}");
                }
            }
        }
    }
}

/// What no written block fits may still come from one: the provider shows a value in its own way.
#[test]
fn an_element_that_fits_no_block_is_not_one_that_nobody_wrote() {
    let mut plans = resolving::plans().into_iter();
    let mut plan = plans.find(|plan| label(plan) == "blocks-in-a-set").unwrap();
    let mut entries = resolving::entries(&plan);
    entries.retain(|entry| entry.at == "aws_instance.converted");
    assert_eq!(entries.len(), 2);
    let text = std::fs::read_to_string(&plan.plan).unwrap();
    let shown = text.matches("\"volume_size\":10").count();
    assert!(shown >= 2, "{shown}");
    let edited = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(edited.path(), text.replace("\"volume_size\":10", "\"volume_size\":11")).unwrap();
    plan.plan = edited.path().to_path_buf();
    let alone = resolving::from_plan(&plan, &entries, &POLICIES);
    let with_source = resolving::from_source(&plan, &entries, &POLICIES);
    for (entry, answer) in entries.iter().chain(&entries).zip(alone.iter().chain(&with_source)) {
        assert_eq!(answer.unknown.len(), 1, "{} {answer:?}", entry.path);
        assert!(answer.unknown[0].contains("it stands in a block"), "{answer:?}");
    }
}

#[test]
fn every_case_has_a_plan_of_its_own_and_stays_small() {
    let mut cases = BTreeSet::new();
    for plan in resolving::plans() {
        let size = std::fs::metadata(&plan.plan).unwrap().len();
        assert!(size < 100_000, "{}: {size} bytes", label(&plan));
        cases.extend(resolving::entries(&plan).into_iter().map(|entry| entry.case));
    }
    let expected: BTreeSet<String> = CASES.iter().map(|&case| case.to_owned()).collect();
    assert_eq!(cases, expected);
}
