//! `planseal schema`: the JSON Schema of each file format.

use clap::ValueEnum;
use serde_json::Value;

use crate::cli::Described;
use crate::policy::describe;
use crate::report::v1::Report;
use crate::testing::case::TestDoc;

/// The schema of a format.
fn schema(of: Described) -> Value {
    match of {
        Described::Policy => describe::policy(),
        Described::Config => describe::config(),
        Described::Test => describe::document::<TestDoc>("planseal test cases"),
        Described::Report => describe::output::<Report>("planseal report"),
    }
}

/// The schema of a format as the text of a file.
#[must_use]
pub fn text(of: Described) -> String {
    format!("{:#}\n", schema(of))
}

/// Every schema: the name of its file, and its text. A YAML file refers to one with
/// `# yaml-language-server: $schema=PATH/NAME`.
#[must_use]
pub fn files() -> Vec<(String, String)> {
    let name = |of: &Described| {
        of.to_possible_value()
            .map(|value| format!("{}.schema.json", value.get_name()))
    };
    let formats = Described::value_variants().iter();
    formats.filter_map(|of| Some((name(of)?, text(*of)))).collect()
}
