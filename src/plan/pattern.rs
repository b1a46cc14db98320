//! Resource types by name, or by a pattern of names.

use wildmatch::WildMatch;

/// A resource type (`aws_db_instance`), or a pattern of several (`aws_db_*`).
#[derive(Debug, Clone, PartialEq)]
pub struct TypePattern {
    text: String,
    glob: Option<WildMatch>,
}

impl Eq for TypePattern {}

impl TypePattern {
    /// A name, in which each `*` stands for any characters.
    pub fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            glob: text.contains('*').then(|| WildMatch::new(text)),
        }
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The one type that is named, where this is no pattern.
    pub fn exact(&self) -> Option<&str> {
        self.glob.is_none().then_some(self.text.as_str())
    }

    /// Whether resources of this type are meant.
    pub fn takes(&self, resource_type: &str) -> bool {
        match &self.glob {
            Some(glob) => glob.matches(resource_type),
            None => self.text == resource_type,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        let takes = |pattern: &str, name: &str| TypePattern::new(pattern).takes(name);
        assert!(takes("aws_db_*", "aws_db_instance") && takes("aws_*_policy", "aws_kms_key_policy"));
        assert!(takes("*", "google_kms_key") && takes("aws_db_*", "aws_db_"));
        assert!(!takes("aws_db_*", "aws_rds_cluster") && !takes("aws_db", "aws_db_instance"));
        assert_eq!(TypePattern::new("aws_db_*").exact(), None);
    }
}
