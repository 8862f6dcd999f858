//! Days of study in a row.

use std::collections::BTreeSet;

use crate::base::StudyDay;
use crate::plan::DaysOff;

/// Returns how many study days in a row were used, up to today, or up to yesterday while today may still come.
///
/// A day off breaks no row and, without study, counts for none; with study it counts.
pub fn streak(studied: &BTreeSet<StudyDay>, days_off: &DaysOff, today: StudyDay) -> usize {
    let mut n_days = 0;
    let mut day = today;
    let Some(first) = studied.first() else { return 0 };
    while day >= *first {
        if studied.contains(&day) {
            n_days += 1;
        } else if day != today && !days_off.is_off(day) {
            break;
        }
        day = StudyDay::from_number(day.number() - 1);
    }
    n_days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(studied: &[i32], expected: usize) {
        let day = |ago: &i32| StudyDay::from_number(1_000 - ago);
        let days_off = DaysOff { weekdays: Vec::new(), days: BTreeSet::from([day(&3)]) };
        assert_eq!(streak(&studied.iter().map(day).collect(), &days_off, day(&0)), expected);
    }

    #[test]
    fn a_row_goes_on_over_days_off_and_waits_for_today() {
        check(&[], 0);
        check(&[0], 1);
        check(&[1], 1);
        check(&[2], 0);
        check(&[0, 1, 2, 4, 5, 7], 5); // a day off between
        check(&[1, 2, 3, 4], 4); // study on a day off
        check(&[0, 2], 1);
    }
}
