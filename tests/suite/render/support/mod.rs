//! What the renderers' tests share.

pub(crate) mod build;
pub(crate) mod hostile;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod samples;
