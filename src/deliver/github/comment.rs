//! The one comment: how it is found, and when it is written.

use std::time::Duration;

use super::client::{Client, Comment, Failure};
use crate::report::markdown;
use crate::report::v1::{Change, Finding, Outcome, Report, Verdict};

/// Who writes with the token that every job of GitHub Actions has. Such a token cannot ask for its own name.
pub(super) const ACTIONS_BOT: &str = "github-actions[bot]";

const BEFORE_SECOND_CREATE: Duration = Duration::from_secs(2);

/// Which comment is planseal's own.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Tells several comments on one pull request apart.
    pub key: String,
    /// The account that writes the comments, where it is not the one that the token says.
    pub author: Option<String>,
}

/// Whether a text can stand in the marker: it must not end the HTML comment.
#[must_use]
pub fn is_key(text: &str) -> bool {
    (1..=100).contains(&text.len())
        && !text.contains("--")
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':'))
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
}

impl Posted {
    /// The comment, where there is one.
    pub(super) fn comment(&self) -> Option<&Comment> {
        match self {
            Self::Created(comment) | Self::Updated(comment) | Self::Unchanged(comment) => Some(comment),
            Self::NothingToSay => None,
        }
    }
}

fn marker(key: &str) -> String {
    format!("<!-- planseal:comment key={key} -->")
}

fn body(report: &Report, key: &str) -> String {
    let marker = marker(key);
    let room = markdown::COMMENT_LIMIT.saturating_sub(marker.len() + 1);
    // GitHub trims comments, and the text read back is compared with this one.
    format!("{marker}\n{}", markdown::render(report, room).trim_end())
}

/// Whether a report has nothing that a reviewer would want to see. Advice on what the plan does not touch is nothing new.
fn is_clean(report: &Report) -> bool {
    let stale = |finding: &Finding| finding.outcome == Outcome::Advice && finding.change == Change::Existing;
    let mut settings = report.configurations.iter().flat_map(|one| &one.settings);
    let loosened = settings.any(|setting| setting.change.is_of_note());
    report.verdict == Verdict::Pass && report.findings.iter().all(stale) && report.unread.is_empty() && !loosened
}

fn has_marker(comment: &Comment, marker: &str) -> bool {
    let first = comment.body.as_deref().and_then(|body| body.lines().next());
    first.is_some_and(|line| line.trim_end() == marker)
}

fn says(comment: &Comment, text: &str) -> bool {
    let said = comment.body.as_deref().unwrap_or_default();
    said.replace("\r\n", "\n").trim_end() == text
}

fn is_by(comment: &Comment, login: &str) -> bool {
    comment
        .user
        .as_ref()
        .is_some_and(|user| user.login.eq_ignore_ascii_case(login))
}

/// planseal's comment: the oldest with the marker that the token's own account wrote. With write access to the pull
/// request a token can change anybody's comment, and whoever plants a marker must not be able to edit the verdict.
async fn find(
    client: &Client<'_>,
    settings: &Settings,
    asks: impl AsyncFn() -> Result<String, Failure>,
) -> Result<Option<Comment>, Failure> {
    let marker = marker(&settings.key);
    let mut marked: Vec<Comment> = client.comments().await?;
    marked.retain(|comment| has_marker(comment, &marker));
    if marked.is_empty() {
        return Ok(None);
    }
    let login = match &settings.author {
        Some(author) => author.clone(),
        None => asks().await?,
    };
    Ok(marked
        .into_iter()
        .filter(|comment| is_by(comment, &login))
        .min_by_key(|comment| comment.id))
}

/// Brings the pull request's comment in line with the report.
pub(super) async fn post(
    client: &Client<'_>,
    is_of_an_app: bool,
    settings: &Settings,
    report: &Report,
) -> Result<Posted, Failure> {
    let text = body(report, &settings.key);
    let asks = async || match is_of_an_app {
        true => Ok(ACTIONS_BOT.to_owned()),
        false => match client.login().await {
            Err(Failure::Refused { status: 403 | 404, .. }) => Ok(ACTIONS_BOT.to_owned()),
            known => known,
        },
    };
    if let Some(found) = find(client, settings, asks).await? {
        return bring_up_to_date(client, found, &text).await;
    }
    if is_clean(report) {
        return Ok(Posted::NothingToSay);
    }
    match client.create(&text).await {
        Err(failure) if failure.is_ambiguous() => {
            tokio::time::sleep(BEFORE_SECOND_CREATE).await;
            match find(client, settings, asks).await? {
                Some(found) => bring_up_to_date(client, found, &text).await,
                None => Ok(Posted::Created(client.create(&text).await?)),
            }
        }
        created => Ok(Posted::Created(created?)),
    }
}

async fn bring_up_to_date(client: &Client<'_>, found: Comment, text: &str) -> Result<Posted, Failure> {
    if says(&found, text) {
        return Ok(Posted::Unchanged(found));
    }
    Ok(Posted::Updated(client.update(found.id, text).await?))
}

#[cfg(test)]
mod tests {
    use super::is_key;

    #[test]
    fn a_key_cannot_end_the_marker() {
        for good in ["planseal", "prod/eu-west-1", "a.b_c:d"] {
            assert!(is_key(good), "{good}");
        }
        for bad in ["", "a -->", "a--b", "a b", "ü", "a\nb", "<x>"] {
            assert!(!is_key(bad), "{bad:?}");
        }
    }
}
