//! The one comment: how it is found, when it is written, and how two jobs that write it agree.
//!
//! GitHub knows no compare-and-swap. Whoever finds several comments of ours keeps the one with the lowest number, and whoever
//! made one looks again: so all jobs end with the same comment, whatever their order.

use std::cell::Cell;

use super::author::{Author, is_by};
use super::client::{Client, Comment};
use super::failure::Failure;
use super::job::Run;
use super::locate::Target;
use super::marker::{Marker, below};
use crate::report::markdown;
use crate::report::v1::{Change, Finding, Outcome, Report, Verdict};

/// What is left of a report that GitHub finds too long, in bytes.
const SHORT: usize = 8_000;

/// When a comment is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// Where there is something to say; a comment that stands there is brought up to date in any case.
    #[default]
    OnFindings,
    /// Always.
    Always,
    /// Never: the pull request is left alone.
    Never,
}

/// What became of the comment.
#[derive(Debug)]
pub(super) enum Posted {
    /// It is new.
    Created(Comment),
    /// It stood there with another text.
    Updated(Comment),
    /// It stood there with this text.
    Unchanged(Comment),
    /// There is nothing to say, and nothing that would have to be corrected.
    NothingToSay,
    /// Something newer was judged, and why that is known.
    Outdated(String),
}

impl Posted {
    /// The comment, where there is one.
    pub(super) fn comment(&self) -> Option<&Comment> {
        match self {
            Self::Created(comment) | Self::Updated(comment) | Self::Unchanged(comment) => Some(comment),
            Self::NothingToSay | Self::Outdated(_) => None,
        }
    }
}

/// Whether a report has nothing that a reviewer would want to see. Advice on what the plan does not touch is nothing new.
fn is_clean(report: &Report) -> bool {
    let stale = |finding: &Finding| finding.outcome == Outcome::Advice && finding.change == Change::Existing;
    let mut settings = report.configurations.iter().flat_map(|one| &one.settings);
    let loosened = settings.any(|setting| setting.change.is_of_note());
    report.verdict == Verdict::Pass && report.findings.iter().all(stale) && report.unread.is_empty() && !loosened
}

/// Brings the comment of one pull request in line with the report.
pub(super) struct Poster<'a> {
    client: &'a Client<'a>,
    author: &'a Author<'a>,
    target: &'a Target,
    report: &'a Report,
    mode: Mode,
    marker: Marker,
    /// Marker and report.
    text: String,
}

impl<'a> Poster<'a> {
    /// For one pull request; `run` is the run whose plan was judged.
    pub(super) fn new(
        client: &'a Client<'a>,
        author: &'a Author<'a>,
        target: &'a Target,
        report: &'a Report,
        (key, mode, run): (&str, Mode, Option<Run>),
    ) -> Self {
        let marker = Marker {
            key: key.to_owned(),
            head: target.commit.clone(),
            run,
        };
        Self {
            text: body(&marker, report, markdown::COMMENT_LIMIT),
            client,
            author,
            target,
            report,
            mode,
            marker,
        }
    }

    /// Creates, updates, or leaves alone.
    pub(super) async fn post(&self) -> Result<Posted, Failure> {
        match self.once().await {
            Err(Failure::Removed) => self.once().await,
            ended => ended,
        }
    }

    async fn once(&self) -> Result<Posted, Failure> {
        let ours = self.ours().await?;
        if !ours.is_empty() {
            return self.bring_up_to_date(&ours).await;
        }
        if self.mode == Mode::OnFindings && is_clean(self.report) {
            return Ok(Posted::NothingToSay);
        }
        match self.newer_head().await? {
            Some(why) => Ok(Posted::Outdated(why)),
            None => self.create().await,
        }
    }

    /// planseal's comments, the oldest first: those with the marker that the expected account wrote. With write access to the
    /// pull request a token can change anybody's comment, and whoever plants a marker must not be able to edit the verdict.
    async fn ours(&self) -> Result<Vec<Comment>, Failure> {
        let mut all = self.client.comments(self.target.number).await?;
        all.retain(|comment| marker_of(comment).is_some_and(|marker| marker.key == self.marker.key));
        if all.is_empty() {
            return Ok(all);
        }
        let account = self.author.account(self.client).await?;
        all.retain(|comment| is_by(comment, account));
        all.sort_by_key(|comment| comment.id);
        Ok(all)
    }

    /// Brings the oldest in line, and removes the others.
    async fn bring_up_to_date(&self, ours: &[Comment]) -> Result<Posted, Failure> {
        let Some((oldest, others)) = ours.split_first() else {
            return Ok(Posted::NothingToSay);
        };
        if ours
            .iter()
            .filter_map(marker_of)
            .any(|one| one.is_newer_than(&self.marker))
        {
            return Ok(Posted::Outdated(
                "a newer run has written the comment on this commit".into(),
            ));
        }
        let posted = if says(oldest, &self.text) {
            Posted::Unchanged(oldest.clone())
        } else if let Some(why) = self.newer_head().await? {
            return Ok(Posted::Outdated(why));
        } else {
            Posted::Updated(self.update(oldest).await?)
        };
        self.remove(others).await;
        Ok(posted)
    }

    async fn update(&self, comment: &Comment) -> Result<Comment, Failure> {
        match self.client.update(comment.id, &self.text).await {
            Err(failure) if failure.is_too_long() => match self.short() {
                short if says(comment, &short) => Ok(comment.clone()),
                short => self.client.update(comment.id, &short).await,
            },
            Err(failure) if failure.is_absence() => Err(Failure::Removed),
            ended => ended,
        }
    }

    /// Makes a comment. Before another attempt the comments are listed: an answer may be lost, and its comment be there.
    async fn create(&self) -> Result<Posted, Failure> {
        let tried = Cell::new(false);
        let posted = self
            .client
            .patiently(async || {
                if tried.replace(true) {
                    self.client.pause_between_writes().await;
                    let ours = self.ours().await?;
                    if !ours.is_empty() {
                        return self.bring_up_to_date(&ours).await;
                    }
                }
                self.make().await.map(Posted::Created)
            })
            .await?;
        match posted {
            Posted::Created(comment) => Ok(self.give_way(comment).await),
            other => Ok(other),
        }
    }

    async fn make(&self) -> Result<Comment, Failure> {
        match self.client.create(self.target.number, &self.text).await {
            Err(failure) if failure.is_too_long() => self.client.create(self.target.number, &self.short()).await,
            ended => ended,
        }
    }

    /// Another job may have made a comment since the list was read. The older one stays, and gets what this one says; where
    /// that does not work, there are two until the next run.
    async fn give_way(&self, mine: Comment) -> Posted {
        let Ok(mut older) = self.ours().await else {
            return Posted::Created(mine);
        };
        older.retain(|comment| comment.id < mine.id);
        if older.is_empty() {
            return Posted::Created(mine);
        }
        match self.bring_up_to_date(&older).await {
            Ok(posted) => {
                self.remove(&[mine]).await;
                posted
            }
            Err(_) => Posted::Created(mine),
        }
    }

    /// Removes comments of ours that are too many. One that stays is removed by a later run.
    async fn remove(&self, comments: &[Comment]) {
        for comment in comments {
            if self.client.delete(comment.id).await.is_err() {
                return;
            }
        }
    }

    /// Whether the pull request has a newer commit than the one that was judged.
    async fn newer_head(&self) -> Result<Option<String>, Failure> {
        let Some(commit) = self.target.commit.as_deref().filter(|_| !self.target.is_newest) else {
            return Ok(None);
        };
        let now = self.client.pull_request(self.target.number).await?;
        Ok((now.head.sha != commit).then(|| {
            let number = self.target.number;
            format!("pull request {number} has newer commits than {commit}, which was judged")
        }))
    }

    fn short(&self) -> String {
        body(&self.marker, self.report, SHORT)
    }
}

fn body(marker: &Marker, report: &Report, limit: usize) -> String {
    let marker = marker.to_string();
    let room = limit.saturating_sub(marker.len() + 1);
    // GitHub trims comments, and the text read back is compared with this one.
    format!("{marker}\n{}", markdown::render(report, room).trim_end())
}

fn marker_of(comment: &Comment) -> Option<Marker> {
    Marker::of(comment.body.as_deref()?)
}

/// Whether a comment says the same, whoever's run wrote it.
fn says(comment: &Comment, text: &str) -> bool {
    comment.body.as_deref().is_some_and(|said| below(said) == below(text))
}
