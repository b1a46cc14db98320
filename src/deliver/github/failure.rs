//! Why a call to GitHub came to nothing, and whether another attempt can help.

use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use octocrab::GitHubError;
use thiserror::Error as ThisError;

/// The most of anybody's words.
const MOST_CHARS: usize = 300;
/// What GitHub asks for where a limit comes without a time.
const UNTOLD_LIMIT: Duration = Duration::from_secs(60);

/// Why a call came to nothing.
#[derive(Debug, ThisError)]
pub(super) enum Failure {
    /// GitHub said no.
    #[error("GitHub answered {status}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// GitHub's words.
        message: String,
        /// How long to wait, where the answer says so.
        limit: Option<Duration>,
    },
    /// No answer, or none that could be read to its end.
    #[error("GitHub could not be reached: {0}")]
    Unreachable(String),
    /// Somebody answered who cannot prove to be GitHub.
    #[error("GitHub's certificate is not trusted: {0}")]
    Untrusted(String),
    /// The certificate authorities to trust cannot be read.
    #[error("no certificate authority is known: {0}")]
    NoAuthorities(String),
    /// The proxy that the environment names cannot be used.
    #[error("the proxy cannot be used: {0}")]
    Proxy(&'static str),
    /// The comment went away between two calls.
    #[error("the comment was removed while it was brought up to date")]
    Removed,
    /// An answer that is none of GitHub's.
    #[error("GitHub's answer makes no sense: {0}")]
    Malformed(String),
}

impl Failure {
    /// Whether the same call may succeed later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Refused { status, limit, .. } => *status >= 500 || limit.is_some(),
            Self::Unreachable(_) => true,
            Self::Untrusted(_) | Self::NoAuthorities(_) | Self::Proxy(_) | Self::Removed | Self::Malformed(_) => false,
        }
    }

    /// How long GitHub asks to wait.
    pub(super) fn limit(&self) -> Option<Duration> {
        match self {
            Self::Refused { limit, .. } => *limit,
            _ => None,
        }
    }

    /// Whether what was asked for is not there.
    pub(super) fn is_absence(&self) -> bool {
        matches!(
            self,
            Self::Refused {
                status: 404 | 410,
                limit: None,
                ..
            }
        )
    }

    /// Whether a comment was too long.
    pub(super) fn is_too_long(&self) -> bool {
        matches!(self, Self::Refused { status: 422, message, .. } if message.to_lowercase().contains("too long"))
    }
}

impl From<octocrab::Error> for Failure {
    fn from(error: octocrab::Error) -> Self {
        match error {
            octocrab::Error::GitHub { source, .. } => {
                let status = source.status_code.as_u16();
                Self::Refused {
                    status,
                    limit: limit(&source),
                    message: words(&source),
                }
            }
            error @ (octocrab::Error::Json { .. }
            | octocrab::Error::Serde { .. }
            | octocrab::Error::Uri { .. }
            | octocrab::Error::UriParse { .. }
            | octocrab::Error::InvalidUtf8 { .. }) => Self::Malformed(causes(&error)),
            error if is_of_certificates(&error) => Self::Untrusted(causes(&error)),
            error => Self::Unreachable(causes(&error)),
        }
    }
}

/// How long the answer asks to wait. 403 is also the answer where a permission is missing.
fn limit(error: &GitHubError) -> Option<Duration> {
    let status = error.status_code.as_u16();
    if !matches!(status, 403 | 429 | 503) {
        return None;
    }
    let number = |name: &str| {
        let text = error.headers.as_ref()?.get(name)?.to_str().ok()?;
        text.trim().parse::<u64>().ok()
    };
    if let Some(seconds) = number("retry-after") {
        return Some(Duration::from_secs(seconds));
    }
    if status == 503 {
        return None;
    }
    if number("x-ratelimit-remaining") == Some(0) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        return Some(Duration::from_secs(number("x-ratelimit-reset")?).saturating_sub(now));
    }
    let is_limit = status == 429 || error.message.to_lowercase().contains("rate limit");
    is_limit.then_some(UNTOLD_LIMIT)
}

/// GitHub's words; a proxy on the way says its own as a page of HTML.
fn words(error: &GitHubError) -> String {
    if error.message.starts_with('<') {
        return error.status_code.canonical_reason().unwrap_or("no reason").to_owned();
    }
    let details = error.errors.iter().flatten().filter_map(|detail| {
        let text = detail.get("message").unwrap_or(detail);
        text.as_str().map(str::to_owned)
    });
    let all: Vec<String> = std::iter::once(error.message.clone()).chain(details).collect();
    all.join(": ").chars().take(MOST_CHARS).collect()
}

/// The error and what is behind it. An I/O error hides the error that it was made of, and shows what is behind that one.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    let mut all = Vec::new();
    let mut next = Some(error);
    while let Some(cause) = next {
        all.push(cause);
        let hidden = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match hidden {
            Some(hidden) => Some(hidden),
            None => cause.source(),
        };
    }
    all
}

fn is_of_certificates(error: &(dyn Error + 'static)) -> bool {
    chain(error)
        .into_iter()
        .filter_map(|cause| cause.downcast_ref::<rustls::Error>())
        .any(|cause| matches!(cause, rustls::Error::InvalidCertificate(_)))
}

/// The causes of an error, without octocrab's own name for the kind of it.
fn causes(error: &(dyn Error + 'static)) -> String {
    let mut parts: Vec<String> = Vec::new();
    for cause in chain(error).into_iter().skip(1) {
        let text = cause.to_string();
        if parts.last().is_none_or(|last| !last.contains(&text)) {
            parts.push(text);
        }
    }
    if parts.is_empty() {
        parts.push(error.to_string());
    }
    parts.join(": ").chars().take(MOST_CHARS).collect()
}
