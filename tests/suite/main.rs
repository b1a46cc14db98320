//! One binary for all integration tests: they share the compiled library and their helpers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::needless_pass_by_value,
    reason = "a test's helpers fail by panicking, as its tests do"
)]

mod architecture;
mod changes;
mod cli;
mod common;
mod corpus;
mod coverage_page;
mod data_sources;
mod deliver;
mod documents;
mod evidence;
mod explain;
mod fixtures;
mod generated;
#[path = "../../benches/generator/mod.rs"]
mod generator;
mod github_page;
mod hierarchy;
mod in_transit;
mod known_keys;
mod language;
mod merging;
#[path = "../support/mock_github/mod.rs"]
mod mock_github;
mod paths;
mod policies;
mod reader;
mod readme;
mod relations;
mod render;
mod resolution;
#[path = "../support/resolving.rs"]
mod resolving;
#[path = "../support/runner.rs"]
mod runner;
mod schemas;
mod selection;
mod shuffle;
mod source;
mod testing;
mod twin;
