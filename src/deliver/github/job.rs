//! The job that delivers: whom it speaks to, about which repository, and as whom.

use std::fmt;

use http::Uri;

use super::Trouble;
use super::connect::Route;
use super::context::{Environment, Token};

const ELSEWHERE: &str = "`--deliver github` works in a job of GitHub Actions, which sets it";
const TOKEN: &str = "give the step `env: { GITHUB_TOKEN: \"${{ github.token }}\" }`, or the action \
                     `with: { github-token: \"${{ github.token }}\" }`";

/// A run of a workflow: its number, then which attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    id: u64,
    attempt: u64,
}

impl Run {
    /// A run by its numbers.
    pub(super) fn new(id: u64, attempt: u64) -> Self {
        Self { id, attempt }
    }

    /// Reads `ID.ATTEMPT`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (id, attempt) = text.split_once('.')?;
        Some(Self::new(id.parse().ok()?, attempt.parse().ok()?))
    }

    /// This run, as the runner says.
    pub(super) fn of(environment: &Environment) -> Option<Self> {
        let number = |name: &str| environment.get(name)?.trim().parse::<u64>().ok();
        Some(Self::new(
            number("GITHUB_RUN_ID")?,
            number("GITHUB_RUN_ATTEMPT").unwrap_or(1),
        ))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.attempt)
    }
}

/// The job.
#[derive(Debug)]
pub(super) struct Job {
    /// The way to GitHub.
    pub(super) route: Route,
    /// Who speaks.
    pub(super) token: Token,
    /// `owner/name`, checked.
    pub(super) repository: String,
    /// Whether Dependabot started it, which leaves the token without write access.
    pub(super) by_dependabot: bool,
}

impl Job {
    /// The job, as the environment has it.
    ///
    /// # Errors
    /// Where something is missing or cannot be used.
    pub(super) fn of(environment: &Environment) -> Result<Self, Trouble> {
        let repository = environment
            .get("GITHUB_REPOSITORY")
            .ok_or_else(|| Trouble::new("`GITHUB_REPOSITORY` is not set", ELSEWHERE))?;
        if !is_repository(repository) {
            return Err(Trouble::new(
                "`GITHUB_REPOSITORY` is not of the form OWNER/NAME",
                ELSEWHERE,
            ));
        }
        let token = environment
            .token()
            .ok_or_else(|| Trouble::new("there is no token", TOKEN))?;
        if !token.is_sendable() {
            return Err(Trouble::new(
                "the token holds characters that no token has",
                "pass it as it is, in one line",
            ));
        }
        let api = api(environment.get("GITHUB_API_URL").unwrap_or("https://api.github.com"))?;
        Ok(Self {
            route: Route::new(api, environment),
            token,
            repository: repository.to_owned(),
            by_dependabot: environment.get("GITHUB_ACTOR") == Some("dependabot[bot]"),
        })
    }
}

fn is_repository(text: &str) -> bool {
    let is_name = |name: &str| {
        !matches!(name, "" | "." | "..")
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    text.split_once('/')
        .is_some_and(|(owner, name)| is_name(owner) && is_name(name))
}

/// The API's address. In clear text the token goes to this machine only.
fn api(text: &str) -> Result<Uri, Trouble> {
    let mend = "an API address looks like https://github.example.com/api/v3";
    let uri: Uri = text
        .trim_end_matches('/')
        .parse()
        .map_err(|_| Trouble::new("`GITHUB_API_URL` is no address", mend))?;
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => Ok(uri),
        (Some("http"), Some(host)) if is_loopback(host) => Ok(uri),
        _ => Err(Trouble::new("`GITHUB_API_URL` is not an `https://` address", mend)),
    }
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{api, is_repository};

    #[test]
    fn the_token_travels_in_clear_text_on_this_machine_only() {
        for good in [
            "https://api.github.com",
            "https://ghe.example.com/api/v3/",
            "http://127.0.0.1:80",
            "http://[::1]:80",
            "http://localhost:8080",
        ] {
            assert!(api(good).is_ok(), "{good}");
        }
        for bad in [
            "http://api.github.com",
            "http://127.0.0.1@evil.example",
            "http://127.0.0.1.evil.example",
            "http://localhost.evil.example",
            "ftp://localhost",
            "api.github.com",
            "",
        ] {
            assert!(api(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn repositories_are_two_plain_names() {
        assert!(is_repository("acme/infra.live"));
        for bad in ["acme", "acme/", "/x", "a/b/c", "../x", "a/..", "a/b?c", "a b/c"] {
            assert!(!is_repository(bad), "{bad}");
        }
    }
}
