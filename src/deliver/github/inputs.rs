//! The action's inputs as a command line.

use super::Trouble;
use super::context::Environment;

/// What an input of `action.yml` becomes.
#[derive(Debug, Clone, Copy)]
enum Becomes {
    /// What the command works on, one on each line.
    Operands,
    /// The option of its name.
    Option,
    /// The option of its name, once for each line.
    Options,
    /// The option of its name, with `true` or `false`.
    Truth,
    /// The option of its name, where it is `true`.
    Flag,
    /// A file that the report is written to, as JSON.
    JsonFile,
    /// Options as they are, one on each line.
    Arguments,
}

/// Which command an input belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    Check,
    Post,
    Both,
}

/// The inputs that become arguments. `github-token` is none of them: a token never stands on a command line.
const INPUTS: [(&str, Becomes, Of); 22] = [
    ("plan", Becomes::Operands, Of::Check),
    ("reports", Becomes::Operands, Of::Post),
    ("policy", Becomes::Options, Of::Check),
    ("planfile", Becomes::Option, Of::Check),
    ("source", Becomes::Option, Of::Check),
    ("plan-name", Becomes::Option, Of::Check),
    ("config", Becomes::Option, Of::Check),
    ("config-base", Becomes::Option, Of::Check),
    ("config-base-ref", Becomes::Option, Of::Check),
    ("gate", Becomes::Option, Of::Check),
    ("min-severity", Becomes::Option, Of::Check),
    ("undetermined", Becomes::Option, Of::Check),
    ("min-judged", Becomes::Option, Of::Check),
    ("allow-partial", Becomes::Truth, Of::Check),
    ("deliver-only", Becomes::Flag, Of::Post),
    ("comment", Becomes::Option, Of::Both),
    ("comment-key", Becomes::Option, Of::Both),
    ("comment-author", Becomes::Option, Of::Both),
    ("pr-number", Becomes::Option, Of::Both),
    ("require-delivery", Becomes::Flag, Of::Both),
    ("report", Becomes::JsonFile, Of::Both),
    ("args", Becomes::Arguments, Of::Both),
];

/// The arguments of `planseal` that the inputs stand for: of `post` where `reports` is given, else of `check`. An empty
/// input means the default.
///
/// Every value stays one argument, with its option in front, so that none can become another option.
///
/// # Errors
/// Where an input is missing, cannot be understood, or belongs to the other command.
pub fn arguments(environment: &Environment) -> Result<Vec<String>, Trouble> {
    let command = command(environment)?;
    let mut arguments: Vec<String> = match command {
        Of::Post => vec!["post".into()],
        Of::Check | Of::Both => vec!["check".into(), "--deliver=github".into()],
    };
    let mut operands = Vec::new();
    for (name, becomes, of) in INPUTS {
        let Some(value) = environment.input(name) else { continue };
        if of != Of::Both && of != command {
            return Err(misplaced(name, command));
        }
        match becomes {
            Becomes::Operands => operands.extend(lines(value).map(String::from)),
            Becomes::Option => arguments.push(format!("--{name}={value}")),
            Becomes::Options => arguments.extend(lines(value).map(|line| format!("--{name}={line}"))),
            Becomes::Truth => arguments.push(format!("--{name}={}", truth(name, value)?)),
            Becomes::Flag => arguments.extend(truth(name, value)?.then(|| format!("--{name}"))),
            Becomes::JsonFile => arguments.push(format!("--output=json={value}")),
            Becomes::Arguments => arguments.extend(lines(value).flat_map(argument)),
        }
    }
    arguments.push("--".into());
    arguments.append(&mut operands);
    Ok(arguments)
}

/// Which command the inputs are for.
fn command(environment: &Environment) -> Result<Of, Trouble> {
    match (environment.input("plan"), environment.input("reports")) {
        (Some(_), None) => Ok(Of::Check),
        (None, Some(_)) => Ok(Of::Post),
        (None, None) => Err(Trouble::new(
            "the input `plan` is missing",
            "write `with: { plan: plan.json }`; it takes files, folders and patterns, one on each line \
             (or `reports`, for reports of earlier jobs)",
        )),
        (Some(_), Some(_)) => Err(Trouble::new(
            "the inputs `plan` and `reports` are both given",
            "judge plans in one step, with `report:`, and deliver the reports in another, with `reports:`",
        )),
    }
}

fn misplaced(name: &str, command: Of) -> Trouble {
    let mend = match command {
        Of::Post => "leave it out: reports are not judged again, so it belongs to the step that has `plan`",
        Of::Check | Of::Both => "leave it out: it belongs to a step that has `reports`",
    };
    Trouble::new(format!("the input `{name}` does nothing here"), mend)
}

fn truth(name: &str, value: &str) -> Result<bool, Trouble> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Trouble::new(
            format!("the input `{name}` is neither `true` nor `false`"),
            "write one of them",
        )),
    }
}

/// A line of `args`: an option, and its value after a space.
fn argument(line: &str) -> Vec<String> {
    match line.split_once(char::is_whitespace) {
        Some((option, value)) if option.starts_with("--") => vec![option.to_owned(), value.trim().to_owned()],
        _ => vec![line.to_owned()],
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use serde_json::Value;

    use super::{INPUTS, Of, arguments};
    use crate::deliver::github::Environment;

    #[test]
    fn inputs_become_arguments() {
        let environment = Environment::new([
            ("INPUT_PLAN", "plans/*.json\n\n  --gate=never \n"),
            ("INPUT_PLANFILE", "tfplan"),
            ("INPUT_SOURCE", "infra"),
            ("INPUT_PLAN-NAME", "prod"),
            ("INPUT_CONFIG", "../strategy/planseal.yaml"),
            ("INPUT_CONFIG-BASE", "base.yaml"),
            ("INPUT_CONFIG-BASE-REF", "origin/main"),
            ("INPUT_POLICY", "policies\nmore.yaml"),
            ("INPUT_GATE", "any"),
            ("INPUT_MIN-SEVERITY", ""),
            ("INPUT_UNDETERMINED", "warn"),
            ("INPUT_MIN-JUDGED", "3"),
            ("INPUT_ALLOW-PARTIAL", "true"),
            ("INPUT_COMMENT", "always"),
            ("INPUT_COMMENT-KEY", "prod"),
            ("INPUT_COMMENT-AUTHOR", "judge[bot]"),
            ("INPUT_PR-NUMBER", "7"),
            ("INPUT_REQUIRE-DELIVERY", "true"),
            ("INPUT_REPORT", "planseal.json"),
            ("INPUT_GITHUB-TOKEN", "ghs_t0k3n"),
            (
                "INPUT_ARGS",
                "--quiet\n--today 2026-12-01\n--output json=my report.json",
            ),
        ]);
        assert_eq!(
            arguments(&environment).unwrap(),
            [
                "check",
                "--deliver=github",
                "--policy=policies",
                "--policy=more.yaml",
                "--planfile=tfplan",
                "--source=infra",
                "--plan-name=prod",
                "--config=../strategy/planseal.yaml",
                "--config-base=base.yaml",
                "--config-base-ref=origin/main",
                "--gate=any",
                "--undetermined=warn",
                "--min-judged=3",
                "--allow-partial=true",
                "--comment=always",
                "--comment-key=prod",
                "--comment-author=judge[bot]",
                "--pr-number=7",
                "--require-delivery",
                "--output=json=planseal.json",
                "--quiet",
                "--today",
                "2026-12-01",
                "--output",
                "json=my report.json",
                "--",
                "plans/*.json",
                "--gate=never"
            ]
        );
    }

    #[test]
    fn reports_are_delivered_and_not_judged_again() {
        let reports = [("INPUT_REPORTS", "reports/*.json"), ("INPUT_DELIVER_ONLY", "true")];
        let more = [("INPUT_COMMENT_KEY", "all"), ("INPUT_REQUIRE_DELIVERY", "false")];
        let environment = Environment::new(reports.into_iter().chain(more));
        assert_eq!(
            arguments(&environment).unwrap(),
            ["post", "--deliver-only", "--comment-key=all", "--", "reports/*.json"]
        );
    }

    fn refusal<const N: usize>(inputs: [(&str, &str); N]) -> String {
        arguments(&Environment::new(inputs)).unwrap_err().to_string()
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        assert!(refusal([("INPUT_PLAN", " \n")]).contains("`plan` is missing"));
        assert!(refusal([("INPUT_PLAN", "a"), ("INPUT_REPORTS", "b")]).contains("both given"));
        assert!(refusal([("INPUT_PLAN", "a"), ("INPUT_DELIVER-ONLY", "true")]).contains("`deliver-only` does nothing"));
        assert!(refusal([("INPUT_PLAN", "a"), ("INPUT_REQUIRE-DELIVERY", "yes")]).contains("neither"));
        for (name, _, of) in INPUTS {
            if of == Of::Check && name != "plan" {
                let variable = format!("INPUT_{}", name.to_uppercase());
                let told = refusal([("INPUT_REPORTS", "a"), (&variable, "true")]);
                assert!(told.contains(&format!("`{name}` does nothing")), "{told}");
            }
        }
    }

    #[test]
    fn the_action_declares_exactly_what_is_read() {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).unwrap();
        let action: Value = serde_saphyr::from_str(&text).unwrap();
        let inputs = action["inputs"].as_object().unwrap();
        let declared: BTreeSet<&str> = inputs.keys().map(String::as_str).collect();
        let read = INPUTS.iter().map(|(name, ..)| *name).chain(["github-token"]);
        assert_eq!(declared, read.collect());
        for (name, input) in inputs {
            let default = input["default"].as_str().unwrap();
            let token = name == "github-token";
            assert_eq!(default, if token { "${{ github.token }}" } else { "" }, "{name}");
        }
    }
}
