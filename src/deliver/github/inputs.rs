//! The action's inputs as a command line.

use super::Trouble;
use super::context::Environment;

/// The arguments of `planseal` that the inputs stand for. An empty input means the default.
///
/// Every value stays one argument, with its option in front, so that none can become another option.
///
/// # Errors
/// Where an input is missing or cannot be understood.
pub fn arguments(environment: &Environment) -> Result<Vec<String>, Trouble> {
    let plans = lines(environment.input("plan"));
    if plans.is_empty() {
        return Err(Trouble::new(
            "the input `plan` is missing",
            "write `with: { plan: plan.json }`; it takes files, folders and patterns, one on each line",
        ));
    }
    let mut arguments: Vec<String> = ["check", "--deliver=github"].map(String::from).to_vec();
    for policy in lines(environment.input("policy")) {
        arguments.push(format!("--policy={policy}"));
    }
    for name in [
        "planfile",
        "source",
        "config",
        "config-base",
        "gate",
        "min-severity",
        "comment",
        "comment-key",
        "comment-author",
        "pr-number",
    ] {
        arguments.extend(environment.input(name).map(|value| format!("--{name}={value}")));
    }
    arguments.extend(environment.input("report").map(|file| format!("--output=json={file}")));
    match environment.input("allow-partial") {
        None => {}
        Some("true") => arguments.push("--allow-partial".into()),
        Some("false") => arguments.push("--allow-partial=false".into()),
        Some(_) => {
            return Err(Trouble::new(
                "the input `allow-partial` is neither `true` nor `false`",
                "write one of them",
            ));
        }
    }
    for line in lines(environment.input("args")) {
        match line.split_once(char::is_whitespace) {
            Some((option, value)) if option.starts_with("--") => {
                arguments.extend([option.to_owned(), value.trim().to_owned()]);
            }
            _ => arguments.push(line.to_owned()),
        }
    }
    arguments.push("--".into());
    arguments.extend(plans.into_iter().map(String::from));
    Ok(arguments)
}

fn lines(text: Option<&str>) -> Vec<&str> {
    text.unwrap_or_default()
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::arguments;
    use crate::deliver::github::Environment;

    #[test]
    fn inputs_become_arguments() {
        let environment = Environment::new([
            ("INPUT_PLAN", "plans/*.json\n\n  --gate=never \n"),
            ("INPUT_PLANFILE", "tfplan"),
            ("INPUT_SOURCE", "infra"),
            ("INPUT_CONFIG", "../strategy/planseal.yaml"),
            ("INPUT_CONFIG-BASE", "base.yaml"),
            ("INPUT_POLICY", "policies\nmore.yaml"),
            ("INPUT_GATE", "any"),
            ("INPUT_MIN-SEVERITY", ""),
            ("INPUT_ALLOW-PARTIAL", "true"),
            ("INPUT_REPORT", "planseal.json"),
            ("INPUT_ARGS", "--quiet\n--min-judged 3\n--output json=my report.json"),
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
                "--config=../strategy/planseal.yaml",
                "--config-base=base.yaml",
                "--gate=any",
                "--output=json=planseal.json",
                "--allow-partial",
                "--quiet",
                "--min-judged",
                "3",
                "--output",
                "json=my report.json",
                "--",
                "plans/*.json",
                "--gate=never"
            ]
        );
    }

    #[test]
    fn a_missing_plan_is_told() {
        let error = arguments(&Environment::new([("INPUT_PLAN", " \n")])).unwrap_err();
        assert!(error.to_string().contains("`plan` is missing"), "{error}");
    }
}
