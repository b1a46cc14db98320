//! Test cases beside policies: `planseal test`.

mod broken;
mod command;
mod shipped;
mod short;
