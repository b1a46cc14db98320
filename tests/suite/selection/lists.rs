//! Named lists.

use super::{judge, policies, rule, words};
use crate::common::testdata;

const LISTS: &str = "\
lists:
  windows.usual:
    title: Waiting periods that we use
    values: [14, '30']
  patterns.none:
    title: Names of nobody
    values: [state-changes-nothing]
";

fn found(rule: &str) -> Vec<String> {
    let plan = std::fs::read(testdata().join("state-changes/01-noop.json")).unwrap();
    judge(&policies(&[LISTS, rule]), plan)
        .findings
        .iter()
        .map(words)
        .collect()
}

/// The spare key waits 10 days, the others 30.
#[test]
fn a_list_has_the_meaning_of_its_values() {
    for values in ["windows.usual", "[14, '30']", "[14, 30]"] {
        let body = format!("resources: [aws_kms_key]\nrequire: {{ path: $.deletion_window_in_days, in: {values} }}");
        assert_eq!(
            found(&rule(&body)),
            ["aws_kms_key.spare violation existing"],
            "{values}"
        );
    }
    // Each name of a topic covers itself alone.
    for names in ["patterns.none", "[state-changes-nothing]"] {
        let body = format!("resources: [aws_sns_topic]\nforbid: {{ path: $.name, covers: {names} }}");
        assert_eq!(found(&rule(&body)), [""; 0], "{names}");
    }
    let alerts = "resources: [aws_sns_topic]\nforbid: { path: $.name, covers: [state-changes-alerts] }";
    assert_eq!(found(&rule(alerts)), ["aws_sns_topic.alerts violation existing"]);
}

#[test]
fn the_order_of_files_does_not_matter() {
    let body = rule("resources: [aws_kms_key]\nrequire: { path: $.deletion_window_in_days, in: windows.usual }");
    let plan = || std::fs::read(testdata().join("state-changes/01-noop.json")).unwrap();
    let counts = [[LISTS, &body], [&body, LISTS]].map(|texts| judge(&policies(&texts), plan()).findings.len());
    assert_eq!(counts, [1, 1]);
}
