//! The policies that come with planseal, and what is said of broken ones.

mod broken;
mod config;
pub(crate) mod coverage;
mod fixes;
mod messages;
pub(crate) mod schema;
mod shape;
