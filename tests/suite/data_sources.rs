//! What data sources tell of keys.

use std::collections::BTreeMap;

use planseal::plan::Plan;
use serde_json::Value;

use crate::common::{judge, read_bytes, testdata};

/// The plan in which keys are read, with another `key_manager` of the key outside the plan.
fn managed_by(manager: &str) -> Plan {
    let text = std::fs::read_to_string(testdata().join("data-sources/02-read.json")).unwrap();
    let mut plan: Value = serde_json::from_str(&text).unwrap();
    let resources = &mut plan["prior_state"]["values"]["root_module"]["resources"];
    let mut changed = 0;
    for resource in resources.as_array_mut().unwrap() {
        if resource["address"] == "data.aws_kms_key.outside" {
            resource["values"]["key_manager"] = manager.into();
            changed += 1;
        }
    }
    assert_eq!(changed, 1);
    read_bytes(plan.to_string().into_bytes())
}

fn levels(manager: &str) -> BTreeMap<String, String> {
    judge(&managed_by(manager)).levels
}

/// The stand-in for AWS calls every key a customer's, so only an edited plan shows what AWS says.
#[test]
fn the_key_manager_tells_whose_key_a_data_source_reads() {
    for (manager, level) in [("AWS", "aws-managed"), ("CUSTOMER", "cmk")] {
        let levels = levels(manager);
        for store in ["aws_sns_topic.outside", "aws_sns_topic.outside_alias"] {
            assert_eq!(levels[store], level, "{store} {manager}");
        }
        assert_eq!(levels["aws_sns_topic.managed"], "cmk", "{manager}");
    }
}
