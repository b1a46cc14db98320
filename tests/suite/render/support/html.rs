//! Reads a page as strictly as it is written: every `<` begins a tag of the template, or the page is refused.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

static TAG: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"^<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>"#).unwrap());
static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#" ([a-z-]+)="([^"]*)""#).unwrap());

/// What the page was found to hold.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Page {
    /// How many elements of each name.
    pub(crate) elements: BTreeMap<String, usize>,
    /// The addresses of links.
    pub(crate) links: Vec<String>,
}

impl Page {
    pub(crate) fn count(&self, element: &str) -> usize {
        self.elements.get(element).copied().unwrap_or_default()
    }
}

/// Every element of the template with its attributes; what is not here is foreign.
const ELEMENTS: &[(&str, &[&str])] = &[
    ("html", &["lang"]),
    ("head", &[]),
    ("meta", &["charset", "http-equiv", "name", "content"]),
    ("title", &[]),
    ("style", &[]),
    ("body", &[]),
    ("main", &[]),
    ("header", &["class"]),
    ("footer", &[]),
    ("section", &["class"]),
    ("article", &["class"]),
    ("details", &[]),
    ("summary", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("p", &[]),
    ("ul", &[]),
    ("li", &[]),
    ("strong", &[]),
    ("em", &[]),
    ("code", &["class"]),
    ("pre", &["class"]),
    ("span", &["class"]),
    ("a", &["href"]),
    ("table", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["align"]),
    ("td", &["align"]),
];
const CLASSES: &[&str] = &[
    "pass",
    "fail",
    "undetermined",
    "notes",
    "critical",
    "high",
    "medium",
    "low",
    "diff",
    "headline",
    "remove",
    "add",
    "same",
    "language-hcl",
];
const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
    content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta name=\"referrer\" content=\"no-referrer\">\n<title>";
const END: &str = "</main>\n</body>\n</html>\n";

/// Reads the page and panics on anything that is not the template's.
pub(crate) fn inspect(html: &str) -> Page {
    read(html).unwrap_or_else(|what| panic!("{what} in\n{html}"))
}

fn read(html: &str) -> Result<Page, String> {
    let inner = html.strip_prefix(HEAD).and_then(|rest| rest.strip_suffix(END));
    inner.ok_or("another head or end")?;
    let hidden = |c: &char| *c != '\n' && planseal::report::escape::is_hidden(*c);
    if let Some(hidden) = html.chars().find(hidden) {
        return Err(format!("a hidden character {hidden:?}"));
    }
    let mut page = Page::default();
    let mut open: Vec<String> = Vec::new();
    let body = html.strip_prefix("<!DOCTYPE html>").unwrap();
    for (position, _) in body.match_indices('<') {
        let rest = &body[position..];
        let start: String = rest.chars().take(80).collect();
        let found = TAG.captures(rest).ok_or(format!("a foreign `<`: {start:?}"))?;
        let name = &found[2];
        if &found[1] == "/" {
            let opened = open.pop().ok_or(format!("nothing is open: {start:?}"))?;
            (opened == name)
                .then_some(())
                .ok_or(format!("{opened} is open: {start:?}"))?;
            continue;
        }
        *page.elements.entry(name.to_owned()).or_default() += 1;
        attributes(name, &found[3], &mut page)?;
        if name != "meta" {
            open.push(name.to_owned());
        }
    }
    if open.is_empty() {
        Ok(page)
    } else {
        Err(format!("{open:?} stay open"))
    }
}

fn attributes(element: &str, text: &str, page: &mut Page) -> Result<(), String> {
    let (_, allowed) = ELEMENTS
        .iter()
        .find(|(allowed, _)| *allowed == element)
        .ok_or(format!("a foreign element {element}"))?;
    for found in ATTRIBUTE.captures_iter(text) {
        let (name, value) = (&found[1], &found[2]);
        let fits = allowed.contains(&name)
            && match name {
                "class" => CLASSES.contains(&value),
                "align" => value == "right",
                "href" => value.starts_with("https://"),
                // The head is compared as a whole.
                _ => true,
            };
        fits.then_some(())
            .ok_or(format!("a foreign attribute{} of {element}", &found[0]))?;
        if name == "href" {
            page.links.push(value.replace("&amp;", "&"));
        }
    }
    Ok(())
}

#[test]
fn what_is_foreign_is_found() {
    let page = |body: &str| format!("{HEAD}x</title>\n</head>\n<body>\n<main>\n{body}{END}");
    let link = inspect(&page("<p>a &lt; b <a href=\"https://a.b/\">c</a></p>\n")).links;
    assert_eq!(link, ["https://a.b/"]);
    for body in [
        "<script>x</script>",
        "<p onclick=\"x\">y</p>",
        "<img src=\"https://a.b/c.png\">",
        "<a href=\"http://a.b\">c</a>",
        "<a href=\"javascript:x\">c</a>",
        "<p class=\"else\">x</p>",
        "<p>x",
        "<p>a < b</p>",
        "<!-- x -->",
        "<svg></svg>",
        "<p>\u{202e}</p>",
    ] {
        assert!(read(&page(body)).is_err(), "{body}");
    }
}
