//! What the runner says about the job: typed, and read from a given environment.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use http::Uri;
use serde::Deserialize;

use super::Trouble;

/// The environment of a process. Its `Debug` names variables and shows no value.
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The environment of this process; what is no Unicode is left out.
    #[must_use]
    pub fn of_process() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self(std::env::vars_os().filter_map(text).collect())
    }

    /// An environment of these variables.
    pub fn new<N: Into<String>, V: Into<String>>(variables: impl IntoIterator<Item = (N, V)>) -> Self {
        let text = |(name, value): (N, V)| (name.into(), value.into());
        Self(variables.into_iter().map(text).collect())
    }

    /// A variable's value; the runner sets what nobody gave to the empty text, so empty means absent.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.trim().is_empty())
    }

    /// An action's input. The runner keeps the hyphens of its name; a workflow that sets the variable itself cannot.
    #[must_use]
    pub fn input(&self, name: &str) -> Option<&str> {
        let name = name.to_uppercase();
        self.get(&format!("INPUT_{name}"))
            .or_else(|| self.get(&format!("INPUT_{}", name.replace('-', "_"))))
            .map(str::trim)
    }

    /// Whether a GitHub Actions runner reads what this process prints.
    #[must_use]
    pub fn in_actions(&self) -> bool {
        self.get("GITHUB_ACTIONS") == Some("true")
    }

    /// The token to speak with: what the workflow gave to the action goes before what the job's environment holds.
    pub(super) fn token(&self) -> Option<Token> {
        self.input("github-token")
            .or_else(|| self.get("GITHUB_TOKEN"))
            .map(|token| Token(token.trim().to_owned()))
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A token. Nothing of it is ever printed.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Token(String);

impl Token {
    /// The token itself, for the client.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it can stand in a request's header.
    fn is_sendable(&self) -> bool {
        self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }

    /// Whether it is an app's installation token, as `GITHUB_TOKEN` is: these cannot ask who they are.
    pub(super) fn is_of_an_app(&self) -> bool {
        self.0.starts_with("ghs_")
    }

    /// Takes the token out of a text that came from elsewhere.
    pub(super) fn redact(&self, text: &str) -> String {
        text.replace(&self.0, "***")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// Where the comment belongs, and how to get there.
#[derive(Debug)]
pub(super) struct Target {
    /// The base of every address.
    pub(super) api: Uri,
    /// Who speaks.
    pub(super) token: Token,
    /// `owner/name`, checked.
    pub(super) repository: String,
    /// The pull request's number.
    pub(super) number: u64,
    /// Whether its branch stands in another repository, which leaves the token without write access.
    pub(super) from_fork: bool,
}

/// Whether there is a pull request to write to.
#[derive(Debug)]
pub(super) enum Aim {
    /// There is.
    PullRequest(Target),
    /// There is none, and why.
    Nowhere(String),
}

#[derive(Deserialize)]
struct Event {
    pull_request: Option<PullRequest>,
}

#[derive(Deserialize)]
struct PullRequest {
    number: u64,
    head: Option<Side>,
}

#[derive(Deserialize)]
struct Side {
    repo: Option<Repository>,
}

#[derive(Deserialize)]
struct Repository {
    full_name: String,
}

const ELSEWHERE: &str = "`--deliver github` works in a job of GitHub Actions";

/// Finds the pull request of the job.
pub(super) fn aim(environment: &Environment) -> Result<Aim, Trouble> {
    let needed = |name: &str| {
        environment
            .get(name)
            .ok_or_else(|| Trouble::new(format!("`{name}` is not set"), ELSEWHERE))
    };
    let event = needed("GITHUB_EVENT_NAME")?;
    if event != "pull_request" && event != "pull_request_target" {
        return Ok(Aim::Nowhere(format!(
            "the event `{event}` belongs to no pull request, so there is no comment; the report is in the job summary. \
             For a comment, run the job `on: pull_request`"
        )));
    }
    let pull_request = pull_request(Path::new(needed("GITHUB_EVENT_PATH")?))?;
    let repository = needed("GITHUB_REPOSITORY")?;
    if !is_repository(repository) {
        return Err(Trouble::new(
            "`GITHUB_REPOSITORY` is not of the form OWNER/NAME",
            ELSEWHERE,
        ));
    }
    let token = environment.token().ok_or_else(|| {
        Trouble::new(
            "there is no token",
            "give the step `env: { GITHUB_TOKEN: \"${{ github.token }}\" }`, or the action `with: { github-token: \"${{ github.token }}\" }`",
        )
    })?;
    if !token.is_sendable() {
        return Err(Trouble::new(
            "the token holds characters that no token has",
            "pass it as it is, in one line",
        ));
    }
    Ok(Aim::PullRequest(Target {
        api: api(environment.get("GITHUB_API_URL").unwrap_or("https://api.github.com"))?,
        token,
        repository: repository.to_owned(),
        number: pull_request.number,
        from_fork: pull_request
            .head
            .is_some_and(|head| head.repo.is_none_or(|head| head.full_name != repository)),
    }))
}

fn pull_request(path: &Path) -> Result<PullRequest, Trouble> {
    let broken = |why: String| {
        Trouble::new(
            format!("cannot read the event in `GITHUB_EVENT_PATH`: {why}"),
            ELSEWHERE,
        )
    };
    let text = std::fs::read(path).map_err(|error| broken(error.to_string()))?;
    let event: Event = serde_json::from_slice(&text).map_err(|error| broken(error.to_string()))?;
    event
        .pull_request
        .ok_or_else(|| broken("it holds no pull request".into()))
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
    use super::{Environment, api, is_repository};

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

    #[test]
    fn inputs_have_two_spellings_and_empty_means_absent() {
        let environment = Environment::new([
            ("INPUT_MIN-SEVERITY", " high "),
            ("INPUT_COMMENT_KEY", "k"),
            ("INPUT_PLAN", ""),
        ]);
        assert_eq!(environment.input("min-severity"), Some("high"));
        assert_eq!(environment.input("comment-key"), Some("k"));
        assert_eq!(environment.input("plan"), None);
    }

    #[test]
    fn nothing_of_a_token_is_printed() {
        let environment = Environment::new([("GITHUB_TOKEN", "ghs_secret")]);
        let printed = format!("{environment:?} {:?}", environment.token());
        assert!(!printed.contains("secret"), "{printed}");
    }
}
