//! When an exam can be taken again, and when that is advised.

use crate::base::StudyDay;
use crate::plan::StudyTime;

/// Calendar days from a failed attempt to the next where a deck says nothing: the rule of the programme whose exam comes
/// with cutscore.
pub const USUAL_WAIT_DAYS: u32 = 14;

/// The days of a next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetakeDays {
    /// The first on which it is allowed. The day of the failed attempt counts as day 0.
    pub earliest: StudyDay,
    /// The first that is advised.
    pub advised_from: StudyDay,
    /// The last that is advised; `None` where months are.
    pub advised_to: Option<StudyDay>,
}

/// Returns the days of an attempt after the failed one on `taken_on`: `wait_days` later at the earliest, and advised after as
/// many weeks of study as a rule of thumb says. All are days of the calendar.
pub fn retake_days(taken_on: StudyDay, wait_days: u32, time: StudyTime) -> RetakeDays {
    let after = |weeks: u32| taken_on.plus(7 * weeks);
    let (least, most) = time.weeks();
    let earliest = taken_on.plus(wait_days);
    RetakeDays {
        earliest,
        advised_from: earliest.max(after(least)),
        advised_to: most.map(|most| earliest.max(after(most))),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn day(text: &str) -> StudyDay {
        StudyDay::from_date(text.parse::<NaiveDate>().expect("a date"))
    }

    #[track_caller]
    fn check(taken_on: &str, wait_days: u32, time: StudyTime, expected: [&str; 3]) {
        let days = retake_days(day(taken_on), wait_days, time);
        let last = days.advised_to.map_or("-".to_owned(), |day| day.to_string());
        assert_eq!([days.earliest.to_string(), days.advised_from.to_string(), last], expected);
    }

    #[test]
    fn fourteen_days_are_counted_on_the_calendar() {
        use StudyTime::TwoToThreeWeeks;
        check("2027-03-01", 14, TwoToThreeWeeks, ["2027-03-15", "2027-03-15", "2027-03-22"]);
        check("2027-02-20", 14, TwoToThreeWeeks, ["2027-03-06", "2027-03-06", "2027-03-13"]);
        check("2028-02-20", 14, TwoToThreeWeeks, ["2028-03-05", "2028-03-05", "2028-03-12"]); // a leap year
        check("2028-02-15", 14, TwoToThreeWeeks, ["2028-02-29", "2028-02-29", "2028-03-07"]);
        check("2100-02-20", 14, TwoToThreeWeeks, ["2100-03-06", "2100-03-06", "2100-03-13"]); // none, by the century
        check("2026-12-25", 14, TwoToThreeWeeks, ["2027-01-08", "2027-01-08", "2027-01-15"]);
        check("2027-03-28", 14, TwoToThreeWeeks, ["2027-04-11", "2027-04-11", "2027-04-18"]); // the clocks go forward
        check("2027-01-31", 14, TwoToThreeWeeks, ["2027-02-14", "2027-02-14", "2027-02-21"]);
    }

    #[test]
    fn no_day_is_advised_that_is_not_allowed_and_months_have_no_end() {
        check("2027-03-01", 30, StudyTime::TwoToThreeWeeks, ["2027-03-31", "2027-03-31", "2027-03-31"]);
        check("2027-03-01", 14, StudyTime::SixToEightWeeks, ["2027-03-15", "2027-04-12", "2027-04-26"]);
        check("2027-03-01", 14, StudyTime::Months, ["2027-03-15", "2027-04-26", "-"]);
        check("2027-03-01", 0, StudyTime::TwoToThreeWeeks, ["2027-03-01", "2027-03-15", "2027-03-22"]);
    }
}
