//! Dates that are compared with today's.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::super::tri::{Doubt, Tri};
use crate::policy::waiver::{days_between, parse_date};

/// Whether a value is a date, no fewer than so many days after today.
pub(super) fn days_ahead(value: &Value, days: i32, today: Option<Date>) -> Tri {
    let Some(date) = day(value) else {
        return Tri::Unknown(vec![Doubt {
            because: "it is no date that planseal reads".into(),
            settle: "write it as `2026-06-30` or `2026-06-30T12:00:00Z`".into(),
        }]);
    };
    let Some(today) = today else {
        return Tri::Unknown(vec![Doubt {
            because: "nobody says on which day this is judged".into(),
            settle: "say it: `today: 2026-06-01` in a test case".into(),
        }]);
    };
    Tri::known(days_between(today, date) >= i64::from(days))
}

/// The day that a value names, in UTC.
pub(super) fn day(value: &Value) -> Option<Date> {
    let text = value.as_str()?;
    let time = || {
        let time: jiff::Timestamp = text.parse().ok()?;
        Some(time.to_zoned(TimeZone::UTC).date())
    };
    parse_date(text).or_else(time)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_date_is_so_many_days_ahead() {
        let today = Some(date(2026, 6, 1));
        let cases = [
            (json!("2026-07-01"), 30, true),
            (json!("2026-06-30"), 30, false),
            (json!("2026-06-01"), 0, true),
            (json!("2026-05-31"), 0, false),
            (json!("2026-05-31"), -1, true),
            (json!("9999-12-31"), 30, true),
            (json!("-000001-01-01T00:00:00Z"), 0, false),
            (json!("2026-07-01T00:00:00Z"), 30, true),
            // In UTC, it is the day before.
            (json!("2026-07-01T01:00:00+02:00"), 30, false),
            (json!("2026-07-01T00:00:00.5Z"), 30, true),
        ];
        for (value, days, holds) in cases {
            assert_eq!(days_ahead(&value, days, today), Tri::known(holds), "{value} {days}");
        }
    }

    #[test]
    fn what_is_no_date_and_a_day_that_nobody_says_are_untold() {
        let today = Some(date(2026, 6, 1));
        for value in [
            json!("soon"),
            json!("2026-6-1"),
            json!("20260601"),
            json!(20260601),
            json!(""),
        ] {
            assert!(matches!(days_ahead(&value, 30, today), Tri::Unknown(_)), "{value}");
        }
        assert!(matches!(days_ahead(&json!("2026-07-01"), 30, None), Tri::Unknown(_)));
    }
}
