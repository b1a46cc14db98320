//! Policy files as they are written: every part with its place in the file, nothing checked beyond its shape.

mod catalog;
mod condition;
mod config;
mod lists;
mod metric;
mod rule;
mod tables;

pub(super) use catalog::*;
pub(super) use condition::*;
pub(super) use config::*;
pub(super) use lists::*;
pub(super) use metric::*;
pub(super) use rule::*;
pub(super) use tables::*;
