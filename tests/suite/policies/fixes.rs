//! The HCL of fixes: what it sets and refers to is in the provider's schema.

use std::collections::BTreeSet;

use planseal::policy::rule::Rule;
use planseal::policy::uses::subjects;

use super::schema::{Extract, SCHEMA};
use crate::common::POLICIES;

/// The fixes of all policies, with the place; placeholders are filled in.
pub(super) fn fixes() -> Vec<(String, String)> {
    let filled = |name: &str| format!("example_{name}");
    let parts = POLICIES.catalog.stores.iter().flat_map(|(resource_type, store)| {
        let parts = store.parts.iter();
        parts.map(move |part| (format!("{resource_type} {}", part.id), part.fix.fill(filled)))
    });
    let properties = POLICIES.categories.property_fixes.iter();
    let properties = properties.map(|(property, fix)| (format!("{property:?}"), fix.clone()));
    POLICIES
        .rules
        .iter()
        .flat_map(of_rule)
        .chain(parts)
        .chain(properties)
        .collect()
}

/// A rule's fix for each type that it looks at, where it names the type.
fn of_rule(rule: &Rule) -> BTreeSet<(String, String)> {
    let types = subjects(&POLICIES, &rule.subject).into_iter();
    // What stands for a whole fix is checked where that fix is.
    let fill = |resource_type: &str, name: &str| match name {
        "type" => resource_type.to_owned(),
        "fix" | "recommended_fix" => "# elsewhere".to_owned(),
        other => format!("example_{other}"),
    };
    types
        .filter(|resource_type| !resource_type.starts_with("data."))
        .map(|resource_type| {
            (
                rule.id.clone(),
                rule.fix_of(&resource_type).fill(|name| fill(&resource_type, name)),
            )
        })
        .collect()
}

/// What a piece of HCL says of resources.
#[derive(Debug, Default, PartialEq, Eq)]
struct Said {
    /// Types of resources, written or referred to.
    types: BTreeSet<String>,
    /// Arguments, blocks and attributes, by type; what a block holds has the block's name before a `/`.
    attributes: BTreeSet<(String, String)>,
}

/// Where a line stands.
enum Inside {
    /// A resource, or a block of it: the type and the path.
    Block(String, String),
    /// A value, or a block that is no resource's.
    Other,
}

fn said(hcl: &str) -> Said {
    let mut said = Said::default();
    let mut open: Vec<Inside> = Vec::new();
    for line in hcl.lines() {
        let code = line.split(" #").next().unwrap_or_default().trim();
        if code.is_empty() || code.starts_with('#') {
            continue;
        }
        references(code, &mut said);
        let inside = match (argument(code), open.last(), resource(code)) {
            (_, None, Some(resource_type)) => {
                said.types.insert(resource_type.clone());
                Inside::Block(resource_type, String::new())
            }
            (Some((name, is_block)), Some(Inside::Block(resource_type, path)), _)
                if !["lifecycle", "for_each"].contains(&name) =>
            {
                let path = format!("{path}{name}");
                said.attributes.insert((resource_type.clone(), path.clone()));
                match is_block {
                    true => Inside::Block(resource_type.clone(), format!("{path}/")),
                    false => Inside::Other,
                }
            }
            _ => Inside::Other,
        };
        let closed = code.matches(['}', ']', ')']).count();
        match code.matches(['{', '[', '(']).count().checked_sub(closed) {
            Some(0) => {}
            Some(opened) => open.extend(std::iter::once(inside).chain((1..opened).map(|_| Inside::Other))),
            None => open.truncate(open.len().saturating_sub(closed)),
        }
    }
    said
}

/// The type in `resource "TYPE" "NAME" {`.
fn resource(code: &str) -> Option<String> {
    let (kind, rest) = code.split_once(" \"")?;
    let resource_type = rest.split('"').next()?.to_owned();
    match kind {
        "resource" => Some(resource_type),
        "data" => Some(format!("data.{resource_type}")),
        _ => None,
    }
}

/// The name in `NAME = …`, or in `NAME {`, which is a block.
fn argument(code: &str) -> Option<(&str, bool)> {
    let (name, rest) = code.split_once(' ')?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    match rest.trim_start().chars().next()? {
        '=' if is_name => Some((name, false)),
        '{' if is_name => Some((name, true)),
        _ => None,
    }
}

/// `aws_kms_key.example.arn`, `data.aws_iam_policy_document.example.json`
fn references(code: &str, said: &mut Said) {
    for word in code.split(|c: char| !c.is_ascii_alphanumeric() && !"_.".contains(c)) {
        let (prefix, rest) = match word.strip_prefix("data.") {
            Some(rest) => ("data.", rest),
            None => ("", word),
        };
        let mut steps = rest.split('.');
        let (Some(resource_type), Some(_)) = (steps.next(), steps.next()) else {
            continue;
        };
        if resource_type.starts_with("aws_") {
            let resource_type = format!("{prefix}{resource_type}");
            if let Some(attribute) = steps.next() {
                said.attributes.insert((resource_type.clone(), attribute.to_owned()));
            }
            said.types.insert(resource_type);
        }
    }
}

/// Every resource type that a fix writes or refers to, with the place.
pub(super) fn types() -> BTreeSet<(String, String)> {
    let types = fixes().into_iter().flat_map(|(place, fix)| {
        let found = said(&fix).types.into_iter();
        found.map(move |resource_type| (resource_type, format!("the fix of {place}")))
    });
    types.collect()
}

/// The path as the schema writes it: `rule[*].bucket_key_enabled` of `rule/bucket_key_enabled`.
fn in_schema(schema: &Extract, resource_type: &str, path: &str) -> Option<String> {
    let mut found = String::new();
    for (index, name) in path.split('/').enumerate() {
        if index > 0 {
            let several = schema.kind(resource_type, &found)?.contains('(');
            found.push_str(if several { "[*]." } else { "." });
        }
        found.push_str(name);
    }
    schema.kind(resource_type, &found)?;
    Some(found)
}

#[test]
fn every_argument_in_a_fix_exists() {
    let schema = &*SCHEMA;
    let mut checked = 0;
    let mut missing = Vec::new();
    for (place, fix) in fixes() {
        for (resource_type, path) in said(&fix).attributes {
            checked += 1;
            if in_schema(schema, &resource_type, &path).is_none() {
                missing.push(format!("{place}: {resource_type} {path}"));
            }
        }
    }
    assert!(checked > 100, "{checked}");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn what_a_fix_says_is_found() {
    let hcl = "\
# resource \"aws_commented\" \"x\" {
removed {
  from = aws_gone.x
  lifecycle {
    destroy = false
  }
}
resource \"aws_one\" \"x\" {
  rule {
    deep {
      key = aws_two.y.arn # aws_commented.z
    }
    flag = true
  }
  list = [
    data.aws_three.z.json,
  ]
  tags = {
    name = \"x\"
  }
  lifecycle {
    prevent_destroy = true
  }
  last = 1
}
";
    let owned = |(left, right): (&str, &str)| (left.to_owned(), right.to_owned());
    let said = said(hcl);
    let types = ["aws_gone", "aws_one", "aws_two", "data.aws_three"];
    assert_eq!(said.types, types.map(str::to_owned).into());
    let attributes = [
        ("aws_one", "last"),
        ("aws_one", "list"),
        ("aws_one", "rule"),
        ("aws_one", "rule/deep"),
        ("aws_one", "rule/deep/key"),
        ("aws_one", "rule/flag"),
        ("aws_one", "tags"),
        ("aws_two", "arn"),
        ("data.aws_three", "json"),
    ];
    assert_eq!(said.attributes, attributes.map(owned).into());
}
