//! In which account and Region a resource is, by what the plan shows.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::Arc;

use crate::eval::facts::{Facts, name_of};
use crate::model::value::{Location, State};
use crate::model::{Model, ResourceId, Side};
use crate::plan::Mode;
use crate::policy::account::AccountFacts;
use crate::policy::catalog::Catalog;
use crate::policy::known::{Home, is_account};

/// What the ARNs of a provider configuration's own resources say of it.
#[derive(Debug, Default)]
struct Seen {
    partitions: BTreeSet<String>,
    accounts: BTreeSet<String>,
    /// Of resources that do not name a Region of their own.
    regions: BTreeSet<String>,
}

/// The account and the Region of each provider configuration, where the plan shows them.
#[derive(Debug, Default)]
pub struct Homes(HashMap<Arc<str>, Seen>);

impl Homes {
    /// Looks at the stores and keys that the plan manages: AWS makes them where their provider configuration says.
    pub fn new(model: &Model<'_>, catalog: &Catalog) -> Self {
        let mut homes = Self::default();
        for (id, resource) in model.resources() {
            let kind = (resource.mode, resource.resource_type.to_string());
            let made_here = catalog.stores.contains_key(&kind.1) || catalog.keys.contains_key(&kind);
            if resource.mode != Mode::Managed || !made_here || !told(model, id) {
                continue;
            }
            for side in [Side::Before, Side::After] {
                if let Some(arn) = text(model, id, side, "arn") {
                    let seen = homes.0.entry(Arc::clone(&resource.provider)).or_default();
                    seen.add(&arn, text(model, id, side, "region").is_some());
                }
            }
        }
        homes
    }
}

impl Seen {
    fn add(&mut self, arn: &str, own_region: bool) {
        let mut parts = arn.split(':');
        let mut part = || parts.next().unwrap_or_default();
        let ("arn", partition, _, region, account) = (part(), part(), part(), part(), part()) else {
            return;
        };
        self.partitions.insert(partition.to_owned());
        if is_account(account) {
            self.accounts.insert(account.to_owned());
        }
        if !region.is_empty() && !own_region {
            self.regions.insert(region.to_owned());
        }
    }
}

impl Facts<'_> {
    /// What the configuration says of the account and Region that a resource is in; nothing where the plan does not show
    /// which these are.
    pub fn account_facts(&self, id: ResourceId, side: Side) -> Option<&AccountFacts> {
        let accounts = &self.policies.accounts;
        let home = self.home_of(id, side).filter(|_| !accounts.is_empty())?;
        accounts.of(&home.account, &home.region)
    }

    /// Where a resource is; `None` where the plan does not show it, or shows several.
    pub fn home_of(&self, id: ResourceId, side: Side) -> Option<Home> {
        let resource = self.model.resource(id);
        let seen = self.homes.0.get(&resource.provider).filter(|_| told(self.model, id))?;
        let own = text(self.model, id, side, "region");
        Some(Home {
            partition: only(&seen.partitions)?,
            region: own.or_else(|| only(&seen.regions))?,
            account: only(&seen.accounts)?,
        })
    }
}

/// Whether it is told which provider configuration owns a resource. The name of a provider is no configuration of it.
fn told(model: &Model<'_>, id: ResourceId) -> bool {
    let resource = model.resource(id);
    resource.provider_known && resource.provider != resource.provider_name
}

fn only(all: &BTreeSet<String>) -> Option<String> {
    all.first().filter(|_| all.len() == 1).cloned()
}

fn text(model: &Model<'_>, id: ResourceId, side: Side, attribute: &str) -> Option<String> {
    let values = model.resource(id).values(side)?;
    match values.at(&Location::default().member(attribute))?.state() {
        State::Known(value) => name_of(&value).map(str::to_owned),
        State::Absent | State::Unknown => None,
    }
}
