//! `planseal post`: reports of other jobs to where people look.

use anstream::ColorChoice;

use super::comment_mode;
use super::finished::Finished;
use super::received::receive;
use crate::cli::{Deliver, Post};
use crate::deliver;
use crate::deliver::github::{self, Environment};
use crate::exit::Exit;
use crate::report::merge::merge;
use crate::report::text::TextOptions;

/// Delivers the merged report, and ends by its gate.
pub(super) fn run(options: &Post, color: ColorChoice) -> anyhow::Result<Exit> {
    let received = receive(&options.reports);
    let all_read = received.unread.is_empty();
    let report = merge(received.parts, received.unread);
    let environment = Environment::of_process();
    let Deliver::Github = options.deliver;
    let settings = environment.in_actions().then(|| github::Settings {
        key: options.comment_key.clone(),
        author: options.comment_author.clone(),
        mode: comment_mode(options.comment),
        number: options.pr_number,
        patience: github::Patience::default(),
    });
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
    let arrived = finished.hand_over(settings.as_ref(), &environment)?;
    if settings.is_none() {
        let note = "note: this is no job of GitHub Actions (`GITHUB_ACTIONS` is not `true`): the report was printed, and delivered nowhere\n";
        deliver::to_standard_error(note, color);
    }
    let exit = match (options.deliver_only, all_read) {
        (true, true) => Exit::Holds,
        (true, false) => Exit::Wrong,
        (false, _) => Exit::of(&report),
    };
    let delivered = arrived && settings.is_some();
    Ok(match options.require_delivery && !delivered {
        true => exit.undelivered(),
        false => exit,
    })
}
