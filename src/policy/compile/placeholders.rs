//! Placeholders that nothing fills in a rule of some kind: they would leave a hole in a sentence.

use super::Context;
use super::condition::Place;
use crate::policy::condition::{Condition, KeyTest, PathTest, UsersTest};
use crate::policy::template::Template;
use crate::policy::yaml::At;

/// What fills the placeholders of a rule.
#[derive(Clone, Copy)]
pub(super) struct Filled<'r> {
    /// What the rule is about.
    pub(super) place: Place,
    /// What it demands.
    pub(super) demand: &'r Condition,
    /// Whether one of its conditions asks about the data category.
    pub(super) asks_category: bool,
    /// Whether one finding lists all that the rule is about.
    pub(super) listed: bool,
}

impl Filled<'_> {
    /// Reports every placeholder of a text that this rule never fills.
    pub(super) fn check(self, context: &mut Context<'_>, text: &At<String>, template: &Template) {
        let mut told: Vec<&str> = Vec::new();
        for name in template.placeholders().filter(|name| !name.is_empty()) {
            let Some((why, help)) = self.never(name).filter(|_| !told.contains(&name)) else {
                continue;
            };
            told.push(name);
            let span = context.placeholder(text.span, name);
            context.error(span, format!("`{{{{{name}}}}}` is never filled here: {why}"), help);
        }
    }

    /// Why a placeholder is never filled, and what to do.
    fn never(self, name: &str) -> Option<(&'static str, &'static str)> {
        let of_waiver = matches!(name, "rule" | "owner" | "expires" | "found");
        if self.place == Place::Waiver {
            return (!of_waiver && name != "address").then_some((
                "the rule is about waivers",
                "use `{{rule}}`, `{{address}}`, `{{owner}}`, `{{expires}}` or `{{found}}`",
            ));
        }
        if of_waiver {
            return Some((
                "it is about a waiver",
                "leave it out, or write a rule with `each: waiver`",
            ));
        }
        if self.listed {
            return (!matches!(name, "what" | "category" | "address")).then_some((
                "a rule with `per_plan` has one finding for several resources",
                "use `{{what}}`, which says how many there are, or leave `per_plan` out",
            ));
        }
        let part = matches!(
            name,
            "part" | "level" | "because" | "key" | "fix" | "recommended_fix" | "forced_by"
        );
        let catalog = matches!(name, "what" | "lost" | "keep" | "lowered");
        let category = matches!(name, "category" | "category_before" | "category_from");
        match self.place {
            Place::StorePart => {}
            _ if part => {
                return Some((
                    "only the parts of stores have one",
                    "write the rule with `each: store-part`, or say it in your own words",
                ));
            }
            Place::Resource if catalog => {
                return Some((
                    "the catalog says it of stores and keys",
                    "write the rule with `each`, or use `{{type}}`, `{{address}}` or words of your own",
                ));
            }
            Place::Resource if category && !self.asks_category => {
                return Some((
                    "no condition of the rule asks about the category",
                    "leave it out, or ask: `when: { category: { sensitive: true } }`",
                ));
            }
            _ => {}
        }
        if matches!(name, "value" | "required") && !looks_at_values(self.demand) {
            return Some((
                "what the rule demands looks at no attribute",
                "leave it out, and say in your own words what is wrong",
            ));
        }
        None
    }
}

/// Whether a condition looks at an attribute, or at a level, which has attributes behind it.
fn looks_at_values(condition: &Condition) -> bool {
    let inside = |inner: &Option<Box<Condition>>| inner.as_deref().is_some_and(looks_at_values);
    match condition {
        Condition::All(several) | Condition::Any(several) => several.iter().any(looks_at_values),
        Condition::Not(one) | Condition::Source(one) | Condition::Before(one) => looks_at_values(one),
        Condition::Path(PathTest { .. })
        | Condition::Range(_)
        | Condition::Changed(_)
        | Condition::Lowered(_)
        | Condition::Level(_)
        | Condition::Related(_) => true,
        Condition::Key(KeyTest { inner, has, .. }) => !has.is_empty() || inside(inner),
        Condition::Users(UsersTest { inner, .. }) => inside(inner),
        Condition::Category(_)
        | Condition::Place(_)
        | Condition::Companion(_)
        | Condition::Type(_)
        | Condition::Actions(_)
        | Condition::ReplacedByEncryption(_)
        | Condition::Destroyed(_)
        | Condition::Waiver(_)
        | Condition::Untold { .. } => false,
    }
}
