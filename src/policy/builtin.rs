//! The policies that come with planseal, embedded as they stand under `policies/`.

use include_dir::{Dir, DirEntry, include_dir};

use super::load::{Source, is_test_file};

static POLICIES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/policies");

/// The embedded policy files, by path; names begin with `policies/`.
pub fn sources() -> Vec<Source> {
    let mut found = files();
    found.retain(|source| !is_test_file(&source.file));
    found
}

/// The embedded files of test cases, by path: `policies/rules/ID.test.yaml` is about the rule with that id.
pub fn tests() -> Vec<Source> {
    let mut found = files();
    found.retain(|source| is_test_file(&source.file));
    found
}

fn files() -> Vec<Source> {
    let mut found = Vec::new();
    collect(&POLICIES, &mut found);
    found.sort_by(|left, right| left.file.cmp(&right.file));
    found
}

fn collect(folder: &Dir<'_>, found: &mut Vec<Source>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(inner) => collect(inner, found),
            DirEntry::File(file) => {
                let is_policy = file.path().extension().is_some_and(|extension| extension == "yaml");
                if let (true, Some(text)) = (is_policy, file.contents_utf8()) {
                    found.push(Source {
                        file: format!("policies/{}", file.path().display()),
                        text: text.to_owned(),
                    });
                }
            }
        }
    }
}
