//! The policies that come with planseal, and what is said of broken ones.

mod broken;
mod coverage;
pub(crate) mod paths;
mod schema;
mod shape;
