//! Keys outside the plans that the configuration lists (`known_keys`).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::category::KeyProperty;

/// The keys that a configuration lists, by their names.
#[derive(Debug, Clone, Default)]
pub struct KnownKeys {
    keys: Vec<KnownKey>,
    /// ARNs, ids, and the aliases of keys that are listed without an ARN.
    by_name: HashMap<String, KnownId>,
}

/// A key's place in its [`KnownKeys`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KnownId(usize);

/// A key that a configuration lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownKey {
    /// What reports call it: its ARN, or its first alias where the configuration gives no ARN.
    pub name: Arc<str>,
    /// Every name that means this key wherever it stands.
    pub names: Vec<String>,
    /// The category of data that it is for.
    pub category: Option<String>,
    /// The properties that it has, and no others; `None` where the configuration does not say.
    pub properties: Option<BTreeSet<KeyProperty>>,
}

impl KnownKeys {
    /// Adds a key. A name that another one has already stays that one's.
    pub fn add(&mut self, key: KnownKey) {
        let id = KnownId(self.keys.len());
        for name in &key.names {
            self.by_name.entry(name.clone()).or_insert(id);
        }
        self.keys.push(key);
    }

    /// The key that a name means wherever it stands.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<KnownId> {
        self.by_name.get(name).copied()
    }

    /// A key that [`Self::named`] gave.
    #[must_use]
    pub fn get(&self, id: KnownId) -> Option<&KnownKey> {
        self.keys.get(id.0)
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

/// Where a name without an ARN around it is looked up: the partition, the Region and the account.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Home {
    /// `aws`, `aws-cn`, …
    pub partition: String,
    /// `eu-central-1`
    pub region: String,
    /// Twelve digits.
    pub account: String,
}

impl Home {
    /// The ARN of what a bare name (`alias/x`, a key's id) means here.
    #[must_use]
    pub fn arn_of(&self, name: &str) -> String {
        let resource = match name.starts_with("alias/") {
            true => name.to_owned(),
            false => format!("key/{name}"),
        };
        let Self {
            partition,
            region,
            account,
        } = self;
        format!("arn:{partition}:kms:{region}:{account}:{resource}")
    }
}

/// The ARN of a key or of an alias, in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyArn {
    /// Where it is.
    pub home: Home,
    /// `key/…` or `alias/…`.
    pub resource: String,
}

/// What is wrong with a text that should name a key, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAName {
    /// What is wrong.
    pub message: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

const NO_ARN: NotAName = NotAName {
    message: "this is not the ARN of a KMS key or alias",
    help: "an ARN looks like `arn:aws:kms:eu-central-1:111122223333:key/…` or `arn:aws:kms:eu-central-1:111122223333:alias/…`",
};

const NO_ALIAS: NotAName = NotAName {
    message: "this is not the name of an alias",
    help: "the name of an alias starts with `alias/`, and holds letters, digits and `/_-`",
};

const OF_AWS: NotAName = NotAName {
    message: "`alias/aws/…` names a key of AWS's own",
    help: "list only customer managed keys: planseal knows those that AWS manages",
};

impl KeyArn {
    /// Takes the ARN of a key or an alias apart.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, NotAName> {
        let mut parts = text.splitn(6, ':');
        let mut part = || parts.next().unwrap_or_default();
        let (arn, partition, service, region, account, resource) = (part(), part(), part(), part(), part(), part());
        if (arn, service) != ("arn", "kms") || !is_partition(partition) || !is_region(region) {
            return Err(NO_ARN);
        }
        if !is_account(account) {
            return Err(NotAName {
                message: "this ARN does not name one account",
                help: "write the twelve digits of the key's account: the same name stands for other keys in other accounts",
            });
        }
        match resource.strip_prefix("key/") {
            Some(id) if is_key_id(id) => {}
            Some(_) => {
                return Err(NotAName {
                    message: "this ARN does not name one key",
                    help: "a key's id is like `1234abcd-12ab-34cd-56ef-1234567890ab`, or `mrk-` and 32 digits",
                });
            }
            None if resource.starts_with("alias/") => check_alias(resource)?,
            None => return Err(NO_ARN),
        }
        Ok(Self {
            home: Home {
                partition: partition.to_owned(),
                region: region.to_owned(),
                account: account.to_owned(),
            },
            resource: resource.to_owned(),
        })
    }

    /// The key's id, where it means the same key wherever it stands. An `mrk-…` id is that of a key in every Region that
    /// the key was copied to.
    #[must_use]
    pub fn unique_id(&self) -> Option<&str> {
        self.resource.strip_prefix("key/").filter(|id| !id.starts_with("mrk-"))
    }
}

/// Checks the name of an alias of the user's own.
///
/// # Errors
/// What is wrong with it.
pub fn check_alias(name: &str) -> Result<(), NotAName> {
    let inner = name.strip_prefix("alias/").ok_or(NO_ALIAS)?;
    if inner.starts_with("aws/") {
        return Err(OF_AWS);
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-');
    match !inner.is_empty() && inner.chars().all(fits) {
        true => Ok(()),
        false => Err(NO_ALIAS),
    }
}

/// Whether a text is an account's number.
#[must_use]
pub fn is_account(text: &str) -> bool {
    text.len() == 12 && text.chars().all(|c| c.is_ascii_digit())
}

fn is_partition(text: &str) -> bool {
    text.starts_with("aws") && is_region(text)
}

/// Whether a text may be the name of a Region.
#[must_use]
pub fn is_region(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// Whether a text is a key's id.
#[must_use]
pub fn is_key_id(id: &str) -> bool {
    let hex = |text: &str| text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
    match id.strip_prefix("mrk-") {
        Some(rest) => rest.len() == 32 && hex(rest),
        None => {
            let groups: Vec<&str> = id.split('-').collect();
            let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
            lengths == [8, 4, 4, 4, 12] && groups.iter().all(|group| hex(group))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Home, KeyArn, check_alias};

    const KEY: &str = "arn:aws:kms:eu-central-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    #[test]
    fn an_arn_is_taken_apart_and_put_together() {
        let arn = KeyArn::parse(KEY).unwrap();
        let id = "1234abcd-12ab-34cd-56ef-1234567890ab";
        assert_eq!(arn.unique_id(), Some(id));
        assert_eq!(arn.home.arn_of(id), KEY);
        let china = "arn:aws-cn:kms:cn-north-1:444455556666:alias/team/cmk_pii-2";
        let arn = KeyArn::parse(china).unwrap();
        assert_eq!(arn.unique_id(), None);
        assert_eq!(arn.home.arn_of("alias/team/cmk_pii-2"), china);
        let copy = "arn:aws:kms:eu-west-1:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab";
        assert_eq!(KeyArn::parse(copy).unwrap().unique_id(), None);
    }

    #[test]
    fn what_may_mean_several_keys_or_none_is_no_name() {
        for wrong in [
            "",
            "arn",
            "arn:aws:kms:eu-central-1:*:alias/x",
            "arn:aws:kms:eu-central-1::alias/x",
            "arn:aws:kms:eu-central-1:44445555666:alias/x",
            "arn:aws:kms:*:444455556666:alias/x",
            "arn:aws:kms::444455556666:alias/x",
            "arn:*:kms:eu-central-1:444455556666:alias/x",
            "arn:aws:s3:eu-central-1:444455556666:alias/x",
            "arn:aws:kms:eu-central-1:444455556666:key/*",
            "arn:aws:kms:eu-central-1:444455556666:key/1234ABCD-12ab-34cd-56ef-1234567890ab",
            "arn:aws:kms:eu-central-1:444455556666:key/1234abcd12ab34cd56ef1234567890ab",
            "arn:aws:kms:eu-central-1:444455556666:key/mrk-1234",
            "arn:aws:kms:eu-central-1:444455556666:alias/",
            "arn:aws:kms:eu-central-1:444455556666:alias/aws/s3",
            "arn:aws:kms:eu-central-1:444455556666:alias/x:y",
            "arn:aws:kms:eu-central-1:444455556666:grant/x",
        ] {
            assert!(KeyArn::parse(wrong).is_err(), "{wrong}");
        }
        for wrong in [
            "",
            "cmk-pii",
            "alias/",
            "alias/*",
            "alias/aws/rds",
            "alias/a b",
            "Alias/x",
        ] {
            assert!(check_alias(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_bare_name_means_what_is_there() {
        let home = Home {
            partition: "aws".into(),
            region: "eu-west-1".into(),
            account: "111122223333".into(),
        };
        assert_eq!(home.arn_of("alias/x"), "arn:aws:kms:eu-west-1:111122223333:alias/x");
        assert_eq!(home.arn_of("mrk-1"), "arn:aws:kms:eu-west-1:111122223333:key/mrk-1");
    }
}
