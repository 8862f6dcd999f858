//! Study days in a row.

use crate::base::StudyDay;
use crate::plan::DaysOff;

/// Longest row that is counted.
const MOST_DAYS: usize = 10_000;

/// Counts the study days in a row until `today`; without study today, until yesterday. Days off break no row and count
/// where there was study.
pub fn streak(today: StudyDay, days_off: &DaysOff, is_study_day: impl Fn(StudyDay) -> bool) -> usize {
    let mut n_days = usize::from(is_study_day(today));
    let mut day = today;
    for _ in 0..MOST_DAYS {
        day = StudyDay::from_number(day.number() - 1);
        match is_study_day(day) {
            true => n_days += 1,
            false if days_off.is_off(day) => {}
            false => break,
        }
    }
    n_days
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// `days` ends with today: `x` is study, `.` none, `o` a day off without study.
    #[track_caller]
    fn check(days: &str, expected: usize) {
        let today = StudyDay::from_number(1_000);
        let mark = |day: StudyDay| {
            let back = usize::try_from(today.days_since(day)).expect("not after today");
            days.chars().rev().nth(back).unwrap_or('.')
        };
        let off = (0..100).map(|back| StudyDay::from_number(1_000 - back)).filter(|day| mark(*day) == 'o');
        let days_off = DaysOff { weekdays: Vec::new(), days: off.collect::<BTreeSet<_>>() };
        assert_eq!(streak(today, &days_off, |day| mark(day) == 'x'), expected, "{days}");
    }

    #[test]
    fn a_row_goes_back_to_the_first_day_without_study() {
        check("", 0);
        check("x", 1);
        check("xx.xxx", 3);
        check("xx.xx.", 2);
        check("xx..", 0);
    }

    #[test]
    fn days_off_break_no_row() {
        check("xxooxx", 4);
        check("xxo.", 2);
        check(".ooo.", 0);
    }
}
