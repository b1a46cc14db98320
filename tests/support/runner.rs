//! What a GitHub Actions runner makes of a step's output and of the files it writes, as the runner's own source does it.

use std::collections::BTreeMap;

/// A workflow command that the runner carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Carried {
    pub name: String,
    pub properties: BTreeMap<String, String>,
    pub data: String,
}

/// Every command that a runner knows.
const COMMANDS: [&str; 16] = [
    "add-mask",
    "add-matcher",
    "remove-matcher",
    "add-path",
    "debug",
    "echo",
    "error",
    "warning",
    "notice",
    "group",
    "endgroup",
    "set-env",
    "set-output",
    "save-state",
    "stop-commands",
    "internal-set-repo-path",
];

/// The commands that a runner carries out while it reads these lines. What stands between a stopped runner and its token does
/// nothing; the stop itself and its end are among the commands, the end by its token.
pub(crate) fn carried_out(output: &str) -> Vec<Carried> {
    let mut carried = Vec::new();
    let mut stopped: Option<String> = None;
    // .NET ends a line at each of these.
    for line in output.replace("\r\n", "\n").split(['\n', '\r']) {
        let known = |name: &str| {
            let name = name.to_lowercase();
            COMMANDS.contains(&name.as_str()) || stopped.as_ref().is_some_and(|token| token.to_lowercase() == name)
        };
        let Some(command) = second_version(line, &known).or_else(|| first_version(line, &known)) else {
            continue;
        };
        match &stopped {
            Some(token) if command.name.eq_ignore_ascii_case(token) => stopped = None,
            Some(_) => continue,
            None if command.name.eq_ignore_ascii_case("stop-commands") => stopped = Some(command.data.clone()),
            None => {}
        }
        carried.push(command);
    }
    assert_eq!(stopped, None, "the runner still looks for the token when the step ends");
    carried
}

/// The runner compares by culture: what has no weight there does not count.
fn weightless(c: char) -> bool {
    c != '\t' && planseal::report::escape::is_hidden(c)
}

/// `::name property=value,…::data`, after white space only.
fn second_version(line: &str, known: &dyn Fn(&str) -> bool) -> Option<Carried> {
    let line: String = line.chars().filter(|c| !weightless(*c)).collect();
    let rest = line.trim_start().strip_prefix("::")?;
    let (info, data) = rest.split_once("::")?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    known(name).then(|| Carried {
        name: name.to_owned(),
        properties: split(properties.trim(), ',', &|text| {
            unescape(
                &[("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")],
                text,
            )
        }),
        data: unescape(&[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")], data),
    })
}

/// `##[name property=value;…]data`, anywhere.
fn first_version(line: &str, known: &dyn Fn(&str) -> bool) -> Option<Carried> {
    let line: String = line.chars().filter(|c| !weightless(*c)).collect();
    let (_, rest) = line.split_once("##[")?;
    let (info, data) = rest.split_once(']')?;
    let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
    known(name).then(|| Carried {
        name: name.to_owned(),
        properties: split(properties, ';', &|text| text.to_owned()),
        data: data.to_owned(),
    })
}

fn split(text: &str, between: char, unescape: &dyn Fn(&str) -> String) -> BTreeMap<String, String> {
    let pairs = text.split(between).filter(|part| !part.is_empty());
    pairs
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, value)| !name.is_empty() && !value.is_empty())
        .map(|(name, value)| (name.to_owned(), unescape(value)))
        .collect()
}

fn unescape(mappings: &[(&str, &str)], text: &str) -> String {
    let mut text = text.to_owned();
    for (token, replacement) in mappings {
        text = text.replace(token, replacement);
    }
    text
}

/// The outputs of a step, as the runner reads the file; the last one of a name counts.
///
/// # Panics
/// Where the runner would fail the step.
pub(crate) fn outputs(file: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = file;
    while let Some((line, _)) = read_line(&mut rest) {
        if line.is_empty() {
            continue;
        }
        let (equals, heredoc) = (line.find('='), line.find("<<"));
        match (equals, heredoc) {
            (equals, Some(at)) if equals.is_none_or(|equals| at < equals) => {
                let (name, delimiter) = line.split_once("<<").unwrap();
                assert!(!name.is_empty() && !delimiter.is_empty(), "invalid format {line:?}");
                let (mut value, mut before) = (String::new(), "");
                loop {
                    let (line, end) = read_line(&mut rest).expect("matching delimiter not found");
                    if line == delimiter {
                        break;
                    }
                    assert!(end, "the end of a value must be followed by a new line");
                    value.push_str(before);
                    value.push_str(line);
                    before = "\n";
                }
                found.insert(name.to_owned(), value);
            }
            (Some(at), _) => {
                found.insert(line[..at].to_owned(), line[at + 1..].to_owned());
            }
            (None, _) => panic!("invalid format {line:?}"),
        }
    }
    found
}

fn read_line<'a>(rest: &mut &'a str) -> Option<(&'a str, bool)> {
    if rest.is_empty() {
        return None;
    }
    match rest.split_once('\n') {
        Some((line, after)) => {
            *rest = after;
            Some((line, true))
        }
        None => Some((std::mem::take(rest), false)),
    }
}
