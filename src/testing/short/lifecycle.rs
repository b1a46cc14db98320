//! Terraform's own block. It stands in the configuration alone, so it is written once and holds on both sides.

use serde_json::Value;

use super::Draft;
use super::object::Object;
use crate::plan::LIFECYCLE;
use crate::policy::yaml::{At, Span, suggest};

/// The arguments that a rule may ask for.
const ARGUMENTS: [&str; 4] = [
    "create_before_destroy",
    "prevent_destroy",
    "ignore_changes",
    "replace_triggered_by",
];

impl Draft<'_> {
    /// Checks how `lifecycle` is written, and where.
    pub(super) fn check_lifecycle(&self, object: &Object<'_>) {
        let elsewhere = [object.before.flatten(), object.reported];
        for entries in elsewhere.into_iter().flatten() {
            for (name, _) in entries.iter().filter(|(name, _)| name.value == LIFECYCLE) {
                self.error(
                    name.span,
                    "`lifecycle` stands in the configuration, which describes what is there after the plan",
                    "write it under `resources`: it holds before the plan, too",
                );
            }
        }
        let own = object.after.flatten();
        for (name, written) in own.iter().flat_map(|entries| entries.iter()) {
            if name.value == LIFECYCLE {
                self.check_arguments(name.span, written);
            }
        }
    }

    fn check_arguments(&self, span: Span, written: &At<Value>) {
        let Value::Object(arguments) = &written.value else {
            self.error(
                span,
                "`lifecycle` is one block, and no list",
                "write it as a mapping: `lifecycle: { prevent_destroy: true }`",
            );
            return;
        };
        for argument in arguments.keys() {
            if ARGUMENTS.contains(&argument.as_str()) {
                continue;
            }
            let help = match suggest(argument, ARGUMENTS.into_iter()) {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("it has `{}`", ARGUMENTS.join("`, `")),
            };
            self.error(span, format!("`lifecycle` has no argument `{argument}`"), help);
        }
    }
}
