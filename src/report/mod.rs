//! The report and its renderers: each takes a [`v1::Report`] and returns a `String`.
//!
//! Everything in a report that comes from a plan is hostile text; no renderer writes it without [`escape`]. `document` says
//! once what is told and in which order; `text`, `markdown` and `html` lay that out.

pub mod annotations;
mod arrange;
pub mod build;
mod conclude;
pub mod configuration;
pub mod diff;
mod document;
pub mod escape;
pub mod explain;
mod gate;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod merge;
mod mermaid;
pub mod received;
mod repeat;
pub mod rules;
pub mod sarif;
pub mod text;
pub mod v1;
mod words;
