//! What was lower or higher before: values with an order, of a resource's own attribute.

use serde_json::Value;

use super::super::Context;
use super::{Place, alone, operators};
use crate::policy::condition::LoweredTest;
use crate::policy::schema::ConditionDoc;
use crate::policy::yaml::At;

pub(super) fn lowered_test(context: &mut Context<'_>, doc: &At<ConditionDoc>, place: Place) -> Option<LoweredTest> {
    let path = context.path(doc.path.as_ref()?);
    let Some(lowered) = &doc.lowered else {
        let span = doc.order.as_ref().map_or(doc.span, |order| order.span);
        context.error(
            span,
            "`order` needs `lowered`",
            "add `lowered: true`: `order` lists its values, the least first",
        );
        return None;
    };
    let fits = |name: &str| ["lowered", "order", "unset_means"].contains(&name);
    let beside = operators(doc).into_iter().find(|(name, _)| !fits(name));
    if let Some((name, span)) = beside {
        let span = if span.is_known() { span } else { lowered.span };
        context.error(
            span,
            format!("`{name}` does not go with `lowered`"),
            alone("lowered", name),
        );
    }
    if matches!(place, Place::Catalog | Place::KeyProperty | Place::Node) {
        context.error(
            lowered.span,
            "`lowered` cannot be asked here",
            "it is asked of a resource's own attributes, in a rule and outside `where` and `source`",
        );
    }
    let order = match &doc.order {
        Some(order) => Some(steps(context, order)?),
        None => None,
    };
    Some(LoweredTest {
        path: path?,
        order,
        unset_means: doc.unset_means.as_ref().map(|value| value.value.clone()),
        lowered: lowered.value,
    })
}

/// The steps of an order; values that are worth the same stand in a list of their own.
fn steps(context: &mut Context<'_>, order: &At<Vec<At<Value>>>) -> Option<Vec<Vec<Value>>> {
    if order.value.len() < 2 {
        context.error(
            order.span,
            "an order of fewer than two values",
            "list every value that the attribute may have, the least first",
        );
        return None;
    }
    let mut steps: Vec<Vec<Value>> = Vec::new();
    for step in &order.value {
        let values = match &step.value {
            Value::Array(values) => values.clone(),
            value => vec![value.clone()],
        };
        if let Some(twice) = values
            .iter()
            .find(|value| steps.iter().flatten().any(|other| other == *value))
        {
            context.error(
                step.span,
                format!("{twice} stands in the order twice"),
                "a value has one place; those that are worth the same stand in one list",
            );
            return None;
        }
        steps.push(values);
    }
    Some(steps)
}
