//! Answers that are not the usual ones.

use serde_json::json;

use super::http::Request;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It gets an answer.
    Answer,
    /// The connection is closed without one.
    Close,
    /// The connection is closed in the middle of it.
    Cut,
    /// There is none, nothing is done, and the connection stays.
    Silence,
    /// There is none, and the connection stays.
    Late,
}

/// An answer that is not the usual one.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    /// The method that it answers.
    method: &'static str,
    /// What the path of the request ends with, up to its query.
    path: &'static str,
    pub(super) kind: Kind,
    pub(super) status: u16,
    /// A header line.
    pub(super) header: String,
    pub(super) body: String,
    /// How many requests meet it.
    times: usize,
    /// Whether the request has its effect all the same.
    pub(super) works: bool,
}

impl Fault {
    /// An answer with these words, once.
    pub(crate) fn new(method: &'static str, status: u16, message: &str) -> Self {
        Self {
            method,
            path: "",
            kind: Kind::Answer,
            status,
            header: String::new(),
            body: json!({ "message": message }).to_string(),
            times: 1,
            works: false,
        }
    }

    /// No whole answer, once; what was asked for is done.
    pub(crate) fn broken(method: &'static str, kind: Kind) -> Self {
        Self {
            kind,
            works: true,
            ..Self::new(method, 0, "")
        }
    }

    pub(crate) fn at(self, path: &'static str) -> Self {
        Self { path, ..self }
    }

    pub(crate) fn times(self, times: usize) -> Self {
        Self { times, ..self }
    }

    pub(crate) fn header(self, header: impl Into<String>) -> Self {
        let header = header.into();
        Self { header, ..self }
    }

    /// Another body: a proxy's page.
    pub(crate) fn body(self, body: &str) -> Self {
        let body = body.into();
        Self { body, ..self }
    }

    /// What was asked for is done all the same.
    pub(crate) fn works(self) -> Self {
        Self { works: true, ..self }
    }
}

/// The fault that a request meets.
pub(super) fn take(faults: &mut [Fault], request: &Request) -> Option<Fault> {
    let (path, _) = request.parts();
    let fault = faults
        .iter_mut()
        .find(|fault| fault.times > 0 && fault.method == request.method && path.ends_with(fault.path))?;
    fault.times -= 1;
    Some(fault.clone())
}
