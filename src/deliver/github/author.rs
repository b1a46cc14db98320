//! Whose comments are planseal's own.

use std::cell::OnceCell;

use super::client::{Client, Comment};
use super::failure::Failure;

/// Who writes with the token that every job of GitHub Actions has. Such a token cannot ask for its own name.
pub(super) const ACTIONS_BOT: &str = "github-actions[bot]";

/// The account that writes the comments; asked for where the token has to tell, once.
pub(super) struct Author<'a> {
    given: Option<&'a str>,
    asked: OnceCell<String>,
}

impl<'a> Author<'a> {
    /// The account that a person named, or the token's.
    pub(super) fn new(given: Option<&'a str>) -> Self {
        Self {
            given,
            asked: OnceCell::new(),
        }
    }

    /// Its login.
    pub(super) async fn account(&self, client: &Client<'_>) -> Result<&str, Failure> {
        if let Some(login) = self.known(client) {
            return Ok(login);
        }
        if let Some(login) = self.asked.get() {
            return Ok(login);
        }
        let login = ask(client).await?;
        Ok(self.asked.get_or_init(|| login))
    }

    /// Its login, where nobody has to be asked.
    pub(super) fn known<'b>(&'b self, client: &Client<'_>) -> Option<&'b str> {
        match self.given {
            Some(login) => Some(login),
            None => client.job().token.is_of_an_app().then_some(ACTIONS_BOT),
        }
    }
}

async fn ask(client: &Client<'_>) -> Result<String, Failure> {
    match client.login().await {
        Err(Failure::Refused {
            status: 403 | 404,
            limit: None,
            ..
        }) => Ok(ACTIONS_BOT.to_owned()),
        known => known,
    }
}

/// Whether an account wrote a comment. Nobody can register a name in square brackets; the kind is the second lock.
pub(super) fn is_by(comment: &Comment, login: &str) -> bool {
    comment.user.as_ref().is_some_and(|user| {
        user.login.eq_ignore_ascii_case(login) && (!login.ends_with("[bot]") || user.kind.as_deref() == Some("Bot"))
    })
}
