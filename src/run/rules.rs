//! `planseal rules`, and `planseal explain` of a rule or a metric.

use std::path::Path;

use anstream::ColorChoice;
use anyhow::bail;

use super::configs::{Configs, Reading};
use super::examples::examples;
use super::policies::{PolicyFiles, warn};
use crate::cli::{Explain, PageFormat, Rules};
use crate::deliver;
use crate::exit::Exit;
use crate::plan::find::Input;
use crate::policy::Policies;
use crate::policy::unheard::Unheard;
use crate::report::rules;
use crate::report::v1::Configuration;

/// Lists the rules and metrics.
pub(super) fn list(options: &Rules, color: ColorChoice) -> anyhow::Result<Exit> {
    let policies = PolicyFiles::new(&options.policy, options.no_default_policies)?;
    let Some((policies, configuration)) = in_force(&policies, options.config.as_deref(), color)? else {
        return Ok(Exit::Wrong);
    };
    let warnings: Vec<String> = policies.unheard().iter().map(Unheard::sentence).collect();
    warn(&warnings, color);
    let mut rules = rules::all(&policies, configuration.as_ref());
    if options.format == PageFormat::Json {
        for rule in &mut rules.rules {
            rule.examples = examples(rule, color);
        }
    }
    let text = match options.format {
        PageFormat::Text => rules::list_text(&rules),
        PageFormat::Md => rules::list_markdown(&rules),
        PageFormat::Json => rules::json(&rules),
    };
    deliver::to_standard_output(&text, color)?;
    Ok(Exit::Holds)
}

/// Explains one rule or metric.
pub(super) fn one(options: &Explain, policies: &PolicyFiles, color: ColorChoice) -> anyhow::Result<Exit> {
    let Some((policies, configuration)) = in_force(policies, options.config.as_deref(), color)? else {
        return Ok(Exit::Wrong);
    };
    let mut rules = match rules::one(&policies, configuration.as_ref(), &options.what) {
        Ok(rules) => rules,
        Err(Some(meant)) => bail!(
            "there is no rule or metric `{}`\n  help: did you mean `{meant}`?",
            options.what
        ),
        Err(None) => bail!(
            "there is no rule or metric `{}`\n  help: `planseal rules` lists them; the address of a resource has a dot in it, and needs `--plan`",
            options.what
        ),
    };
    for rule in &mut rules.rules {
        rule.examples = examples(rule, color);
    }
    let text = match options.format {
        PageFormat::Text => rules::page_text(&rules),
        PageFormat::Md => rules::page_markdown(&rules),
        PageFormat::Json => rules::json(&rules),
    };
    deliver::to_standard_output(&text, color)?;
    Ok(Exit::Holds)
}

/// The policies under the configuration that is in force here, and the configuration; what is wrong with them has been said
/// where there are none.
fn in_force(
    policies: &PolicyFiles,
    config: Option<&Path>,
    color: ColorChoice,
) -> anyhow::Result<Option<(Policies, Option<Configuration>)>> {
    match Configs::new(config, &[Input::Standard], policies, &Reading::plain())? {
        Ok(configs) => {
            let in_force = configs.of_inputs().next();
            Ok(in_force.map(|(_, one)| (one.policies.clone(), one.configuration.clone())))
        }
        Err(errors) => {
            deliver::to_standard_error(&errors.render(true), color);
            Ok(None)
        }
    }
}
