//! The report as a page for a browser: one file, no script, no picture, nothing from elsewhere.
//!
//! The frame (title, folds, one article a finding) comes from the document. What stands inside is the comment's Markdown,
//! through comrak with raw HTML off: whatever a plan's text might do to the Markdown, it cannot bring a tag along.

mod fence;

use std::collections::HashMap;
use std::fmt::{self, Write};

use comrak::adapters::{HeadingAdapter, HeadingMeta};
use comrak::nodes::Sourcepos;
use comrak::options::Plugins;
use comrak::{Options, markdown_to_html_with_plugins};

use super::document::{self, Document, Item, Section, View};
use super::escape::html;
use super::markdown;
use super::v1::{Report, Verdict};
use super::words;

const STYLE: &str = include_str!("page.css");
/// Nothing is loaded and nothing runs, even if a tag got through.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Renders the report as a page of HTML that needs nothing else.
#[must_use]
pub fn render(report: &Report) -> String {
    let document = document::of(report, View::Page);
    let notes: String = document.notes.iter().map(markdown::whole_block).collect();
    let closing: String = document.closing.iter().map(markdown::whole_block).collect();
    let sections: String = document.sections.iter().map(section).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}\
         <section class=\"notes\">\n{}</section>\n{sections}<footer>\n{}</footer>\n</main>\n</body>\n</html>\n",
        html(&title(&document)),
        verdict(&document),
        inside(&notes),
        inside(&closing),
    )
}

fn title(document: &Document) -> String {
    format!("planseal: {} · {}", words::verdict(document.verdict), document.tally)
}

fn verdict(document: &Document) -> String {
    let class = match document.verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Undetermined => "undetermined",
    };
    format!(
        "<header class=\"{class}\">\n<h1>planseal: {}</h1>\n<p>{}</p>\n</header>\n",
        words::verdict(document.verdict),
        html(document.tally.as_str())
    )
}

fn section(section: &Section) -> String {
    let items = items(section);
    match &section.title {
        Some(title) => format!(
            "<details>\n<summary>{}</summary>\n{items}</details>\n",
            html(title.as_str())
        ),
        None => format!("<section>\n{items}</section>\n"),
    }
}

/// Findings one by one; what is a line of a list, as one list.
fn items(section: &Section) -> String {
    let mut out = String::new();
    let mut list = String::new();
    for item in &section.items {
        match item {
            Item::Finding(finding) => {
                let class = words::severity(finding.severity);
                let _ = write!(
                    out,
                    "<article class=\"{class}\">\n{}</article>\n",
                    inside(&markdown::item(item))
                );
            }
            Item::Entry(_) => list.push_str(&markdown::item(item)),
            // A picture would need a script.
            Item::Picture { words, .. } => list.push_str(&markdown::list(words)),
        }
    }
    out + &inside(&list)
}

/// Markdown of our own writers as HTML.
fn inside(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.table = true;
    let mut plugins = Plugins::default();
    plugins.render.codefence_renderers = HashMap::from([("diff".to_owned(), &fence::Diff as _)]);
    plugins.render.heading_adapter = Some(&Heading);
    markdown_to_html_with_plugins(markdown, &options, &plugins)
}

/// A finding's title is a heading of the second level here, for the page has a title of its own.
struct Heading;

impl HeadingAdapter for Heading {
    fn enter(&self, output: &mut dyn Write, _: &HeadingMeta, _: Option<Sourcepos>) -> fmt::Result {
        output.write_str("<h2>")
    }

    fn exit(&self, output: &mut dyn Write, _: &HeadingMeta) -> fmt::Result {
        output.write_str("</h2>\n")
    }
}
