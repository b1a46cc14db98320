//! Test files: what is written, checked.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use crate::eval::Conclusion;
use crate::eval::change::Change;
use crate::policy::load::Source;
use crate::policy::rule::Severity;
use crate::policy::waiver::parse_date;
use crate::policy::yaml::{self, At, Diagnostic, Diagnostics, Entries, Kind, Node, Span, from_node};

/// Test cases of one rule: `X.test.yaml` beside the policy `X.yaml`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TestDoc {
    /// The id of the rule that is tested. Default: the file's name without `.test.yaml`.
    pub rule: Option<At<String>>,
    /// The cases. Each is a plan of its own.
    pub cases: Vec<CaseDoc>,
}

/// One case: a plan in short form (or the file of one), and what the rule must say of it.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CaseDoc {
    /// What the case shows, in a few words. Required, and only once in a file.
    pub name: At<String>,
    /// The resources as they are after the plan, by address: `aws_kms_key.main`, `aws_kms_key.main["a"]`,
    /// `module.m.aws_kms_key.main`, `data.aws_kms_key.main`. Attributes are written as plan JSON shows them: a block is a list
    /// of mappings. What is left out is not set. `"(known after apply)"` stands for a value that the plan does not know, and
    /// `"${aws_kms_key.main.arn}"` for a reference. A resource that is not in `before` is created.
    pub resources: Entries<Option<Entries<At<Value>>>>,
    /// The resources as they are before the plan. One that is in both is updated where it differs; one that is only here is
    /// deleted.
    pub before: Entries<Option<Entries<At<Value>>>>,
    /// Values that AWS reports and nobody wrote, by address: they stand on both sides, and the configuration does not have them.
    pub reported: Entries<Option<Entries<At<Value>>>>,
    /// Addresses that the plan replaces (deletes and creates anew) because of the attributes that differ.
    pub replace: Vec<At<String>>,
    /// Addresses in `before` that leave the state while the object stays (`removed` with `destroy = false`).
    pub forget: Vec<At<String>>,
    /// A plan, instead of `resources`: the output of `terraform show -json`, from the test file's folder.
    pub plan: Option<At<String>>,
    /// The folder of the root module that the plan was made of, from the test file's folder. Default: none.
    pub source: Option<At<String>>,
    /// The configuration that the case is judged under, as `planseal.yaml` would have it. Default: none; the repository's own
    /// `planseal.yaml` is not read. Rules with `each: waiver` look at its waivers; the plan of a case is called `plan`.
    #[schemars(with = "std::collections::BTreeMap<String, Value>")]
    pub config: Option<At<Value>>,
    /// The day on which the case is judged, as `YYYY-MM-DD`. Needed in the tests of rules about waivers, and in no others.
    #[schemars(extend("examples" = ["2026-06-01"]))]
    pub today: Option<At<String>>,
    /// What the rule must say, by address (with `each: waiver`, by the `address` of the waiver). A resource that it has something to say about and that is not here fails the case.
    #[schemars(with = "std::collections::BTreeMap<String, ExpectDoc>")]
    pub expect: Entries<At<Value>>,
}

/// What the rule must say of a resource.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ExpectDoc {
    /// The outcome alone.
    Outcome(OutcomeDoc),
    /// The outcome, and more about it.
    More(MoreDoc),
}

/// An outcome, and what else must be true of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct MoreDoc {
    /// The outcome.
    pub outcome: OutcomeDoc,
    /// How much it matters. Default: not compared.
    pub severity: Option<SeverityDoc>,
    /// What the plan does to it. Default: not compared.
    pub change: Option<ChangeDoc>,
}

/// What a rule can say of a resource.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeDoc {
    /// What is required holds.
    Pass,
    /// It does not.
    Violation,
    /// It does not, and it is only a recommendation.
    Advice,
    /// It cannot be told.
    Undetermined,
    /// There is nothing to judge.
    NotApplicable,
}

/// How much a violation matters.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum SeverityDoc {
    Low,
    Medium,
    High,
    Critical,
}

/// What the plan does to a finding.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeDoc {
    /// New with this plan.
    Introduced,
    /// There before, and worse after.
    Worsened,
    /// There before and after.
    Existing,
    /// There before, gone after: the outcome is then `pass`.
    Fixed,
}

/// A test file that is as it should be.
#[derive(Debug, Clone)]
pub struct TestFile {
    /// Its name.
    pub file: String,
    /// The id of the rule that it tests; its place is unknown where the file's name says it.
    pub rule: At<String>,
    /// The cases.
    pub cases: Vec<Case>,
}

/// A case that is as it should be.
#[derive(Debug, Clone)]
pub struct Case {
    /// As it is written.
    pub doc: CaseDoc,
    /// Its configuration.
    pub config: Option<Node>,
    /// The day on which it is judged.
    pub today: Option<Date>,
    /// What the rule must say.
    pub expect: Vec<(At<String>, Expected)>,
}

/// What the rule must say of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The outcome.
    pub conclusion: Conclusion,
    /// How much it matters, where that is compared.
    pub severity: Option<Severity>,
    /// What the plan does to it, where that is compared.
    pub change: Option<Change>,
}

/// Reads a test file; `None` where it is wrong: that goes into `errors`.
pub fn read(source: &Source, errors: &mut Diagnostics) -> Option<TestFile> {
    let Source { file, text } = source;
    let before = errors.len();
    errors.sources_mut().insert(file.as_str(), text.as_str());
    let root = yaml::load(file, text, &mut |error| errors.push(error))?;
    let doc: TestDoc = from_node(file, &root, errors)?;
    let cases_key = key_of(&root, "cases");
    if doc.cases.is_empty() {
        let span = cases_key.unwrap_or(root.span);
        let help = "write at least one under `cases:`, with `name`, `resources` and `expect`";
        errors.push(Diagnostic::new(file, span, "there is no case").with_help(help));
    }
    let mut names = Vec::new();
    for (position, case) in doc.cases.iter().enumerate() {
        let node = element(&root, position);
        let span = node.map_or(root.span, first_key);
        check(file, span, case, errors);
        if !case.name.value.is_empty() && names.contains(&&case.name.value) {
            let error = Diagnostic::new(file, case.name.span, format!("there are two cases `{}`", case.name));
            errors.push(error.with_help("give each a name of its own"));
        }
        names.push(&case.name.value);
    }
    let rule = doc.rule.clone().unwrap_or_else(|| At {
        value: stem(file).to_owned(),
        span: Span::default(),
    });
    let cases = doc
        .cases
        .into_iter()
        .map(|doc| case(file, &root, doc, errors))
        .collect();
    (errors.len() == before).then(|| TestFile {
        file: file.clone(),
        rule,
        cases,
    })
}

/// The file's name without folder and `.test.yaml`.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".test.yaml")
        .or_else(|| name.strip_suffix(".test.yml"))
        .unwrap_or(name)
}

fn check(file: &str, span: Span, case: &CaseDoc, errors: &mut Diagnostics) {
    let mut error = |span: Span, message: &str, help: &str| {
        errors.push(Diagnostic::new(file, span, message).with_help(help));
    };
    if case.name.value.trim().is_empty() {
        let place = if case.name.span.is_known() {
            case.name.span
        } else {
            span
        };
        error(
            place,
            "the case has no name",
            "say in a few words what it shows: `name: a key that rotates`",
        );
    }
    let short = [&case.resources, &case.before, &case.reported];
    let first = short
        .iter()
        .find_map(|entries| entries.0.first())
        .map(|(address, _)| address.span);
    match (&case.plan, first) {
        (Some(_), Some(first)) => error(
            first,
            "the case has both `plan` and resources in short form",
            "write one of them: a plan file holds its own resources",
        ),
        (None, None) => error(
            span,
            "the case has no resources",
            "write them under `resources:`, by address, or name a plan: `plan: plan.json`",
        ),
        _ => {}
    }
    if let (Some(source), None) = (&case.source, &case.plan) {
        error(
            source.span,
            "`source` without `plan`",
            "it is the folder that the plan file was made of",
        );
    }
    if case.expect.is_empty() {
        let help = "say what the rule must say: `expect: { aws_kms_key.main: pass }`";
        error(span, "the case expects nothing", help);
    }
}

fn case(file: &str, root: &Node, doc: CaseDoc, errors: &mut Diagnostics) -> Case {
    let node = |span: Span| find(root, span).cloned();
    let mut expect = Vec::new();
    for (address, written) in doc.expect.iter() {
        if let Some(expected) = node(written.span).and_then(|node| expected(file, &node, errors)) {
            expect.push((address.clone(), expected));
        }
    }
    Case {
        config: doc.config.as_ref().and_then(|config| node(config.span)),
        today: doc.today.as_ref().and_then(|today| day(file, today, errors)),
        expect,
        doc,
    }
}

fn day(file: &str, written: &At<String>, errors: &mut Diagnostics) -> Option<Date> {
    let day = parse_date(&written.value);
    if day.is_none() {
        let error = Diagnostic::new(file, written.span, format!("`{written}` is not a date"));
        errors.push(error.with_help("write it as YYYY-MM-DD, for example 2026-12-31"));
    }
    day
}

fn expected(file: &str, node: &Node, errors: &mut Diagnostics) -> Option<Expected> {
    let more = match node.kind {
        Kind::Mapping(_) => from_node::<MoreDoc>(file, node, errors)?,
        _ => MoreDoc {
            outcome: from_node(file, node, errors)?,
            severity: None,
            change: None,
        },
    };
    Some(Expected {
        conclusion: match more.outcome {
            OutcomeDoc::Pass => Conclusion::Pass,
            OutcomeDoc::Violation => Conclusion::Violation,
            OutcomeDoc::Advice => Conclusion::Advice,
            OutcomeDoc::Undetermined => Conclusion::Undetermined,
            OutcomeDoc::NotApplicable => Conclusion::NotApplicable,
        },
        severity: more.severity.map(|severity| match severity {
            SeverityDoc::Low => Severity::Low,
            SeverityDoc::Medium => Severity::Medium,
            SeverityDoc::High => Severity::High,
            SeverityDoc::Critical => Severity::Critical,
        }),
        change: more.change.map(|change| match change {
            ChangeDoc::Introduced => Change::Introduced,
            ChangeDoc::Worsened => Change::Worsened,
            ChangeDoc::Existing => Change::Existing,
            ChangeDoc::Fixed => Change::Fixed,
        }),
    })
}

/// The value that stands there; a mapping begins where its first key does.
fn find(node: &Node, span: Span) -> Option<&Node> {
    if node.span == span {
        return Some(node);
    }
    match &node.kind {
        Kind::Sequence(items) => items.iter().find_map(|item| find(item, span)),
        Kind::Mapping(entries) => entries.iter().find_map(|(_, value)| find(value, span)),
        _ => None,
    }
}

fn key_of(root: &Node, name: &str) -> Option<Span> {
    let Kind::Mapping(entries) = &root.kind else {
        return None;
    };
    let found = entries.iter().find(|(key, _)| key.as_str() == Some(name));
    found.map(|(key, _)| key.span)
}

/// A case as it stands in the file.
fn element(root: &Node, position: usize) -> Option<&Node> {
    let Kind::Mapping(entries) = &root.kind else {
        return None;
    };
    let (_, cases) = entries.iter().find(|(key, _)| key.as_str() == Some("cases"))?;
    match &cases.kind {
        Kind::Sequence(items) => items.get(position),
        _ => None,
    }
}

fn first_key(node: &Node) -> Span {
    match &node.kind {
        Kind::Mapping(entries) => entries.first().map_or(node.span, |(key, _)| key.span),
        _ => node.span,
    }
}
