//! The few calls to GitHub's REST API, and when to try them again.

use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use octocrab::{GitHubError, Octocrab, Page};
use serde::Deserialize;
use serde_json::json;
use thiserror::Error as ThisError;

use super::context::Target;

const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(30);
/// The pauses between attempts; one more attempt than pauses.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];
/// The longest wait that a rate limit may ask for.
const MOST_WAIT: Duration = Duration::from_secs(60);
/// GitHub takes 2,500 comments for an issue.
const MOST_PAGES: usize = 25;
/// The most of anybody's words.
const MOST_CHARS: usize = 300;

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
        /// Where it is a rate limit: how long it lasts.
        limit: Option<Duration>,
    },
    /// No answer, or none that could be read to its end.
    #[error("GitHub could not be reached: {0}")]
    Unreachable(String),
    /// An answer that is none of GitHub's.
    #[error("GitHub's answer makes no sense: {0}")]
    Malformed(String),
}

impl Failure {
    /// Whether the call may have had its effect all the same.
    pub(super) fn is_ambiguous(&self) -> bool {
        match self {
            Self::Refused { status, .. } => *status >= 500,
            Self::Unreachable(_) | Self::Malformed(_) => true,
        }
    }

    /// How long to wait before the next attempt, where one can help.
    fn wait(&self, pause: Duration) -> Option<Duration> {
        match self {
            Self::Refused { limit: Some(limit), .. } => (*limit <= MOST_WAIT).then_some((*limit).max(pause)),
            Self::Refused { status, .. } => (*status >= 500).then_some(pause),
            Self::Unreachable(_) => Some(pause),
            Self::Malformed(_) => None,
        }
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
            error => Self::Unreachable(causes(&error)),
        }
    }
}

/// How long a rate limit lasts, where the answer speaks of one. 403 is also the answer where a permission is missing.
fn limit(error: &GitHubError) -> Option<Duration> {
    let status = error.status_code.as_u16();
    if status != 403 && status != 429 {
        return None;
    }
    let number = |name: &str| {
        let text = error.headers.as_ref()?.get(name)?.to_str().ok()?;
        text.trim().parse::<u64>().ok()
    };
    if let Some(seconds) = number("retry-after") {
        return Some(Duration::from_secs(seconds));
    }
    if number("x-ratelimit-remaining") == Some(0) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        return Some(Duration::from_secs(number("x-ratelimit-reset")?).saturating_sub(now));
    }
    let is_limit = status == 429 || error.message.to_lowercase().contains("rate limit");
    is_limit.then_some(MOST_WAIT)
}

/// GitHub's words; a proxy on the way says its own as a page of HTML.
fn words(error: &GitHubError) -> String {
    if error.message.starts_with('<') {
        return error.status_code.canonical_reason().unwrap_or("no reason").to_owned();
    }
    error.message.chars().take(MOST_CHARS).collect()
}

/// The causes of an error, without octocrab's own name for the kind of it.
fn causes(error: &dyn Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if parts.last().is_none_or(|last| !last.contains(&text)) {
            parts.push(text);
        }
        next = cause.source();
    }
    if parts.is_empty() {
        parts.push(error.to_string());
    }
    parts.join(": ").chars().take(MOST_CHARS).collect()
}

/// A comment, as far as planseal reads it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Comment {
    /// Its number.
    pub(super) id: u64,
    /// Its text.
    pub(super) body: Option<String>,
    /// Its author; `None` where the account is gone.
    pub(super) user: Option<User>,
    /// Where a person reads it.
    pub(super) html_url: Option<String>,
}

/// An account.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct User {
    /// Its name.
    pub(super) login: String,
}

/// Speaks with GitHub about one pull request.
pub(super) struct Client<'a> {
    octocrab: Octocrab,
    target: &'a Target,
}

impl<'a> Client<'a> {
    /// A client; needs a running tokio runtime.
    pub(super) fn new(target: &'a Target) -> Result<Self, Failure> {
        let octocrab = Octocrab::builder()
            .base_uri(target.api.clone())?
            .personal_token(target.token.reveal())
            .set_connect_timeout(Some(CONNECT))
            .set_read_timeout(Some(ANSWER))
            .set_write_timeout(Some(ANSWER))
            .build()?;
        Ok(Self { octocrab, target })
    }

    /// Every comment of the pull request.
    pub(super) async fn comments(&self) -> Result<Vec<Comment>, Failure> {
        let first = self.of_the_issue();
        let mut page: Page<Comment> =
            patiently(async || self.octocrab.get(&first, Some(&[("per_page", "100")])).await).await?;
        let mut all = page.take_items();
        for _ in 1..MOST_PAGES {
            let next = patiently(async || self.octocrab.get_page(&page.next).await).await?;
            match next {
                Some(next) => page = next,
                None => break,
            }
            all.append(&mut page.items);
        }
        Ok(all)
    }

    /// Writes a new comment; once, because a second attempt could make a second comment.
    pub(super) async fn create(&self, body: &str) -> Result<Comment, Failure> {
        let body = json!({ "body": body });
        Ok(self.octocrab.post(self.of_the_issue(), Some(&body)).await?)
    }

    /// Writes a comment anew.
    pub(super) async fn update(&self, id: u64, body: &str) -> Result<Comment, Failure> {
        let route = format!("/repos/{}/issues/comments/{id}", self.target.repository);
        let body = json!({ "body": body });
        patiently(async || self.octocrab.patch(&route, Some(&body)).await).await
    }

    /// The account that the token belongs to.
    pub(super) async fn login(&self) -> Result<String, Failure> {
        let user: User = patiently(async || self.octocrab.get("/user", None::<&()>).await).await?;
        Ok(user.login)
    }

    fn of_the_issue(&self) -> String {
        format!(
            "/repos/{}/issues/{}/comments",
            self.target.repository, self.target.number
        )
    }
}

/// Repeats a call that can be made twice without harm.
async fn patiently<T>(call: impl AsyncFn() -> Result<T, octocrab::Error>) -> Result<T, Failure> {
    for pause in PAUSES {
        match call().await.map_err(Failure::from) {
            Ok(answer) => return Ok(answer),
            Err(failure) => match failure.wait(pause) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(failure),
            },
        }
    }
    Ok(call().await?)
}
