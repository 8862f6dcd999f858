//! Warnings about the time that is left, each said once.

use std::time::Duration;

/// The warnings of a sitting that were not said yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warnings {
    to_come: Vec<Duration>, // Invariant: the longest first.
}

/// Minutes left at which a candidate is warned where nothing else is wished: the steps that delivery drivers use.
pub const USUAL_WARNINGS: [u32; 3] = [30, 15, 5];

impl Warnings {
    /// Returns the warnings at `minutes` left, for a candidate who has `left`; what lies behind is no news. Without a
    /// clock nothing is warned of.
    pub fn new(minutes: &[u32], left: Option<Duration>) -> Warnings {
        let mut to_come: Vec<Duration> = minutes
            .iter()
            .map(|minutes| Duration::from_secs(60 * u64::from(*minutes)))
            .filter(|warning| left.is_some_and(|left| *warning < left))
            .collect();
        to_come.sort_unstable_by(|a, b| b.cmp(a));
        to_come.dedup();
        Warnings { to_come }
    }

    /// Returns the warning that is due with `left` to go; each comes once, and of several the most urgent.
    pub fn due(&mut self, left: Duration) -> Option<Duration> {
        let n_due = self.to_come.iter().take_while(|warning| left <= **warning).count();
        self.to_come.drain(..n_due).next_back()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(start_mins: u64, lefts_secs: &[u64], expected_mins: &[Option<u64>]) {
        let mut warnings = Warnings::new(&USUAL_WARNINGS, Some(Duration::from_mins(start_mins)));
        let due: Vec<Option<u64>> = lefts_secs
            .iter()
            .map(|secs| warnings.due(Duration::from_secs(*secs)).map(|warning| warning.as_secs() / 60))
            .collect();
        assert_eq!(due, expected_mins);
    }

    #[test]
    fn each_warning_is_said_once() {
        check(90, &[1801, 1800, 1799, 900, 301, 300, 1], &[None, Some(30), None, Some(15), None, Some(5), None]);
    }

    #[test]
    fn of_several_that_are_due_the_most_urgent_is_said() {
        check(90, &[200, 100], &[Some(5), None]);
    }

    #[test]
    fn what_lay_behind_at_the_start_is_no_news() {
        check(14, &[800, 300], &[None, Some(5)]);
        check(5, &[299], &[None]);
    }

    #[test]
    fn without_a_clock_nothing_is_warned_of() {
        assert_eq!(Warnings::new(&USUAL_WARNINGS, None).due(Duration::ZERO), None);
    }
}
