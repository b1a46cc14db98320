//! Waivers: accepted exceptions, each with a reason, an owner and an end.

use jiff::civil::Date;

use super::pattern::Pattern;

/// The longest that a waiver may last, in days from today, where the configuration does not say.
pub const DEFAULT_MAX_DAYS: i64 = 365;

/// The most that the configuration may allow: what holds for longer is a policy, and belongs into one.
pub const MOST_MAX_DAYS: i64 = 731;

/// An accepted exception.
#[derive(Debug, Clone, PartialEq)]
pub struct Waiver {
    /// The rules that it is about.
    pub rule: Pattern,
    /// The addresses that it is about.
    pub address: Pattern,
    /// The plans that it is about, by name; `None`: all.
    pub plan: Option<Pattern>,
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub owner: String,
    /// The last day on which it holds.
    pub expires: Date,
    /// Where more is said.
    pub link: Option<String>,
    /// The configuration that it stands in.
    pub file: String,
    /// Its line there, 1-based.
    pub line: usize,
}

impl Waiver {
    /// Whether it is about a rule's findings in a plan of this name.
    pub fn is_about(&self, rule: &str, plan: &str) -> bool {
        self.rule.matches(rule) && self.may_be_in(plan)
    }

    /// Whether it is about plans of this name.
    pub fn may_be_in(&self, plan: &str) -> bool {
        self.plan.as_ref().is_none_or(|pattern| pattern.matches(plan))
    }

    /// Whether it holds on a day.
    pub fn holds_on(&self, today: Date) -> bool {
        today <= self.expires
    }

    /// The days after today on which it still holds: 0 on its last day, negative where it has expired.
    pub fn days_left(&self, today: Date) -> i64 {
        days_between(today, self.expires)
    }

    /// Whether it covers all that another one covers, for as long as that.
    pub fn includes(&self, other: &Self) -> bool {
        self.is_wider_than(other) && self.expires >= other.expires
    }

    /// Whether it covers all that another one covers, as long as both hold.
    pub fn is_wider_than(&self, other: &Self) -> bool {
        let plans = match (&self.plan, &other.plan) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(others)) => own.includes(others),
        };
        plans && self.rule.includes(&other.rule) && self.address.includes(&other.address)
    }

    /// Whether it is about exactly what another one is about.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.rule == other.rule && self.address == other.address && self.plan == other.plan
    }
}

/// Days from one date to another; negative where that is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours().div_euclid(24)
}

/// A date as it is written everywhere: `YYYY-MM-DD`. Nothing else is one: a date must read the same to everybody.
pub fn parse_date(text: &str) -> Option<Date> {
    let date: Date = text.parse().ok()?;
    (date.to_string() == text).then_some(date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn waiver(rule: &str, address: &str, plan: Option<&str>, expires: Date) -> Waiver {
        Waiver {
            rule: Pattern::new(rule),
            address: Pattern::new(address),
            plan: plan.map(Pattern::new),
            reason: "because".into(),
            owner: "someone".into(),
            expires,
            link: None,
            file: "planseal.yaml".into(),
            line: 1,
        }
    }

    #[test]
    fn the_last_day_is_one_on_which_it_holds() {
        let waiver = waiver("*", "*", None, date(2026, 3, 1));
        let cases = [
            (date(2026, 2, 28), true, 1),
            (date(2026, 3, 1), true, 0),
            (date(2026, 3, 2), false, -1),
            (date(2025, 3, 1), true, 365),
            (date(2024, 2, 29), true, 731),
        ];
        for (today, holds, left) in cases {
            assert_eq!(
                (waiver.holds_on(today), waiver.days_left(today)),
                (holds, left),
                "{today}"
            );
        }
    }

    #[test]
    fn dates_have_one_form() {
        assert_eq!(parse_date("2026-03-01"), Some(date(2026, 3, 1)));
        for wrong in [
            "",
            "2026-3-1",
            "20260301",
            "2026-03-01T00:00",
            "2026-02-30",
            "+002026-03-01",
            "01.03.2026",
            " 2026-03-01",
        ] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn one_that_covers_more_or_longer_is_not_included() {
        let day = date(2026, 3, 1);
        let one = waiver("rds-*", "module.a.*", None, day);
        assert!(one.includes(&waiver("rds-public", "module.a.b", None, day)));
        assert!(one.includes(&waiver("rds-*", "module.a.*", Some("prod"), date(2026, 2, 1))));
        assert!(!one.includes(&waiver("rds-*", "module.a.*", None, date(2026, 3, 2))));
        assert!(!one.includes(&waiver("*", "module.a.*", None, day)));
        assert!(!one.includes(&waiver("rds-*", "module.*", None, day)));
        assert!(!waiver("rds-*", "module.a.*", Some("prod"), day).includes(&one));
    }
}
