//! Delivery to GitHub: one comment on the pull request, the job's summary, the step's outputs.
//!
//! The verdict stands before any of this begins, and nothing here can change it.

mod client;
mod comment;
mod context;
mod inputs;
mod outputs;

use std::path::Path;
use std::time::Duration;

use thiserror::Error;

pub use comment::{Settings, is_key};
pub use context::Environment;
pub use inputs::arguments;

use crate::report::escape::prose;
use crate::report::v1::Report;
use client::{Client, Failure};
use comment::{ACTIONS_BOT, Posted};
use context::{Aim, Target};

/// The longest that GitHub may keep a job waiting.
const PATIENCE: Duration = Duration::from_secs(150);

const PERMISSIONS: &str = "permissions: { contents: read, pull-requests: write }";

/// What went wrong, and what to do.
#[derive(Debug, Error)]
#[error("{what}: {mend}")]
pub struct Trouble {
    what: String,
    mend: String,
}

impl Trouble {
    fn new(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            mend: mend.into(),
        }
    }
}

/// What became of a delivery.
#[derive(Debug, Default)]
pub struct Delivery {
    warnings: Vec<String>,
    notices: Vec<String>,
}

impl Delivery {
    /// Whether everything arrived that had somewhere to go.
    #[must_use]
    pub fn arrived(&self) -> bool {
        self.warnings.is_empty()
    }

    /// What a person should know, for standard error: in a job as annotations.
    #[must_use]
    pub fn render(&self, environment: &Environment) -> String {
        let line = |kind: &str, text: &String| {
            let text = prose(text);
            if environment.in_actions() {
                format!("::{kind} title=planseal::{}\n", data(&text))
            } else {
                format!("{kind}: {text}\n")
            }
        };
        let warnings = self.warnings.iter().map(|text| line("warning", text));
        let notices = self.notices.iter().map(|text| line("notice", text));
        warnings.chain(notices).collect()
    }
}

/// Escapes the text of a workflow command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Delivers a report. `file` is where the report stands as JSON, where it does.
#[must_use]
pub fn deliver(report: &Report, file: Option<&Path>, settings: &Settings, environment: &Environment) -> Delivery {
    let mut delivery = Delivery::default();
    let mut warn = |trouble: Trouble| {
        let text = format!("the report is not on GitHub as it should be: {trouble}");
        delivery.warnings.push(match environment.token() {
            Some(token) => token.redact(&text),
            None => text,
        });
    };
    let mut url = None;
    match context::aim(environment) {
        Err(trouble) => warn(trouble),
        Ok(Aim::Nowhere(why)) => delivery.notices.push(why),
        Ok(Aim::PullRequest(target)) => match post(&target, settings, report) {
            Err(trouble) => warn(trouble),
            Ok(posted) => {
                delivery.notices.extend(stranger(&target, settings, &posted));
                url = posted.comment().and_then(|comment| comment.html_url.clone());
            }
        },
    }
    let files = [
        outputs::summary(environment, report),
        outputs::outputs(environment, report, file, url.as_deref()),
    ];
    files.into_iter().filter_map(Result::err).for_each(warn);
    delivery
}

fn post(target: &Target, settings: &Settings, report: &Report) -> Result<Posted, Trouble> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Trouble::new("cannot speak with GitHub", error.to_string()))?;
    let posted = runtime.block_on(async {
        let client = Client::new(target)?;
        let posting = comment::post(&client, target.token.is_of_an_app(), settings, report);
        let late = |_| Failure::Unreachable(format!("no end after {} seconds", PATIENCE.as_secs()));
        tokio::time::timeout(PATIENCE, posting).await.map_err(late)?
    });
    // A look-up of a name cannot be broken off, and nobody waits for its end.
    runtime.shutdown_background();
    posted.map_err(|failure| mend(target, &failure))
}

/// Says what mends a failure.
fn mend(target: &Target, failure: &Failure) -> Trouble {
    let Failure::Refused { status, limit, .. } = failure else {
        return Trouble::new(
            failure.to_string(),
            "check the network and `GITHUB_API_URL`, then run the job again",
        );
    };
    let what = format!("{failure} (pull request {} of {})", target.number, target.repository);
    let mend = match status {
        401 => "the token is not valid; leave the input `github-token` out, or pass `${{ github.token }}`".to_owned(),
        403 | 429 if limit.is_some() => "a rate limit; run the job again later".to_owned(),
        403 | 404 if target.from_fork => {
            "the pull request comes from a fork, where the token can only read; the job summary holds the report"
                .to_owned()
        }
        403 => format!(
            "the token may not write comments; give the job `{PERMISSIONS}` (for Dependabot it stays read-only; the job summary holds the report)"
        ),
        404 => format!(
            "the token does not see the pull request; give the job `{PERMISSIONS}` and a token of this repository"
        ),
        410 => "comments are off in this repository".to_owned(),
        422 => "GitHub does not take the text; please report this".to_owned(),
        _ => "run the job again later".to_owned(),
    };
    Trouble::new(what, mend)
}

/// A new comment by an account that the next run would not take for its own.
fn stranger(target: &Target, settings: &Settings, posted: &Posted) -> Option<String> {
    let Posted::Created(comment) = posted else {
        return None;
    };
    let login = &comment.user.as_ref()?.login;
    let expected = match &settings.author {
        Some(author) => author,
        None if target.token.is_of_an_app() => ACTIONS_BOT,
        None => return None,
    };
    (!login.eq_ignore_ascii_case(expected)).then(|| {
        format!(
            "the token writes as `{login}`, not as `{expected}`: pass `--comment-author {login}`, or the next run adds another comment"
        )
    })
}
