//! From what an event tells to the pull requests that get the comment.

use super::client::{Client, PullRequest};
use super::event::{Lead, is_commit};
use super::failure::Failure;

/// A commit can stand in pull requests to several branches; more than this many were made to annoy.
pub(super) const MOST: usize = 5;

/// A pull request that gets the comment.
#[derive(Debug)]
pub(super) struct Target {
    /// Its number.
    pub(super) number: u64,
    /// Its newest commit at the time when it was judged.
    pub(super) commit: Option<String>,
    /// Whether that is by definition the newest one.
    pub(super) is_newest: bool,
    /// Whether its branch stands in another repository, which leaves the token without write access.
    pub(super) from_fork: bool,
}

/// What was found.
#[derive(Debug)]
pub(super) enum Found {
    /// These.
    Targets(Vec<Target>),
    /// None, and why.
    Nothing(String),
}

/// Finds the pull requests, where the event alone does not tell.
pub(super) async fn locate(client: &Client<'_>, lead: &Lead) -> Result<Found, Failure> {
    match lead {
        Lead::Nowhere(why) => Ok(Found::Nothing(why.clone())),
        Lead::Number {
            number,
            commit: Some(commit),
            from_fork,
        } => Ok(Found::Targets(vec![Target {
            number: *number,
            commit: Some(commit.clone()),
            is_newest: false,
            from_fork: from_fork.unwrap_or_default(),
        }])),
        Lead::Number {
            number, commit: None, ..
        } => {
            let pull_request = client.pull_request(*number).await?;
            let from_fork = pull_request.is_from_fork(&client.job().repository);
            Ok(Found::Targets(vec![Target {
                number: *number,
                commit: Some(pull_request.head.sha).filter(|sha| is_commit(sha)),
                is_newest: true,
                from_fork,
            }]))
        }
        Lead::Commit { commit, branch } => by_commit(client, commit, branch.as_ref()).await,
    }
}

/// GitHub does not always know a fork's commit by itself, and knows its branch.
async fn by_commit(client: &Client<'_>, commit: &str, branch: Option<&(String, String)>) -> Result<Found, Failure> {
    // What merging makes of a pull request is a commit of this repository: nobody can name it from a fork.
    let holds = |one: &PullRequest| match branch {
        Some(_) => one.head.sha == commit,
        None => one.stands_at(commit),
    };
    let repository = &client.job().repository;
    let keep = |mut all: Vec<PullRequest>| {
        all.retain(|one| one.is_open_in(repository) && holds(one));
        all
    };
    let mut found = match client.pull_requests_of(commit).await {
        Ok(all) => keep(all),
        // A commit that this repository does not hold.
        Err(Failure::Refused { status: 404 | 422, .. }) if branch.is_some() => Vec::new(),
        Err(failure) => return Err(failure),
    };
    if let (true, Some((owner, name))) = (found.is_empty(), branch) {
        found = keep(client.pull_requests_from(owner, name).await?);
    }
    if found.is_empty() {
        return Ok(Found::Nothing(format!(
            "no open pull request stands at commit {commit}, so there is no comment; the report is in the job summary"
        )));
    }
    found.sort_by_key(|one| one.number);
    let target = |one: &PullRequest| Target {
        number: one.number,
        commit: Some(one.head.sha.clone()).filter(|sha| is_commit(sha)),
        is_newest: false,
        from_fork: one.is_from_fork(repository),
    };
    Ok(Found::Targets(found.iter().map(target).collect()))
}
