//! Metrics: those of each plan, and their sums.

use crate::eval::metric::{Measured, Share, Unmet};
use crate::report::v1;

/// Adds what the metrics come to in a plan.
pub(super) fn add(all: &mut Vec<v1::Metric>, plan: &str, measured: &[Measured<'_>]) {
    for one in measured {
        let metric = in_plan(plan, one);
        if metric.plans.is_empty() && metric.switched_off.is_empty() {
            continue;
        }
        add_one(all, metric);
    }
}

/// Adds a metric of one or many plans to those of others.
pub(in crate::report) fn add_one(all: &mut Vec<v1::Metric>, metric: v1::Metric) {
    match all.iter_mut().find(|other| is_same(other, &metric)) {
        Some(sum) => join(sum, metric),
        None => all.push(metric),
    }
    all.sort_by(|one, other| one.id.cmp(&other.id));
}

fn in_plan(plan: &str, measured: &Measured<'_>) -> v1::Metric {
    let metric = measured.metric;
    let there = measured.before.of > 0 || measured.after.of > 0;
    let (before, after) = (share(measured.before), share(measured.after));
    let shares = there.then(|| v1::MetricInPlan {
        plan: plan.to_owned(),
        before,
        after,
    });
    v1::Metric {
        id: metric.id.clone(),
        title: metric.title.clone(),
        before,
        after,
        target: metric.target,
        plans: shares.into_iter().collect(),
        unmet: measured.unmet.iter().map(|one| unmet(plan, one)).collect(),
        switched_off: measured.switched_off.iter().map(|rule| (*rule).to_owned()).collect(),
    }
}

/// Plans under other configurations may have another metric of the same name.
fn is_same(one: &v1::Metric, other: &v1::Metric) -> bool {
    one.id == other.id && one.title == other.title && one.target.to_bits() == other.target.to_bits()
}

fn join(sum: &mut v1::Metric, more: v1::Metric) {
    sum.before = sum.before.and(more.before);
    sum.after = sum.after.and(more.after);
    sum.plans.extend(more.plans);
    sum.unmet.extend(more.unmet);
    sum.switched_off.extend(more.switched_off);
    sum.switched_off.sort();
    sum.switched_off.dedup();
}

fn share(share: Share) -> v1::Share {
    v1::Share {
        met: share.met,
        of: share.of,
    }
}

fn unmet(plan: &str, unmet: &Unmet) -> v1::Unmet {
    v1::Unmet {
        plan: plan.to_owned(),
        address: unmet.address.clone(),
        undetermined: unmet.undetermined,
        rules: unmet.rules.clone(),
        because: unmet.because.clone(),
        waived: unmet.waived,
    }
}
