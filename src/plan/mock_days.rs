//! On which days full mocks are sat.

use crate::base::StudyDay;

/// What the plan needs to know of mocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MockSupply {
    /// Minutes that one takes.
    pub minutes: u32,
    /// Forms that the unseen items of the bank still fill.
    pub n_fresh_forms: usize,
    /// The day of the newest full mock; `None` before the first.
    pub last: Option<StudyDay>,
    /// Mocks that count as evidence and are recent on the last day of the plan (see [`RECENT_DAYS`]).
    pub n_recent: usize,
}

/// Days from one mock to the next: a convention.
pub const MOCK_EVERY_DAYS: i32 = 10;
/// Mocks that a plan has before the exam, if days and bank allow.
pub const LEAST_MOCKS: usize = 2;
/// Days before the exam in which a mock is recent, as for the label `ready`.
pub const RECENT_DAYS: i32 = 30;

/// Returns how many mocks a plan over these study days should have, were there forms enough.
///
/// One for each [`MOCK_EVERY_DAYS`] days since the last, at least so many that [`LEAST_MOCKS`] are recent in the end, and
/// at least one.
pub fn n_mocks_wanted(study_days: &[StudyDay], supply: &MockSupply) -> usize {
    let (Some(first), Some(end)) = (study_days.first(), study_days.last()) else { return 0 };
    let span = end.days_since(start(*first, supply));
    let by_span = usize::try_from((span + MOCK_EVERY_DAYS / 2) / MOCK_EVERY_DAYS).unwrap_or(0);
    by_span.max(LEAST_MOCKS.saturating_sub(supply.n_recent)).max(1)
}

/// Returns the days of the mocks, the first first.
///
/// `study_days` are the study days on which one may be sat, in order: without those already used for one, and without
/// the last before the exam. The last mock is on the last of them, the others are spread evenly from the newest that
/// was sat.
pub fn mock_days(study_days: &[StudyDay], supply: &MockSupply) -> Vec<StudyDay> {
    let (Some(first), Some(end)) = (study_days.first(), study_days.last()) else { return Vec::new() };
    let n_mocks = n_mocks_wanted(study_days, supply).min(supply.n_fresh_forms).min(study_days.len());
    let (start, n) = (start(*first, supply), i32::try_from(n_mocks).unwrap_or(i32::MAX));
    let mut days: Vec<StudyDay> = Vec::new();
    for nth in 1..=n {
        let wanted = start.number() + end.days_since(start) * nth / n;
        // As many days are left free as there are mocks to come.
        let n_usable = study_days.len() - usize::try_from(n - nth).unwrap_or(0);
        let usable = study_days.get(..n_usable).unwrap_or_default();
        let free = || usable.iter().filter(|day| days.last().is_none_or(|last| last < *day));
        days.extend(free().find(|day| day.number() >= wanted).or(free().next_back()).copied());
    }
    days
}

/// From when the days to the next mock count.
fn start(first: StudyDay, supply: &MockSupply) -> StudyDay {
    let earliest = StudyDay::from_number(first.number() - MOCK_EVERY_DAYS);
    supply.last.map_or(StudyDay::from_number(first.number() - 1), |last| last.max(earliest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TODAY: i32 = 100;

    fn supply(n_fresh_forms: usize, last: Option<i32>, n_recent: usize) -> MockSupply {
        MockSupply { minutes: 90, n_fresh_forms, last: last.map(|ago| StudyDay::from_number(TODAY - ago)), n_recent }
    }

    #[track_caller]
    fn check(n_days: i32, supply: MockSupply, expected: &[i32]) {
        let study_days: Vec<StudyDay> = (0..n_days).map(|day| StudyDay::from_number(TODAY + day)).collect();
        let found = mock_days(&study_days, &supply);
        assert_eq!(found.iter().map(|day| day.number() - TODAY).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn mocks_are_spread_over_the_days_and_end_on_the_last() {
        check(30, supply(9, None, 0), &[9, 19, 29]);
        check(20, supply(9, None, 0), &[9, 19]);
        check(3, supply(9, None, 0), &[0, 2]);
        check(1, supply(9, None, 0), &[0]);
        check(0, supply(9, None, 0), &[]);
    }

    #[test]
    fn the_bank_limits_them() {
        check(60, supply(2, None, 0), &[29, 59]);
        check(60, supply(1, None, 0), &[59]);
        check(60, supply(0, None, 0), &[]);
    }

    #[test]
    fn what_was_sat_lately_moves_the_next_one() {
        check(20, supply(9, Some(0), 0), &[9, 19]);
        check(20, supply(9, Some(5), 1), &[7, 19]);
        check(20, supply(9, Some(40), 0), &[0, 9, 19]);
        check(4, supply(9, Some(1), 2), &[3]);
    }

    proptest! {
        #[test]
        fn at_least_two_are_planned_when_days_and_bank_allow(
            offs in prop::collection::vec(1_i32..4, 1..60), n_forms in 0_usize..9, last in prop::option::of(0_i32..60),
        ) {
            let mut day = TODAY;
            let study_days: Vec<StudyDay> = offs.iter().map(|off| { day += off; StudyDay::from_number(day) }).collect();
            let days = mock_days(&study_days, &supply(n_forms, last, 0));
            prop_assert!(days.len() >= LEAST_MOCKS.min(n_forms).min(study_days.len()));
            prop_assert!(days.is_sorted_by(|a, b| a < b) && days.iter().all(|day| study_days.contains(day)));
            prop_assert!(n_forms == 0 || days.last() == study_days.last());
        }
    }
}
