//! One case: its plan is judged, and what the rule says is compared with what the case expects.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::case::{Case, Expected, TestFile};
use super::coverage::Coverage;
use super::{CaseResult, Got, Mismatch, short, waivers};
use crate::eval::record::Recorder;
use crate::eval::words::Values;
use crate::eval::{Conclusion, Facts, Opinion, Settings};
use crate::model::Model;
use crate::plan::find::Input;
use crate::plan::{self, Plan};
use crate::policy::Policies;
use crate::policy::load::Files;
use crate::policy::rule::{Rule, Subject};
use crate::policy::yaml::{At, Diagnostic, Diagnostics, suggest};
use crate::source::Source;

/// How the plan of a case is called.
const PLAN_NAME: &str = "plan";

/// Judges a case; `None` where it is wrong: that goes into `errors`.
pub(super) fn case(
    file: &TestFile,
    case: &Case,
    (files, policies): (&Files, &Policies),
    coverage: &mut Coverage,
    errors: &mut Diagnostics,
) -> Option<CaseResult> {
    let wrong = errors.len();
    let under = match &case.config {
        None => None,
        Some(config) => Some(files.under_part(&file.file, config, case.today, errors)?),
    };
    let policies = under.as_ref().unwrap_or(policies);
    let mut plan = plan_of(file, case, policies, errors)?;
    let source = source_of(file, case, errors)?;
    if errors.len() > wrong {
        return None;
    }
    let mut model = Model::new(&mut plan);
    if let (Some(source), Some(written)) = (&source, &case.doc.source)
        && let Err(disagreement) = model.use_source(source, &policies.wanted())
    {
        let message = format!("`{written}` is not what the plan was made of: {disagreement}");
        errors.push(Diagnostic::new(&file.file, written.span, message).with_help("name the folder of its root module"));
        return None;
    }
    let recorder = Recorder::default();
    let settings = Settings {
        today: case.today,
        plan: PLAN_NAME.to_owned(),
    };
    let mut facts = Facts::new(&model, policies).under(settings);
    let rule = policies.rules.iter().find(|rule| rule.id == file.rule.value)?;
    let got = if rule.subject == Subject::Waivers {
        let today = waivers::known(file, case, policies, errors)?;
        waivers::opinions(&facts, rule, today, &recorder)
    } else {
        facts.recorder = Some(&recorder);
        known_addresses(file, case, &model, errors)?;
        opinions(&facts, rule)
    };
    let expected = case.expect.iter().map(|(_, expected)| expected.conclusion);
    coverage.add(rule, expected, &recorder);
    Some(CaseResult {
        name: case.doc.name.value.clone(),
        line: case.doc.name.span.line,
        mismatches: mismatches(case, rule, &got),
    })
}

fn plan_of(file: &TestFile, case: &Case, policies: &Policies, errors: &mut Diagnostics) -> Option<Plan> {
    let (bytes, place) = match &case.doc.plan {
        None => (
            short::plan_text(&file.file, &case.doc, errors)?.into_bytes(),
            &case.doc.name,
        ),
        Some(written) => match Input::File(beside(file, written)).read() {
            Ok(bytes) => (bytes, written),
            Err(error) => {
                let diagnostic = Diagnostic::new(&file.file, written.span, error.to_string());
                errors.push(diagnostic.with_help("the path starts at the folder of this file"));
                return None;
            }
        },
    };
    let mut wanted = policies.wanted();
    wanted.relevant = case.doc.source.is_some();
    let mut documents = plan::read(bytes, &wanted);
    let mut refuse = |message: String, help: String| {
        errors.push(Diagnostic::new(&file.file, place.span, message).with_help(help));
    };
    match (documents.pop(), documents.is_empty()) {
        (Some(Ok(plan)), true) => Some(plan),
        (Some(Err(refusal)), true) => {
            refuse(refusal.to_string(), refusal.help());
            None
        }
        _ => {
            refuse(
                "the file holds several plans".to_owned(),
                "a case is about one plan: give each a file of its own".to_owned(),
            );
            None
        }
    }
}

fn source_of(file: &TestFile, case: &Case, errors: &mut Diagnostics) -> Option<Option<Source>> {
    let Some(written) = &case.doc.source else {
        return Some(None);
    };
    match Source::from_folder(&beside(file, written)) {
        Ok(source) => Some(Some(source)),
        Err(error) => {
            errors.push(Diagnostic::new(&file.file, written.span, error.to_string()).with_help(error.help()));
            None
        }
    }
}

/// A path that starts at the test file's folder.
fn beside(file: &TestFile, written: &At<String>) -> PathBuf {
    let folder = Path::new(&file.file).parent().unwrap_or(Path::new(""));
    folder.join(&written.value)
}

fn known_addresses(file: &TestFile, case: &Case, model: &Model<'_>, errors: &mut Diagnostics) -> Option<()> {
    let known: Vec<&str> = model
        .resources()
        .map(|(_, resource)| resource.address.as_str())
        .collect();
    only_of(file, case, ("resource", "resources"), &known, errors)
}

/// Reports what is expected of anything but these.
pub(super) fn only_of(
    file: &TestFile,
    case: &Case,
    (one, several): (&str, &str),
    known: &[&str],
    errors: &mut Diagnostics,
) -> Option<()> {
    let mut fine = Some(());
    for (address, _) in &case.expect {
        if known.contains(&address.value.as_str()) {
            continue;
        }
        let help = suggest(&address.value, known.iter().copied()).map_or_else(
            || format!("expect something of the {several} that the case holds"),
            |close| format!("did you mean `{close}`?"),
        );
        let message = format!("the case has no {one} `{address}`");
        errors.push(Diagnostic::new(&file.file, address.span, message).with_help(help));
        fine = None;
    }
    fine
}

/// What the rule says of each resource that it looks at. Of several parts, the worst counts.
fn opinions<'a>(facts: &'a Facts<'a>, rule: &'a Rule) -> BTreeMap<String, Got> {
    let users = facts.users();
    let mut found: BTreeMap<String, Got> = BTreeMap::new();
    for opinion in facts.opinions(rule, &users) {
        let address = facts.model.resource(opinion.resource()).address.clone();
        let values = Values::new(facts, rule, opinion.target, opinion.side(), &users);
        let got = got(rule, &opinion, &values);
        match found.get(&address) {
            Some(there) if (there.conclusion, there.change) <= (got.conclusion, got.change) => {}
            _ => {
                found.insert(address, got);
            }
        }
    }
    found
}

fn got(rule: &Rule, opinion: &Opinion<'_>, values: &Values) -> Got {
    let conclusion = opinion.conclusion();
    let said = match (&rule.missing, opinion.target.missing) {
        (Some(missing), true) => &missing.advice,
        _ => &rule.message,
    };
    let bad = matches!(conclusion, Conclusion::Violation | Conclusion::Advice);
    Got {
        conclusion,
        severity: opinion.severity(),
        change: opinion.change(),
        part: opinion.part().map(str::to_owned),
        message: bad.then(|| said.fill(|name| values.get(name))),
        doubts: opinion.doubts().to_vec(),
    }
}

/// Expected ones in the order in which they are written, then unexpected ones.
fn mismatches(case: &Case, rule: &Rule, got: &BTreeMap<String, Got>) -> Vec<Mismatch> {
    let nothing = Got {
        conclusion: Conclusion::NotApplicable,
        severity: rule.severity,
        change: None,
        part: None,
        message: None,
        doubts: Vec::new(),
    };
    let mut found = Vec::new();
    for (address, expected) in &case.expect {
        let got = got.get(&address.value).unwrap_or(&nothing);
        if !expected.met_by(got) {
            found.push(Mismatch {
                address: address.value.clone(),
                expected: Some(*expected),
                got: got.clone(),
            });
        }
    }
    for (address, got) in got {
        let expected = case.expect.iter().any(|(one, _)| one.value == *address);
        let silent = matches!(got.conclusion, Conclusion::Pass | Conclusion::NotApplicable);
        if !expected && !silent {
            found.push(Mismatch {
                address: address.clone(),
                expected: None,
                got: got.clone(),
            });
        }
    }
    found
}

impl Expected {
    fn met_by(&self, got: &Got) -> bool {
        self.conclusion == got.conclusion
            && self.severity.is_none_or(|severity| severity == got.severity)
            && self.change.is_none_or(|change| Some(change) == got.change)
    }
}
