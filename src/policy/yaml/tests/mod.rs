//! Tests of reading, errors and limits.

mod errors;
mod hostile;
mod tree;
mod values;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{At, Diagnostics, Entries, parse};

#[derive(Debug, Deserialize, PartialEq)]
struct File {
    rules: Vec<Rule>,
    #[serde(default)]
    tables: BTreeMap<String, Vec<u8>>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Rule {
    name: At<String>,
    require: Check,
    #[serde(default)]
    severity: Severity,
    note: Option<String>,
    port: Option<At<Port>>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Check {
    path: String,
    equals: bool,
}

#[derive(Debug, Default, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Severity {
    #[default]
    Error,
    Warning,
    AtLeast(u8),
    Range {
        from: i64,
        to: i64,
    },
}

/// A type that refuses some values of the right form, blank ones too.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(try_from = "String")]
struct Port(u16);

impl TryFrom<String> for Port {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        match text.parse() {
            Ok(port) => Ok(Port(port)),
            Err(_) => Err(format!("`{text}` is not a port")),
        }
    }
}

/// Reads a file named `p.yaml` and renders its errors.
fn read<T: serde::de::DeserializeOwned>(text: &str) -> (Option<T>, String) {
    let mut out = Diagnostics::new();
    let value = parse("p.yaml", text, &mut out);
    (value, out.render(false))
}

/// The errors of a file as `line:column message`.
fn list<T: serde::de::DeserializeOwned>(text: &str) -> (Option<T>, Vec<String>) {
    let mut out = Diagnostics::new();
    let value = parse("p.yaml", text, &mut out);
    let found = out.sorted();
    let lines = found
        .iter()
        .map(|d| format!("{}:{} {}", d.span.line, d.span.column, d.message));
    (value, lines.collect())
}

fn errors<T: serde::de::DeserializeOwned>(text: &str) -> Vec<String> {
    list::<T>(text).1
}

type Map = BTreeMap<String, At<u32>>;
type Pairs = Entries<At<bool>>;
