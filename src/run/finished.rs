//! What becomes of a report once it is finished.

use std::path::PathBuf;

use anstream::ColorChoice;
use anyhow::Context;

use crate::cli::Format;
use crate::deliver;
use crate::deliver::github::{self, Environment};
use crate::report::text::TextOptions;
use crate::report::v1::Report;
use crate::report::{annotations, html, json, junit, markdown, sarif, text};

/// A report that is finished, and how it is shown.
pub(super) struct Finished<'a> {
    /// The report.
    pub(super) report: &'a Report,
    /// What is printed.
    pub(super) format: Format,
    /// What is written into files.
    pub(super) output: &'a [(Format, PathBuf)],
    /// How much of it.
    pub(super) text: TextOptions,
    /// Whether in colour.
    pub(super) color: ColorChoice,
}

impl Finished<'_> {
    /// Prints the report, writes it into files, and delivers it where that is wanted; whether all of it arrived there.
    ///
    /// In a job standard output is the log, in which the runner looks for commands.
    pub(super) fn hand_over(
        &self,
        settings: Option<&github::Settings>,
        environment: &Environment,
    ) -> anyhow::Result<bool> {
        let is_delivered = settings.is_some();
        let in_log = environment.in_actions() && is_for_the_log(self.format, is_delivered);
        let mut printed = render(self.report, self.format, self.text)?;
        let mut annotations = String::new();
        if environment.in_actions() && is_delivered && self.format != Format::Github {
            annotations = github::annotations(self.report, environment, github::IN_THE_SUMMARY);
        }
        if in_log {
            printed = github::shielded(&printed);
            printed.push_str(&std::mem::take(&mut annotations));
        }
        deliver::to_standard_output(&printed, self.color)?;
        // The runner looks there too, and what a program reads stays whole.
        deliver::to_standard_error(&annotations, self.color);
        for (format, path) in self.output {
            deliver::to_file(path, &render(self.report, *format, self.text)?)?;
        }
        Ok(settings.is_none_or(|settings| self.to_github(settings, environment)))
    }

    /// Delivers the report, and says what did not arrive; whether all did.
    fn to_github(&self, settings: &github::Settings, environment: &Environment) -> bool {
        if environment.in_actions() {
            for (_, path) in self.output {
                deliver::give_to_owner_of_folder(path);
            }
        }
        let json = self.output.iter().find(|(format, _)| *format == Format::Json);
        let file = json.map(|(_, path)| path.as_path());
        let delivery = github::deliver(self.report, file, settings, environment);
        deliver::to_standard_error(&delivery.render(environment), self.color);
        delivery.arrived()
    }
}

/// Whether what is printed is for people who read the job's log. Markdown may be meant for a file, unless the report is delivered
/// anyway.
fn is_for_the_log(format: Format, is_delivered: bool) -> bool {
    match format {
        Format::Text => true,
        Format::Markdown => is_delivered,
        Format::Json | Format::Sarif | Format::Junit | Format::Html | Format::Github => false,
    }
}

fn render(report: &Report, format: Format, options: TextOptions) -> anyhow::Result<String> {
    Ok(match format {
        Format::Text => text::render(report, options),
        Format::Markdown => markdown::render(report, markdown::COMMENT_LIMIT),
        Format::Json => json::render(report),
        Format::Html => html::render(report),
        Format::Sarif => sarif::render(report),
        Format::Junit => junit::render(report).context("the report cannot be written as XML")?,
        Format::Github => {
            let annotations = github::annotations(report, &Environment::of_process(), github::IN_THE_REPORT);
            format!("{}{annotations}", annotations::verdict(report))
        }
    })
}
