//! Reports that others made: found, and read with bounds.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::plan::find::{FindError, Input, find};
use crate::report::merge::Part;
use crate::report::received::{self, LARGEST};
use crate::report::v1::Unread;

/// The most bytes of all reports together.
const LARGEST_OF_ALL: usize = 256 << 20;
/// The most reports.
const MOST: usize = 1_000;

const HELP: &str = "pass what `planseal check --output json=FILE` wrote, as a file, a folder or through `-`";

/// What became of the arguments.
#[derive(Debug, Default)]
pub(super) struct Received {
    /// The reports.
    pub(super) parts: Vec<Part>,
    /// What could not be read.
    pub(super) unread: Vec<Unread>,
}

/// A file with the folder that somebody trusted named; what lies below may be anybody's.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    file: Option<PathBuf>,
    folder: PathBuf,
}

/// Reads every report that the arguments name, each once.
pub(super) fn receive(arguments: &[String]) -> Received {
    let mut received = Received::default();
    let mut inputs: Vec<Named> = Vec::new();
    for argument in arguments {
        match find(argument) {
            Ok(found) => inputs.extend(found.into_iter().map(|input| named(argument, input))),
            Err(error) => received.refuse(argument.clone(), error.to_string(), help(&error)),
        }
    }
    inputs.sort_by(|one, other| one.file.cmp(&other.file));
    inputs.dedup_by(|one, other| one.file == other.file);
    let left_out = inputs.len().saturating_sub(MOST);
    if left_out > 0 {
        received.refuse(
            format!("{left_out} more files"),
            format!("at most {MOST} reports are read"),
            "post fewer at once, each lot under a `--comment-key` of its own",
        );
    }
    let mut room = LARGEST_OF_ALL;
    for input in inputs.iter().take(MOST) {
        received.read(input, &mut room);
    }
    received
}

fn named(argument: &str, input: Input) -> Named {
    let Input::File(file) = input else {
        return Named {
            file: None,
            folder: PathBuf::new(),
        };
    };
    let folder = match Path::new(argument).symlink_metadata() {
        // The folder itself may be a link that the workflow made.
        Ok(_) if file != Path::new(argument) => PathBuf::from(argument),
        Ok(_) => file.parent().map(Path::to_path_buf).unwrap_or_default(),
        // Up to where the pattern begins.
        Err(_) => {
            let parts = Path::new(argument).components();
            let plain = |part: &std::path::Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']);
            parts.take_while(plain).collect()
        }
    };
    Named {
        file: Some(file),
        folder,
    }
}

fn help(error: &FindError) -> &'static str {
    match error {
        FindError::NoMatch(_) | FindError::Pattern { .. } => {
            "quote patterns, and check the folder that they start from"
        }
        FindError::Unreadable { .. } => "check that it is a file, and its permissions",
        FindError::Missing(_) | FindError::EmptyFolder(_) => {
            "check that the job that judges wrote its report (`--output json=FILE`), and that it was uploaded and downloaded"
        }
    }
}

impl Received {
    fn refuse(&mut self, path: String, message: String, help: &str) {
        self.unread.push(Unread {
            path,
            message,
            help: help.to_owned(),
        });
    }

    fn read(&mut self, input: &Named, room: &mut usize) {
        let from = input
            .file
            .as_ref()
            .map_or("-".into(), |file| file.display().to_string());
        let most = LARGEST.min(*room);
        let bytes = match input.read(most) {
            Ok(bytes) => bytes,
            Err(error) => return self.refuse(from, error.to_string(), HELP),
        };
        if bytes.len() > most {
            let most = match most {
                LARGEST => format!("it has more than {} MiB, the most of one report", LARGEST >> 20),
                _ => format!("all reports together have more than {} MiB", LARGEST_OF_ALL >> 20),
            };
            return self.refuse(
                from,
                most,
                "judge fewer plans in one run, or post fewer reports at once",
            );
        }
        *room = room.saturating_sub(bytes.len());
        match received::read(&bytes) {
            Ok(report) => self.parts.push(Part { from, report }),
            Err(refusal) => self.refuse(
                format!("{from}{}", refusal.place()),
                refusal.to_string(),
                refusal.help(),
            ),
        }
    }
}

impl Named {
    /// Its bytes, one more than `most` where there are more.
    fn read(&self, most: usize) -> io::Result<Vec<u8>> {
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        match &self.file {
            None => io::stdin().lock().take(limit).read_to_end(&mut bytes)?,
            Some(file) => {
                self.is_plain(file)?;
                File::open(file)?.take(limit).read_to_end(&mut bytes)?
            }
        };
        Ok(bytes)
    }

    /// Whoever packs an artifact could put a link into it that leads to a file of this machine, or something that never ends.
    fn is_plain(&self, file: &Path) -> io::Result<()> {
        let inner = file.strip_prefix(&self.folder).unwrap_or(file);
        let mut path = if inner == file {
            PathBuf::new()
        } else {
            self.folder.clone()
        };
        let mut kind = None;
        for part in inner.components() {
            path.push(part);
            let found = path.symlink_metadata()?.file_type();
            if found.is_symlink() {
                return Err(io::Error::other(
                    "it is a link, or lies behind one, and links are not followed",
                ));
            }
            kind = Some(found);
        }
        match kind.is_some_and(|kind| kind.is_file()) {
            true => Ok(()),
            false => Err(io::Error::other("it is no regular file")),
        }
    }
}
