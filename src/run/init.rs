//! `planseal init`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::Path;

use anstream::ColorChoice;
use anyhow::{Context, bail};

use crate::cli::Init;
use crate::deliver;
use crate::exit::Exit;
use crate::policy::config::FILE_NAMES;

use super::schema;

/// Where the schemas go: the files that are written name them for editors.
const SCHEMAS: &str = ".planseal/schemas";

/// What is written: the path in the repository, and the text.
const FILES: [(&str, &str); 2] = [
    ("planseal.yaml", include_str!("init/planseal.yaml")),
    (".github/workflows/planseal.yml", include_str!("init/workflow.yml")),
];

/// What `--with-example` adds.
const EXAMPLE: [(&str, &str); 2] = [
    (
        "policies/encryption/s3-bucket-force-destroy.yaml",
        include_str!("init/s3-bucket-force-destroy.yaml"),
    ),
    (
        "policies/encryption/s3-bucket-force-destroy.test.yaml",
        include_str!("init/s3-bucket-force-destroy.test.yaml"),
    ),
];

/// What became of a file.
enum Written {
    Anew,
    Updated,
    Exists,
}

/// Writes the files that are not there yet.
pub(super) fn run(options: &Init, color: ColorChoice) -> anyhow::Result<Exit> {
    let folder = &options.folder;
    if !folder.is_dir() {
        bail!(
            "`{}` is no folder\n  help: name the root of a repository",
            folder.display()
        );
    }
    let example: &[(&str, &str)] = if options.with_example { &EXAMPLE } else { &[] };
    let mut said = String::new();
    let mut anew = 0_usize;
    for (name, text) in FILES.iter().chain(example) {
        let line = match written(folder, name, text)? {
            Written::Anew => {
                anew = anew.saturating_add(1);
                format!("wrote   {name}\n")
            }
            Written::Updated | Written::Exists => format!("exists  {name} (left as it is)\n"),
        };
        said.push_str(&line);
    }
    for (name, text) in schema::files() {
        let name = format!("{SCHEMAS}/{name}");
        let line = match schema_written(folder, &name, &text)? {
            Written::Anew => format!("wrote   {name}\n"),
            Written::Updated => format!("updated {name}\n"),
            Written::Exists => format!("exists  {name}\n"),
        };
        said.push_str(&line);
    }
    said.push_str(&next(anew, options.with_example));
    deliver::to_standard_output(&said, color)?;
    Ok(Exit::Holds)
}

fn next(anew: usize, with_example: bool) -> String {
    if anew == 0 {
        return "\nNothing to do: everything is there already.\n".to_owned();
    }
    let mut text = String::from(
        "\nNext:\n  \
         1. Judge a plan:\n       \
              terraform plan -out tfplan && terraform show -json tfplan > plan.json\n       \
              planseal check plan.json --planfile tfplan\n  \
         2. Tell planseal.yaml what no plan shows: your keys, and how your data is tagged.\n  \
         3. In .github/workflows/planseal.yml, put in OWNER and COMMIT, and the steps that make your plan.\n",
    );
    if with_example {
        text.push_str(
            "  4. Try the rule of your own, and its test:\n       \
                planseal test policies/encryption\n       \
                planseal check plan.json --policy policies/encryption\n     \
                Name its folder in planseal.yaml under `policies`, and it is always there.\n",
        );
    }
    text
}

/// Writes a schema. It is planseal's own, and belongs to the version that wrote it: an older one is replaced.
fn schema_written(folder: &Path, name: &str, text: &str) -> anyhow::Result<Written> {
    if let Written::Anew = written(folder, name, text)? {
        return Ok(Written::Anew);
    }
    let path = folder.join(name);
    if std::fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(Written::Exists);
    }
    std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))?;
    Ok(Written::Updated)
}

/// Writes a file, and never over one that is there.
fn written(folder: &Path, name: &str, text: &str) -> anyhow::Result<Written> {
    let path = folder.join(name);
    // Two configurations in one folder would be an error.
    if FILE_NAMES.contains(&name) {
        for other in FILE_NAMES {
            if folder.join(other).symlink_metadata().is_ok() {
                return Ok(Written::Exists);
            }
        }
    }
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).with_context(|| format!("cannot make the folder `{}`", parent.display()))?;
    }
    match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes())
                .with_context(|| format!("cannot write `{}`", path.display()))?;
            Ok(Written::Anew)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(Written::Exists),
        Err(error) => Err(error).with_context(|| format!("cannot write `{}`", path.display())),
    }
}
