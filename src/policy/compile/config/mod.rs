//! The configuration, applied to the policies that it is used with.

mod accounts;
mod classification;
mod known;
mod rules;
mod waivers;

use jiff::civil::Date;

use super::rule::severity;
use super::{Context, Others, tables};
use crate::policy::Policies;
use crate::policy::config::Config;
use crate::policy::gate::{Effect, Given, Mode};
use crate::policy::schema::{ConfigDoc, EffectDoc, GateDoc, GateModeDoc};
use crate::policy::yaml::Entries;

/// Applies a configuration as it is read on a day, where anybody says which; what it says, for the report.
pub(super) fn apply(
    context: &mut Context<'_>,
    doc: ConfigDoc,
    others: &Others,
    today: Option<Date>,
    policies: &mut Policies,
) -> Config {
    let mut config = Config::default();
    if let Some(categories) = doc.categories {
        let replaces = |id: &str| policies.categories.by_id.contains_key(id);
        config.categories = categories.keys().map(|id| (id.to_owned(), replaces(id))).collect();
        tables::add_categories(context, categories, &mut policies.categories);
    }
    if let Some(doc) = doc.classification {
        config.classification = classification::apply(context, doc, policies);
    }
    config.rules = rules::apply(context, &doc.rules.unwrap_or_default(), others, policies);
    policies.known_keys = known::known_keys(context, doc.known_keys.unwrap_or_default());
    policies.accounts = accounts::accounts(context, doc.accounts.unwrap_or_default());
    let against = waivers::Against {
        rules: &policies.rules,
        others,
        max_days: waivers::max_days(context, doc.waiver_max_days.as_ref()),
        today,
    };
    policies.waivers = waivers::waivers(context, doc.waivers.unwrap_or_default(), &against);
    config.gate = doc.gate.as_ref().map(gate).unwrap_or_default();
    config
}

fn gate(doc: &GateDoc) -> Given {
    Given {
        mode: doc.mode.map(|mode| match mode {
            GateModeDoc::Introduced => Mode::Introduced,
            GateModeDoc::Any => Mode::Any,
            GateModeDoc::Never => Mode::Never,
        }),
        min_severity: doc.min_severity.map(severity),
        undetermined: doc.undetermined.map(|effect| match effect {
            EffectDoc::Fail => Effect::Fail,
            EffectDoc::Warn => Effect::Warn,
        }),
        allow_partial: doc.allow_partial,
        min_judged: doc.min_judged,
    }
}

/// The entries of a part that may be left out.
fn entries<T>(part: Option<Entries<T>>) -> Entries<T> {
    part.unwrap_or_default()
}
