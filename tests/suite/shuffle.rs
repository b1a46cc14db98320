//! The order of resources in a plan does not matter.

use proptest::prelude::*;
use serde_json::Value;

use crate::common;

/// Puts every list of resources in another order.
fn shuffle(plan: &mut Value, seed: usize) {
    fn rotate(list: &mut Value, seed: usize) {
        if let Some(list) = list.as_array_mut() {
            let by = seed % list.len().max(1);
            list.rotate_left(by);
            if seed % 2 == 1 {
                list.reverse();
            }
        }
    }
    fn module(node: &mut Value, seed: usize) {
        rotate(&mut node["resources"], seed);
        if let Some(calls) = node["module_calls"].as_object_mut() {
            calls.values_mut().for_each(|call| module(&mut call["module"], seed));
        }
    }
    rotate(&mut plan["resource_changes"], seed);
    module(&mut plan["configuration"]["root_module"], seed);
}

#[test]
fn the_report_is_the_same_to_the_byte_whatever_the_order() {
    for path in common::plans() {
        let text = std::fs::read_to_string(&path).unwrap();
        let plan: Value = serde_json::from_str(&text).unwrap();
        let expected = planseal::report::json::render(&common::judge(&common::read(&path)).report);
        let config = ProptestConfig {
            cases: 2,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        proptest!(config, |(seed in 1_usize..1000)| {
            let mut other = plan.clone();
            shuffle(&mut other, seed);
            let judged = common::judge(&common::read_bytes(other.to_string().into_bytes()));
            prop_assert_eq!(&planseal::report::json::render(&judged.report), &expected, "{} seed {}", path.display(), seed);
        });
    }
}
