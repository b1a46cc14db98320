//! Protection levels.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

/// How data at rest is protected; ordered from weakest to strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not encrypted.
    None,
    /// Encrypted with a key that AWS owns (SSE-S3, an AWS-owned key).
    AwsOwned,
    /// Encrypted with an AWS-managed key of the account (`aws/…`).
    AwsManaged,
    /// Encrypted with a customer managed key.
    Cmk,
}

impl Level {
    /// Every level, weakest first.
    pub const ALL: [Self; 4] = [Self::None, Self::AwsOwned, Self::AwsManaged, Self::Cmk];

    /// The word that policies and reports use.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::AwsOwned => "aws-owned",
            Self::AwsManaged => "aws-managed",
            Self::Cmk => "cmk",
        }
    }

    /// The level as a person says it.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::None => "not encrypted",
            Self::AwsOwned => "encrypted with a key that AWS owns",
            Self::AwsManaged => "encrypted with an AWS-managed key",
            Self::Cmk => "encrypted with a customer managed key",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
