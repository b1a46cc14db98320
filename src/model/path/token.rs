//! Where in a path functions, `..`, `$` and texts stand: the parser's tree has no places. Finds what the parser takes
//! though RFC 9535 forbids it, too.

use super::error::PathError;

/// What stands in a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// `length(`: the name of a function.
    Function,
    /// `..`
    Descent,
    /// `$` behind the start.
    Root,
    /// A text in quotes.
    Text,
    /// Any other sign.
    Sign(char),
}

/// A token and where it stands, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The tokens of a path that the parser has read or is about to.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, PathError> {
    let mut reader = Reader { text, at: 0 };
    let mut tokens = Vec::new();
    while let Some(next) = reader.peek() {
        let start = reader.at;
        let token = reader.token(next)?;
        if let Some(token) = token {
            tokens.push(Placed {
                token,
                start,
                end: reader.at,
            });
        }
    }
    if text.ends_with(char::is_whitespace) {
        let end = text.trim_end().len();
        return Err(
            PathError::at(text, end, 1, "not a JSONPath: it ends with a space").with_help("leave the space out")
        );
    }
    Ok(tokens)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || !c.is_ascii()
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, such: impl Fn(char) -> bool) {
        let rest = self.rest();
        let length = rest.find(|c: char| !such(c)).unwrap_or(rest.len());
        self.at = self.at.saturating_add(length);
    }

    fn sign(&mut self, sign: char) -> Token {
        self.at = self.at.saturating_add(sign.len_utf8());
        Token::Sign(sign)
    }

    fn token(&mut self, next: char) -> Result<Option<Token>, PathError> {
        let start = self.at;
        Ok(match next {
            c if c.is_whitespace() => {
                self.skip(char::is_whitespace);
                None
            }
            '\'' | '"' => Some(self.quoted(next)?),
            '.' => self.dots()?,
            '$' if start > 0 => {
                self.sign('$');
                Some(Token::Root)
            }
            '0'..='9' => {
                self.number()?;
                None
            }
            c if is_name(c) => {
                self.skip(is_name);
                self.peek().filter(|c| *c == '(').map(|_| Token::Function)
            }
            c => Some(self.sign(c)),
        })
    }

    fn quoted(&mut self, quote: char) -> Result<Token, PathError> {
        let start = self.at;
        self.sign(quote);
        while let Some(next) = self.peek() {
            if next < ' ' {
                let message = "not a JSONPath: a text in it holds a control character";
                return Err(PathError::at(self.text, self.at, 1, message)
                    .with_help("write it as an escape: `\\n` for the end of a line, `\\t` for a tab"));
            }
            self.sign(next);
            if next == quote {
                return Ok(Token::Text);
            }
            if let ('\\', Some(escaped)) = (next, self.peek()) {
                self.sign(escaped);
            }
        }
        Err(
            PathError::at(self.text, start, 1, "not a JSONPath: a text in it has no end")
                .with_help(format!("end it with another `{quote}`")),
        )
    }

    fn dots(&mut self) -> Result<Option<Token>, PathError> {
        self.sign('.');
        let several = self.peek() == Some('.');
        if several {
            self.sign('.');
        }
        let message = "not a JSONPath: a space behind a dot";
        match self.peek() {
            Some(c) if c.is_whitespace() => {
                return Err(PathError::at(self.text, self.at, 1, message).with_help("leave the space out"));
            }
            Some(c) if is_name(c) => self.name()?,
            _ => {}
        }
        Ok(several.then_some(Token::Descent))
    }

    /// The parser takes spaces inside a shorthand name: `$.a b`.
    fn name(&mut self) -> Result<(), PathError> {
        self.skip(is_name);
        let behind = self.rest();
        let next = behind.trim_start();
        if behind != next && next.starts_with(is_name) {
            return Err(
                PathError::at(self.text, self.at, 1, "not a JSONPath: a space in a name").with_help(
                    "a name with other signs than letters, digits and `_` needs brackets and quotes: `['a b']`",
                ),
            );
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), PathError> {
        self.skip(|c| c.is_ascii_digit());
        let fraction = self
            .rest()
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if fraction {
            self.sign('.');
            self.skip(|c| c.is_ascii_digit());
        }
        if self.rest().starts_with(['e', 'E']) {
            self.sign('e');
            self.skip(|c| c.is_ascii_digit() || c == '-' || c == '+');
        }
        let behind = self.rest();
        if behind.starts_with(char::is_whitespace) && behind.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            return Err(
                PathError::at(self.text, self.at, 1, "not a JSONPath: a space in a number")
                    .with_help("leave the space out"),
            );
        }
        Ok(())
    }
}
