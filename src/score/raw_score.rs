//! Points as they were earned on a form, before anything is carried over.

use std::fmt;

use crate::deck::Credit;
use crate::score::numeric::{count, greatest_common_divisor, least_common_multiple};

/// Points earned: right answers where each is all or nothing, else with exact parts of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawScore {
    n_parts: usize,       // Invariant: in lowest terms.
    parts_a_point: usize, // Invariant: at least 1.
}

impl RawScore {
    /// No points.
    pub const ZERO: RawScore = RawScore { n_parts: 0, parts_a_point: 1 };

    /// Returns `n_parts` of the parts of which a point has `parts_a_point`; 0 of these count as 1.
    pub fn new(n_parts: usize, parts_a_point: usize) -> RawScore {
        let parts_a_point = parts_a_point.max(1);
        let common = greatest_common_divisor(parts_a_point, n_parts);
        RawScore { n_parts: n_parts / common, parts_a_point: parts_a_point / common }
    }

    /// Returns whole points.
    pub fn whole(n_points: usize) -> RawScore {
        RawScore::new(n_points, 1)
    }

    /// Returns this score with what another item earned.
    pub fn with(self, credit: Credit) -> RawScore {
        self.plus(RawScore::new(usize::from(credit.n_earned()), usize::from(credit.n_steps())))
    }

    /// Returns the sum.
    pub fn plus(self, other: RawScore) -> RawScore {
        let parts_a_point = least_common_multiple(self.parts_a_point, other.parts_a_point);
        let in_parts = |score: RawScore| score.n_parts * (parts_a_point / score.parts_a_point);
        RawScore::new(in_parts(self) + in_parts(other), parts_a_point)
    }

    /// Returns the sum of all.
    pub fn sum(scores: &[RawScore]) -> RawScore {
        scores.iter().fold(RawScore::ZERO, |sum, own| sum.plus(*own))
    }

    /// Returns the parts of points, and how many make a point, in lowest terms.
    pub fn parts(self) -> (usize, usize) {
        (self.n_parts, self.parts_a_point)
    }

    /// Returns the points.
    pub fn value(self) -> f64 {
        count(self.n_parts) / count(self.parts_a_point)
    }

    /// Returns the points if they are whole.
    pub fn as_whole(self) -> Option<usize> {
        (self.parts_a_point == 1).then_some(self.n_parts)
    }
}

impl fmt::Display for RawScore {
    /// Writes whole points as they are, others with up to two decimals: `31`, `31.5`, `31.33`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.as_whole() {
            Some(n_points) => fmt::Display::fmt(&n_points, f),
            None => f.pad(format!("{:.2}", self.value()).trim_end_matches('0').trim_end_matches('.')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(n_parts: usize, parts_a_point: usize, expected: &str) {
        assert_eq!(format!("{:>5}", RawScore::new(n_parts, parts_a_point)), expected);
    }

    #[test]
    fn points_are_printed_as_short_as_they_can_be() {
        check(31, 1, "   31");
        check(63, 2, " 31.5");
        check(94, 3, "31.33");
        check(6, 3, "    2");
        check(299_999, 100_000, "    3");
    }

    #[test]
    fn thirds_and_halves_add_up_without_loss() {
        let third = Credit::new(1, 3);
        let sum = RawScore::ZERO.with(third).with(third).with(Credit::new(1, 2)).with(third).with(Credit::new(1, 2));
        assert_eq!((sum, sum.as_whole()), (RawScore::whole(2), Some(2)));
    }
}
