//! The test cases of a rule that are its examples.

use std::io::ErrorKind;
use std::path::Path;

use anstream::ColorChoice;

use crate::deliver;
use crate::policy::builtin;
use crate::policy::load::Source;
use crate::policy::yaml::Diagnostics;
use crate::report::rules::v1::{Example, Rule};
use crate::report::v1::PolicyLocation;
use crate::testing::{case, example};

/// The examples of a rule; none where it has no test file beside it. One that cannot be read is named: the rule is explained
/// in any case.
pub(super) fn examples(rule: &Rule, color: ColorChoice) -> Vec<Example> {
    let source = match tests_of(rule) {
        Ok(Some(source)) => source,
        Ok(None) => return Vec::new(),
        Err(trouble) => {
            deliver::to_standard_error(&format!("note: {trouble}\n"), color);
            return Vec::new();
        }
    };
    let mut errors = Diagnostics::new();
    let file = case::read(&source, &mut errors);
    let Some(file) = file.filter(|_| errors.is_empty()) else {
        let note = format!(
            "note: `{0}` has mistakes, so there are no examples: `planseal test {0}` names them\n",
            source.file
        );
        deliver::to_standard_error(&note, color);
        return Vec::new();
    };
    match file.rule.value == rule.id {
        true => example::examples(&file)
            .into_iter()
            .map(|one| shown(&source.file, one))
            .collect(),
        false => Vec::new(),
    }
}

fn shown(file: &str, one: example::Example) -> Example {
    let written = |hcl: String| Some(hcl).filter(|hcl| !hcl.is_empty());
    Example {
        name: one.name,
        outcome: one.conclusion.word().to_owned(),
        addresses: one.addresses,
        before: written(one.before),
        after: written(one.after),
        source: PolicyLocation {
            file: file.to_owned(),
            line: one.line,
        },
    }
}

/// The file of test cases beside a rule: of a built-in one it is built in, too.
fn tests_of(rule: &Rule) -> Result<Option<Source>, String> {
    let policy = Path::new(&rule.policy.file);
    let builtin_rule = builtin::sources()
        .into_iter()
        .any(|one| one.file == rule.policy.file && one.text == rule.source);
    for extension in ["test.yaml", "test.yml"] {
        let path = policy.with_extension(extension);
        let file = path.display().to_string();
        if builtin_rule {
            match builtin::tests().into_iter().find(|one| one.file == file) {
                Some(found) => return Ok(Some(found)),
                None => continue,
            }
        }
        match std::fs::read_to_string(&path) {
            Ok(text) => return Ok(Some(Source { file, text })),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(format!("cannot read the test file `{file}`: {error}")),
        }
    }
    Ok(None)
}
