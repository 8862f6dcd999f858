//! Days off as text: `sat,sun,2026-12-24`.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, Weekday};

use crate::base::StudyDay;
use crate::plan::DaysOff;

/// Why a text names no days off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DaysOffError {
    /// A part is neither a weekday nor a date.
    #[error("`{part}` is neither a weekday such as sat nor a date such as 2026-12-24")]
    Unreadable {
        /// The part.
        part: String,
    },
    /// All seven weekdays are off.
    #[error("one weekday at least must be left for study")]
    NoStudyDay,
    /// There are more single days than are kept.
    #[error("at most {MOST_SINGLE_DAYS} single days can be off")]
    TooManyDays,
}

/// Most single days off.
const MOST_SINGLE_DAYS: usize = 366;
/// How the absence of days off is written.
const NONE: &str = "none";

const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "mon"),
    (Weekday::Tue, "tue"),
    (Weekday::Wed, "wed"),
    (Weekday::Thu, "thu"),
    (Weekday::Fri, "fri"),
    (Weekday::Sat, "sat"),
    (Weekday::Sun, "sun"),
];

impl FromStr for DaysOff {
    type Err = DaysOffError;

    /// Reads weekdays and dates with commas between them, in any order, or `none`.
    fn from_str(text: &str) -> Result<DaysOff, DaysOffError> {
        let mut days_off = DaysOff::default();
        if text.trim() == NONE {
            return Ok(days_off);
        }
        for part in text.split(',').map(str::trim) {
            if let Ok(weekday) = part.parse::<Weekday>() {
                if !days_off.weekdays.contains(&weekday) {
                    days_off.weekdays.push(weekday);
                }
            } else if let Ok(date) = part.parse::<NaiveDate>() {
                days_off.days.insert(StudyDay::from_date(date));
            } else {
                return Err(DaysOffError::Unreadable { part: part.to_owned() });
            }
        }
        days_off.weekdays.sort_unstable_by_key(Weekday::num_days_from_monday);
        match () {
            () if days_off.weekdays.len() == WEEKDAYS.len() => Err(DaysOffError::NoStudyDay),
            () if days_off.days.len() > MOST_SINGLE_DAYS => Err(DaysOffError::TooManyDays),
            () => Ok(days_off),
        }
    }
}

impl fmt::Display for DaysOff {
    /// Writes what [`DaysOff::from_str`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weekdays =
            WEEKDAYS.iter().filter(|(weekday, _)| self.weekdays.contains(weekday)).map(|(_, name)| (*name).to_owned());
        let parts: Vec<String> = weekdays.chain(self.days.iter().map(StudyDay::to_string)).collect();
        f.write_str(if parts.is_empty() { NONE.to_owned() } else { parts.join(",") }.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, &str>) {
        let found = text.parse::<DaysOff>().map(|days_off| days_off.to_string()).map_err(|error| error.to_string());
        assert_eq!(found, expected.map(str::to_owned).map_err(str::to_owned));
    }

    #[test]
    fn days_off_are_weekdays_and_dates_in_any_order() {
        check("none", Ok("none"));
        check("sat", Ok("sat"));
        check("Sunday, sat,sun", Ok("sat,sun"));
        check("2026-12-25,sun,2026-12-24", Ok("sun,2026-12-24,2026-12-25"));
        check("someday", Err("`someday` is neither a weekday such as sat nor a date such as 2026-12-24"));
        check("2026-02-30", Err("`2026-02-30` is neither a weekday such as sat nor a date such as 2026-12-24"));
        check("", Err("`` is neither a weekday such as sat nor a date such as 2026-12-24"));
        check("mon,tue,wed,thu,fri,sat,sun", Err("one weekday at least must be left for study"));
    }
}
