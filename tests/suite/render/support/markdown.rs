//! Reads our Markdown back and says what in it our own template cannot have made.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, parse_document};

/// The extensions that GitHub has on in comments.
pub(crate) fn options() -> Options<'static> {
    let mut options = Options::default();
    let extension = &mut options.extension;
    extension.table = true;
    extension.strikethrough = true;
    extension.tasklist = true;
    extension.autolink = true;
    extension.footnotes = true;
    extension.alerts = true;
    extension.math_dollars = true;
    extension.math_code = true;
    options
}

/// What the AST was found to hold of our template.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) details: usize,
    pub(crate) summaries: usize,
    pub(crate) headings: usize,
    pub(crate) tables: usize,
    pub(crate) fences: usize,
    pub(crate) links: Vec<String>,
}

/// Walks the AST and panics on anything that is not the template's.
pub(crate) fn inspect(markdown: &str) -> Shape {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options());
    let mut shape = Shape::default();
    for node in root.descendants() {
        check(node, &mut shape, markdown);
    }
    assert_eq!(
        shape.details, shape.summaries,
        "a fold is open or has no summary:\n{markdown}"
    );
    shape
}

fn check<'a>(node: &'a AstNode<'a>, shape: &mut Shape, markdown: &str) {
    match &node.data.borrow().value {
        NodeValue::Document | NodeValue::Paragraph | NodeValue::SoftBreak | NodeValue::Strong | NodeValue::Emph => {}
        NodeValue::List(_) | NodeValue::Item(_) | NodeValue::TableRow(_) | NodeValue::TableCell => {}
        NodeValue::Table(table) => {
            shape.tables += 1;
            assert!(
                [4, 6].contains(&table.num_columns),
                "a table's width changed:\n{markdown}"
            );
        }
        NodeValue::Heading(heading) => {
            shape.headings += 1;
            assert!(
                !heading.setext && [3, 4].contains(&heading.level),
                "a foreign heading:\n{markdown}"
            );
        }
        NodeValue::CodeBlock(block) => {
            shape.fences += 1;
            assert!(
                block.fenced && ["diff", "hcl", "mermaid"].contains(&block.info.as_str()),
                "a foreign code block {block:?}:\n{markdown}"
            );
            assert_shows(&block.literal);
        }
        NodeValue::HtmlBlock(block) => html(&block.literal, shape, markdown),
        NodeValue::Code(code) => assert_shows(&code.literal),
        NodeValue::Text(text) => assert_plain(text, markdown),
        NodeValue::Link(link) => {
            assert!(
                link.url.starts_with("https://"),
                "a foreign link {}:\n{markdown}",
                link.url
            );
            shape.links.push(link.url.clone());
        }
        other => panic!("a foreign node {other:?}:\n{markdown}"),
    }
}

fn html(literal: &str, shape: &mut Shape, markdown: &str) {
    for line in literal.lines() {
        let summary = line
            .strip_prefix("<summary>")
            .and_then(|rest| rest.strip_suffix("</summary>"));
        match (line, summary) {
            ("<details>", _) => shape.details += 1,
            (_, Some(text)) => {
                shape.summaries += 1;
                assert!(!text.contains(['<', '&', '@', '#']), "a foreign summary {text}");
            }
            ("</details>", _) => {}
            _ => panic!("foreign HTML {line:?}:\n{markdown}"),
        }
    }
}

/// GitHub's filters (mentions, issues, commits, emoji) act on text outside of code.
fn assert_plain(text: &str, markdown: &str) {
    assert_shows(text);
    assert!(
        !text.contains(['@', '#', '$', '`']),
        "{text:?} could be linked:\n{markdown}"
    );
    let lower = text.to_ascii_lowercase();
    assert!(
        !lower.contains("gh-") && !lower.contains("www.") && !lower.contains("://"),
        "{text:?} could be linked:\n{markdown}"
    );
    let sha = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|run| run.len() >= 7 && run.chars().all(|c| c.is_ascii_hexdigit()));
    assert!(!sha, "{text:?} could be a commit:\n{markdown}");
    let shortcode =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_+-".contains(c));
    let colons: Vec<&str> = text.split(':').collect();
    let emoji = colons.len() > 2 && colons[1..colons.len() - 1].iter().any(|name| shortcode(name));
    assert!(!emoji, "{text:?} could be an emoji:\n{markdown}");
}

fn assert_shows(text: &str) {
    let hidden = text
        .chars()
        .find(|c| *c != '\n' && planseal::report::escape::is_hidden(*c));
    assert_eq!(hidden, None, "a hidden character in {text:?}");
}
