//! Everything known of one resource, for those who disagree with a verdict.

mod because;
pub mod build;
mod found;
mod key;
mod near;
mod text;
pub mod v1;

pub use near::{Match, find};
pub use text::render;

use super::json::pretty;

/// Writes the explanation as indented JSON with a newline at the end.
#[must_use]
pub fn json(explanation: &v1::Explanation) -> String {
    pretty(explanation)
}
