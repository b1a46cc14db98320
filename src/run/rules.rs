//! `planseal rules`, and `planseal explain` of a rule.

use std::path::Path;

use anstream::ColorChoice;
use anyhow::bail;

use super::configs::{Configs, Reading};
use super::policies::PolicyFiles;
use crate::cli::{Explain, PageFormat, Rules};
use crate::deliver;
use crate::exit::Exit;
use crate::plan::find::Input;
use crate::policy::Policies;
use crate::report::rules;

/// Lists the rules.
pub(super) fn list(options: &Rules, color: ColorChoice) -> anyhow::Result<Exit> {
    let policies = PolicyFiles::new(&options.policy, options.no_default_policies)?;
    let Some(policies) = in_force(&policies, options.config.as_deref(), color)? else {
        return Ok(Exit::Wrong);
    };
    let rules = rules::all(&policies);
    let text = match options.format {
        PageFormat::Text => rules::list_text(&rules),
        PageFormat::Md => rules::list_markdown(&rules),
        PageFormat::Json => rules::json(&rules),
    };
    deliver::to_standard_output(&text, color)?;
    Ok(Exit::Holds)
}

/// Explains one rule.
pub(super) fn one(options: &Explain, policies: &PolicyFiles, color: ColorChoice) -> anyhow::Result<Exit> {
    let Some(policies) = in_force(policies, options.config.as_deref(), color)? else {
        return Ok(Exit::Wrong);
    };
    let rules = match rules::one(&policies, &options.what) {
        Ok(rules) => rules,
        Err(Some(meant)) => bail!("there is no rule `{}`\n  help: did you mean `{meant}`?", options.what),
        Err(None) => bail!(
            "there is no rule `{}`\n  help: `planseal rules` lists them; the address of a resource has a dot in it, and needs `--plan`",
            options.what
        ),
    };
    let text = match options.format {
        PageFormat::Text => rules::page_text(&rules),
        PageFormat::Md => rules::page_markdown(&rules),
        PageFormat::Json => rules::json(&rules),
    };
    deliver::to_standard_output(&text, color)?;
    Ok(Exit::Holds)
}

/// The policies under the configuration that is in force here; what is wrong with it has been said where there are none.
fn in_force(policies: &PolicyFiles, config: Option<&Path>, color: ColorChoice) -> anyhow::Result<Option<Policies>> {
    match Configs::new(config, &[Input::Standard], policies, &Reading::plain())? {
        Ok(configs) => Ok(configs.of_inputs().next().map(|(_, one)| one.policies.clone())),
        Err(errors) => {
            deliver::to_standard_error(&errors.render(true), color);
            Ok(None)
        }
    }
}
