//! Findings as workflow commands of GitHub Actions, which shows them in the job and at the lines that a change touches.
//!
//! The runner takes ten of each kind from a step and drops the others without a word.

use std::path::{Component, Path, PathBuf};

use super::arrange::{self, Place, in_place};
use super::escape::{cut_middle, prose, visible, visible_lines};
use super::v1::{Finding, Outcome, Report, Setting, SourceLocation, Unread, Verdict};
use super::words;

/// The most errors of a step.
const MOST_ERRORS: usize = 10;
/// The most warnings: what cannot be delivered is a warning of the same step, and must not be the one that is dropped.
const MOST_WARNINGS: usize = 7;
/// The runner cuts a message after 4,096 characters; these are the most of its parts.
const MOST_SUBJECT: usize = 300;
const MOST_MESSAGE: usize = 2_000;
const MOST_SETTLE: usize = 500;
const MOST_FIX: usize = 1_000;
const MOST_TITLE: usize = 200;

/// By what folders files are named.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// The root of the repository in the job, under each name that it has.
    pub workspaces: Vec<PathBuf>,
    /// The folder that relative names start from; the workspace where there is none.
    pub current: Option<PathBuf>,
}

/// One annotation, nothing of it escaped for the runner yet.
struct Annotation {
    title: String,
    message: String,
    place: Option<SourceLocation>,
}

/// The report as workflow commands, one on each line: what breaks the gate as errors, what else a change brings as warnings.
/// What stood before, advice and what is accepted is in the report alone: it would hide the others.
///
/// `elsewhere` says where the rest is, where there is more than the runner takes: `in the job summary`.
#[must_use]
pub fn render(report: &Report, folders: &Folders, elsewhere: &str) -> String {
    let rest = Rest { folders, elsewhere };
    let mut out = rest.commands("error", &errors(report), MOST_ERRORS, "that break the gate");
    out.push_str(&rest.commands(
        "warning",
        &warnings(report),
        MOST_WARNINGS,
        "that do not break the gate",
    ));
    out
}

/// The verdict in one line, of numbers and constants only.
#[must_use]
pub fn verdict(report: &Report) -> String {
    format!(
        "planseal: {} · {}\n",
        words::verdict(report.verdict),
        words::tally(report)
    )
}

/// What breaks the gate, most severe first.
fn errors(report: &Report) -> Vec<Annotation> {
    let findings = in_place(report, Place::Main)
        .into_iter()
        .filter(|finding| finding.blocking);
    let findings = findings.map(|finding| of_finding(report, finding));
    let mut errors: Vec<Annotation> = report.unread.iter().map(of_unread).chain(findings).collect();
    if errors.is_empty() && report.verdict != Verdict::Pass {
        errors.extend(report.gate.reasons.iter().map(|reason| Annotation {
            title: "The gate does not hold".into(),
            message: cut_middle(&prose(reason), MOST_MESSAGE),
            place: None,
        }));
    }
    errors
}

/// What loosens the check, and what is new and does not break the gate.
fn warnings(report: &Report) -> Vec<Annotation> {
    let configurations = report.configurations.iter();
    let settings = configurations.flat_map(|one| {
        let file = one.file.as_deref();
        arrange::settings(one, true).map(move |setting| of_setting(file, setting))
    });
    let main = in_place(report, Place::Main)
        .into_iter()
        .filter(|finding| !finding.blocking);
    let minor = in_place(report, Place::Minor);
    let findings = main.chain(minor).map(|finding| of_finding(report, finding));
    settings.chain(findings).collect()
}

fn of_finding(report: &Report, finding: &Finding) -> Annotation {
    let plan = (report.plans.len() > 1 && !finding.plan.is_empty()).then_some(finding.plan.as_str());
    let is_news = |address: &&str| !finding.message.contains(&format!("`{address}`"));
    let address = finding.address.as_deref().filter(is_news);
    let subject = [plan, address].into_iter().flatten();
    let subject: Vec<String> = subject.map(|part| cut_middle(&prose(part), MOST_SUBJECT)).collect();
    let mut message = match subject.is_empty() {
        true => String::new(),
        false => format!("{}: ", subject.join(" · ")),
    };
    message.push_str(&cut_middle(&prose(&finding.message), MOST_MESSAGE));
    if let Some(settle) = &finding.settle {
        message.push_str(&format!("\nTo settle it: {}", cut_middle(&prose(settle), MOST_SETTLE)));
    }
    // In one line a comment would swallow what follows it.
    let fix = visible_lines(&finding.fix).join("\n");
    if !fix.trim().is_empty() {
        message.push_str(&format!("\nFix:\n{}", cut_middle(&fix, MOST_FIX)));
    }
    let unsure = match finding.outcome {
        Outcome::Undetermined => "Undetermined: ",
        _ => "",
    };
    Annotation {
        title: format!("{unsure}{}", prose(&finding.title)),
        message,
        place: finding.location.clone(),
    }
}

fn of_unread(unread: &Unread) -> Annotation {
    let told = |text: &str| cut_middle(&prose(text), MOST_FIX);
    Annotation {
        title: "An input could not be read".into(),
        message: format!(
            "{}: {}\n{}",
            cut_middle(&prose(&unread.path), MOST_SUBJECT),
            told(&unread.message),
            told(&unread.help)
        ),
        place: None,
    }
}

fn of_setting(file: Option<&str>, setting: &Setting) -> Annotation {
    let place = |file: &str| SourceLocation {
        file: file.to_owned(),
        line: setting.line.unwrap_or(1),
    };
    Annotation {
        title: format!("A setting of the check is {}", words::setting_change(setting.change)),
        message: format!(
            "{}: {}",
            cut_middle(&prose(&setting.name), MOST_SUBJECT),
            cut_middle(&prose(&words::setting_values(setting)), MOST_MESSAGE)
        ),
        place: file.map(place),
    }
}

/// What all annotations are written with.
struct Rest<'a> {
    folders: &'a Folders,
    elsewhere: &'a str,
}

impl Rest<'_> {
    /// Commands of one kind; where there are too many, the last says how many more there are.
    fn commands(&self, kind: &str, all: &[Annotation], most: usize, what: &str) -> String {
        let number = all.len();
        let shown = if number > most { most.saturating_sub(1) } else { number };
        let mut out: String = all.iter().take(shown).map(|one| self.command(kind, one)).collect();
        if number > shown {
            out.push_str(&self.command(
                kind,
                &Annotation {
                    title: "planseal".into(),
                    message: format!("and {} more {what}, {}", number.saturating_sub(shown), self.elsewhere),
                    place: None,
                },
            ));
        }
        out
    }

    fn command(&self, kind: &str, one: &Annotation) -> String {
        let mut properties = Vec::new();
        if let Some(place) = &one.place
            && let Some(file) = self.folders.in_workspace(&place.file)
        {
            properties.push(format!("file={}", property(&file)));
            properties.push(format!("line={}", place.line.max(1)));
        }
        let title = cut_middle(&one.title, MOST_TITLE);
        if !title.is_empty() {
            properties.push(format!("title={}", property(&title)));
        }
        let gap = if properties.is_empty() { "" } else { " " };
        format!("::{kind}{gap}{}::{}\n", properties.join(","), data(&one.message))
    }
}

impl Folders {
    /// A file as the repository names it: from its root, with slashes. Nothing where it lies outside.
    fn in_workspace(&self, file: &str) -> Option<String> {
        let path = Path::new(file);
        let inside = match (path.is_absolute(), &self.current) {
            (true, _) => self.inside(path)?,
            (false, Some(current)) => self.inside(&current.join(path))?,
            (false, None) => normal(path)?,
        };
        let names: Option<Vec<String>> = inside
            .components()
            .map(|part| Some(part.as_os_str().to_str()?.to_owned()))
            .collect();
        let name = visible(&names?.join("/"));
        (!name.is_empty()).then_some(name)
    }

    fn inside(&self, path: &Path) -> Option<PathBuf> {
        let path = normal(path)?;
        let mut folders = self.workspaces.iter();
        folders.find_map(|folder| Some(path.strip_prefix(folder).ok()?.to_owned()))
    }
}

/// A path without `.` and `..`, by its letters alone; nothing where it leads out of where it starts.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !found.pop() {
                    return None;
                }
            }
            other => found.push(other),
        }
    }
    Some(found)
}

/// Escapes the text of a workflow command.
#[must_use]
pub fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{Folders, data, property};

    #[test]
    fn values_are_escaped_as_the_runner_unescapes_them() {
        assert_eq!(data("100 %0A\r\n::x"), "100 %250A%0D%0A::x");
        assert_eq!(property("a:b,c%3A\n"), "a%3Ab%2Cc%253A%0A");
    }

    #[test]
    fn files_are_named_from_the_workspace() {
        let folders = Folders {
            workspaces: vec!["/github/workspace".into()],
            current: Some("/github/workspace/infra".into()),
        };
        for (file, expected) in [
            ("main.tf", Some("infra/main.tf")),
            ("../modules/./db/main.tf", Some("modules/db/main.tf")),
            ("/github/workspace/a.tf", Some("a.tf")),
            ("../../../etc/passwd", None),
            ("../../../../../x", None),
            ("/etc/passwd", None),
            ("/github/workspace-2/x.tf", None),
            ("/github/workspace", None),
            ("a  b\n.tf", Some("infra/a  b\\u{a}.tf")),
        ] {
            assert_eq!(folders.in_workspace(file).as_deref(), expected, "{file}");
        }
        let plain = Folders::default();
        assert_eq!(plain.in_workspace("./a/b.tf").as_deref(), Some("a/b.tf"));
        for outside in ["../a.tf", "/a.tf", ""] {
            assert_eq!(plain.in_workspace(outside), None, "{outside}");
        }
    }
}
