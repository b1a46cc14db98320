//! `planseal explain`.

use anstream::ColorChoice;
use anyhow::{anyhow, bail};

use super::configs::{Configs, InForce, Reading};
use super::policies::PolicyFiles;
use super::sources::{Found, Sources};
use super::today;
use crate::cli::{Explain, PageFormat};
use crate::deliver;
use crate::eval::{Facts, Settings, evaluate, gate};
use crate::exit::Exit;
use crate::model::{Model, ResourceId};
use crate::plan::find::Input;
use crate::plan::{self, Plan, Wanted};
use crate::report::build::Builder;
use crate::report::explain::{self, Match};
use crate::report::v1::Report;

/// Explains a rule, or a resource of a plan.
pub(super) fn run(options: &Explain, color: ColorChoice) -> anyhow::Result<Exit> {
    let policies = PolicyFiles::new(&options.policy, options.no_default_policies)?;
    let is_address = options.what.contains('.');
    match (&options.plan, is_address) {
        (Some(plan), true) => address(options, plan, &policies, color),
        (None, true) => bail!(
            "`{}` is an address, and the plan that holds it is missing\n  help: planseal explain {} --plan plan.json",
            options.what,
            quoted(&options.what)
        ),
        (Some(_), false) => bail!(
            "`{}` is no address of a resource\n  help: an address has a type and a name, like `aws_s3_bucket.logs`; a rule is explained \
             without `--plan`",
            options.what
        ),
        (None, false) => super::rules::one(options, &policies, color),
    }
}

/// An address as a shell takes it.
fn quoted(address: &str) -> String {
    match address.contains(['[', '"', ' ', '*']) {
        true => format!("'{address}'"),
        false => address.to_owned(),
    }
}

fn address(options: &Explain, plan: &str, policies: &PolicyFiles, color: ColorChoice) -> anyhow::Result<Exit> {
    let sources = Sources::new(options.source.as_deref(), options.planfile.as_deref())?;
    let input = input(plan)?;
    let configs = match Configs::new(
        options.config.as_deref(),
        std::slice::from_ref(&input),
        policies,
        &Reading::plain(),
    )? {
        Ok(configs) => configs,
        Err(errors) => {
            deliver::to_standard_error(&errors.render(true), color);
            return Ok(Exit::Wrong);
        }
    };
    let Some((_, in_force)) = configs.of_inputs().next() else {
        bail!("no plan was given");
    };
    let source = sources.of(&input);
    let mut wanted = in_force.wanted.clone();
    wanted.relevant = source.is_there();
    let plans = Plans::read(&input, &wanted, options.plan_name.as_deref())?;
    let address = Address {
        options,
        in_force,
        wanted: &wanted,
        source: &source,
        path: input.path(),
    };
    let text = plans.explain(&address)?;
    deliver::to_standard_output(&text, color)?;
    Ok(Exit::Holds)
}

fn input(plan: &str) -> anyhow::Result<Input> {
    let mut inputs = plan::find::find(plan).map_err(|error| anyhow!("{error}\n  help: {}", error.help()))?;
    match (inputs.pop(), inputs.len()) {
        (Some(only), 0) => Ok(only),
        (_, others) => bail!(
            "`{plan}` leads to {} plans, and a resource is explained in one\n  help: name one file",
            others.saturating_add(1)
        ),
    }
}

/// The plans of one input.
struct Plans {
    plans: Vec<(String, Plan)>,
}

impl Plans {
    fn read(input: &Input, wanted: &Wanted, name: Option<&str>) -> anyhow::Result<Self> {
        let bytes = input
            .read()
            .map_err(|error| anyhow!("{}: {error}\n  help: {}", input.path(), error.help()))?;
        let documents = plan::read(bytes, wanted);
        let several = documents.len() > 1;
        let mut plans = Vec::new();
        let mut refusals = Vec::new();
        for (position, document) in documents.into_iter().enumerate() {
            let suffix = match several {
                true => format!("#{}", position.saturating_add(1)),
                false => String::new(),
            };
            match document {
                Ok(plan) => plans.push((format!("{}{suffix}", input.name()), plan)),
                Err(refusal) => refusals.push(format!(
                    "{}{suffix}: {refusal}\n  help: {}",
                    input.path(),
                    refusal.help()
                )),
            }
        }
        let names: Vec<String> = plans.iter().map(|(name, _)| format!("`{name}`")).collect();
        if several && let Some(name) = name {
            plans.retain(|(one, _)| one == name);
        } else if let (Some(name), [(only, _)]) = (name, plans.as_mut_slice()) {
            name.clone_into(only);
        }
        if plans.is_empty() {
            bail!(match (refusals.is_empty(), names.is_empty()) {
                (false, true) => refusals.join("\n"),
                _ => format!(
                    "no plan has that name\n  help: `{}` holds {}",
                    input.path(),
                    names.join(", ")
                ),
            });
        }
        Ok(Self { plans })
    }

    /// The explanation in the one plan that has the address.
    fn explain(self, address: &Address<'_>) -> anyhow::Result<String> {
        let mut explained = Vec::new();
        let mut missed = Vec::new();
        for (name, plan) in self.plans {
            match address.explain(&name, plan)? {
                Ok(text) => explained.push((name, text)),
                Err(closest) => missed.extend(closest),
            }
        }
        match explained.as_slice() {
            [(_, text)] => Ok(text.clone()),
            [] => bail!(nothing(&address.options.what, &missed)),
            several => {
                let names: Vec<String> = several.iter().map(|(name, _)| format!("`{name}`")).collect();
                bail!(
                    "several plans hold `{}`: {}\n  help: say which one with `--plan-name`",
                    address.options.what,
                    names.join(", ")
                )
            }
        }
    }
}

fn nothing(address: &str, closest: &[String]) -> String {
    let mut closest = closest.to_vec();
    closest.dedup();
    let help = match closest.as_slice() {
        [] => "`terraform show -json` lists the addresses under `resource_changes`".to_owned(),
        [only] => format!("did you mean `{only}`?"),
        several => format!("did you mean one of these?\n    {}", several.join("\n    ")),
    };
    format!("the plan holds no `{address}`\n  help: {help}")
}

/// What explaining an address needs.
struct Address<'a> {
    options: &'a Explain,
    in_force: &'a InForce,
    wanted: &'a Wanted,
    source: &'a Found,
    path: String,
}

impl Address<'_> {
    /// The explanation, or the addresses that are most like the one that the plan does not hold.
    fn explain(&self, name: &str, mut plan: Plan) -> anyhow::Result<Result<String, Vec<String>>> {
        let mut model = Model::new(&mut plan);
        let note = self.source.use_for(&mut model, self.wanted);
        let ids = match explain::find(&model, &self.options.what) {
            Match::Found(ids) => ids,
            Match::Nothing(closest) => return Ok(Err(closest)),
            Match::Several(instances) => bail!(
                "`{}` has {} instances\n  help: name one of them\n    {}",
                self.options.what,
                instances.len(),
                instances.join("\n    ")
            ),
        };
        let settings = Settings {
            today: Some(today::today(None)),
            plan: name.to_owned(),
        };
        let mut facts = Facts::new(&model, &self.in_force.policies).under(settings);
        facts.keep_trails = true;
        Ok(Ok(self.text(&facts, name, note, &ids)?))
    }

    fn text(&self, facts: &Facts<'_>, name: &str, note: Option<String>, ids: &[ResourceId]) -> anyhow::Result<String> {
        let mut report = self.report(facts, name, note);
        let Some(summary) = report.plans.pop() else {
            bail!("the plan was not judged");
        };
        let explanation = explain::build::explain(facts, &report, summary, ids);
        Ok(match self.options.format {
            PageFormat::Text => explain::render(&explanation),
            PageFormat::Json => explain::json(&explanation),
            PageFormat::Md => {
                bail!("a resource is explained as `text` or `json`\n  help: `--format md` goes with a rule")
            }
        })
    }

    /// What a check says of the plan.
    fn report(&self, facts: &Facts<'_>, name: &str, note: Option<String>) -> Report {
        let mut builder = Builder::new(gate::Settings::default());
        builder.under(&self.in_force.gate);
        builder.plan(name, &self.path, facts, &evaluate(facts));
        if let Some(configuration) = &self.in_force.configuration {
            builder.configuration(configuration.clone());
        }
        if let Some(note) = note {
            builder.note(note);
        }
        builder.finish()
    }
}
