//! The only place that sees every stage.

mod base;
mod configs;
mod examples;
mod explain;
mod finished;
mod init;
mod policies;
mod post;
mod received;
mod rules;
pub mod schema;
mod settings;
mod sources;
mod test;
mod today;

use anstream::ColorChoice;
use anyhow::{Context, bail};
use clap::{CommandFactory, Parser};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::cli::{Check, Cli, Color, Command, Commenting, Deliver, Gate, Severity, Undetermined};
use crate::deliver;
use crate::deliver::github::{self, Environment};
use crate::eval::waiver::Ledger;
use crate::eval::{Facts, Settings, evaluate};
use crate::exit::Exit;
use crate::model::Model;
use crate::plan::find::Input;
use crate::plan::{self, Plan};
use crate::policy::{gate, rule};
use crate::report::build::Builder;
use crate::report::text::TextOptions;
use crate::report::v1::Report;
use base::Bases;
use configs::{Configs, InForce, Reading};
use finished::Finished;
use policies::PolicyFiles;
use sources::{Found, Sources};

/// Runs a command.
pub fn run(cli: &Cli) -> Exit {
    match &cli.command {
        Command::Check(options) => say(color_choice(options.color), |color| check(options, color)),
        Command::Post(options) => say(color_choice(options.color), |color| post::run(options, color)),
        Command::Explain(options) => say(color_choice(options.color), |color| explain::run(options, color)),
        Command::Rules(options) => say(color_choice(options.color), |color| rules::list(options, color)),
        Command::Init(options) => say(ColorChoice::Auto, |color| init::run(options, color)),
        Command::Completions { shell } => say(ColorChoice::Never, |color| completions(*shell, color)),
        Command::Test(options) => say(color_choice(options.color), |color| test::test(options, color)),
        Command::Schema { of } => say(ColorChoice::Never, |color| {
            deliver::to_standard_output(&schema::text(*of), color)?;
            Ok(Exit::Holds)
        }),
        Command::Action => action(),
    }
}

/// Runs a command, and says what went wrong.
fn say(color: ColorChoice, command: impl FnOnce(ColorChoice) -> anyhow::Result<Exit>) -> Exit {
    command(color).unwrap_or_else(|error| {
        deliver::to_standard_error(&format!("error: {error:#}\n"), color);
        Exit::Wrong
    })
}

/// Prints a shell's completion script.
fn completions(shell: Shell, color: ColorChoice) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "planseal", &mut script);
    deliver::to_standard_output(&String::from_utf8(script).context("the script is no text")?, color)?;
    Ok(Exit::Holds)
}

/// `check`, with the inputs of a GitHub Action for arguments.
fn action() -> Exit {
    let wrong = |text: String| {
        deliver::to_standard_error(&text, ColorChoice::Auto);
        Exit::Wrong
    };
    let arguments = match github::arguments(&Environment::of_process()) {
        Ok(arguments) => arguments,
        Err(trouble) => return wrong(format!("error: {trouble}\n")),
    };
    match Cli::try_parse_from(std::iter::once("planseal".to_owned()).chain(arguments)) {
        Ok(cli) => run(&cli),
        Err(error) => wrong(error.render().to_string()),
    }
}

fn check(options: &Check, color: ColorChoice) -> anyhow::Result<Exit> {
    let Some(report) = judge(options, color)? else {
        return Ok(Exit::Wrong);
    };
    let finished = Finished {
        report: &report,
        format: options.format,
        output: &options.output,
        text: TextOptions {
            verbose: options.verbose,
            quiet: options.quiet,
        },
        color,
    };
    let settings = options.deliver.map(|Deliver::Github| github::Settings {
        key: options.comment_key.clone(),
        author: options.comment_author.clone(),
        mode: comment_mode(options.comment),
        number: options.pr_number,
        patience: github::Patience::default(),
    });
    let arrived = finished.hand_over(settings.as_ref(), &Environment::of_process())?;
    let exit = Exit::of(&report);
    Ok(match options.require_delivery && !arrived {
        true => exit.undelivered(),
        false => exit,
    })
}

/// When the pull request gets a comment.
fn comment_mode(chosen: Commenting) -> github::Mode {
    match chosen {
        Commenting::OnFindings => github::Mode::OnFindings,
        Commenting::Always => github::Mode::Always,
        Commenting::Never => github::Mode::Never,
    }
}

/// Reads and judges every plan; what cannot be read stands in the report. There is none where a policy or a configuration
/// is wrong: that has been said.
fn judge(options: &Check, color: ColorChoice) -> anyhow::Result<Option<Report>> {
    let policies = PolicyFiles::new(&options.policy, options.no_default_policies)?;
    let sources = Sources::new(options.source.as_deref(), options.planfile.as_deref())?;
    let given = gate_options(options);
    let mut builder = Builder::new(given.into());
    let mut inputs: Vec<Input> = Vec::new();
    for argument in &options.plans {
        match plan::find::find(argument) {
            Ok(found) => inputs.extend(found),
            Err(error) => builder.unread(argument, error.to_string(), error.help().to_owned()),
        }
    }
    if options.plan_name.is_some() && inputs.len() > 1 {
        bail!("`--plan-name` names one plan, and {} were given", inputs.len());
    }
    let today = today::today(options.today);
    let bases = Bases::new(
        options.config_base.as_deref(),
        options.config_base_ref.as_deref(),
        &Environment::of_process(),
    )?;
    let reading = Reading {
        options: given,
        today,
        bases: &bases,
    };
    let configs = match Configs::new(options.config.as_deref(), &inputs, &policies, &reading)? {
        Ok(configs) => configs,
        Err(errors) => {
            deliver::to_standard_error(&errors.render(true), color);
            return Ok(None);
        }
    };
    let last = inputs.len().saturating_sub(1);
    let mut ledgers = vec![Ledger::default(); configs.all().len()];
    for (position, (input, (group, in_force))) in inputs.iter().zip(configs.of_inputs()).enumerate() {
        let Some(ledger) = ledgers.get_mut(group) else { continue };
        let mut judge = Judge {
            options,
            in_force,
            today,
            sources: &sources,
            ledger,
            last: position == last,
        };
        judge.input(input, &mut builder);
    }
    for (in_force, ledger) in configs.all().iter().zip(&ledgers) {
        settings::report(in_force, ledger, &policies, today, &mut builder);
    }
    Ok(Some(builder.finish()))
}

/// What judging an input needs.
struct Judge<'a> {
    options: &'a Check,
    in_force: &'a InForce,
    today: Date,
    sources: &'a Sources,
    ledger: &'a mut Ledger,
    /// Whether no other input follows.
    last: bool,
}

impl Judge<'_> {
    fn input(&mut self, input: &Input, builder: &mut Builder) {
        let path = input.path();
        let source = self.sources.of(input);
        let bytes = match input.read() {
            Ok(bytes) => bytes,
            Err(error) => return builder.unread(&path, error.to_string(), error.help().to_owned()),
        };
        builder.under(&self.in_force.gate);
        let mut wanted = self.in_force.wanted.clone();
        wanted.relevant = source.is_there();
        let documents = plan::read(bytes, &wanted);
        let several = documents.len() > 1;
        for (position, document) in documents.into_iter().enumerate() {
            let number = position.saturating_add(1);
            let suffix = if several { format!("#{number}") } else { String::new() };
            match document {
                Err(refusal) => builder.unread(&format!("{path}{suffix}"), refusal.to_string(), refusal.help()),
                Ok(plan) => {
                    let name = self.options.plan_name.clone().unwrap_or_else(|| input.name());
                    self.plan(plan, &format!("{name}{suffix}"), &path, &source, builder);
                }
            }
        }
    }

    fn plan(&mut self, mut plan: Plan, name: &str, path: &str, source: &Found, builder: &mut Builder) {
        let mut model = Model::new(&mut plan);
        let note = source.use_for(&mut model, &self.in_force.wanted);
        let settings = Settings {
            today: Some(self.today),
            plan: name.to_owned(),
        };
        let facts = Facts::new(&model, &self.in_force.policies).under(settings);
        let evaluation = evaluate(&facts);
        self.ledger.add(&facts, &evaluation);
        builder.plan(name, path, &facts, &evaluation);
        if let Some(configuration) = &self.in_force.configuration {
            builder.configuration(configuration.clone());
        }
        if let Some(note) = note {
            builder.note(note);
        }
        if self.last {
            // The process ends soon. Giving back the memory of a large plan piece by piece takes a tenth of the whole
            // time, and nobody needs it.
            std::mem::forget(evaluation);
            std::mem::forget(facts);
            std::mem::forget(model);
            std::mem::forget(plan);
        }
    }
}

/// What options say of the gate.
fn gate_options(options: &Check) -> gate::Given {
    gate::Given {
        mode: options.gate.map(|mode| match mode {
            Gate::Introduced => gate::Mode::Introduced,
            Gate::Any => gate::Mode::Any,
            Gate::Never => gate::Mode::Never,
        }),
        min_severity: options.min_severity.map(|severity| match severity {
            Severity::Low => rule::Severity::Low,
            Severity::Medium => rule::Severity::Medium,
            Severity::High => rule::Severity::High,
            Severity::Critical => rule::Severity::Critical,
        }),
        undetermined: options.undetermined.map(|effect| match effect {
            Undetermined::Fail => gate::Effect::Fail,
            Undetermined::Warn => gate::Effect::Warn,
        }),
        allow_partial: options.allow_partial,
        min_judged: options.min_judged,
    }
}

fn color_choice(color: Color) -> ColorChoice {
    match color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
}
