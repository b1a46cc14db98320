//! Every attribute of the provider's schema that bears on encryption in transit is read by a rule, or left out for a reason.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::policies::schema::named;
use crate::schemas::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Excluded {
    #[serde(rename = "type")]
    resource_type: String,
    path: String,
    reason: String,
}

/// `TYPE PATH`, without `$.`
fn attributes() -> BTreeSet<(String, String)> {
    let text = std::fs::read_to_string(root().join("tests/coverage/in-transit-attributes.txt")).unwrap();
    let lines = text.lines().filter_map(|line| line.split_once(" $."));
    lines.map(|(name, path)| (name.to_owned(), path.to_owned())).collect()
}

fn excluded() -> Vec<Excluded> {
    let text = std::fs::read_to_string(root().join("tests/coverage/in-transit-excluded.yaml")).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

/// Whether a path names an attribute, or something inside it: the text of a document, or an entry of a map.
fn reads(path: &str, attribute: &str) -> bool {
    let inside = path.strip_prefix(attribute);
    inside.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

#[test]
fn every_attribute_about_transport_is_read_or_left_out_for_a_reason() {
    let attributes = attributes();
    assert!(attributes.len() > 170, "{}", attributes.len());
    let named = named();
    let read = |(name, attribute): &(String, String)| {
        let of_type = named.iter().filter(|one| one.resource_type == *name);
        let mut paths = of_type.map(|one| one.path.as_str());
        paths.any(|path| reads(path, attribute))
    };
    let mut left: BTreeSet<(String, String)> = attributes.iter().filter(|one| !read(one)).cloned().collect();
    for one in excluded() {
        assert!(!one.reason.trim().is_empty(), "{} {}", one.resource_type, one.path);
        let path = one.path.trim_start_matches("$.").to_owned();
        let known = left.remove(&(one.resource_type.clone(), path));
        assert!(known, "{} {} is read, or not in the list", one.resource_type, one.path);
    }
    assert!(left.is_empty(), "neither read nor left out: {left:#?}");
}
