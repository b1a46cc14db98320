//! Test cases beside policies: `planseal test`.

mod broken;
mod command;
mod provider;
mod shipped;
mod short;
