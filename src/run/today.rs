//! The only place that reads the clock.

use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The date that is given, or today's in UTC: a run means the same wherever it is made.
pub(super) fn today(given: Option<Date>) -> Date {
    given.unwrap_or_else(|| jiff::Timestamp::now().to_zoned(TimeZone::UTC).date())
}
