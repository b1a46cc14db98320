//! Which commit a change is to be compared with, by what GitHub's runner says of it.
//!
//! The author of a change writes its files, its commits and, on a push, its branch. So nothing of these says what the base is:
//! only GitHub's merge commit, the branch that the pull request goes into, and ids in the event do.

use std::fs::File;
use std::io::Read;

use gix_hash::ObjectId;
use serde::Deserialize;

use super::repository::Repository;
use crate::deliver::github::Environment;

/// Events are at most 25 MB.
const MOST_OF_AN_EVENT: u64 = 32 * 1024 * 1024;
/// As many digits of a commit's id as a person wants to see.
const DIGITS: usize = 12;

/// A change that is on its way into a branch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// The branch that it goes into.
    branch: String,
    /// Where the base may be, the best place first.
    places: Vec<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    /// What GitHub merged the pull request into, to judge the result.
    MergedInto {
        /// GitHub's merge commit.
        merge: String,
        /// What it merged.
        head: Option<String>,
    },
    /// The branch, as far as it was fetched.
    Branch,
    /// A commit that the event names.
    Commit(String),
}

/// A commit to compare with.
pub(super) struct Found {
    /// How reports name it.
    pub(super) name: String,
    /// The commit.
    pub(super) commit: ObjectId,
}

impl Change {
    /// What the runner says; nothing where no change is judged.
    pub(super) fn of(environment: &Environment) -> Option<Self> {
        let event = Event::of(environment);
        match environment.get("GITHUB_EVENT_NAME") {
            Some("push") => Self::pushed(environment, event),
            Some("merge_group") => Self::queued(event.merge_group?),
            _ => Self::pulled(environment, event),
        }
    }

    fn pulled(environment: &Environment, event: Event) -> Option<Self> {
        let request = event.pull_request;
        let named = request.as_ref().and_then(|request| request.base.name.clone());
        let branch = environment.get("GITHUB_BASE_REF").map(str::to_owned).or(named)?;
        // In `pull_request_target` the job's commit is the base's own.
        let merged = environment.get("GITHUB_EVENT_NAME") == Some("pull_request")
            && environment
                .get("GITHUB_REF")
                .is_some_and(|name| name.starts_with("refs/pull/") && name.ends_with("/merge"));
        let merge = environment.get("GITHUB_SHA").filter(|_| merged);
        let mut places = Vec::new();
        places.extend(merge.map(|merge| Place::MergedInto {
            merge: merge.trim().to_owned(),
            head: request.as_ref().and_then(|request| request.head.sha.clone()),
        }));
        places.push(Place::Branch);
        places.extend(request.and_then(|request| request.base.sha).map(Place::Commit));
        Some(Self {
            branch: branch.trim().to_owned(),
            places,
        })
    }

    fn queued(group: MergeGroup) -> Option<Self> {
        let branch = group.base_ref.as_deref().map(short)?.to_owned();
        let places = group.base_sha.map(Place::Commit).into_iter();
        Some(Self {
            branch,
            places: places.chain([Place::Branch]).collect(),
        })
    }

    /// A push to the default branch changes what was there; one to another branch is on its way into the default branch, and what
    /// its author had pushed there before says nothing.
    fn pushed(environment: &Environment, event: Event) -> Option<Self> {
        let branch = event.repository?.default_branch?;
        let pushed = environment.get("GITHUB_REF")?.strip_prefix("refs/heads/")?;
        let places = match (pushed == branch, event.before) {
            (false, _) => vec![Place::Branch],
            (true, Some(before)) if before.bytes().any(|byte| byte != b'0') => vec![Place::Commit(before)],
            (true, _) => return None,
        };
        Some(Self { branch, places })
    }

    /// The base, in a repository.
    ///
    /// # Errors
    /// Why it cannot be told, and what to do about it.
    pub(super) fn base(&self, repository: &Repository) -> Result<Found, String> {
        let mut wrong = None;
        for place in &self.places {
            match self.at(place, repository) {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => {}
                Err(error) => wrong = wrong.or(Some(error)),
            }
        }
        Err(match wrong {
            Some(wrong) => format!("`{}` could not be read from the repository: {wrong}", self.branch),
            None => format!(
                "`{}` is not in the checkout; give `actions/checkout` the input `fetch-depth: {}`",
                self.branch,
                self.depth(repository)
            ),
        })
    }

    fn at(&self, place: &Place, repository: &Repository) -> Result<Option<Found>, String> {
        let commit = match place {
            Place::MergedInto { merge, head } => merged_into(repository, merge, head.as_deref())?,
            Place::Branch => {
                let name = format!("origin/{}", self.branch);
                let found = repository.reference(&format!("refs/remotes/{name}"))?;
                return Ok(found.map(|commit| Found { name, commit }));
            }
            Place::Commit(id) => repository.id(id)?,
        };
        Ok(commit.map(|commit| Found {
            name: format!("{}@{}", self.branch, commit.to_hex_with_len(DIGITS)),
            commit,
        }))
    }

    /// How much of the history a checkout must have.
    fn depth(&self, repository: &Repository) -> usize {
        let merge = |place: &Place| match place {
            Place::MergedInto { merge, .. } => is_head(repository, merge).unwrap_or_default(),
            Place::Branch | Place::Commit(_) => false,
        };
        if self.places.iter().any(merge) { 2 } else { 0 }
    }
}

fn is_head(repository: &Repository, commit: &str) -> Result<bool, String> {
    let head = repository.reference("HEAD")?;
    Ok(head.is_some_and(|head| is(head, commit)))
}

fn is(id: ObjectId, hex: &str) -> bool {
    ObjectId::from_hex(hex.as_bytes()).is_ok_and(|other| other == id)
}

/// The first parent of GitHub's merge commit, where that is what is checked out: a merge of the author's own may have anything there.
fn merged_into(repository: &Repository, merge: &str, head: Option<&str>) -> Result<Option<ObjectId>, String> {
    if !is_head(repository, merge)? {
        return Ok(None);
    }
    let Some(id) = repository.id(merge)? else {
        return Ok(None);
    };
    let parents = repository.commit(id)?.map(|commit| commit.parents).unwrap_or_default();
    match parents.as_slice() {
        [base, merged] if head.is_none_or(|head| is(*merged, head)) => repository.id(&base.to_string()),
        _ => Ok(None),
    }
}

fn short(name: &str) -> &str {
    name.strip_prefix("refs/heads/").unwrap_or(name)
}

/// What is read of an event.
#[derive(Debug, Default, Deserialize)]
struct Event {
    pull_request: Option<PullRequest>,
    merge_group: Option<MergeGroup>,
    before: Option<String>,
    repository: Option<InWhich>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct PullRequest {
    base: End,
    head: End,
}

#[derive(Debug, Default, Deserialize)]
struct End {
    #[serde(rename = "ref")]
    name: Option<String>,
    sha: Option<String>,
}

#[derive(Debug, Deserialize)]
struct MergeGroup {
    base_sha: Option<String>,
    base_ref: Option<String>,
}

#[derive(Debug, Deserialize)]
struct InWhich {
    default_branch: Option<String>,
}

impl Event {
    /// Without it less is known of the change, and the report says so where that matters.
    fn of(environment: &Environment) -> Self {
        let read = || {
            let mut text = Vec::new();
            let file = File::open(environment.get("GITHUB_EVENT_PATH")?).ok()?;
            file.take(MOST_OF_AN_EVENT).read_to_end(&mut text).ok()?;
            serde_json::from_slice(&text).ok()
        };
        read().unwrap_or_default()
    }
}
