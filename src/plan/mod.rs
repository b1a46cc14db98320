//! Reads plans: bytes → text → what it is → documents → typed plans → checks.
//!
//! The answer is a [`Plan`] that can be judged, or a [`Refusal`] that says what the input is and what to do instead.
//! Nothing here panics, whatever the input.

mod actions;
mod address;
mod change;
mod check;
mod config_resource;
mod configuration;
mod context;
mod decode;
mod document;
mod excerpt;
mod expression;
pub mod find;
mod pattern;
mod prior;
mod reader;
mod recognise;
mod refusal;
mod sides;
mod stream;
mod tree;
mod types;
mod values;

pub use excerpt::Position;
pub use pattern::TypePattern;
pub use refusal::{Entry, Refusal};
pub use tree::{Marked, Members, Tree, object};
pub use types::{
    Action, ActionList, Attributes, ConfigModule, ConfigResource, Configuration, Expression, ExpressionNode, Index,
    LIFECYCLE, Mode, ModuleCall, Plan, PriorData, ProviderConfig, ResourceChange, Values, Wanted,
};

/// The text in `bytes` of what a tool printed into a file: UTF-8 and UTF-16 with or without a byte order mark, gzip.
///
/// # Errors
/// Where the bytes are no text.
pub fn text(bytes: Vec<u8>) -> Result<String, Refusal> {
    decode::decode(bytes).map(|text| text.as_str().to_owned())
}

/// Reads every plan in `bytes`, which is what one file or standard input holds.
///
/// The answer has one entry for each document, in their order, and is never empty. Input that is refused as a whole
/// (empty, a binary plan, an event stream, text that is not JSON) gives one [`Refusal`]. A document that is refused
/// does not hide the others, but after twenty of them the rest is not read.
///
/// Accepted are UTF-8 and UTF-16 with or without a byte order mark, gzip, several documents in one stream, and the
/// lines that a CI wrapper writes around a plan. Source of the format: Terraform's documentation of the JSON output
/// format, and the output of Terraform and OpenTofu releases from 0.12 on.
#[must_use]
pub fn read(bytes: Vec<u8>, wanted: &Wanted) -> Vec<Result<Plan, Refusal>> {
    match decode::decode(bytes) {
        Ok(text) => stream::documents(&text, wanted),
        Err(refusal) => vec![Err(refusal)],
    }
}
