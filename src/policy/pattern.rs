//! Patterns of names and addresses: `*` stands for any characters, also for none. Everything else stands for itself:
//! addresses are full of brackets and quotes.

use std::fmt;

/// A pattern of names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern(String);

impl Pattern {
    /// A pattern; a text without `*` is the name itself.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As it is written.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether a name is a case of it.
    pub fn matches(&self, name: &str) -> bool {
        let Some((first, rest)) = self.0.split_once('*') else {
            return self.0 == name;
        };
        let Some(mut left) = name.strip_prefix(first) else {
            return false;
        };
        let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        // The first place where a piece stands leaves the most room for what follows.
        for piece in middle.split('*').filter(|piece| !piece.is_empty()) {
            match left.split_once(piece) {
                Some((_, after)) => left = after,
                None => return false,
            }
        }
        left.ends_with(last)
    }
    /// Whether every name that is a case of `other` is a case of this one.
    pub fn includes(&self, other: &Self) -> bool {
        // A `*` of the other one can only be taken by a `*` of this one: as a plain character it stands in no pattern.
        self.matches(&other.0)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Pattern;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name) in [
            ("a", "a"),
            ("*", ""),
            ("*", "module.a[\"x.y\"].b"),
            ("module.crm.*", "module.crm.aws_s3_bucket.x"),
            ("module.*.aws_s3_bucket.*", "module.a.module.b.aws_s3_bucket.x[0]"),
            ("*.x", "aws_s3_bucket.x"),
            ("a**b", "ab"),
            ("a*b*c", "abxbcbc"),
            ("*ab*ab", "abab"),
        ] {
            assert!(Pattern::new(pattern).matches(name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("a", "ab"),
            ("", "a"),
            ("module.crm.*", "module.crm2.aws_s3_bucket.x"),
            ("module.crm.*", "x.module.crm.aws_s3_bucket.x"),
            ("ab*b", "ab"),
            ("*ab*ab", "ab"),
            ("*.x", "aws_s3_bucket.x[0]"),
            ("a?c", "abc"),
        ] {
            assert!(!Pattern::new(pattern).matches(name), "{pattern} {name}");
        }
    }

    #[test]
    fn a_pattern_includes_narrower_ones() {
        for (wide, narrow) in [
            ("*", "a.*"),
            ("a.*", "a.b.*"),
            ("a*c", "ab*bc"),
            ("a", "a"),
            ("a.*", "a.b"),
        ] {
            assert!(Pattern::new(wide).includes(&Pattern::new(narrow)), "{wide} {narrow}");
        }
        for (narrow, wide) in [("a.*", "*"), ("a.b", "a.*"), ("a*b", "a*"), ("ab*", "a*b")] {
            assert!(!Pattern::new(narrow).includes(&Pattern::new(wide)), "{narrow} {wide}");
        }
    }

    proptest! {
        #[test]
        fn what_the_narrower_matches_the_wider_does(wide in "[ab*]{0,5}", narrow in "[ab*]{0,5}", text in "[ab]{0,6}") {
            let (wide, narrow) = (Pattern::new(wide), Pattern::new(narrow));
            if wide.includes(&narrow) && narrow.matches(&text) {
                prop_assert!(wide.matches(&text));
            }
        }
    }
}
