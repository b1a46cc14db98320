//! planseal decides, before `terraform apply`, whether a plan keeps an encryption strategy.
//!
//! Data flows one way, and a stage uses only those before it:
//!
//! | stage | does |
//! |---|---|
//! | [`plan`] | bytes of `terraform show -json` → typed plans, or refusals that say what the input is |
//! | [`source`] | HCL as it was written, from a folder or from the binary plan: what plan JSON leaves out |
//! | [`model`] | resources before and after; each value known, absent or unknown; where unknown ones come from |
//! | [`policy`] | YAML → checked rules, catalog, data-category table and configuration, or every error with its place |
//! | [`eval`] | every rule on every target on both sides, three-valued; what changed; the gate |
//! | [`report`] | the frozen report and its renderers |
//! | [`deliver`] | finished text to where people look |
//!
//! [`run`] wires them together, and [`testing`] does so for the test cases beside policies, as far as [`eval`]; nothing else
//! sees more than its own side of the flow.

pub mod cli;
pub mod deliver;
pub mod eval;
pub mod exit;
pub mod model;
pub mod plan;
pub mod policy;
pub mod report;
pub mod run;
pub mod source;
pub mod testing;
