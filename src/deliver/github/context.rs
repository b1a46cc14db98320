//! What the runner says: variables, inputs, the token.

use std::collections::BTreeMap;
use std::fmt;

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
    pub(super) fn is_sendable(&self) -> bool {
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

#[cfg(test)]
mod tests {
    use super::Environment;

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
