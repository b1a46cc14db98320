//! `docs/coverage.md` is made of the demands in `tests/coverage/demands.yaml` and of what rules say that they implement.

use std::collections::BTreeSet;
use std::fmt::Write;

use planseal::policy::rule::Rule;
use planseal::report::v1::{Outcome, Verdict};
use serde::Deserialize;

use crate::common::{POLICIES, judge, read, testdata};
use crate::schemas::root;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    document: String,
    controls: Vec<String>,
    parts: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    title: String,
    demands: Vec<Demand>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Demand {
    demand: String,
    #[serde(default)]
    rules: Vec<String>,
    /// Every rule with one of the document's controls that no other demand of the document names.
    #[serde(default)]
    and_all_other_rules: bool,
    #[serde(default)]
    metrics: Vec<String>,
    not_in_a_plan: Option<String>,
}

fn documents() -> Vec<Document> {
    let text = std::fs::read_to_string(root().join("tests/coverage/demands.yaml")).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

impl Document {
    fn demands(&self) -> impl Iterator<Item = &Demand> {
        self.parts.iter().flat_map(|part| &part.demands)
    }

    fn implements(&self, rule: &Rule) -> bool {
        rule.controls.iter().any(|control| self.controls.contains(control))
    }

    /// The rules of this document that no demand names.
    fn others(&self) -> Vec<&'static str> {
        let named: BTreeSet<&str> = self.demands().flat_map(|one| &one.rules).map(String::as_str).collect();
        let own = POLICIES.rules.iter().filter(|rule| self.implements(rule));
        own.map(|rule| rule.id.as_str())
            .filter(|id| !named.contains(id))
            .collect()
    }
}

#[test]
fn every_demand_is_answered_and_every_rule_answers_one() {
    for document in documents() {
        for demand in document.demands() {
            let answered = !demand.rules.is_empty() || demand.and_all_other_rules;
            assert!(
                answered != demand.not_in_a_plan.is_some(),
                "by rules, or by a reason why not: {}",
                demand.demand
            );
            for id in &demand.rules {
                let rule = POLICIES.rules.iter().find(|rule| rule.id == *id);
                let rule = rule.unwrap_or_else(|| panic!("no rule `{id}`: {}", demand.demand));
                assert!(document.implements(rule), "`{id}` has none of {:?}", document.controls);
            }
        }
        let left = document.demands().any(|demand| demand.and_all_other_rules);
        assert!(left || document.others().is_empty(), "{:?}", document.others());
    }
    let controls: BTreeSet<String> = documents().into_iter().flat_map(|one| one.controls).collect();
    for rule in &POLICIES.rules {
        let known = rule.controls.iter().all(|control| controls.contains(control));
        assert!(known, "{}: {:?}", rule.id, rule.controls);
    }
}

fn page() -> String {
    let mut page = String::from(
        "<!-- Made of tests/coverage/demands.yaml and of the policies by `PLANSEAL_BLESS=1 cargo test --locked coverage_page::`. -->\n\
         # What is covered\n\n\
         planseal's own policies answer two documents: an encryption strategy (data categories, keys, databases, TLS, certificates), and \
         encryption in transit in the AWS Well-Architected Framework. This is what they demand, and what answers it: \
         [rules](rules.md), metrics, or the reason why a plan cannot show it. Each rule names the controls that it implements.\n",
    );
    for document in documents() {
        let controls: Vec<String> = document.controls.iter().map(|one| format!("`{one}`")).collect();
        write!(
            page,
            "\n## {}\n\nControls: {}.\n",
            document.document,
            controls.join(", ")
        )
        .unwrap();
        for part in &document.parts {
            write!(page, "\n### {}\n\n| demand | answered by |\n|---|---|\n", part.title).unwrap();
            for demand in &part.demands {
                writeln!(page, "| {} | {} |", demand.demand, answer(&document, demand)).unwrap();
            }
        }
    }
    page
}

fn answer(document: &Document, demand: &Demand) -> String {
    if let Some(reason) = &demand.not_in_a_plan {
        return format!("not in a plan: {reason}");
    }
    let others = if demand.and_all_other_rules {
        document.others()
    } else {
        Vec::new()
    };
    let rules = demand.rules.iter().map(String::as_str).chain(others);
    let rules = rules.map(|id| format!("[{id}](rules/{id}.md)"));
    let metrics = demand.metrics.iter().map(|id| format!("metric `{id}`"));
    rules.chain(metrics).collect::<Vec<_>>().join(", ")
}

/// `PLANSEAL_BLESS=1` writes it anew.
#[test]
fn the_page_is_made_of_the_demands_and_the_policies() {
    let page = page();
    let path = root().join("docs/coverage.md");
    if std::env::var_os("PLANSEAL_BLESS").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        there == page,
        "docs/coverage.md differs: PLANSEAL_BLESS=1 writes it anew"
    );
}

/// Rules that only a plan over what stands already can break, and those that are shown by more than one resource.
const ELSEWHERE: [&str; 13] = [
    "acm-no-create-before-destroy", // needs the configuration
    "category-lowered",
    "database-backup-retention-short", // as of RDS
    "database-deletion-protection-disabled",
    "database-iam-authentication-disabled",
    "database-publicly-accessible",
    "kms-deletion-window-lowered",
    "kms-key-destroyed-in-use",
    "protection-lowered",
    "rds-backup-retention-lowered",
    "store-replaced-by-encryption-change",
    "waiver-expired", // needs waivers
    "waiver-unmatched",
];

/// The plan with every anti-pattern shows each that the demands name once, and the one that keeps to both documents breaks none.
#[test]
fn what_is_demanded_is_broken_once_in_one_plan_and_kept_in_the_other() {
    let judged = |name: &str| judge(&read(&testdata().join("strategy").join(name).join("plan.json")));
    let named: BTreeSet<String> = documents()
        .iter()
        .flat_map(Document::demands)
        .flat_map(|one| one.rules.clone())
        .collect();
    let broken = judged("broken").report.findings;
    for rule in &named {
        let found = broken.iter().filter(|finding| finding.rule == *rule).count();
        assert_eq!(found, usize::from(!ELSEWHERE.contains(&rule.as_str())), "{rule}");
    }
    let kept = judged("kept").report;
    let breaks = kept
        .findings
        .iter()
        .filter(|finding| finding.outcome != Outcome::Undetermined);
    assert_eq!(breaks.count(), 0);
    assert_eq!(kept.verdict, Verdict::Pass);
}
