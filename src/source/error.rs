//! Why a source cannot be read.

use thiserror::Error;

/// Why a source cannot be read.
#[derive(Debug, Error)]
pub enum SourceError {
    /// A file or folder cannot be read.
    #[error("cannot read the source `{path}`: {cause}")]
    Unreadable {
        /// The file or folder.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// A folder without configuration.
    #[error("`{path}` holds no `.tf` file")]
    NoConfiguration {
        /// The folder.
        path: String,
    },
    /// A file is not valid HCL.
    #[error("{file}:{line}:{column}: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A file is larger than any configuration is.
    #[error("`{path}` is larger than {limit} MiB: that is no Terraform configuration")]
    TooLarge {
        /// The file.
        path: String,
        /// In MiB.
        limit: u64,
    },
    /// A file that should be a binary plan is none.
    #[error("`{path}` is no binary plan: {cause}")]
    NotAPlanfile {
        /// The file.
        path: String,
        /// What is missing.
        cause: String,
    },
}

impl SourceError {
    /// What to do next.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "check the path and its permissions",
            Self::NoConfiguration { .. } => {
                "point `--source` at the folder of the root module, where `terraform plan` ran"
            }
            Self::Syntax { .. } => "run `terraform validate` there, or leave `--source` out",
            Self::TooLarge { .. } => "point `--source` at the folder of the root module",
            Self::NotAPlanfile { .. } => {
                "give `--planfile` the file that `terraform plan -out=FILE` wrote, and the plan itself as JSON (`terraform show -json FILE`)"
            }
        }
    }
}
