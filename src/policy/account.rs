//! What no plan shows of an account and Region (`accounts` in the configuration).

use std::collections::BTreeMap;

/// What the configuration says of accounts: by number, then by Region.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts(pub BTreeMap<String, BTreeMap<String, AccountFacts>>);

/// What holds in one account and Region; `None` where the configuration does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccountFacts {
    /// Whether EBS encryption by default is on.
    pub ebs_encryption_by_default: Option<bool>,
    /// The default key of EBS: an ARN, an id or an alias.
    pub ebs_default_key: Option<String>,
}

/// What is on or off in an account and Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// `ebs_encryption_by_default`
    EbsEncryptionByDefault,
}

/// A key that an account has in a Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultKey {
    /// `ebs_default_key`
    EbsDefaultKey,
}

impl Accounts {
    /// Whether nothing is said of any account.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is said of an account in a Region.
    pub fn of(&self, account: &str, region: &str) -> Option<&AccountFacts> {
        self.0.get(account)?.get(region)
    }
}

impl AccountFacts {
    /// Whether it is on.
    pub fn flag(&self, flag: Flag) -> Option<bool> {
        match flag {
            Flag::EbsEncryptionByDefault => self.ebs_encryption_by_default,
        }
    }

    /// What names the key.
    pub fn key(&self, key: DefaultKey) -> Option<&str> {
        match key {
            DefaultKey::EbsDefaultKey => self.ebs_default_key.as_deref(),
        }
    }
}

impl DefaultKey {
    /// As the configuration calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::EbsDefaultKey => "ebs_default_key",
        }
    }
}
