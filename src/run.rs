//! The only place that sees every stage.

use std::path::{Path, PathBuf};

use anstream::ColorChoice;
use anyhow::{Context, bail};

use crate::cli::{Check, Cli, Color, Command, Format, Gate, Severity, Undetermined};
use crate::deliver;
use crate::eval::{Facts, evaluate, gate};
use crate::exit::Exit;
use crate::model::Model;
use crate::plan::{self, find::Input};
use crate::policy::load::{Source, load};
use crate::policy::{Policies, rule};
use crate::report::build::Builder;
use crate::report::text::TextOptions;
use crate::report::v1::Report;
use crate::report::{json, markdown, text};

/// Runs a command.
pub fn run(cli: &Cli) -> Exit {
    let Command::Check(options) = &cli.command;
    let color = color_choice(options.color);
    match check(options, color) {
        Ok(exit) => exit,
        Err(error) => {
            deliver::to_standard_error(&format!("error: {error:#}\n"), color);
            Exit::Wrong
        }
    }
}

fn check(options: &Check, color: ColorChoice) -> anyhow::Result<Exit> {
    let Some(policies) = policies(options, color)? else {
        return Ok(Exit::Wrong);
    };
    let report = judge(options, &policies)?;
    deliver::to_standard_output(&render(&report, options.format, options), color)?;
    for (format, path) in &options.output {
        deliver::to_file(path, &render(&report, *format, options))?;
    }
    Ok(Exit::of(&report))
}

/// Loads the policies; what is wrong with them has been said where there are none.
fn policies(options: &Check, color: ColorChoice) -> anyhow::Result<Option<Policies>> {
    let mut more = Vec::new();
    for path in &options.policy {
        more.extend(policy_sources(path)?);
    }
    match load(&more, options.no_default_policies) {
        Ok(policies) => Ok(Some(policies)),
        Err(errors) => {
            deliver::to_standard_error(&errors.render(true), color);
            Ok(None)
        }
    }
}

fn policy_sources(path: &Path) -> anyhow::Result<Vec<Source>> {
    let mut files = Vec::new();
    if path.is_dir() {
        yaml_files(path, &mut files)?;
        files.sort();
        if files.is_empty() {
            bail!("the policy folder `{}` holds no `.yaml` file", path.display());
        }
    } else {
        files.push(path.to_owned());
    }
    files
        .iter()
        .map(|file| {
            let text = std::fs::read_to_string(file)
                .with_context(|| format!("cannot read the policy `{}`", file.display()))?;
            Ok(Source {
                file: file.display().to_string(),
                text,
            })
        })
        .collect()
}

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let read = || format!("cannot read the policy folder `{}`", folder.display());
    for entry in std::fs::read_dir(folder).with_context(read)? {
        let path = entry.with_context(read)?.path();
        if path.is_dir() {
            yaml_files(&path, found)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml" || extension == "yml")
        {
            found.push(path);
        }
    }
    Ok(())
}

/// Reads and judges every plan; what cannot be read stands in the report.
fn judge(options: &Check, policies: &Policies) -> anyhow::Result<Report> {
    let wanted = policies.wanted();
    let mut builder = Builder::new(gate_settings(options));
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
    for input in inputs {
        judge_input(&input, options, policies, &wanted, &mut builder);
    }
    Ok(builder.finish())
}

fn judge_input(input: &Input, options: &Check, policies: &Policies, wanted: &plan::Wanted, builder: &mut Builder) {
    let path = input.path();
    let bytes = match input.read() {
        Ok(bytes) => bytes,
        Err(error) => return builder.unread(&path, error.to_string(), error.help().to_owned()),
    };
    let documents = plan::read(bytes, wanted);
    let several = documents.len() > 1;
    for (position, document) in documents.into_iter().enumerate() {
        let number = position.saturating_add(1);
        let suffix = if several { format!("#{number}") } else { String::new() };
        match document {
            Err(refusal) => builder.unread(&format!("{path}{suffix}"), refusal.to_string(), refusal.help()),
            Ok(plan) => {
                let name = options.plan_name.clone().unwrap_or_else(|| input.name());
                let model = Model::new(&plan);
                let facts = Facts::new(&model, policies);
                builder.plan(&format!("{name}{suffix}"), &path, &facts, &evaluate(&facts));
            }
        }
    }
}

fn render(report: &Report, format: Format, options: &Check) -> String {
    match format {
        Format::Text => text::render(
            report,
            TextOptions {
                verbose: options.verbose,
                quiet: options.quiet,
            },
        ),
        Format::Markdown => markdown::render(report, markdown::COMMENT_LIMIT),
        Format::Json => json::render(report),
    }
}

fn gate_settings(options: &Check) -> gate::Settings {
    gate::Settings {
        mode: match options.gate {
            Gate::Introduced => gate::Mode::Introduced,
            Gate::Any => gate::Mode::Any,
            Gate::Never => gate::Mode::Never,
        },
        min_severity: match options.min_severity {
            Severity::Low => rule::Severity::Low,
            Severity::Medium => rule::Severity::Medium,
            Severity::High => rule::Severity::High,
            Severity::Critical => rule::Severity::Critical,
        },
        undetermined: match options.undetermined {
            None => gate::Undetermined::AsTheRuleSays,
            Some(Undetermined::Fail) => gate::Undetermined::Fail,
            Some(Undetermined::Warn) => gate::Undetermined::Warn,
        },
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
