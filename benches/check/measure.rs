//! Runs a process and says what it used.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use wait4::Wait4;

/// A program with its arguments.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    path: PathBuf,
    arguments: Vec<OsString>,
    /// What it may end with.
    codes: &'static [i32],
}

/// What one run used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    /// In the program and in the kernel for it.
    pub(crate) cpu: Duration,
    pub(crate) wall: Duration,
    /// The most memory that was resident at a time, in bytes.
    pub(crate) peak: u64,
}

impl Program {
    pub(crate) fn new(name: &'static str, path: &Path, arguments: &[&OsStr], codes: &'static [i32]) -> Self {
        Self {
            name,
            path: path.to_owned(),
            arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(),
            codes,
        }
    }

    /// Runs it once.
    pub(crate) fn run(&self) -> anyhow::Result<Usage> {
        let started = Instant::now();
        let mut child = Command::new(&self.path)
            .args(&self.arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| self.path.display().to_string())?;
        let used = child.wait4()?;
        let wall = started.elapsed();
        let expected = used.status.code().is_some_and(|code| self.codes.contains(&code));
        anyhow::ensure!(expected, "{} ended with {}", self.name, used.status);
        Ok(Usage {
            cpu: used.rusage.utime + used.rusage.stime,
            wall,
            peak: used.rusage.maxrss,
        })
    }
}
