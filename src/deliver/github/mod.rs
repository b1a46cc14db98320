//! Delivery to GitHub: one comment on the pull request, the job's summary, the step's outputs.
//!
//! The verdict stands before any of this begins, and nothing here can change it.

mod author;
mod client;
mod comment;
mod connect;
mod context;
mod event;
mod failure;
mod inputs;
mod job;
mod locate;
mod log;
mod marker;
mod mend;
mod outputs;
mod retry;

use std::path::Path;

use thiserror::Error;

pub use comment::Mode;
pub use context::Environment;
pub use inputs::arguments;
pub use log::{IN_THE_REPORT, IN_THE_SUMMARY, annotations, shielded};
pub use marker::is_key;
pub use retry::Patience;

use crate::report::annotations::data;
use crate::report::escape::prose;
use crate::report::v1::Report;
use author::Author;
use client::Client;
use comment::{Posted, Poster};
use event::{About, Lead};
use failure::Failure;
use job::Job;
use locate::Found;
use mend::mend;

/// What a person chose about the comment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Tells several comments on one pull request apart.
    pub key: String,
    /// The account that writes the comments, where it is not the one that the token says.
    pub author: Option<String>,
    /// When a comment is written.
    pub mode: Mode,
    /// The pull request, where the event names none.
    pub number: Option<u64>,
    /// How long to try.
    pub patience: Patience,
}

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
    /// Where the first comment is.
    url: Option<String>,
}

impl Delivery {
    /// Whether everything arrived that had somewhere to go.
    #[must_use]
    pub fn arrived(&self) -> bool {
        self.warnings.is_empty()
    }

    fn warn(&mut self, trouble: &Trouble) {
        let text = format!("the report is not on GitHub as it should be: {trouble}");
        self.warnings.push(text);
    }

    /// Says what became of a comment. `expected` is the account that the next run takes for its own, where that is known.
    fn posted(&mut self, posted: &Posted, expected: Option<&str>) {
        if let Posted::Outdated(why) = posted {
            self.notices.push(format!("the comment is left as it is: {why}"));
        }
        if let Posted::Created(comment) = posted
            && let (Some(user), Some(expected)) = (&comment.user, expected)
            && !user.login.eq_ignore_ascii_case(expected)
        {
            let login = &user.login;
            self.notices.push(format!(
                "the token writes as `{login}`, not as `{expected}`: pass `--comment-author {login}`, or the next run adds another \
                 comment"
            ));
        }
        if self.url.is_none() {
            self.url = posted.comment().and_then(|comment| comment.html_url.clone());
        }
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

/// Delivers a report. `file` is where the report stands as JSON, where it does.
#[must_use]
pub fn deliver(report: &Report, file: Option<&Path>, settings: &Settings, environment: &Environment) -> Delivery {
    let mut delivery = Delivery::default();
    if settings.mode != Mode::Never {
        comment(report, settings, environment, &mut delivery);
    }
    let files = [
        outputs::summary(environment, report),
        outputs::outputs(environment, report, file, delivery.url.as_deref()),
    ];
    files
        .into_iter()
        .filter_map(Result::err)
        .for_each(|trouble| delivery.warn(&trouble));
    if let Some(token) = environment.token() {
        let texts = delivery.warnings.iter_mut().chain(&mut delivery.notices);
        texts.for_each(|text| *text = token.redact(text));
    }
    delivery
}

/// Writes the comment, on each pull request that the job is about.
fn comment(report: &Report, settings: &Settings, environment: &Environment, delivery: &mut Delivery) {
    let about = match event::about(environment, settings.number) {
        Ok(about) => about,
        Err(trouble) => return delivery.warn(&trouble),
    };
    if let Lead::Nowhere(why) = about.lead {
        return delivery.notices.push(why);
    }
    let job = match Job::of(environment) {
        Ok(job) => job,
        Err(trouble) => return delivery.warn(&trouble),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => return delivery.warn(&Trouble::new("cannot speak with GitHub", error.to_string())),
    };
    let limit = settings.patience.total;
    let ended =
        runtime.block_on(async { tokio::time::timeout(limit, to_all(&job, &about, report, settings, delivery)).await });
    if ended.is_err() {
        let late = Failure::Unreachable(format!("no end after {} seconds", limit.as_secs_f32()));
        delivery.warn(&mend(&job, None, &late));
    }
    // A look-up of a name cannot be broken off, and nobody waits for its end.
    runtime.shutdown_background();
}

async fn to_all(job: &Job, about: &About, report: &Report, settings: &Settings, delivery: &mut Delivery) {
    let client = match Client::new(job, settings.patience) {
        Ok(client) => client,
        Err(failure) => return delivery.warn(&mend(job, None, &failure)),
    };
    let targets = match locate::locate(&client, &about.lead).await {
        Ok(Found::Targets(targets)) => targets,
        Ok(Found::Nothing(why)) => return delivery.notices.push(why),
        Err(failure) => return delivery.warn(&mend(job, None, &failure)),
    };
    let author = Author::new(settings.author.as_deref());
    if targets.len() > locate::MOST {
        delivery.notices.push(format!(
            "the commit stands in {} pull requests; the first {} of them get the comment",
            targets.len(),
            locate::MOST
        ));
    }
    for target in targets.iter().take(locate::MOST) {
        let chosen = (settings.key.as_str(), settings.mode, about.run);
        let poster = Poster::new(&client, &author, target, report, chosen);
        match poster.post().await {
            Ok(posted) => delivery.posted(&posted, author.known(&client)),
            Err(failure) => delivery.warn(&mend(job, Some(target), &failure)),
        }
    }
}
