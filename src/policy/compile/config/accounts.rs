//! What no plan shows of accounts.

use super::super::Context;
use crate::policy::account::{AccountFacts, Accounts};
use crate::policy::known::{KeyArn, is_account, is_key_id, is_region};
use crate::policy::schema::AccountDoc;
use crate::policy::yaml::{At, Entries};

pub(super) fn accounts(context: &mut Context<'_>, doc: Entries<Entries<At<AccountDoc>>>) -> Accounts {
    let mut accounts = Accounts::default();
    for (number, regions) in doc.0 {
        if !is_account(&number.value) {
            context.error(
                number.span,
                format!("`{number}` is not the number of an account"),
                "write its twelve digits in quotation marks: \"111122223333\"",
            );
        }
        let mut facts = std::collections::BTreeMap::new();
        for (region, doc) in regions.0 {
            if !is_region(&region.value) || !region.contains('-') {
                context.error(
                    region.span,
                    format!("`{region}` is not a Region"),
                    "write it as AWS does: `eu-central-1`",
                );
            }
            facts.insert(region.value.clone(), facts_of(context, &region.value, doc));
        }
        accounts.0.insert(number.value, facts);
    }
    accounts
}

fn facts_of(context: &mut Context<'_>, region: &str, doc: At<AccountDoc>) -> AccountFacts {
    let AccountDoc {
        ebs_encryption_by_default,
        ebs_default_key,
    } = doc.value;
    if ebs_encryption_by_default.is_none() && ebs_default_key.is_none() {
        context.absent(
            doc.span,
            "nothing is said of this account and Region",
            "add `ebs_encryption_by_default` or `ebs_default_key`, or leave the Region out",
        );
    }
    if let Some(key) = &ebs_default_key {
        names_a_key(context, key, region);
    }
    AccountFacts {
        ebs_encryption_by_default,
        ebs_default_key: ebs_default_key.map(|key| key.value),
    }
}

/// A key by its ARN, its id or an alias; also AWS's own.
fn names_a_key(context: &mut Context<'_>, key: &At<String>, region: &str) {
    let alias = |text: &str| text.strip_prefix("alias/").is_some_and(|name| !name.is_empty());
    if alias(key) || is_key_id(key) {
        return;
    }
    // As an ARN, AWS's own alias looks like any other.
    let own = key.replacen(":alias/aws/", ":alias/", 1);
    match KeyArn::parse(&own) {
        Ok(arn) if arn.home.region != region => context.error(
            key.span,
            format!("this key is in `{}`, and EBS wants one of `{region}`", arn.home.region),
            "write the key of this Region",
        ),
        Ok(_) => {}
        Err(wrong) if key.starts_with("arn:") => context.error(key.span, wrong.message, wrong.help),
        Err(_) => context.error(
            key.span,
            format!("`{key}` names no KMS key"),
            "write the key's ARN or id, or an alias: `alias/cmk-disks`, `alias/aws/ebs`",
        ),
    }
}
