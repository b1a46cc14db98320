//! The few calls to GitHub's REST API.

use std::cell::Cell;

use octocrab::{FromResponse, Octocrab, Page};
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;

use super::failure::Failure;
use super::job::Job;
use super::retry::{Patience, Retry};

/// GitHub takes 2,500 comments for an issue.
const MOST_PAGES: usize = 25;

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
    /// `User`, `Bot` or `Organization`.
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
}

/// A pull request.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PullRequest {
    /// Its number.
    pub(super) number: u64,
    /// `open` or `closed`.
    pub(super) state: String,
    /// What would be merged.
    pub(super) head: Side,
    /// Into what.
    pub(super) base: Side,
    /// What merging makes, or made, of it.
    pub(super) merge_commit_sha: Option<String>,
}

/// A branch at a commit.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Side {
    /// The commit.
    pub(super) sha: String,
    /// Where the branch stands; `None` where that repository is gone.
    pub(super) repo: Option<Repository>,
}

/// A repository.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Repository {
    /// `owner/name`.
    pub(super) full_name: String,
}

impl PullRequest {
    /// Whether a commit is its head, or what merging makes of it.
    pub(super) fn stands_at(&self, commit: &str) -> bool {
        self.head.sha == commit || self.merge_commit_sha.as_deref() == Some(commit)
    }

    /// Whether its branch stands in another repository.
    pub(super) fn is_from_fork(&self, repository: &str) -> bool {
        self.head.repo.as_ref().is_none_or(|head| !head.is(repository))
    }

    /// Whether it is open, and asks to be merged into this repository.
    pub(super) fn is_open_in(&self, repository: &str) -> bool {
        self.state == "open" && self.base.repo.as_ref().is_some_and(|base| base.is(repository))
    }
}

impl Repository {
    fn is(&self, name: &str) -> bool {
        self.full_name.eq_ignore_ascii_case(name)
    }
}

/// Speaks with GitHub about one repository.
pub(super) struct Client<'a> {
    octocrab: Octocrab,
    job: &'a Job,
    patience: Patience,
    retry: Retry,
    /// When the last write ended.
    written: Cell<Option<Instant>>,
}

impl<'a> Client<'a> {
    /// A client; needs a running tokio runtime.
    pub(super) fn new(job: &'a Job, patience: Patience) -> Result<Self, Failure> {
        Ok(Self {
            octocrab: job.route.client(&job.token, patience.connect)?,
            job,
            patience,
            retry: Retry::new(patience),
            written: Cell::new(None),
        })
    }

    /// The job that speaks.
    pub(super) fn job(&self) -> &Job {
        self.job
    }

    /// Repeats a call that can be made twice without harm, where another attempt can help.
    pub(super) async fn patiently<T>(&self, call: impl AsyncFn() -> Result<T, Failure>) -> Result<T, Failure> {
        self.retry.patiently(call).await
    }

    /// Every comment of a pull request.
    pub(super) async fn comments(&self, number: u64) -> Result<Vec<Comment>, Failure> {
        let route = self.of_the_issue(number);
        let mut page: Page<Comment> = self.read(&route, &[("per_page", "100")]).await?;
        let mut all = page.take_items();
        for _ in 1..MOST_PAGES {
            let Some(next) = page.next.take() else { break };
            if next.authority() != self.job.route.api().authority() {
                return Err(Failure::Malformed(
                    "the next page of comments is on another host".into(),
                ));
            }
            page = self.read(&next.to_string(), &[]).await?;
            all.append(&mut page.items);
        }
        Ok(all)
    }

    /// Writes a new comment; once, because a second attempt could make a second comment.
    pub(super) async fn create(&self, number: u64, body: &str) -> Result<Comment, Failure> {
        let (route, body) = (self.of_the_issue(number), json!({ "body": body }));
        self.write(async || Ok(self.octocrab.post(&route, Some(&body)).await?))
            .await
    }

    /// Writes a comment anew.
    pub(super) async fn update(&self, id: u64, body: &str) -> Result<Comment, Failure> {
        let (route, body) = (self.of_the_comment(id), json!({ "body": body }));
        self.patiently(async || {
            self.write(async || Ok(self.octocrab.patch(&route, Some(&body)).await?))
                .await
        })
        .await
    }

    /// Removes a comment.
    pub(super) async fn delete(&self, id: u64) -> Result<(), Failure> {
        let route = self.of_the_comment(id);
        self.patiently(async || {
            self.write(async || {
                let answer = self.octocrab._delete(&route, None::<&()>).await?;
                octocrab::map_github_error(answer).await?;
                Ok(())
            })
            .await
        })
        .await
    }

    /// The account that the token belongs to.
    pub(super) async fn login(&self) -> Result<String, Failure> {
        let user: User = self.read("/user", &[]).await?;
        Ok(user.login)
    }

    /// A pull request.
    pub(super) async fn pull_request(&self, number: u64) -> Result<PullRequest, Failure> {
        let route = format!("/repos/{}/pulls/{number}", self.job.repository);
        self.read(&route, &[]).await
    }

    /// The pull requests that hold a commit; of very many the first hundred.
    pub(super) async fn pull_requests_of(&self, commit: &str) -> Result<Vec<PullRequest>, Failure> {
        let route = format!("/repos/{}/commits/{commit}/pulls", self.job.repository);
        self.read(&route, &[("per_page", "100")]).await
    }

    /// The open pull requests of a branch; `owner` is whose fork it stands in.
    pub(super) async fn pull_requests_from(&self, owner: &str, branch: &str) -> Result<Vec<PullRequest>, Failure> {
        let route = format!("/repos/{}/pulls", self.job.repository);
        let head = format!("{owner}:{branch}");
        self.read(&route, &[("head", &head), ("state", "open"), ("per_page", "100")])
            .await
    }

    /// Waits until GitHub may be written to once more.
    pub(super) async fn pause_between_writes(&self) {
        if let Some(written) = self.written.get() {
            tokio::time::sleep_until(written + self.patience.between_writes).await;
        }
    }

    async fn read<T: FromResponse>(&self, route: &str, query: &[(&str, &str)]) -> Result<T, Failure> {
        let query = (!query.is_empty()).then_some(query);
        self.patiently(async || self.in_time(async || Ok(self.octocrab.get(route, query).await?)).await)
            .await
    }

    async fn write<T>(&self, call: impl AsyncFn() -> Result<T, Failure>) -> Result<T, Failure> {
        self.pause_between_writes().await;
        let ended = self.in_time(call).await;
        self.written.set(Some(Instant::now()));
        ended
    }

    async fn in_time<T>(&self, call: impl AsyncFn() -> Result<T, Failure>) -> Result<T, Failure> {
        let limit = self.patience.answer;
        let late = |_| Failure::Unreachable(format!("no answer within {} seconds", limit.as_secs_f32()));
        tokio::time::timeout(limit, call()).await.map_err(late)?
    }

    fn of_the_issue(&self, number: u64) -> String {
        format!("/repos/{}/issues/{number}/comments", self.job.repository)
    }

    fn of_the_comment(&self, id: u64) -> String {
        format!("/repos/{}/issues/comments/{id}", self.job.repository)
    }
}
