//! Evaluation: every rule on every target, before and after, three-valued.
//!
//! Total: policies are checked before they get here and plans are typed, so there is no error left to return.

mod amount;
mod assess;
pub mod category;
pub mod change;
pub mod companion;
mod condition;
pub mod document;
pub mod examine;
pub mod facts;
pub mod finding;
pub mod gate;
pub mod hierarchy;
mod join;
pub mod joined;
mod judge;
pub mod key;
pub mod level;
pub mod metric;
pub mod reading;
pub mod record;
pub mod relation;
mod replacement;
mod resource_category;
mod source;
pub mod tally;
pub mod tri;
pub mod usage;
pub mod waiver;
pub mod words;

pub use examine::{Conclusion, Opinion, Verdict};
pub use facts::{Facts, Settings};
pub use finding::{Evaluation, Evidence, Finding, evaluate};
