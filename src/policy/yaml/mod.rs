//! Reading YAML policy files into plain serde types.
//!
//! [`parse`] finds all errors of a file, not only the first, and each with its
//! line and column. Fields of type [`At`] keep their place for later checks,
//! which add their own [`Diagnostic`]s to the same [`Diagnostics`].
//!
//! Types are derived with `Deserialize`; unknown fields are always reported.
//! `flatten`, `untagged` and internally tagged types are not supported.

mod access;
mod at;
mod blank;
mod context;
mod de;
mod diagnostic;
mod elsewhere;
mod load;
mod node;
mod reader;
mod render;
mod suggest;
mod syntax;
mod within;
mod word_or;

use serde::de::DeserializeOwned;

pub use at::{At, Entries};
pub use diagnostic::{Diagnostic, Diagnostics, Sources};
pub use load::{MAX_BYTES, MAX_DEPTH, MAX_NODES, load};
pub(super) use node::excerpt;
pub use node::{Kind, Node, Span};
pub use suggest::suggest;
pub use word_or::WordOr;

use context::Context;
use reader::Reader;

/// Reads a policy file.
///
/// `file` is the name shown in errors. All errors go to `out`, which also keeps
/// the text for showing source lines. Returns `None` where no `T` could be
/// built; a `T` that comes with errors lacks what they are about: unknown
/// fields, list elements and mapping entries that could not be read.
pub fn parse<T: DeserializeOwned>(file: &str, text: &str, out: &mut Diagnostics) -> Option<T> {
    out.sources_mut().insert(file, text);
    let root = load(file, text, &mut |diagnostic| out.push(diagnostic))?;
    from_node(file, &root, out)
}

/// Builds a value from a tree; see [`parse`].
pub fn from_node<T: DeserializeOwned>(file: &str, root: &Node, out: &mut Diagnostics) -> Option<T> {
    let (value, spoiled) = build(file, root, out)?;
    (!spoiled).then_some(value)
}

/// Builds a value that is only to be checked further: what could not be read is a blank value at its place.
///
/// It comes with errors, and must not be used where there are any.
pub fn from_node_to_check<T: DeserializeOwned>(file: &str, root: &Node, out: &mut Diagnostics) -> Option<T> {
    build(file, root, out).map(|(value, _)| value)
}

/// The value, and whether parts of it are blank.
fn build<T: DeserializeOwned>(file: &str, root: &Node, out: &mut Diagnostics) -> Option<(T, bool)> {
    let context = Context::new(file, root);
    let value = loop {
        let mark = context.mark();
        context.visit();
        let result = T::deserialize(Reader::new(&context, root));
        if !context.has_learned(mark) {
            break result.ok().map(|value| (value, context.is_spoiled(mark)));
        }
        if !context.may_go_on() {
            break None;
        }
    };
    for diagnostic in context.into_found() {
        out.push(diagnostic);
    }
    value
}

#[cfg(test)]
mod tests;
