//! The learner's day: it turns over in the small hours, not at midnight.

use std::fmt;

use chrono::{DateTime, Days, FixedOffset, NaiveDate, TimeDelta};

/// A day of study, counted from 1970-01-01; later days compare greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudyDay(i32);

/// The local hour at which a study day begins, 0 to 23.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rollover(u8);

impl Rollover {
    /// Takes an hour of the day; `None` for anything past 23.
    pub fn new(hour: u8) -> Option<Rollover> {
        (hour < 24).then_some(Rollover(hour))
    }

    /// Returns the hour, 0 to 23.
    pub fn hour(self) -> u8 {
        self.0
    }
}

impl Default for Rollover {
    /// 04:00, late enough that an evening of study is one day.
    fn default() -> Rollover {
        Rollover(4)
    }
}

impl StudyDay {
    /// Returns the study day of an instant that carries the learner's own offset from UTC.
    pub fn at(local: DateTime<FixedOffset>, rollover: Rollover) -> StudyDay {
        let shifted = local.naive_local() - TimeDelta::hours(i64::from(rollover.0));
        StudyDay::from_date(shifted.date())
    }

    /// Takes a date of the calendar.
    pub fn from_date(date: NaiveDate) -> StudyDay {
        let days = date.signed_duration_since(NaiveDate::default()).num_days();
        // chrono's calendar ends long before i32 does: 262,143 years are under 96 million days.
        StudyDay(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// Takes a count of days since 1970-01-01, as [`StudyDay::number`] gives it.
    pub const fn from_number(number: i32) -> StudyDay {
        StudyDay(number)
    }

    /// Returns the count of days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0
    }

    /// Returns the date of the calendar; days outside chrono's calendar end at its ends.
    pub fn date(self) -> NaiveDate {
        let epoch = NaiveDate::default();
        let days = Days::new(u64::from(self.0.unsigned_abs()));
        if self.0 < 0 {
            epoch.checked_sub_days(days).unwrap_or(NaiveDate::MIN)
        } else {
            epoch.checked_add_days(days).unwrap_or(NaiveDate::MAX)
        }
    }

    /// Returns the day `n_days` later.
    pub fn plus(self, n_days: u32) -> StudyDay {
        StudyDay(self.0.saturating_add(i32::try_from(n_days).unwrap_or(i32::MAX)))
    }

    /// Returns how many days lie from `earlier` to this day; negative when this day comes first.
    pub fn days_since(self, earlier: StudyDay) -> i32 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for StudyDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(local: &str, expected: &str) {
        let local = DateTime::parse_from_rfc3339(local).expect("test times are written in RFC 3339");
        assert_eq!(StudyDay::at(local, Rollover::default()).to_string(), expected);
    }

    #[test]
    fn the_day_turns_over_at_four_in_the_morning_local_time() {
        check("2026-11-22T03:59:59+01:00", "2026-11-21");
        check("2026-11-22T04:00:00+01:00", "2026-11-22");
        check("2026-11-22T23:30:00-08:00", "2026-11-22");
        check("2026-11-22T04:00:00+05:45", "2026-11-22"); // Asia/Kathmandu
        check("2026-03-29T03:30:00+02:00", "2026-03-28"); // the hour after the clocks went forward in Berlin
        check("1969-12-31T12:00:00+00:00", "1969-12-31");
    }

    #[test]
    fn days_count_across_leap_years() {
        let day = StudyDay::from_date(NaiveDate::from_ymd_opt(2028, 2, 28).expect("a real date"));
        assert_eq!(day.plus(2).to_string(), "2028-03-01");
        assert_eq!(day.plus(14).days_since(day), 14);
        assert_eq!(StudyDay::from_number(day.number()), day);
    }
}
