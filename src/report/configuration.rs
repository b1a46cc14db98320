//! A configuration, as reports say it.

use super::build::severity;
use super::{gate, v1};
use crate::policy::Policies;
use crate::policy::config::{Config, Overridden};

/// What a configuration says, and the policies under it.
pub fn summary(file: String, config: &Config, policies: &Policies) -> v1::Configuration {
    v1::Configuration {
        file,
        known_keys: policies.known_keys.len(),
        policies: config.policies.clone(),
        rules: config.rules.iter().map(rule).collect(),
        categories: categories(config, policies),
        classification: classification(config, policies),
        accounts: accounts(policies),
        gate: gate::of_configuration(&config.gate),
    }
}

fn rule(changed: &Overridden) -> v1::RuleOverride {
    v1::RuleOverride {
        rule: changed.rule.clone(),
        enabled: !changed.disabled,
        reason: changed.reason.clone(),
        severity: changed.severity.as_ref().map(|(before, after)| v1::SeverityOverride {
            before: before.iter().copied().map(severity).collect(),
            after: severity(*after),
        }),
        parameters: changed
            .parameters
            .iter()
            .map(|(name, before, after)| v1::ParameterOverride {
                name: name.clone(),
                before: before.clone(),
                after: after.clone(),
            })
            .collect(),
    }
}

fn categories(config: &Config, policies: &Policies) -> Vec<v1::CategoryOverride> {
    let own = config.categories.iter();
    own.filter_map(|(id, replaces)| {
        let category = policies.categories.by_id.get(id)?;
        Some(v1::CategoryOverride {
            id: id.clone(),
            title: category.title.clone(),
            minimum: category.minimum.word().into(),
            recommended: category.recommended.iter().map(ToString::to_string).collect(),
            key: category.key.clone(),
            replaces: *replaces,
        })
    })
    .collect()
}

fn classification(config: &Config, policies: &Policies) -> Option<v1::Classification> {
    let said = &config.classification;
    let of_address = |(pattern, category): &(crate::policy::pattern::Pattern, String)| v1::AddressCategory {
        pattern: pattern.text().to_owned(),
        category: category.clone(),
    };
    let of_type = |(resource_type, category, certain): &(String, String, bool)| v1::TypeCategory {
        resource_type: resource_type.clone(),
        category: category.clone(),
        certain: *certain,
    };
    let written = v1::Classification {
        tags: said.tags.clone(),
        synonyms: said.synonyms.iter().cloned().collect(),
        addresses: policies.classification.addresses.iter().map(of_address).collect(),
        types: said.types.iter().map(of_type).collect(),
        unclassified: said.unclassified.clone(),
        strict: policies.classification.strict,
    };
    (written != v1::Classification::default()).then_some(written)
}

fn accounts(policies: &Policies) -> Vec<v1::AccountFacts> {
    let accounts = policies.accounts.0.iter();
    accounts
        .flat_map(|(account, regions)| regions.iter().map(move |(region, facts)| (account, region, facts)))
        .map(|(account, region, facts)| v1::AccountFacts {
            account: account.clone(),
            region: region.clone(),
            ebs_encryption_by_default: facts.ebs_encryption_by_default,
            ebs_default_key: facts.ebs_default_key.clone(),
        })
        .collect()
}
