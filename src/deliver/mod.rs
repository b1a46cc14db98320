//! Delivery: finished text to where people look. It cannot change what is said.

pub mod github;

use std::io::{self, Write};
use std::path::Path;

use anstream::{AutoStream, ColorChoice};
use thiserror::Error;

/// A destination that could not be written.
#[derive(Debug, Error)]
#[error("cannot write `{path}`")]
pub struct WriteError {
    /// The file.
    path: String,
    /// What the system says.
    source: io::Error,
}

/// Writes a finished report into a file; colours are left out.
///
/// # Errors
/// Where the system refuses.
pub fn to_file(path: &Path, text: &str) -> Result<(), WriteError> {
    let plain = anstream::adapter::strip_str(text).to_string();
    std::fs::write(path, plain).map_err(|source| WriteError {
        path: path.display().to_string(),
        source,
    })
}

/// Gives a file to the owner of its folder. In a container that runs as root, a file left in a mounted workspace could
/// otherwise not be changed or removed by the job's later steps.
pub fn give_to_owner_of_folder(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, chown};
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Ok(owner) = std::fs::metadata(folder.unwrap_or(Path::new("."))) {
            // Only root may give files away, and whoever is not root has no need to.
            let _ = chown(path, Some(owner.uid()), Some(owner.gid()));
        }
    }
}

/// Writes a finished report to standard output. A reader that closes the pipe early has seen enough.
///
/// # Errors
/// Where the system refuses.
pub fn to_standard_output(text: &str, color: ColorChoice) -> Result<(), WriteError> {
    let mut out = AutoStream::new(io::stdout(), color).lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(source) if source.kind() != io::ErrorKind::BrokenPipe => Err(WriteError {
            path: "standard output".into(),
            source,
        }),
        _ => Ok(()),
    }
}

/// Writes a message to standard error; where that is closed there is nobody left to tell.
pub fn to_standard_error(text: &str, color: ColorChoice) {
    let mut out = AutoStream::new(io::stderr(), color).lock();
    let _ = out.write_all(text.as_bytes());
}
